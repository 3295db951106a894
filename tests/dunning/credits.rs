//! What the debtor is owed, or may have paid already: unmatched credits, credit notes, overpayments, cancelled pieces, deposits.

use dument_workflows::Office;
use dument_workflows::bank::{dismiss_credit, see_credit};
use dument_workflows::debtors::list_debtors;
use dument_workflows::history::invoice_history;
use dument_workflows::invoices::{InvoiceEntry, list_invoices};
use dument_workflows::journal::cancel_fact;
use dument_workflows::letters::{Confirmation, list_letters};
use dument_workflows::payments::{PaymentEntry, assign, record_payment};
use dument_workflows::steps::carry_out;
use dument_workflows::words::{BankCredit, CallOutcome, Channel, Currency, InvoiceNature, Seq, Standing};

use crate::support::office::{
    CLIENT, act, agenda, assert_says, bill, call, company_reaching, credit, credit_note, day, euros, head, invoice,
    letter_of, look_at_bank, noon, only_task, pay, payment, printed, remind, send, statement, to_do, why,
};

/// Returns a story in which 1 000 euros came on the due date, and nobody has said from whom.
fn unmatched() -> (Office, Seq) {
    let mut office = company_reaching(Standing::Professional);
    bill(&mut office, invoice("F-1", "2026-03-10", "1000"));
    call(&mut office, "2026-03-11", CallOutcome::Reached, "");
    let booked_on = day("2026-03-10");
    let label = "VIR SEPA FOURNIL".to_owned();
    let seen = BankCredit { amount: euros("1000"), currency: Currency::EUR, booked_on, label };
    let credit = see_credit(&mut office, seen, &noon(day("2026-03-17"))).unwrap().fact;
    (office, credit)
}

#[test]
fn k03_an_unmatched_credit_of_the_same_sum_stops_the_reminder_in_the_open() {
    let (mut office, credit) = unmatched();
    let task = only_task(&office, "2026-03-18");
    assert_eq!((task.action, task.amount, task.title.as_str()), ("rapprocher", euros("1000"), "Relance amiable"));
    assert_eq!(task.about, Some(credit.to_string()));
    let sentence = "Un crédit de 1 000,00 € du 10 mars 2026 n’est rapproché de rien et ressemble à ce qui est dû";
    assert_says(&task.blockers.join(" "), sentence);
    look_at_bank(&mut office, "2026-03-18");
    let before = head(&office);
    let refused = act(&mut office, "2026-03-18").unwrap_err();
    assert_eq!(refused.code, "etape-bloquee");
    assert_says(&refused.message, sentence);
    assert_eq!(head(&office).0, before.0 + 1, "only the look at the bank was recorded, no letter");
    assert_says(&why(&office, "F-1", "2026-03-18"), "échue depuis le 10 mars 2026 (8 jours de retard)");

    let moment = noon(day("2026-03-18"));
    let matched = PaymentEntry { credit: Some(credit), ..payment("2026-03-10", "1000") };
    record_payment(&mut office, matched, &moment).unwrap();
    assert!(agenda(&office, "2026-03-18").is_empty(), "it was this payment: nobody is reminded");
    assert_says(&why(&office, "F-1", "2026-03-18"), "plus rien à faire, elle est réglée");
}

#[test]
fn k03_a_credit_that_is_somebody_elses_lets_the_reminder_go() {
    let (mut office, credit) = unmatched();
    let moment = noon(day("2026-03-18"));
    dismiss_credit(&mut office, credit, "remboursement de TVA", &moment).unwrap();
    let task = only_task(&office, "2026-03-18");
    assert_eq!((task.action, task.amount), ("courriel", euros("1000")));
    let step = act(&mut office, "2026-03-18").unwrap();
    assert_eq!(step.letter.as_ref().unwrap().total, euros("1000"));
    assert_says(&step.sentence, "prêt : envoyez-le par courriel");
}

#[test]
fn k03_the_owner_who_looked_may_go_on() {
    let (mut office, _) = unmatched();
    look_at_bank(&mut office, "2026-03-18");
    let step = carry_out(&mut office, CLIENT, Confirmation::Given, &noon(day("2026-03-18")), None).unwrap();
    assert_eq!(step.letter.unwrap().total, euros("1000"));
}

#[test]
fn k03_who_may_have_paid_is_not_called_without_a_look_at_the_bank() {
    let mut office = company_reaching(Standing::Professional);
    bill(&mut office, invoice("F-1", "2026-03-10", "1000"));
    let seen = BankCredit {
        amount: euros("1000"),
        currency: Currency::EUR,
        booked_on: day("2026-03-10"),
        label: "VIR SEPA FOURNIL".to_owned(),
    };
    see_credit(&mut office, seen, &noon(day("2026-03-10"))).unwrap();
    let task = only_task(&office, "2026-03-11");
    assert_eq!((task.action, task.amount), ("appel", euros("1000")));
    assert_says(&task.blockers.join(" "), "Un crédit de 1 000,00 € du 10 mars 2026 n’est rapproché de rien");
}

#[test]
fn k04_an_open_credit_note_that_covers_what_is_overdue_stops_the_letter() {
    let mut office = company_reaching(Standing::Professional);
    bill(&mut office, invoice("F-1", "2026-03-10", "100"));
    call(&mut office, "2026-03-11", CallOutcome::Reached, "");
    let note = credit(&mut office, &credit_note("AV-1", "2026-03-12", "100", None));
    assert!(agenda(&office, "2026-03-18").is_empty());
    assert_says(
        &why(&office, "F-1", "2026-03-18"),
        "rien pour l’instant, un avoir ou un trop-perçu de 100,00 € couvre ce qui est dû : imputez-le",
    );
    assert_eq!(act(&mut office, "2026-03-18").unwrap_err().code, "rien-a-faire");
    let sheet = statement(&office, "2026-03-18", &[]);
    assert_eq!((sheet.total_principal, sheet.total_credit), (euros("100"), euros("100")));

    assign(&mut office, note, &["F-1".to_owned()], &noon(day("2026-03-18"))).unwrap();
    assert_says(&why(&office, "F-1", "2026-03-18"), "son montant est réglé");
}

#[test]
fn k04_a_smaller_credit_note_is_a_negative_line_of_the_letter() {
    let mut office = company_reaching(Standing::Professional);
    bill(&mut office, invoice("F-1", "2026-03-10", "100"));
    call(&mut office, "2026-03-11", CallOutcome::Reached, "");
    credit(&mut office, &credit_note("AV-1", "2026-03-12", "40", None));
    let task = only_task(&office, "2026-03-18");
    assert_eq!((task.action, task.amount), ("courriel", euros("60")));
    assert_says(&task.grounds.join(" "), "Avoir ou trop-perçu de 40,00 € à déduire");
    let step = remind(&mut office, "2026-03-18", Channel::Email);
    let letter = step.letter.as_ref().unwrap();
    assert_eq!((letter.principal, letter.total), (euros("100"), euros("60")));
    if let Some(text) = printed(&office, &step) {
        assert_says(&text, "Avoir n° AV-1");
        assert_says(&text, "−40,00 €");
    }
}

#[test]
fn k04_a_credit_that_covers_what_a_letter_would_claim_stops_it_before_the_due_date_too() {
    let mut office = company_reaching(Standing::Professional);
    credit(&mut office, &credit_note("AV-1", "2026-02-20", "100", None));
    bill(&mut office, invoice("F-1", "2026-03-10", "100"));
    assert!(agenda(&office, "2026-03-05").is_empty(), "no courtesy notice for what is covered already");
    assert_says(&why(&office, "F-1", "2026-03-05"), "un avoir ou un trop-perçu de 100,00 € couvre");
}

#[test]
fn k04_a_credit_is_deducted_once_and_never_makes_a_letter_of_nothing() {
    let mut office = company_reaching(Standing::Professional);
    bill(&mut office, invoice("F-1", "2026-03-10", "100"));
    bill(&mut office, invoice("F-2", "2026-03-17", "50"));
    call(&mut office, "2026-03-11", CallOutcome::Reached, "");
    remind(&mut office, "2026-03-18", Channel::Email);
    credit(&mut office, &credit_note("AV-1", "2026-03-19", "60", None));
    // The letter of the 18th left eight days. On the 26th F-2 alone would be reminded: fifty less sixty is nothing to ask for.
    assert!(agenda(&office, "2026-03-26").is_empty(), "{:?}", agenda(&office, "2026-03-26"));
    assert_says(&why(&office, "F-2", "2026-03-26"), "un avoir ou un trop-perçu de 60,00 € couvre");
    let task = only_task(&office, "2026-03-30");
    assert_eq!(
        (task.level.as_deref(), task.amount),
        (Some("relance-2"), euros("90")),
        "150 less 60, both in one letter"
    );
    let letter = remind(&mut office, "2026-03-30", Channel::Email).letter.unwrap();
    assert_eq!((letter.principal, letter.invoices.len()), (euros("150"), 2));
}

#[test]
fn k05_a_cancelled_invoice_is_no_longer_reminded_and_its_history_stays() {
    let mut office = company_reaching(Standing::Professional);
    let bad = bill(&mut office, invoice("F-1", "2026-03-10", "1000"));
    call(&mut office, "2026-03-11", CallOutcome::Reached, "");
    remind(&mut office, "2026-03-18", Channel::Email);

    // What a letter claimed is not erased: a credit note takes it away.
    let refused = cancel_fact(&mut office, bad, "facture établie par erreur", &noon(day("2026-03-20"))).unwrap_err();
    assert_eq!(refused.code, "fait-utilise");
    assert_says(&refused.message, "D’autres faits reposent sur celui-ci");
    let note = credit(&mut office, &credit_note("AV-1", "2026-03-20", "1000", Some("F-1")));
    assert!(agenda(&office, "2026-03-30").is_empty(), "no second reminder");
    assert_says(&why(&office, "F-1", "2026-03-30"), "son montant est réglé");
    let told: Vec<String> = invoice_history(&office, (CLIENT, "F-1"), day("2026-03-30"))
        .unwrap()
        .into_iter()
        .map(|event| event.what)
        .collect();
    assert!(told.iter().any(|what| what.to_lowercase().contains("relance amiable")), "{told:?}");

    // The credit note was a mistake as well: the invoice is claimed again, where it stood.
    cancel_fact(&mut office, note, "avoir établi par erreur", &noon(day("2026-03-31"))).unwrap();
    let task = only_task(&office, "2026-03-31");
    assert_eq!((task.level.as_deref(), task.amount), (Some("relance-2"), euros("1000")));
    let events = invoice_history(&office, (CLIENT, "F-1"), day("2026-03-31")).unwrap();
    let cancelled: Vec<_> = events.iter().filter(|event| event.cancelled).collect();
    assert_eq!(cancelled[0].cancelled_because.as_deref(), Some("avoir établi par erreur"));
}

#[test]
fn k05_a_letter_that_was_cancelled_no_longer_counts_as_a_step() {
    let mut office = company_reaching(Standing::Professional);
    bill(&mut office, invoice("F-1", "2026-03-10", "1000"));
    call(&mut office, "2026-03-11", CallOutcome::Reached, "");
    let letter = letter_of(&act(&mut office, "2026-03-18").unwrap());
    cancel_fact(&mut office, letter, "mauvais interlocuteur", &noon(day("2026-03-18"))).unwrap();
    let task = only_task(&office, "2026-03-18");
    assert_eq!((task.level.as_deref(), task.amount), (Some("relance-1"), euros("1000")), "it is to be done again");
    assert_says(&why(&office, "F-1", "2026-03-18"), "étape atteinte le 18 mars 2026 : relance amiable");
}

#[test]
fn k06_an_overpayment_is_kept_as_a_credit_and_deducted_from_the_next_invoice() {
    let mut office = company_reaching(Standing::Professional);
    bill(&mut office, invoice("F-1", "2026-03-10", "100"));
    pay(&mut office, payment("2026-03-09", "120"));
    let balance = list_debtors(&office, day("2026-03-11")).unwrap().remove(0).balances.remove(0);
    assert_eq!((balance.balance, balance.overdue), (euros("-20"), euros("0")));
    assert!(agenda(&office, "2026-03-11").is_empty());
    assert_says(&why(&office, "F-1", "2026-03-11"), "plus rien à faire, elle est réglée");
    assert_eq!(statement(&office, "2026-03-11", &[]).total, euros("-20"));

    bill(&mut office, invoice("F-2", "2026-04-10", "50"));
    let task = only_task(&office, "2026-04-11");
    assert_eq!((task.action, task.amount), ("appel", euros("30")));
    assert_says(&task.grounds.join(" "), "Avoir ou trop-perçu de 20,00 € à déduire");
    call(&mut office, "2026-04-11", CallOutcome::Reached, "");
    let step = remind(&mut office, "2026-04-18", Channel::Email);
    assert_eq!(step.letter.as_ref().unwrap().total, euros("30"));
}

#[test]
fn k35_a_deposit_taken_up_by_the_final_invoice_leaves_every_list() {
    let mut office = company_reaching(Standing::Professional);
    bill(&mut office, InvoiceEntry { nature: InvoiceNature::Deposit, ..invoice("A-1", "2026-03-10", "119") });
    assert_eq!(to_do(&office, "2026-03-11"), [("appel", "119.00".to_owned())]);
    call(&mut office, "2026-03-11", CallOutcome::Reached, "");
    remind(&mut office, "2026-03-18", Channel::Email);

    // The final invoice takes the deposit up; nothing of it was paid.
    let absorbs = vec!["A-1".to_owned()];
    let last = InvoiceEntry { issued_on: day("2026-03-20"), absorbs, ..invoice("F-1", "2026-04-20", "595") };
    bill(&mut office, last);
    assert!(
        agenda(&office, "2026-03-30").is_empty(),
        "the deposit is no longer reminded: {:?}",
        agenda(&office, "2026-03-30")
    );
    assert_says(&why(&office, "A-1", "2026-03-30"), "échéance le 20 avril 2026");
    let states: Vec<_> =
        list_invoices(&office, day("2026-03-30")).unwrap().into_iter().map(|view| (view.number, view.state)).collect();
    assert_eq!(states, [("A-1".to_owned(), "remplacee"), ("F-1".to_owned(), "a-echoir")]);
    assert_eq!(statement(&office, "2026-03-30", &[]).total, euros("0"));
    let task = only_task(&office, "2026-04-21");
    assert_eq!((task.action, task.amount, task.invoices), ("appel", euros("595"), vec!["F-1".to_owned()]));
}

#[test]
fn k35_a_deposit_that_was_paid_is_deducted_from_the_final_invoice() {
    let mut office = company_reaching(Standing::Professional);
    bill(&mut office, InvoiceEntry { nature: InvoiceNature::Deposit, ..invoice("A-1", "2026-03-10", "119") });
    pay(&mut office, payment("2026-03-10", "119"));
    let absorbs = vec!["A-1".to_owned()];
    let issued_on = day("2026-03-20");
    bill(
        &mut office,
        InvoiceEntry { issued_on, absorbs, prepaid: euros("119"), ..invoice("F-1", "2026-04-20", "595") },
    );
    let task = only_task(&office, "2026-04-21");
    assert_eq!((task.action, task.amount, task.invoices), ("appel", euros("476"), vec!["F-1".to_owned()]));
    assert_says(&why(&office, "F-1", "2026-04-21"), "échue depuis le 20 avril 2026 (1 jour de retard)");
}

#[test]
fn k05_a_reminder_whose_invoice_was_credited_meanwhile_is_thrown_away() {
    let mut office = company_reaching(Standing::Professional);
    bill(&mut office, invoice("F-1", "2026-03-10", "1000"));
    call(&mut office, "2026-03-11", CallOutcome::Reached, "");
    let letter = letter_of(&act(&mut office, "2026-03-18").unwrap());
    credit(&mut office, &credit_note("AV-1", "2026-03-19", "1000", Some("F-1")));
    let task = only_task(&office, "2026-03-19");
    assert_eq!((task.action, task.about.clone()), ("annuler", Some(letter.to_string())));
    assert_says(&task.grounds.join(" "), "réglé depuis : ne l’envoyez pas, annulez-le");
    let refused = send(&mut office, letter, "2026-03-19", Channel::Email).unwrap_err();
    assert_eq!(refused.code, "courrier-perime");
    assert_says(&act(&mut office, "2026-03-19").unwrap().sentence, "est annulé");
    assert!(agenda(&office, "2026-03-19").is_empty() && list_letters(&office).is_empty());
}
