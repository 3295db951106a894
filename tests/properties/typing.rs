//! What is typed is read or refused, never worse.

use dument_domain::{Amount, Currency, french};
use dument_workflows::entry;
use proptest::prelude::*;

use crate::support::office::day;

/// Text that looks like what the owner types, with what he should not.
fn typed() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "[0-9 ,.:+−€%é\u{a0}\u{202f}-]{0,14}", "(bce\\+|[0-9]{1,12})(xl[eé]gal)?[0-9,é]{0,4}"]
}

proptest! {
    #[test]
    fn nothing_typed_makes_it_fail(text in typed()) {
        let today = day("2026-06-30");
        let refusals = [
            entry::amount(&text).err(),
            entry::rate(&text).err(),
            entry::agreed_rate(&text).err(),
            entry::date(&text, today).err(),
            entry::currency(&text).err(),
            entry::tax(&text).err(),
        ];
        for refusal in refusals.into_iter().flatten() {
            prop_assert!(!refusal.message.is_empty() && refusal.hint.ends_with('.'));
        }
        prop_assert!(entry::lines(&text).iter().all(|line| !line.trim().is_empty()));
    }

    #[test]
    fn a_printed_sum_can_be_typed_back(cents in -100_000_000_000i64..100_000_000_000) {
        let amount = Amount::from_cents(cents);
        prop_assert_eq!(entry::amount(&french::money(amount, Currency::EUR)).unwrap(), amount);
        prop_assert_eq!(entry::amount(&amount.to_string()).unwrap(), amount);
    }

    #[test]
    fn a_written_date_can_be_typed_back(rank in 0u64..36_000) {
        let date = day("1995-01-01") + chrono::Days::new(rank);
        let today = day("2026-06-30");
        prop_assert_eq!(entry::date(&date.to_string(), today).unwrap(), date);
        prop_assert_eq!(entry::date(&date.format("%d/%m/%Y").to_string(), today).unwrap(), date);
    }
}
