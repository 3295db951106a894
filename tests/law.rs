//! Worked cases of the law, as tables that a lawyer can read, and the reader that holds the product to them.
//!
//! Each `law/*.toml` tells stories: who owes, what happened, and what the décompte must say at some date, to the cent. The
//! stories go through the workflows, as the owner's own gestures do. Figures come from the published example that `source`
//! names, or were worked out by hand from the article; none was copied from the program.
//!
//! | module | holds |
//! |---|---|
//! | [`story`] | what a table says, and how it is told to a company |
//! | [`expected`] | what must come out of it |

mod expected;
mod story;

use dument_domain::Date;
use dument_domain::calendar::PaymentTerms;
use serde::Deserialize;

use expected::Expected;
use story::Story;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    case: Vec<Case>,
}

/// A story, and what must come out of it.
#[derive(Deserialize)]
struct Case {
    id: String,
    /// What is shown, in a French sentence.
    title: String,
    /// The text it applies.
    article: String,
    /// Where the figures come from.
    source: String,
    #[serde(default)]
    #[expect(dead_code, reason = "for the reader of the table")]
    note: String,
    #[serde(flatten)]
    story: Story,
    expected: Vec<Expected>,
}

/// Runs every case of a table, and names all those that fail.
fn run(text: &str) {
    let table: Table = toml::from_str(text).unwrap_or_else(|error| panic!("{error}"));
    let mut failures = Vec::new();
    for case in &table.case {
        let named = [&case.id, &case.title, &case.article, &case.source].iter().all(|text| !text.trim().is_empty());
        assert!(named, "{}: a case says what it shows, of which text, and where its figures come from", case.id);
        assert!(!case.expected.is_empty(), "{}: a case expects something", case.id);
        let told = case.story.tell();
        for expected in &case.expected {
            let differences = expected.differences(&told);
            failures.extend(differences.iter().map(|difference| format!("{} ({}): {difference}", case.id, case.title)));
        }
    }
    assert!(failures.is_empty(), "{} figures differ:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn published_examples_come_out_to_the_cent() {
    run(include_str!("law/exemples_publies.toml"));
}

#[test]
fn l441_10_ii_penalties_between_professionals() {
    run(include_str!("law/penalites.toml"));
}

#[test]
fn d441_5_the_indemnity_comes_once_per_invoice() {
    run(include_str!("law/indemnite.toml"));
}

#[test]
fn c_civ_1231_6_interest_against_a_consumer() {
    run(include_str!("law/consommateur.toml"));
}

#[test]
fn c_civ_1343_1_and_1342_10_what_a_payment_settles() {
    run(include_str!("law/imputation.toml"));
}

#[test]
fn c_civ_1343_2_interest_bears_interest_after_a_full_year() {
    run(include_str!("law/capitalisation.toml"));
}

#[test]
fn what_the_owner_gives_up_and_what_he_credits() {
    run(include_str!("law/remises_et_avoirs.toml"));
}

#[test]
fn l110_4_2224_l218_2_l133_6_until_when_a_claim_lives() {
    run(include_str!("law/prescription.toml"));
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DueDates {
    case: Vec<DueDate>,
}

/// A due date that terms give.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DueDate {
    id: String,
    article: String,
    source: String,
    #[serde(default)]
    #[expect(dead_code, reason = "for the reader of the table")]
    note: String,
    terms: PaymentTerms,
    counted_from: Date,
    due: Date,
}

#[test]
fn l441_10_i_due_dates_that_terms_give() {
    let table: DueDates = toml::from_str(include_str!("law/echeances.toml")).unwrap_or_else(|error| panic!("{error}"));
    for case in &table.case {
        assert!(!case.article.is_empty() && !case.source.is_empty(), "{}", case.id);
        assert_eq!(
            case.terms.due_date(case.counted_from),
            case.due,
            "{}: {} from {}",
            case.id,
            case.terms,
            case.counted_from
        );
    }
}
