//! The papers the owner attaches in the demonstration: small one-page PDF files, written here so that none is borrowed.

use crate::program::{Failure, Outcome};
use std::path::Path;

/// A paper: its file, and its lines, the first of them as a title.
struct Paper {
    file: &'static str,
    lines: &'static [&'static str],
}

const PAPERS: &[Paper] = &[
    Paper {
        file: "devis-signe.pdf",
        lines: &[
            "Devis D-0088",
            "Menuiserie Kervella, pour l’Hôtel des Remparts",
            "Remplacement de six fenêtres en chêne, pose comprise : 4 050,00 euros hors taxes",
            "TVA 20 % : 810,00 euros. Total : 4 860,00 euros",
            "Bon pour accord, signé par la gérante de l’hôtel",
        ],
    },
    Paper {
        file: "conditions-generales.pdf",
        lines: &[
            "Conditions générales de vente",
            "Paiement à trente jours de la date de facture.",
            "Tout retard fait courir des pénalités au taux de la BCE majoré de dix points,",
            "et une indemnité forfaitaire de 40 euros par facture.",
            "Lu et accepté, signé par la gérante de l’hôtel",
        ],
    },
    Paper {
        file: "bon-de-livraison.pdf",
        lines: &[
            "Procès-verbal de réception des travaux",
            "Les six fenêtres ont été posées et fonctionnent.",
            "Réception sans réserve, signée par la gérante de l’hôtel",
        ],
    },
    Paper {
        file: "echange.pdf",
        lines: &[
            "Courriel de l’Hôtel des Remparts",
            "Bonjour, nous avons bien votre facture FA-0117.",
            "La saison a été difficile, nous vous réglons une première partie ce mois-ci.",
        ],
    },
    Paper {
        file: "accuse-de-reception.pdf",
        lines: &[
            "Avis de réception 2C 123 456 7890 1",
            "Destinataire : Hôtel des Remparts, 3 rue des Remparts, 29900 Concarneau",
            "Distribué contre signature",
        ],
    },
];

/// Writes every paper in a folder.
pub fn print_all(folder: &Path) -> Outcome {
    PAPERS.iter().try_for_each(|paper| print(&folder.join(paper.file), paper.lines))
}

/// Writes one paper; its first line is its title.
#[expect(clippy::disallowed_methods, reason = "a demonstration can be played again")]
pub fn print(file: &Path, lines: &[impl AsRef<str>]) -> Outcome {
    std::fs::write(file, pdf(lines)).map_err(Failure::while_doing("écrire une pièce"))
}

/// Writes a one-page A4 document in the oldest PDF there is: four objects and their table.
fn pdf(lines: &[impl AsRef<str>]) -> Vec<u8> {
    let page = content(lines);
    let font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>";
    let objects: [Vec<u8>; 4] = [
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 {font} >> >> >>"
        )
        .into_bytes(),
        [format!("<< /Length {} >>\nstream\n", page.len()).as_bytes(), &page, b"\nendstream"].concat(),
    ];
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (index, object) in objects.iter().enumerate() {
        table.push_str(&format!("{:010} 00000 n \n", file.len()));
        file.extend([format!("{} 0 obj\n", index + 1).as_bytes(), object, b"\nendobj\n"].concat());
    }
    let trailer = format!("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{}\n%%EOF\n", objects.len() + 1, file.len());
    file.extend([table.as_bytes(), trailer.as_bytes()].concat());
    file
}

/// Draws the lines, the first one larger.
fn content(lines: &[impl AsRef<str>]) -> Vec<u8> {
    let mut drawn = b"BT\n/F1 18 Tf\n72 760 Td\n".to_vec();
    for (index, line) in lines.iter().enumerate() {
        drawn.extend([b"(".as_slice(), &western(line.as_ref()), b") Tj\n"].concat());
        drawn.extend_from_slice(if index == 0 { b"/F1 11 Tf\n0 -40 Td\n" } else { b"0 -20 Td\n" });
    }
    drawn.extend_from_slice(b"ET");
    drawn
}

/// Encodes a line for the standard fonts, one byte per letter.
fn western(line: &str) -> Vec<u8> {
    let byte = |letter| match letter {
        '’' => 0x92,
        '\u{202f}' => 0xa0,
        letter => u8::try_from(u32::from(letter)).unwrap_or(b'?'),
    };
    let bytes = line.chars().map(byte);
    bytes.flat_map(|byte| if b"()\\".contains(&byte) { vec![b'\\', byte] } else { vec![byte] }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_of_the_papers_can_be_printed() {
        for line in PAPERS.iter().flat_map(|paper| paper.lines) {
            assert!(!western(line).contains(&b'?'), "the standard fonts lack a letter of: {line}");
        }
    }

    #[test]
    fn the_table_of_a_paper_points_at_its_objects() {
        let file = pdf(&["Titre", "une (ligne)"]);
        let text: String = file.iter().map(|&byte| char::from(byte)).collect();
        let offsets = text.lines().filter_map(|line| line.strip_suffix(" 00000 n ")?.parse::<usize>().ok());
        for (index, offset) in offsets.enumerate() {
            assert!(text[offset..].starts_with(&format!("{} 0 obj", index + 1)), "object {} is elsewhere", index + 1);
        }
        assert!(text.contains("(une \\(ligne\\))"), "a parenthesis is escaped");
    }
}
