//! Backups: copies that are proven before they count.

use std::path::Path;

use serde::Serialize;

use crate::error::{Error, problem_sentence};
use crate::office::Office;

/// A backup that was proven.
#[derive(Debug, Clone, Serialize)]
pub struct BackupView {
    /// Where it is.
    #[serde(rename = "chemin")]
    pub path: String,
    /// How many facts it holds.
    #[serde(rename = "faits")]
    pub facts: u64,
    /// How many pieces of evidence.
    pub pieces: usize,
    /// First digits of the end of its chain.
    #[serde(rename = "empreinte")]
    pub fingerprint: String,
    /// The pieces that could not be copied, because they were already missing or altered.
    #[serde(rename = "laisses", skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<String>,
}

/// Makes a verified copy of the company in a folder that does not exist yet.
///
/// # Errors
/// Nothing stands at the destination after an error.
pub fn backup(office: &Office, destination: &Path) -> Result<BackupView, Error> {
    let made = office.journal.backup(destination)?;
    Ok(BackupView {
        path: destination.display().to_string(),
        facts: made.head.seq.get(),
        pieces: made.exhibits,
        fingerprint: made.head.hash.fingerprint(),
        left_out: made.left_out.iter().map(problem_sentence).collect(),
    })
}

/// Makes a company of a backup, in a folder that does not exist yet.
///
/// # Errors
/// The backup is not sound, or the destination exists.
pub fn restore(backup: &Path, company: &Path) -> Result<Office, Error> {
    Office::over(dument_storage::restore(backup, company).map_err(|error| not_restored(error, backup))?, company)
}

/// Tells a folder that is no backup apart from one that is not there.
fn not_restored(error: dument_storage::Error, backup: &Path) -> Error {
    use dument_storage::Error as Storage;
    match error {
        Storage::NotFound { .. } | Storage::Io { .. } if !backup.exists() => {
            Storage::NotFound { path: backup.to_owned() }.into()
        }
        Storage::NotFound { .. } => Error::new(
            "pas-une-sauvegarde",
            format!("« {} » n’est pas une sauvegarde de Dûment.", backup.display()),
            "Choisissez le dossier que la commande « sauvegarder » avait écrit.",
        ),
        other => other.into(),
    }
}
