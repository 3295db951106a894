//! What was agreed after the invoice: a promise, a plan, more time, a debit to come.
//!
//! None of them changes what is owed: they say when the owner keeps quiet. A plan is not a new debt (no novation).

use serde::{Deserialize, Serialize};

use crate::fact::Seq;
use crate::invoice::Instalment;
use crate::{Amount, Currency, Date};

/// The debtor said he would pay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promise {
    /// Who.
    pub debtor: Seq,
    /// On which invoices; all of them when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub invoices: Vec<Seq>,
    /// How much.
    pub amount: Amount,
    /// In which currency.
    pub currency: Currency,
    /// When he said so.
    pub made_on: Date,
    /// For when.
    pub due_on: Date,
    /// How he said so, and who: « par téléphone, Mme Rey ».
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub means: Option<String>,
}

/// What becomes of interest while a plan is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanInterest {
    /// It goes on.
    #[default]
    Continues,
    /// It is given up if every instalment is paid in time.
    GivenUpIfKept,
}

/// The debtor acknowledges his debt and pays it by instalments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Who.
    pub debtor: Seq,
    /// On which invoices.
    pub invoices: Vec<Seq>,
    /// In which currency.
    pub currency: Currency,
    /// When.
    pub agreed_on: Date,
    /// What is paid when; together, the debt on the day of the agreement.
    pub instalments: Vec<Instalment>,
    /// What becomes of interest.
    #[serde(default)]
    pub interest: PlanInterest,
    /// Days after a written notice at whose end the whole balance falls due; nothing lapses when the agreement has no such clause.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lapse_notice_days: Option<u32>,
    /// The signed agreement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof: Option<Seq>,
}

impl Plan {
    /// Returns the due date of the first instalment that what was received does not cover.
    #[must_use]
    pub fn next_due(&self, received: Amount) -> Option<Date> {
        let mut due = Amount::ZERO;
        let mut uncovered = self.instalments.iter().filter(|instalment| {
            due += instalment.amount;
            due > received
        });
        uncovered.next().map(|instalment| instalment.due_on)
    }
}

/// The owner declared a plan lapsed after a notice that went unanswered: the whole balance is due again.
///
/// # Droit
/// - C. civ. art. 1305-4 et suivants : une échéance manquée ne rend pas le reste exigible par elle-même ; il faut une clause, et un avis
///   resté sans effet. Connu, non relu.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lapse {
    /// With whom.
    pub debtor: Seq,
    /// Which plan.
    pub plan: Seq,
    /// The letter that gave notice.
    pub notice: Seq,
    /// When.
    pub on: Date,
}

/// The owner keeps quiet until a date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// With whom.
    pub debtor: Seq,
    /// On which invoices; all of them when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub invoices: Vec<Seq>,
    /// From when.
    pub on: Date,
    /// The last quiet day.
    pub until: Date,
    /// Why.
    pub reason: String,
}

/// From which of the two due dates lateness is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InterestFrom {
    /// The one of the invoice: the delay is a kindness, not a new term.
    OriginalDueDate,
    /// The new one.
    NewDueDate,
}

/// What becomes of the levels already gone through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LevelsAfter {
    /// The next one follows.
    #[default]
    Continue,
    /// The first one comes again.
    StartAgain,
}

/// An instalment falls due on another day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DueDateChange {
    /// For whom.
    pub debtor: Seq,
    /// Of which invoice.
    pub invoice: Seq,
    /// Which instalment, the first being 0.
    pub instalment: u32,
    /// When it was agreed.
    pub on: Date,
    /// The new due date.
    pub due_on: Date,
    /// From when interest is counted.
    pub interest: InterestFrom,
    /// What becomes of the levels.
    #[serde(default)]
    pub levels: LevelsAfter,
    /// Why.
    pub reason: String,
    /// The exhibit that proves it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof: Option<Seq>,
}

/// The bank will collect an invoice by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DirectDebit {
    /// From whom.
    pub debtor: Seq,
    /// Which invoices.
    pub invoices: Vec<Seq>,
    /// When it was set up.
    pub on: Date,
    /// When the account is debited.
    pub debit_on: Date,
    /// Days within which the bank may still reject it.
    pub rejection_days: u32,
}
