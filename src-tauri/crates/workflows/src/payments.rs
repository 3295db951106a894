//! Money that arrives, and what it settles.

use dument_domain::fact::{Fact, Payment};
use dument_domain::{Amount, Currency, Date, Seq};

use crate::error::Error;
use crate::office::{Moment, Office};
use crate::statements::main_currency;
use crate::view::Done;

/// A payment as the owner types it.
#[derive(Debug, Clone)]
pub struct PaymentEntry {
    /// From whom, by name.
    pub debtor: String,
    /// How much.
    pub amount: Amount,
    /// In which currency; that of the invoices, or the debtor's own, when none is said.
    pub currency: Option<Currency>,
    /// The day it was at the creditor's disposal.
    pub received_on: Date,
    /// By what means.
    pub means: Option<String>,
    /// Reference of the debtor or of the bank.
    pub reference: Option<String>,
    /// The invoices that the debtor said he was paying, by number, in his order.
    pub invoices: Vec<String>,
    /// The credit of the bank that it explains.
    pub credit: Option<Seq>,
}

/// Records a payment.
///
/// # Errors
/// A rule refuses it; nothing is recorded.
pub fn record_payment(office: &mut Office, entry: PaymentEntry, moment: &Moment) -> Result<Done, Error> {
    let debtor = office.find_debtor(&entry.debtor)?;
    let chosen = office.find_invoices(debtor, &entry.invoices)?;
    let currency = entry.currency.unwrap_or_else(|| main_currency(office.ledger(), debtor, &chosen));
    let PaymentEntry { amount, received_on, means, reference, credit, .. } = entry;
    let payment = Payment { debtor, amount, currency, received_on, means, reference, chosen, credit };
    Ok(office.record(&[Fact::PaymentReceived(payment)], moment)?.into())
}

/// Writes down which invoices a payment was meant for, or sets an open credit note against an invoice.
///
/// # Errors
/// The fact is neither, or the invoice is another customer's.
pub fn assign(office: &mut Office, fact: Seq, numbers: &[String], moment: &Moment) -> Result<Done, Error> {
    let named = match office.ledger.fact(fact).map(|recorded| &recorded.fact) {
        Some(Fact::PaymentReceived(payment)) => {
            Fact::PaymentAllocated { payment: fact, invoices: office.find_invoices(payment.debtor, numbers)? }
        }
        Some(Fact::CreditNoteRecorded(credit_note)) => {
            let [number] = numbers else {
                return Err(Error::new(
                    "une-seule-facture",
                    "Un avoir s’impute sur une seule facture.",
                    "Nommez-en une.",
                ));
            };
            Fact::CreditNoteAssigned { credit_note: fact, invoice: office.find_invoice(credit_note.debtor, number)? }
        }
        _ => {
            return Err(Error::new(
                "rien-a-imputer",
                format!("Le fait n° {fact} n’est ni un encaissement ni un avoir."),
                "Vérifiez son numéro dans le journal.",
            ));
        }
    };
    Ok(office.record(&[named], moment)?.into())
}
