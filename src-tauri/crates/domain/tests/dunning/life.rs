//! Five years of an owner and his debtors.
//!
//! Every day something may happen ([`fate`]); on the days he works, the owner does what the agenda says ([`owner`]);
//! after every fact, every law is looked at ([`laws`]). A seed is a whole life: the same one always tells the same story.

mod fate;
mod laws;
mod owner;

use std::collections::BTreeMap;

use dument_domain::calendar::add_days;
use dument_domain::conventions::{AllocationOrder, Conventions, DayBase, RateVariation};
use dument_domain::dunning::case::positions;
use dument_domain::dunning::{Case, Policies, Task, agenda};
use dument_domain::party::{Handling, Standing};
use dument_domain::{Currency, Date, Fact, Fault, Ledger, Recorded, Seq};

use crate::dice::Dice;
use crate::papers::{self, day};

/// How much happens in a life.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// Days from the first to the last.
    pub days: u32,
    /// Chances in a hundred that a day brings something.
    pub busy: i64,
    /// Debtors.
    pub debtors: usize,
}

/// A company being lived.
#[derive(Clone)]
pub struct Life {
    pub seed: u64,
    pub ledger: Ledger,
    pub policies: Policies,
    pub today: Date,
    /// What there is to do, after the last fact.
    pub tasks: Vec<Task>,
    pub debtors: Vec<Seq>,
    /// How often the ledger said no, for the story would be worth little if it always did.
    pub refused: usize,
    dice: Dice,
    /// The last day the owner worked: what happened since is learnt together.
    worked_on: Date,
    /// The agenda of some evenings: the day, how many facts there were, and what it said.
    evenings: Vec<(Date, usize, Vec<Task>)>,
}

impl Life {
    /// Opens a company.
    pub fn begin(seed: u64, size: Size) -> Self {
        let mut dice = Dice::new(seed);
        let today = add_days(day("2021-01-04"), dice.days(0, 500));
        let ledger = Ledger::default();
        let policies = Policies::of(&ledger);
        let mut life = Self {
            seed,
            ledger,
            policies,
            today,
            tasks: Vec::new(),
            debtors: Vec::new(),
            refused: 0,
            dice,
            worked_on: today,
            evenings: Vec::new(),
        };
        let conventions = Conventions {
            variation: life.dice.one_of(&[RateVariation::BySemester, RateVariation::FixedAtStart]),
            day_base: life.dice.one_of(&[DayBase::Fixed365, DayBase::Actual]),
            allocation: life.dice.one_of(&[AllocationOrder::InterestFirst, AllocationOrder::PrincipalFirst]),
        };
        life.record(Fact::ConventionsChosen(conventions));
        for rank in 0..size.debtors {
            life.meet(rank);
        }
        life
    }

    /// Leads a whole life.
    pub fn lived(seed: u64, size: Size) -> Self {
        let mut life = Self::begin(seed, size);
        let last = add_days(life.today, size.days);
        while life.today < last {
            let off = life.days_off();
            for _ in 0..off {
                life.today = add_days(life.today, 1);
                if life.dice.percent(size.busy) {
                    life.something_happens();
                }
            }
            life.look_again();
            life.work();
            life.worked_on = life.today;
        }
        life.remember_the_past();
        life
    }

    /// Returns how many days pass until the owner works again: mostly the next day or the next week, sometimes a long absence.
    fn days_off(&mut self) -> u32 {
        match self.dice.between(1, 100) {
            1..=25 => 1,
            26..=60 => self.dice.days(2, 3),
            61..=97 => self.dice.days(4, 10),
            _ => self.dice.days(11, 40),
        }
    }

    fn meet(&mut self, rank: usize) {
        let standing = [Standing::Professional, Standing::Consumer, Standing::PublicBody][rank % 3];
        let handling = self.dice.weighted(&[
            (70, Handling::Ordinary),
            (10, Handling::WithCare),
            (10, Handling::NeverWithoutMe),
            (10, Handling::NotReminded),
        ]);
        let mut debtor = papers::debtor(&format!("Client {rank}"), standing, handling);
        if self.dice.percent(20) {
            debtor.party.email = None;
        }
        if self.dice.percent(10) {
            debtor.party.phone = None;
        }
        let seq = self.record(Fact::DebtorAdded(debtor));
        self.debtors.extend(seq);
    }

    /// Records a fact unless the ledger refuses it, then looks at every law.
    pub fn record(&mut self, fact: Fact) -> Option<Seq> {
        if self.ledger.check(&fact, self.today).iter().any(Fault::is_refusal) {
            self.refused += 1;
            return None;
        }
        let seq = Seq::new(self.ledger.facts().len() as u64 + 1);
        let moves_policies = matches!(fact, Fact::PolicyAdopted(_) | Fact::FactCancelled { .. });
        self.ledger.apply(Recorded { seq, recorded_at: format!("{}T12:00:00Z", self.today), fact });
        if moves_policies {
            self.policies = Policies::of(&self.ledger);
        }
        self.look_again();
        Some(seq)
    }

    /// Lets days pass without anything happening.
    pub fn wait(&mut self, days: u32) {
        self.today = add_days(self.today, days);
        self.look_again();
    }

    /// Reads the agenda again, and looks at every law.
    fn look_again(&mut self) {
        self.tasks = agenda(&self.ledger, &self.policies, self.today);
        self.obey();
    }

    /// Returns the facts that stand.
    pub fn facts(&self) -> impl DoubleEndedIterator<Item = (Seq, &Fact)> {
        let standing = self.ledger.facts().iter().filter(|recorded| self.ledger.cancellation(recorded.seq).is_none());
        standing.map(|recorded| (recorded.seq, &recorded.fact))
    }

    /// Returns the instalments unpaid of a debtor, each with its currency.
    pub fn cases(&self, debtor: Seq) -> Vec<(Currency, Case)> {
        let positions = positions(&self.ledger, &self.policies, debtor, self.today);
        positions.into_iter().flat_map(|it| it.cases.into_iter().map(move |case| (it.currency, case))).collect()
    }

    /// Returns how many facts of each kind were recorded.
    pub fn kinds(&self) -> BTreeMap<&'static str, usize> {
        let mut kinds = BTreeMap::new();
        for recorded in self.ledger.facts() {
            *kinds.entry(recorded.fact.kind()).or_default() += 1;
        }
        kinds
    }
}

impl std::fmt::Debug for Life {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "graine {}, jusqu’au {}", self.seed, self.today)
    }
}

impl Drop for Life {
    /// Tells the end of the story when a law was broken.
    #[allow(clippy::print_stderr, reason = "the story is for whoever reads the failed test")]
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("graine {}, le {}, derniers faits :", self.seed, self.today);
            let facts = self.ledger.facts();
            for recorded in &facts[facts.len().saturating_sub(12)..] {
                eprintln!("  {} (noté le {}) {:?}", recorded.seq, &recorded.recorded_at[..10], recorded.fact);
            }
        }
    }
}
