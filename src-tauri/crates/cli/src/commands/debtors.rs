//! Customers.

use std::path::Path;

use dument_workflows::company::PartyEntry;
use dument_workflows::debtors::{self, DebtorEntry};
use dument_workflows::{Error, Moment, entry};

use super::{Answer, with_office};
use crate::args::debtors::DebtorArgs;

pub fn record(args: DebtorArgs, moment: &Moment) -> Result<Answer, Error> {
    let party = PartyEntry {
        name: args.nom,
        siren: args.siren,
        address: args.adresse,
        email: args.email,
        phone: args.telephone,
        ..PartyEntry::default()
    };
    let debtor = DebtorEntry {
        party,
        standing: args.qualite.into(),
        delay_days: args.delai,
        agreed_rate: args.taux_convenu.as_deref().map(entry::agreed_rate).transpose()?,
        allocation: args.imputation.map(Into::into),
        handling: args.relance.into(),
    };
    with_office(&args.entreprise, |office| match &args.corriger {
        Some(name) => debtors::correct_debtor(office, name, debtor, moment),
        None => debtors::add_debtor(office, debtor, moment),
    })
}

pub fn list(folder: &Path, moment: &Moment) -> Result<Answer, Error> {
    with_office(folder, |office| debtors::list_debtors(office, moment.today))
}
