//! `cargo xtask check`: everything that can be judged without running the product.
//!
//! Every rule is applied even when another failed, and every failing rule says what to do.

mod glossary;
mod licences;
mod places;
mod rooms;

use crate::program::{self, Failure, Outcome};
use crate::workspace::Workspace;
use crate::{droit, machine, tree};
use std::process::Command;

/// A rule of the repository: what it is called, and the sentences of those who break it.
struct Rule {
    name: &'static str,
    broken: fn(&Workspace) -> Outcome<Vec<String>>,
}

const RULES: &[Rule] = &[
    Rule {
        name: "la racine du dépôt",
        broken: |workspace| Ok(places::top_level(&tree::visible_top(&workspace.root)?)),
    },
    Rule { name: "qui connaît qui", broken: |workspace| rooms::dependencies(&workspace.metadata()?) },
    Rule { name: "chaque dépendance a sa décision", broken: undecided },
    Rule { name: "licences", broken: |workspace| Ok(licences::refused(&workspace.whole_metadata()?)) },
    Rule { name: "le glossaire dit vrai", broken: unknown_words },
    Rule {
        name: "chaque langage dans sa pièce",
        broken: |workspace| Ok(places::languages(&tree::files(&workspace.root)?)),
    },
    Rule { name: "mots interdits", broken: |workspace| Ok(places::words(&tree::files(&workspace.root)?)) },
    Rule { name: "fichiers générés", broken: |workspace| Ok(sentence(droit::compare(workspace))) },
    Rule { name: "forme", broken: |workspace| Ok(sentence(format(workspace))) },
    Rule { name: "clippy", broken: |workspace| Ok(sentence(clippy(workspace))) },
    Rule { name: "rustdoc", broken: |workspace| Ok(sentence(rustdoc(workspace))) },
];

/// Applies every rule and fails when one is broken.
pub fn check(workspace: &Workspace) -> Outcome {
    machine::provide_rust_components(workspace)?;
    let mut broken = Vec::new();
    for rule in RULES {
        let sentences = (rule.broken)(workspace).unwrap_or_else(|Failure(sentence)| vec![sentence]);
        println!("{} {}", if sentences.is_empty() { "✓" } else { "✗" }, rule.name);
        for sentence in &sentences {
            println!("    {sentence}");
        }
        if !sentences.is_empty() {
            broken.push(rule.name);
        }
    }
    if broken.is_empty() {
        return Ok(());
    }
    Err(Failure(format!("À corriger : {}. Le détail est ci-dessus, sous chaque règle.", broken.join(" · "))))
}

fn sentence(outcome: Outcome) -> Vec<String> {
    outcome.err().map(|Failure(sentence)| sentence).into_iter().collect()
}

fn undecided(workspace: &Workspace) -> Outcome<Vec<String>> {
    Ok(rooms::undecided(&workspace.metadata()?, &prose(workspace, "src-tauri/docs/decisions.md")?))
}

fn unknown_words(workspace: &Workspace) -> Outcome<Vec<String>> {
    let glossary = prose(workspace, "src-tauri/docs/glossaire.md")?;
    Ok(glossary::unknown_words(&glossary, &tree::files(&workspace.root)?))
}

fn prose(workspace: &Workspace, path: &str) -> Outcome<String> {
    std::fs::read_to_string(workspace.path(path)).map_err(Failure::while_doing(&format!("lire {path}")))
}

fn format(workspace: &Workspace) -> Outcome {
    program::read(&mut workspace.cargo(&["fmt", "--all", "--check", "--", "--files-with-diff"]))
        .map(drop)
        .map_err(|Failure(detail)| Failure(format!("{detail}\n    Lancez « cargo xtask fix ».")))
}

fn clippy(workspace: &Workspace) -> Outcome {
    let words = ["clippy", "--workspace", "--all-targets", "--keep-going", "--locked", "--", "-D", "warnings"];
    ending_with(
        &mut workspace.cargo(&words),
        "Corrigez chaque avertissement ; « cargo xtask fix » en corrige une partie.",
    )
}

fn rustdoc(workspace: &Workspace) -> Outcome {
    let words = ["doc", "--workspace", "--no-deps", "--document-private-items", "--locked"];
    let mut command = workspace.cargo(&words);
    command.env("RUSTDOCFLAGS", "-D warnings");
    ending_with(&mut command, "Corrigez chaque lien ou titre de documentation signalé ci-dessus.")
}

fn ending_with(command: &mut Command, advice: &str) -> Outcome {
    program::run(command).map_err(|Failure(sentence)| Failure(format!("{sentence} {advice}")))
}
