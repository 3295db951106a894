//! Appending, reading, opening: what the owner may rely on every day.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use dument_storage::{Error, Head, Journal, Problem, Sha256Hash};
use rusqlite::Connection;

use crate::support::{AT, Company, cancelled, contents, debtor, erased, invoice, sample, seq};

#[test]
fn what_was_appended_is_there_after_reopening() {
    let company = Company::sample();
    let journal = company.open().unwrap();
    let recorded = journal.facts().unwrap();
    let expected: Vec<_> = sample().into_iter().enumerate().filter(|(index, _)| *index != 8).collect();
    assert_eq!(recorded.len(), expected.len());
    for (found, (index, fact)) in recorded.iter().zip(expected) {
        assert_eq!(found.seq.get(), index as u64 + 1);
        assert_eq!(found.recorded_at, AT);
        assert_eq!(found.fact, fact);
    }
    assert_eq!(journal.head().seq, seq(10));
}

#[test]
fn append_returns_what_facts_will_return() {
    let mut journal = Journal::in_memory().unwrap();
    let first = journal.append(&[debtor("A"), debtor("B")], AT).unwrap();
    let second = journal.append(&[invoice(1, "F1", "10.00")], AT).unwrap();
    assert_eq!(journal.facts().unwrap(), [first, second].concat());
}

#[test]
fn an_empty_journal_has_an_empty_head() {
    let journal = Journal::in_memory().unwrap();
    assert_eq!(journal.head(), Head::empty());
    assert_eq!(journal.facts().unwrap(), []);
    assert!(journal.verify(&[]).unwrap().is_sound());
}

#[test]
fn appending_nothing_changes_nothing() {
    let mut journal = Journal::in_memory().unwrap();
    assert_eq!(journal.append(&[], AT).unwrap(), []);
    assert_eq!(journal.head(), Head::empty());
}

#[test]
fn a_refused_fact_takes_the_whole_batch_with_it() {
    let mut journal = Journal::in_memory().unwrap();
    journal.append(&[debtor("A")], AT).unwrap();
    let before = journal.head();
    let error = journal.append(&[debtor("B"), erased(77)], AT).unwrap_err();
    assert!(matches!(error, Error::NotErasable(_)), "{error:?}");
    assert_eq!(journal.head(), before);
    journal.append(&[debtor("C")], AT).unwrap();
    assert_eq!(journal.facts().unwrap().len(), 2, "the journal goes on after a refusal");
}

#[test]
fn an_instant_that_is_not_one_is_refused() {
    let mut journal = Journal::in_memory().unwrap();
    assert!(matches!(journal.append(&[debtor("A")], "hier").unwrap_err(), Error::Database(_)));
    assert_eq!(journal.facts().unwrap(), []);
}

#[test]
fn the_head_seals_everything_before_it() {
    let company = Company::sample();
    let head = company.open().unwrap().head();
    let other = Company::sample();
    assert_ne!(head.hash, other.open().unwrap().head().hash, "contents are salted: equal facts, different seals");
    assert_eq!(head, company.open().unwrap().head());
    assert_eq!(head.hash.fingerprint(), head.hash.to_string()[..16]);
}

#[test]
fn a_second_opening_is_refused_while_the_first_lasts() {
    let company = Company::sample();
    let first = company.open().unwrap();
    assert!(matches!(company.open().unwrap_err(), Error::Locked));
    drop(first);
    company.open().unwrap();
}

#[test]
fn a_lock_file_left_by_a_dead_process_stops_nobody() {
    let company = Company::sample();
    assert!(company.folder.join("journal.verrou").exists());
    company.open().unwrap();
}

#[test]
fn another_program_holding_the_database_is_said_to_hold_it() {
    let company = Company::sample();
    let other = Connection::open(company.database()).unwrap();
    other.execute_batch("PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE;").unwrap();
    assert!(matches!(company.open().unwrap_err(), Error::Locked));
}

#[test]
fn a_closed_company_has_no_log_left() {
    let company = Company::sample();
    let names: Vec<_> =
        contents(&company.folder).iter().map(|(path, _)| path.file_name().unwrap().to_owned()).collect();
    assert_eq!(names, ["journal.sqlite", "journal.tete", "journal.verrou"]);
}

#[test]
fn the_folder_is_for_its_owner_alone() {
    let company = Company::sample();
    let mode = |name: &str| fs::metadata(company.folder.join(name)).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode("."), 0o700);
    assert_eq!(mode("journal.sqlite"), 0o600);
    assert_eq!(mode("journal.tete"), 0o600);
}

#[test]
fn create_keeps_what_is_already_there() {
    let company = Company::sample();
    let before = contents(&company.folder);
    assert!(matches!(Journal::create(&company.folder).unwrap_err(), Error::AlreadyExists { .. }));
    assert_eq!(contents(&company.folder), before);

    let other = company.scratch.path().join("Photos");
    fs::create_dir(&other).unwrap();
    fs::write(other.join("chat.jpg"), "miaou").unwrap();
    assert!(matches!(Journal::create(&other).unwrap_err(), Error::AlreadyExists { .. }));
}

#[test]
fn create_takes_an_empty_folder_or_one_left_by_an_interrupted_creation() {
    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path().join("vide");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join(".0123456789abcdef.dument-tmp"), "half").unwrap();
    fs::write(folder.join("journal.verrou"), "").unwrap();
    drop(Journal::create(&folder).unwrap());
    assert!(!folder.join(".0123456789abcdef.dument-tmp").exists(), "what was left unfinished is swept");
}

#[test]
fn nothing_to_open_is_said_and_leaves_nothing_behind() {
    let scratch = tempfile::tempdir().unwrap();
    assert!(matches!(Journal::open(scratch.path()).unwrap_err(), Error::NotFound { .. }));
    assert!(matches!(Journal::open(&scratch.path().join("absent")).unwrap_err(), Error::NotFound { .. }));
    assert_eq!(contents(scratch.path()), []);
}

#[test]
fn a_newer_journal_is_refused_and_keeps_every_byte() {
    for version in [2, 101, i32::MAX] {
        let company = Company::sample();
        company.crowbar().pragma_update(None, "user_version", version).unwrap();
        let before = fs::read(company.database()).unwrap();
        let error = company.open().unwrap_err();
        assert!(matches!(error, Error::Newer { found, known: 1 } if found == i64::from(version)), "{error:?}");
        assert_eq!(fs::read(company.database()).unwrap(), before);
    }
}

#[test]
fn a_newer_journal_with_a_pending_log_is_refused_and_keeps_every_byte() {
    let company = Company::sample();
    let other = company.crowbar();
    other.pragma_update(None, "user_version", 7).unwrap();
    let folder = company.scratch.path().join("copie");
    crate::support::copy_folder(&company.folder, &folder);
    let bytes = |name: &str| fs::read(folder.join(name)).unwrap();
    assert!(!bytes("journal.sqlite-wal").is_empty(), "the version is in the log only");
    let before = (bytes("journal.sqlite"), bytes("journal.sqlite-wal"));
    assert!(matches!(Journal::open(&folder).unwrap_err(), Error::Newer { found: 7, known: 1 }));
    assert_eq!((bytes("journal.sqlite"), bytes("journal.sqlite-wal")), before);
}

#[test]
fn a_schema_number_that_never_was_is_refused() {
    for version in [0, -1] {
        let company = Company::sample();
        company.crowbar().pragma_update(None, "user_version", version).unwrap();
        assert!(matches!(company.open().unwrap_err(), Error::Damaged(Problem::Schema)));
    }
}

#[test]
fn a_foreign_file_is_refused_and_keeps_every_byte() {
    for application_id in [0, 0x4750_4B47, 0x0F05_5112] {
        let company = Company::sample();
        company.crowbar().pragma_update(None, "application_id", application_id).unwrap();
        let before = fs::read(company.database()).unwrap();
        assert!(matches!(company.open().unwrap_err(), Error::Foreign { .. }));
        assert_eq!(fs::read(company.database()).unwrap(), before);
    }
    let company = Company::sample();
    let text = "x".repeat(5000);
    fs::write(company.database(), &text).unwrap();
    assert!(matches!(company.open().unwrap_err(), Error::Foreign { .. }));
    assert_eq!(fs::read_to_string(company.database()).unwrap(), text);
}

#[test]
fn a_link_or_a_folder_in_the_place_of_the_database_is_refused() {
    let company = Company::sample();
    let elsewhere = company.scratch.path().join("ailleurs.sqlite");
    fs::rename(company.database(), &elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, company.database()).unwrap();
    assert!(matches!(company.open().unwrap_err(), Error::Foreign { .. }));
    fs::remove_file(company.database()).unwrap();
    fs::create_dir(company.database()).unwrap();
    assert!(matches!(company.open().unwrap_err(), Error::Foreign { .. }));
}

#[test]
fn an_erased_content_is_gone_and_the_chain_still_holds() {
    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path().join("Cabinet.dument");
    let mut journal = Journal::create(&folder).unwrap();
    journal.append(&[debtor("Henriette Quémeneur"), invoice(1, "F1", "80.00")], AT).unwrap();
    journal.append(&[erased(1)], AT).unwrap();

    assert_eq!(journal.erased().unwrap(), [seq(1)]);
    assert_eq!(journal.facts().unwrap().iter().map(|fact| fact.seq.get()).collect::<Vec<_>>(), [2, 3]);
    let report = journal.verify(&[]).unwrap();
    assert!(report.is_sound(), "{report:?}");
    assert_eq!(report.erased, [seq(1)]);
    for (path, bytes) in contents(&folder) {
        let found = bytes.windows(9).any(|window| window == b"Henriette");
        assert!(!found, "the name is still in {}, while the company is open", path.display());
    }
}

#[test]
fn an_erasure_names_a_content_that_is_there_once() {
    let mut journal = Journal::in_memory().unwrap();
    journal.append(&[debtor("A"), erased(1)], AT).unwrap();
    for target in [1, 2, 3, 4, u64::MAX] {
        let error = journal.append(&[erased(target)], AT).unwrap_err();
        assert!(!matches!(error, Error::MustReopen), "refused, not broken: {error:?}");
    }
    assert_eq!(journal.facts().unwrap().len(), 1);
}

#[test]
fn the_database_refuses_every_change_of_the_past() {
    let company = Company::sample();
    // A tool with SQLite's own defaults, where INSERT OR REPLACE fires no delete trigger.
    let other = company.crowbar();
    other.pragma_update(None, "recursive_triggers", false).unwrap();
    for sql in [
        "UPDATE fact SET recorded_at = '2020-01-01T00:00:00Z' WHERE seq = 3",
        "UPDATE OR REPLACE fact SET seq = 2 WHERE seq = 3",
        "DELETE FROM fact WHERE seq = 10",
        "DELETE FROM fact",
        "INSERT OR REPLACE INTO fact SELECT * FROM fact WHERE seq = 3",
        "REPLACE INTO fact SELECT * FROM fact WHERE seq = 10",
        "INSERT INTO fact SELECT 12, recorded_at, kind, version, payload_hash, previous, zeroblob(32) FROM fact WHERE seq = 10",
        "INSERT INTO fact SELECT 11, recorded_at, kind, version, payload_hash, previous, zeroblob(32) FROM fact WHERE seq = 10",
        "UPDATE payload SET json = replace(json, '1200.00', '12.00')",
        "UPDATE OR REPLACE payload SET seq = 2 WHERE seq = 3",
        "DELETE FROM payload WHERE seq = 3",
        "DELETE FROM payload",
        "INSERT OR REPLACE INTO payload VALUES (3, randomblob(32), '{}')",
        "INSERT INTO payload VALUES (9, randomblob(32), '{}')",
    ] {
        let refused = other.execute_batch(sql);
        assert!(refused.is_err(), "accepted: {sql}");
    }
    drop(other);
    assert!(company.open().unwrap().verify(&[]).unwrap().is_sound());
}

#[test]
fn an_older_copy_that_comes_back_is_noticed_and_can_be_agreed_to() {
    for behind in [1, 10, 1000] {
        let company = Company::sample();
        let old = fs::read(company.database()).unwrap();
        let old_head = company.open().unwrap().head();
        let mut journal = company.open().unwrap();
        let facts: Vec<_> = (0..behind).map(|number| debtor(&format!("Client {number}"))).collect();
        journal.append(&facts, AT).unwrap();
        let head = journal.head();
        journal.close().unwrap();

        fs::write(company.database(), &old).unwrap();
        let error = company.open().unwrap_err();
        let Error::Rewound { known, found } = error else { panic!("{error:?}") };
        assert_eq!((known, found), (head, old_head));
        assert_eq!(fs::read(company.database()).unwrap(), old);
        assert!(company.open().is_err(), "asking again changes nothing");

        drop(Journal::open_as_found(&company.folder).unwrap());
        assert_eq!(company.open().unwrap().head(), old_head, "once agreed, it is the journal");
    }
}

#[test]
fn a_log_that_was_lost_is_noticed() {
    let company = Company::sample();
    let mut journal = company.open().unwrap();
    journal.append(&[debtor("perdu")], AT).unwrap();
    let folder = company.scratch.path().join("copie");
    crate::support::copy_folder(&company.folder, &folder);
    fs::remove_file(folder.join("journal.sqlite-wal")).unwrap();
    assert!(matches!(Journal::open(&folder).unwrap_err(), Error::Rewound { .. }));
}

#[test]
fn the_log_of_a_session_that_was_killed_is_replayed() {
    let company = Company::sample();
    let mut journal = company.open().unwrap();
    journal.append(&[debtor("gardé")], AT).unwrap();
    let folder = company.scratch.path().join("copie");
    crate::support::copy_folder(&company.folder, &folder);
    let reopened = Journal::open(&folder).unwrap();
    assert_eq!(reopened.head(), journal.head());
    assert_eq!(reopened.facts().unwrap(), journal.facts().unwrap());
}

#[test]
fn a_witness_that_is_torn_or_gone_is_made_again() {
    for bytes in [&b""[..], b"00000000000000009999 ffff", b"\xff\xfe", &[b'x'; 5000]] {
        let company = Company::sample();
        fs::write(company.folder.join("journal.tete"), bytes).unwrap();
        drop(company.open().unwrap());
    }
    let company = Company::sample();
    let before = fs::read(company.folder.join("journal.tete")).unwrap();
    fs::remove_file(company.folder.join("journal.tete")).unwrap();
    drop(company.open().unwrap());
    assert_eq!(fs::read(company.folder.join("journal.tete")).unwrap(), before);
}

#[test]
fn the_journal_of_another_company_in_this_folder_is_noticed() {
    let company = Company::sample();
    let other = Company::with(&vec![debtor("A"); 12]);
    fs::copy(other.database(), company.database()).unwrap();
    assert!(matches!(company.open().unwrap_err(), Error::Rewound { .. }));
}

#[test]
fn other_tools_can_read_the_ledger_through_its_views() {
    let company = Company::sample();
    let other = company.crowbar();
    let texts = |sql: &str| -> Vec<String> {
        let mut statement = other.prepare(sql).unwrap();
        statement.query_map((), |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    };
    assert_eq!(
        texts("SELECT numero || ' ' || total || ' ' || emise_le FROM v_factures"),
        ["F-2026-001 1200.00 2026-09-01", "F-2026-002 345.67 2026-09-01"]
    );
    assert_eq!(
        texts("SELECT nom || ' ' || qualite FROM v_clients"),
        ["Boulangerie Ty Bara professional", "Camping de l’Océan SARL consumer"]
    );
    assert_eq!(
        texts("SELECT montant || ' ' || reference FROM v_encaissements WHERE annule_par IS NULL"),
        ["200.00 VIR 0042"]
    );
    assert_eq!(texts("SELECT remarque FROM v_journal WHERE fait = 9"), ["contenu effacé"]);
    assert_eq!(texts("SELECT nature FROM v_journal WHERE contenu IS NULL"), ["debtor_added"]);
}

#[test]
fn views_changed_by_another_tool_are_put_back() {
    let company = Company::sample();
    company
        .crowbar()
        .execute_batch("DROP VIEW v_factures; CREATE VIEW \"a\"\"b\" AS SELECT 1; CREATE VIEW v_clients2 AS SELECT 2;")
        .unwrap();
    drop(company.open().unwrap());
    let sql = "SELECT group_concat(name, ' ') FROM (SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY name)";
    let names: String = company.crowbar().query_row(sql, (), |row| row.get(0)).unwrap();
    assert_eq!(names, "v_clients v_encaissements v_factures v_journal");
}

#[test]
fn a_hash_reads_what_it_writes_and_nothing_else() {
    let hash = Sha256Hash::of(b"abc");
    assert_eq!(hash.to_string(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_eq!(Sha256Hash::parse(&hash.to_string()), Some(hash));
    for text in ["", "ba78", &hash.to_string().to_uppercase(), &format!("{hash}0"), &"é".repeat(32)] {
        assert_eq!(Sha256Hash::parse(text), None, "{text}");
    }
}

#[test]
fn cancelling_is_a_fact_like_any_other() {
    let mut journal = Journal::in_memory().unwrap();
    journal.append(&[debtor("A"), cancelled(1)], AT).unwrap();
    assert_eq!(journal.facts().unwrap().len(), 2, "the journal forgets nothing");
}

/// Run by hand: `cargo test -p dument-storage -- --ignored --nocapture budget`.
#[test]
#[ignore = "takes a minute: half a million facts"]
#[allow(clippy::print_stderr, reason = "the figures are what this test is for")]
fn half_a_million_facts_open_within_the_budget() {
    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path().join("grand.dument");
    let mut journal = Journal::create(&folder).unwrap();
    let facts: Vec<_> = (0..1000).map(|number| invoice(1, &format!("F-{number}"), "1234.56")).collect();
    let clock = std::time::Instant::now();
    for _ in 0..480 {
        journal.append(&facts, AT).unwrap();
    }
    eprintln!("append: {:?}", clock.elapsed());
    journal.close().unwrap();
    eprintln!("size: {} MB", fs::metadata(folder.join("journal.sqlite")).unwrap().len() >> 20);
    let clock = std::time::Instant::now();
    let journal = Journal::open(&folder).unwrap();
    eprintln!("open: {:?}", clock.elapsed());
    let clock = std::time::Instant::now();
    let facts = journal.facts().unwrap();
    eprintln!("facts: {:?}", clock.elapsed());
    assert_eq!(facts.len(), 480_000);
    let clock = std::time::Instant::now();
    assert!(journal.verify(&[]).unwrap().is_sound());
    eprintln!("verify: {:?}", clock.elapsed());
    journal.close().unwrap();
    let other = Connection::open(folder.join("journal.sqlite")).unwrap();
    for pragma in ["quick_check", "integrity_check"] {
        let clock = std::time::Instant::now();
        let answer: String = other.pragma_query_value(None, pragma, |row| row.get(0)).unwrap();
        eprintln!("{pragma}: {answer} {:?}", clock.elapsed());
    }
}
