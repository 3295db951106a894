//! Laws of dunning that hold whatever happens: `proptest` looks for the case that breaks one, and whole lives are led.
//!
//! | module | holds |
//! |---|---|
//! | [`dice`] | chance that can be replayed |
//! | [`papers`] | invoices, letters, debtors as a test needs them |
//! | [`policies`] | any policy that may be adopted, and some that may not |
//! | [`life`] | five years of an owner and his debtors, day after day |
//! | [`simulation`] | many lives, in which every law is looked at after every fact |
//! | [`stories`] | short stories, each told once because a law was broken in it |
//! | [`decision`] | `decide` alone: total, quiet when held, never going back |
//! | [`agenda`] | the list of the day, the forecast and the letters, on any life cut short on any day |
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod agenda;
mod decision;
mod dice;
mod life;
mod papers;
mod policies;
mod simulation;
mod stories;
