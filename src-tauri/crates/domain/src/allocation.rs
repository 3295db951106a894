//! Which debt a payment settles first, and which part of it.
//!
//! # Droit
//! - C. civ. art. 1342-10 : la dette que le débiteur choisit ; sinon les dettes échues, celle qu’il a le plus d’intérêt à
//!   éteindre, la plus ancienne, puis en proportion. Lu le 2026-11-22.
//! - C. civ. art. 1343-1 : les intérêts avant le capital. Lu le 2026-11-22.

use std::cmp::Reverse;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use crate::conventions::AllocationOrder;
use crate::{Amount, Date, Rate};

/// The parts of a debt, or of a sum that settles it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Parts {
    /// Interest.
    pub interest: Amount,
    /// Principal.
    pub principal: Amount,
    /// Fixed indemnity.
    pub indemnity: Amount,
}

impl Parts {
    /// Returns the sum of the parts.
    #[must_use]
    pub fn total(self) -> Amount {
        self.interest + self.principal + self.indemnity
    }
}

impl std::ops::AddAssign for Parts {
    fn add_assign(&mut self, other: Self) {
        self.interest += other.interest;
        self.principal += other.principal;
        self.indemnity += other.indemnity;
    }
}

impl AllocationOrder {
    /// Returns what a sum settles of what is open; the rest of the sum is left over.
    ///
    /// The indemnity comes last in both orders.
    #[must_use]
    pub fn settle(self, sum: Amount, open: Parts) -> Parts {
        let mut left = sum;
        let mut take = |open: Amount| {
            let taken = left.min(open);
            left -= taken;
            taken
        };
        match self {
            Self::InterestFirst => {
                let (interest, principal) = (take(open.interest), take(open.principal));
                Parts { interest, principal, indemnity: take(open.indemnity) }
            }
            Self::PrincipalFirst => {
                let (principal, interest) = (take(open.principal), take(open.interest));
                Parts { interest, principal, indemnity: take(open.indemnity) }
            }
        }
    }
}

/// What the law looks at to order the debts of one debtor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rank {
    /// The rate it bears now: the debtor has most interest in clearing the dearest.
    pub rate: Option<Rate>,
    /// When it fell due.
    pub due_on: Date,
    /// When it was invoiced.
    pub issued_on: Date,
}

/// Returns the positions of the debts in the order of the law; those of one group rank equal.
#[must_use]
pub fn in_order_of_law(ranks: &[Rank]) -> Vec<Vec<usize>> {
    let key = |index: usize| (Reverse(ranks[index].rate), ranks[index].due_on, ranks[index].issued_on);
    let mut order: Vec<usize> = (0..ranks.len()).collect();
    order.sort_by_key(|index| key(*index));
    order.chunk_by(|a, b| key(*a) == key(*b)).map(<[usize]>::to_vec).collect()
}

/// Splits a sum in proportion to what is open on each debt, to the cent, losing none.
///
/// The cents that proportion leaves over go to the largest remainders, the first debts first. A sum that covers
/// everything open pays everything.
#[must_use]
pub fn in_proportion(sum: Amount, open: &[Amount]) -> Vec<Amount> {
    let total: Amount = open.iter().copied().sum();
    if sum >= total {
        return open.to_vec();
    }
    let cents = |amount: Amount| amount.decimal() * Decimal::ONE_HUNDRED;
    let exact: Vec<Decimal> = open.iter().map(|part| cents(sum) * cents(*part) / cents(total)).collect();
    let mut shares: Vec<Decimal> = exact.iter().map(Decimal::floor).collect();
    let left = (cents(sum).floor() - shares.iter().copied().sum::<Decimal>()).to_usize().unwrap_or(0);
    let mut by_remainder: Vec<usize> = (0..open.len()).collect();
    by_remainder.sort_by_key(|index| Reverse(exact[*index] - shares[*index]));
    for index in by_remainder.into_iter().take(left) {
        shares[index] += Decimal::ONE;
    }
    shares.into_iter().map(|share| Amount::from_decimal(share / Decimal::ONE_HUNDRED)).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;

    fn amount(text: &str) -> Amount {
        Amount::parse(text).unwrap()
    }

    fn parts(interest: &str, principal: &str, indemnity: &str) -> Parts {
        Parts { interest: amount(interest), principal: amount(principal), indemnity: amount(indemnity) }
    }

    #[test]
    fn a_part_payment_settles_interest_first_and_the_indemnity_last() {
        let open = parts("30", "1000", "40");
        assert_eq!(AllocationOrder::InterestFirst.settle(amount("500"), open), parts("30", "470", "0"));
        assert_eq!(AllocationOrder::PrincipalFirst.settle(amount("500"), open), parts("0", "500", "0"));
        assert_eq!(AllocationOrder::InterestFirst.settle(amount("1050"), open), parts("30", "1000", "20"));
        assert_eq!(AllocationOrder::InterestFirst.settle(amount("2000"), open), open);
    }

    #[test]
    fn the_dearest_debt_comes_first_then_the_oldest_and_equals_share() {
        let day = |day| Date::from_ymd_opt(2026, 1, day).unwrap();
        let rank =
            |percent: &str, due, issued| Rank { rate: Rate::parse(percent), due_on: day(due), issued_on: day(issued) };
        let ranks = [rank("10", 5, 1), rank("12", 9, 2), rank("10", 3, 1), rank("10", 5, 1)];
        assert_eq!(in_order_of_law(&ranks), vec![vec![1], vec![2], vec![0, 3]]);
    }

    #[test]
    fn proportion_loses_no_cent() {
        let shares = in_proportion(amount("100"), &[amount("100"), amount("100"), amount("100")]);
        assert_eq!(shares, [amount("33.34"), amount("33.33"), amount("33.33")]);
    }
}
