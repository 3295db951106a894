//! Letters and their way.

use std::path::Path;

use dument_workflows::letters::{self, ClaimsAccessories, Confirmation, LetterQuery, Sent};
use dument_workflows::{Error, Moment, entry, view};

use super::claims::missing_rates;
use super::{Answer, date, optional_reference, reference, with_office};
use crate::args::letters::{DeliveredArgs, LetterArgs, SentArgs};

pub fn letter(args: LetterArgs, moment: &Moment) -> Result<Answer, Error> {
    let accessories = match (args.principal_seul, args.accessoires) {
        (true, _) => Some(ClaimsAccessories::LeftOut),
        (false, true) => Some(ClaimsAccessories::Claimed),
        (false, false) => None,
    };
    let query = LetterQuery {
        invoices: args.facture,
        delay_days: args.delai,
        accessories,
        channel: args.par.map(Into::into),
        currency: args.common.devise.as_deref().map(entry::currency).transpose()?,
        missing_rates: missing_rates(&args.common),
        tone: args.ton.map(Into::into),
        note: args.note,
        about: optional_reference(args.a_propos.as_deref())?,
        ..LetterQuery::new(&args.client, args.modele.into())
    };
    with_office(&args.entreprise, |office| match &args.apercu {
        Some(file) => letters::preview_letter(office, &query, moment, file),
        None => letters::issue_letter(office, &query, moment, args.sortie.as_deref()),
    })
}

pub fn list(folder: &Path) -> Result<Answer, Error> {
    with_office(folder, |office| Ok(letters::list_letters(office)))
}

pub fn reprint(folder: &Path, letter: &str, file: &Path) -> Result<Answer, Error> {
    let letter = reference(letter)?;
    with_office(folder, |office| {
        letters::reprint_letter(office, letter, file)?;
        Ok(view::Written { file: file.display().to_string() })
    })
}

pub fn sent(args: SentArgs, moment: &Moment) -> Result<Answer, Error> {
    let letter = reference(&args.courrier)?;
    let sent = Sent { on: date(&args.le, moment)?, channel: args.par.into(), tracking: args.numero };
    let confirmation = if args.confirmer { Confirmation::Given } else { Confirmation::None };
    with_office(&args.entreprise, |office| letters::mark_sent(office, letter, sent, confirmation, moment))
}

pub fn delivered(args: &DeliveredArgs, moment: &Moment) -> Result<Answer, Error> {
    let letter = reference(&args.courrier)?;
    let on = date(&args.le, moment)?;
    with_office(&args.entreprise, |office| letters::mark_delivered(office, letter, on, args.resultat.into(), moment))
}
