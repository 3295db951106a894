//! The parts of a dossier de recouvrement: synthesis, exhibits, chronology, separators.

use dument_domain::{Amount, Currency, Date};
use serde::{Deserialize, Serialize};

use super::claim::{InterestTerms, Totals};
use super::party::{Parties, Seal};

/// The synthesis sheet: what a lawyer or a commissaire de justice wants to know in one look.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Couverture {
    /// Who claims from whom.
    pub parties: Parties,
    /// The day of the export.
    pub date: Date,
    /// The reference of the case.
    pub reference: String,
    /// The day the sums are stopped at.
    pub as_of: Date,
    /// The number of invoices claimed.
    pub invoice_count: u32,
    /// The sums.
    pub totals: Totals,
    /// Their currency.
    pub currency: Currency,
    /// What one more day costs.
    #[serde(default)]
    pub per_day: Option<Amount>,
    /// The rate and the indemnity that apply.
    #[serde(default)]
    pub interest_terms: Option<InterestTerms>,
    /// Until when a court can be asked, nearest first.
    #[serde(default)]
    pub prescription: Vec<PrescriptionLimit>,
    /// The disputes known, one sentence each; none known when empty.
    #[serde(default)]
    pub disputes: Vec<String>,
    /// What the dossier contains, in order.
    pub contents: Vec<ContentLine>,
    /// The state of the journal.
    #[serde(default)]
    pub seal: Option<Seal>,
}

/// Until when a claim can be brought to court.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrescriptionLimit {
    /// The invoices concerned: « F-2026-0012 ».
    pub invoices: String,
    /// The prudent limit.
    pub limit: Date,
    /// The text and the starting point used.
    pub ground: String,
}

/// One line of the table of contents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContentLine {
    /// What it is.
    pub title: String,
    /// The page it begins at, when known.
    #[serde(default)]
    pub page: Option<u32>,
}

/// The numbered list of exhibits (CPC 768, 1407).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bordereau {
    /// Who claims from whom.
    pub parties: Parties,
    /// The day of the export.
    pub date: Date,
    /// The reference of the case.
    pub reference: String,
    /// The exhibits, by number.
    pub exhibits: Vec<Exhibit>,
    /// The pieces such a file should hold and does not.
    #[serde(default)]
    pub missing: Vec<MissingPiece>,
    /// The state of the journal.
    #[serde(default)]
    pub seal: Option<Seal>,
}

/// One exhibit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exhibit {
    /// Its number in the dossier.
    pub number: u32,
    /// What it is.
    pub title: String,
    /// Its own date.
    #[serde(default)]
    pub date: Option<Date>,
    /// Its pages, when they could be counted.
    #[serde(default)]
    pub pages: Option<u32>,
    /// The digest of the file, 64 hexadecimal digits.
    #[serde(default)]
    pub sha256: Option<String>,
    /// What became of it.
    pub state: ExhibitState,
}

/// What became of an exhibit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ExhibitState {
    /// Printed in the dossier.
    Present,
    /// Listed, and its file is not there.
    Missing {
        /// Why.
        reason: String,
    },
    /// In the ZIP only: it could not be read.
    Unreadable {
        /// Why.
        reason: String,
    },
    /// In the ZIP only: it asks for a password.
    Encrypted {
        /// Why.
        reason: String,
    },
}

/// A piece that the file should hold, and why it matters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissingPiece {
    /// What it is.
    pub title: String,
    /// Why it matters.
    pub why: String,
}

/// What happened, in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chronologie {
    /// Who claims from whom.
    pub parties: Parties,
    /// The day of the export.
    pub date: Date,
    /// The reference of the case.
    pub reference: String,
    /// The events, oldest first.
    pub events: Vec<Event>,
    /// The state of the journal.
    #[serde(default)]
    pub seal: Option<Seal>,
}

/// One event and what proves it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// When.
    pub date: Date,
    /// What happened.
    pub what: String,
    /// What proves it, in words.
    #[serde(default)]
    pub proof: Option<String>,
    /// The number of the piece.
    #[serde(default)]
    pub piece: Option<u32>,
}

/// The page that stands for an exhibit which cannot be printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Intercalaire {
    /// Who claims from whom.
    pub parties: Parties,
    /// The day of the export.
    pub date: Date,
    /// The reference of the case.
    pub reference: String,
    /// The number of the exhibit.
    pub number: u32,
    /// What it is.
    pub title: String,
    /// Why it is not printed, a finished sentence.
    pub why: String,
    /// Where the untouched original is, in the ZIP file: « pieces/07-contrat.pdf ».
    pub location: String,
    /// The digest of the original, 64 hexadecimal digits.
    #[serde(default)]
    pub sha256: Option<String>,
}
