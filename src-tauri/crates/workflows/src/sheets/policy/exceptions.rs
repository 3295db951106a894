//! The exceptions made, as the facts have them: what was decided, when, for whom and why.

use dument_documents::data::PolicyException;
use dument_domain::arrangement::{DueDateChange, Hold};
use dument_domain::dunning::{LevelJump, Policies, PolicyAssignment};
use dument_domain::fact::{Fact, Waiver, WaiverObject};
use dument_domain::french::{self, typeset};
use dument_domain::ledger::Ledger;
use dument_domain::party::Handling;
use dument_domain::{Date, Seq};

use super::handled;
use crate::policies::usage::recorded_on;

/// Returns the exceptions, oldest first.
pub(super) fn exceptions(ledger: &Ledger, policies: &Policies) -> Vec<PolicyException> {
    let mut found: Vec<(Date, Seq, PolicyException)> = Vec::new();
    let mut add = |seq: Seq, date: Date, debtor: Seq, what: String, reason: &str| {
        let debtor = ledger.debtor(debtor).debtor.party.name.clone();
        let what = typeset(&what);
        found.push((date, seq, PolicyException { date, debtor, what, reason: reason.to_owned() }));
    };
    for (debtor, file) in ledger.debtors() {
        for (seq, fact) in ledger.episodes_of(file) {
            match fact {
                Fact::LevelJumped(jump) => add(seq, jump.on, debtor, jumped(ledger, policies, jump), &jump.reason),
                Fact::PolicyAssigned(given) => {
                    add(seq, given.on, debtor, assigned(ledger, policies, given), &given.reason);
                }
                Fact::HoldSet(hold) => add(seq, hold.on, debtor, held(ledger, hold), &hold.reason),
                Fact::DueDateChanged(change) => add(seq, change.on, debtor, moved(ledger, change), &change.reason),
                _ => {}
            }
        }
        if let Some((seq, date, what)) = handled_since(ledger, debtor, file.debtor.handling) {
            add(seq, date, debtor, what.to_owned(), "Réglage de la fiche du client.");
        }
    }
    for recorded in ledger.facts() {
        if let Fact::WaiverGranted(waiver) = &recorded.fact
            && ledger.cancellation(recorded.seq).is_none()
            && let Some(invoice) = ledger.find_invoice(waiver.invoice)
        {
            add(recorded.seq, waiver.on, invoice.debtor, waived(ledger, waiver), &waiver.reason);
        }
    }
    found.sort_by_key(|(date, seq, _)| (*date, *seq));
    found.into_iter().map(|(.., exception)| exception).collect()
}

fn jumped(ledger: &Ledger, policies: &Policies, jump: &LevelJump) -> String {
    let invoice = ledger.invoice(jump.invoice);
    // The fact names the level alone: its title is the one of the last policy that has it.
    let title = policies.current().filter_map(|(_, policy)| policy.level(&jump.to)).last();
    let title = title.map_or_else(|| jump.to.to_string(), |level| level.title.clone());
    let part =
        if invoice.instalments.len() > 1 { format!(", échéance {}", jump.instalment + 1) } else { String::new() };
    format!("Facture {}{part} : passage direct à l’étape « {title} ».", invoice.number)
}

fn assigned(ledger: &Ledger, policies: &Policies, given: &PolicyAssignment) -> String {
    let whom = match given.invoice {
        Some(invoice) => format!("Facture {}", ledger.invoice(invoice).number),
        None => "Toutes ses factures".to_owned(),
    };
    format!("{whom} : politique « {} », version {}.", policies.get(given.policy).name, policies.version(given.policy))
}

fn held(ledger: &Ledger, hold: &Hold) -> String {
    let numbers: Vec<&str> = hold.invoices.iter().map(|invoice| ledger.invoice(*invoice).number.as_str()).collect();
    let whom = match numbers.as_slice() {
        [] => "Toutes ses factures".to_owned(),
        [one] => format!("Facture {one}"),
        several => format!("Factures {}", several.join(", ")),
    };
    format!("{whom} : relances en attente jusqu’au {}.", french::date(hold.until))
}

fn moved(ledger: &Ledger, change: &DueDateChange) -> String {
    let invoice = ledger.invoice(change.invoice);
    let stated = invoice.instalments.get(change.instalment as usize).map(|instalment| french::date(instalment.due_on));
    let instead = stated.map(|stated| format!(" au lieu du {stated}")).unwrap_or_default();
    format!("Facture {} : échéance portée au {}{instead}.", invoice.number, french::date(change.due_on))
}

fn waived(ledger: &Ledger, waiver: &Waiver) -> String {
    let invoice = ledger.invoice(waiver.invoice);
    let money = |amount| french::money(amount, invoice.currency);
    let what = match waiver.object {
        WaiverObject::Interest { amount: None } => "intérêts remis, échus et à venir".to_owned(),
        WaiverObject::Interest { amount: Some(amount) } => format!("{} d’intérêts remis", money(amount)),
        WaiverObject::Indemnity => "indemnité forfaitaire remise".to_owned(),
        WaiverObject::Principal { amount } => format!("{} de principal remis", money(amount)),
    };
    format!("Facture {} : {what}.", invoice.number)
}

/// Returns the fact and the day since when a debtor is handled as he now is, where that is not as usual.
fn handled_since(ledger: &Ledger, debtor: Seq, handling: Handling) -> Option<(Seq, Date, &'static str)> {
    let what = handled(handling)?;
    let mut since = None;
    for recorded in ledger.facts().iter().filter(|recorded| ledger.cancellation(recorded.seq).is_none()) {
        let now = match &recorded.fact {
            Fact::DebtorAdded(added) if recorded.seq == debtor => added.handling,
            Fact::DebtorCorrected { debtor: of, corrected } if *of == debtor => corrected.handling,
            _ => continue,
        };
        since = if now == handling { since.or(Some(recorded.seq)) } else { None };
    }
    let since = since?;
    Some((since, recorded_on(ledger, since)?, what))
}
