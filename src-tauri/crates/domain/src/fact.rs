//! Everything that can happen: the map of the whole product.
//!
//! A fact is appended to the journal and never changed; a mistake is put right by a fact that names the one it cancels.
//! Facts are the on-disk format: a variant never changes meaning, a new need is a new field with a default or a new
//! variant.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::arrangement::{DirectDebit, DueDateChange, Hold, Lapse, Plan, Promise};
use crate::contact::{Contact, Dispute, DisputeClosing, Reception};
use crate::conventions::{Conventions, MissingRates};
use crate::dunning::{Ending, LevelJump, Policy, PolicyAssignment, Step};
use crate::invoice::{CreditNote, Invoice};
use crate::law::SemesterRates;
use crate::party::{Creditor, Debtor};
use crate::proceedings::{HandOver, Insolvency};
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
    /// The debtor has an invoice, and it can be shown.
    ReceptionConfirmed(Reception),
    /// An instalment falls due on another day.
    DueDateChanged(DueDateChange),
    /// Money arrived.
    PaymentReceived(Payment),
    /// The owner wrote down which invoices the debtor meant to pay.
    PaymentAllocated {
        /// Which payment.
        payment: Seq,
        /// The invoices, in the debtor's order.
        invoices: Vec<Seq>,
    },
    /// The owner looked at his bank account.
    BankChecked {
        /// The last day he saw.
        through: Date,
    },
    /// Money arrived at the bank, and nobody has said yet from whom.
    BankCreditSeen(BankCredit),
    /// A credit of the bank settles nothing here.
    BankCreditDismissed {
        /// Which one.
        credit: Seq,
        /// Why.
        reason: String,
    },
    /// A piece of evidence was kept.
    ExhibitAdded(Exhibit),
    /// The owner and a debtor spoke, wrote or met.
    ContactLogged(Contact),
    /// The debtor said he would pay.
    PromiseMade(Promise),
    /// The debtor disputes an invoice.
    DisputeOpened(Dispute),
    /// A dispute is over.
    DisputeClosed(DisputeClosing),
    /// The debtor acknowledges his debt and pays by instalments.
    PlanAgreed(Plan),
    /// A plan lapsed after a notice: the whole balance is due again.
    PlanLapsed(Lapse),
    /// The owner keeps quiet until a date.
    HoldSet(Hold),
    /// A quiet time ends before its date.
    HoldLifted(Ending),
    /// The bank will collect an invoice by itself.
    DirectDebitExpected(DirectDebit),
    /// The owner gave up a part of what he may claim.
    WaiverGranted(Waiver),
    /// A clause or a judgment lets interest bear interest.
    CapitalisationRecorded(Capitalisation),
    /// The owner adopted a policy, or a new version of one.
    PolicyAdopted(Policy),
    /// The owner put a debtor or an invoice under a policy.
    PolicyAssigned(PolicyAssignment),
    /// The owner went to a level at once.
    LevelJumped(LevelJump),
    /// A letter was drawn up; it has not left yet.
    LetterIssued(Letter),
    /// A letter left.
    LetterSent(Sending),
    /// The post or the debtor answered for a letter.
    LetterDelivered(Delivery),
    /// An act that interrupts or suspends limitation was recorded.
    LimitationActRecorded(LimitationAct),
    /// A case was handed over to somebody who collects it.
    HandedOver(HandOver),
    /// A case was taken back.
    TakenBack(Ending),
    /// A court opened insolvency proceedings against a debtor.
    InsolvencyOpened(Insolvency),
    /// Insolvency proceedings ended.
    InsolvencyClosed(Ending),
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
    /// The credit of the bank that it explains.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credit: Option<Seq>,
}

/// A credit on the bank account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BankCredit {
    /// How much, above zero.
    pub amount: Amount,
    /// In which currency.
    pub currency: Currency,
    /// The day it was booked.
    pub booked_on: Date,
    /// What the statement says of it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub label: String,
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
    /// Courtesy notice before the due date.
    RappelEcheance,
    /// First reminder, which presumes an oversight.
    RelanceAmiable,
    /// Second reminder.
    RelanceFerme,
    /// Reminder that quotes a broken promise, or a missed instalment of a plan.
    RelancePromesse,
    /// Formal notice to pay.
    MiseEnDemeure,
    /// Last notice before proceedings.
    DernierAvis,
    /// Statement of account.
    Releve,
    /// What was said on the telephone or at a meeting, in writing.
    ConfirmationEntretien,
    /// Answer to a dispute: the part that is not disputed is claimed.
    ReponseContestation,
    /// Payment plan with acknowledgement of debt, to be signed.
    AccordEcheancier,
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
    /// The levels of the policy that it carries out, each instalment's own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<Step>,
    /// The promise, plan, dispute or exchange that it quotes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<Seq>,
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
    /// Presented in vain: it waits at the post office.
    Presented,
    /// Handed over.
    Received,
    /// Presented and left at the post office.
    Unclaimed,
    /// Refused by the addressee.
    Refused,
    /// Sent back: nobody of this name at this address, or the message bounced.
    Returned,
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
            Self::DueDateChanged(_) => "due_date_changed",
            Self::ReceptionConfirmed(_) => "reception_confirmed",
            Self::BankChecked { .. } => "bank_checked",
            Self::BankCreditSeen(_) => "bank_credit_seen",
            Self::BankCreditDismissed { .. } => "bank_credit_dismissed",
            Self::ContactLogged(_) => "contact_logged",
            Self::PromiseMade(_) => "promise_made",
            Self::DisputeOpened(_) => "dispute_opened",
            Self::DisputeClosed(_) => "dispute_closed",
            Self::PlanAgreed(_) => "plan_agreed",
            Self::PlanLapsed(_) => "plan_lapsed",
            Self::HoldSet(_) => "hold_set",
            Self::HoldLifted(_) => "hold_lifted",
            Self::DirectDebitExpected(_) => "direct_debit_expected",
            Self::PolicyAdopted(_) => "policy_adopted",
            Self::PolicyAssigned(_) => "policy_assigned",
            Self::LevelJumped(_) => "level_jumped",
            Self::HandedOver(_) => "handed_over",
            Self::TakenBack(_) => "taken_back",
            Self::InsolvencyOpened(_) => "insolvency_opened",
            Self::InsolvencyClosed(_) => "insolvency_closed",
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
            | Self::BankCreditDismissed { .. }
            | Self::PolicyAdopted(_)
            | Self::FactCancelled { .. }
            | Self::PayloadErased { .. } => None,
            Self::ReceptionConfirmed(reception) => Some(reception.on),
            Self::DueDateChanged(change) => Some(change.on),
            Self::BankChecked { through } => Some(*through),
            Self::BankCreditSeen(credit) => Some(credit.booked_on),
            Self::ContactLogged(contact) => Some(contact.on),
            Self::PromiseMade(promise) => Some(promise.made_on),
            Self::DisputeOpened(dispute) => Some(dispute.on),
            Self::DisputeClosed(closing) => Some(closing.on),
            Self::PlanAgreed(plan) => Some(plan.agreed_on),
            Self::PlanLapsed(lapse) => Some(lapse.on),
            Self::HoldSet(hold) => Some(hold.on),
            Self::HoldLifted(ending) | Self::TakenBack(ending) | Self::InsolvencyClosed(ending) => Some(ending.on),
            Self::DirectDebitExpected(debit) => Some(debit.on),
            Self::PolicyAssigned(assignment) => Some(assignment.on),
            Self::LevelJumped(jump) => Some(jump.on),
            Self::HandedOver(given) => Some(given.on),
            Self::InsolvencyOpened(insolvency) => Some(insolvency.judgment_on),
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

    /// Returns the debtor of whom it tells an episode: what was said, agreed, held back, handed over.
    #[must_use]
    pub fn episode_of(&self) -> Option<Seq> {
        match self {
            Self::ReceptionConfirmed(reception) => Some(reception.debtor),
            Self::DueDateChanged(change) => Some(change.debtor),
            Self::ContactLogged(contact) => Some(contact.debtor),
            Self::PromiseMade(promise) => Some(promise.debtor),
            Self::DisputeOpened(dispute) => Some(dispute.debtor),
            Self::DisputeClosed(closing) => Some(closing.debtor),
            Self::PlanAgreed(plan) => Some(plan.debtor),
            Self::PlanLapsed(lapse) => Some(lapse.debtor),
            Self::HoldSet(hold) => Some(hold.debtor),
            Self::DirectDebitExpected(debit) => Some(debit.debtor),
            Self::PolicyAssigned(assignment) => Some(assignment.debtor),
            Self::LevelJumped(jump) => Some(jump.debtor),
            Self::HandedOver(given) => Some(given.debtor),
            Self::InsolvencyOpened(insolvency) => Some(insolvency.debtor),
            Self::HoldLifted(ending) | Self::TakenBack(ending) | Self::InsolvencyClosed(ending) => Some(ending.debtor),
            Self::CompanyIdentified(_)
            | Self::ConventionsChosen(_)
            | Self::RateDeclared(_)
            | Self::DebtorAdded(_)
            | Self::DebtorCorrected { .. }
            | Self::InvoiceRecorded(_)
            | Self::InvoiceReplaced(_)
            | Self::CreditNoteRecorded(_)
            | Self::CreditNoteAssigned { .. }
            | Self::PaymentReceived(_)
            | Self::PaymentAllocated { .. }
            | Self::BankChecked { .. }
            | Self::BankCreditSeen(_)
            | Self::BankCreditDismissed { .. }
            | Self::ExhibitAdded(_)
            | Self::WaiverGranted(_)
            | Self::CapitalisationRecorded(_)
            | Self::PolicyAdopted(_)
            | Self::LetterIssued(_)
            | Self::LetterSent(_)
            | Self::LetterDelivered(_)
            | Self::LimitationActRecorded(_)
            | Self::FactCancelled { .. }
            | Self::PayloadErased { .. } => None,
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
            | Self::BankChecked { .. }
            | Self::BankCreditSeen(_)
            | Self::PolicyAdopted(_)
            | Self::FactCancelled { .. }
            | Self::PayloadErased { .. } => Vec::new(),
            Self::ReceptionConfirmed(reception) => named(reception.debtor, &[reception.invoice], reception.proof),
            Self::DueDateChanged(change) => named(change.debtor, &[change.invoice], change.proof),
            Self::BankCreditDismissed { credit, .. } => vec![*credit],
            Self::ContactLogged(contact) => named(contact.debtor, &contact.invoices, steps(&contact.steps)),
            Self::PromiseMade(promise) => named(promise.debtor, &promise.invoices, None),
            Self::DisputeOpened(dispute) => vec![dispute.debtor, dispute.invoice],
            Self::DisputeClosed(closing) => vec![closing.debtor, closing.dispute],
            Self::PlanAgreed(plan) => named(plan.debtor, &plan.invoices, plan.proof),
            Self::PlanLapsed(lapse) => vec![lapse.debtor, lapse.plan, lapse.notice],
            Self::HoldSet(hold) => named(hold.debtor, &hold.invoices, None),
            Self::HoldLifted(ending) | Self::TakenBack(ending) | Self::InsolvencyClosed(ending) => {
                vec![ending.debtor, ending.of]
            }
            Self::DirectDebitExpected(debit) => named(debit.debtor, &debit.invoices, None),
            Self::PolicyAssigned(given) => named(given.debtor, given.invoice.as_slice(), given.policy.adopted()),
            Self::LevelJumped(jump) => vec![jump.debtor, jump.invoice],
            Self::HandedOver(given) => named(given.debtor, &given.invoices, None),
            Self::InsolvencyOpened(insolvency) => vec![insolvency.debtor],
            Self::DebtorCorrected { debtor, .. } => vec![*debtor],
            Self::InvoiceRecorded(invoice) => vec![invoice.debtor],
            Self::InvoiceReplaced(replacement) => vec![replacement.invoice, replacement.by],
            Self::CreditNoteRecorded(credit_note) => {
                [credit_note.debtor].into_iter().chain(credit_note.invoice).collect()
            }
            Self::CreditNoteAssigned { credit_note, invoice } => vec![*credit_note, *invoice],
            Self::PaymentReceived(payment) => named(payment.debtor, &payment.chosen, payment.credit),
            Self::PaymentAllocated { payment, invoices } => {
                [*payment].into_iter().chain(invoices.iter().copied()).collect()
            }
            Self::ExhibitAdded(exhibit) => {
                [exhibit.debtor].into_iter().chain(exhibit.invoices.iter().copied()).chain(exhibit.letter).collect()
            }
            Self::WaiverGranted(waiver) => vec![waiver.invoice],
            Self::CapitalisationRecorded(capitalisation) => capitalisation.invoices.clone(),
            Self::LetterIssued(letter) => {
                named(letter.debtor, &letter.invoices, steps(&letter.steps).chain(letter.about))
            }
            Self::LetterSent(sending) => vec![sending.letter],
            Self::LetterDelivered(delivery) => vec![delivery.letter],
            Self::LimitationActRecorded(act) => act.invoices.iter().copied().chain(act.proof).collect(),
        }
    }
}

fn named(debtor: Seq, invoices: &[Seq], others: impl IntoIterator<Item = Seq>) -> Vec<Seq> {
    [debtor].into_iter().chain(invoices.iter().copied()).chain(others).collect()
}

/// Returns what steps build on: their invoices, and the policies that the owner adopted.
fn steps(steps: &[Step]) -> impl Iterator<Item = Seq> {
    steps.iter().flat_map(|step| [Some(step.invoice), step.policy.adopted()]).flatten()
}
