//! `cargo xtask fix`: corrects what corrects itself.

use crate::program::{self, Outcome};
use crate::workspace::Workspace;
use crate::{droit, machine};

/// Applies clippy's own corrections, then the format, then writes the generated files again.
pub fn fix(workspace: &Workspace) -> Outcome {
    machine::provide_rust_components(workspace)?;
    program::run(&mut workspace.cargo(&[
        "clippy",
        "--fix",
        "--workspace",
        "--all-targets",
        "--allow-dirty",
        "--allow-staged",
    ]))?;
    program::run(&mut workspace.cargo(&["fmt", "--all"]))?;
    droit::write(workspace)
}
