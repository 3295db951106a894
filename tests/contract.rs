//! The contract of the command line: every command, option, exit code and JSON key that another program may count on.

mod day;
mod recovery;

use serde_json::Value;

use crate::support::cli::{DONE, Desk, FAILED, USAGE, assert_is_an_error};

/// The commands of the contract and the options of each, without those that every command has.
const COMMANDS: &[(&str, &str)] = &[
    ("nouveau", "nom siren adresse iban bic email telephone forme capital rcs tva mediateur"),
    ("client", "nom qualite siren adresse email telephone delai taux-convenu imputation relance"),
    ("clients", ""),
    ("facture", "client numero emise echeance ttc ht tva devise livree taux-convenu"),
    ("avoir", "client numero emise ttc"),
    ("factures", ""),
    ("lire", ""),
    ("importer", "apercu"),
    ("encaisser", "client montant recu moyen facture reference credit"),
    ("banque", "verifiee-au credit le devise libelle ecarter motif"),
    ("reception", "client facture le moyen preuve"),
    ("decompte", "client facture au"),
    ("agenda", ""),
    ("pourquoi", "client facture"),
    ("faire", "client tout sortie confirmer"),
    (
        "politique",
        "fichier apercu modele sortie imprimer simuler avec comparer client facture affecter passer-a echeance motif",
    ),
    ("appel", "client issue le avec par cause dit facture promet pour"),
    ("note", "client dit nature decision le avec par cause facture"),
    ("promesse", "client montant pour le facture moyen devise"),
    ("litige", "client facture motif montant le dit clore issue motif-cloture"),
    (
        "plan",
        "client facture versements premier tous-les versement decheance sans-interets-si-respecte le apercu sortie dechoir",
    ),
    ("suspendre", "client facture jusqu-au motif lever"),
    ("reporter", "client facture au motif echeance interets-depuis reprendre-au-debut preuve"),
    ("prelevement", "client facture le rejet-possible"),
    ("confier", "client facture a nom reference le reprendre motif"),
    ("procedure-collective", "client nature jugement bodacc tribunal mandataire cloturer motif le"),
    ("historique", "client"),
    ("ics", "sortie"),
    ("courrier", "client modele apercu emettre sortie ton note a-propos"),
    ("envoye", "le par numero confirmer"),
    ("recu", "le resultat"),
    ("piece", "client facture nature titre"),
    ("pieces", ""),
    ("dossier", "client sortie"),
    ("journal", ""),
    ("annuler", "motif"),
    ("verifier", ""),
    ("sauvegarder", ""),
    ("restaurer", ""),
];

/// The words that an option takes.
const WORDS: &[(&str, &str, &str)] = &[
    ("client", "qualite", "professionnel consommateur public"),
    ("client", "imputation", "interets principal"),
    ("client", "relance", "normale menagee jamais-sans-moi par-etape aucune"),
    (
        "courrier",
        "modele",
        "rappel-echeance relance-amiable relance-ferme relance-promesse mise-en-demeure dernier-avis releve \
         confirmation-entretien reponse-contestation accord-echeancier",
    ),
    ("courrier", "ton", "cordial neutre ferme"),
    ("envoye", "par", "lettre lrar lre courriel"),
    ("recu", "resultat", "presente distribue non-reclame refuse revenu"),
    ("appel", "issue", "joint message injoignable mauvais-numero"),
    (
        "appel",
        "cause",
        "oubli tresorerie litige-qualite litige-livraison litige-prix litige-commande litige-autre non-recue \
         administratif validation mauvaise-foi",
    ),
    ("note", "nature", "note courriel lettre rencontre sms decision"),
    ("litige", "motif", "qualite livraison prix commande autre"),
    ("litige", "issue", "fondee partielle infondee accord"),
    ("reporter", "interets-depuis", "origine nouvelle"),
    ("confier", "a", "agence assureur affactureur commissaire avocat"),
    ("procedure-collective", "nature", "sauvegarde redressement liquidation"),
    ("piece", "nature", "contrat devis commande livraison cgv facture courrier accuse echange autre"),
];

#[test]
fn every_command_of_the_contract_has_its_options() {
    let desk = Desk::new();
    for (command, options) in COMMANDS {
        let help = desk.run(&format!("{command} --aide"));
        assert_eq!(help.status, DONE, "{command}: {}", help.stderr);
        for option in options.split_whitespace().chain(["json", "date"]) {
            assert!(help.stdout.contains(&format!("--{option}")), "{command} has no --{option}:\n{}", help.stdout);
        }
    }
}

#[test]
fn every_word_that_an_option_takes_is_known_and_no_other() {
    let desk = Desk::new();
    for (command, option, words) in WORDS {
        let refused = desk.run(&format!("{command} e.dument --{option} autrement")).stderr;
        for word in words.split_whitespace() {
            assert!(refused.contains(word), "{command} --{option} does not take {word}: {refused}");
        }
        let offered = refused.split_once("parmi ").unwrap().1.lines().next().unwrap().split(", ").count();
        assert_eq!(offered, words.split_whitespace().count(), "{command} --{option}: {refused}");
    }
}

#[test]
fn a_command_that_is_badly_written_exits_with_two_and_says_how_to_write_it() {
    let desk = Desk::new();
    for line in [
        "",
        "payer e.dument",
        "clients",
        "clients e.dument --inconnue",
        "client e.dument --nom X --qualite riche",
        "client e.dument --nom X --qualite public --delai bientôt",
        "client e.dument --nom X --nom Y --qualite public",
        "facture e.dument --client X",
        "courrier e.dument --client X --modele releve",
        "courrier e.dument --client X --modele releve --emettre --apercu a.pdf",
        "lire",
        "pourquoi e.dument --client X --facture F-1",
        "faire e.dument",
        "faire e.dument --tout",
        "faire e.dument --tout --client X --sortie lot.pdf",
        "politique e.dument --apercu",
        "politique e.dument --simuler 0",
        "politique e.dument --simuler 30 --imprimer p.pdf",
        "politique e.dument --client X",
        "politique e.dument --client X --affecter Professionnels",
        "politique e.dument --client X --passer-a relance-2 --motif M",
        "appel e.dument --client X",
        "appel e.dument --client X --issue joint --promet 100",
        "note e.dument --client X",
        "note e.dument --client X --dit Y --nature sms --decision",
        "promesse e.dument --client X --montant 100",
        "litige e.dument --client X --facture F-1",
        "litige e.dument --clore 9 --issue fondee",
        "litige e.dument --clore 9 --issue fondee --motif-cloture M --client X",
        "plan e.dument --client X --versements 3",
        "plan e.dument --client X --versements 0 --premier 2026-10-01",
        "plan e.dument --client X --versements 3 --premier 2026-10-01 --versement 2026-10-01",
        "plan e.dument --client X --sortie p.pdf",
        "suspendre e.dument --client X --motif M",
        "suspendre e.dument --lever 9",
        "reporter e.dument --client X --facture F-1 --au 2026-10-01",
        "prelevement e.dument --client X --le 2026-10-01",
        "confier e.dument --client X --a avocat",
        "confier e.dument --reprendre 9",
        "procedure-collective e.dument --client X --nature liquidation",
        "banque e.dument --credit 10",
        "banque e.dument --ecarter 9",
        "banque e.dument --verifiee-au 2026-10-01 --ecarter 9 --motif M",
        "ics e.dument",
    ] {
        let plain = desk.run(line);
        assert_eq!((plain.status, plain.stdout.as_str()), (USAGE, ""), "{line}");
        assert!(!plain.stderr.is_empty(), "{line}");
        let told = desk.run(&format!("{line} --json"));
        assert_is_an_error(&told.json(USAGE), line);
        assert!(!told.stderr.contains("error:"), "{line} is refused in English: {}", told.stderr);
    }
}

#[test]
fn a_refusal_exits_with_one_and_says_what_to_do() {
    let desk = Desk::new();
    company(&desk);
    desk.write("vide.txt", "");
    let refusals = [
        ("nouveau e.dument --nom Encore", "existe-deja"),
        (r#"nouveau autre.dument --nom " ""#, "nom-absent"),
        ("clients absent.dument", "introuvable"),
        ("decompte e.dument --client Personne", "client-inconnu"),
        (r#"decompte e.dument --client "Garage Œuvrard" --facture F-9"#, "facture-inconnue"),
        (r#"decompte e.dument --client "Garage Œuvrard" --au demain"#, "date-illisible"),
        (r#"encaisser e.dument --client "Garage Œuvrard" --montant dix --recu 2026-07-10"#, "montant-illisible"),
        (r#"encaisser e.dument --client "Garage Œuvrard" --montant 0 --recu 2026-07-10"#, "montant-impossible"),
        (r#"facture e.dument --client "Garage Œuvrard" --numero F-1 --emise 2026-04-16 --ttc 10"#, "numero-existe"),
        (
            r#"facture e.dument --client "Garage Œuvrard" --numero F-2 --emise 2026-04-16 --ttc 10 --devise ???"#,
            "devise-inconnue",
        ),
        (r#"client e.dument --nom "garage œuvrard" --qualite professionnel"#, "client-existe"),
        ("lire absent.pdf", "fichier-absent"),
        ("importer e.dument absent.pdf", "fichier-absent"),
        (r#"piece e.dument absent.pdf --client "Garage Œuvrard" --nature autre --titre T"#, "fichier-absent"),
        (r#"piece e.dument vide.txt --client "Garage Œuvrard" --nature autre --titre T"#, "fichier-vide"),
        (r#"dossier e.dument --client "Garage Œuvrard" --sortie d.docx"#, "forme-inconnue"),
        ("envoye e.dument 99 --le 2026-08-01 --par lettre", "courrier-inconnu"),
        ("recu e.dument rien --le 2026-08-01", "reference-illisible"),
        ("annuler e.dument 99 --motif erreur", "fait-inconnu"),
        (r#"annuler e.dument 3 --motif " ""#, "motif-absent"),
        ("restaurer absent neuf.dument", "introuvable"),
        ("restaurer e.dument encore.dument", "pas-une-sauvegarde"),
    ];
    let before = desk.on("2026-09-01", "journal e.dument");
    let mut differences = Vec::new();
    for (line, code) in refusals {
        let error = desk.refused_on("2026-09-01", line);
        if error["code"] != code {
            differences.push(format!("{line}: {} and not {code}", error["code"]));
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
    assert_eq!(desk.on("2026-09-01", "journal e.dument"), before, "what is refused records nothing");
}

fn company(desk: &Desk) {
    let made = desk.on("2026-01-02", r#"nouveau e.dument --nom "Menuiserie Kervella" --siren 123456782 --adresse "4 quai de l’Odet, 29000 Quimper" --iban "FR76 3000 6000 0112 3456 7890 189" --bic AGRIFRPP --email contact@kervella.example --telephone "02 98 00 00 00" --forme SARL --capital "8 000 €" --rcs Quimper --tva FR11123456782 --mediateur "Médiation, 1 rue X, 75001 Paris, https://mediation.example""#);
    assert!(made["entreprise"].as_str().unwrap().ends_with("e.dument"));
    desk.on("2026-01-02", r#"client e.dument --nom "Garage Œuvrard" --qualite professionnel --siren 732829320 --adresse "12 rue du Port, 29000 Quimper" --email garage@example.org --telephone "02 98 11 11 11" --delai 30 --taux-convenu 12,5 --imputation interets"#);
    let invoice = desk.on("2026-04-16", r#"facture e.dument --client "Garage Œuvrard" --numero F-1 --emise 2026-04-16 --echeance 2026-05-16 --ttc 1850 --ht 1541,67 --tva 20:308,33 --devise EUR --livree 2026-04-10 --taux-convenu bce+10"#);
    assert_eq!(invoice["fait"], "3");
}

/// Checks that an answer has these keys, and that every amount among them has two decimals.
#[track_caller]
fn assert_keys(view: &Value, keys: &str) {
    let object = view.as_object().unwrap_or_else(|| panic!("not an object: {view}"));
    for key in keys.split_whitespace() {
        assert!(object.contains_key(key), "no « {key} » in {view:#}");
    }
    assert_amounts(view);
}

fn assert_amounts(view: &Value) {
    match view {
        Value::Array(values) => values.iter().for_each(assert_amounts),
        Value::Object(fields) => {
            for (key, value) in fields {
                let is_amount = [
                    "total",
                    "montant",
                    "principal",
                    "reste",
                    "indemnite",
                    "interets",
                    "base",
                    "taux",
                    "ht",
                    "ttc",
                    "a_payer",
                    "par_jour",
                ]
                .contains(&key.as_str())
                    || key.starts_with("total_")
                    || key.starts_with("reste_");
                match value.as_str() {
                    Some(text)
                        if is_amount
                            && text.starts_with(|first: char| first.is_ascii_digit() || first == '-')
                            && text != "365" =>
                    {
                        assert!(text.split_once('.').is_some_and(|(_, cents)| cents.len() == 2), "{key} is {text}");
                    }
                    Some(_) => {}
                    None => {
                        assert!(!(is_amount && value.is_number()), "{key} is a number of JSON: {value}");
                        assert_amounts(value);
                    }
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[test]
fn every_answer_has_the_keys_of_the_contract() {
    let desk = Desk::new();
    company(&desk);
    let on = |day: &str, line: &str| desk.on(day, line);

    assert_keys(
        &on(
            "2026-05-02",
            r#"avoir e.dument --client "Garage Œuvrard" --numero A-1 --emise 2026-05-02 --ttc 50 --facture F-1"#,
        ),
        "fait",
    );
    assert_keys(
        &on(
            "2026-07-10",
            r#"encaisser e.dument --client "Garage Œuvrard" --montant 850 --recu 2026-07-10 --moyen virement --facture F-1 --reference "VIR 12""#,
        ),
        "fait",
    );
    assert_keys(&on("2026-07-11", "clients e.dument")[0], "nom qualite siren adresse email telephone soldes");
    assert_keys(&on("2026-07-11", "factures e.dument")[0], "numero client emise echeance devise ttc reste etat");

    let statement = on("2026-09-01", r#"decompte e.dument --client "Garage Œuvrard" --facture F-1 --au 2026-08-31"#);
    assert_keys(
        &statement,
        "client au devise convention factures total_principal total_interets total_indemnites total par_jour",
    );
    assert_eq!(
        (&statement["client"], &statement["au"], &statement["devise"]),
        (&"Garage Œuvrard".into(), &"2026-08-31".into(), &"EUR".into())
    );
    let claim = &statement["factures"][0];
    assert_keys(claim, "numero echeance principal lignes interets indemnite encaissements reste");
    assert_keys(&claim["lignes"][0], "du au jours base taux source montant");
    assert_keys(&claim["encaissements"][0], "recu montant interets principal indemnite");
    assert_keys(&on("2026-09-01", r#"decompte e.dument --client "Garage Œuvrard""#), "au");

    let before = on("2026-08-01", "journal e.dument");
    let seen =
        on("2026-08-01", r#"courrier e.dument --client "Garage Œuvrard" --modele relance-ferme --apercu vu.pdf"#);
    assert!(seen.get("courrier").is_none() && desk.read("vu.pdf").starts_with(b"%PDF-"));
    assert_eq!(on("2026-08-01", "journal e.dument"), before, "a preview leaves the journal as it was");
    let issued = on(
        "2026-08-01",
        r#"courrier e.dument --client "Garage Œuvrard" --modele mise-en-demeure --emettre --sortie med.pdf"#,
    );
    assert_keys(&issued, "courrier");
    let letter = issued["courrier"].as_str().unwrap();
    assert!(desk.read("med.pdf").starts_with(b"%PDF-"));
    assert_keys(
        &on("2026-08-01", &format!("envoye e.dument {letter} --le 2026-08-01 --par lrar --numero 1A00012345678")),
        "fait",
    );
    assert_keys(&on("2026-08-05", &format!("recu e.dument {letter} --le 2026-08-04 --resultat distribue")), "fait");
    let silent = on("2026-08-06", r#"courrier e.dument --client "Garage Œuvrard" --modele releve --emettre"#);
    assert_keys(&silent, "courrier");

    desk.write("devis.txt", "Bon pour accord.");
    for nature in
        ["contrat", "devis", "commande", "livraison", "cgv", "facture", "courrier", "accuse", "echange", "autre"]
    {
        let line = format!(
            r#"piece e.dument devis.txt --client "Garage Œuvrard" --facture F-1 --nature {nature} --titre "Pièce {nature}""#
        );
        assert_keys(&on("2026-08-07", &line), "piece");
        let kept = on("2026-08-07", "pieces e.dument");
        let kept = kept.as_array().unwrap().last().unwrap();
        assert_keys(kept, "piece titre nature sha256");
        assert_eq!(kept["nature"], nature, "a piece is listed with the word it was given with");
    }

    let dossier = on("2026-09-01", r#"dossier e.dument --client "Garage Œuvrard" --sortie d.pdf"#);
    assert_keys(&dossier, "fichier pages pieces manques");
    assert_keys(&dossier["pieces"][0], "numero titre etat");
    assert!(desk.read("d.pdf").starts_with(b"%PDF-"));
    on("2026-09-01", r#"dossier e.dument --client "Garage Œuvrard" --sortie d.zip"#);
    assert!(desk.read("d.zip").starts_with(b"PK"));

    let journal = on("2026-09-01", "journal e.dument");
    assert_keys(&journal[0], "fait enregistre nature contenu");
    assert_keys(&on("2026-09-02", "annuler e.dument 5 --motif Erreur"), "fait");
    assert_eq!(on("2026-09-02", "journal e.dument").as_array().unwrap().len(), journal.as_array().unwrap().len() + 1);
    assert_keys(&on("2026-09-02", "verifier e.dument"), "intact faits pieces problemes");
    assert_keys(&on("2026-09-02", "sauvegarder e.dument copie"), "chemin faits pieces");
    assert_keys(&on("2026-09-02", "restaurer copie rendu.dument"), "entreprise");
}

#[test]
fn a_file_is_read_without_any_company() {
    let desk = Desk::new();
    desk.write("facture.xml", INVOICE);
    desk.write("bruit.bin", [0u8, 159, 146, 150]);
    let read = desk.run("lire facture.xml bruit.bin --json").json(DONE);
    for file in read.as_array().unwrap() {
        assert_keys(file, "fichier nature lu fautes");
    }
    let invoice = &read[0]["lu"];
    assert_keys(invoice, "numero type emise echeance vendeur acheteur devise ht tva ttc deja_paye a_payer");
    assert_keys(&invoice["vendeur"], "nom siren tva");
    assert_keys(&invoice["acheteur"], "nom siren tva");
    assert_eq!(
        (&invoice["numero"], &invoice["ttc"], &invoice["echeance"]),
        (&"F-7".into(), &"120.00".into(), &"2026-03-31".into())
    );
    assert!(read[1]["lu"].is_null());
    assert_keys(&read[1]["fautes"][0], "code chemin phrase");
}

/// A whole invoice in UBL, as small as can be.
const INVOICE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2" xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
<cbc:CustomizationID>urn:cen.eu:en16931:2017</cbc:CustomizationID><cbc:ID>F-7</cbc:ID><cbc:IssueDate>2026-03-01</cbc:IssueDate>
<cbc:DueDate>2026-03-31</cbc:DueDate><cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode><cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
<cac:AccountingSupplierParty><cac:Party><cac:PartyTaxScheme><cbc:CompanyID>FR11123456782</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>
<cac:PartyLegalEntity><cbc:RegistrationName>Menuiserie Kervella</cbc:RegistrationName><cbc:CompanyID schemeID="0002">123456782</cbc:CompanyID></cac:PartyLegalEntity></cac:Party></cac:AccountingSupplierParty>
<cac:AccountingCustomerParty><cac:Party><cac:PartyLegalEntity><cbc:RegistrationName>Garage Œuvrard</cbc:RegistrationName><cbc:CompanyID schemeID="0002">732829320</cbc:CompanyID></cac:PartyLegalEntity></cac:Party></cac:AccountingCustomerParty>
<cac:TaxTotal><cbc:TaxAmount currencyID="EUR">20.00</cbc:TaxAmount></cac:TaxTotal>
<cac:LegalMonetaryTotal><cbc:TaxExclusiveAmount currencyID="EUR">100.00</cbc:TaxExclusiveAmount><cbc:TaxInclusiveAmount currencyID="EUR">120.00</cbc:TaxInclusiveAmount><cbc:PayableAmount currencyID="EUR">120.00</cbc:PayableAmount></cac:LegalMonetaryTotal>
</Invoice>"#;

#[test]
fn an_import_shows_then_takes_all_or_nothing() {
    let desk = Desk::new();
    desk.on("2026-01-02", r#"nouveau e.dument --nom "Menuiserie Kervella" --siren 123456782"#);
    desk.write("facture.xml", INVOICE);
    desk.write("bruit.bin", "rien de lisible");
    let seen = desk.on("2026-03-02", "importer e.dument facture.xml bruit.bin --apercu");
    assert_keys(&seen, "lignes nouveaux connus refuses");
    assert_eq!((&seen["nouveaux"], &seen["refuses"]), (&1.into(), &1.into()));
    desk.refused_on("2026-03-02", "importer e.dument facture.xml bruit.bin");
    assert_eq!(desk.on("2026-03-02", "factures e.dument").as_array().unwrap().len(), 0, "one refused, none taken in");
    desk.on("2026-03-02", "importer e.dument facture.xml");
    assert_eq!(desk.on("2026-03-02", "factures e.dument").as_array().unwrap().len(), 1);
}

#[test]
fn the_date_given_is_the_day_of_every_command() {
    let desk = Desk::new();
    company(&desk);
    let statement = |day: &str| desk.on(day, r#"decompte e.dument --client "Garage Œuvrard""#);
    assert_eq!(statement("2026-06-30")["au"], "2026-06-30");
    assert_eq!(statement("2026-05-16")["total_interets"], "0.00", "nothing runs on the due date itself");
    assert_ne!(statement("2026-05-17")["total_interets"], "0.00");
    let late = desk.run("clients e.dument --date 2026-02-30 --json");
    assert_eq!(late.json(FAILED)["code"], "date-illisible");
}
