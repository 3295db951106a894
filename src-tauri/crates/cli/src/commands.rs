//! From options to workflows: one file for each subject, cut as `args` is.

mod agenda;
mod arrangements;
mod claims;
mod company;
mod convert;
mod debtors;
mod evidence;
pub mod exchanges;
mod invoices;
mod journal;
mod letters;
mod money;
pub mod policy;
mod proceedings;

use std::path::Path;

use clap::CommandFactory as _;
use dument_workflows::words::{Amount, Date, Seq};
use dument_workflows::{Error, Moment, Office, entry};
use serde::Serialize;

use crate::args::{Cli, Command};
use crate::print::Print;
use crate::{DONE, clock};

/// What a command answers.
pub struct Answer {
    pub json: String,
    pub text: String,
    pub status: u8,
}

impl Answer {
    fn of<V: Serialize + Print + ?Sized>(view: &V) -> Self {
        Self { json: crate::json(view), text: view.print(), status: DONE }
    }
}

/// Runs a command.
pub fn run(cli: Cli) -> Result<Answer, Error> {
    let real = clock::moment(None);
    let moment = match cli.date.as_deref() {
        Some(day) => clock::moment(Some(entry::date(day, real.today)?)),
        None => real,
    };
    match cli.command {
        Command::Nouveau { entreprise, company } => company::create(&entreprise, company, &moment),
        Command::Entreprise { entreprise, company } => company::correct(&entreprise, company, &moment),
        Command::Conventions(args) => company::conventions(&args, &moment),
        Command::Taux(args) => company::rate(args, &moment),
        Command::Client(args) => debtors::record(args, &moment),
        Command::Clients { entreprise } => debtors::list(&entreprise, &moment),
        Command::Facture(args) => invoices::record(args, &moment),
        Command::Avoir(args) => invoices::credit_note(args, &moment),
        Command::Factures { entreprise } => invoices::list(&entreprise, &moment),
        Command::Reception(args) => exchanges::reception(&args, &moment),
        Command::Lire { fichiers } => invoices::read(&fichiers),
        Command::Importer(args) => invoices::import(&args, &moment),
        Command::Encaisser(args) => money::payment(args, &moment),
        Command::Banque(args) => money::bank(args, &moment),
        Command::Imputer { entreprise, fait, facture } => money::assign(&entreprise, &fait, &facture, &moment),
        Command::Remise(args) => claims::waiver(&args, &moment),
        Command::Capitaliser(args) => claims::capitalisation(args, &moment),
        Command::Decompte(args) => claims::statement(args, &moment),
        Command::Prescription { entreprise, client } => claims::limitations(&entreprise, &client, &moment),
        Command::Acte(args) => claims::act(args, &moment),
        Command::Agenda { entreprise } => agenda::list(&entreprise, &moment),
        Command::Pourquoi(args) => agenda::why(&args, &moment),
        Command::Faire(args) => agenda::carry_out(&args, &moment),
        Command::Politique(args) => policy::run(args, &moment),
        Command::Appel(args) => exchanges::call(args, &moment),
        Command::Note(args) => exchanges::note(args, &moment),
        Command::Promesse(args) => exchanges::promise(args, &moment),
        Command::Litige(args) => exchanges::dispute(args, &moment),
        Command::Plan(args) => arrangements::plan(args, &moment),
        Command::Suspendre(args) => arrangements::hold(&args, &moment),
        Command::Reporter(args) => arrangements::due_date(args, &moment),
        Command::Prelevement(args) => arrangements::debit(&args, &moment),
        Command::Confier(args) => proceedings::hand_over(args, &moment),
        Command::ProcedureCollective(args) => proceedings::insolvency(args, &moment),
        Command::Historique { entreprise, client } => agenda::history(&entreprise, &client, &moment),
        Command::Ics(args) => agenda::calendar(&args, &moment),
        Command::Courrier(args) => letters::letter(args, &moment),
        Command::Courriers { entreprise } => letters::list(&entreprise),
        Command::Reimprimer { entreprise, courrier, sortie } => letters::reprint(&entreprise, &courrier, &sortie),
        Command::Envoye(args) => letters::sent(args, &moment),
        Command::Recu(args) => letters::delivered(&args, &moment),
        Command::Piece(args) => evidence::record(args, &moment),
        Command::Pieces { entreprise } => evidence::list(&entreprise),
        Command::Dossier(args) => evidence::dossier(args, &moment),
        Command::Journal { entreprise } => journal::list(&entreprise),
        Command::Annuler { entreprise, fait, motif } => journal::cancel(&entreprise, &fait, &motif, &moment),
        Command::Verifier { entreprise } => journal::verify(&entreprise),
        Command::Sauvegarder { entreprise, chemin } => journal::backup(&entreprise, &chemin),
        Command::Restaurer { chemin, entreprise } => journal::restore(&chemin, &entreprise),
        Command::Aide => Ok(help()),
    }
}

fn help() -> Answer {
    let text = Cli::command().render_long_help().to_string();
    let commands: Vec<String> = Cli::command().get_subcommands().map(|command| command.get_name().to_owned()).collect();
    Answer { json: crate::json(&serde_json::json!({ "commandes": commands })), text, status: DONE }
}

/// Opens a company, asks it something, and closes it.
fn with_office<V: Serialize + Print>(
    folder: &Path,
    ask: impl FnOnce(&mut Office) -> Result<V, Error>,
) -> Result<Answer, Error> {
    let mut office = Office::open(folder)?;
    let view = ask(&mut office);
    office.close()?;
    Ok(Answer::of(&view?))
}

fn date(text: &str, moment: &Moment) -> Result<Date, Error> {
    entry::date(text, moment.today)
}

fn optional_date(text: Option<&str>, moment: &Moment) -> Result<Option<Date>, Error> {
    text.map(|text| date(text, moment)).transpose()
}

fn date_or_today(text: Option<&str>, moment: &Moment) -> Result<Date, Error> {
    Ok(optional_date(text, moment)?.unwrap_or(moment.today))
}

/// Reads a due date, with its sum or without: `2026-03-31`, `2026-03-31:500,00`.
fn instalment(text: &str, moment: &Moment) -> Result<(Date, Option<Amount>), Error> {
    match text.split_once(':') {
        Some((due_on, amount)) => Ok((date(due_on, moment)?, Some(entry::amount(amount)?))),
        None => Ok((date(text, moment)?, None)),
    }
}

fn optional_reference(text: Option<&str>) -> Result<Option<Seq>, Error> {
    text.map(reference).transpose()
}

/// Reads the reference of a fact: `42`, `C-42`, `n° 42`.
fn reference(text: &str) -> Result<Seq, Error> {
    let digits = text.trim_start_matches(|character: char| !character.is_ascii_digit());
    let number = digits.parse().map_err(|_| {
        Error::new(
            "reference-illisible",
            format!("« {text} » n’est pas une référence."),
            "Donnez le numéro que la commande avait répondu.",
        )
    })?;
    Ok(Seq::new(number))
}
