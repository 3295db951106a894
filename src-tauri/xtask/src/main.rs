//! `cargo xtask`: the one tool of the workshop. Continuous integration runs the same commands as anyone.
//!
//! It holds what a newcomer would otherwise type by hand: install what is missing, build, play, test, check, generate,
//! measure. It is deliberately not part of the product: it depends on none of the rooms and runs their binaries instead,
//! so that it compiles in seconds and still works while a room does not.
//!
//! | module | what it answers |
//! |---|---|
//! | [`workspace`] | where are we, and how is cargo started |
//! | [`program`] | how a program is run, and what is said when it fails |
//! | [`machine`] | what this computer lacks, and what it is |
//! | [`demo`] | the story of one company, as `dument-cli` commands |
//! | [`run`] [`check`] [`fix`] [`droit`] [`apercu`] [`simulate`] [test](mod@test) [bench](mod@bench) | one subcommand each |
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a tool of the terminal speaks on the terminal")]

mod apercu;
mod bench;
mod check;
mod demo;
mod droit;
mod fix;
mod machine;
mod program;
mod run;
mod simulate;
mod test;
mod tree;
mod workspace;

use program::{Failure, Outcome};
use std::process::ExitCode;
use workspace::Workspace;

const HELP: &str = "\
cargo xtask <commande>

  run      construit, et mène une entreprise de démonstration des factures au dossier
  test     installe ce qui manque, vérifie, puis lance tous les tests
  check    forme, clippy, rustdoc, et les règles du dépôt
  fix      corrige ce qui se corrige seul
  droit    écrit src-tauri/docs/droit.md (--check : compare seulement)
  apercu   compose chaque templates/donnees/*.json en PDF et en PNG
  simulate N vies d’entreprise au hasard, chaque loi de la relance vérifiée à chaque fait
  bench    mesure les chiffres du README";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match dispatch(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure(sentence)) => {
            eprintln!("\n✗ {sentence}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(words: &[&str]) -> Outcome {
    let workspace = Workspace::here();
    match words {
        ["run"] => run::run(&workspace),
        ["test"] => test::test(&workspace),
        ["check"] => check::check(&workspace),
        ["fix"] => fix::fix(&workspace),
        ["droit"] => droit::write(&workspace),
        ["droit", "--check"] => droit::compare(&workspace),
        ["apercu"] => apercu::apercu(&workspace),
        ["simulate", lives] => simulate::simulate(&workspace, lives),
        ["bench"] => bench::bench(&workspace),
        [] | ["help" | "aide" | "--help" | "-h"] => {
            println!("{HELP}");
            Ok(())
        }
        _ => Err(Failure(format!("Commande inconnue : « {} ».\n\n{HELP}", words.join(" ")))),
    }
}
