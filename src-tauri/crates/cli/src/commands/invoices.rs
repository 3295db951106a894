//! Invoices and credit notes, typed or imported.

use std::path::{Path, PathBuf};

use dument_workflows::invoices::{self, CreditNoteEntry, InvoiceEntry};
use dument_workflows::words::{Amount, CreditEffect, Trade};
use dument_workflows::{Error, Moment, entry, imports};

use super::{Answer, date, optional_date, with_office};
use crate::args::invoices::{CreditNoteArgs, ImportArgs, InvoiceArgs};

pub fn record(args: InvoiceArgs, moment: &Moment) -> Result<Answer, Error> {
    let amount = |text: &Option<String>| text.as_deref().map(entry::amount).transpose();
    let invoice = InvoiceEntry {
        debtor: args.client,
        number: args.numero,
        nature: args.nature.into(),
        issued_on: date(&args.emise, moment)?,
        due: args.echeance.iter().map(|text| super::instalment(text, moment)).collect::<Result<_, _>>()?,
        delivered_on: optional_date(args.livree.as_deref(), moment)?,
        total: entry::amount(&args.ttc)?,
        prepaid: amount(&args.deja_paye)?.unwrap_or(Amount::ZERO),
        net: amount(&args.ht)?,
        taxes: args.tva.iter().map(|text| entry::tax(text)).collect::<Result<_, _>>()?,
        currency: entry::currency(&args.devise)?,
        agreed_rate: args.taux_convenu.as_deref().map(entry::agreed_rate).transpose()?,
        trade: if args.transport { Trade::Carriage } else { Trade::General },
        absorbs: args.acompte,
        corrects: args.rectifie,
    };
    with_office(&args.entreprise, |office| invoices::record_invoice(office, invoice, moment))
}

pub fn credit_note(args: CreditNoteArgs, moment: &Moment) -> Result<Answer, Error> {
    let credit_note = CreditNoteEntry {
        debtor: args.client,
        number: args.numero,
        issued_on: date(&args.emise, moment)?,
        total: entry::amount(&args.ttc)?,
        currency: entry::currency(&args.devise)?,
        invoice: args.facture,
        effect: if args.erreur { CreditEffect::FromOrigin } else { CreditEffect::FromItsDate },
    };
    with_office(&args.entreprise, |office| invoices::record_credit_note(office, &credit_note, moment))
}

pub fn list(folder: &Path, moment: &Moment) -> Result<Answer, Error> {
    with_office(folder, |office| invoices::list_invoices(office, moment.today))
}

pub fn read(paths: &[PathBuf]) -> Result<Answer, Error> {
    Ok(Answer::of(&imports::read_files(paths)?))
}

pub fn import(args: &ImportArgs, moment: &Moment) -> Result<Answer, Error> {
    let standing = args.qualite.map(Into::into);
    with_office(&args.entreprise, |office| {
        if args.apercu {
            imports::preview_import(office, &args.fichiers, standing, moment)
        } else {
            imports::accept_import(office, &args.fichiers, standing, moment)
        }
    })
}
