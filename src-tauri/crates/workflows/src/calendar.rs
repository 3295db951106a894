//! The days to come, as a file that the owner's own agenda takes in.
//!
//! What is to be done today, and what is already known of the days after: promises, instalments of plans, the next step of each
//! invoice, deadlines. Nothing is recorded. A thing to do keeps its identifier from one export to the next, so that an agenda moves
//! it instead of showing it twice.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use dument_domain::dunning::case::positions;
use dument_domain::dunning::{
    Action, Case, Decision, LevelId, Policies, PolicyId, Position, Suspension, Task, agenda, decide,
};
use dument_domain::french::{date, money, typeset};
use dument_domain::ledger::Ledger;
use dument_domain::prescription::Prescription;
use dument_domain::{Amount, Date, Seq};
use dument_exchange::ics::{self, Event};
use dument_storage::write_atomically;
use serde::Serialize;

use crate::agenda::view;
use crate::error::Error;
use crate::office::{Moment, Office};

/// A calendar that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CalendarView {
    /// Where.
    #[serde(rename = "fichier")]
    pub file: String,
    /// How many things it holds.
    #[serde(rename = "evenements")]
    pub events: usize,
    /// The day of the last one.
    #[serde(rename = "jusquau")]
    pub through: Date,
}

/// Writes what there is to do, today and in the days to come, as an iCalendar file; the same day gives the same bytes.
///
/// # Errors
/// There is nothing to do, or the file cannot be written.
pub fn export_ics(office: &Office, file: &Path, moment: &Moment) -> Result<CalendarView, Error> {
    let entries = entries(office, moment.today);
    let through = entries.iter().map(|entry| entry.on).max().ok_or_else(|| {
        Error::new(
            "agenda-vide",
            "Il n’y a rien à faire, ni aujourd’hui ni plus tard : aucun agenda n’est écrit.",
            "Enregistrez d’abord des factures, ou attendez leurs échéances.",
        )
    })?;
    let company = company(&office.ledger);
    let events: Vec<Event> = entries.into_iter().map(|entry| entry.event(&company, moment.today)).collect();
    write_atomically(file, &ics::write(&events))?;
    Ok(CalendarView { file: file.display().to_string(), events: events.len(), through })
}

/// Something to do on a day.
struct Entry {
    on: Date,
    /// What tells it from the others in this company.
    key: String,
    title: String,
    lines: Vec<String>,
}

impl Entry {
    fn event(self, company: &str, today: Date) -> Event {
        Event {
            uid: format!("{}@{company}.dument", self.key),
            stamped_on: today,
            on: self.on,
            title: typeset(&self.title),
            description: self.lines.iter().map(|line| typeset(line)).collect::<Vec<_>>().join("\n"),
        }
    }
}

/// Returns what tells the events of this company from those of another: its SIREN, or its name.
fn company(ledger: &Ledger) -> String {
    let Some(company) = ledger.company() else { return "entreprise".to_owned() };
    let name = || {
        let letters = company.party.name.chars().filter(char::is_ascii_alphanumeric);
        letters.collect::<String>().to_ascii_lowercase()
    };
    company.party.siren().map_or_else(name, |siren| siren.as_str().to_owned())
}

/// Returns everything, in order of date; what is to be done today comes before the same thing foreseen.
fn entries(office: &Office, today: Date) -> Vec<Entry> {
    let ledger = &office.ledger;
    let policies = Policies::of(ledger);
    let tasks = agenda(ledger, &policies, today);
    let mut entries: Vec<Entry> = tasks.iter().filter_map(|task| of_task(office, &policies, task, today)).collect();
    for (debtor, _) in ledger.debtors() {
        for position in positions(ledger, &policies, debtor, today) {
            let coming = Coming { ledger, policies: &policies, position: &position, today };
            entries.extend(coming.steps());
            entries.extend(coming.promises());
            entries.extend(coming.instalments());
            entries.extend(coming.limitations());
        }
    }
    let mut known = BTreeSet::new();
    entries.retain(|entry| known.insert(entry.key.clone()));
    entries.sort_by(|left, right| (left.on, &left.key).cmp(&(right.on, &right.key)));
    entries
}

/// Returns a task of the day; limitation is shown on its own day, with the others.
fn of_task(office: &Office, policies: &Policies, task: &Task, today: Date) -> Option<Entry> {
    let first = task.items.first();
    let step = || match (&task.level, first) {
        (Some((_, level)), Some(item)) => step_key((item.invoice, item.instalment), level),
        _ => format!("tache-{}", task.debtor.map_or_else(String::new, |debtor| debtor.to_string())),
    };
    let (key, on) = match &task.action {
        Action::Call | Action::Write(_) | Action::Decide | Action::MatchFirst { .. } => (step(), today),
        Action::Send { letter } | Action::Redraw { letter } | Action::Discard { letter } => {
            (format!("courrier-{letter}"), today)
        }
        Action::ReceiptMissing { letter } => (format!("accuse-{letter}"), today),
        Action::CameBack { letter } => (format!("retour-{letter}"), today),
        Action::PromiseDue { promise } => (promise_key(*promise), today),
        Action::PlanDue { plan } | Action::PlanMissed { plan } => (plan_key(*plan, task.by), today),
        Action::DeclareClaim => {
            let debtor = task.debtor.map_or_else(String::new, |debtor| debtor.to_string());
            (format!("declaration-{debtor}-{}", task.currency.code()), task.by.max(today))
        }
        Action::RateMissing => (format!("taux-{}", task.by), today),
        Action::Limitation => return None,
    };
    let seen = view(office, policies, task);
    let about = seen.debtor.as_ref().map_or_else(String::new, |debtor| {
        let sum =
            if task.amount.is_positive() { format!(", {}", money(task.amount, task.currency)) } else { String::new() };
        format!(" : {debtor}{sum}")
    });
    let mut lines = numbered(&seen.invoices).into_iter().collect::<Vec<_>>();
    lines.extend(seen.grounds);
    lines.extend(seen.blockers);
    lines.extend(seen.script);
    Some(Entry { on, key, title: format!("{}{about}", seen.title), lines })
}

fn step_key((invoice, instalment): (Seq, u32), level: &LevelId) -> String {
    format!("etape-{invoice}-{instalment}-{level}")
}

fn promise_key(promise: Seq) -> String {
    format!("promesse-{promise}")
}

fn plan_key(plan: Seq, due_on: Date) -> String {
    format!("versement-{plan}-{due_on}")
}

fn numbered(invoices: &[String]) -> Option<String> {
    match invoices {
        [] => None,
        [one] => Some(format!("Facture n° {one}.")),
        many => Some(format!("Factures n° {}.", many.join(", "))),
    }
}

/// What is known of the days after today for one debtor, in one currency.
struct Coming<'a> {
    ledger: &'a Ledger,
    policies: &'a Policies,
    position: &'a Position,
    today: Date,
}

impl Coming<'_> {
    fn debtor(&self) -> &str {
        &self.ledger.debtor(self.position.debtor).debtor.party.name
    }

    fn titled(&self, what: &str, amount: Amount) -> String {
        format!("{what} : {}, {}", self.debtor(), money(amount, self.position.currency))
    }

    fn about<'c>(&self, cases: impl IntoIterator<Item = &'c Case>) -> Vec<String> {
        let mut numbers: Vec<String> =
            cases.into_iter().map(|case| self.ledger.invoice(case.invoice).number.clone()).collect();
        numbers.dedup();
        numbered(&numbers).into_iter().collect()
    }

    /// Returns the next step of each invoice, those of one level and one day together, and the days on which quiet times end.
    fn steps(&self) -> Vec<Entry> {
        let mut next: BTreeMap<(Date, PolicyId, LevelId), Vec<&Case>> = BTreeMap::new();
        let mut quiet: BTreeMap<Date, Vec<&Case>> = BTreeMap::new();
        for case in &self.position.cases {
            let promised = case.suspensions.iter().any(|it| matches!(it, Suspension::Promise { .. }));
            match decide(self.policies.running(case.policy), case, self.today) {
                Decision::WaitUntil { on, level, .. } => next.entry((on, case.policy, level)).or_default().push(case),
                // The day of a promise is shown by itself.
                Decision::Hold { until: Some(on), .. } if !promised => quiet.entry(on).or_default().push(case),
                Decision::Hold { .. } | Decision::Act { .. } | Decision::Close { .. } => {}
            }
        }
        let steps = next.into_iter().map(|((on, policy, level), cases)| {
            let title = self.policies.running(policy).level(&level).map(|known| known.title.clone());
            let mut lines = self.about(cases.iter().copied());
            lines.push("Si rien n’est payé d’ici là.".to_owned());
            Entry {
                on,
                key: step_key(first(&cases), &level),
                title: self.titled(&title.unwrap_or_else(|| level.to_string()), claimable(&cases)),
                lines,
            }
        });
        let ends = quiet.into_iter().map(|(on, cases)| {
            let (invoice, instalment) = first(&cases);
            Entry {
                on,
                key: format!("reprise-{invoice}-{instalment}"),
                title: self.titled("Fin de l’attente", claimable(&cases)),
                lines: self.about(cases.iter().copied()),
            }
        });
        steps.chain(ends).collect()
    }

    /// Returns the days of promises that are awaited.
    fn promises(&self) -> Vec<Entry> {
        let mut seen = BTreeSet::new();
        let awaited = self.position.cases.iter().flat_map(|case| &case.suspensions).filter_map(|it| match it {
            Suspension::Promise { promise, amount, due_on, .. } if *due_on > self.today => {
                Some((*promise, *amount, *due_on))
            }
            _ => None,
        });
        awaited
            .filter(|(promise, ..)| seen.insert(*promise))
            .map(|(promise, amount, on)| Entry {
                on,
                key: promise_key(promise),
                title: self.titled("Promesse attendue", amount),
                lines: vec!["Regardez si la somme est arrivée, et enregistrez-la.".to_owned()],
            })
            .collect()
    }

    /// Returns the instalments of plans that are to come.
    fn instalments(&self) -> Vec<Entry> {
        let mut entries = Vec::new();
        for (seq, received) in &self.position.plans {
            let Some(plan) = self.ledger.find_plan(*seq) else { continue };
            let mut due = Amount::ZERO;
            for (rank, instalment) in (1..).zip(&plan.instalments) {
                due += instalment.amount;
                if due > *received && instalment.due_on > self.today {
                    entries.push(Entry {
                        on: instalment.due_on,
                        key: plan_key(*seq, instalment.due_on),
                        title: self.titled("Versement attendu", instalment.amount),
                        lines: vec![format!(
                            "Versement n° {rank} sur {} de l’échéancier du {}.",
                            plan.instalments.len(),
                            date(plan.agreed_on)
                        )],
                    });
                }
            }
        }
        entries
    }

    /// Returns the last prudent days to go to court, the invoices of one day together.
    fn limitations(&self) -> Vec<Entry> {
        let mut groups: BTreeMap<Date, Vec<&Case>> = BTreeMap::new();
        for case in self.position.cases.iter().filter(|case| case.stated_due_on < self.today) {
            let deadline = Prescription::of(self.ledger, case.invoice).prudent_deadline;
            groups.entry(deadline).or_default().push(case);
        }
        let entry = |(deadline, cases): (Date, Vec<&Case>)| {
            let (invoice, _) = first(&cases);
            let mut lines = self.about(cases.iter().copied());
            lines.push(format!(
                "Dernier jour prudent pour agir en justice : le {}. Une lettre ne l’interrompt pas.",
                date(deadline)
            ));
            Entry {
                on: deadline.max(self.today),
                key: format!("prescription-{invoice}"),
                title: self.titled("Prescription", cases.iter().map(|case| case.remaining).sum()),
                lines,
            }
        };
        groups.into_iter().map(entry).collect()
    }
}

/// Returns the instalment after which a group is named.
fn first(cases: &[&Case]) -> (Seq, u32) {
    cases.iter().map(|case| (case.invoice, case.instalment)).min().expect("BUG: a group has a member")
}

fn claimable(cases: &[&Case]) -> Amount {
    cases.iter().map(|case| case.claimable()).sum()
}
