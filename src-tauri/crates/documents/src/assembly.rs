//! The dossier as one PDF: cover, statements and exhibits bound in order, each exhibit stamped page by page.
//!
//! The pages of an exhibit are carried over as they are: neither re-encoded nor resized, so that the copy shows what the
//! original shows. What a file could *do* (links, scripts, attached files, forms to send) stays behind; what annotations
//! and filled fields *look like* is drawn on the page. The file received is never changed: it is kept, and delivered
//! beside the dossier.
//!
//! Letters are put together for the printer in the same way ([`collate`]), each from the front of a sheet.
//!
//! Deliberately absent: the typesetting of the cover and statements (`render` makes them, as PDFs), images (they
//! become pages there too), and any file access. The same parts give the same bytes.
//!
//! An exhibit comes from anyone: it is bounded before and while it is read (see `source`), one at a time, and what the
//! parser holds of it is given back as it is written.

mod annotations;
mod carry;
mod geometry;
mod layers;
mod nesting;
mod page;
mod source;
mod stamp;
#[cfg(test)]
mod tests;
mod writer;

use std::panic::{AssertUnwindSafe, catch_unwind};

use sha2::{Digest, Sha256};

use annotations::appearances;
use carry::{Carrier, Shared};
use layers::Layers;
use page::Additions;
use source::Source;
use writer::{Number, Trailer, Writer, text_string};

/// How many pages a dossier may have.
const MAX_DOSSIER_PAGES: usize = 5_000;
/// What the parts of a dossier may weigh together.
const MAX_DOSSIER_BYTES: usize = 1_000_000_000;

/// A document bound into the dossier.
#[derive(Debug, Clone)]
pub struct Part<'a> {
    /// The bookmark.
    pub title: String,
    /// The exhibit's name, printed on each of its pages ("Pièce n° 3"); the dossier's own pages have none.
    pub stamp: Option<String>,
    /// A PDF file.
    pub bytes: &'a [u8],
}

/// What the bordereau needs to know of an exhibit before it is bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PdfFacts {
    pub pages: usize,
    /// The file limits what a reader may do with it, though it opens without a password.
    pub restricted: bool,
    /// The file is damaged: its objects had to be searched for, or some that its pages use are not in it. The owner
    /// should compare what the dossier shows with the original.
    pub damaged: bool,
    /// How many annotations or fields the file leaves to the reader to draw: the dossier does not show them.
    pub missing_appearances: usize,
}

/// Why a PDF cannot be bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    #[error(
        "Ce PDF est protégé par un mot de passe ou un chiffrement. Ouvrez-le dans un lecteur de PDF, imprimez-le en PDF, puis joignez la copie obtenue."
    )]
    Encrypted,
    #[error(
        "Ce PDF est endommagé\u{202F}: ses pages ne peuvent pas toutes être lues. Demandez-en un autre exemplaire, ou ouvrez-le dans un lecteur de PDF, imprimez-le en PDF, puis joignez la copie obtenue."
    )]
    Damaged,
    #[error("Ce PDF ne contient aucune page. Joignez un autre exemplaire du document.")]
    NoPage,
    #[error("Ce PDF dépasse 100\u{A0}Mo. Réduisez la résolution de la numérisation ou joignez-le en plusieurs pièces.")]
    TooHeavy,
    #[error("Ce PDF dépasse 2\u{202F}000 pages. Joignez-le en plusieurs pièces.")]
    TooManyPages,
    #[error(
        "Ce PDF contient trop d’objets. Ouvrez-le dans un lecteur de PDF, imprimez-le en PDF, puis joignez la copie obtenue."
    )]
    TooManyObjects,
    #[error(
        "Ce PDF devient démesuré une fois décompressé. S’il vient d’une source sûre, ouvrez-le dans un lecteur de PDF, imprimez-le en PDF, puis joignez la copie obtenue."
    )]
    Inflates,
}

/// Why a dossier cannot be bound.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    #[error("«\u{A0}{title}\u{A0}»\u{202F}: {reason}")]
    Part { title: String, reason: Unreadable },
    #[error("Le dossier dépasse 5\u{202F}000 pages. Retirez des pièces ou faites-en deux dossiers.")]
    TooManyPages,
    #[error("Le dossier dépasse 1\u{A0}Go. Retirez des pièces ou faites-en deux dossiers.")]
    TooHeavy,
    #[error("Le dossier ne contient aucun document. Ajoutez-y au moins une pièce.")]
    Empty,
    #[error("Ces courriers sont trop nombreux pour un seul fichier. Imprimez-les en plusieurs fois.")]
    TooManyLetters,
    #[error("Aucun courrier n’est à imprimer. Choisissez-en au moins un.")]
    NoLetter,
}

/// A dossier, bound.
#[derive(Debug, Clone)]
pub struct Assembled {
    pub bytes: Vec<u8>,
    /// The first page of each part, counted from 1, in the order of the parts.
    pub first_pages: Vec<usize>,
    pub total_pages: usize,
}

/// Reads what the bordereau tells of an exhibit, and proves that it can be bound.
///
/// The exhibit is bound on its own and thrown away: a file that passes here cannot fail later.
pub fn inspect(bytes: &[u8]) -> Result<PdfFacts, Unreadable> {
    let mut binding = Binding::new(bytes.len());
    binding.bind(bytes, Some("Pièce n°\u{A0}1"))
}

/// Binds parts into one PDF whose title is shown by readers.
pub fn assemble(title: &str, parts: &[Part]) -> Result<Assembled, Error> {
    bind_all(title, parts, Start::NextPage)
}

/// Puts letters together for the printer, each from the front of a sheet, a bookmark for each.
///
/// A blank page follows a letter that ends on a front, so that a printer working on both sides keeps letters apart. The
/// file is made to be printed: what is sent and kept stays the letter itself.
pub fn collate(title: &str, letters: &[Part]) -> Result<Assembled, Error> {
    bind_all(title, letters, Start::FrontOfSheet).map_err(|error| match error {
        Error::TooManyPages | Error::TooHeavy => Error::TooManyLetters,
        Error::Empty => Error::NoLetter,
        other => other,
    })
}

/// Where a part begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Start {
    /// Where the one before ends.
    NextPage,
    /// On an odd page.
    FrontOfSheet,
}

fn bind_all(title: &str, parts: &[Part], start: Start) -> Result<Assembled, Error> {
    if parts.is_empty() {
        return Err(Error::Empty);
    }
    let weight: usize = parts.iter().map(|part| part.bytes.len()).sum();
    if weight > MAX_DOSSIER_BYTES {
        return Err(Error::TooHeavy);
    }
    let mut binding = Binding::new(weight);
    let mut first_pages = Vec::with_capacity(parts.len());
    for part in parts {
        first_pages.push(binding.pages.len() + 1);
        binding
            .bind(part.bytes, part.stamp.as_deref())
            .map_err(|reason| Error::Part { title: part.title.clone(), reason })?;
        if start == Start::FrontOfSheet && !binding.pages.len().is_multiple_of(2) {
            binding.add_blank_page();
        }
        if binding.pages.len() > MAX_DOSSIER_PAGES {
            return Err(Error::TooManyPages);
        }
    }
    let total_pages = binding.pages.len();
    let bookmarks: Vec<(&str, Number)> =
        parts.iter().zip(&first_pages).map(|(part, first)| (part.title.as_str(), binding.pages[first - 1])).collect();
    Ok(Assembled { bytes: binding.finish(title, &bookmarks), first_pages, total_pages })
}

/// A dossier being bound.
struct Binding {
    writer: Writer,
    shared: Shared,
    pages: Vec<Number>,
    layers: Layers,
}

impl Binding {
    fn new(weight: usize) -> Self {
        // Room enough that the file need not move while it grows; what is not used is never touched.
        let mut writer = Writer::new(weight + weight / 4 + (1 << 16));
        let shared = Shared { page_tree: writer.reserve(), font: writer.reserve(), opening: writer.reserve() };
        writer.object(shared.font, stamp::FONT);
        writer.stream(shared.opening, b"q\n");
        Self { writer, shared, pages: Vec::new(), layers: Layers::default() }
    }

    fn bind(&mut self, bytes: &[u8], stamp: Option<&str>) -> Result<PdfFacts, Unreadable> {
        // The last wall: whatever a hostile file finds in the parser, it stops here, and the binding with it.
        catch_unwind(AssertUnwindSafe(|| self.bind_source(bytes, stamp))).unwrap_or(Err(Unreadable::Damaged))
    }

    /// Adds the back of a sheet, an A4 page with nothing on it.
    fn add_blank_page(&mut self) {
        let number = self.writer.reserve();
        let page_tree = self.shared.page_tree;
        self.writer.object(
            number,
            &format!("<</Type/Page/Parent {page_tree} 0 R/MediaBox[0 0 595.28 841.89]/Resources<<>>>>"),
        );
        self.pages.push(number);
    }

    fn bind_source(&mut self, bytes: &[u8], stamp: Option<&str>) -> Result<PdfFacts, Unreadable> {
        let mut source = Source::open(bytes)?;
        let mut carrier = Carrier::new(&mut self.writer, self.shared, bytes.len());
        let pages = source.pages()?;
        let mut facts = PdfFacts {
            pages: pages.len(),
            restricted: source.document.was_encrypted(),
            damaged: source.document.xref_recovery.is_some(),
            missing_appearances: 0,
        };
        for (index, page) in pages.iter().enumerate() {
            let stamp = stamp.map(|stamp| format!("{stamp} — p.\u{A0}{}/{}", index + 1, pages.len()));
            let additions = Additions { appearances: appearances(&source, page)?, stamp };
            facts.missing_appearances += additions.appearances.missing;
            let number = page::write(&mut carrier, &source, page, &additions)?;
            self.pages.push(number);
        }
        let layers = layers::layers(&source);
        carrier.carry_pending(&mut source)?;
        facts.damaged |= carrier.missing > 0;
        self.layers.add(&layers, &carrier);
        Ok(facts)
    }

    fn finish(mut self, title: &str, bookmarks: &[(&str, Number)]) -> Vec<u8> {
        let kids: String = self.pages.iter().map(|number| format!("{number} 0 R ")).collect();
        let count = self.pages.len();
        self.writer.object(self.shared.page_tree, &format!("<</Type/Pages/Count {count}/Kids[{kids}]>>"));
        let outlines = write_bookmarks(&mut self.writer, bookmarks);
        let info = self.writer.reserve();
        self.writer.object(info, &format!("<</Title{}/Producer{}>>", text_string(title), text_string("Dûment")));
        let catalog = self.writer.reserve();
        let (page_tree, layers) = (self.shared.page_tree, self.layers.catalog_entry());
        self.writer.object(
            catalog,
            &format!(
                "<</Type/Catalog/Pages {page_tree} 0 R/Outlines {outlines} 0 R/PageMode/UseOutlines/Lang(fr-FR)\
                 /ViewerPreferences<</DisplayDocTitle true>>{layers}>>"
            ),
        );
        // No clock: the identity of the file is what it says.
        let digest = Sha256::digest(self.writer.written());
        let identity = std::array::from_fn(|index| digest[index]);
        self.writer.finish(&Trailer { catalog, info, identity })
    }
}

/// Writes the bookmarks, one by part, and returns the number of their root.
fn write_bookmarks(writer: &mut Writer, bookmarks: &[(&str, Number)]) -> Number {
    let root = writer.reserve();
    let numbers: Vec<Number> = bookmarks.iter().map(|_| writer.reserve()).collect();
    for (index, (title, page)) in bookmarks.iter().enumerate() {
        let neighbour = |name: &str, index: Option<usize>| {
            let number = index.and_then(|index| numbers.get(index));
            number.map(|number| format!("/{name} {number} 0 R")).unwrap_or_default()
        };
        let (previous, next) = (neighbour("Prev", index.checked_sub(1)), neighbour("Next", Some(index + 1)));
        let title = text_string(title);
        writer.object(
            numbers[index],
            &format!("<</Title{title}/Parent {root} 0 R{previous}{next}/Dest[{page} 0 R/XYZ null null null]>>"),
        );
    }
    let ends = numbers.first().zip(numbers.last());
    let ends = ends.map(|(first, last)| format!("/First {first} 0 R/Last {last} 0 R")).unwrap_or_default();
    writer.object(root, &format!("<</Type/Outlines{ends}/Count {}>>", numbers.len()));
    root
}
