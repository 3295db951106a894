//! Evidence files, named by their content: `pieces/<2 hex>/<sha256>`.
//!
//! The company owns its copy from the first second. A copy that is missing or altered is said to be so, never replaced in
//! silence; the same bytes stored again repair it.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::disk::{self, Unfinished};
use crate::error::{Error, at};
use crate::hash::Sha256Hash;
use crate::verify::Problem;

/// The largest evidence file kept, in bytes.
pub const EXHIBIT_LIMIT: u64 = 200 << 20;

/// The evidence files of a company.
#[derive(Debug)]
pub struct Exhibits {
    place: Place,
}

#[derive(Debug)]
enum Place {
    Folder(PathBuf),
    Memory(RefCell<BTreeMap<Sha256Hash, Vec<u8>>>),
}

impl Exhibits {
    /// Keeps evidence in this folder, made at the first one.
    pub(crate) fn in_folder(folder: PathBuf) -> Self {
        Self { place: Place::Folder(folder) }
    }

    /// Keeps evidence as long as the value lives.
    pub(crate) fn in_memory() -> Self {
        Self { place: Place::Memory(RefCell::default()) }
    }

    /// Keeps these bytes; once this returns they are on the disk, read back and equal.
    ///
    /// # Errors
    /// Nothing is kept after an error.
    pub fn store(&self, bytes: &[u8]) -> Result<Sha256Hash, Error> {
        let size = bytes.len() as u64;
        if size > EXHIBIT_LIMIT {
            return Err(Error::TooLarge { size, limit: EXHIBIT_LIMIT });
        }
        let hash = Sha256Hash::of(bytes);
        match &self.place {
            Place::Memory(kept) => {
                kept.borrow_mut().insert(hash, bytes.to_owned());
            }
            Place::Folder(folder) => store_in(folder, hash, bytes)?,
        }
        Ok(hash)
    }

    /// Returns the bytes of this name, verified.
    ///
    /// # Errors
    /// [`Error::Damaged`] says which of missing, altered, not a file.
    pub fn load(&self, hash: Sha256Hash) -> Result<Vec<u8>, Error> {
        match &self.place {
            Place::Memory(kept) => {
                kept.borrow().get(&hash).cloned().ok_or(Error::Damaged(Problem::ExhibitMissing(hash)))
            }
            Place::Folder(folder) => load_from(folder, hash),
        }
    }

    /// Returns the names of all that is kept, in order, without reading any of it.
    ///
    /// # Errors
    /// When the folder cannot be listed.
    pub fn list(&self) -> Result<Vec<Sha256Hash>, Error> {
        match &self.place {
            Place::Memory(kept) => Ok(kept.borrow().keys().copied().collect()),
            Place::Folder(folder) => list_in(folder),
        }
    }

    /// Removes what an interrupted `store` left.
    pub(crate) fn sweep(&self) -> Result<(), Error> {
        match &self.place {
            Place::Folder(folder) if is_folder(folder) => disk::sweep_unfinished(folder),
            Place::Folder(_) | Place::Memory(_) => Ok(()),
        }
    }
}

fn path_of(folder: &Path, hash: Sha256Hash) -> PathBuf {
    let name = hash.to_string();
    folder.join(&name[..2]).join(name)
}

fn store_in(folder: &Path, hash: Sha256Hash, bytes: &[u8]) -> Result<(), Error> {
    match load_from(folder, hash) {
        Ok(_) => return Ok(()),
        Err(Error::Damaged(Problem::ExhibitMissing(_) | Problem::ExhibitAltered(_))) => {}
        Err(error) => return Err(error),
    }
    let target = path_of(folder, hash);
    require_folder(folder)?;
    require_folder(disk::folder_of(&target))?;
    let unfinished = Unfinished::file(folder, bytes)?;
    set_read_only(unfinished.path())?;
    unfinished.rename_to(&target)?;
    load_from(folder, hash).map(drop)
}

fn load_from(folder: &Path, hash: Sha256Hash) -> Result<Vec<u8>, Error> {
    let damage = |problem: fn(Sha256Hash) -> Problem| Err(Error::Damaged(problem(hash)));
    match disk::read_bounded(&path_of(folder, hash), EXHIBIT_LIMIT) {
        Ok(bytes) if Sha256Hash::of(&bytes) == hash => Ok(bytes),
        Ok(_) | Err(Error::TooLarge { .. }) => damage(Problem::ExhibitAltered),
        Err(Error::NotFound { .. }) => damage(Problem::ExhibitMissing),
        Err(Error::Foreign { .. }) => damage(Problem::ExhibitNotAFile),
        Err(error) => Err(error),
    }
}

fn list_in(folder: &Path) -> Result<Vec<Sha256Hash>, Error> {
    let mut hashes = Vec::new();
    if !is_folder(folder) {
        return Ok(hashes);
    }
    for shelf in disk::entries(folder)?.iter().filter(|shelf| disk::name_of(shelf).len() == 2 && is_folder(shelf)) {
        let names = disk::entries(shelf)?;
        let found = names.iter().filter_map(|path| Sha256Hash::parse(disk::name_of(path)));
        hashes.extend(found.filter(|hash| path_of(folder, *hash).parent() == Some(shelf)));
    }
    Ok(hashes)
}

fn is_folder(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|found| found.is_dir())
}

/// Makes the folder if it is not there, for good; refuses a link or a file in its place.
fn require_folder(path: &Path) -> Result<(), Error> {
    match disk::create_folder(path) {
        Ok(()) => disk::sync_folder(disk::folder_of(path)),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && is_folder(path) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(Error::Foreign { path: path.to_owned() }),
        Err(error) => Err(at(path)(error)),
    }
}

/// Guards against a slip, not against an owner who insists.
fn set_read_only(path: &Path) -> Result<(), Error> {
    let mut permissions = fs::metadata(path).map_err(at(path))?.permissions();
    permissions.set_readonly(true);
    fs::set_permissions(path, permissions).map_err(at(path))
}
