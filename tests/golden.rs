//! The words of every document, page by page, as they were last reviewed by eye.
//!
//! A change of wording shows here as a difference to read, then to accept: `INSTA_UPDATE=always cargo test -p acceptance golden`.

use std::panic::{AssertUnwindSafe, catch_unwind};

use dument_documents::{examples, text};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/golden");

#[test]
fn every_document_says_what_was_last_reviewed() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(FOLDER);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let mut differences = Vec::new();
    for (name, document) in examples() {
        let pages = text(&document).unwrap_or_else(|error| panic!("{name}: {error}"));
        let numbered: Vec<String> =
            (1..).zip(&pages).map(|(page, text)| format!("— page {page} —\n{text}\n")).collect();
        let compared = || settings.bind(|| insta::assert_snapshot!(name, numbered.join("\n")));
        let told = catch_unwind(AssertUnwindSafe(compared));
        differences.extend(told.is_err().then_some(name));
    }
    assert!(
        differences.is_empty(),
        "these documents say something else than what was reviewed: {}",
        differences.join(", ")
    );
}

#[test]
fn no_snapshot_is_left_of_a_document_that_is_gone() {
    let names: Vec<&str> = examples().iter().map(|(name, _)| *name).collect();
    for file in std::fs::read_dir(FOLDER).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()) {
        let name = file.trim_end_matches(".new").trim_end_matches(".snap");
        assert!(names.contains(&name), "{file} is the snapshot of no example");
    }
}
