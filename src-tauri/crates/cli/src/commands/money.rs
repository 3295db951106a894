//! Money that arrives, and the bank account.

use std::path::Path;

use dument_workflows::payments::{self, PaymentEntry};
use dument_workflows::words::BankCredit;
use dument_workflows::{Error, Moment, bank, entry};

use super::{Answer, date, optional_reference, reference, with_office};
use crate::args::money::{BankArgs, PaymentArgs};

pub fn payment(args: PaymentArgs, moment: &Moment) -> Result<Answer, Error> {
    let payment = PaymentEntry {
        debtor: args.client,
        amount: entry::amount(&args.montant)?,
        currency: args.devise.as_deref().map(entry::currency).transpose()?,
        received_on: date(&args.recu, moment)?,
        means: args.moyen,
        reference: args.reference,
        invoices: args.facture,
        credit: optional_reference(args.credit.as_deref())?,
    };
    with_office(&args.entreprise, |office| payments::record_payment(office, payment, moment))
}

pub fn assign(folder: &Path, fact: &str, invoices: &[String], moment: &Moment) -> Result<Answer, Error> {
    let fact = reference(fact)?;
    with_office(folder, |office| payments::assign(office, fact, invoices, moment))
}

/// Shows the bank, or notes the one thing that is said of it.
pub fn bank(args: BankArgs, moment: &Moment) -> Result<Answer, Error> {
    if let Some(through) = &args.verifiee_au {
        let through = date(through, moment)?;
        return with_office(&args.entreprise, |office| bank::check_bank(office, through, moment));
    }
    if let (Some(amount), Some(on)) = (&args.credit, &args.le) {
        let credit = BankCredit {
            amount: entry::amount(amount)?,
            currency: entry::currency(&args.devise)?,
            booked_on: date(on, moment)?,
            label: args.libelle.unwrap_or_default(),
        };
        return with_office(&args.entreprise, |office| bank::see_credit(office, credit, moment));
    }
    if let (Some(credit), Some(reason)) = (&args.ecarter, &args.motif) {
        let credit = reference(credit)?;
        return with_office(&args.entreprise, |office| bank::dismiss_credit(office, credit, reason, moment));
    }
    with_office(&args.entreprise, |office| Ok(bank::bank(office)))
}
