//! What was said between the owner and a debtor, and what came of it.

use serde::{Deserialize, Serialize};

use crate::Date;
use crate::dunning::Step;
use crate::fact::Seq;

/// How a call ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallOutcome {
    /// Somebody answered.
    Reached,
    /// A message was left.
    MessageLeft,
    /// Nobody answered.
    Unreachable,
    /// The number is not his.
    WrongNumber,
}

/// By what means people met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContactKind {
    /// A telephone call.
    Call(CallOutcome),
    /// An e-mail that was not drawn up here, received or sent.
    Email,
    /// A letter that was not drawn up here, received or sent.
    Letter,
    /// A meeting.
    Meeting,
    /// A text message.
    TextMessage,
    /// A note of the owner: objective facts only, for the debtor may ask to read it.
    Note,
    /// What the owner decided at the end of the reminders.
    Decision,
}

/// Why a dispute was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DisputeKind {
    /// Defect of the goods or of the work.
    Quality,
    /// Not delivered, late, or in part.
    Delivery,
    /// Price, quantity or discount.
    Price,
    /// The order itself is denied.
    Order,
    /// Anything else.
    Other,
}

/// Why an invoice is not paid, as far as the owner could learn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// Forgotten.
    Oversight,
    /// No money.
    CashTrouble,
    /// Disagreement.
    Dispute(DisputeKind),
    /// The invoice never arrived.
    InvoiceNotReceived,
    /// Wrong reference, wrong department, wrong bank details.
    AdministrativeError,
    /// Waiting for somebody's approval.
    AwaitingApproval,
    /// He could pay and does not.
    BadFaith,
}

/// An exchange with a debtor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// With whom.
    pub debtor: Seq,
    /// About which invoices; all of them when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub invoices: Vec<Seq>,
    /// When.
    pub on: Date,
    /// By what means.
    pub kind: ContactKind,
    /// The person at the debtor's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub with: Option<String>,
    /// The person on the owner's side, when it is not himself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Why the invoice is not paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<Cause>,
    /// What was said.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub said: String,
    /// The levels of the policy that it carries out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<Step>,
}

impl Contact {
    /// Says whether it carries out the step it was meant for: a call that reached nobody does not.
    #[must_use]
    pub fn carries_out(&self) -> bool {
        match self.kind {
            ContactKind::Call(CallOutcome::Unreachable | CallOutcome::WrongNumber) => false,
            ContactKind::Call(CallOutcome::Reached | CallOutcome::MessageLeft)
            | ContactKind::Email
            | ContactKind::Letter
            | ContactKind::Meeting
            | ContactKind::TextMessage
            | ContactKind::Note
            | ContactKind::Decision => true,
        }
    }
}

/// The debtor has the invoice, and it can be shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reception {
    /// Who.
    pub debtor: Seq,
    /// Which invoice.
    pub invoice: Seq,
    /// Since when.
    pub on: Date,
    /// How it is known: « statut Déposée », « accusé de lecture » …
    pub means: String,
    /// The exhibit that proves it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof: Option<Seq>,
}

/// The debtor disputes an invoice, whole or in part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dispute {
    /// Who.
    pub debtor: Seq,
    /// Which invoice.
    pub invoice: Seq,
    /// Since when.
    pub on: Date,
    /// How much of it; the whole when no sum is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<crate::Amount>,
    /// On what ground.
    pub kind: DisputeKind,
    /// What he says.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub said: String,
}

/// How a dispute ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DisputeOutcome {
    /// The debtor was right: a credit note or a waiver follows.
    Founded,
    /// He was right in part.
    PartlyFounded,
    /// He was wrong, or said nothing more.
    Unfounded,
    /// Both gave way.
    Settled,
}

/// A dispute is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DisputeClosing {
    /// With whom.
    pub debtor: Seq,
    /// Which one.
    pub dispute: Seq,
    /// When.
    pub on: Date,
    /// How.
    pub outcome: DisputeOutcome,
    /// Why.
    pub reason: String,
}
