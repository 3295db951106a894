//! Evidence files: kept, verified, never replaced in silence.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::PathBuf;

use dument_storage::{Error, Journal, Problem, Sha256Hash, sweep_unfinished, write_atomically};

use crate::support::{Company, contents, overwrite};

/// A company with one piece of evidence, open.
fn with_a_piece() -> (Company, Journal, Sha256Hash, PathBuf) {
    let company = Company::sample();
    let journal = company.open().unwrap();
    let hash = journal.exhibits().store(b"bon de livraison").unwrap();
    let name = hash.to_string();
    let path = company.folder.join("pieces").join(&name[..2]).join(&name);
    (company, journal, hash, path)
}

#[test]
fn a_piece_is_kept_under_its_hash_and_read_back() {
    let (company, journal, hash, path) = with_a_piece();
    assert_eq!(hash, Sha256Hash::of(b"bon de livraison"));
    assert_eq!(fs::read(&path).unwrap(), b"bon de livraison");
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o400);
    assert_eq!(journal.exhibits().load(hash).unwrap(), b"bon de livraison");
    assert_eq!(journal.exhibits().list().unwrap(), [hash]);
    assert_eq!(journal.exhibits().store(b"bon de livraison").unwrap(), hash, "twice is once");
    let left = contents(&company.folder.join("pieces"));
    assert_eq!(left.len(), 1, "nothing unfinished stays");
}

#[test]
fn pieces_of_an_open_journal_in_memory_behave_alike() {
    let journal = Journal::in_memory().unwrap();
    let hash = journal.exhibits().store(b"devis").unwrap();
    assert_eq!(journal.exhibits().load(hash).unwrap(), b"devis");
    assert_eq!(journal.exhibits().list().unwrap(), [hash]);
    let absent = Sha256Hash::of(b"absent");
    let error = journal.exhibits().load(absent).unwrap_err();
    assert!(matches!(error, Error::Damaged(Problem::ExhibitMissing(hash)) if hash == absent));
    assert_eq!(journal.verify(&[absent]).unwrap().problems, [Problem::ExhibitMissing(absent)]);
}

#[test]
fn each_way_of_losing_a_piece_has_its_own_name() {
    type Damage = (fn(&PathBuf), fn(Sha256Hash) -> Problem);
    let damages: [Damage; 6] = [
        (|path| fs::remove_file(path).unwrap(), Problem::ExhibitMissing),
        (|path| overwrite(path, b"bon de livraisoN"), Problem::ExhibitAltered),
        (|path| overwrite(path, b"bon de livraiso"), Problem::ExhibitAltered),
        (|path| overwrite(path, b""), Problem::ExhibitAltered),
        (
            |path| {
                let elsewhere = path.with_extension("ailleurs");
                fs::rename(path, &elsewhere).unwrap();
                symlink(&elsewhere, path).unwrap();
            },
            Problem::ExhibitNotAFile,
        ),
        (
            |path| {
                fs::remove_file(path).unwrap();
                fs::create_dir(path).unwrap();
            },
            Problem::ExhibitNotAFile,
        ),
    ];
    for (damage, problem) in damages {
        let (_company, journal, hash, path) = with_a_piece();
        damage(&path);
        let error = journal.exhibits().load(hash).unwrap_err();
        assert!(matches!(&error, Error::Damaged(found) if *found == problem(hash)), "{error:?}");
        assert_eq!(journal.verify(&[hash]).unwrap().problems, [problem(hash)]);
    }
}

#[test]
fn a_changed_piece_is_found_even_when_nobody_asks_for_it() {
    let (_company, journal, hash, path) = with_a_piece();
    overwrite(&path, b"autre chose");
    assert_eq!(journal.verify(&[]).unwrap().problems, [Problem::ExhibitAltered(hash)]);
}

#[test]
fn the_same_bytes_stored_again_repair_a_piece() {
    let (_company, journal, hash, path) = with_a_piece();
    overwrite(&path, b"bon de livraisoN");
    journal.exhibits().store(b"bon de livraison").unwrap();
    assert_eq!(journal.exhibits().load(hash).unwrap(), b"bon de livraison");
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    assert!(journal.exhibits().store(b"bon de livraison").is_err(), "what is not a file is left for the owner to see");
}

#[test]
fn a_link_in_the_place_of_the_evidence_folder_leads_nowhere() {
    let company = Company::sample();
    let elsewhere = company.scratch.path().join("ailleurs");
    fs::create_dir(&elsewhere).unwrap();
    symlink(&elsewhere, company.folder.join("pieces")).unwrap();
    let journal = company.open().unwrap();
    assert!(matches!(journal.exhibits().store(b"x").unwrap_err(), Error::Foreign { .. }));
    assert_eq!(contents(&elsewhere), []);
}

#[test]
fn what_an_interrupted_store_left_is_swept_at_opening_and_never_listed() {
    let (company, journal, hash, _) = with_a_piece();
    journal.close().unwrap();
    let left = company.folder.join("pieces/.0011223344556677.dument-tmp");
    fs::write(&left, "half").unwrap();
    fs::write(company.folder.join("pieces/notes.txt"), "à moi").unwrap();
    let journal = company.open().unwrap();
    assert!(!left.exists());
    assert!(company.folder.join("pieces/notes.txt").exists(), "only what is ours is swept");
    assert_eq!(journal.exhibits().list().unwrap(), [hash]);
}

#[test]
fn writing_atomically_replaces_a_file_and_leaves_nothing_else() {
    let scratch = tempfile::tempdir().unwrap();
    let target = scratch.path().join("dossier.pdf");
    write_atomically(&target, b"un").unwrap();
    write_atomically(&target, b"deux").unwrap();
    assert_eq!(contents(scratch.path()), [(target.clone(), b"deux".to_vec())]);
    assert_eq!(fs::metadata(&target).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn what_an_interrupted_export_left_is_swept_and_nothing_else() {
    let scratch = tempfile::tempdir().unwrap();
    let kept = scratch.path().join("dossier.pdf");
    write_atomically(&kept, b"un").unwrap();
    fs::write(scratch.path().join(".0011223344556677.dument-tmp"), "half").unwrap();
    fs::create_dir(scratch.path().join(".8899aabbccddeeff.dument-tmp")).unwrap();
    fs::write(scratch.path().join(".8899aabbccddeeff.dument-tmp/journal.sqlite"), "half").unwrap();
    sweep_unfinished(scratch.path()).unwrap();
    assert_eq!(contents(scratch.path()), [(kept, b"un".to_vec())]);
}

#[test]
fn writing_atomically_never_goes_through_a_link_nor_over_a_folder() {
    let scratch = tempfile::tempdir().unwrap();
    let precious = scratch.path().join("precieux.txt");
    fs::write(&precious, "intact").unwrap();
    let link = scratch.path().join("lien.pdf");
    symlink(&precious, &link).unwrap();
    assert!(matches!(write_atomically(&link, b"x").unwrap_err(), Error::Foreign { .. }));
    assert_eq!(fs::read_to_string(&precious).unwrap(), "intact");
    let folder = scratch.path().join("dossier");
    fs::create_dir(&folder).unwrap();
    assert!(matches!(write_atomically(&folder, b"x").unwrap_err(), Error::Foreign { .. }));
    let absent = scratch.path().join("absent/dossier.pdf");
    assert!(matches!(write_atomically(&absent, b"x").unwrap_err(), Error::NotFound { .. }));
}
