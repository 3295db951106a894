//! `cargo xtask apercu`: what each document looks like today.

use crate::program::{self, Outcome};
use crate::workspace::Workspace;

/// Typesets every example of `templates/donnees` as PDF and PNG under the build folder.
pub fn apercu(workspace: &Workspace) -> Outcome {
    let folder = workspace.emptied("apercu")?;
    let words = ["run", "--locked", "--package", "dument-documents", "--example", "apercu", "--"];
    program::run(workspace.cargo(&words).arg(&folder))?;
    println!("\nLes aperçus sont dans {}.", folder.display());
    Ok(())
}
