//! The slip that goes with a batch to the post office, to be ticked off there.

use dument_domain::Date;
use serde::{Deserialize, Serialize};

use super::letter::Channel;
use super::party::{Creditor, Seal};

/// The letters of one batch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BordereauEnvoi {
    /// Who sends.
    pub creditor: Creditor,
    /// The day of the batch.
    pub date: Date,
    /// Its reference.
    pub reference: String,
    /// The letters, in the order they were printed.
    pub rows: Vec<DispatchRow>,
    /// How many there are of each kind.
    pub totals: Vec<DispatchTotal>,
    /// How many there are in all.
    pub letter_count: u32,
    /// Their pages in all.
    pub page_count: u32,
    /// The state of the journal.
    #[serde(default)]
    pub seal: Option<Seal>,
}

/// One letter of a batch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DispatchRow {
    /// Its rank in the batch, from 1.
    pub number: u32,
    /// To whom.
    pub debtor: String,
    /// The lines of the address, the town last; the town alone if that is enough.
    pub address: Vec<String>,
    /// How it leaves.
    pub channel: Channel,
    /// « Mise en demeure ».
    pub title: String,
    /// The reference of the letter.
    pub reference: String,
    /// Its pages.
    pub pages: u32,
    /// The number of the registered letter; a blank is left for it when it is not known yet.
    #[serde(default)]
    pub tracking: Option<String>,
}

/// How many letters leave in one way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DispatchTotal {
    /// How.
    pub channel: Channel,
    /// How many letters.
    pub letters: u32,
    /// Their pages.
    pub pages: u32,
}
