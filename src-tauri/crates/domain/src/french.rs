//! Figures and dates as a French reader expects them, for sentences; documents have their own in `templates/format.typ`.

use rust_decimal::Decimal;

use crate::{Amount, Currency, Date, Rate};

const THOUSANDS: char = '\u{202f}';
const BEFORE_UNIT: char = '\u{a0}';

const MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

/// Writes a sum: « 1 234,50 € », « −12,00 CHF ».
#[must_use]
pub fn money(amount: Amount, currency: Currency) -> String {
    let unit = if currency == Currency::EUR { "€" } else { currency.code() };
    let text = amount.to_string();
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |digits| ("\u{2212}", digits));
    let (whole, cents) = digits.split_once('.').expect("BUG: an amount is written with its cents");
    format!("{sign}{},{cents}{BEFORE_UNIT}{unit}", grouped(whole))
}

/// Writes a rate: « 12,15 % ».
#[must_use]
pub fn rate(rate: Rate) -> String {
    format!("{}{BEFORE_UNIT}%", rate.to_string().replace('.', ","))
}

/// Writes a plain number without useless zeros: « 10 », « 7,5 ».
#[must_use]
pub fn number(value: Decimal) -> String {
    value.normalize().to_string().replace('.', ",")
}

/// Writes a date in full: « 1er mars 2026 ».
#[must_use]
pub fn date(date: Date) -> String {
    use chrono::Datelike as _;
    let day = if date.day() == 1 { "1er".to_owned() } else { date.day().to_string() };
    format!("{day}{BEFORE_UNIT}{} {}", MONTHS[date.month0() as usize], date.year())
}

/// Sets the spaces of a sentence: narrow no-break before « ; : ! ? », no-break inside guillemets.
///
/// Sentences are written with plain spaces in the code, where the others could not be told apart.
#[must_use]
pub fn typeset(sentence: &str) -> String {
    let mut text = sentence.replace("« ", "«\u{a0}").replace(" »", "\u{a0}»");
    for mark in [';', ':', '!', '?'] {
        text = text.replace(&format!(" {mark}"), &format!("{THOUSANDS}{mark}"));
    }
    text
}

fn grouped(whole: &str) -> String {
    let mut text = String::with_capacity(whole.len() + whole.len() / 3 * 3);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            text.push(THOUSANDS);
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;

    #[test]
    fn sums_are_grouped_by_three_and_carry_their_unit() {
        let written = |text: &str, code: &str| money(Amount::parse(text).unwrap(), Currency::parse(code).unwrap());
        assert_eq!(written("1234567.5", "EUR"), "1\u{202f}234\u{202f}567,50\u{a0}€");
        assert_eq!(written("-400", "EUR"), "\u{2212}400,00\u{a0}€");
        assert_eq!(written("999", "CHF"), "999,00\u{a0}CHF");
    }

    #[test]
    fn the_first_of_the_month_is_an_ordinal() {
        assert_eq!(date(Date::from_ymd_opt(2026, 3, 1).unwrap()), "1er\u{a0}mars 2026");
        assert_eq!(date(Date::from_ymd_opt(2026, 8, 2).unwrap()), "2\u{a0}août 2026");
    }
}
