//! The policies: reading, writing, trying, adopting one; what it is for a customer.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read as _, Write as _};
use std::path::Path;

use dument_workflows::policies::{self, AssignmentEntry, JumpEntry, SimulationView};
use dument_workflows::view::Written;
use dument_workflows::{Error, Moment};
use serde::Serialize;

use super::{Answer, with_office};
use crate::args::policy::PolicyArgs;

/// More than any policy: what is longer is refused by the workflow, not read whole.
const LIMIT: u64 = 1024 * 1024;

/// Days that a policy is tried on before it is adopted.
const TRIAL: u32 = 30;

/// A policy as a file to be edited.
#[derive(Serialize)]
pub struct PolicyText {
    #[serde(rename = "texte")]
    pub text: String,
}

/// A policy that could be adopted, and what it would do.
#[derive(Serialize)]
pub struct Checked {
    #[serde(rename = "phrase")]
    pub sentence: &'static str,
    #[serde(rename = "essai")]
    pub trial: Option<SimulationView>,
}

/// Does the one thing that is asked of policies, or lists them.
pub fn run(args: PolicyArgs, moment: &Moment) -> Result<Answer, Error> {
    let folder = args.entreprise.as_path();
    if let Some(file) = &args.fichier {
        let text = read(file)?;
        return if args.apercu {
            with_office(folder, |office| checked(policies::simulate(office, Some(&text), TRIAL, moment.today)))
        } else {
            with_office(folder, |office| policies::adopt_policy(office, &text, moment))
        };
    }
    if let Some(name) = &args.modele {
        return model(folder, name, args.sortie.as_deref());
    }
    if let Some(file) = &args.imprimer {
        return with_office(folder, |office| policies::print_policy(office, moment, file));
    }
    if let Some(days) = args.simuler {
        return simulate(&args, days, moment);
    }
    match (args.affecter, args.passer_a, args.client, args.facture, args.motif) {
        (Some(policy), None, Some(debtor), invoice, Some(reason)) => {
            let assignment = AssignmentEntry { debtor, invoice, policy, reason };
            with_office(folder, |office| policies::assign_policy(office, &assignment, moment))
        }
        (None, Some(level), Some(debtor), Some(invoice), Some(reason)) => {
            let jump = JumpEntry { debtor, invoice, instalment: args.echeance, level, reason };
            with_office(folder, |office| policies::jump_level(office, &jump, moment))
        }
        _ => with_office(folder, |office| Ok(policies::list_policies(office, moment.today))),
    }
}

/// Takes a trial as a check: a policy that is nobody's rule yet may be adopted all the same, there is only nothing to try.
fn checked(trial: Result<SimulationView, Error>) -> Result<Checked, Error> {
    let sentence = "Ce fichier est en ordre et peut être adopté.";
    match trial {
        Ok(trial) => Ok(Checked { sentence, trial: Some(trial) }),
        Err(error) if error.code == "politique-de-personne" => Ok(Checked { sentence, trial: None }),
        Err(error) => Err(error),
    }
}

/// Tries a policy, or the ones in force; beside another where one is given.
fn simulate(args: &PolicyArgs, days: u32, moment: &Moment) -> Result<Answer, Error> {
    let folder = args.entreprise.as_path();
    let trial = args.avec.as_deref().map(read).transpose()?;
    let other = args.comparer.as_deref().map(read).transpose()?;
    let (trial, today) = (trial.as_deref(), moment.today);
    match other.as_deref() {
        Some(other) => with_office(folder, |office| policies::compare(office, (trial, Some(other)), days, today)),
        None => with_office(folder, |office| policies::simulate(office, trial, days, today)),
    }
}

/// Shows a policy as a file, or writes the file.
fn model(folder: &Path, name: &str, file: Option<&Path>) -> Result<Answer, Error> {
    match file {
        Some(file) => with_office(folder, |office| write(file, &policies::policy_file(office, name)?)),
        None => with_office(folder, |office| Ok(PolicyText { text: policies::policy_file(office, name)? })),
    }
}

fn read(file: &Path) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    let opened = File::open(file).and_then(|opened| opened.take(LIMIT).read_to_end(&mut bytes));
    opened.map_err(|source| Error::file(file, &source))?;
    Ok(bytes)
}

/// Writes a new file; one that is there may hold the owner's changes, and is kept.
fn write(file: &Path, text: &str) -> Result<Written, Error> {
    let created = OpenOptions::new().write(true).create_new(true).open(file);
    created.and_then(|mut created| created.write_all(text.as_bytes())).map_err(|source| match source.kind() {
        ErrorKind::AlreadyExists => Error::new(
            "existe-deja",
            format!("« {} » existe déjà, et a été gardé tel quel.", file.display()),
            "Choisissez un autre nom.",
        ),
        _ => Error::file(file, &source),
    })?;
    Ok(Written { file: file.display().to_string() })
}
