//! Keeps a company on disk: its journal of facts, its evidence, its backups.
//!
//! This room is the only one that writes SQL and the only one that touches the file system for the folder of a company:
//! `journal.sqlite`, the chained facts; `journal.verrou`, whose lock says that it is open; `journal.tete`, the last known
//! end; `pieces/`, the evidence. What it returns has been checked against what was written; what it could not keep, it
//! refuses in words that say so.
//!
//! Deliberately not here: what a fact means (`domain`), when something happens (the caller gives every instant), the
//! sentences a user reads and the choice of when to back up (`workflows`).
//!
//! - [`journal`]: open, append, read; the order of things at opening.
//! - [`exhibits`]: evidence files, named by their content.
//! - [`verify`]: the full check, and all it may find.
//! - [`backup`]: a copy that is proven before it counts, and the way back.
//! - [`disk`]: the one atomic writer of the product.
//! - [`error`]: why an operation failed · [`hash`]: SHA-256 · [`chain`]: what seals a fact to the one before.
//! - inside: `reading` (rows to checked facts), `connection` (SQLite set up to keep its word), `schema` (migrations,
//!   views), `header` (the file before SQLite sees it), `witness` (the last known end, outside the database).

pub mod backup;
pub mod chain;
mod connection;
pub mod disk;
pub mod error;
pub mod exhibits;
pub mod hash;
mod header;
pub mod journal;
mod reading;
mod schema;
pub mod verify;
mod witness;

pub use backup::{Backup, check_backup, restore};
pub use chain::Head;
pub use disk::{sweep_unfinished, write_atomically};
pub use error::Error;
pub use exhibits::{EXHIBIT_LIMIT, Exhibits};
pub use hash::Sha256Hash;
pub use journal::Journal;
pub use verify::{Problem, Report};
