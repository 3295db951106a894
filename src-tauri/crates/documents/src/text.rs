//! What a reader reads: the text of each page, line by line, as it lies on the paper.
//!
//! Golden tests compare it, for a change of words must be seen even where the bytes of a PDF say nothing to a reviewer.

use typst::layout::{Frame, FrameItem, Point, Transform};
use typst_layout::PagedDocument;

use crate::data::Document;
use crate::error::Error;
use crate::render::typeset;

/// Typesets a document and returns the text of each page.
///
/// The cells of a row are separated by a vertical bar.
pub fn text(document: &Document) -> Result<Vec<String>, Error> {
    Ok(pages(&typeset(document)?.paged))
}

fn pages(paged: &PagedDocument) -> Vec<String> {
    paged.pages().iter().map(|page| lines(runs(&page.frame))).collect()
}

/// A piece of text where it lies, in points from the top left corner.
pub(crate) struct Run {
    pub(crate) left: f64,
    pub(crate) right: f64,
    pub(crate) baseline: f64,
    pub(crate) text: String,
}

/// Returns the pieces of text of a page, in the order they were written.
pub(crate) fn runs(frame: &Frame) -> Vec<Run> {
    let mut runs = Vec::new();
    collect(frame, Transform::identity(), &mut runs);
    runs
}

fn collect(frame: &Frame, placed: Transform, runs: &mut Vec<Run>) {
    for (position, item) in frame.items() {
        let here = placed.pre_concat(Transform::translate(position.x, position.y));
        match item {
            FrameItem::Group(group) => collect(&group.frame, here.pre_concat(group.transform), runs),
            FrameItem::Text(text) => {
                let start = Point::zero().transform(here);
                let end = Point::with_x(text.width()).transform(here);
                runs.push(Run {
                    left: start.x.to_pt(),
                    right: end.x.to_pt(),
                    baseline: start.y.to_pt(),
                    text: text.text.to_string(),
                });
            }
            FrameItem::Shape(..) | FrameItem::Image(..) | FrameItem::Link(..) | FrameItem::Tag(_) => {}
        }
    }
}

/// Joins the runs into lines: a superscript belongs to its line, and a wide gap is a change of column.
fn lines(runs: Vec<Run>) -> String {
    let mut page = String::new();
    let mut before: Option<Run> = None;
    for run in runs {
        if let Some(last) = &before {
            let gap = run.left - last.right;
            let same_line = (run.baseline - last.baseline).abs() < 5.0 && gap > -2.0;
            page.push_str(match (same_line, gap) {
                (false, _) => "\n",
                (true, gap) if gap > 7.0 => " | ",
                (true, gap) if gap > 1.0 => " ",
                (true, _) => "",
            });
        }
        page.push_str(&run.text);
        before = Some(run);
    }
    page.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests;
