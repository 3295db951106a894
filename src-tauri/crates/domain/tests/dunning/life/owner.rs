//! What the owner does on a day he works: what the agenda says, most of the time.

use dument_domain::allocation::Parts;
use dument_domain::arrangement::Lapse;
use dument_domain::calendar::add_days;
use dument_domain::contact::{CallOutcome, Contact, ContactKind};
use dument_domain::conventions::MissingRates;
use dument_domain::dunning::{Action, Blocker, Claims, Means, Step, Task};
use dument_domain::fact::{
    Channel, Delivery, DeliveryOutcome, Letter, LetterModel, LimitationAct, LimitationActKind, Sending,
};
use dument_domain::law::{Confidence, Semester, SemesterRates};
use dument_domain::statement::{Request, Selection, Statement};
use dument_domain::{Amount, Currency, Date, Fact, Rate, Seq};

use super::Life;
use crate::papers;

impl Life {
    /// Does the work of the day.
    pub(super) fn work(&mut self) {
        self.answer_of_the_post();
        if self.dice.percent(10) {
            self.record(Fact::BankChecked { through: self.today });
        }
        // Some print the list in the morning and work it down; others look again after each task.
        let printed = self.dice.percent(20);
        for task in self.tasks.clone() {
            let done_otherwise = !printed && !self.tasks.contains(&task);
            if !done_otherwise && self.dice.percent(85) {
                self.carry_out(&task);
            }
        }
        self.keep_the_evening();
    }

    fn carry_out(&mut self, task: &Task) {
        match &task.action {
            Action::Call => self.call(task),
            Action::Write(channel) => self.write(task, *channel),
            Action::Decide => self.decide(task),
            Action::MatchFirst { credits } => self.explain(task, credits),
            Action::Send { letter } => self.send(*letter),
            Action::Redraw { letter } | Action::Discard { letter } => {
                self.cancel(*letter, "courrier refait ou sans objet");
            }
            Action::PlanMissed { plan } => self.press(*plan),
            Action::ReceiptMissing { letter } => self.deliver(*letter),
            Action::CameBack { .. } => self.complete(task.debtor.unwrap()),
            Action::DeclareClaim => self.act_in_law(task, LimitationActKind::ClaimDeclared),
            Action::Limitation if self.dice.percent(3) => self.act_in_law(task, LimitationActKind::CourtClaim),
            Action::RateMissing => self.enter_rate(),
            Action::Limitation | Action::PromiseDue { .. } | Action::PlanDue { .. } => {}
        }
    }

    fn call(&mut self, task: &Task) {
        let debtor = task.debtor.unwrap();
        if task.blockers.contains(&Blocker::NoPhone) {
            self.complete(debtor);
        }
        let outcome = self.dice.weighted(&[
            (50, CallOutcome::Reached),
            (15, CallOutcome::MessageLeft),
            (30, CallOutcome::Unreachable),
            (5, CallOutcome::WrongNumber),
        ]);
        self.log(task, ContactKind::Call(outcome));
        if outcome == CallOutcome::Reached && self.dice.percent(30) {
            self.promise();
        }
    }

    fn decide(&mut self, task: &Task) {
        self.log(task, ContactKind::Decision);
        if self.dice.percent(40) {
            self.hand_over();
        }
    }

    fn log(&mut self, task: &Task, kind: ContactKind) {
        let contact = Contact {
            debtor: task.debtor.unwrap(),
            invoices: Vec::new(),
            on: self.today,
            kind,
            with: None,
            by: None,
            cause: None,
            said: "Échange noté.".to_owned(),
            steps: steps(task),
        };
        let carries_out = contact.carries_out();
        let recorded = self.record(Fact::ContactLogged(contact));
        if recorded.is_some() && carries_out {
            self.expect_done(task);
        }
    }

    fn write(&mut self, task: &Task, channel: Channel) {
        let debtor = task.debtor.unwrap();
        for blocker in &task.blockers {
            match blocker {
                Blocker::NoAddress | Blocker::NoPhone | Blocker::CameBack => self.complete(debtor),
                Blocker::StaleBank { .. } => {
                    self.record(Fact::BankChecked { through: self.today });
                }
                Blocker::UnmatchedCredit { .. } | Blocker::NeverWithoutMe => {}
            }
        }
        let Some(seq) = self.try_issue(task) else { return };
        if self.dice.percent(80) {
            self.send_by(seq, channel);
        }
    }

    /// Draws up the letter of a task, unless the ledger refuses it.
    fn try_issue(&mut self, task: &Task) -> Option<Seq> {
        let seq = self.record(Fact::LetterIssued(self.drawn_up(task)))?;
        self.expect_done(task);
        self.expect_fresh(seq);
        Some(seq)
    }

    /// Draws up the letter of a task.
    pub fn issue(&mut self, task: &Task) -> Seq {
        self.try_issue(task).unwrap()
    }

    /// Draws up the letter of a task: what is due on its invoices today, less what is disputed.
    fn drawn_up(&self, task: &Task) -> Letter {
        let (policy, id) = task.level.as_ref().unwrap();
        let level = self.policies.running(*policy).level(id).unwrap();
        let mut invoices: Vec<Seq> = task.items.iter().map(|item| item.invoice).collect();
        invoices.sort();
        invoices.dedup();
        let letter = Letter {
            invoices,
            delay_days: level.delay_days,
            steps: steps(task),
            ..papers::letter(task.debtor.unwrap(), level.model.unwrap(), task.currency, self.today)
        };
        self.claiming(letter, level.claims)
    }

    /// Returns a letter with what it claims today on its invoices, less what the creditor owes.
    fn claiming(&self, letter: Letter, claims: Claims) -> Letter {
        let statement = self.statement(letter.debtor, letter.currency, Selection::Only(&letter.invoices));
        let mut sum = Parts::default();
        for claim in &statement.claims {
            let (due, to_come) = (claim.remaining.principal, claim.not_due);
            let shown =
                if letter.model.shows_what_is_to_come() { (due + to_come, Amount::ZERO) } else { (due, to_come) };
            let principal = self.ledger.undisputed(claim.invoice, shown, self.today);
            sum += Parts { principal, ..claim.remaining };
        }
        if claims == Claims::Principal {
            sum = Parts { principal: sum.principal, ..Parts::default() };
        }
        let Parts { principal, interest, indemnity } = sum;
        Letter { principal, interest, indemnity, total: sum.total() - statement.credit(), ..letter }
    }

    pub(super) fn statement(&self, debtor: Seq, currency: Currency, selection: Selection<'_>) -> Statement {
        let missing_rates = MissingRates::UseLastKnown;
        let request = Request { debtor, currency, selection, as_of: self.today, missing_rates };
        Statement::draw_up(&self.ledger, &request).unwrap()
    }

    /// Returns what is owed on an invoice today, due or to come.
    pub fn owed(&self, debtor: Seq, currency: Currency, invoice: Seq) -> Amount {
        let statement = self.statement(debtor, currency, Selection::Only(&[invoice]));
        statement.remaining().total() + statement.not_due()
    }

    /// Throws away the letters that have not left, or sends what must stay, and dismisses the credits that nothing explains.
    pub fn clear_the_desk(&mut self) {
        let waiting = self.ledger.letters().filter(|(_, file)| file.sending.is_none());
        let waiting: Vec<_> = waiting.map(|(seq, file)| (seq, file.deliveries.clone())).collect();
        for (letter, deliveries) in waiting {
            // A departure that was taken back leaves the answer of the post behind.
            deliveries.iter().for_each(|(delivery, _)| self.cancel(*delivery, "rangement"));
            self.cancel(letter, "rangement");
            if self.ledger.cancellation(letter).is_none() {
                self.send(letter);
            }
        }
        for credit in self.ledger.unmatched_credits().map(|(seq, _)| seq).collect::<Vec<_>>() {
            self.record(Fact::BankCreditDismissed { credit, reason: "rangement".to_owned() });
        }
    }

    /// Lives on from today with nobody paying or answering, doing every day what the list says; returns what was done.
    pub fn left_alone(mut self, days: u32) -> Vec<(Date, Seq, String)> {
        let mut done = Vec::new();
        let last = add_days(self.today, days);
        while self.today < last {
            let asked = self
                .tasks
                .clone()
                .into_iter()
                .filter(|task| matches!(task.action, Action::Call | Action::Write(_) | Action::Decide));
            for task in asked {
                let (policy, id) = task.level.clone().unwrap();
                let title = self.policies.running(policy).level(&id).unwrap().title.clone();
                done.push((self.today, task.debtor.unwrap(), title));
                match task.action {
                    Action::Write(channel) => {
                        let letter = self.issue(&task);
                        self.send_by(letter, channel);
                    }
                    Action::Decide => self.log(&task, ContactKind::Decision),
                    _ => self.log(&task, ContactKind::Call(CallOutcome::Reached)),
                }
            }
            self.wait(1);
        }
        done
    }

    fn send(&mut self, letter: Seq) {
        let wanted = self.ledger.letter(letter).letter.steps.first().and_then(|step| {
            match self.policies.running(step.policy).level(&step.level)?.means {
                Means::Writing(channel) => Some(channel),
                Means::Call | Means::Decision => None,
            }
        });
        self.send_by(letter, wanted.unwrap_or(Channel::Letter));
    }

    pub fn send_by(&mut self, letter: Seq, channel: Channel) {
        self.record(Fact::LetterSent(Sending { letter, on: self.today, channel, tracking: None }));
    }

    /// Corrects a debtor's details, so that he can be written to and called.
    fn complete(&mut self, debtor: Seq) {
        let mut corrected = self.ledger.debtor(debtor).debtor.clone();
        let whole = papers::debtor(&corrected.party.name, corrected.standing, corrected.handling).party;
        corrected.party = whole;
        self.record(Fact::DebtorCorrected { debtor, corrected });
    }

    /// Says what a credit of the bank is.
    fn explain(&mut self, task: &Task, credits: &[Seq]) {
        let debtor = task.debtor.unwrap();
        for credit in credits {
            let Some(Fact::BankCreditSeen(seen)) = self.ledger.fact(*credit).map(|recorded| recorded.fact.clone())
            else {
                continue;
            };
            if self.dice.percent(70) {
                let chosen = task.items.iter().map(|item| item.invoice).take(1).collect();
                let mut payment = papers::payment(debtor, (seen.amount, seen.currency), seen.booked_on, chosen);
                payment.credit = Some(*credit);
                self.record(Fact::PaymentReceived(payment));
            } else {
                let reason = "ne vient pas d’un client".to_owned();
                self.record(Fact::BankCreditDismissed { credit: *credit, reason });
            }
        }
    }

    /// Gives notice of a missed instalment, then declares the plan lapsed once the notice has run out.
    fn press(&mut self, plan: Seq) {
        let Some(agreed) = self.ledger.find_plan(plan).cloned() else { return };
        let notice = self
            .ledger
            .letters()
            .find(|(_, file)| file.letter.about == Some(plan))
            .map(|(seq, file)| (seq, file.left_on()));
        let Some((notice, sent_on)) = notice else {
            let letter = Letter {
                about: Some(plan),
                invoices: agreed.invoices,
                ..papers::letter(agreed.debtor, LetterModel::RelancePromesse, agreed.currency, self.today)
            };
            if let Some(seq) = self.record(Fact::LetterIssued(self.claiming(letter, Claims::Everything))) {
                self.send_by(seq, Channel::Lrar);
            }
            return;
        };
        if agreed.lapse_notice_days.is_some_and(|days| add_days(sent_on, days) < self.today) {
            self.record(Fact::PlanLapsed(Lapse { debtor: agreed.debtor, plan, notice, on: self.today }));
        }
    }

    fn act_in_law(&mut self, task: &Task, kind: LimitationActKind) {
        let mut invoices: Vec<Seq> = task.items.iter().map(|item| item.invoice).collect();
        invoices.dedup();
        let act = LimitationAct { invoices, on: self.today, kind, ended_on: None, proof: None };
        self.record(Fact::LimitationActRecorded(act));
    }

    fn enter_rate(&mut self) {
        let rate = |text| Rate::parse(text).unwrap();
        self.record(Fact::RateDeclared(SemesterRates {
            semester: Semester::of(self.today),
            ecb_refi: rate("2.4"),
            legal_professional: rate("2.75"),
            legal_private: rate("6.84"),
            source: "arrêté".to_owned(),
            confidence: Confidence::High,
        }));
    }

    /// Takes what the post brought back.
    fn answer_of_the_post(&mut self) {
        let awaited: Vec<Seq> = self
            .ledger
            .letters()
            .filter(|(_, file)| file.sending.is_some() && !file.is_answered())
            .map(|(seq, _)| seq)
            .collect();
        for letter in awaited {
            if self.dice.percent(20) {
                self.deliver(letter);
            }
        }
    }

    fn deliver(&mut self, letter: Seq) {
        let outcome = self.dice.weighted(&[
            (60, DeliveryOutcome::Received),
            (15, DeliveryOutcome::Presented),
            (10, DeliveryOutcome::Unclaimed),
            (5, DeliveryOutcome::Refused),
            (10, DeliveryOutcome::Returned),
        ]);
        let sent_on = self.ledger.letter(letter).left_on();
        let on = self.today - chrono::Days::new(u64::from(self.dice.days(0, 4)));
        self.record(Fact::LetterDelivered(Delivery { letter, on: on.max(sent_on), outcome }));
    }

    pub(super) fn cancel(&mut self, fact: Seq, reason: &str) {
        self.record(Fact::FactCancelled { fact, reason: reason.to_owned() });
    }
}

/// Returns the steps that a task carries out, each instalment's own.
pub(super) fn steps(task: &Task) -> Vec<Step> {
    task.items.iter().filter_map(|item| item.step.clone()).collect()
}
