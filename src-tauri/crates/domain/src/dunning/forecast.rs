//! What a policy would do in the days to come, on the real ledger, without changing it.
//!
//! Nobody pays, nobody answers, and the owner does every day what the agenda says: the most there can be to do.

use std::collections::BTreeMap;

use super::Step;
use super::agenda::{Action, Guard, reminders};
use super::case::{Done, Policies, Position, positions};
use super::level::Means;
use crate::calendar::add_days;
use crate::fact::Channel;
use crate::ledger::Ledger;
use crate::{Date, Seq};

/// One thing that would be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// When.
    pub on: Date,
    /// For whom.
    pub debtor: Seq,
    /// By what means.
    pub means: Means,
    /// The level, by its title.
    pub title: String,
    /// About how many instalments.
    pub instalments: usize,
}

/// What would be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forecast {
    /// From this day, included.
    pub from: Date,
    /// Through this day.
    pub through: Date,
    /// Everything, in order.
    pub planned: Vec<Planned>,
}

impl Forecast {
    /// Returns how many times each level would be carried out, by its title and means.
    #[must_use]
    pub fn counts(&self) -> BTreeMap<(Means, &str), usize> {
        let mut counts = BTreeMap::new();
        for planned in &self.planned {
            *counts.entry((planned.means, planned.title.as_str())).or_default() += 1;
        }
        counts
    }
}

/// Returns what would be done from a day on, for so many days.
#[must_use]
pub fn forecast(ledger: &Ledger, policies: &Policies, from: Date, days: u32) -> Forecast {
    let through = add_days(from, days.saturating_sub(1));
    let mut planned = Vec::new();
    for (debtor, _) in ledger.debtors() {
        for mut position in positions(ledger, policies, debtor, from) {
            for on in from.iter_days().take_while(|on| *on <= through) {
                planned.extend(lived(ledger, policies, &mut position, on));
            }
        }
    }
    planned.sort_by(|left: &Planned, right| (left.on, &left.title).cmp(&(right.on, &right.title)));
    Forecast { from, through, planned }
}

/// Lives one day of a position as the agenda says.
fn lived(ledger: &Ledger, policies: &Policies, position: &mut Position, on: Date) -> Vec<Planned> {
    send_what_is_ready(policies, position, on);
    position.look_around(policies, on);
    let mut planned = Vec::new();
    for task in reminders(ledger, policies, position, on, &Guard::none()) {
        let Some((version, level)) = &task.level else { continue };
        let Some(level) = policies.running(*version).level(level) else { continue };
        let channel = if let Action::Write(channel) = task.action { Some(channel) } else { None };
        for case in &mut position.cases {
            case.around.written_on = channel.map(|_| on).or(case.around.written_on);
            let mut steps = task.items.iter().filter_map(|item| item.step.as_ref());
            if let Some(step) = steps.find(|step| (step.invoice, step.instalment) == (case.invoice, case.instalment)) {
                case.done.push(done(policies, step, (channel, level.delay_days), on));
                case.attempts.clear();
            }
        }
        planned.push(Planned {
            on,
            debtor: position.debtor,
            means: level.means,
            title: level.title.clone(),
            instalments: task.items.len(),
        });
    }
    planned
}

/// Lets the reminder that waits leave, by the means of its level.
fn send_what_is_ready(policies: &Policies, position: &mut Position, on: Date) {
    for case in &mut position.cases {
        if case.around.waiting.take().is_some() {
            case.around.written_on = Some(on);
        }
        let Some((id, _)) = case.prepared.take() else { continue };
        let level = policies.running(case.policy).level(&id);
        let channel =
            level.and_then(|level| if let Means::Writing(channel) = level.means { Some(channel) } else { None });
        let step = Step { invoice: case.invoice, instalment: case.instalment, level: id, policy: case.policy };
        case.done.push(done(policies, &step, (channel, level.and_then(|level| level.delay_days)), on));
    }
}

/// Returns a step carried out on a day: by which channel if it was written, and the days to pay it left.
fn done(policies: &Policies, step: &Step, (channel, delay_days): (Option<Channel>, Option<u32>), on: Date) -> Done {
    let transit = channel.map_or(0, |channel| policies.running(step.policy).care.transit.of(channel));
    let arrived_on = add_days(on, transit);
    Done { level: step.level.clone(), policy: step.policy, on, arrived_on, delay_days: delay_days.unwrap_or(0) }
}
