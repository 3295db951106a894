//! What is entered: who is who, invoices, money, evidence.

use std::path::Path;

use dument_workflows::company::{self, CompanyEntry, PartyEntry, RateEntry};
use dument_workflows::debtors::{self, DebtorEntry};
use dument_workflows::exhibits::{self, ExhibitEntry};
use dument_workflows::gestures::{self, CapitalisationEntry};
use dument_workflows::invoices::{self, CreditNoteEntry, InvoiceEntry};
use dument_workflows::limitation::{self, ActEntry};
use dument_workflows::payments::{self, PaymentEntry};
use dument_workflows::words::{Amount, Conventions, CreditEffect, Date, Semester, Trade, WaiverObject};
use dument_workflows::{Error, Moment, Office, entry, imports, view};

use super::{Answer, date, optional_date, reference, with_office};
use crate::args::{
    ActArgs, CapitalisationArgs, CompanyArgs, ConventionArgs, CreditNoteArgs, DebtorArgs, ExhibitArgs, ImportArgs,
    InvoiceArgs, PaymentArgs, RateArgs, WaiverArg, WaiverArgs,
};

pub fn create(folder: &Path, args: CompanyArgs, moment: &Moment) -> Result<Answer, Error> {
    let office = Office::create(folder, company_entry(args).into_creditor(), moment)?;
    let warnings = office.ledger().company().map(dument_workflows::words::Creditor::warnings).unwrap_or_default();
    let view =
        view::Created { folder: folder.display().to_string(), warnings: warnings.iter().map(Into::into).collect() };
    office.close()?;
    Ok(Answer::of(&view))
}

pub fn correct_company(folder: &Path, args: CompanyArgs, moment: &Moment) -> Result<Answer, Error> {
    with_office(folder, |office| company::correct_company(office, company_entry(args), moment))
}

fn company_entry(args: CompanyArgs) -> CompanyEntry {
    let party = PartyEntry {
        name: args.nom,
        legal_form: args.forme,
        capital: args.capital,
        siren: args.siren,
        address: args.adresse,
        vat: args.tva,
        rcs: args.rcs,
        email: args.email,
        phone: args.telephone,
    };
    CompanyEntry { party, iban: args.iban, bic: args.bic, mediator: args.mediateur }
}

pub fn conventions(args: &ConventionArgs, moment: &Moment) -> Result<Answer, Error> {
    let conventions =
        Conventions { variation: args.taux.into(), day_base: args.base.into(), allocation: args.imputation.into() };
    with_office(&args.entreprise, |office| company::choose_conventions(office, conventions, moment))
}

pub fn rate(args: RateArgs, moment: &Moment) -> Result<Answer, Error> {
    let semester = Semester::parse(&args.semestre).ok_or_else(|| {
        Error::new(
            "semestre-illisible",
            format!("« {} » n’est pas un semestre.", args.semestre),
            "Écrivez par exemple 2027-S1.",
        )
    })?;
    let rates = RateEntry {
        semester,
        ecb_refi: entry::rate(&args.bce)?,
        legal_professional: entry::rate(&args.legal_professionnel)?,
        legal_private: entry::rate(&args.legal_particulier)?,
        source: args.source,
    };
    with_office(&args.entreprise, |office| company::declare_rate(office, rates, moment))
}

pub fn debtor(args: DebtorArgs, moment: &Moment) -> Result<Answer, Error> {
    let party = PartyEntry {
        name: args.nom,
        siren: args.siren,
        address: args.adresse,
        email: args.email,
        phone: args.telephone,
        ..PartyEntry::default()
    };
    let debtor = DebtorEntry {
        party,
        standing: args.qualite.into(),
        delay_days: args.delai,
        agreed_rate: args.taux_convenu.as_deref().map(entry::agreed_rate).transpose()?,
        allocation: args.imputation.map(Into::into),
    };
    with_office(&args.entreprise, |office| match &args.corriger {
        Some(name) => debtors::correct_debtor(office, name, debtor, moment),
        None => debtors::add_debtor(office, debtor, moment),
    })
}

pub fn invoice(args: InvoiceArgs, moment: &Moment) -> Result<Answer, Error> {
    let amount = |text: &Option<String>| text.as_deref().map(entry::amount).transpose();
    let invoice = InvoiceEntry {
        debtor: args.client,
        number: args.numero,
        nature: args.nature.into(),
        issued_on: date(&args.emise, moment)?,
        due: args.echeance.iter().map(|text| instalment(text, moment)).collect::<Result<_, _>>()?,
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

/// Reads a due date, with its sum or without: `2026-03-31`, `2026-03-31:500,00`.
fn instalment(text: &str, moment: &Moment) -> Result<(Date, Option<Amount>), Error> {
    match text.split_once(':') {
        Some((due_on, amount)) => Ok((date(due_on, moment)?, Some(entry::amount(amount)?))),
        None => Ok((date(text, moment)?, None)),
    }
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

pub fn payment(args: PaymentArgs, moment: &Moment) -> Result<Answer, Error> {
    let payment = PaymentEntry {
        debtor: args.client,
        amount: entry::amount(&args.montant)?,
        currency: args.devise.as_deref().map(entry::currency).transpose()?,
        received_on: date(&args.recu, moment)?,
        means: args.moyen,
        reference: args.reference,
        invoices: args.facture,
    };
    with_office(&args.entreprise, |office| payments::record_payment(office, payment, moment))
}

pub fn assign(folder: &Path, fact: &str, invoices: &[String], moment: &Moment) -> Result<Answer, Error> {
    let fact = reference(fact)?;
    with_office(folder, |office| payments::assign(office, fact, invoices, moment))
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
    let on = optional_date(args.le.as_deref(), moment)?.unwrap_or(moment.today);
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

pub fn act(args: ActArgs, moment: &Moment) -> Result<Answer, Error> {
    let act = ActEntry {
        debtor: args.client,
        invoices: args.facture,
        on: date(&args.le, moment)?,
        kind: args.nature.into(),
        ended_on: optional_date(args.fin.as_deref(), moment)?,
        proof: args.piece.as_deref().map(reference).transpose()?,
    };
    with_office(&args.entreprise, |office| limitation::record_limitation_act(office, &act, moment))
}

pub fn exhibit(args: ExhibitArgs, moment: &Moment) -> Result<Answer, Error> {
    let exhibit = ExhibitEntry {
        file: args.fichier,
        debtor: args.client,
        invoices: args.facture,
        letter: args.courrier.as_deref().map(reference).transpose()?,
        nature: args.nature.into(),
        title: args.titre,
        dated_on: optional_date(args.du.as_deref(), moment)?,
    };
    with_office(&args.entreprise, |office| exhibits::add_exhibit(office, &exhibit, moment))
}
