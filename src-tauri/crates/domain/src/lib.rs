//! The domain: what is owed, since when, by which rule, and what a judge will want to see.
//!
//! Pure: data and a date come in, decisions and figures go out. Not here: files, SQL, markup, the clock (`today` is always
//! an argument), floating-point numbers, and the wording of letters.
//!
//! | nouns | modules |
//! |---|---|
//! | what happens | [`fact`], the map of the product; [`ledger`], what follows from it |
//! | who and what | [`party`], [`identifiers`], [`invoice`] |
//! | counting | [`money`], [`calendar`], [`conventions`], [`interest`], [`allocation`], `account`, [`statement`] |
//! | between the invoice and its payment | [`contact`], [`arrangement`], [`proceedings`], [`dunning`] |
//! | the case | [`prescription`], [`dossier`] |
//! | the law as data | [`law`] |
//! | saying it | [`fault`], [`french`], [`words`] |

#![warn(missing_docs, clippy::float_arithmetic, clippy::wildcard_enum_match_arm)]

mod account;
pub mod allocation;
pub mod arrangement;
pub mod calendar;
pub mod contact;
pub mod conventions;
pub mod dossier;
pub mod dunning;
pub mod fact;
pub mod fault;
pub mod french;
pub mod identifiers;
pub mod interest;
pub mod invoice;
pub mod law;
pub mod ledger;
pub mod money;
pub mod party;
pub mod prescription;
pub mod proceedings;
pub mod statement;
pub mod words;

pub use fact::{Fact, Recorded, Seq};
pub use fault::{Fault, Gravity};
pub use ledger::Ledger;
pub use money::{Amount, Currency, Rate, Rounding};

/// A civil date: what the law counts in.
pub type Date = chrono::NaiveDate;
