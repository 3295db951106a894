//! Changes made outside the program, and plain bad luck: found, and named by the number of the fact.

use std::fs;

use dument_domain::{Recorded, Seq};
use dument_storage::{Error, Head, Journal, Problem};
use rusqlite::Connection;
use sha2::{Digest, Sha256};

use crate::support::{Company, debtor, sample, seq};

/// A company whose sample facts are older than the links checked at opening: it opens, and the full check has to see.
fn long_established() -> Company {
    let later = (0..1100).map(|number| debtor(&format!("Client {number}")));
    Company::with(&sample().into_iter().chain(later).collect::<Vec<_>>())
}

#[test]
fn each_change_is_found_and_names_its_fact() {
    let gone = |first, last| Problem::MissingFacts { first: seq(first), last: seq(last) };
    let matrix = [
        ("UPDATE payload SET json = replace(json, '345.67', '345.60') WHERE seq = 4", Problem::AlteredPayload(seq(4))),
        ("UPDATE payload SET json = replace(json, '{', '{ ') WHERE seq = 4", Problem::AlteredPayload(seq(4))),
        ("UPDATE payload SET salt = zeroblob(32) WHERE seq = 4", Problem::AlteredPayload(seq(4))),
        ("UPDATE fact SET recorded_at = '2020-01-01T00:00:00+01:00' WHERE seq = 5", Problem::AlteredFact(seq(5))),
        ("UPDATE fact SET kind = 'debtor_added' WHERE seq = 5", Problem::AlteredFact(seq(5))),
        ("UPDATE fact SET version = 2 WHERE seq = 5", Problem::AlteredFact(seq(5))),
        ("UPDATE fact SET payload_hash = zeroblob(32) WHERE seq = 5", Problem::AlteredFact(seq(5))),
        ("UPDATE fact SET hash = zeroblob(32) WHERE seq = 5", Problem::BrokenLink(seq(6))),
        ("UPDATE fact SET previous = zeroblob(32) WHERE seq = 5", Problem::BrokenLink(seq(5))),
        ("DELETE FROM payload WHERE seq = 5", Problem::MissingPayload(seq(5))),
        ("DELETE FROM payload WHERE seq IN (4, 5); DELETE FROM fact WHERE seq IN (4, 5)", gone(4, 5)),
        ("DELETE FROM payload WHERE seq = 1; DELETE FROM fact WHERE seq = 1", gone(1, 1)),
        (
            "CREATE TEMP TABLE old AS SELECT * FROM payload;
             UPDATE payload SET salt = (SELECT salt FROM old WHERE old.seq = 9 - payload.seq),
                                json = (SELECT json FROM old WHERE old.seq = 9 - payload.seq) WHERE seq IN (4, 5)",
            Problem::AlteredPayload(seq(4)),
        ),
        ("INSERT INTO payload SELECT 9, salt, json FROM payload WHERE seq = 1", Problem::ErasureUndone(seq(9))),
    ];
    for (sql, expected) in matrix {
        let company = long_established();
        company.tamper(sql);
        let journal = company.open().expect("the change is older than the links checked at opening");
        let found = journal.verify(&[]).unwrap().problems;
        assert!(found.contains(&expected), "after {sql}: {found:?}");
        assert!(matches!(journal.facts(), Err(Error::Damaged(_))), "no total is made of this: {sql}");
        drop(journal);

        let recent = Company::sample();
        recent.tamper(sql);
        assert!(matches!(recent.open(), Err(Error::Damaged(_))), "a recent change is refused at opening: {sql}");
    }
}

#[test]
fn a_number_out_of_all_proportion_is_one_problem_and_no_more() {
    let company = Company::sample();
    company.tamper("PRAGMA foreign_keys=OFF; UPDATE fact SET seq = 9000000000000000000 WHERE seq = 10");
    assert!(matches!(company.open(), Err(Error::Damaged(Problem::MissingFacts { .. }))));
}

#[test]
fn a_removed_trigger_is_found_before_any_row_is_read() {
    for sql in [
        "DROP TRIGGER fact_is_never_updated",
        "DROP TRIGGER payload_goes_only_by_erasure",
        "CREATE TRIGGER quiet AFTER INSERT ON fact BEGIN SELECT 1; END",
        "CREATE TABLE more (a)",
        "CREATE INDEX by_kind ON fact (kind)",
    ] {
        let company = Company::sample();
        company.crowbar().execute_batch(sql).unwrap();
        assert!(matches!(company.open(), Err(Error::Damaged(Problem::Schema))), "{sql}");
    }
}

#[test]
fn a_tail_cut_off_is_noticed_by_the_witness() {
    let company = Company::sample();
    company.tamper("DELETE FROM payload WHERE seq > 8; DELETE FROM fact WHERE seq > 8");
    let error = company.open().unwrap_err();
    assert!(
        matches!(error, Error::Rewound { known, found } if known.seq == seq(10) && found.seq == seq(8)),
        "{error:?}"
    );
}

/// The limit of a chain kept by the owner alone: whoever recomputes it whole, and removes the witness, is not found out
/// by the file. The head printed on a letter that has left is what does it.
#[test]
fn a_chain_recomputed_whole_is_told_apart_only_by_a_head_kept_elsewhere() {
    let company = Company::sample();
    let printed = company.open().unwrap().head();
    company.tamper("UPDATE payload SET json = replace(json, '1200.00', '9200.00') WHERE seq = 3");
    recompute(&company);
    assert!(matches!(company.open(), Err(Error::Rewound { .. })), "the witness beside the file still knows");

    fs::remove_file(company.folder.join("journal.tete")).unwrap();
    let journal = company.open().unwrap();
    assert!(journal.verify(&[]).unwrap().is_sound(), "the file alone cannot tell");
    assert_ne!(journal.head(), printed, "the head printed elsewhere can");
}

/// Forges a chain, from the description of the format alone: an independent implementation of it.
fn recompute(company: &Company) {
    type Stored = (i64, String, String, i64, Option<Vec<u8>>, Option<String>, Vec<u8>);
    let connection = company.crowbar();
    let sql =
        "SELECT fact.seq, recorded_at, kind, version, salt, json, payload_hash FROM fact LEFT JOIN payload USING (seq)";
    let rows: Vec<Stored> = connection
        .prepare(sql)
        .unwrap()
        .query_map((), |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?, row.get(6)?))
        })
        .unwrap()
        .map(Result::unwrap)
        .collect();
    drop(connection);
    let mut sql = String::new();
    let mut previous = vec![0; 32];
    for (number, recorded_at, kind, version, salt, json, stored) in rows {
        let payload_hash = match (salt, json) {
            (Some(salt), Some(json)) => Sha256::digest([&salt[..], json.as_bytes()].concat()).to_vec(),
            _ => stored,
        };
        let mut text = b"DUM1".to_vec();
        let (number_bytes, version_bytes) = (number.to_be_bytes(), version.to_be_bytes());
        let fields: [&[u8]; 6] =
            [&number_bytes, recorded_at.as_bytes(), kind.as_bytes(), &version_bytes, &payload_hash, &previous];
        for field in fields {
            text.extend((field.len() as u64).to_be_bytes());
            text.extend(field);
        }
        let hash = Sha256::digest(&text).to_vec();
        sql += &format!(
            "UPDATE fact SET payload_hash = x'{}', previous = x'{}', hash = x'{}' WHERE seq = {number};",
            hex(&payload_hash),
            hex(&previous),
            hex(&hash)
        );
        previous = hash;
    }
    company.tamper(&sql);
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What a company tells its owner: all of it, or nothing at all.
#[derive(Debug, PartialEq)]
struct Told {
    facts: Vec<Recorded>,
    erased: Vec<Seq>,
    head: Head,
}

/// Opens a damaged company as the program would; returns what it tells when it finds nothing wrong.
fn told(folder: &std::path::Path) -> Option<Told> {
    let journal = Journal::open(folder).ok()?;
    let report = journal.verify(&[]).ok()?;
    let facts = journal.facts();
    if !report.is_sound() {
        return None;
    }
    Some(Told {
        facts: facts.expect("a sound journal is read"),
        erased: journal.erased().unwrap(),
        head: journal.head(),
    })
}

/// Puts the company back in its first state, with these bytes for a database.
fn lay_out(company: &Company, database: &[u8], witness: &[u8]) {
    for suffix in ["-wal", "-shm", "-journal"] {
        let _ = fs::remove_file(company.folder.join(format!("journal.sqlite{suffix}")));
    }
    fs::write(company.database(), database).unwrap();
    fs::write(company.folder.join("journal.tete"), witness).unwrap();
}

/// Says of each byte whether a fact or a content stands there: a page of theirs, outside the gap between the table of
/// its cells and the cells.
fn live_bytes(company: &Company, bytes: &[u8]) -> Vec<bool> {
    let connection = company.crowbar();
    let sql = "SELECT pageno - 1 FROM dbstat WHERE name IN ('fact', 'payload', 'sqlite_autoindex_fact_1')";
    let mut statement = connection.prepare(sql).unwrap();
    let pages = statement.query_map((), |row| row.get::<_, usize>(0)).unwrap().map(|page| page.unwrap() * 4096);
    let mut live = vec![false; bytes.len()];
    for page in pages {
        let word = |offset: usize| usize::from(u16::from_be_bytes([bytes[page + offset], bytes[page + offset + 1]]));
        let is_leaf = bytes[page] & 8 != 0;
        let (header, cells, content) = (if is_leaf { 8 } else { 12 }, word(3), word(5));
        live[page..page + header + 2 * cells].fill(true);
        live[page + content..page + 4096].fill(true);
    }
    live
}

#[test]
fn no_flipped_bit_ever_changes_what_is_told() {
    let company = Company::sample();
    let truth = told(&company.folder).unwrap();
    let sound = fs::read(company.database()).unwrap();
    let witness = fs::read(company.folder.join("journal.tete")).unwrap();
    let live = live_bytes(&company, &sound);
    let (mut cases, mut live_cases) = (0, 0);
    // Every byte of the header, then one in eleven of those that are not empty space; one bit each, in turn.
    let rest = (100..sound.len()).filter(|position| sound[*position] != 0).step_by(11);
    for (case, position) in (0..100).chain(rest).enumerate() {
        let mut flipped = sound.clone();
        flipped[position] ^= 1 << (case % 8);
        lay_out(&company, &flipped, &witness);
        let told = told(&company.folder);
        cases += 1;
        if live[position] {
            live_cases += 1;
            assert_eq!(told, None, "bit {} of byte {position}, where facts are", case % 8);
        } else if let Some(told) = told {
            assert_eq!(told, truth, "bit {} of byte {position} changed what is told", case % 8);
        }
    }
    assert!(cases >= 500 && live_cases >= 300, "only {cases} flips, {live_cases} of them where facts are");
}

#[test]
fn every_flip_in_a_content_is_found() {
    let company = Company::sample();
    let sound = fs::read(company.database()).unwrap();
    let witness = fs::read(company.folder.join("journal.tete")).unwrap();
    let text = b"F-2026-002\",\"nature\"";
    let start = sound.windows(10).position(|window| window == &text[..10]).unwrap();
    for position in start - 40..start + 120 {
        let mut flipped = sound.clone();
        flipped[position] ^= 1 << (position % 8);
        lay_out(&company, &flipped, &witness);
        assert_eq!(told(&company.folder), None, "byte {position} of a content");
    }
}

#[test]
fn a_truncated_file_is_never_taken_for_a_whole_one() {
    let company = Company::sample();
    let sound = fs::read(company.database()).unwrap();
    let witness = fs::read(company.folder.join("journal.tete")).unwrap();
    let mut lengths: Vec<usize> = (0..200).map(|case| case * sound.len() / 200).collect();
    lengths.extend([sound.len() - 1, sound.len() - 4096, sound.len() + 1]);
    for length in lengths {
        let mut cut = sound.clone();
        cut.resize(length, 0);
        lay_out(&company, &cut, &witness);
        let error = company.open().expect_err("a whole file has one length");
        assert!(matches!(error, Error::Damaged(Problem::Truncated)), "{length}: {error:?}");
        assert_eq!(fs::read(company.database()).unwrap(), cut);
    }
}

#[test]
fn a_zeroed_page_is_found() {
    let company = Company::sample();
    let sound = fs::read(company.database()).unwrap();
    let witness = fs::read(company.folder.join("journal.tete")).unwrap();
    for page in 0..sound.len() / 4096 {
        let mut zeroed = sound.clone();
        zeroed[page * 4096..(page + 1) * 4096].fill(0);
        lay_out(&company, &zeroed, &witness);
        assert_eq!(told(&company.folder), None, "page {page}");
    }
}

#[test]
fn a_database_dressed_up_as_ours_is_refused() {
    let company = Company::sample();
    let witness = fs::read(company.folder.join("journal.tete")).unwrap();
    for sql in [
        "CREATE TABLE fact (seq, recorded_at, kind, version, payload_hash, previous, hash); CREATE TABLE payload (seq, salt, json)",
        "CREATE VIEW fact AS SELECT 1 AS seq; CREATE VIEW payload AS SELECT 1 AS seq",
        "CREATE TABLE unrelated (a)",
    ] {
        let dressed = company.scratch.path().join("deguise.sqlite");
        let _ = fs::remove_file(&dressed);
        let connection = Connection::open(&dressed).unwrap();
        connection.execute_batch(sql).unwrap();
        connection.pragma_update(None, "application_id", i32::from_be_bytes(*b"Dumt")).unwrap();
        connection.pragma_update(None, "user_version", 1).unwrap();
        drop(connection);
        lay_out(&company, &fs::read(&dressed).unwrap(), &witness);
        assert!(matches!(company.open(), Err(Error::Damaged(Problem::Schema))), "{sql}");
    }
}
