//! Real files of other people's programs, against readings made by tools that share no code with this one.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
#![allow(clippy::print_stdout, reason = "a test that is skipped says so")]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use dument_domain::{Amount, Fault};
use dument_exchange::invoice::{InvoiceDocument, Party, Syntax};
use dument_exchange::{Document, Kind, Reading, read};
use serde_json::{Map, Value, json};

/// Returns the folder of samples, or nothing, with a printed word, where it is absent.
fn samples() -> Option<PathBuf> {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../../shared/samples"));
    if !folder.is_dir() {
        println!("ignoré : le dossier des exemples n’est pas là ({})", folder.display());
        return None;
    }
    Some(folder.to_owned())
}

fn expectations(folder: &Path) -> Map<String, Value> {
    let text = fs::read_to_string(folder.join("expected.json")).unwrap();
    let mut all: Value = serde_json::from_str(&text).unwrap();
    match all["files"].take() {
        Value::Object(files) => files,
        other => panic!("the expectations are {other}"),
    }
}

fn invoice_of(reading: &Reading) -> Option<&InvoiceDocument> {
    reading.parsed.items.first().map(|Document::Invoice(invoice)| &**invoice)
}

#[test]
fn every_sample_invoice_reads_as_other_tools_read_it() {
    let Some(folder) = samples() else { return };
    let mut differences = Vec::new();
    let mut compared = 0;
    for (file, expected) in expectations(&folder) {
        if !["facturx/", "cii/", "ubl/"].iter().any(|prefix| file.starts_with(prefix)) {
            continue;
        }
        let reading = read(&fs::read(folder.join(&file)).unwrap());
        let wanted = expected.get("invoice").unwrap_or(&expected);
        let Some(invoice) = invoice_of(&reading) else {
            let refused = reading.parsed.faults.iter().any(Fault::is_refusal);
            assert!(refused && wanted.get("number").is_none(), "{file}: {:?}", reading.parsed.faults);
            continue;
        };
        compared += 1;
        let found = summary(invoice);
        let attached = match &reading.kind {
            Kind::PdfWithInvoice { xml_name } => json!({ "invoice_xml_name": xml_name }),
            Kind::InvoiceXml(_) => json!({}),
            other => panic!("{file} is {other:?}, yet it holds an invoice"),
        };
        let pairs = [(&found, wanted), (&attached, &expected)];
        let parties = ["seller", "buyer"].map(|party| (&found[party], &wanted[party]));
        let different = pairs.iter().chain(&parties).flat_map(|(found, wanted)| differences_between(found, wanted));
        differences.extend(different.map(|difference| format!("{file}: {difference}")));
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
    assert_eq!(compared, 55, "every electronic invoice among the samples is compared");
}

/// Compares the fields that both sides have; the parties have fields of their own and are compared apart.
fn differences_between(found: &Value, wanted: &Value) -> Vec<String> {
    let fields = found.as_object().unwrap().iter().filter(|(field, _)| !["seller", "buyer"].contains(&field.as_str()));
    let common = fields.filter_map(|(field, found)| Some((field, found, wanted.get(field)?)));
    let different = common.filter(|(field, found, wanted)| match field.as_str() {
        "total_without_tax" | "tax_total" | "total_with_tax" | "prepaid" | "due_payable" => {
            amount(found) != amount(wanted)
        }
        // The expectations sort them; here the first one on the invoice stays first.
        "ibans" => sorted(found) != sorted(wanted),
        _ => found != wanted,
    });
    different.map(|(field, found, wanted)| format!("{field} is {found}, not {wanted}")).collect()
}

/// Reads an amount, so that `100` and `100.00` are the same.
fn amount(value: &Value) -> Option<Amount> {
    value.as_str().map(|text| Amount::parse(text).unwrap())
}

fn sorted(list: &Value) -> Vec<&str> {
    let mut list: Vec<_> = list.as_array().unwrap().iter().filter_map(Value::as_str).collect();
    list.sort_unstable();
    list
}

/// Writes an invoice the way the expectations do.
fn summary(invoice: &InvoiceDocument) -> Value {
    let syntax = match invoice.syntax {
        Syntax::Cii => "CII",
        Syntax::CrossIndustryDocument => "CrossIndustryDocument",
        Syntax::UblInvoice => "UBL Invoice",
        Syntax::UblCreditNote => "UBL CreditNote",
    };
    let as_written =
        |amount: Option<Amount>| amount.map(|amount| if invoice.amounts_were_negative { -amount } else { amount });
    let due_dates: Vec<_> = invoice.due_dates.iter().map(|due| due.date.to_string()).collect();
    let preceding: Vec<_> = invoice.preceding_invoices.iter().map(|earlier| &earlier.number).collect();
    json!({
        "syntax": syntax,
        "guideline": invoice.guideline,
        "number": invoice.number,
        "type_code": invoice.type_code,
        "issue_date": invoice.issue_date.map(|date| date.to_string()),
        "currency": invoice.currency,
        "seller": party(&invoice.seller),
        "buyer": party(&invoice.buyer),
        "buyer_reference": invoice.buyer_reference,
        "order_ref": invoice.order_ref,
        "due_dates": due_dates,
        "total_without_tax": as_written(invoice.totals.without_tax),
        "tax_total": as_written(invoice.totals.tax),
        "total_with_tax": as_written(invoice.totals.with_tax),
        "prepaid": as_written(invoice.totals.prepaid),
        "due_payable": as_written(invoice.totals.due_payable),
        "ibans": invoice.ibans,
        "preceding_invoices": preceding,
    })
}

fn party(party: &Party) -> Value {
    json!({
        "name": party.name,
        "trade_name": party.trade_name,
        "legal_id": party.legal_id,
        "vat": party.vat,
        "country": party.country,
    })
}

#[test]
fn protected_samples_are_told_apart_from_damaged_ones() {
    let Some(folder) = samples() else { return };
    for (file, expected) in expectations(&folder) {
        let opens = &expected["pdf"]["opens_without_password"];
        if file.starts_with("pdf/") && expected["pdf"]["encrypted"] == true && *opens == false {
            let reading = read(&fs::read(folder.join(&file)).unwrap());
            assert_eq!(reading.parsed.faults[0].code, "pdf-protege", "{file}");
        }
    }
}

#[test]
fn every_sample_of_any_kind_gives_an_item_or_a_sentence() {
    let Some(folder) = samples() else { return };
    let mut read_files = 0;
    for file in expectations(&folder).keys() {
        let started = Instant::now();
        let reading = read(&fs::read(folder.join(file)).unwrap());
        let Reading { kind, parsed } = &reading;
        read_files += 1;
        let refused = parsed.faults.iter().any(Fault::is_refusal);
        assert_eq!(parsed.items.is_empty(), refused, "{file}: {kind:?} {:?}", parsed.faults);
        for fault in &parsed.faults {
            assert!(
                fault.sentence.ends_with('.') && fault.sentence.contains("\u{202f}:"),
                "{file}: {}",
                fault.sentence
            );
            assert!(!fault.sentence.contains('\''), "{file}: {}", fault.sentence);
        }
        assert!(started.elapsed() < Duration::from_secs(20), "{file} takes {:?}", started.elapsed());
    }
    assert_eq!(read_files, 176, "every sample is read");
}
