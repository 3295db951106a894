//! The full check of a company, and all it may find, as data: the sentences are in `workflows`.
//!
//! `integrity_check` alone is no proof: it sees a broken tree, not a changed letter in a name. The hashes see both.

use dument_domain::Seq;
use rusqlite::Connection;

use crate::chain::Head;
use crate::error::Error;
use crate::exhibits::Exhibits;
use crate::hash::Sha256Hash;
use crate::reading::{Reading, corruption, read_after};
use crate::schema;

/// How many lines of SQLite's own report are kept.
const DETAILS: usize = 20;

/// One thing that is not as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// The file is shorter or longer than it declares.
    Truncated,
    /// Tables or triggers are not those of this program.
    Schema,
    /// SQLite cannot read the file, in its own words.
    Database(String),
    /// These facts are gone.
    MissingFacts {
        /// The first.
        first: Seq,
        /// The last.
        last: Seq,
    },
    /// This fact does not follow the one that stands before it.
    BrokenLink(Seq),
    /// This fact's number, instant or kind was changed.
    AlteredFact(Seq),
    /// The content of this fact was changed.
    AlteredPayload(Seq),
    /// The content of this fact is gone, and no fact says that it was erased.
    MissingPayload(Seq),
    /// The content of this fact is as it was written, but is not of a kind this version knows.
    UnreadablePayload(Seq),
    /// The content of this fact was erased, and is there again.
    ErasureUndone(Seq),
    /// A piece of evidence that the journal refers to is not there.
    ExhibitMissing(Sha256Hash),
    /// A piece of evidence was changed.
    ExhibitAltered(Sha256Hash),
    /// A link or a folder stands in the place of a piece of evidence.
    ExhibitNotAFile(Sha256Hash),
}

/// What a full check looked at, and found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The end of the journal.
    pub head: Head,
    /// Facts whose content is present.
    pub facts: usize,
    /// Facts whose content was erased, as a later fact says.
    pub erased: Vec<Seq>,
    /// Pieces of evidence read.
    pub exhibits: usize,
    /// What is not as it was written; empty when all is well.
    pub problems: Vec<Problem>,
}

impl Report {
    /// Says whether everything is as it was written.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.problems.is_empty()
    }
}

/// Checks the database, then the evidence: what is kept and what is expected.
pub(crate) fn check(connection: &Connection, exhibits: &Exhibits, expected: &[Sha256Hash]) -> Result<Report, Error> {
    let reading = match check_database(connection) {
        Ok(reading) => reading,
        Err(Error::Damaged(problem)) => Reading { problems: vec![problem], ..Reading::default() },
        Err(error) => return Err(error),
    };
    let mut problems = reading.problems;
    let mut hashes = exhibits.list()?;
    hashes.extend(expected);
    hashes.sort_unstable();
    hashes.dedup();
    for hash in &hashes {
        match exhibits.load(*hash) {
            Ok(_) => {}
            Err(Error::Damaged(problem)) => problems.push(problem),
            Err(error) => return Err(error),
        }
    }
    Ok(Report {
        head: reading.head,
        facts: reading.facts.len(),
        erased: reading.erased,
        exhibits: hashes.len(),
        problems,
    })
}

/// Checks the schema, then what SQLite can check by itself, then every link and content.
///
/// The schema comes first: rows under other tables or triggers than ours are not even looked at.
fn check_database(connection: &Connection) -> Result<Reading, Error> {
    if !schema::is_intact(connection)? {
        return Err(Error::Damaged(Problem::Schema));
    }
    let mut problems = report_of(connection, "PRAGMA integrity_check")?;
    problems.extend(schema::foreign_keys(connection)?);
    match read_after(connection, Head::empty()) {
        Ok(mut reading) => {
            problems.append(&mut reading.problems);
            Ok(Reading { problems, ..reading })
        }
        Err(Error::Damaged(problem)) => {
            problems.push(problem);
            Ok(Reading { problems, ..Reading::default() })
        }
        Err(error) => Err(error),
    }
}

/// Checks the shape of the file only: what is worth the wait after a session that did not end by itself.
pub(crate) fn quick(connection: &Connection) -> Result<Vec<Problem>, Error> {
    report_of(connection, "PRAGMA quick_check")
}

fn report_of(connection: &Connection, pragma: &str) -> Result<Vec<Problem>, Error> {
    let report = || -> rusqlite::Result<Vec<String>> {
        connection.prepare(pragma)?.query_map((), |row| row.get(0))?.take(DETAILS).collect()
    };
    match report() {
        Ok(lines) if lines == ["ok"] => Ok(Vec::new()),
        Ok(lines) => Ok(lines.into_iter().map(Problem::Database).collect()),
        Err(error) => Ok(vec![corruption(error)?]),
    }
}
