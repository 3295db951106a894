//! Interest: lines that can be recomputed, that touch, that never start early.

use chrono::Days;
use dument_domain::Rate;
use dument_domain::conventions::{AllocationOrder, Conventions, DayBase, RateVariation};
use dument_domain::interest::AgreedRate;
use dument_domain::law::Semester;
use dument_domain::party::Standing;
use dument_domain::statement::ClaimStatement;
use proptest::prelude::*;

use super::story::{Book, Gesture, agreed_rate, book, conventions, nth};
use crate::support::office::day;

/// Returns the only claim of a professional who was sent one invoice, due the day it was issued.
fn claim(due: u64, cents: i64, rate: Option<AgreedRate>, conventions: Conventions, as_of: u64) -> ClaimStatement {
    let gesture = Gesture::Invoice { on: due, due_after: 0, cents, parts: 1, rate };
    let book = Book::open(Standing::Professional, conventions).tell(&[gesture]);
    book.statement(nth(as_of)).claims.swap_remove(0)
}

/// Returns a rate in ten thousandths of a percent: 12.15 gives 121 500.
fn ten_thousandths(rate: Rate) -> i128 {
    let text = rate.to_string();
    let (whole, fraction) = text.split_once('.').unwrap();
    format!("{whole}{fraction:0<4}").parse().unwrap()
}

const BY_SEMESTER: Conventions = Conventions {
    variation: RateVariation::BySemester,
    day_base: DayBase::Fixed365,
    allocation: AllocationOrder::InterestFirst,
};

proptest! {
    #[test]
    fn every_line_can_be_recomputed_by_hand(book in book(), as_of in 0u64..1276) {
        for line in book.statement(nth(as_of)).claims.iter().flat_map(|claim| &claim.lines) {
            // In cents, ten thousandths of a percent and days: half up, without any decimal type.
            let cents = i128::from(line.base.cents().unwrap());
            let numerator = cents * ten_thousandths(line.rate) * i128::from(line.period.days());
            let divisor = 1_000_000 * i128::from(line.divisor);
            prop_assert_eq!(i128::from(line.amount.cents().unwrap()), (2 * numerator + divisor) / (2 * divisor));
            prop_assert!(line.period.days() > 0 && line.base.is_positive());
        }
    }

    #[test]
    fn lines_touch_from_the_due_date_to_the_last_day(
        due in 0u64..1000, late in 1u64..270, cents in 1i64..10_000_000, rate in proptest::option::of(agreed_rate()), conventions in conventions(),
    ) {
        let claim = claim(due, cents, rate, conventions, due + late);
        let mut after = nth(due);
        for line in &claim.lines {
            prop_assert_eq!(line.period.after, after);
            after = line.period.through;
        }
        prop_assert_eq!(after, nth(due + late));
    }

    #[test]
    fn a_moving_rate_is_cut_at_the_end_of_each_semester_and_nowhere_else(
        due in 0u64..900, late in 1u64..370, cents in 100i64..10_000_000, rate in proptest::option::of(agreed_rate()),
    ) {
        let rate = match rate {
            Some(AgreedRate::Fixed(points)) => Some(AgreedRate::RefiPlus(points)),
            moving => moving,
        };
        let claim = claim(due, cents, rate, BY_SEMESTER, due + late);
        for line in &claim.lines {
            let semester = Semester::of(line.period.through);
            prop_assert_eq!(Semester::of(line.period.after + Days::new(1)), semester);
            prop_assert!(line.period.through == semester.last_day() || line.period.through == nth(due + late));
        }
    }

    #[test]
    fn interest_adds_up_over_periods_that_touch(
        due in 0u64..800, first in 1u64..200, second in 1u64..200, cents in 1i64..100_000_000, rate in proptest::option::of(agreed_rate()),
    ) {
        let (middle, end) = (due + first, due + first + second);
        let whole = claim(due, cents, rate, BY_SEMESTER, end);
        let before = claim(due, cents, rate, BY_SEMESTER, middle);
        let after = claim(middle, cents, rate, BY_SEMESTER, end);
        // Half a cent per printed line is all that rounding may move.
        let lines = i64::try_from(whole.lines.len() + before.lines.len() + after.lines.len()).unwrap();
        let gap = (whole.interest - before.interest - after.interest).abs().cents().unwrap();
        prop_assert!(2 * gap <= lines, "{gap} cents over {lines} lines");
    }

    #[test]
    fn nothing_accrues_up_to_the_due_date(due in 30u64..1200, early in 0u64..30, cents in 1i64..10_000_000, conventions in conventions()) {
        let claim = claim(due, cents, None, conventions, due);
        prop_assert!(claim.lines.is_empty() && claim.indemnity.is_zero() && claim.days_late == 0);
        let gesture = Gesture::Invoice { on: due - 30, due_after: 30, cents, parts: 1, rate: None };
        let book = Book::open(Standing::Professional, conventions).tell(&[gesture]);
        prop_assert!(book.statement(nth(due - early)).claims[0].lines.is_empty());
    }

    #[test]
    fn time_alone_never_lowers_what_is_owed(book in book(), later in 1u64..180) {
        let (last, later) = (day("2026-06-30"), day("2026-06-30") + Days::new(later));
        let (before, after) = (book.statement(last), book.statement(later));
        for (before, after) in before.claims.iter().zip(&after.claims) {
            prop_assert_eq!(before.invoice, after.invoice);
            prop_assert!(before.interest <= after.interest && before.indemnity <= after.indemnity);
            prop_assert_eq!(&before.payments, &after.payments);
        }
        prop_assert_eq!(before.credits, after.credits);
    }
}
