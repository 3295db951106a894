//! Documents: plain data becomes pages, and pages become a dossier.
//!
//! The only room that knows Typst. [`render()`] takes a [`Document`] (everything it says, already decided) and gives back
//! the bytes of a PDF that is archivable (PDF/A-2a) and accessible (PDF/UA-1). The words of the letters are not here:
//! they are in `templates/`, embedded when the program is built, and a lawyer can read them there.
//!
//! Deliberately not here: any computation (the domain has done it), any file, clock, network or system font. The same
//! data gives the same bytes.
//!
//! - [`data`]: what each document says
//! - `world`: what the typesetter may see
//! - `render`: data → PDF, PNG
//! - `text`: data → the words on each page
//! - [`qr`]: the transfer that a banking application can scan
//! - [`examples()`]: one example of each document, for previews and golden tests
//! - [`assembly`]: a dossier from documents and exhibits, letters put together for the printer
//! - [`facsimile`]: pages for an exhibit that is an image or a text
//! - [`archive`]: the ZIP of a dossier

pub mod archive;
pub mod assembly;
pub mod data;
mod error;
mod examples;
pub mod facsimile;
pub mod qr;
mod render;
mod text;
mod world;

pub use data::Document;
pub use error::Error;
pub use examples::examples;
pub use render::{Pdf, render, render_png};
pub use text::text;
