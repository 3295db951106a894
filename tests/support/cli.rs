//! The command line as a stranger uses it: a process, its words, its exit code.
//!
//! Cargo tells a test where the binaries of its own package are, and `dument-cli` is in another one. It is looked for beside
//! this test binary, in the same target directory; where it is absent or older than a source, it is built there, once.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::OnceLock;
use std::time::SystemTime;

use serde_json::Value;
use tempfile::TempDir;

/// Done.
pub const DONE: i32 = 0;
/// Refused, or failed.
pub const FAILED: i32 = 1;
/// The command is badly written.
pub const USAGE: i32 = 2;

/// Returns the root of the repository.
pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// Returns a folder of real files of other people’s programs, or nothing, with a printed word, where they are absent.
pub fn samples() -> Option<PathBuf> {
    let folder = repository().join("../shared/samples");
    if folder.is_dir() {
        return Some(folder.canonicalize().unwrap());
    }
    println!("ignoré : le dossier des exemples n’est pas là ({})", folder.display());
    None
}

/// Returns the program, built from the sources as they are.
pub fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let tests = std::env::current_exe().unwrap();
        let profile = tests.parent().and_then(Path::parent).unwrap();
        let program = profile.join(format!("dument-cli{}", std::env::consts::EXE_SUFFIX));
        if modified(&program).is_none_or(|built| newest_source() > built) {
            build(profile);
        }
        assert!(program.is_file(), "{} is not where cargo builds it", program.display());
        program
    })
}

fn build(profile: &Path) {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    // Both packages, so that the dependencies are those the tests were built with.
    cargo.args(["build", "--locked", "--package", "dument-cli", "--package", "acceptance", "--bin", "dument-cli"]);
    cargo.arg("--target-dir").arg(profile.parent().unwrap());
    if profile.file_name().is_some_and(|name| name == "release") {
        cargo.arg("--release");
    }
    let built = cargo.current_dir(repository()).output().unwrap();
    assert!(built.status.success(), "dument-cli does not build:\n{}", String::from_utf8_lossy(&built.stderr));
}

/// Returns when the last of the sources of the program was changed.
fn newest_source() -> SystemTime {
    let mut newest = SystemTime::UNIX_EPOCH;
    let mut folders = vec![repository().join("src-tauri/crates"), repository().join("templates")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            if entry.file_type().unwrap().is_dir() {
                folders.push(entry.path());
            } else {
                newest = modified(&entry.path()).map_or(newest, |at| at.max(newest));
            }
        }
    }
    newest
}

fn modified(file: &Path) -> Option<SystemTime> {
    fs::metadata(file).ok()?.modified().ok()
}

/// A folder in which someone types commands.
pub struct Desk {
    folder: TempDir,
}

/// What a command answered.
pub struct Answer {
    pub line: String,
    pub status: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Desk {
    pub fn new() -> Self {
        Self { folder: TempDir::new().unwrap() }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    #[expect(clippy::disallowed_methods, reason = "nothing is lost with a temporary file")]
    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.path(name), bytes).unwrap();
    }

    pub fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    fn command(&self, line: &str) -> Command {
        let mut command = Command::new(program());
        command.args(words(line)).current_dir(self.folder.path()).stdin(Stdio::null());
        command
    }

    /// Runs a command as it is typed, words between quotes being one.
    pub fn run(&self, line: &str) -> Answer {
        Answer::of(line, self.command(line).output().unwrap())
    }

    /// Starts a command and does not wait for it.
    pub fn start(&self, line: &str) -> Child {
        self.command(line).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    }

    /// Runs a command on a day, which must be done, and returns what it says in JSON.
    #[track_caller]
    pub fn on(&self, day: &str, line: &str) -> Value {
        self.run(&format!("{line} --date {day} --json")).json(DONE)
    }

    /// Runs a command on a day, which must be refused, and returns the error.
    #[track_caller]
    pub fn refused_on(&self, day: &str, line: &str) -> Value {
        let answer = self.run(&format!("{line} --date {day} --json"));
        let error = answer.json(FAILED);
        assert_is_an_error(&error, &answer.line);
        error
    }

    /// Runs another program in the folder, which must succeed, and returns what it prints.
    #[track_caller]
    pub fn tool(&self, line: &str) -> String {
        let words = words(line);
        let output = Command::new(&words[0]).args(&words[1..]).current_dir(self.folder.path()).output();
        let output = output.unwrap_or_else(|error| panic!("{line}: {error}"));
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{line}: {said}{}", String::from_utf8_lossy(&output.stderr));
        said
    }
}

impl Answer {
    pub fn of(line: &str, output: Output) -> Self {
        let status = output.status.code().unwrap_or(-1);
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Self { line: line.to_owned(), status, stdout: text(output.stdout), stderr: text(output.stderr) }
    }

    /// Returns what the command says in JSON, after its exit code is seen to be this one.
    #[track_caller]
    pub fn json(&self, status: i32) -> Value {
        assert_eq!(self.status, status, "{}\n{}{}", self.line, self.stdout, self.stderr);
        serde_json::from_str(&self.stdout).unwrap_or_else(|fault| panic!("{}: {fault}\n{}", self.line, self.stdout))
    }
}

/// Checks that an error has what a caller may count on: a code, what happened, and what to do.
#[track_caller]
pub fn assert_is_an_error(error: &Value, line: &str) {
    for key in ["code", "message", "hint"] {
        let told = error[key].as_str().unwrap_or_else(|| panic!("{line}: no {key} in {error}"));
        assert!(!told.is_empty(), "{line}: the {key} is empty in {error}");
    }
    let message = error["message"].as_str().unwrap();
    assert!(message.ends_with(['.', '!', '?']), "{line}: not a finished sentence: {message}");
}

/// Says whether programs are there to read a PDF and a ZIP with; where one is not, prints which.
pub fn tools(names: &[&str]) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = |name: &&str| std::env::split_paths(&path).any(|folder| folder.join(name).is_file());
    let absent: Vec<&str> = names.iter().copied().filter(|name| !found(name)).collect();
    if !absent.is_empty() {
        println!("ignoré : il manque {}", absent.join(", "));
    }
    absent.is_empty()
}

/// Cuts a line into words, as a shell does with double quotes.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quoted = false;
    for character in line.chars() {
        match character {
            '"' => {
                quoted = !quoted;
                word.get_or_insert_default();
            }
            character if character.is_whitespace() && !quoted => words.extend(word.take()),
            character => word.get_or_insert_default().push(character),
        }
    }
    assert!(!quoted, "a quote is not closed: {line}");
    words.extend(word);
    words
}
