//! What happens to an owner: everything a debtor, a bank, a court or his own second thoughts may bring.

use dument_domain::arrangement::{
    DirectDebit, DueDateChange, Hold, InterestFrom, LevelsAfter, Plan, PlanInterest, Promise,
};
use dument_domain::calendar::{add_days, split_evenly};
use dument_domain::contact::{Contact, ContactKind, Dispute, DisputeClosing, DisputeKind, DisputeOutcome, Reception};
use dument_domain::dunning::{Case, Ending, LevelJump, PolicyAssignment, PolicyId};
use dument_domain::fact::{EarlierPayments, Replacement, Waiver, WaiverObject};
use dument_domain::invoice::{CreditEffect, CreditNote, Instalment};
use dument_domain::party::Handling;
use dument_domain::proceedings::{HandOver, Insolvency, InsolvencyKind, Mandatary};
use dument_domain::{Amount, Currency, Date, Fact, Seq};
use std::num::NonZeroU16;

use super::Life;
use crate::papers::{self, Bill};
use crate::policies::{any_policy, revised};

/// Something that may happen.
type Event = fn(&mut Life);

/// What may happen, each as often as its weight says.
const FATE: &[(i64, Event)] = &[
    (200, Life::bill),
    (60, Life::pay_exactly),
    (50, Life::pay_everything),
    (60, Life::pay_a_part),
    (15, Life::pay_too_much),
    (30, Life::pay_without_a_word),
    (30, Life::credit_the_bank),
    (50, Life::keep_a_plan),
    (40, Life::promise),
    (40, Life::dispute),
    (40, Life::close_a_dispute),
    (25, Life::hold),
    (15, Life::lift_a_hold),
    (30, Life::agree_on_a_plan),
    (30, Life::change_a_due_date),
    (20, Life::expect_a_debit),
    (10, Life::hand_over),
    (20, Life::take_back),
    (3, Life::open_insolvency),
    (6, Life::close_insolvency),
    (25, Life::credit_note),
    (10, Life::assign_a_credit_note),
    (15, Life::waive),
    (8, Life::adopt_a_policy),
    (12, Life::assign_a_policy),
    (15, Life::jump),
    (8, Life::treat_otherwise),
    (8, Life::replace_an_invoice),
    (8, Life::confirm_reception),
    (20, Life::talk),
    (40, Life::change_his_mind),
];

impl Life {
    /// Lets one thing happen.
    pub(super) fn something_happens(&mut self) {
        self.dice.weighted(FATE)(self);
    }

    /// Lets one thing happen on the day where the life was cut short.
    pub fn something_else(&mut self) {
        self.worked_on = self.today;
        self.something_happens();
    }

    /// Returns a day since the owner last worked.
    fn lately(&mut self) -> Date {
        let away = u32::try_from((self.today - self.worked_on).num_days()).unwrap();
        let back = if self.dice.percent(70) { 0 } else { self.dice.days(0, away) };
        self.today - chrono::Days::new(back.into())
    }

    fn a_debtor(&mut self) -> Seq {
        self.dice.one_of(&self.debtors)
    }

    /// Returns an instalment unpaid of somebody, with his currency.
    fn a_case(&mut self) -> Option<(Seq, Currency, Case)> {
        let debtor = self.a_debtor();
        let cases = self.cases(debtor);
        let ranks: Vec<usize> = (0..cases.len()).collect();
        let (currency, case) = cases[self.dice.find(&ranks)?].clone();
        Some((debtor, currency, case))
    }

    /// Returns a fact that stands, of those that are wanted.
    fn a_fact(&mut self, wanted: impl Fn(&Fact) -> bool) -> Option<Seq> {
        let found: Vec<Seq> = self.facts().filter(|(_, fact)| wanted(fact)).map(|(seq, _)| seq).collect();
        self.dice.find(&found)
    }

    fn number(&self) -> String {
        format!("P-{}", self.ledger.facts().len())
    }

    fn bill(&mut self) {
        let currency = if self.dice.percent(85) { Currency::EUR } else { Currency::parse("CHF").unwrap() };
        let bill = Bill {
            debtor: self.a_debtor(),
            currency,
            issued_on: self.lately(),
            delay: self.dice.days(0, 45),
            cents: self.dice.between(1_000, 500_000),
            parts: self.dice.one_of(&[1, 1, 1, 2, 3]),
        };
        let invoice = papers::invoice(bill, self.number());
        self.record(Fact::InvoiceRecorded(invoice));
    }

    fn receive(&mut self, debtor: Seq, sum: (Amount, Currency), chosen: Vec<Seq>) {
        let on = self.lately();
        self.record(Fact::PaymentReceived(papers::payment(debtor, sum, on, chosen)));
    }

    fn pay_exactly(&mut self) {
        let Some((debtor, currency, case)) = self.a_case() else { return };
        self.receive(debtor, (case.remaining, currency), vec![case.invoice]);
    }

    fn pay_everything(&mut self) {
        let Some((debtor, currency, case)) = self.a_case() else { return };
        let sum = self.owed(debtor, currency, case.invoice);
        self.receive(debtor, (sum, currency), vec![case.invoice]);
    }

    fn pay_a_part(&mut self) {
        let Some((debtor, currency, case)) = self.a_case() else { return };
        let part = self.dice.between(1, case.remaining.cents().unwrap());
        self.receive(debtor, (Amount::from_cents(part), currency), vec![case.invoice]);
    }

    fn pay_too_much(&mut self) {
        let Some((debtor, currency, case)) = self.a_case() else { return };
        let more = Amount::from_cents(self.dice.between(1, 50_000));
        self.receive(debtor, (case.remaining + more, currency), vec![case.invoice]);
    }

    fn pay_without_a_word(&mut self) {
        let debtor = self.a_debtor();
        let cents = self.dice.between(100, 200_000);
        self.receive(debtor, (Amount::from_cents(cents), Currency::EUR), Vec::new());
    }

    /// Shows a credit that nobody has explained yet; it is often just what somebody owes.
    fn credit_the_bank(&mut self) {
        let Some((_, currency, case)) = self.a_case() else { return };
        let amount = if self.dice.percent(80) { case.claimable() } else { Amount::from_cents(12_345) };
        let on = self.lately();
        self.record(Fact::BankCreditSeen(papers::credit((amount, currency), on)));
    }

    /// Pays the next instalment of somebody's plan.
    fn keep_a_plan(&mut self) {
        let Some(plan) = self.a_fact(|fact| matches!(fact, Fact::PlanAgreed(_))) else { return };
        let plan = self.ledger.find_plan(plan).unwrap().clone();
        let amounts: Vec<Amount> = plan.instalments.iter().map(|instalment| instalment.amount).collect();
        let amount = self.dice.one_of(&amounts);
        self.receive(plan.debtor, (amount, plan.currency), plan.invoices);
    }

    pub(super) fn promise(&mut self) {
        let Some((debtor, currency, case)) = self.a_case() else { return };
        let amount =
            if self.dice.percent(60) { case.remaining } else { Amount::from_cents(self.dice.between(1, 90_000)) };
        let (made_on, delay) = (self.lately(), self.dice.days(0, 30));
        let invoices = if self.dice.percent(80) { vec![case.invoice] } else { Vec::new() };
        let due_on = add_days(made_on, delay);
        self.record(Fact::PromiseMade(Promise { debtor, invoices, amount, currency, made_on, due_on, means: None }));
    }

    fn dispute(&mut self) {
        let Some((debtor, _, case)) = self.a_case() else { return };
        let part = Amount::from_cents(self.dice.between(1, case.remaining.cents().unwrap()));
        let amount = self.dice.percent(60).then_some(part);
        let on = self.lately();
        let (invoice, kind) = (case.invoice, DisputeKind::Quality);
        self.record(Fact::DisputeOpened(Dispute { debtor, invoice, on, amount, kind, said: String::new() }));
    }

    fn close_a_dispute(&mut self) {
        let Some(dispute) = self.a_fact(|fact| matches!(fact, Fact::DisputeOpened(_))) else { return };
        let debtor = self.owner_of(dispute);
        let (on, outcome) = (self.lately(), DisputeOutcome::Settled);
        let reason = "accord trouvé".to_owned();
        self.record(Fact::DisputeClosed(DisputeClosing { debtor, dispute, on, outcome, reason }));
    }

    fn hold(&mut self) {
        let Some((debtor, _, case)) = self.a_case() else { return };
        let invoices = if self.dice.percent(50) { vec![case.invoice] } else { Vec::new() };
        let (on, days) = (self.lately(), self.dice.days(0, 60));
        let hold = Hold { debtor, invoices, on, until: add_days(on, days), reason: "il déménage".to_owned() };
        self.record(Fact::HoldSet(hold));
    }

    fn lift_a_hold(&mut self) {
        let hold = self.a_fact(|fact| matches!(fact, Fact::HoldSet(_)));
        let Some(ending) = hold.map(|hold| self.ending(hold)) else { return };
        self.record(Fact::HoldLifted(ending));
    }

    fn owner_of(&self, episode: Seq) -> Seq {
        self.ledger.fact(episode).unwrap().fact.episode_of().unwrap()
    }

    fn ending(&mut self, of: Seq) -> Ending {
        Ending { debtor: self.owner_of(of), of, on: self.lately(), reason: "c’est fini".to_owned() }
    }

    fn agree_on_a_plan(&mut self) {
        let Some((debtor, currency, case)) = self.a_case() else { return };
        let invoices = vec![case.invoice];
        let debt = self.owed(debtor, currency, case.invoice);
        let parts = NonZeroU16::new(u16::try_from(self.dice.between(1, 4)).unwrap()).unwrap();
        let step = self.dice.days(5, 30);
        let due_on = |rank: u32| add_days(self.today, step * rank);
        let instalments = (1..)
            .zip(split_evenly(debt, parts))
            .map(|(rank, amount)| Instalment { due_on: due_on(rank), amount })
            .collect();
        let lapse_notice_days = self.dice.percent(70).then_some(8);
        let (agreed_on, interest) = (self.today, PlanInterest::Continues);
        let plan =
            Plan { debtor, invoices, currency, agreed_on, instalments, interest, lapse_notice_days, proof: None };
        self.record(Fact::PlanAgreed(plan));
    }

    fn change_a_due_date(&mut self) {
        let Some((debtor, _, case)) = self.a_case() else { return };
        let on = self.lately();
        let due_on = add_days(case.due_on, self.dice.days(0, 60));
        let change = DueDateChange {
            debtor,
            invoice: case.invoice,
            instalment: case.instalment,
            on,
            due_on,
            interest: self.dice.one_of(&[InterestFrom::OriginalDueDate, InterestFrom::NewDueDate]),
            levels: self.dice.one_of(&[LevelsAfter::Continue, LevelsAfter::StartAgain]),
            reason: "accord".to_owned(),
            proof: None,
        };
        self.record(Fact::DueDateChanged(change));
    }

    fn expect_a_debit(&mut self) {
        let Some((debtor, _, case)) = self.a_case() else { return };
        let on = self.lately();
        let debit_on = case.due_on.max(on);
        let rejection_days = self.dice.days(0, 10);
        let invoices = vec![case.invoice];
        self.record(Fact::DirectDebitExpected(DirectDebit { debtor, invoices, on, debit_on, rejection_days }));
    }

    pub(super) fn hand_over(&mut self) {
        let Some((debtor, _, case)) = self.a_case() else { return };
        let invoices = if self.dice.percent(50) { vec![case.invoice] } else { Vec::new() };
        let (on, to, name) = (self.lately(), Mandatary::Agency, "Recouvr’Ouest".to_owned());
        self.record(Fact::HandedOver(HandOver { debtor, invoices, on, to, name, reference: None }));
    }

    fn take_back(&mut self) {
        let given = self.a_fact(|fact| matches!(fact, Fact::HandedOver(_)));
        let Some(ending) = given.map(|given| self.ending(given)) else { return };
        self.record(Fact::TakenBack(ending));
    }

    fn open_insolvency(&mut self) {
        let (debtor, judgment_on) = (self.a_debtor(), self.lately());
        let kind = InsolvencyKind::RedressementJudiciaire;
        let opened = Insolvency { debtor, kind, judgment_on, published_on: None, court: None, representative: None };
        self.record(Fact::InsolvencyOpened(opened));
    }

    fn close_insolvency(&mut self) {
        let opened = self.a_fact(|fact| matches!(fact, Fact::InsolvencyOpened(_)));
        let Some(ending) = opened.map(|opened| self.ending(opened)) else { return };
        self.record(Fact::InsolvencyClosed(ending));
    }

    fn credit_note(&mut self) {
        let Some((debtor, currency, case)) = self.a_case() else { return };
        let effect = self.dice.one_of(&[CreditEffect::FromItsDate, CreditEffect::FromOrigin]);
        let invoice = self.dice.percent(70).then_some(case.invoice);
        let total = Amount::from_cents(self.dice.between(1, case.remaining.cents().unwrap() + 1_000));
        let (number, issued_on) = (self.number(), self.lately());
        let note = CreditNote { debtor, number, issued_on, currency, total, invoice, effect, original: None };
        self.record(Fact::CreditNoteRecorded(note));
    }

    fn assign_a_credit_note(&mut self) {
        let open = self.a_fact(|fact| matches!(fact, Fact::CreditNoteRecorded(note) if note.invoice.is_none()));
        let (Some(credit_note), Some((_, _, case))) = (open, self.a_case()) else { return };
        self.record(Fact::CreditNoteAssigned { credit_note, invoice: case.invoice });
    }

    fn waive(&mut self) {
        let Some((_, _, case)) = self.a_case() else { return };
        let some = Amount::from_cents(self.dice.between(1, case.remaining.cents().unwrap()));
        let object = match self.dice.between(0, 3) {
            0 => WaiverObject::Indemnity,
            1 => WaiverObject::Interest { amount: None },
            2 => WaiverObject::Interest { amount: Some(Amount::from_cents(500)) },
            _ => WaiverObject::Principal { amount: some },
        };
        let (invoice, on, reason) = (case.invoice, self.lately(), "geste".to_owned());
        self.record(Fact::WaiverGranted(Waiver { invoice, on, object, reason }));
    }

    fn adopt_a_policy(&mut self) {
        let policy = if self.dice.percent(60) {
            let (known, _) = self.a_policy();
            revised(&mut self.dice, &self.policies.get(known).clone())
        } else {
            any_policy(&mut self.dice, "Maison")
        };
        self.record(Fact::PolicyAdopted(policy));
    }

    fn a_policy(&mut self) -> (PolicyId, usize) {
        let current: Vec<PolicyId> = self.policies.current().map(|(id, _)| id).collect();
        (self.dice.one_of(&current), current.len())
    }

    fn assign_a_policy(&mut self) {
        let Some((debtor, _, case)) = self.a_case() else { return };
        let (policy, _) = self.a_policy();
        let invoice = self.dice.percent(60).then_some(case.invoice);
        let (on, reason) = (self.lately(), "client à suivre".to_owned());
        self.record(Fact::PolicyAssigned(PolicyAssignment { debtor, invoice, policy, on, reason }));
    }

    fn jump(&mut self) {
        let Some((debtor, _, case)) = self.a_case() else { return };
        let levels = &self.policies.running(case.policy).levels;
        let ranks: Vec<usize> = (0..levels.len()).collect();
        let to = levels[self.dice.one_of(&ranks)].id.clone();
        let (invoice, instalment, on) = (case.invoice, case.instalment, self.lately());
        let reason = "il ne répond plus".to_owned();
        self.record(Fact::LevelJumped(LevelJump { debtor, invoice, instalment, to, on, reason }));
    }

    fn treat_otherwise(&mut self) {
        let debtor = self.a_debtor();
        let mut corrected = self.ledger.debtor(debtor).debtor.clone();
        corrected.handling = self.dice.one_of(&[Handling::Ordinary, Handling::WithCare, Handling::NotReminded]);
        self.record(Fact::DebtorCorrected { debtor, corrected });
    }

    fn replace_an_invoice(&mut self) {
        let Some((debtor, currency, case)) = self.a_case() else { return };
        let bill = Bill { debtor, currency, issued_on: self.today, delay: 15, cents: 40_000, parts: 1 };
        let invoice = papers::invoice(bill, self.number());
        let Some(by) = self.record(Fact::InvoiceRecorded(invoice)) else { return };
        let earlier_payments = self.dice.one_of(&[EarlierPayments::CarriedOver, EarlierPayments::Deducted]);
        let replacement = Replacement { invoice: case.invoice, by, on: self.today, earlier_payments };
        self.record(Fact::InvoiceReplaced(replacement));
    }

    fn confirm_reception(&mut self) {
        let Some((debtor, _, case)) = self.a_case() else { return };
        let (invoice, on, means) = (case.invoice, self.lately(), "accusé de lecture".to_owned());
        self.record(Fact::ReceptionConfirmed(Reception { debtor, invoice, on, means, proof: None }));
    }

    fn talk(&mut self) {
        let (debtor, on) = (self.a_debtor(), self.lately());
        let kind = self.dice.one_of(&[ContactKind::Email, ContactKind::Meeting, ContactKind::Note]);
        let said = "Il a parlé de sa trésorerie.".to_owned();
        let (invoices, steps) = (Vec::new(), Vec::new());
        let contact = Contact { debtor, invoices, on, kind, with: None, by: None, cause: None, said, steps };
        self.record(Fact::ContactLogged(contact));
    }

    /// Cancels something recent that nothing builds on; the debtors of a life stay.
    fn change_his_mind(&mut self) {
        let recent = self.facts().rev().take(15).filter(|(_, fact)| !matches!(fact, Fact::DebtorAdded(_)));
        let recent: Vec<Seq> = recent.map(|(seq, _)| seq).collect();
        if let Some(fact) = self.dice.find(&recent) {
            self.cancel(fact, "saisie par erreur");
        }
    }
}
