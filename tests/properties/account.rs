//! No cent is created or lost, whatever arrives in whatever order.

use dument_domain::fact::EarlierPayments;
use dument_domain::invoice::CreditEffect;
use dument_domain::party::Standing;
use dument_domain::{Amount, Date, Fact};
use proptest::prelude::*;

use super::story::{Book, Gesture, book, conventions, figures, gesture, invoice, nth, standing, statement_of};

/// Returns everything that came in by a day: payments and credit notes.
fn came_in(book: &Book, as_of: Date) -> Amount {
    let amounts = book.ledger.facts().iter().map(|recorded| match &recorded.fact {
        Fact::PaymentReceived(payment) if payment.received_on <= as_of => payment.amount,
        Fact::CreditNoteRecorded(credit_note) if credit_note.issued_on <= as_of => credit_note.total,
        _ => Amount::ZERO,
    });
    amounts.sum()
}

/// Says whether an invoice was taken up by another that already deducts its payments: it is no longer on any décompte.
fn hides_an_invoice(book: &Book) -> bool {
    book.ledger.facts().iter().any(|recorded| {
        matches!(&recorded.fact, Fact::InvoiceReplaced(replacement) if replacement.earlier_payments == EarlierPayments::Deducted)
    })
}

proptest! {
    #[test]
    fn what_came_in_is_what_was_settled_and_what_is_left(book in book(), as_of in 0u64..1276) {
        let as_of = nth(as_of);
        let statement = book.statement(as_of);
        let settled: Amount = statement.claims.iter().flat_map(|claim| &claim.payments).map(|part| part.settled.total()).sum();
        let is_credit_note = |fact| matches!(book.ledger.fact(fact).unwrap().fact, Fact::CreditNoteRecorded(_));
        let credited = statement.claims.iter().flat_map(|claim| &claim.adjustments).filter(|adjustment| is_credit_note(adjustment.fact));
        let credited: Amount = credited.map(|adjustment| adjustment.removed.total()).sum();
        let accounted = settled + credited + statement.credit();
        if hides_an_invoice(&book) {
            prop_assert!(accounted <= came_in(&book, as_of));
        } else {
            prop_assert_eq!(accounted, came_in(&book, as_of));
        }
    }

    #[test]
    fn an_invoice_is_what_was_settled_lowered_and_left(book in book(), as_of in 0u64..1276) {
        for claim in book.statement(nth(as_of)).claims {
            let owed = book.ledger.invoice(claim.invoice).payable() + claim.interest + claim.indemnity;
            let settled: Amount = claim.payments.iter().map(|part| part.settled.total()).sum();
            let lowered: Amount = claim.adjustments.iter().map(|adjustment| adjustment.removed.total()).sum();
            prop_assert_eq!(owed, settled + lowered + claim.remaining.total() + claim.not_due);
        }
    }

    #[test]
    fn the_paper_adds_up(book in book(), as_of in 0u64..1276) {
        let statement = book.statement(nth(as_of));
        let mut total = Amount::ZERO;
        for claim in &statement.claims {
            prop_assert_eq!(claim.interest, claim.lines.iter().map(|line| line.amount).sum::<Amount>());
            let open: Amount = claim.instalments.iter().map(|state| state.remaining).sum();
            prop_assert_eq!(open, claim.remaining.principal + claim.not_due);
            let parts = [claim.remaining.principal, claim.remaining.interest, claim.remaining.indemnity, claim.not_due];
            prop_assert!(parts.iter().all(|part| !part.is_negative() && part.cents().is_some()));
            total += claim.remaining.total();
        }
        prop_assert!(statement.credits.iter().all(|credit| credit.amount.is_positive()));
        prop_assert!(!statement.per_day.is_negative());
        prop_assert_eq!(statement.total(), total - statement.credit());
    }

    #[test]
    fn a_consumer_never_owes_an_indemnity_nor_interest_without_notice(
        conventions in conventions(), first in invoice(), gestures in proptest::collection::vec(gesture(), 0..10), as_of in 0u64..1276,
    ) {
        let noticed = gestures.iter().any(|gesture| matches!(gesture, Gesture::Notice { .. }));
        let book = Book::open(Standing::Consumer, conventions).tell(&[first]).tell(&gestures);
        for claim in book.statement(nth(as_of)).claims {
            prop_assert!(claim.indemnity.is_zero());
            prop_assert!(noticed || claim.lines.is_empty());
        }
    }

    #[test]
    fn the_facts_of_another_debtor_change_nothing(
        standing in standing(),
        conventions in conventions(),
        ours in proptest::collection::vec(gesture(), 1..8),
        theirs in proptest::collection::vec(gesture(), 1..8),
        turns in proptest::collection::vec(any::<bool>(), 16),
    ) {
        let alone = Book::open(standing, conventions).tell(&ours);
        let mut mixed = Book::open(standing, conventions);
        let mut other = mixed.clone();
        other.add_debtor("B", Standing::Professional);
        mixed.ledger = other.ledger.clone();
        let (mut ours, mut theirs) = (ours.iter(), theirs.iter());
        for turn in turns {
            let (book, next) = if turn { (&mut mixed, ours.next()) } else { (&mut other, theirs.next()) };
            if let Some(gesture) = next {
                book.happen(gesture);
            }
            // Both write in the same ledger, in turns.
            if turn { other.ledger = mixed.ledger.clone() } else { mixed.ledger = other.ledger.clone() }
        }
        let mixed = mixed.tell(&ours.cloned().collect::<Vec<_>>());
        let as_of = nth(1276);
        prop_assert_eq!(
            figures(&mixed.ledger, &statement_of(&mixed.ledger, mixed.debtor, as_of)),
            figures(&alone.ledger, &statement_of(&alone.ledger, alone.debtor, as_of))
        );
    }

    #[test]
    fn payments_may_be_entered_in_any_order(
        standing in standing(),
        conventions in conventions(),
        invoices in proptest::collection::vec(invoice(), 1..4),
        payments in proptest::collection::btree_map(0u64..1270, 1i64..1_500_000, 2..6),
        credited in proptest::option::of((0u64..1270, 1i64..300_000)),
    ) {
        let mut gestures: Vec<Gesture> =
            payments.into_iter().map(|(on, cents)| Gesture::Payment { on, cents, chosen: Vec::new() }).collect();
        gestures.extend(credited.map(|(on, cents)| Gesture::CreditNote { on, cents, invoice: Some(0), effect: CreditEffect::FromItsDate }));
        let forward = Book::open(standing, conventions).tell(&invoices).tell(&gestures);
        gestures.reverse();
        let backward = Book::open(standing, conventions).tell(&invoices).tell(&gestures);
        let as_of = nth(1276);
        prop_assert_eq!(
            figures(&forward.ledger, &forward.statement(as_of)),
            figures(&backward.ledger, &backward.statement(as_of))
        );
    }
}
