//! Days, months and years as the law counts them.
//!
//! Not here: what day it is (always an argument), nor what a day costs (`interest`).
//!
//! | module | holds |
//! |---|---|
//! | [`holidays`] | Easter, public holidays by region, working days |
//! | [`terms`] | payment terms, the due date they give, how late it may lawfully be |

pub mod holidays;
pub mod terms;

use chrono::Months;
use serde::{Deserialize, Serialize};

use crate::Date;

pub use holidays::{Region, easter, holiday, is_working_day, next_working_day};
pub use terms::{PaymentTerms, TermsKind, cap_warnings, split_evenly};

/// The days from the one after `after` to `through`, that one included: (after, through].
///
/// Interest runs from the day after the due date to the day the money arrives, so that two periods that touch never
/// count a day twice.
///
/// # Droit
/// - C. com. art. L441-10 II : à compter du lendemain de l’échéance. Lu le 2026-11-22.
/// - CCP art. R2192-32 : jusqu’au jour du paiement, inclus. Lu le 2026-11-22.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Period {
    /// The day before the first one.
    pub after: Date,
    /// The last day.
    pub through: Date,
}

impl Period {
    /// Returns the number of days; none when the end is not after the start.
    #[must_use]
    pub fn days(self) -> u32 {
        u32::try_from((self.through - self.after).num_days()).unwrap_or(0)
    }
}

/// Returns the day of the same number so many months later, or the last of the month when it has no such day.
///
/// # Droit
/// CPC art. 641 : un délai en mois expire le jour de même quantième, à défaut le dernier jour du mois. Lu le 2026-11-22.
#[must_use]
pub fn add_months(day: Date, months: u32) -> Date {
    day.checked_add_months(Months::new(months)).unwrap_or(Date::MAX)
}

/// Returns the same day so many years later; 28 February for a 29 February that the year does not have.
///
/// # Droit
/// CPC art. 641 : un délai en années expire le jour de même quantième. Lu le 2026-11-22.
#[must_use]
pub fn add_years(day: Date, years: u32) -> Date {
    add_months(day, years.saturating_mul(12))
}

/// Returns the last day of a month.
#[must_use]
pub fn end_of_month(day: Date) -> Date {
    use chrono::Datelike as _;
    day.with_day(u32::from(day.num_days_in_month())).unwrap_or(Date::MAX)
}

/// Returns a day so many days later.
#[must_use]
pub fn add_days(day: Date, days: u32) -> Date {
    day.checked_add_days(chrono::Days::new(u64::from(days))).unwrap_or(Date::MAX)
}

/// Returns a day that exists in every year.
pub(crate) fn day(year: i32, month: u32, day: u32) -> Date {
    Date::from_ymd_opt(year, month, day).unwrap_or(Date::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn l441_10_ii_and_r2192_32_a_period_leaves_its_first_day_out_and_counts_its_last() {
        let period = Period { after: day(2026, 5, 16), through: day(2026, 6, 30) };
        assert_eq!(period.days(), 45, "published example: due on 16 May, 45 days late on 30 June");
        let one = Period { after: day(2026, 5, 16), through: day(2026, 5, 17) };
        assert_eq!(one.days(), 1);
    }

    #[test]
    fn a_period_that_ends_before_it_starts_has_no_day() {
        let today = day(2026, 5, 16);
        assert_eq!(Period { after: today, through: today }.days(), 0);
        assert_eq!(Period { after: today, through: day(2025, 1, 1) }.days(), 0);
        assert_eq!(Period { after: Date::MAX, through: Date::MIN }.days(), 0);
    }

    #[test]
    fn a_leap_february_has_its_29_days() {
        assert_eq!(Period { after: day(2024, 1, 31), through: day(2024, 2, 29) }.days(), 29);
        assert_eq!(Period { after: day(2024, 1, 1), through: day(2025, 1, 1) }.days(), 366);
    }

    #[test]
    fn article_641_months_keep_the_number_of_the_day_or_stop_at_the_last_of_the_month() {
        assert_eq!(add_months(day(2026, 1, 15), 1), day(2026, 2, 15));
        assert_eq!(add_months(day(2026, 1, 31), 1), day(2026, 2, 28));
        assert_eq!(add_months(day(2024, 1, 31), 1), day(2024, 2, 29));
        assert_eq!(add_months(day(2026, 10, 31), 4), day(2027, 2, 28));
        assert_eq!(add_months(day(2026, 2, 28), 1), day(2026, 3, 28), "the end of a month is not remembered");
    }

    #[test]
    fn article_641_a_29_february_becomes_a_28_in_a_common_year() {
        assert_eq!(add_years(day(2024, 2, 29), 5), day(2029, 2, 28));
        assert_eq!(add_years(day(2024, 2, 29), 4), day(2028, 2, 29));
        assert_eq!(add_years(day(2021, 6, 30), 5), day(2026, 6, 30));
    }

    #[test]
    fn months_end_on_their_last_day() {
        assert_eq!(end_of_month(day(2026, 2, 1)), day(2026, 2, 28));
        assert_eq!(end_of_month(day(2024, 2, 29)), day(2024, 2, 29));
        assert_eq!(end_of_month(day(2026, 12, 31)), day(2026, 12, 31));
    }

    #[test]
    fn the_end_of_time_is_reached_without_a_panic() {
        assert_eq!(add_years(day(2026, 1, 1), u32::MAX), Date::MAX);
        assert_eq!(add_days(Date::MAX, 1), Date::MAX);
        assert_eq!(end_of_month(Date::MAX), Date::MAX);
    }
}
