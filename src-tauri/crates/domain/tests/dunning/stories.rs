//! Short stories, each told once because a law was broken in it.

use dument_domain::arrangement::{DueDateChange, InterestFrom, LevelsAfter};
use dument_domain::contact::{CallOutcome, Contact, ContactKind};
use dument_domain::dunning::{Action, Care, Ending, Level, LevelId, LevelJump, Policy, StandardPolicy, Task};
use dument_domain::fact::Channel;
use dument_domain::party::{Handling, Standing};
use dument_domain::proceedings::{Insolvency, InsolvencyKind};
use dument_domain::{Currency, Fact, Seq};

use crate::life::{Life, Size};
use crate::papers::{self, Bill};
use crate::policies::level_id;

/// A company with one debtor, and an invoice of 1 000 € due ten days ago.
struct Office {
    life: Life,
    debtor: Seq,
    invoice: Seq,
}

impl Office {
    fn open() -> Self {
        let mut life = Life::begin(0, Size { days: 0, busy: 0, debtors: 0 });
        let debtor = papers::debtor("Le Goff", Standing::Professional, Handling::Ordinary);
        let debtor = life.record(Fact::DebtorAdded(debtor)).unwrap();
        let invoice = bill(&mut life, debtor, Currency::EUR);
        life.wait(40);
        Self { life, debtor, invoice }
    }

    /// Returns what the list asks of the debtor, in a currency.
    fn asked(&self, currency: &str) -> Option<&Task> {
        let currency = Currency::parse(currency);
        let asks = |task: &&Task| matches!(task.action, Action::Call | Action::Write(_) | Action::Decide);
        self.life.tasks.iter().filter(asks).find(|task| Some(task.currency) == currency)
    }

    fn level(&self) -> Option<&LevelId> {
        self.asked("EUR").and_then(|task| task.level.as_ref()).map(|(_, level)| level)
    }

    fn call(&mut self, outcome: CallOutcome) {
        let steps = self.asked("EUR").unwrap().items.iter().filter_map(|item| item.step.clone()).collect();
        let contact = Contact {
            debtor: self.debtor,
            invoices: Vec::new(),
            on: self.life.today,
            kind: ContactKind::Call(outcome),
            with: None,
            by: None,
            cause: None,
            said: String::new(),
            steps,
        };
        self.life.record(Fact::ContactLogged(contact)).unwrap();
    }

    fn start_again(&mut self) {
        let today = self.life.today;
        let change = DueDateChange {
            debtor: self.debtor,
            invoice: self.invoice,
            instalment: 0,
            on: today,
            due_on: today,
            interest: InterestFrom::OriginalDueDate,
            levels: LevelsAfter::StartAgain,
            reason: "nouvel accord".to_owned(),
            proof: None,
        };
        self.life.record(Fact::DueDateChanged(change)).unwrap();
        self.life.wait(30);
    }
}

fn bill(life: &mut Life, debtor: Seq, currency: Currency) -> Seq {
    let bill = Bill { debtor, currency, issued_on: life.today, delay: 30, cents: 100_000, parts: 1 };
    let number = format!("F-{}", life.ledger.facts().len());
    life.record(Fact::InvoiceRecorded(papers::invoice(bill, number))).unwrap()
}

#[test]
fn after_a_step_the_next_one_is_not_for_the_same_day() {
    let mut office = Office::open();
    assert_eq!(office.level(), Some(&level_id("appel")));
    office.call(CallOutcome::Reached);
    assert_eq!(office.level(), None, "the reminder could have left two days ago, and yet");
    office.life.wait(1);
    assert_eq!(office.level(), Some(&level_id("relance-1")));
}

#[test]
fn a_wrong_number_is_not_called_again_the_same_day_nor_for_ever() {
    let mut office = Office::open();
    for _ in 0..3 {
        assert_eq!(office.level(), Some(&level_id("appel")));
        office.call(CallOutcome::WrongNumber);
        assert_eq!(office.level(), None);
        office.life.wait(1);
    }
    assert_eq!(office.level(), Some(&level_id("relance-1")));
}

#[test]
fn a_fresh_start_forgets_the_jumps_before_it() {
    let mut office = Office::open();
    let (debtor, invoice, on) = (office.debtor, office.invoice, office.life.today);
    let (to, reason) = (level_id("mise-en-demeure"), "il ne répond plus".to_owned());
    office.life.record(Fact::LevelJumped(LevelJump { debtor, invoice, instalment: 0, to, on, reason })).unwrap();
    assert_eq!(office.level(), Some(&level_id("mise-en-demeure")));
    office.start_again();
    assert_eq!(office.level(), Some(&level_id("appel")));
}

#[test]
fn a_fresh_start_forgets_the_calls_in_vain_before_it() {
    let mut office = Office::open();
    for _ in 0..3 {
        office.call(CallOutcome::Unreachable);
        office.life.wait(1);
    }
    assert_eq!(office.level(), Some(&level_id("relance-1")), "three calls are enough");
    office.start_again();
    assert_eq!(office.level(), Some(&level_id("appel")));
}

#[test]
fn while_a_reminder_has_not_left_nothing_else_is_written() {
    let mut office = Office::open();
    office.call(CallOutcome::Reached);
    office.life.wait(1);
    let letter = office.life.issue(&office.asked("EUR").unwrap().clone());
    bill(&mut office.life, office.debtor, Currency::EUR);
    office.life.wait(25);
    assert_eq!(office.level(), None, "the notice of the second invoice waits until the first letter has left");
    office.life.record(Fact::FactCancelled { fact: letter, reason: "refaite".to_owned() }).unwrap();
    assert_eq!(office.asked("EUR").unwrap().action, Action::Write(Channel::Email));
}

#[test]
fn a_letter_in_one_currency_does_not_delay_the_one_in_another() {
    let mut office = Office::open();
    let francs = Currency::parse("CHF").unwrap();
    bill(&mut office.life, office.debtor, francs);
    office.life.wait(26);
    assert_eq!(office.asked("CHF").unwrap().action, Action::Write(Channel::Email));
    office.call(CallOutcome::Reached);
    office.life.wait(1);
    office.life.issue(&office.asked("EUR").unwrap().clone());
    assert_eq!(office.asked("CHF").unwrap().action, Action::Write(Channel::Email));
}

#[test]
fn no_days_between_writings_still_means_one_a_day() {
    let mut office = Office::open();
    let mut policy = Policy::standard(StandardPolicy::Professional);
    policy.care = Care { between_writings: 0, ..Care::default() };
    policy.levels.retain(|level: &Level| level.id == level_id("relance-1") || level.id == level_id("relance-2"));
    office.life.record(Fact::PolicyAdopted(policy)).unwrap();
    let letter = office.life.issue(&office.asked("EUR").unwrap().clone());
    office.life.send_by(letter, Channel::Email);
    let late = bill_due(&mut office);
    assert_eq!(office.level(), None, "invoice {late} is overdue as well, and waits for tomorrow");
    office.life.wait(1);
    assert_eq!(office.level(), Some(&level_id("relance-1")));
}

/// Records an old invoice that had been forgotten.
fn bill_due(office: &mut Office) -> Seq {
    let issued_on = office.life.today - chrono::Days::new(40);
    let (debtor, currency) = (office.debtor, Currency::EUR);
    let bill = Bill { debtor, currency, issued_on, delay: 30, cents: 50_000, parts: 1 };
    office.life.record(Fact::InvoiceRecorded(papers::invoice(bill, "F-OUBLI".to_owned()))).unwrap()
}

#[test]
fn once_proceedings_are_closed_there_is_nothing_to_declare() {
    let mut office = Office::open();
    let (debtor, today) = (office.debtor, office.life.today);
    let kind = InsolvencyKind::Sauvegarde;
    let opened = Insolvency { debtor, kind, judgment_on: today, published_on: None, court: None, representative: None };
    let of = office.life.record(Fact::InsolvencyOpened(opened)).unwrap();
    let to_declare = |office: &Office| office.life.tasks.iter().any(|task| task.action == Action::DeclareClaim);
    assert!(to_declare(&office));
    let reason = "plan de sauvegarde exécuté".to_owned();
    office.life.record(Fact::InsolvencyClosed(Ending { debtor, of, on: today, reason })).unwrap();
    assert!(!to_declare(&office));
}
