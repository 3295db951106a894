//! Real invoices of other people’s programs, as the command line reads them and as other tools read them.

use serde_json::{Map, Value};

use crate::support::cli::{DONE, Desk, samples};

const FOLDERS: [&str; 3] = ["facturx/", "cii/", "ubl/"];

#[test]
fn every_invoice_is_read_as_other_tools_read_it() {
    let Some(folder) = samples() else { return };
    let text = std::fs::read_to_string(folder.join("expected.json")).unwrap();
    let mut all: Value = serde_json::from_str(&text).unwrap();
    let Value::Object(files) = all["files"].take() else { panic!("the expectations are a table of files") };
    let files: Map<String, Value> =
        files.into_iter().filter(|(file, _)| FOLDERS.iter().any(|folder| file.starts_with(folder))).collect();
    assert_eq!(files.len(), 55, "every electronic invoice among the samples");

    let names: Vec<String> = files.keys().map(|file| folder.join(file).display().to_string()).collect();
    let read = Desk::new().run(&format!("lire {} --json", names.join(" "))).json(DONE);
    let mut differences = Vec::new();
    for ((file, expected), (name, read)) in files.iter().zip(names.iter().zip(read.as_array().unwrap())) {
        assert_eq!(read["fichier"], *name, "the answers are in the order of the files");
        let expected = expected.get("invoice").unwrap_or(expected);
        differences
            .extend(compare(&read["lu"], expected).into_iter().map(|difference| format!("{file}: {difference}")));
        faults_are_sentences(file, read);
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

/// Compares what was read with what is expected.
fn compare(read: &Value, expected: &Value) -> Vec<String> {
    let same = [
        (&read["numero"], &expected["number"]),
        (&read["type"], &expected["type_code"]),
        (&read["emise"], &expected["issue_date"]),
        (&read["echeance"], &expected["due_date"]),
        (&read["devise"], &expected["currency"]),
        (&read["vendeur"]["nom"], &expected["seller"]["name"]),
        (&read["vendeur"]["tva"], &expected["seller"]["vat"]),
        (&read["acheteur"]["nom"], &expected["buyer"]["name"]),
        (&read["acheteur"]["tva"], &expected["buyer"]["vat"]),
    ];
    let amounts = [
        (&read["ht"], &expected["total_without_tax"]),
        (&read["tva"], &expected["tax_total"]),
        (&read["ttc"], &expected["total_with_tax"]),
        (&read["deja_paye"], &expected["prepaid"]),
        (&read["a_payer"], &expected["due_payable"]),
    ];
    let same = same.into_iter().filter(|(read, expected)| read != expected);
    let amounts = amounts.into_iter().filter(|(read, expected)| decimal(read) != decimal(expected));
    same.chain(amounts).map(|(read, expected)| format!("{read} and not {expected}")).collect()
}

/// Reads an amount as written, so that `100` and `100.00` are the same: its sign, its units, its decimals.
fn decimal(value: &Value) -> Option<(bool, String, String)> {
    let text = value.as_str()?;
    let (negative, digits) = text.strip_prefix('-').map_or((false, text), |digits| (true, digits));
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let (whole, decimals) = (whole.trim_start_matches('0'), decimals.trim_end_matches('0'));
    let nothing = whole.is_empty() && decimals.is_empty();
    Some((negative && !nothing, whole.to_owned(), decimals.to_owned()))
}

fn faults_are_sentences(file: &str, read: &Value) {
    for fault in read["fautes"].as_array().unwrap() {
        let sentence = fault["phrase"].as_str().unwrap();
        assert!(sentence.ends_with('.') && sentence.contains(' '), "{file}: {sentence}");
    }
}

#[test]
fn a_file_that_holds_no_readable_invoice_is_told_in_french() {
    let Some(folder) = samples() else { return };
    let desk = Desk::new();
    let whole = std::fs::read(folder.join("cii/lu_facture_cii_001.xml")).unwrap();
    desk.write("tronquee.xml", &whole[..whole.len() / 2]);
    let text = String::from_utf8(whole).unwrap();
    desk.write("sans-numero.xml", text.replacen("FA-2025-00256", "", 1));
    desk.write("entites.xml", format!("<!DOCTYPE a [<!ENTITY b \"c\">]>{}", text.split_once("?>").unwrap().1));
    let unreadable =
        ["pdf/qp_V4.pdf", "pdf/pj_two_pages.pdf", "pdf/qp_bad5.pdf", "pdf/qp_empty.pdf", "eml/rfc_000.eml"];
    let files = unreadable.map(|file| folder.join(file).display().to_string());
    let line = format!("lire tronquee.xml sans-numero.xml entites.xml {} --json", files.join(" "));
    let read = desk.run(&line).json(DONE);
    for file in read.as_array().unwrap() {
        let faults = file["fautes"].as_array().unwrap();
        assert!(!faults.is_empty() && file["lu"].is_null(), "{file:#}");
        for fault in faults {
            let sentence = fault["phrase"].as_str().unwrap();
            assert!(sentence.ends_with('.') && sentence.contains('\u{202f}') && !sentence.contains('\''), "{sentence}");
            assert!(fault["code"].as_str().is_some_and(|code| !code.is_empty()), "{fault}");
        }
    }
}
