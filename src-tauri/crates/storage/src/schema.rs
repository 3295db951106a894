//! The schema of the journal: numbered migrations, forward only, and the proof that what is open has it.

use rusqlite::{Connection, TransactionBehavior};

use crate::error::Error;
use crate::verify::Problem;

/// What the header of every journal carries: « Dûmt » in Latin letters.
pub(crate) const APPLICATION_ID: i32 = i32::from_be_bytes(*b"Dumt");

/// Every schema there ever was, in order: the schema number is the count of those applied. One is never edited.
const MIGRATIONS: [&str; 1] = [include_str!("schema/0001.sql")];

/// The views, which carry no data and follow the program rather than the file.
const VIEWS: &str = include_str!("schema/views.sql");

/// The schema this version writes.
pub(crate) fn latest() -> i64 {
    MIGRATIONS.len() as i64
}

/// Brings the journal to the latest schema, each step whole or not at all, then the views.
///
/// A schema from a later version is refused untouched.
pub(crate) fn migrate(connection: &mut Connection) -> Result<(), Error> {
    let current = version(connection)?;
    let pending = usize::try_from(current).ok().and_then(|applied| MIGRATIONS.get(applied..));
    let Some(pending) = pending else {
        return Err(Error::Newer { found: current, known: latest() });
    };
    for (sql, number) in pending.iter().zip(current + 1..) {
        let step = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        step.execute_batch(sql)?;
        step.pragma_update(None, "application_id", APPLICATION_ID)?;
        step.pragma_update(None, "user_version", number)?;
        if let Some(problem) = foreign_keys(&step)? {
            return Err(Error::Damaged(problem));
        }
        step.commit()?;
    }
    refresh_views(connection)
}

/// Returns the schema number of the file.
pub(crate) fn version(connection: &Connection) -> Result<i64, Error> {
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

/// Returns the first row that names a row that does not exist.
pub(crate) fn foreign_keys(connection: &Connection) -> Result<Option<Problem>, Error> {
    let mut statement = connection.prepare("SELECT \"table\", rowid FROM pragma_foreign_key_check")?;
    let orphan = statement.query_map((), |row| Ok((row.get::<_, String>(0)?, row.get::<_, Option<i64>>(1)?)))?.next();
    Ok(orphan.transpose()?.map(|(table, row)| Problem::Database(format!("orphan in {table}: row {row:?}"))))
}

/// Says whether tables, indexes and triggers are exactly those of the file's schema number.
///
/// Another tool that dropped a trigger, or a file made to look like ours, is found here before any row is read.
pub(crate) fn is_intact(connection: &Connection) -> Result<bool, Error> {
    let applied = usize::try_from(version(connection)?).ok().and_then(|applied| MIGRATIONS.get(..applied));
    let Some(applied) = applied else { return Ok(false) };
    let model = Connection::open_in_memory()?;
    for sql in applied {
        model.execute_batch(sql)?;
    }
    Ok(objects(connection, Only::Structure)? == objects(&model, Only::Structure)?)
}

/// Puts the views back in place when they are not those of this version.
fn refresh_views(connection: &mut Connection) -> Result<(), Error> {
    let model = Connection::open_in_memory()?;
    for sql in MIGRATIONS {
        model.execute_batch(sql)?;
    }
    model.execute_batch(VIEWS)?;
    let found = objects(connection, Only::Views)?;
    if found == objects(&model, Only::Views)? {
        return Ok(());
    }
    let change = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for view in found {
        change.execute_batch(&format!("DROP VIEW \"{}\"", view.name.replace('"', "\"\"")))?;
    }
    change.execute_batch(VIEWS)?;
    Ok(change.commit()?)
}

/// Which part of the schema to list.
#[derive(Debug, Clone, Copy)]
enum Only {
    /// Tables, indexes, triggers.
    Structure,
    /// Views.
    Views,
}

/// One object of the schema.
#[derive(Debug, PartialEq, Eq)]
struct Object {
    kind: String,
    name: String,
    table: String,
    sql: Option<String>,
}

fn objects(connection: &Connection, only: Only) -> Result<Vec<Object>, Error> {
    let sql = match only {
        Only::Structure => {
            "SELECT type, name, tbl_name, sql FROM sqlite_schema
             WHERE type <> 'view' AND name NOT LIKE 'sqlite_stat%' ORDER BY type, name"
        }
        Only::Views => "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE type = 'view' ORDER BY type, name",
    };
    let mut statement = connection.prepare(sql)?;
    let rows = statement.query_map((), |row| {
        Ok(Object { kind: row.get(0)?, name: row.get(1)?, table: row.get(2)?, sql: row.get(3)? })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
