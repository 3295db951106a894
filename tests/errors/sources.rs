//! Every code in the sources, against the catalogue.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// What is not brought about, and why.
pub const LEFT_OUT: [(&str, &str); 5] = [
    ("archive-impossible", "an archive in memory fails only beyond four gigabytes"),
    (
        "dossier-impossible",
        "what cannot be bound gets a page that stands for it: only a defect of the program leads there",
    ),
    ("impression-impossible", "our own letters always bind: only five thousand pages of them in one print lead there"),
    ("document-impossible", "our templates compile: only a defect of the program leads there"),
    (
        "base-de-donnees",
        "SQLite refuses only what the program never asks; the sentence is that of an unforeseen failure",
    ),
];

/// The calls that a refusal is born in.
const BIRTHS: [&str; 5] = ["refusal(", "Error::new(", "Self::new(", "refuse(", "missing("];

/// Returns the codes of the refusals that the sources of the domain and of the workflows can utter.
pub fn refusals() -> BTreeSet<String> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("src-tauri/crates");
    let mut codes = BTreeSet::new();
    for room in ["domain/src", "workflows/src"] {
        for file in sources(&crates.join(room)) {
            let text = fs::read_to_string(&file).unwrap();
            let shipped = text.split("#[cfg(test)]").next().unwrap();
            codes.extend(BIRTHS.iter().flat_map(|birth| born_in(shipped, birth)));
        }
    }
    codes
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}

/// Returns the first argument of each such call, where it is a literal.
fn born_in(text: &str, birth: &str) -> Vec<String> {
    let arguments = text.split(birth).skip(1).filter_map(|rest| rest.trim_start().strip_prefix('"'));
    arguments.filter_map(|literal| literal.split_once('"')).map(|(code, _)| code.to_owned()).collect()
}

#[test]
fn the_sources_are_read() {
    let codes = refusals();
    assert!(codes.len() > 60, "only {} codes are found", codes.len());
    for known in ["facture-sans-numero", "fait-inconnu", "date-absente", "montant-ambigu", "disque-plein"] {
        assert!(codes.contains(known), "{known} is not found");
    }
}
