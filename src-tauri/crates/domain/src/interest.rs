//! Accrual of interest: by period, by rate, line by line.
//!
//! The result is the lines a judge can recompute, not just a total: each is rounded to the cent and a total is the sum
//! of its lines.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::calendar::Period;
use crate::conventions::{DayBase, MissingRates, RateVariation};
use crate::french;
use crate::law::{self, Regime, Semester, SemesterRates};
use crate::party::Standing;
use crate::{Amount, Date, Fault, Rate, Rounding};

/// A rate of penalties that the parties agreed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AgreedRate {
    /// A number: it does not move.
    Fixed(Rate),
    /// So many times the legal rate: it moves with the semester.
    TimesLegal(u32),
    /// So many points above the refinancing rate of the European Central Bank: it moves with the semester.
    RefiPlus(Rate),
}

/// Which rate a debt bears.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RateRule {
    /// The rate of the contract.
    Agreed(AgreedRate),
    /// Refinancing rate + 10 points (C. com. L441-10 II).
    Commercial,
    /// Refinancing rate + 8 points, of the semester in which interest began (CCP R2192-31).
    PublicBuyer,
    /// Legal rate of professional creditors (C. civ. 1231-6, CMF L313-2).
    Legal,
}

impl RateRule {
    /// Returns the rule that the law, or failing it the contract, gives to a debtor of this standing.
    ///
    /// # Droit
    /// - C. com. art. L441-10 II : taux convenu, sinon taux de la BCE majoré de dix points. Lu le 2026-11-22.
    /// - C. civ. art. 1231-6 et C. mon. fin. art. L313-2 : contre un consommateur, le taux légal des créanciers professionnels. Lu le 2026-11-22.
    /// - CCP art. R2192-31 : acheteur public, taux du semestre où les intérêts ont commencé. Lu le 2026-11-22.
    #[must_use]
    pub fn of(standing: Standing, agreed: Option<AgreedRate>) -> Self {
        match (standing, agreed) {
            (Standing::PublicBody, _) => Self::PublicBuyer,
            (Standing::Professional | Standing::Consumer, Some(agreed)) => Self::Agreed(agreed),
            (Standing::Professional, None) => Self::Commercial,
            (Standing::Consumer, None) => Self::Legal,
        }
    }

    /// Says whether the rate moves with the semester under the variation chosen.
    fn moves(self, variation: RateVariation) -> bool {
        match self {
            Self::Agreed(AgreedRate::Fixed(_)) | Self::PublicBuyer => false,
            Self::Legal => true,
            Self::Commercial | Self::Agreed(AgreedRate::TimesLegal(_) | AgreedRate::RefiPlus(_)) => {
                variation == RateVariation::BySemester
            }
        }
    }
}

/// The rates of the law, and those the owner entered himself.
#[derive(Debug, Clone, Default)]
pub struct Rates {
    declared: Vec<SemesterRates>,
}

impl Rates {
    /// Adds the rates that the owner entered; they never take the place of published ones.
    pub(crate) fn declare(&mut self, rates: SemesterRates) {
        self.declared.retain(|known| known.semester != rates.semester);
        self.declared.push(rates);
        self.declared.sort_by_key(|known| known.semester);
    }

    /// Returns the rates of a semester.
    #[must_use]
    pub fn of(&self, semester: Semester) -> Option<&SemesterRates> {
        let published = law::published_rates();
        published
            .binary_search_by_key(&semester, |rates| rates.semester)
            .ok()
            .map(|index| &published[index])
            .or_else(|| self.declared.iter().find(|rates| rates.semester == semester))
    }

    /// Returns the last rates known before a semester.
    #[must_use]
    pub fn last_before(&self, semester: Semester) -> Option<&SemesterRates> {
        law::published_rates()
            .iter()
            .chain(&self.declared)
            .filter(|rates| rates.semester < semester)
            .max_by_key(|rates| rates.semester)
    }
}

/// A semester without a rate: interest cannot be counted over it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MissingRate(pub Semester);

impl MissingRate {
    /// Returns the fault that tells the owner which rate is missing and what he can do.
    #[must_use]
    pub fn fault(self) -> Fault {
        let semester = self.0;
        Fault::refusal(
            "taux-manquant",
            "au",
            format!(
                "Le taux du {semester} n’est pas connu : entrez-le avec sa source (commande « taux »), \
                 ou acceptez que le dernier taux connu soit utilisé."
            ),
        )
    }
}

/// One line of interest: a period over which neither the sum nor the rate moves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InterestLine {
    /// The days that bear interest.
    pub period: Period,
    /// The sum that bears it.
    pub base: Amount,
    /// The rate, in percent per year.
    pub rate: Rate,
    /// What a year is divided by.
    pub divisor: u32,
    /// Where the rate comes from, in French.
    pub source: String,
    /// The interest, to the cent.
    pub amount: Amount,
}

/// How a debt bears interest.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Accrual<'a> {
    /// The day after which interest runs.
    pub start: Date,
    /// Which rate.
    pub rule: RateRule,
    /// When the semester changes.
    pub variation: RateVariation,
    /// What a year is divided by.
    pub day_base: DayBase,
    /// The rates.
    pub rates: &'a Rates,
    /// What is done without one.
    pub missing: MissingRates,
}

impl Accrual<'_> {
    /// Returns the lines of interest on a sum over a period, cut where the rate or the divisor may change.
    pub fn lines(&self, base: Amount, period: Period) -> Result<Vec<InterestLine>, MissingRate> {
        let mut lines = Vec::new();
        let mut after = period.after;
        while after < period.through {
            let first_day = after.succ_opt().expect("BUG: dates of a ledger are far from the end of time");
            let (rate, source, rate_through) = self.rate_on(first_day)?;
            let (divisor, divisor_through) = self.day_base.divisor_on(self.start, first_day);
            let through = period.through.min(rate_through).min(divisor_through);
            let period = Period { after, through };
            let amount = exact(base, rate, period.days(), divisor).rounded(Rounding::HalfUpToCent);
            lines.push(InterestLine { period, base, rate, divisor, source, amount });
            after = through;
        }
        Ok(lines)
    }

    /// Returns what one day costs, unrounded.
    pub fn per_day(&self, base: Amount, day: Date) -> Result<Amount, MissingRate> {
        let (rate, _, _) = self.rate_on(day)?;
        let (divisor, _) = self.day_base.divisor_on(self.start, day);
        Ok(exact(base, rate, 1, divisor))
    }

    /// Returns the rate of a day, where it comes from, and the last day to which it holds.
    pub fn rate_on(&self, day: Date) -> Result<(Rate, String, Date), MissingRate> {
        if let RateRule::Agreed(AgreedRate::Fixed(rate)) = self.rule {
            return Ok((rate, "taux convenu".to_owned(), Date::MAX));
        }
        let moves = self.rule.moves(self.variation);
        let reference = if moves { day } else { self.start.succ_opt().unwrap_or(self.start) };
        let semester = Semester::of(reference);
        let (rates, caveat) = match (self.rates.of(semester), self.missing) {
            (Some(rates), _) => (rates, String::new()),
            (None, MissingRates::Refuse) => return Err(MissingRate(semester)),
            (None, MissingRates::UseLastKnown) => {
                let rates = self.rates.last_before(semester).ok_or(MissingRate(semester))?;
                (rates, format!(", dernier taux connu : celui du {semester} n’est pas publié"))
            }
        };
        let (rate, formula) = self.rule.rate_and_formula(rates, semester.first_day()).ok_or(MissingRate(semester))?;
        let through = if moves { semester.last_day() } else { Date::MAX };
        Ok((rate, format!("{formula}, {}{caveat}", rates.semester), through))
    }
}

impl RateRule {
    /// Returns the rate and how it is made up; nothing where the law had no such rate yet.
    fn rate_and_formula(self, rates: &SemesterRates, on: Date) -> Option<(Rate, String)> {
        let refi = rates.ecb_refi;
        let default_points = |regime| law::default_points(regime, on).map(|points| points.value);
        match self {
            Self::Agreed(AgreedRate::Fixed(rate)) => Some((rate, "taux convenu".to_owned())),
            Self::Agreed(AgreedRate::TimesLegal(times)) => {
                let legal = rates.legal_professional;
                let formula = format!("convenu\u{202f}: {times} × taux légal {}", french::rate(legal));
                Some((legal.times(times), formula))
            }
            Self::Agreed(AgreedRate::RefiPlus(points)) => Some(plus_points("convenu\u{202f}: BCE", refi, points)),
            Self::Commercial => default_points(Regime::Professional).map(|points| plus_points("BCE", refi, points)),
            Self::PublicBuyer => default_points(Regime::PublicBody).map(|points| plus_points("BCE", refi, points)),
            Self::Legal => Some((rates.legal_professional, "taux légal, créancier professionnel".to_owned())),
        }
    }
}

fn plus_points(label: &str, refi: Rate, points: Rate) -> (Rate, String) {
    let formula = format!("{label} {} + {} points", french::rate(refi), french::number(points.percent()));
    (refi.plus_points(points), formula)
}

/// Returns sum × rate × days ÷ (100 × divisor), unrounded.
fn exact(base: Amount, rate: Rate, days: u32, divisor: u32) -> Amount {
    let numerator = base.decimal() * rate.percent() * Decimal::from(days);
    Amount::from_decimal(numerator / Decimal::from(100 * divisor))
}
