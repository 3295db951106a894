//! Invoices, read, imported or listed, as text.

use std::fmt::Write as _;

use dument_workflows::imports::{ImportView, ReadingView};
use dument_workflows::invoices::InvoiceView;
use dument_workflows::words::french;

use super::{Print, faults, finished, short, table};

impl Print for Vec<InvoiceView> {
    fn print(&self) -> String {
        let rows = self.iter().map(|invoice| {
            let due = invoice.due_on.map(short).unwrap_or_default();
            let late = if invoice.days_late > 0 { format!("{} j", invoice.days_late) } else { String::new() };
            vec![
                invoice.number.clone(),
                invoice.debtor.clone(),
                due,
                french::money(invoice.total, invoice.currency),
                french::money(invoice.remaining, invoice.currency),
                invoice.state.to_owned(),
                late,
            ]
        });
        table(rows, "Aucune facture.")
    }
}

impl Print for Vec<ReadingView> {
    fn print(&self) -> String {
        let mut text = String::new();
        for reading in self {
            line!(text, "{} : {}", reading.file, reading.nature);
            if let Some(read) = &reading.read {
                let parties = |party: Option<&String>| party.cloned().unwrap_or_else(|| "?".to_owned());
                line!(
                    text,
                    "  n° {}, de {} à {}",
                    read.number,
                    parties(read.seller.name.as_ref()),
                    parties(read.buyer.name.as_ref())
                );
                if let (Some(total), Some(currency)) = (read.total, read.currency) {
                    line!(text, "  total {}", french::money(total, currency));
                }
            }
            faults(&mut text, &reading.faults);
        }
        finished(&text)
    }
}

impl Print for ImportView {
    fn print(&self) -> String {
        let mut text = String::new();
        for import in &self.lines {
            let number = import.number.as_deref().unwrap_or("?");
            line!(
                text,
                "{:<8}  {}  n° {number}  {}",
                import.state,
                import.file,
                import.debtor.as_deref().unwrap_or_default()
            );
            faults(&mut text, &import.faults);
        }
        line!(text, "{} nouveau(x), {} déjà connu(s), {} refusé(s)", self.new, self.known, self.refused);
        finished(&text)
    }
}
