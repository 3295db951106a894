//! What a letter answers or recalls: a conversation, a promise that was not kept, a dispute, a mise en demeure.

use dument_domain::{Amount, Date};
use serde::{Deserialize, Serialize};

use super::letter::Channel;

/// What was said, as the creditor noted it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conversation {
    /// How the two spoke.
    pub kind: ConversationKind,
    /// When.
    pub date: Date,
    /// With whom: « Mme Kervella », « M. Le Bihan, comptable ».
    #[serde(default)]
    pub with: Option<String>,
    /// What was said, one finished sentence each.
    #[serde(default)]
    pub said: Vec<String>,
    /// What the debtor announced.
    #[serde(default)]
    pub promise: Option<Promised>,
}

/// How the two spoke.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConversationKind {
    /// By telephone.
    Call,
    /// Face to face.
    Meeting,
}

/// A sum announced for a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promised {
    /// How much.
    pub amount: Amount,
    /// The last day for it.
    pub due_on: Date,
}

/// What was promised, and did not come or came in part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BrokenPromise {
    /// A word given, or the instalment of an agreement.
    pub source: PromiseSource,
    /// The day of the word or of the agreement.
    pub made_on: Date,
    /// How it was given, ready to be printed: « par téléphone », « par courriel ».
    #[serde(default)]
    pub by_means: Option<String>,
    /// Who gave it: « Mme Kervella ».
    #[serde(default)]
    pub by_whom: Option<String>,
    /// How much was promised.
    pub amount: Amount,
    /// For which day.
    pub due_on: Date,
    /// What has come since, zero when nothing has.
    pub received: Amount,
    /// What is missing of it.
    pub missing: Amount,
}

/// Where a promise comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PromiseSource {
    /// The debtor's word, spoken or written.
    Promise,
    /// An instalment of a signed agreement.
    PlanInstalment {
        /// Its number in the schedule.
        number: u32,
        /// What the agreement says of a missed instalment; nothing is claimed by this clause when there is none.
        #[serde(default)]
        lapse: Option<Lapse>,
    },
}

/// The clause by which the whole balance falls due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lapse {
    /// Days from the receipt of the letter, in which the instalment may still be paid.
    pub days: u32,
    /// What then falls due at once.
    pub balance: Amount,
}

/// What the debtor disputes, as it was received.
///
/// The two totals add up to the total of the letter, below which they are printed: penalties and indemnities belong to one or
/// the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contestation {
    /// The invoices disputed.
    pub items: Vec<ContestedInvoice>,
    /// The sum of what is disputed.
    pub contested_total: Amount,
    /// What is not disputed, and is claimed: zero when everything is.
    pub undisputed_total: Amount,
    /// The creditor's own answer, with its paragraphs.
    #[serde(default)]
    pub answer: Option<String>,
}

/// One disputed invoice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContestedInvoice {
    /// The number printed on it.
    pub invoice_number: String,
    /// When the dispute reached the creditor.
    pub opened_on: Date,
    /// How much of it is disputed.
    pub contested: Amount,
    /// Whether that is all that is left of it.
    pub whole: bool,
    /// The ground, in the debtor's words as far as they are known.
    pub ground: String,
}

/// The mise en demeure that a last letter recalls.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServedNotice {
    /// Its reference.
    pub reference: String,
    /// The date it bears.
    pub date: Date,
    /// How it left.
    pub channel: Channel,
    /// The number of the registered letter.
    #[serde(default)]
    pub tracking: Option<String>,
    /// What became of it.
    pub receipt: Receipt,
}

/// What became of a letter, as far as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Receipt {
    /// It was handed over.
    Received {
        /// When.
        date: Date,
    },
    /// It was presented, and not fetched.
    Presented {
        /// When.
        date: Date,
    },
    /// It was presented, and refused.
    Refused {
        /// When.
        date: Date,
    },
    /// Nothing came back.
    Unknown,
}

/// What the creditor will do when the last delay has passed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Proceedings {
    /// Ask the competent court.
    #[default]
    Court,
    /// Ask a commissaire de justice for the simplified procedure of small claims (CPCE L125-1), which the debtor may refuse.
    SmallClaims,
}
