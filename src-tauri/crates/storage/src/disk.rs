//! Writing files so that a reader finds the old one or the new one, whole, whatever happens in between.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::error::{Error, at};
use crate::hash::Sha256Hash;

/// How the name of everything unfinished ends.
const UNFINISHED: &str = ".dument-tmp";

/// Writes this file whole or not at all, in the place of the one that stands there.
///
/// The only writer of files of the product: a temporary file in the same folder, readable by its owner alone, synced,
/// then renamed. A symbolic link or a folder in the place of the target is refused. Whether an existing file may be
/// replaced is the caller's question to the owner.
///
/// # Errors
/// After any error the target is the old file or the new one, whole; the old one unless only the last sync failed.
pub fn write_atomically(target: &Path, bytes: &[u8]) -> Result<(), Error> {
    match fs::symlink_metadata(target) {
        Ok(found) if !found.is_file() => return Err(Error::Foreign { path: target.to_owned() }),
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(at(target)(error)),
    }
    Unfinished::file(folder_of(target), bytes)?.rename_to(target)
}

/// A file or folder that does not count yet; it goes away unless it is renamed.
#[derive(Debug)]
pub(crate) struct Unfinished {
    path: PathBuf,
}

impl Unfinished {
    /// Writes and syncs a file of an unforeseeable name in this folder.
    pub fn file(folder: &Path, bytes: &[u8]) -> Result<Self, Error> {
        let path = folder.join(unfinished_name()?);
        let mut file = create_new(&path).map_err(at(&path))?;
        let unfinished = Self { path };
        let written = file.write_all(bytes).and_then(|()| file.sync_all());
        written.map_err(at(&unfinished.path))?;
        Ok(unfinished)
    }

    /// Makes a folder of an unforeseeable name in this folder.
    pub fn folder(parent: &Path) -> Result<Self, Error> {
        let path = parent.join(unfinished_name()?);
        create_folder(&path).map_err(at(&path))?;
        Ok(Self { path })
    }

    /// Where it is being written.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Gives it its name, for good once this returns.
    pub fn rename_to(self, target: &Path) -> Result<(), Error> {
        fs::rename(&self.path, target).map_err(at(target))?;
        sync_folder(folder_of(target))
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        // After a rename there is nothing left under this name; otherwise what cannot be removed now is at next opening.
        remove_unfinished(&self.path);
    }
}

/// Removes what an interrupted export, backup or restoration left in this folder; nobody may be writing there.
///
/// The folder of a company is swept at each opening; the folder of the backups is the caller's to sweep.
///
/// # Errors
/// When the folder cannot be listed.
pub fn sweep_unfinished(folder: &Path) -> Result<(), Error> {
    for entry in entries(folder)? {
        if is_unfinished(&entry) {
            remove_unfinished(&entry);
        }
    }
    Ok(())
}

/// Says whether this is the name of something unfinished.
pub(crate) fn is_unfinished(path: &Path) -> bool {
    name_of(path).starts_with('.') && name_of(path).contains(UNFINISHED)
}

fn remove_unfinished(path: &Path) {
    let _ = fs::remove_file(path).or_else(|_| fs::remove_dir_all(path));
}

/// Lists a folder, in the order of names.
pub(crate) fn entries(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let listed: io::Result<Vec<PathBuf>> =
        fs::read_dir(folder).and_then(|entries| entries.map(|entry| entry.map(|entry| entry.path())).collect());
    let mut paths = listed.map_err(at(folder))?;
    paths.sort();
    Ok(paths)
}

/// Returns the last part of a path, or nothing when it is not text: none of our names is.
pub(crate) fn name_of(path: &Path) -> &str {
    path.file_name().and_then(|name| name.to_str()).unwrap_or("")
}

/// Reads a plain file of a bounded size; a symbolic link or a folder in its place is not followed.
pub(crate) fn read_bounded(path: &Path, limit: u64) -> Result<Vec<u8>, Error> {
    require_file(path)?;
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(at(path))?;
    file.take(limit + 1).read_to_end(&mut bytes).map_err(at(path))?;
    let size = bytes.len() as u64;
    if size > limit { Err(Error::TooLarge { size, limit }) } else { Ok(bytes) }
}

/// Refuses what is not a plain file.
pub(crate) fn require_file(path: &Path) -> Result<(), Error> {
    let found = fs::symlink_metadata(path).map_err(at(path))?;
    if found.is_file() { Ok(()) } else { Err(Error::Foreign { path: path.to_owned() }) }
}

/// Returns the hash and size of a file of any size.
pub(crate) fn hash_file(path: &Path) -> Result<(Sha256Hash, u64), Error> {
    let mut file = File::open(path).map_err(at(path))?;
    let mut hasher = Sha256::new();
    let size = pump(&mut file, |bytes| {
        hasher.update(bytes);
        Ok(())
    });
    Ok((Sha256Hash::finish(hasher), size.map_err(at(path))?))
}

/// Copies a file of any size to a name that is free, synced; returns the hash of the bytes copied.
pub(crate) fn copy_file(from: &Path, to: &Path) -> Result<Sha256Hash, Error> {
    let mut source = File::open(from).map_err(at(from))?;
    let mut target = create_new(to).map_err(at(to))?;
    let mut hasher = Sha256::new();
    let copied = pump(&mut source, |bytes| {
        hasher.update(bytes);
        target.write_all(bytes)
    });
    copied.and_then(|_| target.sync_all()).map_err(at(to))?;
    Ok(Sha256Hash::finish(hasher))
}

/// Hands over a file piece by piece; returns how many bytes there were.
fn pump(source: &mut File, mut take: impl FnMut(&[u8]) -> io::Result<()>) -> io::Result<u64> {
    let mut buffer = vec![0; 1 << 17];
    let mut size = 0;
    loop {
        let read = source.read(&mut buffer)?;
        if read == 0 {
            return Ok(size);
        }
        size += read as u64;
        take(&buffer[..read])?;
    }
}

/// Creates a file under a name that is free, readable by its owner alone.
pub(crate) fn create_new(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Creates a folder under a name that is free, open to its owner alone.
pub(crate) fn create_folder(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Syncs a file written by someone else.
pub(crate) fn sync_file(path: &Path) -> Result<(), Error> {
    OpenOptions::new().write(true).open(path).and_then(|file| file.sync_all()).map_err(at(path))
}

/// Makes the names of a folder durable, where the system has such a thing.
pub(crate) fn sync_folder(folder: &Path) -> Result<(), Error> {
    if cfg!(not(unix)) {
        return Ok(());
    }
    match File::open(folder).and_then(|folder| folder.sync_all()) {
        // Some network and FUSE file systems know no such call: their names are as durable as they can be.
        Err(error) if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => Ok(()),
        synced => synced.map_err(at(folder)),
    }
}

/// Returns the folder of a file, the current one for a bare name.
pub(crate) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        Some(_) | None => Path::new("."),
    }
}

/// Returns bytes nobody can foresee.
pub(crate) fn random<const N: usize>() -> Result<[u8; N], Error> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)
        .map_err(|error| Error::Io { path: PathBuf::from("getrandom"), source: io::Error::other(error.to_string()) })?;
    Ok(bytes)
}

fn unfinished_name() -> Result<String, Error> {
    let number = u64::from_be_bytes(random()?);
    Ok(format!(".{number:016x}{UNFINISHED}"))
}
