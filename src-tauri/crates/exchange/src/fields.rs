//! Texts, sums and dates read out of XML places; what cannot be read becomes a fault and stays missing.

use std::collections::BTreeSet;

use dument_domain::{Amount, Currency, Date, Fault, Rate};

use crate::invoice::Identifier;
use crate::xml::Place;

/// What an unreadable value is left out with.
const LEFT_OUT: &str = "il a été laissé de côté, complétez-le d’après la facture";

/// How many unreadable values are told one by one; a file with more is not worth the list.
const MAX_FAULTS: usize = 100;

/// Reads values one by one and keeps the faults met on the way.
#[derive(Debug, Default)]
pub struct Fields {
    faults: Vec<Fault>,
    untold: usize,
}

impl Fields {
    /// Returns what could not be read.
    pub fn into_faults(mut self) -> Vec<Fault> {
        if self.untold > 0 {
            let sentence = format!(
                "{} autres valeurs de ce fichier ne peuvent pas être lues : demandez à l’expéditeur de le produire à nouveau.",
                self.untold
            );
            self.faults.push(Fault::warning("valeurs-illisibles", "", sentence));
        }
        self.faults
    }

    /// Reads a sum of money.
    pub fn amount(&mut self, place: &Place) -> Option<Amount> {
        let text = place.text()?;
        let amount = Amount::parse(&plain_decimal(text));
        self.noted(amount, "montant-illisible", place, || {
            format!("Le montant « {} » n’est pas un nombre lisible : {LEFT_OUT}.", excerpt(text))
        })
    }

    /// Reads a rate of tax in percent.
    pub fn rate(&mut self, place: &Place) -> Option<Rate> {
        let text = place.text()?;
        let rate = Rate::parse(&plain_decimal(text));
        self.noted(rate, "taux-illisible", place, || {
            format!("Le taux de TVA « {} » n’est pas un nombre lisible : {LEFT_OUT}.", excerpt(text))
        })
    }

    /// Reads a civil date, written `20260301` or `2026-03-01`; an hour or a time zone behind it is left aside.
    pub fn date(&mut self, place: &Place) -> Option<Date> {
        let text = place.text()?;
        self.noted(civil_date(text), "date-illisible", place, || {
            format!(
                "La date « {} » ne peut pas être lue : elle a été laissée de côté, complétez-la d’après la facture.",
                excerpt(text)
            )
        })
    }

    /// Reads a currency.
    pub fn currency(&mut self, place: &Place) -> Option<Currency> {
        let text = place.text()?;
        self.noted(Currency::parse(text), "devise-inconnue", place, || {
            format!(
                "La devise « {} » n’est pas un code de trois lettres comme EUR : indiquez-la d’après la facture.",
                excerpt(text)
            )
        })
    }

    /// Chooses, among the same total given in several currencies, the one in the currency of the invoice.
    pub fn in_currency<'a>(&mut self, totals: &[Place<'a>], currency: Option<Currency>) -> Option<Place<'a>> {
        let code = |place: &Place<'a>| place.attribute("currencyID");
        let wanted = totals.iter().find(|place| currency.is_none_or(|wanted| code(place) == Some(wanted.code())));
        let found = wanted.or_else(|| totals.iter().find(|place| code(place).is_none())).cloned();
        if let (None, Some(other)) = (&found, totals.first()) {
            self.faults.push(Fault::warning(
                "tva-autre-devise",
                other.path(),
                "La TVA n’est donnée que dans une autre devise que celle de la facture : \
                 elle a été laissée de côté, complétez-la d’après la facture.",
            ));
        }
        found
    }

    fn noted<T>(
        &mut self,
        value: Option<T>,
        code: &'static str,
        place: &Place,
        sentence: impl FnOnce() -> String,
    ) -> Option<T> {
        if value.is_none() {
            if self.faults.len() < MAX_FAULTS {
                self.faults.push(Fault::warning(code, place.path(), sentence()));
            } else {
                self.untold += 1;
            }
        }
        value
    }
}

/// Returns the text at a place, as written.
pub fn text(place: &Place) -> Option<String> {
    place.text().map(str::to_owned)
}

/// Returns the texts of every element along a path, as written, each once.
pub fn texts(place: &Place, path: &str) -> Vec<String> {
    let mut seen = BTreeSet::new();
    place.every(path).iter().filter_map(Place::text).filter(|text| seen.insert(*text)).map(str::to_owned).collect()
}

/// Returns the texts of every element along a path, each once, in one text; nothing when there is none.
pub fn joined_texts(place: &Place, path: &str) -> Option<String> {
    let texts = texts(place, path);
    (!texts.is_empty()).then(|| texts.join("\n"))
}

/// Returns the identifiers at some places, with the lists they come from.
pub fn identifiers<'a>(places: &[Place<'a>]) -> Vec<Identifier<'a>> {
    let identifier = |place: &Place<'a>| Some(Identifier { text: place.text()?, scheme: place.attribute("schemeID") });
    places.iter().filter_map(identifier).collect()
}

/// Shortens a text of the file that is quoted to the owner.
pub fn excerpt(text: &str) -> String {
    const LENGTH: usize = 40;
    match text.char_indices().nth(LENGTH) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// XML also allows `+1.5`, `.5` and `5.`, which are rare and mean what they say.
fn plain_decimal(text: &str) -> String {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text.strip_prefix('+').filter(|digits| !digits.starts_with('-')).unwrap_or(text)),
    };
    match digits.split_once('.') {
        Some(("", fraction)) if !fraction.is_empty() => format!("{sign}0.{fraction}"),
        Some((whole, "")) => format!("{sign}{whole}"),
        _ => format!("{sign}{digits}"),
    }
}

fn civil_date(text: &str) -> Option<Date> {
    let (digits, rest) = match text.get(4..5)? {
        "-" => {
            let (year, month, day) = (text.get(..4)?, text.get(5..7)?, text.get(8..10)?);
            (format!("{year}{month}{day}"), text.get(7..8).filter(|dash| *dash == "-").and(text.get(10..))?)
        }
        _ => (text.get(..8)?.to_owned(), text.get(8..)?),
    };
    let is_hour_or_zone = rest.is_empty()
        || rest.starts_with(['T', 'Z', '+', '-', ' '])
        || (matches!(rest.len(), 4 | 6) && rest.bytes().all(|byte| byte.is_ascii_digit()));
    if !is_hour_or_zone || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let year: i32 = digits[..4].parse().ok()?;
    let date = Date::from_ymd_opt(year, digits[4..6].parse().ok()?, digits[6..].parse().ok()?)?;
    // A year outside two centuries around us is a slip of the pen.
    (1900..2200).contains(&year).then_some(date)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;

    #[test]
    fn a_date_is_read_in_each_way_that_invoices_write_it() {
        let expected = Date::from_ymd_opt(2026, 3, 1);
        for text in [
            "20260301",
            "2026-03-01",
            "202603011430",
            "20260301143000",
            "2026-03-01Z",
            "2026-03-01+01:00",
            "2026-03-01T08:00:00",
        ] {
            assert_eq!(civil_date(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_not_a_date_is_not_guessed() {
        for text in [
            "",
            "2026",
            "202603",
            "01/03/2026",
            "2026-02-30",
            "00010101",
            "99991231",
            "2026-03-1",
            "2026 03 01",
            "2026030é",
            "20260301x",
        ] {
            assert_eq!(civil_date(text), None, "{text}");
        }
    }

    #[test]
    fn a_decimal_that_xml_allows_is_an_amount() {
        for (text, expected) in
            [("+1.5", "1.50"), (".5", "0.50"), ("-.5", "-0.50"), ("5.", "5.00"), ("-12", "-12.00"), ("007", "7.00")]
        {
            assert_eq!(Amount::parse(&plain_decimal(text)).unwrap().to_string(), expected, "{text}");
        }
        for text in ["", ".", "-", "+-1", "--1", "1,5", "1 000", "1e3", "NaN"] {
            assert!(Amount::parse(&plain_decimal(text)).is_none(), "{text:?} is not an amount");
        }
    }
}
