//! The journal of a company: facts are appended, read, and nothing else.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

use dument_domain::{Fact, Recorded, Seq};
use rusqlite::{Connection, OptionalExtension, Statement, Transaction, TransactionBehavior};

use crate::chain::{Head, Link, Salt, payload_hash};
use crate::connection::{self, OnClose};
use crate::disk::{self, Unfinished};
use crate::error::{Error, at};
use crate::exhibits::Exhibits;
use crate::hash::Sha256Hash;
use crate::header::{self, Leftover};
use crate::reading::{erased_by, read_after};
use crate::verify::{self, Problem, Report};
use crate::witness::Witness;
use crate::{backup, schema};

/// The database, in the folder of a company.
pub(crate) const DATABASE: &str = "journal.sqlite";
/// The file whose lock says that the company is open.
const LOCK: &str = "journal.verrou";
/// The last known end of the journal.
const WITNESS: &str = "journal.tete";
/// The evidence.
pub(crate) const EXHIBITS: &str = "pieces";

/// How contents are written today; a later form gets a later number, and old ones are read for ever.
const PAYLOAD_VERSION: i64 = 1;

/// Links checked at opening; [`Journal::facts`] checks all of them.
const LINKS_AT_OPENING: u64 = 1000;

/// The journal of one company, held by this process alone until dropped.
#[derive(Debug)]
pub struct Journal {
    // In this order: the database is closed before the lock goes.
    connection: Connection,
    exhibits: Exhibits,
    head: Head,
    state: State,
    home: Option<Home>,
}

/// What ties an open journal to its folder.
#[derive(Debug)]
struct Home {
    witness: Witness,
    _lock: Lock,
}

/// Whether what is in memory is known to be what is on the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Sound,
    /// A write failed half-way: only a new opening can tell what was kept.
    Unknown,
}

/// What to make of a journal that ends before the last fact known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    /// Refuse it.
    LastKnown,
    /// Take it: the owner has seen what is missing.
    AsFound,
}

impl Journal {
    /// Makes a company in this folder, which is new or empty, and opens it.
    ///
    /// # Errors
    /// [`Error::AlreadyExists`] when the folder holds anything; it is then left as it was.
    pub fn create(folder: &Path) -> Result<Self, Error> {
        match disk::create_folder(folder) {
            Ok(()) => disk::sync_folder(disk::folder_of(folder))?,
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(at(folder)(error)),
        }
        let taken = |path: &PathBuf| disk::name_of(path) != LOCK && !disk::is_unfinished(path);
        if disk::entries(folder)?.iter().any(taken) {
            return Err(Error::AlreadyExists { path: folder.to_owned() });
        }
        let folder = canonical(folder)?;
        let lock = lock(&folder)?;
        let unfinished = Unfinished::file(&folder, &[])?;
        let mut connection = connection::open(unfinished.path())?;
        schema::migrate(&mut connection)?;
        connection.close().map_err(|(_, error)| error)?;
        disk::sync_file(unfinished.path())?;
        unfinished.rename_to(&folder.join(DATABASE))?;
        Self::open_locked(&folder, lock, Ending::LastKnown)
    }

    /// Opens the company in this folder.
    ///
    /// In this order: the lock; the header of the file, which must be ours, of a version known and whole; the settings of
    /// SQLite; the schema; the whole shape of the file if the last session did not end by itself; the last links; the last
    /// known end. A file that is refused is not changed by a byte.
    ///
    /// # Errors
    /// Each variant of [`Error`] is one reason not to open, and one thing for the owner to do.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        Self::open_ending(folder, Ending::LastKnown)
    }

    /// Opens a company refused as [`Error::Rewound`], once the owner has agreed to go on from what is there.
    ///
    /// # Errors
    /// As [`Journal::open`].
    pub fn open_as_found(folder: &Path) -> Result<Self, Error> {
        Self::open_ending(folder, Ending::AsFound)
    }

    /// Opens an empty journal that lives as long as the value: the same code, without a disk.
    ///
    /// # Errors
    /// When SQLite cannot be set up.
    pub fn in_memory() -> Result<Self, Error> {
        let mut connection = connection::open_in_memory()?;
        schema::migrate(&mut connection)?;
        let exhibits = Exhibits::in_memory();
        Ok(Self { connection, exhibits, head: Head::empty(), state: State::Sound, home: None })
    }

    fn open_ending(folder: &Path, ending: Ending) -> Result<Self, Error> {
        let folder = canonical(folder)?;
        if folder.join(backup::MANIFEST).exists() {
            return Err(Error::IsBackup { path: folder });
        }
        disk::require_file(&folder.join(DATABASE))?;
        let lock = lock(&folder)?;
        Self::open_locked(&folder, lock, ending)
    }

    fn open_locked(folder: &Path, lock: Lock, ending: Ending) -> Result<Self, Error> {
        let path = folder.join(DATABASE);
        let leftover = header::inspect(&path)?;
        let mut connection = connection::open(&path)?;
        let head = prepare(&mut connection, leftover)?;
        let witness = folder.join(WITNESS);
        if ending == Ending::LastKnown {
            compare(&connection, head, Witness::last_known(&witness)?)?;
        }
        OnClose::Checkpoint.apply(&connection)?;
        let exhibits = Exhibits::in_folder(folder.join(EXHIBITS));
        disk::sweep_unfinished(folder)?;
        exhibits.sweep()?;
        let mut witness = Witness::open(&witness)?;
        witness.note(head);
        Ok(Self { connection, exhibits, head, state: State::Sound, home: Some(Home { witness, _lock: lock }) })
    }

    /// Appends these facts, all or none; once this returns they survive a power cut.
    ///
    /// `recorded_at` is the instant, in RFC 3339 with its offset. A [`Fact::PayloadErased`] takes the content it names
    /// away in the same transaction: there is no erasure without its fact, nor the reverse.
    ///
    /// # Errors
    /// Nothing was appended. After an error of the disk itself nothing more can be said of what it holds: every call then
    /// answers [`Error::MustReopen`].
    pub fn append(&mut self, facts: &[Fact], recorded_at: &str) -> Result<Vec<Recorded>, Error> {
        self.require_sound()?;
        if facts.is_empty() {
            return Ok(Vec::new());
        }
        match append_all(&mut self.connection, self.head, facts, recorded_at) {
            Ok(head) => {
                let first = self.head.seq.get() + 1;
                self.head = head;
                if let Some(home) = &mut self.home {
                    home.witness.note(head);
                }
                self.forget_erased(facts);
                let recorded = (first..).zip(facts).map(|(seq, fact)| Recorded {
                    seq: Seq::new(seq),
                    recorded_at: recorded_at.to_owned(),
                    fact: fact.clone(),
                });
                Ok(recorded.collect())
            }
            Err(error) => {
                if !error.leaves_the_journal_sound() {
                    self.state = State::Unknown;
                    let _ = OnClose::LeaveUntouched.apply(&self.connection);
                }
                Err(error)
            }
        }
    }

    /// Reads every fact whose content is present, in order, each checked against its hashes.
    ///
    /// # Errors
    /// [`Error::Damaged`] at the first thing that is not as it was written: a wrong total is worse than none.
    pub fn facts(&self) -> Result<Vec<Recorded>, Error> {
        self.require_sound()?;
        let reading = read_after(&self.connection, Head::empty())?;
        match reading.problems.into_iter().next() {
            Some(problem) => Err(Error::Damaged(problem)),
            None => Ok(reading.facts),
        }
    }

    /// Returns the facts whose content was erased, in order.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn erased(&self) -> Result<Vec<Seq>, Error> {
        self.require_sound()?;
        let sql = "SELECT seq FROM fact LEFT JOIN payload USING (seq) WHERE payload.seq IS NULL ORDER BY fact.seq";
        let mut statement = self.connection.prepare(sql)?;
        let seqs = statement.query_map((), |row| row.get(0).map(Seq::new))?;
        Ok(seqs.collect::<rusqlite::Result<_>>()?)
    }

    /// Returns the end of the chain.
    #[must_use]
    pub fn head(&self) -> Head {
        self.head
    }

    /// Returns the evidence files.
    #[must_use]
    pub fn exhibits(&self) -> &Exhibits {
        &self.exhibits
    }

    /// Checks everything: the database, the whole chain, every content, every evidence file kept or expected.
    ///
    /// # Errors
    /// Only when the check itself could not be made; what it finds is in the report.
    pub fn verify(&self, expected: &[Sha256Hash]) -> Result<Report, Error> {
        self.require_sound()?;
        verify::check(&self.connection, &self.exhibits, expected)
    }

    /// Makes a verified copy of the company in this folder, which does not exist yet.
    ///
    /// The copy counts only once it has been read back, checked whole, and found to end as this journal does.
    ///
    /// # Errors
    /// Nothing stands at the destination after an error.
    pub fn backup(&self, destination: &Path) -> Result<backup::Backup, Error> {
        self.require_sound()?;
        backup::make(&self.connection, &self.exhibits, self.head, destination)
    }

    /// Closes the company; the folder then holds one file for the whole journal.
    ///
    /// # Errors
    /// When the log could not be moved into it: nothing is lost, the next opening will do it.
    pub fn close(self) -> Result<(), Error> {
        if self.state == State::Sound && self.home.is_some() {
            checkpoint(&self.connection)?;
        }
        Ok(self.connection.close().map_err(|(_, error)| error)?)
    }

    fn require_sound(&self) -> Result<(), Error> {
        match self.state {
            State::Sound => Ok(()),
            State::Unknown => Err(Error::MustReopen),
        }
    }

    /// Drives an erased content out of the log as well; if that fails now, closing does it.
    fn forget_erased(&self, facts: &[Fact]) {
        if self.home.is_some() && facts.iter().any(|fact| erased_by(fact).is_some()) {
            let _ = checkpoint(&self.connection);
        }
    }
}

/// Checks an open file, brings it to the latest schema, and returns its head.
fn prepare(connection: &mut Connection, leftover: Leftover) -> Result<Head, Error> {
    let found = schema::version(connection)?;
    if found > schema::latest() {
        return Err(Error::Newer { found, known: schema::latest() });
    }
    if !schema::is_intact(connection)? {
        return Err(Error::Damaged(Problem::Schema));
    }
    connection::use_write_ahead_log(connection)?;
    if leftover == Leftover::Log
        && let Some(problem) = verify::quick(connection)?.into_iter().next()
    {
        return Err(Error::Damaged(problem));
    }
    schema::migrate(connection)?;
    check_last_links(connection)
}

/// Checks the end of the chain, and returns its head.
fn check_last_links(connection: &Connection) -> Result<Head, Error> {
    let sql = "SELECT seq, hash FROM fact WHERE seq <= (SELECT max(seq) FROM fact) - ?1 ORDER BY seq DESC LIMIT 1";
    let trusted = connection.query_row(sql, (LINKS_AT_OPENING,), |row| {
        Ok(Head { seq: Seq::new(row.get(0)?), hash: Sha256Hash::from_bytes(row.get(1)?) })
    });
    let reading = read_after(connection, trusted.optional()?.unwrap_or_else(Head::empty))?;
    match reading.problems.into_iter().next() {
        Some(problem) => Err(Error::Damaged(problem)),
        None => Ok(reading.head),
    }
}

/// Refuses a journal that does not contain the last known head.
fn compare(connection: &Connection, found: Head, known: Option<Head>) -> Result<(), Error> {
    let Some(known) = known.filter(|known| *known != Head::empty()) else { return Ok(()) };
    let sql = "SELECT hash FROM fact WHERE seq = ?1";
    let hash =
        connection.query_row(sql, (known.seq.get(),), |row| row.get(0).map(Sha256Hash::from_bytes)).optional()?;
    if hash == Some(known.hash) { Ok(()) } else { Err(Error::Rewound { known, found }) }
}

fn append_all(connection: &mut Connection, head: Head, facts: &[Fact], recorded_at: &str) -> Result<Head, Error> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut head = head;
    {
        let mut writer = Writer::new(&transaction, recorded_at)?;
        for fact in facts {
            head = writer.append(head, fact)?;
        }
    }
    transaction.commit()?;
    Ok(head)
}

/// The statements of one transaction.
struct Writer<'a> {
    recorded_at: &'a str,
    insert_fact: Statement<'a>,
    insert_payload: Statement<'a>,
    is_erasable: Statement<'a>,
    delete_payload: Statement<'a>,
}

impl<'a> Writer<'a> {
    fn new(transaction: &'a Transaction<'_>, recorded_at: &'a str) -> Result<Self, Error> {
        Ok(Self {
            recorded_at,
            insert_fact: transaction.prepare(
                "INSERT INTO fact (seq, recorded_at, kind, version, payload_hash, previous, hash)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?,
            insert_payload: transaction.prepare("INSERT INTO payload (seq, salt, json) VALUES (?1, ?2, ?3)")?,
            is_erasable: transaction
                .prepare("SELECT 1 FROM fact JOIN payload USING (seq) WHERE seq = ?1 AND kind <> 'payload_erased'")?,
            delete_payload: transaction.prepare("DELETE FROM payload WHERE seq = ?1")?,
        })
    }

    /// Seals one fact to the head; returns the new head.
    fn append(&mut self, head: Head, fact: &Fact) -> Result<Head, Error> {
        let salt: Salt = disk::random()?;
        let json = serde_json::to_string(fact).expect("BUG: a fact always has a JSON form");
        let link = Link {
            seq: head.seq.get() + 1,
            recorded_at: self.recorded_at,
            kind: fact.kind(),
            version: PAYLOAD_VERSION,
            payload_hash: payload_hash(&salt, &json),
            previous: head.hash,
        };
        let hash = link.hash();
        self.insert_fact.execute((
            link.seq,
            link.recorded_at,
            link.kind,
            link.version,
            link.payload_hash.as_bytes(),
            link.previous.as_bytes(),
            hash.as_bytes(),
        ))?;
        self.insert_payload.execute((link.seq, salt, json))?;
        if let Some(erased) = erased_by(fact) {
            self.erase(erased)?;
        }
        Ok(Head { seq: Seq::new(link.seq), hash })
    }

    /// Takes a content away, as the fact just appended says.
    fn erase(&mut self, seq: Seq) -> Result<(), Error> {
        let number = i64::try_from(seq.get()).map_err(|_| Error::NotErasable(seq))?;
        if !self.is_erasable.exists((number,))? {
            return Err(Error::NotErasable(seq));
        }
        self.delete_payload.execute((number,))?;
        Ok(())
    }
}

/// Moves the log into the main file and empties it.
fn checkpoint(connection: &Connection) -> Result<(), Error> {
    let busy: i64 = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", (), |row| row.get(0))?;
    if busy == 0 { Ok(()) } else { Err(Error::Locked) }
}

/// The company, taken for this process alone.
#[derive(Debug)]
struct Lock(File);

impl Drop for Lock {
    /// Gives the company back by name: a program that is just being started has a copy of the file for an instant, and
    /// closing ours would leave the lock with it.
    fn drop(&mut self) {
        // The system gives it back in any case when the last copy is closed.
        let _ = self.0.unlock();
    }
}

/// Takes the company for this process alone; the system gives it back when the process ends, however it ends.
fn lock(folder: &Path) -> Result<Lock, Error> {
    let path = folder.join(LOCK);
    let file = match disk::require_file(&path) {
        Ok(()) => OpenOptions::new().read(true).write(true).open(&path),
        Err(Error::NotFound { .. }) => disk::create_new(&path),
        Err(error) => return Err(error),
    };
    let file = file.map_err(at(&path))?;
    match file.try_lock() {
        Ok(()) => Ok(Lock(file)),
        Err(TryLockError::WouldBlock) => Err(Error::Locked),
        Err(TryLockError::Error(error)) => Err(at(&path)(error)),
    }
}

/// Returns the one name of a folder, free of links.
fn canonical(folder: &Path) -> Result<PathBuf, Error> {
    let path = fs::canonicalize(folder).map_err(at(folder))?;
    if path.is_dir() { Ok(path) } else { Err(Error::Foreign { path }) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    const AT: &str = "2026-11-22T09:30:00+01:00";

    fn cancelled(reason: &str) -> Fact {
        let json = serde_json::json!({ "fact_cancelled": { "fact": 1, "on": "2026-11-02", "reason": reason } });
        serde_json::from_value(json).unwrap()
    }

    #[test]
    fn a_full_disk_records_nothing_and_the_journal_goes_on_when_there_is_room() {
        let scratch = tempfile::tempdir().unwrap();
        let mut journal = Journal::create(&scratch.path().join("plein")).unwrap();
        journal.append(&[cancelled("avant")], AT).unwrap();
        let before = (journal.head(), journal.facts().unwrap());
        let pages: i64 = journal.connection.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
        journal.connection.query_row(&format!("PRAGMA max_page_count={pages}"), (), |_| Ok(())).unwrap();

        let large = vec![cancelled(&"x".repeat(20_000)); 3];
        assert!(matches!(journal.append(&large, AT).unwrap_err(), Error::DiskFull));
        assert_eq!((journal.head(), journal.facts().unwrap()), before);

        journal.connection.query_row("PRAGMA max_page_count=1000000", (), |_| Ok(())).unwrap();
        journal.append(&large, AT).unwrap();
        assert_eq!(journal.facts().unwrap().len(), 4);
    }

    #[test]
    fn after_a_write_that_broke_the_journal_has_to_be_opened_again() {
        let scratch = tempfile::tempdir().unwrap();
        let folder = scratch.path().join("casse");
        let mut journal = Journal::create(&folder).unwrap();
        journal.append(&[cancelled("avant")], AT).unwrap();
        checkpoint(&journal.connection).unwrap();
        let whole = fs::read(folder.join(DATABASE)).unwrap();
        OpenOptions::new().write(true).open(folder.join(DATABASE)).unwrap().set_len(4096).unwrap();
        journal.connection.release_memory().unwrap();

        let error = journal.append(&[cancelled("pendant")], AT).unwrap_err();
        assert!(!error.leaves_the_journal_sound(), "{error:?}");
        assert!(matches!(journal.append(&[cancelled("apres")], AT).unwrap_err(), Error::MustReopen));
        assert!(matches!(journal.facts().unwrap_err(), Error::MustReopen));
        assert!(matches!(journal.verify(&[]).unwrap_err(), Error::MustReopen));
        drop(journal);

        assert_eq!(fs::metadata(folder.join(DATABASE)).unwrap().len(), 4096, "closing wrote nothing more");
        disk::write_atomically(&folder.join(DATABASE), &whole).unwrap();
        assert_eq!(Journal::open(&folder).unwrap().facts().unwrap().len(), 1);
    }
}
