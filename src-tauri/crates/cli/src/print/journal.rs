//! The journal and its copies, as text.

use std::fmt::Write as _;

use dument_workflows::backups::BackupView;
use dument_workflows::journal::{CheckView, FactView};

use super::{Print, finished, short, table};

impl Print for Vec<FactView> {
    fn print(&self) -> String {
        let rows = self.iter().map(|fact| {
            let cancelled =
                fact.cancelled_by.as_ref().map(|by| format!("annulé par le fait n° {by}")).unwrap_or_default();
            let day = fact.happened_on.map(short).unwrap_or_default();
            vec![fact.seq.to_string(), fact.recorded_at.clone(), day, fact.kind.to_owned(), cancelled]
        });
        table(rows, "Le journal est vide.")
    }
}

impl Print for CheckView {
    fn print(&self) -> String {
        let mut text = String::new();
        for problem in &self.problems {
            line!(text, "{problem}");
        }
        if self.sound {
            line!(text, "Tout est comme au jour de l’écriture : {} faits, {} pièces.", self.facts, self.pieces);
        } else {
            line!(text, "Gardez ce dossier tel quel et restaurez la dernière sauvegarde vérifiée.");
        }
        line!(text, "Empreinte du journal : {}", self.fingerprint);
        finished(&text)
    }
}

impl Print for BackupView {
    fn print(&self) -> String {
        let mut text =
            format!("Sauvegarde vérifiée dans « {} » : {} faits, {} pièces.\n", self.path, self.facts, self.pieces);
        for left_out in &self.left_out {
            line!(text, "{left_out}");
        }
        finished(&text)
    }
}
