//! A dossier leaves even where an exhibit is protected, damaged, altered or gone: it says so, and never in silence.

use std::fs;

use serde_json::Value;

use super::reckoning::{list, text};
use crate::support::cli::{Desk, FAILED, tools};

/// Title of each piece, its file, and how the dossier tells it.
const PIECES: [(&str, &str, &str); 5] = [
    ("Contrat signé", "contrat.pdf", "presente"),
    ("Bon protégé", "protege.pdf", "chiffree"),
    ("Bon abîmé", "abime.pdf", "illisible"),
    ("Bon disparu", "disparu.pdf", "manquante"),
    ("Bon retouché", "retouche.pdf", "manquante"),
];

#[expect(clippy::disallowed_methods, reason = "the test is the one who tampers")]
#[test]
fn a_dossier_names_every_exhibit_that_it_cannot_print() {
    if !tools(&["qpdf", "pdftotext", "unzip", "sha256sum"]) {
        return;
    }
    let desk = Desk::new();
    desk.on(
        "2026-01-02",
        r#"nouveau e.dument --nom "Menuiserie Kervella" --siren 123456782 --adresse "4 quai de l’Odet, 29000 Quimper""#,
    );
    desk.on(
        "2026-01-02",
        r#"client e.dument --nom "Garage Œuvrard" --qualite professionnel --adresse "12 rue du Port, 29000 Quimper""#,
    );
    desk.on("2026-04-16", r#"facture e.dument --client "Garage Œuvrard" --numero F-1 --emise 2026-04-16 --echeance 2026-05-16 --ttc 1850"#);
    let hashes = pieces_are_kept(&desk);
    for ((title, ..), hash) in PIECES.iter().zip(&hashes) {
        let kept = desk.path(&format!("e.dument/pieces/{}/{hash}", &hash[..2]));
        match *title {
            "Bon disparu" => fs::remove_file(kept).unwrap(),
            "Bon retouché" => {
                fs::remove_file(&kept).unwrap();
                fs::write(kept, "%PDF-1.7 autre chose").unwrap();
            }
            _ => {}
        }
    }

    let dossier = desk.on("2026-09-01", r#"dossier e.dument --client "Garage Œuvrard" --sortie d.pdf"#);
    desk.tool("qpdf --check d.pdf");
    let words = desk.tool("pdftotext d.pdf -").split_whitespace().collect::<Vec<_>>().join(" ");
    for ((title, _, state), hash) in PIECES.iter().zip(&hashes) {
        let exhibit = list(&dossier["pieces"]).iter().find(|exhibit| exhibit["titre"] == *title).unwrap();
        assert_eq!(exhibit["etat"], *state, "{exhibit}");
        assert_eq!(exhibit["sha256"], **hash, "the exhibit keeps its name, printed or not");
        assert_eq!(exhibit["pages"].is_null(), *state != "presente", "{exhibit}");
        if *state != "presente" {
            let reason: Vec<&str> = text(&exhibit["raison"]).split_whitespace().collect();
            assert!(reason.len() > 3, "{exhibit}");
        }
        let stamp = format!("Pièce n° {} — p. 1/", exhibit["numero"]);
        assert!(words.contains(&stamp), "{title} has a page in the dossier, its own or one that stands for it");
    }
    the_archive_tells_the_same(&desk, &dossier);

    let check = desk.run("verifier e.dument --json").json(FAILED);
    assert_eq!(check["intact"], false);
    assert_eq!(list(&check["problemes"]).len(), 2, "one that is gone, one that was altered: {check}");
}

/// Makes the files, keeps them, and returns the names of their content.
fn pieces_are_kept(desk: &Desk) -> Vec<String> {
    desk.on("2026-06-01", r#"courrier e.dument --client "Garage Œuvrard" --modele releve --apercu contrat.pdf"#);
    desk.tool("qpdf --encrypt secret secret 256 -- contrat.pdf protege.pdf");
    desk.write("abime.pdf", "%PDF-1.7\nle reste du fichier n’est pas venu");
    desk.on(
        "2026-06-01",
        r#"courrier e.dument --client "Garage Œuvrard" --modele relance-amiable --apercu disparu.pdf"#,
    );
    desk.on(
        "2026-06-01",
        r#"courrier e.dument --client "Garage Œuvrard" --modele relance-ferme --apercu retouche.pdf"#,
    );
    let keep = |(title, file, _): &(&str, &str, &str)| {
        let nature = if *file == "contrat.pdf" { "contrat" } else { "livraison" };
        let kept = desk.on(
            "2026-06-02",
            &format!(r#"piece e.dument {file} --client "Garage Œuvrard" --nature {nature} --titre "{title}""#),
        );
        text(&kept["sha256"]).to_owned()
    };
    PIECES.iter().map(keep).collect()
}

fn the_archive_tells_the_same(desk: &Desk, dossier: &Value) {
    let archive = desk.on("2026-09-01", r#"dossier e.dument --client "Garage Œuvrard" --sortie d.zip"#);
    assert_eq!(archive["pieces"], dossier["pieces"]);
    desk.tool("unzip -q d.zip -d z");
    desk.tool("sh -c \"cd z && sha256sum --strict -c empreintes.sha256\"");
    let list_of_exhibits = String::from_utf8(desk.read("z/bordereau.csv")).unwrap();
    for (title, file, state) in PIECES {
        let line = list_of_exhibits.lines().find(|line| line.contains(title)).unwrap();
        let exhibit = list(&dossier["pieces"]).iter().find(|exhibit| exhibit["titre"] == title).unwrap();
        let told = exhibit["raison"].as_str().unwrap_or("présente");
        assert!(line.contains(told), "{line} does not say « {told} »");
        let kept = fs::read_dir(desk.path("z/pieces"))
            .unwrap()
            .any(|entry| fs::read(entry.unwrap().path()).unwrap() == desk.read(file));
        assert_eq!(kept, state != "manquante", "{title}: what exists is handed over untouched");
    }
}
