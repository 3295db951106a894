//! The procès-verbal interne: the creditor's own record of one step.

use dument_domain::{Amount, Currency, Date};
use serde::{Deserialize, Serialize};

use super::agreement::PlanLine;
use super::background::Promised;
use super::claim::{Claim, InterestTerms, Totals};
use super::dossier::MissingPiece;
use super::letter::Channel;
use super::party::{Parties, Seal};

/// What was done that day, what was due, and what proves it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProcesVerbalInterne {
    /// Who records, about whom.
    pub parties: Parties,
    /// The day of the record.
    pub date: Date,
    /// The reference of the case.
    pub reference: String,
    /// Its rank among the records of the case.
    pub number: u32,
    /// The invoices concerned.
    pub claims: Vec<Claim>,
    /// The day the sums are stopped at.
    pub as_of: Date,
    /// The sums due that day.
    pub totals: Totals,
    /// Their currency.
    pub currency: Currency,
    /// What one more day costs.
    #[serde(default)]
    pub per_day: Option<Amount>,
    /// The rate and the indemnity that apply.
    #[serde(default)]
    pub interest_terms: Option<InterestTerms>,
    /// The texts and clauses that apply, one line each.
    #[serde(default)]
    pub legal_sources: Vec<String>,
    /// What was done.
    pub step: Step,
    /// The words by which the debtor was warned of the consequences.
    #[serde(default)]
    pub warning: Option<String>,
    /// Whether it reached him, and by what that is proved.
    pub delivery: Delivery,
    /// The pieces kept.
    #[serde(default)]
    pub kept: Vec<KeptPiece>,
    /// The pieces that are missing.
    #[serde(default)]
    pub missing: Vec<MissingPiece>,
    /// Until when they are kept.
    #[serde(default)]
    pub kept_until: Option<Date>,
    /// The state of the journal.
    #[serde(default)]
    pub seal: Option<Seal>,
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Step {
    /// A letter was sent.
    Letter(SentLetter),
    /// Someone was spoken to, or tried.
    Contact(ContactMade),
    /// The debtor announced a payment.
    Promise(PromiseMade),
    /// The two agreed on a payment plan.
    Plan(PlanAgreed),
}

/// The letter sent, and the exact bytes it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentLetter {
    /// « Mise en demeure ».
    pub title: String,
    /// When it left.
    pub date: Date,
    /// How.
    pub channel: Channel,
    /// The number of the registered letter.
    #[serde(default)]
    pub tracking: Option<String>,
    /// The digest of the PDF as it was sent, 64 hexadecimal digits.
    pub sha256: String,
    /// Its pages.
    pub pages: u32,
}

/// A call or a meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactMade {
    /// « Appel téléphonique », « Rendez-vous ».
    pub title: String,
    /// When.
    pub date: Date,
    /// With whom.
    #[serde(default)]
    pub person: Option<String>,
    /// What came of it: « Personne jointe », « Message laissé ».
    #[serde(default)]
    pub outcome: Option<String>,
    /// What was said, in the creditor's words.
    pub summary: String,
}

/// A payment that the debtor announced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromiseMade {
    /// When he said so.
    pub date: Date,
    /// Who said so.
    #[serde(default)]
    pub person: Option<String>,
    /// How, ready to be printed: « par téléphone ».
    #[serde(default)]
    pub by_means: Option<String>,
    /// What he announced.
    pub promised: Promised,
    /// What was said besides.
    #[serde(default)]
    pub remark: Option<String>,
}

/// A payment plan, and the exact bytes of the agreement when it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanAgreed {
    /// The date of the agreement.
    pub date: Date,
    /// Its reference.
    pub reference: String,
    /// The sum it covers.
    pub total: Amount,
    /// Its instalments.
    pub instalments: Vec<PlanLine>,
    /// The digest of the agreement as it was drawn up, 64 hexadecimal digits.
    #[serde(default)]
    pub sha256: Option<String>,
}

/// Whether the debtor was reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Delivery {
    /// A proof is attached: the debtor was informed.
    Proved {
        /// « Avis de réception signé le … ».
        proof: String,
        /// When it reached him.
        date: Date,
        /// The number of the piece that proves it.
        #[serde(default)]
        piece: Option<u32>,
    },
    /// It was sent, and nothing proves that it arrived.
    NotProved {
        /// What is known: « Avis de réception non encore revenu ».
        #[serde(default)]
        remark: Option<String>,
    },
}

/// A piece kept by the creditor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptPiece {
    /// Its number in the dossier, when it has one.
    #[serde(default)]
    pub number: Option<u32>,
    /// What it is.
    pub title: String,
    /// Its date.
    #[serde(default)]
    pub date: Option<Date>,
}
