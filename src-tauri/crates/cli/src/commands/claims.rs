//! What is owed: the décompte, what changes it, what keeps it alive.

use std::path::Path;

use dument_workflows::gestures::{self, CapitalisationEntry};
use dument_workflows::limitation::{self, ActEntry};
use dument_workflows::statements::{self, StatementQuery};
use dument_workflows::words::{MissingRates, WaiverObject};
use dument_workflows::{Error, Moment, entry};

use super::{Answer, date, date_or_today, optional_date, optional_reference, with_office};
use crate::args::CommonArgs;
use crate::args::claims::{ActArgs, CapitalisationArgs, StatementArgs, WaiverArgs};
use crate::args::words::WaiverArg;

pub fn statement(args: StatementArgs, moment: &Moment) -> Result<Answer, Error> {
    let query = StatementQuery {
        debtor: args.client,
        invoices: args.facture,
        as_of: date_or_today(args.au.as_deref(), moment)?,
        currency: args.common.devise.as_deref().map(entry::currency).transpose()?,
        missing_rates: missing_rates(&args.common),
    };
    with_office(&args.entreprise, |office| statements::draw_up_statement(office, &query))
}

pub(super) fn missing_rates(common: &CommonArgs) -> MissingRates {
    if common.dernier_taux_connu { MissingRates::UseLastKnown } else { MissingRates::Refuse }
}

pub fn waiver(args: &WaiverArgs, moment: &Moment) -> Result<Answer, Error> {
    let amount = args.montant.as_deref().map(entry::amount).transpose()?;
    let object = match (args.objet, amount) {
        (WaiverArg::Interets, amount) => WaiverObject::Interest { amount },
        (WaiverArg::Indemnite, _) => WaiverObject::Indemnity,
        (WaiverArg::Principal, Some(amount)) => WaiverObject::Principal { amount },
        (WaiverArg::Principal, None) => {
            return Err(Error::new(
                "montant-absent",
                "Une remise sur le principal a un montant.",
                "Ajoutez --montant.",
            ));
        }
    };
    let on = date_or_today(args.le.as_deref(), moment)?;
    with_office(&args.entreprise, |office| {
        gestures::grant_waiver(office, (&args.client, &args.facture), object, (on, &args.motif), moment)
    })
}

pub fn capitalisation(args: CapitalisationArgs, moment: &Moment) -> Result<Answer, Error> {
    let capitalisation = CapitalisationEntry {
        debtor: args.client,
        invoices: args.facture,
        from: date(&args.depuis, moment)?,
        ground: args.titre.into(),
        reference: args.reference,
    };
    with_office(&args.entreprise, |office| gestures::record_capitalisation(office, capitalisation, moment))
}

pub fn limitations(folder: &Path, debtor: &str, moment: &Moment) -> Result<Answer, Error> {
    with_office(folder, |office| limitation::list_limitations(office, debtor, moment.today))
}

pub fn act(args: ActArgs, moment: &Moment) -> Result<Answer, Error> {
    let act = ActEntry {
        debtor: args.client,
        invoices: args.facture,
        on: date(&args.le, moment)?,
        kind: args.nature.into(),
        ended_on: optional_date(args.fin.as_deref(), moment)?,
        proof: optional_reference(args.piece.as_deref())?,
    };
    with_office(&args.entreprise, |office| limitation::record_limitation_act(office, &act, moment))
}
