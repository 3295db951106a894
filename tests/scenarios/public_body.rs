//! A public buyer: thirty days, another rate that does not move, and the same indemnity.

use dument_workflows::words::{LetterModel, Standing};

use super::consumer::words_of;
use super::reckoning::{Debt, Reckoned, assert_totals};
use crate::support::office::{bill, company_with, invoice, pay, payment, statement};

#[test]
fn a_public_body_owes_the_rate_of_the_semester_in_which_interest_began() {
    let mut office = company_with(Standing::PublicBody);
    bill(&mut office, invoice("F-1", "2026-05-16", "9876.54"));
    pay(&mut office, payment("2026-07-10", "4000.00"));
    let statement = serde_json::to_value(statement(&office, "2026-08-31", &[])).unwrap();
    // CCP R2192-31: refinancing rate of the first day of that semester, 2,15, and eight points; D2192-35: forty euros.
    let debt = Debt { due: "2026-05-16", cents: 987_654, paid: &[("2026-07-10", 400_000)], indemnity: 4_000 };
    let reckoned = Reckoned::of(&debt, &[("2026-01-01", 1_015)], "2026-08-31");
    reckoned.assert_agrees(&statement["factures"][0]);
    assert_totals(&statement, &[reckoned]);
}

#[test]
fn a_letter_to_a_public_body_quotes_its_own_code() {
    let mut office = company_with(Standing::PublicBody);
    bill(&mut office, invoice("F-1", "2026-05-16", "9876.54"));
    let Some(text) = words_of(&office, LetterModel::MiseEnDemeure, "2026-07-20") else { return };
    assert!(text.contains("commande publique") && text.contains("R2192-31") && text.contains("40,00"), "{text}");
    for forbidden in ["L441-10", "D441-5", "1231-6", "Médiateur du commerce"] {
        assert!(!text.contains(forbidden), "« {forbidden} » is not for a public body: {text}");
    }
}
