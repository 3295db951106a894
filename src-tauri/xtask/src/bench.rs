//! `cargo xtask bench`: the figures the README quotes, with the machine they belong to.
//!
//! Two kinds: inside the process, by criterion (`tests/benches`); and the whole process as the owner waits for it, from
//! the command typed to its end, with the memory it took at most.

use crate::demo::Stage;
use crate::machine::{self, BENCH_TOOLS};
use crate::program::{self, Failure, Outcome};
use crate::run::today;
use crate::workspace::Workspace;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

const RUNS: usize = 20;

/// A command of the product whose whole process is measured.
struct Measure {
    says: &'static str,
    words: Vec<String>,
}

/// What was measured of one command.
struct Figures {
    median: Duration,
    slowest: Duration,
    memory_kibibytes: u64,
}

/// Measures everything and prints one table.
pub fn bench(workspace: &Workspace) -> Outcome {
    machine::provide(BENCH_TOOLS)?;
    program::run(&mut workspace.cargo(&["bench", "--locked", "--package", "acceptance"]))?;
    program::run(&mut workspace.cargo(&["build", "--release", "--locked", "--package", "dument-cli"]))?;
    let command_line = workspace.command_line("release");
    let stage = Stage::set(&workspace.emptied("bench")?, today())?;
    println!();
    stage.play(&command_line)?;

    println!("\nMachine : {}", machine::description());
    println!("Processus entier, version de publication, {RUNS} fois :\n");
    println!("| Commande | médiane | la plus lente | mémoire au plus |");
    println!("|---|---|---|---|");
    for measure in measures(&stage) {
        let figures = measured(&command_line, &measure)?;
        println!("| {} | {} |", measure.says, row(&figures));
    }
    println!("\nLignes de commande :\n");
    for measure in measures(&stage) {
        println!("  {}", program::shown(Command::new(&command_line).args(&measure.words)));
    }
    Ok(())
}

fn measures(stage: &Stage) -> Vec<Measure> {
    let company = stage.company.display().to_string();
    let letter = stage.outputs.join("mesure.pdf").display().to_string();
    let dossier = stage.outputs.join("mesure.zip").display().to_string();
    let measure = |says, words: &[&str]| Measure { says, words: words.iter().map(ToString::to_string).collect() };
    let hotel = ["--client", "Hôtel des Remparts"];
    vec![
        measure("démarrer", &["--version"]),
        measure("ouvrir le registre", &["factures", &company, "--json"]),
        measure("décompte", &[&["decompte", &company][..], &hotel, &["--json"]].concat()),
        measure(
            "aperçu d’une mise en demeure",
            &[&["courrier", &company][..], &hotel, &["--modele", "mise-en-demeure", "--apercu", &letter, "--json"]]
                .concat(),
        ),
        measure("dossier en ZIP", &[&["dossier", &company][..], &hotel, &["--sortie", &dossier, "--json"]].concat()),
    ]
}

fn measured(command_line: &Path, measure: &Measure) -> Outcome<Figures> {
    let mut durations = Vec::with_capacity(RUNS);
    for _ in 0..RUNS {
        let start = Instant::now();
        program::read(Command::new(command_line).args(&measure.words))?;
        durations.push(start.elapsed());
    }
    durations.sort();
    let memory_kibibytes = peak_memory(command_line, measure)?;
    Ok(Figures { median: durations[RUNS / 2], slowest: durations[RUNS - 1], memory_kibibytes })
}

/// Returns the most memory the process held, as `time` reads it from the kernel.
fn peak_memory(command_line: &Path, measure: &Measure) -> Outcome<u64> {
    let mut command = Command::new("time");
    command.args(["--format", "%M"]).arg(command_line).args(&measure.words);
    let output = program::capture(&mut command)?;
    let said = String::from_utf8_lossy(&output.stderr);
    let last = said.lines().next_back().unwrap_or_default();
    last.trim().parse().map_err(|_| Failure(format!("« time » n’a pas donné la mémoire d’un processus : {said}")))
}

fn row(figures: &Figures) -> String {
    let milliseconds = |duration: Duration| {
        let tenths = duration.as_micros() / 100;
        format!("{},{}\u{a0}ms", tenths / 10, tenths % 10)
    };
    let mebibytes = figures.memory_kibibytes.div_ceil(1024);
    format!("{} | {} | {mebibytes}\u{a0}Mio", milliseconds(figures.median), milliseconds(figures.slowest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_gives_time_and_memory_in_the_units_of_the_readme() {
        let figures = Figures {
            median: Duration::from_micros(12_900),
            slowest: Duration::from_millis(31),
            memory_kibibytes: 40_001,
        };
        assert_eq!(row(&figures), "12,9\u{a0}ms | 31,0\u{a0}ms | 40\u{a0}Mio");
    }
}
