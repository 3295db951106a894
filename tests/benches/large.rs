//! A large company: 100 000 invoices, 80 000 payments, 300 000 other facts, over 2 000 debtors.

use std::path::Path;

use dument_domain::conventions::MissingRates;
use dument_domain::fact::{
    Channel, Delivery, DeliveryOutcome, Exhibit, ExhibitNature, Fact, JournalHead, Letter, LetterModel, LimitationAct,
    LimitationActKind, Payment, Sending, Waiver, WaiverObject,
};
use dument_domain::invoice::{CreditEffect, CreditNote, DueBasis, Instalment, Invoice, InvoiceNature, Trade};
use dument_domain::party::{Creditor, Debtor, Handling, Party, Standing};
use dument_domain::{Amount, Currency, Date, Fault, Ledger, Recorded, Seq};
use dument_storage::{Journal, Sha256Hash};

use crate::company::{REDUCTION, TODAY, day, varied};

/// Facts appended in one transaction.
const BATCH: usize = 20_000;

const INVOICES: usize = 100_000 / REDUCTION;
const PAYMENTS: usize = 80_000 / REDUCTION;
const DEBTORS: usize = 2_000 / REDUCTION;
/// Each is also sent; an exhibit is kept of every invoice.
const LETTERS: usize = 55_000 / REDUCTION;
const DELIVERIES: usize = 45_000 / REDUCTION;
const CREDIT_NOTES: usize = 20_000 / REDUCTION;
const WAIVERS: usize = 10_000 / REDUCTION;
const ALLOCATIONS: usize = 8_000 / REDUCTION;
const ACTS: usize = 5_000 / REDUCTION;

/// Writes the journal of the large company in this folder, and returns how many facts it holds.
pub fn write(folder: &Path) -> usize {
    let facts = Story::whole().facts;
    if REDUCTION > 1 {
        prove(&facts);
    }
    let mut journal = Journal::create(folder).unwrap();
    for batch in facts.chunks(BATCH) {
        journal.append(batch, "2026-06-30T12:00:00+02:00").unwrap();
    }
    journal.close().unwrap();
    facts.len()
}

/// Proves that the ledger accepts each of these facts: what is measured could have happened.
fn prove(facts: &[Fact]) {
    let mut ledger = Ledger::default();
    for (number, fact) in (1..).zip(facts) {
        let faults = ledger.check(fact, day(TODAY));
        assert!(!faults.iter().any(Fault::is_refusal), "fact {number} is refused: {faults:?}");
        ledger.apply(Recorded { seq: Seq::new(number), recorded_at: String::new(), fact: fact.clone() });
    }
}

/// What happened so far; the number of a fact is its place.
struct Story {
    facts: Vec<Fact>,
    debtors: Vec<Seq>,
    letters: usize,
    payments: usize,
}

impl Story {
    fn whole() -> Self {
        let mut story = Self { facts: Vec::new(), debtors: Vec::new(), letters: 0, payments: 0 };
        let party = Party { name: "Menuiserie Kervella".to_owned(), ..Party::default() };
        story.tell(Fact::CompanyIdentified(Creditor { party, bank: None, mediator: Vec::new() }));
        for number in 0..DEBTORS {
            let seq = story.tell(Fact::DebtorAdded(debtor(number)));
            story.debtors.push(seq);
        }
        for number in 0..INVOICES {
            story.bill(number);
        }
        story
    }

    fn tell(&mut self, fact: Fact) -> Seq {
        self.facts.push(fact);
        Seq::new(self.facts.len() as u64)
    }

    /// Tells one invoice and what became of it.
    fn bill(&mut self, number: usize) {
        let due_on = issued_on(number) + chrono::Days::new(30);
        let debtor = self.debtors[number % DEBTORS];
        let invoice = self.tell(Fact::InvoiceRecorded(invoice(number, debtor)));
        self.tell(Fact::ExhibitAdded(copy(number, debtor, invoice)));
        if falls_on(number, LETTERS, INVOICES) {
            self.write_to(number, debtor, invoice);
        }
        if falls_on(number, PAYMENTS, INVOICES) {
            self.pay(number, debtor, invoice);
        }
        if falls_on(number, CREDIT_NOTES, INVOICES) {
            self.tell(Fact::CreditNoteRecorded(credit_note(number, debtor, invoice)));
        }
        if falls_on(number, WAIVERS, INVOICES) {
            let object = WaiverObject::Interest { amount: Some(Amount::from_cents(500)) };
            let reason = "geste commercial".to_owned();
            self.tell(Fact::WaiverGranted(Waiver { invoice, on: due_on + chrono::Days::new(70), object, reason }));
        }
        if falls_on(number, ACTS, INVOICES) {
            let (invoices, on) = (vec![invoice], due_on + chrono::Days::new(80));
            let kind = LimitationActKind::Recognition;
            self.tell(Fact::LimitationActRecorded(LimitationAct { invoices, on, kind, ended_on: None, proof: None }));
        }
    }

    fn write_to(&mut self, number: usize, debtor: Seq, invoice: Seq) {
        let issued = letter(number, debtor, invoice);
        let on = issued.issued_on;
        let letter = self.tell(Fact::LetterIssued(issued));
        let tracking = Some(format!("2C {number:011}"));
        self.tell(Fact::LetterSent(Sending { letter, on, channel: Channel::Lrar, tracking }));
        if falls_on(self.letters, DELIVERIES, LETTERS) {
            let on = on + chrono::Days::new(3);
            self.tell(Fact::LetterDelivered(Delivery { letter, on, outcome: DeliveryOutcome::Received }));
        }
        self.letters += 1;
    }

    fn pay(&mut self, number: usize, debtor: Seq, invoice: Seq) {
        let allocated = falls_on(self.payments, ALLOCATIONS, PAYMENTS);
        let payment = self.tell(Fact::PaymentReceived(Payment {
            debtor,
            amount: varied(number),
            currency: Currency::EUR,
            received_on: issued_on(number) + chrono::Days::new(60),
            means: Some("virement".to_owned()),
            reference: Some(format!("VIR {number}")),
            credit: None,
            chosen: if allocated { Vec::new() } else { vec![invoice] },
        }));
        if allocated {
            self.tell(Fact::PaymentAllocated { payment, invoices: vec![invoice] });
        }
        self.payments += 1;
    }
}

/// Spreads `some` things evenly over `all`: says whether one falls on this place.
fn falls_on(place: usize, some: usize, all: usize) -> bool {
    (place + 1) * some / all > place * some / all
}

fn issued_on(number: usize) -> Date {
    day("2021-01-04") + chrono::Days::new((number * REDUCTION / 60) as u64)
}

fn hash(number: usize) -> String {
    Sha256Hash::of(&number.to_be_bytes()).to_string()
}

pub fn debtor(number: usize) -> Debtor {
    let standing = match number % 20 {
        0 => Standing::PublicBody,
        1..=3 => Standing::Consumer,
        _ => Standing::Professional,
    };
    let party = Party {
        name: format!("Client numéro {number}"),
        address: vec![format!("{number} rue du Môle"), "29100 DOUARNENEZ".to_owned()],
        email: Some(format!("compta{number}@client.example")),
        ..Party::default()
    };
    Debtor { party, standing, delay_days: Some(30), agreed_rate: None, allocation: None, handling: Handling::default() }
}

pub fn invoice(number: usize, debtor: Seq) -> Invoice {
    let issued_on = issued_on(number);
    Invoice {
        debtor,
        number: format!("FA-{number:06}"),
        nature: InvoiceNature::Standard,
        issued_on,
        delivered_on: Some(issued_on),
        currency: Currency::EUR,
        total: varied(number),
        prepaid: Amount::ZERO,
        net: None,
        taxes: Vec::new(),
        instalments: vec![Instalment { due_on: issued_on + chrono::Days::new(30), amount: varied(number) }],
        due_basis: DueBasis::Stated,
        agreed_rate: None,
        trade: Trade::General,
        order_reference: Some(format!("CMD-{number}")),
        original: Some(hash(number)),
    }
}

fn copy(number: usize, debtor: Seq, invoice: Seq) -> Exhibit {
    Exhibit {
        debtor,
        invoices: vec![invoice],
        letter: None,
        nature: ExhibitNature::Invoice,
        title: format!("Facture FA-{number:06}"),
        dated_on: Some(issued_on(number)),
        added_on: issued_on(number),
        sha256: hash(number),
        size: 48_213,
        file_name: format!("facture-{number:06}.pdf"),
    }
}

fn letter(number: usize, debtor: Seq, invoice: Seq) -> Letter {
    Letter {
        debtor,
        model: if number.is_multiple_of(3) { LetterModel::MiseEnDemeure } else { LetterModel::RelanceFerme },
        invoices: vec![invoice],
        issued_on: issued_on(number) + chrono::Days::new(40),
        delay_days: Some(8),
        currency: Currency::EUR,
        principal: varied(number),
        interest: Amount::from_cents(312),
        indemnity: Amount::from_cents(4_000),
        total: varied(number) + Amount::from_cents(4_312),
        pdf: hash(number + 1),
        pages: 2,
        data: hash(number + 2),
        version: "0.1.0".to_owned(),
        head: Some(JournalHead { seq: invoice, fingerprint: hash(number)[..16].to_owned() }),
        missing_rates: MissingRates::Refuse,
        warning: None,
        steps: Vec::new(),
        about: None,
    }
}

fn credit_note(number: usize, debtor: Seq, invoice: Seq) -> CreditNote {
    CreditNote {
        debtor,
        number: format!("AV-{number:06}"),
        issued_on: issued_on(number) + chrono::Days::new(15),
        currency: Currency::EUR,
        total: Amount::from_cents(2_500),
        invoice: Some(invoice),
        effect: CreditEffect::FromItsDate,
        original: None,
    }
}
