//! What may go wrong: few cases, each calling for a different next step. The sentences a user reads are in `workflows`.

use std::io;
use std::path::{Path, PathBuf};

use dument_domain::Seq;
use rusqlite::ErrorCode;

use crate::chain::Head;
use crate::verify::Problem;

/// Why an operation failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Another window or another program holds the company.
    #[error("the company is open elsewhere")]
    Locked,
    /// The journal was written by a newer version; nothing was touched.
    #[error("schema {found} is newer than the one known here, {known}")]
    Newer {
        /// Its schema.
        found: i64,
        /// The last one this version reads.
        known: i64,
    },
    /// What stands there is not ours; nothing was touched.
    #[error("not a file of this program: {}", .path.display())]
    Foreign {
        /// Where.
        path: PathBuf,
    },
    /// What was kept is not what was written.
    #[error("damaged: {0:?}")]
    Damaged(Problem),
    /// The journal ends before the last fact known to have been recorded, or ends otherwise: an older copy came back.
    #[error("the journal ends at {} but {} was recorded", .found.seq, .known.seq)]
    Rewound {
        /// The last end known.
        known: Head,
        /// The end found.
        found: Head,
    },
    /// The folder is a backup: it is restored elsewhere, never opened.
    #[error("a backup is restored, not opened: {}", .path.display())]
    IsBackup {
        /// Where.
        path: PathBuf,
    },
    /// The folder cannot be written to.
    #[error("the place is read-only")]
    ReadOnly,
    /// No space is left; nothing was recorded.
    #[error("the disk is full")]
    DiskFull,
    /// Nothing stands there.
    #[error("not found: {}", .path.display())]
    NotFound {
        /// Where.
        path: PathBuf,
    },
    /// Something stands there already and is kept.
    #[error("already exists: {}", .path.display())]
    AlreadyExists {
        /// Where.
        path: PathBuf,
    },
    /// More bytes than this program keeps in one file.
    #[error("{size} bytes are more than the {limit} accepted")]
    TooLarge {
        /// Size.
        size: u64,
        /// Limit.
        limit: u64,
    },
    /// There is no content to erase under this number, or it may not be erased.
    #[error("fact {0} has no content that can be erased")]
    NotErasable(Seq),
    /// An earlier write failed in a way that leaves the state of the disk unknown: close, open again.
    #[error("an earlier write failed: the journal has to be opened again")]
    MustReopen,
    /// The system refused to read or to write.
    #[error("{}: {source}", .path.display())]
    Io {
        /// Where.
        path: PathBuf,
        /// What it said.
        source: io::Error,
    },
    /// SQLite refused.
    #[error("database: {0}")]
    Database(#[source] rusqlite::Error),
}

/// Turns an error of the system about this path into ours.
pub(crate) fn at(path: &Path) -> impl FnOnce(io::Error) -> Error {
    let path = path.to_owned();
    move |source| match source.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Error::DiskFull,
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Error::ReadOnly,
        io::ErrorKind::NotFound => Error::NotFound { path },
        io::ErrorKind::AlreadyExists => Error::AlreadyExists { path },
        _ => Error::Io { path, source },
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::DiskFull,
            Some(ErrorCode::ReadOnly) => Self::ReadOnly,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Locked,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                Self::Damaged(Problem::Database(error.to_string()))
            }
            _ => Self::Database(error),
        }
    }
}

impl Error {
    /// Says whether the journal may go on after this error of a write: only when SQLite undid everything for certain.
    pub(crate) fn leaves_the_journal_sound(&self) -> bool {
        match self {
            Self::DiskFull | Self::NotErasable(_) | Self::ReadOnly | Self::Locked | Self::MustReopen => true,
            Self::Database(error) => {
                // No code: the value never reached SQLite.
                matches!(error.sqlite_error_code(), None | Some(ErrorCode::ConstraintViolation | ErrorCode::TooBig))
            }
            Self::Newer { .. }
            | Self::Foreign { .. }
            | Self::Damaged(_)
            | Self::Rewound { .. }
            | Self::IsBackup { .. }
            | Self::NotFound { .. }
            | Self::AlreadyExists { .. }
            | Self::TooLarge { .. }
            | Self::Io { .. } => false,
        }
    }
}
