//! Views as text, for a reader at a terminal: one file for each subject, cut as `args` is.

use std::fmt::Write as _;

use dument_workflows::view::{Created, Done, FaultView, Written};
use dument_workflows::words::{Date, french};

/// Adds a line; a `String` takes any text.
macro_rules! line {
    ($text:expr, $($format:tt)*) => {
        writeln!($text, $($format)*).expect("BUG: a String takes any text")
    };
}

mod agenda;
mod arrangements;
mod claims;
mod debtors;
mod evidence;
mod exchanges;
mod invoices;
mod journal;
mod letters;
mod money;
mod policy;

/// Columns that a paragraph fills.
const WIDTH: usize = 100;

/// A view that can be read.
pub trait Print {
    /// Returns the view as lines of text.
    fn print(&self) -> String;
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

fn faults(text: &mut String, faults: &[FaultView]) {
    for fault in faults {
        paragraph(text, "  ! ", &fault.sentence);
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

/// Adds sentences after a label, and beneath one another; no word is cut.
fn labelled(text: &mut String, label: &str, sentences: &[String]) {
    for (index, sentence) in sentences.iter().enumerate() {
        let label = if index == 0 { label } else { "" };
        paragraph(text, &format!("   {label:<10} "), sentence);
    }
}

/// Adds a sentence after a beginning, its next lines set under its first word.
fn paragraph(text: &mut String, beginning: &str, sentence: &str) {
    let margin = beginning.chars().count();
    let mut line = beginning.to_owned();
    let mut filled = margin;
    // A no-break space is not a place to break: only the plain one is.
    for word in french::typeset(sentence).split(' ').filter(|word| !word.is_empty()) {
        let length = word.chars().count();
        if filled > margin && filled + 1 + length > WIDTH {
            line!(text, "{line}");
            line = " ".repeat(margin);
            filled = margin;
        }
        if filled > margin {
            line.push(' ');
            filled += 1;
        }
        line.push_str(word);
        filled += length;
    }
    line!(text, "{}", line.trim_end());
}

/// Names invoices: « la facture F-1 », « les factures F-1, F-2 et F-3 ».
fn listed(numbers: &[String]) -> Option<String> {
    match numbers {
        [] => None,
        [one] => Some(format!("la facture {one}")),
        [first @ .., last] => Some(format!("les factures {} et {last}", first.join(", "))),
    }
}

/// Writes a count with its noun.
fn counted(count: usize, one: &str, several: &str) -> String {
    if count <= 1 { format!("{count} {one}") } else { format!("{count} {several}") }
}

/// Sets the spaces of a text, and drops its last line break: the caller prints one.
fn finished(text: &str) -> String {
    french::typeset(text.trim_end())
}
