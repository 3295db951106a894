//! What must come out of a story.

use dument_domain::conventions::MissingRates;
use dument_domain::{Amount, Currency, Date, Rate};
use dument_workflows::limitation::{PrescriptionView, list_limitations};
use dument_workflows::statements::{ClaimView, LineView, StatementQuery, StatementView, draw_up_statement};
use serde::Deserialize;

use super::story::Told;
use crate::support::office::CLIENT;

/// What the décompte of a day must say; what is not named is not looked at.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    /// At the end of which day.
    on: Date,
    /// Of which invoice; of all of them together when none is named.
    invoice: Option<String>,
    currency: Option<Currency>,
    /// The lines of interest, in their order, and no other.
    lines: Option<Vec<Line>>,
    /// All the interest accrued.
    interest: Option<Amount>,
    /// All the indemnities, paid or not.
    indemnity: Option<Amount>,
    principal_left: Option<Amount>,
    interest_left: Option<Amount>,
    indemnity_left: Option<Amount>,
    not_due: Option<Amount>,
    /// What the creditor owes the debtor.
    credit: Option<Amount>,
    total: Option<Amount>,
    per_day: Option<Amount>,
    /// The codes of the warnings, and no other.
    warnings: Option<Vec<String>>,
    limitation: Option<Limitation>,
}

/// A line of interest.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    days: u32,
    rate: Rate,
    amount: Amount,
    base: Option<Amount>,
    divisor: Option<u32>,
    from: Option<Date>,
    through: Option<Date>,
}

/// Until when the claim lives.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Limitation {
    years: u32,
    start: String,
    since: Date,
    prudent: Date,
    possible: Date,
    warnings: Option<Vec<Date>>,
}

impl Expected {
    /// Returns every figure that is not the expected one.
    pub fn differences(&self, told: &Told) -> Vec<String> {
        let statement = self.statement(told);
        let mut found = Vec::new();
        let sums = [
            ("interest", self.interest, sum(&statement, |claim| claim.interest)),
            ("indemnity", self.indemnity, sum(&statement, |claim| claim.indemnity)),
            ("principal left", self.principal_left, statement.total_principal),
            ("interest left", self.interest_left, statement.total_interest),
            ("indemnity left", self.indemnity_left, statement.total_indemnity),
            ("not due", self.not_due, sum(&statement, |claim| claim.not_due)),
            ("credit", self.credit, statement.total_credit),
            ("total", self.total, statement.total),
            ("per day", self.per_day, statement.per_day),
        ];
        for (what, expected, actual) in sums {
            if let Some(expected) = expected.filter(|expected| *expected != actual) {
                found.push(format!("{what} {actual}, expected {expected}"));
            }
        }
        if let Some(lines) = &self.lines {
            let actual: Vec<&LineView> = statement.claims.iter().flat_map(|claim| &claim.lines).collect();
            if actual.len() != lines.len() || lines.iter().zip(&actual).any(|(line, actual)| !line.is(actual)) {
                let actual: Vec<String> = actual.iter().map(|line| written(line)).collect();
                found.push(format!("lines are [{}]", actual.join("; ")));
            }
        }
        if let Some(warnings) = &self.warnings {
            let actual: Vec<&str> = statement.warnings.iter().map(|fault| fault.code).collect();
            if actual != *warnings {
                found.push(format!("warnings {actual:?}, expected {warnings:?}"));
            }
        }
        if let Some(limitation) = &self.limitation {
            found.extend(limitation.difference(&self.prescription(told)));
        }
        found.into_iter().map(|difference| format!("on {}: {difference}", self.on)).collect()
    }

    fn statement(&self, told: &Told) -> StatementView {
        let currency = self.currency.unwrap_or(Currency::EUR);
        let all = || told.invoices.get(&currency).cloned().unwrap_or_default();
        let query = StatementQuery {
            debtor: CLIENT.to_owned(),
            invoices: self.invoice.clone().map_or_else(all, |number| vec![number]),
            as_of: self.on,
            currency: Some(currency),
            missing_rates: MissingRates::Refuse,
        };
        draw_up_statement(&told.office, &query).unwrap()
    }

    fn prescription(&self, told: &Told) -> PrescriptionView {
        let views = list_limitations(&told.office, CLIENT, self.on).unwrap();
        let named = |view: &PrescriptionView| self.invoice.as_ref().is_none_or(|number| *number == view.number);
        views.into_iter().find(named).unwrap_or_else(|| panic!("no such claim lives on {}", self.on))
    }
}

fn sum(statement: &StatementView, of: impl Fn(&ClaimView) -> Amount) -> Amount {
    statement.claims.iter().map(of).sum()
}

fn written(line: &LineView) -> String {
    let LineView { from, through, days, base, rate, divisor, amount, .. } = line;
    format!("{from} to {through}, {days} days, {base} at {rate} / {divisor} = {amount}")
}

impl Line {
    fn is(&self, actual: &LineView) -> bool {
        let sure = (self.days, self.rate, self.amount) == (actual.days, actual.rate, actual.amount);
        sure && self.base.is_none_or(|base| base == actual.base)
            && self.divisor.is_none_or(|divisor| divisor == actual.divisor)
            && self.from.is_none_or(|from| from == actual.from)
            && self.through.is_none_or(|through| through == actual.through)
    }
}

impl Limitation {
    fn difference(&self, actual: &PrescriptionView) -> Option<String> {
        let same = (self.years, self.start.as_str(), self.since) == (actual.years, actual.start, actual.started_on)
            && (self.prudent, self.possible) == (actual.prudent_deadline, actual.possible_deadline)
            && self.warnings.as_ref().is_none_or(|warnings| *warnings == actual.warnings);
        let PrescriptionView { years, start, started_on, prudent_deadline, possible_deadline, warnings, .. } = actual;
        (!same).then(|| {
            format!("{years} years from {started_on} ({start}), {prudent_deadline} or {possible_deadline}, warned on {warnings:?}")
        })
    }
}
