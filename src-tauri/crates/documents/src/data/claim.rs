//! What is owed: the invoices, what has come in, and the rate at which the rest grows.

use dument_domain::{Amount, Date, Rate};
use serde::{Deserialize, Serialize};

/// One invoice in a letter or a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// The number printed on the invoice.
    pub invoice_number: String,
    /// Its date.
    pub issued_on: Date,
    /// The debtor's own reference.
    #[serde(default)]
    pub order_ref: Option<String>,
    /// How far the reminders of this invoice have come: « relance amiable ». Printed where the invoices of a letter differ.
    #[serde(default)]
    pub level: Option<String>,
    /// When it falls due: one line per instalment, at least one.
    pub instalments: Vec<ClaimInstalment>,
    /// All taxes included.
    pub total: Amount,
    /// What has settled principal so far, credit notes included.
    pub paid: Amount,
    /// The principal still owed.
    pub principal: Amount,
    /// Penalties claimed today, zero when none is.
    pub interest: Amount,
    /// The fixed indemnity claimed today, zero when none is.
    pub indemnity: Amount,
    /// Principal, penalties and indemnity.
    pub remaining: Amount,
}

/// One due date of an invoice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimInstalment {
    /// The last day to pay.
    pub due_on: Date,
    /// What was due that day.
    pub amount: Amount,
    /// What has settled it.
    pub paid: Amount,
    /// What is left of it.
    pub remaining: Amount,
    /// Days after the due date; zero or less when it is still to come.
    pub days_late: i64,
}

/// A payment received from the debtor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentLine {
    /// When the funds arrived.
    pub received_on: Date,
    /// How much.
    pub amount: Amount,
    /// The part of it that settled penalties or interest.
    #[serde(default)]
    pub to_interest: Amount,
    /// The part of it that settled the fixed indemnity.
    #[serde(default)]
    pub to_indemnity: Amount,
    /// The invoices it settled, none when it is not allocated yet.
    #[serde(default)]
    pub invoice_numbers: Vec<String>,
}

/// A credit in the debtor's favour which settles no invoice yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenCredit {
    /// « Avoir A-2026-004 », « Versement non affecté »…
    pub label: String,
    /// Its date.
    pub date: Date,
    /// Above zero.
    pub amount: Amount,
}

/// The sums of a document, each the sum of its printed lines.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// The principal still owed.
    pub principal: Amount,
    /// Penalties or legal interest.
    #[serde(default)]
    pub interest: Amount,
    /// Fixed indemnities.
    #[serde(default)]
    pub indemnity: Amount,
    /// Open credits, deducted: above zero.
    #[serde(default)]
    pub credits: Amount,
    /// What the debtor has to pay.
    pub total: Amount,
    /// The part of it already due: said on an account statement, where some invoices are still to fall due.
    #[serde(default)]
    pub overdue: Option<Amount>,
}

/// The rate at which the debt grows, and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InterestTerms {
    /// Which rule gives the rate.
    pub basis: InterestBasis,
    /// The rate in force at the date of the document, in percent per year.
    pub rate: Rate,
    /// Its source as it is to be printed: « taux de la BCE au 1er juillet 2026 (2,15 %) majoré de 10 points ».
    pub source: String,
    /// The fixed indemnity of one invoice, when the standing knows one: 40 €.
    #[serde(default)]
    pub indemnity_per_invoice: Option<Amount>,
    /// The number of invoices for which it is claimed here.
    #[serde(default)]
    pub indemnity_count: u32,
}

/// The rule that gives the rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InterestBasis {
    /// The statutory rate between professionals: ECB + 10 points (C. com. L441-10 II).
    EcbPlusTen,
    /// The rate of public buyers: ECB + 8 points, fixed (CCP R2192-31).
    EcbPlusEight,
    /// The rate written in the contract.
    Agreed,
    /// The legal rate, from the day after the mise en demeure is received (C. civ. 1231-6).
    Legal,
}
