//! What is agreed after the invoice: payment plans, quiet times, other due dates, debits to come.

use std::num::NonZeroU16;
use std::path::Path;

use dument_domain::arrangement::{
    DirectDebit, DueDateChange, Hold, InterestFrom, Lapse, LevelsAfter, Plan, PlanInterest,
};
use dument_domain::calendar::{add_months, split_evenly};
use dument_domain::conventions::MissingRates;
use dument_domain::dunning::Ending;
use dument_domain::dunning::case::received_since;
use dument_domain::fact::{Fact, LetterModel};
use dument_domain::invoice::Instalment;
use dument_domain::statement::{Request, Selection};
use dument_domain::{Amount, Currency, Date, Seq};
use dument_storage::write_atomically;
use serde::Serialize;

use crate::error::Error;
use crate::exchanges::debtor_of;
use crate::letters::{self, LetterQuery};
use crate::office::{Moment, Office};
use crate::sheets;
use crate::statements::{self, main_currency};
use crate::view::Done;

/// How a plan is laid out.
#[derive(Debug, Clone)]
pub enum Schedule {
    /// In equal parts, the last one taking the rounding, a whole number of months apart.
    Even {
        /// How many.
        count: NonZeroU16,
        /// The first.
        first_on: Date,
        /// Months between two.
        every_months: u32,
    },
    /// As typed; what the last one leaves out is what is left.
    Typed(Vec<(Date, Option<Amount>)>),
}

/// A plan as the owner types it.
#[derive(Debug, Clone)]
pub struct PlanEntry {
    /// With whom, by name.
    pub debtor: String,
    /// On which invoices, by number; everything open when empty.
    pub invoices: Vec<String>,
    /// In which currency; that of the invoices, or the customer's own, when none is said.
    pub currency: Option<Currency>,
    /// When it is agreed.
    pub agreed_on: Date,
    /// What is paid when.
    pub schedule: Schedule,
    /// What becomes of interest.
    pub interest: PlanInterest,
    /// Days of the notice before the balance falls due; no lapse clause when none is said.
    pub lapse_notice_days: Option<u32>,
}

/// A plan, and how far it has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlanView {
    /// Its reference; none while it is only seen.
    #[serde(rename = "plan", skip_serializing_if = "Option::is_none")]
    pub plan: Option<String>,
    /// The agreement to be signed.
    #[serde(rename = "courrier", skip_serializing_if = "Option::is_none")]
    pub letter: Option<String>,
    /// With whom.
    #[serde(rename = "client")]
    pub debtor: String,
    /// On which invoices.
    #[serde(rename = "factures")]
    pub invoices: Vec<String>,
    /// When it was agreed.
    #[serde(rename = "le")]
    pub agreed_on: Date,
    /// The debt it covers.
    pub total: Amount,
    /// In which currency.
    #[serde(rename = "devise")]
    pub currency: Currency,
    /// What has come.
    #[serde(rename = "recu")]
    pub received: Amount,
    /// `en-cours`, `manque`, `tenu`, `dechu`.
    #[serde(rename = "etat")]
    pub state: &'static str,
    /// Its instalments.
    #[serde(rename = "echeances")]
    pub instalments: Vec<PlanLineView>,
}

/// One instalment of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlanLineView {
    /// When.
    #[serde(rename = "le")]
    pub due_on: Date,
    /// How much.
    #[serde(rename = "montant")]
    pub amount: Amount,
    /// What has come of it.
    #[serde(rename = "recu")]
    pub received: Amount,
    /// `payee`, `attendue`, `manquee`, `a-venir`.
    #[serde(rename = "etat")]
    pub state: &'static str,
}

/// Shows a plan, and writes its agreement to a file, without recording anything.
///
/// # Errors
/// Nothing is owed, the dates are out of order, or the file cannot be written.
pub fn preview_plan(
    office: &Office,
    entry: &PlanEntry,
    moment: &Moment,
    file: Option<&Path>,
) -> Result<PlanView, Error> {
    let plan = laid_out(office, entry)?;
    office.check(&[Fact::PlanAgreed(plan.clone())], moment.today)?;
    if let Some(file) = file {
        write_atomically(file, &letters::agreement_of(office, &plan, moment)?)?;
    }
    Ok(view(office, None, &plan, moment.today))
}

/// Records a plan, and issues its agreement to be signed.
///
/// # Errors
/// The instalments do not make up the debt, or their dates are out of order; nothing is recorded.
pub fn agree_plan(
    office: &mut Office,
    entry: &PlanEntry,
    moment: &Moment,
    file: Option<&Path>,
) -> Result<PlanView, Error> {
    let plan = laid_out(office, entry)?;
    // The agreement follows the plan: what would stop it is looked at before.
    sheets::company(&office.ledger)?;
    let seq = office.record(&[Fact::PlanAgreed(plan.clone())], moment)?.first();
    let query = LetterQuery {
        about: Some(seq),
        currency: Some(plan.currency),
        missing_rates: MissingRates::UseLastKnown,
        ..LetterQuery::new(&entry.debtor, LetterModel::AccordEcheancier)
    };
    let issued = letters::issue_letter(office, &query, moment, file)?;
    Ok(PlanView { letter: issued.letter, ..view(office, Some(seq), &plan, moment.today) })
}

fn laid_out(office: &Office, entry: &PlanEntry) -> Result<Plan, Error> {
    let debtor = office.find_debtor(&entry.debtor)?;
    let named = office.find_invoices(debtor, &entry.invoices)?;
    let currency = entry.currency.unwrap_or_else(|| main_currency(office.ledger(), debtor, &named));
    let selection = if named.is_empty() { Selection::Open } else { Selection::Only(&named) };
    let missing_rates = MissingRates::UseLastKnown;
    let request = Request { debtor, currency, selection, as_of: entry.agreed_on, missing_rates };
    let statement = statements::draw_up(office.ledger(), &request)?;
    let debt = statement.remaining().total() + statement.not_due();
    if !debt.is_positive() {
        return Err(Error::new(
            "rien-a-etaler",
            format!("{} ne doit rien sur ces factures.", entry.debtor),
            "Vérifiez ses factures (commande « factures »).",
        ));
    }
    Ok(Plan {
        debtor,
        invoices: statement.claims.iter().map(|claim| claim.invoice).collect(),
        currency,
        agreed_on: entry.agreed_on,
        instalments: entry.schedule.laid_out(debt)?,
        interest: entry.interest,
        lapse_notice_days: entry.lapse_notice_days,
        proof: None,
    })
}

impl Schedule {
    fn laid_out(&self, debt: Amount) -> Result<Vec<Instalment>, Error> {
        match self {
            Self::Even { count, first_on, every_months } => Ok((0..)
                .zip(split_evenly(debt, *count))
                .map(|(rank, amount)| Instalment { due_on: add_months(*first_on, rank * every_months), amount })
                .collect()),
            Self::Typed(typed) => {
                let said: Amount = typed.iter().filter_map(|(_, amount)| *amount).sum();
                let mut left = debt - said;
                let last = typed.len().saturating_sub(1);
                (0..)
                    .zip(typed)
                    .map(|(rank, (due_on, amount))| match amount {
                        Some(amount) => Ok(Instalment { due_on: *due_on, amount: *amount }),
                        None if rank == last => Ok(Instalment { due_on: *due_on, amount: std::mem::take(&mut left) }),
                        None => Err(Error::new(
                            "versement-sans-montant",
                            "Seul le dernier versement peut être laissé sans montant : il prend le reste.",
                            "Indiquez les autres.",
                        )),
                    })
                    .collect()
            }
        }
    }
}

/// Lists the plans of a customer, or of all, and how far each has come.
///
/// # Errors
/// There is no such customer.
pub fn list_plans(office: &Office, debtor: Option<&str>, today: Date) -> Result<Vec<PlanView>, Error> {
    let wanted = debtor.map(|name| office.find_debtor(name)).transpose()?;
    let files = office.ledger.debtors().filter(|(seq, _)| wanted.is_none_or(|wanted| wanted == *seq));
    let plans = files.flat_map(|(_, file)| office.ledger.episodes_of(file)).filter_map(|(seq, fact)| match fact {
        Fact::PlanAgreed(plan) => Some((seq, plan)),
        _ => None,
    });
    Ok(plans.map(|(seq, plan)| view(office, Some(seq), plan, today)).collect())
}

fn view(office: &Office, seq: Option<Seq>, plan: &Plan, today: Date) -> PlanView {
    let ledger = &office.ledger;
    let since =
        |seq| received_since(ledger, (plan.debtor, plan.currency), &plan.invoices, (seq, plan.agreed_on), today);
    let received = seq.map_or(Amount::ZERO, since);
    let mut left = received;
    let lines: Vec<PlanLineView> = plan
        .instalments
        .iter()
        .map(|instalment| {
            let here = left.min(instalment.amount);
            left -= here;
            let state = match instalment.due_on.cmp(&today) {
                _ if here == instalment.amount => "payee",
                std::cmp::Ordering::Less => "manquee",
                std::cmp::Ordering::Equal => "attendue",
                std::cmp::Ordering::Greater => "a-venir",
            };
            PlanLineView { due_on: instalment.due_on, amount: instalment.amount, received: here, state }
        })
        .collect();
    let lapsed = seq.is_some_and(|seq| {
        let mut episodes = ledger.episodes_of(ledger.debtor(plan.debtor));
        episodes.any(|(_, fact)| matches!(fact, Fact::PlanLapsed(lapse) if lapse.plan == seq))
    });
    let total: Amount = plan.instalments.iter().map(|instalment| instalment.amount).sum();
    PlanView {
        plan: seq.map(|seq| seq.to_string()),
        letter: None,
        debtor: ledger.debtor(plan.debtor).debtor.party.name.clone(),
        invoices: plan.invoices.iter().map(|invoice| ledger.invoice(*invoice).number.clone()).collect(),
        agreed_on: plan.agreed_on,
        total,
        currency: plan.currency,
        received,
        state: match () {
            () if lapsed => "dechu",
            () if received >= total => "tenu",
            () if lines.iter().any(|line| line.state == "manquee") => "manque",
            () => "en-cours",
        },
        instalments: lines,
    }
}

/// Declares a plan lapsed: the notice that quoted the missed instalment went unanswered.
///
/// # Errors
/// The agreement has no such clause, no notice left, or its delay has not passed.
pub fn lapse_plan(office: &mut Office, plan: Seq, on: Date, moment: &Moment) -> Result<Done, Error> {
    let debtor = debtor_of(office, plan, "un échéancier", |fact| matches!(fact, Fact::PlanAgreed(_)))?;
    let notices = office.ledger.debtor(debtor).letters.iter().map(|seq| (*seq, office.ledger.letter(*seq)));
    let mut served = notices.filter(|(_, file)| {
        let quotes = file.letter.about == Some(plan) && file.letter.model == LetterModel::RelancePromesse;
        quotes && file.sending.is_some()
    });
    // Where none left, the ledger refuses: no letter bears the number of the plan.
    let notice = served.next_back().map_or(plan, |(seq, _)| seq);
    Ok(office.record(&[Fact::PlanLapsed(Lapse { debtor, plan, notice, on })], moment)?.into())
}

/// Keeps quiet with a customer until a date.
///
/// # Errors
/// A rule refuses it; nothing is recorded.
pub fn set_hold(
    office: &mut Office,
    (debtor, invoices): (&str, &[String]),
    until: Date,
    reason: &str,
    moment: &Moment,
) -> Result<Done, Error> {
    let debtor = office.find_debtor(debtor)?;
    let invoices = office.find_invoices(debtor, invoices)?;
    let hold = Hold { debtor, invoices, on: moment.today, until, reason: reason.trim().to_owned() };
    Ok(office.record(&[Fact::HoldSet(hold)], moment)?.into())
}

/// Ends a quiet time before its date.
///
/// # Errors
/// There is no such hold, or it has ended already.
pub fn lift_hold(office: &mut Office, hold: Seq, reason: &str, moment: &Moment) -> Result<Done, Error> {
    let debtor = debtor_of(office, hold, "une mise en attente", |fact| matches!(fact, Fact::HoldSet(_)))?;
    let ending = Ending { debtor, of: hold, on: moment.today, reason: reason.trim().to_owned() };
    Ok(office.record(&[Fact::HoldLifted(ending)], moment)?.into())
}

/// A change of due date as the owner types it.
#[derive(Debug, Clone)]
pub struct DueDateEntry {
    /// For whom, by name.
    pub debtor: String,
    /// Of which invoice, by number.
    pub invoice: String,
    /// Which instalment, the first being 1; the first unpaid one when none is said.
    pub instalment: Option<u32>,
    /// The new due date.
    pub due_on: Date,
    /// From when interest is counted.
    pub interest: InterestFrom,
    /// What becomes of the levels.
    pub levels: LevelsAfter,
    /// Why.
    pub reason: String,
    /// The exhibit that proves it.
    pub proof: Option<Seq>,
}

/// Agrees on another due date; both stay readable.
///
/// # Errors
/// A rule refuses it; nothing is recorded.
pub fn change_due_date(office: &mut Office, entry: DueDateEntry, moment: &Moment) -> Result<Done, Error> {
    let debtor = office.find_debtor(&entry.debtor)?;
    let invoice = office.find_invoice(debtor, &entry.invoice)?;
    let instalment = match entry.instalment {
        Some(rank) => rank.saturating_sub(1),
        None => first_unpaid(office, debtor, invoice, moment.today),
    };
    let DueDateEntry { due_on, interest, levels, reason, proof, .. } = entry;
    let reason = reason.trim().to_owned();
    let change =
        DueDateChange { debtor, invoice, instalment, on: moment.today, due_on, interest, levels, reason, proof };
    Ok(office.record(&[Fact::DueDateChanged(change)], moment)?.into())
}

/// Returns the first instalment of an invoice of which something is unpaid, or the first of all.
pub(crate) fn first_unpaid(office: &Office, debtor: Seq, invoice: Seq, today: Date) -> u32 {
    use dument_domain::dunning::{Policies, case::positions};
    let positions = positions(&office.ledger, &Policies::of(&office.ledger), debtor, today);
    let cases = positions.iter().flat_map(|position| &position.cases).filter(|case| case.invoice == invoice);
    cases.map(|case| case.instalment).min().unwrap_or(0)
}

/// Notes that the bank will collect invoices by itself.
///
/// # Errors
/// A rule refuses it; nothing is recorded.
pub fn expect_debit(
    office: &mut Office,
    (debtor, invoices): (&str, &[String]),
    (debit_on, rejection_days): (Date, u32),
    moment: &Moment,
) -> Result<Done, Error> {
    let debtor = office.find_debtor(debtor)?;
    let invoices = office.find_invoices(debtor, invoices)?;
    let debit = DirectDebit { debtor, invoices, on: moment.today, debit_on, rejection_days };
    Ok(office.record(&[Fact::DirectDebitExpected(debit)], moment)?.into())
}
