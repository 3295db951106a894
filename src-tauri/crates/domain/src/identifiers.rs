//! Numbers that name companies and accounts: kept as given, checked aside.
//!
//! Real invoices carry wrong ones, and a debt is owed all the same: reading never fails, and what looks wrong is a
//! warning. Only the spacing and the case are normalised, so that two writings of one number are equal.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Fault;

const NARROW: char = '\u{202f}';

/// Declares an identifier: a text without spaces, dots nor small letters, that serde reads and writes as a string.
macro_rules! identifier {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// Reads any text, without its spaces and dots, in capitals.
            #[must_use]
            pub fn read(text: &str) -> Self {
                Self(normalised(text))
            }

            /// Returns the normalised text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self::read(&text)
            }
        }

        impl From<$name> for String {
            fn from(identifier: $name) -> Self {
                identifier.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

identifier! {
    /// The nine digits that name a French company.
    Siren
}
identifier! {
    /// The fourteen digits that name an establishment: the SIREN of its company, then five of its own.
    Siret
}
identifier! {
    /// A VAT number, that begins with the code of its country.
    VatNumber
}
identifier! {
    /// An international bank account number.
    Iban
}
identifier! {
    /// The identifier of a bank.
    Bic
}

impl Siren {
    /// Returns the warning that it deserves, if it does.
    ///
    /// # Droit
    /// C. com. art. R123-221 : le numéro SIREN, huit chiffres et une clé (ISO/IEC 7812). Connu, non relu.
    #[must_use]
    pub fn check(&self) -> Option<Fault> {
        let flaw = if !is_digits(&self.0, 9) {
            "ne compte pas 9 chiffres"
        } else if !luhn(&self.0) || self.0 == "000000000" {
            "a une clé fausse"
        } else {
            return None;
        };
        Some(doubt("siren", &format!("SIREN {}", quoted(&self.0)), flaw, "sur l’avis de situation SIRENE"))
    }

    /// Writes it as it is printed: « 732 829 320 ».
    #[must_use]
    pub fn printed(&self) -> String {
        if is_digits(&self.0, 9) { grouped(&self.0, 3) } else { self.0.clone() }
    }
}

/// La Poste has more establishments than its Luhn keys could number.
const LA_POSTE: &str = "356000000";

impl Siret {
    /// Returns the warning that it deserves, if it does.
    ///
    /// The establishments of La Poste have another key: the sum of their digits is a multiple of five.
    #[must_use]
    pub fn check(&self) -> Option<Fault> {
        let la_poste = || self.0.starts_with(LA_POSTE) && self.0.bytes().map(digit).sum::<u32>().is_multiple_of(5);
        let flaw = if !is_digits(&self.0, 14) {
            "ne compte pas 14 chiffres"
        } else if !(luhn(&self.0) || la_poste()) || self.0.starts_with("000000000") {
            "a une clé fausse"
        } else {
            return None;
        };
        Some(doubt("siret", &format!("SIRET {}", quoted(&self.0)), flaw, "sur l’avis de situation SIRENE"))
    }

    /// Returns the SIREN of the company, when the number has its fourteen digits.
    #[must_use]
    pub fn siren(&self) -> Option<Siren> {
        is_digits(&self.0, 14).then(|| Siren(self.0[..9].to_owned()))
    }

    /// Writes it as it is printed: « 732 829 320 00074 ».
    #[must_use]
    pub fn printed(&self) -> String {
        match self.siren() {
            Some(siren) => format!("{}{NARROW}{}", siren.printed(), &self.0[9..]),
            None => self.0.clone(),
        }
    }
}

/// The length of a VAT number after the code of its country, shortest and longest, in the European Union and Northern
/// Ireland; France apart, whose key is checked.
const VAT_LENGTHS: [(&str, usize, usize); 27] = [
    ("AT", 9, 9),
    ("BE", 10, 10),
    ("BG", 9, 10),
    ("CY", 9, 9),
    ("CZ", 8, 10),
    ("DE", 9, 9),
    ("DK", 8, 8),
    ("EE", 9, 9),
    ("EL", 9, 9),
    ("ES", 9, 9),
    ("FI", 8, 8),
    ("HR", 11, 11),
    ("HU", 8, 8),
    ("IE", 8, 9),
    ("IT", 11, 11),
    ("LT", 9, 12),
    ("LU", 8, 8),
    ("LV", 11, 11),
    ("MT", 8, 8),
    ("NL", 12, 12),
    ("PL", 10, 10),
    ("PT", 9, 9),
    ("RO", 2, 10),
    ("SE", 12, 12),
    ("SI", 8, 8),
    ("SK", 10, 10),
    ("XI", 5, 12),
];

impl VatNumber {
    /// Returns the French VAT number of a company, when its SIREN has nine digits.
    ///
    /// # Droit
    /// CGI art. 286 ter : numéro de TVA, FR puis une clé puis le SIREN (BOI-TVA-DECLA-20-10-20). Connu, non relu.
    #[must_use]
    pub fn of_siren(siren: &Siren) -> Option<Self> {
        let number: u32 = is_digits(&siren.0, 9).then(|| siren.0.parse().ok())??;
        let key = (12 + 3 * (number % 97)) % 97;
        Some(Self(format!("FR{key:02}{siren}")))
    }

    /// Returns the warning that it deserves, if it does; nothing is known of the numbers of countries outside the Union.
    #[must_use]
    pub fn check(&self) -> Option<Fault> {
        let (country, number) = self.0.split_at_checked(2).unwrap_or(("", ""));
        let flaw = if !is_letters(country) {
            "ne commence pas par le code d’un pays (FR en France)".to_owned()
        } else if country == "FR" {
            french_vat_flaw(number)?
        } else {
            let &(_, shortest, longest) = VAT_LENGTHS.iter().find(|(code, ..)| *code == country)?;
            if is_alphanumeric(number) && (shortest..=longest).contains(&number.len()) {
                return None;
            }
            "n’a pas la forme de ceux de son pays".to_owned()
        };
        let name = format!("numéro de TVA {}", quoted(&self.0));
        Some(doubt("vat", &name, &flaw, "sur la facture ou dans le service VIES"))
    }
}

/// Returns what is wrong in a French VAT number without its country code.
fn french_vat_flaw(number: &str) -> Option<String> {
    let well_formed = number.len() == 11 && is_alphanumeric(number) && is_digits(&number[2..], 9);
    if !well_formed {
        return Some("n’a pas la forme FR, deux caractères de clé, neuf chiffres de SIREN".to_owned());
    }
    let (key, siren) = number.split_at(2);
    let siren = Siren(siren.to_owned());
    if !is_digits(key, 2) {
        return (!letter_key_fits(key, &siren)).then(|| "a une clé qui ne correspond pas à son SIREN".to_owned());
    }
    let expected = VatNumber::of_siren(&siren)?;
    (expected.0[2..] != *number).then(|| format!("a une clé fausse (avec ce SIREN, on attend {expected})"))
}

/// Says whether a key that has a letter fits a SIREN: O and I are not used, and the two characters make one number that
/// is compared with the SIREN modulo 11.
fn letter_key_fits(key: &str, siren: &Siren) -> bool {
    const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    let mut ranks = key.chars().filter_map(|character| ALPHABET.find(character));
    let (Some(first), Some(second)) = (ranks.next(), ranks.next()) else { return false };
    let check = if first < 10 { first * 24 + second - 10 } else { first * 34 + second - 100 };
    let number: usize = siren.0.parse().unwrap_or(0);
    (number + 1 + check / 11) % 11 == check % 11
}

/// The length of an IBAN in the countries of the single euro payments area.
const IBAN_LENGTHS: [(&str, usize); 44] = [
    ("AD", 24),
    ("AL", 28),
    ("AT", 20),
    ("BE", 16),
    ("BG", 22),
    ("CH", 21),
    ("CY", 28),
    ("CZ", 24),
    ("DE", 22),
    ("DK", 18),
    ("EE", 20),
    ("ES", 24),
    ("FI", 18),
    ("FO", 18),
    ("FR", 27),
    ("GB", 22),
    ("GI", 23),
    ("GL", 18),
    ("GR", 27),
    ("HR", 21),
    ("HU", 28),
    ("IE", 22),
    ("IS", 26),
    ("IT", 27),
    ("LI", 21),
    ("LT", 20),
    ("LU", 20),
    ("LV", 21),
    ("MC", 27),
    ("MD", 24),
    ("ME", 22),
    ("MK", 19),
    ("MT", 31),
    ("NL", 18),
    ("NO", 15),
    ("PL", 28),
    ("PT", 25),
    ("RO", 24),
    ("RS", 22),
    ("SE", 24),
    ("SI", 19),
    ("SK", 24),
    ("SM", 27),
    ("VA", 22),
];

impl Iban {
    /// Returns the warning that it deserves, if it does.
    ///
    /// ISO 13616: the length that the country chose, and a key modulo 97.
    #[must_use]
    pub fn check(&self) -> Option<Fault> {
        let (country, number) = self.0.split_at_checked(2).unwrap_or(("", ""));
        let key = number.get(..2).unwrap_or("");
        let length = IBAN_LENGTHS.iter().find(|(code, _)| *code == country).map(|&(_, length)| length);
        let flaw = if !is_letters(country) || !is_digits(key, 2) || !is_alphanumeric(number) {
            "ne commence pas par un pays et deux chiffres, suivis de lettres et de chiffres".to_owned()
        } else if let Some(length) = length.filter(|&length| length != self.0.len()) {
            format!("compte {} caractères au lieu de {length}", self.0.len())
        } else if !(15..=34).contains(&self.0.len()) {
            format!("compte {} caractères, ce qui n’existe dans aucun pays", self.0.len())
        } else if remainder_by_97(&self.0) != 1 {
            "a une clé fausse".to_owned()
        } else {
            return None;
        };
        Some(doubt("iban", &format!("IBAN {}", quoted(&self.printed())), &flaw, "sur le RIB"))
    }

    /// Writes it as it is printed, in groups of four.
    #[must_use]
    pub fn printed(&self) -> String {
        grouped(&self.0, 4)
    }
}

/// Returns the remainder of an IBAN read as a number: its first four characters go last, letters count from ten.
fn remainder_by_97(iban: &str) -> u32 {
    let (head, rest) = iban.split_at(4);
    rest.bytes().chain(head.bytes()).fold(0, |remainder, byte| match byte {
        b'0'..=b'9' => (remainder * 10 + u32::from(byte - b'0')) % 97,
        _ => (remainder * 100 + u32::from(byte.wrapping_sub(b'A')) + 10) % 97,
    })
}

impl Bic {
    /// Returns the warning that it deserves, if it does.
    ///
    /// ISO 9362: four characters for the bank, two letters for the country, two for the place, three for the branch.
    #[must_use]
    pub fn check(&self) -> Option<Fault> {
        let country = self.0.get(4..6).unwrap_or("");
        if is_alphanumeric(&self.0) && matches!(self.0.len(), 8 | 11) && is_letters(country) {
            return None;
        }
        let flaw = "ne compte pas 8 ou 11 caractères, avec le pays en cinquième et sixième";
        Some(doubt("bic", &format!("BIC {}", quoted(&self.0)), flaw, "sur le RIB"))
    }
}

fn doubt(path: &str, name: &str, flaw: &str, where_to_look: &str) -> Fault {
    let code = "identifiant-douteux";
    Fault::warning(
        code,
        path,
        format!("Le {name} {flaw}{NARROW}: vérifiez-le {where_to_look}{NARROW}; il est gardé tel quel."),
    )
}

fn quoted(text: &str) -> String {
    format!("«\u{a0}{text}\u{a0}»")
}

/// Returns a text in capitals, without white space, dots, hyphens nor the invisible marks that a copy brings along.
fn normalised(text: &str) -> String {
    let is_noise = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, '.' | '-' | '\u{200b}'..='\u{200f}' | '\u{2010}'..='\u{2015}' | '\u{feff}')
    };
    text.chars().filter(|&c| !is_noise(c)).flat_map(char::to_uppercase).collect()
}

fn grouped(text: &str, size: usize) -> String {
    let mut printed = String::with_capacity(text.len() * 2);
    for (index, character) in text.chars().enumerate() {
        if index > 0 && index.is_multiple_of(size) {
            printed.push(NARROW);
        }
        printed.push(character);
    }
    printed
}

fn is_digits(text: &str, count: usize) -> bool {
    text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_letters(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_uppercase())
}

fn is_alphanumeric(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase())
}

fn digit(byte: u8) -> u32 {
    u32::from(byte.wrapping_sub(b'0'))
}

/// Says whether digits end with their Luhn key: one digit in two, from the right, is doubled.
fn luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .map(digit)
        .enumerate()
        .map(|(rank, digit)| match (rank % 2, digit * 2) {
            (0, _) => digit,
            (_, double) => double / 10 + double % 10,
        })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use proptest::prelude::*;

    use super::*;

    fn sentence(fault: Option<Fault>) -> String {
        let fault = fault.unwrap();
        assert!(!fault.is_refusal(), "an identifier is never refused");
        fault.sentence
    }

    #[test]
    fn spaces_dots_and_case_do_not_matter() {
        let siren = Siren::read("732829320");
        for text in
            ["732 829 320", "732\u{a0}829\u{202f}320", " 732.829.320\n", "732-829-320", "\u{feff}732829320\u{200b}"]
        {
            assert_eq!(Siren::read(text), siren, "{text:?}");
        }
        assert_eq!(Bic::read("agrifrpp"), Bic::read("AGRI FR PP"));
    }

    #[test]
    fn r123_221_a_siren_has_nine_digits_and_a_luhn_key() {
        for valid in ["732829320", "404833048", "552100554", "356000000"] {
            assert_eq!(Siren::read(valid).check(), None, "{valid}");
        }
        for doubtful in ["732829321", "73282932", "7328293200", "", "ABCDEFGHI", "000000000", "٧٣٢٨٢٩٣٢٠"] {
            assert!(Siren::read(doubtful).check().is_some(), "{doubtful:?}");
        }
    }

    #[test]
    fn a_warning_says_what_is_wrong_and_where_to_look() {
        assert_eq!(
            sentence(Siren::read("732829321").check()),
            "Le SIREN «\u{a0}732829321\u{a0}» a une clé fausse\u{202f}: vérifiez-le sur l’avis de situation SIRENE\u{202f}; \
             il est gardé tel quel."
        );
    }

    #[test]
    fn a_siret_has_fourteen_digits_and_a_luhn_key() {
        assert_eq!(Siret::read("732 829 320 00074").check(), None);
        assert!(Siret::read("73282932000075").check().is_some());
        assert!(sentence(Siret::read("732829320").check()).contains("14 chiffres"));
    }

    #[test]
    fn the_establishments_of_la_poste_have_their_own_key() {
        assert_eq!(Siret::read("35600000000048").check(), None, "its seat has a Luhn key");
        assert_eq!(Siret::read("35600000049837").check(), None, "the sum of the digits is a multiple of five");
        assert!(Siret::read("35600000049838").check().is_some());
        assert!(Siret::read("73282932000007").check().is_some(), "the rule is for La Poste alone");
    }

    #[test]
    fn a_siret_contains_the_siren_of_its_company() {
        assert_eq!(Siret::read("73282932000074").siren(), Some(Siren::read("732829320")));
        assert_eq!(Siret::read("732829320").siren(), None);
        assert_eq!(Siret::read("é2829320000074").siren(), None);
    }

    #[test]
    fn article_286_ter_the_key_of_a_french_vat_number_comes_from_the_siren() {
        assert_eq!(VatNumber::of_siren(&Siren::read("732829320")), Some(VatNumber::read("FR44732829320")));
        assert_eq!(VatNumber::of_siren(&Siren::read("404833048")), Some(VatNumber::read("FR83404833048")));
        assert_eq!(VatNumber::of_siren(&Siren::read("303265045")), Some(VatNumber::read("FR40303265045")));
        assert_eq!(VatNumber::of_siren(&Siren::read("73282932")), None);
    }

    #[test]
    fn a_french_vat_number_is_held_against_its_siren() {
        for valid in ["FR 40 303 265 045", "FR23334175221", "FRK7399859412", "FR4Z123456782"] {
            assert_eq!(VatNumber::read(valid).check(), None, "{valid}");
        }
        assert!(sentence(VatNumber::read("FR84323140391").check()).contains("on attend FR"));
        for doubtful in ["FRK8399859412", "FRO7399859412", "FR123", "FR", "732829320", "", "ÉÉ123", "FR1é123456789"]
        {
            assert!(VatNumber::read(doubtful).check().is_some(), "{doubtful:?}");
        }
    }

    #[test]
    fn vat_numbers_of_the_union_have_the_length_of_their_country() {
        for valid in ["DE123456789", "BE0428759497", "ESA12345674", "NL004495445B01", "ATU12345678", "EL094259216"] {
            assert_eq!(VatNumber::read(valid).check(), None, "{valid}");
        }
        assert!(VatNumber::read("DE12345678").check().is_some());
        assert!(VatNumber::read("BE042875949/").check().is_some());
        assert_eq!(VatNumber::read("CHE-123.456.788 TVA").check(), None, "nothing is known of Switzerland");
    }

    #[test]
    fn an_iban_has_the_length_of_its_country_and_a_key() {
        let valid = [
            "FR14 2004 1010 0505 0001 3M02 606",
            "FR76 3000 6000 0112 3456 7890 189",
            "DE89 3704 0044 0532 0130 00",
            "BE68 5390 0754 7034",
            "GB29 NWBK 6016 1331 9268 19",
            "MT84 MALT 0110 0001 2345 MTLC AST0 01S",
            "NO93 8601 1117 947",
            "SA03 8000 0000 6080 1016 7519",
        ];
        for text in valid {
            assert_eq!(Iban::read(text).check(), None, "{text}");
        }
        assert!(sentence(Iban::read("FR7630006000011234567890188").check()).contains("clé fausse"));
        assert!(sentence(Iban::read("FR763000600001123456789018").check()).contains("26 caractères au lieu de 27"));
        for doubtful in ["", "FR", "FR7", "FRXX30006000011234567890189", "7630006000011234567890189", "SA03", "FR76é"]
        {
            assert!(Iban::read(doubtful).check().is_some(), "{doubtful:?}");
        }
    }

    #[test]
    fn a_bic_has_eight_or_eleven_characters_with_its_country() {
        for valid in ["AGRIFRPP", "BNPAFRPPXXX", "DEUTDEFF500"] {
            assert_eq!(Bic::read(valid).check(), None, "{valid}");
        }
        for doubtful in ["", "AGRIFRP", "AGRI12PP", "AGRIFRPPXX", "AGRIÉRPP"] {
            assert!(Bic::read(doubtful).check().is_some(), "{doubtful:?}");
        }
    }

    #[test]
    fn numbers_are_printed_in_groups() {
        assert_eq!(Siren::read("732829320").printed(), "732\u{202f}829\u{202f}320");
        assert_eq!(Siret::read("73282932000074").printed(), "732\u{202f}829\u{202f}320\u{202f}00074");
        assert_eq!(Siren::read("7328").printed(), "7328", "a wrong number is printed as it is");
        assert_eq!(Iban::read("BE68539007547034").printed(), "BE68\u{202f}5390\u{202f}0754\u{202f}7034");
    }

    #[test]
    fn data_carries_plain_strings() {
        assert_eq!(serde_json::to_string(&Iban::read("be68 5390 0754 7034")).unwrap(), "\"BE68539007547034\"");
        assert_eq!(serde_json::from_str::<Siren>("\"732 829 320\"").unwrap(), Siren::read("732829320"));
    }

    proptest! {
        #[test]
        fn any_text_is_read_checked_and_printed(text in any::<String>()) {
            let _ = (Siren::read(&text).check(), Siren::read(&text).printed());
            let _ = (Siret::read(&text).check(), Siret::read(&text).printed(), Siret::read(&text).siren());
            let _ = (VatNumber::read(&text).check(), Bic::read(&text).check());
            let _ = (Iban::read(&text).check(), Iban::read(&text).printed());
        }

        #[test]
        fn a_vat_number_made_from_a_siren_passes_its_own_check(number in 0_u32..1_000_000_000) {
            let vat = VatNumber::of_siren(&Siren::read(&format!("{number:09}"))).unwrap();
            prop_assert_eq!(vat.check(), None);
        }

        #[test]
        fn one_wrong_digit_in_an_iban_is_seen(position in 2_usize..27, shift in 1_u8..10) {
            let mut text = b"FR7630006000011234567890189".to_vec();
            text[position] = b'0' + (text[position] - b'0' + shift) % 10;
            prop_assert!(Iban::read(std::str::from_utf8(&text).unwrap()).check().is_some());
        }
    }
}
