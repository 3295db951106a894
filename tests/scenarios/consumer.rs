//! A private customer: the law protects him, so less is claimed, later, and he is told of the mediator.

use dument_workflows::Office;
use dument_workflows::letters::preview_letter;
use dument_workflows::words::{LetterModel, Standing};

use super::reckoning::{Debt, Reckoned, assert_totals, cents};
use crate::support::cli::{Desk, tools};
use crate::support::office::{bill, company_with, day, invoice, letter, noon, pay, payment, put_on_notice, statement};

#[test]
fn a_consumer_owes_interest_only_after_he_received_the_mise_en_demeure() {
    let mut office = company_with(Standing::Consumer);
    bill(&mut office, invoice("F-1", "2026-03-31", "1200.00"));
    let before = serde_json::to_value(statement(&office, "2026-05-06", &[])).unwrap();
    assert_eq!(
        (cents(&before["total"]), cents(&before["par_jour"])),
        (120_000, 0),
        "lateness alone costs a consumer nothing"
    );

    put_on_notice(&mut office, &letter(LetterModel::MiseEnDemeure), day("2026-05-04"), day("2026-05-07"));
    pay(&mut office, payment("2026-07-15", "500.00"));
    let after = serde_json::to_value(statement(&office, "2026-08-31", &[])).unwrap();
    // C. civ. 1231-6 and 1344-1: the legal rate, from the day after receipt; no indemnity of 40 € (C. com. L441-10 is not for him).
    let debt = Debt { due: "2026-05-07", cents: 120_000, paid: &[("2026-07-15", 50_000)], indemnity: 0 };
    let reckoned = Reckoned::of(&debt, &[("2026-01-01", 262), ("2026-07-01", 275)], "2026-08-31");
    reckoned.assert_agrees(&after["factures"][0]);
    assert_eq!(after["factures"][0]["lignes"][0]["du"], "2026-05-08");
    assert_eq!(after["total_indemnites"], "0.00");
    assert_totals(&after, &[reckoned]);
}

#[test]
fn a_letter_to_a_consumer_names_the_mediator_and_claims_no_indemnity() {
    let mut office = company_with(Standing::Consumer);
    bill(&mut office, invoice("F-1", "2026-03-31", "1200.00"));
    let Some(text) = words_of(&office, LetterModel::MiseEnDemeure, "2026-05-04") else { return };
    assert!(text.contains("Médiateur du commerce") && text.contains("www.mediateur.example"), "{text}");
    assert!(text.contains("1231-6"), "interest has another source than between professionals: {text}");
    for forbidden in ["40,00", "L441-10", "D441-5", "indemnité forfaitaire de"] {
        assert!(!text.contains(forbidden), "« {forbidden} » is not for a consumer: {text}");
    }
}

/// Returns the words of a letter as another program reads them, every space a plain one.
pub fn words_of(office: &Office, model: LetterModel, on: &str) -> Option<String> {
    if !tools(&["pdftotext"]) {
        return None;
    }
    let desk = Desk::new();
    preview_letter(office, &letter(model), &noon(day(on)), &desk.path("lettre.pdf")).unwrap();
    let text = desk.tool("pdftotext lettre.pdf -");
    Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
}
