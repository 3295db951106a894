//! Legal interest and ECB rates of each semester.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::{Confidence, Dated, Semester, dated};
use crate::Rate;

pub(crate) const TEXT: &str = include_str!("../../law/taux.toml");

/// The rates of one semester, published here or declared by the owner.
///
/// # Droit
/// - C. mon. fin. art. L313-2 et D313-1-A : le taux légal est fixé chaque semestre pour deux catégories de créanciers ;
///   jusqu’en 2014, un taux par an pour tous. Lu le 2026-11-22.
/// - C. com. art. L441-10 II : le taux de la BCE est celui en vigueur au 1er janvier, puis au 1er juillet. Lu le
///   2026-11-22.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SemesterRates {
    /// The semester they are the rates of.
    pub semester: Semester,
    /// The legal rate when the creditor is a natural person who does not act for a business.
    pub legal_private: Rate,
    /// The legal rate of every other creditor: the one that a business may claim, even from a consumer.
    pub legal_professional: Rate,
    /// The rate of the ECB's main refinancing operations on the first day of the semester.
    pub ecb_refi: Rate,
    /// The texts behind them, in French, ready to be printed.
    pub source: String,
    /// How sure we are of the least sure of them.
    pub confidence: Confidence,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    semester: Vec<Dated<Published>>,
}

/// The three rates of a block, and the words that say where the ECB's comes from: the legal ones have the block's source.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Published {
    legal_private: Rate,
    legal_professional: Rate,
    ecb_refi: Rate,
    ecb_source: String,
}

static RATES: LazyLock<Vec<SemesterRates>> =
    LazyLock::new(|| dated::parse::<File>(TEXT).semester.into_iter().map(SemesterRates::from).collect());

impl From<Dated<Published>> for SemesterRates {
    fn from(block: Dated<Published>) -> Self {
        let Published { legal_private, legal_professional, ecb_refi, ecb_source } = block.value;
        Self {
            semester: Semester::of(block.since),
            legal_private,
            legal_professional,
            ecb_refi,
            source: format!("{}\u{202f}; {ecb_source}", block.source.cite()),
            confidence: block.confidence,
        }
    }
}

/// Returns the rates that this version of the program knows, one entry per semester, in calendar order.
#[must_use]
pub fn published_rates() -> &'static [SemesterRates] {
    &RATES
}
