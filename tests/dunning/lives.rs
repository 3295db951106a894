//! Whole lives: two years of one debtor for each standing, chapter after chapter in calendar order, every sum counted by hand.

mod consumer;
mod kept;
mod professional;
mod public_body;

use std::num::NonZeroU16;

use dument_workflows::Office;
use dument_workflows::arrangements::{
    DueDateEntry, PlanEntry, PlanView, Schedule, agree_plan, change_due_date, set_hold,
};
use dument_workflows::exchanges::{ContactEntry, DisputeEntry, close_dispute, log_contact, open_dispute};
use dument_workflows::letters::{LetterQuery, LetterView, issue_letter, mark_delivered};
use dument_workflows::proceedings::{HandOverEntry, InsolvencyEntry, hand_over, open_insolvency, take_back};
use dument_workflows::words::{
    Channel, ContactKind, DeliveryOutcome, DisputeKind, DisputeOutcome, InsolvencyKind, InterestFrom, LetterModel,
    LevelsAfter, Mandatary, PlanInterest, Seq,
};

use crate::support::office::{CLIENT, act, agenda, day, euros, letter_of, noon, send, to_do};

/// Checks what the agenda says on a day: each action with its sum.
#[track_caller]
fn expect(office: &Office, on: &str, expected: &[(&str, &str)]) {
    let said = to_do(office, on);
    let said: Vec<_> = said.iter().map(|(action, amount)| (*action, amount.as_str())).collect();
    assert_eq!(said, expected, "on {on}: {:#?}", agenda(office, on));
}

/// Checks that there is nothing to do on these days.
#[track_caller]
fn quiet(office: &Office, days: &[&str]) {
    for on in days {
        expect(office, on, &[]);
    }
}

/// Checks a letter: its model, its principal, its interest, its indemnities, its total.
#[track_caller]
fn claims(letter: &LetterView, model: LetterModel, sums: [&str; 4]) {
    let found = [letter.principal, letter.interest, letter.indemnity, letter.total];
    assert_eq!((letter.model, found), (model, sums.map(euros)));
}

/// Does the next written step, sends it the same day, and returns the letter.
#[track_caller]
fn write(office: &mut Office, on: &str, channel: Channel) -> (Seq, LetterView) {
    let step = act(office, on).unwrap();
    let letter = letter_of(&step);
    send(office, letter, on, channel).unwrap();
    (letter, step.letter.unwrap())
}

/// Draws a letter up by the owner's own will, and sends it the same day.
#[track_caller]
fn write_freely(office: &mut Office, query: &LetterQuery, on: &str, channel: Channel) -> (Seq, LetterView) {
    let drawn_up = issue_letter(office, query, &noon(day(on)), None).unwrap();
    let letter = Seq::new(drawn_up.letter.as_ref().unwrap().parse().unwrap());
    send(office, letter, on, channel).unwrap();
    (letter, drawn_up)
}

/// Notes what the post answered.
fn answered(office: &mut Office, letter: Seq, on: &str, outcome: DeliveryOutcome) {
    mark_delivered(office, letter, day(on), outcome, &noon(day(on))).unwrap();
}

/// Notes what the owner decided at the end of the steps.
fn decide(office: &mut Office, on: &str, said: &str) {
    let entry = ContactEntry {
        debtor: CLIENT.to_owned(),
        invoices: Vec::new(),
        on: day(on),
        kind: ContactKind::Decision,
        with: None,
        by: None,
        cause: None,
        said: said.to_owned(),
    };
    log_contact(office, entry, &noon(day(on))).unwrap();
}

/// Notes that a part of an invoice, or all of it, is disputed.
fn disputed(office: &mut Office, number: &str, on: &str, amount: Option<&str>) -> Seq {
    let entry = DisputeEntry {
        debtor: CLIENT.to_owned(),
        invoice: number.to_owned(),
        on: day(on),
        amount: amount.map(euros),
        kind: DisputeKind::Quality,
        said: "deux éléments rayés à la livraison".to_owned(),
    };
    open_dispute(office, entry, &noon(day(on))).unwrap().fact
}

/// Notes how a dispute ended.
fn settled(office: &mut Office, dispute: Seq, on: &str, outcome: DisputeOutcome) {
    close_dispute(office, dispute, (day(on), outcome), "constat fait ensemble sur place", &noon(day(on))).unwrap();
}

/// Agrees on equal monthly instalments on everything open, with a lapse clause of ten days.
fn plan(office: &mut Office, on: &str, count: u16, first_on: &str) -> PlanView {
    let schedule = Schedule::Even { count: NonZeroU16::new(count).unwrap(), first_on: day(first_on), every_months: 1 };
    let entry = PlanEntry {
        debtor: CLIENT.to_owned(),
        invoices: Vec::new(),
        currency: None,
        agreed_on: day(on),
        schedule,
        interest: PlanInterest::Continues,
        lapse_notice_days: Some(10),
    };
    let plan = agree_plan(office, &entry, &noon(day(on)), None).unwrap();
    let agreement = Seq::new(plan.letter.as_ref().unwrap().parse().unwrap());
    send(office, agreement, on, Channel::Email).unwrap();
    plan
}

/// Returns the reference of a plan.
fn reference(plan: &PlanView) -> Seq {
    Seq::new(plan.plan.as_ref().unwrap().parse().unwrap())
}

/// Keeps quiet from a day until another.
fn hold(office: &mut Office, on: &str, until: &str, reason: &str) {
    set_hold(office, (CLIENT, &[]), day(until), reason, &noon(day(on))).unwrap();
}

/// Agrees on another due date, from which interest runs as well; the levels go on.
fn postpone(office: &mut Office, number: &str, on: &str, to: &str) {
    let entry = DueDateEntry {
        debtor: CLIENT.to_owned(),
        invoice: number.to_owned(),
        instalment: None,
        due_on: day(to),
        interest: InterestFrom::NewDueDate,
        levels: LevelsAfter::Continue,
        reason: "livraison en deux fois".to_owned(),
        proof: None,
    };
    change_due_date(office, entry, &noon(day(on))).unwrap();
}

/// Hands everything over.
fn confide(office: &mut Office, on: &str, to: Mandatary, name: &str) -> Seq {
    let entry = HandOverEntry {
        debtor: CLIENT.to_owned(),
        invoices: Vec::new(),
        on: day(on),
        to,
        name: name.to_owned(),
        reference: None,
    };
    hand_over(office, entry, &noon(day(on))).unwrap().fact
}

/// Takes a case back.
fn resume(office: &mut Office, given: Seq, on: &str) {
    take_back(office, given, day(on), "délai écoulé sans résultat", &noon(day(on))).unwrap();
}

/// Notes that a court opened proceedings.
fn insolvent(office: &mut Office, kind: InsolvencyKind, judgment: &str, published: &str) -> Seq {
    let entry = InsolvencyEntry {
        debtor: CLIENT.to_owned(),
        kind,
        judgment_on: day(judgment),
        published_on: Some(day(published)),
        court: Some("Tribunal de commerce de Quimper".to_owned()),
        representative: Some("Me Kerdal, mandataire judiciaire".to_owned()),
    };
    open_insolvency(office, entry, &noon(day(published))).unwrap().fact
}
