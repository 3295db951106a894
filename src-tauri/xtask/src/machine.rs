//! What this computer lacks, and what it is.

use crate::program::{self, Failure, Outcome};
use crate::workspace::Workspace;
use std::process::Command;

/// A program we start, and the Debian package that brings it.
pub struct Tool {
    pub program: &'static str,
    pub package: &'static str,
}

/// What the tests start to judge our files with other eyes than ours.
pub const TEST_TOOLS: &[Tool] = &[
    Tool { program: "pdftotext", package: "poppler-utils" },
    Tool { program: "qpdf", package: "qpdf" },
    Tool { program: "unzip", package: "unzip" },
];

/// What reads the memory a process used.
pub const BENCH_TOOLS: &[Tool] = &[Tool { program: "time", package: "time" }];

/// By what one may install here.
struct Means {
    apt_get: bool,
    root: bool,
    sudo: bool,
}

/// Installs the packages of the missing programs, or says what to type.
pub fn provide(tools: &[Tool]) -> Outcome {
    let present = |program: &str| program::on_path(program).is_some();
    let packages = missing(tools, present);
    if packages.is_empty() {
        return Ok(());
    }
    let means = Means { apt_get: present("apt-get"), root: is_root(), sudo: present("sudo") };
    if let Some(obstacle) = obstacle(&packages, &means) {
        return Err(obstacle);
    }
    program::run(&mut apt_get(&means, &["update"]))
        .and_then(|()| program::run(apt_get(&means, &["install", "--yes", "--no-install-recommends"]).args(&packages)))
        .map_err(|_| advice(&packages, "l’installation a échoué"))?;
    let still = missing(tools, present);
    if still.is_empty() { Ok(()) } else { Err(advice(&still, "l’installation ne l’a pas apporté")) }
}

/// Returns why the packages cannot be installed from here, and what to do instead.
fn obstacle(packages: &[&str], means: &Means) -> Option<Failure> {
    if !means.apt_get {
        return Some(Failure(format!(
            "Il manque {} (noms Debian) et cet ordinateur n’a pas apt-get. Installez-les avec son gestionnaire de \
             paquets, puis relancez la même commande.",
            packages.join(", ")
        )));
    }
    (!means.root && !means.sudo).then(|| advice(packages, "il faut être administrateur pour l’installer"))
}

fn advice(packages: &[&str], reason: &str) -> Failure {
    Failure(format!(
        "Il manque {} et {reason}. Tapez, comme administrateur, « apt-get install {} », puis relancez la même commande.",
        packages.join(", "),
        packages.join(" ")
    ))
}

/// Adds rustfmt and clippy when the toolchain came without them.
pub fn provide_rust_components(workspace: &Workspace) -> Outcome {
    for (subcommand, component) in [("fmt", "rustfmt"), ("clippy", "clippy")] {
        let found = program::capture(&mut workspace.cargo(&[subcommand, "--version"]))?;
        if !found.status.success() {
            program::run(Command::new("rustup").args(["component", "add", component])).map_err(|_| {
                Failure(format!("Il manque {component}. Tapez « rustup component add {component} », puis relancez."))
            })?;
        }
    }
    Ok(())
}

/// Describes the computer the figures of a bench belong to.
pub fn description() -> String {
    let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
    describe(&read("/proc/cpuinfo"), &read("/proc/meminfo"))
}

fn describe(cpuinfo: &str, meminfo: &str) -> String {
    let field = |text: &str, name: &str| {
        let line = text.lines().find(|line| line.starts_with(name))?;
        Some(line.split_once(':')?.1.trim().to_owned())
    };
    let processor = field(cpuinfo, "model name").unwrap_or_else(|| "processeur inconnu".to_owned());
    let cores = cpuinfo.lines().filter(|line| line.starts_with("processor")).count();
    let kibibytes = field(meminfo, "MemTotal").and_then(|value| value.split(' ').next()?.parse::<u64>().ok());
    let memory = kibibytes.map_or_else(|| "mémoire inconnue".to_owned(), |value| format!("{} Mio", value / 1024));
    format!("{processor}, {cores} cœurs, {memory}")
}

fn missing(tools: &[Tool], present: impl Fn(&str) -> bool) -> Vec<&'static str> {
    tools.iter().filter(|tool| !present(tool.program)).map(|tool| tool.package).collect()
}

fn is_root() -> bool {
    program::read(Command::new("id").arg("-u")).is_ok_and(|user| user.trim() == "0")
}

fn apt_get(means: &Means, words: &[&str]) -> Command {
    let mut command = Command::new(if means.root { "apt-get" } else { "sudo" });
    if !means.root {
        command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]);
    }
    command.env("DEBIAN_FRONTEND", "noninteractive").args(words);
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_missing_is_installed() {
        assert_eq!(missing(TEST_TOOLS, |program| program != "qpdf"), ["qpdf"]);
        assert!(missing(TEST_TOOLS, |_| true).is_empty(), "nothing is installed on a computer that has everything");
    }

    #[test]
    fn what_cannot_be_installed_is_said_with_the_command_to_type() {
        let sentence = |means: &Means| obstacle(&["qpdf", "unzip"], means).map(|Failure(sentence)| sentence);
        let user = sentence(&Means { apt_get: true, root: false, sudo: false });
        assert!(user.is_some_and(|sentence| sentence.contains("apt-get install qpdf unzip")));
        assert!(sentence(&Means { apt_get: false, root: true, sudo: true }).is_some(), "not every system has apt-get");
        assert!(sentence(&Means { apt_get: true, root: true, sudo: false }).is_none());
        assert!(sentence(&Means { apt_get: true, root: false, sudo: true }).is_none());
    }

    #[test]
    fn a_figure_names_its_machine() {
        let cpuinfo = "processor\t: 0\nmodel name\t: Exemple 3000\nprocessor\t: 1\nmodel name\t: Exemple 3000\n";
        assert_eq!(describe(cpuinfo, "MemTotal:        8192000 kB\n"), "Exemple 3000, 2 cœurs, 8000 Mio");
    }

    #[test]
    fn an_unknown_machine_is_said_to_be_unknown() {
        assert_eq!(describe("", ""), "processeur inconnu, 0 cœurs, mémoire inconnue");
    }
}
