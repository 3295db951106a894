//! The rules the owner gives himself, and the file he writes them in.

use std::iter::once;

use dument_domain::Fact;
use dument_domain::dunning::{Level, Policy, StandardPolicy};
use dument_workflows::policies::{
    AssignmentEntry, JumpEntry, adopt_policy, assign_policy, jump_level, policy_file, show_policy, simulate,
};
use dument_workflows::{Error, Office};

use super::following::{at, following, reminded};
use super::{Refusal, asked, asked_of, guarded};
use crate::support::office::{CLIENT, day};

/// The policy that the professionals of a new company are under.
const STANDARD: &str = "Professionnels";

pub fn refusals() -> Vec<Refusal> {
    [files(), rules(), choices(), trials()].into_iter().flatten().collect()
}

fn adopted(office: &mut Office, text: &str) -> Error {
    adopt_policy(office, text.as_bytes(), &at("2026-06-20")).unwrap_err()
}

/// Adopts the standard policy of which something was changed in the file.
fn changed(office: &mut Office, was: &str, becomes: &str) -> Error {
    let file = policy_file(office, STANDARD).unwrap();
    assert!(file.contains(was), "{was} is no longer in the file:\n{file}");
    adopted(office, &file.replacen(was, becomes, 1))
}

fn files() -> Vec<Refusal> {
    vec![
        asked("politique-trop-longue", |office| adopted(office, &"# encore\n".repeat(10_000))),
        asked("politique-illisible", |office| adopted(office, "nom = ")),
        asked("politique-illisible", |office| adopted(office, "nom = \"X\"\nnom = \"Y\"\n")),
        asked("politique-illisible", |office| adopt_policy(office, b"\xff\xfe", &at("2026-06-20")).unwrap_err()),
        asked("politique-a-corriger", |office| adopted(office, "nom = \"X\"\n")),
        asked("politique-a-corriger", |office| adopted(office, "nom = \"X\"\nniveau = 3\n")),
        asked("politique-a-corriger", |office| adopted(office, "nom = \"X\"\nniveau = [3]\n")),
        asked("politique-a-corriger", |office| changed(office, "nom = \"relance-1\"", "nom = \"Relance 1\"")),
        asked("politique-a-corriger", |office| changed(office, "titre = \"Appel\"", "tire = \"Appel\"")),
        asked("politique-a-corriger", |office| changed(office, "titre = \"Appel\"", "titre = 3")),
        asked("politique-a-corriger", |office| changed(office, "canal = \"appel\"", "canal = \"pigeon\"")),
        asked("politique-a-corriger", |office| changed(office, "canal = \"appel\"", "canal = \"courriel\"")),
        asked("politique-a-corriger", |office| changed(office, "canal = \"courriel\"", "canal = \"appel\"")),
        asked("politique-a-corriger", |office| changed(office, "jours = 1", "jours = 0.5")),
        asked("politique-a-corriger", |office| changed(office, "jours = 1\n", "")),
        asked("politique-a-corriger", |office| changed(office, "jours = 1\n", "jours = 1\napres = 1\n")),
        asked("politique-a-corriger", |office| changed(office, "jours = 1\n", "jours = 1\nminimum = \"0\"\n")),
        asked("politique-a-corriger", |office| changed(office, "jours = 1\n", "jours = 1\narchive = \"oui\"\n")),
        asked("politique-a-corriger", |office| changed(office, "acheminement = {", "acheminement = 3 # {")),
    ]
}

fn rules() -> Vec<Refusal> {
    vec![
        asked("politique-inchangee", |office| {
            let file = policy_file(office, STANDARD).unwrap();
            adopted(office, &file)
        }),
        asked("niveau-en-double", |office| changed(office, "nom = \"relance-1\"", "nom = \"appel\"")),
        asked("niveaux-en-desordre", |office| changed(office, "jours = 8", "jours = 60")),
        asked("politique-vide", |office| {
            let level =
                "[[niveau]]\nnom = \"appel\"\ntitre = \"Appel\"\njours = 5\ncanal = \"appel\"\narchive = true\n";
            adopted(office, &format!("nom = \"X\"\n{level}"))
        }),
        asked_of(reminded, "niveau-utilise", |office| {
            let file = policy_file(office, STANDARD).unwrap();
            let mut levels = file.split("\n[[niveau]]\n");
            let heading = levels.next().unwrap();
            let kept = levels.filter(|level| !level.contains("relance-1"));
            adopted(office, &once(heading).chain(kept).collect::<Vec<_>>().join("\n[[niveau]]\n"))
        }),
        // The file is refused before: the ledger guards itself.
        guarded("politique-sans-nom", |_| Fact::PolicyAdopted(Policy { name: " ".to_owned(), ..standard() })),
        guarded("niveau-sans-modele", |_| with_first_level(|level| Level { model: None, ..level })),
        guarded("delai-nul", |_| with_first_level(|level| Level { delay_days: Some(0), ..level })),
    ]
}

fn standard() -> Policy {
    Policy::standard(StandardPolicy::Professional)
}

fn with_first_level(change: fn(Level) -> Level) -> Fact {
    let mut policy = standard();
    policy.levels[0] = change(policy.levels[0].clone());
    Fact::PolicyAdopted(policy)
}

fn assigned(office: &mut Office, policy: &str, reason: &str) -> Error {
    let entry = AssignmentEntry {
        debtor: CLIENT.to_owned(),
        invoice: None,
        policy: policy.to_owned(),
        reason: reason.to_owned(),
    };
    assign_policy(office, &entry, &at("2026-06-20")).unwrap_err()
}

fn jumped(office: &mut Office, instalment: Option<u32>, (level, reason): (&str, &str)) -> Error {
    let entry = JumpEntry {
        debtor: CLIENT.to_owned(),
        invoice: "F-1".to_owned(),
        instalment,
        level: level.to_owned(),
        reason: reason.to_owned(),
    };
    jump_level(office, &entry, &at("2026-06-20")).unwrap_err()
}

fn choices() -> Vec<Refusal> {
    vec![
        asked("politique-inconnue", |office| show_policy(office, "Rêve", day("2026-06-20")).unwrap_err()),
        asked("politique-inconnue", |office| policy_file(office, "Rêve").unwrap_err()),
        asked("politique-inconnue", |office| assigned(office, "Rêve", "essai")),
        asked("motif-absent", |office| assigned(office, STANDARD, " ")),
        asked_of(following, "echeance-inconnue", |office| jumped(office, Some(0), ("relance-2", "presse"))),
        asked_of(following, "echeance-inconnue", |office| jumped(office, Some(2), ("relance-2", "presse"))),
        asked_of(following, "niveau-inconnu", |office| jumped(office, None, ("relance-9", "presse"))),
        asked_of(following, "motif-absent", |office| jumped(office, None, ("relance-2", " "))),
        asked_of(reminded, "niveau-passe", |office| jumped(office, None, ("appel", "presse"))),
    ]
}

fn simulated(office: &Office, trial: Option<&str>, days: u32) -> Error {
    simulate(office, trial.map(str::as_bytes), days, day("2026-06-20")).unwrap_err()
}

fn trials() -> Vec<Refusal> {
    vec![
        asked("duree-impossible", |office| simulated(office, None, 0)),
        asked("duree-impossible", |office| simulated(office, None, 1000)),
        asked("politique-de-personne", |office| {
            let file = policy_file(office, "menager").unwrap();
            simulated(office, Some(&file.replace("Relation à ménager", "Essai")), 30)
        }),
        asked("niveau-en-double", |office| {
            let file = policy_file(office, STANDARD).unwrap();
            simulated(office, Some(&file.replace("nom = \"relance-1\"", "nom = \"appel\"")), 30)
        }),
    ]
}
