//! Invoices, letters and debtors as a test needs them: the figures it speaks of, and nothing else.

use dument_domain::calendar::{add_days, split_evenly};
use dument_domain::conventions::MissingRates;
use dument_domain::fact::{BankCredit, Letter, LetterModel, Payment};
use dument_domain::invoice::{DueBasis, Instalment, Invoice, InvoiceNature, Trade};
use dument_domain::party::{Debtor, Handling, Party, Standing};
use dument_domain::{Amount, Currency, Date, Seq};
use std::num::NonZeroU16;

/// Returns a day written as it is read.
pub fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// Returns a debtor who can be written to and called.
pub fn debtor(name: &str, standing: Standing, handling: Handling) -> Debtor {
    let party = Party {
        name: name.to_owned(),
        address: vec!["1 rue du Port".to_owned(), "29000 Quimper".to_owned()],
        email: Some("compta@exemple.fr".to_owned()),
        phone: Some("02 00 00 00 00".to_owned()),
        ..Party::default()
    };
    Debtor { party, standing, delay_days: None, agreed_rate: None, allocation: None, handling }
}

/// What an invoice of these tests is told by.
#[derive(Debug, Clone, Copy)]
pub struct Bill {
    pub debtor: Seq,
    pub currency: Currency,
    pub issued_on: Date,
    /// Days from the issue to the first instalment, and from one to the next.
    pub delay: u32,
    pub cents: i64,
    pub parts: u16,
}

/// Returns an invoice in equal instalments.
pub fn invoice(bill: Bill, number: String) -> Invoice {
    let total = Amount::from_cents(bill.cents);
    let amounts = split_evenly(total, NonZeroU16::new(bill.parts).unwrap());
    let due_on = |rank: u32| add_days(bill.issued_on, bill.delay.saturating_mul(rank));
    let instalments = (1..).zip(amounts).map(|(rank, amount)| Instalment { due_on: due_on(rank), amount }).collect();
    Invoice {
        debtor: bill.debtor,
        number,
        nature: InvoiceNature::Standard,
        issued_on: bill.issued_on,
        delivered_on: None,
        currency: bill.currency,
        total,
        prepaid: Amount::ZERO,
        net: None,
        taxes: Vec::new(),
        instalments,
        due_basis: DueBasis::Stated,
        agreed_rate: None,
        trade: Trade::General,
        order_reference: None,
        original: None,
    }
}

/// Returns a payment on these invoices.
pub fn payment(debtor: Seq, (amount, currency): (Amount, Currency), received_on: Date, chosen: Vec<Seq>) -> Payment {
    Payment { debtor, amount, currency, received_on, means: None, reference: None, chosen, credit: None }
}

/// Returns a credit of the bank that nobody has explained yet.
pub fn credit((amount, currency): (Amount, Currency), booked_on: Date) -> BankCredit {
    BankCredit { amount, currency, booked_on, label: "VIR".to_owned() }
}

/// Returns a letter that claims nothing yet.
pub fn letter(debtor: Seq, model: LetterModel, currency: Currency, issued_on: Date) -> Letter {
    Letter {
        debtor,
        model,
        invoices: Vec::new(),
        issued_on,
        delay_days: None,
        currency,
        principal: Amount::ZERO,
        interest: Amount::ZERO,
        indemnity: Amount::ZERO,
        total: Amount::ZERO,
        pdf: "0".repeat(64),
        pages: 1,
        data: "0".repeat(64),
        version: "0".to_owned(),
        head: None,
        warning: None,
        missing_rates: MissingRates::Refuse,
        steps: Vec::new(),
        about: None,
    }
}
