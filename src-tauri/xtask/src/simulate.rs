//! `cargo xtask simulate N`: N companies are lived for five years, and every law of dunning is looked at after every fact.

use crate::program::{self, Failure, Outcome};
use crate::workspace::Workspace;

/// Leads so many lives, and says in one line what happened in them.
pub fn simulate(workspace: &Workspace, lives: &str) -> Outcome {
    let lives: u64 = lives.parse().ok().filter(|lives| *lives > 0).ok_or_else(|| {
        Failure(format!("« {lives} » n’est pas un nombre de vies : donnez un nombre entier, par exemple 2000."))
    })?;
    let mut command = workspace.cargo(&["test", "--locked", "--package", "dument-domain", "--test", "dunning"]);
    command.args(["five_years", "--", "--nocapture"]).env("DUMENT_SEEDS", lives.to_string());
    println!("\n$ DUMENT_SEEDS={lives} {}", program::shown(&command));
    let said = program::read(&mut command).map_err(|failure| {
        Failure(format!(
            "{}\nUne loi de la relance est enfreinte : la graine et les derniers faits sont ci-dessus.",
            failure.0
        ))
    })?;
    let summary = said.lines().find(|line| line.contains(" vies, "));
    println!("✓ {}", summary.unwrap_or("aucune loi de la relance n’est enfreinte."));
    Ok(())
}
