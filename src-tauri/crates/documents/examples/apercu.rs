//! Typesets every example of `templates/donnees` as PDF and PNG: `apercu <folder> [file.json…]`.
//!
//! With files, those are typeset instead. Started by `cargo xtask apercu`.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a tool of the terminal speaks on the terminal")]

use dument_documents::{Document, examples, render, render_png};
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

const DPI: u16 = 144;

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let Some(folder) = arguments.next() else {
        eprintln!("Donnez le dossier où écrire les aperçus.");
        return ExitCode::FAILURE;
    };
    let files: Vec<PathBuf> = arguments.collect();
    let mut failed = false;
    for (name, document) in documents(&files) {
        match document.and_then(|document| write(&folder, &name, &document)) {
            Ok(line) => println!("  {name} : {line}"),
            Err(error) => {
                failed = true;
                eprintln!("✗ {name} : {error}");
            }
        }
    }
    if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

/// Returns the documents to typeset, each under its name: those of the files, or every example.
fn documents(files: &[PathBuf]) -> Vec<(String, Outcome<Document>)> {
    if files.is_empty() {
        return examples().into_iter().map(|(name, document)| (name.to_owned(), Ok(document))).collect();
    }
    let name = |file: &PathBuf| file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    files.iter().map(|file| (name(file), read(file))).collect()
}

fn read(file: &Path) -> Outcome<Document> {
    Ok(serde_json::from_slice(&std::fs::read(file)?)?)
}

/// Writes a document and the picture of each of its pages, and says what came out.
#[expect(clippy::disallowed_methods, reason = "a preview can be drawn again")]
fn write(folder: &Path, name: &str, document: &Document) -> Outcome<String> {
    let start = Instant::now();
    let pdf = render(document)?;
    let elapsed = start.elapsed();
    std::fs::write(folder.join(format!("{name}.pdf")), &pdf.bytes)?;
    for page in 1..=pdf.pages {
        std::fs::write(folder.join(format!("{name}-{page}.png")), render_png(document, page, DPI)?)?;
    }
    let missing: String = pdf.replaced.iter().collect();
    let missing = if missing.is_empty() { missing } else { format!(", sans dessin pour « {missing} »") };
    Ok(format!("{} page(s), {} octets, {} ms{missing}", pdf.pages, pdf.bytes.len(), elapsed.as_millis()))
}
