//! The décompte of a debtor who has 500 invoices and made 300 payments, half of them without saying for what.

use std::cell::LazyCell;

use criterion::Criterion;
use dument_workflows::Office;
use dument_workflows::payments::{PaymentEntry, record_payment};
use dument_workflows::statements::{StatementQuery, draw_up_statement};
use dument_workflows::words::MissingRates;

use crate::company::{REDUCTION, TODAY, add_customer, bill, day, noon, varied};

const INVOICES: usize = 500 / REDUCTION;
const PAYMENTS: usize = 300 / REDUCTION;

pub fn statements(criterion: &mut Criterion) {
    let prepared = LazyCell::new(prepare);
    criterion.bench_function("statement", |bencher| {
        let (office, debtor) = &*prepared;
        let query = StatementQuery {
            debtor: debtor.clone(),
            invoices: Vec::new(),
            as_of: day(TODAY),
            currency: None,
            missing_rates: MissingRates::Refuse,
        };
        bencher.iter(|| draw_up_statement(office, &query).unwrap());
    });
}

fn prepare() -> (Office, String) {
    let mut office = Office::in_memory().unwrap();
    let debtor = add_customer(&mut office, 1);
    let due_on = |number: usize| day("2024-01-31") + chrono::Days::new(number as u64);
    let numbers: Vec<String> = (0..INVOICES).map(|number| bill(&mut office, &debtor, number, due_on(number))).collect();
    for (payment, number) in numbers.into_iter().enumerate().take(PAYMENTS) {
        let received_on = due_on(payment) + chrono::Days::new(45);
        let entry = PaymentEntry {
            debtor: debtor.clone(),
            amount: varied(payment),
            currency: None,
            received_on,
            means: None,
            reference: None,
            invoices: if payment % 2 == 0 { vec![number] } else { Vec::new() },
            credit: None,
        };
        record_payment(&mut office, entry, &noon(received_on)).unwrap();
    }
    (office, debtor)
}
