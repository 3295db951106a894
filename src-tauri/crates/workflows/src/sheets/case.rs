//! The records of a case as data: cover, list of exhibits, chronology, record of each step.

mod chronology;
mod record;

use std::collections::BTreeMap;

use dument_documents::data;
use dument_domain::contact::Dispute;
use dument_domain::dossier::{Origin, Plan};
use dument_domain::fact::{ExhibitNature, Fact, Seq};
use dument_domain::ledger::Ledger;
use dument_domain::prescription::{Prescription, Start};
use dument_domain::statement::Statement;
use dument_domain::{Date, french};

pub(crate) use chronology::chronology;
pub(crate) use record::{Sums, agreement_on, step_record};

use super::dispute_name;
use super::statement::{interest_terms, totals};
use crate::error::Error;

/// A dossier on its way out.
pub(crate) struct Case<'a> {
    pub ledger: &'a Ledger,
    pub debtor: Seq,
    pub statement: &'a Statement,
    pub plan: &'a Plan,
    pub reference: String,
    pub seal: data::Seal,
}

impl Case<'_> {
    fn date(&self) -> Date {
        self.statement.as_of
    }

    /// Returns an event, proved by the exhibit of this origin where the dossier holds it.
    fn event(&self, date: Date, what: impl AsRef<str>, origin: Option<Origin>) -> data::Event {
        data::Event {
            date,
            what: french::typeset(what.as_ref()),
            proof: origin.and_then(|origin| self.title_of(origin)),
            piece: origin.and_then(|origin| self.plan.number_of(origin)),
        }
    }

    /// Says whether an invoice is one of the case, under its own number or under that of the one that took its place.
    fn claims(&self, invoice: Seq) -> bool {
        self.statement.claims.iter().any(|claim| claim.invoice == self.ledger.current(invoice))
    }

    fn title_of(&self, origin: Origin) -> Option<String> {
        self.plan.exhibits.iter().find(|exhibit| exhibit.origin == origin).map(|exhibit| exhibit.title.clone())
    }

    fn missing(&self) -> Vec<data::MissingPiece> {
        let piece = |sentence: &str| {
            let (title, why) = sentence.split_once("\u{202f}: ").unwrap_or((sentence, ""));
            data::MissingPiece { title: title.to_owned(), why: capitalised(why) }
        };
        self.plan.missing.iter().map(|fault| piece(&fault.sentence)).collect()
    }
}

/// Returns the synthesis sheet.
pub(crate) fn cover(case: &Case<'_>, contents: Vec<data::ContentLine>) -> Result<data::Couverture, Error> {
    let statement = case.statement;
    Ok(data::Couverture {
        parties: super::parties(case.ledger, case.debtor)?,
        date: case.date(),
        reference: case.reference.clone(),
        as_of: statement.as_of,
        invoice_count: u32::try_from(statement.claims.len()).unwrap_or(u32::MAX),
        totals: totals(statement),
        currency: statement.currency,
        per_day: statement.per_day.is_positive().then_some(statement.per_day),
        interest_terms: interest_terms(case.ledger, case.debtor, statement),
        prescription: prescription(case),
        disputes: disputes(case),
        contents,
        seal: Some(case.seal.clone()),
    })
}

/// Returns the disputes that are open on the day of the dossier, a sentence each.
fn disputes(case: &Case<'_>) -> Vec<String> {
    let episodes = || case.ledger.episodes_of(case.ledger.debtor(case.debtor));
    let is_open = |dispute: Seq| {
        let closes = |fact: &Fact| matches!(fact, Fact::DisputeClosed(closing) if closing.dispute == dispute && closing.on <= case.date());
        !episodes().any(|(_, fact)| closes(fact))
    };
    let ours = episodes().filter_map(|(seq, fact)| match fact {
        Fact::DisputeOpened(dispute) if dispute.on <= case.date() && case.claims(dispute.invoice) => {
            Some((seq, dispute))
        }
        _ => None,
    });
    ours.filter(|(seq, _)| is_open(*seq)).map(|(_, dispute)| disputed(case.ledger, dispute)).collect()
}

fn disputed(ledger: &Ledger, dispute: &Dispute) -> String {
    let invoice = ledger.invoice(dispute.invoice);
    let part = dispute
        .amount
        .map_or_else(|| "en entier".to_owned(), |amount| format!("pour {}", french::money(amount, invoice.currency)));
    let said = dispute.said.split_whitespace().collect::<Vec<_>>().join(" ");
    let said = if said.is_empty() { String::new() } else { format!(" : « {said} »") };
    let ground = dispute_name(dispute.kind);
    let on = french::date(dispute.on);
    french::typeset(&format!("Facture n° {}, contestée {part} depuis le {on} ({ground}){said}.", invoice.number))
}

/// Groups the invoices by the last prudent day to go to court, the nearest first.
fn prescription(case: &Case<'_>) -> Vec<data::PrescriptionLimit> {
    let mut limits: BTreeMap<(Date, String), Vec<&str>> = BTreeMap::new();
    for claim in &case.statement.claims {
        let prescription = Prescription::of(case.ledger, claim.invoice);
        let start = match prescription.start {
            Start::DueDate => "l’échéance",
            Start::Delivery => "la livraison",
        };
        let mut ground = format!("{} ans depuis {start}, {}", prescription.years, prescription.source);
        if prescription.possible_deadline != prescription.prudent_deadline {
            ground += &format!(" ; si les actes notés sont admis, {}", french::date(prescription.possible_deadline));
        }
        let number = case.ledger.invoice(claim.invoice).number.as_str();
        limits.entry((prescription.prudent_deadline, french::typeset(&ground))).or_default().push(number);
    }
    limits
        .into_iter()
        .map(|((limit, ground), numbers)| data::PrescriptionLimit { invoices: numbers.join(", "), limit, ground })
        .collect()
}

/// Returns the list of exhibits, as they were found.
pub(crate) fn bordereau(case: &Case<'_>, exhibits: Vec<data::Exhibit>) -> Result<data::Bordereau, Error> {
    Ok(data::Bordereau {
        parties: super::parties(case.ledger, case.debtor)?,
        date: case.date(),
        reference: case.reference.clone(),
        exhibits,
        missing: case.missing(),
        seal: Some(case.seal.clone()),
    })
}

/// Returns the proof of posting or receipt attached to a letter.
fn receipt_of(ledger: &Ledger, debtor: Seq, letter: Seq) -> Option<Seq> {
    let mut exhibits = ledger.debtor(debtor).exhibits.iter().copied();
    exhibits.rfind(|seq| {
        let exhibit = ledger.exhibit(*seq);
        exhibit.nature == ExhibitNature::Receipt && exhibit.letter == Some(letter)
    })
}

fn capitalised(sentence: &str) -> String {
    let mut characters = sentence.chars();
    characters.next().map(|first| first.to_uppercase().chain(characters).collect()).unwrap_or_default()
}
