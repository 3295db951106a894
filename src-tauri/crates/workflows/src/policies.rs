//! The owner's policies: seeing them, changing one, trying one out, putting a customer under one, printing them all.
//!
//! A policy is changed as a file: it is written out, edited, read, and becomes a new version. What runs keeps its version
//! until it is moved.
//!
//! | module | holds |
//! |---|---|
//! | `file` | a policy as TOML in French, and everything that is wrong with one |
//! | `names` | the words of that file and of the answers |
//! | `usage` | which policy is whose |
//! | `simulation` | what a policy would do in the days to come, and what two of them would |

mod file;
pub(crate) mod names;
mod simulation;
pub(crate) mod usage;

use std::path::Path;

use dument_documents::Document;
use dument_domain::dunning::case::positions;
use dument_domain::dunning::{
    Care, Case, Decision, Level, LevelId, LevelJump, Policies, Policy, PolicyAssignment, PolicyId, StandardPolicy,
    decide,
};
use dument_domain::fact::Fact;
use dument_domain::french::{self, typeset};
use dument_domain::{Amount, Currency, Date, Fault, Seq};
use dument_storage::write_atomically;
use serde::Serialize;

use self::names::Place;
pub use self::simulation::{
    ComparisonView, DifferenceView, PlannedView, SideView, SimulationView, TotalView, compare, simulate,
};
use self::usage::{Usage, adopted_on, rule_of, rule_with_care};
use crate::error::Error;
use crate::office::{Moment, Office};
use crate::sheets;
use crate::view::{Done, Written};

/// A policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PolicyView {
    /// Its name.
    #[serde(rename = "nom")]
    pub name: String,
    /// The number of its latest version.
    pub version: usize,
    /// When the owner adopted that version; none when it is the one that comes with the program.
    #[serde(rename = "adoptee_le")]
    pub adopted_on: Option<Date>,
    /// The customers it is meant for: `professionnel`, `consommateur`, `public`.
    #[serde(rename = "pour")]
    pub standing: Option<&'static str>,
    /// The customers of whom nothing else was said and that it is the rule for; `relation-a-menager` among them.
    #[serde(rename = "regle_pour")]
    pub rule_for: Vec<&'static str>,
    /// How many customers are under it.
    #[serde(rename = "clients")]
    pub debtors: usize,
    /// How many instalments are unpaid under this version.
    #[serde(rename = "echeances")]
    pub cases: usize,
    /// How many are still under an earlier version of it.
    #[serde(rename = "echeances_version_anterieure")]
    pub earlier_cases: usize,
    /// Its levels, in order, those no longer used included.
    #[serde(rename = "niveaux")]
    pub levels: Vec<LevelView>,
    /// How careful the program is under it.
    #[serde(rename = "prudence")]
    pub care: CareView,
}

/// A level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LevelView {
    /// Its name in the journal.
    #[serde(rename = "nom")]
    pub id: String,
    /// Its name on the screen.
    #[serde(rename = "titre")]
    pub title: String,
    /// When it comes: « J+8 », « 15 jours après l’étape précédente ».
    #[serde(rename = "quand")]
    pub when: String,
    /// By what means.
    #[serde(rename = "canal")]
    pub means: &'static str,
    /// In what tone.
    #[serde(rename = "ton")]
    pub tone: &'static str,
    /// Which letter leaves.
    #[serde(rename = "modele")]
    pub model: Option<&'static str>,
    /// Days left to pay.
    #[serde(rename = "delai")]
    pub delay_days: Option<u32>,
    /// Which sums: `principal`, `tout`.
    #[serde(rename = "reclame")]
    pub claims: &'static str,
    /// Below which sum it waits.
    pub minimum: Option<Amount>,
    /// Who does it.
    #[serde(rename = "par")]
    pub by: Option<String>,
    /// Whether it is no longer used.
    #[serde(rename = "archive")]
    pub archived: bool,
}

/// How careful the program is; every number is days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CareView {
    /// On the way: electronic mail.
    #[serde(rename = "acheminement_courriel")]
    pub email: u32,
    /// Ordinary post.
    #[serde(rename = "acheminement_lettre")]
    pub letter: u32,
    /// Registered post.
    #[serde(rename = "acheminement_lrar")]
    pub lrar: u32,
    /// Registered electronic letter.
    #[serde(rename = "acheminement_lre")]
    pub lre: u32,
    /// Between two writings to one customer.
    #[serde(rename = "entre_deux_courriers")]
    pub between_writings: u32,
    /// After the day of a promise.
    #[serde(rename = "grace_promesse")]
    pub promise_grace: u32,
    /// For which a letter that has not left is good.
    #[serde(rename = "validite_courrier")]
    pub draft_validity: u32,
    /// For which a look at the bank is good.
    #[serde(rename = "verification_banque")]
    pub bank_check: u32,
    /// Before the answer of the post is asked for.
    #[serde(rename = "attente_accuse")]
    pub receipt_wait: u32,
    /// Whether a step waits for a working day.
    #[serde(rename = "jours_ouvres")]
    pub on_working_days: bool,
    /// Whether a due date on a day without banks is met on the next working day.
    #[serde(rename = "tolerance_bancaire")]
    pub banking_tolerance: bool,
}

/// Lists the policies, each in its latest version, those that come with the program first.
#[must_use]
pub fn list_policies(office: &Office, today: Date) -> Vec<PolicyView> {
    let policies = Policies::of(&office.ledger);
    let usage = Usage::of(&office.ledger, &policies, today);
    policies.current().map(|(id, _)| view(office, &policies, &usage, id)).collect()
}

/// Returns a policy in its latest version.
///
/// # Errors
/// There is no such policy.
pub fn show_policy(office: &Office, name: &str, today: Date) -> Result<PolicyView, Error> {
    let policies = Policies::of(&office.ledger);
    let id = find(&policies, name)?;
    Ok(view(office, &policies, &Usage::of(&office.ledger, &policies, today), id))
}

/// Returns a policy as a file to edit: the latest version of this name, or one that comes with the program, by what it is
/// for (`professionnel`, `consommateur`, `public`, `menager`).
///
/// # Errors
/// There is no such policy.
pub fn policy_file(office: &Office, name_or_model: &str) -> Result<String, Error> {
    let policies = Policies::of(&office.ledger);
    let model = match name_or_model.trim() {
        "professionnel" => Some(StandardPolicy::Professional),
        "consommateur" => Some(StandardPolicy::Consumer),
        "public" => Some(StandardPolicy::PublicBody),
        "menager" => Some(StandardPolicy::WithCare),
        _ => None,
    };
    match (policies.named(name_or_model), model) {
        (Some(id), _) => Ok(file::write(policies.get(id))),
        (None, Some(which)) => Ok(file::write(&Policy::standard(which))),
        (None, None) => Err(unknown_policy(
            &policies,
            name_or_model,
            " ; modèles du programme : professionnel, consommateur, public, menager",
        )),
    }
}

/// The answer to a policy that was adopted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Adopted {
    /// The fact.
    #[serde(flatten)]
    pub done: Done,
    /// What it is now.
    #[serde(rename = "politique")]
    pub policy: PolicyView,
    /// Which version it becomes, and what goes on under an earlier one.
    #[serde(rename = "phrase")]
    pub sentence: String,
}

/// Adopts a policy from its file: a new one, or a new version of the one of its name.
///
/// # Errors
/// The file is wrong somewhere, a level that was used is gone, or nothing changed.
pub fn adopt_policy(office: &mut Office, text: &[u8], moment: &Moment) -> Result<Adopted, Error> {
    let policies = Policies::of(&office.ledger);
    let policy = read(&policies, text)?;
    if policies.named(&policy.name).is_some_and(|known| *policies.get(known) == policy) {
        return Err(Error::new(
            "politique-inchangee",
            format!("« {} » est déjà en vigueur telle quelle.", policy.name),
            "Modifiez le fichier, puis recommencez.",
        ));
    }
    let recording = office.record(&[Fact::PolicyAdopted(policy)], moment)?;
    let policies = Policies::of(&office.ledger);
    let usage = Usage::of(&office.ledger, &policies, moment.today);
    let policy = view(office, &policies, &usage, PolicyId::Adopted(recording.first()));
    let mut sentence = format!("« {} », version {}, est adoptée.", policy.name, policy.version);
    if policy.earlier_cases > 0 {
        let kept = counted(policy.earlier_cases, "échéance en cours garde", "échéances en cours gardent");
        sentence.push_str(&format!(" {kept} la version précédente jusqu’à ce que vous affectiez celle-ci au client."));
    }
    Ok(Adopted { done: recording.into(), policy, sentence: typeset(&sentence) })
}

/// A policy for a customer, or for one invoice of his.
#[derive(Debug, Clone)]
pub struct AssignmentEntry {
    /// Whose, by name.
    pub debtor: String,
    /// Which invoice, by number; all of them when none is named.
    pub invoice: Option<String>,
    /// Which policy, by name.
    pub policy: String,
    /// Why.
    pub reason: String,
}

/// The answer to a policy that was assigned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Assigned {
    /// The fact.
    #[serde(flatten)]
    pub done: Done,
    /// Which policy.
    #[serde(rename = "politique")]
    pub policy: String,
    /// In which version.
    pub version: usize,
    /// How many instalments moved to it.
    #[serde(rename = "deplacees")]
    pub moved: usize,
    /// The same in one sentence.
    #[serde(rename = "phrase")]
    pub sentence: String,
}

/// Puts a customer, or one invoice of his, under the latest version of a policy: what runs moves to it.
///
/// # Errors
/// There is no such customer, invoice or policy, or the reason is not said.
pub fn assign_policy(office: &mut Office, entry: &AssignmentEntry, moment: &Moment) -> Result<Assigned, Error> {
    let policies = Policies::of(&office.ledger);
    let debtor = office.find_debtor(&entry.debtor)?;
    let invoice = entry.invoice.as_deref().map(|number| office.find_invoice(debtor, number)).transpose()?;
    let policy = find(&policies, &entry.policy)?;
    let reason = entry.reason.trim().to_owned();
    let fact = Fact::PolicyAssigned(PolicyAssignment { debtor, invoice, policy, on: moment.today, reason });
    let before = versions(office, debtor, moment.today);
    let recording = office.record(&[fact], moment)?;
    let after = versions(office, debtor, moment.today);
    let moved = before.iter().zip(&after).filter(|(before, after)| before != after).count();
    let (name, version) = (policies.get(policy).name.clone(), policies.version(policy));
    let sentence = match moved {
        0 => format!("« {name} », version {version} : aucune échéance en cours ne change de politique."),
        _ => format!("« {name} », version {version} : {}.", counted(moved, "échéance déplacée", "échéances déplacées")),
    };
    Ok(Assigned { done: recording.into(), policy: name, version, moved, sentence: typeset(&sentence) })
}

/// Returns the version that each instalment unpaid of a debtor runs under.
fn versions(office: &Office, debtor: Seq, today: Date) -> Vec<PolicyId> {
    let policies = Policies::of(&office.ledger);
    let positions = positions(&office.ledger, &policies, debtor, today);
    positions.iter().flat_map(|position| &position.cases).map(|case| case.policy).collect()
}

/// A level to go to at once.
#[derive(Debug, Clone)]
pub struct JumpEntry {
    /// For whom, by name.
    pub debtor: String,
    /// For which invoice, by number.
    pub invoice: String,
    /// Which of its instalments, the first being 1; the first one unpaid when none is said.
    pub instalment: Option<u32>,
    /// To which level, by its name in the journal.
    pub level: String,
    /// Why.
    pub reason: String,
}

/// The answer to a level that was chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Jumped {
    /// The fact.
    #[serde(flatten)]
    pub done: Done,
    /// The level, by its title.
    #[serde(rename = "niveau")]
    pub level: String,
    /// The first day on which it may be carried out, where that is known.
    #[serde(rename = "des")]
    pub from: Option<Date>,
    /// The same in one sentence, with what still holds it back.
    #[serde(rename = "phrase")]
    pub sentence: String,
}

/// Goes to a level at once for one instalment, past the ones in between.
///
/// # Errors
/// There is no such invoice, instalment or level, it is paid, the level is behind, or the reason is not said.
pub fn jump_level(office: &mut Office, entry: &JumpEntry, moment: &Moment) -> Result<Jumped, Error> {
    let policies = Policies::of(&office.ledger);
    let debtor = office.find_debtor(&entry.debtor)?;
    let named = office.find_invoice(debtor, &entry.invoice)?;
    let wanted = entry.instalment.map(|number| number.checked_sub(1).ok_or_else(|| no_such_instalment(&entry.invoice)));
    let wanted = wanted.transpose()?;
    let (case, currency) =
        find_case(office, (debtor, named), wanted, moment.today).ok_or_else(|| no_such_instalment(&entry.invoice))?;
    let policy = policies.get(case.policy);
    let level = find_level(policy, &case, &entry.level)?;
    let (invoice, instalment, on) = (case.invoice, case.instalment, moment.today);
    let reason = entry.reason.trim().to_owned();
    let jump = LevelJump { debtor, invoice, instalment, to: level.id.clone(), on, reason };
    let recording = office.record(&[Fact::LevelJumped(jump)], moment)?;
    let after = find_case(office, (debtor, invoice), Some(instalment), on);
    let decision = decide(policy, &after.map_or(case, |(case, _)| case), on);
    let because: Vec<String> = decision.grounds().iter().map(|ground| ground.sentence(currency)).collect();
    let because = because.join(" ; ");
    let (from, told) = match &decision {
        Decision::Act { .. } => (Some(on), "peut être faite dès aujourd’hui".to_owned()),
        Decision::WaitUntil { on, .. } => (Some(*on), format!("pourra être faite le {}", french::date(*on))),
        Decision::Hold { until: Some(until), .. } => (Some(*until), format!("attend le {}", french::date(*until))),
        Decision::Hold { until: None, .. } | Decision::Close { .. } => (None, "reste suspendue".to_owned()),
    };
    let sentence = typeset(&format!("L’étape « {} » {told} : {because}.", level.title));
    Ok(Jumped { done: recording.into(), level: level.title.clone(), from, sentence })
}

/// Prints all the policies in use as one document, with the rules of the program and the exceptions made.
///
/// # Errors
/// The company has no name, or the file cannot be written.
pub fn print_policy(office: &Office, moment: &Moment, file: &Path) -> Result<Written, Error> {
    let data = sheets::policy(&office.ledger, sheets::seal(office.journal.head()), moment.today)?;
    let document = Document::PolitiqueRecouvrement(Box::new(data));
    write_atomically(file, &dument_documents::render(&document)?.bytes)?;
    Ok(Written { file: file.display().to_string() })
}

/// Reads a policy from its file; the name of a known one is taken as it is known, whatever its capitals and spaces.
fn read(policies: &Policies, text: &[u8]) -> Result<Policy, Error> {
    let mut policy = file::read(text).map_err(|faults| Error::refused(&faults))?;
    if let Some(known) = policies.named(&policy.name) {
        policy.name.clone_from(&policies.get(known).name);
    }
    Ok(policy)
}

fn find(policies: &Policies, name: &str) -> Result<PolicyId, Error> {
    policies.named(name).ok_or_else(|| unknown_policy(policies, name, ""))
}

fn unknown_policy(policies: &Policies, name: &str, also: &str) -> Error {
    let known: Vec<&str> = policies.current().map(|(_, policy)| policy.name.as_str()).collect();
    Error::new(
        "politique-inconnue",
        format!("Aucune politique ne s’appelle « {name} »."),
        format!("Choisissez l’une de celles-ci : {}{also}.", known.join(", ")),
    )
}

/// Returns an instalment unpaid of an invoice, or of the one that took its place: the one wanted, else the first.
fn find_case(
    office: &Office,
    (debtor, invoice): (Seq, Seq),
    instalment: Option<u32>,
    today: Date,
) -> Option<(Case, Currency)> {
    let current = office.ledger.current(invoice);
    let positions = positions(&office.ledger, &Policies::of(&office.ledger), debtor, today);
    let wanted = |case: &Case| case.invoice == current && instalment.is_none_or(|wanted| case.instalment == wanted);
    let cases = positions.into_iter().flat_map(|position| {
        let currency = position.currency;
        position.cases.into_iter().map(move |case| (case, currency))
    });
    cases.filter(|(case, _)| wanted(case)).min_by_key(|(case, _)| case.instalment)
}

fn no_such_instalment(number: &str) -> Error {
    Error::new(
        "echeance-inconnue",
        format!("La facture {number} n’a pas cette échéance, ou elle est payée."),
        "Comptez-les à partir de 1, ou n’en indiquez aucune pour la première impayée.",
    )
}

/// Finds a level that a case has not gone past yet.
fn find_level<'a>(policy: &'a Policy, case: &Case, wanted: &str) -> Result<&'a Level, Error> {
    let id = LevelId::parse(wanted.trim());
    let level = id.and_then(|id| policy.levels_in_use().find(|level| level.id == id)).ok_or_else(|| {
        let known: Vec<&str> = policy.levels_in_use().map(|level| level.id.as_str()).collect();
        Error::new(
            "niveau-inconnu",
            format!("La politique « {} » n’a pas de niveau « {wanted} » en usage.", policy.name),
            format!("Choisissez l’un de ceux-ci : {}.", known.join(", ")),
        )
    })?;
    let reached = case.done.iter().filter_map(|done| policy.place(&done.level)).max();
    if policy.place(&level.id) <= reached {
        let ahead = policy.levels_in_use().filter(|level| policy.place(&level.id) > reached);
        let ahead: Vec<&str> = ahead.map(|level| level.id.as_str()).collect();
        let hint = match ahead.as_slice() {
            [] => "Il ne reste aucun niveau : décidez de la suite.".to_owned(),
            _ => format!("Choisissez l’un de ceux qui restent : {}.", ahead.join(", ")),
        };
        return Err(Error::new(
            "niveau-passe",
            format!("L’étape « {} » est déjà derrière cette échéance.", level.title),
            hint,
        ));
    }
    Ok(level)
}

fn view(office: &Office, policies: &Policies, usage: &Usage, id: PolicyId) -> PolicyView {
    let policy = policies.get(id);
    let rules = names::STANDINGS.into_iter().filter(|standing| rule_of(policies, *standing) == id);
    let with_care = (rule_with_care(policies) == id).then_some("relation-a-menager");
    PolicyView {
        name: policy.name.clone(),
        version: policies.version(id),
        adopted_on: adopted_on(&office.ledger, id),
        standing: policy.standing.map(names::standing),
        rule_for: rules.map(names::standing).chain(with_care).collect(),
        debtors: usage.debtors(&policy.name).len(),
        cases: usage.cases(id),
        earlier_cases: usage.earlier_cases(policies, id),
        levels: policy.levels.iter().enumerate().map(|(index, level)| level_view(index, level)).collect(),
        care: care_view(policy.care),
    }
}

fn level_view(index: usize, level: &Level) -> LevelView {
    LevelView {
        id: level.id.to_string(),
        title: level.title.clone(),
        when: names::timing(level, if index == 0 { Place::First } else { Place::Later }),
        means: names::means(level.means),
        tone: names::tone(level.tone),
        model: level.model.map(names::model),
        delay_days: level.delay_days,
        claims: names::claims(level.claims),
        minimum: level.minimum,
        by: level.by.clone(),
        archived: level.archived,
    }
}

fn care_view(care: Care) -> CareView {
    CareView {
        email: care.transit.email,
        letter: care.transit.letter,
        lrar: care.transit.lrar,
        lre: care.transit.lre,
        between_writings: care.between_writings,
        promise_grace: care.promise_grace,
        draft_validity: care.draft_validity,
        bank_check: care.bank_check,
        receipt_wait: care.receipt_wait,
        on_working_days: care.on_working_days,
        banking_tolerance: care.banking_tolerance,
    }
}

/// Writes a count with its noun: « 1 échéance déplacée », « 3 échéances déplacées ».
pub(crate) fn counted(count: usize, one: &str, several: &str) -> String {
    if count <= 1 { format!("{count} {one}") } else { format!("{count} {several}") }
}

/// Returns what stops a policy from being adopted, as an error.
fn refuse(faults: &[Fault]) -> Result<(), Error> {
    if faults.iter().any(Fault::is_refusal) { Err(Error::refused(faults)) } else { Ok(()) }
}
