//! Three months with one customer: calls, a promise that is broken, a dispute that is closed, a plan of which an instalment is
//! missed; and what the history, the dossier and another agenda say of it.

use std::collections::BTreeMap;
use std::num::NonZeroU16;

use dument_workflows::Office;
use dument_workflows::arrangements::{
    DueDateEntry, PlanEntry, Schedule, agree_plan, change_due_date, lift_hold, set_hold,
};
use dument_workflows::calendar::export_ics;
use dument_workflows::dossiers::{DossierForm, DossierQuery, DossierView, export_dossier};
use dument_workflows::exchanges::{ContactEntry, DisputeEntry, close_dispute, log_contact, open_dispute};
use dument_workflows::exhibits::{ExhibitEntry, add_exhibit};
use dument_workflows::history::{EventView, history, invoice_history};
use dument_workflows::journal::cancel_fact;
use dument_workflows::letters::{LetterQuery, issue_letter, reprint_letter};
use dument_workflows::words::{
    CallOutcome, Cause, Channel, ContactKind, DisputeKind, DisputeOutcome, ExhibitNature, InterestFrom, LetterModel,
    LevelsAfter, MissingRates, PlanInterest, Seq, Standing,
};

use crate::support::cli::{Desk, tools};
use crate::support::office::{
    CLIENT, assert_says, bill, call, company_reaching, day, euros, head, invoice, letter, noon, pay, payment, plain,
    promise, send,
};

/// The owner's own words, which nobody else is to read.
const OWN_NOTE: &str = "Le gérant est souvent absent le lundi.";

struct Story {
    office: Office,
    mistaken: Seq,
    agreement: Seq,
}

/// Lives from the first call to the plan.
fn three_months() -> Story {
    let mut office = company_reaching(Standing::Professional);
    bill(&mut office, invoice("F-1", "2026-06-01", "1200"));
    bill(&mut office, invoice("F-2", "2026-06-15", "600"));

    let mistaken = call(&mut office, "2026-06-02", CallOutcome::Reached, "Appel noté chez le mauvais client.");
    cancel_fact(&mut office, mistaken, "Noté chez le mauvais client.", &noon(day("2026-06-02"))).unwrap();
    call(&mut office, "2026-06-03", CallOutcome::Unreachable, "");
    call(
        &mut office,
        "2026-06-04",
        CallOutcome::Reached,
        "Elle n’a pas de contestation.\nElle paiera vendredi en huit.",
    );
    promise(&mut office, "2026-06-04", "1200", "2026-06-12");
    note(&mut office, "2026-06-05");

    meet_about_the_scratched_trays(&mut office);
    let hold =
        set_hold(&mut office, (CLIENT, &[]), day("2026-07-20"), "congés du client", &noon(day("2026-07-02"))).unwrap();
    lift_hold(&mut office, hold.fact, "il a rappelé", &noon(day("2026-07-03"))).unwrap();
    pay(&mut office, payment("2026-07-06", "500"));
    issue_and_send(&mut office, &letter(LetterModel::ConfirmationEntretien), "2026-07-07");
    move_the_second_due_date(&mut office);

    let agreed = agree_plan(&mut office, &plan(), &noon(day("2026-07-15")), None).unwrap();
    let agreement = Seq::new(agreed.letter.unwrap().parse().unwrap());
    Story { office, mistaken, agreement }
}

fn contact(on: &str, kind: ContactKind, said: &str) -> ContactEntry {
    ContactEntry {
        debtor: CLIENT.to_owned(),
        invoices: Vec::new(),
        on: day(on),
        kind,
        with: Some("M. Le Bris".to_owned()),
        by: None,
        cause: None,
        said: said.to_owned(),
    }
}

fn note(office: &mut Office, on: &str) {
    let entry = ContactEntry { with: None, ..contact(on, ContactKind::Note, OWN_NOTE) };
    log_contact(office, entry, &noon(day(on))).unwrap();
}

fn meet_about_the_scratched_trays(office: &mut Office) {
    let entry = ContactEntry {
        cause: Some(Cause::BadFaith),
        ..contact("2026-06-18", ContactKind::Meeting, "Il montre deux plateaux rayés et demande un geste.")
    };
    log_contact(office, entry, &noon(day("2026-06-18"))).unwrap();
    let dispute = DisputeEntry {
        debtor: CLIENT.to_owned(),
        invoice: "F-2".to_owned(),
        on: day("2026-06-18"),
        amount: Some(euros("200")),
        kind: DisputeKind::Quality,
        said: "deux plateaux rayés".to_owned(),
    };
    let dispute = open_dispute(office, dispute, &noon(day("2026-06-18"))).unwrap().fact;
    let closed = (day("2026-07-01"), DisputeOutcome::Unfounded);
    close_dispute(office, dispute, closed, "rayures faites à l’usage, admis par écrit", &noon(day("2026-07-01")))
        .unwrap();
}

fn issue_and_send(office: &mut Office, query: &LetterQuery, on: &str) {
    let issued = issue_letter(office, query, &noon(day(on)), None).unwrap();
    send(office, Seq::new(issued.letter.unwrap().parse().unwrap()), on, Channel::Email).unwrap();
}

fn move_the_second_due_date(office: &mut Office) {
    let entry = DueDateEntry {
        debtor: CLIENT.to_owned(),
        invoice: "F-2".to_owned(),
        instalment: None,
        due_on: day("2026-07-10"),
        interest: InterestFrom::OriginalDueDate,
        levels: LevelsAfter::Continue,
        reason: "le temps de l’expertise".to_owned(),
        proof: None,
    };
    change_due_date(office, entry, &noon(day("2026-07-08"))).unwrap();
}

fn plan() -> PlanEntry {
    PlanEntry {
        debtor: CLIENT.to_owned(),
        invoices: Vec::new(),
        currency: None,
        agreed_on: day("2026-07-15"),
        schedule: Schedule::Even { count: NonZeroU16::new(3).unwrap(), first_on: day("2026-07-31"), every_months: 1 },
        interest: PlanInterest::Continues,
        lapse_notice_days: Some(8),
    }
}

fn told(events: &[EventView]) -> Vec<(String, String)> {
    events.iter().map(|event| (event.on.to_string(), plain(&event.what))).collect()
}

fn position(events: &[(String, String)], part: &str) -> usize {
    let found = events.iter().position(|(_, what)| what.contains(part));
    found.unwrap_or_else(|| panic!("« {part} » is not told: {events:#?}"))
}

#[test]
fn the_history_tells_everything_in_order_and_what_became_of_it() {
    let Story { office, .. } = three_months();
    let events = history(&office, CLIENT, day("2026-08-20")).unwrap();
    assert!(events.is_sorted_by_key(|event| event.on), "{events:#?}");
    for event in &events {
        assert!(event.what.ends_with(['.', '»']), "not a finished sentence: {}", event.what);
    }
    let told = told(&events);
    let expected = [
        ("2026-05-02", "Facture n° F-1 émise, 1 200,00 € TTC, échéance le 1er juin 2026."),
        ("2026-06-03", "Appel téléphonique (Mme Rey), sans réponse."),
        (
            "2026-06-04",
            "Appel téléphonique avec Mme Rey : « Elle n’a pas de contestation. Elle paiera vendredi en huit. »",
        ),
        ("2026-06-04", "Promesse de paiement de 1 200,00 € pour le 12 juin 2026 (par téléphone, Mme Rey)."),
        ("2026-06-05", "Note : « Le gérant est souvent absent le lundi. »"),
        ("2026-06-14", "Promesse de 1 200,00 € du 4 juin 2026 pour le 12 juin 2026 non tenue : rien n’est arrivé"),
        (
            "2026-06-18",
            "Rendez-vous avec M. Le Bris : « Il montre deux plateaux rayés et demande un geste. » Cause du retard",
        ),
        ("2026-06-18", "Facture n° F-2 contestée pour 200,00 €, défaut ou malfaçon : « deux plateaux rayés »."),
        ("2026-07-01", "Contestation de la facture n° F-2 close, non fondée : rayures faites à l’usage"),
        ("2026-07-02", "Mise en attente jusqu’au 20 juillet 2026 : congés du client."),
        ("2026-07-03", "Attente levée : il a rappelé."),
        ("2026-07-06", "Encaissement de 500,00 €."),
        ("2026-07-07", "Confirmation d’entretien envoyée par courriel."),
        ("2026-07-08", "Échéance de la facture n° F-2 reportée du 15 juin 2026 au 10 juillet 2026"),
        ("2026-07-15", "Échéancier convenu sur les factures n° F-1 et F-2"),
        ("2026-08-02", "Versement n° 1 de l’échéancier"),
    ];
    let places: Vec<usize> = expected.iter().map(|(_, part)| position(&told, part)).collect();
    assert!(places.is_sorted(), "{places:?} in {told:#?}");
    for ((on, _), place) in expected.iter().zip(places) {
        assert_eq!(told[place].0, *on, "{}", told[place].1);
    }
}

#[test]
fn a_cancelled_call_stays_readable_with_its_reason() {
    let Story { office, mistaken, .. } = three_months();
    let events = history(&office, CLIENT, day("2026-08-20")).unwrap();
    let cancelled: Vec<&EventView> = events.iter().filter(|event| event.cancelled).collect();
    let [event] = cancelled[..] else { panic!("one fact was cancelled: {cancelled:#?}") };
    assert_eq!(event.fact, mistaken);
    assert_eq!(event.cancelled_because.as_deref(), Some("Noté chez le mauvais client."));
    assert!(events.iter().filter(|event| !event.cancelled).all(|event| event.cancelled_because.is_none()));
}

#[test]
fn what_is_about_a_cancelled_invoice_is_still_told() {
    let mut office = company_reaching(Standing::Professional);
    let invoice = bill(&mut office, invoice("F-9", "2026-06-01", "100"));
    let entry =
        ContactEntry { invoices: vec!["F-9".to_owned()], ..contact("2026-06-02", ContactKind::Email, "Reçue ?") };
    let mail = log_contact(&mut office, entry, &noon(day("2026-06-02"))).unwrap().fact;
    for fact in [mail, invoice] {
        cancel_fact(&mut office, fact, "Facture émise par erreur.", &noon(day("2026-06-03"))).unwrap();
    }
    let events = history(&office, CLIENT, day("2026-06-04")).unwrap();
    let mail = events.iter().find(|event| event.fact == mail).unwrap();
    assert!(mail.cancelled && mail.invoices == ["F-9"], "{mail:#?}");
    assert_says(&mail.what, "Courriel échangé avec M. Le Bris : « Reçue ? »");
}

#[test]
fn a_promise_that_is_kept_and_an_invoice_that_is_paid_up_are_told_on_their_day() {
    let mut office = company_reaching(Standing::Consumer);
    bill(&mut office, invoice("F-1", "2026-06-01", "300"));
    promise(&mut office, "2026-06-03", "300", "2026-06-10");
    pay(&mut office, payment("2026-06-05", "100"));
    pay(&mut office, payment("2026-06-11", "200"));
    let told = told(&history(&office, CLIENT, day("2026-06-11")).unwrap());
    let kept = position(&told, "Promesse de 300,00 € du 3 juin 2026 tenue.");
    let paid = position(&told, "Facture n° F-1 soldée en principal le 11 juin 2026.");
    assert_eq!(
        (told[kept].0.as_str(), told[paid].0.as_str()),
        ("2026-06-11", "2026-06-11"),
        "within the days of grace"
    );
    assert!(kept > position(&told, "Encaissement de 200,00 €."), "what follows comes after: {told:#?}");
}

#[test]
fn the_history_of_an_invoice_leaves_the_others_out() {
    let Story { office, .. } = three_months();
    let told = told(&invoice_history(&office, (CLIENT, "F-1"), day("2026-08-20")).unwrap());
    position(&told, "Facture n° F-1 émise");
    position(&told, "Appel téléphonique avec Mme Rey");
    assert!(!told.iter().any(|(_, what)| what.contains("contestée") || what.contains("F-2 émise")), "{told:#?}");
}

fn export(story: &Story, desk: &Desk, on: &str, file: &str) -> DossierView {
    let query = DossierQuery {
        debtor: CLIENT.to_owned(),
        invoices: Vec::new(),
        currency: None,
        missing_rates: MissingRates::Refuse,
    };
    let form = if file.ends_with(".zip") { DossierForm::Zip } else { DossierForm::Pdf };
    export_dossier(&story.office, &query, form, &noon(day(on)), &desk.path(file)).unwrap()
}

/// Returns the words of a PDF, every space a plain one.
fn words(desk: &Desk, file: &str) -> String {
    desk.tool(&format!("pdftotext {file} -")).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_step_has_its_record_in_the_dossier() {
    if !tools(&["pdftotext", "qpdf", "unzip"]) {
        return;
    }
    let story = three_months();
    let desk = Desk::new();
    let before = head(&story.office);
    let dossier = export(&story, &desk, "2026-08-20", "d.pdf");
    assert_eq!(head(&story.office), before, "exporting records nothing");
    desk.tool("qpdf --check d.pdf");
    let titles: Vec<String> = dossier.exhibits.iter().map(|exhibit| plain(&exhibit.title)).collect();
    assert_eq!(
        titles[..7],
        [
            "Procès-verbal interne : Appel téléphonique du 4 juin 2026",
            "Procès-verbal interne : Promesse de paiement du 4 juin 2026",
            "Procès-verbal interne : Rendez-vous du 18 juin 2026",
            "Confirmation d’entretien du 7 juillet 2026",
            "Procès-verbal interne : Confirmation d’entretien du 7 juillet 2026",
            "Accord d’échéancier du 15 juillet 2026",
            "Procès-verbal interne : Échéancier du 15 juillet 2026",
        ]
    );
    let text = words(&desk, "d.pdf");
    for said in [
        "Appel téléphonique, le 4 juin 2026, avec Mme Rey. Issue : personne jointe. Elle n’a pas de contestation.",
        "Promesse de paiement, reçue le 4 juin 2026 par téléphone, Mme Rey : 1 200,00 € au plus tard le 12 juin 2026.",
        "Rendez-vous, le 18 juin 2026, avec M. Le Bris.",
        "Envoyé, réception non prouvée. Ce mode d’envoi ne donne pas de preuve de réception.",
        "Accord de paiement échelonné du 15 juillet 2026",
        "Aucun exemplaire signé n’est conservé.",
        "Ces pièces sont conservées jusqu’au 20 août 2037.",
    ] {
        assert!(text.contains(said), "« {said} » is not in the dossier: {text}");
    }
}

#[test]
fn the_sums_of_a_call_are_those_of_its_day() {
    if !tools(&["pdftotext"]) {
        return;
    }
    let story = three_months();
    let desk = Desk::new();
    export(&story, &desk, "2026-08-20", "d.pdf");
    let pages = desk.tool("pdftotext -layout -f 3 -l 3 d.pdf -");
    let call = pages.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(call.contains("Procès-verbal interne de relance n° 1"), "{call}");
    // 1200 × 12,15 % × 3 days / 365, and the indemnity; the second invoice was not due yet.
    for said in ["Pénalités de retard au 4 juin 2026 1,20 €", "Total dû 1 241,20 €"] {
        assert!(call.contains(said), "« {said} » is not in {call}");
    }
    assert!(!call.contains("F-2 du"), "what is to come is not what is due: {call}");
}

#[test]
fn the_owner_s_own_affairs_stay_out_of_the_dossier() {
    if !tools(&["pdftotext"]) {
        return;
    }
    let story = three_months();
    let desk = Desk::new();
    export(&story, &desk, "2026-08-20", "d.pdf");
    let text = words(&desk, "d.pdf");
    for own in [OWN_NOTE, "Cause du retard", "congés du client", "Attente levée", "mauvais client"] {
        assert!(!text.contains(own), "« {own} » is in the dossier");
    }
    for told in [
        "Appel téléphonique (Mme Rey), sans réponse.",
        "non tenue : rien n’est arrivé au 14 juin 2026.",
        "Contestation de la facture n° F-2 close, non fondée",
        "reportée du 15 juin 2026 au 10 juillet 2026",
        "Versement n° 1 de l’échéancier",
        "Aucune contestation n’est connue du créancier à ce jour.",
    ] {
        assert!(text.contains(told), "« {told} » is not in the dossier: {text}");
    }
}

#[test]
fn an_open_dispute_is_on_the_first_page() {
    if !tools(&["pdftotext"]) {
        return;
    }
    let story = three_months();
    let desk = Desk::new();
    export(&story, &desk, "2026-06-20", "d.pdf");
    let cover = desk.tool("pdftotext -f 1 -l 1 d.pdf -").split_whitespace().collect::<Vec<_>>().join(" ");
    let said = "Facture n° F-2, contestée pour 200,00 € depuis le 18 juin 2026 (défaut ou malfaçon) : « deux plateaux rayés ».";
    assert!(cover.contains(said), "« {said} » is not in {cover}");
}

#[test]
fn the_signed_agreement_is_kept_byte_for_byte_and_proves_that_the_debtor_was_informed() {
    if !tools(&["pdftotext", "qpdf", "unzip"]) {
        return;
    }
    let mut story = three_months();
    let desk = Desk::new();
    reprint_letter(&story.office, story.agreement, &desk.path("accord.pdf")).unwrap();
    let signed = ExhibitEntry {
        file: desk.path("accord.pdf"),
        debtor: CLIENT.to_owned(),
        invoices: Vec::new(),
        letter: Some(story.agreement),
        nature: ExhibitNature::Contract,
        title: "Accord signé".to_owned(),
        dated_on: Some(day("2026-07-16")),
    };
    add_exhibit(&mut story.office, &signed, &noon(day("2026-07-17"))).unwrap();
    let dossier = export(&story, &desk, "2026-08-20", "d.zip");
    desk.tool("unzip -q d.zip -d z");
    desk.tool("qpdf --check z/dossier.pdf");
    let text = words(&desk, "z/dossier.pdf");
    let number = dossier.exhibits.iter().find(|exhibit| exhibit.title == "Accord signé").unwrap().number;
    let said = format!("Débiteur informé le 16 juillet 2026. Preuve : Accord signé (pièce n° {number}).");
    assert!(text.contains(&said), "« {said} » is not in {text}");

    let drawn_up =
        dossier.exhibits.iter().find(|exhibit| plain(&exhibit.title) == "Accord d’échéancier du 15 juillet 2026");
    let sha256 = drawn_up.unwrap().sha256.clone().unwrap();
    let squeezed: String = text.split(' ').collect();
    assert!(squeezed.contains(&sha256), "the record names the agreement by its fingerprint {sha256}");
    let kept = std::fs::read_dir(desk.path("z/pieces")).unwrap().map(|entry| entry.unwrap().path());
    let same = kept.filter(|path| std::fs::read(path).unwrap() == desk.read("accord.pdf")).count();
    assert_eq!(same, 2, "the agreement as it was drawn up, and the signed copy");
}

/// Reads the days of a calendar by their identifiers.
fn days(desk: &Desk, file: &str) -> BTreeMap<String, (String, String)> {
    let text = String::from_utf8(desk.read(file)).unwrap().replace("\r\n ", "");
    let mut days = BTreeMap::new();
    for event in text.split("BEGIN:VEVENT\r\n").skip(1) {
        let line = |name: &str| event.lines().find_map(|line| line.strip_prefix(name)).unwrap().to_owned();
        let known = days.insert(line("UID:"), (line("DTSTART;VALUE=DATE:"), plain(&line("SUMMARY:"))));
        assert!(known.is_none(), "two events have one identifier: {known:?}");
    }
    days
}

#[test]
fn another_agenda_takes_in_what_is_to_come_and_moves_what_it_knows() {
    let story = three_months();
    let desk = Desk::new();
    let before = head(&story.office);
    let on = |day_text: &str, file: &str| export_ics(&story.office, &desk.path(file), &noon(day(day_text))).unwrap();
    let view = on("2026-07-16", "a.ics");
    on("2026-07-16", "b.ics");
    on("2026-07-17", "c.ics");
    assert_eq!(head(&story.office), before, "exporting records nothing");
    assert!(desk.read("a.ics") == desk.read("b.ics"), "the same day is written twice with different bytes");

    let (today, tomorrow) = (days(&desk, "a.ics"), days(&desk, "c.ics"));
    assert_eq!(today.len(), view.events);
    let instalments: Vec<&str> =
        today.values().filter(|(_, title)| title.starts_with("Versement attendu")).map(|(on, _)| on.as_str()).collect();
    assert_eq!(instalments, ["20260731", "20260831", "20260930"]);
    assert_eq!(today.keys().collect::<Vec<_>>(), tomorrow.keys().collect::<Vec<_>>(), "the same things to do");
    let moved: Vec<&str> =
        today.iter().filter(|(uid, event)| tomorrow[*uid].0 != event.0).map(|(_, (_, title))| title.as_str()).collect();
    let [letter] = moved[..] else { panic!("only what is to be done today moves: {moved:?}") };
    assert!(letter.starts_with("Courrier à envoyer"), "{letter}");
}

#[test]
fn the_next_step_and_a_promise_are_in_the_agenda_and_keep_their_identifier() {
    let mut office = company_reaching(Standing::Professional);
    bill(&mut office, invoice("F-1", "2026-06-01", "1200"));
    let desk = Desk::new();
    export_ics(&office, &desk.path("before.ics"), &noon(day("2026-05-20"))).unwrap();
    export_ics(&office, &desk.path("then.ics"), &noon(day("2026-05-27"))).unwrap();
    let (before, then) = (days(&desk, "before.ics"), days(&desk, "then.ics"));
    let step = ("20260527".to_owned(), "Rappel avant échéance : Fournil du Port\\, 1 200\\,00 €".to_owned());
    assert_eq!(before.values().collect::<Vec<_>>(), [&step], "the next step is foreseen");
    assert_eq!(then, before, "and is the same when its day has come");

    let promised = promise(&mut office, "2026-06-02", "1200", "2026-06-12");
    export_ics(&office, &desk.path("promised.ics"), &noon(day("2026-06-03"))).unwrap();
    let promised = days(&desk, "promised.ics")
        .into_iter()
        .find(|(uid, _)| uid.starts_with(&format!("promesse-{promised}@")))
        .map(|(_, event)| event);
    assert_eq!(
        promised.unwrap(),
        ("20260612".to_owned(), "Promesse attendue : Fournil du Port\\, 1 200\\,00 €".to_owned())
    );
}

#[test]
fn an_empty_agenda_is_not_written() {
    let office = company_reaching(Standing::Professional);
    let desk = Desk::new();
    let error = export_ics(&office, &desk.path("a.ics"), &noon(day("2026-06-01"))).unwrap_err();
    assert_eq!(error.code, "agenda-vide");
    assert!(!desk.path("a.ics").exists());
}
