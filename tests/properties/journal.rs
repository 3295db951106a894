//! What is written is what is read back.

use std::collections::BTreeSet;

use dument_domain::arrangement::{
    DirectDebit, DueDateChange, Hold, InterestFrom, Lapse, LevelsAfter, Plan, PlanInterest, Promise,
};
use dument_domain::contact::{
    CallOutcome, Cause, Contact, ContactKind, Dispute, DisputeClosing, DisputeKind, DisputeOutcome, Reception,
};
use dument_domain::conventions::{Conventions, MissingRates};
use dument_domain::dunning::{
    After, Ending, Level, LevelId, LevelJump, Policy, PolicyAssignment, PolicyId, StandardPolicy, Step,
};
use dument_domain::fact::{
    BankCredit, Capitalisation, CapitalisationGround, Channel, Delivery, DeliveryOutcome, EarlierPayments, Exhibit,
    ExhibitNature, JournalHead, Letter, LetterModel, LimitationAct, LimitationActKind, Payment, Replacement, Sending,
    Waiver, WaiverObject,
};
use dument_domain::identifiers::{Bic, Iban, Siren, VatNumber};
use dument_domain::interest::AgreedRate;
use dument_domain::invoice::{CreditEffect, CreditNote, DueBasis, Instalment, Invoice, InvoiceNature, TaxLine, Trade};
use dument_domain::law::{Confidence, Semester, SemesterRates};
use dument_domain::party::{BankAccount, Creditor, Debtor, Handling, Party, Standing};
use dument_domain::proceedings::{HandOver, Insolvency, InsolvencyKind, Mandatary};
use dument_domain::{Currency, Date, Fact, Rate, Seq};
use dument_storage::Journal;
use proptest::prelude::*;

use super::story::book;
use crate::support::office::{day, euros};

proptest! {
    #[test]
    fn facts_are_read_back_as_they_were_written(book in book()) {
        for recorded in book.ledger.facts() {
            let written = serde_json::to_string(&recorded.fact).unwrap();
            prop_assert_eq!(&serde_json::from_str::<Fact>(&written).unwrap(), &recorded.fact);
        }
    }

    #[test]
    fn any_words_are_read_back_as_they_were_written(name in any::<String>(), reason in any::<String>()) {
        let facts = [Fact::DebtorAdded(debtor(&name)), Fact::FactCancelled { fact: Seq::new(1), reason }];
        for fact in facts {
            prop_assert_eq!(&serde_json::from_str::<Fact>(&serde_json::to_string(&fact).unwrap()).unwrap(), &fact);
        }
    }
}

#[test]
fn every_kind_of_fact_comes_back_from_the_journal_with_all_it_says() {
    let facts = every_kind();
    let mut journal = Journal::in_memory().unwrap();
    // An erasure is not appended like the others: it takes a content away.
    let appended: Vec<Fact> =
        facts.iter().filter(|fact| !matches!(fact, Fact::PayloadErased { .. })).cloned().collect();
    journal.append(&appended, "2026-06-30T12:00:00+02:00").unwrap();
    let read: Vec<Fact> = journal.facts().unwrap().into_iter().map(|recorded| recorded.fact).collect();
    assert_eq!(read, appended);
    for fact in facts {
        assert_eq!(serde_json::from_str::<Fact>(&serde_json::to_string(&fact).unwrap()).unwrap(), fact);
    }
}

/// Returns the names of all the kinds.
pub fn kinds() -> BTreeSet<&'static str> {
    every_kind().iter().map(Fact::kind).collect()
}

#[test]
fn no_kind_of_fact_is_forgotten() {
    let numbers: BTreeSet<usize> = every_kind().iter().map(number).collect();
    assert_eq!(numbers, (0..41).collect());
}

/// Does not compile when a kind is added: give it the next number, and an example below.
fn number(fact: &Fact) -> usize {
    match fact {
        Fact::CompanyIdentified(_) => 0,
        Fact::ConventionsChosen(_) => 1,
        Fact::RateDeclared(_) => 2,
        Fact::DebtorAdded(_) => 3,
        Fact::DebtorCorrected { .. } => 4,
        Fact::InvoiceRecorded(_) => 5,
        Fact::InvoiceReplaced(_) => 6,
        Fact::CreditNoteRecorded(_) => 7,
        Fact::CreditNoteAssigned { .. } => 8,
        Fact::PaymentReceived(_) => 9,
        Fact::PaymentAllocated { .. } => 10,
        Fact::ExhibitAdded(_) => 11,
        Fact::WaiverGranted(_) => 12,
        Fact::CapitalisationRecorded(_) => 13,
        Fact::LetterIssued(_) => 14,
        Fact::LetterSent(_) => 15,
        Fact::LetterDelivered(_) => 16,
        Fact::LimitationActRecorded(_) => 17,
        Fact::FactCancelled { .. } => 18,
        Fact::PayloadErased { .. } => 19,
        Fact::ReceptionConfirmed(_) => 20,
        Fact::DueDateChanged(_) => 21,
        Fact::BankChecked { .. } => 22,
        Fact::BankCreditSeen(_) => 23,
        Fact::BankCreditDismissed { .. } => 24,
        Fact::ContactLogged(_) => 25,
        Fact::PromiseMade(_) => 26,
        Fact::DisputeOpened(_) => 27,
        Fact::DisputeClosed(_) => 28,
        Fact::PlanAgreed(_) => 29,
        Fact::PlanLapsed(_) => 30,
        Fact::HoldSet(_) => 31,
        Fact::HoldLifted(_) => 32,
        Fact::DirectDebitExpected(_) => 33,
        Fact::PolicyAdopted(_) => 34,
        Fact::PolicyAssigned(_) => 35,
        Fact::LevelJumped(_) => 36,
        Fact::HandedOver(_) => 37,
        Fact::TakenBack(_) => 38,
        Fact::InsolvencyOpened(_) => 39,
        Fact::InsolvencyClosed(_) => 40,
    }
}

/// Returns a fact of each kind, with every field that may be absent filled in.
fn every_kind() -> Vec<Fact> {
    let (one, two, today) = (Seq::new(1), Seq::new(2), day("2026-06-30"));
    let creditor = Creditor {
        party: party("Atelier Morvan"),
        bank: Some(BankAccount { iban: Iban::read("FR7630006000011234567890189"), bic: Some(Bic::read("AGRIFRPP")) }),
        mediator: vec!["Médiateur".to_owned(), "www.mediateur.example".to_owned()],
    };
    let rate = Rate::parse("12.1500").unwrap();
    let rates = SemesterRates {
        semester: Semester::parse("2030-S1").unwrap(),
        legal_private: rate,
        legal_professional: rate,
        ecb_refi: rate,
        source: "arrêté".to_owned(),
        confidence: Confidence::Medium,
    };
    let credit_note = CreditNote {
        debtor: one,
        number: "AV-1".to_owned(),
        issued_on: today,
        currency: Currency::EUR,
        total: euros("12.30"),
        invoice: Some(two),
        effect: CreditEffect::FromOrigin,
        original: Some("0".repeat(64)),
    };
    let payment = Payment {
        debtor: one,
        amount: euros("10"),
        currency: Currency::EUR,
        received_on: today,
        means: Some("virement".to_owned()),
        reference: Some("VIR 12".to_owned()),
        chosen: vec![two],
        credit: Some(one),
    };
    let waiver = Waiver {
        invoice: two,
        on: today,
        object: WaiverObject::Interest { amount: Some(euros("1")) },
        reason: "geste".to_owned(),
    };
    let capitalisation = Capitalisation {
        invoices: vec![two],
        from: today,
        ground: CapitalisationGround::Judgment,
        reference: "TC Quimper".to_owned(),
    };
    let act = LimitationAct {
        invoices: vec![two],
        on: today,
        kind: LimitationActKind::Mediation,
        ended_on: Some(today),
        proof: Some(one),
    };
    let mut facts = vec![
        Fact::CompanyIdentified(creditor),
        Fact::ConventionsChosen(Conventions::default()),
        Fact::RateDeclared(rates),
        Fact::DebtorAdded(debtor("Fournil")),
        Fact::DebtorCorrected { debtor: one, corrected: debtor("Fournil du Port") },
        Fact::InvoiceRecorded(invoice(rate)),
        Fact::InvoiceReplaced(Replacement {
            invoice: one,
            by: two,
            on: today,
            earlier_payments: EarlierPayments::Deducted,
        }),
        Fact::CreditNoteRecorded(credit_note),
        Fact::CreditNoteAssigned { credit_note: one, invoice: two },
        Fact::PaymentReceived(payment),
        Fact::PaymentAllocated { payment: one, invoices: vec![two] },
        Fact::ExhibitAdded(exhibit()),
        Fact::WaiverGranted(waiver),
        Fact::CapitalisationRecorded(capitalisation),
        Fact::LetterIssued(letter()),
        Fact::LetterSent(Sending { letter: one, on: today, channel: Channel::Lre, tracking: Some("1A".to_owned()) }),
        Fact::LetterDelivered(Delivery { letter: one, on: today, outcome: DeliveryOutcome::Unclaimed }),
        Fact::LimitationActRecorded(act),
        Fact::FactCancelled { fact: one, reason: "erreur".to_owned() },
        Fact::PayloadErased { erased: one, ground: "demande de la personne".to_owned() },
    ];
    facts.extend(arrangements(one, two, today));
    facts.extend(exchanges(one, two, today));
    facts.extend(policies(one, two, today));
    facts
}

/// Returns a fact of each kind of agreement after the invoice.
fn arrangements(one: Seq, two: Seq, today: Date) -> Vec<Fact> {
    let due = Instalment { due_on: today, amount: euros("10") };
    let plan = Plan {
        debtor: one,
        invoices: vec![two],
        currency: Currency::EUR,
        agreed_on: today,
        instalments: vec![due, due],
        interest: PlanInterest::GivenUpIfKept,
        lapse_notice_days: Some(8),
        proof: Some(two),
    };
    let change = DueDateChange {
        debtor: one,
        invoice: two,
        instalment: 1,
        on: today,
        due_on: today,
        interest: InterestFrom::OriginalDueDate,
        levels: LevelsAfter::StartAgain,
        reason: "travaux".to_owned(),
        proof: Some(one),
    };
    let hold = Hold { debtor: one, invoices: vec![two], on: today, until: today, reason: "congés".to_owned() };
    let debit = DirectDebit { debtor: one, invoices: vec![two], on: today, debit_on: today, rejection_days: 5 };
    let credit = BankCredit { amount: euros("10"), currency: Currency::EUR, booked_on: today, label: "VIR".to_owned() };
    let ending = Ending { debtor: one, of: two, on: today, reason: "fini".to_owned() };
    vec![
        Fact::DueDateChanged(change),
        Fact::PlanAgreed(plan),
        Fact::PlanLapsed(Lapse { debtor: one, plan: two, notice: two, on: today }),
        Fact::HoldSet(hold),
        Fact::HoldLifted(ending),
        Fact::DirectDebitExpected(debit),
        Fact::BankChecked { through: today },
        Fact::BankCreditSeen(credit),
        Fact::BankCreditDismissed { credit: one, reason: "capital".to_owned() },
    ]
}

/// Returns a fact of each kind of exchange with a debtor.
fn exchanges(one: Seq, two: Seq, today: Date) -> Vec<Fact> {
    let text = |text: &str| Some(text.to_owned());
    let contact = Contact {
        debtor: one,
        invoices: vec![two],
        on: today,
        kind: ContactKind::Call(CallOutcome::MessageLeft),
        with: text("Mme Rey"),
        by: text("Léa"),
        cause: Some(Cause::Dispute(DisputeKind::Delivery)),
        said: "rappelle demain".to_owned(),
        steps: vec![step()],
    };
    let promise = Promise {
        debtor: one,
        invoices: vec![two],
        amount: euros("10"),
        currency: Currency::EUR,
        made_on: today,
        due_on: today,
        means: text("par téléphone"),
    };
    let dispute = Dispute {
        debtor: one,
        invoice: two,
        on: today,
        amount: Some(euros("4")),
        kind: DisputeKind::Price,
        said: "trop cher".to_owned(),
    };
    let outcome = DisputeOutcome::Settled;
    let closing = DisputeClosing { debtor: one, dispute: two, on: today, outcome, reason: "remise".to_owned() };
    let proof = Some(one);
    vec![
        Fact::ContactLogged(contact),
        Fact::PromiseMade(promise),
        Fact::DisputeOpened(dispute),
        Fact::DisputeClosed(closing),
        Fact::ReceptionConfirmed(Reception {
            debtor: one,
            invoice: two,
            on: today,
            means: "portail".to_owned(),
            proof,
        }),
    ]
}

/// Returns a fact of each kind that says how, or by whom, a debtor is reminded.
fn policies(one: Seq, two: Seq, today: Date) -> Vec<Fact> {
    let text = |text: &str| Some(text.to_owned());
    let level = Level {
        minimum: Some(euros("50")),
        by: text("Léa"),
        after: After::PreviousLevel { days: 9 },
        ..Policy::standard(StandardPolicy::Consumer).levels[3].clone()
    };
    let policy = Policy { levels: vec![level], ..Policy::standard(StandardPolicy::Consumer) };
    let reason = "client fidèle".to_owned();
    let assignment = PolicyAssignment {
        debtor: one,
        invoice: Some(two),
        policy: PolicyId::Adopted(two),
        on: today,
        reason: reason.clone(),
    };
    let step = step();
    let jump = LevelJump { debtor: one, invoice: two, instalment: 0, to: step.level, on: today, reason };
    let given = HandOver {
        debtor: one,
        invoices: vec![two],
        on: today,
        to: Mandatary::CommissaireDeJustice,
        name: "Me Le Gall".to_owned(),
        reference: text("2026-12"),
    };
    let insolvency = Insolvency {
        debtor: one,
        kind: InsolvencyKind::LiquidationJudiciaire,
        judgment_on: today,
        published_on: Some(today),
        court: text("TC Quimper"),
        representative: text("SELARL Kerzhu"),
    };
    let ending = Ending { debtor: one, of: two, on: today, reason: "payé".to_owned() };
    vec![
        Fact::PolicyAdopted(policy),
        Fact::PolicyAssigned(assignment),
        Fact::LevelJumped(jump),
        Fact::HandedOver(given),
        Fact::TakenBack(ending.clone()),
        Fact::InsolvencyOpened(insolvency),
        Fact::InsolvencyClosed(ending),
    ]
}

fn step() -> Step {
    let level = LevelId::parse("relance-1").unwrap();
    let policy = PolicyId::Standard(StandardPolicy::WithCare);
    Step { invoice: Seq::new(2), instalment: 1, level, policy }
}

fn party(name: &str) -> Party {
    let text = |text: &str| Some(text.to_owned());
    Party {
        name: name.to_owned(),
        legal_form: text("SARL"),
        capital: text("8 000 €"),
        address: vec!["1 quai".to_owned(), "29000 Quimper".to_owned()],
        siren: Some(Siren::read("732 829 320")),
        siret: None,
        vat: Some(VatNumber::read("FR44732829320")),
        rcs: text("Quimper"),
        email: text("a@example.fr"),
        phone: text("02 98 00 00 00"),
    }
}

fn debtor(name: &str) -> Debtor {
    let party = Party { name: name.to_owned(), ..party("") };
    let agreed_rate = Some(AgreedRate::TimesLegal(3));
    let allocation = Some(dument_domain::conventions::AllocationOrder::PrincipalFirst);
    Debtor {
        party,
        standing: Standing::Professional,
        delay_days: Some(45),
        agreed_rate,
        allocation,
        handling: Handling::WithCare,
    }
}

fn invoice(rate: Rate) -> Invoice {
    Invoice {
        debtor: Seq::new(1),
        number: "F-1".to_owned(),
        nature: InvoiceNature::Deposit,
        issued_on: day("2026-05-01"),
        delivered_on: Some(day("2026-04-30")),
        currency: Currency::parse("CHF").unwrap(),
        total: euros("1200"),
        prepaid: euros("200"),
        net: Some(euros("1000")),
        taxes: vec![TaxLine { rate, base: Some(euros("1000")), amount: euros("200") }],
        instalments: vec![Instalment { due_on: day("2026-06-01"), amount: euros("1000") }],
        due_basis: DueBasis::Computed,
        agreed_rate: Some(AgreedRate::RefiPlus(rate)),
        trade: Trade::Carriage,
        order_reference: Some("BC-9".to_owned()),
        original: Some("0".repeat(64)),
    }
}

fn exhibit() -> Exhibit {
    Exhibit {
        debtor: Seq::new(1),
        invoices: vec![Seq::new(2)],
        letter: Some(Seq::new(3)),
        nature: ExhibitNature::Receipt,
        title: "Accusé de réception".to_owned(),
        dated_on: Some(day("2026-06-01")),
        added_on: day("2026-06-02"),
        sha256: "0".repeat(64),
        size: 12,
        file_name: "ar.pdf".to_owned(),
    }
}

fn letter() -> Letter {
    Letter {
        debtor: Seq::new(1),
        model: LetterModel::MiseEnDemeure,
        invoices: vec![Seq::new(2)],
        issued_on: day("2026-06-01"),
        delay_days: Some(8),
        currency: Currency::EUR,
        principal: euros("1000"),
        interest: euros("1.05"),
        indemnity: euros("40"),
        total: euros("1041.05"),
        pdf: "0".repeat(64),
        pages: 2,
        data: "1".repeat(64),
        version: "0.1.0".to_owned(),
        head: Some(JournalHead { seq: Seq::new(9), fingerprint: "0123456789abcdef".to_owned() }),
        missing_rates: MissingRates::UseLastKnown,
        warning: Some("À défaut de paiement…".to_owned()),
        steps: vec![step()],
        about: Some(Seq::new(4)),
    }
}
