//! The catalogue of refusals: each sentence that a user may read is brought about once, on purpose.
//!
//! A refusal says what to do next, in French as it is printed, and records nothing. The last test reads the sources: a code
//! that is born there and is not brought about here fails it.
//!
//! | module | holds |
//! |---|---|
//! | [`gestures`] | what the owner records: customers, invoices, payments, letters, acts |
//! | [`following`] | what he does of the agenda: steps, letters on their way |
//! | [`agreements`] | what is said and agreed after the invoice, and what takes it out of his hands |
//! | [`policies`] | the rules he gives himself, and the file he writes them in |
//! | [`files`] | what he imports, keeps, opens and restores |
//! | [`typing`] | what he types |
//! | [`sentences`] | how a sentence is written |
//! | [`sources`] | every code in the sources, against the catalogue |

mod agreements;
mod files;
mod following;
mod gestures;
mod policies;
mod sentences;
mod sources;
mod typing;

use dument_domain::{Fact, Fault};
use dument_workflows::view::FaultView;
use dument_workflows::{Error, Office};

use crate::support::office::{busy, day, head};
use sentences::flaws;

/// How a refusal is brought about.
enum Provocation {
    /// The owner asks for something.
    Asked(fn(&mut Office) -> Error),
    /// No request of today leads there: the ledger guards itself.
    Fact(fn(&Office) -> Fact),
}

/// A refusal: its code, and how it is brought about.
struct Refusal {
    code: &'static str,
    /// The company it is asked of.
    given: fn() -> Office,
    by: Provocation,
}

const fn asked(code: &'static str, by: fn(&mut Office) -> Error) -> Refusal {
    asked_of(busy, code, by)
}

const fn asked_of(given: fn() -> Office, code: &'static str, by: fn(&mut Office) -> Error) -> Refusal {
    Refusal { code, given, by: Provocation::Asked(by) }
}

const fn guarded(code: &'static str, by: fn(&Office) -> Fact) -> Refusal {
    Refusal { code, given: busy, by: Provocation::Fact(by) }
}

/// Returns all the refusals that can be brought about.
fn catalogue() -> Vec<Refusal> {
    let parts = [
        gestures::refusals(),
        following::refusals(),
        agreements::refusals(),
        policies::refusals(),
        files::refusals(),
        typing::refusals(),
    ];
    parts.into_iter().flatten().collect()
}

/// What the owner is told although nothing is refused: its code, and what brings it about.
type Warning = (&'static str, fn() -> Vec<FaultView>);

/// Returns the warnings of what follows an invoice; those of an invoice, a payment or a dossier are proved where they are born.
fn warnings() -> Vec<Warning> {
    [following::warnings(), agreements::warnings()].into_iter().flatten().collect()
}

impl Refusal {
    /// Brings the refusal about, and returns what is wrong with it.
    fn provoke(&self) -> Vec<String> {
        let mut office = (self.given)();
        let before = head(&office);
        let (codes, text) = match self.by {
            Provocation::Asked(ask) => {
                let error = ask(&mut office);
                let faults = error.faults.iter().filter(|fault| fault.gravity == "refus").map(|fault| fault.code);
                (faults.chain([error.code]).collect::<Vec<_>>(), error.to_string())
            }
            Provocation::Fact(fact) => {
                let found = office.ledger().check(&fact(&office), day("2026-06-20"));
                let refused: Vec<&Fault> = found.iter().filter(|fault| fault.is_refusal()).collect();
                let sentences: Vec<&str> = refused.iter().map(|fault| fault.sentence.as_str()).collect();
                (refused.iter().map(|fault| fault.code).collect(), sentences.join(" "))
            }
        };
        let mut wrong = flaws(&text);
        if !codes.contains(&self.code) {
            wrong.push(format!("refused as {codes:?}"));
        }
        if head(&office) != before {
            wrong.push("something was recorded".to_owned());
        }
        wrong.into_iter().map(|flaw| format!("{}: {flaw}: {text}", self.code)).collect()
    }
}

#[test]
fn every_refusal_says_what_to_do_and_records_nothing() {
    let wrong: Vec<String> = catalogue().iter().flat_map(Refusal::provoke).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_warning_says_what_to_do_and_stops_nothing() {
    let mut wrong = Vec::new();
    for (code, told) in warnings() {
        let told = told();
        let Some(warning) = told.iter().find(|fault| fault.code == code) else {
            wrong.push(format!("{code}: told {told:?}"));
            continue;
        };
        let flawed = flaws(&warning.sentence).into_iter().map(|flaw| format!("{code}: {flaw}: {}", warning.sentence));
        wrong.extend(flawed);
        if warning.gravity != "avertissement" {
            wrong.push(format!("{code} is a {}", warning.gravity));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_code_of_the_sources_is_missing_from_the_catalogue() {
    let provoked: Vec<&str> = catalogue().iter().map(|refusal| refusal.code).collect();
    let missing: Vec<String> = sources::refusals()
        .into_iter()
        .filter(|code| {
            !provoked.contains(&code.as_str()) && !sources::LEFT_OUT.iter().any(|(left_out, _)| left_out == code)
        })
        .collect();
    assert!(missing.is_empty(), "never brought about: {missing:?}");
}

#[test]
fn what_is_left_out_of_the_catalogue_still_exists_and_is_not_in_it() {
    let provoked: Vec<&str> = catalogue().iter().map(|refusal| refusal.code).collect();
    for (code, why) in sources::LEFT_OUT {
        assert!(sources::refusals().contains(code), "{code} is no longer in the sources");
        assert!(!provoked.contains(&code) && !why.is_empty(), "{code} is brought about after all");
    }
}
