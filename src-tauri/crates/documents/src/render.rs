//! From data to bytes: PDF to send and keep, PNG to look at.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde_json::Value as Json;
use typst::comemo;
use typst::diag::SourceDiagnostic;
use typst::foundations::{Label, Smart, Value};
use typst::introspection::{Introspector as _, MetadataElem};
use typst::utils::PicoStr;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};
use typst_render::RenderOptions;

use crate::data::Document;
use crate::error::Error;
use crate::world::Press;

/// The one press of the program: its templates are parsed and its fonts loaded once, at the first document.
static PRESS: LazyLock<Press> = LazyLock::new(Press::new);

/// How many documents back a memoized piece of layout is kept: enough for a run of letters that resemble one another,
/// and bounded whatever the length of the run.
const MEMORY: usize = 8;

/// A finished document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pdf {
    /// PDF/A-2a and PDF/UA-1.
    pub bytes: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
    /// The characters of the data that the embedded font cannot draw: each is printed as □.
    ///
    /// The caller tells the owner, who may write the name otherwise; the document exists all the same.
    pub replaced: Vec<char>,
    /// The words by which a letter warns of the consequences, as they are printed.
    pub warning: Option<String>,
}

/// Typesets a document: the same data gives the same bytes.
pub fn render(document: &Document) -> Result<Pdf, Error> {
    render_with(document, None)
}

/// Typesets a document that prints an image, which travels beside the data.
pub(crate) fn render_with(document: &Document, piece: Option<&[u8]>) -> Result<Pdf, Error> {
    let Typeset { paged, replaced, .. } = typeset_with(document, piece)?;
    let standards = PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1])
        .expect("BUG: PDF/A-2a and PDF/UA-1 can be asked for together");
    let options = PdfOptions { creator: Smart::Custom(Some("Dûment".into())), standards, ..PdfOptions::default() };
    let bytes = typst_pdf::pdf(&paged, &options).map_err(|faults| Error::Standard { details: sentences(&faults) });
    let pages = paged.pages().len();
    comemo::evict(MEMORY);
    Ok(Pdf { bytes: bytes?, pages, replaced, warning: warning(&paged) })
}

/// Reads back the sentence that the template left under its label.
fn warning(paged: &PagedDocument) -> Option<String> {
    let label = Label::new(PicoStr::intern("avertissement"))?;
    let left = paged.introspector().query_label(label).ok()?.to_packed::<MetadataElem>()?;
    let Value::Content(sentence) = &left.value else { return None };
    // No-break spaces belong to the sentence; the others only say where the template went to the next line.
    let text = sentence.plain_text();
    Some(text.split_ascii_whitespace().collect::<Vec<_>>().join(" "))
}

/// Draws one page, counted from 1, as a PNG.
pub fn render_png(document: &Document, page: usize, dpi: u16) -> Result<Vec<u8>, Error> {
    let Typeset { paged, .. } = typeset(document)?;
    let pages = paged.pages();
    let sheet =
        page.checked_sub(1).and_then(|index| pages.get(index)).ok_or(Error::NoSuchPage { pages: pages.len() })?;
    let options = RenderOptions { pixel_per_pt: (f64::from(dpi.clamp(24, 600)) / 72.0).into(), ..Default::default() };
    let png = typst_render::render(sheet, &options).encode_png();
    comemo::evict(MEMORY);
    Ok(png.expect("BUG: a page of a letter always fits a PNG"))
}

/// Pages, and what was noticed on the way.
pub(crate) struct Typeset {
    pub(crate) paged: PagedDocument,
    pub(crate) replaced: Vec<char>,
    /// What the typesetter would rather have otherwise: a concern of the templates, not of the owner.
    #[cfg_attr(not(test), expect(dead_code, reason = "the tests hold the templates to it"))]
    pub(crate) warnings: String,
}

pub(crate) fn typeset(document: &Document) -> Result<Typeset, Error> {
    typeset_with(document, None)
}

fn typeset_with(document: &Document, piece: Option<&[u8]>) -> Result<Typeset, Error> {
    let mut data = serde_json::to_value(document).expect("BUG: plain data always serialises");
    let mut replaced = BTreeSet::new();
    make_printable(&mut data, &mut replaced);
    let data = serde_json::to_vec(&data).expect("BUG: plain data always serialises");
    let sheet = PRESS.sheet(document.template(), data, piece, document.date());
    let compiled = typst::compile::<PagedDocument>(&sheet);
    let paged = compiled.output.map_err(|faults| Error::Typesetting { details: sentences(&faults) })?;
    Ok(Typeset { paged, replaced: replaced.into_iter().collect(), warnings: sentences(&compiled.warnings) })
}

/// Leaves in every text only what the embedded font draws, for PDF/A refuses a page with a missing glyph.
fn make_printable(value: &mut Json, replaced: &mut BTreeSet<char>) {
    match value {
        Json::String(text) => {
            if !text.chars().all(|character| matches!(character, ' '..='~') || PRESS.draws(character)) {
                *text = text.chars().filter_map(|character| printable(character, replaced)).collect();
            }
        }
        Json::Array(values) => values.iter_mut().for_each(|value| make_printable(value, replaced)),
        Json::Object(fields) => fields.values_mut().for_each(|value| make_printable(value, replaced)),
        Json::Null | Json::Bool(_) | Json::Number(_) => {}
    }
}

fn printable(character: char, replaced: &mut BTreeSet<char>) -> Option<char> {
    match character {
        '\n' => Some(character),
        _ if character.is_control() => Some(' '),
        // Marks that are not seen: joiners, directions of writing, byte order.
        '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' => None,
        _ if PRESS.draws(character) => Some(character),
        _ => {
            replaced.insert(character);
            Some('□')
        }
    }
}

fn sentences(diagnostics: &[SourceDiagnostic]) -> String {
    diagnostics.iter().map(|it| it.message.as_str()).collect::<Vec<_>>().join("\u{202f}; ")
}
