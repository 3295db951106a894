//! Opening a large company: reading and checking every link and every content, then folding the facts.

use std::cell::LazyCell;
use std::path::Path;
use std::time::{Duration, Instant};

use criterion::{BatchSize, Criterion, SamplingMode};
use dument_domain::Ledger;
use dument_storage::Journal;
use dument_workflows::Office;

use crate::company::{REDUCTION, folder};
use crate::large;

pub fn opening(criterion: &mut Criterion) {
    let company = LazyCell::new(|| {
        let company = folder("registre").join("Grand registre.dument");
        let facts = large::write(&company);
        assert!(REDUCTION > 1 || facts == 480_001, "the figure is that of half a million facts, not of {facts}");
        company
    });
    let mut group = criterion.benchmark_group("ledger");
    group.sampling_mode(SamplingMode::Flat);
    group.bench_function("open", |bencher| bencher.iter_custom(|times| opened(&company, times)));
    let journal = LazyCell::new(|| Journal::open(&company).unwrap());
    group.bench_function("read", |bencher| bencher.iter_with_large_drop(|| journal.facts().unwrap()));
    group.bench_function("fold", |bencher| {
        bencher.iter_batched(|| journal.facts().unwrap(), Ledger::from_facts, BatchSize::PerIteration);
    });
    group.finish();
}

/// Times so many openings; closing is not part of them.
fn opened(company: &Path, times: u64) -> Duration {
    let mut total = Duration::ZERO;
    for _ in 0..times {
        let start = Instant::now();
        let office = Office::open(company).unwrap();
        total += start.elapsed();
        office.close().unwrap();
    }
    total
}
