//! Letters, as text.

use std::fmt::Write as _;

use dument_workflows::letters::{IssuedView, LetterView};
use dument_workflows::words::french;

use super::{Print, faults, finished, short, table};

impl Print for LetterView {
    fn print(&self) -> String {
        let money = |amount| french::money(amount, self.currency);
        let mut text = match &self.letter {
            Some(letter) => format!("Courrier émis, référence {letter}. Il n’est pas encore parti.\n"),
            None => "Aperçu : rien n’est enregistré.\n".to_owned(),
        };
        line!(text, "{}, factures {}", self.debtor, self.invoices.join(", "));
        line!(
            text,
            "Principal {}, intérêts {}, indemnités {}, total {}",
            money(self.principal),
            money(self.interest),
            money(self.indemnity),
            money(self.total)
        );
        if let Some(file) = &self.file {
            line!(text, "{file} ({} page(s))", self.pages);
        }
        faults(&mut text, &self.warnings);
        finished(&text)
    }
}

impl Print for Vec<IssuedView> {
    fn print(&self) -> String {
        let rows = self.iter().map(|letter| {
            let model = serde_json::to_value(letter.model).expect("BUG: a word always serialises");
            vec![
                letter.letter.to_string(),
                short(letter.issued_on),
                model.as_str().unwrap_or_default().to_owned(),
                letter.debtor.clone(),
                french::money(letter.total, letter.currency),
                state(letter.state).to_owned(),
            ]
        });
        table(rows, "Aucun courrier.")
    }
}

/// Writes a state as it is read.
fn state(word: &str) -> &str {
    match word {
        "a-envoyer" => "à envoyer",
        "presente" => "présenté",
        "distribue" => "distribué",
        "non-reclame" => "non réclamé",
        "refuse" => "refusé",
        other => other,
    }
}
