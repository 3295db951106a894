//! Everything that happened with a customer, in order, cancelled facts included.
//!
//! A cancelled fact counts for nothing and stays readable, with the reason it was cancelled for. What became of a promise or of a
//! plan, and the day an invoice was paid up, are worked out each time.

mod outcomes;
mod telling;

use std::collections::BTreeSet;

use dument_domain::contact::ContactKind;
use dument_domain::fact::Fact;
use dument_domain::french::{date, typeset};
use dument_domain::ledger::Ledger;
use dument_domain::statement::{self, ClaimStatement, Selection, Statement};
use dument_domain::{Date, Recorded, Seq};
use serde::Serialize;

pub(crate) use outcomes::outcomes;
pub(crate) use telling::{met, sentence};

use crate::error::Error;
use crate::office::Office;
use crate::view::reference;

/// Something that happened with a customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EventView {
    /// When.
    #[serde(rename = "le")]
    pub on: Date,
    /// What, in a sentence.
    #[serde(rename = "quoi")]
    pub what: String,
    /// `client`, `facture`, `avoir`, `encaissement`, `courrier`, `appel`, `courriel`, `lettre`, `rendez-vous`, `sms`, `note`,
    /// `decision`, `promesse`, `contestation`, `plan`, `attente`, `echeance`, `prelevement`, `politique`, `remise`, `piece`,
    /// `prescription`, `remise-a-un-tiers`, `procedure-collective`.
    pub nature: &'static str,
    /// The fact that says so, or from which it follows.
    #[serde(rename = "fait", serialize_with = "reference")]
    pub fact: Seq,
    /// On which invoices, by number; all of the customer's when empty.
    #[serde(rename = "factures")]
    pub invoices: Vec<String>,
    /// Whether it was cancelled: it then counts for nothing.
    #[serde(rename = "annule")]
    pub cancelled: bool,
    /// Why it was.
    #[serde(rename = "motif_annulation", skip_serializing_if = "Option::is_none")]
    pub cancelled_because: Option<String>,
}

/// Tells everything that happened with a customer by the end of a day, in order.
///
/// # Errors
/// There is no such customer.
pub fn history(office: &Office, debtor: &str, today: Date) -> Result<Vec<EventView>, Error> {
    let debtor = office.find_debtor(debtor)?;
    Ok(told(&office.ledger, debtor, today))
}

/// Tells everything that happened about one invoice of a customer, what concerns all of them included.
///
/// # Errors
/// There is no such customer, or no such invoice of his.
pub fn invoice_history(office: &Office, (debtor, number): (&str, &str), today: Date) -> Result<Vec<EventView>, Error> {
    let debtor = office.find_debtor(debtor)?;
    let invoice = office.find_invoice(debtor, number)?;
    let number = &office.ledger.invoice(invoice).number;
    let mut events = told(&office.ledger, debtor, today);
    events.retain(|event| event.invoices.is_empty() || event.invoices.contains(number));
    Ok(events)
}

fn told(ledger: &Ledger, debtor: Seq, today: Date) -> Vec<EventView> {
    let ours = || ledger.facts().iter().filter(|recorded| debtor_of(ledger, recorded) == Some(debtor));
    let mut events: Vec<EventView> = ours().filter_map(|recorded| event(ledger, recorded)).collect();
    // What follows from the facts of a day is told after them.
    events.extend(ours().flat_map(|recorded| became(ledger, recorded, today)));
    events.extend(paid_up(ledger, debtor, today));
    events.retain(|event| event.on <= today);
    events.sort_by_key(|event| event.on);
    events
}

fn event(ledger: &Ledger, recorded: &Recorded) -> Option<EventView> {
    let cancelled_because =
        ledger.cancellation(recorded.seq).map(|by| match ledger.fact(by).map(|found| &found.fact) {
            Some(Fact::FactCancelled { reason, .. }) => typeset(reason),
            _ => String::new(),
        });
    Some(EventView {
        on: recorded.fact.happened_on().or_else(|| recorded_on(recorded))?,
        what: sentence(ledger, recorded)?,
        nature: nature(&recorded.fact),
        fact: recorded.seq,
        invoices: invoices_of(ledger, recorded).into_iter().map(|seq| telling::number(ledger, seq)).collect(),
        cancelled: cancelled_because.is_some(),
        cancelled_because,
    })
}

/// Returns what became of a fact that stands.
fn became(ledger: &Ledger, recorded: &Recorded, today: Date) -> Vec<EventView> {
    if ledger.cancellation(recorded.seq).is_some() {
        return Vec::new();
    }
    let outcomes = outcomes(ledger, recorded.seq, &recorded.fact, today).into_iter();
    outcomes
        .filter_map(|outcome| Some(EventView { on: outcome.on, what: outcome.what, ..event(ledger, recorded)? }))
        .collect()
}

/// Returns the day each invoice of a debtor had nothing left to pay of its principal.
fn paid_up(ledger: &Ledger, debtor: Seq, today: Date) -> Vec<EventView> {
    let invoices = &ledger.debtor(debtor).invoices;
    let mut events = Vec::new();
    for currency in statement::currencies(ledger, debtor) {
        let request = statement::Request {
            debtor,
            currency,
            selection: Selection::Only(invoices),
            as_of: today,
            missing_rates: dument_domain::conventions::MissingRates::UseLastKnown,
        };
        let Ok(statement) = Statement::draw_up(ledger, &request) else { continue };
        events.extend(statement.claims.iter().filter_map(|claim| {
            let on = paid_up_on(claim)?;
            let number = ledger.invoice(claim.invoice).number.clone();
            Some(EventView {
                on,
                what: typeset(&format!("Facture n° {number} soldée en principal le {}.", date(on))),
                nature: "facture",
                fact: claim.invoice,
                invoices: vec![number],
                cancelled: false,
                cancelled_because: None,
            })
        }));
    }
    events
}

fn paid_up_on(claim: &ClaimStatement) -> Option<Date> {
    if (claim.remaining.principal + claim.not_due).is_positive() {
        return None;
    }
    let paid = claim.payments.iter().filter(|payment| payment.settled.principal.is_positive()).map(|it| it.received_on);
    let lowered = claim.adjustments.iter().filter(|it| it.removed.principal.is_positive()).map(|it| it.on);
    paid.chain(lowered).max()
}

/// Returns the debtor whom a fact concerns: the one it names, or the one of what it names.
fn debtor_of(ledger: &Ledger, recorded: &Recorded) -> Option<Seq> {
    if let Fact::DebtorAdded(_) = recorded.fact {
        return Some(recorded.seq);
    }
    // What a fact names was recorded before it, so this ends.
    recorded.fact.refers_to().into_iter().find_map(|seq| debtor_of(ledger, ledger.fact(seq)?))
}

/// Returns the invoices that a fact concerns: those it names, or those of what it names.
pub(crate) fn invoices_of(ledger: &Ledger, recorded: &Recorded) -> BTreeSet<Seq> {
    if let Fact::InvoiceRecorded(_) = recorded.fact {
        return BTreeSet::from([recorded.seq]);
    }
    let named = recorded.fact.refers_to().into_iter().filter_map(|seq| ledger.fact(seq));
    named.flat_map(|named| invoices_of(ledger, named)).collect()
}

/// Returns the day of the instant at which a fact was recorded.
fn recorded_on(recorded: &Recorded) -> Option<Date> {
    recorded.recorded_at.get(..10)?.parse().ok()
}

fn nature(fact: &Fact) -> &'static str {
    match fact {
        Fact::DebtorAdded(_) | Fact::DebtorCorrected { .. } => "client",
        Fact::InvoiceRecorded(_) | Fact::InvoiceReplaced(_) | Fact::ReceptionConfirmed(_) => "facture",
        Fact::CreditNoteRecorded(_) | Fact::CreditNoteAssigned { .. } => "avoir",
        Fact::PaymentReceived(_) | Fact::PaymentAllocated { .. } => "encaissement",
        Fact::DueDateChanged(_) => "echeance",
        Fact::ExhibitAdded(_) => "piece",
        Fact::ContactLogged(contact) => match contact.kind {
            ContactKind::Call(_) => "appel",
            ContactKind::Email => "courriel",
            ContactKind::Letter => "lettre",
            ContactKind::Meeting => "rendez-vous",
            ContactKind::TextMessage => "sms",
            ContactKind::Note => "note",
            ContactKind::Decision => "decision",
        },
        Fact::PromiseMade(_) => "promesse",
        Fact::DisputeOpened(_) | Fact::DisputeClosed(_) => "contestation",
        Fact::PlanAgreed(_) | Fact::PlanLapsed(_) => "plan",
        Fact::HoldSet(_) | Fact::HoldLifted(_) => "attente",
        Fact::DirectDebitExpected(_) => "prelevement",
        Fact::WaiverGranted(_) => "remise",
        Fact::CapitalisationRecorded(_)
        | Fact::CompanyIdentified(_)
        | Fact::ConventionsChosen(_)
        | Fact::RateDeclared(_) => "interets",
        Fact::PolicyAdopted(_) | Fact::PolicyAssigned(_) | Fact::LevelJumped(_) => "politique",
        Fact::LetterIssued(_) | Fact::LetterSent(_) | Fact::LetterDelivered(_) => "courrier",
        Fact::LimitationActRecorded(_) => "prescription",
        Fact::HandedOver(_) | Fact::TakenBack(_) => "remise-a-un-tiers",
        Fact::InsolvencyOpened(_) | Fact::InsolvencyClosed(_) => "procedure-collective",
        Fact::BankChecked { .. } | Fact::BankCreditSeen(_) | Fact::BankCreditDismissed { .. } => "banque",
        Fact::FactCancelled { .. } | Fact::PayloadErased { .. } => "annulation",
    }
}
