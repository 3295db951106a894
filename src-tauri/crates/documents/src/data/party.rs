//! Who writes, who is written to, and where the money goes.

use serde::{Deserialize, Serialize};

/// A person or a company, as it must be named on paper.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// Its name, exactly as recorded.
    pub name: String,
    /// « SARL », « entrepreneur individuel »…
    #[serde(default)]
    pub legal_form: Option<String>,
    /// The share capital as it is to be printed: « 7 500 € ».
    #[serde(default)]
    pub capital: Option<String>,
    /// The lines of the address, the town last.
    pub address: Vec<String>,
    /// Nine digits.
    #[serde(default)]
    pub siren: Option<String>,
    /// Fourteen digits.
    #[serde(default)]
    pub siret: Option<String>,
    /// The VAT number.
    #[serde(default)]
    pub vat: Option<String>,
    /// The town of the register, where there is one: « Quimper ».
    #[serde(default)]
    pub rcs: Option<String>,
    /// An e-mail address.
    #[serde(default)]
    pub email: Option<String>,
    /// A telephone number.
    #[serde(default)]
    pub phone: Option<String>,
}

/// The company that is owed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Creditor {
    /// Its identity.
    #[serde(flatten)]
    pub party: Party,
    /// Where to pay; nothing is printed when absent.
    #[serde(default)]
    pub bank: Option<Bank>,
    /// The consumer mediator it has joined.
    #[serde(default)]
    pub mediator: Option<Mediator>,
    /// The town it writes from: « Quimper, le … ».
    pub place: String,
}

/// A bank account.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bank {
    /// In whose name the account is.
    pub holder: String,
    /// Without spaces.
    pub iban: String,
    /// Eight or eleven characters.
    #[serde(default)]
    pub bic: Option<String>,
}

/// The consumer mediator whose details a consumer must be given again (C. conso L616-1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mediator {
    /// Its name.
    pub name: String,
    /// Its postal address, on one line.
    pub address: String,
    /// Its site.
    pub website: String,
}

/// What the debtor is: it decides rate, indemnity, wording and court.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Buys for a business.
    Professional,
    /// Buys for private use.
    Consumer,
    /// Buys under the Code de la commande publique.
    PublicBody,
}

/// The two sides of every document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parties {
    /// Who is owed.
    pub creditor: Creditor,
    /// Who owes: one debtor only, by construction.
    pub debtor: Party,
    /// What the debtor is.
    pub standing: Standing,
}

/// Where the window of the envelope shows the addressee, in millimetres from the top left corner of the sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// From the left edge.
    pub left_mm: u16,
    /// From the top edge.
    pub top_mm: u16,
}

impl Default for Window {
    /// The French window: on the right.
    fn default() -> Self {
        Self { left_mm: 105, top_mm: 50 }
    }
}

/// The state of the journal when the document was issued, printed at its foot.
///
/// Whoever holds the paper can later check that the journal contains this very state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seal {
    /// The first sixteen hexadecimal digits of the head of the chain.
    pub head: String,
    /// The number of the last fact.
    pub seq: u64,
}
