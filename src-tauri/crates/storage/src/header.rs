//! The first hundred bytes of the file, read before SQLite touches it: is it ours, can it be read, is it whole?

use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use crate::disk;
use crate::error::{Error, at};
use crate::schema;
use crate::verify::Problem;

/// What a crash, or another program, may have left beside the main file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Leftover {
    /// Nothing: the last session ended well, and the main file is all there is.
    None,
    /// A log to be replayed: the last session did not end by itself.
    Log,
}

/// Looks at a journal file without changing a byte of it.
///
/// Whether its length is that which it declares can only be asked when no log is pending; a truncated last page would
/// otherwise pass every check of SQLite.
pub(crate) fn inspect(path: &Path) -> Result<Leftover, Error> {
    disk::require_file(path)?;
    let mut file = File::open(path).map_err(at(path))?;
    let length = file.metadata().map_err(at(path))?.len();
    let mut header = [0; 100];
    match file.read_exact(&mut header) {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Err(Error::Damaged(Problem::Truncated)),
        Err(error) => return Err(at(path)(error)),
    }
    let ours = header.starts_with(b"SQLite format 3\0") && word(&header, 68) == schema::APPLICATION_ID.cast_unsigned();
    if !ours {
        return Err(Error::Foreign { path: path.to_owned() });
    }
    let version = i64::from(word(&header, 60).cast_signed());
    if version > schema::latest() {
        return Err(Error::Newer { found: version, known: schema::latest() });
    }
    if version < 1 {
        return Err(Error::Damaged(Problem::Schema));
    }
    let leftover = leftover(path)?;
    if leftover == Leftover::None && !declares(&header, length) {
        return Err(Error::Damaged(Problem::Truncated));
    }
    Ok(leftover)
}

/// Says whether the header declares this many bytes.
fn declares(header: &[u8; 100], length: u64) -> bool {
    let page_size = match u16::from_be_bytes([header[16], header[17]]) {
        1 => 1 << 16,
        size => u64::from(size),
    };
    let count_is_current = word(header, 24) == word(header, 92);
    count_is_current && page_size * u64::from(word(header, 28)) == length
}

fn word(header: &[u8; 100], offset: usize) -> u32 {
    let mut bytes = [0; 4];
    bytes.copy_from_slice(&header[offset..offset + 4]);
    u32::from_be_bytes(bytes)
}

fn leftover(path: &Path) -> Result<Leftover, Error> {
    for suffix in ["-wal", "-journal"] {
        let log = beside(path, suffix);
        match fs::symlink_metadata(&log) {
            Ok(found) if !found.is_file() => return Err(Error::Foreign { path: log }),
            Ok(found) if found.len() > 0 => return Ok(Leftover::Log),
            Ok(_) => {}
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(at(&log)(error)),
        }
    }
    Ok(Leftover::None)
}

/// Returns the path of what SQLite keeps beside a file.
fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}
