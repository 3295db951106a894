//! The last known end of the journal, kept outside the database: `journal.tete`.
//!
//! When an older copy of the database comes back — a synchronised folder, a restored snapshot, a lost log — the database
//! alone is whole and says nothing. This file says what is missing.
//!
//! It is written after each commit and never synced: it may lag behind the database, which means nothing, and can only
//! run ahead of it when something was lost. It is a witness of accidents, not a seal: whoever deletes it is not stopped.

use std::fs::{File, OpenOptions};
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;

use dument_domain::Seq;

use crate::chain::Head;
use crate::disk;
use crate::error::{Error, at};
use crate::hash::Sha256Hash;

/// The file, held open.
#[derive(Debug)]
pub(crate) struct Witness {
    file: File,
}

impl Witness {
    /// Opens the file, making it when it is not there.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let file = match disk::require_file(path) {
            Ok(()) => OpenOptions::new().read(true).write(true).open(path),
            Err(Error::NotFound { .. }) => disk::create_new(path),
            Err(error) => return Err(error),
        };
        Ok(Self { file: file.map_err(at(path))? })
    }

    /// Returns the last known head; nothing when the file is new, or torn by a power cut.
    pub fn last_known(path: &Path) -> Result<Option<Head>, Error> {
        match disk::read_bounded(path, 1 << 10) {
            Ok(bytes) => Ok(std::str::from_utf8(&bytes).ok().and_then(read)),
            Err(Error::NotFound { .. } | Error::TooLarge { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Notes the head; a failure costs only the warning it would have given.
    pub fn note(&mut self, head: Head) {
        let _ = self.file.seek(SeekFrom::Start(0)).and_then(|_| self.file.write_all(written(head).as_bytes()));
    }
}

/// One line of a fixed length, with its own check: a mixture of two of them is not taken for one.
fn written(head: Head) -> String {
    let line = format!("{:020} {}", head.seq.get(), head.hash);
    let check = Sha256Hash::of(line.as_bytes()).fingerprint();
    format!("{line} {check}\n")
}

fn read(text: &str) -> Option<Head> {
    let mut words = text.split_ascii_whitespace();
    let seq = words.next()?.parse().ok()?;
    let head = Head { seq: Seq::new(seq), hash: Sha256Hash::parse(words.next()?)? };
    (written(head) == text).then_some(head)
}
