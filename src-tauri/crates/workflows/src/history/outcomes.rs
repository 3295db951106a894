//! What became of a promise or of a plan: worked out from the money that came, recorded nowhere.

use dument_domain::arrangement::{Plan, Promise};
use dument_domain::calendar::add_days;
use dument_domain::dunning::Policies;
use dument_domain::dunning::case::received_since;
use dument_domain::fact::Fact;
use dument_domain::french::{date, money, typeset};
use dument_domain::ledger::Ledger;
use dument_domain::{Amount, Currency, Date, Seq};

/// What became of something, and the day it was known.
pub(crate) struct Outcome {
    pub on: Date,
    pub what: String,
}

impl Outcome {
    fn new(on: Date, what: &str) -> Self {
        Self { on, what: typeset(what) }
    }
}

/// Returns what became of a fact by the end of a day: nothing while it is awaited, or of what promises nothing.
pub(crate) fn outcomes(ledger: &Ledger, seq: Seq, fact: &Fact, today: Date) -> Vec<Outcome> {
    match fact {
        Fact::PromiseMade(promise) => of_promise(ledger, seq, promise, today).into_iter().collect(),
        Fact::PlanAgreed(plan) => of_plan(ledger, seq, plan, today),
        _ => Vec::new(),
    }
}

/// Returns whether a promise was kept by its day, days of grace included; what came later is a payment like another.
fn of_promise(ledger: &Ledger, seq: Seq, promise: &Promise, today: Date) -> Option<Outcome> {
    let coming = Coming {
        ledger,
        debtor: promise.debtor,
        currency: promise.currency,
        invoices: &promise.invoices,
        since: (seq, promise.made_on),
    };
    let until = add_days(promise.due_on, coming.grace());
    let said = format!("Promesse de {} du {}", money(promise.amount, promise.currency), date(promise.made_on));
    if let Some(on) = coming.reached(promise.amount, until.min(today)) {
        return Some(Outcome::new(on, &format!("{said} tenue.")));
    }
    if today <= until {
        return None;
    }
    let received = coming.received(until);
    let came = if received.is_positive() {
        format!("tenue en partie : {} reçus", money(received, promise.currency))
    } else {
        "non tenue : rien n’est arrivé".to_owned()
    };
    Some(Outcome::new(until, &format!("{said} pour le {} {came} au {}.", date(promise.due_on), date(until))))
}

/// Returns the instalments of a plan that were missed, until it lapsed or was paid up.
fn of_plan(ledger: &Ledger, seq: Seq, plan: &Plan, today: Date) -> Vec<Outcome> {
    let coming = Coming {
        ledger,
        debtor: plan.debtor,
        currency: plan.currency,
        invoices: &plan.invoices,
        since: (seq, plan.agreed_on),
    };
    let mut episodes = ledger.episodes_of(ledger.debtor(plan.debtor));
    let lapsed_on = episodes.find_map(|(_, fact)| match fact {
        Fact::PlanLapsed(lapse) if lapse.plan == seq => Some(lapse.on),
        _ => None,
    });
    let last = lapsed_on.map_or(today, |on| on.min(today));
    let mut due = Amount::ZERO;
    let mut outcomes = Vec::new();
    for (rank, instalment) in (1..).zip(&plan.instalments) {
        due += instalment.amount;
        let until = add_days(instalment.due_on, coming.grace());
        let received = coming.received(until);
        if until < last && received < due {
            let came = if received.is_positive() {
                format!("{} reçus en tout", money(received, plan.currency))
            } else {
                "rien n’est arrivé".to_owned()
            };
            let what = format!(
                "Versement n° {rank} de l’échéancier ({} pour le {}) manqué : {came} au {}.",
                money(instalment.amount, plan.currency),
                date(instalment.due_on),
                date(until)
            );
            outcomes.push(Outcome::new(until, &what));
        }
    }
    if let Some(on) = coming.reached(due, last) {
        outcomes.push(Outcome::new(on, &format!("Échéancier du {} payé en entier.", date(plan.agreed_on))));
    }
    outcomes
}

/// Money that is expected of a debtor since a fact.
struct Coming<'a> {
    ledger: &'a Ledger,
    debtor: Seq,
    currency: Currency,
    invoices: &'a [Seq],
    since: (Seq, Date),
}

impl Coming<'_> {
    /// Returns the days of grace of the rule that this debtor is under.
    fn grace(&self) -> u32 {
        let policies = Policies::of(self.ledger);
        policies.get(policies.default_for(self.ledger.debtor(self.debtor))).care.promise_grace
    }

    /// Returns what came by the end of a day.
    fn received(&self, through: Date) -> Amount {
        received_since(self.ledger, (self.debtor, self.currency), self.invoices, self.since, through)
    }

    /// Returns the day on which a sum was reached.
    fn reached(&self, sum: Amount, through: Date) -> Option<Date> {
        let payments = self.ledger.debtor(self.debtor).payments.iter().map(|seq| self.ledger.payment(*seq).received_on);
        let mut days: Vec<Date> = payments.filter(|on| (self.since.1..=through).contains(on)).collect();
        days.sort();
        days.dedup();
        // More and more comes as the days pass.
        let first = days.partition_point(|on| self.received(*on) < sum);
        days.get(first).copied()
    }
}
