//! What keeps the owner quiet without removing anything from what is owed: disputes, promises, plans, debits, courts, settings.

use std::num::NonZeroU16;

use dument_workflows::Office;
use dument_workflows::arrangements::{PlanEntry, Schedule, agree_plan, expect_debit, lapse_plan, list_plans};
use dument_workflows::debtors::{DebtorEntry, add_debtor, list_debtors};
use dument_workflows::exchanges::{DisputeEntry, close_dispute, open_dispute};
use dument_workflows::invoices::list_invoices;
use dument_workflows::letters::{Confirmation, issue_letter};
use dument_workflows::limitation::{ActEntry, record_limitation_act};
use dument_workflows::proceedings::{InsolvencyEntry, close_insolvency, open_insolvency};
use dument_workflows::steps::carry_out;
use dument_workflows::words::{
    CallOutcome, Channel, DisputeKind, DisputeOutcome, Handling, InsolvencyKind, LetterModel, LimitationActKind,
    PlanInterest, Seq, Standing,
};

use crate::support::office::{
    CLIENT, act, agenda, assert_says, bill, call, company, company_reaching, day, euros, invoice, letter, letter_of,
    look_at_bank, noon, only_task, pay, payment, printed, promise, reachable, remind, send, statement, to_do, why,
};

/// Returns a story that has come to the first reminder: F-1, 1 000 euros, due on 10 March 2026, called the day after.
fn called() -> Office {
    let mut office = company_reaching(Standing::Professional);
    bill(&mut office, invoice("F-1", "2026-03-10", "1000"));
    call(&mut office, "2026-03-11", CallOutcome::Reached, "");
    office
}

/// Notes that F-1 is disputed since 12 March, in whole or in part.
fn dispute(office: &mut Office, amount: Option<&str>) -> Seq {
    let entry = DisputeEntry {
        debtor: CLIENT.to_owned(),
        invoice: "F-1".to_owned(),
        on: day("2026-03-12"),
        amount: amount.map(euros),
        kind: DisputeKind::Quality,
        said: "deux portes rayées".to_owned(),
    };
    open_dispute(office, entry, &noon(day("2026-03-12"))).unwrap().fact
}

#[test]
fn k14_a_dispute_of_a_part_leaves_the_rest_to_be_claimed() {
    let mut office = called();
    dispute(&mut office, Some("400"));
    let task = only_task(&office, "2026-03-18");
    assert_eq!((task.action, task.amount), ("courriel", euros("600")));
    assert_says(&why(&office, "F-1", "2026-03-18"), "400,00 € sont contestés, le reste est réclamé");
    let letter = remind(&mut office, "2026-03-18", Channel::Email).letter.unwrap();
    assert_eq!((letter.principal, letter.total), (euros("600"), euros("600")));

    // It stays in the balance, in what is late and in the clock of limitation.
    let balance = list_debtors(&office, day("2026-03-18")).unwrap().remove(0).balances.remove(0);
    assert_eq!((balance.balance, balance.overdue), (euros("1000"), euros("1000")));
    assert_eq!(statement(&office, "2026-03-18", &[]).total_principal, euros("1000"));
    let seen = list_invoices(&office, day("2026-03-18")).unwrap().remove(0);
    assert_eq!((seen.state, seen.days_late, seen.prescription), ("en-retard", 8, Some(day("2031-03-10"))));
}

#[test]
fn k14_a_dispute_of_the_whole_stops_the_reminders_until_it_is_closed() {
    let mut office = called();
    let opened = dispute(&mut office, None);
    assert!(agenda(&office, "2026-04-20").is_empty());
    assert_says(&why(&office, "F-1", "2026-04-20"), "rien pour l’instant, contestée depuis le 12 mars 2026");
    assert_eq!(act(&mut office, "2026-04-20").unwrap_err().code, "rien-a-faire");
    assert_eq!(statement(&office, "2026-04-20", &[]).total_principal, euros("1000"), "it stays in the balance");

    let moment = noon(day("2026-04-20"));
    let end = (day("2026-04-20"), DisputeOutcome::Unfounded);
    close_dispute(&mut office, opened, end, "photos à l’appui, livraison intacte", &moment).unwrap();
    let task = only_task(&office, "2026-04-20");
    assert_eq!((task.level.as_deref(), task.amount), (Some("relance-1"), euros("1000")), "the next step, and one only");
    assert_says(&why(&office, "F-1", "2026-04-20"), "2 étapes suivantes sont déjà passées");
}

#[test]
fn k14_two_disputes_never_make_a_negative_claim() {
    let mut office = called();
    dispute(&mut office, Some("700"));
    dispute(&mut office, Some("700"));
    assert!(agenda(&office, "2026-03-18").is_empty());
    assert_says(&why(&office, "F-1", "2026-03-18"), "tout ce qui reste est contesté (1 000,00 €)");
}

#[test]
fn k15_a_promise_that_is_kept_lets_the_rest_go_on() {
    let mut office = called();
    promise(&mut office, "2026-03-12", "600", "2026-03-25");
    assert!(agenda(&office, "2026-03-18").is_empty());
    // Two days of grace, and the day after.
    assert_says(
        &why(&office, "F-1", "2026-03-18"),
        "rien avant le 28 mars 2026, promesse de 600,00 € pour le 25 mars 2026",
    );
    let task = only_task(&office, "2026-03-25");
    assert_eq!((task.action, task.amount), ("promesse-echue", euros("600")));
    pay(&mut office, payment("2026-03-25", "600"));
    // Fifteen days on 1 000: 4,99; 1 000 − (600 − 4,99) = 404,99.
    let task = only_task(&office, "2026-03-25");
    assert_eq!((task.action, task.level.as_deref(), task.amount), ("courriel", Some("relance-1"), euros("404.99")));
    assert!(!task.grounds.join(" ").contains("romesse"), "it was kept: {:?}", task.grounds);
    let letter = remind(&mut office, "2026-03-25", Channel::Email).letter.unwrap();
    assert_eq!((letter.model, letter.total), (LetterModel::RelanceAmiable, euros("404.99")));
}

#[test]
fn k15_a_promise_that_is_broken_is_quoted_by_the_next_letter_once() {
    let mut office = called();
    promise(&mut office, "2026-03-12", "600", "2026-03-25");
    assert_eq!(to_do(&office, "2026-03-27"), [("promesse-echue", "600.00".to_owned())], "a day of grace is left");
    let task = only_task(&office, "2026-03-28");
    assert_eq!((task.action, task.level.as_deref(), task.amount), ("courriel", Some("relance-1"), euros("1000")));
    assert_says(&task.grounds.join(" "), "Promesse de 600,00 € pour le 25 mars 2026 non tenue");
    let step = remind(&mut office, "2026-03-28", Channel::Email);
    let letter = step.letter.as_ref().unwrap();
    assert_eq!((letter.model, letter.principal), (LetterModel::RelancePromesse, euros("1000")));
    if let Some(text) = printed(&office, &step) {
        assert_says(&text, "600,00 €");
        assert_says(&text, "25 mars 2026");
        assert_says(&text, "Mme Rey");
    }
    assert!(!why(&office, "F-1", "2026-03-29").contains("promesse"), "it was said once");
    let next = remind(&mut office, "2026-04-05", Channel::Email).letter.unwrap();
    assert_eq!(next.model, LetterModel::RelanceFerme);
}

#[test]
fn k15_a_promise_kept_in_part_leaves_the_residual() {
    let mut office = called();
    promise(&mut office, "2026-03-12", "600", "2026-03-25");
    pay(&mut office, payment("2026-03-25", "250"));
    assert_eq!(only_task(&office, "2026-03-26").action, "promesse-echue");
    // 1 000 − (250 − 4,99) = 754,99.
    let task = only_task(&office, "2026-03-28");
    assert_eq!((task.action, task.amount), ("courriel", euros("754.99")));
    assert_says(&task.grounds.join(" "), "Promesse de 600,00 € pour le 25 mars 2026 tenue en partie (250,00 € reçus)");
    let step = remind(&mut office, "2026-03-28", Channel::Email);
    if let Some(text) = printed(&office, &step) {
        assert_says(&text, "250,00 €");
        assert_says(&text, "350,00 €");
    }
}

/// Agrees on the due date to pay ninety euros in three times.
fn thrice(lapse_notice_days: Option<u32>) -> (Office, Seq) {
    let mut office = company_reaching(Standing::Professional);
    bill(&mut office, invoice("F-1", "2026-03-10", "90"));
    let schedule = Schedule::Even { count: NonZeroU16::new(3).unwrap(), first_on: day("2026-04-10"), every_months: 1 };
    let entry = PlanEntry {
        debtor: CLIENT.to_owned(),
        invoices: Vec::new(),
        currency: None,
        agreed_on: day("2026-03-10"),
        schedule,
        interest: PlanInterest::Continues,
        lapse_notice_days,
    };
    let plan = agree_plan(&mut office, &entry, &noon(day("2026-03-10")), None).unwrap();
    let agreement = Seq::new(plan.letter.unwrap().parse().unwrap());
    send(&mut office, agreement, "2026-03-10", Channel::Email).unwrap();
    pay(&mut office, payment("2026-04-10", "30"));
    (office, Seq::new(plan.plan.unwrap().parse().unwrap()))
}

#[test]
fn k16_a_missed_instalment_and_a_notice_make_the_whole_due_again() {
    let (mut office, plan) = thrice(Some(8));
    assert!(agenda(&office, "2026-05-09").is_empty());
    assert_says(&why(&office, "F-1", "2026-05-09"), "échéancier en cours, versement attendu le 10 mai 2026");
    // Thirty-one days on 90: 0,93, settled first; 90 − (30 − 0,93) = 60,93.
    assert_eq!(to_do(&office, "2026-05-10"), [("echeance-plan", "60.93".to_owned())]);
    assert_eq!(to_do(&office, "2026-05-12"), [("echeance-plan", "60.93".to_owned())]);
    let task = only_task(&office, "2026-05-13");
    assert_eq!((task.action, task.amount), ("plan-manque", euros("60.93")));
    assert_says(&task.grounds.join(" "), "Versement du 10 mai 2026 manqué : prévenez par écrit");
    let shown = list_plans(&office, None, day("2026-05-13")).unwrap().remove(0);
    let states: Vec<_> = shown.instalments.iter().map(|line| (line.state, line.received)).collect();
    assert_eq!(
        (shown.state, states),
        ("manque", vec![("payee", euros("30")), ("manquee", euros("0")), ("a-venir", euros("0"))])
    );

    // Nothing lapses by itself.
    let early = lapse_plan(&mut office, plan, day("2026-05-13"), &noon(day("2026-05-13"))).unwrap_err();
    assert_eq!(early.code, "decheance-sans-avis");
    let step = act(&mut office, "2026-05-13").unwrap();
    let notice = letter_of(&step);
    assert_eq!(step.letter.as_ref().unwrap().model, LetterModel::RelancePromesse);
    if let Some(text) = printed(&office, &step) {
        assert_says(&text, "30,00 €");
        assert_says(&text, "10 mai 2026");
    }
    // Drawn up, it is not drawn up again; sent, its eight days run.
    assert_eq!(to_do(&office, "2026-05-13"), [("envoyer", "60.93".to_owned())]);
    act(&mut office, "2026-05-13").unwrap();
    send(&mut office, notice, "2026-05-13", Channel::Letter).unwrap();
    assert!(agenda(&office, "2026-05-21").is_empty(), "{:?}", agenda(&office, "2026-05-21"));
    let early = lapse_plan(&mut office, plan, day("2026-05-21"), &noon(day("2026-05-21"))).unwrap_err();
    assert_eq!(early.code, "avis-trop-recent");
    assert_says(&early.message, "attendez le 22 mai 2026");

    let task = only_task(&office, "2026-05-22");
    assert_eq!(task.action, "plan-manque");
    assert_says(
        &task.grounds.join(" "),
        "avis du 13 mai 2026 resté sans effet : prononcez la déchéance de l’échéancier",
    );
    assert_eq!(act(&mut office, "2026-05-22").unwrap_err().code, "avis-deja-parti", "one notice is enough");
    lapse_plan(&mut office, plan, day("2026-05-22"), &noon(day("2026-05-22"))).unwrap();
    assert_eq!(list_plans(&office, None, day("2026-05-22")).unwrap()[0].state, "dechu");
    let task = only_task(&office, "2026-05-22");
    assert_eq!((task.action, task.amount), ("appel", euros("60.93")), "the whole balance, and the reminders go on");
    assert_says(&why(&office, "F-1", "2026-05-22"), "échue depuis le 10 mars 2026 (73 jours de retard)");
}

#[test]
fn k16_without_a_clause_the_rest_does_not_fall_due() {
    let (mut office, plan) = thrice(None);
    let step = act(&mut office, "2026-05-13").unwrap();
    send(&mut office, letter_of(&step), "2026-05-13", Channel::Letter).unwrap();
    let refused = lapse_plan(&mut office, plan, day("2026-06-01"), &noon(day("2026-06-01"))).unwrap_err();
    assert_eq!(refused.code, "sans-clause-de-decheance");
    assert_says(&refused.message, "L’accord n’a pas de clause de déchéance");
    let task = only_task(&office, "2026-06-01");
    assert_eq!((task.action, task.amount), ("plan-manque", euros("60.93")));
    assert_says(&task.grounds.join(" "), "avis du 13 mai 2026 resté sans effet : relancez de nouveau");
}

#[test]
fn k16_an_instalment_paid_late_puts_the_plan_right() {
    let (mut office, plan) = thrice(Some(8));
    let step = act(&mut office, "2026-05-13").unwrap();
    send(&mut office, letter_of(&step), "2026-05-13", Channel::Letter).unwrap();
    pay(&mut office, payment("2026-05-15", "30"));
    assert!(agenda(&office, "2026-05-22").is_empty());
    assert_eq!(list_plans(&office, None, day("2026-05-22")).unwrap()[0].state, "en-cours");
    assert_says(&why(&office, "F-1", "2026-05-22"), "versement attendu le 10 juin 2026");
    let refused = lapse_plan(&mut office, plan, day("2026-05-22"), &noon(day("2026-05-22")));
    assert_eq!(refused.unwrap_err().code, "versement-regularise", "what was missed came before the end of the notice");
}

/// Notes that the court opened proceedings on 3 April 2026, published on 9 April.
fn insolvent(office: &mut Office) -> Seq {
    let entry = InsolvencyEntry {
        debtor: CLIENT.to_owned(),
        kind: InsolvencyKind::RedressementJudiciaire,
        judgment_on: day("2026-04-03"),
        published_on: Some(day("2026-04-09")),
        court: Some("Tribunal de commerce de Quimper".to_owned()),
        representative: Some("Me Kerdal, mandataire judiciaire".to_owned()),
    };
    open_insolvency(office, entry, &noon(day("2026-04-10"))).unwrap().fact
}

#[test]
fn k27_insolvency_stops_every_reminder_and_opens_the_clock_of_the_declaration() {
    let mut office = called();
    remind(&mut office, "2026-03-18", Channel::Email);
    let ready = letter_of(&act(&mut office, "2026-03-30").unwrap());
    let opened = insolvent(&mut office);

    let task = agenda(&office, "2026-04-14").remove(0);
    assert_eq!((task.action, task.amount, task.by), ("declarer-creance", euros("1000"), day("2026-06-09")));
    let grounds = task.grounds.join(" ");
    assert_says(
        &grounds,
        "Procédure collective ouverte le 3 avril 2026 : déclarez la créance au plus tard le 9 juin 2026",
    );
    assert_says(&grounds, "À adresser à Me Kerdal");
    assert_says(
        &why(&office, "F-1", "2026-04-14"),
        "rien pour l’instant, procédure collective ouverte le 3 avril 2026 : aucun courrier",
    );
    // Interest stops the day before the judgment: twenty-three days, 7,66; the indemnity was earned before.
    let sheet = statement(&office, "2026-06-30", &[]);
    assert_eq!((sheet.total_interest, sheet.total, sheet.per_day), (euros("7.66"), euros("1047.66"), euros("0")));
    assert_eq!(sheet.claims[0].lines[0].through, day("2026-04-02"));

    // Nothing leaves: neither a new letter nor the one that was ready.
    let refused =
        issue_letter(&mut office, &letter(LetterModel::MiseEnDemeure), &noon(day("2026-04-14")), None).unwrap_err();
    assert_eq!(refused.code, "procedure-collective");
    assert_says(&refused.message, "Aucune relance ne part");
    let tasks = agenda(&office, "2026-04-02");
    assert_eq!((tasks[0].action, tasks.len()), ("envoyer", 1), "the day before the judgment it could leave");
    let actions: Vec<_> = agenda(&office, "2026-04-14").iter().map(|task| task.action).collect();
    assert_eq!(actions, ["declarer-creance", "annuler"], "the letter that was ready is thrown away, not sent");
    assert_eq!(send(&mut office, ready, "2026-04-14", Channel::Email).unwrap_err().code, "courrier-perime");
    act(&mut office, "2026-04-14").unwrap();

    let declared = ActEntry {
        debtor: CLIENT.to_owned(),
        invoices: vec!["F-1".to_owned()],
        on: day("2026-04-20"),
        kind: LimitationActKind::ClaimDeclared,
        ended_on: None,
        proof: None,
    };
    record_limitation_act(&mut office, &declared, &noon(day("2026-04-20"))).unwrap();
    assert!(agenda(&office, "2026-04-20").is_empty(), "declared, and still silent");
    close_insolvency(&mut office, opened, day("2026-11-02"), "plan arrêté", &noon(day("2026-11-02"))).unwrap();
    assert_eq!(only_task(&office, "2026-11-02").level.as_deref(), Some("relance-2"));
}

#[test]
fn k32_a_direct_debit_is_awaited_until_the_bank_can_no_longer_reject_it() {
    let mut office = company_reaching(Standing::Professional);
    bill(&mut office, invoice("F-1", "2026-03-10", "1000"));
    let debit = (day("2026-03-10"), 5);
    expect_debit(&mut office, (CLIENT, &["F-1".to_owned()]), debit, &noon(day("2026-02-20"))).unwrap();
    for quiet in ["2026-03-05", "2026-03-11", "2026-03-15"] {
        assert!(agenda(&office, quiet).is_empty(), "{quiet}");
    }
    assert_says(
        &why(&office, "F-1", "2026-03-11"),
        "rien avant le 16 mars 2026, prélèvement le 10 mars 2026, qui peut être rejeté jusqu’au 15 mars 2026",
    );
    assert_eq!(
        to_do(&office, "2026-03-16"),
        [("appel", "1000.00".to_owned())],
        "it was rejected: the first step, once"
    );
    assert_eq!(statement(&office, "2026-03-16", &[]).total_interest, euros("2.00"), "six days");
}

#[test]
fn k33_a_customer_may_never_be_reminded_and_stays_in_the_balance() {
    let mut office = company();
    let internal = DebtorEntry { handling: Handling::NotReminded, ..reachable(CLIENT, Standing::Professional) };
    add_debtor(&mut office, internal, &noon(day("2026-01-05"))).unwrap();
    bill(&mut office, invoice("F-1", "2026-03-10", "1000"));
    assert!(agenda(&office, "2026-04-29").is_empty());
    assert_says(&why(&office, "F-1", "2026-04-29"), "ce client n’est jamais relancé, selon votre réglage");
    assert_eq!(statement(&office, "2026-04-29", &[]).total_principal, euros("1000"));
    // Limitation is nobody's reminder: it is shown all the same, a year before.
    assert_eq!(to_do(&office, "2030-03-11")[0].0, "prescription");
}

#[test]
fn k33_a_public_body_has_its_own_steps_and_its_own_rate() {
    let mut office = company_reaching(Standing::PublicBody);
    bill(&mut office, invoice("F-1", "2026-03-10", "1000"));
    assert!(agenda(&office, "2026-03-05").is_empty() && agenda(&office, "2026-03-17").is_empty());
    assert_says(&why(&office, "F-1", "2026-03-17"), "prochaine étape : appel le 18 mars 2026");
    call(&mut office, "2026-03-18", CallOutcome::Reached, "");
    remind(&mut office, "2026-03-25", Channel::Email);
    let step = remind(&mut office, "2026-04-14", Channel::Letter);
    // BCE 2,15 + 8 = 10,15 %, thirty-five days: 9,73.
    let sheet = statement(&office, "2026-04-14", &[]);
    assert_eq!(sheet.claims[0].lines[0].rate.to_string(), "10.15");
    let drawn_up = step.letter.as_ref().unwrap();
    assert_eq!((drawn_up.interest, drawn_up.indemnity, drawn_up.total), (euros("9.73"), euros("40"), euros("1049.73")));
    if let Some(text) = printed(&office, &step) {
        assert_says(&text, "commande publique");
    }
}

#[test]
fn k33_a_customer_never_reminded_without_the_owner_waits_for_him() {
    let mut office = company();
    let kept = DebtorEntry { handling: Handling::NeverWithoutMe, ..reachable(CLIENT, Standing::Professional) };
    add_debtor(&mut office, kept, &noon(day("2026-01-05"))).unwrap();
    bill(&mut office, invoice("F-1", "2026-03-10", "1000"));
    call(&mut office, "2026-03-11", CallOutcome::Reached, "");
    look_at_bank(&mut office, "2026-03-18");
    let task = only_task(&office, "2026-03-18");
    assert_eq!((task.action, task.amount), ("courriel", euros("1000")));
    assert_says(&task.blockers.join(" "), "Ce client n’est jamais relancé sans vous : traitez-le à part.");
    // He himself, for this one customer, may.
    let step = carry_out(&mut office, CLIENT, Confirmation::None, &noon(day("2026-03-18")), None).unwrap();
    assert_eq!(step.letter.unwrap().total, euros("1000"));
}
