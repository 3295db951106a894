//! The time limits of insolvency proceedings.

use std::sync::LazyLock;

use serde::Deserialize;

use super::{Dated, dated};

pub(crate) const TEXT: &str = include_str!("../../law/procedures-collectives.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    declaration_months: Vec<Dated<u32>>,
}

static LIMITS: LazyLock<File> = LazyLock::new(|| dated::parse(TEXT));

/// Returns the months that a creditor of metropolitan France has to declare his claim, from the publication in the BODACC.
///
/// # Droit
/// - C. com. art. R622-24 : deux mois, deux de plus hors de France métropolitaine. Lu le 2026-11-22.
#[must_use]
pub fn declaration_months() -> u32 {
    LIMITS.declaration_months.last().expect("BUG: the file of this law holds a value").value
}
