//! The journal: reading it, cancelling what was a mistake, checking that nothing was changed.

use dument_domain::fact::Fact;
use dument_domain::{Date, Seq};
use dument_storage::Sha256Hash;
use serde::Serialize;

use crate::error::{Error, problem_sentence};
use crate::office::{Moment, Office};
use crate::view::{Done, reference};

/// A fact as the journal shows it.
#[derive(Debug, Clone, Serialize)]
pub struct FactView {
    /// Its number.
    #[serde(rename = "fait", serialize_with = "reference")]
    pub seq: Seq,
    /// The instant it was recorded.
    #[serde(rename = "enregistre")]
    pub recorded_at: String,
    /// The day it happened, where it has one.
    #[serde(rename = "le")]
    pub happened_on: Option<Date>,
    /// What kind of fact.
    #[serde(rename = "nature")]
    pub kind: &'static str,
    /// What happened.
    #[serde(rename = "contenu")]
    pub content: Fact,
    /// The fact that cancels it.
    #[serde(rename = "annule_par", skip_serializing_if = "Option::is_none")]
    pub cancelled_by: Option<String>,
}

/// Lists every fact, in the order they were recorded.
#[must_use]
pub fn list_facts(office: &Office) -> Vec<FactView> {
    let view = |recorded: &dument_domain::Recorded| FactView {
        seq: recorded.seq,
        recorded_at: recorded.recorded_at.clone(),
        happened_on: recorded.fact.happened_on(),
        kind: recorded.fact.kind(),
        content: recorded.fact.clone(),
        cancelled_by: office.ledger.cancellation(recorded.seq).map(|seq| seq.to_string()),
    };
    office.ledger.facts().iter().map(view).collect()
}

/// Cancels a fact: the ledger is as if it had never been recorded.
///
/// # Errors
/// There is no such fact, another one builds on it, or the reason is not said.
pub fn cancel_fact(office: &mut Office, fact: Seq, reason: &str, moment: &Moment) -> Result<Done, Error> {
    let fact = Fact::FactCancelled { fact, reason: reason.trim().to_owned() };
    Ok(office.record(&[fact], moment)?.into())
}

/// What a full check found.
#[derive(Debug, Clone, Serialize)]
pub struct CheckView {
    /// Whether everything is as it was written.
    #[serde(rename = "intact")]
    pub sound: bool,
    /// How many facts.
    #[serde(rename = "faits")]
    pub facts: usize,
    /// How many pieces of evidence.
    pub pieces: usize,
    /// First digits of the end of the chain: those printed at the foot of a mise en demeure.
    #[serde(rename = "empreinte")]
    pub fingerprint: String,
    /// What is not as it was written, in sentences.
    #[serde(rename = "problemes")]
    pub problems: Vec<String>,
}

/// Checks the database, the chain, every content and every piece of evidence, and that the ledger can be made anew.
///
/// # Errors
/// The check itself could not be made.
pub fn verify(office: &Office) -> Result<CheckView, Error> {
    let report = office.journal.verify(&expected_evidence(office))?;
    let mut problems: Vec<String> = report.problems.iter().map(problem_sentence).collect();
    if problems.is_empty() && office.journal.facts()? != office.ledger.facts() {
        problems.push(
            "Le journal relu ne donne pas les mêmes faits que ceux de la session : fermez et rouvrez l’entreprise."
                .to_owned(),
        );
    }
    Ok(CheckView {
        sound: problems.is_empty(),
        facts: report.facts,
        pieces: report.exhibits,
        fingerprint: report.head.hash.fingerprint(),
        problems,
    })
}

/// Returns the names of the evidence that the facts refer to, cancelled ones included.
fn expected_evidence(office: &Office) -> Vec<Sha256Hash> {
    let names = office.ledger.facts().iter().flat_map(|recorded| match &recorded.fact {
        Fact::ExhibitAdded(exhibit) => vec![&exhibit.sha256],
        Fact::LetterIssued(letter) => vec![&letter.pdf, &letter.data],
        Fact::InvoiceRecorded(invoice) => invoice.original.iter().collect(),
        Fact::CreditNoteRecorded(credit_note) => credit_note.original.iter().collect(),
        _ => Vec::new(),
    });
    names.filter_map(|name| Sha256Hash::parse(name)).collect()
}
