//! Everything that can happen: the map of the whole product.
//!
//! A fact is appended to the journal and never changed; a mistake is put right by a fact that names the one it cancels.
//! Facts are the on-disk format: a variant never changes meaning, a new need is a new field with a default or a new
//! variant.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::conventions::{Conventions, MissingRates};
use crate::invoice::{CreditNote, Invoice};
use crate::law::SemesterRates;
use crate::party::{Creditor, Debtor};
use crate::{Amount, Currency, Date};

/// The number of a fact in the journal, and so the name of what that fact brought into being.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Seq(u64);

impl Seq {
    /// Returns the name of the fact of this number; the first is 1.
    #[must_use]
    pub fn new(number: u64) -> Self {
        Self(number)
    }

    /// Returns the number.
    #[must_use]
    pub fn get(self) -> u64 {
        self.0
    }
}

impl fmt::Display for Seq {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A fact in the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// Its number.
    pub seq: Seq,
    /// The instant it was recorded, in RFC 3339: not the day it happened.
    pub recorded_at: String,
    /// What happened.
    pub fact: Fact,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// The owner said who he is, or corrected it: the last one holds.
    CompanyIdentified(Creditor),
    /// The owner chose how interest is counted and payments are imputed: the last one holds.
    ConventionsChosen(Conventions),
    /// The owner entered the rates of a semester that the program did not know.
    RateDeclared(SemesterRates),
    /// A customer was entered.
    DebtorAdded(Debtor),
    /// A customer's details were corrected.
    DebtorCorrected {
        /// Which one.
        debtor: Seq,
        /// All his details, as they are now.
        corrected: Debtor,
    },
    /// An invoice was issued.
    InvoiceRecorded(Invoice),
    /// An invoice took the place of another: it is no longer claimed.
    InvoiceReplaced(Replacement),
    /// A credit note was issued.
    CreditNoteRecorded(CreditNote),
    /// An open credit note was set against an invoice.
    CreditNoteAssigned {
        /// Which credit note.
        credit_note: Seq,
        /// Against which invoice.
        invoice: Seq,
    },
    /// Money arrived.
    PaymentReceived(Payment),
    /// The owner wrote down which invoices the debtor meant to pay.
    PaymentAllocated {
        /// Which payment.
        payment: Seq,
        /// The invoices, in the debtor's order.
        invoices: Vec<Seq>,
    },
    /// A piece of evidence was kept.
    ExhibitAdded(Exhibit),
    /// The owner gave up a part of what he may claim.
    WaiverGranted(Waiver),
    /// A clause or a judgment lets interest bear interest.
    CapitalisationRecorded(Capitalisation),
    /// A letter was drawn up; it has not left yet.
    LetterIssued(Letter),
    /// A letter left.
    LetterSent(Sending),
    /// The post or the debtor answered for a letter.
    LetterDelivered(Delivery),
    /// An act that interrupts or suspends limitation was recorded.
    LimitationActRecorded(LimitationAct),
    /// A fact was cancelled: the ledger is as if it had never been recorded.
    FactCancelled {
        /// Which one.
        fact: Seq,
        /// Why.
        reason: String,
    },
    /// The content of a fact was erased at a person's request; its place in the chain stays.
    PayloadErased {
        /// Which one.
        erased: Seq,
        /// On what ground.
        ground: String,
    },
}

/// What becomes of the payments made on an invoice that another one replaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EarlierPayments {
    /// The new invoice already deducts them, as a final invoice deducts the deposit that was paid.
    Deducted,
    /// They count for the new one, as if the first had never been issued.
    CarriedOver,
}

/// An invoice that is no longer claimed because another one claims it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replacement {
    /// The one that is no longer claimed.
    pub invoice: Seq,
    /// The one that takes its place.
    pub by: Seq,
    /// When.
    pub on: Date,
    /// What becomes of the payments made on the first.
    pub earlier_payments: EarlierPayments,
}

/// Money that arrived from a debtor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    /// From whom.
    pub debtor: Seq,
    /// How much, above zero.
    pub amount: Amount,
    /// In which currency.
    pub currency: Currency,
    /// The day the money was at the creditor's disposal.
    pub received_on: Date,
    /// By what means: transfer, cheque, card, cash …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub means: Option<String>,
    /// The debtor's or the bank's reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// The invoices that the debtor said he was paying, in his order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub chosen: Vec<Seq>,
}

/// What a piece of evidence is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExhibitNature {
    /// Contract.
    Contract,
    /// Quotation, « devis ».
    Quotation,
    /// Order.
    Order,
    /// Delivery note, acceptance of the work, time sheet.
    Delivery,
    /// General terms, « CGV », with the proof of their acceptance.
    Terms,
    /// Invoice or credit note.
    Invoice,
    /// A letter that was not drawn up here.
    Letter,
    /// Proof of posting or of receipt.
    Receipt,
    /// Mail, text message, minutes of a call.
    Exchange,
    /// Anything else.
    Other,
}

/// A piece of evidence; its bytes are kept under their SHA-256.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exhibit {
    /// The debtor it concerns.
    pub debtor: Seq,
    /// The invoices it concerns; all of them when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub invoices: Vec<Seq>,
    /// The letter it concerns, for a proof of posting or of receipt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub letter: Option<Seq>,
    /// What it is.
    pub nature: ExhibitNature,
    /// How the list of exhibits names it.
    pub title: String,
    /// Its own date, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dated_on: Option<Date>,
    /// The day it was added.
    pub added_on: Date,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// Size in bytes.
    pub size: u64,
    /// Name of the file it came from.
    pub file_name: String,
}

/// What the owner gives up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WaiverObject {
    /// This much of the interest accrued; all of it, and none to come, when no sum is said.
    Interest {
        /// How much.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        amount: Option<Amount>,
    },
    /// The fixed indemnity.
    Indemnity,
    /// This much of the principal.
    Principal {
        /// How much.
        amount: Amount,
    },
}

/// A gesture of the owner, with its reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiver {
    /// On which invoice.
    pub invoice: Seq,
    /// From when.
    pub on: Date,
    /// What.
    pub object: WaiverObject,
    /// Why.
    pub reason: String,
}

/// What lets interest bear interest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CapitalisationGround {
    /// A clause of the contract.
    Clause,
    /// A judgment.
    Judgment,
}

/// Interest that bears interest, year after year.
///
/// # Droit
/// - C. civ. art. 1343-2 : seulement les intérêts dus pour une année entière au moins, par contrat ou jugement. Lu le 2026-11-22.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Capitalisation {
    /// On which invoices.
    pub invoices: Vec<Seq>,
    /// From when the years are counted.
    pub from: Date,
    /// Clause or judgment.
    pub ground: CapitalisationGround,
    /// Which one.
    pub reference: String,
}

/// The letters that can be drawn up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LetterModel {
    /// First reminder, which presumes an oversight.
    RelanceAmiable,
    /// Second reminder.
    RelanceFerme,
    /// Formal notice to pay.
    MiseEnDemeure,
    /// Statement of account.
    Releve,
}

/// The state of the journal at some moment: who holds it can show that nothing before it was changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JournalHead {
    /// The last fact.
    pub seq: Seq,
    /// First sixteen hexadecimal digits of its chained hash.
    pub fingerprint: String,
}

/// A letter as it was drawn up: its bytes are evidence, never rendered again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// To whom.
    pub debtor: Seq,
    /// Which letter.
    pub model: LetterModel,
    /// What it claims.
    pub invoices: Vec<Seq>,
    /// The date it bears.
    pub issued_on: Date,
    /// Days left to pay, counted from receipt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delay_days: Option<u32>,
    /// Currency of the sums.
    pub currency: Currency,
    /// Principal claimed.
    pub principal: Amount,
    /// Interest claimed.
    pub interest: Amount,
    /// Indemnities claimed.
    pub indemnity: Amount,
    /// Everything claimed, less open credits.
    pub total: Amount,
    /// SHA-256 of the PDF.
    pub pdf: String,
    /// Pages of the PDF.
    pub pages: u32,
    /// SHA-256 of the data it was rendered from.
    pub data: String,
    /// Version of the program that rendered it.
    pub version: String,
    /// The journal when it was drawn up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub head: Option<JournalHead>,
    /// The words by which it warns of the consequences, as they are printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warning: Option<String>,
    /// Whether a rate not yet published was replaced by the last known one, with the owner's agreement.
    #[serde(default)]
    pub missing_rates: MissingRates,
}

/// How a letter travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// Ordinary post.
    Letter,
    /// Registered letter with acknowledgement of receipt.
    Lrar,
    /// Registered electronic letter.
    Lre,
    /// Electronic mail.
    Email,
}

/// A letter that left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sending {
    /// Which letter.
    pub letter: Seq,
    /// When.
    pub on: Date,
    /// How.
    pub channel: Channel,
    /// Tracking number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tracking: Option<String>,
}

/// What became of a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryOutcome {
    /// Handed over.
    Received,
    /// Presented and left at the post office.
    Unclaimed,
    /// Refused by the addressee.
    Refused,
}

/// The answer of the post or of the debtor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    /// Which letter.
    pub letter: Seq,
    /// Received, or first presented, on this day.
    pub on: Date,
    /// What happened.
    pub outcome: DeliveryOutcome,
}

/// What touches the course of limitation.
///
/// A mise en demeure is not in this list: it interrupts nothing.
///
/// # Droit
/// - Construction : Com. 18 mai 2022 n° 20-23.204, la mise en demeure n’est pas dans la liste des actes. Lu le 2026-11-22.
/// - C. civ. art. 2240 à 2244 : reconnaissance, demande en justice, mesure d’exécution interrompent. Lu le 2026-11-22.
/// - C. com. art. L622-25-1 : la déclaration de créance interrompt. Connu, non relu.
/// - Utilisateur : C. civ. art. 2240, dire si un paiement partiel ou un message reconnaît la dette ; le juge en décide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LimitationActKind {
    /// The debtor recognised the debt (signed plan, clear mail, part payment as recognition): interrupts.
    Recognition,
    /// A claim before a court: interrupts until the case ends.
    CourtClaim,
    /// Service of an order to pay: interrupts.
    OrderServed,
    /// A conservatory or enforcement measure: interrupts.
    Enforcement,
    /// Declaration of the claim in insolvency proceedings: interrupts until they close.
    ClaimDeclared,
    /// Mediation or conciliation agreed in writing: suspends.
    Mediation,
}

/// An act that interrupts or suspends limitation, recorded by the owner; a judge will say whether it does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LimitationAct {
    /// On which invoices.
    pub invoices: Vec<Seq>,
    /// When.
    pub on: Date,
    /// What.
    pub kind: LimitationActKind,
    /// When the case, the proceedings or the mediation ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_on: Option<Date>,
    /// The exhibit that proves it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof: Option<Seq>,
}

impl Fact {
    /// Returns the name of the variant, as the journal keeps it beside the content.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::CompanyIdentified(_) => "company_identified",
            Self::ConventionsChosen(_) => "conventions_chosen",
            Self::RateDeclared(_) => "rate_declared",
            Self::DebtorAdded(_) => "debtor_added",
            Self::DebtorCorrected { .. } => "debtor_corrected",
            Self::InvoiceRecorded(_) => "invoice_recorded",
            Self::InvoiceReplaced(_) => "invoice_replaced",
            Self::CreditNoteRecorded(_) => "credit_note_recorded",
            Self::CreditNoteAssigned { .. } => "credit_note_assigned",
            Self::PaymentReceived(_) => "payment_received",
            Self::PaymentAllocated { .. } => "payment_allocated",
            Self::ExhibitAdded(_) => "exhibit_added",
            Self::WaiverGranted(_) => "waiver_granted",
            Self::CapitalisationRecorded(_) => "capitalisation_recorded",
            Self::LetterIssued(_) => "letter_issued",
            Self::LetterSent(_) => "letter_sent",
            Self::LetterDelivered(_) => "letter_delivered",
            Self::LimitationActRecorded(_) => "limitation_act_recorded",
            Self::FactCancelled { .. } => "fact_cancelled",
            Self::PayloadErased { .. } => "payload_erased",
        }
    }

    /// Returns the civil date it happened, or nothing for what holds whatever the date: who is who, conventions, rates, and
    /// the corrections of the owner's own records.
    #[must_use]
    pub fn happened_on(&self) -> Option<Date> {
        match self {
            Self::CompanyIdentified(_)
            | Self::ConventionsChosen(_)
            | Self::RateDeclared(_)
            | Self::DebtorAdded(_)
            | Self::DebtorCorrected { .. }
            | Self::CreditNoteAssigned { .. }
            | Self::PaymentAllocated { .. }
            | Self::FactCancelled { .. }
            | Self::PayloadErased { .. } => None,
            Self::InvoiceRecorded(invoice) => Some(invoice.issued_on),
            Self::InvoiceReplaced(replacement) => Some(replacement.on),
            Self::CreditNoteRecorded(credit_note) => Some(credit_note.issued_on),
            Self::PaymentReceived(payment) => Some(payment.received_on),
            Self::ExhibitAdded(exhibit) => Some(exhibit.added_on),
            Self::WaiverGranted(waiver) => Some(waiver.on),
            Self::CapitalisationRecorded(capitalisation) => Some(capitalisation.from),
            Self::LetterIssued(letter) => Some(letter.issued_on),
            Self::LetterSent(sending) => Some(sending.on),
            Self::LetterDelivered(delivery) => Some(delivery.on),
            Self::LimitationActRecorded(act) => Some(act.on),
        }
    }

    /// Returns the facts it builds on: while it stands, none of them can be cancelled.
    #[must_use]
    pub fn refers_to(&self) -> Vec<Seq> {
        match self {
            Self::CompanyIdentified(_)
            | Self::ConventionsChosen(_)
            | Self::RateDeclared(_)
            | Self::DebtorAdded(_)
            | Self::FactCancelled { .. }
            | Self::PayloadErased { .. } => Vec::new(),
            Self::DebtorCorrected { debtor, .. } => vec![*debtor],
            Self::InvoiceRecorded(invoice) => vec![invoice.debtor],
            Self::InvoiceReplaced(replacement) => vec![replacement.invoice, replacement.by],
            Self::CreditNoteRecorded(credit_note) => {
                [credit_note.debtor].into_iter().chain(credit_note.invoice).collect()
            }
            Self::CreditNoteAssigned { credit_note, invoice } => vec![*credit_note, *invoice],
            Self::PaymentReceived(payment) => {
                [payment.debtor].into_iter().chain(payment.chosen.iter().copied()).collect()
            }
            Self::PaymentAllocated { payment, invoices } => {
                [*payment].into_iter().chain(invoices.iter().copied()).collect()
            }
            Self::ExhibitAdded(exhibit) => {
                [exhibit.debtor].into_iter().chain(exhibit.invoices.iter().copied()).chain(exhibit.letter).collect()
            }
            Self::WaiverGranted(waiver) => vec![waiver.invoice],
            Self::CapitalisationRecorded(capitalisation) => capitalisation.invoices.clone(),
            Self::LetterIssued(letter) => [letter.debtor].into_iter().chain(letter.invoices.iter().copied()).collect(),
            Self::LetterSent(sending) => vec![sending.letter],
            Self::LetterDelivered(delivery) => vec![delivery.letter],
            Self::LimitationActRecorded(act) => act.invoices.iter().copied().chain(act.proof).collect(),
        }
    }
}
