//! The figures that the README quotes, measured inside the process; `cargo xtask bench` prints them beside their aims.
//!
//! One binary, so that Typst is linked once. The companies are invented, always the same, and left in `target/tmp/figures`
//! for `dument-cli` to be measured on them as well. In a debug build everything is a hundred times smaller: a trial of the
//! benches, not a measure.
//!
//! | module | what it measures |
//! |---|---|
//! | [`letters`] | composing a letter, previewing one, previewing a hundred |
//! | [`opening`] | opening a company of half a million facts, which [`large`] makes up |
//! | [`payments`] | a payment that survives a power cut, and what the disk asks for that |
//! | [`statements`] | the décompte of a debtor with hundreds of invoices |
//! | [`agenda`] | what to do this morning, and a morning's letters |
//! | [`dossiers`] | binding two hundred pages of scans |
//! | [`company`] | what they share |
#![allow(clippy::unwrap_used, reason = "a bench may stop at the first surprise")]

mod agenda;
mod company;
mod dossiers;
mod large;
mod letters;
mod opening;
mod payments;
mod statements;

use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};

fn brief() -> Criterion {
    Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2))
        .without_plots()
}

criterion_group! {
    name = figures;
    config = brief();
    targets = letters::letters, opening::opening, payments::payments, statements::statements, dossiers::dossiers,
        agenda::agendas
}
criterion_main!(figures);
