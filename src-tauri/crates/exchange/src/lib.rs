//! Exchange: files that come from elsewhere, turned into plain data, and the agenda that goes elsewhere.
//!
//! Bytes go in, data and faults come out, good items *and* faults together: nothing is skipped in silence. What a file
//! says is reported as it says it; amounts that are missing stay missing, and the ledger decides what to do about it.
//!
//! Deliberately not here: files and folders (the caller holds the bytes), the clock, floating point, and the rules of
//! the trade: whether a SIREN, a VAT number or an IBAN is a true one is the domain's affair. Every bound on the size
//! and depth of what is read is enforced here; the bound on time and on total memory belongs to the process that runs it.
//!
//! # Map
//!
//! - [`invoice`]: an electronic invoice, whatever the format it came in
//! - `facturx`: the invoice attached to a PDF (Factur-X, ZUGFeRD, `XRechnung`)
//! - `cii`: UN/CEFACT Cross Industry Invoice, and its ancestor ZUGFeRD 1
//! - `ubl`: OASIS UBL invoices and credit notes
//! - [`ics`]: a calendar of whole days, written for the owner's own agenda
//! - `coherence`: what is missing or does not add up in an invoice
//! - `fields`: texts, sums and dates read out of XML places
//! - `xml`: a bounded reader of XML into a small tree, on top of `encoding`, bytes to text

#![warn(clippy::float_arithmetic, missing_docs)]

mod cii;
mod coherence;
mod encoding;
mod facturx;
mod fields;
pub mod ics;
pub mod invoice;
mod ubl;
mod xml;

use dument_domain::Fault;
use serde::Serialize;

pub use invoice::InvoiceDocument;
use invoice::Syntax;

/// What could be read, and everything that is wrong with the rest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Parsed<T> {
    /// The good items, in the order of the file.
    pub items: Vec<T>,
    /// What is wrong or doubtful, in the order in which it was met.
    pub faults: Vec<Fault>,
}

impl<T> Parsed<T> {
    fn refused(fault: Fault) -> Self {
        Self { items: Vec::new(), faults: vec![fault] }
    }

    fn map<U>(self, change: impl FnMut(T) -> U) -> Parsed<U> {
        Parsed { items: self.items.into_iter().map(change).collect(), faults: self.faults }
    }
}

/// Something that a file can hold and that the ledger can use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Document {
    /// An electronic invoice or credit note.
    Invoice(Box<InvoiceDocument>),
}

/// What a file is, judged by its content and never by its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A PDF that carries an invoice readable by a program.
    PdfWithInvoice {
        /// Name of the attached file, as the PDF spells it.
        xml_name: String,
    },
    /// A PDF without any such invoice, or one that cannot be opened.
    Pdf,
    /// An invoice in XML.
    InvoiceXml(Syntax),
    /// Another XML file, or one that cannot be read.
    Xml,
    /// Anything else.
    Unknown,
}

/// The answer of [`read`]: when it holds no item, a refusal says why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reading {
    /// What the file is.
    pub kind: Kind,
    /// What it holds, and what is wrong with it.
    pub parsed: Parsed<Document>,
}

/// Recognises a file by its content and reads what the ledger can use of it.
///
/// It never panics and never fails: a file that cannot be used comes back as a refusal, in a sentence for its owner.
#[must_use]
pub fn read(bytes: &[u8]) -> Reading {
    if encoding::looks_like_xml(bytes) {
        read_xml(bytes)
    } else if facturx::is_pdf(bytes) {
        facturx::read(bytes)
    } else {
        let fault = if bytes.is_empty() {
            Fault::refusal("fichier-vide", "", "Ce fichier est vide : demandez à l’expéditeur de vous le renvoyer.")
        } else {
            Fault::refusal(
                "fichier-inconnu",
                "",
                "Ce fichier n’est ni un PDF ni une facture électronique (Factur-X, CII ou UBL) : \
                 choisissez-en un autre, ou joignez celui-ci comme pièce du dossier.",
            )
        };
        Reading { kind: Kind::Unknown, parsed: Parsed::refused(fault) }
    }
}

fn read_xml(bytes: &[u8]) -> Reading {
    let root = match xml::parse(bytes) {
        Ok(root) => root,
        Err(fault) => return Reading { kind: Kind::Xml, parsed: Parsed::refused(fault) },
    };
    let Some(syntax) = syntax_of(root.name()) else {
        let fault = Fault::refusal(
            "xml-sans-facture",
            fields::excerpt(root.name()),
            "Ce fichier XML n’est pas une facture CII ou UBL : demandez la facture au format Factur-X, CII ou UBL.",
        );
        return Reading { kind: Kind::Xml, parsed: Parsed::refused(fault) };
    };
    let parsed = match syntax {
        Syntax::Cii | Syntax::CrossIndustryDocument => cii::read(&root, syntax),
        Syntax::UblInvoice | Syntax::UblCreditNote => ubl::read(&root, syntax),
    };
    Reading { kind: Kind::InvoiceXml(syntax), parsed: parsed.map(|invoice| Document::Invoice(Box::new(invoice))) }
}

fn syntax_of(root_name: &str) -> Option<Syntax> {
    match root_name {
        "rsm:CrossIndustryInvoice" => Some(Syntax::Cii),
        "rsm:CrossIndustryDocument" => Some(Syntax::CrossIndustryDocument),
        "ubl:Invoice" => Some(Syntax::UblInvoice),
        "ubl:CreditNote" => Some(Syntax::UblCreditNote),
        _ => None,
    }
}
