//! What to do today, why, and doing it; what happened, and what is to come.

use std::path::Path;

use dument_workflows::letters::Confirmation;
use dument_workflows::{Error, Moment, agenda, calendar, history, steps};

use super::{Answer, with_office};
use crate::args::agenda::{CalendarArgs, DoArgs, WhyArgs};

pub fn list(folder: &Path, moment: &Moment) -> Result<Answer, Error> {
    with_office(folder, |office| Ok(agenda::list_agenda(office, moment.today)))
}

pub fn why(args: &WhyArgs, moment: &Moment) -> Result<Answer, Error> {
    match &args.facture {
        Some(number) => with_office(&args.entreprise, |office| agenda::explain(office, number, moment.today)),
        None => {
            with_office(&args.entreprise, |office| agenda::explain_all(office, args.client.as_deref(), moment.today))
        }
    }
}

pub fn carry_out(args: &DoArgs, moment: &Moment) -> Result<Answer, Error> {
    let confirmation = if args.confirmer { Confirmation::Given } else { Confirmation::None };
    match (&args.client, &args.sortie) {
        (Some(debtor), file) => with_office(&args.entreprise, |office| {
            steps::carry_out(office, debtor, confirmation, moment, file.as_deref())
        }),
        (None, Some(file)) => {
            with_office(&args.entreprise, |office| steps::carry_out_all(office, confirmation, moment, file))
        }
        (None, None) => unreachable!("BUG: without a customer the file is required"),
    }
}

pub fn history(folder: &Path, debtor: &str, moment: &Moment) -> Result<Answer, Error> {
    with_office(folder, |office| history::history(office, debtor, moment.today))
}

pub fn calendar(args: &CalendarArgs, moment: &Moment) -> Result<Answer, Error> {
    with_office(&args.entreprise, |office| calendar::export_ics(office, &args.sortie, moment))
}
