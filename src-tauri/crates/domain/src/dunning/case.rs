//! Where each instalment of a debtor stands on a day: what is left of it, what was done about it, what suspends it.

use std::collections::BTreeMap;

use super::agenda::covered;
use super::level::{Level, LevelId};
use super::policy::{Policy, PolicyId, StandardPolicy};
use super::{LevelJump, PolicyAssignment, Step};
use crate::account::{Account, AppliedPayment, Claim};
use crate::arrangement::{LevelsAfter, Plan, Promise};
use crate::calendar::add_days;
use crate::contact::{CallOutcome, Contact, ContactKind};
use crate::conventions::MissingRates;
use crate::fact::{Fact, Seq};
use crate::ledger::{DebtorFile, Ledger, LetterFile};
use crate::party::Handling;
use crate::proceedings::Mandatary;
use crate::{Amount, Currency, Date};

/// A level that was carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// Which level.
    pub level: LevelId,
    /// Of which version of which policy.
    pub policy: PolicyId,
    /// When it left, or was done.
    pub on: Date,
    /// When it arrived, as far as is known: the next delay is counted from there.
    pub arrived_on: Date,
    /// Days to pay that it left.
    pub delay_days: u32,
}

/// What keeps the owner quiet about an instalment; it never removes it from a balance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Suspension {
    /// A quiet time that the owner set.
    Hold {
        /// The last quiet day.
        until: Date,
        /// Why.
        reason: String,
    },
    /// A promise that may still be kept.
    Promise {
        /// Which one.
        promise: Seq,
        /// How much.
        amount: Amount,
        /// For when.
        due_on: Date,
        /// The last day it may come.
        until: Date,
    },
    /// A dispute of the whole.
    Dispute {
        /// Since when.
        since: Date,
    },
    /// A payment plan.
    Plan {
        /// Which one.
        plan: Seq,
        /// Its next instalment unpaid.
        due_on: Date,
        /// The last day it may come.
        until: Date,
    },
    /// A debit that the bank may still carry out or reject.
    DirectDebit {
        /// When the account is debited.
        debit_on: Date,
        /// The last day the bank may reject it.
        until: Date,
    },
    /// Somebody else collects.
    HandedOver {
        /// Since when.
        since: Date,
        /// What kind of person.
        to: Mandatary,
        /// Who.
        name: String,
    },
    /// A court stops everyone.
    Insolvency {
        /// Since when.
        judgment_on: Date,
    },
    /// The owner never reminds this debtor.
    NotReminded,
}

impl Suspension {
    /// Returns the last day it lasts, where it ends by itself.
    #[must_use]
    pub fn until(&self) -> Option<Date> {
        match self {
            Self::Hold { until, .. } | Self::Promise { until, .. } | Self::DirectDebit { until, .. } => Some(*until),
            // A missed instalment waits for the owner: nothing lapses by itself.
            Self::Plan { .. }
            | Self::Dispute { .. }
            | Self::HandedOver { .. }
            | Self::Insolvency { .. }
            | Self::NotReminded => None,
        }
    }

    /// Returns the promise or the plan that a letter about it quotes.
    #[must_use]
    pub fn quoted(&self) -> Option<Seq> {
        match self {
            Self::Promise { promise, .. } => Some(*promise),
            Self::Plan { plan, .. } => Some(*plan),
            Self::Hold { .. }
            | Self::Dispute { .. }
            | Self::DirectDebit { .. }
            | Self::HandedOver { .. }
            | Self::Insolvency { .. }
            | Self::NotReminded => None,
        }
    }

    /// Says whether it is over.
    #[must_use]
    pub fn is_over(&self, today: Date) -> bool {
        self.until().is_some_and(|until| until < today)
    }
}

/// A promise that was not kept, and that no letter has quoted yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// Which promise.
    pub promise: Seq,
    /// How much.
    pub amount: Amount,
    /// For when.
    pub due_on: Date,
    /// What came of it.
    pub received: Amount,
}

/// What an instalment shares with the others of its debtor, in its currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Around {
    /// Principal overdue and not disputed; nothing for an instalment that a credit covers.
    pub overdue: Amount,
    /// What the creditor owes the debtor.
    pub credit: Amount,
    /// When something written last left, or was drawn up to leave.
    pub written_on: Option<Date>,
    /// A reminder that was drawn up and has not left: nothing else is written meanwhile.
    pub waiting: Option<Seq>,
}

/// One instalment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Of which invoice.
    pub invoice: Seq,
    /// Which one, the first being 0.
    pub instalment: u32,
    /// When it falls due.
    pub due_on: Date,
    /// When it was to fall due, as the invoice says.
    pub stated_due_on: Date,
    /// Principal unpaid.
    pub remaining: Amount,
    /// How much of it is disputed.
    pub contested: Amount,
    /// Under which version of which policy.
    pub policy: PolicyId,
    /// Levels carried out, in the order they were.
    pub done: Vec<Done>,
    /// A level drawn up and not sent, and its letter.
    pub prepared: Option<(LevelId, Seq)>,
    /// Calls since then that reached nobody.
    pub attempts: Vec<Date>,
    /// The level that the owner chose to go to at once, and when he did.
    pub jump: Option<(LevelId, Date)>,
    /// What keeps the owner quiet.
    pub suspensions: Vec<Suspension>,
    /// A broken promise to be quoted.
    pub broken: Option<Broken>,
    /// What it shares with the others.
    pub around: Around,
}

impl Case {
    /// Returns what can be claimed of it.
    #[must_use]
    pub fn claimable(&self) -> Amount {
        (self.remaining - self.contested).max(Amount::ZERO)
    }

    /// Returns the step that a level would be for it.
    #[must_use]
    pub fn step(&self, level: &Level) -> Step {
        Step { invoice: self.invoice, instalment: self.instalment, level: level.id.clone(), policy: self.policy }
    }

    /// Says whether something of it is overdue and can be claimed.
    #[must_use]
    pub fn is_overdue(&self, today: Date) -> bool {
        self.due_on < today && self.claimable().is_positive()
    }
}

/// All the instalments of one debtor in one currency.
#[derive(Debug, Clone)]
pub struct Position {
    /// Who.
    pub debtor: Seq,
    /// How he is reminded.
    pub handling: Handling,
    /// In which currency.
    pub currency: Currency,
    /// His instalments unpaid, the oldest due date first.
    pub cases: Vec<Case>,
    /// His plans under way, and what was received on each.
    pub plans: Vec<(Seq, Amount)>,
}

/// Where a promise stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PromiseState {
    /// It may still be kept.
    Pending,
    /// Everything came.
    Kept,
    /// A part came.
    PartKept,
    /// Nothing came.
    Broken,
}

/// The policies of the company on a day, and which one each case is under.
#[derive(Debug, Clone)]
pub struct Policies {
    /// By version; the standard ones included.
    versions: BTreeMap<PolicyId, Policy>,
    /// The latest version of each name.
    latest: BTreeMap<String, PolicyId>,
    /// The policy on trial, which takes the place of the one of its name or standing.
    trial: Option<Policy>,
}

impl Policies {
    /// Returns the policies adopted in a ledger, and those that come with the program.
    #[must_use]
    pub fn of(ledger: &Ledger) -> Self {
        let standard = StandardPolicy::ALL.map(|which| (PolicyId::Standard(which), Policy::standard(which)));
        let mut policies = Self { versions: BTreeMap::new(), latest: BTreeMap::new(), trial: None };
        let adopted = ledger.policies().map(|(seq, policy)| (PolicyId::Adopted(seq), policy.clone()));
        for (id, policy) in standard.into_iter().chain(adopted) {
            policies.latest.insert(policy.name.clone(), id);
            policies.versions.insert(id, policy);
        }
        policies
    }

    /// Returns the same with a policy tried out in the place of the one of its name, and for its standing.
    #[must_use]
    pub fn trying(mut self, policy: Policy) -> Self {
        self.trial = Some(policy);
        self
    }

    /// Returns a version.
    #[must_use]
    pub fn get(&self, id: PolicyId) -> &Policy {
        self.versions.get(&id).expect("BUG: steps and assignments name only policies that exist")
    }

    /// Returns the version a case runs under: the one on trial when it takes that one's place.
    #[must_use]
    pub fn running(&self, id: PolicyId) -> &Policy {
        let policy = self.get(id);
        let replaces = |trial: &&Policy| {
            trial.name == policy.name || (trial.standing.is_some() && trial.standing == policy.standing)
        };
        self.trial.as_ref().filter(replaces).unwrap_or(policy)
    }

    /// Returns the latest version of a name.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<PolicyId> {
        let wanted = crate::ledger::folded(name);
        self.latest.iter().find(|(known, _)| crate::ledger::folded(known) == wanted).map(|(_, id)| *id)
    }

    /// Returns the latest version of each name, the standard ones first.
    pub fn current(&self) -> impl Iterator<Item = (PolicyId, &Policy)> {
        self.versions
            .iter()
            .filter(|(id, policy)| self.latest.get(&policy.name) == Some(*id))
            .map(|(id, policy)| (*id, policy))
    }

    /// Returns the number of a version among those of its name, the first being 1.
    #[must_use]
    pub fn version(&self, id: PolicyId) -> usize {
        let name = &self.get(id).name;
        self.versions.iter().filter(|(known, policy)| policy.name == *name && **known <= id).count()
    }

    /// Returns the rule for a debtor of whom nothing else was said.
    #[must_use]
    pub fn default_for(&self, file: &DebtorFile) -> PolicyId {
        let standard = StandardPolicy::of(file.debtor.standing, file.debtor.handling);
        if standard != StandardPolicy::WithCare {
            let own = self.versions.iter().rev().find(|(id, policy)| {
                policy.standing == Some(file.debtor.standing) && self.latest.get(&policy.name) == Some(*id)
            });
            if let Some((id, _)) = own {
                return *id;
            }
        }
        self.latest[&Policy::standard(standard).name]
    }
}

/// What the facts say of one debtor, gathered once for all his instalments.
#[derive(Default)]
struct Gathered<'a> {
    contacts: Vec<(Seq, &'a Contact)>,
    /// Under way: the fact, the invoices it holds back (all of them when empty), and how.
    suspensions: Vec<(Seq, Vec<Seq>, Suspension)>,
    promises: Vec<(Seq, &'a Promise)>,
    plans: Vec<(Seq, &'a Plan)>,
    /// Open disputes of a part: the fact, the invoice, how much.
    disputes: Vec<(Seq, Seq, Amount)>,
    jumps: Vec<(Seq, &'a LevelJump)>,
    assignments: Vec<(Seq, &'a PolicyAssignment)>,
    /// Invoice and instalment whose steps before this fact no longer count.
    restarts: Vec<(Seq, u32, Seq)>,
}

impl<'a> Gathered<'a> {
    fn from(ledger: &'a Ledger, file: &'a DebtorFile, today: Date) -> Self {
        let mut found = Self::default();
        let mut ended: Vec<Seq> = Vec::new();
        for (seq, fact) in ledger.episodes_of(file).filter(|(_, fact)| fact.happened_on().is_none_or(|on| on <= today))
        {
            match fact {
                Fact::ContactLogged(contact) => found.contacts.push((seq, contact)),
                Fact::PromiseMade(promise) => found.promises.push((seq, promise)),
                Fact::PlanAgreed(plan) => found.plans.push((seq, plan)),
                Fact::PlanLapsed(lapse) => ended.push(lapse.plan),
                Fact::DisputeOpened(dispute) => match dispute.amount {
                    None => {
                        found.suspensions.push((seq, vec![dispute.invoice], Suspension::Dispute { since: dispute.on }));
                    }
                    Some(amount) => found.disputes.push((seq, dispute.invoice, amount)),
                },
                Fact::DisputeClosed(closing) => ended.push(closing.dispute),
                Fact::HoldSet(hold) => {
                    let suspension = Suspension::Hold { until: hold.until, reason: hold.reason.clone() };
                    found.suspensions.push((seq, hold.invoices.clone(), suspension));
                }
                Fact::HoldLifted(ending) | Fact::TakenBack(ending) | Fact::InsolvencyClosed(ending) => {
                    ended.push(ending.of);
                }
                Fact::DirectDebitExpected(debit) => {
                    let until = add_days(debit.debit_on, debit.rejection_days);
                    let suspension = Suspension::DirectDebit { debit_on: debit.debit_on, until };
                    found.suspensions.push((seq, debit.invoices.clone(), suspension));
                }
                Fact::HandedOver(given) => {
                    let suspension = Suspension::HandedOver { since: given.on, to: given.to, name: given.name.clone() };
                    found.suspensions.push((seq, given.invoices.clone(), suspension));
                }
                Fact::InsolvencyOpened(insolvency) => {
                    let suspension = Suspension::Insolvency { judgment_on: insolvency.judgment_on };
                    found.suspensions.push((seq, Vec::new(), suspension));
                }
                Fact::LevelJumped(jump) => found.jumps.push((seq, jump)),
                Fact::PolicyAssigned(assignment) => found.assignments.push((seq, assignment)),
                Fact::DueDateChanged(change) => match change.levels {
                    LevelsAfter::StartAgain => found.restarts.push((change.invoice, change.instalment, seq)),
                    LevelsAfter::Continue => {}
                },
                Fact::ReceptionConfirmed(_)
                | Fact::CompanyIdentified(_)
                | Fact::ConventionsChosen(_)
                | Fact::RateDeclared(_)
                | Fact::DebtorAdded(_)
                | Fact::DebtorCorrected { .. }
                | Fact::InvoiceRecorded(_)
                | Fact::InvoiceReplaced(_)
                | Fact::CreditNoteRecorded(_)
                | Fact::CreditNoteAssigned { .. }
                | Fact::PaymentReceived(_)
                | Fact::PaymentAllocated { .. }
                | Fact::BankChecked { .. }
                | Fact::BankCreditSeen(_)
                | Fact::BankCreditDismissed { .. }
                | Fact::ExhibitAdded(_)
                | Fact::WaiverGranted(_)
                | Fact::CapitalisationRecorded(_)
                | Fact::PolicyAdopted(_)
                | Fact::LetterIssued(_)
                | Fact::LetterSent(_)
                | Fact::LetterDelivered(_)
                | Fact::LimitationActRecorded(_)
                | Fact::FactCancelled { .. }
                | Fact::PayloadErased { .. } => {}
            }
        }
        found.suspensions.retain(|(seq, ..)| !ended.contains(seq));
        found.disputes.retain(|(seq, ..)| !ended.contains(seq));
        found.plans.retain(|(seq, _)| !ended.contains(seq));
        found
    }

    fn restarted_at(&self, invoice: Seq, instalment: u32) -> Seq {
        let of = |(restarted, part, _): &&(Seq, u32, Seq)| (*restarted, *part) == (invoice, instalment);
        self.restarts.iter().filter(of).map(|(.., seq)| *seq).max().unwrap_or(Seq::new(0))
    }
}

/// Returns the positions of a debtor, one for each currency in which something of his is unpaid.
#[must_use]
pub fn positions(ledger: &Ledger, policies: &Policies, debtor: Seq, today: Date) -> Vec<Position> {
    let file = ledger.debtor(debtor);
    let gathered = Gathered::from(ledger, file, today);
    let currencies = crate::statement::currencies(ledger, debtor);
    let position = |currency| Position::of(ledger, policies, debtor, currency, today, &gathered);
    currencies.into_iter().map(position).filter(|position| !position.cases.is_empty()).collect()
}

impl Position {
    fn of(
        ledger: &Ledger,
        policies: &Policies,
        debtor: Seq,
        currency: Currency,
        today: Date,
        gathered: &Gathered<'_>,
    ) -> Self {
        let file = ledger.debtor(debtor);
        let account = Account::principals(ledger, debtor, currency, today);
        let applied: Vec<(Seq, &AppliedPayment)> =
            account.claims.iter().flat_map(|claim| claim.payments.iter().map(|payment| (claim.seq, payment))).collect();
        let building = Building { ledger, policies, file, today, gathered, applied: &applied };
        let (written_on, waiting) = (building.written_on(currency), building.waiting(currency));
        let credit = account.credits.iter().map(|credit| credit.amount).sum();
        let mut cases: Vec<Case> = account
            .claims
            .iter()
            // Whoever paid the sum of his invoice is not reminded of what lateness added: that is for the owner to ask.
            .filter(|claim| !claim.absorbed && !claim.is_paid_at_face())
            .flat_map(|claim| building.cases_of(claim))
            .collect();
        for case in &mut cases {
            case.around = Around { overdue: Amount::ZERO, credit, written_on, waiting };
        }
        cases.sort_by_key(|case| (case.due_on, case.invoice, case.instalment));
        let plans = gathered.plans.iter().filter(|(_, plan)| plan.currency == currency);
        let plans = plans.map(|(seq, plan)| (*seq, building.received(&plan.invoices, *seq, plan.agreed_on))).collect();
        let mut position = Self { debtor, handling: file.debtor.handling, currency, cases, plans };
        position.look_around(policies, today);
        position
    }

    /// Tells each instalment what is overdue with it; nothing where a credit covers all that the reminder of the day would claim.
    pub(super) fn look_around(&mut self, policies: &Policies, today: Date) {
        let overdue = self.cases.iter().filter(|case| case.is_overdue(today)).map(Case::claimable).sum();
        self.cases.iter_mut().for_each(|case| case.around.overdue = overdue);
        // What is covered makes way for a notice before the due date, which the credit may cover as well.
        loop {
            let covered = covered(policies, self, today);
            if covered.is_empty() {
                return;
            }
            covered.into_iter().for_each(|index| self.cases[index].around.overdue = Amount::ZERO);
        }
    }
}

/// What the cases of one position are made from.
struct Building<'a> {
    ledger: &'a Ledger,
    policies: &'a Policies,
    file: &'a DebtorFile,
    today: Date,
    gathered: &'a Gathered<'a>,
    /// Invoice, and a part of a payment that settled a part of it.
    applied: &'a [(Seq, &'a AppliedPayment)],
}

/// The levels carried out, each with its fact, and the one drawn up with its letter.
type Steps = (Vec<(Seq, Done)>, Option<(LevelId, Seq)>);

impl Building<'_> {
    /// Returns the reminders of this debtor in a currency: each currency has its own letters.
    fn reminders(&self, currency: Currency) -> impl Iterator<Item = (Seq, &LetterFile)> {
        let letters = self.file.letters.iter().map(|seq| (*seq, self.ledger.letter(*seq)));
        letters.filter(move |(_, file)| file.letter.model.reminds() && file.letter.currency == currency)
    }

    /// Returns when a reminder last left, or was drawn up to leave.
    fn written_on(&self, currency: Currency) -> Option<Date> {
        self.reminders(currency).map(|(_, file)| file.left_on()).filter(|on| *on <= self.today).max()
    }

    /// Returns the reminder that was drawn up, and has not left.
    fn waiting(&self, currency: Currency) -> Option<Seq> {
        let has_left = |file: &LetterFile| file.sending.as_ref().is_some_and(|sending| sending.on <= self.today);
        let mut reminders = self.reminders(currency);
        reminders.find(|(_, file)| file.letter.issued_on <= self.today && !has_left(file)).map(|(seq, _)| seq)
    }

    /// Returns what was received on these invoices since a fact.
    fn received(&self, invoices: &[Seq], since: Seq, from: Date) -> Amount {
        received(self.ledger, self.applied, invoices, (since, from), self.today)
    }

    fn cases_of(&self, claim: &Claim<'_>) -> Vec<Case> {
        let due_dates = self.ledger.due_dates(claim.seq, self.today);
        let mut contested: Amount =
            self.gathered.disputes.iter().filter(|(_, invoice, _)| *invoice == claim.seq).map(|(.., sum)| *sum).sum();
        let mut cases = Vec::new();
        // The last instalments are the ones disputed first: what fell due earlier is claimed as long as possible.
        for debt in claim.debts.iter().rev().filter(|debt| debt.principal.is_positive()) {
            let share = contested.min(debt.principal);
            contested -= share;
            let stated_due_on = due_dates[debt.instalment as usize].stated;
            cases.push(self.case(claim.seq, debt.instalment, (stated_due_on, debt.due_on), (debt.principal, share)));
        }
        cases
    }

    fn case(
        &self,
        invoice: Seq,
        instalment: u32,
        (stated_due_on, due_on): (Date, Date),
        (remaining, contested): (Amount, Amount),
    ) -> Case {
        let (mut done, prepared) = self.steps(invoice, instalment);
        let policy = self.policy_of(invoice, done.last());
        let restarted_at = self.gathered.restarted_at(invoice, instalment);
        let (suspensions, broken) = self.suspensions(invoice, policy);
        let attempts = self.attempts(invoice, instalment, done.last());
        // The third call to nobody is enough: the reminders go on.
        if let Some((_, level)) = attempts.get(2) {
            let (on, _) = attempts[attempts.len() - 1];
            done.push((Seq::new(0), Done { level: level.clone(), policy, on, arrived_on: on, delay_days: 0 }));
        }
        let mut jumps = self
            .gathered
            .jumps
            .iter()
            .filter(|(seq, jump)| (jump.invoice, jump.instalment) == (invoice, instalment) && *seq > restarted_at);
        Case {
            invoice,
            instalment,
            due_on,
            stated_due_on,
            remaining,
            contested,
            policy,
            done: done.into_iter().map(|(_, done)| done).collect(),
            prepared,
            attempts: if attempts.len() < 3 { attempts.into_iter().map(|(on, _)| on).collect() } else { Vec::new() },
            jump: jumps.next_back().map(|(_, jump)| (jump.to.clone(), jump.on)),
            suspensions,
            broken,
            around: Around { overdue: Amount::ZERO, credit: Amount::ZERO, written_on: None, waiting: None },
        }
    }

    /// Returns the levels carried out for an instalment, and the one that is ready to leave.
    fn steps(&self, invoice: Seq, instalment: u32) -> Steps {
        let restarted_at = self.gathered.restarted_at(invoice, instalment);
        let concerned = |step: &&Step| (step.invoice, step.instalment) == (invoice, instalment);
        let mut done = Vec::new();
        let mut prepared = None;
        for seq in self.file.letters.iter().filter(|seq| **seq > restarted_at) {
            let file = self.ledger.letter(*seq);
            let Some(step) = file.letter.steps.iter().find(concerned) else { continue };
            match file.sending.as_ref().filter(|sending| sending.on <= self.today) {
                Some(sending) => {
                    let transit = self.policies.get(step.policy).care.transit.of(sending.channel);
                    let expected_on = add_days(sending.on, transit);
                    done.push((
                        *seq,
                        Done {
                            level: step.level.clone(),
                            policy: step.policy,
                            on: sending.on,
                            arrived_on: file.reached_as_of(self.today).unwrap_or(expected_on),
                            delay_days: file.letter.delay_days.unwrap_or(0),
                        },
                    ));
                }
                None if file.letter.issued_on <= self.today => prepared = Some((step.level.clone(), *seq)),
                None => {}
            }
        }
        for (seq, contact) in
            self.gathered.contacts.iter().filter(|(seq, contact)| *seq > restarted_at && contact.carries_out())
        {
            let Some(step) = contact.steps.iter().find(concerned) else { continue };
            done.push((
                *seq,
                Done {
                    level: step.level.clone(),
                    policy: step.policy,
                    on: contact.on,
                    arrived_on: contact.on,
                    delay_days: 0,
                },
            ));
        }
        done.sort_by_key(|(seq, done)| (done.on, *seq));
        (done, prepared)
    }

    /// Returns the calls that reached nobody since the last step, for the level they were last made for.
    fn attempts(&self, invoice: Seq, instalment: u32, last: Option<&(Seq, Done)>) -> Vec<(Date, LevelId)> {
        let restarted_at = self.gathered.restarted_at(invoice, instalment);
        let since = last.map_or((Date::MIN, restarted_at), |(seq, done)| (done.on, *seq));
        let mut attempts: Vec<(Date, LevelId)> = Vec::new();
        for (seq, contact) in self.gathered.contacts.iter().filter(|(seq, _)| *seq > restarted_at) {
            let nobody = matches!(contact.kind, ContactKind::Call(CallOutcome::Unreachable | CallOutcome::WrongNumber));
            let step = contact.steps.iter().find(|step| (step.invoice, step.instalment) == (invoice, instalment));
            if let Some(step) = step.filter(|_| nobody && (contact.on, *seq) > since) {
                attempts.push((contact.on, step.level.clone()));
            }
        }
        let level = attempts.last().map(|(_, level)| level.clone());
        attempts.retain(|(_, tried)| Some(tried) == level.as_ref());
        attempts
    }

    /// Returns the version a case runs under: a running case keeps its own until the owner moves it.
    fn policy_of(&self, invoice: Seq, last: Option<&(Seq, Done)>) -> PolicyId {
        let for_invoice = self.gathered.assignments.iter().rev().find(|(_, given)| given.invoice == Some(invoice));
        let for_debtor = || self.gathered.assignments.iter().rev().find(|(_, given)| given.invoice.is_none());
        let assigned = for_invoice.or_else(for_debtor);
        match (assigned, last) {
            (Some((seq, given)), Some((step, done))) if step > seq => {
                // What runs since the owner's choice goes on as it began.
                if self.policies.get(done.policy).name == self.policies.get(given.policy).name {
                    done.policy
                } else {
                    given.policy
                }
            }
            (Some((_, given)), _) => given.policy,
            (None, Some((_, done))) => {
                let rule = self.policies.default_for(self.file);
                let same = self.policies.get(done.policy).name == self.policies.get(rule).name;
                if same { done.policy } else { rule }
            }
            (None, None) => self.policies.default_for(self.file),
        }
    }

    fn suspensions(&self, invoice: Seq, policy: PolicyId) -> (Vec<Suspension>, Option<Broken>) {
        let holds_back = |invoices: &[Seq]| {
            invoices.is_empty() || invoices.iter().any(|named| self.ledger.current_on(*named, self.today) == invoice)
        };
        let grace = self.policies.running(policy).care.promise_grace;
        let mut suspensions: Vec<Suspension> = Vec::new();
        if self.file.debtor.handling == Handling::NotReminded {
            suspensions.push(Suspension::NotReminded);
        }
        let under_way = self.gathered.suspensions.iter().filter(|(_, invoices, _)| holds_back(invoices));
        suspensions.extend(under_way.map(|(.., suspension)| suspension.clone()));
        let mut broken = None;
        for (seq, promise) in self.gathered.promises.iter().filter(|(_, promise)| holds_back(&promise.invoices)) {
            let received = self.received(&promise.invoices, *seq, promise.made_on);
            let until = add_days(promise.due_on, grace);
            match promise_state(promise, received, until, self.today) {
                PromiseState::Kept => broken = None,
                PromiseState::Pending => suspensions.push(Suspension::Promise {
                    promise: *seq,
                    amount: promise.amount,
                    due_on: promise.due_on,
                    until,
                }),
                PromiseState::PartKept | PromiseState::Broken => {
                    let quoted =
                        self.file.letters.iter().any(|letter| self.ledger.letter(*letter).letter.about == Some(*seq));
                    broken = (!quoted).then_some(Broken {
                        promise: *seq,
                        amount: promise.amount,
                        due_on: promise.due_on,
                        received,
                    });
                }
            }
        }
        for (seq, plan) in self.gathered.plans.iter().filter(|(_, plan)| holds_back(&plan.invoices)) {
            let received = self.received(&plan.invoices, *seq, plan.agreed_on);
            if let Some(due_on) = plan.next_due(received) {
                suspensions.push(Suspension::Plan { plan: *seq, due_on, until: add_days(due_on, grace) });
            }
        }
        (suspensions, broken)
    }
}

fn received(
    ledger: &Ledger,
    applied: &[(Seq, &AppliedPayment)],
    invoices: &[Seq],
    (since, from): (Seq, Date),
    today: Date,
) -> Amount {
    let concerned =
        |invoice: Seq| invoices.is_empty() || invoices.iter().any(|named| ledger.current_on(*named, today) == invoice);
    applied
        .iter()
        .filter(|(invoice, applied)| applied.payment > since && applied.received_on >= from && concerned(*invoice))
        .map(|(_, applied)| applied.settled.total())
        .sum()
}

/// Returns what was received from a debtor on some invoices, all of them when none is named, since a fact and its day.
#[must_use]
pub fn received_since(
    ledger: &Ledger,
    (debtor, currency): (Seq, Currency),
    invoices: &[Seq],
    since: (Seq, Date),
    today: Date,
) -> Amount {
    let account = Account::principals(ledger, debtor, currency, today);
    let applied: Vec<(Seq, &AppliedPayment)> =
        account.claims.iter().flat_map(|claim| claim.payments.iter().map(|payment| (claim.seq, payment))).collect();
    received(ledger, &applied, invoices, since, today)
}

/// Returns the principal of an invoice that is unpaid at the end of a day: what is due of it, and all of it.
#[must_use]
pub fn principal_open(ledger: &Ledger, invoice: Seq, today: Date) -> (Amount, Amount) {
    let issued = ledger.invoice(invoice);
    let account = Account::principals(ledger, issued.debtor, issued.currency, today);
    let claim = account.claims.iter().find(|claim| claim.seq == ledger.current_on(invoice, today));
    let sum = |counts: &dyn Fn(Date) -> bool| {
        let debts = claim.into_iter().flat_map(|claim| &claim.debts).filter(|debt| counts(debt.due_on));
        debts.map(|debt| debt.principal).sum()
    };
    (sum(&|due_on| due_on <= today), sum(&|_| true))
}

/// Returns what is unpaid of an invoice at the end of a day, accessories included; nothing while a rate is missing.
#[must_use]
pub fn total_open(ledger: &Ledger, invoice: Seq, today: Date) -> Amount {
    let issued = ledger.invoice(invoice);
    let missing = MissingRates::UseLastKnown;
    let Ok(account) = Account::run(ledger, issued.debtor, issued.currency, today, missing) else { return Amount::ZERO };
    let claim = account.claims.iter().find(|claim| claim.seq == ledger.current_on(invoice, today));
    claim.map_or(Amount::ZERO, |claim| {
        claim.debts.iter().map(|debt| debt.interest + debt.principal).sum::<Amount>() + claim.indemnity_open
    })
}

/// Returns where a promise stands, once something was received on it.
#[must_use]
pub fn promise_state(promise: &Promise, received: Amount, until: Date, today: Date) -> PromiseState {
    if received >= promise.amount {
        PromiseState::Kept
    } else if today <= until {
        PromiseState::Pending
    } else if received.is_positive() {
        PromiseState::PartKept
    } else {
        PromiseState::Broken
    }
}
