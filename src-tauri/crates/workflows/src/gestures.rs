//! What the owner gives up, and what a clause or a judgment adds: both with their reason.

use dument_domain::Date;
use dument_domain::fact::{Capitalisation, CapitalisationGround, Fact, Waiver, WaiverObject};

use crate::error::Error;
use crate::office::{Moment, Office};
use crate::view::Done;

/// Gives up a part of what may be claimed on an invoice.
///
/// # Errors
/// The invoice is unknown, or the reason is not said.
pub fn grant_waiver(
    office: &mut Office,
    (debtor, invoice): (&str, &str),
    object: WaiverObject,
    (on, reason): (Date, &str),
    moment: &Moment,
) -> Result<Done, Error> {
    let debtor = office.find_debtor(debtor)?;
    let invoice = office.find_invoice(debtor, invoice)?;
    let waiver = Waiver { invoice, on, object, reason: reason.trim().to_owned() };
    Ok(office.record(&[Fact::WaiverGranted(waiver)], moment)?.into())
}

/// What lets interest bear interest.
#[derive(Debug, Clone)]
pub struct CapitalisationEntry {
    /// Whose, by name.
    pub debtor: String,
    /// On which invoices, by number.
    pub invoices: Vec<String>,
    /// From when the years are counted.
    pub from: Date,
    /// Clause or judgment.
    pub ground: CapitalisationGround,
    /// Which one.
    pub reference: String,
}

/// Records the clause or the judgment by which interest bears interest.
///
/// # Errors
/// An invoice is unknown, or the clause or judgment is not named.
pub fn record_capitalisation(office: &mut Office, entry: CapitalisationEntry, moment: &Moment) -> Result<Done, Error> {
    let debtor = office.find_debtor(&entry.debtor)?;
    let invoices = office.find_invoices(debtor, &entry.invoices)?;
    let CapitalisationEntry { from, ground, reference, .. } = entry;
    let capitalisation = Capitalisation { invoices, from, ground, reference };
    Ok(office.record(&[Fact::CapitalisationRecorded(capitalisation)], moment)?.into())
}
