//! The stamp printed on each page of an exhibit: « Pièce n° 3 — p. 1/4 ».

use super::geometry::Frame;

/// The standard font of the stamp: every reader has it, and its encoding holds the accents of French.
pub(super) const FONT: &str = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>";

/// Sizes in points on an A4 page.
const FONT_SIZE: f32 = 9.0;
const PADDING: f32 = 4.0;
const BOX_HEIGHT: f32 = 16.0;
const BASELINE: f32 = 4.8;
/// Far enough from the edge for any printer.
const MARGIN: f32 = 17.0;
const A4_HEIGHT: f32 = 842.0;
/// A page smaller than A4 gets a smaller stamp, but not one that strains the eye.
const LEAST_SCALE: f32 = 0.8;

/// Draws the stamp in the top right corner of the page as it is shown, upright.
pub(super) fn drawing(text: &str, font: &str, frame: &Frame) -> String {
    let encoded = win_ansi(text);
    let box_width = text_width(&encoded) + 2.0 * PADDING;
    let scale = scale(box_width, frame);
    let [a, b, c, d, e, f] = frame.top_right_space();
    let (left, bottom) = (-MARGIN - box_width, -MARGIN - BOX_HEIGHT);
    let (text_left, text_bottom) = (left + PADDING, bottom + BASELINE);
    let hexadecimal: String = encoded.iter().map(|byte| format!("{byte:02X}")).collect();
    format!(
        "q {} {} {} {} {e} {f} cm\n\
         1 g 0 G 0.5 w {left} {bottom} {box_width} {BOX_HEIGHT} re B\n\
         0 g BT /{font} {FONT_SIZE} Tf {text_left} {text_bottom} Td <{hexadecimal}> Tj ET Q\n",
        a * scale,
        b * scale,
        c * scale,
        d * scale,
    )
}

/// Makes the stamp the same share of any page, and always fit in it.
fn scale(box_width: f32, frame: &Frame) -> f32 {
    let (width, height) = frame.shown_size();
    let proportional = (width.max(height) / A4_HEIGHT).max(LEAST_SCALE / frame.user_unit);
    let widest = width / (box_width + 2.0 * MARGIN);
    let highest = height / (BOX_HEIGHT + 2.0 * MARGIN);
    proportional.min(widest).min(highest)
}

fn text_width(encoded: &[u8]) -> f32 {
    encoded.iter().map(|&byte| f32::from(width(byte))).sum::<f32>() * FONT_SIZE / 1000.0
}

/// Encodes a text for the font; what the font lacks becomes a question mark.
fn win_ansi(text: &str) -> Vec<u8> {
    text.chars()
        .map(|character| match character {
            ' '..='~' | '\u{A0}'..='\u{FF}' => u8::try_from(u32::from(character)).expect("BUG: below U+0100"),
            '\u{202F}' => 0xA0,
            '€' => 0x80,
            '…' => 0x85,
            'Œ' => 0x8C,
            '‘' => 0x91,
            '’' => 0x92,
            '“' => 0x93,
            '”' => 0x94,
            '•' => 0x95,
            '–' => 0x96,
            '—' => 0x97,
            'œ' => 0x9C,
            'Ÿ' => 0x9F,
            _ => b'?',
        })
        .collect()
}

/// The advance width of a character in Helvetica-Bold, in thousandths of the font size.
fn width(byte: u8) -> u16 {
    /// From the space to the tilde.
    const ASCII: [u16; 95] = [
        278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556,
        556, 556, 556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722,
        611, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556, 333, 556,
        611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778,
        556, 556, 500, 389, 280, 389, 584,
    ];
    match byte {
        b' '..=b'~' => ASCII[usize::from(byte - b' ')],
        0x91 | 0x92 | 0xA0 | 0xEC..=0xEF => 278,
        0x93 | 0x94 => 500,
        0xB0 => 400,
        0x85 | 0x97 | 0x8C | 0xC6 => 1000,
        0x9C => 944,
        0xE6 => 889,
        0xC0..=0xD6 | 0xD8..=0xDE => 722,
        0xDF | 0xF0..=0xF6 | 0xF8..=0xFC | 0xFE => 611,
        // The widths of the other characters differ little from this one.
        _ => 556,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn french_characters_keep_their_code_in_the_font() {
        assert_eq!(win_ansi("Pièce n° 3 — p. 1/2"), b"Pi\xE8ce n\xB0 3 \x97 p. 1/2");
        assert_eq!(win_ansi("n°\u{202F}3 漢"), b"n\xB0\xA03 ?");
    }

    #[test]
    fn the_stamp_fits_in_any_page() {
        for size in [[3.0, 4.0], [80.0, 600.0], [595.0, 842.0], [3000.0, 200.0], [14_400.0, 14_400.0]] {
            let [width, height] = size;
            let frame = Frame::new(Some([0.0, 0.0, width, height]), None, None, None);
            let box_width = text_width(&win_ansi("Pièce n° 128 — p. 100/200")) + 2.0 * PADDING;
            let scale = scale(box_width, &frame);
            assert!(scale * (box_width + MARGIN) <= width, "{size:?}: too wide");
            assert!(scale * (BOX_HEIGHT + MARGIN) <= height, "{size:?}: too high");
        }
    }
}
