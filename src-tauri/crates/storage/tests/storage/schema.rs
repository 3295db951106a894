//! The schema as it is on disk, whole: a change of one word is a decision, seen here.

use std::fmt::Write as _;

use crate::support::Company;

#[test]
fn the_schema_on_disk_is_the_golden_one() {
    let company = Company::sample();
    let connection = company.crowbar();
    let mut text = String::new();
    for pragma in ["application_id", "user_version", "page_size", "encoding"] {
        let value: rusqlite::types::Value = connection.pragma_query_value(None, pragma, |row| row.get(0)).unwrap();
        writeln!(text, "-- {pragma}: {value:?}").unwrap();
    }
    let sql = "SELECT type || ' ' || name || coalesce(char(10) || sql, '') FROM sqlite_schema ORDER BY type, name";
    let mut statement = connection.prepare(sql).unwrap();
    for object in statement.query_map((), |row| row.get::<_, String>(0)).unwrap() {
        writeln!(text, "\n-- {};", object.unwrap()).unwrap();
    }
    let golden = include_str!("schema.golden.sql");
    assert!(text == golden, "the schema changed; if that is meant, tests/storage/schema.golden.sql becomes:\n{text}");
}
