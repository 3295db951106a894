//! What a table says, and how it is told to a company.

use std::collections::BTreeMap;

use chrono::Days;
use dument_domain::conventions::{AllocationOrder, Conventions};
use dument_domain::{Amount, Currency, Date, Rate, Seq};
use dument_workflows::company::{RateEntry, choose_conventions, declare_rate};
use dument_workflows::debtors::add_debtor;
use dument_workflows::gestures::{CapitalisationEntry, grant_waiver, record_capitalisation};
use dument_workflows::invoices::{CreditNoteEntry, InvoiceEntry};
use dument_workflows::limitation::{ActEntry, record_limitation_act};
use dument_workflows::payments::{PaymentEntry, assign};
use dument_workflows::words::{
    CapitalisationGround, CreditEffect, InvoiceNature, LetterModel, LimitationActKind, Semester, Standing, Trade,
    WaiverObject,
};
use dument_workflows::{Office, entry, letters};
use serde::Deserialize;

use crate::support::office::{CLIENT, bill, company, credit, customer, day, letter, noon, pay, put_on_notice};

/// Who owes, under which conventions, and what happened.
#[derive(Deserialize)]
pub struct Story {
    standing: Standing,
    /// A rate agreed with the debtor, as the owner types it.
    agreed_rate: Option<String>,
    /// An order of imputation agreed with the debtor.
    allocation: Option<AllocationOrder>,
    #[serde(default)]
    conventions: Conventions,
    facts: Vec<Happening>,
}

/// A story that a company has heard.
pub struct Told {
    pub office: Office,
    /// The invoices, by currency.
    pub invoices: BTreeMap<Currency, Vec<String>>,
}

/// One thing that happened.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Happening {
    Rates(Rates),
    Invoice(Bill),
    CreditNote(Credit),
    /// An open credit note, by number, set against an invoice.
    CreditNoteAssigned {
        number: String,
        invoice: String,
    },
    Payment(Received),
    /// A mise en demeure, sent by registered post on the day of its date.
    MiseEnDemeure {
        issued: Date,
        received: Date,
    },
    Waiver {
        invoice: String,
        on: Date,
        object: WaiverObject,
    },
    Capitalisation {
        invoices: Vec<String>,
        from: Date,
    },
    LimitationAct {
        invoices: Vec<String>,
        on: Date,
        kind: LimitationActKind,
        ended_on: Option<Date>,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rates {
    semester: Semester,
    ecb_refi: Rate,
    legal: Rate,
}

/// An invoice; issued thirty days before its first due date unless it says when.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Bill {
    number: String,
    issued: Option<Date>,
    due: Option<Date>,
    #[serde(default)]
    instalments: Vec<(Date, Amount)>,
    total: Amount,
    #[serde(default)]
    prepaid: Amount,
    delivered: Option<Date>,
    currency: Option<Currency>,
    agreed_rate: Option<String>,
    #[serde(default)]
    nature: InvoiceNature,
    #[serde(default)]
    trade: Trade,
    #[serde(default)]
    absorbs: Vec<String>,
    corrects: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Credit {
    number: String,
    issued: Date,
    total: Amount,
    invoice: Option<String>,
    #[serde(default)]
    effect: CreditEffect,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Received {
    on: Date,
    amount: Amount,
    #[serde(default)]
    invoices: Vec<String>,
    currency: Option<Currency>,
}

impl Story {
    /// Tells the story to a new company.
    pub fn tell(&self) -> Told {
        let mut office = company();
        let start = noon(day("2010-01-04"));
        choose_conventions(&mut office, self.conventions, &start).unwrap();
        let mut debtor = customer(CLIENT, self.standing);
        debtor.agreed_rate = self.agreed_rate.as_deref().map(|text| entry::agreed_rate(text).unwrap());
        debtor.allocation = self.allocation;
        add_debtor(&mut office, debtor, &start).unwrap();
        let mut told = Told { office, invoices: BTreeMap::new() };
        for fact in &self.facts {
            fact.happen(&mut told);
        }
        told
    }
}

impl Happening {
    fn happen(&self, told: &mut Told) {
        let office = &mut told.office;
        match self {
            Self::Rates(rates) => rates.declare(office),
            Self::Invoice(invoice) => {
                let entry = invoice.entry();
                told.invoices.entry(entry.currency).or_default().push(entry.number.clone());
                bill(office, entry);
            }
            Self::CreditNote(credit_note) => {
                credit(office, &credit_note.entry());
            }
            Self::CreditNoteAssigned { number, invoice } => {
                let credit_note: Seq = office.ledger().numbered(number).unwrap();
                assign(office, credit_note, std::slice::from_ref(invoice), &noon(day("2026-11-22"))).unwrap();
            }
            Self::Payment(payment) => {
                pay(office, payment.entry());
            }
            Self::MiseEnDemeure { issued, received } => {
                let query = letters::LetterQuery { delay_days: Some(15), ..letter(LetterModel::MiseEnDemeure) };
                put_on_notice(office, &query, *issued, *received);
            }
            Self::Waiver { invoice, on, object } => {
                let reason = (*on, "geste commercial");
                grant_waiver(office, (CLIENT, invoice), object.clone(), reason, &noon(*on)).unwrap();
            }
            Self::Capitalisation { invoices, from } => {
                let entry = CapitalisationEntry {
                    debtor: CLIENT.to_owned(),
                    invoices: invoices.clone(),
                    from: *from,
                    ground: CapitalisationGround::Clause,
                    reference: "CGV, article 9".to_owned(),
                };
                record_capitalisation(office, entry, &noon(*from)).unwrap();
            }
            Self::LimitationAct { invoices, on, kind, ended_on } => {
                let (kind, ended_on) = (*kind, *ended_on);
                let act = ActEntry {
                    debtor: CLIENT.to_owned(),
                    invoices: invoices.clone(),
                    on: *on,
                    kind,
                    ended_on,
                    proof: None,
                };
                record_limitation_act(office, &act, &noon(ended_on.unwrap_or(*on))).unwrap();
            }
        }
    }
}

impl Rates {
    fn declare(&self, office: &mut Office) {
        let entry = RateEntry {
            semester: self.semester,
            ecb_refi: self.ecb_refi,
            legal_professional: self.legal,
            legal_private: self.legal,
            source: "taux d’un exemple publié".to_owned(),
        };
        declare_rate(office, entry, &noon(self.semester.first_day())).unwrap();
    }
}

impl Bill {
    fn entry(&self) -> InvoiceEntry {
        let whole = self.due.map(|due| (due, None));
        let parts = self.instalments.iter().map(|(due, amount)| (*due, Some(*amount)));
        let due: Vec<(Date, Option<Amount>)> = whole.into_iter().chain(parts).collect();
        let first = due.iter().map(|(due, _)| *due).min().unwrap_or_else(|| panic!("{} has no due date", self.number));
        InvoiceEntry {
            debtor: CLIENT.to_owned(),
            number: self.number.clone(),
            nature: self.nature,
            issued_on: self.issued.unwrap_or(first - Days::new(30)),
            due,
            delivered_on: self.delivered,
            total: self.total,
            prepaid: self.prepaid,
            net: None,
            taxes: Vec::new(),
            currency: self.currency.unwrap_or(Currency::EUR),
            agreed_rate: self.agreed_rate.as_deref().map(|text| entry::agreed_rate(text).unwrap()),
            trade: self.trade,
            absorbs: self.absorbs.clone(),
            corrects: self.corrects.clone(),
        }
    }
}

impl Credit {
    fn entry(&self) -> CreditNoteEntry {
        CreditNoteEntry {
            debtor: CLIENT.to_owned(),
            number: self.number.clone(),
            issued_on: self.issued,
            total: self.total,
            currency: Currency::EUR,
            invoice: self.invoice.clone(),
            effect: self.effect,
        }
    }
}

impl Received {
    fn entry(&self) -> PaymentEntry {
        PaymentEntry {
            debtor: CLIENT.to_owned(),
            amount: self.amount,
            currency: self.currency,
            received_on: self.on,
            means: None,
            reference: None,
            invoices: self.invoices.clone(),
            credit: None,
        }
    }
}
