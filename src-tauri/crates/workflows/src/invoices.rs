//! Invoices and credit notes typed by the owner, and the list of them.

use std::num::NonZeroU16;

use dument_domain::calendar::{add_days, split_evenly};
use dument_domain::fact::{EarlierPayments, Fact, Replacement};
use dument_domain::interest::AgreedRate;
use dument_domain::invoice::{CreditEffect, CreditNote, DueBasis, Instalment, Invoice, InvoiceNature, TaxLine, Trade};
use dument_domain::prescription::Prescription;
use dument_domain::{Amount, Currency, Date, Seq, statement};
use serde::Serialize;

use crate::error::Error;
use crate::office::{Moment, Office};
use crate::statements;
use crate::view::{Done, reference};

/// An invoice as the owner types it.
#[derive(Debug, Clone)]
pub struct InvoiceEntry {
    /// Whose, by name.
    pub debtor: String,
    /// Its number.
    pub number: String,
    /// What it stands for.
    pub nature: InvoiceNature,
    /// Date of issue.
    pub issued_on: Date,
    /// When it falls due: one date for the whole, or dates with their sums; the customer's usual delay when empty.
    pub due: Vec<(Date, Option<Amount>)>,
    /// Delivery, or completion of the service.
    pub delivered_on: Option<Date>,
    /// Total with tax.
    pub total: Amount,
    /// Already paid when it was issued.
    pub prepaid: Amount,
    /// Total before tax.
    pub net: Option<Amount>,
    /// Tax, rate by rate.
    pub taxes: Vec<TaxLine>,
    /// Currency.
    pub currency: Currency,
    /// Rate of penalties agreed for this invoice.
    pub agreed_rate: Option<AgreedRate>,
    /// What was sold.
    pub trade: Trade,
    /// The deposit invoices it takes up, by number.
    pub absorbs: Vec<String>,
    /// The invoice it corrects, by number.
    pub corrects: Option<String>,
}

/// A credit note as the owner types it.
#[derive(Debug, Clone)]
pub struct CreditNoteEntry {
    /// Whose, by name.
    pub debtor: String,
    /// Its number.
    pub number: String,
    /// Date of issue.
    pub issued_on: Date,
    /// Total with tax, above zero.
    pub total: Amount,
    /// Currency.
    pub currency: Currency,
    /// The invoice it lowers, by number.
    pub invoice: Option<String>,
    /// From when it lowers it.
    pub effect: CreditEffect,
}

/// Records an invoice, and what it takes the place of.
///
/// # Errors
/// A rule refuses it; nothing is recorded.
pub fn record_invoice(office: &mut Office, entry: InvoiceEntry, moment: &Moment) -> Result<Done, Error> {
    let debtor = office.find_debtor(&entry.debtor)?;
    let absorbed = office.find_invoices(debtor, &entry.absorbs)?;
    let corrected = entry.corrects.as_deref().map(|number| office.find_invoice(debtor, number)).transpose()?;
    let by = office.next_seq();
    let on = entry.issued_on;
    let on_deposits =
        if entry.prepaid.is_positive() { EarlierPayments::Deducted } else { EarlierPayments::CarriedOver };
    let replaced = absorbed.into_iter().map(|invoice| (invoice, on_deposits));
    let replaced = replaced.chain(corrected.map(|invoice| (invoice, EarlierPayments::CarriedOver)));
    let replacements: Vec<Fact> = replaced
        .map(|(invoice, earlier_payments)| Fact::InvoiceReplaced(Replacement { invoice, by, on, earlier_payments }))
        .collect();
    let delay_days = office.ledger.debtor(debtor).debtor.delay_days;
    let mut facts = vec![Fact::InvoiceRecorded(entry.into_invoice(debtor, delay_days))];
    facts.extend(replacements);
    Ok(office.record(&facts, moment)?.into())
}

/// Records a credit note.
///
/// # Errors
/// A rule refuses it; nothing is recorded.
pub fn record_credit_note(office: &mut Office, entry: &CreditNoteEntry, moment: &Moment) -> Result<Done, Error> {
    let debtor = office.find_debtor(&entry.debtor)?;
    let invoice = entry.invoice.as_deref().map(|number| office.find_invoice(debtor, number)).transpose()?;
    let credit_note = CreditNote {
        debtor,
        number: entry.number.trim().to_owned(),
        issued_on: entry.issued_on,
        currency: entry.currency,
        total: entry.total,
        invoice,
        effect: entry.effect,
        original: None,
    };
    Ok(office.record(&[Fact::CreditNoteRecorded(credit_note)], moment)?.into())
}

impl InvoiceEntry {
    fn into_invoice(mut self, debtor: Seq, delay_days: Option<u32>) -> Invoice {
        let usual = delay_days.map(|days| (add_days(self.issued_on, days), None));
        let due_basis = if self.due.is_empty() { DueBasis::Computed } else { DueBasis::Stated };
        if self.due.is_empty() {
            self.due.extend(usual);
        }
        let payable = self.total - self.prepaid;
        let said: Amount = self.due.iter().filter_map(|(_, amount)| *amount).sum();
        let unsaid = self.due.iter().filter(|(_, amount)| amount.is_none()).count();
        let unsaid = u16::try_from(unsaid).ok().and_then(NonZeroU16::new);
        let mut shares = unsaid.map(|count| split_evenly(payable - said, count)).unwrap_or_default().into_iter();
        let instalments = self.due.into_iter().map(|(due_on, amount)| {
            let amount = amount.or_else(|| shares.next()).unwrap_or(Amount::ZERO);
            Instalment { due_on, amount }
        });
        Invoice {
            debtor,
            number: self.number.trim().to_owned(),
            nature: self.nature,
            issued_on: self.issued_on,
            delivered_on: self.delivered_on,
            currency: self.currency,
            total: self.total,
            prepaid: self.prepaid,
            net: self.net,
            taxes: self.taxes,
            instalments: instalments.collect(),
            due_basis,
            agreed_rate: self.agreed_rate,
            trade: self.trade,
            order_reference: None,
            original: None,
        }
    }
}

/// An invoice or a credit note in the list.
#[derive(Debug, Clone, Serialize)]
pub struct InvoiceView {
    /// Which fact.
    #[serde(rename = "fait", serialize_with = "reference")]
    pub fact: Seq,
    /// `facture` or `avoir`.
    pub nature: &'static str,
    /// Whose.
    #[serde(rename = "client")]
    pub debtor: String,
    /// Its number.
    #[serde(rename = "numero")]
    pub number: String,
    /// Date of issue.
    #[serde(rename = "emise")]
    pub issued_on: Date,
    /// First due date.
    #[serde(rename = "echeance")]
    pub due_on: Option<Date>,
    /// Whether the due date was worked out rather than read.
    #[serde(rename = "echeance_calculee")]
    pub due_computed: bool,
    /// Currency.
    #[serde(rename = "devise")]
    pub currency: Currency,
    /// Total with tax.
    #[serde(rename = "ttc")]
    pub total: Amount,
    /// Principal unpaid, due or not.
    #[serde(rename = "reste")]
    pub remaining: Amount,
    /// Days since the first due date with something unpaid.
    #[serde(rename = "jours_de_retard")]
    pub days_late: u32,
    /// `a-echoir`, `en-retard`, `reglee`, `remplacee`, `ouvert`, `impute`.
    #[serde(rename = "etat")]
    pub state: &'static str,
    /// The last day to go to court, out of prudence.
    #[serde(rename = "prescription")]
    pub prescription: Option<Date>,
}

/// Lists the invoices and credit notes, customer by customer.
///
/// # Errors
/// A rate is missing that an imputation depends on.
pub fn list_invoices(office: &Office, today: Date) -> Result<Vec<InvoiceView>, Error> {
    let mut views = Vec::new();
    for (debtor, file) in office.ledger.debtors() {
        for currency in statement::currencies(&office.ledger, debtor) {
            let statement = statements::open_in(office, debtor, currency, today)?;
            let invoices = file.invoices.iter().filter(|seq| office.ledger.invoice(**seq).currency == currency);
            views.extend(invoices.map(|seq| InvoiceView::of_invoice(office, *seq, &statement)));
            let credit_notes =
                file.credit_notes.iter().filter(|seq| office.ledger.credit_note(**seq).currency == currency);
            views.extend(credit_notes.map(|seq| InvoiceView::of_credit_note(office, *seq, &statement)));
        }
    }
    Ok(views)
}

impl InvoiceView {
    fn of_invoice(office: &Office, seq: Seq, statement: &statement::Statement) -> Self {
        let invoice = office.ledger.invoice(seq);
        let claim = statement.claims.iter().find(|claim| claim.invoice == seq);
        let remaining = claim.map_or(Amount::ZERO, |claim| claim.remaining.principal + claim.not_due);
        let days_late = claim.map_or(0, |claim| claim.days_late);
        let state = match claim {
            _ if office.ledger.replacement(seq).is_some() => "remplacee",
            None => "reglee",
            Some(_) if days_late > 0 => "en-retard",
            Some(_) if remaining.is_positive() => "a-echoir",
            Some(_) => "accessoires-dus",
        };
        Self {
            fact: seq,
            nature: "facture",
            debtor: office.ledger.debtor(invoice.debtor).debtor.party.name.clone(),
            number: invoice.number.clone(),
            issued_on: invoice.issued_on,
            due_on: Some(invoice.first_due_on()),
            due_computed: invoice.due_basis == DueBasis::Computed,
            currency: invoice.currency,
            total: invoice.total,
            remaining,
            days_late,
            state,
            prescription: claim.map(|_| Prescription::of(&office.ledger, seq).prudent_deadline),
        }
    }

    fn of_credit_note(office: &Office, seq: Seq, statement: &statement::Statement) -> Self {
        let credit_note = office.ledger.credit_note(seq);
        let open =
            statement.credits.iter().find(|credit| credit.fact == seq).map_or(Amount::ZERO, |credit| credit.amount);
        Self {
            fact: seq,
            nature: "avoir",
            debtor: office.ledger.debtor(credit_note.debtor).debtor.party.name.clone(),
            number: credit_note.number.clone(),
            issued_on: credit_note.issued_on,
            due_on: None,
            due_computed: false,
            currency: credit_note.currency,
            total: -credit_note.total,
            remaining: -open,
            days_late: 0,
            state: if open.is_positive() { "ouvert" } else { "impute" },
            prescription: None,
        }
    }
}
