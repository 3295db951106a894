//! Laws of the product that hold whatever the figures: `proptest` looks for the case that breaks one.
//!
//! | module | holds |
//! |---|---|
//! | [`story`] | random ledgers: what the others are tried on |
//! | [`interest`] | lines that can be recomputed, that touch, that never start early |
//! | [`account`] | no cent is created or lost, whatever arrives in whatever order |
//! | [`past`] | a past date shows what was known to have happened by then |
//! | [`cancelling`] | a cancelled fact leaves no trace in any figure |
//! | [`journal`] | what is written is what is read back |
//! | [`typing`] | what is typed is read or refused, never worse |
//! | [`names`] | a name is printed as it is written |

mod account;
mod cancelling;
mod interest;
mod journal;
mod names;
mod past;
mod story;
mod typing;
