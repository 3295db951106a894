//! Where we are, and how cargo is started.

use crate::program::{self, Failure, Outcome};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The repository on this computer, and the folder cargo builds in.
pub struct Workspace {
    pub root: PathBuf,
    pub target: PathBuf,
}

impl Workspace {
    /// Finds the repository this tool was built from.
    ///
    /// Continuous integration often starts from a fresh checkout: when `CI` is set and nobody chose a build folder, the
    /// one of the user's cache is used, so that Typst is not compiled again at each run.
    pub fn here() -> Workspace {
        let manifest = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
        let manifest = manifest.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")));
        let root = manifest.ancestors().nth(2).expect("BUG: xtask is two folders deep").to_path_buf();
        let target = target_folder(&root, |name| std::env::var_os(name).map(PathBuf::from));
        Workspace { root, target }
    }

    /// Prepares a cargo command at the root of the repository.
    ///
    /// What `cargo run` told this tool about itself is withdrawn: some build scripts watch those variables and would run
    /// again for nothing.
    pub fn cargo(&self, words: &[&str]) -> Command {
        let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command.args(words).current_dir(&self.root).env("CARGO_TARGET_DIR", &self.target);
        for (name, _) in std::env::vars_os() {
            let name = name.to_string_lossy();
            if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") {
                command.env_remove(name.as_ref());
            }
        }
        command
    }

    /// Returns a path of the repository, given from its root.
    pub fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// Builds the command line, with the very dependencies of the tests: whoever runs both commands builds them once.
    pub fn build_command_line(&self) -> Outcome {
        let packages = ["--package", "dument-cli", "--package", "acceptance"];
        program::run(self.cargo(&["build", "--locked", "--bin", "dument-cli"]).args(packages))
    }

    /// Returns the path of the command line once built, for the given profile folder (`debug`, `release`).
    pub fn command_line(&self, profile: &str) -> PathBuf {
        self.target.join(profile).join(format!("dument-cli{}", std::env::consts::EXE_SUFFIX))
    }

    /// Empties a folder of the build folder, creating it when needed.
    pub fn emptied(&self, name: &str) -> Outcome<PathBuf> {
        let folder = self.target.join(name);
        if folder.exists() {
            std::fs::remove_dir_all(&folder).map_err(Failure::while_doing("vider le dossier de sortie"))?;
        }
        std::fs::create_dir_all(&folder).map_err(Failure::while_doing("créer le dossier de sortie"))?;
        Ok(folder)
    }

    /// Returns what `cargo metadata` says of our own packages.
    pub fn metadata(&self) -> Outcome<Value> {
        self.described(&["metadata", "--format-version", "1", "--locked", "--no-deps"])
    }

    /// Returns what `cargo metadata` says of every package, however deep.
    pub fn whole_metadata(&self) -> Outcome<Value> {
        self.described(&["metadata", "--format-version", "1", "--locked"])
    }

    fn described(&self, words: &[&str]) -> Outcome<Value> {
        let text = program::read(&mut self.cargo(words))?;
        serde_json::from_str(&text).map_err(|error| Failure(format!("« cargo metadata » est illisible ({error}).")))
    }
}

fn target_folder(root: &Path, variable: impl Fn(&str) -> Option<PathBuf>) -> PathBuf {
    if let Some(chosen) = variable("CARGO_TARGET_DIR") {
        return root.join(chosen);
    }
    let cache = variable("XDG_CACHE_HOME").or_else(|| variable("HOME").map(|home| home.join(".cache")));
    match (variable("CI"), cache) {
        (Some(_), Some(cache)) => cache.join("dument/target"),
        _ => root.join("target"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(variables: &[(&str, &str)]) -> PathBuf {
        target_folder(Path::new("/depot"), |name| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| PathBuf::from(value))
        })
    }

    #[test]
    fn continuous_integration_keeps_what_it_built() {
        assert_eq!(chosen(&[("CI", "1"), ("HOME", "/h")]), Path::new("/h/.cache/dument/target"));
        assert_eq!(chosen(&[("CI", "1"), ("HOME", "/h"), ("XDG_CACHE_HOME", "/c")]), Path::new("/c/dument/target"));
    }

    #[test]
    fn the_build_folder_one_chose_is_respected() {
        assert_eq!(chosen(&[("CI", "1"), ("CARGO_TARGET_DIR", "/t"), ("HOME", "/h")]), Path::new("/t"));
    }

    #[test]
    fn elsewhere_the_build_folder_is_the_usual_one() {
        assert_eq!(chosen(&[("HOME", "/h")]), Path::new("/depot/target"));
    }
}
