//! The invoice attached to a PDF: Factur-X, ZUGFeRD, `XRechnung`.
//!
//! Only attachments are looked at: no page is drawn, no script run, no link followed. Walks are iterative, bounded and
//! never enter the same object twice.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use dument_domain::Fault;
use lopdf::{
    DecompressError, Dictionary, Document as Pdf, Error, LoadOptions, Object, ObjectId, Stream, decode_text_string,
};

use crate::{Document, Kind, Parsed, Reading, read_xml};

/// Bytes of PDF.
const MAX_BYTES: usize = 100_000_000;
/// Bytes that one compressed stream may swell to.
const MAX_STREAM_BYTES: usize = 64_000_000;
/// Objects in one PDF.
const MAX_OBJECTS: usize = 1_000_000;
/// Attachments with the name of an invoice that are opened: 256 MB together.
const MAX_INVOICES: usize = 4;
/// Steps in the tree of attachments.
const MAX_STEPS: usize = 10_000;
/// A PDF may begin with some rubbish, but not more than this.
const MAX_BYTES_BEFORE_HEADER: usize = 1024;

/// The names under which an invoice is attached, in lower case.
const INVOICE_NAMES: [&str; 3] = ["factur-x.xml", "zugferd-invoice.xml", "xrechnung.xml"];

/// Says whether the bytes are those of a PDF.
pub fn is_pdf(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(MAX_BYTES_BEFORE_HEADER)];
    start.windows(5).any(|window| window == b"%PDF-")
}

/// Reads the invoice attached to a PDF, or says why there is none.
///
/// When two are attached, a hybrid of two standards, the first one that makes an invoice counts.
pub fn read(bytes: &[u8]) -> Reading {
    let attachments = match invoice_attachments(bytes) {
        Ok(attachments) => attachments,
        Err(fault) => return Reading { kind: Kind::Pdf, parsed: Parsed::refused(fault) },
    };
    let mut readings = attachments.into_iter().map(|(xml_name, xml)| {
        let parsed = xml.map_or_else(Parsed::refused, |xml| read_xml(&xml).parsed);
        Reading { kind: Kind::PdfWithInvoice { xml_name }, parsed }
    });
    let Some(mut first) = readings.next() else {
        return Reading { kind: Kind::Pdf, parsed: Parsed::refused(Broken::NoInvoice.into()) };
    };
    if first.parsed.items.is_empty() {
        return readings.find(|other| !other.parsed.items.is_empty()).unwrap_or(first);
    }
    if readings.any(|other| contradict(&first, &other)) {
        first.parsed.faults.push(Fault::warning(
            "pdf-deux-factures",
            "",
            "Ce PDF contient deux factures différentes : la première a été lue, vérifiez-la d’après l’original.",
        ));
    }
    first
}

/// Says whether two readings are both invoices, and not the same one.
fn contradict(first: &Reading, second: &Reading) -> bool {
    let essences = [first, second].map(|reading| {
        reading.parsed.items.first().map(|Document::Invoice(invoice)| (&invoice.number, invoice.totals.with_tax))
    });
    matches!(essences, [Some(first), Some(second)] if first != second)
}

/// Why a PDF gives no invoice.
#[derive(Debug, Clone, Copy)]
enum Broken {
    TooLong,
    TooManyObjects,
    Bomb,
    Protected,
    Damaged,
    DamagedAttachment,
    NoInvoice,
}

impl From<Broken> for Fault {
    fn from(broken: Broken) -> Self {
        let (code, sentence) = match broken {
            Broken::TooLong => (
                "pdf-trop-long",
                "Ce PDF dépasse 100\u{a0}Mo : demandez un fichier plus léger, ou joignez celui-ci comme pièce du dossier.",
            ),
            Broken::TooManyObjects => (
                "pdf-trop-d-objets",
                "Ce PDF contient plus d’un million d’objets, ce qu’aucune facture ne fait : \
                 demandez-le à nouveau à son expéditeur.",
            ),
            Broken::Bomb => (
                "pdf-trop-gonfle",
                "Une partie comprimée de ce PDF dépasse 64\u{a0}Mo une fois ouverte, ce qu’aucune facture ne fait : \
                 demandez-le à nouveau à son expéditeur.",
            ),
            Broken::Protected => (
                "pdf-protege",
                "Ce PDF est protégé par un mot de passe : \
                 ouvrez-le, enregistrez-en une copie sans protection, puis importez cette copie.",
            ),
            Broken::Damaged => (
                "pdf-abime",
                "Ce PDF est abîmé et ne peut pas être ouvert : demandez à l’expéditeur de vous le renvoyer.",
            ),
            Broken::DamagedAttachment => (
                "pdf-facture-abimee",
                "La facture électronique jointe à ce PDF est abîmée et ne peut pas être lue : \
                 demandez à l’expéditeur de vous renvoyer le PDF.",
            ),
            Broken::NoInvoice => (
                "pdf-sans-facture",
                "Ce PDF ne contient pas de facture électronique (Factur-X ou ZUGFeRD) : \
                 saisissez la facture à la main et joignez-y ce PDF.",
            ),
        };
        Self::refusal(code, "", sentence)
    }
}

/// An attached file that bears the name of an invoice, and its content or what is wrong with it.
type Attachment = (String, Result<Vec<u8>, Fault>);

fn invoice_attachments(bytes: &[u8]) -> Result<Vec<Attachment>, Fault> {
    if bytes.len() > MAX_BYTES {
        return Err(Broken::TooLong.into());
    }
    // The reader of PDF is foreign code on hostile bytes: should it panic, that PDF is damaged and nothing else is.
    let opened = catch_unwind(AssertUnwindSafe(|| {
        let pdf = open(bytes)?;
        Ok(Attachments::of(&pdf).invoices())
    }));
    opened.unwrap_or(Err(Broken::Damaged.into()))
}

fn open(bytes: &[u8]) -> Result<Pdf, Fault> {
    let options = LoadOptions::with_max_decompressed_size(MAX_STREAM_BYTES);
    let pdf = Pdf::load_mem_with_options(bytes, options).map_err(|error| match error {
        Error::Decompress(DecompressError::MemoryLimitExceeded { .. }) => Broken::Bomb,
        Error::InvalidPassword | Error::Decryption(_) | Error::UnsupportedSecurityHandler(_) => Broken::Protected,
        _ => Broken::Damaged,
    })?;
    // The entry is gone once the PDF is decrypted, which needs no password when only its use is restricted.
    if pdf.trailer.has(b"Encrypt") {
        return Err(Broken::Protected.into());
    }
    if pdf.objects.len() > MAX_OBJECTS {
        return Err(Broken::TooManyObjects.into());
    }
    if pdf.catalog().is_err() {
        return Err(Broken::Damaged.into());
    }
    Ok(pdf)
}

/// The file specifications of a PDF, found wherever a PDF may keep them.
struct Attachments<'a> {
    pdf: &'a Pdf,
    specifications: Vec<&'a Dictionary>,
}

impl<'a> Attachments<'a> {
    /// Gathers them in this order: the names of embedded files, the files associated with the document, notes on pages.
    fn of(pdf: &'a Pdf) -> Self {
        let mut found = Self { pdf, specifications: Vec::new() };
        if let Ok(catalog) = pdf.catalog() {
            found.gather_embedded(catalog);
            found.gather_associated(catalog);
        }
        found.gather_annotations();
        found
    }

    /// Reads those that bear the name of an invoice, each once.
    fn invoices(&self) -> Vec<Attachment> {
        let mut seen = BTreeSet::new();
        let mut invoices = Vec::new();
        for specification in &self.specifications {
            let Some(name) = self.invoice_name(specification) else { continue };
            let Some(stream) = self.stream_of(specification) else { continue };
            if seen.insert(std::ptr::from_ref(stream)) && seen.len() <= MAX_INVOICES {
                invoices.push((name, content(stream)));
            }
        }
        invoices
    }

    fn gather_embedded(&mut self, catalog: &'a Dictionary) {
        let pdf = self.pdf;
        let names = catalog.get_deref(b"Names", pdf).and_then(Object::as_dict);
        let Ok(root) = names.and_then(|names| names.get(b"EmbeddedFiles")) else { return };
        let mut entered: BTreeSet<ObjectId> = BTreeSet::new();
        let mut to_visit = vec![root];
        for _ in 0..MAX_STEPS {
            let Some(node) = to_visit.pop() else { return };
            if node.as_reference().is_ok_and(|id| !entered.insert(id)) {
                continue;
            }
            let Some(node) = dictionary(pdf, node) else { continue };
            // A leaf lists name, file, name, file…
            self.add(array(pdf, node, b"Names").iter().skip(1).step_by(2));
            let room = MAX_STEPS.saturating_sub(to_visit.len());
            to_visit.extend(array(pdf, node, b"Kids").iter().take(room).rev());
        }
    }

    fn gather_associated(&mut self, catalog: &'a Dictionary) {
        self.add(array(self.pdf, catalog, b"AF").iter());
    }

    /// Looks for annotations among all objects rather than down the tree of pages, which may be long, deep or circular.
    fn gather_annotations(&mut self) {
        for object in self.pdf.objects.values() {
            let within = match object {
                Object::Array(items) => items.as_slice(),
                Object::Dictionary(page) => {
                    page.get(b"Annots").and_then(Object::as_array).map_or(&[][..], Vec::as_slice)
                }
                _ => &[],
            };
            let annotations = within.iter().chain([object]).filter_map(|item| item.as_dict().ok());
            let attached = annotations.filter(|annotation| {
                annotation.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"FileAttachment")
            });
            self.add(attached.filter_map(|annotation| annotation.get(b"FS").ok()));
        }
    }

    fn add(&mut self, files: impl Iterator<Item = &'a Object>) {
        let room = MAX_STEPS.saturating_sub(self.specifications.len());
        self.specifications.extend(files.take(room).filter_map(|file| dictionary(self.pdf, file)));
    }

    fn invoice_name(&self, specification: &Dictionary) -> Option<String> {
        let names = [&b"UF"[..], b"F"].into_iter().filter_map(|key| specification.get_deref(key, self.pdf).ok());
        let mut names = names.filter_map(|name| decode_text_string(name).ok());
        names.find(|name| INVOICE_NAMES.contains(&name.to_lowercase().as_str()))
    }

    fn stream_of(&self, specification: &'a Dictionary) -> Option<&'a Stream> {
        let files = specification.get_deref(b"EF", self.pdf).and_then(Object::as_dict).ok()?;
        let mut streams = [&b"UF"[..], b"F"].into_iter().filter_map(|key| files.get_deref(key, self.pdf).ok());
        streams.find_map(|object| object.as_stream().ok())
    }
}

fn content(stream: &Stream) -> Result<Vec<u8>, Fault> {
    stream.decompressed_content_with_limit(MAX_STREAM_BYTES).map_err(|error| {
        let broken = match error {
            Error::Decompress(DecompressError::MemoryLimitExceeded { .. }) => Broken::Bomb,
            _ => Broken::DamagedAttachment,
        };
        broken.into()
    })
}

/// Returns the dictionary that an object is or refers to.
fn dictionary<'a>(pdf: &'a Pdf, object: &'a Object) -> Option<&'a Dictionary> {
    pdf.dereference(object).ok()?.1.as_dict().ok()
}

/// Returns the items of an array in a dictionary; none when there is no such array.
fn array<'a>(pdf: &'a Pdf, dictionary: &'a Dictionary, key: &[u8]) -> &'a [Object] {
    dictionary.get_deref(key, pdf).and_then(Object::as_array).map_or(&[], Vec::as_slice)
}
