//! `dument-cli`: everything the owner can ask for, as commands.
//!
//! Words come in, a workflow is called, its view goes out as text or as JSON. Not here: any rule, any sum, any file format.
//!
//! - `args`: the commands and their options
//! - `commands`: from options to workflows
//! - `print`: views as text
//! - `usage`: what is said of a command that is badly written
//! - `clock`: what day it is
//!
//! The first three are cut into the same subjects: what is said of a letter is in the file `letters` of each.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command line prints")]

mod args;
mod clock;
mod commands;
mod print;
mod usage;

use std::io::Write as _;
use std::process::ExitCode;

use clap::Parser as _;
use dument_workflows::Error;
use serde::Serialize;

use args::Cli;

/// Done.
const DONE: u8 = 0;
/// Refused or failed: code, message, hint.
const FAILED: u8 = 1;
/// The command is badly written.
const USAGE: u8 = 2;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return usage::explain(&error),
    };
    let as_json = cli.json;
    match commands::run(cli) {
        Ok(answer) => {
            print(if as_json { &answer.json } else { &answer.text });
            ExitCode::from(answer.status)
        }
        Err(error) => {
            if as_json {
                print(&json(&error));
            }
            report(&error);
            ExitCode::from(FAILED)
        }
    }
}

/// Writes a view as JSON, its fields in the order of the contract.
fn json(view: &(impl Serialize + ?Sized)) -> String {
    serde_json::to_string_pretty(view).expect("BUG: a view always serialises")
}

/// Prints an answer; a reader who has seen enough (`| head`) is not an error.
fn print(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}

/// Says what went wrong; where several rules refuse, each has its line.
fn report(error: &Error) {
    let refusals: Vec<&str> =
        error.faults.iter().filter(|fault| fault.gravity == "refus").map(|fault| fault.sentence.as_str()).collect();
    if refusals.len() > 1 {
        eprintln!("{}", refusals.join("\n"));
    } else {
        eprintln!("{}", error.message);
    }
    if !error.hint.is_empty() {
        eprintln!("{}", error.hint);
    }
}
