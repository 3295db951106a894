//! The dossier as one ZIP: the bound PDF, the original exhibits, and what proves that they were not altered.
//!
//! The bound dossier is for reading; the exhibits beside it are the files as they were received, byte for byte. The
//! fingerprints let anyone check that with tools found on any computer.
//!
//! Deliberately absent: reading archives, and the file system. The same entries give the same bytes: no clock, no
//! permission, no owner is written.

mod bordereau;
mod names;

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

pub use bordereau::{BordereauRow, bordereau_csv};
pub use names::safe_name;

/// The name of the file of fingerprints, as `lisez_moi` tells it.
pub const EMPREINTES: &str = "empreintes.sha256";
/// The name of the note that explains how to check them.
pub const LISEZ_MOI: &str = "lisez-moi.txt";

/// Beyond it, old readers cannot open a ZIP file.
const MAX_BYTES: usize = 4_000_000_000;

/// A file of the archive.
#[derive(Debug, Clone)]
pub struct Entry<'a> {
    /// Its place, relative to the archive, folders separated by `/`.
    pub path: String,
    pub bytes: Cow<'a, [u8]>,
}

/// Why an archive cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("«\u{A0}{0}\u{A0}» ne peut pas nommer un fichier sur tous les ordinateurs. Renommez la pièce.")]
    Name(String),
    #[error("Deux fichiers du dossier s’appelleraient «\u{A0}{0}\u{A0}». Renommez l’une des pièces.")]
    Duplicate(String),
    #[error("Le dossier dépasse 4\u{A0}Go. Retirez des pièces ou faites-en deux dossiers.")]
    TooHeavy,
    #[error(
        "L’archive n’a pas pu être écrite\u{202F}: {0}. Recommencez\u{202F}; si cela persiste, retirez des pièces."
    )]
    Zip(#[from] zip::result::ZipError),
    #[error(
        "L’archive n’a pas pu être écrite\u{202F}: {0}. Recommencez\u{202F}; si cela persiste, retirez des pièces."
    )]
    Io(#[from] std::io::Error),
}

/// Makes a ZIP file of entries, in the order given.
pub fn archive(entries: &[Entry]) -> Result<Vec<u8>, Error> {
    let weight: usize = entries.iter().map(|entry| entry.bytes.len() + 2 * entry.path.len() + 256).sum();
    if weight > MAX_BYTES {
        return Err(Error::TooHeavy);
    }
    let mut taken = HashSet::new();
    for Entry { path, .. } in entries {
        if !names::is_safe_path(path) {
            return Err(Error::Name(path.clone()));
        }
        // Windows and macOS do not tell "A.pdf" from "a.pdf".
        if !taken.insert(path.to_ascii_lowercase()) {
            return Err(Error::Duplicate(path.clone()));
        }
    }
    let mut zip = ZipWriter::new(Cursor::new(Vec::with_capacity(weight)));
    for Entry { path, bytes } in entries {
        zip.start_file(path, options(path))?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

fn options(path: &str) -> SimpleFileOptions {
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase();
    let method = match extension.as_str() {
        "csv" | "eml" | "json" | "sha256" | "txt" | "xml" => CompressionMethod::Deflated,
        // Already compressed, or unknown: stored, so that a damaged archive still shows its files.
        _ => CompressionMethod::Stored,
    };
    SimpleFileOptions::default()
        .compression_method(method)
        .last_modified_time(DateTime::DEFAULT)
        .unix_permissions(0o644)
}

/// Lists the fingerprints of files in the form that `sha256sum -c` checks.
///
/// The paths are those of the entries: the list belongs at the root of the archive.
pub fn empreintes(entries: &[Entry]) -> String {
    let mut list = String::new();
    for Entry { path, bytes } in entries {
        writeln!(list, "{}  {path}", sha256(bytes)).expect("BUG: a String takes any text");
    }
    list
}

/// Returns the SHA-256 of bytes, in lower-case hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Writes the note that tells a reader who is no technician how to check the dossier.
///
/// `journal_head` is the fingerprint of the last fact of the journal when the dossier was made.
pub fn lisez_moi(journal_head: &str) -> String {
    let text = format!(
        "VÉRIFIER CE DOSSIER\n\
         \n\
         Le fichier {EMPREINTES} donne l’empreinte SHA-256 de chaque fichier de ce dossier.\n\
         Si un seul octet d’un fichier change, son empreinte change entièrement.\n\
         \n\
         1. Décompressez l’archive, puis ouvrez un terminal dans le dossier obtenu.\n\
         \n\
         2. Sous Linux\u{202F}:\n\
         \n    sha256sum -c {EMPREINTES}\n\
         \n\
         \u{20}  Sous macOS\u{202F}:\n\
         \n    shasum -a 256 -c {EMPREINTES}\n\
         \n\
         \u{20}  Chaque ligne doit se terminer par «\u{A0}OK\u{A0}» (ou «\u{A0}Réussi\u{A0}»).\n\
         \n\
         \u{20}  Sous Windows, fichier par fichier\u{202F}:\n\
         \n    certutil -hashfile NOM-DU-FICHIER SHA256\n\
         \n\
         \u{20}  Le résultat doit être la suite de 64 caractères qui précède ce nom dans {EMPREINTES}\n\
         \u{20}  (ce fichier s’ouvre avec le Bloc-notes).\n\
         \n\
         \n\
         CE QUE PROUVE L’EMPREINTE DU JOURNAL\n\
         \n\
         Empreinte du journal à la création de ce dossier\u{202F}:\n\
         \n    {journal_head}\n\
         \n\
         Les faits (factures, paiements, relances, appels…) sont inscrits l’un après l’autre dans un journal\n\
         où chaque inscription contient l’empreinte de la précédente. L’empreinte ci-dessus résume donc tout\n\
         ce qui était inscrit à ce moment. Si le journal présenté plus tard mène à cette même empreinte, rien\n\
         n’y a été ajouté, retiré ni modifié avant elle.\n\
         \n\
         Elle ne prouve ni qu’un appel a eu lieu, ni qu’une note dit vrai\u{202F}; et sa date n’est certaine que si\n\
         l’empreinte a été remise à un tiers (lettre recommandée, courriel à un avocat ou à un commissaire de\n\
         justice). En cas de doute, un commissaire de justice peut constater le journal et les fichiers.\n"
    );
    // For the text editors of Windows.
    text.replace('\n', "\r\n")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    #![allow(clippy::print_stdout, reason = "a test says what it skips")]
    #![allow(clippy::disallowed_methods, reason = "nothing is lost with a temporary file")]

    use std::process::Command;

    use super::*;

    fn entry<'a>(path: &str, bytes: &'a [u8]) -> Entry<'a> {
        Entry { path: path.to_owned(), bytes: Cow::Borrowed(bytes) }
    }

    fn dossier() -> Vec<Entry<'static>> {
        let mut entries = vec![
            entry("dossier.pdf", b"%PDF-1.7 dossier"),
            entry("pieces/Piece-01_facture.pdf", b"%PDF-1.4 facture"),
            entry("bordereau.csv", b"N\xC2\xB0;Intitul\xC3\xA9\r\n"),
            Entry { path: LISEZ_MOI.into(), bytes: lisez_moi("0123456789abcdef").into_bytes().into() },
        ];
        let list = empreintes(&entries);
        entries.push(Entry { path: EMPREINTES.into(), bytes: list.into_bytes().into() });
        entries
    }

    #[test]
    fn the_same_entries_give_the_same_bytes() {
        assert_eq!(archive(&dossier()).unwrap(), archive(&dossier()).unwrap());
    }

    #[test]
    fn the_extracted_files_pass_the_usual_checks() {
        let folder = std::env::temp_dir().join(format!("dument-archive-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("dossier.zip"), archive(&dossier()).unwrap()).unwrap();
        for (tool, arguments) in [
            ("unzip", vec!["-t", "dossier.zip"]),
            ("unzip", vec!["-o", "-q", "dossier.zip"]),
            ("sha256sum", vec!["--strict", "-c", EMPREINTES]),
        ] {
            match Command::new(tool).args(&arguments).current_dir(&folder).output() {
                Ok(output) => assert!(output.status.success(), "{tool}: {}", String::from_utf8_lossy(&output.stdout)),
                Err(_) => println!("ignoré : {tool} n’est pas installé"),
            }
        }
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn the_fingerprints_catch_a_changed_byte() {
        let [sound, changed] = [&b"facture 100"[..], b"facture 900"].map(|bytes| empreintes(&[entry("a.pdf", bytes)]));
        assert_ne!(sound, changed);
        assert_eq!(
            empreintes(&[entry("a.txt", b"abc")]),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  a.txt\n",
            "the vector published with SHA-256"
        );
    }

    #[test]
    fn text_is_compressed_and_exhibits_are_stored_as_they_are() {
        let text = "facture ".repeat(1_000);
        let weight = |path: &str| archive(&[entry(path, text.as_bytes())]).unwrap().len();
        assert!(weight("a.csv") < text.len() / 10);
        assert!(weight("a.pdf") > text.len());
    }

    #[test]
    fn names_that_could_escape_or_clash_are_refused() {
        for path in [
            "",
            "/etc/passwd",
            "../a.pdf",
            "a/../b.pdf",
            "a//b.pdf",
            "a/",
            "./a.pdf",
            "a\\b.pdf",
            "C:a.pdf",
            "é.pdf",
            "a b.pdf",
            "con.txt",
            "pieces/NUL",
            "a.pdf.",
            "a\0.pdf",
            "~/a.pdf",
        ] {
            assert!(matches!(archive(&[entry(path, b"")]), Err(Error::Name(_))), "{path:?} must be refused");
        }
        let clash = [entry("A.pdf", b"1"), entry("a.PDF", b"2")];
        assert!(matches!(archive(&clash), Err(Error::Duplicate(_))));
    }

    #[test]
    fn the_note_names_the_files_and_the_journal() {
        let note = lisez_moi("9f86d081884c7d65");
        for expected in ["sha256sum -c empreintes.sha256", "certutil -hashfile", "9f86d081884c7d65"] {
            assert!(note.contains(expected), "{expected}");
        }
        assert!(note.lines().all(|line| line.chars().count() <= 105), "the note fits in a plain editor");
    }
}
