//! The décompte: every figure with the days, the base and the rate it comes from.

use dument_domain::{Amount, Currency, Date, Rate};
use serde::{Deserialize, Serialize};

use super::claim::{OpenCredit, Totals};
use super::party::{Parties, Seal};

/// A décompte on its own sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatementSheet {
    /// Who owes whom.
    pub parties: Parties,
    /// The date the sheet bears.
    pub date: Date,
    /// The reference of the case.
    pub reference: String,
    /// The computation.
    pub statement: Statement,
    /// The state of the journal.
    #[serde(default)]
    pub seal: Option<Seal>,
}

/// How a sum due was reached, at one date, in one currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// The day it is stopped at, included.
    pub as_of: Date,
    /// The currency of every amount.
    pub currency: Currency,
    /// The invoices, oldest first.
    pub invoices: Vec<StatementInvoice>,
    /// What is still in the debtor's favour.
    #[serde(default)]
    pub open_credits: Vec<OpenCredit>,
    /// The sums.
    pub totals: Totals,
    /// What one more day costs.
    #[serde(default)]
    pub per_day: Option<Amount>,
    /// How it was counted.
    pub conventions: Conventions,
}

/// One invoice of a décompte.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatementInvoice {
    /// Its number.
    pub invoice_number: String,
    /// Its date.
    pub issued_on: Date,
    /// Its due dates, one at least.
    pub due_on: Vec<Date>,
    /// What was owed at first, all taxes included.
    pub original_principal: Amount,
    /// One line per period with its own base and rate.
    pub lines: Vec<InterestLine>,
    /// The sum of the lines.
    pub interest_total: Amount,
    /// The fixed indemnity, zero when there is none.
    pub indemnity: Amount,
    /// What came in, and what it settled.
    #[serde(default)]
    pub payments: Vec<SettledPayment>,
    /// Credit notes and waivers.
    #[serde(default)]
    pub reductions: Vec<Reduction>,
    /// The principal still owed.
    pub principal_remaining: Amount,
    /// The penalties still owed.
    pub interest_remaining: Amount,
    /// The indemnity still owed.
    pub indemnity_remaining: Amount,
    /// The sum of the three.
    pub remaining: Amount,
}

/// A period during which neither the base nor the rate changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InterestLine {
    /// The first day counted.
    pub from: Date,
    /// The last day counted.
    pub to: Date,
    /// How many days that makes.
    pub days: u32,
    /// What bears interest.
    pub base: Amount,
    /// In percent per year.
    pub rate: Rate,
    /// Where the rate comes from, as it is to be printed.
    pub source: String,
    /// Rounded to the cent.
    pub amount: Amount,
}

/// A payment and what it settled on this invoice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettledPayment {
    /// When the funds arrived.
    pub received_on: Date,
    /// The part of the payment that went to this invoice.
    pub amount: Amount,
    /// To penalties.
    pub to_interest: Amount,
    /// To principal.
    pub to_principal: Amount,
    /// To the indemnity.
    pub to_indemnity: Amount,
}

/// What lowers the debt without being a payment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reduction {
    /// What it is.
    pub kind: ReductionKind,
    /// Its date.
    pub date: Date,
    /// « Avoir A-2026-004 », or the reason of the waiver.
    pub label: String,
    /// Above zero.
    pub amount: Amount,
}

/// What a reduction is, and what it lowers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReductionKind {
    /// A credit note: lowers the principal.
    CreditNote,
    /// A deposit already invoiced: lowers the principal.
    Deposit,
    /// Part of the principal is given up.
    PrincipalWaived,
    /// Penalties are given up.
    InterestWaived,
    /// The fixed indemnity is given up.
    IndemnityWaived,
}

/// The rules of the computation, printed in full under every décompte.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conventions {
    /// By what a year is divided.
    pub day_base: DayBase,
    /// What happens to the rate at the turn of a semester.
    pub variation: RateVariation,
    /// What a part payment settles first.
    pub imputation: Imputation,
    /// How a line becomes cents.
    pub rounding: Rounding,
}

/// By what a year is divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayBase {
    /// 365 days, also in leap years.
    Fixed365,
    /// 365 or 366, as the year is.
    Actual,
}

/// What happens to the rate at the turn of a semester.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RateVariation {
    /// Each semester's days at that semester's rate.
    BySemester,
    /// The rate of the semester in which interest began.
    FixedAtStart,
    /// A figure of the contract.
    FixedByContract,
}

/// What a part payment settles first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Imputation {
    /// Interest, then principal, then indemnity (C. civ. 1343-1).
    InterestFirst,
    /// Principal, then interest, then indemnity, as the creditor may agree.
    PrincipalFirst,
}

/// How a line becomes cents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rounding {
    /// Half up to the cent on each printed line; a total is the sum of its lines.
    HalfUpPerLine,
}
