//! What is owed, as text.

use std::fmt::Write as _;

use dument_workflows::limitation::PrescriptionView;
use dument_workflows::statements::{ClaimView, StatementView};
use dument_workflows::words::french;

use super::{Print, faults, finished, short, table};

impl Print for StatementView {
    fn print(&self) -> String {
        let money = |amount| french::money(amount, self.currency);
        let mut text = format!("{}, décompte arrêté au {}\n", self.debtor, french::date(self.as_of));
        for claim in &self.claims {
            print_claim(&mut text, claim, self);
        }
        for credit in &self.credits {
            line!(text, "À déduire, du {} : {}", french::date(credit.on), money(credit.amount));
        }
        line!(
            text,
            "Principal {}, intérêts {}, indemnités {}",
            money(self.total_principal),
            money(self.total_interest),
            money(self.total_indemnity)
        );
        line!(text, "Total {}, puis {} par jour", money(self.total), money(self.per_day));
        if !self.other_currencies.is_empty() {
            let others: Vec<String> = self.other_currencies.iter().map(ToString::to_string).collect();
            line!(text, "Ce client a aussi un compte en {} : ajoutez --devise.", others.join(", "));
        }
        faults(&mut text, &self.warnings);
        finished(&text)
    }
}

fn print_claim(text: &mut String, claim: &ClaimView, statement: &StatementView) {
    let money = |amount| french::money(amount, statement.currency);
    line!(text, "\nFacture {}, échue le {}, {}", claim.number, french::date(claim.due_on), money(claim.principal));
    for line in &claim.lines {
        line!(
            text,
            "  du {} au {}, {} jours sur {} à {} : {} ({})",
            short(line.from),
            short(line.through),
            line.days,
            money(line.base),
            french::rate(line.rate),
            money(line.amount),
            line.source
        );
    }
    for payment in &claim.payments {
        line!(
            text,
            "  reçu le {} : {}, dont intérêts {}, principal {}, indemnité {}",
            short(payment.received_on),
            money(payment.amount),
            money(payment.interest),
            money(payment.principal),
            money(payment.indemnity)
        );
    }
    for adjustment in &claim.adjustments {
        line!(text, "  avoir ou remise du {} : {}", short(adjustment.on), money(adjustment.amount));
    }
    line!(
        text,
        "  reste {} (principal {}, intérêts {}, indemnité {})",
        money(claim.remaining),
        money(claim.remaining_principal),
        money(claim.remaining_interest),
        money(claim.remaining_indemnity)
    );
    if claim.not_due.is_positive() {
        line!(text, "  à échoir {}", money(claim.not_due));
    }
}

impl Print for Vec<PrescriptionView> {
    fn print(&self) -> String {
        let rows = self.iter().map(|limit| {
            let possible = if limit.possible_deadline == limit.prudent_deadline {
                String::new()
            } else {
                format!("ou {} si les actes notés sont admis", french::date(limit.possible_deadline))
            };
            vec![
                limit.number.clone(),
                french::date(limit.prudent_deadline),
                format!("{} ans, {}", limit.years, limit.source),
                possible,
            ]
        });
        table(rows, "Aucune facture impayée.")
    }
}
