//! What is said between the owner and a customer.

use dument_workflows::exchanges::{self, ContactEntry, DisputeEntry, PromiseEntry};
use dument_workflows::view::Done;
use dument_workflows::words::ContactKind;
use dument_workflows::{Error, Moment, Office, entry};
use serde::Serialize;

use super::{Answer, date, date_or_today, optional_reference, reference, with_office};
use crate::args::exchanges::{CallArgs, DisputeArgs, ExchangeArgs, NoteArgs, PromiseArgs, ReceptionArgs};

/// A call that was noted, and the promise made in it.
#[derive(Serialize)]
pub struct Called {
    #[serde(flatten)]
    pub call: Done,
    #[serde(rename = "promesse", skip_serializing_if = "Option::is_none")]
    pub promise: Option<Done>,
}

pub fn call(args: CallArgs, moment: &Moment) -> Result<Answer, Error> {
    let folder = args.exchange.entreprise.clone();
    let kind = ContactKind::Call(args.issue.into());
    let call = contact(args.exchange, kind, args.dit.unwrap_or_default(), moment)?;
    let promise = match (&args.promet, &args.pour) {
        (Some(amount), Some(due_on)) => Some(PromiseEntry {
            debtor: call.debtor.clone(),
            invoices: call.invoices.clone(),
            amount: entry::amount(amount)?,
            currency: None,
            made_on: call.on,
            due_on: date(due_on, moment)?,
            means: Some(call.with.as_ref().map_or("par téléphone".to_owned(), |who| format!("par téléphone, {who}"))),
        }),
        _ => None,
    };
    with_office(&folder, |office| {
        let call = exchanges::log_contact(office, call, moment)?;
        let promise = promise.map(|promise| promised(office, promise, &call, moment)).transpose()?;
        Ok(Called { call, promise })
    })
}

/// Notes the promise made in a call; the call itself stays noted when the promise is refused, and the refusal says so.
fn promised(office: &mut Office, promise: PromiseEntry, call: &Done, moment: &Moment) -> Result<Done, Error> {
    exchanges::record_promise(office, promise, moment).map_err(|error| Error {
        hint: format!(
            "L’appel est noté, fait n° {} ; la promesse ne l’est pas : corrigez-la, puis notez-la à part (commande « promesse »).",
            call.fact
        ),
        ..error
    })
}

pub fn note(args: NoteArgs, moment: &Moment) -> Result<Answer, Error> {
    let folder = args.exchange.entreprise.clone();
    let kind = if args.decision { ContactKind::Decision } else { args.nature.into() };
    let note = contact(args.exchange, kind, args.dit, moment)?;
    with_office(&folder, |office| exchanges::log_contact(office, note, moment))
}

fn contact(args: ExchangeArgs, kind: ContactKind, said: String, moment: &Moment) -> Result<ContactEntry, Error> {
    Ok(ContactEntry {
        debtor: args.client,
        invoices: args.facture,
        on: date_or_today(args.le.as_deref(), moment)?,
        kind,
        with: args.avec,
        by: args.par,
        cause: args.cause.map(Into::into),
        said,
    })
}

pub fn promise(args: PromiseArgs, moment: &Moment) -> Result<Answer, Error> {
    let promise = PromiseEntry {
        debtor: args.client,
        invoices: args.facture,
        amount: entry::amount(&args.montant)?,
        currency: args.devise.as_deref().map(entry::currency).transpose()?,
        made_on: date_or_today(args.le.as_deref(), moment)?,
        due_on: date(&args.pour, moment)?,
        means: args.moyen,
    };
    with_office(&args.entreprise, |office| exchanges::record_promise(office, promise, moment))
}

pub fn dispute(args: DisputeArgs, moment: &Moment) -> Result<Answer, Error> {
    let on = date_or_today(args.le.as_deref(), moment)?;
    if let (Some(dispute), Some(outcome), Some(reason)) = (&args.clore, args.issue, &args.motif_cloture) {
        let dispute = reference(dispute)?;
        return with_office(&args.entreprise, |office| {
            exchanges::close_dispute(office, dispute, (on, outcome.into()), reason, moment)
        });
    }
    let (Some(debtor), Some(invoice), Some(kind)) = (args.client, args.facture, args.motif) else {
        unreachable!("BUG: without --clore, all three are required")
    };
    let amount = args.montant.as_deref().map(entry::amount).transpose()?;
    let dispute = DisputeEntry { debtor, invoice, on, amount, kind: kind.into(), said: args.dit.unwrap_or_default() };
    with_office(&args.entreprise, |office| exchanges::open_dispute(office, dispute, moment))
}

pub fn reception(args: &ReceptionArgs, moment: &Moment) -> Result<Answer, Error> {
    let on = date(&args.le, moment)?;
    let proof = optional_reference(args.preuve.as_deref())?;
    with_office(&args.entreprise, |office| {
        exchanges::confirm_reception(office, (&args.client, &args.facture), (on, &args.moyen), proof, moment)
    })
}
