//! One step of a policy: when, by which means, in what tone, and what for.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::fact::{Channel, LetterModel};
use crate::{Amount, Date};

/// The name of a level, which stays when its title or its delay changes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LevelId(String);

impl LevelId {
    /// Returns the level of this name, if it can be one: small letters, digits and hyphens.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        (!text.is_empty() && text.len() <= 40 && text.chars().all(fits)).then(|| Self(text.to_owned()))
    }

    /// Returns the name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for LevelId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// From what the delay of a level is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum After {
    /// From the due date; before it when negative.
    DueDate {
        /// Days.
        days: i32,
    },
    /// From the level before, once it has arrived.
    PreviousLevel {
        /// Days.
        days: u32,
    },
}

/// By what means a level is carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Means {
    /// The owner calls.
    Call,
    /// Something written leaves.
    Writing(Channel),
    /// The owner decides what comes next: dossier, proceedings, agency, abandon.
    Decision,
}

/// How a level speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// To somebody one wants to keep.
    Cordial,
    /// Plain.
    #[default]
    Neutral,
    /// Without a word too many.
    Firm,
}

/// Which sums a level claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Claims {
    /// The principal alone: the rest is recalled, as a courtesy not claimed.
    #[default]
    Principal,
    /// Principal, interest and indemnities.
    Everything,
}

/// A step of a policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Level {
    /// Its name in the journal.
    pub id: LevelId,
    /// Its name on the screen: « Relance amiable ».
    pub title: String,
    /// When it is reached.
    pub after: After,
    /// By what means.
    pub means: Means,
    /// In what tone.
    #[serde(default)]
    pub tone: Tone,
    /// Which letter leaves; none for a call or a decision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<LetterModel>,
    /// Days left to pay, counted from receipt; the next level waits for their end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delay_days: Option<u32>,
    /// Which sums.
    #[serde(default)]
    pub claims: Claims,
    /// Below this sum overdue, the debtor is left alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum: Option<Amount>,
    /// Who does it, when it is not the owner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// No longer used for new steps; kept because the journal names it.
    #[serde(default)]
    pub archived: bool,
}

impl Level {
    /// Says whether it comes before the due date.
    #[must_use]
    pub fn is_preventive(&self) -> bool {
        match self.after {
            After::DueDate { days } => days <= 0,
            After::PreviousLevel { .. } => false,
        }
    }

    /// Returns how far it goes, so that of several levels the highest speaks for all.
    #[must_use]
    pub fn severity(&self) -> u8 {
        match (self.means, self.model) {
            (Means::Decision, _) => 7,
            (Means::Call, _) => 1,
            (Means::Writing(_), Some(LetterModel::RappelEcheance)) => 0,
            (Means::Writing(_), Some(LetterModel::RelanceFerme | LetterModel::RelancePromesse)) => 3,
            (Means::Writing(_), Some(LetterModel::MiseEnDemeure)) => 5,
            (Means::Writing(_), Some(LetterModel::DernierAvis)) => 6,
            (
                Means::Writing(_),
                Some(
                    LetterModel::RelanceAmiable
                    | LetterModel::Releve
                    | LetterModel::ConfirmationEntretien
                    | LetterModel::ReponseContestation
                    | LetterModel::AccordEcheancier,
                )
                | None,
            ) => 2,
        }
    }

    /// Returns the day it is reached when it is counted from the due date.
    #[must_use]
    pub fn nominal(&self, due_on: Date) -> Option<Date> {
        match self.after {
            After::DueDate { days } => Some(days_from(due_on, days)),
            After::PreviousLevel { .. } => None,
        }
    }
}

/// Returns the day so many days from another, before it when negative; the end of time when there is no such day.
pub(super) fn days_from(day: Date, days: i32) -> Date {
    let far = if days < 0 { Date::MIN } else { Date::MAX };
    day.checked_add_signed(chrono::Duration::days(i64::from(days))).unwrap_or(far)
}
