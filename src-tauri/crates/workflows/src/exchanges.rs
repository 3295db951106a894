//! What is said between the owner and a customer: calls, messages, notes, promises, disputes.

use dument_domain::arrangement::Promise;
use dument_domain::contact::{
    Cause, Contact, ContactKind, Dispute, DisputeClosing, DisputeKind, DisputeOutcome, Reception,
};
use dument_domain::dunning::case::positions;
use dument_domain::dunning::{Action, Policies, Step, agenda};
use dument_domain::fact::Fact;
use dument_domain::{Amount, Currency, Date, Seq};

use crate::error::Error;
use crate::office::{Moment, Office};
use crate::statements::main_currency;
use crate::view::Done;

/// An exchange as the owner types it.
#[derive(Debug, Clone)]
pub struct ContactEntry {
    /// With whom, by name.
    pub debtor: String,
    /// About which invoices, by number; all of them when empty.
    pub invoices: Vec<String>,
    /// When.
    pub on: Date,
    /// By what means.
    pub kind: ContactKind,
    /// The person at the customer's.
    pub with: Option<String>,
    /// The person on the owner's side.
    pub by: Option<String>,
    /// Why the invoice is not paid.
    pub cause: Option<Cause>,
    /// What was said.
    pub said: String,
}

/// Notes an exchange; a call carries out the call that the agenda asks for that day, a decision the decision.
///
/// # Errors
/// A rule refuses it; nothing is recorded.
pub fn log_contact(office: &mut Office, entry: ContactEntry, moment: &Moment) -> Result<Done, Error> {
    let debtor = office.find_debtor(&entry.debtor)?;
    let invoices = office.find_invoices(debtor, &entry.invoices)?;
    let steps = carried_out(office, debtor, &invoices, (entry.kind, entry.on), moment.today);
    let ContactEntry { on, kind, with, by, cause, said, .. } = entry;
    let contact = Contact { debtor, invoices, on, kind, with, by, cause, said: said.trim().to_owned(), steps };
    Ok(office.record(&[Fact::ContactLogged(contact)], moment)?.into())
}

/// Returns the levels that an exchange of this kind carries out that day; noted late, not those that were carried out since.
fn carried_out(
    office: &Office,
    debtor: Seq,
    invoices: &[Seq],
    (kind, on): (ContactKind, Date),
    today: Date,
) -> Vec<Step> {
    let wanted = match kind {
        ContactKind::Call(_) => Action::Call,
        ContactKind::Decision => Action::Decide,
        ContactKind::Email
        | ContactKind::Letter
        | ContactKind::Meeting
        | ContactKind::TextMessage
        | ContactKind::Note => return Vec::new(),
    };
    let policies = Policies::of(&office.ledger);
    let positions = positions(&office.ledger, &policies, debtor, today);
    let done_since = |step: &Step| {
        let mut cases = positions.iter().flat_map(|position| &position.cases);
        cases.any(|case| {
            (case.invoice, case.instalment) == (step.invoice, step.instalment)
                && case.done.iter().any(|done| done.level == step.level)
        })
    };
    let tasks = agenda(&office.ledger, &policies, on);
    let ours = tasks.into_iter().filter(|task| task.debtor == Some(debtor) && task.action == wanted);
    let steps = ours.flat_map(|task| task.items).filter_map(|item| item.step);
    let named = steps.filter(|step| invoices.is_empty() || invoices.contains(&step.invoice));
    named.filter(|step| !done_since(step)).collect()
}

/// Notes that the customer has an invoice.
///
/// # Errors
/// The invoice is unknown, or the date is to come.
pub fn confirm_reception(
    office: &mut Office,
    (debtor, invoice): (&str, &str),
    (on, means): (Date, &str),
    proof: Option<Seq>,
    moment: &Moment,
) -> Result<Done, Error> {
    let debtor = office.find_debtor(debtor)?;
    let invoice = office.find_invoice(debtor, invoice)?;
    let reception = Reception { debtor, invoice, on, means: means.trim().to_owned(), proof };
    Ok(office.record(&[Fact::ReceptionConfirmed(reception)], moment)?.into())
}

/// A promise as the owner types it.
#[derive(Debug, Clone)]
pub struct PromiseEntry {
    /// Who, by name.
    pub debtor: String,
    /// On which invoices, by number; all of them when empty.
    pub invoices: Vec<String>,
    /// How much.
    pub amount: Amount,
    /// In which currency; that of the invoices, or the customer's own, when none is said.
    pub currency: Option<Currency>,
    /// When he said so.
    pub made_on: Date,
    /// For when.
    pub due_on: Date,
    /// How, and who.
    pub means: Option<String>,
}

/// Notes a promise.
///
/// # Errors
/// A rule refuses it; nothing is recorded.
pub fn record_promise(office: &mut Office, entry: PromiseEntry, moment: &Moment) -> Result<Done, Error> {
    let debtor = office.find_debtor(&entry.debtor)?;
    let invoices = office.find_invoices(debtor, &entry.invoices)?;
    let currency = entry.currency.unwrap_or_else(|| main_currency(office.ledger(), debtor, &invoices));
    let PromiseEntry { amount, made_on, due_on, means, .. } = entry;
    let promise = Promise { debtor, invoices, amount, currency, made_on, due_on, means };
    Ok(office.record(&[Fact::PromiseMade(promise)], moment)?.into())
}

/// A dispute as the owner types it.
#[derive(Debug, Clone)]
pub struct DisputeEntry {
    /// Who, by name.
    pub debtor: String,
    /// Which invoice, by number.
    pub invoice: String,
    /// Since when.
    pub on: Date,
    /// How much of it; the whole when no sum is said.
    pub amount: Option<Amount>,
    /// On what ground.
    pub kind: DisputeKind,
    /// What he says.
    pub said: String,
}

/// Notes that a customer disputes an invoice.
///
/// # Errors
/// A rule refuses it; nothing is recorded.
pub fn open_dispute(office: &mut Office, entry: DisputeEntry, moment: &Moment) -> Result<Done, Error> {
    let debtor = office.find_debtor(&entry.debtor)?;
    let invoice = office.find_invoice(debtor, &entry.invoice)?;
    let DisputeEntry { on, amount, kind, said, .. } = entry;
    let dispute = Dispute { debtor, invoice, on, amount, kind, said: said.trim().to_owned() };
    Ok(office.record(&[Fact::DisputeOpened(dispute)], moment)?.into())
}

/// Notes how a dispute ended.
///
/// # Errors
/// There is no such dispute, or it has ended already.
pub fn close_dispute(
    office: &mut Office,
    dispute: Seq,
    (on, outcome): (Date, DisputeOutcome),
    reason: &str,
    moment: &Moment,
) -> Result<Done, Error> {
    let debtor = debtor_of(office, dispute, "une contestation", |fact| matches!(fact, Fact::DisputeOpened(_)))?;
    let closing = DisputeClosing { debtor, dispute, on, outcome, reason: reason.trim().to_owned() };
    Ok(office.record(&[Fact::DisputeClosed(closing)], moment)?.into())
}

/// Returns the debtor of an episode, if it is of the kind that is meant: « une contestation ».
pub(crate) fn debtor_of(
    office: &Office,
    episode: Seq,
    name: &str,
    is_meant: impl Fn(&Fact) -> bool,
) -> Result<Seq, Error> {
    let fact = office.ledger.fact(episode).map(|recorded| &recorded.fact).filter(|fact| is_meant(fact));
    fact.and_then(Fact::episode_of).ok_or_else(|| {
        Error::new(
            "reference-inconnue",
            format!("Le fait n° {episode} n’est pas {name}."),
            "Vérifiez son numéro (commande « historique »).",
        )
    })
}
