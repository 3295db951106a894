//! The ledger: what follows from the facts.
//!
//! It is derived, never stored. Cancelling a fact is folding the journal without it, so that a cancelled fact leaves no
//! trace in any figure; the fact itself stays readable.

mod check;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::arrangement::{InterestFrom, Plan, Promise};
use crate::conventions::Conventions;
use crate::dunning::Policy;
use crate::fact::{
    BankCredit, Delivery, DeliveryOutcome, EarlierPayments, Exhibit, Fact, Letter, LetterModel, LimitationAct, Payment,
    Recorded, Replacement, Sending, Seq, Waiver,
};
use crate::interest::Rates;
use crate::invoice::{CreditNote, Invoice};
use crate::party::{Creditor, Debtor};
use crate::proceedings::Insolvency;
use crate::{Amount, Date};

/// What is known of one debtor: his details, and the facts that concern him.
#[derive(Debug, Clone)]
pub struct DebtorFile {
    /// His details as last corrected.
    pub debtor: Debtor,
    /// His invoices.
    pub invoices: Vec<Seq>,
    /// His credit notes.
    pub credit_notes: Vec<Seq>,
    /// His payments.
    pub payments: Vec<Seq>,
    /// The evidence that concerns him.
    pub exhibits: Vec<Seq>,
    /// The letters drawn up for him.
    pub letters: Vec<Seq>,
    /// What was said, agreed, held back, handed over: see [`Ledger::episodes_of`].
    pub(crate) episodes: Vec<Seq>,
    /// The insolvency proceedings opened against him last.
    pub(crate) insolvency: Option<Insolvency>,
    /// The fact that last corrected his details.
    pub(crate) corrected: Option<Seq>,
}

/// A letter and what became of it.
#[derive(Debug, Clone)]
pub struct LetterFile {
    /// The letter.
    pub letter: Letter,
    /// How it left.
    pub sending: Option<Sending>,
    /// What the post answered, each answer with its fact.
    pub deliveries: Vec<(Seq, Delivery)>,
}

impl LetterFile {
    /// Returns the last answer of the post: the final one once there is one.
    #[must_use]
    pub fn delivery(&self) -> Option<&Delivery> {
        self.deliveries.last().map(|(_, delivery)| delivery)
    }

    /// Says whether the post has nothing more to answer.
    #[must_use]
    pub fn is_answered(&self) -> bool {
        self.delivery().is_some_and(|delivery| delivery.outcome != DeliveryOutcome::Presented)
    }

    /// Returns the day it was received, refused, or first presented to somebody who did not fetch it.
    #[must_use]
    pub fn reached_on(&self) -> Option<Date> {
        self.reached_as_of(Date::MAX)
    }

    /// Returns the same, as far as the post had answered by the end of a day.
    #[must_use]
    pub fn reached_as_of(&self, as_of: Date) -> Option<Date> {
        let answers = || self.deliveries.iter().map(|(_, delivery)| delivery).filter(|delivery| delivery.on <= as_of);
        let last = answers().next_back()?;
        match last.outcome {
            DeliveryOutcome::Received | DeliveryOutcome::Refused => Some(last.on),
            DeliveryOutcome::Unclaimed => answers().map(|delivery| delivery.on).min(),
            DeliveryOutcome::Presented | DeliveryOutcome::Returned => None,
        }
    }

    /// Returns the day it left, or the one it bears while it has not.
    #[must_use]
    pub fn left_on(&self) -> Date {
        self.sending.as_ref().map_or(self.letter.issued_on, |sending| sending.on)
    }
}

/// The due date of an instalment, before and after what was agreed since.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueDate {
    /// As the invoice says.
    pub stated: Date,
    /// As it is now.
    pub present: Date,
    /// The day after which it is late, for interest and indemnity.
    pub late_after: Date,
}

impl Letter {
    /// Says whether the letter puts the debtor on formal notice to pay.
    #[must_use]
    pub fn gives_notice(&self) -> bool {
        match self.model {
            LetterModel::MiseEnDemeure => true,
            LetterModel::RappelEcheance
            | LetterModel::RelanceAmiable
            | LetterModel::RelanceFerme
            | LetterModel::RelancePromesse
            | LetterModel::DernierAvis
            | LetterModel::Releve
            | LetterModel::ConfirmationEntretien
            | LetterModel::ReponseContestation
            | LetterModel::AccordEcheancier => false,
        }
    }
}

impl LetterModel {
    /// Says whether it shows what is not due yet with what is.
    #[must_use]
    pub fn shows_what_is_to_come(self) -> bool {
        match self {
            Self::Releve | Self::RappelEcheance | Self::AccordEcheancier => true,
            Self::RelanceAmiable
            | Self::RelanceFerme
            | Self::RelancePromesse
            | Self::MiseEnDemeure
            | Self::DernierAvis
            | Self::ConfirmationEntretien
            | Self::ReponseContestation => false,
        }
    }

    /// Says whether it makes no sense without the call, promise, dispute or plan that it quotes.
    #[must_use]
    pub fn quotes(self) -> bool {
        match self {
            Self::RelancePromesse
            | Self::ConfirmationEntretien
            | Self::ReponseContestation
            | Self::AccordEcheancier => true,
            Self::RappelEcheance
            | Self::RelanceAmiable
            | Self::RelanceFerme
            | Self::MiseEnDemeure
            | Self::DernierAvis
            | Self::Releve => false,
        }
    }

    /// Says whether it reminds the debtor to pay, so that the next reminder leaves him some days.
    #[must_use]
    pub fn reminds(self) -> bool {
        match self {
            Self::RappelEcheance
            | Self::RelanceAmiable
            | Self::RelanceFerme
            | Self::RelancePromesse
            | Self::MiseEnDemeure
            | Self::DernierAvis => true,
            Self::Releve | Self::ConfirmationEntretien | Self::ReponseContestation | Self::AccordEcheancier => false,
        }
    }
}

impl Replacement {
    fn carries_over(&self) -> bool {
        match self.earlier_payments {
            EarlierPayments::CarriedOver => true,
            EarlierPayments::Deducted => false,
        }
    }
}

/// Everything that follows from the facts.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    facts: Vec<Recorded>,
    /// Cancelled fact, and the fact that cancels it.
    cancelled: BTreeMap<Seq, Seq>,
    company: Option<Creditor>,
    conventions: Conventions,
    rates: Rates,
    debtors: BTreeMap<Seq, DebtorFile>,
    // The facts of each kind that stand, in order. What they say is read from the facts: a large journal is not copied.
    invoices: Vec<Seq>,
    credit_notes: Vec<Seq>,
    payments: Vec<Seq>,
    exhibits: Vec<Seq>,
    letters: BTreeMap<Seq, LetterFile>,
    // Each after its invoice.
    waivers: BTreeSet<(Seq, Seq)>,
    capitalisations: BTreeSet<(Seq, Seq)>,
    limitation_acts: BTreeSet<(Seq, Seq)>,
    due_date_changes: BTreeSet<(Seq, Seq)>,
    /// What tells an episode of some debtor, in order.
    episodes: Vec<Seq>,
    policies: Vec<Seq>,
    bank_credits: Vec<Seq>,
    /// The credits that a payment explains, or that settle nothing here.
    explained: BTreeSet<Seq>,
    bank_checked_through: Option<Date>,
    /// By replaced invoice.
    replacements: BTreeMap<Seq, Replacement>,
    /// By credit note.
    assigned: BTreeMap<Seq, Seq>,
    /// By payment.
    allocated: BTreeMap<Seq, Vec<Seq>>,
    /// Numbers of invoices and credit notes.
    numbers: HashMap<String, Seq>,
}

/// Reads the content of a fact of this variant.
macro_rules! content {
    ($variant:ident) => {
        |fact: &Fact| if let Fact::$variant(content) = fact { Some(content) } else { None }
    };
}

impl Ledger {
    /// Folds a journal.
    #[must_use]
    pub fn from_facts(facts: Vec<Recorded>) -> Self {
        let mut ledger = Self::default();
        for recorded in &facts {
            if let Fact::FactCancelled { fact, .. } = &recorded.fact {
                ledger.cancelled.insert(*fact, recorded.seq);
            }
        }
        for recorded in &facts {
            ledger.fold(recorded);
        }
        ledger.facts = facts;
        ledger
    }

    /// Takes one more fact, already checked and recorded.
    pub fn apply(&mut self, recorded: Recorded) {
        if let Fact::PayloadErased { erased, .. } = &recorded.fact {
            self.facts.retain(|known| known.seq != *erased);
        }
        if matches!(recorded.fact, Fact::FactCancelled { .. } | Fact::PayloadErased { .. }) {
            let mut facts = std::mem::take(&mut self.facts);
            facts.push(recorded);
            *self = Self::from_facts(facts);
        } else {
            self.fold(&recorded);
            self.facts.push(recorded);
        }
    }

    /// Returns the ledger of the facts that had happened by the end of a day.
    ///
    /// Who is who, conventions and corrections of the owner's own records are taken as they are known now.
    #[must_use]
    pub fn as_of(&self, date: Date) -> Self {
        let had_happened = |recorded: &&Recorded| recorded.fact.happened_on().is_none_or(|on| on <= date);
        Self::from_facts(self.facts.iter().filter(had_happened).cloned().collect())
    }

    fn fold(&mut self, recorded: &Recorded) {
        let seq = recorded.seq;
        if self.cancelled.contains_key(&seq) {
            return;
        }
        match &recorded.fact {
            Fact::CompanyIdentified(creditor) => self.company = Some(creditor.clone()),
            Fact::ConventionsChosen(conventions) => self.conventions = *conventions,
            Fact::RateDeclared(rates) => self.rates.declare(rates.clone()),
            Fact::DebtorAdded(debtor) => {
                self.debtors.insert(seq, DebtorFile::new(debtor.clone()));
            }
            Fact::DebtorCorrected { debtor, corrected } => {
                if let Some(file) = self.debtors.get_mut(debtor) {
                    file.debtor = corrected.clone();
                    file.corrected = Some(seq);
                }
            }
            Fact::InvoiceRecorded(invoice) => {
                if self.file_under(invoice.debtor, seq, |file| &mut file.invoices) {
                    self.numbers.insert(invoice.number.clone(), seq);
                    self.invoices.push(seq);
                }
            }
            Fact::InvoiceReplaced(replacement) => {
                self.replacements.insert(replacement.invoice, replacement.clone());
            }
            Fact::CreditNoteRecorded(credit_note) => {
                if self.file_under(credit_note.debtor, seq, |file| &mut file.credit_notes) {
                    self.numbers.insert(credit_note.number.clone(), seq);
                    self.credit_notes.push(seq);
                }
            }
            Fact::CreditNoteAssigned { credit_note, invoice } => {
                self.assigned.insert(*credit_note, *invoice);
            }
            Fact::PaymentReceived(payment) => {
                if self.file_under(payment.debtor, seq, |file| &mut file.payments) {
                    self.payments.push(seq);
                    self.explained.extend(payment.credit);
                }
            }
            Fact::PaymentAllocated { payment, invoices } => {
                self.allocated.insert(*payment, invoices.clone());
            }
            Fact::ExhibitAdded(exhibit) => {
                if self.file_under(exhibit.debtor, seq, |file| &mut file.exhibits) {
                    self.exhibits.push(seq);
                }
            }
            Fact::WaiverGranted(waiver) => {
                self.waivers.insert((waiver.invoice, seq));
            }
            Fact::CapitalisationRecorded(rule) => {
                self.capitalisations.extend(rule.invoices.iter().map(|invoice| (*invoice, seq)));
            }
            Fact::LetterIssued(letter) => {
                if self.file_under(letter.debtor, seq, |file| &mut file.letters) {
                    self.letters
                        .insert(seq, LetterFile { letter: letter.clone(), sending: None, deliveries: Vec::new() });
                }
            }
            Fact::LetterSent(sending) => {
                if let Some(file) = self.letters.get_mut(&sending.letter) {
                    file.sending = Some(sending.clone());
                }
            }
            Fact::LetterDelivered(delivery) => {
                if let Some(file) = self.letters.get_mut(&delivery.letter) {
                    file.deliveries.push((seq, delivery.clone()));
                }
            }
            Fact::LimitationActRecorded(act) => {
                self.limitation_acts.extend(act.invoices.iter().map(|invoice| (*invoice, seq)));
            }
            Fact::PolicyAdopted(_) => self.policies.push(seq),
            Fact::BankChecked { through } => {
                self.bank_checked_through = self.bank_checked_through.max(Some(*through));
            }
            Fact::BankCreditSeen(_) => self.bank_credits.push(seq),
            Fact::BankCreditDismissed { credit, .. } => {
                self.explained.insert(*credit);
            }
            Fact::DueDateChanged(change) => {
                self.file_episode(change.debtor, seq);
                self.due_date_changes.insert((change.invoice, seq));
            }
            Fact::InsolvencyOpened(insolvency) => {
                self.file_episode(insolvency.debtor, seq);
                if let Some(file) = self.debtors.get_mut(&insolvency.debtor) {
                    file.insolvency = Some(insolvency.clone());
                }
            }
            Fact::ReceptionConfirmed(_)
            | Fact::ContactLogged(_)
            | Fact::PromiseMade(_)
            | Fact::DisputeOpened(_)
            | Fact::DisputeClosed(_)
            | Fact::PlanAgreed(_)
            | Fact::PlanLapsed(_)
            | Fact::HoldSet(_)
            | Fact::HoldLifted(_)
            | Fact::DirectDebitExpected(_)
            | Fact::PolicyAssigned(_)
            | Fact::LevelJumped(_)
            | Fact::HandedOver(_)
            | Fact::TakenBack(_)
            | Fact::InsolvencyClosed(_) => {
                let debtor = recorded.fact.episode_of().expect("BUG: each of these names its debtor");
                self.file_episode(debtor, seq);
            }
            Fact::FactCancelled { .. } | Fact::PayloadErased { .. } => {}
        }
    }

    fn file_episode(&mut self, debtor: Seq, seq: Seq) {
        if self.file_under(debtor, seq, |file| &mut file.episodes) {
            self.episodes.push(seq);
        }
    }

    /// Lists a fact under its debtor, and says whether there is one: what concerned an erased debtor is gone with him.
    fn file_under(&mut self, debtor: Seq, seq: Seq, list: impl Fn(&mut DebtorFile) -> &mut Vec<Seq>) -> bool {
        self.debtors.get_mut(&debtor).map(|file| list(file).push(seq)).is_some()
    }

    /// Returns the facts, in the order they were recorded, cancelled ones included.
    #[must_use]
    pub fn facts(&self) -> &[Recorded] {
        &self.facts
    }

    /// Returns a fact, cancelled or not.
    #[must_use]
    pub fn fact(&self, seq: Seq) -> Option<&Recorded> {
        // Its place, as long as no content before it was erased.
        let place = usize::try_from(seq.get()).ok()?.checked_sub(1)?;
        self.facts.get(place).filter(|recorded| recorded.seq == seq).or_else(|| {
            self.facts.binary_search_by_key(&seq, |recorded| recorded.seq).ok().map(|index| &self.facts[index])
        })
    }

    /// Returns the content of a fact, if it is on this list of facts that stand.
    fn on<'a, T>(&'a self, list: &[Seq], seq: Seq, content: impl Fn(&'a Fact) -> Option<&'a T>) -> Option<&'a T> {
        list.binary_search(&seq).ok()?;
        content(&self.fact(seq)?.fact)
    }

    /// Returns the content of all facts on this list.
    fn all_on<'a, T: 'a>(
        &'a self,
        list: &'a [Seq],
        content: impl Fn(&'a Fact) -> Option<&'a T>,
    ) -> impl Iterator<Item = (Seq, &'a T)> {
        list.iter().filter_map(move |seq| Some((*seq, content(&self.fact(*seq)?.fact)?)))
    }

    /// Returns the content of all facts that this index holds of an invoice, in order.
    fn all_of<'a, T: 'a>(
        &'a self,
        index: &'a BTreeSet<(Seq, Seq)>,
        invoice: Seq,
        content: impl Fn(&'a Fact) -> Option<&'a T>,
    ) -> impl Iterator<Item = (Seq, &'a T)> {
        let facts = index.range((invoice, Seq::new(0))..).take_while(move |(of, _)| *of == invoice);
        facts.filter_map(move |(_, seq)| Some((*seq, content(&self.fact(*seq)?.fact)?)))
    }

    /// Returns the fact that cancels this one.
    #[must_use]
    pub fn cancellation(&self, seq: Seq) -> Option<Seq> {
        self.cancelled.get(&seq).copied()
    }

    /// Returns who owns the ledger, once he has said so.
    #[must_use]
    pub fn company(&self) -> Option<&Creditor> {
        self.company.as_ref()
    }

    /// Returns the conventions chosen.
    #[must_use]
    pub fn conventions(&self) -> Conventions {
        self.conventions
    }

    /// Returns the rates known, published and declared.
    #[must_use]
    pub fn rates(&self) -> &Rates {
        &self.rates
    }

    /// Returns an invoice, if there is one of this name.
    #[must_use]
    pub fn find_invoice(&self, seq: Seq) -> Option<&Invoice> {
        self.on(&self.invoices, seq, content!(InvoiceRecorded))
    }

    /// Returns a credit note, if there is one of this name.
    pub(crate) fn find_credit_note(&self, seq: Seq) -> Option<&CreditNote> {
        self.on(&self.credit_notes, seq, content!(CreditNoteRecorded))
    }

    /// Returns every debtor.
    pub fn debtors(&self) -> impl Iterator<Item = (Seq, &DebtorFile)> {
        self.debtors.iter().map(|(seq, file)| (*seq, file))
    }

    /// Returns the debtor of this name, whatever its capitals and spaces.
    #[must_use]
    pub fn debtor_named(&self, name: &str) -> Option<Seq> {
        let wanted = folded(name);
        self.debtors().find(|(_, file)| folded(&file.debtor.party.name) == wanted).map(|(seq, _)| seq)
    }

    /// Returns every invoice.
    pub fn invoices(&self) -> impl Iterator<Item = (Seq, &Invoice)> {
        self.all_on(&self.invoices, content!(InvoiceRecorded))
    }

    /// Returns every credit note.
    pub fn credit_notes(&self) -> impl Iterator<Item = (Seq, &CreditNote)> {
        self.all_on(&self.credit_notes, content!(CreditNoteRecorded))
    }

    /// Returns every piece of evidence.
    pub fn exhibits(&self) -> impl Iterator<Item = (Seq, &Exhibit)> {
        self.all_on(&self.exhibits, content!(ExhibitAdded))
    }

    /// Returns every letter.
    pub fn letters(&self) -> impl Iterator<Item = (Seq, &LetterFile)> {
        self.letters.iter().map(|(seq, file)| (*seq, file))
    }

    /// Returns the invoice or credit note that bears this number.
    #[must_use]
    pub fn numbered(&self, number: &str) -> Option<Seq> {
        self.numbers.get(number).copied()
    }

    /// Returns the acts that touch the limitation of an invoice, in the order of their dates.
    #[must_use]
    pub fn limitation_acts_of(&self, invoice: Seq) -> Vec<&LimitationAct> {
        let acts = self.all_of(&self.limitation_acts, invoice, content!(LimitationActRecorded));
        let mut acts: Vec<_> = acts.map(|(_, act)| act).collect();
        acts.sort_by_key(|act| act.on);
        acts
    }

    /// Returns the invoice that now claims what this one claimed.
    #[must_use]
    pub fn current(&self, invoice: Seq) -> Seq {
        self.current_on(invoice, Date::MAX)
    }

    /// Returns the invoice that claimed, at the end of a day, what this one claimed.
    pub(crate) fn current_on(&self, invoice: Seq, as_of: Date) -> Seq {
        let mut current = invoice;
        let superseding = |invoice| self.replacements.get(&invoice).filter(|_| self.is_superseded(invoice, as_of));
        // A replacement always points to a later fact, so this ends.
        while let Some(replacement) = superseding(current) {
            current = replacement.by;
        }
        current
    }

    /// Returns the replacement of an invoice by another.
    #[must_use]
    pub fn replacement(&self, invoice: Seq) -> Option<&Replacement> {
        self.replacements.get(&invoice)
    }
}

/// What dunning runs on.
impl Ledger {
    /// Returns what was said, agreed, held back or handed over with a debtor, in the order it was recorded.
    pub fn episodes_of<'a>(&'a self, file: &'a DebtorFile) -> impl Iterator<Item = (Seq, &'a Fact)> {
        file.episodes.iter().filter_map(|seq| Some((*seq, &self.fact(*seq)?.fact)))
    }

    /// Returns the policies that the owner adopted, version by version.
    pub fn policies(&self) -> impl Iterator<Item = (Seq, &Policy)> {
        self.all_on(&self.policies, content!(PolicyAdopted))
    }

    /// Returns the credits of the bank that nothing explains.
    pub fn unmatched_credits(&self) -> impl Iterator<Item = (Seq, &BankCredit)> {
        let unmatched = |(seq, _): &(Seq, &BankCredit)| !self.explained.contains(seq);
        self.all_on(&self.bank_credits, content!(BankCreditSeen)).filter(unmatched)
    }

    /// Returns the last day that the owner saw of his bank account.
    #[must_use]
    pub fn bank_checked_through(&self) -> Option<Date> {
        self.bank_checked_through
    }

    /// Returns the due dates of an invoice, instalment by instalment, as they were agreed by the end of a day.
    #[must_use]
    pub fn due_dates(&self, invoice: Seq, as_of: Date) -> Vec<DueDate> {
        let stated = self.invoice(invoice).instalments.iter().map(|instalment| instalment.due_on);
        let mut due_dates: Vec<DueDate> =
            stated.map(|due_on| DueDate { stated: due_on, present: due_on, late_after: due_on }).collect();
        for (_, change) in self.all_of(&self.due_date_changes, invoice, content!(DueDateChanged)) {
            let part = due_dates.get_mut(change.instalment as usize).filter(|_| change.on <= as_of);
            if let Some(part) = part {
                part.present = change.due_on;
                part.late_after = match change.interest {
                    InterestFrom::OriginalDueDate => part.stated,
                    InterestFrom::NewDueDate => change.due_on,
                };
            }
        }
        due_dates
    }

    /// Returns how much of what is open on an invoice is disputed at the end of a day: all of it, or a part.
    #[must_use]
    pub fn contested(&self, invoice: Seq, open: Amount, as_of: Date) -> Amount {
        let episodes = || self.episodes_of(self.debtor(self.invoice(invoice).debtor));
        let is_closed = |dispute: Seq| {
            let closes = |fact: &Fact| matches!(fact, Fact::DisputeClosed(closing) if closing.dispute == dispute && closing.on <= as_of);
            episodes().any(|(_, fact)| closes(fact))
        };
        let disputes = episodes()
            .filter_map(|(seq, fact)| if let Fact::DisputeOpened(it) = fact { Some((seq, it)) } else { None });
        let ours = disputes.filter(|(_, dispute)| dispute.invoice == invoice && dispute.on <= as_of);
        let open_ones = ours.filter(|(seq, _)| !is_closed(*seq));
        open_ones.map(|(_, dispute)| dispute.amount.unwrap_or(open)).sum::<Amount>().min(open)
    }

    /// Returns what may be claimed of what is due on an invoice: what is disputed is charged first to what is to come.
    #[must_use]
    pub fn undisputed(&self, invoice: Seq, (due, to_come): (Amount, Amount), as_of: Date) -> Amount {
        let contested = self.contested(invoice, due + to_come, as_of);
        due - (contested - to_come).max(Amount::ZERO)
    }

    /// Returns a promise, if there is one of this name.
    #[must_use]
    pub fn find_promise(&self, seq: Seq) -> Option<&Promise> {
        self.on(&self.episodes, seq, content!(PromiseMade))
    }

    /// Returns a plan, if there is one of this name.
    #[must_use]
    pub fn find_plan(&self, seq: Seq) -> Option<&Plan> {
        self.on(&self.episodes, seq, content!(PlanAgreed))
    }
}

/// Lookups of what another fact names: a fact is recorded only if what it names exists.
impl Ledger {
    /// Returns a debtor that a fact names.
    #[must_use]
    pub fn debtor(&self, seq: Seq) -> &DebtorFile {
        self.debtors.get(&seq).expect("BUG: facts name only debtors that exist")
    }

    /// Returns an invoice that a fact names.
    #[must_use]
    pub fn invoice(&self, seq: Seq) -> &Invoice {
        self.find_invoice(seq).expect("BUG: facts name only invoices that exist")
    }

    /// Returns a credit note that a fact names.
    #[must_use]
    pub fn credit_note(&self, seq: Seq) -> &CreditNote {
        self.find_credit_note(seq).expect("BUG: facts name only credit notes that exist")
    }

    /// Returns a payment that a fact names.
    #[must_use]
    pub fn payment(&self, seq: Seq) -> &Payment {
        let payment = self.on(&self.payments, seq, content!(PaymentReceived));
        payment.expect("BUG: facts name only payments that exist")
    }

    /// Returns a letter that a fact names.
    #[must_use]
    pub fn letter(&self, seq: Seq) -> &LetterFile {
        self.letters.get(&seq).expect("BUG: facts name only letters that exist")
    }

    /// Returns a piece of evidence that a fact names.
    #[must_use]
    pub fn exhibit(&self, seq: Seq) -> &Exhibit {
        let exhibit = self.on(&self.exhibits, seq, content!(ExhibitAdded));
        exhibit.expect("BUG: facts name only exhibits that exist")
    }

    /// Returns a waiver that a fact names.
    #[must_use]
    pub fn waiver(&self, seq: Seq) -> &Waiver {
        let waiver = self.fact(seq).map(|recorded| &recorded.fact).and_then(content!(WaiverGranted));
        waiver.expect("BUG: facts name only waivers that exist")
    }
}

/// What `account` runs on.
impl Ledger {
    /// Says whether an invoice counts as never issued, for another has taken its place and its payments.
    pub(crate) fn is_superseded(&self, invoice: Seq, as_of: Date) -> bool {
        self.replacements.get(&invoice).is_some_and(|replacement| replacement.carries_over() && replacement.on <= as_of)
    }

    /// Returns the final invoice that takes up a deposit invoice and deducts what was paid on it.
    pub(crate) fn replacement_of(&self, invoice: Seq) -> Option<&Replacement> {
        self.replacements.get(&invoice).filter(|replacement| !replacement.carries_over())
    }

    pub(crate) fn waivers_of(&self, invoice: Seq) -> impl Iterator<Item = (Seq, Date)> {
        self.all_of(&self.waivers, invoice, content!(WaiverGranted)).map(|(seq, waiver)| (seq, waiver.on))
    }

    pub(crate) fn capitalisations_of(&self, invoice: Seq) -> impl Iterator<Item = Date> {
        self.all_of(&self.capitalisations, invoice, content!(CapitalisationRecorded)).map(|(_, rule)| rule.from)
    }

    pub(crate) fn credited_invoice(&self, credit_note: Seq) -> Option<Seq> {
        self.assigned.get(&credit_note).copied().or(self.credit_note(credit_note).invoice)
    }

    /// Returns the invoices that a payment is meant for, as the owner last wrote it down.
    pub fn chosen_invoices(&self, payment: Seq) -> Vec<Seq> {
        self.allocated.get(&payment).unwrap_or(&self.payment(payment).chosen).clone()
    }
}

impl DebtorFile {
    fn new(debtor: Debtor) -> Self {
        Self {
            debtor,
            invoices: Vec::new(),
            credit_notes: Vec::new(),
            payments: Vec::new(),
            exhibits: Vec::new(),
            letters: Vec::new(),
            episodes: Vec::new(),
            insolvency: None,
            corrected: None,
        }
    }
}

/// A name as it is compared: lower case, single spaces.
pub(crate) fn folded(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
