//! What is said and agreed after the invoice, what the bank shows, and what takes a case out of the owner's hands.

use std::num::NonZeroU16;

use dument_domain::arrangement::Plan;
use dument_domain::fact::BankCredit;
use dument_domain::{Currency, Fact};
use dument_workflows::arrangements::{
    DueDateEntry, PlanEntry, Schedule, agree_plan, change_due_date, expect_debit, lapse_plan, lift_hold, preview_plan,
    set_hold,
};
use dument_workflows::bank::{check_bank, dismiss_credit, see_credit};
use dument_workflows::debtors::add_debtor;
use dument_workflows::exchanges::{
    ContactEntry, DisputeEntry, PromiseEntry, close_dispute, confirm_reception, log_contact, open_dispute,
    record_promise,
};
use dument_workflows::letters::{Confirmation, issue_letter, list_letters};
use dument_workflows::payments::{PaymentEntry, record_payment};
use dument_workflows::proceedings::{
    HandOverEntry, InsolvencyEntry, close_insolvency, hand_over, open_insolvency, take_back,
};
use dument_workflows::steps::carry_out;
use dument_workflows::words::{
    ContactKind, DisputeKind, DisputeOutcome, InsolvencyKind, InterestFrom, LetterModel, LevelsAfter, Mandatary,
    PlanInterest, Seq, Standing,
};
use dument_workflows::{Error, Office};

use super::following::{at, call, following};
use super::{Refusal, Warning, asked, asked_of, guarded};
use crate::support::office::{CLIENT, bill, company_with, customer, day, euros, invoice, letter, pay, payment, post};

pub fn refusals() -> Vec<Refusal> {
    [said(), disputes(), plans(), lapses(), holds(), bank(), proceedings()].into_iter().flatten().collect()
}

fn last(office: &Office) -> Seq {
    office.ledger().facts().last().unwrap().seq
}

fn not_that(office: &Office) -> Seq {
    office.ledger().numbered("F-1").unwrap()
}

fn note(said: &str) -> ContactEntry {
    ContactEntry { kind: ContactKind::Note, said: said.to_owned(), ..call("2026-06-20") }
}

fn promise(amount: &str, due_on: &str) -> PromiseEntry {
    PromiseEntry {
        debtor: CLIENT.to_owned(),
        invoices: vec!["F-1".to_owned()],
        amount: euros(amount),
        currency: None,
        made_on: day("2026-06-20"),
        due_on: day(due_on),
        means: None,
    }
}

fn promised(office: &mut Office, entry: PromiseEntry) -> Error {
    record_promise(office, entry, &at("2026-06-20")).unwrap_err()
}

fn said() -> Vec<Refusal> {
    vec![
        asked("note-vide", |office| log_contact(office, note(" "), &at("2026-06-20")).unwrap_err()),
        asked("note-vide", |office| {
            let decision = ContactEntry { kind: ContactKind::Decision, ..note("") };
            log_contact(office, decision, &at("2026-06-20")).unwrap_err()
        }),
        asked("date-impossible", |office| log_contact(office, call("2026-06-21"), &at("2026-06-20")).unwrap_err()),
        asked("date-impossible", |office| {
            let how = (day("2026-06-21"), "accusé de lecture");
            confirm_reception(office, (CLIENT, "F-1"), how, None, &at("2026-06-20")).unwrap_err()
        }),
        asked("montant-impossible", |office| promised(office, promise("0", "2026-06-30"))),
        asked("date-impossible", |office| promised(office, promise("100", "2026-06-19"))),
        asked("devises-melangees", |office| {
            promised(office, PromiseEntry { currency: Currency::parse("CHF"), ..promise("100", "2026-06-30") })
        }),
    ]
}

pub fn warnings() -> Vec<Warning> {
    vec![("faits-objectifs", || {
        log_contact(&mut following(), note("refuse de parler"), &at("2026-06-20")).unwrap().warnings
    })]
}

fn dispute(amount: Option<&str>) -> DisputeEntry {
    DisputeEntry {
        debtor: CLIENT.to_owned(),
        invoice: "F-1".to_owned(),
        on: day("2026-06-02"),
        amount: amount.map(euros),
        kind: DisputeKind::Price,
        said: "trop cher".to_owned(),
    }
}

fn closed(office: &mut Office, dispute: Seq, reason: &str) -> Result<(), Error> {
    let how = (day("2026-06-20"), DisputeOutcome::Unfounded);
    close_dispute(office, dispute, how, reason, &at("2026-06-20")).map(drop)
}

fn disputed() -> Office {
    let mut office = following();
    open_dispute(&mut office, dispute(None), &at("2026-06-02")).unwrap();
    office
}

fn disputes() -> Vec<Refusal> {
    vec![
        asked_of(following, "contestation-trop-haute", |office| {
            open_dispute(office, dispute(Some("1000.01")), &at("2026-06-02")).unwrap_err()
        }),
        asked_of(following, "montant-impossible", |office| {
            open_dispute(office, dispute(Some("0")), &at("2026-06-02")).unwrap_err()
        }),
        asked_of(following, "date-impossible", |office| {
            open_dispute(office, dispute(None), &at("2026-06-01")).unwrap_err()
        }),
        asked("reference-inconnue", |office| closed(office, not_that(office), "réglé").unwrap_err()),
        asked_of(disputed, "motif-absent", |office| closed(office, last(office), " ").unwrap_err()),
        asked_of(
            || {
                let mut office = disputed();
                let dispute = last(&office);
                closed(&mut office, dispute, "réglé").unwrap();
                office
            },
            "deja-termine",
            |office| {
                let dispute = Seq::new(last(office).get() - 1);
                closed(office, dispute, "réglé").unwrap_err()
            },
        ),
    ]
}

/// What becomes of the balance when an instalment is missed.
const CLAUSE: Option<u32> = Some(8);

fn plan(schedule: Schedule, lapse_notice_days: Option<u32>) -> PlanEntry {
    PlanEntry {
        debtor: CLIENT.to_owned(),
        invoices: Vec::new(),
        currency: None,
        agreed_on: day("2026-06-02"),
        schedule,
        interest: PlanInterest::Continues,
        lapse_notice_days,
    }
}

fn three_parts() -> Schedule {
    Schedule::Even { count: NonZeroU16::new(3).unwrap(), first_on: day("2026-06-10"), every_months: 1 }
}

fn typed(instalments: &[(&str, Option<&str>)]) -> Schedule {
    Schedule::Typed(instalments.iter().map(|(on, amount)| (day(on), amount.map(euros))).collect())
}

fn spread(office: &mut Office, instalments: &[(&str, Option<&str>)]) -> Error {
    let entry = plan(typed(instalments), CLAUSE);
    let refused = preview_plan(office, &entry, &at("2026-06-02"), None).unwrap_err();
    assert_eq!(agree_plan(office, &entry, &at("2026-06-02"), None).unwrap_err(), refused);
    refused
}

fn plans() -> Vec<Refusal> {
    vec![
        asked_of(
            || company_with(Standing::Professional),
            "rien-a-etaler",
            |office| agree_plan(office, &plan(three_parts(), CLAUSE), &at("2026-06-02"), None).unwrap_err(),
        ),
        asked_of(nameless, "entreprise-sans-nom", |office| {
            agree_plan(office, &plan(three_parts(), CLAUSE), &at("2026-06-02"), None).unwrap_err()
        }),
        asked_of(following, "versement-sans-montant", |office| {
            spread(office, &[("2026-06-10", None), ("2026-07-10", Some("500"))])
        }),
        asked_of(following, "echeancier-en-desordre", |office| {
            spread(office, &[("2026-07-10", Some("500")), ("2026-06-10", None)])
        }),
        asked_of(following, "echeancier-en-desordre", |office| {
            spread(office, &[("2026-06-01", Some("500")), ("2026-06-10", None)])
        }),
        asked_of(following, "echeancier-inexact", |office| spread(office, &[("2026-06-10", Some("500"))])),
        asked_of(following, "montant-impossible", |office| {
            spread(office, &[("2026-06-10", Some("5000")), ("2026-07-10", None)])
        }),
        guarded("plan-sans-facture", |office| {
            Fact::PlanAgreed(Plan {
                debtor: office.ledger().debtor_named(CLIENT).unwrap(),
                invoices: Vec::new(),
                currency: Currency::EUR,
                agreed_on: day("2026-06-02"),
                instalments: Vec::new(),
                interest: PlanInterest::Continues,
                lapse_notice_days: None,
                proof: None,
            })
        }),
    ]
}

/// Returns a company that has not said who it is, and has an invoice.
fn nameless() -> Office {
    let mut office = Office::in_memory().unwrap();
    add_debtor(&mut office, customer(CLIENT, Standing::Professional), &at("2026-01-05")).unwrap();
    bill(&mut office, invoice("F-1", "2026-05-31", "1000"));
    office
}

/// Returns a company whose customer has a plan, of which he missed the first instalment.
fn spread_out(lapse_notice_days: Option<u32>) -> Office {
    let mut office = following();
    agree_plan(&mut office, &plan(three_parts(), lapse_notice_days), &at("2026-06-02"), None).unwrap();
    let agreement = list_letters(&office)[0].letter;
    post(&mut office, agreement, day("2026-06-02"));
    office
}

/// Returns the same, once the notice that quotes the missed instalment was drawn up.
fn noticed() -> Office {
    let mut office = spread_out(CLAUSE);
    issue_letter(&mut office, &letter(LetterModel::RelancePromesse), &at("2026-06-15"), None).unwrap();
    office
}

/// Returns the same, once it left.
fn served() -> Office {
    let mut office = noticed();
    let notice = list_letters(&office)[1].letter;
    post(&mut office, notice, day("2026-06-15"));
    office
}

fn lapsed(office: &mut Office, on: &str) -> Result<(), Error> {
    let agreed = |recorded: &&dument_domain::Recorded| matches!(recorded.fact, Fact::PlanAgreed(_));
    let plan = office.ledger().facts().iter().find(agreed).unwrap().seq;
    lapse_plan(office, plan, day(on), &at(on)).map(drop)
}

fn lapses() -> Vec<Refusal> {
    vec![
        asked_of(|| spread_out(None), "sans-clause-de-decheance", |office| lapsed(office, "2026-06-30").unwrap_err()),
        asked_of(|| spread_out(CLAUSE), "decheance-sans-avis", |office| lapsed(office, "2026-06-30").unwrap_err()),
        asked_of(noticed, "decheance-sans-avis", |office| lapsed(office, "2026-06-30").unwrap_err()),
        asked_of(served, "avis-deja-parti", |office| {
            carry_out(office, CLIENT, Confirmation::Given, &at("2026-06-24"), None).unwrap_err()
        }),
        asked_of(
            || {
                let mut office = served();
                pay(&mut office, payment("2026-06-16", "400"));
                office
            },
            "versement-regularise",
            |office| lapsed(office, "2026-06-30").unwrap_err(),
        ),
        asked_of(served, "avis-trop-recent", |office| lapsed(office, "2026-06-23").unwrap_err()),
        asked_of(
            || {
                let mut office = served();
                lapsed(&mut office, "2026-06-24").unwrap();
                office
            },
            "deja-termine",
            |office| lapsed(office, "2026-06-25").unwrap_err(),
        ),
        asked("reference-inconnue", |office| {
            lapse_plan(office, not_that(office), day("2026-06-20"), &at("2026-06-20")).unwrap_err()
        }),
    ]
}

fn moved(instalment: Option<u32>, due_on: &str) -> DueDateEntry {
    DueDateEntry {
        debtor: CLIENT.to_owned(),
        invoice: "F-1".to_owned(),
        instalment,
        due_on: day(due_on),
        interest: InterestFrom::OriginalDueDate,
        levels: LevelsAfter::Continue,
        reason: "travaux".to_owned(),
        proof: None,
    }
}

fn held(office: &mut Office, until: &str, reason: &str) -> Result<Seq, Error> {
    Ok(set_hold(office, (CLIENT, &[]), day(until), reason, &at("2026-06-20"))?.fact)
}

fn holds() -> Vec<Refusal> {
    vec![
        asked("date-impossible", |office| held(office, "2026-06-19", "congés").unwrap_err()),
        asked("motif-absent", |office| held(office, "2026-06-30", " ").unwrap_err()),
        asked("reference-inconnue", |office| {
            lift_hold(office, not_that(office), "fini", &at("2026-06-20")).unwrap_err()
        }),
        asked_of(
            || {
                let mut office = following();
                let hold = held(&mut office, "2026-06-30", "congés").unwrap();
                lift_hold(&mut office, hold, "rentré", &at("2026-06-20")).unwrap();
                office
            },
            "deja-termine",
            |office| {
                let hold = Seq::new(last(office).get() - 1);
                lift_hold(office, hold, "rentré", &at("2026-06-20")).unwrap_err()
            },
        ),
        asked("echeance-inconnue", |office| {
            change_due_date(office, moved(Some(4), "2026-07-31"), &at("2026-06-20")).unwrap_err()
        }),
        asked("date-impossible", |office| {
            change_due_date(office, moved(None, "2026-01-31"), &at("2026-06-20")).unwrap_err()
        }),
        asked("date-impossible", |office| {
            let debited = ["F-1".to_owned()];
            expect_debit(office, (CLIENT, &debited), (day("2026-06-19"), 5), &at("2026-06-20")).unwrap_err()
        }),
    ]
}

fn credit(amount: &str, booked_on: &str) -> BankCredit {
    BankCredit {
        amount: euros(amount),
        currency: Currency::EUR,
        booked_on: day(booked_on),
        label: "VIR FOURNIL".to_owned(),
    }
}

/// Returns a company whose bank shows a credit that turned out to settle nothing.
fn explained() -> Office {
    let mut office = following();
    see_credit(&mut office, credit("250", "2026-06-18"), &at("2026-06-20")).unwrap();
    let seen = last(&office);
    dismiss_credit(&mut office, seen, "apport du gérant", &at("2026-06-20")).unwrap();
    office
}

fn explained_credit(office: &Office) -> Option<Seq> {
    Some(Seq::new(last(office).get() - 1))
}

fn bank() -> Vec<Refusal> {
    vec![
        asked("date-impossible", |office| check_bank(office, day("2026-06-21"), &at("2026-06-20")).unwrap_err()),
        asked("montant-impossible", |office| {
            see_credit(office, credit("0", "2026-06-18"), &at("2026-06-20")).unwrap_err()
        }),
        asked("date-impossible", |office| {
            see_credit(office, credit("250", "2026-06-21"), &at("2026-06-20")).unwrap_err()
        }),
        asked_of(explained, "credit-deja-rapproche", |office| {
            let seen = explained_credit(office).unwrap();
            dismiss_credit(office, seen, "encore", &at("2026-06-20")).unwrap_err()
        }),
        asked_of(explained, "credit-deja-rapproche", |office| {
            let entry = PaymentEntry { credit: explained_credit(office), ..payment("2026-06-18", "250") };
            record_payment(office, entry, &at("2026-06-20")).unwrap_err()
        }),
        // An invoice is no credit of the bank.
        asked("fait-inconnu", |office| {
            dismiss_credit(office, not_that(office), "apport", &at("2026-06-20")).unwrap_err()
        }),
        asked("fait-inconnu", |office| {
            let entry = PaymentEntry { credit: Some(not_that(office)), ..payment("2026-06-18", "250") };
            record_payment(office, entry, &at("2026-06-20")).unwrap_err()
        }),
    ]
}

fn entrusted(name: &str) -> HandOverEntry {
    HandOverEntry {
        debtor: CLIENT.to_owned(),
        invoices: Vec::new(),
        on: day("2026-06-20"),
        to: Mandatary::Lawyer,
        name: name.to_owned(),
        reference: None,
    }
}

fn opened(judgment_on: &str, published_on: Option<&str>) -> InsolvencyEntry {
    InsolvencyEntry {
        debtor: CLIENT.to_owned(),
        kind: InsolvencyKind::RedressementJudiciaire,
        judgment_on: day(judgment_on),
        published_on: published_on.map(day),
        court: None,
        representative: None,
    }
}

fn proceedings() -> Vec<Refusal> {
    vec![
        asked("nom-absent", |office| hand_over(office, entrusted(" "), &at("2026-06-20")).unwrap_err()),
        asked("date-impossible", |office| hand_over(office, entrusted("Me Le Gall"), &at("2026-06-19")).unwrap_err()),
        asked("reference-inconnue", |office| {
            take_back(office, not_that(office), day("2026-06-20"), "fini", &at("2026-06-20")).unwrap_err()
        }),
        asked("date-impossible", |office| {
            open_insolvency(office, opened("2026-06-21", None), &at("2026-06-20")).unwrap_err()
        }),
        asked("date-impossible", |office| {
            open_insolvency(office, opened("2026-06-10", Some("2026-06-09")), &at("2026-06-20")).unwrap_err()
        }),
        asked("reference-inconnue", |office| {
            close_insolvency(office, not_that(office), day("2026-06-20"), "clôture", &at("2026-06-20")).unwrap_err()
        }),
        asked_of(
            || {
                let mut office = following();
                open_insolvency(&mut office, opened("2026-06-10", None), &at("2026-06-20")).unwrap();
                office
            },
            "date-impossible",
            |office| {
                let on = day("2026-06-09");
                close_insolvency(office, last(office), on, "clôture", &at("2026-06-20")).unwrap_err()
            },
        ),
    ]
}
