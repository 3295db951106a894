//! The agenda of a morning, and a morning's letters: decided, typeset, journalled, bound for the printer.

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{BenchmarkId, Criterion, SamplingMode};
use dument_domain::contact::{CallOutcome, Contact, ContactKind};
use dument_domain::dunning::{Policies, PolicyId, StandardPolicy, Step, agenda};
use dument_domain::fact::{Fact, Payment};
use dument_domain::invoice::Instalment;
use dument_domain::{Amount, Currency, Ledger, Recorded, Seq};
use dument_workflows::bank::check_bank;
use dument_workflows::letters::Confirmation;
use dument_workflows::steps::carry_out_all;

use crate::company::{REDUCTION, add_customer, bill, create, day, folder, today, varied};
use crate::large;

const DEBTORS: usize = 2_000 / REDUCTION;

/// The invoices are called about, as the policy says, on their second day of lateness; some are paid in part.
pub fn agendas(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("agenda");
    group.sampling_mode(SamplingMode::Flat);
    for invoices in [10_000, 100_000] {
        let ledger = overdue(invoices / REDUCTION);
        let tasks = agenda(&ledger, &Policies::of(&ledger), day(crate::company::TODAY)).len();
        assert!(
            tasks > DEBTORS * 9 / 10,
            "nearly all of the {DEBTORS} debtors are to be reminded, there are {tasks} tasks"
        );
        group.bench_with_input(BenchmarkId::from_parameter(invoices), &ledger, |bencher, ledger| {
            bencher.iter(|| agenda(black_box(ledger), &Policies::of(ledger), day(crate::company::TODAY)));
        });
    }
    let paid = settled(10_000 / REDUCTION);
    assert!(agenda(&paid, &Policies::of(&paid), day(crate::company::TODAY)).is_empty());
    group.bench_function("nothing", |bencher| {
        bencher.iter(|| agenda(black_box(&paid), &Policies::of(&paid), day(crate::company::TODAY)));
    });
    group.finish();
    criterion.bench_function("batch-hundred", |bencher| bencher.iter_custom(batches));
}

/// A ledger under construction: the number of a fact is its place.
struct Story {
    facts: Vec<Recorded>,
    debtors: Vec<Seq>,
}

impl Story {
    fn begun() -> Self {
        let mut story = Self { facts: Vec::new(), debtors: Vec::new() };
        for number in 0..DEBTORS {
            let seq = story.tell(Fact::DebtorAdded(large::debtor(number)));
            story.debtors.push(seq);
        }
        story
    }

    fn tell(&mut self, fact: Fact) -> Seq {
        let seq = Seq::new(self.facts.len() as u64 + 1);
        self.facts.push(Recorded { seq, recorded_at: String::new(), fact });
        seq
    }

    /// Tells an invoice late by one to two hundred days.
    fn bill(&mut self, number: usize) -> (Seq, Seq, dument_domain::Date) {
        let debtor = self.debtors[number % DEBTORS];
        let due_on = day(crate::company::TODAY) - chrono::Days::new(1 + number as u64 * 37 % 200);
        let mut invoice = large::invoice(number, debtor);
        invoice.issued_on = due_on - chrono::Days::new(30);
        invoice.delivered_on = None;
        invoice.instalments = vec![Instalment { due_on, amount: invoice.total }];
        (debtor, self.tell(Fact::InvoiceRecorded(invoice)), due_on)
    }

    fn pay(&mut self, (debtor, invoice, on): (Seq, Seq, dument_domain::Date), amount: Amount) {
        let (currency, received_on) = (Currency::EUR, on);
        let chosen = vec![invoice];
        let (means, reference, credit) = (None, None, None);
        let payment = Payment { debtor, amount, currency, received_on, means, reference, chosen, credit };
        self.tell(Fact::PaymentReceived(payment));
    }
}

fn overdue(invoices: usize) -> Ledger {
    let mut story = Story::begun();
    let call = Policies::of(&Ledger::default());
    let policy = PolicyId::Standard(StandardPolicy::Professional);
    let level = call.get(policy).levels[1].id.clone();
    for number in 0..invoices {
        let (debtor, invoice, due_on) = story.bill(number);
        let on = due_on + chrono::Days::new(1);
        if number % 2 == 0 && on < day(crate::company::TODAY) {
            let steps = vec![Step { invoice, instalment: 0, level: level.clone(), policy }];
            let kind = ContactKind::Call(CallOutcome::MessageLeft);
            let said = "rappelle demain".to_owned();
            let (invoices, with, by, cause) = (vec![invoice], None, None, None);
            story.tell(Fact::ContactLogged(Contact { debtor, invoices, on, kind, with, by, cause, said, steps }));
        }
        if number % 5 == 0 {
            story.pay((debtor, invoice, due_on), Amount::from_cents(5_000));
        }
    }
    Ledger::from_facts(story.facts)
}

fn settled(invoices: usize) -> Ledger {
    let mut story = Story::begun();
    for number in 0..invoices {
        let billed = story.bill(number);
        story.pay(billed, varied(number));
    }
    Ledger::from_facts(story.facts)
}

/// Times so many mornings of a hundred letters, each in a company of its own.
fn batches(times: u64) -> Duration {
    let mut total = Duration::ZERO;
    for _ in 0..times {
        let folder = folder("lot");
        let mut office = create(&folder.join("Lot.dument"));
        for number in 0..100 / REDUCTION {
            let debtor = add_customer(&mut office, number);
            bill(&mut office, &debtor, number, day("2026-05-31"));
        }
        check_bank(&mut office, today().today, &today()).unwrap();
        dument_workflows::policies::adopt_policy(&mut office, LETTERS_ONLY.as_bytes(), &today()).unwrap();
        let file = folder.join("lot.pdf");
        let start = Instant::now();
        let batch = carry_out_all(&mut office, Confirmation::None, &today(), &file).unwrap();
        total += start.elapsed();
        assert_eq!(batch.done.len(), 100 / REDUCTION, "{:?}", batch.left);
        office.close().unwrap();
    }
    total
}

/// A policy that begins with a letter.
const LETTERS_ONLY: &str = r#"
nom = "Lettres"
pour = "professionnel"

[[niveau]]
nom = "relance-1"
titre = "Relance amiable"
jours = 8
canal = "lettre"
modele = "relance-amiable"
delai = 8
reclame = "principal"
"#;
