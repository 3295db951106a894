//! Invoices and credit notes as the owner issued them.

use serde::{Deserialize, Serialize};

use crate::fact::Seq;
use crate::interest::AgreedRate;
use crate::{Amount, Currency, Date, Fault, Rate};

/// What an invoice stands for; the numbers are those of the UNTDID 1001 code list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvoiceNature {
    /// An ordinary invoice (380).
    #[default]
    Standard,
    /// A deposit invoice, « facture d’acompte » (386).
    Deposit,
    /// An invoice that replaces another, « facture rectificative » (384).
    Correction,
    /// An invoice made out by the customer, « autofacture » (389).
    SelfBilled,
}

/// What was sold, as far as limitation is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trade {
    /// Goods or services.
    #[default]
    General,
    /// Carriage of goods: one year only (C. com. L133-6).
    Carriage,
}

/// Where the due date comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DueBasis {
    /// Written on the invoice.
    #[default]
    Stated,
    /// Worked out from the customer's terms, or from the thirty days of the law: to be confirmed by the owner.
    Computed,
}

/// One line of the tax breakdown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaxLine {
    /// VAT rate in percent.
    pub rate: Rate,
    /// Sum before tax, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<Amount>,
    /// Tax.
    pub amount: Amount,
}

/// A part of the invoice and the day it falls due: the unit of lateness.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Instalment {
    /// Last day on which it may be paid in time.
    pub due_on: Date,
    /// Sum due.
    pub amount: Amount,
}

/// An invoice as it was issued.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invoice {
    /// Whom it was sent to.
    pub debtor: Seq,
    /// Its number.
    pub number: String,
    /// What it stands for.
    #[serde(default)]
    pub nature: InvoiceNature,
    /// Date of issue.
    pub issued_on: Date,
    /// Day of delivery, or on which the service was completed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivered_on: Option<Date>,
    /// Currency of every sum.
    pub currency: Currency,
    /// Total with tax.
    pub total: Amount,
    /// Already paid when it was issued, as the invoice itself says.
    #[serde(default)]
    pub prepaid: Amount,
    /// Total before tax.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub net: Option<Amount>,
    /// Tax breakdown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub taxes: Vec<TaxLine>,
    /// When it falls due; the sums make up what is to pay.
    pub instalments: Vec<Instalment>,
    /// Where the due dates come from.
    #[serde(default)]
    pub due_basis: DueBasis,
    /// Rate of penalties agreed for this invoice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreed_rate: Option<AgreedRate>,
    /// What was sold.
    #[serde(default)]
    pub trade: Trade,
    /// The customer's order number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order_reference: Option<String>,
    /// SHA-256 of the file it was read from, kept among the evidence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original: Option<String>,
}

impl Invoice {
    /// Returns the sum that was to pay when it was issued: its instalments together.
    #[must_use]
    pub fn payable(&self) -> Amount {
        self.instalments.iter().map(|instalment| instalment.amount).sum()
    }

    /// Returns the first due date.
    #[must_use]
    pub fn first_due_on(&self) -> Date {
        self.instalments.iter().map(|instalment| instalment.due_on).min().unwrap_or(self.issued_on)
    }

    /// Returns what forbids to record this invoice.
    #[must_use]
    pub fn refusals(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        let mut refuse = |code, path: &str, sentence: &str| faults.push(Fault::refusal(code, path, sentence));
        if self.number.trim().is_empty() {
            refuse("facture-sans-numero", "numero", "La facture n’a pas de numéro : indiquez-le.");
        }
        if !self.total.is_positive() {
            refuse(
                "facture-sans-montant",
                "ttc",
                "Le total d’une facture est au-dessus de zéro : enregistrez un avoir si vous devez cette somme au client.",
            );
        }
        if self.prepaid.is_negative() || self.prepaid > self.total {
            refuse(
                "deja-paye-impossible",
                "deja_paye",
                "La somme déjà payée dépasse le total : vérifiez les deux montants.",
            );
        }
        let mut sums = self.instalments.iter().map(|instalment| instalment.amount).chain([self.total, self.prepaid]);
        if sums.any(|sum| sum.cents().is_none()) {
            refuse("montant-impossible", "ttc", "Un montant de la facture ne s’arrête pas au centime : corrigez-le.");
        }
        if self.instalments.is_empty() {
            refuse(
                "facture-sans-echeance",
                "echeance",
                "La facture n’a pas d’échéance : indiquez la date à laquelle elle doit être payée.",
            );
        }
        if self.instalments.iter().any(|instalment| instalment.amount.is_negative()) {
            refuse("echeance-negative", "echeances", "Une échéance a un montant négatif : corrigez-le.");
        }
        if self.first_due_on() < self.issued_on {
            refuse(
                "echeance-avant-emission",
                "echeance",
                "L’échéance est avant la date de la facture : corrigez l’une des deux dates.",
            );
        }
        faults
    }
}

/// When a credit note lowers what is owed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CreditEffect {
    /// From its own date: a discount, a return.
    #[default]
    FromItsDate,
    /// As if the invoice had always been lower: it corrects an error.
    FromOrigin,
}

/// A credit note, « avoir »: its sums are positive and lower what the debtor owes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreditNote {
    /// Whom it was sent to.
    pub debtor: Seq,
    /// Its number.
    pub number: String,
    /// Date of issue.
    pub issued_on: Date,
    /// Currency of the sum.
    pub currency: Currency,
    /// Total with tax, above zero.
    pub total: Amount,
    /// The invoice it lowers; kept open for the debtor while there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invoice: Option<Seq>,
    /// From when it lowers that invoice.
    #[serde(default)]
    pub effect: CreditEffect,
    /// SHA-256 of the file it was read from, kept among the evidence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original: Option<String>,
}
