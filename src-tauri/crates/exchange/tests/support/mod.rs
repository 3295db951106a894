//! Small invoices of our own, valid and complete enough to be spoiled one thing at a time.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
#![allow(dead_code, reason = "each test binary uses a part of it")]

pub mod pdf;

use dument_exchange::{Document, InvoiceDocument, Reading};

/// Returns the invoice that was read.
pub fn invoice(reading: &Reading) -> &InvoiceDocument {
    match reading.parsed.items.as_slice() {
        [Document::Invoice(invoice)] => invoice,
        other => panic!("{} items and {:?}", other.len(), reading.parsed.faults),
    }
}

/// Returns the codes of the faults, in order.
pub fn codes(reading: &Reading) -> Vec<&'static str> {
    reading.parsed.faults.iter().map(|fault| fault.code).collect()
}

/// Returns the part of a text from one mark to another, both included.
pub fn between(text: &str, start: &str, end: &str) -> String {
    let from = text.find(start).unwrap();
    let to = from + text[from..].find(end).unwrap() + end.len();
    text[from..to].to_owned()
}

/// 100 € before tax at 20 %, 30 € paid on account, 90 € left to pay on 31 March 2026.
pub fn cii() -> String {
    include_str!("cii.xml").to_owned()
}

/// The same invoice in UBL.
pub fn ubl() -> String {
    include_str!("ubl.xml").to_owned()
}

/// A ZUGFeRD 1 invoice: 100 € before tax at 19 %.
pub fn zugferd_1() -> String {
    include_str!("zugferd-1.xml").to_owned()
}
