//! The list of exhibits as a table, for the spreadsheet of the lawyer or the court officer.

use chrono::NaiveDate;

/// A line of the list of exhibits.
#[derive(Debug, Clone)]
pub struct BordereauRow {
    pub number: u32,
    pub title: String,
    pub date: Option<NaiveDate>,
    pub pages: Option<usize>,
    /// What became of it, in words.
    pub state: String,
    /// The name of the file in the archive.
    pub file: String,
    pub sha256: String,
}

/// Writes the list of exhibits as French spreadsheets read it: UTF-8 announced, semicolons, dates as 31/12/2026.
pub fn bordereau_csv(rows: &[BordereauRow]) -> String {
    let mut csv = String::from("\u{FEFF}N°;Intitulé;Date;Pages;État;Fichier;SHA-256\r\n");
    for row in rows {
        let cells = [
            row.number.to_string(),
            text_cell(&row.title),
            row.date.map(|date| date.format("%d/%m/%Y").to_string()).unwrap_or_default(),
            row.pages.map(|pages| pages.to_string()).unwrap_or_default(),
            text_cell(&row.state),
            text_cell(&row.file),
            text_cell(&row.sha256),
        ];
        csv.push_str(&cells.join(";"));
        csv.push_str("\r\n");
    }
    csv
}

/// Writes a text that stays a text: a title that came from elsewhere must not become a formula.
fn text_cell(text: &str) -> String {
    let disarmed = if could_be_a_formula(text) { format!("'{text}") } else { text.to_owned() };
    if disarmed.contains([';', '"', '\r', '\n', '\t', '\u{FEFF}']) {
        format!("\"{}\"", disarmed.replace('"', "\"\""))
    } else {
        disarmed
    }
}

/// Tells whether a spreadsheet could compute a text, looking past what it may trim.
fn could_be_a_formula(text: &str) -> bool {
    let is_trimmed = |character: char| {
        let invisible = matches!(character, '\u{AD}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}');
        invisible || (character.is_whitespace() && !matches!(character, '\t' | '\r' | '\n'))
    };
    text.trim_start_matches(is_trimmed)
        .starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠', '\u{2212}'])
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    fn row(title: &str) -> BordereauRow {
        BordereauRow {
            number: 3,
            title: title.to_owned(),
            date: NaiveDate::from_ymd_opt(2026, 3, 1),
            pages: Some(2),
            state: "présente".to_owned(),
            file: "Piece-03_facture.pdf".to_owned(),
            sha256: "ab12".to_owned(),
        }
    }

    fn title_cell(title: &str) -> String {
        let csv = bordereau_csv(&[row(title)]);
        let line = csv.strip_prefix("\u{FEFF}N°;Intitulé;Date;Pages;État;Fichier;SHA-256\r\n").unwrap().to_owned();
        let line = line.strip_suffix(";01/03/2026;2;présente;Piece-03_facture.pdf;ab12\r\n").unwrap();
        line.strip_prefix("3;").unwrap().to_owned()
    }

    #[test]
    fn a_row_reads_in_a_french_spreadsheet() {
        assert_eq!(title_cell("Facture n° 12, payée à moitié"), "Facture n° 12, payée à moitié");
        assert_eq!(title_cell("Bon « A » ; \"B\""), "\"Bon « A » ; \"\"B\"\"\"");
    }

    #[test]
    fn no_title_becomes_a_formula() {
        for start in ["", " ", "\u{A0}", "\u{202F}", "\u{200B}", "\u{FEFF}", " \u{200B} ", "\u{202E}"] {
            for formula in ["=1+1", "+33", "-2", "@SUM(A1)", "\tx", "\rx", "\nx", "＝1", "＋1", "－1", "＠x"] {
                let cell = title_cell(&format!("{start}{formula}"));
                assert!(cell.trim_start_matches('"').starts_with('\''), "{start:?}{formula:?} → {cell:?}");
            }
        }
    }

    #[test]
    fn ordinary_titles_are_left_alone() {
        for title in ["Facture -12", "a=b", "n+1", " devis", "l’été"] {
            assert_eq!(title_cell(title), title);
        }
    }
}
