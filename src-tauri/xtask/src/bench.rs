//! `cargo xtask bench`: the figures the README quotes, beside what was aimed at, with the machine they belong to.
//!
//! Two kinds: inside the process, by criterion (`tests/benches`); and the whole process as the owner waits for it, from
//! the command typed to its end, with the memory it took at most.

use crate::demo::Stage;
use crate::machine::{self, BENCH_TOOLS};
use crate::program::{self, Failure, Outcome};
use crate::run::today;
use crate::workspace::Workspace;
use serde_json::Value;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

const RUNS: usize = 20;

/// The day the companies that `tests/benches` leaves behind are asked about.
const DAY_OF_BENCHES: &str = "2026-06-30";

/// What a figure may be at most.
#[derive(Clone, Copy)]
enum Aim {
    None,
    Milliseconds(u64),
    /// And so many mebibytes.
    Both(u64, u64),
}

/// What criterion measures inside the process, under its name there.
struct Inside {
    says: &'static str,
    name: &'static str,
    aim: Aim,
}

const INSIDE: &[Inside] = &[
    inside("composer un courrier d’une page", "letter-page", Aim::Milliseconds(8)),
    inside("composer une mise en demeure et son décompte, trois pages", "letter-pages", Aim::None),
    inside("aperçu d’une mise en demeure de trois factures, écrit sur le disque", "letter-warm", Aim::Milliseconds(8)),
    inside("cent de ces aperçus", "letters-hundred", Aim::Milliseconds(1_000)),
    inside("ouvrir un registre de 480 000 faits", "ledger/open", Aim::Milliseconds(1_000)),
    inside("… dont lire et vérifier le journal", "ledger/read", Aim::None),
    inside("… dont en déduire les comptes", "ledger/fold", Aim::None),
    inside("un encaissement, gardé malgré une coupure", "payment-durable", Aim::Milliseconds(5)),
    inside("… dont ce que le disque demande pour une écriture", "disk-sync", Aim::None),
    inside("décompte de 500 factures et 300 encaissements", "statement", Aim::Milliseconds(100)),
    inside("assembler un dossier de 192 pages, 34 Mio", "dossier/assembly", Aim::None),
    inside("agenda de 10 000 factures en retard, 2 000 clients", "agenda/10000", Aim::Milliseconds(300)),
    inside("agenda de 100 000 factures en retard, 2 000 clients", "agenda/100000", Aim::Milliseconds(3_000)),
    inside("agenda de 10 000 factures payées : rien à faire", "agenda/nothing", Aim::Milliseconds(20)),
    inside("cent relances décidées, composées, journalisées, reliées", "batch-hundred", Aim::Milliseconds(1_500)),
];

const fn inside(says: &'static str, name: &'static str, aim: Aim) -> Inside {
    Inside { says, name, aim }
}

/// A command of the product whose whole process is measured.
struct Measure {
    says: &'static str,
    aim: Aim,
    words: Vec<String>,
}

/// What was measured.
struct Figure {
    median: Duration,
    memory_kibibytes: Option<u64>,
}

/// Measures everything and prints one table.
pub fn bench(workspace: &Workspace) -> Outcome {
    machine::provide(BENCH_TOOLS)?;
    // The same packages and the bench both times: otherwise other features would be on, and Typst built once more.
    let packages = ["--locked", "--package", "dument-cli", "--package", "acceptance", "--bench", "figures"];
    program::run(workspace.cargo(&["build", "--release", "--bin", "dument-cli"]).args(packages))?;
    program::run(workspace.cargo(&["bench"]).args(packages))?;
    let command_line = workspace.command_line("release");
    let stage = Stage::set(&workspace.emptied("bench")?, today())?;
    println!();
    stage.play(&command_line)?;

    let mut rows = Vec::new();
    for Inside { says, name, aim } in INSIDE {
        let figure = inside_figure(&workspace.target, name)?;
        rows.push(row(says, &figure, *aim, &format!("cargo bench -p acceptance -- {name}")));
    }
    for Measure { says, aim, words } in measures(&stage, &workspace.target.join("tmp/figures")) {
        let figure = whole_figure(&command_line, &words)?;
        rows.push(row(says, &figure, aim, &program::shown(Command::new(&command_line).args(&words))));
    }
    println!("\nMachine : {}. Version de publication, médianes.\n", machine::description());
    println!("| Chiffre | mesuré | au plus | commande |\n|---|---|---|---|");
    rows.iter().for_each(|row| println!("{row}"));
    Ok(())
}

fn measures(stage: &Stage, figures: &Path) -> Vec<Measure> {
    let path = |path: &Path| path.display().to_string();
    let (small, out) = (path(&stage.company), |name: &str| path(&stage.outputs.join(name)));
    let measure = |says, aim, command: &str, company: &str, rest: &[&str]| {
        let words =
            [command, company].into_iter().chain(rest.iter().copied()).map(str::to_owned).chain(["--json".to_owned()]);
        Measure { says, aim, words: words.collect() }
    };
    let hotel = ["--client", "Hôtel des Remparts"];
    let cold = Aim::Milliseconds(80);
    let (letter, dossier, archive) = (out("mesure.pdf"), out("gros-dossier.pdf"), out("gros-dossier.zip"));
    let preview = ["--modele", "mise-en-demeure", "--apercu", &letter];
    let (heavy, large) =
        (path(&figures.join("dossier/Gros dossier.dument")), path(&figures.join("registre/Grand registre.dument")));
    let heavily = |file| ["--client", "Hôtel des Remparts 1", "--date", DAY_OF_BENCHES, "--sortie", file];
    vec![
        measure("à froid, factures d’une petite entreprise", cold, "factures", &small, &[]),
        measure("à froid, un décompte", cold, "decompte", &small, &hotel),
        measure("à froid, aperçu d’une mise en demeure", cold, "courrier", &small, &[&hotel[..], &preview].concat()),
        measure("dossier de 34 Mio, en PDF", Aim::Both(250, 120), "dossier", &heavy, &heavily(&dossier)),
        measure("dossier de 34 Mio, en ZIP avec les originaux", Aim::None, "dossier", &heavy, &heavily(&archive)),
        measure(
            "à froid, un décompte dans le registre de 480 000 faits",
            Aim::None,
            "decompte",
            &large,
            &["--client", "Client numéro 7", "--date", DAY_OF_BENCHES],
        ),
        measure(
            "… et ce que doit chacun de ses 2 000 clients",
            Aim::None,
            "clients",
            &large,
            &["--date", DAY_OF_BENCHES],
        ),
    ]
}

/// Reads what criterion has just measured.
fn inside_figure(target: &Path, name: &str) -> Outcome<Figure> {
    let file = target.join("criterion").join(name).join("new/estimates.json");
    let text = std::fs::read_to_string(&file).map_err(Failure::while_doing(&format!("lire {}", file.display())))?;
    let estimates: Value = serde_json::from_str(&text).unwrap_or_default();
    match estimates["median"]["point_estimate"].as_f64() {
        Some(nanoseconds) => Ok(Figure { median: Duration::from_secs_f64(nanoseconds / 1e9), memory_kibibytes: None }),
        None => Err(Failure(format!("criterion n’a pas mesuré « {name} ». Relancez « cargo xtask bench »."))),
    }
}

fn whole_figure(command_line: &Path, words: &[String]) -> Outcome<Figure> {
    let mut durations = Vec::with_capacity(RUNS);
    for _ in 0..RUNS {
        let start = Instant::now();
        program::read(Command::new(command_line).args(words))?;
        durations.push(start.elapsed());
    }
    durations.sort();
    Ok(Figure { median: durations[RUNS / 2], memory_kibibytes: Some(peak_memory(command_line, words)?) })
}

/// Returns the most memory the process held, as `time` reads it from the kernel.
fn peak_memory(command_line: &Path, words: &[String]) -> Outcome<u64> {
    let mut command = Command::new("time");
    command.args(["--format", "%M"]).arg(command_line).args(words);
    let output = program::capture(&mut command)?;
    let said = String::from_utf8_lossy(&output.stderr);
    let last = said.lines().next_back().unwrap_or_default();
    last.trim().parse().map_err(|_| Failure(format!("« time » n’a pas donné la mémoire d’un processus : {said}")))
}

/// Writes a line of the table; a figure beyond its aim is marked.
fn row(says: &str, figure: &Figure, aim: Aim, command: &str) -> String {
    let milliseconds = figure.median.as_micros().div_ceil(1_000);
    let mebibytes = figure.memory_kibibytes.map(|kibibytes| kibibytes.div_ceil(1024));
    let tenths = figure.median.as_micros() / 100;
    let mut measured = format!("{},{}\u{a0}ms", tenths / 10, tenths % 10);
    if let Some(mebibytes) = mebibytes {
        measured.push_str(&format!(", {mebibytes}\u{a0}Mio"));
    }
    let (aimed, held) = match aim {
        Aim::None => (String::new(), true),
        Aim::Milliseconds(most) => (format!("{most}\u{a0}ms"), milliseconds <= u128::from(most)),
        Aim::Both(most, memory) => (
            format!("{most}\u{a0}ms, {memory}\u{a0}Mio"),
            milliseconds <= u128::from(most) && mebibytes.is_some_and(|held| held <= memory),
        ),
    };
    let mark = if held { "" } else { " ✗ dépassé" };
    format!("| {says} | {measured} | {aimed}{mark} | `{command}` |")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(median_us: u64, memory_kibibytes: Option<u64>) -> Figure {
        Figure { median: Duration::from_micros(median_us), memory_kibibytes }
    }

    #[test]
    fn a_row_gives_time_and_memory_in_the_units_of_the_readme() {
        let row = row("décompte", &figure(12_900, Some(40_001)), Aim::Both(80, 60), "dument-cli decompte");
        assert_eq!(row, "| décompte | 12,9\u{a0}ms, 40\u{a0}Mio | 80\u{a0}ms, 60\u{a0}Mio | `dument-cli decompte` |");
    }

    #[test]
    fn a_figure_beyond_its_aim_is_marked() {
        let marked = |figure, aim| row("x", &figure, aim, "x").contains("dépassé");
        assert!(!marked(figure(8_000, None), Aim::Milliseconds(8)));
        assert!(marked(figure(8_001, None), Aim::Milliseconds(8)), "the aim is not rounded in our favour");
        assert!(marked(figure(1, Some(121 * 1024)), Aim::Both(250, 120)), "memory counts as much as time");
        assert!(!marked(figure(9_000_000, Some(1 << 30)), Aim::None));
    }

    #[test]
    fn a_figure_that_criterion_did_not_measure_is_a_failure() {
        assert!(inside_figure(Path::new("no-such-folder"), "letter-page").is_err());
    }
}
