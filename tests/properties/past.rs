//! A past date shows what was known to have happened by then.

use dument_domain::{Ledger, Recorded};
use proptest::prelude::*;

use super::story::{book, figures, nth, statement_of};

proptest! {
    #[test]
    fn what_happened_later_does_not_change_the_past(book in book(), as_of in 0u64..1276) {
        let as_of = nth(as_of);
        let then = book.ledger.as_of(as_of);
        let (now, past) = (statement_of(&book.ledger, book.debtor, as_of), statement_of(&then, book.debtor, as_of));
        prop_assert_eq!(figures(&book.ledger, &now), figures(&then, &past));
    }

    #[test]
    fn the_ledger_of_a_day_is_the_fold_of_the_facts_up_to_it(book in book(), as_of in 0u64..1276) {
        let as_of = nth(as_of);
        let up_to: Vec<Recorded> =
            book.ledger.facts().iter().filter(|recorded| recorded.fact.happened_on().is_none_or(|on| on <= as_of)).cloned().collect();
        let folded = Ledger::from_facts(up_to);
        let then = book.ledger.as_of(as_of);
        prop_assert_eq!(then.facts(), folded.facts());
        prop_assert_eq!(figures(&then, &statement_of(&then, book.debtor, as_of)), figures(&folded, &statement_of(&folded, book.debtor, as_of)));
    }

    #[test]
    fn a_ledger_told_fact_by_fact_is_the_one_folded_at_opening(book in book(), as_of in 0u64..1276) {
        let reopened = Ledger::from_facts(book.ledger.facts().to_vec());
        let as_of = nth(as_of);
        prop_assert_eq!(
            figures(&reopened, &statement_of(&reopened, book.debtor, as_of)),
            figures(&book.ledger, &book.statement(as_of))
        );
    }
}
