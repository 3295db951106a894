//! The people of a claim: the creditor who owns the ledger, and his debtors.

use serde::{Deserialize, Serialize};

use crate::Fault;
use crate::conventions::AllocationOrder;
use crate::identifiers::{Bic, Iban, Siren, Siret, VatNumber};
use crate::interest::AgreedRate;
use crate::law::Regime;

/// What the law sees in a debtor; it decides rate, start of interest, indemnity, limitation, court and wording.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Buys for his business.
    Professional,
    /// Buys for himself.
    Consumer,
    /// State, local authority, public hospital …: under the Code de la commande publique.
    PublicBody,
}

impl Standing {
    /// Returns the regime of commercial penalties he falls under; a consumer falls under none.
    #[must_use]
    pub fn regime(self) -> Option<Regime> {
        match self {
            Self::Professional => Some(Regime::Professional),
            Self::PublicBody => Some(Regime::PublicBody),
            Self::Consumer => None,
        }
    }
}

/// A person or company as a letter names it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Party {
    /// Name or company name.
    pub name: String,
    /// Legal form, such as « SARL » or « EI ».
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub legal_form: Option<String>,
    /// Share capital as it is printed, such as « 8 000 € ».
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capital: Option<String>,
    /// Postal address, line by line, the last one with postcode and town.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub address: Vec<String>,
    /// SIREN number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub siren: Option<Siren>,
    /// SIRET number of the establishment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub siret: Option<Siret>,
    /// VAT number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vat: Option<VatNumber>,
    /// Town of the trade register.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rcs: Option<String>,
    /// E-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Telephone number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
}

impl Party {
    /// Returns the SIREN, read from the SIRET when only that one is known.
    #[must_use]
    pub fn siren(&self) -> Option<Siren> {
        self.siren.clone().or_else(|| self.siret.as_ref().and_then(Siret::siren))
    }

    /// Returns what is doubtful in the identifiers; nothing of it stops anything.
    #[must_use]
    pub fn warnings(&self) -> Vec<Fault> {
        [
            self.siren.as_ref().and_then(Siren::check),
            self.siret.as_ref().and_then(Siret::check),
            self.vat.as_ref().and_then(VatNumber::check),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// Returns the town of the last address line: « 29000 Quimper » gives « Quimper ».
    #[must_use]
    pub fn town(&self) -> Option<&str> {
        let line = self.address.last()?.trim();
        let town = line.trim_start_matches(|c: char| c.is_ascii_digit() || c.is_whitespace());
        (!town.is_empty()).then_some(town)
    }
}

/// Where the creditor is paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BankAccount {
    /// Account number.
    pub iban: Iban,
    /// Identifier of the bank.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bic: Option<Bic>,
}

/// The owner of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Creditor {
    /// Who he is.
    #[serde(flatten)]
    pub party: Party,
    /// Where he is paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bank: Option<BankAccount>,
    /// The consumer mediator he belongs to: name, address, site, line by line (C. conso. L612-1).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mediator: Vec<String>,
}

impl Creditor {
    /// Returns what is doubtful in his identifiers and bank details.
    #[must_use]
    pub fn warnings(&self) -> Vec<Fault> {
        let bank = self.bank.as_ref();
        let iban = bank.and_then(|bank| bank.iban.check());
        let bic = bank.and_then(|bank| bank.bic.as_ref()).and_then(Bic::check);
        self.party.warnings().into_iter().chain(iban).chain(bic).collect()
    }
}

/// A customer, and what was agreed with him.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Debtor {
    /// Who he is.
    pub party: Party,
    /// What the law sees in him.
    pub standing: Standing,
    /// Days to pay that he usually has, counted from the invoice date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delay_days: Option<u32>,
    /// Rate of penalties agreed with him, where an invoice says nothing else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreed_rate: Option<AgreedRate>,
    /// Order of imputation agreed with him, where it is not the company's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allocation: Option<AllocationOrder>,
    /// How he is reminded.
    #[serde(default)]
    pub handling: Handling,
}

/// How a debtor is reminded, whatever the policy says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Handling {
    /// As the policy says.
    #[default]
    Ordinary,
    /// Softly, under the policy for people one wants to keep, and never in a batch: « relation à ménager ».
    WithCare,
    /// As the policy says, but never in a batch.
    NeverWithoutMe,
    /// As the policy says, but each level in a letter of its own, the highest first.
    LetterPerLevel,
    /// Not at all: internal accounts, family.
    NotReminded,
}
