//! Backups count only once they are proven, and come back equal.

use std::fs;

use dument_storage::{Error, Journal, Problem, check_backup, restore};

use crate::support::{AT, Company, contents, copy_folder, debtor, overwrite};

/// A company with three pieces, and a backup of it.
fn backed_up() -> (Company, std::path::PathBuf) {
    let company = Company::sample();
    let journal = company.open().unwrap();
    for piece in [&b"bon de commande"[..], b"facture", &[7; 100_000]] {
        journal.exhibits().store(piece).unwrap();
    }
    let backup = company.scratch.path().join("Sauvegarde du 22 novembre");
    let made = journal.backup(&backup).unwrap();
    assert_eq!((made.head, made.exhibits), (journal.head(), 3));
    assert_eq!(made.left_out, []);
    assert_eq!(check_backup(&backup).unwrap(), made);
    (company, backup)
}

#[test]
fn what_is_restored_equals_what_was_backed_up() {
    let (company, backup) = backed_up();
    let before = contents(&backup);
    let original = company.open().unwrap();
    let restored = restore(&backup, &company.scratch.path().join("Reprise.dument")).unwrap();
    assert_eq!(restored.head(), original.head());
    assert_eq!(restored.facts().unwrap(), original.facts().unwrap());
    assert_eq!(restored.erased().unwrap(), original.erased().unwrap());
    assert_eq!(restored.exhibits().list().unwrap(), original.exhibits().list().unwrap());
    let expected = original.exhibits().list().unwrap();
    assert!(restored.verify(&expected).unwrap().is_sound());
    assert_eq!(contents(&backup), before, "a backup is never modified");
}

#[test]
fn a_restored_company_goes_on() {
    let (company, backup) = backed_up();
    let mut restored = restore(&backup, &company.scratch.path().join("Reprise.dument")).unwrap();
    restored.append(&[debtor("Nouveau client")], AT).unwrap();
    assert_eq!(restored.head().seq.get(), 11);
}

#[test]
fn a_journal_in_memory_can_be_backed_up_too() {
    let scratch = tempfile::tempdir().unwrap();
    let mut journal = Journal::in_memory().unwrap();
    journal.append(&[debtor("A")], AT).unwrap();
    journal.exhibits().store(b"devis").unwrap();
    let backup = scratch.path().join("sauvegarde");
    journal.backup(&backup).unwrap();
    let restored = restore(&backup, &scratch.path().join("reprise")).unwrap();
    assert_eq!(restored.facts().unwrap(), journal.facts().unwrap());
}

#[test]
fn a_backup_is_made_while_the_log_holds_the_last_facts() {
    let company = Company::sample();
    let mut journal = company.open().unwrap();
    journal.append(&[debtor("dans le journal d’écriture")], AT).unwrap();
    let backup = company.scratch.path().join("sauvegarde");
    journal.backup(&backup).unwrap();
    assert_eq!(check_backup(&backup).unwrap().head, journal.head());
}

#[test]
fn nothing_that_exists_is_overwritten() {
    let (company, backup) = backed_up();
    let journal = company.open().unwrap();
    let before = contents(company.scratch.path());
    assert!(matches!(journal.backup(&backup).unwrap_err(), Error::AlreadyExists { .. }));
    assert!(matches!(restore(&backup, &company.folder).unwrap_err(), Error::AlreadyExists { .. }));
    assert_eq!(contents(company.scratch.path()), before);
}

#[test]
fn a_backup_is_not_opened_as_a_company() {
    let (_company, backup) = backed_up();
    let before = contents(&backup);
    assert!(matches!(Journal::open(&backup).unwrap_err(), Error::IsBackup { .. }));
    assert_eq!(contents(&backup), before);
}

#[test]
fn a_backup_with_one_flipped_bit_is_refused_wherever_it_is() {
    let (company, backup) = backed_up();
    let mut cases = 0;
    for (path, bytes) in contents(&backup) {
        for case in 0..60 {
            let position = case * bytes.len() / 60;
            let mut flipped = bytes.clone();
            flipped[position] ^= 1 << (case % 8);
            overwrite(&path, &flipped);
            if path.ends_with("manifeste.json") && is_same_manifest(&bytes, &flipped) {
                continue;
            }
            assert!(check_backup(&backup).is_err(), "byte {position} of {}", path.display());
            let target = company.scratch.path().join("reprise");
            assert!(restore(&backup, &target).is_err());
            assert!(!target.exists());
            cases += 1;
        }
        overwrite(&path, &bytes);
    }
    assert!(cases > 200, "only {cases} flips were tried");
    check_backup(&backup).unwrap();
    let left = fs::read_dir(company.scratch.path()).unwrap().count();
    assert_eq!(left, 2, "refused restorations leave nothing behind");
}

/// A flip in the white space of the manifest may say the same thing.
fn is_same_manifest(before: &[u8], after: &[u8]) -> bool {
    let read = |bytes| serde_json::from_slice::<serde_json::Value>(bytes).ok();
    read(before) == read(after)
}

#[test]
fn a_backup_that_lost_a_file_is_refused() {
    let (company, backup) = backed_up();
    for (path, _) in contents(&backup) {
        let copy = company.scratch.path().join("copie");
        copy_folder(&backup, &copy);
        fs::remove_file(copy.join(path.strip_prefix(&backup).unwrap())).unwrap();
        assert!(check_backup(&copy).is_err(), "without {}", path.display());
        fs::remove_dir_all(copy).unwrap();
    }
}

#[test]
fn a_backup_of_another_journal_under_this_manifest_is_refused() {
    let (_company, backup) = backed_up();
    let (_other, second) = backed_up();
    fs::copy(second.join("journal.sqlite"), backup.join("journal.sqlite")).unwrap();
    assert!(matches!(check_backup(&backup).unwrap_err(), Error::Damaged(_)));
}

#[test]
fn a_piece_already_altered_is_left_out_and_said_to_be() {
    let company = Company::sample();
    let journal = company.open().unwrap();
    let sound = journal.exhibits().store(b"saine").unwrap();
    let altered = journal.exhibits().store(b"bientot alteree").unwrap();
    let name = altered.to_string();
    overwrite(&company.folder.join("pieces").join(&name[..2]).join(&name), b"alteree");
    let backup = company.scratch.path().join("sauvegarde");
    let made = journal.backup(&backup).unwrap();
    assert_eq!(made.left_out, [Problem::ExhibitAltered(altered)]);
    assert_eq!(check_backup(&backup).unwrap(), made, "the manifest says so too");
    let restored = restore(&backup, &company.scratch.path().join("reprise")).unwrap();
    assert_eq!(restored.exhibits().list().unwrap(), [sound]);
}

#[test]
fn a_damaged_company_makes_no_backup() {
    let company = Company::sample();
    let facts: Vec<_> = (0..1200).map(|number| debtor(&format!("Client {number}"))).collect();
    let mut journal = company.open().unwrap();
    journal.append(&facts, AT).unwrap();
    journal.close().unwrap();
    company.tamper("UPDATE payload SET json = replace(json, '1200.00', '12.00')");
    let journal = company.open().expect("the change is older than the links checked at opening");
    let backup = company.scratch.path().join("sauvegarde");
    assert!(matches!(journal.backup(&backup).unwrap_err(), Error::Damaged(Problem::AlteredPayload(_))));
    assert!(!backup.exists());
    assert!(matches!(journal.facts().unwrap_err(), Error::Damaged(Problem::AlteredPayload(_))));
}

#[test]
fn a_backup_from_a_newer_version_is_refused() {
    let (_company, backup) = backed_up();
    let path = backup.join("manifeste.json");
    let text = fs::read_to_string(&path).unwrap().replace("\"format\": 1", "\"format\": 2");
    overwrite(&path, text.as_bytes());
    assert!(matches!(check_backup(&backup).unwrap_err(), Error::Newer { found: 2, known: 1 }));
}
