//! What annotations and form fields look like, without what they do.
//!
//! A filled field, a signature's picture, a hand-written remark are part of what a page shows. Their appearance is drawn
//! on the page as any image is; the annotations themselves (links, actions, scripts, attached files) stay behind.

use lopdf::{Dictionary, Object, ObjectId};

use super::Unreadable;
use super::geometry::Rectangle;
use super::source::{Page, Source};

/// The appearance of an annotation, and where it goes.
#[derive(Debug)]
pub(super) struct Appearance {
    pub drawing: ObjectId,
    pub matrix: [f32; 6],
}

/// What the annotations of a page show.
#[derive(Debug, Default)]
pub(super) struct Appearances {
    pub drawn: Vec<Appearance>,
    /// How many show something that the file leaves to the reader to draw, and that is lost.
    pub missing: usize,
}

const HIDDEN: i64 = 1 << 1;
const NO_VIEW: i64 = 1 << 5;

/// Finds what the annotations of a page show on the screen.
pub(super) fn appearances(source: &Source, page: &Page) -> Result<Appearances, Unreadable> {
    let mut appearances = Appearances::default();
    for annotation in source.page_items(page.dictionary, b"Annots")? {
        let Some(annotation) = source.resolve(annotation).and_then(|object| object.as_dict().ok()) else { continue };
        if !is_shown(source, annotation) {
            continue;
        }
        match appearance(source, annotation) {
            Some(appearance) => appearances.drawn.push(appearance),
            None if left_to_the_reader(source, annotation) => appearances.missing += 1,
            None => {}
        }
    }
    Ok(appearances)
}

fn is_shown(source: &Source, annotation: &Dictionary) -> bool {
    let flags = source.get(annotation, b"F").and_then(|flags| flags.as_i64().ok()).unwrap_or(0);
    // A pop-up is the window of another annotation.
    flags & (HIDDEN | NO_VIEW) == 0 && subtype(source, annotation) != b"Popup"
}

fn subtype<'a>(source: &'a Source, annotation: &'a Dictionary) -> &'a [u8] {
    source.get(annotation, b"Subtype").and_then(|name| name.as_name().ok()).unwrap_or_default()
}

/// Tells whether a reader would draw something for an annotation without an appearance.
fn left_to_the_reader(source: &Source, annotation: &Dictionary) -> bool {
    let has_surface =
        annotation.get(b"Rect").is_ok_and(|corners| source.numbers(corners).and_then(Rectangle::new).is_some());
    has_surface
        && !annotation.has(b"AP")
        && match subtype(source, annotation) {
            b"Widget" => is_filled(source, annotation),
            b"Link" => false,
            _ => true,
        }
}

/// Tells whether a field has a value; several widgets may leave it to the field they belong to.
fn is_filled(source: &Source, widget: &Dictionary) -> bool {
    let value = |field: &Dictionary| match source.get(field, b"V") {
        Some(Object::String(text, _)) => !text.is_empty(),
        Some(Object::Name(state)) => state != b"Off",
        other => other.is_some(),
    };
    value(widget) || source.dictionary(widget, b"Parent").is_some_and(value)
}

/// Maps the box of the appearance, once through its own matrix, onto the rectangle of the annotation.
fn appearance(source: &Source, annotation: &Dictionary) -> Option<Appearance> {
    let drawing = normal_appearance(source, annotation)?;
    let form = &source.document.get_object(drawing).ok()?.as_stream().ok()?.dict;
    let rectangle = Rectangle::new(source.numbers(annotation.get(b"Rect").ok()?)?)?;
    let [left, bottom, right, top] = source.numbers(form.get(b"BBox").ok()?)?;
    let [a, b, c, d, e, f] = form.get(b"Matrix").ok().and_then(|matrix| source.numbers(matrix)).unwrap_or(IDENTITY);
    let corners = [(left, bottom), (left, top), (right, bottom), (right, top)]
        .map(|(x, y)| (a * x + c * y + e, b * x + d * y + f));
    let least = |values: [f32; 4]| values.into_iter().fold(f32::INFINITY, f32::min);
    let most = |values: [f32; 4]| values.into_iter().fold(f32::NEG_INFINITY, f32::max);
    let (x, y) = (corners.map(|corner| corner.0), corners.map(|corner| corner.1));
    let shown = Rectangle::new([least(x), least(y), most(x), most(y)])?;
    let (across, up) = (rectangle.width() / shown.width(), rectangle.height() / shown.height());
    let matrix = [across, 0.0, 0.0, up, rectangle.left - shown.left * across, rectangle.bottom - shown.bottom * up];
    matrix.iter().all(|value| value.is_finite()).then_some(Appearance { drawing, matrix })
}

const IDENTITY: [f32; 6] = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

/// Finds the drawing for the present state (a ticked box has one by state).
fn normal_appearance(source: &Source, annotation: &Dictionary) -> Option<ObjectId> {
    let normal = source.dictionary(annotation, b"AP")?.get(b"N").ok()?;
    let (id, object) = source.document.dereference(normal).ok()?;
    match object {
        Object::Stream(_) => id,
        Object::Dictionary(states) => {
            let state = source.get(annotation, b"AS")?.as_name().ok()?;
            source.document.dereference(states.get(state).ok()?).ok()?.0
        }
        _ => None,
    }
}
