//! A company in memory, and short ways to tell it what happened.
//!
//! Dates and sums are written as text, because a test is read more often than it is typed. Each gesture is recorded on the
//! day it happened unless the test says otherwise.

use dument_workflows::Error;
use dument_workflows::agenda::{TaskView, explain, list_agenda};
use dument_workflows::bank::check_bank;
use dument_workflows::company::{CompanyEntry, PartyEntry, correct_company};
use dument_workflows::debtors::{DebtorEntry, add_debtor};
use dument_workflows::exchanges::{ContactEntry, PromiseEntry, log_contact, record_promise};
use dument_workflows::invoices::{CreditNoteEntry, InvoiceEntry, record_credit_note, record_invoice};
use dument_workflows::journal::verify;
use dument_workflows::letters::{
    Confirmation, LetterQuery, Sent, issue_letter, mark_delivered, mark_sent, reprint_letter,
};
use dument_workflows::payments::{PaymentEntry, record_payment};
use dument_workflows::statements::{StatementQuery, StatementView, draw_up_statement};
use dument_workflows::steps::{StepView, carry_out};
use dument_workflows::words::{
    Amount, CallOutcome, Channel, ContactKind, CreditEffect, Currency, Date, DeliveryOutcome, Handling, InvoiceNature,
    LetterModel, MissingRates, Seq, Standing, Trade,
};
use dument_workflows::{Moment, Office};

use super::cli::{Desk, tools};

/// The debtor of a story that has only one.
pub const CLIENT: &str = "Fournil du Port";

/// Reads a date of a test.
pub fn day(text: &str) -> Date {
    Date::parse_from_str(text, "%Y-%m-%d").unwrap_or_else(|_| panic!("{text} is not a date"))
}

/// Reads a sum of a test.
pub fn euros(text: &str) -> Amount {
    Amount::parse(text).unwrap_or_else(|| panic!("{text} is not a sum"))
}

/// Returns noon of a day.
pub fn noon(today: Date) -> Moment {
    Moment { today, instant: format!("{today}T12:00:00+02:00") }
}

/// Returns a company that has said who it is, and has no customer.
pub fn company() -> Office {
    let mut office = Office::in_memory().unwrap();
    let party = PartyEntry {
        name: "Atelier Morvan".to_owned(),
        legal_form: Some("SARL".to_owned()),
        address: Some("4 quai de l’Odet, 29000 Quimper".to_owned()),
        ..PartyEntry::default()
    };
    let company = CompanyEntry {
        party,
        iban: Some("FR7630006000011234567890189".to_owned()),
        mediator: Some("Médiateur du commerce, 1 rue des Accords, 75009 Paris, www.mediateur.example".to_owned()),
        ..CompanyEntry::default()
    };
    correct_company(&mut office, company, &noon(day("2010-01-04"))).unwrap();
    office
}

/// Returns a company with one customer.
pub fn company_with(standing: Standing) -> Office {
    let mut office = company();
    add_debtor(&mut office, customer(CLIENT, standing), &noon(day("2010-01-04"))).unwrap();
    office
}

/// Returns a customer with whom nothing special was agreed.
pub fn customer(name: &str, standing: Standing) -> DebtorEntry {
    let party = PartyEntry {
        name: name.to_owned(),
        address: Some("12 rue du Môle, 29100 Douarnenez".to_owned()),
        ..PartyEntry::default()
    };
    DebtorEntry { party, standing, delay_days: None, agreed_rate: None, allocation: None, handling: Handling::Ordinary }
}

/// Returns an invoice in euros, due in one time, issued thirty days before.
pub fn invoice(number: &str, due: &str, total: &str) -> InvoiceEntry {
    let due_on = day(due);
    InvoiceEntry {
        debtor: CLIENT.to_owned(),
        number: number.to_owned(),
        nature: InvoiceNature::Standard,
        issued_on: due_on - chrono::Days::new(30),
        due: vec![(due_on, None)],
        delivered_on: None,
        total: euros(total),
        prepaid: Amount::ZERO,
        net: None,
        taxes: Vec::new(),
        currency: Currency::EUR,
        agreed_rate: None,
        trade: Trade::General,
        absorbs: Vec::new(),
        corrects: None,
    }
}

/// Returns a credit note in euros that lowers an invoice, or none.
pub fn credit_note(number: &str, issued: &str, total: &str, invoice: Option<&str>) -> CreditNoteEntry {
    CreditNoteEntry {
        debtor: CLIENT.to_owned(),
        number: number.to_owned(),
        issued_on: day(issued),
        total: euros(total),
        currency: Currency::EUR,
        invoice: invoice.map(str::to_owned),
        effect: CreditEffect::FromItsDate,
    }
}

/// Returns a payment that names no invoice.
pub fn payment(received: &str, amount: &str) -> PaymentEntry {
    PaymentEntry {
        debtor: CLIENT.to_owned(),
        amount: euros(amount),
        currency: None,
        received_on: day(received),
        means: None,
        reference: None,
        invoices: Vec::new(),
        credit: None,
    }
}

/// Returns a letter on everything that is due.
pub fn letter(model: LetterModel) -> LetterQuery {
    LetterQuery::new(CLIENT, model)
}

/// Records an invoice on the day it was issued.
pub fn bill(office: &mut Office, entry: InvoiceEntry) -> Seq {
    let moment = noon(entry.issued_on);
    record_invoice(office, entry, &moment).unwrap().fact
}

/// Records a credit note on the day it was issued.
pub fn credit(office: &mut Office, entry: &CreditNoteEntry) -> Seq {
    let moment = noon(entry.issued_on);
    record_credit_note(office, entry, &moment).unwrap().fact
}

/// Records a payment on the day it arrived.
pub fn pay(office: &mut Office, entry: PaymentEntry) -> Seq {
    let moment = noon(entry.received_on);
    record_payment(office, entry, &moment).unwrap().fact
}

/// Notes that a letter left, registered.
pub fn post(office: &mut Office, letter: Seq, on: Date) {
    let sent = Sent { on, channel: Channel::Lrar, tracking: None };
    mark_sent(office, letter, sent, Confirmation::None, &noon(on)).unwrap();
}

/// Has a registered mise en demeure issued, sent the same day, and received.
pub fn put_on_notice(office: &mut Office, query: &LetterQuery, issued: Date, received: Date) -> Seq {
    let drawn_up = issue_letter(office, query, &noon(issued), None).unwrap();
    let letter = Seq::new(drawn_up.letter.unwrap().parse().unwrap());
    post(office, letter, issued);
    mark_delivered(office, letter, received, DeliveryOutcome::Received, &noon(received)).unwrap();
    letter
}

/// Returns a company at work: two customers, one of whom has two invoices, a payment, an open credit note, and two letters of
/// which the first left.
pub fn busy() -> Office {
    let mut office = company_with(Standing::Professional);
    add_debtor(&mut office, customer("Voilerie du Sillon", Standing::Consumer), &noon(day("2010-01-04"))).unwrap();
    bill(&mut office, invoice("F-1", "2026-03-31", "1000"));
    bill(&mut office, invoice("F-2", "2026-04-30", "800"));
    pay(&mut office, payment("2026-05-05", "300"));
    credit(&mut office, &credit_note("AV-1", "2026-05-06", "50", None));
    for left in [true, false] {
        let issued =
            issue_letter(&mut office, &letter(LetterModel::RelanceFerme), &noon(day("2026-05-10")), None).unwrap();
        let letter = Seq::new(issued.letter.unwrap().parse().unwrap());
        if left {
            post(&mut office, letter, day("2026-05-10"));
        }
    }
    office
}

/// Returns the décompte of some invoices, or of what is due.
pub fn statement(office: &Office, as_of: &str, invoices: &[&str]) -> StatementView {
    let query = StatementQuery {
        debtor: CLIENT.to_owned(),
        invoices: invoices.iter().map(|number| (*number).to_owned()).collect(),
        as_of: day(as_of),
        currency: None,
        missing_rates: MissingRates::Refuse,
    };
    draw_up_statement(office, &query).unwrap()
}

/// Returns how many facts there are and the fingerprint of the last: two equal ones are the same journal.
pub fn head(office: &Office) -> (usize, String) {
    let check = verify(office).unwrap();
    (check.facts, check.fingerprint)
}

/// Returns a customer who can be called, mailed and written to.
pub fn reachable(name: &str, standing: Standing) -> DebtorEntry {
    let mut entry = customer(name, standing);
    entry.party.email = Some("compta@fournil.example".to_owned());
    entry.party.phone = Some("02 98 00 00 00".to_owned());
    entry
}

/// Returns a company with one customer who can be called, mailed and written to.
pub fn company_reaching(standing: Standing) -> Office {
    let mut office = company();
    add_debtor(&mut office, reachable(CLIENT, standing), &noon(day("2010-01-04"))).unwrap();
    office
}

/// Returns a sentence with plain spaces, as it is typed in a test.
pub fn plain(sentence: &str) -> String {
    sentence.replace(['\u{a0}', '\u{202f}'], " ")
}

/// Checks that a sentence says something, whatever its spaces.
#[track_caller]
pub fn assert_says(sentence: &str, part: &str) {
    let sentence = plain(sentence);
    assert!(sentence.contains(part), "« {part} » is not in « {sentence} »");
}

/// Returns what the agenda says on a day.
pub fn agenda(office: &Office, on: &str) -> Vec<TaskView> {
    list_agenda(office, day(on))
}

/// Returns what the agenda says on a day, each as its action and its sum.
pub fn to_do(office: &Office, on: &str) -> Vec<(&'static str, String)> {
    agenda(office, on).iter().map(|task| (task.action, task.amount.to_string())).collect()
}

/// Returns the only thing to do on a day.
#[track_caller]
pub fn only_task(office: &Office, on: &str) -> TaskView {
    let mut tasks = agenda(office, on);
    assert_eq!(tasks.len(), 1, "one thing to do on {on}: {tasks:#?}");
    tasks.remove(0)
}

/// Returns why an invoice is in the agenda of a day or not, with plain spaces.
#[track_caller]
pub fn why(office: &Office, number: &str, on: &str) -> String {
    plain(&explain(office, number, day(on)).unwrap().sentence)
}

/// Notes that the bank was looked at through a day.
pub fn look_at_bank(office: &mut Office, on: &str) {
    check_bank(office, day(on), &noon(day(on))).unwrap();
}

/// Does the next step on a day, the bank being looked at first.
pub fn act(office: &mut Office, on: &str) -> Result<StepView, Error> {
    look_at_bank(office, on);
    carry_out(office, CLIENT, Confirmation::None, &noon(day(on)), None)
}

/// Returns the letter that a step drew up.
#[track_caller]
pub fn letter_of(step: &StepView) -> Seq {
    let letter = step.letter.as_ref().unwrap_or_else(|| panic!("no letter was drawn up: {}", step.sentence));
    Seq::new(letter.letter.as_ref().unwrap().parse().unwrap())
}

/// Notes that a letter left by some means.
pub fn send(office: &mut Office, letter: Seq, on: &str, channel: Channel) -> Result<Seq, Error> {
    let sent = Sent { on: day(on), channel, tracking: None };
    mark_sent(office, letter, sent, Confirmation::None, &noon(day(on))).map(|done| done.fact)
}

/// Does the next written step, and sends it the same day.
#[track_caller]
pub fn remind(office: &mut Office, on: &str, channel: Channel) -> StepView {
    let step = act(office, on).unwrap();
    send(office, letter_of(&step), on, channel).unwrap();
    step
}

/// Notes a call to the customer about everything, and how it ended.
pub fn call(office: &mut Office, on: &str, outcome: CallOutcome, said: &str) -> Seq {
    let entry = ContactEntry {
        debtor: CLIENT.to_owned(),
        invoices: Vec::new(),
        on: day(on),
        kind: ContactKind::Call(outcome),
        with: Some("Mme Rey".to_owned()),
        by: None,
        cause: None,
        said: said.to_owned(),
    };
    log_contact(office, entry, &noon(day(on))).unwrap().fact
}

/// Notes a promise on everything that is open.
pub fn promise(office: &mut Office, made_on: &str, amount: &str, due_on: &str) -> Seq {
    let entry = PromiseEntry {
        debtor: CLIENT.to_owned(),
        invoices: Vec::new(),
        amount: euros(amount),
        currency: None,
        made_on: day(made_on),
        due_on: day(due_on),
        means: Some("par téléphone, Mme Rey".to_owned()),
    };
    record_promise(office, entry, &noon(day(made_on))).unwrap().fact
}

/// Returns the words of the letter that a step drew up, as another program reads them, every space a plain one.
pub fn printed(office: &Office, step: &StepView) -> Option<String> {
    if !tools(&["pdftotext"]) {
        return None;
    }
    let desk = Desk::new();
    reprint_letter(office, letter_of(step), &desk.path("courrier.pdf")).unwrap();
    let text = desk.tool("pdftotext courrier.pdf -");
    Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Returns a story that has come to the first reminder: F-1, 1 000 euros, due on 10 March 2026, called the day after.
pub fn called() -> Office {
    let mut office = company_reaching(Standing::Professional);
    bill(&mut office, invoice("F-1", "2026-03-10", "1000"));
    call(&mut office, "2026-03-11", CallOutcome::Reached, "");
    office
}
