//! Opening SQLite so that an acknowledged fact survives a power cut, and that no one else writes.

use std::io;
use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags};

use crate::error::Error;

/// The first version of SQLite without the defect by which a write-ahead log could be reset while it was being read.
const FIRST_SOUND_SQLITE: i32 = 3_051_003;

/// What every connection must be set to; the answer of SQLite is compared with it.
const SETTINGS: [(&str, i64); 9] = [
    ("synchronous", 2),
    ("fullfsync", 1),
    ("checkpoint_fullfsync", 1),
    ("foreign_keys", 1),
    // Without it, INSERT OR REPLACE deletes a row that a trigger protects.
    ("recursive_triggers", 1),
    ("trusted_schema", 0),
    ("cell_size_check", 1),
    ("temp_store", 2),
    // An erased content leaves no trace in the free pages.
    ("secure_delete", 1),
];

/// Opens a file that exists, alone, for reading and writing; nothing is written yet.
///
/// The path is canonical: SQLite is told not to follow links, nor to see a URI.
pub(crate) fn open(path: &Path) -> Result<Connection, Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(Duration::from_secs(5))?;
    // Before the write-ahead log: no shared memory, no second process.
    set_text(&connection, "locking_mode", "exclusive")?;
    set_up(&connection)?;
    Ok(connection)
}

/// Opens a closed file, such as a backup, without ever writing to it.
pub(crate) fn open_read_only(path: &Path) -> Result<Connection, Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let connection = Connection::open_with_flags(path, flags)?;
    set_up(&connection)?;
    Ok(connection)
}

/// Opens a journal that lives as long as the connection.
pub(crate) fn open_in_memory() -> Result<Connection, Error> {
    let connection = Connection::open_in_memory()?;
    set_up(&connection)?;
    Ok(connection)
}

/// Turns to the write-ahead log; the first write, once the file is known to be ours.
pub(crate) fn use_write_ahead_log(connection: &Connection) -> Result<(), Error> {
    set_text(connection, "journal_mode", "wal")
}

/// Decides whether closing may move the log into the main file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OnClose {
    /// The file is ours and sound.
    Checkpoint,
    /// The file may not be ours, or an earlier write failed: leave every byte where it is.
    LeaveUntouched,
}

impl OnClose {
    /// Applies to this connection.
    pub fn apply(self, connection: &Connection) -> Result<(), Error> {
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, self == Self::LeaveUntouched)?;
        Ok(())
    }
}

fn set_up(connection: &Connection) -> Result<(), Error> {
    assert!(rusqlite::version_number() >= FIRST_SOUND_SQLITE, "BUG: SQLite is bundled, at a sound version");
    OnClose::LeaveUntouched.apply(connection)?;
    for (switch, value) in [
        (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
        (DbConfig::SQLITE_DBCONFIG_DQS_DML, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DDL, false),
    ] {
        require(connection.set_db_config(switch, value)? == value, "configuration")?;
    }
    for (limit, value) in [
        (Limit::SQLITE_LIMIT_LENGTH, 64 << 20),
        (Limit::SQLITE_LIMIT_SQL_LENGTH, 100_000),
        (Limit::SQLITE_LIMIT_EXPR_DEPTH, 50),
        (Limit::SQLITE_LIMIT_VARIABLE_NUMBER, 500),
        // Not zero: VACUUM INTO attaches the file it makes.
        (Limit::SQLITE_LIMIT_ATTACHED, 1),
    ] {
        connection.set_limit(limit, value)?;
    }
    for (name, value) in SETTINGS {
        connection.execute_batch(&format!("PRAGMA {name}={value}"))?;
        let found: i64 = connection.pragma_query_value(None, name, |row| row.get(0))?;
        require(found == value, name)?;
    }
    // Answers nothing where memory mapping was left out of the build.
    connection.execute_batch("PRAGMA mmap_size=0")?;
    Ok(())
}

fn set_text(connection: &Connection, name: &str, value: &str) -> Result<(), Error> {
    let found: Value = connection.pragma_update_and_check(None, name, value, |row| row.get(0))?;
    require(found == Value::Text(value.to_owned()), name)
}

/// Fails when SQLite did not take a setting without which it cannot keep its promises here.
fn require(taken: bool, name: &str) -> Result<(), Error> {
    if taken {
        return Ok(());
    }
    let source = io::Error::new(io::ErrorKind::Unsupported, "SQLite cannot be set up safely in this place");
    Err(Error::Io { path: Path::new(name).to_owned(), source })
}
