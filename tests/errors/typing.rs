//! What the owner types.

use dument_workflows::entry;

use super::{Refusal, asked};
use crate::support::office::day;

pub fn refusals() -> Vec<Refusal> {
    vec![
        asked("montant-illisible", |_| entry::amount("douze euros").unwrap_err()),
        asked("montant-illisible", |_| entry::amount("1,5é").unwrap_err()),
        asked("montant-ambigu", |_| entry::amount("1,234").unwrap_err()),
        asked("taux-illisible", |_| entry::rate("beaucoup").unwrap_err()),
        asked("taux-illisible", |_| entry::agreed_rate("troisxlegal").unwrap_err()),
        asked("date-illisible", |_| entry::date("2026-02-30", day("2026-06-20")).unwrap_err()),
        asked("devise-inconnue", |_| entry::currency("euros").unwrap_err()),
        asked("tva-illisible", |_| entry::tax("20").unwrap_err()),
    ]
}
