//! What a user types: sums, rates and dates, as they are written in France or by a program.

use chrono::{Datelike as _, Days};
use dument_domain::calendar::end_of_month;
use dument_domain::interest::AgreedRate;
use dument_domain::invoice::TaxLine;
use dument_domain::{Amount, Currency, Date, Rate};

use crate::error::Error;

/// Reads a sum: `1234,5`, `1 234,50 €`, `1234.50`, `1.234,50`.
///
/// # Errors
/// It is not a sum, or it can be read in two ways (`1,234`).
pub fn amount(text: &str) -> Result<Amount, Error> {
    let wrong =
        || Error::new("montant-illisible", format!("« {text} » n’est pas un montant."), "Écrivez par exemple 1234,50.");
    let plain: String = text.trim().trim_end_matches('€').chars().filter(|c| !is_space(*c)).collect();
    let plain = plain.replace('\u{2212}', "-");
    if let Some((whole, decimals)) = plain.split_once(',') {
        if decimals.len() == 3 && decimals.bytes().all(|byte| byte.is_ascii_digit()) && !whole.contains('.') {
            return Err(Error::new(
                "montant-ambigu",
                format!("« {text} » peut se lire {whole},{} ou {whole} milliers.", &decimals[..2]),
                "Écrivez la somme en entier, avec deux décimales.",
            ));
        }
        let machine = format!("{}.{decimals}", whole.replace('.', ""));
        return Amount::parse(&machine).ok_or_else(wrong);
    }
    Amount::parse(&plain).ok_or_else(wrong)
}

/// Reads a rate in percent: `12,15`, `12.15 %`.
///
/// # Errors
/// It is not a rate.
pub fn rate(text: &str) -> Result<Rate, Error> {
    let plain: String = text.trim().trim_end_matches('%').chars().filter(|c| !is_space(*c)).collect();
    Rate::parse(&plain.replace(',', ".")).ok_or_else(|| {
        Error::new("taux-illisible", format!("« {text} » n’est pas un taux."), "Écrivez par exemple 12,15.")
    })
}

/// Reads an agreed rate: `12`, `3xlegal`, `bce+10`.
///
/// # Errors
/// It is none of these.
pub fn agreed_rate(text: &str) -> Result<AgreedRate, Error> {
    let plain: String = text.chars().filter(|c| !is_space(*c)).collect::<String>().to_lowercase();
    if let Some(points) = plain.strip_prefix("bce+") {
        return Ok(AgreedRate::RefiPlus(rate(points)?));
    }
    let times = plain.strip_suffix("xlegal").or_else(|| plain.strip_suffix("xlégal"));
    match times {
        Some(times) => times.parse().map(AgreedRate::TimesLegal).map_err(|_| {
            Error::new(
                "taux-illisible",
                format!("« {text} » n’est pas un taux convenu."),
                "Écrivez par exemple 12, 3xlegal ou bce+10.",
            )
        }),
        None => Ok(AgreedRate::Fixed(rate(&plain)?)),
    }
}

/// Reads a date: `2026-03-01`, `01/03/2026`, `1/3/2026`, and from `today` `auj`, `+30`, `-3`, `fdm` (end of month).
///
/// # Errors
/// It is not a date of the calendar.
pub fn date(text: &str, today: Date) -> Result<Date, Error> {
    let text = text.trim();
    let read = match text {
        "auj" => Some(today),
        "fdm" => Some(end_of_month(today)),
        _ => relative(text, today).or_else(|| absolute(text)),
    };
    read.filter(|date| (1990..=2100).contains(&date.year())).ok_or_else(|| {
        Error::new(
            "date-illisible",
            format!("« {text} » n’est pas une date."),
            "Écrivez par exemple 2026-03-01 ou 01/03/2026.",
        )
    })
}

fn relative(text: &str, today: Date) -> Option<Date> {
    if let Some(days) = text.strip_prefix('+') {
        return today.checked_add_days(Days::new(days.parse().ok()?));
    }
    today.checked_sub_days(Days::new(text.strip_prefix('-')?.parse().ok()?))
}

fn absolute(text: &str) -> Option<Date> {
    ["%Y-%m-%d", "%d/%m/%Y"].iter().find_map(|format| Date::parse_from_str(text, format).ok())
}

/// Reads a currency code.
///
/// # Errors
/// It is not three letters.
pub fn currency(text: &str) -> Result<Currency, Error> {
    Currency::parse(&text.trim().to_uppercase()).ok_or_else(|| {
        Error::new(
            "devise-inconnue",
            format!("« {text} » n’est pas une devise."),
            "Écrivez son code de trois lettres : EUR, CHF, USD.",
        )
    })
}

/// Reads a line of tax: `20:200,00`, the rate, then the tax.
///
/// # Errors
/// It is not of this form.
pub fn tax(text: &str) -> Result<TaxLine, Error> {
    let (percent, tax) = text.split_once(':').ok_or_else(|| {
        Error::new(
            "tva-illisible",
            format!("« {text} » n’est pas une ligne de TVA."),
            "Écrivez le taux puis la taxe, par exemple 20:200,00.",
        )
    })?;
    Ok(TaxLine { rate: rate(percent)?, base: None, amount: amount(tax)? })
}

/// Reads lines: an address typed on one line has its lines separated by commas, line breaks or `\n`.
#[must_use]
pub fn lines(text: &str) -> Vec<String> {
    let text = text.replace("\\n", "\n");
    let separator = if text.contains('\n') { '\n' } else { ',' };
    text.split(separator).map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

fn is_space(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\u{a0}' | '\u{202f}' | '\u{2009}')
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;

    #[test]
    fn a_sum_is_read_as_a_frenchman_or_a_program_writes_it() {
        for text in ["1234,5", "1 234,50", "1\u{202f}234,50\u{a0}€", "1234.50", "1.234,50", "1234.5"] {
            assert_eq!(amount(text).unwrap().to_string(), "1234.50", "{text}");
        }
        assert_eq!(amount("1,234").unwrap_err().code, "montant-ambigu");
        assert_eq!(amount("douze").unwrap_err().code, "montant-illisible");
    }

    #[test]
    fn a_date_is_read_in_both_orders_and_from_today() {
        let today = Date::from_ymd_opt(2026, 2, 10).unwrap();
        for (text, read) in [
            ("2026-03-01", "2026-03-01"),
            ("1/3/2026", "2026-03-01"),
            ("auj", "2026-02-10"),
            ("+30", "2026-03-12"),
            ("fdm", "2026-02-28"),
        ] {
            assert_eq!(date(text, today).unwrap().to_string(), read, "{text}");
        }
        assert!(date("2026-02-30", today).is_err());
    }

    #[test]
    fn an_agreed_rate_is_a_number_or_a_formula() {
        assert_eq!(agreed_rate("12,5").unwrap(), AgreedRate::Fixed(Rate::parse("12.5").unwrap()));
        assert_eq!(agreed_rate("3xlegal").unwrap(), AgreedRate::TimesLegal(3));
        assert_eq!(agreed_rate("BCE + 10").unwrap(), AgreedRate::RefiPlus(Rate::parse("10").unwrap()));
    }
}
