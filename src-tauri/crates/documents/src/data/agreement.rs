//! The agreement on a payment plan, with the acknowledgement of debt that goes with it.

use dument_domain::{Amount, Currency, Date};
use serde::{Deserialize, Serialize};

use super::claim::{Claim, InterestTerms, OpenCredit, PaymentLine, Totals};
use super::letter::Signatory;
use super::party::{Parties, Seal};
use super::statement::{Imputation, Reduction};

/// What the two sign: how much is owed, and when it will be paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccordEcheancier {
    /// Who owes whom.
    pub parties: Parties,
    /// The date it bears.
    pub date: Date,
    /// Our reference.
    pub reference: String,
    /// Who signs for the creditor.
    #[serde(default)]
    pub signatory: Option<Signatory>,
    /// Who signs for the debtor.
    pub debtor_signature: DebtorSignature,
    /// The day the sums are stopped at.
    pub as_of: Date,
    /// The invoices covered.
    pub claims: Vec<Claim>,
    /// What has been received on them.
    #[serde(default)]
    pub payments: Vec<PaymentLine>,
    /// What is still in the debtor's favour.
    #[serde(default)]
    pub open_credits: Vec<OpenCredit>,
    /// The sums before what is given up.
    pub totals: Totals,
    /// Their currency.
    pub currency: Currency,
    /// What the creditor gives up by this agreement.
    #[serde(default)]
    pub waivers: Vec<Reduction>,
    /// What the debtor acknowledges: the total, less what is given up. The instalments add up to it.
    pub acknowledged: Amount,
    /// The same in letters.
    pub acknowledged_in_words: String,
    /// Who writes that sum on the paper.
    pub sum_written: SumWritten,
    /// The instalments, in order.
    pub instalments: Vec<PlanLine>,
    /// What each payment settles first.
    pub imputation: Imputation,
    /// What becomes of interest while the plan runs.
    pub interest: PlanInterest,
    /// The rate and the indemnity that apply.
    #[serde(default)]
    pub interest_terms: Option<InterestTerms>,
    /// The clause by which the whole balance falls due; a missed instalment alone falls due when there is none.
    #[serde(default)]
    pub lapse: Option<LapseClause>,
    /// The state of the journal.
    #[serde(default)]
    pub seal: Option<Seal>,
}

/// Who signs for the debtor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum DebtorSignature {
    /// A person signs for himself.
    InPerson,
    /// A company or a public body, through someone.
    Represented {
        /// Who; a blank is left for him when he is not known.
        #[serde(default)]
        by: Option<Signatory>,
    },
}

/// One instalment of the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanLine {
    /// Its rank, from 1.
    pub number: u32,
    /// The last day to pay.
    pub due_on: Date,
    /// How much.
    pub amount: Amount,
    /// What is left once it is paid.
    pub balance_after: Amount,
}

/// Who writes the sum in letters and figures.
///
/// # Droit
/// C. civ. art. 1376 : l’engagement de celui qui n’est pas commerçant porte la somme en lettres et en chiffres, écrite par
/// lui-même ; entre commerçants la preuve est libre (C. com. L110-3). Lu le 2026-11-22.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SumWritten {
    /// The debtor, in a space left for it. The prudent choice: printing it in his place would prove less.
    ByTheDebtor,
    /// It is printed: the debtor is a merchant, or a public body.
    Printed,
}

/// What becomes of interest while the plan runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanInterest {
    /// It goes on, and is paid with the last instalment.
    Continues,
    /// It is given up if every instalment is paid in time. Against a public body such a waiver is void (CCP L2192-14):
    /// the sentence is then not printed, and interest continues.
    WaivedIfRespected,
    /// None has begun: a consumer who has received no mise en demeure.
    NotBegun,
}

/// The déchéance du terme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LapseClause {
    /// Days from the receipt of a written notice, in which the missed instalment may still be paid.
    pub days: u32,
}
