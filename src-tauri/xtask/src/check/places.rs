//! What stands where: the top of the repository, one language per room, and words that belong to no file.

use crate::tree::File;

/// What one sees when opening the repository, and nothing else.
const TOP: &[&str] = &["Cargo.lock", "Cargo.toml", "LICENSE", "README.md", "src-tauri", "templates", "tests", "ui"];

/// Those of them that come later, or when first needed.
const MAY_BE_ABSENT: &[&str] = &["ui", "templates"];

/// A crate that speaks another language, and the only folder where it may be named.
struct Language {
    crates: &'static [&'static str],
    folder: &'static str,
    advice: &'static str,
}

const LANGUAGES: &[Language] = &[
    Language {
        crates: &["rusqlite"],
        folder: "src-tauri/crates/storage/",
        advice: "Le SQL n’est écrit que dans storage : appelez une de ses fonctions, ou ajoutez-la.",
    },
    Language {
        crates: &["typst", "typst_kit", "typst_layout", "typst_pdf", "typst_render"],
        folder: "src-tauri/crates/documents/",
        advice: "Typst n’est nommé que dans documents : appelez une de ses fonctions, ou ajoutez-la.",
    },
    Language {
        crates: &["tauri", "rfd"],
        folder: "src-tauri/src/",
        advice: "La fenêtre n’est connue que de la coquille : passez par une commande.",
    },
    Language { crates: &["clap"], folder: "src-tauri/crates/cli/", advice: "Les arguments ne sont lus que dans cli." },
];

/// Returns a sentence for each visible name that is too many or missing.
pub fn top_level(names: &[String]) -> Vec<String> {
    let has = |name: &str| names.iter().any(|known| known == name);
    let extra = names.iter().filter(|name| !TOP.contains(&name.as_str())).map(|name| {
        format!("« {name} » est de trop à la racine. Un réglage d’outil est un fichier caché ; le reste a sa pièce.")
    });
    let missing = TOP
        .iter()
        .filter(|name| !MAY_BE_ABSENT.contains(name) && !has(name))
        .map(|name| format!("« {name} » manque à la racine. Rétablissez-le."));
    extra.chain(missing).collect()
}

/// Returns a sentence for each line of code that names a crate outside its room.
pub fn languages(files: &[File]) -> Vec<String> {
    let mut faults = Vec::new();
    for file in files.iter().filter(|file| file.path.ends_with(".rs")) {
        for language in LANGUAGES.iter().filter(|language| !file.path.starts_with(language.folder)) {
            for (number, line) in file.lines().filter(|(_, line)| names_one_of(line, language.crates)) {
                faults.push(format!("{}:{number} : {} — {}", file.path, line.trim(), language.advice));
            }
        }
    }
    faults
}

/// Returns a sentence for each file that speaks of the computer it was written on.
pub fn words(files: &[File]) -> Vec<String> {
    // Written in two halves: this file is read too.
    let forbidden = [concat!("/wo", "rk/"), concat!("/ro", "ot/")];
    let mut faults = Vec::new();
    for file in files {
        for word in forbidden {
            if let Some(start) = file.bytes.windows(word.len()).position(|bytes| bytes == word.as_bytes()) {
                let line = 1 + file.bytes[..start].iter().filter(|&&byte| byte == b'\n').count();
                faults.push(format!(
                    "{}:{line} : « {word} » est un chemin d’un ordinateur. Écrivez un chemin relatif au dépôt.",
                    file.path
                ));
            }
        }
    }
    faults
}

/// Says whether a line of code, texts and comments apart, uses one of these crates by name.
fn names_one_of(line: &str, crates: &[&str]) -> bool {
    let outside_texts: String = line.split('"').step_by(2).collect();
    let code = outside_texts.split("//").next().unwrap_or_default();
    crates.iter().any(|name| {
        code.match_indices(name).any(|(start, _)| {
            let before = code[..start].chars().next_back();
            let after = &code[start + name.len()..];
            let whole = !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':');
            let imported = code[..start].trim_end().ends_with("use") && after.starts_with([';', ' ']);
            whole && (after.starts_with("::") || imported)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> File {
        File { path: path.to_owned(), bytes: text.as_bytes().to_vec() }
    }

    #[test]
    fn sql_is_written_in_storage_only() {
        let line = "use rusqlite::Connection;";
        assert!(languages(&[file("src-tauri/crates/storage/src/journal.rs", line)]).is_empty());
        assert_eq!(languages(&[file("src-tauri/crates/workflows/src/lib.rs", line)]).len(), 1);
    }

    #[test]
    fn typst_is_named_in_documents_only() {
        assert_eq!(languages(&[file("tests/main.rs", "let pdf = typst_pdf::pdf(&document);")]).len(), 1);
        assert!(languages(&[file("src-tauri/crates/documents/src/world.rs", "use typst::World;")]).is_empty());
    }

    #[test]
    fn a_word_that_only_looks_alike_is_not_a_crate() {
        let mut innocent = "my_typst::x(); // typst::World\n//! [`typst::World`]\nlet typst = 1;\n".to_owned();
        innocent.push_str(&format!("use crate::typst::page;\nsay({:?});", "typst::x"));
        assert!(languages(&[file("tests/main.rs", &innocent)]).is_empty());
    }

    #[test]
    fn the_top_of_the_repository_is_exactly_what_was_agreed() {
        let names = |names: &[&str]| names.iter().map(ToString::to_string).collect::<Vec<_>>();
        let agreed = names(&["Cargo.lock", "Cargo.toml", "LICENSE", "README.md", "src-tauri", "tests"]);
        assert!(top_level(&agreed).is_empty());
        assert_eq!(top_level(&names(&["Cargo.lock", "Cargo.toml", "LICENSE", "README.md", "src-tauri"])).len(), 1);
        assert_eq!(top_level(&[agreed, names(&["Makefile"])].concat()).len(), 1);
    }

    #[test]
    fn a_path_of_someone_s_computer_is_found_with_its_line() {
        let text = concat!("a\nb /ro", "ot/x\n");
        let faults = words(&[file("README.md", text)]);
        assert_eq!(faults.len(), 1);
        assert!(faults[0].starts_with("README.md:2"), "the line is given: {}", faults[0]);
    }
}
