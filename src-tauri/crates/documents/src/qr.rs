//! The transfer as a QR code: what a banking application reads from a letter (EPC069-12, version 002).

use std::fmt::Write as _;

use dument_domain::{Amount, Fault};
use qrcode::{Color, EcLevel, QrCode};
use serde::{Deserialize, Serialize};

/// What the code must say.
#[derive(Debug, Clone, Copy)]
pub struct Transfer<'a> {
    /// The name on the account: 70 characters at most.
    pub holder: &'a str,
    /// Without spaces; its key has been verified by the domain.
    pub iban: &'a str,
    /// Optional inside the European Economic Area.
    pub bic: Option<&'a str>,
    /// In euros: the format knows no other currency.
    pub amount: Amount,
    /// What the payer's statement will show: 140 characters at most.
    pub remittance: &'a str,
}

/// A code that a banking application accepts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Stored")]
pub struct TransferQr {
    payload: String,
    svg: String,
}

/// A code as it is kept: the picture follows from the payload.
#[derive(Deserialize)]
struct Stored {
    payload: String,
}

impl TransferQr {
    /// Draws the code of a transfer, or says everything that prevents it.
    pub fn new(transfer: &Transfer<'_>) -> Result<Self, Vec<Fault>> {
        let faults = faults(transfer);
        if !faults.is_empty() {
            return Err(faults);
        }
        let payload = format!(
            "BCD\n002\n1\nSCT\n{bic}\n{holder}\n{iban}\nEUR{amount}\n\n\n{remittance}",
            bic = transfer.bic.unwrap_or_default(),
            holder = transfer.holder,
            iban = transfer.iban,
            amount = transfer.amount,
            remittance = transfer.remittance,
        );
        let payload = payload.trim_end_matches('\n').to_owned();
        Self::try_from(Stored { payload }).map_err(|sentence| vec![Fault::refusal("qr-trop-long", "qr", sentence)])
    }

    /// Returns the text inside the code.
    #[must_use]
    pub fn payload(&self) -> &str {
        &self.payload
    }
}

impl TryFrom<Stored> for TransferQr {
    type Error = String;

    fn try_from(stored: Stored) -> Result<Self, String> {
        let payload = stored.payload;
        // 331 bytes is the limit of the format (a symbol of version 13 at level M).
        if !payload.starts_with("BCD\n002\n1\nSCT\n") || payload.len() > 331 {
            return Err("Le QR code de virement est illisible ou trop long\u{202f}: raccourcissez le libellé.".into());
        }
        let code = QrCode::with_error_correction_level(&payload, EcLevel::M)
            .expect("BUG: 331 bytes at level M always fit a QR code");
        let svg = svg(&code);
        Ok(Self { payload, svg })
    }
}

fn faults(transfer: &Transfer<'_>) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut refuse = |broken: bool, code, path: &str, sentence: &str| {
        if broken {
            faults.push(Fault::refusal(code, path, sentence));
        }
    };
    refuse(
        !is_line(transfer.holder, 70) || transfer.holder.trim().is_empty(),
        "qr-titulaire",
        "bank.holder",
        "Le QR code de virement accepte un titulaire de 1 à 70 caractères sur une ligne\u{202f}: abrégez le nom du titulaire.",
    );
    refuse(
        !is_iban(transfer.iban),
        "qr-iban",
        "bank.iban",
        "L’IBAN doit s’écrire sans espaces, deux lettres puis des chiffres et des lettres\u{202f}: corrigez-le dans les réglages.",
    );
    refuse(
        transfer.bic.is_some_and(|bic| !is_bic(bic)),
        "qr-bic",
        "bank.bic",
        "Le BIC compte 8 ou 11 caractères\u{202f}: corrigez-le, ou laissez-le vide.",
    );
    refuse(
        !transfer.amount.cents().is_some_and(|cents| (1..=99_999_999_999).contains(&cents)),
        "qr-montant",
        "totals.total",
        "Le QR code de virement accepte un montant de 0,01\u{a0}€ à 999\u{202f}999\u{202f}999,99\u{a0}€\u{202f}: imprimez la lettre sans QR code.",
    );
    refuse(
        !is_line(transfer.remittance, 140),
        "qr-libelle",
        "reference",
        "Le libellé du virement compte 140 caractères au plus, sur une ligne\u{202f}: raccourcissez la référence.",
    );
    faults
}

/// Says whether a text is one line of at most so many characters: a line break would start another field.
fn is_line(text: &str, longest: usize) -> bool {
    text.chars().count() <= longest && !text.chars().any(char::is_control)
}

fn is_iban(iban: &str) -> bool {
    let bytes = iban.as_bytes();
    (15..=34).contains(&bytes.len())
        && bytes[..2].iter().all(u8::is_ascii_uppercase)
        && bytes[2..4].iter().all(u8::is_ascii_digit)
        && bytes[4..].iter().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

fn is_bic(bic: &str) -> bool {
    matches!(bic.len(), 8 | 11) && bic.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

/// Draws the dark modules as one path, inside the quiet zone of four modules that scanners need.
fn svg(code: &QrCode) -> String {
    let width = code.width();
    let colors = code.to_colors();
    let mut path = String::new();
    for (y, row) in colors.chunks(width).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|left, right| left == right) {
            if run[0] == Color::Dark {
                let n = run.len();
                write!(path, "M{} {}h{n}v1h-{n}z", x + 4, y + 4).expect("BUG: writing to a string never fails");
            }
            x += run.len();
        }
    }
    let side = width + 8;
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" width="{side}" height="{side}"><path d="{path}"/></svg>"#
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;

    fn transfer() -> Transfer<'static> {
        Transfer {
            holder: "Menuiserie Le Goff",
            iban: "FR7630001007941234567890185",
            bic: None,
            amount: Amount::parse("1934.5").unwrap(),
            remittance: "F-2026-0142",
        }
    }

    #[test]
    fn the_payload_has_the_fields_of_the_standard_in_their_order() {
        assert_eq!(
            TransferQr::new(&transfer()).unwrap().payload(),
            "BCD\n002\n1\nSCT\n\nMenuiserie Le Goff\nFR7630001007941234567890185\nEUR1934.50\n\n\nF-2026-0142"
        );
    }

    #[test]
    fn every_broken_field_is_named_at_once() {
        let broken = Transfer {
            holder: "deux\nlignes",
            iban: "FR76 3000",
            bic: Some("XX"),
            amount: Amount::ZERO,
            remittance: &"x".repeat(141),
        };
        let faults = TransferQr::new(&broken).unwrap_err();
        let paths: Vec<_> = faults.iter().map(|fault| fault.path.as_str()).collect();
        assert_eq!(paths, ["bank.holder", "bank.iban", "bank.bic", "totals.total", "reference"]);
    }

    #[test]
    fn the_bounds_of_the_amount_are_those_of_the_standard() {
        for (text, accepted) in
            [("0.01", true), ("0.00", false), ("999999999.99", true), ("1000000000", false), ("1.005", false)]
        {
            let sum = Transfer { amount: Amount::parse(text).unwrap(), ..transfer() };
            assert_eq!(TransferQr::new(&sum).is_ok(), accepted, "{text}");
        }
    }

    #[test]
    fn a_name_too_heavy_for_the_code_is_a_fault_and_not_a_panic() {
        let (holder, remittance) = ("€".repeat(70), "€".repeat(140));
        let heavy = Transfer { holder: &holder, remittance: &remittance, ..transfer() };
        assert_eq!(TransferQr::new(&heavy).unwrap_err()[0].code, "qr-trop-long");
    }

    #[test]
    fn a_code_read_back_is_drawn_again_from_its_payload() {
        let code = TransferQr::new(&transfer()).unwrap();
        let json = serde_json::to_string(&code).unwrap().replace(&code.svg.replace('"', "\\\""), "tampered");
        assert_eq!(serde_json::from_str::<TransferQr>(&json).unwrap(), code);
    }
}
