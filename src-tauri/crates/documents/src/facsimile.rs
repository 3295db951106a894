//! Exhibits that are not PDF: an image or a text becomes pages, so that the printed dossier shows it.
//!
//! The file is recognised by its content, and its size is read from its header before anything is decoded. JPEG pixels are
//! carried over as they are. What is neither an image nor a text has no facsimile: the dossier names it.

use std::io::Cursor;

use image::metadata::Orientation;
use image::{ImageDecoder as _, ImageFormat, ImageReader};

use crate::data::{Document, Facsimile, FacsimileBody, ImageKind};
use crate::error::Error;
use crate::render::{Pdf, render_with};

/// The most pixels an image may have.
const MAX_PIXELS: u64 = 50_000_000;
/// The longest side an image may have.
const MAX_SIDE: u32 = 20_000;
/// The longest text that is printed.
const MAX_TEXT: usize = 200_000;

/// Recognises an image or a text, and says how it is printed; nothing for anything else.
#[must_use]
pub fn recognise(bytes: &[u8]) -> Option<FacsimileBody> {
    image_body(bytes).or_else(|| text_body(bytes))
}

/// Prints an image or a text that was recognised.
///
/// # Errors
/// The image is broken past its header.
pub fn print(facsimile: Facsimile, bytes: &[u8]) -> Result<Pdf, Error> {
    render_with(&Document::Facsimile(Box::new(facsimile)), Some(bytes))
}

fn image_body(bytes: &[u8]) -> Option<FacsimileBody> {
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?;
    let format = match reader.format()? {
        ImageFormat::Jpeg => ImageKind::Jpg,
        ImageFormat::Png => ImageKind::Png,
        _ => return None,
    };
    let mut decoder = reader.into_decoder().ok()?;
    let (width, height) = decoder.dimensions();
    let bounded = u64::from(width) * u64::from(height) <= MAX_PIXELS && width.max(height) <= MAX_SIDE;
    let turned = matches!(
        decoder.orientation().ok()?,
        Orientation::Rotate90 | Orientation::Rotate270 | Orientation::Rotate90FlipH | Orientation::Rotate270FlipH
    );
    bounded.then_some(FacsimileBody::Image { format, landscape: (width > height) != turned })
}

/// Takes for a text what is valid UTF-8 without control characters; a coded mail would print as noise.
fn text_body(bytes: &[u8]) -> Option<FacsimileBody> {
    if bytes.len() > MAX_TEXT {
        return None;
    }
    let text = std::str::from_utf8(bytes).ok()?;
    let readable = |character: char| !character.is_control() || matches!(character, '\n' | '\r' | '\t' | '\u{feff}');
    let coded = text.lines().any(|line| {
        let header = line.to_ascii_lowercase();
        header.starts_with("content-transfer-encoding:") && header.contains("base64")
    });
    let text = text.replace("\r\n", "\n").replace('\t', "    ");
    (text.chars().all(readable) && !coded).then_some(FacsimileBody::Text { text })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;

    fn sheet(body: FacsimileBody) -> Facsimile {
        let date = chrono::NaiveDate::from_ymd_opt(2026, 3, 1).unwrap();
        let example = crate::examples().into_iter().find_map(|(_, document)| match document {
            Document::Intercalaire(it) => Some(it.parties),
            _ => None,
        });
        Facsimile {
            parties: example.unwrap(),
            date,
            reference: "D-1".into(),
            number: 4,
            title: "Photo du chantier".into(),
            file_name: "chantier.png".into(),
            body,
        }
    }

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = Vec::new();
        let pixels = image::RgbImage::from_pixel(width, height, image::Rgb([200, 30, 30]));
        pixels.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).unwrap();
        bytes
    }

    #[test]
    fn an_image_is_one_page_in_its_own_direction() {
        let bytes = png(400, 200);
        let body = recognise(&bytes).unwrap();
        assert_eq!(body, FacsimileBody::Image { format: ImageKind::Png, landscape: true });
        assert_eq!(print(sheet(body), &bytes).unwrap().pages, 1);
        assert_eq!(recognise(&png(200, 400)), Some(FacsimileBody::Image { format: ImageKind::Png, landscape: false }));
    }

    #[test]
    fn a_text_is_printed_as_it_is_written() {
        let bytes = "De : client@exemple.fr\r\n\r\n#panic(\"boum\") je paierai *lundi*.".as_bytes();
        let pdf = print(sheet(recognise(bytes).unwrap()), bytes).unwrap();
        assert_eq!(pdf.pages, 1);
    }

    #[test]
    fn a_broken_image_and_a_coded_mail_have_no_facsimile() {
        let bytes = png(40, 40);
        let cut = &bytes[..bytes.len() / 2];
        assert!(recognise(cut).is_none_or(|body| print(sheet(body), cut).is_err()));
        assert_eq!(recognise(b"Content-Transfer-Encoding: base64\n\nSGVsbG8="), None);
        assert_eq!(recognise(&[0, 1, 2, 3]), None);
        assert_eq!(recognise(b"\xff\xd8\xff\xe0 not a photograph"), None);
    }
}
