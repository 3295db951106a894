//! Dunning: what to do today, for whom, and why.
//!
//! ```text
//! facts ─▶ Position (one debtor, one currency) ─▶ Case (one instalment) ─▶ decide(policy, case, today) ─▶ Decision
//!                                                                           agenda(ledger, policies, today) ─▶ Task
//! ```
//!
//! The unit is the instalment. Nothing here is stored and nothing is sent: a decision is worked out each time, and carries
//! the grounds that the agenda, « Pourquoi ? » and the dossier all show.
//!
//! | module | holds |
//! |---|---|
//! | [`level`] | one step: when, by which means, in what tone |
//! | [`policy`] | the ordered levels, the ones that come with the program, how careful the engine is |
//! | [`case`] | where one instalment stands: levels done, what suspends it |
//! | [`decision`] | `decide`, and the grounds as sentences |
//! | [`mod@agenda`] | one task for each debtor, and the deadlines that are nobody's reminder |
//! | [`mod@forecast`] | what a policy would do in the days to come |

pub mod agenda;
pub mod case;
pub mod decision;
pub mod forecast;
pub mod level;
pub mod policy;

use serde::{Deserialize, Serialize};

pub use agenda::{Action, Blocker, Draft, Task, agenda, draft, reachable};
pub use case::{Case, Done, Policies, Position, PromiseState, Suspension};
pub use decision::{Decision, Ground, decide};
pub use forecast::{Forecast, forecast};
pub use level::{After, Claims, Level, LevelId, Means, Tone};
pub use policy::{Care, Policy, PolicyId, StandardPolicy, Transit};

use crate::Date;
use crate::fact::Seq;

/// A level carried out for one instalment, as the letter or the call that did it names it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Step {
    /// Which invoice.
    pub invoice: Seq,
    /// Which of its instalments, the first being 0.
    pub instalment: u32,
    /// Which level.
    pub level: LevelId,
    /// Of which version of which policy.
    pub policy: PolicyId,
}

/// The owner went to a level at once, past the ones in between.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LevelJump {
    /// For whom.
    pub debtor: Seq,
    /// For which invoice.
    pub invoice: Seq,
    /// Which of its instalments, the first being 0.
    pub instalment: u32,
    /// To which level.
    pub to: LevelId,
    /// When.
    pub on: Date,
    /// Why.
    pub reason: String,
}

/// The owner put a debtor, or one invoice of his, under a policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyAssignment {
    /// Which debtor.
    pub debtor: Seq,
    /// Which invoice; all of them when none is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invoice: Option<Seq>,
    /// Under which version: cases under way move to it.
    pub policy: PolicyId,
    /// Since when.
    pub on: Date,
    /// Why.
    pub reason: String,
}

/// What held a debtor back ends before its day, or by the owner's word: a hold, a hand-over, insolvency proceedings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ending {
    /// For whom.
    pub debtor: Seq,
    /// What ends.
    pub of: Seq,
    /// When.
    pub on: Date,
    /// Why.
    pub reason: String,
}
