//! A customer one wants to keep, « relation à ménager », from September 2024 to March 2026, to the sauvegarde.
//!
//! Rates of the law: 14,25 % in the second semester of 2024, 13,15 % in the first of 2025, 12,15 % in the second.

use dument_workflows::Office;
use dument_workflows::arrangements::lapse_plan;
use dument_workflows::debtors::{DebtorEntry, add_debtor};
use dument_workflows::letters::Confirmation;
use dument_workflows::proceedings::close_insolvency;
use dument_workflows::steps::carry_out_all;
use dument_workflows::words::{
    CallOutcome, Channel, DisputeOutcome, Handling, InsolvencyKind, LetterModel, Mandatary, Standing,
};

use super::{
    claims, confide, decide, disputed, expect, hold, insolvent, plan, postpone, quiet, reference, resume, settled,
    write,
};
use crate::support::cli::Desk;
use crate::support::office::{
    CLIENT, assert_says, bill, call, company, credit, credit_note, day, euros, invoice, look_at_bank, noon, only_task,
    pay, payment, promise, reachable, statement, why,
};

#[test]
fn two_years_of_a_customer_one_wants_to_keep_to_the_sauvegarde() {
    let mut office = company();
    let entry = DebtorEntry { handling: Handling::WithCare, ..reachable(CLIENT, Standing::Professional) };
    add_debtor(&mut office, entry, &noon(day("2024-01-05"))).unwrap();
    he_is_called_first_and_never_written_to_in_a_batch(&mut office);
    a_promise_is_broken_and_the_letter_quotes_it(&mut office);
    he_is_given_time_and_a_part_is_disputed(&mut office);
    a_plan_lapses_and_an_agency_tries(&mut office);
    august_is_quiet_and_autumn_brings_the_court(&mut office);
}

fn he_is_called_first_and_never_written_to_in_a_batch(office: &mut Office) {
    bill(office, invoice("F-1", "2024-09-30", "3000"));
    quiet(office, &["2024-09-25", "2024-10-01", "2024-10-04"]);
    expect(office, "2024-10-05", &[("appel", "3000.00")]);
    assert!(only_task(office, "2024-10-05").script.join(" ").contains("Prenez d’abord de ses nouvelles"));
    call(office, "2024-10-05", CallOutcome::Reached, "la saison a été mauvaise");
    promise(office, "2024-10-05", "1000", "2024-10-10");
    // Ten days at 14,25 %: 11,71; 3 000 − (1 000 − 11,71) = 2 011,71.
    pay(office, payment("2024-10-10", "1000"));
    quiet(office, &["2024-10-10", "2024-10-14"]);
    expect(office, "2024-10-15", &[("courriel", "2011.71")]);
    look_at_bank(office, "2024-10-15");
    let desk = Desk::new();
    let batch = carry_out_all(office, Confirmation::Given, &noon(day("2024-10-15")), &desk.path("jour.pdf")).unwrap();
    assert_eq!(batch.done.len(), 0, "not even by confirming a whole batch");
    assert_says(&batch.left[0].reasons.join(" "), "Ce client n’est jamais relancé sans vous : traitez-le à part.");
    let (_, first) = write(office, "2024-10-15", Channel::Email);
    claims(&first, LetterModel::RelanceAmiable, ["2011.71", "0", "0", "2011.71"]);
}

fn a_promise_is_broken_and_the_letter_quotes_it(office: &mut Office) {
    quiet(office, &["2024-10-29"]);
    let task = only_task(office, "2024-10-30");
    assert_eq!((task.action, task.title.as_str(), task.amount), ("appel", "Second appel", euros("2011.71")));
    call(office, "2024-10-30", CallOutcome::MessageLeft, "");
    promise(office, "2024-11-02", "2011.71", "2024-11-08");
    quiet(office, &["2024-11-07"]);
    expect(office, "2024-11-10", &[("promesse-echue", "2011.71")]);
    let task = only_task(office, "2024-11-11");
    assert_eq!((task.action, task.amount), ("lettre", euros("2011.71")));
    assert_says(&task.grounds.join(" "), "Promesse de 2 011,71 € pour le 8 novembre 2024 non tenue");
    // To him the firm reminder claims the principal alone.
    let (_, second) = write(office, "2024-11-11", Channel::Letter);
    claims(&second, LetterModel::RelancePromesse, ["2011.71", "0", "0", "2011.71"]);
    quiet(office, &["2024-11-28"]);
    expect(office, "2024-11-29", &[("decision", "2011.71")]);
}

fn he_is_given_time_and_a_part_is_disputed(office: &mut Office) {
    postpone(office, "F-1", "2024-12-02", "2025-01-31");
    quiet(office, &["2024-12-02", "2025-01-31", "2025-03-31"]);
    assert_says(
        &why(office, "F-1", "2024-12-02"),
        "échéance le 31 janvier 2025 ; échéance reportée, elle était au 30 septembre 2024",
    );
    // As if it had never been late before: the thousand euros settled the principal alone.
    assert_eq!(statement(office, "2025-01-31", &[]).total, euros("2000"));
    // Twenty-nine days at 13,15 %: 20,90; 2 000 − (500 − 20,90) = 1 520,90.
    pay(office, payment("2025-03-01", "500"));
    assert_eq!(statement(office, "2025-03-01", &[]).total_principal, euros("1520.90"));
    let dispute = disputed(office, "F-1", "2025-03-10", Some("300"));
    settled(office, dispute, "2025-03-20", DisputeOutcome::Settled);
    credit(office, &credit_note("AV-1", "2025-03-20", "100", Some("F-1")));
    // Nineteen days: 10,41.
    let sheet = statement(office, "2025-03-20", &[]);
    assert_eq!((sheet.total_principal, sheet.total_interest), (euros("1420.90"), euros("10.41")));
}

fn a_plan_lapses_and_an_agency_tries(office: &mut Office) {
    // 1 420,90 + 10,41 + five days, 2,56 + 40.
    let agreed = plan(office, "2025-03-25", 2, "2025-04-30");
    let parts: Vec<_> = agreed.instalments.iter().map(|part| part.amount).collect();
    assert_eq!((agreed.total, parts), (euros("1473.87"), ["736.93", "736.94"].map(euros).to_vec()));
    quiet(office, &["2025-04-01", "2025-04-29"]);
    expect(office, "2025-05-02", &[("echeance-plan", "1420.90")]);
    expect(office, "2025-05-03", &[("plan-manque", "1420.90")]);
    // 10,41 + forty-six days, 23,55.
    let (_, notice) = write(office, "2025-05-05", Channel::Letter);
    claims(&notice, LetterModel::RelancePromesse, ["1420.90", "33.96", "40", "1494.86"]);
    quiet(office, &["2025-05-15"]);
    expect(office, "2025-05-16", &[("plan-manque", "1420.90")]);
    lapse_plan(office, reference(&agreed), day("2025-05-16"), &noon(day("2025-05-16"))).unwrap();
    expect(office, "2025-05-16", &[("decision", "1420.90")]);
    decide(office, "2025-05-19", "essayer une société de recouvrement");
    let given = confide(office, "2025-05-20", Mandatary::Agency, "Recouvr’Ouest");
    quiet(office, &["2025-06-15"]);
    assert_says(
        &why(office, "F-1", "2025-06-15"),
        "confiée à une société de recouvrement (Recouvr’Ouest) depuis le 20 mai 2025",
    );
    resume(office, given, "2025-07-15");
    assert_says(
        &why(office, "F-1", "2025-07-15"),
        "toutes les étapes de la politique sont faites : décidez de la suite",
    );
}

fn august_is_quiet_and_autumn_brings_the_court(office: &mut Office) {
    hold(office, "2025-08-01", "2025-08-31", "congés");
    bill(office, invoice("F-2", "2025-08-15", "600"));
    quiet(office, &["2025-08-20", "2025-08-31"]);
    assert_says(
        &why(office, "F-2", "2025-08-20"),
        "rien avant le 1er septembre 2025, en attente jusqu’au 31 août 2025 : congés",
    );
    expect(office, "2025-09-01", &[("appel", "600.00")]);
    call(office, "2025-09-01", CallOutcome::Reached, "en difficulté, il consulte");

    let opened = insolvent(office, InsolvencyKind::Sauvegarde, "2025-10-10", "2025-10-21");
    expect(office, "2025-10-22", &[("declarer-creance", "2020.90")]);
    let task = only_task(office, "2025-10-22");
    assert_eq!(task.by, day("2025-12-21"));
    assert_says(&task.grounds.join(" "), "déclarez la créance au plus tard le 21 décembre 2025");
    // Through 9 October. F-1: 10,41 + 102 days at 13,15 %, 52,22 + 101 at 12,15 %, 47,77; F-2: 55 days, 10,98.
    for on in ["2025-10-10", "2026-03-02"] {
        let sheet = statement(office, on, &[]);
        let interest: Vec<_> = sheet.claims.iter().map(|claim| claim.remaining_interest).collect();
        assert_eq!(interest, ["110.40", "10.98"].map(euros), "on {on}");
        assert_eq!((sheet.total, sheet.per_day), (euros("2222.28"), euros("0")), "on {on}");
    }
    close_insolvency(office, opened, day("2026-03-02"), "plan de sauvegarde arrêté", &noon(day("2026-03-02"))).unwrap();
    let task = only_task(office, "2026-03-02");
    assert_eq!((task.action, task.level.as_deref(), task.amount), ("courriel", Some("relance-1"), euros("600")));
    assert_says(
        &why(office, "F-1", "2026-03-02"),
        "toutes les étapes de la politique sont faites : décidez de la suite",
    );
}
