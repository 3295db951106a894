//! Sums in French letters.
//!
//! An acknowledgement of debt is worth its letters: where they differ from the figures, the letters win. The spelling is
//! that of 1990, a hyphen between all the numerals, which leaves no room to add a word. « Million » and « milliard » are
//! nouns: they take a space, a plural and « de ».

use crate::{Amount, Currency, Rounding};

/// Writes a sum in letters: « mille-deux-cents euros et cinquante centimes ».
///
/// The sum is rounded to the cent first; a negative one begins with « moins ».
///
/// # Droit
/// C. civ. art. 1376 : la somme en lettres et en chiffres ; si elles diffèrent, les lettres l’emportent. Lu le 2026-11-22.
#[must_use]
pub fn in_words(amount: Amount, currency: Currency) -> String {
    let value = amount.rounded(Rounding::HalfUpToCent).decimal();
    let cents = u128::try_from(value.abs() * rust_decimal::Decimal::ONE_HUNDRED)
        .expect("BUG: an amount to the cent has a whole number of cents");
    let (whole, cents) = (cents / 100, cents % 100);
    let unit = Unit::of(&currency);

    let sign = if value.is_sign_negative() && (whole, cents) != (0, 0) { "moins " } else { "" };
    let mut words = format!("{sign}{}", unit.gender.agree(cardinal(whole)));
    let ends_with_a_noun = whole > 0 && whole.is_multiple_of(1_000_000);
    words.push_str(if ends_with_a_noun { unit.after_noun } else { " " });
    words.push_str(if whole < 2 { unit.one } else { unit.many });
    if cents > 0 {
        words.push_str(" et ");
        words.push_str(&cardinal(cents));
        words.push(' ');
        words.push_str(if cents < 2 { unit.cent } else { unit.cents });
    }
    words
}

/// How a currency is said.
struct Unit<'a> {
    one: &'a str,
    many: &'a str,
    cent: &'a str,
    cents: &'a str,
    /// What stands between « million » and the unit.
    after_noun: &'a str,
    gender: Gender,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Gender {
    Masculine,
    Feminine,
}

impl Gender {
    /// Gives its gender to a number that ends with « un »: « vingt-et-une livres ».
    fn agree(self, mut number: String) -> String {
        if self == Self::Feminine && number.ends_with("un") {
            number.push('e');
        }
        number
    }
}

const EURO: Unit = Unit {
    one: "euro",
    many: "euros",
    cent: "centime",
    cents: "centimes",
    after_noun: " d’",
    gender: Gender::Masculine,
};

const SWISS_FRANC: Unit = Unit { one: "franc suisse", many: "francs suisses", after_noun: " de ", ..EURO };

const DOLLAR: Unit = Unit {
    one: "dollar des États-Unis",
    many: "dollars des États-Unis",
    cent: "cent",
    cents: "cents",
    after_noun: " de ",
    gender: Gender::Masculine,
};

const POUND: Unit = Unit {
    one: "livre sterling",
    many: "livres sterling",
    cent: "penny",
    cents: "pence",
    after_noun: " de ",
    gender: Gender::Feminine,
};

impl<'a> Unit<'a> {
    /// Returns the name of a currency, or its code when it has no name here.
    fn of(currency: &'a Currency) -> Self {
        match currency.code() {
            "EUR" => EURO,
            "CHF" => SWISS_FRANC,
            "USD" => DOLLAR,
            "GBP" => POUND,
            code => Self {
                one: code,
                many: code,
                cent: "centième",
                cents: "centièmes",
                after_noun: " ",
                gender: Gender::Masculine,
            },
        }
    }
}

const UNITS: [&str; 17] = [
    "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize",
    "quatorze", "quinze", "seize",
];

const TENS: [&str; 7] = ["", "dix", "vingt", "trente", "quarante", "cinquante", "soixante"];

/// Returns a whole number in letters.
fn cardinal(number: u128) -> String {
    if number == 0 {
        return UNITS[0].to_owned();
    }
    let mut parts = Vec::new();
    let mut rest = number;
    for (value, noun) in [(1_000_000_000, "milliard"), (1_000_000, "million")] {
        let count = rest / value;
        rest %= value;
        if count > 0 {
            let plural = if count > 1 { "s" } else { "" };
            parts.push(format!("{} {noun}{plural}", cardinal(count)));
        }
    }
    if rest > 0 {
        parts.push(below_one_million(usize::try_from(rest).expect("BUG: less than a million is left")));
    }
    parts.join(" ")
}

/// Returns the letters of 1 to 999 999.
fn below_one_million(number: usize) -> String {
    let mut words = Vec::new();
    let (thousands, rest) = (number / 1000, number % 1000);
    if thousands > 1 {
        push_below_one_thousand(thousands, &mut words);
    }
    if thousands > 0 {
        words.push("mille");
    }
    push_below_one_thousand(rest, &mut words);

    // « Cent » and « vingt » are plural when they are multiplied and nothing follows.
    match words.as_mut_slice() {
        [.., "quatre", last @ "vingt"] => *last = "vingts",
        [.., before, last @ "cent"] if *before != "mille" => *last = "cents",
        _ => {}
    }
    words.join("-")
}

fn push_below_one_thousand(number: usize, words: &mut Vec<&str>) {
    let (hundreds, rest) = (number / 100, number % 100);
    if hundreds > 1 {
        words.push(UNITS[hundreds]);
    }
    if hundreds > 0 {
        words.push("cent");
    }
    push_below_one_hundred(rest, words);
}

/// Adds the letters of 0 to 99; nothing for zero, which is only said alone.
fn push_below_one_hundred(number: usize, words: &mut Vec<&str>) {
    match number {
        0 => {}
        1..=16 => words.push(UNITS[number]),
        17..=19 => words.extend(["dix", UNITS[number - 10]]),
        20..=69 => {
            words.push(TENS[number / 10]);
            push_after_ten(number % 10, words);
        }
        70..=79 => {
            words.push("soixante");
            push_after_ten(number - 60, words);
        }
        _ => {
            words.extend(["quatre", "vingt"]);
            push_below_one_hundred(number - 80, words);
        }
    }
}

/// Adds what follows « vingt » … « soixante »: « et » comes before « un » and « onze ».
fn push_after_ten(number: usize, words: &mut Vec<&str>) {
    if matches!(number, 1 | 11) {
        words.push("et");
    }
    push_below_one_hundred(number, words);
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use proptest::prelude::*;

    use super::*;

    fn said(text: &str, code: &str) -> String {
        in_words(Amount::parse(text).unwrap(), Currency::parse(code).unwrap())
    }

    /// Reads French letters, by another way than they are written: each word changes the number read so far.
    fn read(letters: &str) -> u128 {
        let (mut total, mut thousands, mut current) = (0, 0, 0);
        let mut before = "";
        for word in letters.split([' ', '-']) {
            match word {
                "et" | "zéro" => {}
                "vingt" | "vingts" if before == "quatre" => current += 76,
                "cent" | "cents" => current = if current == 0 { 100 } else { current * 100 },
                "mille" => {
                    thousands = if current == 0 { 1000 } else { current * 1000 };
                    current = 0;
                }
                "million" | "millions" | "milliard" | "milliards" => {
                    let noun = if word.starts_with("millia") { 1_000_000_000 } else { 1_000_000 };
                    total += (thousands + current) * noun;
                    (thousands, current) = (0, 0);
                }
                _ => current += plain(word),
            }
            before = word;
        }
        total + thousands + current
    }

    fn plain(word: &str) -> u128 {
        let words = [
            ("un", 1),
            ("deux", 2),
            ("trois", 3),
            ("quatre", 4),
            ("cinq", 5),
            ("six", 6),
            ("sept", 7),
            ("huit", 8),
            ("neuf", 9),
            ("dix", 10),
            ("onze", 11),
            ("douze", 12),
            ("treize", 13),
            ("quatorze", 14),
            ("quinze", 15),
            ("seize", 16),
            ("vingt", 20),
            ("trente", 30),
            ("quarante", 40),
            ("cinquante", 50),
            ("soixante", 60),
        ];
        words.iter().find(|(known, _)| *known == word).unwrap_or_else(|| panic!("« {word} » is not a numeral")).1
    }

    #[test]
    fn article_1376_numbers_are_spelled_as_in_1990() {
        let spelled = [
            (0, "zéro"),
            (1, "un"),
            (2, "deux"),
            (9, "neuf"),
            (10, "dix"),
            (11, "onze"),
            (16, "seize"),
            (17, "dix-sept"),
            (19, "dix-neuf"),
            (20, "vingt"),
            (21, "vingt-et-un"),
            (22, "vingt-deux"),
            (30, "trente"),
            (31, "trente-et-un"),
            (40, "quarante"),
            (41, "quarante-et-un"),
            (50, "cinquante"),
            (51, "cinquante-et-un"),
            (60, "soixante"),
            (61, "soixante-et-un"),
            (69, "soixante-neuf"),
            (70, "soixante-dix"),
            (71, "soixante-et-onze"),
            (72, "soixante-douze"),
            (76, "soixante-seize"),
            (77, "soixante-dix-sept"),
            (79, "soixante-dix-neuf"),
            (80, "quatre-vingts"),
            (81, "quatre-vingt-un"),
            (82, "quatre-vingt-deux"),
            (90, "quatre-vingt-dix"),
            (91, "quatre-vingt-onze"),
            (99, "quatre-vingt-dix-neuf"),
            (100, "cent"),
            (101, "cent-un"),
            (111, "cent-onze"),
            (121, "cent-vingt-et-un"),
            (171, "cent-soixante-et-onze"),
            (180, "cent-quatre-vingts"),
            (199, "cent-quatre-vingt-dix-neuf"),
            (200, "deux-cents"),
            (201, "deux-cent-un"),
            (280, "deux-cent-quatre-vingts"),
            (500, "cinq-cents"),
            (999, "neuf-cent-quatre-vingt-dix-neuf"),
            (1_000, "mille"),
            (1_001, "mille-un"),
            (1_100, "mille-cent"),
            (1_200, "mille-deux-cents"),
            (1_980, "mille-neuf-cent-quatre-vingts"),
            (2_000, "deux-mille"),
            (2_026, "deux-mille-vingt-six"),
            (2_100, "deux-mille-cent"),
            (4_020, "quatre-mille-vingt"),
            (21_000, "vingt-et-un-mille"),
            (80_000, "quatre-vingt-mille"),
            (80_080, "quatre-vingt-mille-quatre-vingts"),
            (100_000, "cent-mille"),
            (200_000, "deux-cent-mille"),
            (200_200, "deux-cent-mille-deux-cents"),
            (999_999, "neuf-cent-quatre-vingt-dix-neuf-mille-neuf-cent-quatre-vingt-dix-neuf"),
            (1_000_000, "un million"),
            (1_000_001, "un million un"),
            (2_000_000, "deux millions"),
            (2_000_300, "deux millions trois-cents"),
            (80_000_000, "quatre-vingts millions"),
            (200_000_000, "deux-cents millions"),
            (1_000_000_000, "un milliard"),
            (1_001_001_001, "un milliard un million mille-un"),
            (300_080_000_000, "trois-cents milliards quatre-vingts millions"),
        ];
        for (number, letters) in spelled {
            assert_eq!(cardinal(number), letters, "{number}");
        }
    }

    #[test]
    fn sums_in_euros_agree_with_their_unit() {
        let sums = [
            ("0", "zéro euro"),
            ("0.01", "zéro euro et un centime"),
            ("0.50", "zéro euro et cinquante centimes"),
            ("1", "un euro"),
            ("1.01", "un euro et un centime"),
            ("1.99", "un euro et quatre-vingt-dix-neuf centimes"),
            ("2", "deux euros"),
            ("12.50", "douze euros et cinquante centimes"),
            ("80", "quatre-vingts euros"),
            ("200.80", "deux-cents euros et quatre-vingts centimes"),
            ("1800", "mille-huit-cents euros"),
            ("1000000", "un million d’euros"),
            ("1000000.10", "un million d’euros et dix centimes"),
            ("2000000", "deux millions d’euros"),
            ("2000300", "deux millions trois-cents euros"),
            ("1000000000", "un milliard d’euros"),
            ("1002000000", "un milliard deux millions d’euros"),
            ("1000000000000", "mille milliards d’euros"),
            ("12.345", "douze euros et trente-cinq centimes"),
            ("0.999", "un euro"),
            ("-3.20", "moins trois euros et vingt centimes"),
            ("-0.001", "zéro euro"),
        ];
        for (figures, letters) in sums {
            assert_eq!(said(figures, "EUR"), letters, "{figures}");
        }
        let most = said("999999999999.99", "EUR");
        assert!(most.starts_with("neuf-cent-quatre-vingt-dix-neuf milliards neuf-cent"), "{most}");
        assert!(most.ends_with("neuf-cent-quatre-vingt-dix-neuf euros et quatre-vingt-dix-neuf centimes"), "{most}");
    }

    #[test]
    fn other_currencies_have_their_name_or_their_code() {
        assert_eq!(said("200.05", "CHF"), "deux-cents francs suisses et cinq centimes");
        assert_eq!(said("1", "CHF"), "un franc suisse");
        assert_eq!(said("1000000", "CHF"), "un million de francs suisses");
        assert_eq!(said("3.02", "USD"), "trois dollars des États-Unis et deux cents");
        assert_eq!(said("1.01", "GBP"), "une livre sterling et un penny");
        assert_eq!(said("21.02", "GBP"), "vingt-et-une livres sterling et deux pence");
        assert_eq!(said("1000000", "GBP"), "un million de livres sterling");
        assert_eq!(said("80.25", "MAD"), "quatre-vingts MAD et vingt-cinq centièmes");
    }

    #[test]
    fn every_number_to_ten_thousand_is_read_back() {
        for number in 0..=10_000 {
            let letters = cardinal(number);
            assert_eq!(read(&letters), number, "{letters}");
            assert!(!letters.contains(' '), "below a million, hyphens alone: {letters}");
        }
    }

    proptest! {
        #[test]
        fn larger_numbers_are_read_back(number in 0_u128..1_000_000_000_000) {
            prop_assert_eq!(read(&cardinal(number)), number);
        }

        #[test]
        fn plurals_are_said_only_where_nothing_follows(number in 0_u128..1_000_000) {
            let letters = cardinal(number);
            let last_word = letters.rfind('-').map_or(0, |hyphen| hyphen + 1);
            prop_assert!(!letters[..last_word].contains("cents") && !letters[..last_word].contains("vingts"));
        }

        #[test]
        fn any_amount_has_letters(cents in any::<i64>()) {
            prop_assert!(in_words(Amount::from_cents(cents), Currency::EUR).contains("euro"));
        }
    }
}
