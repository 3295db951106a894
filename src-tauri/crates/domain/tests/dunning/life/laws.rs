//! What must hold after every fact. Worked out from the facts themselves, not by the functions that are on trial.

use std::collections::{BTreeMap, BTreeSet};

use dument_domain::arrangement::LevelsAfter;
use dument_domain::calendar::add_days;
use dument_domain::contact::{Contact, ContactKind};
use dument_domain::dunning::agenda::Item;
use dument_domain::dunning::{Action, Decision, Draft, LevelId, Means, Policies, Step, Task, agenda, decide, draft};
use dument_domain::ledger::LetterFile;
use dument_domain::party::Handling;
use dument_domain::statement::{Selection, Statement};
use dument_domain::{Amount, Currency, Date, Fact, Fault, Ledger, Seq};

use super::{Life, owner};

/// What was done so far, as the journal tells it.
#[derive(Default)]
struct Past<'a> {
    /// By instalment: the steps that a letter or a call carried out, or is about to, in its present cycle.
    steps: BTreeMap<(Seq, u32), Vec<&'a LevelId>>,
    /// By instalment: the last day one of them was done, in its present cycle.
    done_on: BTreeMap<(Seq, u32), Date>,
    /// By instalment: where the owner chose to go at once, in its present cycle.
    jumps: BTreeMap<(Seq, u32), &'a LevelId>,
    /// By instalment: the levels for which a call reached nobody, in its present cycle.
    in_vain: BTreeMap<(Seq, u32), Vec<&'a LevelId>>,
    /// By debtor and currency: the last day a reminder left, or was drawn up to leave.
    written_on: BTreeMap<(Seq, Currency), Date>,
    /// By debtor, currency and day: the reminders of the policy that left, but for those whose departure was taken back.
    sent: BTreeMap<(Seq, Currency, Date), Vec<Seq>>,
}

impl<'a> Past<'a> {
    fn of(life: &'a Life) -> Self {
        let mut past = Self::default();
        let taken_back: BTreeSet<Seq> = life.taken_back().collect();
        for (seq, fact) in life.facts() {
            match fact {
                Fact::DueDateChanged(change) if change.levels == LevelsAfter::StartAgain => {
                    let part = (change.invoice, change.instalment);
                    past.steps.remove(&part);
                    past.done_on.remove(&part);
                    past.jumps.remove(&part);
                    past.in_vain.remove(&part);
                }
                Fact::LevelJumped(jump) => {
                    past.jumps.insert((jump.invoice, jump.instalment), &jump.to);
                }
                Fact::ContactLogged(contact) if contact.carries_out() => past.took(&contact.steps, contact.on),
                Fact::ContactLogged(contact) => {
                    for step in &contact.steps {
                        past.in_vain.entry((step.invoice, step.instalment)).or_default().push(&step.level);
                    }
                }
                Fact::LetterIssued(_) => past.wrote(seq, life.ledger.letter(seq), &taken_back),
                _ => {}
            }
        }
        past
    }

    fn wrote(&mut self, seq: Seq, file: &'a LetterFile, taken_back: &BTreeSet<Seq>) {
        let letter = &file.letter;
        self.took(&letter.steps, file.left_on());
        if letter.model.reminds() {
            let last = self.written_on.entry((letter.debtor, letter.currency)).or_insert(file.left_on());
            *last = file.left_on().max(*last);
        }
        let by_policy = !letter.steps.is_empty() && !taken_back.contains(&seq);
        if let Some(sending) = file.sending.as_ref().filter(|_| by_policy) {
            self.sent.entry((letter.debtor, letter.currency, sending.on)).or_default().push(seq);
        }
    }

    fn took(&mut self, steps: &'a [Step], on: Date) {
        for step in steps {
            let part = (step.invoice, step.instalment);
            self.steps.entry(part).or_default().push(&step.level);
            let last = self.done_on.entry(part).or_insert(on);
            *last = on.max(*last);
        }
    }

    fn steps_of(&self, step: &Step) -> &[&'a LevelId] {
        self.steps.get(&(step.invoice, step.instalment)).map_or(&[], Vec::as_slice)
    }
}

/// Says whether a task asks the debtor for something.
fn reminds(task: &Task) -> bool {
    matches!(task.action, Action::Call | Action::Write(_) | Action::MatchFirst { .. })
}

fn writes(task: &Task) -> bool {
    matches!(task.action, Action::Write(_) | Action::MatchFirst { .. })
}

impl Life {
    /// Looks at every law.
    pub(super) fn obey(&self) {
        self.one_reminder_at_most();
        let past = Past::of(self);
        let twice = past.sent.iter().find(|(_, letters)| letters.len() > 1);
        assert_eq!(twice, None, "two reminders left on one day");
        for task in self.tasks.iter().filter(|task| reminds(task) || task.action == Action::Decide) {
            self.goes_forward(task, &past);
            self.skips_nothing(task, &past);
            self.leaves_him_some_days(task, &past);
            self.asks_only_for_what_is_owed(task);
        }
        for task in self.tasks.iter().filter(|task| task.action == Action::DeclareClaim) {
            assert!(self.is_insolvent(task.debtor.unwrap()), "the proceedings are over: {task:?}");
        }
        if self.ledger.facts().len().is_multiple_of(50) {
            self.can_be_read_again();
            self.adds_up();
        }
    }

    /// Returns the letters that the owner believed gone, and that were not.
    fn taken_back(&self) -> impl Iterator<Item = Seq> {
        let cancelled = self.ledger.facts().iter().filter(|recorded| self.ledger.cancellation(recorded.seq).is_some());
        cancelled.filter_map(
            |recorded| if let Fact::LetterSent(sending) = &recorded.fact { Some(sending.letter) } else { None },
        )
    }

    fn one_reminder_at_most(&self) {
        let mut asked: Vec<_> =
            self.tasks.iter().filter(|task| reminds(task)).map(|task| (task.debtor, task.currency)).collect();
        asked.sort();
        let count = asked.len();
        asked.dedup();
        assert_eq!(asked.len(), count, "one reminder at most for each debtor and currency");
    }

    /// No level twice in a cycle, none on the day of another, none before one that was done, none that was set aside.
    fn goes_forward(&self, task: &Task, past: &Past<'_>) {
        assert!(!task.items.is_empty(), "a task is about something: {task:?}");
        for step in owner::steps(task) {
            let done = past.steps_of(&step);
            assert!(!done.contains(&&step.level), "{step:?} was done already: {task:?}");
            let policy = self.policies.running(step.policy);
            let place = policy.place(&step.level).unwrap();
            let before = done.iter().filter_map(|level| policy.place(level)).max();
            assert!(before.is_none_or(|before| before < place), "{step:?} goes back: {task:?}");
            let last = past.done_on.get(&(step.invoice, step.instalment));
            assert!(last.is_none_or(|last| *last < self.today), "{step:?} is the second of the day: {task:?}");
            assert!(!policy.levels[place].archived, "{step:?} was set aside: {task:?}");
        }
    }

    /// No level is skipped, but a notice whose time is past, one set aside, one called in vain, and those of a jump.
    fn skips_nothing(&self, task: &Task, past: &Past<'_>) {
        for step in owner::steps(task) {
            let part = (step.invoice, step.instalment);
            let policy = self.policies.running(step.policy);
            let jumped = past.jumps.get(&part).and_then(|to| policy.place(to));
            let after =
                past.steps_of(&step).iter().filter_map(|level| policy.place(level)).max().map(|place| place + 1);
            let first = after.max(jumped).unwrap_or(0);
            for level in &policy.levels[first..policy.place(&step.level).unwrap()] {
                let in_vain =
                    past.in_vain.get(&part).map_or(0, |tried| tried.iter().filter(|it| **it == &level.id).count());
                assert!(level.archived || level.is_preventive() || in_vain >= 3, "{} was skipped: {task:?}", level.id);
            }
        }
    }

    /// A writing waits until the last one is some days old.
    fn leaves_him_some_days(&self, task: &Task, past: &Past<'_>) {
        let Some(last) = past.written_on.get(&(task.debtor.unwrap(), task.currency)).filter(|_| writes(task)) else {
            return;
        };
        for step in owner::steps(task) {
            let policy = self.policies.running(step.policy);
            let is_written = matches!(policy.level(&step.level).unwrap().means, Means::Writing(_));
            let free_on = add_days(*last, policy.care.between_writings.max(1));
            assert!(!is_written || free_on <= self.today, "written to on {last}, again too early: {task:?}");
        }
    }

    /// Everything asked for is his, in that currency, overdue, not suspended, not paid, not disputed.
    fn asks_only_for_what_is_owed(&self, task: &Task) {
        let debtor = task.debtor.unwrap();
        let invoices: Vec<Seq> = self.ledger.debtor(debtor).invoices.clone();
        let statement = self.statement(debtor, task.currency, Selection::Only(&invoices));
        let mut asked: BTreeMap<Seq, Amount> = BTreeMap::new();
        for item in &task.items {
            assert!(item.amount.is_positive(), "nothing is asked for: {task:?}");
            *asked.entry(item.invoice).or_default() += item.amount;
            self.is_due(task, item);
            if let Some(fact) = self.held_back_by(debtor, item.invoice, &statement) {
                panic!("held back by {fact:?}: {task:?}");
            }
        }
        for (invoice, amount) in asked {
            let issued = self.ledger.invoice(invoice);
            assert_eq!((issued.debtor, issued.currency), (debtor, task.currency), "somebody else’s: {task:?}");
            let claim = statement.claims.iter().find(|claim| claim.invoice == invoice).expect("it is on his account");
            let open = claim.remaining.principal + claim.not_due;
            let undisputed = open - self.ledger.contested(invoice, open, self.today);
            assert!(amount <= undisputed, "{undisputed} can be asked of invoice {invoice}: {task:?}");
        }
    }

    fn is_insolvent(&self, debtor: Seq) -> bool {
        let closed = |opened: Seq| {
            self.facts().any(|(_, fact)| ends(fact).is_some_and(|(of, on)| of == opened && on <= self.today))
        };
        self.facts().any(|(seq, fact)| {
            matches!(fact, Fact::InsolvencyOpened(it) if it.debtor == debtor && it.judgment_on <= self.today)
                && !closed(seq)
        })
    }

    fn is_due(&self, task: &Task, item: &Item) {
        let step = item.step.as_ref().unwrap();
        let level = self.policies.running(step.policy).level(&step.level).unwrap();
        let due_on = self.ledger.due_dates(item.invoice, self.today)[item.instalment as usize].present;
        assert!(due_on < self.today || level.is_preventive(), "due on {due_on} only: {task:?}");
    }

    /// Returns what keeps the owner from speaking of an invoice today.
    fn held_back_by(&self, debtor: Seq, invoice: Seq, statement: &Statement) -> Option<String> {
        let file = self.ledger.debtor(debtor);
        if file.debtor.handling == Handling::NotReminded {
            return Some("never reminded".to_owned());
        }
        let names = |named: &[Seq]| self.names(named, invoice);
        let is_over = |of: Seq| {
            let endings = self.ledger.episodes_of(file).filter_map(|(_, fact)| ends(fact));
            endings.into_iter().any(|(ended, on)| ended == of && on <= self.today)
        };
        let received = |since: Seq, from: Date, named: &[Seq]| -> Amount {
            let claims = statement.claims.iter().filter(|claim| self.names(named, claim.invoice));
            let payments = claims.flat_map(|claim| &claim.payments);
            payments.filter(|it| it.payment > since && it.received_on >= from).map(|it| it.settled.total()).sum()
        };
        let holds = |seq: Seq, fact: &Fact| match fact {
            Fact::HoldSet(hold) => names(&hold.invoices) && hold.until >= self.today,
            Fact::DisputeOpened(dispute) => dispute.amount.is_none() && names(&[dispute.invoice]),
            Fact::HandedOver(given) => names(&given.invoices),
            Fact::InsolvencyOpened(_) => true,
            Fact::DirectDebitExpected(debit) => {
                names(&debit.invoices) && add_days(debit.debit_on, debit.rejection_days) >= self.today
            }
            Fact::PromiseMade(promise) => {
                names(&promise.invoices)
                    && promise.due_on >= self.today
                    && received(seq, promise.made_on, &promise.invoices) < promise.amount
            }
            Fact::PlanAgreed(plan) => {
                let owed: Amount = plan.instalments.iter().map(|instalment| instalment.amount).sum();
                names(&plan.invoices) && received(seq, plan.agreed_on, &plan.invoices) < owed
            }
            _ => false,
        };
        let episodes = self.ledger.episodes_of(file).filter(|(_, fact)| fact.happened_on().unwrap() <= self.today);
        let mut holding = episodes.filter(|(seq, fact)| holds(*seq, fact) && !is_over(*seq));
        holding.next().map(|(seq, fact)| format!("{seq} {fact:?}"))
    }

    /// Says whether invoices that a fact names, all of them when it names none, now stand for this one.
    fn names(&self, named: &[Seq], invoice: Seq) -> bool {
        named.is_empty() || named.iter().any(|it| self.ledger.current(*it) == invoice)
    }

    /// What was just done is not proposed again, and cannot be done twice.
    pub(super) fn expect_done(&self, task: &Task) {
        let steps = owner::steps(task);
        let again = self.tasks.iter().filter(|task| reminds(task) || task.action == Action::Decide);
        for proposed in again {
            let twice = owner::steps(proposed).into_iter().find(|step| steps.contains(step));
            assert_eq!(twice, None, "just done: {task:?}");
        }
        let contact = Contact {
            debtor: task.debtor.unwrap(),
            invoices: Vec::new(),
            on: self.today,
            kind: ContactKind::Meeting,
            with: None,
            by: None,
            cause: None,
            said: String::new(),
            steps,
        };
        let faults = self.ledger.check(&Fact::ContactLogged(contact), self.today);
        assert!(faults.iter().any(Fault::is_refusal), "done twice: {task:?}");
    }

    /// A letter that was just drawn up says what is owed.
    pub(super) fn expect_fresh(&self, letter: Seq) {
        let worth = draft(&self.ledger, &self.policies, &self.ledger.letter(letter).letter, self.today);
        assert_eq!(worth, Draft::Fresh, "letter {letter} was drawn up a moment ago");
    }

    /// The journal read from its first line gives the same list and the same figures.
    fn can_be_read_again(&self) {
        let reopened = Ledger::from_facts(self.ledger.facts().to_vec());
        let tasks = agenda(&reopened, &Policies::of(&reopened), self.today);
        assert_eq!(tasks, self.tasks, "the journal read again");
    }

    /// The total of a décompte is the sum of its lines.
    fn adds_up(&self) {
        for debtor in &self.debtors {
            let statement = self.statement(*debtor, Currency::EUR, Selection::Open);
            for claim in &statement.claims {
                let lines: Amount = claim.lines.iter().map(|line| line.amount).sum();
                assert_eq!(claim.interest, lines, "interest of invoice {}", claim.invoice);
            }
            let printed: Amount = statement.claims.iter().map(|claim| claim.remaining.total()).sum();
            assert_eq!(statement.total(), printed - statement.credit(), "total of debtor {debtor}");
        }
    }

    /// Keeps the agenda of some evenings, and looks into every case: each can say why it is, or is not, on the list.
    pub(super) fn keep_the_evening(&mut self) {
        if !self.dice.percent(4) {
            return;
        }
        self.evenings.push((self.today, self.ledger.facts().len(), self.tasks.clone()));
        for debtor in &self.debtors {
            for (currency, case) in self.cases(*debtor) {
                let decision = decide(self.policies.running(case.policy), &case, self.today);
                assert!(!decision.grounds().is_empty(), "no reason for {case:?}");
                assert!(decision.grounds().iter().all(|ground| !ground.sentence(currency).is_empty()));
                let held = case.suspensions.iter().any(|suspension| !suspension.is_over(self.today));
                assert!(!held || matches!(decision, Decision::Hold { .. }), "held, and yet {decision:?}");
            }
        }
    }

    /// The list of an evening can be found again, whatever happened since.
    pub(super) fn remember_the_past(&self) {
        for (on, count, tasks) in &self.evenings {
            let then = Ledger::from_facts(self.ledger.facts()[..*count].to_vec());
            assert_eq!(&agenda(&then, &Policies::of(&then), *on), tasks, "the list of {on}");
        }
    }
}

/// Returns what a fact ends, and when.
fn ends(fact: &Fact) -> Option<(Seq, Date)> {
    match fact {
        Fact::HoldLifted(ending) | Fact::TakenBack(ending) | Fact::InsolvencyClosed(ending) => {
            Some((ending.of, ending.on))
        }
        Fact::DisputeClosed(closing) => Some((closing.dispute, closing.on)),
        Fact::PlanLapsed(lapse) => Some((lapse.plan, lapse.on)),
        _ => None,
    }
}
