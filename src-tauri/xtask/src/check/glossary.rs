//! A word of the glossary that the code no longer says is a lie one reads with confidence.

use crate::tree::File;
use std::collections::BTreeSet;

/// Returns a sentence for each identifier of the glossary that no source file holds.
pub fn unknown_words(glossary: &str, files: &[File]) -> Vec<String> {
    let mut spoken = BTreeSet::new();
    for file in files.iter().filter(|file| file.path.starts_with("src-tauri/crates/") && file.path.ends_with(".rs")) {
        spoken.extend(file.lines().flat_map(|(_, line)| line.split(|c: char| !c.is_alphanumeric() && c != '_')));
    }
    let unknown = identifiers(glossary).into_iter().filter(|path| path.split("::").any(|word| !spoken.contains(word)));
    unknown
        .map(|path| format!("`{path}` n’est plus dans le code. Corrigez src-tauri/docs/glossaire.md, ou le code."))
        .collect()
}

/// Returns what stands between backquotes in the second column of the tables.
fn identifiers(glossary: &str) -> Vec<&str> {
    let rows = glossary.lines().filter(|line| line.starts_with('|'));
    let columns = rows.filter_map(|row| row.split('|').nth(2));
    columns.flat_map(|column| column.split('`').skip(1).step_by(2)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_left_the_code_is_found() {
        let code = File {
            path: "src-tauri/crates/domain/src/party.rs".to_owned(),
            bytes: b"pub enum Standing { Consumer }".to_vec(),
        };
        let glossary = "| Terme | In the code | Meaning |\n| qualité | `Standing`, `Standing::Consumer` | `x` |\n| avoir | `CreditNote` | |";
        let unknown = unknown_words(glossary, &[code]);
        assert_eq!(unknown.len(), 1);
        assert!(unknown[0].contains("`CreditNote`"), "the third column is prose: {unknown:?}");
    }
}
