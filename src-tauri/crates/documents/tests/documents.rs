//! The documents as their callers see them: examples, standards, bytes.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::path::{Path, PathBuf};

use dument_documents::{Document, examples, render, render_png};

fn templates() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../templates")
}

fn files(folder: &str, extension: &str) -> Vec<PathBuf> {
    let mut paths: Vec<_> =
        std::fs::read_dir(templates().join(folder)).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|it| it == extension));
    paths.sort_by_key(|path| path.file_stem().map(std::ffi::OsStr::to_owned));
    paths
}

fn contains(bytes: &[u8], needle: &str) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle.as_bytes())
}

#[test]
fn every_example_is_embedded_and_complete() {
    let embedded = examples();
    let on_disk = files("donnees", "json");
    let names: Vec<_> = on_disk.iter().map(|path| path.file_stem().unwrap().to_str().unwrap()).collect();
    assert_eq!(embedded.iter().map(|(name, _)| *name).collect::<Vec<_>>(), names);
    for ((name, document), path) in embedded.iter().zip(&on_disk) {
        let written: serde_json::Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        let read = serde_json::to_value(document).unwrap();
        assert_eq!(written, read, "{name}: the stock typst command needs every field, as the program writes it");
    }
}

#[test]
fn every_example_is_archivable_and_accessible() {
    for (name, document) in examples() {
        let pdf = render(&document).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(pdf.pages >= 1);
        for mark in ["pdfaid:part", "pdfaid:conformance", "pdfuaid:part", "/StructTreeRoot", "/Lang"] {
            assert!(contains(&pdf.bytes, mark), "{name} has no {mark}");
        }
    }
}

#[test]
fn the_same_data_gives_the_same_bytes() {
    for (name, document) in examples() {
        assert_eq!(render(&document).unwrap().bytes, render(&document).unwrap().bytes, "{name}");
    }
}

#[test]
fn a_page_becomes_a_picture_of_the_resolution_asked_for() {
    let (_, document) = examples().remove(0);
    let png = render_png(&document, 1, 72).unwrap();
    assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n");
    let side = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
    assert_eq!((side(16), side(20)), (595, 842), "A4 at 72 dpi");
    for absent in [0, 99] {
        let error = render_png(&document, absent, 72).unwrap_err();
        assert!(error.to_string().contains("demandez une page"), "{error}");
    }
}

#[test]
fn many_letters_in_a_row_all_come_out() {
    let (_, document) = examples().into_iter().find(|(name, _)| *name == "relance-amiable-consommateur").unwrap();
    let Document::Letter(letter) = document else { panic!("a relance is a letter") };
    for rank in 0..60 {
        let mut letter = letter.clone();
        letter.reference = format!("R-2026-{rank:04}");
        assert_eq!(render(&Document::Letter(letter)).unwrap().pages, 1);
    }
}

/// French typography is easy to lose in an edit: an ordinary space before « : » is invisible to its writer.
#[test]
fn templates_keep_french_spaces_and_apostrophes() {
    for path in ["composants", "lettres", "dossier", "entreprise"].iter().flat_map(|folder| files(folder, "typ")) {
        let text = std::fs::read_to_string(&path).unwrap();
        for (rank, line) in text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
            let place = format!("{}:{}: {line}", path.display(), rank + 1);
            for wrong in ["« ", " »", " : ", " ; ", "n° "] {
                assert!(!line.contains(wrong), "an ordinary space in {wrong:?} at {place}");
            }
            let apostrophe = line.char_indices().any(|(at, it)| {
                it == '\''
                    && line[..at].ends_with(char::is_alphabetic)
                    && line[at + 1..].starts_with(char::is_alphabetic)
            });
            assert!(!apostrophe, "a straight apostrophe at {place}");
        }
    }
}
