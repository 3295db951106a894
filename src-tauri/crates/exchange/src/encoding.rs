//! Bytes to text: which alphabet an XML file is written in.

use std::borrow::Cow;

use dument_domain::Fault;
use encoding_rs::{Encoding, ISO_8859_15, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// The encodings that invoices are really written in; `ISO-8859-1` is read as its superset Windows-1252.
const ACCEPTED: [&Encoding; 5] = [UTF_8, UTF_16LE, UTF_16BE, WINDOWS_1252, ISO_8859_15];

/// The XML declaration stands at the very beginning and is short.
const DECLARATION_BYTES: usize = 256;

/// Says whether the first character of the text is the `<` that every XML file starts with.
pub fn looks_like_xml(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(DECLARATION_BYTES)];
    let without_mark = Encoding::for_bom(start).map_or(start, |(_, length)| &start[length..]);
    without_mark.iter().find(|byte| !matches!(byte, 0 | b'\t' | b'\n' | b'\r' | b' ')) == Some(&b'<')
}

/// Decodes an XML file: byte order mark first, then the shape of the first bytes, then the declaration.
pub fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, Fault> {
    let (encoding, mark_length) = match Encoding::for_bom(bytes) {
        Some(found) => found,
        None => (encoding_without_mark(bytes)?, 0),
    };
    encoding.decode_without_bom_handling_and_without_replacement(&bytes[mark_length..]).ok_or_else(|| {
        let sentence = format!(
            "Le texte de ce fichier n’est pas écrit en {}, contrairement à ce qu’il annonce : \
             demandez à l’expéditeur de le produire à nouveau.",
            encoding.name()
        );
        Fault::refusal("xml-encodage-faux", "ligne 1", sentence)
    })
}

fn encoding_without_mark(bytes: &[u8]) -> Result<&'static Encoding, Fault> {
    match bytes {
        [b'<', 0, ..] => return Ok(UTF_16LE),
        [0, b'<', ..] => return Ok(UTF_16BE),
        _ => {}
    }
    let Some(label) = declared_label(bytes) else { return Ok(UTF_8) };
    match Encoding::for_label(label) {
        // The declaration was just read byte by byte: whatever it says, this is not UTF-16.
        Some(encoding) if encoding == UTF_16LE || encoding == UTF_16BE => Ok(UTF_8),
        Some(encoding) if ACCEPTED.contains(&encoding) => Ok(encoding),
        _ => {
            let sentence = format!(
                "Ce fichier est écrit dans l’encodage « {} », que Dûment ne lit pas : demandez-le en UTF-8.",
                String::from_utf8_lossy(label)
            );
            Err(Fault::refusal("xml-encodage-inconnu", "ligne 1", sentence))
        }
    }
}

/// Returns the value of `encoding="…"` in the XML declaration, if there is one.
fn declared_label(bytes: &[u8]) -> Option<&[u8]> {
    let start = &bytes[..bytes.len().min(DECLARATION_BYTES)];
    let declaration = start.strip_prefix(b"<?xml")?;
    let end = declaration.windows(2).position(|pair| pair == b"?>")?;
    let declaration = &declaration[..end];
    let at = declaration.windows(8).position(|word| word == b"encoding")?;
    let value = declaration[at + 8..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let (quote, value) = value.split_first()?;
    let length = value.iter().position(|byte| byte == quote)?;
    matches!(quote, b'"' | b'\'').then(|| &value[..length])
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;

    fn utf_16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(unit).collect()
    }

    #[test]
    fn every_accepted_encoding_gives_the_same_text() {
        let text = "<?xml version='1.0'?><a>Hôtel</a>";
        let latin = b"<?xml version='1.0' encoding='ISO-8859-1'?><a>H\xf4tel</a>";
        assert_eq!(decode(text.as_bytes()).unwrap(), text);
        assert_eq!(decode(format!("\u{feff}{text}").as_bytes()).unwrap(), text);
        assert_eq!(decode(&utf_16(text, u16::to_le_bytes)).unwrap(), text);
        assert_eq!(decode(&utf_16(text, u16::to_be_bytes)).unwrap(), text);
        assert_eq!(decode(&utf_16(&format!("\u{feff}{text}"), u16::to_le_bytes)).unwrap(), text);
        assert!(decode(latin).unwrap().contains("<a>Hôtel</a>"));
    }

    #[test]
    fn a_declaration_of_utf_16_in_single_bytes_is_not_believed() {
        let bytes = "<?xml version=\"1.0\" encoding=\"utf-16\"?><a>Hôtel</a>".as_bytes();
        assert!(decode(bytes).unwrap().contains("Hôtel"));
    }

    #[test]
    fn an_encoding_that_is_not_read_is_named() {
        let fault = decode(b"<?xml version='1.0' encoding='EBCDIC-CP-FR'?><a/>").unwrap_err();
        assert_eq!(fault.code, "xml-encodage-inconnu");
        assert!(fault.sentence.contains("EBCDIC-CP-FR"), "the sentence names it: {}", fault.sentence);
    }

    #[test]
    fn bytes_that_are_not_what_they_announce_are_refused() {
        let fault = decode(b"<?xml version='1.0' encoding='UTF-8'?><a>H\xf4tel</a>").unwrap_err();
        assert_eq!(fault.code, "xml-encodage-faux");
    }
}
