//! Three real electronic invoices of one customer, from their import to a dossier that other programs can read.

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;

use super::reckoning::{Debt, RateFrom, Reckoned, assert_totals, cents, list, nearest, text};
use crate::support::cli::{Desk, samples, tools};

const INVOICES: [(&str, &str); 3] = [
    ("zc_MustangGnuaccountingBeispielRE-20170509_505.pdf", "RE-20170509/505"),
    ("mu_validV2PDF.pdf", "RE-20171118/506"),
    ("zc_MustangGnuaccountingBeispielRE-20190610_507.pdf", "RE-20190610/507"),
];

/// Three times the legal rate of each semester, creditor a professional: 0,90, 0,90, 0,89, 0,88, 0,86, 0,87.
const AGREED: [RateFrom; 6] = [
    ("2017-01-01", 270),
    ("2017-07-01", 270),
    ("2018-01-01", 267),
    ("2018-07-01", 264),
    ("2019-01-01", 258),
    ("2019-07-01", 261),
];

const DEBTS: [Debt; 3] = [
    Debt { due: "2017-05-30", cents: 57_104, paid: &[("2018-02-12", 30_000)], indemnity: 4_000 },
    Debt { due: "2017-12-09", cents: 57_104, paid: &[], indemnity: 4_000 },
    Debt { due: "2019-07-01", cents: 57_104, paid: &[], indemnity: 4_000 },
];

const MAIL: &str = "From: Theodor Est <est@example.org>\r\nTo: contact@kervella.example\r\nDate: Tue, 20 Mar 2018 09:12:00 +0100\r\n\
    Subject: vos factures\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nJe ne conteste rien, je paierai en avril.\r\n";

#[test]
fn three_electronic_invoices_become_a_dossier_that_other_programs_read() {
    let Some(samples) = samples() else { return };
    if !tools(&["qpdf", "pdfinfo", "pdftotext", "unzip", "sha256sum"]) {
        return;
    }
    let desk = Desk::new();
    for (file, _) in INVOICES {
        fs::copy(samples.join("facturx").join(file), desk.path(file)).unwrap();
    }
    fs::copy(samples.join("pdf/pj_two_pages.pdf"), desk.path("avis.pdf")).unwrap();
    desk.write("message.eml", MAIL);
    desk.write("devis.txt", "Devis accepté le 2 mai 2017 : bon pour accord, Theodor Est.\n");

    letters_leave_while_the_debt_grows(&desk);
    the_same_files_again_add_nothing(&desk);
    let statement = desk.on("2019-09-30", r#"decompte e.dument --client "Theodor Est""#);
    the_statement_agrees_with_another_reckoning(&statement);
    let dossier = desk.on("2019-09-30", r#"dossier e.dument --client "Theodor Est" --sortie d.pdf"#);
    the_printable_dossier_reads_page_by_page(&desk, &dossier);
    the_archive_is_whole(&desk, &dossier);
    the_same_dossier_has_the_same_bytes(&desk);
    a_restored_backup_says_the_same(&desk, &statement);
}

fn letters_leave_while_the_debt_grows(desk: &Desk) {
    desk.on("2017-05-02", r#"nouveau e.dument --nom "Menuiserie Kervella" --siren 123456782 --adresse "4 quai de l’Odet, 29000 Quimper" --iban "FR76 3000 6000 0112 3456 7890 189" --email contact@kervella.example"#);
    desk.on("2017-05-02", r#"client e.dument --nom "Theodor Est" --qualite professionnel --adresse "12 rue du Port, 29000 Quimper" --taux-convenu 3xlegal"#);
    assert_new(&desk.on("2017-05-10", &format!("importer e.dument {}", INVOICES[0].0)), INVOICES[0].1);

    let reminder = issue(desk, "2017-06-14", "relance-amiable");
    desk.on("2017-06-14", &format!("envoye e.dument {reminder} --le 2017-06-14 --par lettre"));

    assert_new(&desk.on("2017-11-20", &format!("importer e.dument {}", INVOICES[1].0)), INVOICES[1].1);
    let reminder = issue(desk, "2018-01-15", "relance-ferme");
    desk.on("2018-01-15", &format!("envoye e.dument {reminder} --le 2018-01-15 --par courriel"));

    desk.on("2018-02-12", r#"encaisser e.dument --client "Theodor Est" --montant 300 --recu 2018-02-12 --moyen virement --facture RE-20170509/505"#);

    let notice = issue(desk, "2018-03-01", "mise-en-demeure");
    desk.on("2018-03-01", &format!("envoye e.dument {notice} --le 2018-03-01 --par lrar --numero 1A00012345678"));
    desk.on("2018-03-06", &format!("recu e.dument {notice} --le 2018-03-05"));
    let keep = |line: &str| desk.on("2018-03-21", &format!(r#"piece e.dument {line} --client "Theodor Est""#));
    keep(r#"avis.pdf --nature accuse --titre "Avis de réception" --du 2018-03-05"#);
    keep(r#"devis.txt --nature devis --titre "Devis accepté" --du 2017-05-02"#);
    keep(r#"message.eml --nature echange --titre "Message du client" --du 2018-03-20"#);

    assert_new(&desk.on("2019-06-12", &format!("importer e.dument {}", INVOICES[2].0)), INVOICES[2].1);
}

#[track_caller]
fn assert_new(import: &Value, number: &str) {
    assert_eq!(
        (&import["nouveaux"], &import["connus"], &import["refuses"]),
        (&1.into(), &0.into(), &0.into()),
        "{import}"
    );
    assert_eq!(import["lignes"][0]["numero"], number);
    assert_eq!(import["lignes"][0]["client_nouveau"], false, "the customer is known by his name");
}

/// Issues a letter and returns its reference.
fn issue(desk: &Desk, day: &str, model: &str) -> String {
    let before = desk.on(day, "journal e.dument");
    let previewed =
        desk.on(day, &format!(r#"courrier e.dument --client "Theodor Est" --modele {model} --apercu apercu.pdf"#));
    assert_eq!(desk.on(day, "journal e.dument"), before, "seeing a letter records nothing");
    let issued = desk.on(
        day,
        &format!(r#"courrier e.dument --client "Theodor Est" --modele {model} --emettre --sortie {model}.pdf"#),
    );
    assert_eq!(previewed["total"], issued["total"], "what is seen is what leaves");
    let letter = text(&issued["courrier"]).to_owned();
    desk.on(day, &format!("reimprimer e.dument {letter} --sortie encore.pdf"));
    assert_eq!(desk.read("encore.pdf"), desk.read(&format!("{model}.pdf")), "an issued letter is never rendered again");
    letter
}

fn the_same_files_again_add_nothing(desk: &Desk) {
    let before = desk.on("2019-06-13", "journal e.dument");
    let files = INVOICES.map(|(file, _)| file).join(" ");
    let import = desk.on("2019-06-13", &format!("importer e.dument {files}"));
    assert_eq!(
        (&import["nouveaux"], &import["connus"], &import["refuses"]),
        (&0.into(), &3.into(), &0.into()),
        "{import}"
    );
    assert_eq!(desk.on("2019-06-13", "journal e.dument"), before);
}

fn the_statement_agrees_with_another_reckoning(statement: &Value) {
    let claims: Vec<Reckoned> = DEBTS.iter().map(|debt| Reckoned::of(debt, &AGREED, "2019-09-30")).collect();
    assert_eq!(list(&statement["factures"]).len(), DEBTS.len());
    for ((reckoned, (_, number)), claim) in claims.iter().zip(INVOICES).zip(list(&statement["factures"])) {
        assert_eq!(claim["numero"], number);
        reckoned.assert_agrees(claim);
    }
    assert_totals(statement, &claims);
    let principal: i64 = claims.iter().map(|claim| claim.principal).sum();
    assert_eq!(cents(&statement["par_jour"]), nearest(principal * 261, 365 * 10_000));
    assert!(
        claims[0].lines.iter().any(|line| line.rate == 267) && claims[0].lines[0].rate == 270,
        "the rate moves before the payment"
    );
}

/// A page of the dossier, as another program reads it.
struct Page {
    text: String,
    /// Number of the exhibit, page, pages.
    stamp: Option<(u32, usize, usize)>,
}

fn pages(desk: &Desk, file: &str) -> Vec<Page> {
    let text = desk.tool(&format!("pdftotext {file} -"));
    let pages = text.trim_end_matches('\u{c}').split('\u{c}');
    let pages = pages.map(one_spaced);
    pages.map(|text| Page { stamp: stamp(&text), text }).collect()
}

/// Makes of every space, and of every break of line, one plain space.
fn one_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Reads « Pièce n° X — p. i/n ».
fn stamp(text: &str) -> Option<(u32, usize, usize)> {
    text.match_indices("Pièce n° ").find_map(|(at, mark)| {
        let (number, rest) = text[at + mark.len()..].split_once(" — p. ")?;
        let (page, rest) = rest.split_once('/')?;
        let digits = rest.find(|character: char| !character.is_ascii_digit()).unwrap_or(rest.len());
        Some((number.parse().ok()?, page.parse().ok()?, rest[..digits].parse().ok()?))
    })
}

fn the_printable_dossier_reads_page_by_page(desk: &Desk, dossier: &Value) {
    desk.tool("qpdf --check d.pdf");
    let pages = pages(desk, "d.pdf");
    let info = desk.tool("pdfinfo d.pdf");
    let counted = info.lines().find_map(|line| line.strip_prefix("Pages:")).unwrap().trim().to_owned();
    assert_eq!(counted, dossier["pages"].to_string());
    assert_eq!(pages.len(), dossier["pages"].as_u64().unwrap() as usize);

    let exhibits = list(&dossier["pieces"]);
    let stamps: Vec<_> = pages.iter().filter_map(|page| page.stamp).collect();
    let front = pages.iter().take_while(|page| page.stamp.is_none()).count();
    assert_eq!(front + stamps.len(), pages.len(), "every page after the list of exhibits bears a stamp");
    let expected: Vec<(u32, usize, usize)> = exhibits
        .iter()
        .flat_map(|exhibit| {
            let count = exhibit["pages"].as_u64().unwrap_or(1) as usize;
            let number = exhibit["numero"].as_u64().unwrap() as u32;
            (1..=count).map(move |page| (number, page, count))
        })
        .collect();
    assert_eq!(stamps, expected);

    let list_of_exhibits: String = pages[..front].iter().map(|page| page.text.as_str()).collect();
    let squeezed = |text: &str| text.split_whitespace().collect::<String>();
    for exhibit in exhibits {
        let title = squeezed(text(&exhibit["titre"]));
        assert!(
            squeezed(&list_of_exhibits).contains(&title),
            "« {title} » is not on the list of exhibits: {list_of_exhibits}"
        );
    }
    let titles: Vec<String> = exhibits.iter().map(|exhibit| one_spaced(text(&exhibit["titre"]))).collect();
    for wanted in
        ["Devis accepté", "Message du client", "Avis de réception", "Mise en demeure du 1er mars 2018", "Chronologie"]
    {
        assert!(titles.iter().any(|title| title == wanted), "{wanted} is not among {titles:?}");
    }
}

fn the_archive_is_whole(desk: &Desk, dossier: &Value) {
    let archive = desk.on("2019-09-30", r#"dossier e.dument --client "Theodor Est" --sortie d.zip"#);
    assert_eq!(archive["pieces"], dossier["pieces"]);
    desk.tool("unzip -t d.zip");
    desk.tool("unzip -q d.zip -d z");
    let fingerprints = String::from_utf8(desk.read("z/empreintes.sha256")).unwrap();
    desk.tool("sh -c \"cd z && sha256sum --strict -c empreintes.sha256\"");
    assert_eq!(desk.read("z/dossier.pdf"), desk.read("d.pdf"), "the archive holds the printable dossier");

    let listed: BTreeSet<String> = fingerprints.lines().map(|line| line[66..].to_owned()).collect();
    let pieces = fs::read_dir(desk.path("z/pieces"))
        .unwrap()
        .map(|entry| format!("pieces/{}", entry.unwrap().file_name().display()));
    let expected: BTreeSet<String> =
        pieces.chain(["dossier.pdf", "bordereau.csv", "lisez-moi.txt"].map(str::to_owned)).collect();
    assert_eq!(listed, expected, "every file has its fingerprint");

    let kept: Vec<Vec<u8>> = expected.iter().map(|file| desk.read(&format!("z/{file}"))).collect();
    for original in
        INVOICES.map(|(file, _)| file).iter().chain(&["avis.pdf", "devis.txt", "message.eml", "mise-en-demeure.pdf"])
    {
        assert!(kept.contains(&desk.read(original)), "{original} is in the archive, byte for byte");
    }
    let list_of_exhibits = String::from_utf8(desk.read("z/bordereau.csv")).unwrap();
    for exhibit in list(&dossier["pieces"]) {
        assert!(
            list_of_exhibits.contains(text(&exhibit["titre"])),
            "{exhibit} is not in bordereau.csv: {list_of_exhibits}"
        );
    }
}

fn the_same_dossier_has_the_same_bytes(desk: &Desk) {
    for (form, again) in [("d.pdf", "encore-d.pdf"), ("d.zip", "encore-d.zip")] {
        desk.on("2019-09-30", &format!(r#"dossier e.dument --client "Theodor Est" --sortie {again}"#));
        assert!(desk.read(form) == desk.read(again), "{form} is written twice with different bytes");
    }
}

fn a_restored_backup_says_the_same(desk: &Desk, statement: &Value) {
    let check = desk.on("2019-10-01", "verifier e.dument");
    assert_eq!((&check["intact"], &check["problemes"]), (&true.into(), &Value::Array(Vec::new())), "{check}");
    let backup = desk.on("2019-10-01", "sauvegarder e.dument sauvegarde");
    assert_eq!(backup["empreinte"], check["empreinte"], "the backup ends where the journal ends");
    desk.on("2019-10-01", "restaurer sauvegarde rendu.dument");
    let restored = desk.on("2019-10-01", r#"decompte rendu.dument --client "Theodor Est" --au 2019-09-30"#);
    assert_eq!(&restored, statement);
    assert_eq!(desk.on("2019-10-01", "verifier rendu.dument"), check);
}
