//! How a program is run, and what is said when it fails.

use std::ffi::OsStr;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

/// What went wrong, as a finished French sentence that ends with what to do.
#[derive(Debug)]
pub struct Failure(pub String);

/// The result of a subcommand.
pub type Outcome<T = ()> = Result<T, Failure>;

impl Failure {
    /// Turns an input-output error into a sentence that names what was being done.
    pub fn while_doing(what: &str) -> impl FnOnce(std::io::Error) -> Failure + '_ {
        move |error| Failure(format!("Impossible de {what} ({error})."))
    }
}

/// Runs a program in the open: its output is the user's output.
pub fn run(command: &mut Command) -> Outcome {
    println!("\n$ {}", shown(command));
    let status = command.status().map_err(|error| cannot_start(command, &error))?;
    if status.success() {
        return Ok(());
    }
    Err(Failure(format!("« {} » a échoué ({status}). Lisez ses lignes ci-dessus.", shown(command))))
}

/// Runs a program in silence and returns what it wrote; its errors are repeated in the sentence of the failure.
pub fn read(command: &mut Command) -> Outcome<String> {
    let output = capture(command)?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    Err(Failure(format!(
        "« {} » a échoué ({}) :\n{}{}",
        shown(command),
        output.status,
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr).trim_end()
    )))
}

/// Runs a program in silence and returns everything about it, success or not.
pub fn capture(command: &mut Command) -> Outcome<Output> {
    command.stdin(Stdio::null()).output().map_err(|error| cannot_start(command, &error))
}

/// Returns where a program is, if it is on the `PATH`.
pub fn on_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}

/// Writes a command as one would type it.
pub fn shown(command: &Command) -> String {
    let program = PathBuf::from(command.get_program());
    let name = program.file_name().unwrap_or(program.as_os_str());
    std::iter::once(name).chain(command.get_args()).map(quoted).collect::<Vec<_>>().join(" ")
}

fn quoted(word: &OsStr) -> String {
    let word = word.to_string_lossy();
    if word.contains([' ', '"', '’']) { format!("'{word}'") } else { word.into_owned() }
}

fn cannot_start(command: &Command, error: &std::io::Error) -> Failure {
    let program = command.get_program().to_string_lossy();
    Failure(format!("« {program} » ne démarre pas ({error}). Installez-le, ou vérifiez qu’il est dans le PATH."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_shown_as_one_would_type_it() {
        let mut command = Command::new("/usr/bin/env");
        command.args(["client", "Hôtel des Remparts"]);
        assert_eq!(shown(&command), "env client 'Hôtel des Remparts'");
    }

    #[test]
    fn a_program_that_fails_is_a_failure() {
        assert!(read(Command::new("sh").args(["-c", "exit 3"])).is_err(), "an exit code other than 0 is never hidden");
    }

    #[test]
    fn a_program_that_does_not_exist_is_not_on_the_path() {
        assert!(on_path("no-program-has-this-name").is_none(), "nothing may be assumed installed");
    }
}
