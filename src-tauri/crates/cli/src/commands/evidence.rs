//! Evidence and the dossier.

use std::path::Path;

use dument_workflows::dossiers::{self, DossierForm, DossierQuery};
use dument_workflows::exhibits::{self, ExhibitEntry};
use dument_workflows::{Error, Moment, entry};

use super::claims::missing_rates;
use super::{Answer, optional_date, optional_reference, with_office};
use crate::args::evidence::{DossierArgs, ExhibitArgs};

pub fn record(args: ExhibitArgs, moment: &Moment) -> Result<Answer, Error> {
    let exhibit = ExhibitEntry {
        file: args.fichier,
        debtor: args.client,
        invoices: args.facture,
        letter: optional_reference(args.courrier.as_deref())?,
        nature: args.nature.into(),
        title: args.titre,
        dated_on: optional_date(args.du.as_deref(), moment)?,
    };
    with_office(&args.entreprise, |office| exhibits::add_exhibit(office, &exhibit, moment))
}

pub fn list(folder: &Path) -> Result<Answer, Error> {
    with_office(folder, |office| Ok(exhibits::list_exhibits(office)))
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
