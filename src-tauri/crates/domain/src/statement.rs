//! The décompte: principal, interest line by line, indemnities, payments, total at a date.
//!
//! It is always counted from the first day, so two décomptes of the same debt never overlap.

use std::collections::BTreeSet;

use crate::account::{Account, Claim, Debt};
pub use crate::account::{Adjustment, AppliedPayment, OpenCredit};
use crate::allocation::Parts;
use crate::conventions::{Conventions, MissingRates};
use crate::fact::Seq;
use crate::interest::{Accrual, AgreedRate, InterestLine, MissingRate, RateRule};
use crate::invoice::Instalment;
use crate::law::{self, Semester};
use crate::ledger::Ledger;
use crate::party::Standing;
use crate::{Amount, Currency, Date, Fault, Rate, Rounding, french};

/// Which invoices a statement shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Selection<'a> {
    /// Those with something due and unpaid.
    Due,
    /// Those with something unpaid, due or not.
    Open,
    /// These, whatever their state.
    Only(&'a [Seq]),
}

/// What a statement is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// Whose.
    pub debtor: Seq,
    /// In which currency: currencies are never added together.
    pub currency: Currency,
    /// Which invoices.
    pub selection: Selection<'a>,
    /// The day at whose end it is drawn up.
    pub as_of: Date,
    /// What is done where a semester has no rate yet.
    pub missing_rates: MissingRates,
}

/// What one invoice comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimStatement {
    /// Which invoice.
    pub invoice: Seq,
    /// What was to pay when it was issued, less error-correcting credit notes.
    pub principal: Amount,
    /// The instalments and what is left of the principal of each.
    pub instalments: Vec<InstalmentState>,
    /// Interest, line by line.
    pub lines: Vec<InterestLine>,
    /// All the interest accrued: the sum of the lines.
    pub interest: Amount,
    /// The fixed indemnity, once it is due.
    pub indemnity: Amount,
    /// Payments, as they were imputed here.
    pub payments: Vec<AppliedPayment>,
    /// Credit notes and waivers.
    pub adjustments: Vec<Adjustment>,
    /// What is due and unpaid.
    pub remaining: Parts,
    /// Principal unpaid that is not due yet: not in `remaining`.
    pub not_due: Amount,
    /// Days since the first due date with something unpaid; zero on the due date itself.
    pub days_late: u32,
}

/// One instalment on the day of the statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InstalmentState {
    /// When it falls due, and for how much.
    pub instalment: Instalment,
    /// Principal unpaid.
    pub remaining: Amount,
}

/// A décompte.
#[derive(Debug, Clone)]
pub struct Statement {
    /// Whose.
    pub debtor: Seq,
    /// In which currency.
    pub currency: Currency,
    /// At the end of which day.
    pub as_of: Date,
    /// How it was counted.
    pub conventions: Conventions,
    /// Invoice by invoice, the oldest due date first.
    pub claims: Vec<ClaimStatement>,
    /// What the creditor owes the debtor.
    pub credits: Vec<OpenCredit>,
    /// What goes on accruing, per day.
    pub per_day: Amount,
    /// What the owner should know before he uses it.
    pub warnings: Vec<Fault>,
}

impl Statement {
    /// Draws up the décompte of a debtor.
    ///
    /// # Errors
    /// A semester has no rate and the request refuses to do without.
    pub fn draw_up(ledger: &Ledger, request: &Request<'_>) -> Result<Self, MissingRate> {
        let Request { debtor, currency, selection, as_of, missing_rates } = *request;
        let account = Account::run(ledger, debtor, currency, as_of, missing_rates)?;
        let mut claims = Vec::new();
        let mut per_day = Amount::ZERO;
        for claim in account.claims.iter().filter(|claim| !claim.absorbed) {
            let state = ClaimStatement::of(claim, as_of);
            let shown = match selection {
                Selection::Due => state.remaining.total().is_positive(),
                Selection::Open => (state.remaining.total() + state.not_due).is_positive(),
                Selection::Only(invoices) => {
                    invoices.iter().any(|invoice| ledger.current_on(*invoice, as_of) == claim.seq)
                }
            };
            if shown {
                per_day += account.per_day(claim, as_of)?;
                claims.push(state);
            }
        }
        let warnings = warnings(ledger, &account, &claims, as_of);
        Ok(Self {
            debtor,
            currency,
            as_of,
            conventions: account.conventions,
            claims,
            credits: account.credits,
            per_day: per_day.rounded(Rounding::HalfUpToCent),
            warnings,
        })
    }

    /// Returns what is due and unpaid, by kind.
    #[must_use]
    pub fn remaining(&self) -> Parts {
        let mut sum = Parts::default();
        for claim in &self.claims {
            sum += claim.remaining;
        }
        sum
    }

    /// Returns what the creditor owes the debtor.
    #[must_use]
    pub fn credit(&self) -> Amount {
        self.credits.iter().map(|credit| credit.amount).sum()
    }

    /// Returns what the debtor has to pay: what is due, less open credits.
    #[must_use]
    pub fn total(&self) -> Amount {
        self.remaining().total() - self.credit()
    }

    /// Returns the rate that an invoice bears on the day of the statement, and where it comes from.
    ///
    /// Nothing is known of it where the semester has no rate.
    #[must_use]
    pub fn current_rate(&self, ledger: &Ledger, claim: &ClaimStatement) -> Option<(Rate, String)> {
        let invoice = ledger.invoice(claim.invoice);
        let profile = &ledger.debtor(self.debtor).debtor;
        let accrual = Accrual {
            start: invoice.first_due_on().min(self.as_of),
            rule: RateRule::of(profile.standing, invoice.agreed_rate.or(profile.agreed_rate)),
            variation: self.conventions.variation,
            day_base: self.conventions.day_base,
            rates: ledger.rates(),
            missing: MissingRates::UseLastKnown,
        };
        accrual.rate_on(self.as_of).ok().map(|(rate, source, _)| (rate, source))
    }

    /// Returns the principal that is not due yet.
    #[must_use]
    pub fn not_due(&self) -> Amount {
        self.claims.iter().map(|claim| claim.not_due).sum()
    }
}

impl ClaimStatement {
    fn of(claim: &Claim<'_>, as_of: Date) -> Self {
        let mut lines: Vec<InterestLine> = claim.debts.iter().flat_map(|debt| debt.lines.iter().cloned()).collect();
        lines.sort_by_key(|line| line.period.after);
        let interest = lines.iter().map(|line| line.amount).sum();
        let mut remaining = Parts { indemnity: claim.indemnity_open, ..Parts::default() };
        let mut not_due = Amount::ZERO;
        for debt in &claim.debts {
            remaining.interest += debt.interest;
            if debt.due_on <= as_of { remaining.principal += debt.principal } else { not_due += debt.principal }
        }
        let late_since = claim.debts.iter().filter(|debt| debt.principal.is_positive()).map(|debt| debt.due_on).min();
        Self {
            invoice: claim.seq,
            principal: claim.debts.iter().map(|debt| debt.amount).sum(),
            instalments: claim.debts.iter().map(InstalmentState::of).collect(),
            lines,
            interest,
            indemnity: claim.indemnity,
            payments: claim.payments.clone(),
            adjustments: claim.adjustments.clone(),
            remaining,
            not_due,
            days_late: late_since.map_or(0, |due_on| u32::try_from((as_of - due_on).num_days()).unwrap_or(0)),
        }
    }
}

impl InstalmentState {
    fn of(debt: &Debt) -> Self {
        let instalment = Instalment { due_on: debt.due_on, amount: debt.amount };
        Self { instalment, remaining: debt.principal }
    }
}

/// Returns the currencies in which a debtor has invoices, credit notes or payments.
#[must_use]
pub fn currencies(ledger: &Ledger, debtor: Seq) -> BTreeSet<Currency> {
    let file = ledger.debtor(debtor);
    let invoices = file.invoices.iter().map(|seq| ledger.invoice(*seq).currency);
    let credit_notes = file.credit_notes.iter().map(|seq| ledger.credit_note(*seq).currency);
    let payments = file.payments.iter().map(|seq| ledger.payment(*seq).currency);
    invoices.chain(credit_notes).chain(payments).collect()
}

fn warnings(ledger: &Ledger, account: &Account<'_>, claims: &[ClaimStatement], as_of: Date) -> Vec<Fault> {
    let mut warnings = Vec::new();
    let shown = |seq| claims.iter().any(|claim| claim.invoice == seq);
    let mut floors = BTreeSet::new();
    for claim in account.claims.iter().filter(|claim| shown(claim.seq)) {
        if let RateRule::Agreed(agreed) = claim.rule
            && floors.insert(format!("{agreed:?}"))
        {
            warnings.extend(below_floor(ledger, claim, agreed, as_of));
        }
    }
    let standing = claims.first().map(|claim| ledger.debtor(ledger.invoice(claim.invoice).debtor).debtor.standing);
    let currency = claims.first().map(|claim| ledger.invoice(claim.invoice).currency);
    if currency.is_some_and(|currency| currency != Currency::EUR) && standing != Some(Standing::Consumer) {
        warnings.push(Fault::warning(
            "indemnite-hors-devise",
            "devise",
            "L’indemnité forfaitaire est fixée en euros : elle n’est pas comptée dans ce décompte, réclamez-la à part.",
        ));
    }
    let no_notice = claims.iter().any(|claim| claim.days_late > 0 && claim.lines.is_empty());
    if standing == Some(Standing::Consumer) && no_notice {
        warnings.push(Fault::warning(
            "mise-en-demeure-absente",
            "factures",
            "Contre un consommateur, les intérêts ne courent qu’après réception d’une mise en demeure : \
             envoyez-la et notez sa réception.",
        ));
    }
    warnings
}

/// Warns of an agreed rate below three times the legal rate; it is never corrected in silence.
///
/// # Droit
/// - C. com. art. L441-10 II : le plancher borne le taux convenu, pas le taux supplétif. Lu le 2026-11-22.
// Question : le texte ne dit pas ce qui remplace un taux convenu inférieur au plancher.
fn below_floor(ledger: &Ledger, claim: &Claim<'_>, agreed: AgreedRate, as_of: Date) -> Option<Fault> {
    let debtor = &ledger.debtor(claim.invoice.debtor).debtor;
    if debtor.standing != Standing::Professional {
        return None;
    }
    let rates = ledger.rates().of(Semester::of(as_of))?;
    let floor = rates.legal_professional.times(law::floor_multiple(as_of)?.value);
    let rate: Rate = match agreed {
        AgreedRate::Fixed(rate) => rate,
        AgreedRate::TimesLegal(times) => rates.legal_professional.times(times),
        AgreedRate::RefiPlus(points) => rates.ecb_refi.plus_points(points),
    };
    (rate < floor).then(|| {
        Fault::warning(
            "taux-sous-plancher",
            "taux_convenu",
            format!(
                "Le taux convenu de {} est sous le plancher de {} (trois fois le taux légal) : \
                 faites vérifier la clause avant de le réclamer.",
                french::rate(rate),
                french::rate(floor)
            ),
        )
    })
}
