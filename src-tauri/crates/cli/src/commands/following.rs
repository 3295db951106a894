//! What follows: the way of a letter, cancelling, checking, keeping copies.

use std::path::Path;

use clap::CommandFactory as _;
use dument_workflows::{Error, Moment, backups, journal, letters, view};

use super::{Answer, date, reference, with_office};
use crate::args::{Cli, DeliveredArgs, SentArgs};
use crate::{DONE, FAILED};

pub fn sent(args: SentArgs, moment: &Moment) -> Result<Answer, Error> {
    let letter = reference(&args.courrier)?;
    let on = date(&args.le, moment)?;
    with_office(&args.entreprise, |office| letters::mark_sent(office, letter, on, args.par.into(), args.numero, moment))
}

pub fn delivered(args: &DeliveredArgs, moment: &Moment) -> Result<Answer, Error> {
    let letter = reference(&args.courrier)?;
    let on = date(&args.le, moment)?;
    with_office(&args.entreprise, |office| letters::mark_delivered(office, letter, on, args.resultat.into(), moment))
}

pub fn cancel(folder: &Path, fact: &str, reason: &str, moment: &Moment) -> Result<Answer, Error> {
    let fact = reference(fact)?;
    with_office(folder, |office| journal::cancel_fact(office, fact, reason, moment))
}

/// Checks a company; what is not sound is told with the status of a failure.
pub fn verify(folder: &Path) -> Result<Answer, Error> {
    let mut sound = true;
    let answer = with_office(folder, |office| {
        let check = journal::verify(office)?;
        sound = check.sound;
        Ok(check)
    })?;
    Ok(Answer { status: if sound { DONE } else { FAILED }, ..answer })
}

pub fn backup(folder: &Path, destination: &Path) -> Result<Answer, Error> {
    with_office(folder, |office| backups::backup(office, destination))
}

pub fn restore(backup: &Path, folder: &Path) -> Result<Answer, Error> {
    let office = backups::restore(backup, folder)?;
    office.close()?;
    Ok(Answer::of(&view::Created { folder: folder.display().to_string(), warnings: Vec::new() }))
}

pub fn help() -> Answer {
    let text = Cli::command().render_long_help().to_string();
    let commands: Vec<String> = Cli::command().get_subcommands().map(|command| command.get_name().to_owned()).collect();
    Answer { json: crate::json(&serde_json::json!({ "commandes": commands })), text, status: DONE }
}
