//! What is claimed: instalments, part payments, rates, days, cents, indemnities, currencies.

use dument_workflows::Office;
use dument_workflows::company::choose_conventions;
use dument_workflows::debtors::{DebtorEntry, add_debtor};
use dument_workflows::gestures::grant_waiver;
use dument_workflows::invoices::InvoiceEntry;
use dument_workflows::statements::{StatementQuery, draw_up_statement};
use dument_workflows::words::{
    AgreedRate, AllocationOrder, CallOutcome, Channel, Conventions, Currency, DayBase, LetterModel, MissingRates, Rate,
    RateVariation, Standing, WaiverObject,
};

use crate::support::office::{
    CLIENT, act, agenda, assert_says, bill, call, company, company_reaching, day, euros, invoice, noon, only_task, pay,
    payment, printed, reachable, remind, statement, to_do, why,
};

/// Returns a company whose customer pays the principal first.
fn principal_first() -> Office {
    let mut office = company();
    let entry =
        DebtorEntry { allocation: Some(AllocationOrder::PrincipalFirst), ..reachable(CLIENT, Standing::Professional) };
    add_debtor(&mut office, entry, &noon(day("2010-01-04"))).unwrap();
    office
}

/// Returns a company whose customer agreed on ten percent.
fn ten_percent() -> Office {
    let mut office = company();
    let agreed_rate = Some(AgreedRate::Fixed(Rate::parse("10").unwrap()));
    let entry = DebtorEntry { agreed_rate, ..reachable(CLIENT, Standing::Professional) };
    add_debtor(&mut office, entry, &noon(day("2010-01-04"))).unwrap();
    office
}

#[test]
fn k01_several_instalments_are_dunned_one_by_one() {
    let mut office = company_reaching(Standing::Professional);
    // Issued on 5 March: fifty at five days, fifty at forty days.
    let due = vec![(day("2026-03-10"), Some(euros("50"))), (day("2026-04-14"), Some(euros("50")))];
    bill(&mut office, InvoiceEntry { issued_on: day("2026-03-05"), due, ..invoice("F-1", "2026-03-10", "100") });

    // At +6, the first one only.
    let task = only_task(&office, "2026-03-11");
    assert_eq!((task.action, task.amount, task.lines.len()), ("appel", euros("50"), 1));
    assert_eq!(task.lines[0].due_on, Some(day("2026-03-10")));
    assert_says(
        &why(&office, "F-1", "2026-03-11"),
        "F-1 : à traiter aujourd’hui, échue depuis le 10 mars 2026 (1 jour de retard)",
    );
    let sheet = statement(&office, "2026-03-11", &["F-1"]);
    assert_eq!((sheet.total_principal, sheet.claims[0].not_due), (euros("50"), euros("50")));

    call(&mut office, "2026-03-11", CallOutcome::Reached, "");
    let step = remind(&mut office, "2026-03-18", Channel::Email);
    assert_eq!(step.letter.unwrap().total, euros("50"), "what is not due is not claimed");
    let step = remind(&mut office, "2026-03-30", Channel::Email);
    // 50 × 12,15 % × 20 / 365 = 0,33.
    let letter = step.letter.unwrap();
    assert_eq!((letter.principal, letter.interest, letter.indemnity), (euros("50"), euros("0.33"), euros("40")));

    // The second has a life of its own: its courtesy notice, then its call, while the first is put on notice.
    let task = only_task(&office, "2026-04-09");
    assert_eq!((task.level.as_deref(), task.amount), (Some("rappel"), euros("50")));
    assert_eq!(task.lines[0].due_on, Some(day("2026-04-14")));
    let levels: Vec<_> = only_task(&office, "2026-04-15")
        .lines
        .into_iter()
        .map(|line| (line.due_on.unwrap(), line.level.unwrap()))
        .collect();
    let expected = [(day("2026-03-10"), "mise-en-demeure".to_owned()), (day("2026-04-14"), "appel".to_owned())];
    assert_eq!(levels, expected, "each instalment is at its own level");
}

#[test]
fn k02_a_part_payment_leaves_a_residual_and_loses_no_interest() {
    let mut office = company_reaching(Standing::Professional);
    bill(&mut office, invoice("F-1", "2026-03-01", "1000"));
    call(&mut office, "2026-03-02", CallOutcome::Reached, "");
    remind(&mut office, "2026-03-09", Channel::Email);
    pay(&mut office, payment("2026-03-11", "500"));

    // Ten days on 1 000: 3,33, settled first; 1 000 − (500 − 3,33) = 503,33; ten days on 503,33: 1,68.
    let task = only_task(&office, "2026-03-21");
    assert_eq!((task.action, task.level.as_deref(), task.amount), ("courriel", Some("relance-2"), euros("503.33")));
    let sheet = statement(&office, "2026-03-21", &[]);
    let lines: Vec<_> = sheet.claims[0].lines.iter().map(|line| (line.days, line.base, line.amount)).collect();
    assert_eq!(lines, [(10, euros("1000"), euros("3.33")), (10, euros("503.33"), euros("1.68"))]);
    assert_eq!(sheet.claims[0].payments[0].interest, euros("3.33"));
    let letter = remind(&mut office, "2026-03-21", Channel::Email).letter.unwrap();
    assert_eq!((letter.principal, letter.interest, letter.total), (euros("503.33"), euros("1.68"), euros("545.01")));
    assert_says(&why(&office, "F-1", "2026-03-21"), "dernière étape faite : relance ferme le 21 mars 2026");
}

#[test]
fn k02_principal_first_is_full_for_ten_days_then_half_for_ten_days() {
    let mut office = principal_first();
    bill(&mut office, invoice("F-1", "2026-03-01", "1000"));
    call(&mut office, "2026-03-02", CallOutcome::Reached, "");
    remind(&mut office, "2026-03-09", Channel::Email);
    pay(&mut office, payment("2026-03-11", "500"));
    assert_eq!(only_task(&office, "2026-03-21").amount, euros("500"));
    // 3,33 + 500 × 12,15 % × 10 / 365 = 3,33 + 1,66.
    let letter = remind(&mut office, "2026-03-21", Channel::Email).letter.unwrap();
    assert_eq!((letter.principal, letter.interest, letter.total), (euros("500"), euros("4.99"), euros("544.99")));
}

#[test]
fn k17_a_rate_that_changes_splits_the_period() {
    let mut office = company_reaching(Standing::Professional);
    bill(&mut office, invoice("F-1", "2026-06-20", "1000"));
    call(&mut office, "2026-06-22", CallOutcome::Reached, "");
    remind(&mut office, "2026-06-28", Channel::Email);

    // Ten days at 12,15 %: 3,33; ten days at 12,40 %: 3,40.
    let sheet = statement(&office, "2026-07-10", &[]);
    let lines: Vec<_> =
        sheet.claims[0].lines.iter().map(|line| (line.from, line.rate.to_string(), line.amount)).collect();
    let expected = [
        (day("2026-06-21"), "12.15".to_owned(), euros("3.33")),
        (day("2026-07-01"), "12.40".to_owned(), euros("3.40")),
    ];
    assert_eq!(lines, expected);
    assert_says(&sheet.claims[0].lines[1].source, "BCE 2,40 % + 10 points");
    assert_eq!(sheet.convention.variation, "semestre");
    let task = only_task(&office, "2026-07-10");
    assert_eq!((task.level.as_deref(), task.amount), (Some("relance-2"), euros("1000")));
    assert_says(
        &why(&office, "F-1", "2026-07-10"),
        "à traiter aujourd’hui, échue depuis le 20 juin 2026 (20 jours de retard)",
    );
    let letter = act(&mut office, "2026-07-10").unwrap().letter.unwrap();
    assert_eq!((letter.interest, letter.total), (euros("6.73"), euros("1046.73")));

    // By the other convention, the rate of the first semester to the end: twenty days at 12,15 %.
    let fixed = Conventions { variation: RateVariation::FixedAtStart, ..Conventions::default() };
    choose_conventions(&mut office, fixed, &noon(day("2026-07-10"))).unwrap();
    let sheet = statement(&office, "2026-07-10", &[]);
    assert_eq!((sheet.total_interest, sheet.convention.variation), (euros("6.66"), "fixe"));
}

#[test]
fn k18_days_are_counted_by_a_named_convention() {
    let mut office = ten_percent();
    // The 29th of February is a day like any other: fifteen days from 20 February to 6 March 2024.
    bill(&mut office, invoice("F-1", "2024-02-20", "1000"));
    let sheet = statement(&office, "2024-03-06", &[]);
    // 1 000 × 10 % × 15 / 365 = 4,1096; by 360 it would be 4,17, by 366 it is 4,0984.
    assert_eq!(
        (sheet.claims[0].lines[0].days, sheet.total_interest, sheet.convention.day_base),
        (15, euros("4.11"), "365")
    );
    let actual = Conventions { day_base: DayBase::Actual, ..Conventions::default() };
    choose_conventions(&mut office, actual, &noon(day("2024-03-06"))).unwrap();
    let sheet = statement(&office, "2024-03-06", &[]);
    assert_eq!(
        (sheet.claims[0].lines[0].days, sheet.total_interest, sheet.convention.day_base),
        (15, euros("4.10"), "reelle")
    );

    assert_says(&why(&office, "F-1", "2024-03-06"), "échue depuis le 20 février 2024 (15 jours de retard)");
    call(&mut office, "2024-03-06", CallOutcome::Reached, "");
    remind(&mut office, "2024-03-07", Channel::Email);
    let letter = remind(&mut office, "2024-03-15", Channel::Email);
    // Twenty-four days: 6,557; the paper says how a year was divided.
    assert_eq!(letter.letter.as_ref().unwrap().interest, euros("6.56"));
    if let Some(text) = printed(&office, &letter) {
        assert_says(&text, "(365 ou 366)");
        assert_says(&text, "arrondi");
    }
}

#[test]
fn k19_each_line_is_rounded_and_the_total_is_their_sum() {
    let mut office = ten_percent();
    // 18,25 × 10 % / 365 = 0,005 a day: each printed line is worth 0,01, and two of them 0,02.
    bill(&mut office, invoice("F-1", "2026-03-01", "18.25"));
    pay(&mut office, payment("2026-03-02", "0.01"));
    let sheet = statement(&office, "2026-03-03", &[]);
    let lines: Vec<_> = sheet.claims[0].lines.iter().map(|line| (line.days, line.amount)).collect();
    assert_eq!(lines, [(1, euros("0.01")), (1, euros("0.01"))]);
    assert_eq!(
        (sheet.claims[0].interest, sheet.total_interest, sheet.total_principal),
        (euros("0.02"), euros("0.01"), euros("18.25"))
    );
    assert_eq!(sheet.total, euros("58.26"), "18,25 + 0,01 + 40");
    assert_eq!(sheet.convention.rounding, "au centime le plus proche, ligne par ligne");
    let task = only_task(&office, "2026-03-03");
    assert_eq!((task.action, task.amount), ("appel", euros("18.25")));
    assert_says(&task.grounds.join(" "), "Échue depuis le 1er mars 2026 (2 jours de retard)");
}

#[test]
fn k20_interest_already_claimed_is_not_added_to_a_new_computation() {
    let mut office = company_reaching(Standing::Professional);
    bill(&mut office, invoice("F-1", "2026-03-10", "1000"));
    call(&mut office, "2026-03-11", CallOutcome::Reached, "");
    remind(&mut office, "2026-03-18", Channel::Email);
    let second = remind(&mut office, "2026-03-30", Channel::Email).letter.unwrap();
    let third = remind(&mut office, "2026-04-14", Channel::Lrar).letter.unwrap();
    // From the start each time: 20 days are 6,66, 35 days are 11,65, and not 6,66 + 11,65.
    assert_eq!((second.interest, third.interest), (euros("6.66"), euros("11.65")));
    assert_eq!((second.total, third.total), (euros("1046.66"), euros("1051.65")), "one indemnity, not two");
    assert_eq!(third.model, LetterModel::MiseEnDemeure);
    assert_says(&why(&office, "F-1", "2026-04-14"), "dernière étape faite : mise en demeure le 14 avril 2026");
}

#[test]
fn k21_interest_stays_claimable_once_the_principal_is_paid() {
    let mut office = principal_first();
    bill(&mut office, invoice("F-1", "2026-03-10", "1000"));
    call(&mut office, "2026-03-11", CallOutcome::Reached, "");
    pay(&mut office, payment("2026-04-29", "1000"));
    // Fifty days: 16,64; and forty euros.
    assert!(
        agenda(&office, "2026-05-20").is_empty(),
        "what is left is the owner's to claim or to waive: nobody is reminded"
    );
    assert_says(
        &why(&office, "F-1", "2026-05-20"),
        "plus rien à faire, son montant est réglé ; il reste 56,64 € de pénalités et d’indemnité, à réclamer (décompte) ou à remettre",
    );
    let sheet = statement(&office, "2026-05-20", &[]);
    assert_eq!(
        (sheet.total_principal, sheet.total_interest, sheet.total),
        (euros("0"), euros("16.64"), euros("56.64"))
    );

    let moment = noon(day("2026-05-20"));
    let on = (day("2026-05-20"), "geste commercial");
    grant_waiver(&mut office, (CLIENT, "F-1"), WaiverObject::Interest { amount: None }, on, &moment).unwrap();
    grant_waiver(&mut office, (CLIENT, "F-1"), WaiverObject::Indemnity, on, &moment).unwrap();
    assert_says(&why(&office, "F-1", "2026-05-20"), "plus rien à faire, elle est réglée");
    assert_eq!(statement(&office, "2026-05-20", &[]).total, euros("0"));
}

#[test]
fn k22_the_indemnity_is_forty_euros_an_invoice_once_and_never_for_a_consumer() {
    for (standing, indemnity) in [(Standing::Professional, "80"), (Standing::Consumer, "0")] {
        let mut office = company_reaching(standing);
        bill(&mut office, invoice("F-1", "2026-03-10", "1000"));
        bill(&mut office, invoice("F-2", "2026-03-10", "500"));
        call(&mut office, "2026-03-11", CallOutcome::Reached, "");
        remind(&mut office, "2026-03-18", Channel::Email);
        let second = remind(&mut office, "2026-03-31", Channel::Email).letter.unwrap();
        let third = remind(&mut office, "2026-04-14", Channel::Lrar).letter.unwrap();
        assert_eq!(
            (second.indemnity, third.indemnity),
            (euros(indemnity), euros(indemnity)),
            "{standing:?}, three letters"
        );
        assert_eq!(statement(&office, "2026-04-14", &[]).total_indemnity, euros(indemnity));
        assert_eq!(third.principal, euros("1500"));
        assert_says(&why(&office, "F-2", "2026-04-14"), "dernière étape faite : mise en demeure le 14 avril 2026");
    }
}

#[test]
fn k23_currencies_are_never_added() {
    let mut office = company_reaching(Standing::Professional);
    let francs = Currency::parse("CHF").unwrap();
    bill(&mut office, invoice("F-1", "2026-03-10", "1000"));
    bill(&mut office, InvoiceEntry { currency: francs, ..invoice("F-2", "2026-03-10", "200") });
    assert_eq!(to_do(&office, "2026-03-11"), [("appel", "1000.00".to_owned()), ("appel", "200.00".to_owned())]);
    call(&mut office, "2026-03-11", CallOutcome::Reached, "");

    // Two letters, each with its own total: one in euros, one in francs.
    let tasks = agenda(&office, "2026-03-18");
    let seen: Vec<_> =
        tasks.iter().map(|task| (task.action, task.currency, task.amount, task.invoices.clone())).collect();
    let expected = [
        ("courriel", Currency::EUR, euros("1000"), vec!["F-1".to_owned()]),
        ("courriel", francs, euros("200"), vec!["F-2".to_owned()]),
    ];
    assert_eq!(seen, expected);
    let first = remind(&mut office, "2026-03-18", Channel::Email).letter.unwrap();
    let second = remind(&mut office, "2026-03-18", Channel::Email).letter.unwrap();
    assert_eq!(
        (first.currency, first.total, second.currency, second.total),
        (Currency::EUR, euros("1000"), francs, euros("200"))
    );
    assert_says(&why(&office, "F-2", "2026-03-19"), "dernière étape faite : relance amiable le 18 mars 2026");

    let sheet = statement(&office, "2026-03-20", &[]);
    assert_eq!(
        (sheet.currency, sheet.total_principal, sheet.other_currencies),
        (Currency::EUR, euros("1000"), vec![francs])
    );
    let query = StatementQuery {
        debtor: CLIENT.to_owned(),
        invoices: Vec::new(),
        as_of: day("2026-03-20"),
        currency: Some(francs),
        missing_rates: MissingRates::Refuse,
    };
    let sheet = draw_up_statement(&office, &query).unwrap();
    // Ten days on 200 francs: 0,67; forty euros are not forty francs.
    assert_eq!(
        (sheet.total_principal, sheet.total_interest, sheet.total_indemnity),
        (euros("200"), euros("0.67"), euros("0"))
    );
}
