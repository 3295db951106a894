//! `cargo xtask run`: from a fresh checkout to a dossier one can open.
//!
//! The window does not exist yet: the command line does the main job, on a company of demonstration.

use crate::demo::Stage;
use crate::program::{self, Outcome};
use crate::workspace::Workspace;
use std::process::{Command, Stdio};

/// Builds the command line, plays the demonstration, and shows what came out of it.
pub fn run(workspace: &Workspace) -> Outcome {
    workspace.build_command_line()?;
    let folder = workspace.emptied("demonstration")?;
    let stage = Stage::set(&folder, today())?;
    let command_line = workspace.command_line("debug");
    println!();
    stage.play(&command_line)?;
    for mut shown in stage.shown(&command_line) {
        println!();
        program::run(&mut shown)?;
    }

    println!("\nDes factures impayées au dossier de recouvrement :\n");
    let documents = stage.documents()?;
    for document in &documents {
        println!("  {}", document.display());
    }
    println!("\nÀ vous, sur la même entreprise :\n");
    println!("  \"{}\" aide", command_line.display());
    println!("  \"{}\" factures \"{}\"", command_line.display(), stage.company.display());
    println!("  \"{}\" faire \"{}\" --client \"Garage du Passage\"", command_line.display(), stage.company.display());
    if let Some(first) = documents.iter().find(|path| path.extension().is_some_and(|extension| extension == "pdf")) {
        open(first);
    }
    Ok(())
}

/// Opens a document when there is a screen to show it on.
fn open(document: &std::path::Path) {
    let screen = ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| std::env::var_os(name).is_some());
    if !screen || program::on_path("xdg-open").is_none() {
        return;
    }
    // A viewer that does not start is not a failure of the demonstration: the paths are printed above.
    let viewer = Command::new("xdg-open").arg(document).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    if let Err(error) = viewer {
        println!("\nLe document ne s’est pas ouvert seul ({error}) : ouvrez-le d’après la liste ci-dessus.");
    }
}

/// Returns the date of this computer: the demonstration always ends today.
#[expect(clippy::disallowed_methods, reason = "the story is told relative to the day one plays it")]
pub fn today() -> chrono::NaiveDate {
    chrono::Local::now().date_naive()
}
