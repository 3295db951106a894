//! Who the owner is, and how interest is counted.

use std::path::Path;

use dument_workflows::company::{self, CompanyEntry, PartyEntry, RateEntry};
use dument_workflows::words::{Conventions, Creditor, Semester};
use dument_workflows::{Error, Moment, Office, entry, view};

use super::{Answer, with_office};
use crate::args::company::{CompanyArgs, ConventionArgs, RateArgs};

pub fn create(folder: &Path, args: CompanyArgs, moment: &Moment) -> Result<Answer, Error> {
    let office = Office::create(folder, company_entry(args).into_creditor(), moment)?;
    let warnings = office.ledger().company().map(Creditor::warnings).unwrap_or_default();
    let view =
        view::Created { folder: folder.display().to_string(), warnings: warnings.iter().map(Into::into).collect() };
    office.close()?;
    Ok(Answer::of(&view))
}

pub fn correct(folder: &Path, args: CompanyArgs, moment: &Moment) -> Result<Answer, Error> {
    with_office(folder, |office| company::correct_company(office, company_entry(args), moment))
}

fn company_entry(args: CompanyArgs) -> CompanyEntry {
    let party = PartyEntry {
        name: args.nom,
        legal_form: args.forme,
        capital: args.capital,
        siren: args.siren,
        address: args.adresse,
        vat: args.tva,
        rcs: args.rcs,
        email: args.email,
        phone: args.telephone,
    };
    CompanyEntry { party, iban: args.iban, bic: args.bic, mediator: args.mediateur }
}

pub fn conventions(args: &ConventionArgs, moment: &Moment) -> Result<Answer, Error> {
    let conventions =
        Conventions { variation: args.taux.into(), day_base: args.base.into(), allocation: args.imputation.into() };
    with_office(&args.entreprise, |office| company::choose_conventions(office, conventions, moment))
}

pub fn rate(args: RateArgs, moment: &Moment) -> Result<Answer, Error> {
    let semester = Semester::parse(&args.semestre).ok_or_else(|| {
        Error::new(
            "semestre-illisible",
            format!("« {} » n’est pas un semestre.", args.semestre),
            "Écrivez par exemple 2027-S1.",
        )
    })?;
    let rates = RateEntry {
        semester,
        ecb_refi: entry::rate(&args.bce)?,
        legal_professional: entry::rate(&args.legal_professionnel)?,
        legal_private: entry::rate(&args.legal_particulier)?,
        source: args.source,
    };
    with_office(&args.entreprise, |office| company::declare_rate(office, rates, moment))
}
