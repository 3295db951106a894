//! A small company, and a crowbar.

use std::fs;
use std::path::{Path, PathBuf};

use dument_domain::{Fact, Seq};
use dument_storage::{Error, Journal};
use rusqlite::Connection;
use serde_json::json;
use tempfile::TempDir;

pub const AT: &str = "2026-11-22T09:30:00+01:00";

/// A company on disk, closed, and the folder that goes away with it.
pub struct Company {
    pub scratch: TempDir,
    pub folder: PathBuf,
}

impl Company {
    /// A company where these facts were recorded.
    pub fn with(facts: &[Fact]) -> Self {
        let scratch = tempfile::tempdir().unwrap();
        let folder = scratch.path().join("Menuiserie Le Goff.dument");
        let mut journal = Journal::create(&folder).unwrap();
        journal.append(facts, AT).unwrap();
        journal.close().unwrap();
        Self { scratch, folder }
    }

    /// A company with two customers, invoices, payments, a correction and an erasure.
    pub fn sample() -> Self {
        Self::with(&sample())
    }

    pub fn database(&self) -> PathBuf {
        self.folder.join("journal.sqlite")
    }

    pub fn open(&self) -> Result<Journal, Error> {
        Journal::open(&self.folder)
    }

    /// Opens the database as any other program would, without its guards.
    pub fn crowbar(&self) -> Connection {
        let connection = Connection::open(self.database()).unwrap();
        connection.pragma_update(None, "foreign_keys", false).unwrap();
        connection
    }

    /// Runs this on the closed database with the triggers gone, then puts them back, word for word.
    pub fn tamper(&self, sql: &str) {
        let connection = self.crowbar();
        let triggers = triggers(&connection);
        for (name, _) in &triggers {
            connection.execute_batch(&format!("DROP TRIGGER {name}")).unwrap();
        }
        connection.execute_batch(sql).unwrap();
        for (_, sql) in &triggers {
            connection.execute_batch(sql).unwrap();
        }
    }
}

fn triggers(connection: &Connection) -> Vec<(String, String)> {
    let sql = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY name";
    let mut statement = connection.prepare(sql).unwrap();
    let rows = statement.query_map((), |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    rows.collect::<Result<_, _>>().unwrap()
}

pub fn fact(json: serde_json::Value) -> Fact {
    serde_json::from_value(json).unwrap()
}

pub fn debtor(name: &str) -> Fact {
    let party = json!({ "name": name, "siren": "732829320", "address": ["12 quai de l’Odet", "29000 QUIMPER"] });
    fact(json!({ "debtor_added": { "party": party, "standing": "professional" } }))
}

pub fn corrected(debtor: u64, name: &str) -> Fact {
    let corrected = json!({ "party": { "name": name }, "standing": "consumer" });
    fact(json!({ "debtor_corrected": { "debtor": debtor, "corrected": corrected } }))
}

pub fn invoice(debtor: u64, number: &str, total: &str) -> Fact {
    fact(json!({ "invoice_recorded": {
        "debtor": debtor, "number": number, "issued_on": "2026-09-01", "currency": "EUR", "total": total, "prepaid": "0",
        "instalments": [{ "due_on": "2026-10-01", "amount": total }],
    } }))
}

pub fn payment(debtor: u64, amount: &str) -> Fact {
    fact(json!({ "payment_received": {
        "debtor": debtor, "amount": amount, "currency": "EUR", "received_on": "2026-10-15", "means": "virement",
        "reference": "VIR 0042",
    } }))
}

pub fn cancelled(seq: u64) -> Fact {
    fact(json!({ "fact_cancelled": { "fact": seq, "on": "2026-11-02", "reason": "saisi deux fois" } }))
}

pub fn erased(seq: u64) -> Fact {
    fact(json!({ "payload_erased": { "erased": seq, "on": "2026-11-20", "ground": "demande du client" } }))
}

pub fn sample() -> Vec<Fact> {
    vec![
        debtor("Boulangerie Ty Bara"),
        debtor("Camping de l’Océan"),
        invoice(1, "F-2026-001", "1200.00"),
        invoice(2, "F-2026-002", "345.67"),
        payment(1, "200.00"),
        payment(1, "200.00"),
        cancelled(6),
        corrected(2, "Camping de l’Océan SARL"),
        debtor("Jeanne Dupont"),
        erased(9),
    ]
}

pub fn seq(number: u64) -> Seq {
    Seq::new(number)
}

/// Copies a folder and all that is in it.
pub fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Lists every file of a folder with its bytes.
pub fn contents(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if entry.file_type().unwrap().is_dir() {
            found.extend(contents(&entry.path()));
        } else {
            found.push((entry.path(), fs::read(entry.path()).unwrap()));
        }
    }
    found.sort();
    found
}

/// Makes a file of evidence writable again, to damage it.
pub fn overwrite(path: &Path, bytes: &[u8]) {
    fs::remove_file(path).unwrap();
    fs::write(path, bytes).unwrap();
}
