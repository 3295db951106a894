//! What the law leaves open in the counting of interest, and what the owner chose; every décompte prints it.

use serde::{Deserialize, Serialize};

use crate::Date;
use crate::calendar::add_years;

/// What a rate published by semester does when the semester changes.
///
/// # Droit
/// - C. com. art. L441-10 II : « le taux applicable pendant le semestre ». Lu le 2026-11-22.
// Question : aucune décision trouvée entre taux variable et taux figé pour les créances entre professionnels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RateVariation {
    /// Each semester's days bear that semester's rate.
    #[default]
    BySemester,
    /// The rate of the semester in which interest began, to the end.
    FixedAtStart,
}

/// What a year of interest is divided by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayBase {
    /// 365, in leap years as well.
    #[default]
    Fixed365,
    /// The real length, 365 or 366 days, of each year of lateness counted from date to date.
    Actual,
}

/// What a part payment settles first.
///
/// # Droit
/// - C. civ. art. 1343-1 : les intérêts d’abord, sauf accord du créancier. Lu le 2026-11-22.
// Question : l’article 1343-1 ne nomme que les intérêts ; l’indemnité forfaitaire est imputée en dernier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AllocationOrder {
    /// Interest accrued, then principal, then indemnity.
    #[default]
    InterestFirst,
    /// Principal, then interest accrued, then indemnity.
    PrincipalFirst,
}

/// What is done where a semester has no rate yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MissingRates {
    /// Nothing is counted; the owner is told which rate is missing.
    #[default]
    Refuse,
    /// The last known rate is used, with the owner's agreement, and the document says so.
    UseLastKnown,
}

/// How interest is counted and payments are imputed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Conventions {
    /// When the semester changes.
    #[serde(default)]
    pub variation: RateVariation,
    /// What a year is divided by.
    #[serde(default)]
    pub day_base: DayBase,
    /// What a part payment settles first.
    #[serde(default)]
    pub allocation: AllocationOrder,
}

impl DayBase {
    /// Returns the divisor of a day of lateness, and the last day to which the same divisor applies.
    ///
    /// `start` is the day after which interest runs.
    pub(crate) fn divisor_on(self, start: Date, day: Date) -> (u32, Date) {
        match self {
            Self::Fixed365 => (365, Date::MAX),
            Self::Actual => {
                let elapsed = day.years_since(start).unwrap_or(0);
                // The day that completes a year still belongs to it: years are (start, start + 1 year].
                let year = (elapsed.saturating_sub(1)..=elapsed)
                    .find(|year| day <= add_years(start, year + 1))
                    .unwrap_or(elapsed);
                let (after, through) = (add_years(start, year), add_years(start, year + 1));
                let days = u32::try_from((through - after).num_days()).expect("BUG: a year has 365 or 366 days");
                (days, through)
            }
        }
    }
}
