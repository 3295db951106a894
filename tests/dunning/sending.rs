//! What leaves, to whom, by which means, once: levels in one letter, doubles, the last look, addresses, drafts.

use dument_domain::Fact;
use dument_workflows::bank::see_credit;
use dument_workflows::debtors::{DebtorEntry, add_debtor, correct_debtor};
use dument_workflows::exchanges::{ContactEntry, log_contact};
use dument_workflows::invoices::InvoiceEntry;
use dument_workflows::letters::{Confirmation, list_letters, mark_delivered, preview_letter, reprint_letter};
use dument_workflows::payments::PaymentEntry;
use dument_workflows::steps::{carry_out, carry_out_all};
use dument_workflows::words::{
    BankCredit, CallOutcome, Channel, ContactKind, Currency, DeliveryOutcome, Handling, LetterModel, Standing,
};

use crate::support::cli::Desk;
use crate::support::office::{
    CLIENT, act, agenda, assert_says, bill, call, called, company, company_reaching, credit, credit_note, customer,
    day, euros, head, invoice, letter, letter_of, look_at_bank, noon, only_task, pay, payment, printed, promise,
    reachable, remind, send, statement, to_do, why,
};

#[test]
fn k07_a_customer_may_have_each_level_in_a_letter_of_its_own() {
    let mut office = company_reaching(Standing::Professional);
    let entry = DebtorEntry { handling: Handling::LetterPerLevel, ..customer(CLIENT, Standing::Professional) };
    correct_debtor(&mut office, CLIENT, entry, &noon(day("2026-01-05"))).unwrap();
    bill(&mut office, invoice("F-1", "2026-03-10", "1000"));
    bill(&mut office, invoice("F-2", "2026-03-17", "500"));
    call(&mut office, "2026-03-11", CallOutcome::Reached, "");
    let task = only_task(&office, "2026-03-18");
    assert_eq!(
        (task.level.as_deref(), &task.invoices[..], task.amount),
        (Some("relance-1"), &["F-1".to_owned()][..], euros("1000"))
    );
    assert_says(
        &why(&office, "F-2", "2026-03-18"),
        "une étape plus haute part d’abord, chaque étape ayant son courrier",
    );
}

#[test]
fn k07_several_levels_make_one_letter_and_no_invoice_jumps_with_it() {
    let mut office = called();
    bill(&mut office, invoice("F-2", "2026-03-22", "500"));
    remind(&mut office, "2026-03-18", Channel::Email);
    call(&mut office, "2026-03-23", CallOutcome::Reached, "");

    let task = only_task(&office, "2026-03-30");
    assert_eq!((task.action, task.level.as_deref(), task.amount), ("courriel", Some("relance-2"), euros("1500")));
    let lines: Vec<_> = task.lines.iter().map(|line| (line.invoice.as_str(), line.level.as_deref().unwrap())).collect();
    assert_eq!(lines, [("F-1", "relance-2"), ("F-2", "relance-1")]);
    let step = remind(&mut office, "2026-03-30", Channel::Email);
    let drawn_up = step.letter.as_ref().unwrap();
    assert_eq!(drawn_up.model, LetterModel::RelanceFerme);
    // Twenty days on 1 000 and eight on 500: 6,66 + 1,33; an indemnity for each.
    assert_eq!(
        (drawn_up.principal, drawn_up.interest, drawn_up.indemnity),
        (euros("1500"), euros("7.99"), euros("80"))
    );
    if let Some(text) = printed(&office, &step) {
        assert_says(&text, "relance ferme");
        assert_says(&text, "relance amiable");
    }
    // F-2 goes on from its own first reminder.
    assert_says(
        &why(&office, "F-2", "2026-03-31"),
        "dernière étape faite : relance amiable le 30 mars 2026 ; prochaine étape : relance ferme le 11 avril 2026",
    );
    assert_says(&why(&office, "F-1", "2026-03-31"), "prochaine étape : mise en demeure le 14 avril 2026");
    assert_eq!(only_task(&office, "2026-04-11").invoices, ["F-2"]);
}

#[test]
fn k07_a_notice_before_the_due_date_is_not_mixed_with_a_reminder_and_says_so() {
    let mut office = called();
    bill(&mut office, invoice("F-2", "2026-03-23", "500"));
    // On 18 March F-1 is reminded, and F-2 has its courtesy notice: two letters on one day would be one too many.
    let task = only_task(&office, "2026-03-18");
    assert_eq!(
        (task.level.as_deref(), task.amount, task.invoices),
        (Some("relance-1"), euros("1000"), vec!["F-1".to_owned()])
    );
    let sentence = why(&office, "F-2", "2026-03-18");
    assert_says(&sentence, "F-2 : rien avant le 19 mars 2026, échéance le 23 mars 2026");
    assert_says(&sentence, "une relance ou un appel lui est destiné aujourd’hui : ce rappel attend");
    remind(&mut office, "2026-03-18", Channel::Email);
    assert_eq!(
        only_task(&office, "2026-03-21").level.as_deref(),
        Some("rappel"),
        "three days later, it is still useful"
    );
}

#[test]
fn k10_a_step_is_done_once_however_often_it_is_asked_for() {
    let mut office = called();
    let first = act(&mut office, "2026-03-18").unwrap();
    let drawn_up = letter_of(&first);
    // A crash between the print and the note that it left: the letter waits, no second one is made.
    let again = act(&mut office, "2026-03-18").unwrap();
    assert!(again.letter.is_none());
    assert_says(&again.sentence, &format!("Le courrier n° {drawn_up} est prêt : envoyez-le, puis notez son envoi"));
    assert_eq!(
        (list_letters(&office).len(), to_do(&office, "2026-03-18")),
        (1, vec![("envoyer", "1000.00".to_owned())])
    );
    assert_says(&why(&office, "F-1", "2026-03-18"), &format!("le courrier n° {drawn_up} est prêt et n’est pas parti"));

    send(&mut office, drawn_up, "2026-03-18", Channel::Email).unwrap();
    assert_eq!(send(&mut office, drawn_up, "2026-03-18", Channel::Email).unwrap_err().code, "courrier-deja-parti");
    let refused = act(&mut office, "2026-03-18").unwrap_err();
    assert_eq!(refused.code, "rien-a-faire");
    assert_says(&refused.message, "dernière étape faite : relance amiable le 18 mars 2026");
    assert!(agenda(&office, "2026-03-18").is_empty());
}

#[test]
fn k10_the_ledger_itself_refuses_a_second_step_of_the_same_kind() {
    let mut office = called();
    remind(&mut office, "2026-03-18", Channel::Email);
    let (_, file) = office.ledger().letters().next().unwrap();
    let twin = Fact::LetterIssued(file.letter.clone());
    let faults = office.ledger().check(&twin, day("2026-03-18"));
    let refusal = faults.iter().find(|fault| fault.code == "relance-deja-faite").expect("the same step twice");
    assert!(refusal.is_refusal());
    assert_says(
        &refusal.sentence,
        "L’étape « relance-1 » de la facture F-1 est déjà faite, ou prête, depuis le 18 mars 2026",
    );
    assert_eq!(file.letter.principal, euros("1000"));
    // Nor is a call made twice for one step.
    let calls = office.ledger().facts().iter().filter(|known| matches!(known.fact, Fact::ContactLogged(_)));
    let made = calls.map(|known| known.fact.clone()).next().unwrap();
    assert!(office.ledger().check(&made, day("2026-03-18")).iter().any(|fault| fault.code == "relance-deja-faite"));
}

#[test]
fn k10_a_batch_run_twice_prints_each_letter_once() {
    let mut office = called();
    look_at_bank(&mut office, "2026-03-18");
    let desk = Desk::new();
    let moment = noon(day("2026-03-18"));
    let first = carry_out_all(&mut office, Confirmation::None, &moment, &desk.path("jour.pdf")).unwrap();
    let second = carry_out_all(&mut office, Confirmation::None, &moment, &desk.path("jour.pdf")).unwrap();
    assert_eq!((first.done.len(), second.done.len(), list_letters(&office).len()), (1, 0, 1));
    assert_eq!(first.done[0].letter.as_ref().unwrap().total, euros("1000"));
}

#[test]
fn k10_some_days_pass_between_two_writings_to_one_customer() {
    let mut office = called();
    bill(&mut office, invoice("F-2", "2026-03-11", "500"));
    call(&mut office, "2026-03-12", CallOutcome::Reached, "");
    remind(&mut office, "2026-03-18", Channel::Email);
    // F-2 would be reminded the day after: it waits until three days have passed.
    assert!(agenda(&office, "2026-03-19").is_empty() && agenda(&office, "2026-03-20").is_empty());
    assert_says(&why(&office, "F-2", "2026-03-19"), "rien avant le 21 mars 2026");
    assert_says(&why(&office, "F-2", "2026-03-19"), "un courrier lui a déjà été écrit le 18 mars 2026");
    assert_eq!(only_task(&office, "2026-03-21").amount, euros("500"));
}

#[test]
fn k12_nothing_is_written_while_the_bank_was_not_looked_at() {
    let mut office = called();
    let moment = noon(day("2026-03-18"));
    assert_says(
        &only_task(&office, "2026-03-18").blockers.join(" "),
        "La banque n’a jamais été vérifiée : regardez si un paiement est arrivé.",
    );
    look_at_bank(&mut office, "2026-03-10");
    let task = only_task(&office, "2026-03-18");
    assert_eq!(task.amount, euros("1000"));
    assert_says(&task.blockers.join(" "), "La banque n’a pas été vérifiée depuis le 10 mars 2026");
    let refused = carry_out(&mut office, CLIENT, Confirmation::None, &moment, None).unwrap_err();
    assert_eq!((refused.code, list_letters(&office).len()), ("etape-bloquee", 0));
    assert_says(&refused.to_string(), "Si vous avez vérifié, recommencez en le confirmant");
    // Looked at a week ago is recent enough; and who says that he looked may go on.
    look_at_bank(&mut office, "2026-03-11");
    assert!(only_task(&office, "2026-03-18").blockers.is_empty());
    assert!(carry_out(&mut office, CLIENT, Confirmation::Given, &moment, None).is_ok());
}

#[test]
fn k12_what_is_paid_between_drawing_up_and_sending_is_taken_off() {
    let mut office = called();
    bill(&mut office, invoice("F-2", "2026-03-10", "500"));
    let drawn_up = letter_of(&{
        call(&mut office, "2026-03-12", CallOutcome::Reached, "");
        act(&mut office, "2026-03-18").unwrap()
    });
    // Eight days on 500: 1,33.
    pay(&mut office, PaymentEntry { invoices: vec!["F-2".to_owned()], ..payment("2026-03-18", "501.33") });
    let refused = send(&mut office, drawn_up, "2026-03-18", Channel::Email).unwrap_err();
    assert_eq!(refused.code, "courrier-perime");
    assert_says(&refused.message, "Ce courrier réclame 1 500,00 € de principal");
    assert_says(&refused.message, "il restait dû 1 000,00 €");
    let task = only_task(&office, "2026-03-18");
    assert_eq!(task.action, "refaire");
    assert_says(&task.grounds.join(" "), "le principal dû est passé de 1 500,00 € à 1 000,00 € : refaites-le");

    let step = act(&mut office, "2026-03-18").unwrap();
    let redone = step.letter.as_ref().unwrap();
    assert_eq!((redone.total, redone.invoices.clone()), (euros("1000"), vec!["F-1".to_owned()]));
    assert_says(&step.sentence, "Retirées, réglées ou contestées depuis : F-2.");
    assert_says(&step.sentence, "envoyez-le par courriel");
    send(&mut office, letter_of(&step), "2026-03-18", Channel::Email).unwrap();
    assert_says(&why(&office, "F-2", "2026-03-18"), "plus rien à faire, son montant est réglé ; il reste 40,00 €");
}

#[test]
fn k12_a_letter_that_is_ready_is_looked_at_again_before_it_leaves() {
    let mut office = called();
    act(&mut office, "2026-03-18").unwrap();
    let seen = BankCredit {
        amount: euros("1000"),
        currency: Currency::EUR,
        booked_on: day("2026-03-19"),
        label: "VIR SEPA FOURNIL".to_owned(),
    };
    see_credit(&mut office, seen, &noon(day("2026-03-19"))).unwrap();
    let task = only_task(&office, "2026-03-20");
    assert_eq!((task.action, task.amount), ("envoyer", euros("1000")));
    let sentence = "Un crédit de 1 000,00 € du 19 mars 2026 n’est rapproché de rien et ressemble à ce qui est dû";
    assert_says(&task.blockers.join(" "), sentence);
    let refused = act(&mut office, "2026-03-20").unwrap_err();
    assert_eq!(refused.code, "etape-bloquee");
    assert_says(&refused.message, sentence);
}

#[test]
fn k12_a_letter_that_is_ready_does_not_leave_once_a_promise_was_made() {
    let mut office = called();
    let drawn_up = letter_of(&act(&mut office, "2026-03-18").unwrap());
    promise(&mut office, "2026-03-19", "1000", "2026-03-25");
    let task = only_task(&office, "2026-03-19");
    assert_eq!((task.action, task.amount, task.about.clone()), ("annuler", euros("1000"), Some(drawn_up.to_string())));
    assert_says(
        &task.grounds.join(" "),
        "prêt, mais promesse de 1 000,00 € pour le 25 mars 2026 ; ne l’envoyez pas, annulez-le",
    );
    act(&mut office, "2026-03-19").unwrap();
    assert!(agenda(&office, "2026-03-19").is_empty() && list_letters(&office).is_empty());
    assert_eq!(
        only_task(&office, "2026-03-28").level.as_deref(),
        Some("relance-1"),
        "it is to be done when the promise is broken"
    );
}

#[test]
fn k24_without_an_electronic_address_the_reminder_goes_by_letter_and_says_why() {
    let mut office = company();
    let mut entry = reachable(CLIENT, Standing::Professional);
    entry.party.email = None;
    add_debtor(&mut office, entry, &noon(day("2026-01-05"))).unwrap();
    bill(&mut office, invoice("F-1", "2026-03-10", "1000"));
    call(&mut office, "2026-03-11", CallOutcome::Reached, "");
    let task = only_task(&office, "2026-03-18");
    assert_eq!((task.action, task.amount), ("lettre", euros("1000")));
    assert_says(&task.grounds.join(" "), "Pas d’adresse électronique : par lettre");
    assert_says(&act(&mut office, "2026-03-18").unwrap().sentence, "prêt : postez-le");
}

#[test]
fn k24_without_any_address_the_reminder_stays_in_the_list_until_there_is_one() {
    let mut office = company();
    let mut entry = customer(CLIENT, Standing::Professional);
    entry.party.address = None;
    add_debtor(&mut office, entry.clone(), &noon(day("2026-01-05"))).unwrap();
    bill(&mut office, invoice("F-1", "2026-03-10", "1000"));
    let task = only_task(&office, "2026-03-11");
    assert_eq!(task.action, "appel");
    assert_says(
        &task.blockers.join(" "),
        "Pas de numéro de téléphone : complétez sa fiche, ou passez à l’étape suivante",
    );
    call(&mut office, "2026-03-11", CallOutcome::Reached, "rencontré sur le marché");

    for on in ["2026-03-18", "2026-04-18"] {
        look_at_bank(&mut office, on);
        let task = only_task(&office, on);
        assert_eq!((task.action, task.amount), ("courriel", euros("1000")));
        assert_says(&task.blockers.join(" "), "Aucune adresse pour cet envoi");
        for said in [Confirmation::None, Confirmation::Given] {
            let refused = carry_out(&mut office, CLIENT, said, &noon(day(on)), None).unwrap_err();
            assert_eq!(refused.code, "etape-bloquee", "nobody can confirm that there is an address");
            assert_says(&refused.to_string(), "complétez sa fiche. Rien n’a été émis.");
        }
    }
    entry.party.email = Some("compta@fournil.example".to_owned());
    correct_debtor(&mut office, CLIENT, entry, &noon(day("2026-04-18"))).unwrap();
    assert_eq!(act(&mut office, "2026-04-18").unwrap().letter.unwrap().total, euros("1000"));
}

#[test]
fn k24_a_letter_that_came_back_is_to_do_until_the_address_is_corrected() {
    let mut office = called();
    let sent = letter_of(&remind(&mut office, "2026-03-18", Channel::Letter));
    mark_delivered(&mut office, sent, day("2026-03-24"), DeliveryOutcome::Returned, &noon(day("2026-03-24"))).unwrap();
    assert!(agenda(&office, "2026-03-23").is_empty(), "the day before, nobody knew");
    let task = only_task(&office, "2026-03-24");
    assert_eq!((task.action, task.about.clone()), ("courrier-revenu", Some(sent.to_string())));
    assert_says(&task.grounds.join(" "), "Le courrier est revenu : cherchez la bonne adresse et corrigez la fiche.");

    let tasks = agenda(&office, "2026-03-30");
    assert_eq!(tasks.iter().map(|task| task.action).collect::<Vec<_>>(), ["courrier-revenu", "courriel"]);
    assert_eq!(tasks[1].amount, euros("1000"));
    assert_says(&tasks[1].blockers.join(" "), "Le dernier courrier est revenu : corrigez son adresse.");
    assert_eq!(act(&mut office, "2026-03-30").unwrap_err().code, "etape-bloquee");
    let mut entry = reachable(CLIENT, Standing::Professional);
    entry.party.address = Some("3 quai des Bolincheurs, 29100 Douarnenez".to_owned());
    correct_debtor(&mut office, CLIENT, entry, &noon(day("2026-03-30"))).unwrap();
    assert_eq!(to_do(&office, "2026-03-30"), [("courriel", "1000.00".to_owned())]);
    assert!(act(&mut office, "2026-03-30").is_ok());
    assert_says(&why(&office, "F-1", "2026-03-30"), "est prêt et n’est pas parti");
}

#[test]
fn k26_one_letter_is_for_one_customer() {
    let mut office = called();
    add_debtor(&mut office, reachable("Voilerie du Sillon", Standing::Professional), &noon(day("2026-01-05"))).unwrap();
    let other = InvoiceEntry { debtor: "Voilerie du Sillon".to_owned(), ..invoice("V-1", "2026-03-10", "300") };
    bill(&mut office, other);
    let made = ContactEntry {
        debtor: "Voilerie du Sillon".to_owned(),
        invoices: Vec::new(),
        on: day("2026-03-11"),
        kind: ContactKind::Call(CallOutcome::Reached),
        with: None,
        by: None,
        cause: None,
        said: String::new(),
    };
    log_contact(&mut office, made, &noon(day("2026-03-11"))).unwrap();
    look_at_bank(&mut office, "2026-03-18");
    let desk = Desk::new();
    let batch =
        carry_out_all(&mut office, Confirmation::None, &noon(day("2026-03-18")), &desk.path("jour.pdf")).unwrap();
    let letters: Vec<_> = batch
        .done
        .iter()
        .map(|step| (step.debtor.as_str(), step.letter.as_ref().unwrap()))
        .map(|(debtor, letter)| (debtor, letter.invoices.concat(), letter.total))
        .collect();
    let expected = [(CLIENT, "F-1".to_owned(), euros("1000")), ("Voilerie du Sillon", "V-1".to_owned(), euros("300"))];
    assert_eq!(letters, expected);
    for (step, (own, others)) in batch.done.iter().zip([("Fournil", "Voilerie"), ("Voilerie", "Fournil")]) {
        let Some(text) = printed(&office, step) else { break };
        assert!(text.contains(own) && !text.contains(others), "{text}");
    }
    assert_says(&why(&office, "V-1", "2026-03-18"), "est prêt et n’est pas parti");

    // The ledger refuses a letter to one about an invoice of the other.
    let mut mixed = office.ledger().letters().next().unwrap().1.letter.clone();
    mixed.steps.clear();
    mixed.invoices.push(office.ledger().numbered("V-1").unwrap());
    let faults = office.ledger().check(&Fact::LetterIssued(mixed), day("2026-03-18"));
    assert!(faults.iter().any(|fault| fault.code == "autre-client" && fault.is_refusal()), "{faults:?}");
}

#[test]
fn k29_a_contact_that_changes_changes_no_figure() {
    let mut office = called();
    remind(&mut office, "2026-03-18", Channel::Email);
    let before =
        (statement(&office, "2026-03-30", &[]).total, to_do(&office, "2026-03-30"), why(&office, "F-1", "2026-03-30"));
    let mut entry = reachable(CLIENT, Standing::Professional);
    entry.party.email = Some("direction@fournil.example".to_owned());
    entry.party.phone = Some("02 98 11 11 11".to_owned());
    entry.party.address = Some("3 quai des Bolincheurs, 29100 Douarnenez".to_owned());
    correct_debtor(&mut office, CLIENT, entry, &noon(day("2026-03-25"))).unwrap();
    let after =
        (statement(&office, "2026-03-30", &[]).total, to_do(&office, "2026-03-30"), why(&office, "F-1", "2026-03-30"));
    assert_eq!(before, after);
    assert_eq!((after.0, after.1), (euros("1046.66"), vec![("courriel", "1000.00".to_owned())]));
    assert_says(&after.2, "dernière étape faite : relance amiable le 18 mars 2026");
    let step = remind(&mut office, "2026-03-30", Channel::Email);
    assert_eq!(step.letter.as_ref().unwrap().total, euros("1046.66"));
    if let Some(text) = printed(&office, &step) {
        assert_says(&text, "3 quai des Bolincheurs");
    }
}

#[test]
fn k38_looking_at_a_letter_ten_times_sends_nothing() {
    let mut office = called();
    let desk = Desk::new();
    let moment = noon(day("2026-03-18"));
    look_at_bank(&mut office, "2026-03-18");
    let before = (head(&office), to_do(&office, "2026-03-18"));
    for _ in 0..10 {
        let seen =
            preview_letter(&office, &letter(LetterModel::RelanceAmiable), &moment, &desk.path("vu.pdf")).unwrap();
        assert_eq!((seen.letter, seen.total), (None, euros("1000")));
    }
    assert_eq!((head(&office), to_do(&office, "2026-03-18")), before);

    let drawn_up = letter_of(&act(&mut office, "2026-03-18").unwrap());
    let before = head(&office);
    for _ in 0..10 {
        reprint_letter(&office, drawn_up, &desk.path("encore.pdf")).unwrap();
    }
    assert_eq!(head(&office), before);
    assert_eq!(list_letters(&office)[0].state, "a-envoyer");
    let task = only_task(&office, "2026-03-18");
    assert_eq!((task.action, task.amount), ("envoyer", euros("1000")));
    assert_says(&task.grounds.join(" "), "prêt, pas encore parti");
}

#[test]
fn k39_an_old_draft_is_drawn_up_again_with_the_sums_of_the_day() {
    let mut office = called();
    let old = letter_of(&act(&mut office, "2026-03-18").unwrap());
    // Half is paid five days later: thirteen days on 1 000 are 4,33; 1 000 − (500 − 4,33) = 504,33.
    pay(&mut office, payment("2026-03-23", "500"));
    let task = only_task(&office, "2026-03-28");
    assert_eq!(task.action, "refaire");
    assert_says(
        &task.grounds.join(" "),
        "jamais parti, et le principal dû est passé de 1 000,00 € à 504,33 € : refaites-le",
    );
    let refused = send(&mut office, old, "2026-03-28", Channel::Email).unwrap_err();
    assert_eq!(refused.code, "courrier-perime");
    assert_says(&refused.message, "Ce courrier réclame 1 000,00 € de principal");
    assert_says(&refused.message, "il restait dû 504,33 €");
    let step = act(&mut office, "2026-03-28").unwrap();
    assert_eq!(step.letter.as_ref().unwrap().total, euros("504.33"));
    send(&mut office, letter_of(&step), "2026-03-28", Channel::Email).unwrap();
    let letters = list_letters(&office);
    assert_eq!((letters.len(), letters[0].issued_on, letters[0].state), (1, day("2026-03-28"), "parti"));
    assert_says(&why(&office, "F-1", "2026-03-28"), "dernière étape faite : relance amiable le 28 mars 2026");
}

#[test]
fn k39_an_open_credit_that_came_since_is_deducted_from_the_letter() {
    let mut office = called();
    act(&mut office, "2026-03-18").unwrap();
    credit(&mut office, &credit_note("AV-1", "2026-03-19", "100", None));
    let task = only_task(&office, "2026-03-20");
    assert_eq!(task.action, "refaire");
    assert_says(&task.grounds.join(" "), "est passé de 1 000,00 € à 900,00 € : refaites-le");
    assert_eq!(act(&mut office, "2026-03-20").unwrap().letter.unwrap().total, euros("900"));
}
