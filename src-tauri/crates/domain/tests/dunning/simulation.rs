//! Many lives, in which every law is looked at after every fact.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::life::{Life, Size};

/// How many lives are led when nobody says otherwise.
const SEEDS: u64 = 200;

const LIFE: Size = Size { days: 5 * 365, busy: 10, debtors: 3 };

/// What must happen in some life, for the laws to have been tried on it.
const HAPPENS: &[&str] = &[
    "bank_credit_dismissed",
    "bank_credit_seen",
    "contact_logged",
    "credit_note_assigned",
    "credit_note_recorded",
    "debtor_corrected",
    "direct_debit_expected",
    "dispute_closed",
    "dispute_opened",
    "due_date_changed",
    "fact_cancelled",
    "handed_over",
    "hold_lifted",
    "hold_set",
    "insolvency_closed",
    "insolvency_opened",
    "invoice_recorded",
    "invoice_replaced",
    "letter_delivered",
    "letter_issued",
    "letter_sent",
    "level_jumped",
    "limitation_act_recorded",
    "payment_received",
    "plan_agreed",
    "plan_lapsed",
    "policy_adopted",
    "policy_assigned",
    "promise_made",
    "rate_declared",
    "reception_confirmed",
    "taken_back",
    "waiver_granted",
];

fn seeds() -> u64 {
    std::env::var("DUMENT_SEEDS").ok().and_then(|text| text.parse().ok()).unwrap_or(SEEDS)
}

/// Leads a life for each seed, on all the processors, and returns how often each kind of fact happened.
fn lead(seeds: u64) -> BTreeMap<&'static str, usize> {
    let (next, kinds) = (AtomicU64::new(0), Mutex::new(BTreeMap::new()));
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let Some(seed) = Some(next.fetch_add(1, Ordering::Relaxed)).filter(|seed| *seed < seeds) {
                    let life = Life::lived(seed, LIFE);
                    for (kind, count) in life.kinds() {
                        *kinds.lock().unwrap().entry(kind).or_default() += count;
                    }
                }
            });
        }
    });
    kinds.into_inner().unwrap()
}

#[test]
#[allow(clippy::print_stdout, reason = "whoever asks for more lives wants to know what happened in them")]
fn five_years_of_an_owner_and_his_debtors_break_no_law() {
    let kinds = lead(seeds());
    let (facts, letters) = (kinds.values().sum::<usize>(), kinds["letter_sent"]);
    println!("{} vies, {facts} faits, {letters} courriers partis : aucune loi enfreinte.", seeds());
    let never: Vec<&str> = HAPPENS.iter().copied().filter(|kind| !kinds.contains_key(kind)).collect();
    assert!(seeds() < 50 || never.is_empty(), "this never happened, so nothing was shown of it: {never:?}");
}

#[test]
fn a_seed_is_always_the_same_life() {
    let size = Size { days: 400, ..LIFE };
    let (life, again) = (Life::lived(7, size), Life::lived(7, size));
    assert_eq!(life.ledger.facts(), again.ledger.facts());
    assert!(life.ledger.facts().len() > 50, "a life without events proves nothing");
}
