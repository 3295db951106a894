//! What the owner can ask for: one file per subject, one function per intention.
//!
//! Each loads what it needs from the ledger, lets the domain decide, has the documents rendered, appends the facts, and
//! answers with a view: plain data, the same for the window and for the command line. Not here: the clock (a [`Moment`]
//! is given), windows, dialogs, arguments of commands, SQL, markup.
//!
//! | subject | module |
//! |---|---|
//! | the company that is open | [`office`] |
//! | who he is, how interest is counted | [`company`] |
//! | customers, invoices, money | [`debtors`], [`invoices`], [`payments`], [`gestures`] |
//! | electronic invoices | [`imports`] |
//! | what is owed | [`statements`], [`limitation`] |
//! | letters and their way | [`letters`] |
//! | what to do today, and doing it | [`mod@agenda`], [`steps`], [`scripts`] |
//! | what was said and agreed | [`exchanges`], [`arrangements`], [`proceedings`], [`bank`] |
//! | the policies: changing, trying out, printing them | [`policies`] |
//! | what to say on the telephone | [`scripts`] |
//! | the days to come, for another agenda | [`calendar`] |
//! | what happened with a customer | [`history`] |
//! | evidence and the dossier | [`exhibits`], [`dossiers`] |
//! | the journal itself | [`journal`], [`backups`] |
//! | what went wrong, in French | [`error`] |
//! | from the ledger to the data of a document | `sheets` |
//! | what a user types | [`entry`] |

#![warn(missing_docs)]

pub mod agenda;
pub mod arrangements;
pub mod backups;
pub mod bank;
pub mod calendar;
pub mod company;
pub mod debtors;
pub mod dossiers;
pub mod entry;
pub mod error;
pub mod exchanges;
pub mod exhibits;
pub mod gestures;
pub mod history;
pub mod imports;
pub mod invoices;
pub mod journal;
pub mod letters;
pub mod limitation;
pub mod office;
mod parallel;
pub mod payments;
pub mod policies;
pub mod proceedings;
pub mod scripts;
mod sheets;
pub mod statements;
pub mod steps;
pub mod view;

pub use error::Error;
pub use office::{Moment, Office};

/// The words of the domain that a caller needs in order to ask.
pub mod words {
    pub use dument_domain::arrangement::{InterestFrom, LevelsAfter, PlanInterest};
    pub use dument_domain::contact::{CallOutcome, Cause, ContactKind, DisputeKind, DisputeOutcome};
    pub use dument_domain::conventions::{AllocationOrder, Conventions, DayBase, MissingRates, RateVariation};
    pub use dument_domain::dunning::Tone;
    pub use dument_domain::fact::{
        BankCredit, CapitalisationGround, Channel, DeliveryOutcome, ExhibitNature, LetterModel, LimitationActKind,
        WaiverObject,
    };
    pub use dument_domain::interest::AgreedRate;
    pub use dument_domain::invoice::{CreditEffect, InvoiceNature, TaxLine, Trade};
    pub use dument_domain::law::Semester;
    pub use dument_domain::party::{Creditor, Handling, Standing};
    pub use dument_domain::proceedings::{InsolvencyKind, Mandatary};
    pub use dument_domain::{Amount, Currency, Date, Rate, Seq, french};
}
