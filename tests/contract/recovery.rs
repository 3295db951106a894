//! The commands of recovery: what each answers, and what each refuses.

use serde_json::Value;

use super::assert_keys;
use crate::support::cli::{DONE, Desk};

const GARAGE: &str = "Garage Œuvrard";

/// A company with a customer who is reminded as usual, one who never is without the owner, and three late invoices.
fn company() -> Desk {
    let desk = Desk::new();
    desk.on("2026-01-02", r#"nouveau e.dument --nom "Menuiserie Kervella" --adresse "4 quai de l’Odet, 29000 Quimper" --iban "FR76 3000 6000 0112 3456 7890 189""#);
    desk.on("2026-01-02", r#"client e.dument --nom "Garage Œuvrard" --qualite professionnel --adresse "12 rue du Port, 29000 Quimper" --email garage@example.org --telephone "02 98 11 11 11""#);
    desk.on("2026-01-02", r#"client e.dument --nom "Voilerie du Sillon" --qualite professionnel --adresse "1 quai Est, 29900 Concarneau" --email voilerie@example.org --telephone "02 98 22 22 22" --relance jamais-sans-moi"#);
    for (client, number, due, total) in [
        (GARAGE, "F-1", "2026-03-18", "1850"),
        (GARAGE, "F-2", "2026-04-01", "640,50"),
        ("Voilerie du Sillon", "F-3", "2026-03-25", "300"),
    ] {
        let line = format!(
            r#"facture e.dument --client "{client}" --numero {number} --emise 2026-02-16 --echeance {due} --ttc {total}"#
        );
        desk.on("2026-02-16", &line);
    }
    desk.on("2026-04-10", "banque e.dument --verifiee-au 2026-04-10");
    desk
}

/// Runs a command about the first customer, which must be done, and returns the reference of what it made.
#[track_caller]
fn made(desk: &Desk, day: &str, command: &str, options: &str, key: &str) -> String {
    let answer = desk.on(day, &format!(r#"{command} e.dument --client "{GARAGE}" {options}"#));
    answer[key].as_str().unwrap_or_else(|| panic!("no « {key} » in {answer:#}")).to_owned()
}

fn fact(desk: &Desk, command: &str, options: &str) -> String {
    made(desk, "2026-04-10", command, options, "fait")
}

fn why(desk: &Desk, day: &str, number: &str) -> String {
    let why = desk.on(day, &format!("pourquoi e.dument --facture {number}"));
    why["phrase"].as_str().unwrap().to_owned()
}

/// Returns the keys of an object, in order of the alphabet.
fn keys(view: &Value) -> Vec<&str> {
    view.as_object().unwrap_or_else(|| panic!("not an object: {view}")).keys().map(String::as_str).collect()
}

#[test]
fn the_agenda_says_for_whom_what_why_and_what_stands_in_the_way() {
    let desk = company();
    let agenda = desk.on("2026-04-10", "agenda e.dument");
    let tasks = agenda.as_array().unwrap();
    assert_eq!(tasks.len(), 2);
    for task in tasks {
        assert_keys(task, "client action niveau factures montant devise motifs echeance_action bloquants titre lignes");
        let optional = ["par", "reference", "script"];
        let contract =
            "action bloquants client devise echeance_action factures lignes montant motifs niveau titre".split(' ');
        let told: Vec<&str> = keys(task).into_iter().filter(|key| !optional.contains(key)).collect();
        assert!(told.into_iter().eq(contract), "{task:#}");
        for key in ["motifs", "bloquants", "factures"] {
            assert!(task[key].as_array().unwrap().iter().all(Value::is_string), "{key}: {task:#}");
        }
    }
    let garage = tasks.iter().find(|task| task["client"] == GARAGE).unwrap();
    assert_eq!((&garage["action"], &garage["niveau"]), (&"appel".into(), &"appel".into()));
    assert_eq!(garage["factures"], serde_json::json!(["F-1", "F-2"]));
    assert_eq!((&garage["montant"], &garage["devise"]), (&"2490.50".into(), &"EUR".into()));
    assert!(garage["script"][0].as_str().unwrap().contains("02 98 11 11 11"));
    let voilerie = tasks.iter().find(|task| task["client"] == "Voilerie du Sillon").unwrap();
    assert_eq!(voilerie["factures"], serde_json::json!(["F-3"]));
}

#[test]
fn the_agenda_is_read_at_a_terminal() {
    let desk = company();
    let told = desk.run("agenda e.dument --date 2026-04-10");
    assert_eq!(told.status, DONE);
    for words in ["2 choses à faire", "Garage Œuvrard", "Pourquoi", "À dire", "les factures F-1 et F-2"] {
        assert!(told.stdout.contains(words), "no « {words} » in:\n{}", told.stdout);
    }
    for line in told.stdout.lines() {
        assert!(line.chars().count() <= 100, "too long to be read: {line}");
    }
}

#[test]
fn each_invoice_says_why_it_is_on_the_list_or_not() {
    let desk = company();
    let one = desk.on("2026-04-10", "pourquoi e.dument --facture F-2");
    assert_keys(&one, "facture client aujourdhui phrase prochaine_date politique motifs");
    assert_eq!((&one["facture"], &one["aujourdhui"]), (&"F-2".into(), &true.into()));
    assert!(one["phrase"].as_str().unwrap().starts_with("Facture F-2"));
    let of_one = desk.on("2026-04-10", &format!(r#"pourquoi e.dument --client "{GARAGE}""#));
    assert_eq!(of_one.as_array().unwrap().len(), 2);
    assert_eq!(desk.on("2026-04-10", "pourquoi e.dument").as_array().unwrap().len(), 3);
    assert_eq!(desk.on("2026-03-01", "pourquoi e.dument --facture F-2")["aujourdhui"], false);
}

#[test]
fn a_call_and_the_promise_made_in_it_are_noted_in_one_go() {
    let desk = company();
    let options = r#"--issue joint --avec "Mme Rey" --par Yann --cause tresorerie --dit "Paie à la fin du mois." --facture F-1 F-2 --promet 1000 --pour 2026-04-30"#;
    let answer = desk.on("2026-04-10", &format!(r#"appel e.dument --client "{GARAGE}" {options}"#));
    assert_keys(&answer, "fait promesse");
    assert!(answer["promesse"]["fait"].is_string());
    assert!(why(&desk, "2026-04-11", "F-1").contains("promesse"));
    let only = desk.on("2026-04-11", &format!(r#"appel e.dument --client "{GARAGE}" --issue message"#));
    assert_keys(&only, "fait");
    assert!(only.get("promesse").is_none());
}

#[test]
fn a_call_stays_noted_when_its_promise_is_refused_and_the_refusal_says_so() {
    let desk = company();
    let line = format!(r#"appel e.dument --client "{GARAGE}" --issue joint --promet 0 --pour 2026-04-30"#);
    let error = desk.refused_on("2026-04-10", &line);
    let journal = desk.on("2026-04-10", "journal e.dument");
    let call = journal.as_array().unwrap().last().unwrap();
    assert_eq!(call["nature"], "contact_logged");
    let hint = error["hint"].as_str().unwrap();
    assert!(hint.contains(&format!("fait n° {}", call["fait"].as_str().unwrap())), "{hint}");
}

#[test]
fn a_note_reminds_that_the_customer_may_ask_to_read_it() {
    let desk = company();
    let note = desk.on("2026-04-10", &format!(r#"note e.dument --client "{GARAGE}" --dit "Passé au comptoir.""#));
    assert_keys(&note, "fait avertissements");
    assert_eq!(note["avertissements"][0]["code"], "faits-objectifs");
    for nature in ["courriel", "lettre", "rencontre", "sms", "decision"] {
        fact(&desk, "note", &format!("--dit Vu --nature {nature}"));
    }
    fact(&desk, "note", r#"--dit "On attend." --decision"#);
}

#[test]
fn what_suspends_reminders_is_noted_then_lifted() {
    let desk = company();
    let on = |line: &str| desk.on("2026-04-12", &format!("{line} --motif Réglé"));
    let hold = fact(&desk, "suspendre", "--facture F-1 --jusqu-au 2026-05-31 --motif Deuil");
    assert!(why(&desk, "2026-04-11", "F-1").contains("Deuil"));
    on(&format!("suspendre e.dument --lever {hold}"));
    assert!(!why(&desk, "2026-04-12", "F-1").contains("Deuil"));

    let given = fact(&desk, "confier", r#"--a agence --nom "Recouvrest" --reference R-7 --le 2026-04-10"#);
    assert!(why(&desk, "2026-04-11", "F-1").contains("Recouvrest"));
    on(&format!("confier e.dument --reprendre {given} --le 2026-04-12"));
    assert!(!why(&desk, "2026-04-12", "F-1").contains("Recouvrest"));

    let dispute = fact(&desk, "litige", r#"--facture F-1 --motif qualite --montant 400 --dit "Porte rayée""#);
    let closed = format!(r#"litige e.dument --clore {dispute} --issue infondee --motif-cloture "Photos du chantier""#);
    assert_keys(&desk.on("2026-04-12", &closed), "fait");

    let opened = fact(
        &desk,
        "procedure-collective",
        r#"--nature redressement --jugement 2026-04-08 --bodacc 2026-04-09 --tribunal Quimper --mandataire "Me Le Goff""#,
    );
    let agenda = desk.on("2026-04-10", "agenda e.dument");
    let declare = agenda.as_array().unwrap().iter().find(|task| task["action"] == "declarer-creance").unwrap();
    assert_eq!(declare["client"], GARAGE);
    desk.refused_on("2026-04-10", &format!(r#"faire e.dument --client "{GARAGE}""#));
    on(&format!("procedure-collective e.dument --cloturer {opened} --le 2026-04-12"));
    let agenda = desk.on("2026-04-12", "agenda e.dument");
    assert!(agenda.as_array().unwrap().iter().all(|task| task["action"] != "declarer-creance"));
}

#[test]
fn a_due_date_a_debit_and_a_reception_are_noted() {
    let desk = company();
    fact(
        &desk,
        "reporter",
        "--facture F-1 --au 2026-05-20 --motif Accord --interets-depuis origine --reprendre-au-debut",
    );
    assert_eq!(desk.on("2026-04-11", "pourquoi e.dument --facture F-1")["aujourdhui"], false);
    fact(&desk, "prelevement", "--facture F-2 --le 2026-04-25 --rejet-possible 5");
    assert!(why(&desk, "2026-04-20", "F-2").contains("prélèvement"));
    fact(&desk, "reception", r#"--facture F-2 --le 2026-02-17 --moyen "accusé de lecture""#);
    let said = desk.on("2026-04-10", &format!(r#"historique e.dument --client "{GARAGE}""#));
    assert!(said.as_array().unwrap().iter().any(|event| event["quoi"].as_str().unwrap().contains("accusé de lecture")));
}

#[test]
fn a_plan_is_seen_then_agreed_then_listed() {
    let desk = company();
    let before = desk.on("2026-04-10", "journal e.dument");
    let plan = |options: &str| desk.on("2026-04-10", &format!(r#"plan e.dument --client "{GARAGE}" {options}"#));
    let seen = plan("--facture F-1 --versements 3 --premier 2026-05-15 --tous-les 2 --apercu vu.pdf");
    assert!(seen.get("plan").is_none() && desk.read("vu.pdf").starts_with(b"%PDF-"));
    assert_eq!(desk.on("2026-04-10", "journal e.dument"), before, "a plan that is only seen is not recorded");
    let dates: Vec<&Value> = seen["echeances"].as_array().unwrap().iter().map(|line| &line["le"]).collect();
    assert_eq!(dates, ["2026-05-15", "2026-07-15", "2026-09-15"]);

    let agreed =
        plan("--versement 2026-05-15:1000,00 2026-06-15 --decheance 8 --sans-interets-si-respecte --sortie accord.pdf");
    assert_keys(&agreed, "plan courrier client factures le total devise recu etat echeances");
    assert_keys(&agreed["echeances"][0], "le montant recu etat");
    assert_eq!(agreed["echeances"][0]["montant"], "1000.00");
    assert!(desk.read("accord.pdf").starts_with(b"%PDF-"));
    let all = desk.on("2026-04-11", "plan e.dument");
    assert_eq!(all[0]["plan"], agreed["plan"]);
    let number = agreed["plan"].as_str().unwrap();
    let lapsed = desk.refused_on("2026-06-20", &format!("plan e.dument --dechoir {number}"));
    assert_eq!(lapsed["code"], "decheance-sans-avis");
}

#[test]
fn the_bank_is_checked_and_its_credits_are_matched_or_set_aside() {
    let desk = company();
    let credit = |sum: &str| {
        let line = format!(r#"banque e.dument --credit {sum} --le 2026-04-09 --libelle "VIR 12""#);
        desk.on("2026-04-10", &line)["fait"].as_str().unwrap().to_owned()
    };
    let (paid, other) = (credit("640,50"), credit("12"));
    let bank = desk.on("2026-04-10", "banque e.dument");
    assert_keys(&bank, "verifiee_au credits");
    assert_eq!(bank["verifiee_au"], "2026-04-10");
    assert_keys(&bank["credits"][0], "credit le montant devise libelle");
    fact(&desk, "encaisser", &format!("--montant 640,50 --recu 2026-04-09 --facture F-2 --credit {paid}"));
    desk.on("2026-04-10", &format!(r#"banque e.dument --ecarter {other} --motif "Remboursement d’assurance""#));
    assert_eq!(desk.on("2026-04-10", "banque e.dument")["credits"], serde_json::json!([]));
}

#[test]
fn a_policy_is_written_out_edited_tried_adopted_and_assigned() {
    let desk = company();
    let on = |line: &str| desk.on("2026-04-10", line);
    let policies = on("politique e.dument");
    assert_eq!(policies.as_array().unwrap().len(), 4);
    assert_keys(&policies[0], "nom version adoptee_le pour clients niveaux prudence");
    assert_keys(&policies[0]["niveaux"][0], "nom titre quand canal ton modele delai reclame");

    assert_keys(&on("politique e.dument --modele professionnel --sortie p.toml"), "fichier");
    let model = String::from_utf8(desk.read("p.toml")).unwrap();
    let shown = on("politique e.dument --modele professionnel");
    assert_eq!(shown["texte"].as_str().unwrap(), model);
    assert_eq!(
        desk.refused_on("2026-04-10", "politique e.dument --modele public --sortie p.toml")["code"],
        "existe-deja"
    );
    desk.write("p.toml", model.replace("jours = 8", "jours = 5"));

    let before = on("journal e.dument");
    assert_keys(&on("politique e.dument --fichier p.toml --apercu"), "phrase essai");
    assert_keys(&on("politique e.dument --simuler 30"), "du au politique totaux phrase hypothese etapes");
    assert_keys(&on("politique e.dument --simuler 30 --avec p.toml"), "politique etapes");
    let compared = on("politique e.dument --simuler 30 --comparer p.toml");
    assert!(["a", "b", "ecarts", "phrase"].iter().all(|key| compared.get(key).is_some()), "{compared:#}");
    assert_keys(&on("politique e.dument --imprimer p.pdf"), "fichier");
    assert!(desk.read("p.pdf").starts_with(b"%PDF-"));
    assert_eq!(on("journal e.dument"), before, "trying and printing record nothing");

    let adopted = on("politique e.dument --fichier p.toml");
    assert_keys(&adopted, "fait politique phrase");
    fact(&desk, "politique", r#"--affecter Professionnels --motif "Client habituel""#);
    let jumped = fact(
        &desk,
        "politique",
        r#"--facture F-1 --echeance 1 --passer-a relance-2 --motif "Déjà relancé par téléphone""#,
    );
    let history = on(&format!(r#"historique e.dument --client "{GARAGE}""#));
    assert!(history.as_array().unwrap().iter().any(|event| event["fait"] == jumped.as_str()));
    desk.write("faux.toml", "nom = ");
    assert_eq!(desk.refused_on("2026-04-10", "politique e.dument --fichier faux.toml")["code"], "politique-illisible");
    assert_eq!(desk.refused_on("2026-04-10", "politique e.dument --fichier absent.toml")["code"], "fichier-absent");
}

#[test]
fn a_new_policy_that_is_nobodys_rule_yet_is_checked_all_the_same() {
    let desk = company();
    let shown = desk.on("2026-04-10", "politique e.dument --modele menager");
    let text = shown["texte"].as_str().unwrap().replace("Relation à ménager", "Famille");
    desk.write("famille.toml", text);
    let checked = desk.on("2026-04-10", "politique e.dument --fichier famille.toml --apercu");
    assert!(checked["essai"].is_null(), "{checked:#}");
    desk.on("2026-04-10", "politique e.dument --fichier famille.toml");
}

#[test]
fn the_days_to_come_go_into_another_calendar() {
    let desk = company();
    let written = desk.on("2026-04-10", "ics e.dument --sortie a.ics");
    assert_keys(&written, "fichier evenements");
    let text = String::from_utf8(desk.read("a.ics")).unwrap();
    assert!(text.starts_with("BEGIN:VCALENDAR\r\n"));
    assert_eq!(text.matches("BEGIN:VEVENT").count(), usize::try_from(written["evenements"].as_u64().unwrap()).unwrap());
}

#[test]
fn every_model_of_letter_is_known_and_the_new_ones_are_drawn_up() {
    let desk = company();
    let letter = |day: &str, options: &str| {
        let line = format!(r#"courrier e.dument --client "{GARAGE}" {options} --apercu l.pdf"#);
        desk.on(day, &line)
    };
    assert_eq!(letter("2026-03-10", "--modele rappel-avant-echeance")["modele"], "rappel-echeance");
    letter("2026-04-10", r#"--modele relance-amiable --ton cordial --note "Merci de votre fidélité.""#);
    letter("2026-04-10", "--modele relance-ferme --ton ferme");
    letter("2026-04-10", "--modele dernier-avis --ton neutre");
    let call = fact(&desk, "appel", r#"--issue joint --dit "Paiera.""#);
    letter("2026-04-10", &format!("--modele confirmation-entretien --a-propos {call}"));
    fact(&desk, "promesse", "--montant 500 --pour 2026-04-15 --le 2026-04-10 --facture F-1 --moyen SMS --devise EUR");
    let nothing = desk.refused_on(
        "2026-04-12",
        &format!(r#"courrier e.dument --client "{GARAGE}" --modele relance-promesse --emettre"#),
    );
    assert_eq!(nothing["code"], "rien-a-citer");
    letter("2026-04-20", "--modele relance-promesse");
    let dispute = fact(&desk, "litige", "--facture F-2 --motif prix --montant 100");
    letter(
        "2026-04-10",
        &format!(r#"--modele reponse-contestation --a-propos {dispute} --note "Le prix est celui du devis.""#),
    );
    made(&desk, "2026-04-10", "plan", "--versements 2 --premier 2026-05-15", "plan");
    letter("2026-04-10", "--modele accord-echeancier");
}

#[test]
fn what_is_refused_says_why() {
    let desk = company();
    let on = "2026-04-10";
    for (line, code) in [
        ("pourquoi e.dument --facture F-99", "facture-inconnue"),
        ("pourquoi e.dument --client Personne", "client-inconnu"),
        ("historique e.dument --client Personne", "client-inconnu"),
        ("faire e.dument --client Personne", "client-inconnu"),
        ("litige e.dument --clore 1 --issue fondee --motif-cloture M", "reference-inconnue"),
        ("suspendre e.dument --lever 1 --motif M", "reference-inconnue"),
        ("confier e.dument --reprendre rien --motif M", "reference-illisible"),
        (r#"politique e.dument --client "Garage Œuvrard" --affecter Inconnue --motif M"#, "politique-inconnue"),
        (
            r#"politique e.dument --client "Garage Œuvrard" --facture F-1 --passer-a huissier --motif M"#,
            "niveau-inconnu",
        ),
        ("banque e.dument --credit 10 --le demain", "date-illisible"),
    ] {
        assert_eq!(desk.refused_on(on, line)["code"], code, "{line}");
    }
}
