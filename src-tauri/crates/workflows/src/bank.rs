//! The bank account, as far as reminders depend on it: when it was last looked at, and the credits that nothing explains.

use dument_domain::fact::{BankCredit, Fact};
use dument_domain::{Amount, Currency, Date, Seq};
use serde::Serialize;

use crate::error::Error;
use crate::office::{Moment, Office};
use crate::view::{Done, reference};

/// Notes that the owner looked at his bank account through a day.
///
/// # Errors
/// The day is to come.
pub fn check_bank(office: &mut Office, through: Date, moment: &Moment) -> Result<Done, Error> {
    Ok(office.record(&[Fact::BankChecked { through }], moment)?.into())
}

/// Notes a credit that nobody has said yet from whom it comes.
///
/// # Errors
/// The sum is not above zero, or the day is to come.
pub fn see_credit(office: &mut Office, credit: BankCredit, moment: &Moment) -> Result<Done, Error> {
    Ok(office.record(&[Fact::BankCreditSeen(credit)], moment)?.into())
}

/// Says that a credit settles nothing here.
///
/// # Errors
/// There is no such credit, it is explained already, or the reason is not said.
pub fn dismiss_credit(office: &mut Office, credit: Seq, reason: &str, moment: &Moment) -> Result<Done, Error> {
    let dismissed = Fact::BankCreditDismissed { credit, reason: reason.trim().to_owned() };
    Ok(office.record(&[dismissed], moment)?.into())
}

/// Where the bank account stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BankView {
    /// The last day that the owner saw of it.
    #[serde(rename = "verifiee_au")]
    pub checked_through: Option<Date>,
    /// The credits that nothing explains.
    #[serde(rename = "credits")]
    pub credits: Vec<CreditSeenView>,
}

/// A credit that nothing explains.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CreditSeenView {
    /// Its reference.
    #[serde(rename = "credit", serialize_with = "reference")]
    pub credit: Seq,
    /// When it was booked.
    #[serde(rename = "le")]
    pub booked_on: Date,
    /// How much.
    #[serde(rename = "montant")]
    pub amount: Amount,
    /// In which currency.
    #[serde(rename = "devise")]
    pub currency: Currency,
    /// What the statement says of it.
    #[serde(rename = "libelle")]
    pub label: String,
}

/// Shows when the bank was last looked at, and what is still to match.
#[must_use]
pub fn bank(office: &Office) -> BankView {
    let ledger = &office.ledger;
    let credits = ledger.unmatched_credits().map(|(seq, credit)| CreditSeenView {
        credit: seq,
        booked_on: credit.booked_on,
        amount: credit.amount,
        currency: credit.currency,
        label: credit.label.clone(),
    });
    BankView { checked_through: ledger.bank_checked_through(), credits: credits.collect() }
}
