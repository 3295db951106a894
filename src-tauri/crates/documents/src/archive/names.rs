//! Names that any computer accepts, whatever the exhibit was called when it came.

/// What a file name may measure.
const MAX_LENGTH: usize = 80;
/// What a path inside an archive may measure, so that it can be extracted in a deep folder.
const MAX_PATH_LENGTH: usize = 160;

/// Names an exhibit by its number, its title and the kind of its file: `Piece-03_facture-2026-0114.pdf`.
///
/// Nothing of the name the file came with is trusted: the title is folded to plain letters and digits.
pub fn safe_name(number: u32, title: &str, extension: &str) -> String {
    let extension: String = extension.chars().filter(char::is_ascii_alphanumeric).collect();
    let extension = match extension.to_ascii_lowercase() {
        extension if (1..=5).contains(&extension.len()) => extension,
        _ => String::from("bin"),
    };
    let start = format!("Piece-{number:02}");
    let room = MAX_LENGTH - start.len() - "_.".len() - extension.len();
    let folded = folded(title);
    let folded = folded[..folded.len().min(room)].trim_matches('-');
    if folded.is_empty() { format!("{start}.{extension}") } else { format!("{start}_{folded}.{extension}") }
}

/// Folds a text to lower-case letters and digits, the rest becoming single hyphens.
fn folded(text: &str) -> String {
    let mut folded = String::new();
    for character in text.chars().flat_map(char::to_lowercase) {
        match plain(character) {
            Some(letters) => folded.push_str(letters),
            None if character.is_ascii_alphanumeric() => folded.push(character),
            None if is_combining_mark(character) => {}
            None if folded.ends_with('-') => {}
            None => folded.push('-'),
        }
    }
    folded.trim_matches('-').to_owned()
}

fn is_combining_mark(character: char) -> bool {
    ('\u{300}'..='\u{36F}').contains(&character)
}

/// Returns the plain letters of an accented one, for the languages of Europe in Latin script.
fn plain(character: char) -> Option<&'static str> {
    const FOLDS: [(&str, &str); 23] = [
        ("a", "àáâãäåāăąª"),
        ("ae", "æ"),
        ("c", "çćĉċč"),
        ("d", "ďđð"),
        ("e", "èéêëēĕėęě"),
        ("g", "ĝğġģ"),
        ("h", "ĥħ"),
        ("i", "ìíîïĩīĭįı"),
        ("j", "ĵ"),
        ("k", "ķ"),
        ("l", "ĺļľŀł"),
        ("n", "ñńņňŋ"),
        ("o", "òóôõöøōŏőº"),
        ("oe", "œ"),
        ("r", "ŕŗř"),
        ("s", "śŝşšș"),
        ("ss", "ß"),
        ("t", "ţťŧț"),
        ("th", "þ"),
        ("u", "ùúûüũūŭůűų"),
        ("w", "ŵ"),
        ("y", "ýÿŷ"),
        ("z", "źżž"),
    ];
    FOLDS.iter().find(|(_, accented)| accented.contains(character)).map(|(letters, _)| *letters)
}

/// Tells whether a path stays inside the archive and can be extracted on any computer.
pub(super) fn is_safe_path(path: &str) -> bool {
    path.len() <= MAX_PATH_LENGTH && path.split('/').all(is_safe_segment)
}

fn is_safe_segment(segment: &str) -> bool {
    let accepted = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    (1..=MAX_LENGTH).contains(&segment.len())
        && segment.bytes().all(accepted)
        && !segment.starts_with(['.', '-'])
        && !segment.ends_with('.')
        && !is_reserved_by_windows(segment)
}

fn is_reserved_by_windows(segment: &str) -> bool {
    let stem = segment.split('.').next().unwrap_or_default().to_ascii_uppercase();
    let numbered =
        |prefix: &str| stem.strip_prefix(prefix).is_some_and(|digit| matches!(digit.as_bytes(), [b'0'..=b'9']));
    ["CON", "PRN", "AUX", "NUL"].contains(&stem.as_str()) || numbered("COM") || numbered("LPT")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exhibit_is_named_after_its_number_and_title() {
        assert_eq!(safe_name(3, "Facture 2026-0114", "pdf"), "Piece-03_facture-2026-0114.pdf");
        assert_eq!(
            safe_name(12, "Mise en demeure reçue le 1er août (LRAR n°\u{A0}2C 123)", "PDF"),
            "Piece-12_mise-en-demeure-recue-le-1er-aout-lrar-n-2c-123.pdf"
        );
        assert_eq!(safe_name(1, "Cœur d’ægir – Straße", "jpg"), "Piece-01_coeur-d-aegir-strasse.jpg");
        assert_eq!(safe_name(1, "e\u{301}te\u{301}", "png"), "Piece-01_ete.png", "accents may come apart");
        assert_eq!(safe_name(7, "発注書", ""), "Piece-07.bin", "a title without a plain letter");
    }

    #[test]
    fn hostile_titles_give_harmless_names() {
        let long = "é".repeat(500);
        for title in [
            "",
            " ",
            "..",
            "../../etc/passwd",
            "C:\\Windows",
            "con",
            "a.pdf.exe",
            "-rf",
            "$(id)",
            "a\0b",
            "a\u{202E}fdp",
            "nul.txt ",
            "\u{200B}",
            "a\nb",
            long.as_str(),
            "%00",
            "~",
            "& calc",
        ] {
            for extension in ["pdf", "", "../sh", "p d f", "verylongextension", "pdf."] {
                for number in [1, 99, u32::MAX] {
                    let name = safe_name(number, title, extension);
                    assert!(is_safe_segment(&name), "{title:?} → {name:?}");
                }
            }
        }
    }

    #[test]
    fn long_titles_are_cut_to_eighty_characters() {
        let name = safe_name(3, &"bon de commande ".repeat(20), "pdf");
        assert!(name.len() <= 80, "{name}");
        assert!(!name.contains("-.pdf"), "no hyphen is left hanging: {name}");
    }
}
