//! Points above the ECB rate, floor of an agreed rate, indemnity of 40 €.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::{Dated, dated};
use crate::{Amount, Date, Rate};

pub(crate) const PENALTY_TEXT: &str = include_str!("../../law/penalites.toml");
pub(crate) const INDEMNITY_TEXT: &str = include_str!("../../law/indemnite.toml");

/// Which set of rules gives a late payer penalties without any agreement.
///
/// A consumer is under neither: he owes the legal rate, and only after a *mise en demeure*.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Regime {
    /// Between professionals: commercial code.
    Professional,
    /// Against a public body: public procurement code.
    PublicBody,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Penalties {
    points_professional: Vec<Dated<Rate>>,
    points_public_body: Vec<Dated<Rate>>,
    floor_multiple: Vec<Dated<u32>>,
}

static PENALTIES: LazyLock<Penalties> = LazyLock::new(|| dated::parse(PENALTY_TEXT));
static INDEMNITIES: LazyLock<BTreeMap<Regime, Vec<Dated<Amount>>>> = LazyLock::new(|| dated::parse(INDEMNITY_TEXT));

/// Returns the points that the law adds to the ECB rate when nothing else was agreed.
///
/// # Droit
/// - C. com. art. L441-10 II : dix points entre professionnels. Lu le 2026-11-22.
/// - CCP art. R2192-31 : huit points contre un acheteur public. Lu le 2026-11-22.
#[must_use]
pub fn default_points(regime: Regime, on: Date) -> Option<&'static Dated<Rate>> {
    let series = match regime {
        Regime::Professional => &PENALTIES.points_professional,
        Regime::PublicBody => &PENALTIES.points_public_body,
    };
    dated::in_force(series, on)
}

/// Returns how many times the legal rate (professional creditor) an agreed rate must at least be.
///
/// The floor touches the agreed rate alone, never the statutory default, which was below it in 2024.
///
/// # Droit
/// C. com. art. L441-10 II : trois fois le taux légal ; le texte ne dit pas ce qui remplace un taux inférieur, qui est
/// donc signalé et jamais corrigé en silence. Lu le 2026-11-22.
// Question : un taux convenu inférieur au plancher est-il relevé au plancher, ou remplacé par le taux supplétif (BCE + 10
// points) ?
#[must_use]
pub fn floor_multiple(on: Date) -> Option<&'static Dated<u32>> {
    dated::in_force(&PENALTIES.floor_multiple, on)
}

/// Returns the fixed indemnity for recovery costs, due once per invoice paid late.
///
/// # Droit
/// - C. com. art. L441-10 II et D441-5 : 40 € entre professionnels, une fois par facture. Lu le 2026-11-22.
/// - CCP art. L2192-13 et D2192-35 : 40 € par un acheteur public. Lu le 2026-11-22.
#[must_use]
pub fn indemnity(regime: Regime, on: Date) -> Option<&'static Dated<Amount>> {
    dated::in_force(INDEMNITIES.get(&regime)?, on)
}
