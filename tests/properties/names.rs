//! A name is printed as it is written, whatever it would mean to a typesetter.

use dument_workflows::debtors::add_debtor;
use dument_workflows::letters::{LetterQuery, preview_letter};
use dument_workflows::view::FaultView;
use dument_workflows::words::{LetterModel, Standing};
use proptest::prelude::*;

use crate::support::office::{bill, company, customer, day, invoice, letter, noon};

/// Returns the text of the letter sent to someone of this name, without its spaces, and what is said of it.
fn letter_to(name: &str) -> (String, Vec<FaultView>) {
    let mut office = company();
    add_debtor(&mut office, customer(name, Standing::Professional), &noon(day("2026-01-05"))).unwrap();
    let debtor = office.ledger().debtors().next().unwrap().1.debtor.party.name.clone();
    let mut entry = invoice("F-1", "2026-03-31", "1000");
    entry.debtor = debtor.clone();
    bill(&mut office, entry);
    let query = LetterQuery { debtor, ..letter(LetterModel::RelanceAmiable) };
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("lettre.pdf");
    let view = preview_letter(&office, &query, &noon(day("2026-04-20")), &file).unwrap();
    let document = lopdf::Document::load(&file).unwrap();
    let pages: Vec<u32> = document.get_pages().into_keys().collect();
    (unspaced(&document.extract_text(&pages).unwrap()), view.warnings)
}

fn unspaced(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn any_name_the_font_draws_is_in_the_letter(name in "[!-~À-ÖØ-öø-ÿĀ-ľŁ-žΑ-Ρα-ωА-я]{3,18}") {
        let (text, warnings) = letter_to(&name);
        prop_assert!(text.contains(&unspaced(&name)), "{name} is not in: {text}");
        prop_assert!(warnings.iter().all(|warning| warning.code != "caracteres-remplaces"), "{warnings:?}");
    }
}

#[test]
fn what_would_be_a_command_is_only_a_name() {
    for name in ["#panic(\"boom\")", "$x^2$ & *Fils*", "= Titre", "\\u{41} `code`", "@ref <label> //c", "~--- [ok]"] {
        let (text, _) = letter_to(name);
        assert!(text.contains(&unspaced(name)), "{name} is not in: {text}");
    }
}

#[test]
fn a_control_character_is_no_more_than_a_space() {
    let (text, warnings) = letter_to("Le\u{7}Goff\u{202e}Fils");
    assert!(text.contains("LeGoffFils"), "{text}");
    assert!(warnings.iter().all(|warning| warning.code != "caracteres-remplaces"), "{warnings:?}");
}

#[test]
fn what_the_font_does_not_draw_is_a_box_and_the_owner_is_told() {
    let (text, warnings) = letter_to("Fournil \u{10ffff}");
    assert!(text.contains("Fournil□"), "{text}");
    assert!(warnings.iter().any(|warning| warning.code == "caracteres-remplaces"), "{warnings:?}");
}
