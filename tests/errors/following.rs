//! What the owner does of the agenda: steps, letters on their way.

use std::path::Path;

use dument_domain::Fact;
use dument_domain::dunning::{LevelId, PolicyId, StandardPolicy, Step};
use dument_workflows::agenda::explain;
use dument_workflows::arrangements::{expect_debit, set_hold};
use dument_workflows::calendar::export_ics;
use dument_workflows::company::PartyEntry;
use dument_workflows::debtors::{DebtorEntry, add_debtor};
use dument_workflows::exchanges::{
    ContactEntry, DisputeEntry, PromiseEntry, log_contact, open_dispute, record_promise,
};
use dument_workflows::letters::{Confirmation, LetterQuery, Sent, issue_letter, list_letters, mark_sent};
use dument_workflows::proceedings::{InsolvencyEntry, open_insolvency};
use dument_workflows::steps::{carry_out, carry_out_all};
use dument_workflows::view::FaultView;
use dument_workflows::words::{
    CallOutcome, Channel, ContactKind, DisputeKind, InsolvencyKind, LetterModel, Seq, Standing,
};
use dument_workflows::{Error, Moment, Office};

use super::{Refusal, Warning, asked, asked_of};
use crate::support::office::{
    CLIENT, bill, busy, company, company_with, customer, day, euros, invoice, letter, noon, pay, payment,
};

/// Returns a company that follows one customer, who can be called and written to: one invoice fell due on 31 May.
pub fn following() -> Office {
    let reachable = customer(CLIENT, Standing::Professional);
    let party = PartyEntry {
        email: Some("compta@fournil.example".to_owned()),
        phone: Some("02 98 00 00 00".to_owned()),
        ..reachable.party
    };
    followed(DebtorEntry { party, ..reachable })
}

fn followed(debtor: DebtorEntry) -> Office {
    let mut office = company();
    add_debtor(&mut office, debtor, &noon(day("2026-01-05"))).unwrap();
    bill(&mut office, invoice("F-1", "2026-05-31", "1000"));
    office
}

/// Returns what was said in a call that somebody answered.
pub fn call(on: &str) -> ContactEntry {
    ContactEntry {
        debtor: CLIENT.to_owned(),
        invoices: Vec::new(),
        on: day(on),
        kind: ContactKind::Call(CallOutcome::Reached),
        with: None,
        by: None,
        cause: None,
        said: "rappelle demain".to_owned(),
    }
}

/// Returns the same company once the customer was called: his first reminder comes next.
fn called() -> Office {
    let mut office = following();
    log_contact(&mut office, call("2026-06-02"), &at("2026-06-02")).unwrap();
    office
}

/// Returns the same company once his first reminder was drawn up, on 10 June.
pub fn reminded() -> Office {
    let mut office = called();
    carry_out(&mut office, CLIENT, Confirmation::Given, &at("2026-06-10"), None).unwrap();
    office
}

fn reminded_and_paid(amount: &str) -> Office {
    let mut office = reminded();
    pay(&mut office, payment("2026-06-11", amount));
    office
}

fn insolvent() -> Office {
    let mut office = following();
    let entry = InsolvencyEntry {
        debtor: CLIENT.to_owned(),
        kind: InsolvencyKind::LiquidationJudiciaire,
        judgment_on: day("2026-06-01"),
        published_on: None,
        court: None,
        representative: None,
    };
    open_insolvency(&mut office, entry, &at("2026-06-03")).unwrap();
    office
}

pub fn at(today: &str) -> Moment {
    noon(day(today))
}

fn done(office: &mut Office, today: &str) -> Error {
    carry_out(office, CLIENT, Confirmation::None, &at(today), None).unwrap_err()
}

fn left(office: &mut Office, on: &str) -> Error {
    let letter = list_letters(office)[0].letter;
    let sent = Sent { on: day(on), channel: Channel::Email, tracking: None };
    mark_sent(office, letter, sent, Confirmation::None, &at(on)).unwrap_err()
}

fn issued(office: &mut Office, query: &LetterQuery) -> Error {
    issue_letter(office, query, &at("2026-06-20"), None).unwrap_err()
}

pub fn refusals() -> Vec<Refusal> {
    [steps(), outdated(), quoting()].into_iter().flatten().collect()
}

fn steps() -> Vec<Refusal> {
    vec![
        asked("facture-inconnue", |office| explain(office, "F-99", day("2026-06-20")).unwrap_err()),
        // Before anything is due, and where there is nothing at all.
        asked_of(following, "rien-a-faire", |office| done(office, "2026-05-01")),
        asked_of(|| company_with(Standing::Professional), "rien-a-faire", |office| done(office, "2026-05-01")),
        asked_of(company, "agenda-vide", |office| {
            export_ics(office, Path::new("agenda.ics"), &at("2026-06-20")).unwrap_err()
        }),
        // What the owner may confirm, and what he must put right.
        asked_of(called, "etape-bloquee", |office| done(office, "2026-06-10")),
        asked_of(unreachable, "etape-bloquee", |office| {
            carry_out(office, CLIENT, Confirmation::Given, &at("2026-06-10"), None).unwrap_err()
        }),
        // The clock of the computer went back a day.
        asked_of(reminded, "relance-deja-faite", |office| {
            carry_out(office, CLIENT, Confirmation::Given, &at("2026-06-09"), None).unwrap_err()
        }),
        asked_of(reminded, "relance-dans-le-passe", |office| {
            carry_out(office, CLIENT, Confirmation::Given, &at("2026-06-09"), None).unwrap_err()
        }),
        asked_of(reminded, "relance-deja-faite", |office| {
            carry_out_all(office, Confirmation::Given, &at("2026-06-09"), Path::new("courriers.pdf")).unwrap_err()
        }),
        asked_of(reminded, "relance-deja-faite", |office| {
            let query = LetterQuery { steps: vec![first_reminder(office)], ..letter(LetterModel::RelanceAmiable) };
            issued(office, &query)
        }),
    ]
}

/// Returns a company that called a customer of whom it has no address.
fn unreachable() -> Office {
    let nowhere = customer(CLIENT, Standing::Professional);
    let mut office = followed(DebtorEntry { party: PartyEntry { address: None, ..nowhere.party }, ..nowhere });
    log_contact(&mut office, call("2026-06-02"), &at("2026-06-02")).unwrap();
    office
}

fn first_reminder(office: &Office) -> Step {
    Step {
        invoice: office.ledger().numbered("F-1").unwrap(),
        instalment: 0,
        level: LevelId::parse("relance-1").unwrap(),
        policy: PolicyId::Standard(StandardPolicy::Professional),
    }
}

fn outdated() -> Vec<Refusal> {
    vec![
        asked_of(|| reminded_and_paid("400"), "courrier-perime", |office| left(office, "2026-06-12")),
        asked_of(|| reminded_and_paid("1000"), "courrier-perime", |office| left(office, "2026-06-12")),
        asked_of(already_left, "courrier-deja-parti", |office| left(office, "2026-06-12")),
        asked_of(|| reminded_and_paid("400"), "date-impossible", |office| left(office, "2026-06-09")),
        asked_of(insolvent, "procedure-collective", |office| issued(office, &letter(LetterModel::RelanceFerme))),
    ]
}

/// Returns a company whose reminder left, and was then paid in part.
fn already_left() -> Office {
    let mut office = reminded();
    let letter = list_letters(&office)[0].letter;
    let sent = Sent { on: day("2026-06-10"), channel: Channel::Email, tracking: None };
    mark_sent(&mut office, letter, sent, Confirmation::None, &at("2026-06-10")).unwrap();
    pay(&mut office, payment("2026-06-11", "400"));
    office
}

fn quoting() -> Vec<Refusal> {
    vec![
        asked("rien-a-citer", |office| issued(office, &letter(LetterModel::RelancePromesse))),
        asked("rien-a-citer", |office| issued(office, &letter(LetterModel::ConfirmationEntretien))),
        asked("rien-a-citer", |office| issued(office, &letter(LetterModel::ReponseContestation))),
        asked("rien-a-citer", |office| issued(office, &letter(LetterModel::AccordEcheancier))),
        // What does not exist, what is of another kind, and what another customer said.
        asked("reference-inconnue", |office| issued(office, &about(LetterModel::RelancePromesse, Seq::new(999)))),
        asked("reference-inconnue", |office| {
            let invoice = office.ledger().numbered("F-1").unwrap();
            issued(office, &about(LetterModel::ConfirmationEntretien, invoice))
        }),
        asked_of(promised_by_another, "reference-inconnue", |office| {
            let promise = office.ledger().facts().last().unwrap().seq;
            issued(office, &about(LetterModel::RelancePromesse, promise))
        }),
        asked_of(|| disputed(None), "rien-a-reclamer", |office| issued(office, &letter(LetterModel::RelanceAmiable))),
    ]
}

fn about(model: LetterModel, fact: Seq) -> LetterQuery {
    LetterQuery { about: Some(fact), ..letter(model) }
}

fn promised_by_another() -> Office {
    let mut office = busy();
    let debtor = "Voilerie du Sillon".to_owned();
    bill(
        &mut office,
        dument_workflows::invoices::InvoiceEntry { debtor: debtor.clone(), ..invoice("V-1", "2026-04-30", "90") },
    );
    let promise = PromiseEntry {
        debtor,
        invoices: Vec::new(),
        amount: euros("90"),
        currency: None,
        made_on: day("2026-05-20"),
        due_on: day("2026-05-25"),
        means: None,
    };
    record_promise(&mut office, promise, &at("2026-05-20")).unwrap();
    office
}

fn disputed(amount: Option<&str>) -> Office {
    let mut office = following();
    let entry = DisputeEntry {
        debtor: CLIENT.to_owned(),
        invoice: "F-1".to_owned(),
        on: day("2026-06-02"),
        amount: amount.map(euros),
        kind: DisputeKind::Price,
        said: "trop cher".to_owned(),
    };
    open_dispute(&mut office, entry, &at("2026-06-02")).unwrap();
    office
}

fn warned(mut office: Office) -> Vec<FaultView> {
    issue_letter(&mut office, &letter(LetterModel::RelanceFerme), &at("2026-06-20"), None).unwrap().warnings
}

pub fn warnings() -> Vec<Warning> {
    vec![
        ("client-en-attente", || {
            let mut office = following();
            set_hold(&mut office, (CLIENT, &[]), day("2026-06-30"), "congés", &at("2026-06-02")).unwrap();
            warned(office)
        }),
        ("client-en-attente", || {
            let mut office = following();
            let debited = ["F-1".to_owned()];
            expect_debit(&mut office, (CLIENT, &debited), (day("2026-06-25"), 5), &at("2026-06-02")).unwrap();
            warned(office)
        }),
    ]
}

#[test]
fn a_call_noted_late_is_not_refused_and_counts_once() {
    let mut office = reminded();
    log_contact(&mut office, call("2026-06-01"), &at("2026-06-11")).unwrap();
    let steps = office.ledger().facts().iter().filter_map(|recorded| match &recorded.fact {
        Fact::ContactLogged(contact) => Some((contact.on, contact.steps.len())),
        _ => None,
    });
    assert_eq!(steps.collect::<Vec<_>>(), [(day("2026-06-02"), 1), (day("2026-06-01"), 0)]);
}

#[test]
fn a_first_call_noted_after_a_letter_left_keeps_its_day() {
    let mut office = already_left();
    bill(&mut office, invoice("F-2", "2026-06-05", "300"));
    log_contact(&mut office, call("2026-06-07"), &at("2026-06-20")).unwrap();
    let last = office.ledger().facts().last().unwrap();
    let Fact::ContactLogged(contact) = &last.fact else { panic!("{last:?}") };
    assert_eq!((contact.on, contact.steps.len()), (day("2026-06-07"), 1));
}
