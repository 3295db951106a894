//! How late a due date may lawfully be.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::{Dated, dated};
use crate::Date;

pub(crate) const TEXT: &str = include_str!("../../law/delais.toml");

/// A number of days that the law sets for payment; what they are counted from is said in each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Delay {
    /// When nothing was agreed: after receipt of the goods or performance of the service.
    Default,
    /// The most that may be agreed: after the invoice date.
    Agreed,
    /// The most that may be agreed « fin de mois », by an express clause.
    AgreedEndOfMonth,
    /// A periodic invoice: after its date.
    PeriodicInvoice,
    /// Carriage of goods, hire of vehicles, freight forwarding: after the invoice date.
    Transport,
    /// Perishable food: after delivery.
    PerishableFood,
    /// Live cattle for consumption and fresh meat: after delivery.
    Livestock,
    /// Alcoholic drinks under consumption duties: after the end of the month of delivery.
    AlcoholicDrinks,
    /// A public buyer: after receipt of the invoice.
    PublicBody,
}

static DELAYS: LazyLock<BTreeMap<Delay, Vec<Dated<u32>>>> = LazyLock::new(|| dated::parse(TEXT));

/// Returns a legal number of days, as it stood on a day.
///
/// # Droit
/// - C. com. art. L441-10 I : 30 jours à défaut d’accord, 60 jours ou 45 jours fin de mois au plus, 45 jours pour une
///   facture périodique. Lu le 2026-11-22.
/// - C. com. art. L441-11 II : plafonds des denrées périssables, du bétail, des boissons alcooliques, du transport. Lu le
///   2026-11-22.
/// - CCP art. R2192-10 : 30 jours pour un acheteur public. Lu le 2026-11-22.
#[must_use]
pub fn payment_delay(delay: Delay, on: Date) -> Option<&'static Dated<u32>> {
    dated::in_force(DELAYS.get(&delay)?, on)
}
