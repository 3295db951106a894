//! What is read: lists, files, décomptes.

use std::path::{Path, PathBuf};

use dument_workflows::statements::{self, StatementQuery};
use dument_workflows::words::MissingRates;
use dument_workflows::{Error, Moment, debtors, entry, exhibits, imports, invoices, journal, letters, limitation};

use super::{Answer, optional_date, with_office};
use crate::args::{CommonArgs, StatementArgs};

pub fn debtors(folder: &Path, moment: &Moment) -> Result<Answer, Error> {
    with_office(folder, |office| debtors::list_debtors(office, moment.today))
}

pub fn invoices(folder: &Path, moment: &Moment) -> Result<Answer, Error> {
    with_office(folder, |office| invoices::list_invoices(office, moment.today))
}

pub fn files(paths: &[PathBuf]) -> Result<Answer, Error> {
    Ok(Answer::of(&imports::read_files(paths)?))
}

pub fn statement(args: StatementArgs, moment: &Moment) -> Result<Answer, Error> {
    let query = StatementQuery {
        debtor: args.client,
        invoices: args.facture,
        as_of: optional_date(args.au.as_deref(), moment)?.unwrap_or(moment.today),
        currency: args.common.devise.as_deref().map(entry::currency).transpose()?,
        missing_rates: missing_rates(&args.common),
    };
    with_office(&args.entreprise, |office| statements::draw_up_statement(office, &query))
}

pub fn missing_rates(common: &CommonArgs) -> MissingRates {
    if common.dernier_taux_connu { MissingRates::UseLastKnown } else { MissingRates::Refuse }
}

pub fn limitations(folder: &Path, debtor: &str, moment: &Moment) -> Result<Answer, Error> {
    with_office(folder, |office| limitation::list_limitations(office, debtor, moment.today))
}

pub fn letters(folder: &Path) -> Result<Answer, Error> {
    with_office(folder, |office| Ok(letters::list_letters(office)))
}

pub fn exhibits(folder: &Path) -> Result<Answer, Error> {
    with_office(folder, |office| Ok(exhibits::list_exhibits(office)))
}

pub fn journal(folder: &Path) -> Result<Answer, Error> {
    with_office(folder, |office| Ok(journal::list_facts(office)))
}
