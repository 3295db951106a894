//! The journal: reading it, cancelling a fact, checking it, keeping copies.

use std::path::Path;

use dument_workflows::{Error, Moment, backups, journal, view};

use super::{Answer, reference, with_office};
use crate::{DONE, FAILED};

pub fn list(folder: &Path) -> Result<Answer, Error> {
    with_office(folder, |office| Ok(journal::list_facts(office)))
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
