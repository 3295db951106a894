//! Evidence and the dossier, as text.

use std::fmt::Write as _;

use dument_workflows::dossiers::DossierView;
use dument_workflows::exhibits::{ExhibitDone, ExhibitView};

use super::{Print, faults, finished, short, table};

impl Print for ExhibitDone {
    fn print(&self) -> String {
        let mut text = format!("Pièce gardée, référence {}.\nSHA-256 {}\n", self.exhibit, self.sha256);
        faults(&mut text, &self.warnings);
        finished(&text)
    }
}

impl Print for Vec<ExhibitView> {
    fn print(&self) -> String {
        let rows = self.iter().map(|exhibit| {
            let date = exhibit.dated_on.map(short).unwrap_or_default();
            vec![
                exhibit.exhibit.to_string(),
                date,
                exhibit.debtor.clone(),
                exhibit.title.clone(),
                exhibit.file_name.clone(),
            ]
        });
        table(rows, "Aucune pièce.")
    }
}

impl Print for DossierView {
    fn print(&self) -> String {
        let mut text = format!("Dossier de {} pages écrit dans « {} ».\n", self.pages, self.file);
        for exhibit in &self.exhibits {
            let reason = exhibit.reason.as_ref().map(|reason| format!(" ({reason})")).unwrap_or_default();
            line!(text, "{:>4}  {:<10}  {}{reason}", exhibit.number, exhibit.state, exhibit.title);
        }
        if !self.missing.is_empty() {
            line!(text, "Il manque encore :");
            faults(&mut text, &self.missing);
        }
        finished(&text)
    }
}
