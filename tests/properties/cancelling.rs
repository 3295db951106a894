//! A cancelled fact leaves no trace in anything the owner sees, and what something else builds on is not cancelled before it.
//!
//! | module | holds |
//! |---|---|
//! | [`following`] | what follows an invoice: exchanges, agreements, the bank, policies, proceedings |
#![allow(clippy::disallowed_methods, reason = "the files are those of a user, in a folder that will vanish")]

mod following;

use std::collections::BTreeSet;

use chrono::Days;
use dument_domain::conventions::{Conventions, DayBase};
use dument_domain::{Date, Fact, Recorded, Seq};
use dument_workflows::agenda::{explain_all, list_agenda};
use dument_workflows::arrangements::list_plans;
use dument_workflows::bank::bank;
use dument_workflows::company::{
    CompanyEntry, PartyEntry, RateEntry, choose_conventions, correct_company, declare_rate,
};
use dument_workflows::debtors::{add_debtor, correct_debtor, list_debtors};
use dument_workflows::exhibits::{ExhibitEntry, add_exhibit, list_exhibits};
use dument_workflows::gestures::{CapitalisationEntry, grant_waiver, record_capitalisation};
use dument_workflows::history::history;
use dument_workflows::invoices::{InvoiceEntry, list_invoices};
use dument_workflows::journal::cancel_fact;
use dument_workflows::letters::{Confirmation, Sent, issue_letter, list_letters, mark_delivered, mark_sent};
use dument_workflows::limitation::{ActEntry, list_limitations, record_limitation_act};
use dument_workflows::payments::{PaymentEntry, assign};
use dument_workflows::policies::list_policies;
use dument_workflows::words::{
    CapitalisationGround, Channel, DeliveryOutcome, ExhibitNature, LetterModel, LimitationActKind, Rate, Semester,
    Standing, WaiverObject,
};
use dument_workflows::{Moment, Office};
use proptest::prelude::*;

use super::journal::kinds;
use super::story::{book, figures, gesture};
use crate::support::office::{
    CLIENT, bill, busy, credit, credit_note, customer, day, invoice, letter, noon, pay, payment, statement,
};

proptest! {
    #[test]
    fn what_is_cancelled_might_never_have_been(book in book(), last in gesture()) {
        let before = book.ledger.facts().len();
        let mut after = book.clone();
        after.happen(&last);
        // What builds on a fact is cancelled before it.
        let added: Vec<Seq> = after.ledger.facts()[before..].iter().map(|recorded| recorded.seq).rev().collect();
        for fact in added {
            let cancelled = after.record(Fact::FactCancelled { fact, reason: "erreur".to_owned() });
            prop_assert!(cancelled.is_some());
        }
        let as_of = day("2026-06-30");
        prop_assert_eq!(figures(&after.ledger, &after.statement(as_of)), figures(&book.ledger, &book.statement(as_of)));
    }
}

/// Something the owner does, and the fact of its kind that it records.
type Deed = (&'static str, fn(&mut Office, &Moment) -> Seq);

/// What changes nothing that the owner sees, and why.
const UNSEEN: [(&str, &str); 1] =
    [("rate_declared", "no figure of today is counted at the rate of a semester to come")];

/// Everything the owner can see.
fn seen(office: &Office) -> String {
    let today = day("2026-06-20");
    // The history keeps what was cancelled, and says so: only what stands is compared.
    let standing = history(office, CLIENT, today).unwrap().into_iter().filter(|event| !event.cancelled);
    let parts = [
        format!("{:?}", office.ledger().company()),
        format!("{:?}", statement(office, "2026-06-20", &[])),
        format!("{:?}", statement(office, "2026-06-20", &["F-1", "F-2"])),
        format!("{:?}", list_debtors(office, today).unwrap()),
        format!("{:?}", list_invoices(office, today).unwrap()),
        format!("{:?}", list_letters(office)),
        format!("{:?}", list_exhibits(office)),
        format!("{:?}", list_limitations(office, CLIENT, today).unwrap()),
        format!("{:?}", list_agenda(office, today)),
        format!("{:?}", explain_all(office, None, today).unwrap()),
        format!("{:?}", list_plans(office, None, today).unwrap()),
        format!("{:?}", list_policies(office, today)),
        format!("{:?}", bank(office)),
        format!("{:?}", standing.collect::<Vec<_>>()),
    ];
    parts.join("\n")
}

fn last_letter(office: &Office, rank: usize) -> Seq {
    list_letters(office)[rank].letter
}

fn fact_of(office: &Office, kind: &str) -> Seq {
    let found = |recorded: &&Recorded| recorded.fact.kind() == kind;
    office.ledger().facts().iter().find(found).unwrap().seq
}

fn in_days(on: &str, days: u64) -> Date {
    day(on) + Days::new(days)
}

const DEEDS: [Deed; 18] = [
    ("company_identified", |office, moment| {
        let party = PartyEntry { name: "Atelier Le Goff".to_owned(), ..PartyEntry::default() };
        correct_company(office, CompanyEntry { party, ..CompanyEntry::default() }, moment).unwrap().fact
    }),
    ("conventions_chosen", |office, moment| {
        choose_conventions(office, Conventions { day_base: DayBase::Actual, ..Conventions::default() }, moment)
            .unwrap()
            .fact
    }),
    ("rate_declared", |office, moment| {
        let rate = Rate::parse("3").unwrap();
        let semester = Semester::parse("2030-S1").unwrap();
        let entry = RateEntry {
            semester,
            ecb_refi: rate,
            legal_professional: rate,
            legal_private: rate,
            source: "arrêté".to_owned(),
        };
        declare_rate(office, entry, moment).unwrap().fact
    }),
    ("debtor_added", |office, moment| add_debtor(office, customer("Autre", Standing::Consumer), moment).unwrap().fact),
    ("debtor_corrected", |office, moment| {
        correct_debtor(office, CLIENT, customer(CLIENT, Standing::PublicBody), moment).unwrap().fact
    }),
    ("invoice_recorded", |office, _| bill(office, invoice("F-3", "2026-05-31", "400"))),
    ("invoice_replaced", |office, _| {
        let corrected = InvoiceEntry { corrects: Some("F-2".to_owned()), ..invoice("F-3", "2026-06-15", "700") };
        let by = bill(office, corrected);
        Seq::new(by.get() + 1)
    }),
    ("credit_note_recorded", |office, _| credit(office, &credit_note("AV-2", "2026-05-20", "100", Some("F-1")))),
    ("credit_note_assigned", |office, moment| {
        let open = fact_of(office, "credit_note_recorded");
        assign(office, open, &["F-2".to_owned()], moment).unwrap().fact
    }),
    ("payment_received", |office, _| {
        pay(office, PaymentEntry { invoices: vec!["F-2".to_owned()], ..payment("2026-06-01", "200") })
    }),
    ("payment_allocated", |office, moment| {
        let received = fact_of(office, "payment_received");
        assign(office, received, &["F-2".to_owned()], moment).unwrap().fact
    }),
    ("exhibit_added", |office, moment| {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("bon.txt");
        std::fs::write(&file, "bon de commande").unwrap();
        let entry = ExhibitEntry {
            file,
            debtor: CLIENT.to_owned(),
            invoices: vec!["F-1".to_owned()],
            letter: None,
            nature: ExhibitNature::Order,
            title: "Bon de commande".to_owned(),
            dated_on: None,
        };
        add_exhibit(office, &entry, moment).unwrap().exhibit
    }),
    ("waiver_granted", |office, moment| {
        grant_waiver(office, (CLIENT, "F-1"), WaiverObject::Indemnity, (moment.today, "geste"), moment).unwrap().fact
    }),
    ("capitalisation_recorded", |office, moment| {
        let entry = CapitalisationEntry {
            debtor: CLIENT.to_owned(),
            invoices: vec!["F-1".to_owned()],
            from: day("2025-04-30"),
            ground: CapitalisationGround::Clause,
            reference: "CGV".to_owned(),
        };
        record_capitalisation(office, entry, moment).unwrap().fact
    }),
    ("letter_issued", |office, moment| {
        let issued = issue_letter(office, &letter(LetterModel::MiseEnDemeure), moment, None).unwrap();
        Seq::new(issued.letter.unwrap().parse().unwrap())
    }),
    ("letter_sent", |office, moment| {
        let letter = last_letter(office, 1);
        let sent = Sent { on: moment.today, channel: Channel::Letter, tracking: None };
        mark_sent(office, letter, sent, Confirmation::None, moment).unwrap().fact
    }),
    ("letter_delivered", |office, moment| {
        let letter = last_letter(office, 0);
        mark_delivered(office, letter, in_days("2026-05-10", 2), DeliveryOutcome::Received, moment).unwrap().fact
    }),
    ("limitation_act_recorded", |office, moment| {
        let (invoices, kind) = (vec!["F-1".to_owned()], LimitationActKind::Recognition);
        let act =
            ActEntry { debtor: CLIENT.to_owned(), invoices, on: day("2026-05-20"), kind, ended_on: None, proof: None };
        record_limitation_act(office, &act, moment).unwrap().fact
    }),
];

/// Every deed, those that follow an invoice included.
fn deeds() -> impl Iterator<Item = Deed> {
    DEEDS.into_iter().chain(following::DEEDS)
}

#[test]
fn each_kind_of_fact_can_be_cancelled_and_leaves_no_trace() {
    let moment = noon(day("2026-06-20"));
    for (kind, deed) in deeds() {
        let mut office = busy();
        let first = office.ledger().facts().len();
        let before = seen(&office);
        let fact = deed(&mut office, &moment);
        assert_eq!(office.ledger().fact(fact).unwrap().fact.kind(), kind);
        let added: Vec<Seq> = office.ledger().facts()[first..].iter().map(|recorded| recorded.seq).rev().collect();
        for added in added {
            let with = seen(&office);
            cancel_fact(&mut office, added, "erreur de saisie", &moment).unwrap();
            if added == fact && UNSEEN.iter().all(|(unseen, _)| *unseen != kind) {
                assert_ne!(seen(&office), with, "{kind} changes what the owner sees");
            }
        }
        assert_eq!(seen(&office), before, "{kind} is cancelled");
    }
}

#[test]
fn no_kind_of_fact_is_forgotten_above() {
    let tried: BTreeSet<&str> = deeds().map(|(kind, _)| kind).chain(["fact_cancelled", "payload_erased"]).collect();
    assert_eq!(tried, kinds());
}
