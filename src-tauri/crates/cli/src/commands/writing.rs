//! What is written: letters and dossiers.

use std::path::Path;

use dument_workflows::dossiers::{self, DossierForm, DossierQuery};
use dument_workflows::letters::{self, ClaimsAccessories, LetterQuery};
use dument_workflows::{Error, Moment, entry, view};

use super::reading::missing_rates;
use super::{Answer, reference, with_office};
use crate::args::{DossierArgs, LetterArgs};

pub fn letter(args: LetterArgs, moment: &Moment) -> Result<Answer, Error> {
    let accessories = match (args.principal_seul, args.accessoires) {
        (true, _) => Some(ClaimsAccessories::LeftOut),
        (false, true) => Some(ClaimsAccessories::Claimed),
        (false, false) => None,
    };
    let query = LetterQuery {
        debtor: args.client,
        model: args.modele.into(),
        invoices: args.facture,
        delay_days: args.delai,
        accessories,
        channel: args.par.map(Into::into),
        currency: args.common.devise.as_deref().map(entry::currency).transpose()?,
        missing_rates: missing_rates(&args.common),
    };
    with_office(&args.entreprise, |office| match &args.apercu {
        Some(file) => letters::preview_letter(office, &query, moment, file),
        None => letters::issue_letter(office, &query, moment, args.sortie.as_deref()),
    })
}

pub fn reprint(folder: &Path, letter: &str, file: &Path) -> Result<Answer, Error> {
    let letter = reference(letter)?;
    with_office(folder, |office| {
        letters::reprint_letter(office, letter, file)?;
        Ok(view::Written { file: file.display().to_string() })
    })
}

pub fn dossier(args: DossierArgs, moment: &Moment) -> Result<Answer, Error> {
    let extension = args.sortie.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    let form = match extension.as_deref() {
        Some("pdf") => DossierForm::Pdf,
        Some("zip") => DossierForm::Zip,
        _ => {
            return Err(Error::new(
                "forme-inconnue",
                format!("« {} » ne dit pas s’il faut un PDF ou un ZIP.", args.sortie.display()),
                "Terminez le nom du fichier par .pdf ou .zip.",
            ));
        }
    };
    let query = DossierQuery {
        debtor: args.client,
        invoices: args.facture,
        currency: args.common.devise.as_deref().map(entry::currency).transpose()?,
        missing_rates: missing_rates(&args.common),
    };
    with_office(&args.entreprise, |office| dossiers::export_dossier(office, &query, form, moment, &args.sortie))
}
