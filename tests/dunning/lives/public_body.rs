//! A public body, from June 2024 to June 2026: slower steps, the rate of the semester in which interest began, to the end.
//!
//! 12,25 % (BCE 4,25 + 8) for what was late from July 2024; 11,15 % (BCE 3,15 + 8) for what was late from April 2025.

use dument_workflows::Office;
use dument_workflows::arrangements::list_plans;
use dument_workflows::payments::PaymentEntry;
use dument_workflows::words::{
    CallOutcome, Channel, DeliveryOutcome, DisputeOutcome, LetterModel, Mandatary, Standing,
};

use super::{answered, claims, confide, decide, disputed, expect, hold, plan, quiet, resume, settled, write};
use crate::support::office::{
    CLIENT, assert_says, bill, call, company_reaching, day, euros, invoice, only_task, pay, payment, promise,
    statement, why,
};

#[test]
fn two_years_of_a_public_body_until_the_last_cent() {
    let mut office = company_reaching(Standing::PublicBody);
    the_steps_are_slower_and_wait_for_september(&mut office);
    a_promise_is_kept_across_a_change_of_rate(&mut office);
    a_lawyer_has_the_case_for_a_while(&mut office);
    a_whole_dispute_stops_another_invoice(&mut office);
    a_plan_is_paid_with_some_days_of_delay(&mut office);
}

fn the_steps_are_slower_and_wait_for_september(office: &mut Office) {
    bill(office, invoice("F-1", "2024-06-30", "9876.54"));
    quiet(office, &["2024-06-25", "2024-07-01", "2024-07-07"]);
    expect(office, "2024-07-08", &[("appel", "9876.54")]);
    call(office, "2024-07-08", CallOutcome::Reached, "service fait constaté, en attente de mandatement");
    let (_, first) = write(office, "2024-07-15", Channel::Email);
    claims(&first, LetterModel::RelanceAmiable, ["9876.54", "0", "0", "9876.54"]);
    hold(office, "2024-08-01", "2024-08-31", "trésorerie fermée");
    quiet(office, &["2024-07-30", "2024-08-04", "2024-08-29", "2024-08-31"]);
    assert_says(
        &why(office, "F-1", "2024-08-29"),
        "rien avant le 1er septembre 2024, en attente jusqu’au 31 août 2024 : trésorerie fermée",
    );

    let task = only_task(office, "2024-09-01");
    assert_eq!((task.action, task.level.as_deref(), task.amount), ("lettre", Some("relance-2"), euros("9876.54")));
    assert_says(&task.grounds.join(" "), "Une étape suivante est déjà passée, une seule est faite à la fois");
    // Sixty-three days: 208,83.
    let (_, second) = write(office, "2024-09-01", Channel::Letter);
    claims(&second, LetterModel::RelanceFerme, ["9876.54", "208.83", "40", "10125.37"]);
    quiet(office, &["2024-09-18"]);
    // Eighty-one days: 268,49.
    expect(office, "2024-09-19", &[("lrar", "9876.54")]);
    let (notice, seen) = write(office, "2024-09-19", Channel::Lrar);
    claims(&seen, LetterModel::MiseEnDemeure, ["9876.54", "268.49", "40", "10185.03"]);
    answered(office, notice, "2024-09-23", DeliveryOutcome::Received);
    quiet(office, &["2024-09-28", "2024-10-07"]);
    expect(office, "2024-10-08", &[("decision", "9876.54")]);
}

fn a_promise_is_kept_across_a_change_of_rate(office: &mut Office) {
    promise(office, "2024-10-09", "4000", "2025-01-20");
    quiet(office, &["2024-10-09", "2025-01-19"]);
    expect(office, "2025-01-20", &[("promesse-echue", "4000.00")]);
    // 204 days, one line: the rate does not change with the semester, 676,20; 9 876,54 − (4 000 − 676,20) = 6 552,74.
    pay(office, payment("2025-01-20", "4000"));
    let sheet = statement(office, "2025-01-20", &[]);
    let lines: Vec<_> =
        sheet.claims[0].lines.iter().map(|line| (line.days, line.rate.to_string(), line.amount)).collect();
    assert_eq!(lines, [(204, "12.25".to_owned(), euros("676.20"))]);
    expect(office, "2025-01-20", &[("decision", "6552.74")]);
}

fn a_lawyer_has_the_case_for_a_while(office: &mut Office) {
    decide(office, "2025-02-03", "confier à l’avocat : demande de mandatement d’office");
    assert_says(&why(office, "F-1", "2025-02-03"), "toutes les étapes de la politique sont faites");
    let given = confide(office, "2025-02-10", Mandatary::Lawyer, "Me Cariou");
    quiet(office, &["2025-02-11", "2025-03-19"]);
    assert_says(&why(office, "F-1", "2025-03-01"), "confiée à un avocat (Me Cariou) depuis le 10 février 2025");
    resume(office, given, "2025-03-20");
    quiet(office, &["2025-03-20"]);
}

fn a_whole_dispute_stops_another_invoice(office: &mut Office) {
    bill(office, invoice("F-2", "2025-03-31", "1000"));
    expect(office, "2025-04-08", &[("appel", "1000.00")]);
    let dispute = disputed(office, "F-2", "2025-04-08", None);
    quiet(office, &["2025-04-08", "2025-04-15", "2025-05-05"]);
    assert_says(&why(office, "F-2", "2025-04-15"), "contestée depuis le 8 avril 2025");
    assert_eq!(statement(office, "2025-04-15", &[]).claims.len(), 2, "it stays in the account");
    settled(office, dispute, "2025-05-06", DisputeOutcome::Unfounded);
    expect(office, "2025-05-06", &[("appel", "1000.00")]);
    assert_says(&why(office, "F-2", "2025-05-06"), "2 étapes suivantes sont déjà passées");
    call(office, "2025-05-06", CallOutcome::Reached, "mandaté cette semaine");
    quiet(office, &["2025-05-06"]);
    let (_, first) = write(office, "2025-05-07", Channel::Email);
    assert_eq!((first.total, first.invoices.concat()), (euros("1000"), "F-2".to_owned()));
    // Fifty days at the rate of its own semester, 11,15 %: 15,27.
    pay(office, PaymentEntry { invoices: vec!["F-2".to_owned()], ..payment("2025-05-20", "1015.27") });
    quiet(office, &["2025-05-20", "2025-06-01"]);
    assert_says(
        &why(office, "F-2", "2025-05-20"),
        "son montant est réglé ; il reste 40,00 € de pénalités et d’indemnité",
    );
}

fn a_plan_is_paid_with_some_days_of_delay(office: &mut Office) {
    // 6 552,74 + 133 days, 292,49 + forty euros for each invoice.
    let agreed = plan(office, "2025-06-02", 2, "2025-06-30");
    let parts: Vec<_> = agreed.instalments.iter().map(|part| part.amount).collect();
    assert_eq!((agreed.total, parts), (euros("6925.23"), ["3462.61", "3462.62"].map(euros).to_vec()));
    expect(office, "2025-06-30", &[("echeance-plan", "6552.74")]);
    // 161 days: 354,07; 6 552,74 − (3 462,61 − 354,07) = 3 444,20.
    pay(office, payment("2025-06-30", "3462.61"));
    quiet(office, &["2025-06-30", "2025-07-29"]);
    expect(office, "2025-07-30", &[("echeance-plan", "3444.20")]);
    expect(office, "2025-08-02", &[("plan-manque", "3444.20")]);
    // It came five days late, before any notice: the plan goes on to its end. Thirty-five days: 40,46.
    pay(office, payment("2025-08-04", "3462.62"));
    assert_eq!(list_plans(office, Some(CLIENT), day("2025-08-04")).unwrap()[0].state, "tenu");
    quiet(office, &["2025-08-04", "2025-09-14"]);
    // 3 444,20 − (3 462,62 − 40,46) = 22,04; forty-two days on it: 0,31; and eighty euros.
    let sheet = statement(office, "2025-09-15", &[]);
    assert_eq!(
        (sheet.total_principal, sheet.total_interest, sheet.total),
        (euros("22.04"), euros("0.31"), euros("102.35"))
    );
    pay(office, payment("2025-09-15", "102.35"));
    quiet(office, &["2025-09-15", "2026-06-30"]);
    assert_says(&why(office, "F-1", "2026-06-30"), "plus rien à faire, elle est réglée");
    assert_eq!(statement(office, "2026-06-30", &[]).total, euros("0"));
}
