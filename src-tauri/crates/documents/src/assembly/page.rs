//! A page of an exhibit, written into the dossier: as it was, with its annotations drawn and its stamp on top.

use lopdf::{Dictionary, Object, ObjectId};

use super::Unreadable;
use super::annotations::{Appearance, Appearances};
use super::carry::Carrier;
use super::geometry::{Frame, Rectangle};
use super::nesting::Nesting;
use super::source::{Page, Source};
use super::stamp;
use super::writer::{Number, real};

/// What is added to a page.
#[derive(Debug)]
pub(super) struct Additions {
    pub appearances: Appearances,
    pub stamp: Option<String>,
}

/// What is drawn after a page, and the resources it names.
#[derive(Debug, Default)]
struct Overlay {
    drawing: String,
    fonts: Vec<(String, Number)>,
    forms: Vec<(String, Number)>,
}

/// Writes a page and returns its number; what it refers to is left pending in the carrier.
pub(super) fn write(
    carrier: &mut Carrier,
    source: &Source,
    page: &Page,
    additions: &Additions,
) -> Result<Number, Unreadable> {
    let overlay = overlay(carrier, source, page, additions);
    let mut contents: Vec<Number> = Vec::new();
    let streams = content_streams(source, page.dictionary)?;
    if overlay.drawing.is_empty() {
        contents.extend(streams.into_iter().map(|id| carrier.number(id)));
    } else {
        let nesting = nesting(carrier, source, &streams)?;
        contents.push(if nesting.is_balanced() {
            carrier.shared.opening
        } else {
            plain_stream(carrier, &nesting.opening())
        });
        contents.extend(streams.into_iter().map(|id| carrier.number(id)));
        contents.push(plain_stream(carrier, &format!("{}\n{}", nesting.closing(), overlay.drawing)));
    }
    let number = carrier.writer.reserve();
    carrier.writer.begin(number);
    carrier.writer.text(&format!("<</Type/Page/Parent {} 0 R", carrier.shared.page_tree));
    write_frame(carrier, &page.frame(source));
    write_kept_entries(carrier, source, page.dictionary);
    write_resources(carrier, source, page.resources(source), &overlay);
    let contents: Vec<String> = contents.iter().map(|number| format!("{number} 0 R")).collect();
    carrier.writer.text(&format!("/Contents[{}]>>", contents.join(" ")));
    carrier.writer.end();
    carrier.check_growth()?;
    Ok(number)
}

fn plain_stream(carrier: &mut Carrier, content: &str) -> Number {
    let number = carrier.writer.reserve();
    carrier.writer.stream(number, content.as_bytes());
    number
}

/// Lists the streams that draw the page, in order.
fn content_streams(source: &Source, page: &Dictionary) -> Result<Vec<ObjectId>, Unreadable> {
    let stream = |object: &Object| match source.document.dereference(object) {
        Ok((Some(id), Object::Stream(_))) => Some(id),
        _ => None,
    };
    let single = page.get(b"Contents").ok().and_then(stream);
    let several = source.page_items(page, b"Contents")?.iter().filter_map(stream);
    Ok(single.into_iter().chain(several).collect())
}

/// Counts what the page leaves open.
fn nesting(carrier: &mut Carrier, source: &Source, streams: &[ObjectId]) -> Result<Nesting, Unreadable> {
    let mut nesting = Nesting::default();
    for id in streams {
        if let Ok(Object::Stream(stream)) = source.document.get_object(*id) {
            nesting.read(&carrier.inflate(stream)?);
        }
    }
    Ok(nesting)
}

/// Composes what is drawn after the page: its annotations, then the stamp.
fn overlay(carrier: &mut Carrier, source: &Source, page: &Page, additions: &Additions) -> Overlay {
    let resources = page.resources(source);
    let category = |key: &[u8]| resources.and_then(|resources| source.dictionary(resources, key));
    let suffix = free_suffix([category(b"XObject"), category(b"Font")]);
    let mut overlay = Overlay::default();
    for (index, Appearance { drawing, matrix }) in additions.appearances.drawn.iter().enumerate() {
        let name = format!("{OUR_NAMES}Annot{index}{suffix}");
        let matrix = matrix.map(real).join(" ");
        overlay.drawing.push_str(&format!("q {matrix} cm /{name} Do Q\n"));
        overlay.forms.push((name, carrier.number(*drawing)));
    }
    if let Some(text) = &additions.stamp {
        let name = format!("{OUR_NAMES}Stamp{suffix}");
        overlay.drawing.push_str(&stamp::drawing(text, &name, &page.frame(source)));
        overlay.fonts.push((name, carrier.shared.font));
    }
    overlay
}

/// How the names that we add to a page begin.
const OUR_NAMES: &str = "Dument";

/// Returns what makes our names longer than any that the page already uses: an exhibit may itself be a dossier.
fn free_suffix(used: [Option<&Dictionary>; 2]) -> String {
    let names = used.into_iter().flatten().flat_map(Dictionary::iter).map(|(name, _)| name);
    let longest = names.filter(|name| name.starts_with(OUR_NAMES.as_bytes())).map(Vec::len).max();
    "x".repeat(longest.unwrap_or(0))
}

fn write_frame(carrier: &mut Carrier, frame: &Frame) {
    let rectangle = |Rectangle { left, bottom, right, top }: Rectangle| [left, bottom, right, top].map(real).join(" ");
    carrier.writer.text(&format!("/MediaBox[{}]", rectangle(frame.media_box)));
    if let Some(crop_box) = frame.crop_box {
        carrier.writer.text(&format!("/CropBox[{}]", rectangle(crop_box)));
    }
    carrier.writer.text(&format!("/Rotate {}", frame.turn.degrees()));
    if frame.user_unit != 1.0 {
        carrier.writer.text(&format!("/UserUnit {}", real(frame.user_unit)));
    }
}

/// Writes the other entries that a page needs to be drawn; all the rest of it (actions, threads, tags) is left behind.
fn write_kept_entries(carrier: &mut Carrier, source: &Source, page: &Dictionary) {
    if let Some(group) = source.get(page, b"Group") {
        carrier.writer.text("/Group ");
        carrier.value(group);
    }
    for key in ["BleedBox", "TrimBox", "ArtBox"] {
        let rectangle = page.get(key.as_bytes()).ok().and_then(|rectangle| source.numbers::<4>(rectangle));
        if let Some(rectangle) = rectangle {
            carrier.writer.text(&format!("/{key}[{}]", rectangle.map(real).join(" ")));
        }
    }
}

fn write_resources(carrier: &mut Carrier, source: &Source, resources: Option<&Dictionary>, overlay: &Overlay) {
    carrier.writer.text("/Resources<<");
    let extended = [("Font", &overlay.fonts), ("XObject", &overlay.forms)].map(|(key, added)| (key.as_bytes(), added));
    let is_extended = |key: &[u8]| extended.iter().any(|(extended, added)| *extended == key && !added.is_empty());
    if let Some(resources) = resources {
        carrier.entries(resources.iter().filter(|(key, _)| !is_extended(key)));
    }
    for (key, added) in extended.into_iter().filter(|(key, _)| is_extended(key)) {
        carrier.writer.name(key);
        carrier.writer.text("<<");
        if let Some(category) = resources.and_then(|resources| source.dictionary(resources, key)) {
            carrier.entries(category.iter());
        }
        for (name, number) in added {
            carrier.writer.text(&format!("/{name} {number} 0 R"));
        }
        carrier.writer.text(">>");
    }
    carrier.writer.text(">>");
}
