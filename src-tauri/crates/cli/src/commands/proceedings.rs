//! What takes a case out of the owner's hands.

use dument_workflows::proceedings::{self, HandOverEntry, InsolvencyEntry};
use dument_workflows::{Error, Moment};

use super::{Answer, date, date_or_today, optional_date, reference, with_office};
use crate::args::proceedings::{HandOverArgs, InsolvencyArgs};

pub fn hand_over(args: HandOverArgs, moment: &Moment) -> Result<Answer, Error> {
    let on = date_or_today(args.le.as_deref(), moment)?;
    if let (Some(given), Some(reason)) = (&args.reprendre, &args.motif) {
        let given = reference(given)?;
        return with_office(&args.entreprise, |office| proceedings::take_back(office, given, on, reason, moment));
    }
    let (Some(debtor), Some(to), Some(name)) = (args.client, args.a, args.nom) else {
        unreachable!("BUG: without --reprendre, all three are required")
    };
    let given = HandOverEntry { debtor, invoices: args.facture, on, to: to.into(), name, reference: args.reference };
    with_office(&args.entreprise, |office| proceedings::hand_over(office, given, moment))
}

pub fn insolvency(args: InsolvencyArgs, moment: &Moment) -> Result<Answer, Error> {
    if let (Some(insolvency), Some(reason)) = (&args.cloturer, &args.motif) {
        let insolvency = reference(insolvency)?;
        let on = date_or_today(args.le.as_deref(), moment)?;
        return with_office(&args.entreprise, |office| {
            proceedings::close_insolvency(office, insolvency, on, reason, moment)
        });
    }
    let (Some(debtor), Some(kind), Some(judgment_on)) = (args.client, args.nature, args.jugement) else {
        unreachable!("BUG: without --cloturer, all three are required")
    };
    let insolvency = InsolvencyEntry {
        debtor,
        kind: kind.into(),
        judgment_on: date(&judgment_on, moment)?,
        published_on: optional_date(args.bodacc.as_deref(), moment)?,
        court: args.tribunal,
        representative: args.mandataire,
    };
    with_office(&args.entreprise, |office| proceedings::open_insolvency(office, insolvency, moment))
}
