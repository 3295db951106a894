//! What the owner imports, keeps, opens and restores.
#![allow(clippy::disallowed_methods, reason = "the files are those of a user, in a folder that will vanish")]

use std::fs;
use std::path::{Path, PathBuf};

use dument_domain::Seq;
use dument_storage::{Error as Storage, Head, Sha256Hash};
use dument_workflows::backups::{backup, restore};
use dument_workflows::company::{CompanyEntry, PartyEntry};
use dument_workflows::exhibits::{ExhibitEntry, add_exhibit};
use dument_workflows::imports::accept_import;
use dument_workflows::words::ExhibitNature;
use dument_workflows::{Error, Moment, Office};

use super::{Refusal, asked};
use crate::support::office::{CLIENT, day, noon};

/// An electronic invoice to be spoiled: 120 € owed by a company to another.
const UBL: &str = include_str!("../../src-tauri/crates/exchange/tests/support/ubl.xml");

fn now() -> Moment {
    noon(day("2026-06-20"))
}

pub fn refusals() -> Vec<Refusal> {
    [imports(), evidence(), companies(), disk()].into_iter().flatten().collect()
}

/// Imports an invoice of which something was changed.
fn imported(office: &mut Office, was: &str, becomes: &str) -> Error {
    assert!(UBL.contains(was), "{was} is no longer in the sample");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("facture.xml");
    fs::write(&file, UBL.replace(was, becomes)).unwrap();
    accept_import(office, &[file], None, &now()).unwrap_err()
}

fn imports() -> Vec<Refusal> {
    vec![
        asked("facture-recue", |_| {
            let party = PartyEntry {
                name: "Épicerie".to_owned(),
                siren: Some("987654324".to_owned()),
                ..PartyEntry::default()
            };
            let mut office = Office::in_memory().unwrap();
            let company = CompanyEntry { party, ..CompanyEntry::default() };
            dument_workflows::company::correct_company(&mut office, company, &now()).unwrap();
            imported(&mut office, "<cbc:ID>F-2026-007</cbc:ID>", "<cbc:ID>F-2026-008</cbc:ID>")
        }),
        asked("acheteur-sans-nom", |office| {
            imported(office, "<cbc:RegistrationName>Épicerie Paul &amp; fils</cbc:RegistrationName>", "")
        }),
        asked("qualite-inconnue", |office| imported(office, "<cbc:CompanyID>987 654 324 00017</cbc:CompanyID>", "")),
        asked("date-absente", |office| imported(office, "<cbc:IssueDate>2026-03-01</cbc:IssueDate>", "")),
        asked("devise-absente", |office| {
            imported(office, "<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>", "")
        }),
        asked("total-absent", |office| {
            let from = UBL.find("<cbc:TaxInclusiveAmount").unwrap();
            let to = UBL.find("</cac:LegalMonetaryTotal>").unwrap();
            imported(office, &UBL[from..to], "")
        }),
        asked("facture-sans-numero", |office| imported(office, "<cbc:ID>F-2026-007</cbc:ID>", "")),
        asked("fichier-absent", |office| {
            accept_import(office, &[PathBuf::from("absent.xml")], None, &now()).unwrap_err()
        }),
        asked("pas-un-fichier", |office| {
            let folder = tempfile::tempdir().unwrap();
            accept_import(office, &[folder.path().to_owned()], None, &now()).unwrap_err()
        }),
    ]
}

/// Keeps a file of these bytes as evidence.
fn kept(office: &mut Office, bytes: &str, title: &str, letter: Option<Seq>) -> Error {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("preuve.txt");
    fs::write(&file, bytes).unwrap();
    let entry = ExhibitEntry {
        file,
        debtor: CLIENT.to_owned(),
        invoices: Vec::new(),
        letter,
        nature: ExhibitNature::Other,
        title: title.to_owned(),
        dated_on: None,
    };
    add_exhibit(office, &entry, &now()).unwrap_err()
}

fn evidence() -> Vec<Refusal> {
    vec![
        asked("fichier-vide", |office| kept(office, "", "Contrat", None)),
        asked("piece-sans-titre", |office| kept(office, "contrat", " ", None)),
        asked("fait-inconnu", |office| {
            let not_a_letter = office.ledger().numbered("F-1");
            kept(office, "accusé", "Accusé de réception", not_a_letter)
        }),
    ]
}

/// Returns a company on the disk, closed.
fn founded(folder: &Path) -> PathBuf {
    let place = folder.join("Atelier.dument");
    let party = PartyEntry { name: "Atelier".to_owned(), ..PartyEntry::default() };
    let creditor = CompanyEntry { party, ..CompanyEntry::default() }.into_creditor();
    Office::create(&place, creditor, &now()).unwrap().close().unwrap();
    place
}

fn opened(place: &Path) -> Error {
    Office::open(place).err().unwrap()
}

fn companies() -> Vec<Refusal> {
    vec![
        asked("entreprise-ouverte-ailleurs", |_| {
            let folder = tempfile::tempdir().unwrap();
            let place = founded(folder.path());
            let _open = Office::open(&place).unwrap();
            opened(&place)
        }),
        asked("introuvable", |_| opened(Path::new("nulle-part.dument"))),
        asked("fichier-etranger", |_| {
            let folder = tempfile::tempdir().unwrap();
            fs::write(folder.path().join("journal.sqlite"), "ceci n’est pas un journal ".repeat(200)).unwrap();
            opened(folder.path())
        }),
        asked("entreprise-endommagee", |_| {
            let folder = tempfile::tempdir().unwrap();
            let journal = founded(folder.path()).join("journal.sqlite");
            let bytes = fs::read(&journal).unwrap();
            fs::write(&journal, &bytes[..bytes.len() / 2]).unwrap();
            opened(journal.parent().unwrap())
        }),
        asked("existe-deja", |_| {
            let folder = tempfile::tempdir().unwrap();
            let place = founded(folder.path());
            let creditor = CompanyEntry {
                party: PartyEntry { name: "Autre".to_owned(), ..PartyEntry::default() },
                ..CompanyEntry::default()
            };
            Office::create(&place, creditor.into_creditor(), &now()).err().unwrap()
        }),
        asked("nom-absent", |_| {
            let folder = tempfile::tempdir().unwrap();
            Office::create(folder.path(), CompanyEntry::default().into_creditor(), &now()).err().unwrap()
        }),
        asked("dossier-de-sauvegarde", |_| {
            let folder = tempfile::tempdir().unwrap();
            let office = Office::open(&founded(folder.path())).unwrap();
            let copy = folder.path().join("copie");
            backup(&office, &copy).unwrap();
            opened(&copy)
        }),
        asked("pas-une-sauvegarde", |_| {
            let folder = tempfile::tempdir().unwrap();
            restore(folder.path(), &folder.path().join("nouveau.dument")).err().unwrap()
        }),
    ]
}

/// What takes a failing disk, a newer version or another user to bring about: `storage` proves when it happens, here its
/// sentence is read.
fn disk() -> Vec<Refusal> {
    vec![
        asked("version-plus-recente", |_| Storage::Newer { found: 9, known: 1 }.into()),
        asked("journal-ancien", |_| {
            let head = |seq| Head { seq: Seq::new(seq), hash: Sha256Hash::of(b"journal") };
            Storage::Rewound { known: head(12), found: head(9) }.into()
        }),
        asked("lecture-seule", |_| Storage::ReadOnly.into()),
        asked("disque-plein", |_| Storage::DiskFull.into()),
        asked("fichier-trop-gros", |_| Storage::TooLarge { size: 300_000_000, limit: 100_000_000 }.into()),
        asked("rien-a-effacer", |_| Storage::NotErasable(Seq::new(3)).into()),
        asked("a-rouvrir", |_| Storage::MustReopen.into()),
        asked("fichier-interdit", |_| Error::file(Path::new("f.pdf"), &std::io::ErrorKind::PermissionDenied.into())),
        asked("fichier-illisible", |_| Error::file(Path::new("f.pdf"), &std::io::ErrorKind::TimedOut.into())),
    ]
}
