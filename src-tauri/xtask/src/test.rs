//! `cargo xtask test`: everything that must hold before a change is kept.

use crate::check;
use crate::machine::{self, TEST_TOOLS};
use crate::program::{self, Outcome};
use crate::workspace::Workspace;

/// Installs what is missing, checks, then runs every test of the workspace.
///
/// The tests run even when a check failed: one reads both answers at once. The command succeeds only if both did.
pub fn test(workspace: &Workspace) -> Outcome {
    machine::provide(TEST_TOOLS)?;
    let checked = check::check(workspace);
    if let Err(failure) = &checked {
        eprintln!("\n✗ {}\n  Les tests sont lancés quand même.", failure.0);
    }
    // The stories type commands: the program they start is built before them.
    workspace.build_command_line()?;
    let tested = program::run(&mut workspace.cargo(&["test", "--workspace", "--locked", "--no-fail-fast"]));
    tested.and(checked)
}
