//! How long a claim lives.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::{Dated, Source, dated};

pub(crate) const TEXT: &str = include_str!("../../law/prescription.toml");

/// What decides the limitation period of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LimitationKind {
    /// Owed by a professional or a public body.
    // Question : contre une personne publique, la déchéance quadriennale (loi n° 68-1250, art. 1) est plus courte ; faut-il
    // un cas à part ?
    Professional,
    /// Owed by a consumer for goods or services.
    Consumer,
    /// The price of a carriage of goods.
    Carriage,
    /// Established by a title: judgment, order to pay made enforceable.
    Title,
}

/// A limitation period and the text that sets it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limitation {
    /// Its length.
    pub years: u32,
    /// The text that sets it.
    pub source: &'static Source,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    overall: Vec<Dated<u32>>,
    kinds: BTreeMap<LimitationKind, Vec<Dated<u32>>>,
}

static LIMITATIONS: LazyLock<File> = LazyLock::new(|| dated::parse(TEXT));

/// Returns the limitation period of a kind of claim, as the law stands.
///
/// # Droit
/// - C. com. art. L110-4 I : cinq ans entre commerçants, ou entre commerçant et non-commerçant. Lu le 2026-11-22.
/// - C. civ. art. 2224 : cinq ans pour les autres professionnels. Lu le 2026-11-22.
/// - C. conso. art. L218-2 : deux ans contre un consommateur, quoi que dise le contrat. Lu le 2026-11-22.
/// - C. com. art. L133-6 : un an pour un transport de marchandises. Lu le 2026-11-22.
/// - CPCE art. L111-4 : dix ans pour un titre exécutoire. Lu le 2026-11-22.
#[must_use]
pub fn limitation(kind: LimitationKind) -> Limitation {
    latest(LIMITATIONS.kinds.get(&kind).map(Vec::as_slice))
}

/// Returns the period after which nothing can extend a claim any more, counted from the birth of the right.
///
/// # Droit
/// C. civ. art. 2232 : vingt ans à compter de la naissance du droit. Lu le 2026-11-22.
#[must_use]
pub fn overall_limitation() -> Limitation {
    latest(Some(&LIMITATIONS.overall))
}

/// Returns how many months before the end of a limitation period the owner is warned, furthest first.
///
/// Ours, not the law's: a year leaves time to negotiate, a month is enough to have an order to pay served.
#[must_use]
pub fn limitation_warning_months() -> &'static [u32] {
    &[12, 6, 3, 1]
}

fn latest(series: Option<&'static [Dated<u32>]>) -> Limitation {
    let block = series.and_then(<[_]>::last).expect("BUG: a test checks that every kind has a period");
    Limitation { years: block.value, source: &block.source }
}
