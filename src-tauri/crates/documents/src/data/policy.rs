//! The company's recovery policy, as it is printed: what is done, when, by whom, and the exceptions that were made.

use dument_domain::{Amount, Currency, Date};
use serde::{Deserialize, Serialize};

use super::letter::Tone;
use super::party::{Creditor, Seal, Standing};

/// The policy of one company at one date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolitiqueRecouvrement {
    /// Whose policy it is.
    pub creditor: Creditor,
    /// Since when this version holds.
    pub date: Date,
    /// The reference printed at the foot: « Politique de recouvrement, version 3 ».
    pub reference: String,
    /// The number of the version.
    pub version: u32,
    /// Whom it is for: « la gérante et l’assistante de gestion ».
    #[serde(default)]
    pub audience: Option<String>,
    /// The currency of the minimum sums.
    pub currency: Currency,
    /// One schedule for each kind of customer.
    pub schedules: Vec<PolicySchedule>,
    /// How letters are grouped, what suspends a reminder: groups of finished sentences.
    #[serde(default)]
    pub rules: Vec<PolicyRule>,
    /// The wording of the terms of sale that this policy supposes.
    #[serde(default)]
    pub terms: Vec<TermsClause>,
    /// The exceptions made, oldest first.
    #[serde(default)]
    pub exceptions: Vec<PolicyException>,
    /// The state of the journal.
    #[serde(default)]
    pub seal: Option<Seal>,
}

/// The steps for one kind of customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicySchedule {
    /// Its name: « Professionnels ».
    pub name: String,
    /// For which customers.
    pub standing: Standing,
    /// The steps, in order.
    pub levels: Vec<PolicyLevel>,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyLevel {
    /// « Relance amiable ».
    pub name: String,
    /// When it comes.
    pub timing: Timing,
    /// How it is done.
    pub means: PolicyMeans,
    /// In which tone.
    #[serde(default)]
    pub tone: Option<Tone>,
    /// The title of the letter or e-mail, when there is one and its name does not say it already.
    #[serde(default)]
    pub model: Option<String>,
    /// The new delay it grants, in days.
    #[serde(default)]
    pub new_delay_days: Option<u32>,
    /// Which sums it claims; none for a step that only informs.
    #[serde(default)]
    pub claimed: Vec<ClaimedSum>,
    /// Below which sum it is not done.
    #[serde(default)]
    pub minimum: Option<Amount>,
    /// Who does it.
    #[serde(default)]
    pub by: Option<String>,
}

/// When a step comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Timing {
    /// So many days after the due date; before it when negative.
    FromDueDate {
        /// Zero is the due date itself.
        days: i32,
    },
    /// So many days after the step before.
    AfterPrevious {
        /// One or more.
        days: u32,
    },
}

/// How a step is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PolicyMeans {
    /// E-mail.
    Courriel,
    /// Telephone call.
    Appel,
    /// Ordinary post.
    LettreSimple,
    /// Registered post with acknowledgement of receipt.
    Lrar,
    /// Registered electronic letter.
    Lre,
    /// Nothing leaves: the owner decides what comes next.
    Decision,
}

/// A kind of sum that a step may claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClaimedSum {
    /// The price.
    Principal,
    /// Penalties or interest.
    Interest,
    /// The fixed indemnity.
    Indemnity,
}

/// Some rules that belong together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyRule {
    /// « Ce qui suspend les relances ».
    pub title: String,
    /// Finished sentences.
    pub sentences: Vec<String>,
}

/// A clause of the terms of sale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TermsClause {
    /// « Pénalités de retard ».
    pub title: String,
    /// Its wording, with its paragraphs.
    pub text: String,
}

/// An exception to the policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyException {
    /// When it was decided.
    pub date: Date,
    /// For whom.
    pub debtor: String,
    /// What was done otherwise.
    pub what: String,
    /// Why.
    pub reason: String,
}
