//! Work that is pure, done on every core.

use std::num::NonZeroUsize;
use std::thread;

/// Returns the result of a function for each item, in the order of the items.
pub(crate) fn map<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let cores = thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let share = items.len().div_ceil(cores).max(1);
    let work = &work;
    thread::scope(|scope| {
        let chunks = items.chunks(share);
        let workers: Vec<_> =
            chunks.map(|items| scope.spawn(move || items.iter().map(work).collect::<Vec<R>>())).collect();
        workers.into_iter().flat_map(|worker| worker.join().expect("BUG: pure work does not panic")).collect()
    })
}
