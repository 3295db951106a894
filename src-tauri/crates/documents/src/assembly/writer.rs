//! The syntax of a PDF file: numbered objects written one after the other, then the table of where they are.
//!
//! `lopdf` could save a document, but only one that is whole in memory. Here each object is written as soon as it is
//! known and forgotten, so the dossier never exists twice.

use lopdf::StringFormat;

/// The number of an object in the file being written.
pub(super) type Number = u32;

/// A PDF file being written.
#[derive(Debug)]
pub(super) struct Writer {
    bytes: Vec<u8>,
    /// Position of each object by its number; the number 0 belongs to the format.
    positions: Vec<usize>,
}

/// The three references that end the file.
#[derive(Debug)]
pub(super) struct Trailer {
    pub catalog: Number,
    pub info: Number,
    pub identity: [u8; 16],
}

impl Writer {
    /// Starts a PDF 1.7 file expected to weigh about `capacity` bytes.
    pub(super) fn new(capacity: usize) -> Self {
        let mut bytes = Vec::with_capacity(capacity);
        // The second line tells transports that the file is binary.
        bytes.extend_from_slice(b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n");
        Self { bytes, positions: vec![0] }
    }

    /// Returns the number of an object that will be written later.
    pub(super) fn reserve(&mut self) -> Number {
        self.positions.push(0);
        Number::try_from(self.positions.len() - 1).expect("BUG: each number costs bytes, and the bytes are bounded")
    }

    pub(super) fn len(&self) -> usize {
        self.bytes.len()
    }

    pub(super) fn written(&self) -> &[u8] {
        &self.bytes
    }

    pub(super) fn begin(&mut self, number: Number) {
        self.positions[number as usize] = self.bytes.len();
        self.text(&format!("{number} 0 obj\n"));
    }

    pub(super) fn end(&mut self) {
        self.raw(b"\nendobj\n");
    }

    /// Writes a whole object whose syntax the caller has composed.
    pub(super) fn object(&mut self, number: Number, syntax: &str) {
        self.begin(number);
        self.text(syntax);
        self.end();
    }

    /// Writes a stream of plain bytes.
    pub(super) fn stream(&mut self, number: Number, content: &[u8]) {
        self.begin(number);
        self.text(&format!("<</Length {}>>", content.len()));
        self.stream_content(content);
        self.end();
    }

    /// Writes the bytes of a stream whose dictionary has just been written.
    pub(super) fn stream_content(&mut self, content: &[u8]) {
        self.raw(b"stream\n");
        self.raw(content);
        self.raw(b"\nendstream");
    }

    pub(super) fn text(&mut self, syntax: &str) {
        self.raw(syntax.as_bytes());
    }

    pub(super) fn raw(&mut self, syntax: &[u8]) {
        self.bytes.extend_from_slice(syntax);
    }

    pub(super) fn reference(&mut self, number: Number) {
        self.text(&format!("{number} 0 R"));
    }

    /// Writes a name, with everything that is not a plain character escaped.
    pub(super) fn name(&mut self, name: &[u8]) {
        self.bytes.push(b'/');
        for &byte in name {
            match byte {
                b'!'..=b'~' if !b"#()<>[]{}/%".contains(&byte) => self.bytes.push(byte),
                // A null byte cannot be part of a name.
                0 => {}
                _ => self.text(&format!("#{byte:02X}")),
            }
        }
    }

    pub(super) fn string(&mut self, string: &[u8], format: StringFormat) {
        let readable = format == StringFormat::Literal && string.iter().all(|byte| (b' '..=b'~').contains(byte));
        if !readable {
            self.bytes.push(b'<');
            for byte in string {
                self.text(&format!("{byte:02X}"));
            }
            self.bytes.push(b'>');
            return;
        }
        self.bytes.push(b'(');
        for &byte in string {
            if b"()\\".contains(&byte) {
                self.bytes.push(b'\\');
            }
            self.bytes.push(byte);
        }
        self.bytes.push(b')');
    }

    /// Writes a number; PDF has neither infinities nor exponents.
    pub(super) fn real(&mut self, value: f32) {
        self.text(&real(value));
    }

    /// Ends the file and returns its bytes.
    pub(super) fn finish(mut self, trailer: &Trailer) -> Vec<u8> {
        let start = self.bytes.len();
        let count = self.positions.len();
        self.text(&format!("xref\n0 {count}\n0000000000 65535 f \n"));
        for index in 1..count {
            let position = self.positions[index];
            self.text(&format!("{position:010} 00000 n \n"));
        }
        let identity: String = trailer.identity.iter().map(|byte| format!("{byte:02X}")).collect();
        let (catalog, info) = (trailer.catalog, trailer.info);
        self.text(&format!(
            "trailer\n<</Size {count}/Root {catalog} 0 R/Info {info} 0 R/ID[<{identity}><{identity}>]>>\nstartxref\n{start}\n%%EOF\n"
        ));
        self.bytes
    }
}

/// A number in PDF syntax.
pub(super) fn real(value: f32) -> String {
    if value.is_finite() { value.to_string() } else { String::from("0") }
}

/// A text that a person reads (a title), in PDF syntax: UTF-16 with its byte-order mark.
pub(super) fn text_string(text: &str) -> String {
    let units: String = text.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
    format!("<FEFF{units}>")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    fn written(write: impl FnOnce(&mut Writer)) -> String {
        let mut writer = Writer::new(64);
        let start = writer.len();
        write(&mut writer);
        String::from_utf8(writer.written()[start..].to_vec()).unwrap()
    }

    #[test]
    fn names_and_strings_are_escaped() {
        assert_eq!(written(|w| w.name(b"A B#/\xE9")), "/A#20B#23#2F#E9");
        assert_eq!(written(|w| w.string(b"a(b)\\", StringFormat::Literal)), "(a\\(b\\)\\\\)");
        assert_eq!(written(|w| w.string(b"a\r", StringFormat::Literal)), "<610D>");
    }

    #[test]
    fn numbers_never_use_an_exponent() {
        assert_eq!(real(1e-7), "0.0000001");
        assert_eq!(real(f32::INFINITY), "0");
        assert_eq!(real(841.89), "841.89");
    }

    #[test]
    fn titles_are_utf_16() {
        assert_eq!(text_string("n° 3"), "<FEFF006E00B0002000".to_owned() + "33>");
    }
}
