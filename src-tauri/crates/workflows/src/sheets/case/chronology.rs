//! What happened about the invoices of a case, day by day, with what proves it.
//!
//! What passed between the two, and nothing of the owner's own affairs: his notes, his decisions, the times he kept quiet, the
//! policy a customer is under, what he thinks the reason of a delay is.

use dument_documents::data;
use dument_domain::dossier::Origin;
use dument_domain::fact::{Delivery, Exhibit, ExhibitNature, Fact, Seq};
use dument_domain::invoice::Invoice;
use dument_domain::{Recorded, french};

use super::{Case, receipt_of};
use crate::error::Error;
use crate::history::{invoices_of, met, outcomes, sentence};

/// Returns what happened with this debtor about these invoices, day by day.
pub(crate) fn chronology(case: &Case<'_>) -> Result<data::Chronologie, Error> {
    let standing = case.ledger.facts().iter().filter(|recorded| case.ledger.cancellation(recorded.seq).is_none());
    let mut events: Vec<data::Event> =
        standing.flat_map(|recorded| events_of(case, recorded)).filter(|event| event.date <= case.date()).collect();
    events.sort_by_key(|event| event.date);
    Ok(data::Chronologie {
        parties: super::super::parties(case.ledger, case.debtor)?,
        date: case.date(),
        reference: case.reference.clone(),
        events,
        seal: Some(case.seal.clone()),
    })
}

/// Returns what a fact says of the case, in sentences.
fn events_of(case: &Case<'_>, recorded: &Recorded) -> Vec<data::Event> {
    let Recorded { seq, fact, .. } = recorded;
    match fact {
        Fact::InvoiceRecorded(invoice) if case.claims(*seq) => invoice_events(case, *seq, invoice),
        Fact::CreditNoteRecorded(credit_note) if credit_note.debtor == case.debtor => told(case, recorded),
        Fact::PaymentReceived(payment) if payment.debtor == case.debtor => told(case, recorded),
        Fact::ExhibitAdded(exhibit) if exhibit.debtor == case.debtor => exhibit_event(case, *seq, exhibit),
        Fact::LetterDelivered(delivery) if concerns(case, recorded) => vec![delivered(case, recorded, delivery)],
        Fact::ContactLogged(contact) if !contact.is_internal() && concerns(case, recorded) => {
            vec![case.event(contact.on, format!("{}.", met(contact)), Some(Origin::StepRecord(*seq)))]
        }
        Fact::LetterSent(_)
        | Fact::WaiverGranted(_)
        | Fact::LimitationActRecorded(_)
        | Fact::ReceptionConfirmed(_)
        | Fact::DueDateChanged(_)
        | Fact::PromiseMade(_)
        | Fact::DisputeOpened(_)
        | Fact::DisputeClosed(_)
        | Fact::PlanAgreed(_)
        | Fact::PlanLapsed(_)
        | Fact::HandedOver(_)
        | Fact::TakenBack(_)
        | Fact::InsolvencyOpened(_)
        | Fact::InsolvencyClosed(_)
            if concerns(case, recorded) =>
        {
            told(case, recorded)
        }
        _ => Vec::new(),
    }
}

/// Says whether a fact is about this debtor, and about one of these invoices or about all of his.
fn concerns(case: &Case<'_>, recorded: &Recorded) -> bool {
    let of_debtor = recorded.fact.episode_of().is_none_or(|debtor| debtor == case.debtor);
    let invoices = invoices_of(case.ledger, recorded);
    let on_all = invoices.is_empty() && recorded.fact.episode_of().is_some();
    of_debtor && (on_all || invoices.into_iter().any(|invoice| case.claims(invoice)))
}

/// Returns a fact as the history tells it, and what became of it.
fn told(case: &Case<'_>, recorded: &Recorded) -> Vec<data::Event> {
    let Recorded { seq, fact, .. } = recorded;
    let (Some(on), Some(what)) = (fact.happened_on(), sentence(case.ledger, recorded)) else { return Vec::new() };
    let proof = proof_of(case, *seq, fact);
    let became = outcomes(case.ledger, *seq, fact, case.date());
    let became = became.into_iter().map(|outcome| case.event(outcome.on, outcome.what, None));
    [case.event(on, what, proof)].into_iter().chain(became).collect()
}

/// Returns the exhibit of the dossier that shows a fact.
fn proof_of(case: &Case<'_>, seq: Seq, fact: &Fact) -> Option<Origin> {
    match fact {
        Fact::CreditNoteRecorded(_) => original_of(case, seq).map(Origin::Exhibit),
        Fact::LetterSent(sending) => Some(Origin::Letter(sending.letter)),
        Fact::LimitationActRecorded(act) => act.proof.map(Origin::Exhibit),
        Fact::ReceptionConfirmed(reception) => reception.proof.map(Origin::Exhibit),
        Fact::DueDateChanged(change) => change.proof.map(Origin::Exhibit),
        Fact::PromiseMade(_) | Fact::PlanAgreed(_) => Some(Origin::StepRecord(seq)),
        Fact::PlanLapsed(lapse) => Some(Origin::Letter(lapse.notice)),
        _ => None,
    }
}

/// Returns the issue of an invoice, its delivery, its due dates as the invoice says them.
fn invoice_events(case: &Case<'_>, seq: Seq, invoice: &Invoice) -> Vec<data::Event> {
    let number = &invoice.number;
    let money = |amount| french::money(amount, invoice.currency);
    let original = original_of(case, seq).map(Origin::Exhibit);
    let issued =
        case.event(invoice.issued_on, format!("Facture n° {number} émise, {} TTC.", money(invoice.total)), original);
    let delivered = invoice
        .delivered_on
        .map(|on| case.event(on, format!("Livraison de ce qui est facturé sous le n° {number}."), None));
    let due = invoice.instalments.iter().map(|part| {
        case.event(part.due_on, format!("Échéance de la facture n° {number} : {}.", money(part.amount)), None)
    });
    [issued].into_iter().chain(delivered).chain(due).collect()
}

fn exhibit_event(case: &Case<'_>, seq: Seq, exhibit: &Exhibit) -> Vec<data::Event> {
    let worth_telling = exhibit.nature != ExhibitNature::Invoice && exhibit.letter.is_none();
    let number = case.plan.number_of(Origin::Exhibit(seq));
    let dated = exhibit.dated_on.filter(|_| worth_telling && number.is_some());
    dated.map(|on| case.event(on, format!("{}.", exhibit.title), Some(Origin::Exhibit(seq)))).into_iter().collect()
}

fn delivered(case: &Case<'_>, recorded: &Recorded, delivery: &Delivery) -> data::Event {
    let receipt = receipt_of(case.ledger, case.debtor, delivery.letter).map(Origin::Exhibit);
    let what = sentence(case.ledger, recorded).unwrap_or_default();
    let event = case.event(delivery.on, what, receipt);
    match receipt {
        Some(_) => event,
        None => data::Event { proof: Some("aucune preuve jointe".to_owned()), ..event },
    }
}

/// Returns the exhibit that is the original of an invoice or a credit note.
fn original_of(case: &Case<'_>, invoice: Seq) -> Option<Seq> {
    let mut exhibits = case.ledger.debtor(case.debtor).exhibits.iter().copied();
    exhibits.find(|seq| {
        let exhibit = case.ledger.exhibit(*seq);
        exhibit.nature == ExhibitNature::Invoice && exhibit.invoices.contains(&invoice)
    })
}
