//! A process killed at any moment: what was acknowledged is there, nothing is half-done, and the next one is not in its way.

use std::collections::BTreeSet;
use std::process::Child;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::support::cli::{Answer, DONE, Desk};

const ROUNDS: usize = 50;

#[test]
fn what_was_acknowledged_survives_fifty_kills() {
    let desk = Desk::new();
    let mut chance = Chance(0x5eed_cafe_f00d_0001);
    desk.on("2026-01-02", r#"nouveau e.dument --nom "Menuiserie Kervella""#);
    desk.on("2026-01-02", "client e.dument --nom Est --qualite professionnel");
    desk.on(
        "2026-01-02",
        "facture e.dument --client Est --numero F-1 --emise 2026-01-02 --echeance 2026-02-02 --ttc 100000",
    );
    let usual = duration_of(&desk, "clients e.dument");
    desk.write("mail.txt", "Je paierai.");

    let mut acknowledged = BTreeSet::new();
    let (mut killed, mut kept_unheard) = (0, 0);
    for round in 0..ROUNDS {
        let undisturbed = format!("R{round}");
        assert_eq!(desk.run(&command(&mut chance, &undisturbed)).status, DONE);
        acknowledged.insert(undisturbed);
        let moment = Instant::now() + usual * 3 * chance.percent() / 100;
        let unheard = (0..).find_map(|step| {
            let reference = format!("R{round}-{step}");
            match run_until(desk.start(&command(&mut chance, &reference)), moment) {
                Ending::Acknowledged => {
                    acknowledged.insert(reference);
                    None
                }
                Ending::Killed => Some(reference),
            }
        });
        killed += 1;
        let found = references(&desk);
        let lost: Vec<_> = acknowledged.difference(&found).collect();
        assert!(lost.is_empty(), "round {round}: acknowledged and lost: {lost:?}");
        let mut unexpected: Vec<_> = found.difference(&acknowledged).cloned().collect();
        unexpected.retain(|reference| Some(reference) != unheard.as_ref());
        assert!(unexpected.is_empty(), "round {round}: nobody asked for {unexpected:?}");
        // Killed after the write and before the answer: it is there as a whole, and counts from now on.
        kept_unheard += usize::from(unheard.as_ref().is_some_and(|reference| found.contains(reference)));
        acknowledged = found;
        let check = desk.run("verifier e.dument --json").json(DONE);
        assert_eq!(check["intact"], true, "round {round}: {check}");
    }
    println!(
        "{killed} arrêts en pleine commande, dont {kept_unheard} après l’écriture ; {} faits confirmés",
        acknowledged.len()
    );
    assert_eq!(killed, ROUNDS, "every round ends with a process killed while it runs");
    assert!(acknowledged.len() >= ROUNDS, "one command at least was acknowledged before each kill");
    the_folder_holds_nothing_half_done(&desk);
}

/// Returns a command that leaves this reference in the journal.
fn command(chance: &mut Chance, reference: &str) -> String {
    if chance.percent() < 50 {
        format!(
            "encaisser e.dument --client Est --montant 1,25 --recu 2026-03-01 --reference {reference} --date 2026-03-02"
        )
    } else {
        format!("piece e.dument mail.txt --client Est --nature echange --titre {reference} --date 2026-03-02")
    }
}

enum Ending {
    Acknowledged,
    Killed,
}

/// Waits for a process until a moment, then kills it.
fn run_until(mut child: Child, moment: Instant) -> Ending {
    while Instant::now() < moment && child.try_wait().unwrap().is_none() {
        std::thread::sleep(Duration::from_micros(100));
    }
    child.kill().unwrap();
    let output = child.wait_with_output().unwrap();
    // Without an exit code, it was killed before it could give one; a moment later and it had answered.
    match output.status.code() {
        None => Ending::Killed,
        Some(_) => {
            let answer = Answer::of("killed too late", output);
            assert_eq!(answer.status, DONE, "{}", answer.stderr);
            Ending::Acknowledged
        }
    }
}

/// Returns the references that the journal holds.
fn references(desk: &Desk) -> BTreeSet<String> {
    let journal = desk.run("journal e.dument --json").json(DONE);
    let content = |fact: &Value| {
        let content = &fact["contenu"];
        let reference =
            content["payment_received"]["reference"].as_str().or_else(|| content["exhibit_added"]["title"].as_str());
        reference.map(str::to_owned)
    };
    journal.as_array().unwrap().iter().filter_map(content).collect()
}

fn the_folder_holds_nothing_half_done(desk: &Desk) {
    let payments = desk.run("journal e.dument --json").json(DONE);
    let payments =
        payments.as_array().unwrap().iter().filter(|fact| !fact["contenu"]["payment_received"].is_null()).count();
    let statement = desk.on("2026-03-01", "decompte e.dument --client Est");
    let settled = statement["factures"][0]["encaissements"].as_array().unwrap();
    assert_eq!(settled.len(), payments, "every payment of the journal counts, once");
    assert!(settled.iter().all(|payment| payment["montant"] == "1.25"));

    let left: BTreeSet<String> = std::fs::read_dir(desk.path("e.dument"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    let whole = ["journal.sqlite", "journal.tete", "journal.verrou", "pieces"].map(str::to_owned);
    assert!(left.is_subset(&whole.into()), "a command that ends well leaves nothing beside the journal: {left:?}");
}

/// Returns how long a command usually takes.
fn duration_of(desk: &Desk, line: &str) -> Duration {
    let started = Instant::now();
    for _ in 0..5 {
        assert_eq!(desk.run(line).status, DONE);
    }
    started.elapsed() / 5
}

/// Chance that falls the same way at every run.
struct Chance(u64);

impl Chance {
    fn percent(&mut self) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        u32::try_from(self.0 % 100).unwrap()
    }
}
