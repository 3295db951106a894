//! A day at the desk, from the list in the morning to the letters at the post office.

use serde_json::Value;

use super::assert_keys;
use crate::support::cli::{Desk, FAILED, tools};

#[test]
fn a_late_customer_is_called_promises_breaks_his_word_and_is_written_to() {
    let desk = late_customers();
    let on = |day: &str, line: &str| desk.on(day, line);

    // The morning: two calls; one promises.
    assert_eq!(
        actions(&on("2026-04-10", "agenda e.dument")),
        [("Fournil du Port", "appel"), ("Garage Œuvrard", "appel")]
    );
    let said = on("2026-04-10", r#"faire e.dument --client "Garage Œuvrard""#);
    assert_keys(&said, "client action titre phrase script");
    on(
        "2026-04-10",
        r#"appel e.dument --client "Garage Œuvrard" --issue joint --avec "Mme Rey" --cause tresorerie --dit "Paie le 15.""#,
    );
    on(
        "2026-04-10",
        r#"promesse e.dument --client "Garage Œuvrard" --montant 1850 --pour 2026-04-15 --moyen "par téléphone, Mme Rey""#,
    );
    on("2026-04-10", r#"appel e.dument --client "Fournil du Port" --issue message"#);
    let quiet = on("2026-04-12", "pourquoi e.dument --facture F-1");
    assert_eq!((&quiet["aujourdhui"], &quiet["prochaine_date"]), (&false.into(), &"2026-04-18".into()));

    // The word is broken: the letter quotes it.
    on("2026-04-18", "banque e.dument --verifiee-au 2026-04-18");
    let step = on("2026-04-18", r#"faire e.dument --client "Garage Œuvrard" --sortie relance.pdf"#);
    assert_eq!(step["lettre"]["modele"], "relance-promesse");
    assert!(desk.read("relance.pdf").starts_with(b"%PDF-"));
    if tools(&["pdftotext"]) {
        let text = desk.tool("pdftotext -layout relance.pdf -");
        assert!(text.contains("15 avril 2026"), "{text}");
    }
    let again = desk.run(r#"faire e.dument --client "Garage Œuvrard" --date 2026-04-18 --json"#);
    assert!(again.json(0)["courrier"].is_null(), "twice the same day draws nothing up again");

    // Printed is not sent: it stays on the list until it has left.
    let letter = step["courrier"].as_str().unwrap();
    assert!(actions(&on("2026-04-18", "agenda e.dument")).contains(&("Garage Œuvrard", "envoyer")));
    on("2026-04-18", &format!("envoye e.dument {letter} --le 2026-04-18 --par courriel"));
    assert!(!actions(&on("2026-04-18", "agenda e.dument")).contains(&("Garage Œuvrard", "envoyer")));
    let why = on("2026-04-19", "pourquoi e.dument --facture F-1");
    assert_eq!(why["aujourdhui"], false);

    let history = on("2026-04-19", r#"historique e.dument --client "Garage Œuvrard""#);
    let natures: Vec<&str> = told(&history, "nature");
    for nature in ["facture", "appel", "promesse", "courrier"] {
        assert!(natures.contains(&nature), "no « {nature} » in {natures:?}");
    }
    let dates = told(&history, "le");
    assert!(dates.is_sorted(), "{dates:?}");
}

#[test]
fn a_letter_that_claims_what_was_paid_meanwhile_is_not_sent_without_a_word() {
    let desk = late_customers();
    let on = |day: &str, line: &str| desk.on(day, line);
    on("2026-04-10", r#"appel e.dument --client "Garage Œuvrard" --issue message"#);
    on("2026-04-20", "banque e.dument --verifiee-au 2026-04-20");
    let step = on("2026-04-20", r#"faire e.dument --client "Garage Œuvrard""#);
    let letter = step["courrier"].as_str().unwrap().to_owned();
    on("2026-04-21", r#"encaisser e.dument --client "Garage Œuvrard" --montant 1850 --recu 2026-04-21 --facture F-1"#);
    let refused = desk.refused_on("2026-04-21", &format!("envoye e.dument {letter} --le 2026-04-21 --par courriel"));
    assert_eq!(refused["code"], "courrier-perime");
    on("2026-04-21", &format!("envoye e.dument {letter} --le 2026-04-21 --par courriel --confirmer"));
}

#[test]
fn the_letters_of_the_day_are_one_print_with_its_slip() {
    let desk = late_customers();
    // Both are called, and then owe an answer by post: they have no electronic address.
    for client in ["Garage Œuvrard", "Fournil du Port"] {
        desk.on("2026-04-10", &format!(r#"appel e.dument --client "{client}" --issue message"#));
        let bare = format!(
            r#"client e.dument --nom "{client}" --corriger "{client}" --qualite professionnel --adresse "12 rue du Port, 29000 Quimper" --telephone "02 98 11 11 11""#
        );
        desk.on("2026-04-10", &bare);
    }
    let stale = desk.on("2026-04-20", "faire e.dument --tout --sortie rien.pdf");
    assert_keys(&stale, "faits laisses pages");
    assert_eq!(stale["laisses"].as_array().unwrap().len(), 2, "the bank was never looked at: {stale:#}");
    assert!(!desk.path("rien.pdf").exists());

    let batch = desk.on("2026-04-20", "faire e.dument --tout --sortie lot.pdf --confirmer");
    assert_keys(&batch, "faits laisses fichier pages");
    let done = batch["faits"].as_array().unwrap();
    assert_eq!(done.len(), 2, "{batch:#}");
    for step in done {
        assert_keys(step, "client action titre courrier phrase");
    }
    let pages = batch["pages"].as_u64().unwrap();
    // The slip, and each letter on the front of a sheet.
    assert!(pages >= 4 && desk.read("lot.pdf").starts_with(b"%PDF-"));
    if tools(&["pdfinfo", "qpdf"]) {
        assert!(
            desk.tool("pdfinfo lot.pdf")
                .lines()
                .any(|line| { line.strip_prefix("Pages:").is_some_and(|count| count.trim() == pages.to_string()) })
        );
        desk.tool("qpdf --check lot.pdf");
    }
    let agenda = desk.on("2026-04-20", "agenda e.dument");
    assert_eq!(actions(&agenda), [("Fournil du Port", "envoyer"), ("Garage Œuvrard", "envoyer")]);
    let again = desk.on("2026-04-20", "faire e.dument --tout --sortie encore.pdf --confirmer");
    assert_eq!(again["faits"], serde_json::json!([]), "twice the same day changes nothing");
}

#[test]
fn a_customer_with_nothing_to_do_says_why() {
    let desk = late_customers();
    let answer = desk.run(r#"faire e.dument --client "Garage Œuvrard" --date 2026-03-01 --json"#);
    let error = answer.json(FAILED);
    assert_eq!(error["code"], "rien-a-faire");
    assert!(error["message"].as_str().unwrap().contains("F-1"), "{error}");
}

/// A company with two customers who are late.
fn late_customers() -> Desk {
    let desk = Desk::new();
    desk.on("2026-01-02", r#"nouveau e.dument --nom "Menuiserie Kervella" --adresse "4 quai de l’Odet, 29000 Quimper" --iban "FR76 3000 6000 0112 3456 7890 189""#);
    for (client, number, total) in [("Garage Œuvrard", "F-1", "1850"), ("Fournil du Port", "F-2", "640,50")] {
        desk.on("2026-01-02", &format!(r#"client e.dument --nom "{client}" --qualite professionnel --adresse "12 rue du Port, 29000 Quimper" --email client@example.org --telephone "02 98 11 11 11""#));
        desk.on("2026-03-01", &format!(r#"facture e.dument --client "{client}" --numero {number} --emise 2026-03-01 --echeance 2026-04-01 --ttc {total}"#));
    }
    desk
}

/// Returns who there is something to do for and what, by name.
fn actions(agenda: &Value) -> Vec<(&str, &str)> {
    let mut actions: Vec<(&str, &str)> = told(agenda, "client").into_iter().zip(told(agenda, "action")).collect();
    actions.sort_unstable();
    actions
}

fn told<'a>(list: &'a Value, key: &str) -> Vec<&'a str> {
    list.as_array().unwrap().iter().map(|item| item[key].as_str().unwrap()).collect()
}
