//! A calendar of whole days as an iCalendar file (RFC 5545), which any agenda can take in.
//!
//! The identifier of an event says to an agenda that it is the one it already has: the same thing to do keeps the same one from an
//! export to the next.

use dument_domain::Date;

/// What wrote the file, as the format asks for it.
const PRODUCT: &str = "-//Dument//Agenda//FR";

/// The longest line, in bytes, its end not counted.
const LINE: usize = 75;

/// Something that takes a whole day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// What tells it from every other event, and stays when it is written again.
    pub uid: String,
    /// The day it was written.
    pub stamped_on: Date,
    /// The day it is for.
    pub on: Date,
    /// What it is, in a line.
    pub title: String,
    /// The rest, on as many lines as needed.
    pub description: String,
}

/// Writes a calendar; the same events give the same bytes.
///
/// An empty calendar is not one: the format asks for one event at least.
#[must_use]
pub fn write(events: &[Event]) -> Vec<u8> {
    let mut file = File::default();
    file.line("BEGIN:VCALENDAR");
    file.line("VERSION:2.0");
    file.line(&format!("PRODID:{PRODUCT}"));
    file.line("CALSCALE:GREGORIAN");
    for event in events {
        file.event(event);
    }
    file.line("END:VCALENDAR");
    file.bytes
}

#[derive(Default)]
struct File {
    bytes: Vec<u8>,
}

impl File {
    fn event(&mut self, event: &Event) {
        let next_day = event.on.succ_opt().unwrap_or(event.on);
        self.line("BEGIN:VEVENT");
        self.line(&format!("UID:{}", escaped(&event.uid)));
        self.line(&format!("DTSTAMP:{}T000000Z", event.stamped_on.format("%Y%m%d")));
        self.line(&format!("DTSTART;VALUE=DATE:{}", event.on.format("%Y%m%d")));
        self.line(&format!("DTEND;VALUE=DATE:{}", next_day.format("%Y%m%d")));
        self.line(&format!("SUMMARY:{}", escaped(&event.title)));
        if !event.description.is_empty() {
            self.line(&format!("DESCRIPTION:{}", escaped(&event.description)));
        }
        // Something to do does not keep the day busy.
        self.line("TRANSP:TRANSPARENT");
        self.line("END:VEVENT");
    }

    /// Adds a line, folded where it is too long: the rest follows a space, and no letter is cut in two.
    fn line(&mut self, text: &str) {
        let mut room = LINE;
        for letter in text.chars() {
            let size = letter.len_utf8();
            if size > room {
                self.bytes.extend_from_slice(b"\r\n ");
                room = LINE - 1;
            }
            room -= size;
            self.bytes.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
        }
        self.bytes.extend_from_slice(b"\r\n");
    }
}

/// Escapes what would end a text, and leaves out what cannot be in one.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.replace("\r\n", "\n").chars() {
        match letter {
            '\\' | ';' | ',' => escaped.extend(['\\', letter]),
            '\n' => escaped.push_str("\\n"),
            '\t' => escaped.push(' '),
            letter if letter.is_control() => {}
            letter => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn event(title: &str, description: &str) -> Event {
        Event {
            uid: "etape-12-0-relance-1@dument".to_owned(),
            stamped_on: day("2026-11-22"),
            on: day("2026-12-31"),
            title: title.to_owned(),
            description: description.to_owned(),
        }
    }

    /// Reads a calendar as another program would: unfolds, cuts at the first colon, undoes the escapes.
    fn read(bytes: &[u8]) -> Vec<(String, String)> {
        let text = String::from_utf8(bytes.to_vec()).unwrap().replace("\r\n ", "");
        let lines = text.split_terminator("\r\n").map(|line| line.split_once(':').unwrap());
        lines.map(|(name, value)| (name.to_owned(), unescaped(value))).collect()
    }

    fn unescaped(value: &str) -> String {
        let mut letters = value.chars();
        let mut text = String::new();
        while let Some(letter) = letters.next() {
            match letter {
                '\\' => match letters.next().unwrap() {
                    'n' | 'N' => text.push('\n'),
                    other => text.push(other),
                },
                letter => text.push(letter),
            }
        }
        text
    }

    fn value(bytes: &[u8], name: &str) -> String {
        read(bytes).into_iter().find(|(known, _)| known == name).unwrap().1
    }

    #[test]
    fn an_event_is_a_whole_day_with_its_identifier_and_its_stamp() {
        let written = write(&[event("Relance", "")]);
        let text = String::from_utf8(written.clone()).unwrap();
        assert_eq!(
            text,
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Dument//Agenda//FR\r\nCALSCALE:GREGORIAN\r\nBEGIN:VEVENT\r\n\
             UID:etape-12-0-relance-1@dument\r\nDTSTAMP:20261122T000000Z\r\nDTSTART;VALUE=DATE:20261231\r\n\
             DTEND;VALUE=DATE:20270101\r\nSUMMARY:Relance\r\nTRANSP:TRANSPARENT\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
        );
    }

    #[test]
    fn rfc_5545_text_is_escaped_and_read_back() {
        let title = "Rappeler ; factures F-1, F-2 \\ « urgent » : 10:30";
        let written = write(&[event(title, "Une ligne\r\nune autre\nfin\u{7}")]);
        assert_eq!(value(&written, "SUMMARY"), title);
        assert_eq!(value(&written, "DESCRIPTION"), "Une ligne\nune autre\nfin");
        assert!(String::from_utf8(written).unwrap().contains("SUMMARY:Rappeler \\; factures F-1\\, F-2 \\\\ «"));
    }

    #[test]
    fn rfc_5545_lines_are_folded_at_75_octets_without_cutting_a_letter() {
        let title = "é€\u{1f4de}".repeat(60);
        let written = write(&[event(&title, &"à".repeat(200))]);
        for line in written.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line)) {
            assert!(line.len() <= 75, "{} octets", line.len());
            assert!(std::str::from_utf8(line).is_ok(), "a letter is cut in two");
        }
        assert_eq!(value(&written, "SUMMARY"), title);
    }

    #[test]
    fn a_title_cannot_add_lines_of_its_own() {
        let written = write(&[event("Relance\r\nATTACH:file:///etc/passwd\rX:1", "")]);
        assert_eq!(read(&written).iter().filter(|(name, _)| name == "ATTACH" || name == "X").count(), 0);
    }

    proptest! {
        #[test]
        fn any_text_is_read_back(title in "[^\\p{Cc}]{0,200}", description in "([^\\p{Cc}]|\n){0,400}") {
            let written = write(&[event(&title, &description)]);
            prop_assert_eq!(value(&written, "SUMMARY"), title);
            if !description.is_empty() {
                prop_assert_eq!(value(&written, "DESCRIPTION"), description);
            }
            prop_assert!(written.split(|byte| *byte == b'\n').all(|line| line.len() <= 76));
        }
    }
}
