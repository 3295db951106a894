//! Limitation: until when each claim can be brought to court, and the acts that move it.

use dument_domain::fact::{Fact, LimitationAct, LimitationActKind};
use dument_domain::prescription::{Prescription, Start};
use dument_domain::{Date, Seq, statement};
use serde::Serialize;

use crate::error::Error;
use crate::office::{Moment, Office};
use crate::statements;
use crate::view::Done;

/// An act as the owner types it.
#[derive(Debug, Clone)]
pub struct ActEntry {
    /// Whose, by name.
    pub debtor: String,
    /// On which invoices, by number.
    pub invoices: Vec<String>,
    /// When.
    pub on: Date,
    /// What.
    pub kind: LimitationActKind,
    /// When the case or the mediation ended.
    pub ended_on: Option<Date>,
    /// The exhibit that proves it.
    pub proof: Option<Seq>,
}

/// Records an act that interrupts or suspends limitation.
///
/// # Errors
/// An invoice is unknown, or the dates are impossible.
pub fn record_limitation_act(office: &mut Office, entry: &ActEntry, moment: &Moment) -> Result<Done, Error> {
    let debtor = office.find_debtor(&entry.debtor)?;
    let invoices = office.find_invoices(debtor, &entry.invoices)?;
    let ActEntry { on, kind, ended_on, proof, .. } = *entry;
    let act = LimitationAct { invoices, on, kind, ended_on, proof };
    Ok(office.record(&[Fact::LimitationActRecorded(act)], moment)?.into())
}

/// How long the claim of an invoice lives.
#[derive(Debug, Clone, Serialize)]
pub struct PrescriptionView {
    /// Its number.
    #[serde(rename = "numero")]
    pub number: String,
    /// Length of the period.
    #[serde(rename = "annees")]
    pub years: u32,
    /// The text that fixes it.
    pub source: String,
    /// `echeance` or `livraison`.
    #[serde(rename = "depart")]
    pub start: &'static str,
    /// From when it is counted.
    #[serde(rename = "depuis")]
    pub started_on: Date,
    /// The last day to act, taking no act into account.
    #[serde(rename = "limite_prudente")]
    pub prudent_deadline: Date,
    /// The last day to act if a judge accepts the recorded acts.
    #[serde(rename = "limite_possible")]
    pub possible_deadline: Date,
    /// The days on which the owner is warned.
    #[serde(rename = "alertes")]
    pub warnings: Vec<Date>,
}

/// Says until when each unpaid invoice of a debtor can be brought to court, the nearest first.
///
/// # Errors
/// The debtor is unknown.
pub fn list_limitations(office: &Office, debtor: &str, today: Date) -> Result<Vec<PrescriptionView>, Error> {
    let debtor = office.find_debtor(debtor)?;
    let mut views = Vec::new();
    for currency in statement::currencies(office.ledger(), debtor) {
        let statement = statements::open_in(office, debtor, currency, today)?;
        views.extend(statement.claims.iter().map(|claim| PrescriptionView::of(office, claim.invoice)));
    }
    views.sort_by_key(|view| view.prudent_deadline);
    Ok(views)
}

impl PrescriptionView {
    fn of(office: &Office, invoice: Seq) -> Self {
        let prescription = Prescription::of(office.ledger(), invoice);
        Self {
            number: office.ledger().invoice(invoice).number.clone(),
            years: prescription.years,
            source: prescription.source,
            start: match prescription.start {
                Start::DueDate => "echeance",
                Start::Delivery => "livraison",
            },
            started_on: prescription.started_on,
            prudent_deadline: prescription.prudent_deadline,
            possible_deadline: prescription.possible_deadline,
            warnings: prescription.warnings,
        }
    }
}
