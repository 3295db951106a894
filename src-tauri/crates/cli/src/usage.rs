//! What is said of a command that is badly written: clap knows what is wrong, we say it in French.

use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use dument_workflows::Error;

/// Prints help where it was asked for, else what is wrong; returns the exit code of one or the other.
pub fn explain(error: &clap::Error) -> ExitCode {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            // The only words of clap's own that a French reader would stumble on.
            crate::print(&error.render().to_string().replace("[default: ", "[par défaut\u{202f}: "));
            return ExitCode::from(crate::DONE);
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            eprintln!("{}", error.render());
            return ExitCode::from(crate::USAGE);
        }
        _ => {}
    }
    let told = Error::new(
        "commande-mal-ecrite",
        sentence(error),
        "Tapez « dument-cli aide » pour la liste des commandes, ou la commande suivie de --aide.",
    );
    // The words were not understood as a whole, so this one is looked for by itself.
    if std::env::args_os().any(|word| word == "--json") {
        crate::print(&crate::json(&told));
    }
    crate::report(&told);
    ExitCode::from(crate::USAGE)
}

fn sentence(error: &clap::Error) -> String {
    let told = |kind| error.get(kind).map(text).unwrap_or_default();
    match error.kind() {
        ErrorKind::MissingRequiredArgument => format!("Il manque\u{202f}: {}.", told(ContextKind::InvalidArg)),
        ErrorKind::UnknownArgument => {
            format!("L’option {} n’existe pas pour cette commande.", told(ContextKind::InvalidArg))
        }
        ErrorKind::InvalidSubcommand => format!("La commande {} n’existe pas.", told(ContextKind::InvalidSubcommand)),
        ErrorKind::InvalidValue if told(ContextKind::ValidValue).is_empty() => {
            format!("L’option {} attend une valeur.", told(ContextKind::InvalidArg))
        }
        ErrorKind::InvalidValue => format!(
            "« {} » ne convient pas à {}\u{202f}: choisissez parmi {}.",
            told(ContextKind::InvalidValue),
            told(ContextKind::InvalidArg),
            told(ContextKind::ValidValue)
        ),
        ErrorKind::ValueValidation => {
            format!("« {} » ne convient pas à {}.", told(ContextKind::InvalidValue), told(ContextKind::InvalidArg))
        }
        ErrorKind::MissingSubcommand => "Il manque une commande.".to_owned(),
        ErrorKind::ArgumentConflict if told(ContextKind::InvalidArg) == told(ContextKind::PriorArg) => {
            format!("{} est donnée deux fois.", told(ContextKind::InvalidArg))
        }
        ErrorKind::ArgumentConflict => {
            format!("{} ne va pas avec {}.", told(ContextKind::InvalidArg), told(ContextKind::PriorArg))
        }
        _ => "La commande est mal écrite.".to_owned(),
    }
}

fn text(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join(", "),
        other => other.to_string(),
    }
}
