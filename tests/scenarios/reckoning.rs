//! A décompte counted again, sharing no code with the product: whole cents, its own calendar, rates copied by hand.

use serde_json::Value;

/// One invoice, what it was for, and the money that came for it; sums in cents.
pub struct Debt {
    pub due: &'static str,
    pub cents: i64,
    pub paid: &'static [(&'static str, i64)],
    /// What is due on top, once, for being late.
    pub indemnity: i64,
}

/// The first day of a semester, and its rate in hundredths of a percent per year.
pub type RateFrom = (&'static str, i64);

/// What an invoice comes to.
pub struct Reckoned {
    pub lines: Vec<Line>,
    pub payments: Vec<Settled>,
    pub principal: i64,
    pub interest: i64,
    pub indemnity: i64,
}

#[derive(Debug, PartialEq)]
pub struct Line {
    pub from: i64,
    pub through: i64,
    pub base: i64,
    pub rate: i64,
    pub amount: i64,
}

/// What a payment settled: interest, then principal, then the indemnity (C. civ. 1343-1).
pub struct Settled {
    pub interest: i64,
    pub principal: i64,
    pub indemnity: i64,
}

impl Reckoned {
    pub fn of(debt: &Debt, rates: &[RateFrom], as_of: &str) -> Self {
        let mut left = Self {
            lines: Vec::new(),
            payments: Vec::new(),
            principal: debt.cents,
            interest: 0,
            indemnity: debt.indemnity,
        };
        let mut after = day(debt.due);
        for (received, sum) in debt.paid {
            left.accrue(after, day(received), rates);
            left.settle(*sum);
            after = day(received);
        }
        left.accrue(after, day(as_of), rates);
        left
    }

    /// Adds the interest of the days after one, through another, with one line for each rate.
    fn accrue(&mut self, after: i64, through: i64, rates: &[RateFrom]) {
        for (index, (since, rate)) in rates.iter().enumerate() {
            let until = rates.get(index + 1).map_or(i64::MAX, |(next, _)| day(next) - 1);
            let (from, through) = ((after + 1).max(day(since)), through.min(until));
            if from <= through && self.principal > 0 {
                let amount = nearest(self.principal * rate * (through - from + 1), 365 * 10_000);
                self.lines.push(Line { from, through, base: self.principal, rate: *rate, amount });
                self.interest += amount;
            }
        }
    }

    fn settle(&mut self, sum: i64) {
        let interest = sum.min(self.interest);
        let principal = (sum - interest).min(self.principal);
        let indemnity = (sum - interest - principal).min(self.indemnity);
        self.interest -= interest;
        self.principal -= principal;
        self.indemnity -= indemnity;
        self.payments.push(Settled { interest, principal, indemnity });
    }

    pub fn total(&self) -> i64 {
        self.principal + self.interest + self.indemnity
    }

    /// Checks that an invoice of a décompte says the same.
    #[track_caller]
    pub fn assert_agrees(&self, claim: &Value) {
        let number = &claim["numero"];
        let lines: Vec<Line> = list(&claim["lignes"]).iter().map(Line::read).collect();
        assert_eq!(lines, self.lines, "{number}: the lines of interest");
        for line in list(&claim["lignes"]) {
            let days = day(text(&line["au"])) - day(text(&line["du"])) + 1;
            assert_eq!(line["jours"].as_i64(), Some(days), "{number}: the days of {line}");
            assert!(!text(&line["source"]).is_empty(), "{number}: a rate says where it comes from");
        }
        let payments = list(&claim["encaissements"]);
        assert_eq!(payments.len(), self.payments.len(), "{number}: the payments");
        for (payment, settled) in payments.iter().zip(&self.payments) {
            assert_eq!(cents(&payment["interets"]), settled.interest, "{number}: {payment}");
            assert_eq!(cents(&payment["principal"]), settled.principal, "{number}: {payment}");
            assert_eq!(cents(&payment["indemnite"]), settled.indemnity, "{number}: {payment}");
            let sum = settled.interest + settled.principal + settled.indemnity;
            assert_eq!(cents(&payment["montant"]), sum, "{number}: {payment}");
        }
        let accrued: i64 = self.lines.iter().map(|line| line.amount).sum();
        assert_eq!(cents(&claim["interets"]), accrued, "{number}: interest is the sum of its lines");
        assert_eq!(cents(&claim["reste"]), self.total(), "{number}: what is left");
        assert_eq!(cents(&claim["reste_principal"]), self.principal, "{number}: principal left");
    }
}

impl Line {
    fn read(line: &Value) -> Self {
        Self {
            from: day(text(&line["du"])),
            through: day(text(&line["au"])),
            base: cents(&line["base"]),
            rate: cents(&line["taux"]),
            amount: cents(&line["montant"]),
        }
    }
}

/// Checks the totals of a décompte.
#[track_caller]
pub fn assert_totals(statement: &Value, claims: &[Reckoned]) {
    let sum = |part: fn(&Reckoned) -> i64| claims.iter().map(part).sum::<i64>();
    assert_eq!(cents(&statement["total_principal"]), sum(|claim| claim.principal));
    assert_eq!(cents(&statement["total_interets"]), sum(|claim| claim.interest));
    assert_eq!(cents(&statement["total_indemnites"]), sum(|claim| claim.indemnity));
    assert_eq!(cents(&statement["total"]), sum(Reckoned::total));
}

/// Divides, to the nearest, a half going up.
pub fn nearest(value: i64, by: i64) -> i64 {
    (2 * value + by).div_euclid(2 * by)
}

/// Reads two decimals as a whole number: an amount in cents, a rate in hundredths of a percent.
#[track_caller]
pub fn cents(value: &Value) -> i64 {
    let (whole, decimals) = text(value).split_once('.').unwrap_or_else(|| panic!("{value} has no decimals"));
    assert_eq!(decimals.len(), 2, "{value} has two decimals");
    format!("{whole}{decimals}").parse().unwrap()
}

#[track_caller]
pub fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("{value} is not text"))
}

#[track_caller]
pub fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap_or_else(|| panic!("{value} is not a list"))
}

/// Numbers a day written `2026-03-01`, counting from 1 March of the year 0.
pub fn day(text: &str) -> i64 {
    let mut parts = text.split('-').map(|part| part.parse::<i64>().unwrap());
    let (year, month, day) = (parts.next().unwrap(), parts.next().unwrap(), parts.next().unwrap());
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 1
}

#[test]
fn the_calendar_of_this_reckoning_knows_leap_years() {
    assert_eq!(day("2024-03-01") - day("2024-02-28"), 2);
    assert_eq!(day("2025-03-01") - day("2025-02-28"), 1);
    assert_eq!(day("2026-12-31") - day("2025-12-31"), 365);
    assert_eq!(nearest(15, 10), 2);
}
