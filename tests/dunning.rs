//! Dunning: each edge case as a story in calendar order, then whole lives of a debtor.
//!
//! A test is named after its line in the list of edge cases. It asserts the money, the decision, and the sentence shown. Sums
//! are counted by hand in a comment: the rate of the law is 12,15 % (BCE 2,15 + 10) in the first semester of 2026.

mod amounts;
mod credits;
mod lives;
mod sending;
mod suspensions;
mod timing;
