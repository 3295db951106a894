//! Backups: a folder laid out like a company, closed, never modified, and proven before it counts.

use std::fs;
use std::path::Path;

use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use crate::chain::Head;
use crate::connection;
use crate::disk::{self, Unfinished, write_atomically};
use crate::error::{Error, at};
use crate::exhibits::Exhibits;
use crate::hash::Sha256Hash;
use crate::header;
use crate::journal::{DATABASE, EXHIBITS, Journal};
use crate::verify::{self, Problem, Report};

/// What makes a folder a backup: the list of what it holds, written last.
pub(crate) const MANIFEST: &str = "manifeste.json";

/// The form of the manifest; a later one gets a later number.
const FORMAT: u32 = 1;

/// The largest manifest read, in bytes: more than a million pieces of evidence.
const MANIFEST_LIMIT: u64 = 128 << 20;

/// A backup that was proven: every byte of it was read back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// The end of its journal.
    pub head: Head,
    /// Its pieces of evidence.
    pub exhibits: usize,
    /// The pieces that were already missing or altered in the company, and are not in the backup.
    pub left_out: Vec<Problem>,
}

/// What a backup holds. It names no path: a hostile one leads nowhere.
#[derive(Debug, Serialize, Deserialize)]
struct Manifest {
    format: u32,
    head: Head,
    database: Sha256Hash,
    exhibits: Vec<Sha256Hash>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    missing: Vec<Sha256Hash>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    altered: Vec<Sha256Hash>,
}

/// Proves a backup: its manifest, its database down to the last hash, each of its pieces of evidence.
///
/// # Errors
/// The backup is then worth nothing, or cannot be read.
pub fn check_backup(folder: &Path) -> Result<Backup, Error> {
    let manifest = read_manifest(folder)?;
    check_database(&folder.join(DATABASE), &manifest)?;
    let exhibits = Exhibits::in_folder(folder.join(EXHIBITS));
    for hash in &manifest.exhibits {
        exhibits.load(*hash)?;
    }
    Ok(manifest.into_backup())
}

/// Makes a company of a backup, in a folder that does not exist yet, and opens it.
///
/// # Errors
/// Nothing stands at the destination after an error.
pub fn restore(backup: &Path, company: &Path) -> Result<Journal, Error> {
    require_free(company)?;
    let manifest = read_manifest(backup)?;
    let source = backup.join(DATABASE);
    disk::require_file(&source)?;
    let unfinished = Unfinished::folder(disk::folder_of(company))?;
    let database = unfinished.path().join(DATABASE);
    disk::copy_file(&source, &database)?;
    check_database(&database, &manifest)?;
    let from = Exhibits::in_folder(backup.join(EXHIBITS));
    let to = Exhibits::in_folder(unfinished.path().join(EXHIBITS));
    for hash in &manifest.exhibits {
        to.store(&from.load(*hash)?)?;
    }
    disk::sync_folder(unfinished.path())?;
    require_free(company)?;
    unfinished.rename_to(company)?;
    Journal::open(company)
}

/// Makes a backup of an open company; see [`Journal::backup`].
pub(crate) fn make(source: &Connection, from: &Exhibits, head: Head, destination: &Path) -> Result<Backup, Error> {
    require_free(destination)?;
    let parent = disk::folder_of(destination);
    let parent = fs::canonicalize(parent).map_err(at(parent))?;
    let unfinished = Unfinished::folder(&parent)?;
    let database = unfinished.path().join(DATABASE);
    let path = database.to_str().ok_or_else(|| Error::Foreign { path: parent.clone() })?;
    source.execute("VACUUM INTO ?1", (path,))?;
    disk::sync_file(&database)?;

    let (hash, _) = disk::hash_file(&database)?;
    let mut manifest =
        Manifest { format: FORMAT, head, database: hash, exhibits: vec![], missing: vec![], altered: vec![] };
    let to = Exhibits::in_folder(unfinished.path().join(EXHIBITS));
    for hash in from.list()? {
        match from.load(hash) {
            Ok(bytes) => manifest.exhibits.push(to.store(&bytes)?),
            Err(Error::Damaged(Problem::ExhibitMissing(hash))) => manifest.missing.push(hash),
            Err(Error::Damaged(_)) => manifest.altered.push(hash),
            Err(error) => return Err(error),
        }
    }
    check_database(&database, &manifest)?;
    let text = serde_json::to_vec_pretty(&manifest).expect("BUG: a manifest always has a JSON form");
    write_atomically(&unfinished.path().join(MANIFEST), &text)?;
    require_free(destination)?;
    unfinished.rename_to(destination)?;
    Ok(manifest.into_backup())
}

impl Manifest {
    fn into_backup(self) -> Backup {
        let missing = self.missing.into_iter().map(Problem::ExhibitMissing);
        let altered = self.altered.into_iter().map(Problem::ExhibitAltered);
        Backup { head: self.head, exhibits: self.exhibits.len(), left_out: missing.chain(altered).collect() }
    }
}

fn read_manifest(folder: &Path) -> Result<Manifest, Error> {
    let path = folder.join(MANIFEST);
    let bytes = disk::read_bounded(&path, MANIFEST_LIMIT)?;
    match serde_json::from_slice::<Manifest>(&bytes) {
        Ok(manifest) if manifest.format > FORMAT => {
            Err(Error::Newer { found: i64::from(manifest.format), known: i64::from(FORMAT) })
        }
        Ok(manifest) => Ok(manifest),
        Err(_) => Err(Error::Foreign { path }),
    }
}

/// Proves a closed database: its own hash, its header, its schema, every fact, and the end it should have.
fn check_database(path: &Path, manifest: &Manifest) -> Result<(), Error> {
    header::inspect(path)?;
    let (hash, _) = disk::hash_file(path)?;
    let path = fs::canonicalize(path).map_err(at(path))?;
    let report = verify::check(&connection::open_read_only(&path)?, &Exhibits::in_memory(), &[])?;
    match differences(&report, hash, manifest) {
        Some(problem) => Err(Error::Damaged(problem)),
        None => Ok(()),
    }
}

fn differences(report: &Report, hash: Sha256Hash, manifest: &Manifest) -> Option<Problem> {
    if let Some(problem) = report.problems.first() {
        return Some(problem.clone());
    }
    if report.head != manifest.head {
        return Some(Problem::BrokenLink(manifest.head.seq));
    }
    (hash != manifest.database).then(|| Problem::Database("the file is not the one of the manifest".to_owned()))
}

fn require_free(path: &Path) -> Result<(), Error> {
    match fs::symlink_metadata(path) {
        Ok(_) => Err(Error::AlreadyExists { path: path.to_owned() }),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(at(path)(error)),
    }
}
