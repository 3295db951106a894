//! The bank, as text.

use std::fmt::Write as _;

use dument_workflows::bank::BankView;
use dument_workflows::words::french;

use super::{Print, finished, short, table};

impl Print for BankView {
    fn print(&self) -> String {
        let mut text = match self.checked_through {
            Some(through) => format!("Banque vérifiée au {}.\n", french::date(through)),
            None => "La banque n’a jamais été vérifiée.\n".to_owned(),
        };
        if !self.credits.is_empty() {
            line!(text, "Crédits à rapprocher :");
        }
        let rows = self.credits.iter().map(|credit| {
            let sum = french::money(credit.amount, credit.currency);
            vec![format!("  n° {}", credit.credit), short(credit.booked_on), sum, credit.label.clone()]
        });
        line!(text, "{}", table(rows, "Aucun crédit à rapprocher."));
        finished(&text)
    }
}
