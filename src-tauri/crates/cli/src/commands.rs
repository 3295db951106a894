//! From options to workflows.

mod convert;
mod entering;
mod following;
mod reading;
mod writing;

use std::path::Path;

use dument_workflows::words::{Date, Seq};
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
        Command::Nouveau { entreprise, company } => entering::create(&entreprise, company, &moment),
        Command::Entreprise { entreprise, company } => entering::correct_company(&entreprise, company, &moment),
        Command::Conventions(args) => entering::conventions(&args, &moment),
        Command::Taux(args) => entering::rate(args, &moment),
        Command::Client(args) => entering::debtor(args, &moment),
        Command::Facture(args) => entering::invoice(args, &moment),
        Command::Avoir(args) => entering::credit_note(args, &moment),
        Command::Importer(args) => entering::import(&args, &moment),
        Command::Encaisser(args) => entering::payment(args, &moment),
        Command::Imputer { entreprise, fait, facture } => entering::assign(&entreprise, &fait, &facture, &moment),
        Command::Remise(args) => entering::waiver(&args, &moment),
        Command::Capitaliser(args) => entering::capitalisation(args, &moment),
        Command::Acte(args) => entering::act(args, &moment),
        Command::Piece(args) => entering::exhibit(args, &moment),
        Command::Clients { entreprise } => reading::debtors(&entreprise, &moment),
        Command::Factures { entreprise } => reading::invoices(&entreprise, &moment),
        Command::Lire { fichiers } => reading::files(&fichiers),
        Command::Decompte(args) => reading::statement(args, &moment),
        Command::Prescription { entreprise, client } => reading::limitations(&entreprise, &client, &moment),
        Command::Courriers { entreprise } => reading::letters(&entreprise),
        Command::Pieces { entreprise } => reading::exhibits(&entreprise),
        Command::Journal { entreprise } => reading::journal(&entreprise),
        Command::Courrier(args) => writing::letter(args, &moment),
        Command::Reimprimer { entreprise, courrier, sortie } => writing::reprint(&entreprise, &courrier, &sortie),
        Command::Dossier(args) => writing::dossier(args, &moment),
        Command::Envoye(args) => following::sent(args, &moment),
        Command::Recu(args) => following::delivered(&args, &moment),
        Command::Annuler { entreprise, fait, motif } => following::cancel(&entreprise, &fait, &motif, &moment),
        Command::Verifier { entreprise } => following::verify(&entreprise),
        Command::Sauvegarder { entreprise, chemin } => following::backup(&entreprise, &chemin),
        Command::Restaurer { chemin, entreprise } => following::restore(&chemin, &entreprise),
        Command::Aide => Ok(following::help()),
    }
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
