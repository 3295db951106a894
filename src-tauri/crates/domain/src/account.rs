//! The running account of one debtor in one currency: what each of his debts is after each event.
//!
//! It starts at the first invoice and goes through every event in calendar order, because a payment that names no invoice
//! is imputed on what is open that day. `statement` reads the result.

use std::collections::BTreeMap;

use crate::allocation::{Parts, Rank, in_order_of_law, in_proportion};
use crate::calendar::{Period, add_years};
use crate::conventions::{AllocationOrder, Conventions, MissingRates};
use crate::fact::{Seq, WaiverObject};
use crate::interest::{Accrual, InterestLine, MissingRate, RateRule, Rates};
use crate::invoice::{CreditEffect, Invoice};
use crate::law;
use crate::ledger::{DebtorFile, DueDate, Ledger};
use crate::party::Standing;
use crate::{Amount, Currency, Date};

/// A part of a payment that settled a part of an invoice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AppliedPayment {
    /// Which payment.
    pub payment: Seq,
    /// When it arrived.
    pub received_on: Date,
    /// What it settled here.
    pub settled: Parts,
}

/// What lowered a claim without being a payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adjustment {
    /// The credit note or the waiver.
    pub fact: Seq,
    /// From when.
    pub on: Date,
    /// What it took away.
    pub removed: Parts,
}

/// Money or a credit note that settles nothing yet: the creditor owes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenCredit {
    /// The payment or the credit note.
    pub fact: Seq,
    /// Its date.
    pub on: Date,
    /// What is left of it.
    pub amount: Amount,
}

/// One instalment: the unit of lateness.
#[derive(Debug, Clone)]
pub(crate) struct Debt {
    /// Which instalment of its invoice, the first being 0.
    pub instalment: u32,
    pub due_on: Date,
    /// The day after which it is late: the due date of the invoice, unless another was agreed for interest as well.
    late_after: Date,
    /// What fell due, less what a credit note takes away from the origin.
    pub amount: Amount,
    pub principal: Amount,
    pub interest: Amount,
    pub lines: Vec<InterestLine>,
    /// The part of the interest that bears interest itself.
    capitalised: Amount,
    /// The day after which interest runs, once something makes it run.
    start: Option<Date>,
    accrued_through: Date,
}

/// One invoice and what became of it.
#[derive(Debug, Clone)]
pub(crate) struct Claim<'a> {
    pub seq: Seq,
    pub invoice: &'a Invoice,
    pub debts: Vec<Debt>,
    pub rule: RateRule,
    /// The fixed indemnity that lateness brought.
    pub indemnity: Amount,
    pub indemnity_open: Amount,
    pub payments: Vec<AppliedPayment>,
    pub adjustments: Vec<Adjustment>,
    /// Taken up by another invoice: claimed no more.
    pub absorbed: bool,
    indemnity_waived: bool,
    interest_stopped_on: Option<Date>,
}

/// The account after the last event.
pub(crate) struct Account<'a> {
    pub claims: Vec<Claim<'a>>,
    pub credits: Vec<OpenCredit>,
    pub conventions: Conventions,
    ledger: &'a Ledger,
    missing: MissingRates,
    debtor: Seq,
    standing: Standing,
    currency: Currency,
    as_of: Date,
    positions: BTreeMap<Seq, usize>,
}

/// What moves an account, in the order in which events of one day are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    CreditNote(Seq),
    Waiver(Seq),
    Payment(Seq),
    Absorption(Seq),
    Capitalisation { invoice: Seq },
}

/// What every debt of the account is counted with.
#[derive(Clone, Copy)]
struct Terms<'a> {
    conventions: Conventions,
    rates: &'a Rates,
    missing: MissingRates,
}

impl<'a> Terms<'a> {
    fn accrual(self, rule: RateRule, start: Date) -> Accrual<'a> {
        let Conventions { variation, day_base, .. } = self.conventions;
        Accrual { start, rule, variation, day_base, rates: self.rates, missing: self.missing }
    }
}

impl<'a> Account<'a> {
    /// Runs the account of a debtor through a day.
    pub fn run(
        ledger: &'a Ledger,
        debtor: Seq,
        currency: Currency,
        as_of: Date,
        missing: MissingRates,
    ) -> Result<Self, MissingRate> {
        let mut account = Self::opened(ledger, debtor, currency, as_of, missing);
        account.live()?;
        account.mark_late(as_of);
        for index in 0..account.claims.len() {
            account.accrue(index, as_of)?;
        }
        Ok(account)
    }

    /// Runs the account through a day for its principals: the interest since the last event is left out.
    ///
    /// Where a semester has no rate, the last known one decides how a payment was imputed.
    pub fn principals(ledger: &'a Ledger, debtor: Seq, currency: Currency, as_of: Date) -> Self {
        let mut account = Self::opened(ledger, debtor, currency, as_of, MissingRates::UseLastKnown);
        account.live().expect("BUG: the last known rate stands for a missing one");
        account
    }

    /// Goes through every event in order.
    fn live(&mut self) -> Result<(), MissingRate> {
        let mut events = self.events();
        events.sort();
        for (on, event) in events {
            self.mark_late(on);
            self.take(on, event)?;
        }
        Ok(())
    }

    fn opened(ledger: &'a Ledger, debtor: Seq, currency: Currency, as_of: Date, missing: MissingRates) -> Self {
        let file = ledger.debtor(debtor);
        let profile = &file.debtor;
        let mut conventions = ledger.conventions();
        conventions.allocation = profile.allocation.unwrap_or(conventions.allocation);
        let mut claims: Vec<Claim<'a>> = file
            .invoices
            .iter()
            .map(|seq| (*seq, ledger.invoice(*seq)))
            .filter(|(_, invoice)| invoice.currency == currency && invoice.issued_on <= as_of)
            .filter(|(seq, _)| !ledger.is_superseded(*seq, as_of))
            .map(|(seq, invoice)| {
                let rule = RateRule::of(profile.standing, invoice.agreed_rate.or(profile.agreed_rate));
                let noticed_on = first_notice(ledger, &file.letters, seq, as_of);
                let mut claim = Claim::opened(seq, invoice, rule, &ledger.due_dates(seq, as_of), |late_after| {
                    match profile.standing {
                        Standing::Professional | Standing::PublicBody => Some(late_after),
                        Standing::Consumer => noticed_on.map(|notice| notice.max(late_after)),
                    }
                });
                claim.interest_stopped_on = stopped_by_insolvency(file, invoice, as_of);
                claim
            })
            .collect();
        claims.sort_by_key(|claim| (claim.first_due_on(), claim.seq));
        let positions = claims.iter().enumerate().map(|(index, claim)| (claim.seq, index)).collect();
        let standing = profile.standing;
        Self { claims, credits: Vec::new(), conventions, ledger, missing, debtor, standing, currency, as_of, positions }
    }

    fn events(&self) -> Vec<(Date, Event)> {
        let (ledger, as_of) = (self.ledger, self.as_of);
        let file = ledger.debtor(self.debtor);
        let mut events = Vec::new();
        for seq in &file.credit_notes {
            let credit_note = ledger.credit_note(*seq);
            if credit_note.currency != self.currency || credit_note.issued_on > as_of {
                continue;
            }
            let on = match credit_note.effect {
                CreditEffect::FromItsDate => credit_note.issued_on,
                CreditEffect::FromOrigin => ledger
                    .credited_invoice(*seq)
                    .and_then(|invoice| ledger.find_invoice(invoice))
                    .map_or(credit_note.issued_on, |invoice| invoice.issued_on.min(credit_note.issued_on)),
            };
            events.push((on, Event::CreditNote(*seq)));
        }
        let payments = file.payments.iter().map(|seq| (*seq, ledger.payment(*seq)));
        events.extend(
            payments
                .filter(|(_, payment)| payment.currency == self.currency)
                .map(|(seq, payment)| (payment.received_on, Event::Payment(seq))),
        );
        for claim in &self.claims {
            let seq = claim.seq;
            events.extend(ledger.waivers_of(seq).map(|(waiver, on)| (on, Event::Waiver(waiver))));
            events.extend(ledger.replacement_of(seq).map(|replacement| (replacement.on, Event::Absorption(seq))));
            for from in ledger.capitalisations_of(seq) {
                let years = (1..).map(|year| add_years(from, year)).take_while(|on| *on <= as_of);
                events.extend(years.map(|on| (on, Event::Capitalisation { invoice: seq })));
            }
        }
        events.retain(|(on, _)| *on <= as_of);
        events
    }

    fn take(&mut self, on: Date, event: Event) -> Result<(), MissingRate> {
        match event {
            Event::CreditNote(seq) => self.take_credit_note(on, seq),
            Event::Waiver(seq) => self.take_waiver(on, seq),
            Event::Absorption(invoice) => {
                let index = self.positions[&invoice];
                self.accrue(index, on)?;
                self.claims[index].absorb();
                Ok(())
            }
            Event::Payment(seq) => self.take_payment(on, seq),
            Event::Capitalisation { invoice } => {
                let index = self.positions[&invoice];
                self.accrue(index, on)?;
                self.claims[index].capitalise(on);
                Ok(())
            }
        }
    }

    /// Gives each invoice its indemnity once it is late with something unpaid.
    ///
    /// # Droit
    /// - C. com. art. L441-10 II et D441-5 : de plein droit, une fois par facture, même payée en partie à temps. Lu le 2026-11-22.
    /// - C. conso. art. L121-21 : aucun frais de recouvrement réclamé à un consommateur sans titre. Lu le 2026-11-22.
    fn mark_late(&mut self, on: Date) {
        // The indemnity is a sum in euros; it is not converted into the currency of the invoice.
        let Some(regime) = self.standing.regime() else { return };
        if self.currency != Currency::EUR {
            return;
        }
        for claim in &mut self.claims {
            let late = claim.debts.iter().find(|debt| debt.late_after < on && debt.principal.is_positive());
            let Some(debt) = late else { continue };
            if !claim.indemnity.is_zero() || claim.indemnity_waived || claim.absorbed {
                continue;
            }
            let first_day = debt.late_after.succ_opt().unwrap_or(debt.late_after);
            claim.indemnity = law::indemnity(regime, first_day).map_or(Amount::ZERO, |dated| dated.value);
            claim.indemnity_open = claim.indemnity;
        }
    }

    /// Counts the interest of an invoice through a day.
    fn accrue(&mut self, index: usize, through: Date) -> Result<(), MissingRate> {
        let terms = self.terms();
        let claim = &mut self.claims[index];
        let through = claim.interest_stopped_on.map_or(through, |stopped| stopped.min(through));
        for debt in &mut claim.debts {
            let Some(start) = debt.start else { continue };
            if through <= debt.accrued_through {
                continue;
            }
            let base = debt.principal + debt.capitalised;
            if base.is_positive() {
                let accrual = terms.accrual(claim.rule, start);
                let lines = accrual.lines(base, Period { after: debt.accrued_through, through })?;
                debt.interest += lines.iter().map(|line| line.amount).sum();
                debt.lines.extend(lines);
            }
            debt.accrued_through = through;
        }
        Ok(())
    }

    /// Returns what one more day costs on an invoice, unrounded, from the day after `as_of`.
    pub fn per_day(&self, claim: &Claim<'_>, as_of: Date) -> Result<Amount, MissingRate> {
        let next_day = as_of.succ_opt().unwrap_or(as_of);
        let mut total = Amount::ZERO;
        for debt in &claim.debts {
            let base = debt.principal + debt.capitalised;
            let Some(start) = debt.start.filter(|start| *start < next_day) else { continue };
            if !base.is_positive() || claim.interest_stopped_on.is_some() {
                continue;
            }
            let terms = Terms { missing: MissingRates::UseLastKnown, ..self.terms() };
            let accrual = terms.accrual(claim.rule, start);
            total += accrual.per_day(base, next_day)?;
        }
        Ok(total)
    }

    fn take_credit_note(&mut self, on: Date, seq: Seq) -> Result<(), MissingRate> {
        let credit_note = self.ledger.credit_note(seq);
        let target = self.ledger.credited_invoice(seq).map(|invoice| self.ledger.current_on(invoice, self.as_of));
        let mut left = credit_note.total;
        if let Some(index) = target.and_then(|invoice| self.positions.get(&invoice).copied()) {
            self.accrue(index, on)?;
            left = self.claims[index].lower_principal(seq, on, left);
            if credit_note.effect == CreditEffect::FromOrigin {
                self.claims[index].restate_amounts();
            }
        }
        if left.is_positive() {
            self.credits.push(OpenCredit { fact: seq, on: credit_note.issued_on, amount: left });
        }
        Ok(())
    }

    fn take_waiver(&mut self, on: Date, seq: Seq) -> Result<(), MissingRate> {
        let waiver = self.ledger.waiver(seq);
        let index = self.positions[&waiver.invoice];
        // The indemnity bears no interest: waiving it cuts no line of interest.
        if waiver.object != WaiverObject::Indemnity {
            self.accrue(index, on)?;
        }
        let claim = &mut self.claims[index];
        match waiver.object {
            WaiverObject::Interest { amount: Some(amount) } => claim.lower_interest(seq, on, amount),
            WaiverObject::Interest { amount: None } => {
                claim.lower_interest(seq, on, Amount::LIMIT);
                claim.interest_stopped_on = Some(claim.interest_stopped_on.map_or(on, |stopped| stopped.min(on)));
            }
            WaiverObject::Indemnity => claim.waive_indemnity(seq, on),
            WaiverObject::Principal { amount } => {
                claim.lower_principal(seq, on, amount);
            }
        }
        Ok(())
    }

    fn take_payment(&mut self, on: Date, seq: Seq) -> Result<(), MissingRate> {
        let mut left = self.ledger.payment(seq).amount;
        for invoice in self.ledger.chosen_invoices(seq) {
            if let Some(index) = self.positions.get(&self.ledger.current_on(invoice, self.as_of)).copied() {
                self.accrue(index, on)?;
                left -= self.claims[index].settle(self.conventions.allocation, seq, on, left);
            }
        }
        left = self.settle_by_law(on, seq, left)?;
        if left.is_positive() {
            self.credits.push(OpenCredit { fact: seq, on, amount: left });
        }
        Ok(())
    }

    /// Imputes what names no invoice: the debts that are due, then their indemnities, then the debts to come.
    fn settle_by_law(&mut self, on: Date, payment: Seq, mut left: Amount) -> Result<Amount, MissingRate> {
        left = self.settle_debts(on, payment, left, |debt| debt.due_on <= on)?;
        for claim in &mut self.claims {
            let settled = Parts { indemnity: left.min(claim.indemnity_open), ..Parts::default() };
            claim.record(payment, on, settled);
            claim.indemnity_open -= settled.indemnity;
            left -= settled.indemnity;
        }
        self.settle_debts(on, payment, left, |debt| debt.due_on > on)
    }

    fn settle_debts(
        &mut self,
        on: Date,
        payment: Seq,
        mut left: Amount,
        concerned: impl Fn(&Debt) -> bool,
    ) -> Result<Amount, MissingRate> {
        if !left.is_positive() {
            return Ok(left);
        }
        let mut debts = Vec::new();
        for (index, claim) in self.claims.iter().enumerate().filter(|(_, claim)| claim.invoice.issued_on <= on) {
            for (part, debt) in claim.debts.iter().enumerate().filter(|(_, debt)| concerned(debt)) {
                if debt.principal.is_positive() || debt.interest.is_positive() {
                    debts.push((index, part));
                }
            }
        }
        let ranks = debts.iter().map(|(index, part)| self.rank(*index, *part, on)).collect::<Result<Vec<_>, _>>()?;
        for group in in_order_of_law(&ranks) {
            // A debt that gets nothing is left alone: its line of interest is not cut.
            if !left.is_positive() {
                break;
            }
            for position in &group {
                self.accrue(debts[*position].0, on)?;
            }
            let open: Vec<Amount> = group.iter().map(|position| self.debt(debts[*position]).open().total()).collect();
            for (position, share) in group.iter().zip(in_proportion(left, &open)) {
                let (index, part) = debts[*position];
                let order = self.conventions.allocation;
                left -= self.claims[index].settle_part(order, part, payment, on, share);
            }
        }
        Ok(left)
    }

    fn terms(&self) -> Terms<'a> {
        Terms { conventions: self.conventions, rates: self.ledger.rates(), missing: self.missing }
    }

    fn debt(&self, (index, part): (usize, usize)) -> &Debt {
        &self.claims[index].debts[part]
    }

    fn rank(&self, index: usize, part: usize, on: Date) -> Result<Rank, MissingRate> {
        let claim = &self.claims[index];
        let debt = &claim.debts[part];
        let bears = debt.start.is_some_and(|start| start < on) && debt.principal.is_positive();
        let accrual = |start| self.terms().accrual(claim.rule, start);
        let rate =
            debt.start.filter(|_| bears).map(|start| accrual(start).rate_on(on)).transpose()?.map(|(rate, ..)| rate);
        Ok(Rank { rate, due_on: debt.due_on, issued_on: claim.invoice.issued_on })
    }
}

impl Debt {
    fn open(&self) -> Parts {
        Parts { interest: self.interest, principal: self.principal, indemnity: Amount::ZERO }
    }

    fn lower(&mut self, by: Parts) {
        self.interest -= by.interest;
        self.principal -= by.principal;
        self.capitalised = self.capitalised.min(self.interest);
    }
}

impl<'a> Claim<'a> {
    fn opened(
        seq: Seq,
        invoice: &'a Invoice,
        rule: RateRule,
        due_dates: &[DueDate],
        start: impl Fn(Date) -> Option<Date>,
    ) -> Self {
        let mut debts: Vec<Debt> = (0..)
            .zip(invoice.instalments.iter().zip(due_dates))
            .map(|(number, (instalment, due))| {
                let start = start(due.late_after);
                Debt {
                    instalment: number,
                    due_on: due.present,
                    late_after: due.late_after,
                    amount: instalment.amount,
                    principal: instalment.amount,
                    interest: Amount::ZERO,
                    lines: Vec::new(),
                    capitalised: Amount::ZERO,
                    start,
                    accrued_through: start.unwrap_or(due.late_after),
                }
            })
            .collect();
        debts.sort_by_key(|debt| debt.due_on);
        Self {
            seq,
            invoice,
            debts,
            rule,
            indemnity: Amount::ZERO,
            indemnity_open: Amount::ZERO,
            payments: Vec::new(),
            adjustments: Vec::new(),
            absorbed: false,
            indemnity_waived: false,
            interest_stopped_on: None,
        }
    }

    /// Says whether the sum of the invoice came, whatever its payments were imputed on: what is left is what lateness brought.
    pub fn is_paid_at_face(&self) -> bool {
        let principal: Amount = self.debts.iter().map(|debt| debt.principal).sum();
        let interest: Amount = self.payments.iter().map(|payment| payment.settled.interest).sum();
        principal <= interest
    }

    fn first_due_on(&self) -> Date {
        self.debts.iter().map(|debt| debt.due_on).min().unwrap_or(self.invoice.issued_on)
    }

    /// Settles the invoice as far as a sum goes, and returns what it took of it.
    fn settle(&mut self, order: AllocationOrder, payment: Seq, on: Date, sum: Amount) -> Amount {
        let mut left = sum;
        for part in 0..self.debts.len() {
            left -= self.settle_part(order, part, payment, on, left);
        }
        let indemnity = left.min(self.indemnity_open);
        self.indemnity_open -= indemnity;
        self.record(payment, on, Parts { indemnity, ..Parts::default() });
        sum - left + indemnity
    }

    fn settle_part(&mut self, order: AllocationOrder, part: usize, payment: Seq, on: Date, sum: Amount) -> Amount {
        let settled = order.settle(sum, self.debts[part].open());
        self.debts[part].lower(settled);
        self.record(payment, on, settled);
        settled.total()
    }

    fn record(&mut self, payment: Seq, received_on: Date, settled: Parts) {
        if settled.total().is_zero() {
            return;
        }
        match self.payments.last_mut() {
            Some(last) if last.payment == payment => last.settled += settled,
            _ => self.payments.push(AppliedPayment { payment, received_on, settled }),
        }
    }

    /// Lowers the principal, first instalments first, and returns what was left over.
    fn lower_principal(&mut self, fact: Seq, on: Date, by: Amount) -> Amount {
        let mut left = by;
        for debt in &mut self.debts {
            let principal = left.min(debt.principal);
            debt.lower(Parts { principal, ..Parts::default() });
            left -= principal;
        }
        self.adjust(fact, on, Parts { principal: by - left, ..Parts::default() });
        left
    }

    fn lower_interest(&mut self, fact: Seq, on: Date, by: Amount) {
        let mut left = by;
        for debt in &mut self.debts {
            let interest = left.min(debt.interest);
            debt.lower(Parts { interest, ..Parts::default() });
            left -= interest;
        }
        self.adjust(fact, on, Parts { interest: by - left, ..Parts::default() });
    }

    fn waive_indemnity(&mut self, fact: Seq, on: Date) {
        let indemnity = std::mem::take(&mut self.indemnity_open);
        self.indemnity_waived = true;
        self.adjust(fact, on, Parts { indemnity, ..Parts::default() });
    }

    fn adjust(&mut self, fact: Seq, on: Date, removed: Parts) {
        if !removed.total().is_zero() {
            self.adjustments.push(Adjustment { fact, on, removed });
        }
    }

    /// Takes what is left as what had always been due.
    fn restate_amounts(&mut self) {
        for debt in &mut self.debts {
            debt.amount = debt.principal;
        }
    }

    fn absorb(&mut self) {
        self.absorbed = true;
        self.indemnity_open = Amount::ZERO;
        for debt in &mut self.debts {
            debt.lower(debt.open());
        }
    }

    /// Lets the interest due for a full year bear interest.
    fn capitalise(&mut self, on: Date) {
        for debt in &mut self.debts {
            if debt.start.is_some_and(|start| add_years(start, 1) <= on) {
                debt.capitalised = debt.interest;
            }
        }
    }
}

/// Returns the last day for which interest is counted on an invoice issued before insolvency proceedings were opened.
fn stopped_by_insolvency(file: &DebtorFile, invoice: &Invoice, as_of: Date) -> Option<Date> {
    let insolvency = file.insolvency.as_ref().filter(|insolvency| insolvency.judgment_on <= as_of)?;
    let born_on = invoice.delivered_on.unwrap_or(invoice.issued_on).min(invoice.issued_on);
    (born_on < insolvency.judgment_on).then(|| insolvency.interest_stops_on())
}

/// Returns the day the debtor received the first mise en demeure for an invoice, or was presented with it.
///
/// # Droit
/// - C. civ. art. 1344-1 : la mise en demeure fait courir l’intérêt au taux légal. Lu le 2026-11-22.
/// - 1re civ. 20 janv. 2021 n° 19-20.680 : une lettre recommandée non réclamée met en demeure. Lu le 2026-11-22.
fn first_notice(ledger: &Ledger, letters: &[Seq], invoice: Seq, as_of: Date) -> Option<Date> {
    letters
        .iter()
        .map(|seq| ledger.letter(*seq))
        .filter(|file| file.letter.gives_notice() && file.letter.invoices.contains(&invoice))
        .filter_map(|file| file.reached_as_of(as_of))
        .min()
}
