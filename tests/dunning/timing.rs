//! When: order of the levels, days off, drafts left alone, dates that move, days without banks, the post, the past.

use dument_workflows::Office;
use dument_workflows::arrangements::{DueDateEntry, change_due_date, set_hold};
use dument_workflows::debtors::add_debtor;
use dument_workflows::history::history;
use dument_workflows::invoices::{InvoiceEntry, list_invoices, record_invoice};
use dument_workflows::letters::{Confirmation, list_letters, mark_delivered};
use dument_workflows::policies::{JumpEntry, adopt_policy, jump_level, policy_file};
use dument_workflows::steps::carry_out;
use dument_workflows::words::{
    CallOutcome, Channel, DeliveryOutcome, InterestFrom, LetterModel, LevelsAfter, Standing,
};

use crate::support::office::{
    CLIENT, act, agenda, assert_says, bill, call, called, company, company_reaching, customer, day, euros, head,
    invoice, letter_of, noon, only_task, pay, payment, reachable, remind, send, statement, to_do, why,
};

#[test]
fn k08_levels_follow_one_another_unless_the_owner_says_why_not() {
    let mut office = company_reaching(Standing::Professional);
    bill(&mut office, invoice("F-1", "2026-03-10", "1000"));
    // First look fifty days late: the first step, not the last.
    let task = only_task(&office, "2026-04-29");
    assert_eq!((task.action, task.amount), ("appel", euros("1000")));
    let sentence = why(&office, "F-1", "2026-04-29");
    assert_says(&sentence, "échue depuis le 10 mars 2026 (50 jours de retard)");
    assert_says(&sentence, "en retard de 49 jours sur la politique");
    assert_says(&sentence, "4 étapes suivantes sont déjà passées, une seule est faite à la fois");

    let mut jump = JumpEntry {
        debtor: CLIENT.to_owned(),
        invoice: "F-1".to_owned(),
        instalment: None,
        level: "mise-en-demeure".to_owned(),
        reason: " ".to_owned(),
    };
    let moment = noon(day("2026-04-29"));
    assert_eq!(jump_level(&mut office, &jump, &moment).unwrap_err().code, "motif-absent");
    jump.reason = "trois promesses orales, plus de réponse".to_owned();
    jump_level(&mut office, &jump, &moment).unwrap();
    let task = only_task(&office, "2026-04-29");
    assert_eq!((task.action, task.level.as_deref()), ("lrar", Some("mise-en-demeure")));
    assert_says(&task.grounds.join(" "), "Étape choisie par vous le 29 avril 2026");
    let letter = remind(&mut office, "2026-04-29", Channel::Lrar).letter.unwrap();
    // Fifty days: 16,64.
    assert_eq!((letter.model, letter.total), (LetterModel::MiseEnDemeure, euros("1056.64")));
    // Posted on the 29th, three days on its way, eight to pay: the decision comes on 10 May.
    assert_says(&why(&office, "F-1", "2026-04-30"), "prochaine étape : décision le 10 mai 2026");
    let told = history(&office, CLIENT, day("2026-04-30")).unwrap();
    assert!(
        told.iter().any(|event| event.what.contains("trois promesses orales")),
        "the jump is in the journal: {told:?}"
    );
}

#[test]
fn k09_a_step_left_alone_is_late_and_is_proposed_with_the_figures_of_the_day() {
    let mut office = called();
    assert_eq!(to_do(&office, "2026-03-18"), [("courriel", "1000.00".to_owned())]);
    // Nobody does it; a part is paid on 1 April: 22 days, 7,32, then 1 000 − (400 − 7,32) = 607,32.
    pay(&mut office, payment("2026-04-01", "400"));
    let task = only_task(&office, "2026-04-17");
    assert_eq!((task.level.as_deref(), task.amount), (Some("relance-1"), euros("607.32")));
    assert_says(&task.grounds.join(" "), "En retard de 30 jours sur la politique");

    // Drawn up and left on the desk: after a week it is to be drawn up again, not sent as it is.
    let old = letter_of(&act(&mut office, "2026-04-17").unwrap());
    assert_eq!(to_do(&office, "2026-04-24"), [("envoyer", "607.32".to_owned())]);
    let task = only_task(&office, "2026-04-25");
    assert_eq!((task.action, task.amount), ("refaire", euros("607.32")));
    assert_says(&task.grounds.join(" "), "jamais parti : refaites-le, à jour");
    let step = act(&mut office, "2026-04-25").unwrap();
    assert_eq!(step.letter.as_ref().unwrap().total, euros("607.32"));
    let letters = list_letters(&office);
    assert_eq!((letters.len(), letters[0].issued_on), (1, day("2026-04-25")), "the first is cancelled");
    assert!(send(&mut office, old, "2026-04-25", Channel::Email).is_err());
    assert_eq!(send(&mut office, letter_of(&step), "2026-04-25", Channel::Email).map(|_| ()), Ok(()));
}

#[test]
fn k11_after_days_off_there_is_one_step_dated_today() {
    let mut office = called();
    remind(&mut office, "2026-03-18", Channel::Email);
    // Forty-two days away: the firm reminder, the mise en demeure and the decision have passed.
    let task = only_task(&office, "2026-04-29");
    assert_eq!((task.action, task.level.as_deref(), task.amount), ("courriel", Some("relance-2"), euros("1000")));
    assert_says(&task.grounds.join(" "), "2 étapes suivantes sont déjà passées, une seule est faite à la fois");
    let letter = remind(&mut office, "2026-04-29", Channel::Email).letter.unwrap();
    assert_eq!((letter.model, letter.interest), (LetterModel::RelanceFerme, euros("16.64")));
    assert_eq!(list_letters(&office).last().unwrap().issued_on, day("2026-04-29"));
    assert!(agenda(&office, "2026-04-29").is_empty());
    assert_eq!(act(&mut office, "2026-04-29").unwrap_err().code, "rien-a-faire");
    // Eight days were left to pay: the mise en demeure comes after them, not today.
    assert_says(&why(&office, "F-1", "2026-04-30"), "rien avant le 7 mai 2026");
    assert_eq!(only_task(&office, "2026-05-07").level.as_deref(), Some("mise-en-demeure"));
}

fn moved(interest: InterestFrom, levels: LevelsAfter) -> Office {
    let mut office = called();
    remind(&mut office, "2026-03-18", Channel::Email);
    let entry = DueDateEntry {
        debtor: CLIENT.to_owned(),
        invoice: "F-1".to_owned(),
        instalment: None,
        due_on: day("2026-03-24"),
        interest,
        levels,
        reason: "livraison en deux fois".to_owned(),
        proof: None,
    };
    change_due_date(&mut office, entry, &noon(day("2026-03-20"))).unwrap();
    office
}

#[test]
fn k13_a_due_date_that_moves_is_kept_beside_the_first_and_the_levels_go_on_from_it() {
    let office = moved(InterestFrom::NewDueDate, LevelsAfter::Continue);
    for quiet in ["2026-03-24", "2026-03-30", "2026-04-12"] {
        assert!(agenda(&office, quiet).is_empty(), "{quiet}: {:?}", agenda(&office, quiet));
    }
    let sentence = why(&office, "F-1", "2026-03-30");
    assert_says(
        &sentence,
        "échue depuis le 24 mars 2026 (6 jours de retard) ; échéance reportée, elle était au 10 mars 2026",
    );
    assert_says(&sentence, "prochaine étape : relance ferme le 13 avril 2026");
    let task = only_task(&office, "2026-04-13");
    assert_eq!(
        (task.level.as_deref(), task.amount, task.lines[0].due_on),
        (Some("relance-2"), euros("1000"), Some(day("2026-03-24")))
    );
    // Twenty days from the new date.
    assert_eq!(statement(&office, "2026-04-13", &[]).total_interest, euros("6.66"));
}

#[test]
fn k13_interest_runs_from_the_date_that_was_chosen() {
    let office = moved(InterestFrom::OriginalDueDate, LevelsAfter::Continue);
    // Thirty-four days from the first date: 11,32.
    assert_eq!(statement(&office, "2026-04-13", &[]).total_interest, euros("11.32"));
    // Before the new date, what lateness cost runs on, and the principal is not due.
    let sheet = statement(&office, "2026-03-20", &["F-1"]);
    assert_eq!(
        (sheet.total_principal, sheet.total_interest, sheet.claims[0].not_due),
        (euros("0"), euros("3.33"), euros("1000"))
    );
    assert_says(&why(&office, "F-1", "2026-03-20"), "échéance le 24 mars 2026");
}

#[test]
fn k13_the_owner_may_start_the_levels_again() {
    let mut office = moved(InterestFrom::NewDueDate, LevelsAfter::StartAgain);
    let task = only_task(&office, "2026-03-25");
    assert_eq!((task.action, task.level.as_deref(), task.amount), ("appel", Some("appel"), euros("1000")));
    call(&mut office, "2026-03-25", CallOutcome::Reached, "");
    let letter = remind(&mut office, "2026-04-01", Channel::Email).letter.unwrap();
    assert_eq!(letter.model, LetterModel::RelanceAmiable, "the first reminder may be made again, for another date");
    assert_says(&why(&office, "F-1", "2026-04-02"), "prochaine étape : relance ferme le 13 avril 2026");
}

#[test]
fn k25_an_invoice_without_a_due_date_is_refused_or_counted_with_a_mark() {
    let mut office = company();
    let moment = noon(day("2026-02-08"));
    add_debtor(&mut office, reachable(CLIENT, Standing::Professional), &moment).unwrap();
    let undated = |number: &str, debtor: &str| InvoiceEntry {
        debtor: debtor.to_owned(),
        due: Vec::new(),
        ..invoice(number, "2026-03-10", "1000")
    };
    let refused = record_invoice(&mut office, undated("F-1", CLIENT), &moment).unwrap_err();
    assert_eq!(refused.code, "facture-sans-echeance");
    assert_says(&refused.message, "La facture n’a pas d’échéance : indiquez la date");

    let mut usual = reachable("Voilerie du Sillon", Standing::Professional);
    usual.delay_days = Some(30);
    add_debtor(&mut office, usual, &moment).unwrap();
    record_invoice(&mut office, undated("F-2", "Voilerie du Sillon"), &moment).unwrap();
    let seen = list_invoices(&office, day("2026-03-11")).unwrap().remove(0);
    assert_eq!((seen.due_on, seen.due_computed, seen.remaining), (Some(day("2026-03-10")), true, euros("1000")));
    assert_eq!(to_do(&office, "2026-03-11"), [("appel", "1000.00".to_owned())]);
    assert_says(&why(&office, "F-2", "2026-03-11"), "échue depuis le 10 mars 2026 (1 jour de retard)");
}

/// Adopts the policy for professionals with one line changed.
fn adopt(office: &mut Office, from: &str, to: &str) {
    let text = policy_file(office, "professionnel").unwrap();
    assert!(text.contains(from), "{text}");
    adopt_policy(office, text.replace(from, to).as_bytes(), &noon(day("2026-01-05"))).unwrap();
}

#[test]
fn k28_due_today_is_not_overdue() {
    let mut office = company_reaching(Standing::Professional);
    bill(&mut office, invoice("F-1", "2026-03-10", "1000"));
    remind(&mut office, "2026-03-05", Channel::Email);
    assert!(agenda(&office, "2026-03-10").is_empty());
    assert_says(&why(&office, "F-1", "2026-03-10"), "rien avant le 11 mars 2026, échéance le 10 mars 2026");
    let sheet = statement(&office, "2026-03-10", &[]);
    assert_eq!(
        (sheet.total, sheet.claims[0].days_late),
        (euros("1000"), 0),
        "neither interest nor indemnity on the day itself"
    );
    assert_eq!(to_do(&office, "2026-03-11"), [("appel", "1000.00".to_owned())]);
}

#[test]
fn k28_a_due_date_on_a_sunday_or_a_holiday_is_met_on_the_next_working_day_if_the_owner_says_so() {
    // 15 March 2026 is a Sunday, 6 April 2026 is Easter Monday.
    for (due, strict, tolerant, strict_on, tolerant_on) in [
        ("2026-03-15", "2026-03-16", "2026-03-17", "16 mars", "17 mars"),
        ("2026-04-06", "2026-04-07", "2026-04-08", "7 avril", "8 avril"),
    ] {
        let mut office = company_reaching(Standing::Professional);
        bill(&mut office, invoice("F-1", due, "1000"));
        remind(&mut office, due, Channel::Email);
        assert_says(&why(&office, "F-1", due), &format!("prochaine étape : appel le {strict_on} 2026"));
        assert_eq!(to_do(&office, strict), [("appel", "1000.00".to_owned())]);

        let mut office = company_reaching(Standing::Professional);
        adopt(&mut office, "tolerance_bancaire = false", "tolerance_bancaire = true");
        bill(&mut office, invoice("F-1", due, "1000"));
        remind(&mut office, due, Channel::Email);
        assert!(agenda(&office, strict).is_empty(), "{:?}", agenda(&office, strict));
        assert_says(&why(&office, "F-1", strict), &format!("prochaine étape : appel le {tolerant_on} 2026"));
        assert_eq!(to_do(&office, tolerant), [("appel", "1000.00".to_owned())]);
    }
}

#[test]
fn k28_a_step_waits_for_a_working_day_if_the_owner_says_so() {
    // Due on Saturday 14 March: the call falls on a Sunday.
    let mut office = company_reaching(Standing::Professional);
    adopt(&mut office, "jours_ouvres = false", "jours_ouvres = true");
    bill(&mut office, invoice("F-1", "2026-03-14", "1000"));
    remind(&mut office, "2026-03-10", Channel::Email);
    assert!(agenda(&office, "2026-03-15").is_empty());
    assert_says(&why(&office, "F-1", "2026-03-15"), "prochaine étape : appel le 16 mars 2026");
    assert_eq!(to_do(&office, "2026-03-16"), [("appel", "1000.00".to_owned())]);
}

#[test]
fn k30_nothing_is_sent_in_the_past_and_everything_can_be_looked_at_there() {
    let mut office = called();
    let letter = letter_of(&act(&mut office, "2026-03-25").unwrap());
    send(&mut office, letter, "2026-03-25", Channel::Email).unwrap();
    let before = head(&office);

    // Looked at from the 20th, the reminder was to be done; to do it then is refused.
    assert_eq!(to_do(&office, "2026-03-20"), [("courriel", "1000.00".to_owned())]);
    assert_says(&why(&office, "F-1", "2026-03-20"), "étape atteinte le 18 mars 2026 : relance amiable");
    assert_eq!(statement(&office, "2026-03-20", &[]).total_interest, euros("3.33"));
    let moment = noon(day("2026-03-20"));
    let refused = carry_out(&mut office, CLIENT, Confirmation::Given, &moment, None).unwrap_err();
    assert_says(&refused.message, "est déjà faite, ou prête, depuis le 25 mars 2026");
    assert_says(
        &refused.message,
        "Une relance du 25 mars 2026 est déjà au journal de ce client : on ne relance pas à une date passée",
    );
    assert!(refused.faults.iter().any(|fault| fault.code == "relance-dans-le-passe"));
    assert_eq!(head(&office), before, "nothing was recorded");
    assert_eq!(to_do(&office, "2026-03-11"), Vec::new(), "the call of that day was made");
    assert_eq!(happened_by(&office, "2026-03-10"), ["2026-02-08"], "only the invoice had happened by then");
}

/// Returns the days of what had happened with the customer by a day, his own entry left out.
fn happened_by(office: &Office, on: &str) -> Vec<String> {
    let events = history(office, CLIENT, day(on)).unwrap();
    events.into_iter().filter(|event| event.nature != "client").map(|event| event.on.to_string()).collect()
}

#[test]
fn k34_a_letter_in_the_post_has_not_arrived_yet() {
    let mut office = company();
    let mut entry = customer(CLIENT, Standing::Professional);
    entry.party.phone = Some("02 98 00 00 00".to_owned());
    add_debtor(&mut office, entry, &noon(day("2026-01-05"))).unwrap();
    bill(&mut office, invoice("F-1", "2026-03-10", "1000"));
    call(&mut office, "2026-03-11", CallOutcome::Reached, "");
    let letter = letter_of(&remind(&mut office, "2026-03-25", Channel::Letter));

    // Three days on its way and eight to pay: 5 April, not the 30 March of the policy, nor the 2 April of a mail.
    assert!(agenda(&office, "2026-04-04").is_empty());
    assert_says(&why(&office, "F-1", "2026-03-26"), "prochaine étape : relance ferme le 5 avril 2026");
    assert_eq!(to_do(&office, "2026-04-05"), [("lettre", "1000.00".to_owned())]);
    // Once the day it arrived is known, it is that day that counts.
    mark_delivered(&mut office, letter, day("2026-03-31"), DeliveryOutcome::Received, &noon(day("2026-03-31")))
        .unwrap();
    assert_says(&why(&office, "F-1", "2026-04-01"), "prochaine étape : relance ferme le 8 avril 2026");
    assert!(agenda(&office, "2026-04-07").is_empty());
    assert_eq!(only_task(&office, "2026-04-08").amount, euros("1000"));
}

#[test]
fn k36_at_the_end_of_a_hold_there_is_the_next_step_and_no_other() {
    let mut office = called();
    let moment = noon(day("2026-03-12"));
    set_hold(&mut office, (CLIENT, &[]), day("2026-04-20"), "travaux chez lui", &moment).unwrap();
    for quiet in ["2026-03-18", "2026-03-30", "2026-04-20"] {
        assert!(agenda(&office, quiet).is_empty(), "{quiet}");
    }
    assert_says(
        &why(&office, "F-1", "2026-03-30"),
        "rien avant le 21 avril 2026, en attente jusqu’au 20 avril 2026 : travaux chez lui",
    );
    assert_eq!(statement(&office, "2026-03-30", &[]).total, euros("1046.66"), "interest does not wait");

    let task = only_task(&office, "2026-04-21");
    assert_eq!((task.level.as_deref(), task.amount), (Some("relance-1"), euros("1000")));
    assert_says(&task.grounds.join(" "), "2 étapes suivantes sont déjà passées, une seule est faite à la fois");
    remind(&mut office, "2026-04-21", Channel::Email);
    assert!(agenda(&office, "2026-04-21").is_empty() && agenda(&office, "2026-04-22").is_empty());
    assert_says(&why(&office, "F-1", "2026-04-22"), "prochaine étape : relance ferme le 29 avril 2026");
}
