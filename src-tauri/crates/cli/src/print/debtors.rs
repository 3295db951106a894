//! Customers, as text.

use dument_workflows::debtors::DebtorView;
use dument_workflows::words::french;

use super::{Print, table};

impl Print for Vec<DebtorView> {
    fn print(&self) -> String {
        let rows = self.iter().map(|debtor| {
            let balances = debtor.balances.iter().map(|balance| {
                let overdue = if balance.overdue.is_positive() {
                    format!(", dont {} en retard", french::money(balance.overdue, balance.currency))
                } else {
                    String::new()
                };
                format!("{}{overdue}", french::money(balance.balance, balance.currency))
            });
            vec![debtor.name.clone(), debtor.standing.to_owned(), balances.collect::<Vec<_>>().join(" ; ")]
        });
        table(rows, "Aucun client.")
    }
}
