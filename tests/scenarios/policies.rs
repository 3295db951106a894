//! The owner's own rules: he tries them on his ledger, adopts them, moves what runs, and prints them.

use dument_workflows::Office;
use dument_workflows::agenda::explain;
use dument_workflows::arrangements::set_hold;
use dument_workflows::debtors::{DebtorEntry, add_debtor};
use dument_workflows::gestures::grant_waiver;
use dument_workflows::policies::{
    AssignmentEntry, JumpEntry, adopt_policy, assign_policy, compare, jump_level, list_policies, policy_file,
    print_policy, show_policy, simulate,
};
use dument_workflows::words::{Channel, Handling, Standing, WaiverObject};

use crate::support::cli::{Desk, tools};
use crate::support::office::{
    CLIENT, bill, company_with, customer, day, head, invoice, look_at_bank, noon, only_task, plain, remind, why,
};

/// The policy for professionals, with its friendly reminder at another day.
fn friendly_at(office: &Office, days: &str) -> String {
    let file = policy_file(office, "Professionnels").unwrap();
    file.replace("jours = 8\n", &format!("jours = {days}\n"))
}

fn adopt(office: &mut Office, text: &str, on: &str) -> String {
    plain(&adopt_policy(office, text.as_bytes(), &noon(day(on))).unwrap().sentence)
}

fn assign(office: &mut Office, invoice: Option<&str>, policy: &str, on: &str) -> String {
    let entry = AssignmentEntry {
        debtor: CLIENT.to_owned(),
        invoice: invoice.map(str::to_owned),
        policy: policy.to_owned(),
        reason: "Nouvelles étapes convenues avec lui.".to_owned(),
    };
    plain(&assign_policy(office, &entry, &noon(day(on))).unwrap().sentence)
}

#[test]
fn an_edited_file_becomes_a_version_and_the_rule_for_its_customers() {
    let mut office = company_with(Standing::Professional);
    bill(&mut office, invoice("F-1", "2026-03-31", "1000"));
    let text = friendly_at(&office, "12");
    assert_eq!(adopt(&mut office, &text, "2026-03-02"), "« Professionnels », version 2, est adoptée.");
    assert_eq!(policy_file(&office, "professionnels").unwrap(), text, "what is adopted is written out as it was read");

    let policy = show_policy(&office, "PROFESSIONNELS", day("2026-03-02")).unwrap();
    assert_eq!((policy.version, policy.adopted_on), (2, Some(day("2026-03-02"))));
    assert_eq!((policy.rule_for.as_slice(), policy.debtors, policy.cases), (["professionnel"].as_slice(), 1, 1));
    let when: Vec<&str> = policy.levels.iter().map(|level| level.when.as_str()).collect();
    assert_eq!(when, ["J−5", "J+1", "J+12", "J+20", "J+35", "J+50"]);

    let again = adopt_policy(&mut office, text.as_bytes(), &noon(day("2026-03-03"))).unwrap_err();
    assert_eq!(again.code, "politique-inchangee");
    let names: Vec<String> = list_policies(&office, day("2026-03-03")).into_iter().map(|it| it.name).collect();
    assert_eq!(names, ["Consommateurs", "Organismes publics", "Relation à ménager", "Professionnels"]);
}

#[test]
fn another_spelling_of_the_name_is_the_same_policy() {
    let mut office = company_with(Standing::Professional);
    let text = friendly_at(&office, "12").replace("nom = \"Professionnels\"", "nom = \"PROFESSIONNELS\"");
    assert_eq!(adopt(&mut office, &text, "2026-03-02"), "« Professionnels », version 2, est adoptée.");
    assert_eq!(list_policies(&office, day("2026-03-02")).len(), 4);
}

#[test]
fn k31_a_running_case_keeps_its_version_until_it_is_moved() {
    let mut office = company_with(Standing::Professional);
    bill(&mut office, invoice("F-1", "2026-03-31", "1000"));
    bill(&mut office, invoice("F-2", "2026-05-05", "500"));
    let first = friendly_at(&office, "5").replace("jours = 1\n", "jours = 1\narchive = true\n");
    adopt(&mut office, &first, "2026-03-02");
    remind(&mut office, "2026-04-06", Channel::Letter);

    let second = first.replace("jours = 20\n", "jours = 30\n");
    let told = adopt(&mut office, &second, "2026-04-07");
    assert_eq!(
        told,
        "« Professionnels », version 3, est adoptée. 1 échéance en cours garde la version précédente jusqu’à ce que vous \
         affectiez celle-ci au client."
    );
    // F-1 was reminded under version 2: its firm reminder stays at J+20. F-2 has not begun: it follows version 3.
    assert_eq!(explain(&office, "F-1", day("2026-04-10")).unwrap().next, Some(day("2026-04-20")));
    assert_eq!(only_task(&office, "2026-04-20").title, "Relance ferme");

    assert_eq!(
        assign(&mut office, None, "Professionnels", "2026-04-10"),
        "« Professionnels », version 3 : 1 échéance déplacée."
    );
    assert_eq!(explain(&office, "F-1", day("2026-04-10")).unwrap().next, Some(day("2026-04-30")));
    let policy = show_policy(&office, "Professionnels", day("2026-04-10")).unwrap();
    assert_eq!((policy.cases, policy.earlier_cases), (2, 0));
}

#[test]
fn k37_a_level_that_was_used_is_archived_and_never_deleted() {
    let mut office = company_with(Standing::Professional);
    bill(&mut office, invoice("F-1", "2026-03-31", "1000"));
    let text = friendly_at(&office, "5").replace("jours = 1\n", "jours = 1\narchive = true\n");
    adopt(&mut office, &text, "2026-03-02");
    remind(&mut office, "2026-04-06", Channel::Letter);
    let before = head(&office);

    let without = without_level(&text, "relance-1");
    let refused = adopt_policy(&mut office, without.as_bytes(), &noon(day("2026-04-07"))).unwrap_err();
    assert_eq!(refused.code, "niveau-utilise");
    assert_eq!(
        plain(&refused.message),
        "Le niveau « relance-1 » a déjà servi : archivez-le (archive = true) au lieu de le supprimer."
    );
    assert_eq!(head(&office), before);
    let trial = simulate(&office, Some(without.as_bytes()), 30, day("2026-04-07")).unwrap_err();
    assert_eq!(trial.code, "niveau-utilise", "what cannot be adopted is not tried out either");

    // A level that nobody ever reached may go, and a used one may be archived.
    adopt(&mut office, &without_level(&text, "decision"), "2026-04-07");
    let archived = without_level(&text, "decision").replace("jours = 5\n", "jours = 5\narchive = true\n");
    adopt(&mut office, &archived, "2026-04-07");
}

/// Cuts a level out of a file.
fn without_level(text: &str, name: &str) -> String {
    let levels = text.split("\n[[niveau]]\n").filter(|level| !level.starts_with(&format!("nom = \"{name}\"")));
    levels.collect::<Vec<_>>().join("\n[[niveau]]\n")
}

#[test]
fn a_policy_is_tried_on_the_real_ledger_which_does_not_move() {
    let mut office = company_with(Standing::Professional);
    let other = customer("Voilerie du Sillon", Standing::Consumer);
    add_debtor(&mut office, other, &noon(day("2026-01-05"))).unwrap();
    bill(&mut office, invoice("F-1", "2026-03-31", "1000"));
    let mut theirs = invoice("F-2", "2026-03-31", "300");
    theirs.debtor = "Voilerie du Sillon".to_owned();
    bill(&mut office, theirs);
    let before = head(&office);

    // From April 1st: a call each, the friendly reminders on the 8th, the firm ones on the 20th: neither customer has an
    // electronic address, so all of it goes by post.
    let now = simulate(&office, None, 30, day("2026-04-01")).unwrap();
    assert_eq!(
        plain(&now.sentence),
        "Avec vos politiques actuelles, dans les 30 prochains jours : 2 appels, 4 lettres."
    );
    let totals: Vec<_> = now.totals.iter().map(|total| (total.means, total.level.as_str(), total.count)).collect();
    assert_eq!(totals, [("appel", "Appel", 2), ("lettre", "Relance amiable", 2), ("lettre", "Relance ferme", 2)]);
    assert_eq!((now.from, now.through), (day("2026-04-01"), day("2026-04-30")));
    assert_eq!((now.steps[0].on, now.steps.len()), (day("2026-04-01"), 6));

    // A trial for professionals leaves the consumer under his own policy.
    let trial =
        friendly_at(&office, "2").replace("jours = 20\n", "jours = 10\n").replace("jours = 35\n", "jours = 20\n");
    let tried = simulate(&office, Some(trial.as_bytes()), 30, day("2026-04-01")).unwrap();
    assert_eq!(
        plain(&tried.sentence),
        "Avec cette politique, dans les 30 prochains jours : 2 appels, 4 lettres, 1 mise en demeure."
    );

    let compared = compare(&office, (None, Some(trial.as_bytes())), 30, day("2026-04-01")).unwrap();
    assert_eq!(
        plain(&compared.sentence),
        "Dans les 30 prochains jours, 6 actions avec vos politiques actuelles, 7 actions avec « Professionnels » : \
         1 recommandé de plus."
    );
    assert_eq!((compared.a.count, compared.b.count), (6, 7));
    let differences: Vec<_> = compared.differences.iter().map(|it| (it.means, it.a, it.b, it.difference)).collect();
    assert_eq!(differences, [("appel", 2, 2, 0), ("lettre", 4, 4, 0), ("lrar", 0, 1, 1)]);
    assert_eq!(head(&office), before, "a trial records nothing");
}

#[test]
fn what_is_foreseen_is_what_is_then_done() {
    let mut office = company_with(Standing::Professional);
    bill(&mut office, invoice("F-1", "2026-03-31", "1000"));
    let text = friendly_at(&office, "8").replace("jours = 1\n", "jours = 1\narchive = true\n");
    adopt(&mut office, &text, "2026-03-02");
    let foreseen = simulate(&office, None, 40, day("2026-04-01")).unwrap();
    for step in &foreseen.steps {
        let on = step.on.to_string();
        assert_eq!(only_task(&office, &on).title, step.level);
        let channel = if step.means == "lrar" { Channel::Lrar } else { Channel::Letter };
        remind(&mut office, &on, channel);
    }
    let levels: Vec<&str> = foreseen.steps.iter().map(|step| step.level.as_str()).collect();
    assert_eq!(levels, ["Relance amiable", "Relance ferme", "Mise en demeure"]);
}

#[test]
fn a_level_is_chosen_at_once_and_still_waits_for_the_delay_already_left() {
    let mut office = company_with(Standing::Professional);
    bill(&mut office, invoice("F-1", "2026-03-31", "1000"));
    let text = friendly_at(&office, "5").replace("jours = 1\n", "jours = 1\narchive = true\n");
    adopt(&mut office, &text, "2026-03-02");
    remind(&mut office, "2026-04-06", Channel::Letter);
    // Posted on the 6th, arrived on the 9th, eight days left: nothing before the 17th.
    let jumped = jump(&mut office, "mise-en-demeure", "2026-04-07").unwrap();
    assert_eq!((jumped.level.as_str(), jumped.from), ("Mise en demeure", Some(day("2026-04-17"))));
    assert!(plain(&jumped.sentence).starts_with("L’étape « Mise en demeure » pourra être faite le 17 avril 2026 : "));
    assert!(why(&office, "F-1", "2026-04-16").contains("rien avant le 17 avril 2026"));
    assert_eq!(only_task(&office, "2026-04-17").title, "Mise en demeure");

    let behind = jump(&mut office, "relance-1", "2026-04-08").unwrap_err();
    assert_eq!(behind.code, "niveau-passe");
    let unknown = jump(&mut office, "huissier", "2026-04-08").unwrap_err();
    assert_eq!(
        plain(&unknown.hint),
        "Choisissez l’un de ceux-ci : rappel, relance-1, relance-2, mise-en-demeure, decision."
    );
}

fn jump(
    office: &mut Office,
    level: &str,
    on: &str,
) -> Result<dument_workflows::policies::Jumped, dument_workflows::Error> {
    let entry = JumpEntry {
        debtor: CLIENT.to_owned(),
        invoice: "F-1".to_owned(),
        instalment: None,
        level: level.to_owned(),
        reason: "Il quitte la région.".to_owned(),
    };
    jump_level(office, &entry, &noon(day(on)))
}

#[test]
fn the_printed_policy_says_the_settings_the_law_and_the_exceptions() {
    if !tools(&["pdftotext"]) {
        return;
    }
    let mut office = company_with(Standing::Professional);
    let kept = customer("Voilerie du Sillon", Standing::Professional);
    add_debtor(&mut office, DebtorEntry { handling: Handling::WithCare, ..kept }, &noon(day("2026-01-05"))).unwrap();
    bill(&mut office, invoice("F-1", "2026-03-31", "1000"));
    bill(&mut office, invoice("F-2", "2026-03-31", "200"));
    let first = words_of_policy(&office, "2026-04-01");
    assert_says(
        &first,
        &["Version 1, en vigueur le 1er avril 2026", "telle que fournie avec le programme", "J+8 Relance amiable"],
    );

    let text = friendly_at(&office, "6").replace("entre_deux_courriers = 3", "entre_deux_courriers = 4");
    adopt(&mut office, &text, "2026-04-02");
    look_at_bank(&mut office, "2026-04-02");
    jump(&mut office, "relance-2", "2026-04-03").unwrap();
    assign(&mut office, Some("F-2"), "Relation à ménager", "2026-04-04");
    set_hold(
        &mut office,
        (CLIENT, &["F-2".to_owned()]),
        day("2026-05-15"),
        "Congés du client.",
        &noon(day("2026-04-05")),
    )
    .unwrap();
    let gesture = (day("2026-04-06"), "Premier retard en dix ans.");
    grant_waiver(&mut office, (CLIENT, "F-1"), WaiverObject::Indemnity, gesture, &noon(day("2026-04-06"))).unwrap();

    let before = head(&office);
    let printed = words_of_policy(&office, "2026-04-20");
    assert_eq!(head(&office), before, "printing records nothing");
    assert_says(
        &printed,
        &[
            "Version 2, en vigueur le 2 avril 2026",
            "J+6 Relance amiable",
            "« Professionnels », version 2 adoptée le 2 avril 2026 : les clients professionnels.",
            "« Relation à ménager », version 1, telle que fournie avec le programme",
            "au moins 4 jours (« Professionnels »)",
            "BODACC",
            "imprimé le 20 avril 2026",
            "le paiement à 30 jours (code de la commande publique, articles L2192-10 et R2192-10)",
            "indemnité forfaitaire pour frais de recouvrement de 40,00 € par facture",
            "majoré de 10 points",
            "45 jours fin de mois",
            "une facture du 10 avril 2026 est payable le 31 mai 2026",
            "Réserve de propriété",
            "Médiateur du commerce",
            "Facture F-1 : passage direct à l’étape",
            "Il quitte la région.",
            "Facture F-2 : politique « Relation à",
            "Facture F-2 : relances en attente",
            "Congés du client.",
            "Facture F-1 : indemnité forfaitaire",
            "Premier retard en dix ans.",
            "Relation à ménager : étapes adoucies",
        ],
    );
}

/// Prints the policies on a day and returns the words as another program reads them, every space a plain one.
fn words_of_policy(office: &Office, on: &str) -> String {
    let desk = Desk::new();
    print_policy(office, &noon(day(on)), &desk.path("politique.pdf")).unwrap();
    let text = desk.tool("pdftotext -layout politique.pdf -");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn assert_says(text: &str, expected: &[&str]) {
    for sentence in expected {
        assert!(text.contains(sentence), "« {sentence} » is not in the policy: {text}");
    }
}
