//! Money, rates and rounding.
//!
//! Arithmetic keeps full precision; [`Amount::rounded`] is the only way to cents, and the rounding is always said.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};
use std::str::FromStr;

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A sum of money, exact, without its currency: sums of different currencies never meet in one statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Amount(Decimal);

/// How a sum becomes payable units.
///
/// Half away from zero is what a French reader expects of « arrondi au centime » : 1,005 € is 1,01 €.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rounding {
    /// Half up, to the cent.
    HalfUpToCent,
}

impl Amount {
    /// No money.
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// The largest sum accepted from outside, in absolute value: one thousand billion.
    ///
    /// Within it no product of this crate (sum × rate × days) can exceed the 28 digits of a decimal.
    pub const LIMIT: Self = Self(Decimal::from_parts(3_567_587_328, 232, 0, false, 0));

    /// Returns the amount of this many cents.
    #[must_use]
    pub fn from_cents(cents: i64) -> Self {
        Self(Decimal::new(cents, 2))
    }

    /// Reads a machine-written amount (`1234.50`, `-12`): digits, one point, at most six decimals.
    ///
    /// Returns nothing for any other text, or beyond [`Amount::LIMIT`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let value = parse_decimal(text, 6)?;
        (value.abs() <= Self::LIMIT.0).then_some(Self(value))
    }

    /// Returns the exact value.
    #[must_use]
    pub fn decimal(self) -> Decimal {
        self.0
    }

    /// Returns the amount as payable units.
    #[must_use]
    pub fn rounded(self, rounding: Rounding) -> Self {
        match rounding {
            Rounding::HalfUpToCent => Self(self.0.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)),
        }
    }

    /// Says whether nothing is left.
    #[must_use]
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    /// Says whether the amount is above zero.
    #[must_use]
    pub fn is_positive(self) -> bool {
        self.0 > Decimal::ZERO
    }

    /// Says whether the amount is below zero.
    #[must_use]
    pub fn is_negative(self) -> bool {
        self.0 < Decimal::ZERO
    }

    /// Returns the amount without its sign.
    #[must_use]
    pub fn abs(self) -> Self {
        Self(self.0.abs())
    }

    /// Returns the whole number of cents, or nothing when the amount has a fraction of a cent.
    #[must_use]
    pub fn cents(self) -> Option<i64> {
        let cents = self.0 * Decimal::ONE_HUNDRED;
        cents.is_integer().then(|| i64::try_from(cents).ok()).flatten()
    }

    pub(crate) fn from_decimal(value: Decimal) -> Self {
        Self(value)
    }
}

/// A rate in percent per year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rate(Decimal);

impl Rate {
    /// Reads a machine-written rate (`12.15`): at most four decimals, between 0 and 1000 percent.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let value = parse_decimal(text, 4)?;
        (Decimal::ZERO <= value && value <= Decimal::ONE_THOUSAND).then_some(Self(value.normalize()))
    }

    /// Returns the value in percent per year.
    #[must_use]
    pub fn percent(self) -> Decimal {
        self.0
    }

    /// Returns the rate raised by a number of points.
    #[must_use]
    pub fn plus_points(self, points: Self) -> Self {
        Self((self.0 + points.0).normalize())
    }

    /// Returns the rate multiplied, as in « trois fois le taux légal ».
    #[must_use]
    pub fn times(self, factor: u32) -> Self {
        Self((self.0 * Decimal::from(factor)).normalize())
    }
}

/// An ISO 4217 currency code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

impl Currency {
    /// The euro.
    pub const EUR: Self = Self(*b"EUR");

    /// Reads a three-letter code; nothing for any other text.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        let bytes: [u8; 3] = code.as_bytes().try_into().ok()?;
        bytes.iter().all(u8::is_ascii_uppercase).then_some(Self(bytes))
    }

    /// Returns the three letters.
    #[must_use]
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).expect("BUG: a currency code is made of ASCII capitals")
    }
}

/// Reads digits, one optional point and an optional minus sign; bounded before the decimal type sees it.
fn parse_decimal(text: &str, decimals: usize) -> Option<Decimal> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let well_formed = !whole.is_empty()
        && whole.len() <= 18
        && whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit())
        && (!fraction.is_empty() || !digits.contains('.'));
    // « 8.9600000000 » is an ordinary amount written by a generous program.
    let fraction_is_short = fraction.trim_end_matches('0').len() <= decimals && fraction.len() <= 10;
    (well_formed && fraction_is_short).then(|| Decimal::from_str(text).ok()).flatten()
}

impl fmt::Display for Amount {
    /// Writes at least two decimals, and never loses one: `12.50`, `0.1234`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut value = self.0.normalize();
        if value.scale() < 2 {
            value.rescale(2);
        }
        value.fmt(f)
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Amount(self.0).fmt(f)
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Add for Amount {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for Amount {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Neg for Amount {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl AddAssign for Amount {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl SubAssign for Amount {
    fn sub_assign(&mut self, other: Self) {
        self.0 -= other.0;
    }
}

impl Sum for Amount {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

/// Serialises a type as the text it displays, and deserialises it from the text that its `parse` reads.
macro_rules! serde_as_text {
    ($name:ident, $what:literal) => {
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Text;
                impl serde::de::Visitor<'_> for Text {
                    type Value = $name;
                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str($what)
                    }
                    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<$name, E> {
                        $name::parse(text).ok_or_else(|| E::invalid_value(serde::de::Unexpected::Str(text), &self))
                    }
                }
                deserializer.deserialize_str(Text)
            }
        }
    };
}

serde_as_text!(Amount, "an amount written as \"1234.50\"");
serde_as_text!(Rate, "a rate in percent written as \"12.15\"");
serde_as_text!(Currency, "an ISO 4217 code such as \"EUR\"");

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;

    fn amount(text: &str) -> Amount {
        Amount::parse(text).unwrap()
    }

    #[test]
    fn half_a_cent_goes_up_and_not_to_the_even_cent() {
        assert_eq!(amount("1.005").rounded(Rounding::HalfUpToCent), amount("1.01"));
        assert_eq!(amount("2.665").rounded(Rounding::HalfUpToCent), amount("2.67"));
        assert_eq!(amount("-1.005").rounded(Rounding::HalfUpToCent), amount("-1.01"));
    }

    #[test]
    fn the_limit_is_one_thousand_billion() {
        assert_eq!(Amount::LIMIT.to_string(), "1000000000000.00");
        assert!(Amount::parse("1000000000000").is_some());
        assert!(Amount::parse("1000000000000.01").is_none());
    }

    #[test]
    fn what_is_not_a_machine_amount_is_not_read() {
        for text in ["", "-", ".5", "5.", "1,5", "1 000", "1e3", "0x10", "1.2.3", "٣", "+1", "1.1234567"] {
            assert!(Amount::parse(text).is_none(), "{text:?} is not an amount");
        }
    }

    #[test]
    fn an_amount_is_written_with_two_decimals_at_least() {
        assert_eq!(amount("12.5").to_string(), "12.50");
        assert_eq!(amount("1800").to_string(), "1800.00");
        assert_eq!(amount("0.1234").to_string(), "0.1234");
        assert_eq!(amount("100.0000000000").to_string(), "100.00");
    }
}
