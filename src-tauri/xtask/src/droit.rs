//! `cargo xtask droit`: the register of the law this program applies, gathered from where it is written.
//!
//! Four sources, and no fifth copy: the `# Droit` sections of the code, its questions left open in place, the dated
//! values of the law files, and the tests that name an article. A rule says itself what kind of promise it is, by how
//! its entry begins:
//!
//! | The entry begins with | Section |
//! |---|---|
//! | nothing special | *appliqué et testé* when a test of its module, or of `tests`, names its article; else *pas encore* |
//! | `Construction :` | *vrai par construction*: the types leave no other way |
//! | `Utilisateur :` | *à la charge de l’utilisateur*: the program says it, the owner does it |
//! | `Pas encore :` | *pas encore* |

mod articles;
mod register;
mod rules;
mod values;

use crate::program::{Failure, Outcome};
use crate::tree;
use crate::workspace::Workspace;

const REGISTER: &str = "src-tauri/docs/droit.md";

/// Writes the register.
pub fn write(workspace: &Workspace) -> Outcome {
    let text = gathered(workspace)?;
    #[expect(clippy::disallowed_methods, reason = "a generated file can be generated again")]
    std::fs::write(workspace.path(REGISTER), text).map_err(Failure::while_doing("écrire le registre"))?;
    println!("{REGISTER} est à jour.");
    Ok(())
}

/// Compares the register with what would be written today.
pub fn compare(workspace: &Workspace) -> Outcome {
    let kept = std::fs::read_to_string(workspace.path(REGISTER)).unwrap_or_default();
    if kept == gathered(workspace)? {
        return Ok(());
    }
    Err(Failure(format!(
        "{REGISTER} n’est plus à jour. Lancez « cargo xtask droit », relisez la différence, gardez-la."
    )))
}

fn gathered(workspace: &Workspace) -> Outcome<String> {
    let mut found = register::Found::default();
    for file in tree::files(&workspace.root)? {
        let text = String::from_utf8_lossy(&file.bytes);
        let code = file.path.starts_with("src-tauri/crates/") || file.path.starts_with("tests/");
        if file.path.starts_with("src-tauri/crates/domain/law/") && file.path.ends_with(".toml") {
            found.values.push((file.path.clone(), values::read(&file.path, &text)?));
        } else if file.path.starts_with("tests/law/") && file.path.ends_with(".toml") {
            found.proofs.extend(values::cases(&file.path, &text)?);
        } else if code && file.path.ends_with(".rs") {
            found.rules.extend(rules::read(&file.path, &text));
            found.questions.extend(rules::questions(&file.path, &text));
            found.proofs.extend(rules::tests(&file.path, &text));
        } else if file.path.starts_with("templates/") && file.path.ends_with(".typ") {
            found.questions.extend(rules::questions(&file.path, &text));
        }
    }
    Ok(register::written(&found))
}
