//! What the storage room promises, tried on real files: one binary.
#![cfg(unix)] // Links and modes are part of what is tried.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
#![allow(clippy::disallowed_methods, reason = "these tests damage files on purpose")]

mod backup;
mod evidence;
mod journal;
mod schema;
mod support;
mod tampering;
