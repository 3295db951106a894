//! Reading the journal: what is returned has been checked, link by link and content by content.
//!
//! SQLite hands rows over on this thread; hashing and parsing, which cost more, are shared between a few others.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;

use dument_domain::{Fact, Recorded, Seq};
use rusqlite::{Connection, ErrorCode, Row};

use crate::chain::{Head, Link, Salt, payload_hash};
use crate::error::Error;
use crate::hash::Sha256Hash;
use crate::verify::Problem;

/// Rows handed over at a time.
const BATCH: usize = 256;

/// What a journal holds after some head.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    /// The facts whose content is present, in order.
    pub facts: Vec<Recorded>,
    /// The facts whose content was erased, in order.
    pub erased: Vec<Seq>,
    /// What does not agree with what was written.
    pub problems: Vec<Problem>,
    /// The last link.
    pub head: Head,
}

/// Reads and checks everything after this head, which is taken on trust.
pub(crate) fn read_after(connection: &Connection, start: Head) -> Result<Reading, Error> {
    let threads = thread::available_parallelism().map_or(1, |count| count.get().clamp(1, 4));
    let (walk, shares) = thread::scope(|scope| {
        let (senders, workers): (Vec<_>, Vec<_>) = (0..threads)
            .map(|_| {
                let (sender, receiver) = sync_channel(4);
                (sender, scope.spawn(move || receiver.into_iter().map(|batch: Batch| batch.check()).collect()))
            })
            .unzip();
        let walk = Walk::run(connection, start, &senders);
        drop(senders);
        let shares: Vec<Vec<Checked>> =
            workers.into_iter().map(|worker| worker.join().expect("BUG: checking a row never panics")).collect();
        (walk, shares)
    });
    Ok(gather(walk?, shares, start))
}

/// Puts together what the threads found, in the order of the journal.
fn gather(walk: Walk, shares: Vec<Vec<Checked>>, start: Head) -> Reading {
    let mut facts = Vec::with_capacity(shares.iter().flatten().map(|batch| batch.facts.len()).sum());
    let mut problems = walk.problems;
    let mut shares: Vec<_> = shares.into_iter().map(Vec::into_iter).collect();
    let mut turn = 0;
    while let Some(batch) = shares[turn].next() {
        facts.extend(batch.facts);
        problems.extend(batch.problems);
        turn = (turn + 1) % shares.len();
    }
    let erasures: BTreeSet<Seq> = facts.iter().filter_map(|recorded: &Recorded| erased_by(&recorded.fact)).collect();
    let (erased, missing): (Vec<Seq>, Vec<Seq>) = walk.bare.iter().partition(|seq| erasures.contains(seq));
    problems.extend(missing.into_iter().map(Problem::MissingPayload));
    let undone = erasures.into_iter().filter(|seq| *seq > start.seq && !walk.bare.contains(seq));
    problems.extend(undone.map(Problem::ErasureUndone));
    Reading { facts, erased, problems, head: walk.head }
}

/// Returns the fact whose content this one erases.
pub(crate) fn erased_by(fact: &Fact) -> Option<Seq> {
    if let Fact::PayloadErased { erased, .. } = fact { Some(*erased) } else { None }
}

/// Some rows, as they stand in the file.
///
/// Their texts lie end to end in one string: a string each would be half a million to allocate on one thread and to free
/// on another.
#[derive(Default)]
struct Batch {
    texts: String,
    rows: Vec<Entry>,
}

/// One row of a batch.
struct Entry {
    seq: u64,
    recorded_at: Range<usize>,
    kind: Range<usize>,
    version: i64,
    payload_hash: Sha256Hash,
    previous: Sha256Hash,
    hash: Sha256Hash,
    payload: Option<(Salt, Range<usize>)>,
}

impl Batch {
    const SQL: &str = "SELECT fact.seq, recorded_at, kind, version, payload_hash, previous, hash, salt, json
                       FROM fact LEFT JOIN payload USING (seq) WHERE fact.seq > ?1 ORDER BY fact.seq";

    /// Takes a row in; fails on a value that is not of the type written.
    fn push(&mut self, row: &Row<'_>) -> rusqlite::Result<&Entry> {
        let hash = |column| row.get(column).map(Sha256Hash::from_bytes);
        let salt: Option<Salt> = row.get(7)?;
        let json = row.get_ref(8)?.as_str_or_null()?.map(|json| self.append(json));
        let entry = Entry {
            seq: row.get(0)?,
            recorded_at: self.append(row.get_ref(1)?.as_str()?),
            kind: self.append(row.get_ref(2)?.as_str()?),
            version: row.get(3)?,
            payload_hash: hash(4)?,
            previous: hash(5)?,
            hash: hash(6)?,
            payload: salt.zip(json),
        };
        Ok(self.rows.push_mut(entry))
    }

    fn append(&mut self, text: &str) -> Range<usize> {
        let start = self.texts.len();
        self.texts.push_str(text);
        start..self.texts.len()
    }

    /// Checks every row against its own hashes.
    fn check(&self) -> Checked {
        let mut checked = Checked { facts: Vec::with_capacity(self.rows.len()), problems: Vec::new() };
        for row in &self.rows {
            match self.check_row(row) {
                Ok(fact) => checked.facts.extend(fact),
                Err(problem) => checked.problems.push(problem),
            }
        }
        checked
    }

    /// Checks one row; returns the fact, or nothing when its content was erased.
    fn check_row(&self, row: &Entry) -> Result<Option<Recorded>, Problem> {
        let seq = Seq::new(row.seq);
        let text = |range: &Range<usize>| &self.texts[range.clone()];
        let link = Link {
            seq: row.seq,
            recorded_at: text(&row.recorded_at),
            kind: text(&row.kind),
            version: row.version,
            payload_hash: row.payload_hash,
            previous: row.previous,
        };
        if link.hash() != row.hash {
            return Err(Problem::AlteredFact(seq));
        }
        let Some((salt, json)) = &row.payload else { return Ok(None) };
        let json = text(json);
        if payload_hash(salt, json) != row.payload_hash {
            return Err(Problem::AlteredPayload(seq));
        }
        match serde_json::from_str::<Fact>(json) {
            Ok(fact) if fact.kind() == link.kind => {
                Ok(Some(Recorded { seq, recorded_at: link.recorded_at.to_owned(), fact }))
            }
            Ok(_) | Err(_) => Err(Problem::UnreadablePayload(seq)),
        }
    }
}

/// What a thread made of a batch.
struct Checked {
    facts: Vec<Recorded>,
    problems: Vec<Problem>,
}

/// One walk along the rows: their order, their links, and which have no content.
struct Walk {
    head: Head,
    bare: BTreeSet<Seq>,
    problems: Vec<Problem>,
}

impl Walk {
    /// Hands the rows over, one batch to each thread in turn.
    fn run(connection: &Connection, start: Head, workers: &[SyncSender<Batch>]) -> Result<Self, Error> {
        let mut walk = Self { head: start, bare: BTreeSet::new(), problems: Vec::new() };
        let mut statement = connection.prepare(Batch::SQL)?;
        let mut rows = statement.query((start.seq.get(),))?;
        for worker in workers.iter().cycle() {
            let mut batch = Batch::default();
            while batch.rows.len() < BATCH {
                match rows.next() {
                    Ok(Some(row)) => walk.step(row, &mut batch)?,
                    Ok(None) => break,
                    Err(error) => {
                        walk.problems.push(corruption(error)?);
                        break;
                    }
                }
            }
            if batch.rows.is_empty() {
                break;
            }
            worker.send(batch).expect("BUG: a thread ends only once its sender is gone");
        }
        Ok(walk)
    }

    /// Goes one row further.
    fn step(&mut self, row: &Row<'_>, batch: &mut Batch) -> Result<(), Error> {
        let seq = Seq::new(row.get(0)?);
        let expected = Seq::new(self.head.seq.get() + 1);
        if seq > expected {
            self.problems.push(Problem::MissingFacts { first: expected, last: Seq::new(seq.get() - 1) });
        }
        match batch.push(row) {
            Ok(entry) => {
                if entry.previous != self.head.hash {
                    self.problems.push(Problem::BrokenLink(seq));
                }
                if entry.payload.is_none() {
                    self.bare.insert(seq);
                }
                self.head = Head { seq, hash: entry.hash };
            }
            Err(_) => {
                self.problems.push(Problem::AlteredFact(seq));
                self.head.seq = seq;
            }
        }
        Ok(())
    }
}

/// Takes a damaged file for a finding; any other error stays an error.
pub(crate) fn corruption(error: rusqlite::Error) -> Result<Problem, Error> {
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Ok(Problem::Database(error.to_string())),
        _ => Err(error.into()),
    }
}
