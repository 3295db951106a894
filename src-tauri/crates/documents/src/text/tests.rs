#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use super::*;
use crate::data::{Claim, Letter, LetterModel, PlanInterest, Standing, SumWritten, Tone};
use crate::render::Typeset;
use crate::{examples, render};

fn example(name: &str) -> Document {
    examples().into_iter().find(|(it, _)| *it == name).unwrap().1
}

fn letter(name: &str) -> Letter {
    match example(name) {
        Document::Letter(letter) => *letter,
        other => panic!("{name} is not a letter but {other:?}"),
    }
}

fn addressed_to(name: &str) -> Document {
    let mut letter = letter("relance-amiable-professionnel");
    letter.parties.debtor.name = name.into();
    Document::Letter(Box::new(letter))
}

/// The text of a document without its line breaks, which depend on the room the words find.
fn flat(document: &Document) -> String {
    text(document).unwrap().join(" ").replace('\n', " ")
}

/// A line may break after a hyphen, where there is no space.
fn joined(text: &str) -> String {
    text.replace(' ', "")
}

const MM: f64 = 72.0 / 25.4;

#[test]
fn a_name_that_looks_like_code_prints_literally() {
    for name in [
        "#panic(\"boom\")",
        "$x^2$ & <label> @ref *gras* _souligné_ `code`",
        "\\u{41} \\ ~ -- ... // commentaire /* fin */",
        "= Titre #set page(fill: red)",
        "#import \"@preview/cetz:0.1.0\"",
        "{{ }} ]] [[ )( ;",
        "'; DROP TABLE v_factures; --",
        "<script>alert(1)</script> ]]> <!--",
        "Œuvre d’Élan-Ÿves № 5 – ½ ŁÓDŹ Ωmega Жук",
        "1 234,50\u{a0}€ « cité »",
        "http://exemple.example/?a=1&b=2#c",
        "0",
    ] {
        let printed = flat(&addressed_to(name));
        assert!(printed.contains(name), "{name:?} is not printed as it is in {printed:?}");
    }
}

#[test]
fn a_character_without_a_drawing_is_replaced_and_reported() {
    let pdf = render(&addressed_to("Société 中文 🎉")).unwrap();
    assert_eq!(pdf.replaced, ['中', '文', '🎉']);
    assert!(flat(&addressed_to("Société 中文 🎉")).contains("Société □□ □"));
}

#[test]
fn an_invisible_character_cannot_disguise_a_name() {
    let printed = flat(&addressed_to("ab\u{202e}cd\u{200b}\u{feff}ef\u{7}gh"));
    assert!(printed.contains("abcdef gh"), "{printed:?}");
}

#[test]
fn a_name_of_any_length_stays_in_the_window_of_the_envelope() {
    let spaced = "Établissements ".repeat(14);
    let (long_line, enormous) = ("M".repeat(200), "W".repeat(3000));
    for name in ["Ets Le Goff", spaced.as_str(), long_line.as_str(), enormous.as_str()] {
        let mut letter = letter("relance-amiable-professionnel");
        letter.parties.debtor.name = name.into();
        letter.parties.debtor.address = vec![long_line.clone(), spaced.clone(), "29000 Quimper".into()];
        let paged = typeset(&Document::Letter(Box::new(letter))).unwrap().paged;
        let runs = runs(&paged.pages()[0].frame);
        let first = runs.iter().position(|run| run.left > 104.9 * MM && run.baseline > 45.0 * MM).unwrap();
        let last = runs.iter().position(|run| run.text.ends_with("29000 QUIMPER")).unwrap();
        assert!(first < last);
        for run in &runs[first..=last] {
            assert!(run.left >= 104.9 * MM && run.right <= 190.1 * MM, "{:?} is wider than the window", run.text);
            assert!(run.baseline >= 50.0 * MM && run.baseline <= 85.1 * MM, "{:?} is out of the window", run.text);
        }
    }
}

#[test]
fn a_name_alone_is_never_wider_than_the_window() {
    let mut letter = letter("relance-amiable-professionnel");
    letter.parties.debtor.name = "W".repeat(200);
    let paged = typeset(&Document::Letter(Box::new(letter))).unwrap().paged;
    let runs = runs(&paged.pages()[0].frame);
    let name: Vec<_> = runs.iter().filter(|run| run.left > 104.9 * MM && run.text.contains('W')).collect();
    assert!(!name.is_empty());
    for run in name {
        assert!(run.right <= 190.1 * MM, "{:?} is wider than the window", run.text);
    }
}

/// Replaces what an owner or a debtor may have typed by one endless word.
fn stretch(value: &mut serde_json::Value) {
    const TYPED: [&str; 28] = [
        "name",
        "label",
        "title",
        "what",
        "proof",
        "why",
        "reason",
        "ground",
        "source",
        "summary",
        "warning",
        "personal_note",
        "order_ref",
        "invoice_number",
        "remark",
        "location",
        "with",
        "said",
        "answer",
        "by_means",
        "by_whom",
        "outcome",
        "level",
        "audience",
        "debtor",
        "sentences",
        "text",
        "by",
    ];
    match value {
        serde_json::Value::Array(values) => values.iter_mut().for_each(stretch),
        serde_json::Value::Object(fields) => {
            for (key, value) in fields {
                match value {
                    serde_json::Value::String(text) if TYPED.contains(&key.as_str()) => *text = "W".repeat(200),
                    serde_json::Value::Array(texts) if ["said", "sentences"].contains(&key.as_str()) => {
                        texts.fill("W".repeat(200).into());
                    }
                    other => stretch(other),
                }
            }
        }
        _ => {}
    }
}

#[test]
fn an_endless_word_breaks_rather_than_leave_the_page() {
    for (name, document) in examples() {
        let mut value = serde_json::to_value(&document).unwrap();
        stretch(&mut value);
        let stretched: Document = serde_json::from_value(value).unwrap();
        for page in typeset(&stretched).unwrap().paged.pages() {
            for run in runs(&page.frame) {
                assert!(run.right <= 195.0 * MM, "{name}: {:?} ends at {:.0} mm", run.text, run.right / MM);
            }
        }
    }
}

#[test]
fn an_address_of_six_lines_of_thirty_eight_characters_keeps_its_full_size() {
    let mut letter = letter("relance-amiable-professionnel");
    let line = "Établissements de menuiserie du Menez Bré".chars().take(38).collect::<String>();
    letter.parties.debtor.name = line.clone();
    letter.parties.debtor.address = vec![line.clone(), line.clone(), line.clone(), line, "29000 Quimper".into()];
    let paged = typeset(&Document::Letter(Box::new(letter))).unwrap().paged;
    let runs = runs(&paged.pages()[0].frame);
    let baselines: Vec<f64> = runs
        .iter()
        .filter(|run| run.left > 104.9 * MM && (50.0 * MM..86.0 * MM).contains(&run.baseline))
        .map(|run| run.baseline)
        .collect();
    assert_eq!(baselines.len(), 6, "each line stays on its own line");
    assert!(baselines[1] - baselines[0] > 11.0, "the lines are those of an 11 pt text");
}

#[test]
fn the_town_is_in_capitals_without_punctuation() {
    let mut letter = letter("relance-amiable-professionnel");
    letter.parties.debtor.address = vec!["1, rue Haute".into(), "29170 Fouesnant, Cédex.".into()];
    let printed = flat(&Document::Letter(Box::new(letter)));
    assert!(printed.contains("29170 FOUESNANT CÉDEX"), "{printed:?}");
    assert!(printed.contains("1, rue Haute"), "only the last line is rewritten");
}

#[test]
fn nothing_is_printed_outside_the_margins() {
    for (name, document) in examples() {
        let Typeset { paged, replaced, warnings } = typeset(&document).unwrap();
        assert!(replaced.is_empty(), "{name} needs {replaced:?}");
        assert!(warnings.is_empty(), "{name}: {warnings}");
        for page in paged.pages() {
            for run in runs(&page.frame) {
                // Punctuation may hang a little in the right margin: it is how a justified text looks straight.
                let inside = run.left >= 19.9 * MM && run.right <= 191.5 * MM && run.baseline <= 289.0 * MM;
                assert!(inside, "{name}: {:?} leaves the sheet", run.text);
            }
        }
    }
}

#[test]
fn a_long_table_repeats_its_header_on_each_page() {
    let pages = text(&example("relance-ferme-60-factures")).unwrap();
    assert!(pages.len() >= 3, "sixty invoices need three pages");
    let with_rows: Vec<_> = pages.iter().filter(|page| page.contains(" du ") && page.contains("F-2026-01")).collect();
    assert!(with_rows.len() >= 2);
    for page in with_rows {
        assert!(page.contains("Facture | Échéance | Retard"), "no header in {page}");
    }
}

#[test]
fn a_signature_is_never_alone_on_its_page() {
    let full = letter("relance-ferme-60-factures");
    for count in 1..=40 {
        let mut letter = full.clone();
        letter.claims.truncate(count);
        letter.payments.clear();
        let pages = text(&Document::Letter(Box::new(letter))).unwrap();
        let last = pages.last().unwrap();
        assert!(last.contains("Maëlle Le Goff"), "{count} invoices: the signature is on the last page");
        assert!(last.contains("À défaut"), "{count} invoices: and so is the paragraph before it");
    }
}

#[test]
fn a_consumer_is_asked_for_no_indemnity_and_told_of_the_mediator() {
    for (name, document) in examples() {
        let printed = flat(&document).replace("Aucune indemnité forfaitaire", "");
        if document.parties().is_some_and(|parties| parties.standing == Standing::Consumer) {
            assert!(!printed.contains("L441-10"), "{name} quotes a text for professionals");
            assert!(!printed.contains("ndemnité"), "{name} speaks of an indemnity");
            assert!(!printed.contains("40,00"), "{name} asks for 40 €");
        }
        if name == "mise-en-demeure-consommateur" {
            assert!(printed.contains("L612-1") && printed.contains("mise en demeure") && printed.contains("1231-6"));
        }
    }
}

#[test]
fn a_mise_en_demeure_says_its_name_its_delay_and_its_seal() {
    for (name, _) in examples().iter().filter(|(name, _)| name.starts_with("mise-en-demeure")) {
        let printed = flat(&example(name)).replace(['\u{a0}', '\u{202f}'], " ");
        assert!(printed.contains("mise en demeure"), "{name}");
        assert!(printed.contains("jours à compter de la réception de cette lettre"), "{name}");
        assert!(printed.contains("Empreinte du journal"), "{name}");
    }
}

#[test]
fn every_invoice_of_a_letter_is_printed() {
    let letter = letter("relance-ferme-60-factures");
    let printed = flat(&Document::Letter(Box::new(letter.clone())));
    for Claim { invoice_number, .. } in &letter.claims {
        assert!(printed.contains(invoice_number.as_str()), "{invoice_number}");
    }
}

#[test]
fn no_document_calls_itself_an_act_of_an_officer() {
    for (name, document) in examples() {
        let printed = flat(&document).to_lowercase();
        for word in ["huissier", "dernier avis", " sommation", "saisie"] {
            assert!(!printed.contains(word), "{name} says « {word} »");
        }
        if name.starts_with("proces-verbal") {
            assert!(printed.contains("n’est pas un acte de commissaire de justice"), "{name}");
        }
    }
}

#[test]
fn a_notice_before_the_due_date_reproaches_nothing() {
    for (name, document) in examples().into_iter().filter(|(name, _)| name.starts_with("rappel-echeance")) {
        let printed = flat(&document).replace("Rien n’est en retard", "").to_lowercase();
        for word in ["retard", "impayé", "pénalité", "indemnité", "intérêt", "mise en demeure", "relance"] {
            assert!(!printed.contains(word), "{name} says « {word} »");
        }
        assert!(printed.contains("iban") && printed.contains("merci"), "{name}");
    }
}

#[test]
fn levels_are_printed_where_the_invoices_of_a_letter_differ() {
    let mut letter = letter("relance-ferme-niveaux");
    assert!(flat(&Document::Letter(Box::new(letter.clone()))).contains("relance amiable"));
    for claim in &mut letter.claims {
        claim.level = Some("niveau-d’essai".into());
    }
    assert!(!flat(&Document::Letter(Box::new(letter.clone()))).contains("niveau-d’essai"), "they are all the same");
    letter.claims[0].level = None;
    assert!(flat(&Document::Letter(Box::new(letter))).contains("niveau-d’essai"), "one has none");
}

#[test]
fn a_tone_changes_the_words_and_never_the_sums() {
    for name in ["relance-amiable-professionnel", "relance-ferme-public", "rappel-echeance-consommateur"] {
        let said = [Tone::Cordial, Tone::Neutre, Tone::Ferme].map(|tone| {
            let mut letter = letter(name);
            letter.tone = Some(tone);
            flat(&Document::Letter(Box::new(letter)))
        });
        assert!(said[0] != said[1] && said[1] != said[2] && said[0] != said[2], "{name}");
        let sums =
            |text: &str| text.split(' ').filter(|word| word.contains('€')).map(str::to_owned).collect::<Vec<_>>();
        assert!(said.iter().all(|text| sums(text) == sums(&said[0])), "{name}");
    }
}

#[test]
fn the_usual_tone_is_that_of_no_tone() {
    for (name, tone) in [
        ("rappel-echeance-professionnel", Tone::Cordial),
        ("relance-amiable-professionnel", Tone::Cordial),
        ("relance-ferme-professionnel", Tone::Ferme),
    ] {
        let mut letter = letter(name);
        letter.tone = Some(tone);
        assert_eq!(flat(&Document::Letter(Box::new(letter))), flat(&example(name)), "{name}");
    }
}

#[test]
fn an_ordinary_letter_of_these_models_is_one_page() {
    for (name, document) in examples() {
        let Document::Letter(letter) = &document else { continue };
        let short = match letter.model {
            LetterModel::RappelEcheance
            | LetterModel::ConfirmationEntretien
            | LetterModel::RelancePromesse
            | LetterModel::ReponseContestation
            | LetterModel::DernierAvis => true,
            LetterModel::RelanceAmiable
            | LetterModel::RelanceFerme
            | LetterModel::MiseEnDemeure
            | LetterModel::Releve => false,
        };
        assert!(!short || text(&document).unwrap().len() == 1, "{name} leaves its closing alone on a second page");
    }
}

#[test]
fn an_answer_to_a_dispute_claims_the_rest_and_admits_nothing() {
    for (name, document) in examples().into_iter().filter(|(name, _)| name.starts_with("reponse-contestation")) {
        let Document::Letter(letter) = &document else { panic!("{name} is a letter") };
        let printed = flat(&document);
        assert!(printed.contains("ne vaut pas reconnaissance du bien-fondé"), "{name}");
        let claims_rest = !letter.contestation.as_ref().unwrap().undisputed_total.is_zero();
        assert_eq!(printed.contains("La part que vous ne contestez pas"), claims_rest, "{name}");
        assert_eq!(printed.contains("IBAN"), claims_rest, "{name}: nothing is claimed, so no account is given");
    }
}

#[test]
fn the_warning_of_a_last_letter_is_kept_as_it_is_printed() {
    for name in ["dernier-avis-professionnel", "relance-promesse-echeancier-professionnel"] {
        let warning = render(&example(name)).unwrap().warning.unwrap();
        assert!(joined(&flat(&example(name))).contains(&joined(&warning)), "{name}: {warning}");
    }
}

#[test]
fn an_agreement_is_signed_by_both_on_one_page() {
    for (name, document) in examples().into_iter().filter(|(name, _)| name.starts_with("accord-echeancier")) {
        let pages = text(&document).unwrap();
        let last = pages.last().unwrap();
        for word in ["Fait à Quimper", "Le créancier", "Le débiteur", "exemplaires originaux"] {
            assert!(last.contains(word), "{name}: {word} is not on the last page");
        }
        let Document::AccordEcheancier(accord) = &document else { panic!("{name} is an agreement") };
        let printed = flat(&document);
        assert!(joined(&printed).contains(&joined(&accord.acknowledged_in_words)), "{name}: the sum in letters");
        assert_eq!(printed.contains("En lettres"), accord.sum_written == SumWritten::ByTheDebtor, "{name}");
        assert_eq!(printed.contains("Déchéance du terme"), accord.lapse.is_some(), "{name}");
        assert!(printed.contains("interrompt la prescription") && printed.contains("novation"), "{name}");
    }
}

/// CCP L2192-14 : toute renonciation au paiement des intérêts moratoires est réputée non écrite.
#[test]
fn ccp_l2192_14_no_waiver_of_interest_is_printed_for_a_public_body() {
    let Document::AccordEcheancier(mut accord) = example("accord-echeancier-public") else { panic!("an agreement") };
    accord.interest = PlanInterest::WaivedIfRespected;
    let printed = flat(&Document::AccordEcheancier(accord));
    assert!(!printed.contains("renonce"), "{printed}");
    assert!(printed.contains("continuent de courir"), "{printed}");
}
