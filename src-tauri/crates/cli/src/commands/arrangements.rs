//! What is agreed after the invoice: plans, quiet times, other due dates, debits to come.

use dument_workflows::arrangements::{self, DueDateEntry, PlanEntry, Schedule};
use dument_workflows::words::{LevelsAfter, PlanInterest};
use dument_workflows::{Error, Moment, entry};

use super::{Answer, date, date_or_today, instalment, optional_reference, reference, with_office};
use crate::args::arrangements::{DebitArgs, DueDateArgs, HoldArgs, PlanArgs};

/// Agrees on a plan, declares one lapsed, or lists them.
pub fn plan(args: PlanArgs, moment: &Moment) -> Result<Answer, Error> {
    let on = date_or_today(args.le.as_deref(), moment)?;
    if let Some(plan) = &args.dechoir {
        let plan = reference(plan)?;
        return with_office(&args.entreprise, |office| arrangements::lapse_plan(office, plan, on, moment));
    }
    let schedule = schedule(&args, moment)?;
    let (Some(schedule), Some(debtor)) = (schedule, args.client.clone()) else {
        return with_office(&args.entreprise, |office| {
            arrangements::list_plans(office, args.client.as_deref(), moment.today)
        });
    };
    let plan = PlanEntry {
        debtor,
        invoices: args.facture,
        currency: args.devise.as_deref().map(entry::currency).transpose()?,
        agreed_on: on,
        schedule,
        interest: if args.sans_interets_si_respecte { PlanInterest::GivenUpIfKept } else { PlanInterest::Continues },
        lapse_notice_days: args.decheance,
    };
    with_office(&args.entreprise, |office| match &args.apercu {
        Some(file) => arrangements::preview_plan(office, &plan, moment, Some(file)),
        None => arrangements::agree_plan(office, &plan, moment, args.sortie.as_deref()),
    })
}

/// Returns how the plan is laid out; nothing when no instalment is said.
fn schedule(args: &PlanArgs, moment: &Moment) -> Result<Option<Schedule>, Error> {
    if let (Some(count), Some(first_on)) = (args.versements, &args.premier) {
        let first_on = date(first_on, moment)?;
        return Ok(Some(Schedule::Even { count, first_on, every_months: args.tous_les }));
    }
    let typed = args.versement.iter().map(|text| instalment(text, moment)).collect::<Result<Vec<_>, _>>()?;
    Ok((!typed.is_empty()).then_some(Schedule::Typed(typed)))
}

pub fn hold(args: &HoldArgs, moment: &Moment) -> Result<Answer, Error> {
    if let Some(hold) = &args.lever {
        let hold = reference(hold)?;
        return with_office(&args.entreprise, |office| arrangements::lift_hold(office, hold, &args.motif, moment));
    }
    let (Some(debtor), Some(until)) = (&args.client, &args.jusqu_au) else {
        unreachable!("BUG: without --lever, both are required")
    };
    let until = date(until, moment)?;
    with_office(&args.entreprise, |office| {
        arrangements::set_hold(office, (debtor, &args.facture), until, &args.motif, moment)
    })
}

pub fn due_date(args: DueDateArgs, moment: &Moment) -> Result<Answer, Error> {
    let change = DueDateEntry {
        debtor: args.client,
        invoice: args.facture,
        instalment: args.echeance,
        due_on: date(&args.au, moment)?,
        interest: args.interets_depuis.into(),
        levels: if args.reprendre_au_debut { LevelsAfter::StartAgain } else { LevelsAfter::Continue },
        reason: args.motif,
        proof: optional_reference(args.preuve.as_deref())?,
    };
    with_office(&args.entreprise, |office| arrangements::change_due_date(office, change, moment))
}

pub fn debit(args: &DebitArgs, moment: &Moment) -> Result<Answer, Error> {
    let on = date(&args.le, moment)?;
    with_office(&args.entreprise, |office| {
        arrangements::expect_debit(office, (&args.client, &args.facture), (on, args.rejet_possible), moment)
    })
}
