//! Views as text, for a reader at a terminal.

use std::fmt::Write as _;

use dument_workflows::backups::BackupView;
use dument_workflows::debtors::DebtorView;
use dument_workflows::dossiers::DossierView;
use dument_workflows::exhibits::{ExhibitDone, ExhibitView};
use dument_workflows::imports::{ImportView, ReadingView};
use dument_workflows::invoices::InvoiceView;
use dument_workflows::journal::{CheckView, FactView};
use dument_workflows::letters::{IssuedView, LetterView};
use dument_workflows::limitation::PrescriptionView;
use dument_workflows::statements::{ClaimView, StatementView};
use dument_workflows::view::{Created, Done, FaultView, Written};
use dument_workflows::words::{Date, french};

/// A view that can be read.
pub trait Print {
    /// Returns the view as lines of text.
    fn print(&self) -> String;
}

/// Adds a line; a `String` takes any text.
macro_rules! line {
    ($text:expr, $($format:tt)*) => {
        writeln!($text, $($format)*).expect("BUG: a String takes any text")
    };
}

impl Print for Done {
    fn print(&self) -> String {
        let mut text = format!("Enregistré, fait n° {}.\n", self.fact);
        faults(&mut text, &self.warnings);
        finished(&text)
    }
}

impl Print for Created {
    fn print(&self) -> String {
        let mut text = format!("Entreprise prête dans « {} ».\n", self.folder);
        faults(&mut text, &self.warnings);
        finished(&text)
    }
}

impl Print for Written {
    fn print(&self) -> String {
        format!("Écrit dans « {} ».", self.file)
    }
}

impl Print for ExhibitDone {
    fn print(&self) -> String {
        let mut text = format!("Pièce gardée, référence {}.\nSHA-256 {}\n", self.exhibit, self.sha256);
        faults(&mut text, &self.warnings);
        finished(&text)
    }
}

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
                letter.state.to_owned(),
            ]
        });
        table(rows, "Aucun courrier.")
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

fn faults(text: &mut String, faults: &[FaultView]) {
    for fault in faults {
        line!(text, "  ! {}", fault.sentence);
    }
}

fn short(date: Date) -> String {
    date.format("%d/%m/%Y").to_string()
}

/// Sets rows in columns as wide as their longest cell.
fn table(rows: impl Iterator<Item = Vec<String>>, empty: &str) -> String {
    let rows: Vec<Vec<String>> = rows.collect();
    let Some(columns) = rows.first().map(Vec::len) else { return empty.to_owned() };
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut text = String::new();
    for row in &rows {
        let cells: Vec<String> = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
        line!(text, "{}", cells.join("  ").trim_end());
    }
    finished(&text)
}

/// Sets the spaces of a text, and drops its last line break: the caller prints one.
fn finished(text: &str) -> String {
    french::typeset(text.trim_end())
}
