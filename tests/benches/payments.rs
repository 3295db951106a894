//! A payment: once it is acknowledged, a power cut no longer takes it away.

use std::cell::Cell;
use std::fs::OpenOptions;
use std::io::Write as _;

use criterion::Criterion;
use dument_workflows::payments::{PaymentEntry, record_payment};
use dument_workflows::words::Amount;

use crate::company::{TODAY, add_customer, bill, create, day, folder, today};

const DEBTORS: usize = 50;

pub fn payments(criterion: &mut Criterion) {
    let folder = folder("encaissements");
    let mut office = create(&folder.join("Encaissements.dument"));
    let names: Vec<String> = (0..DEBTORS).map(|number| add_customer(&mut office, number)).collect();
    for (number, name) in names.iter().enumerate() {
        bill(&mut office, name, number, day("2026-03-31"));
    }
    let numbers = Cell::new(0);
    criterion.bench_function("payment-durable", |bencher| {
        bencher.iter(|| {
            let number = numbers.replace(numbers.get() + 1);
            let entry = PaymentEntry {
                debtor: names[number % DEBTORS].clone(),
                amount: Amount::from_cents(i64::try_from(number + 1).unwrap()),
                currency: None,
                received_on: day(TODAY),
                means: Some("virement".to_owned()),
                reference: None,
                invoices: Vec::new(),
                credit: None,
            };
            record_payment(&mut office, entry, &today()).unwrap()
        });
    });

    // What the disk itself asks for: eight kibibytes added to a file, and made durable.
    let mut file = OpenOptions::new().create_new(true).append(true).open(folder.join("brut")).unwrap();
    criterion.bench_function("disk-sync", |bencher| {
        bencher.iter(|| {
            file.write_all(&[7; 8 << 10]).unwrap();
            file.sync_data().unwrap();
        });
    });
}
