//! What to do today, for whom and why; and why not, invoice by invoice.

use std::collections::BTreeMap;

use dument_domain::dunning::agenda::decisions;
use dument_domain::dunning::case::positions;
use dument_domain::dunning::{Action, Decision, Ground, Policies, Task, agenda};
use dument_domain::fact::Channel;
use dument_domain::french::{self, typeset};
use dument_domain::{Amount, Currency, Date, Seq};
use serde::Serialize;

use crate::error::Error;
use crate::office::Office;
use crate::scripts;

/// Something to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TaskView {
    /// For whom; nobody in particular for a missing rate.
    #[serde(rename = "client")]
    pub debtor: Option<String>,
    /// `appel`, `courriel`, `lettre`, `lrar`, `lre`, `decision`, `rapprocher`, `envoyer`, `refaire`, `annuler`, `promesse-echue`,
    /// `echeance-plan`, `plan-manque`, `accuse-manquant`, `courrier-revenu`, `declarer-creance`, `prescription`, `taux-manquant`.
    pub action: &'static str,
    /// The level of the policy, by its name in the journal.
    #[serde(rename = "niveau")]
    pub level: Option<String>,
    /// The same, by its title.
    #[serde(rename = "titre")]
    pub title: String,
    /// About which invoices, by number.
    #[serde(rename = "factures")]
    pub invoices: Vec<String>,
    /// Invoice by invoice, the level it is at itself.
    #[serde(rename = "lignes")]
    pub lines: Vec<LineView>,
    /// How much, in principal, credits deducted.
    #[serde(rename = "montant")]
    pub amount: Amount,
    /// In which currency.
    #[serde(rename = "devise")]
    pub currency: Currency,
    /// Why, a sentence each.
    #[serde(rename = "motifs")]
    pub grounds: Vec<String>,
    /// By when.
    #[serde(rename = "echeance_action")]
    pub by: Date,
    /// What stands in the way, a sentence each.
    #[serde(rename = "bloquants")]
    pub blockers: Vec<String>,
    /// Who does it, when the policy names somebody.
    #[serde(rename = "par", skip_serializing_if = "Option::is_none")]
    pub who: Option<String>,
    /// The letter, promise or plan that it is about.
    #[serde(rename = "reference", skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// Four lines to say on the telephone.
    #[serde(rename = "script", skip_serializing_if = "Vec::is_empty")]
    pub script: Vec<String>,
}

/// One instalment in a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LineView {
    /// Of which invoice, by number.
    #[serde(rename = "facture")]
    pub invoice: String,
    /// When it fell due.
    #[serde(rename = "echeance")]
    pub due_on: Option<Date>,
    /// Its own level.
    #[serde(rename = "niveau")]
    pub level: Option<String>,
    /// How much, in principal.
    #[serde(rename = "montant")]
    pub amount: Amount,
}

/// Lists what there is to do today, the most pressing first.
#[must_use]
pub fn list_agenda(office: &Office, today: Date) -> Vec<TaskView> {
    let policies = Policies::of(&office.ledger);
    agenda(&office.ledger, &policies, today).iter().map(|task| view(office, &policies, task)).collect()
}

pub(crate) fn view(office: &Office, policies: &Policies, task: &Task) -> TaskView {
    let ledger = &office.ledger;
    let level = task.level.as_ref().and_then(|(policy, id)| policies.running(*policy).level(id));
    let mut invoices: Vec<String> = task.items.iter().map(|item| ledger.invoice(item.invoice).number.clone()).collect();
    invoices.dedup();
    let lines = task.items.iter().map(|item| LineView {
        invoice: ledger.invoice(item.invoice).number.clone(),
        due_on: ledger.due_dates(item.invoice, Date::MAX).get(item.instalment as usize).map(|due| due.present),
        level: item.step.as_ref().map(|step| step.level.to_string()),
        amount: item.amount,
    });
    TaskView {
        debtor: task.debtor.map(|debtor| ledger.debtor(debtor).debtor.party.name.clone()),
        action: action_name(&task.action),
        level: task.level.as_ref().map(|(_, id)| id.to_string()),
        title: level.map_or_else(|| action_title(&task.action).to_owned(), |level| level.title.clone()),
        invoices,
        lines: lines.collect(),
        amount: task.amount,
        currency: task.currency,
        grounds: task.grounds.iter().map(|ground| sentence(ground)).collect(),
        by: task.by,
        blockers: task.blockers.iter().map(|blocker| typeset(&blocker.sentence(task.currency))).collect(),
        who: level.and_then(|level| level.by.clone()),
        about: about(&task.action).map(|seq| seq.to_string()),
        script: if task.action == Action::Call { scripts::call(ledger, task) } else { Vec::new() },
    }
}

/// Returns the name of an action, as the contract has it.
#[must_use]
pub fn action_name(action: &Action) -> &'static str {
    match action {
        Action::Call => "appel",
        Action::Write(Channel::Email) => "courriel",
        Action::Write(Channel::Letter) => "lettre",
        Action::Write(Channel::Lrar) => "lrar",
        Action::Write(Channel::Lre) => "lre",
        Action::Decide => "decision",
        Action::MatchFirst { .. } => "rapprocher",
        Action::Send { .. } => "envoyer",
        Action::Redraw { .. } => "refaire",
        Action::Discard { .. } => "annuler",
        Action::PromiseDue { .. } => "promesse-echue",
        Action::PlanDue { .. } => "echeance-plan",
        Action::PlanMissed { .. } => "plan-manque",
        Action::ReceiptMissing { .. } => "accuse-manquant",
        Action::CameBack { .. } => "courrier-revenu",
        Action::DeclareClaim => "declarer-creance",
        Action::Limitation => "prescription",
        Action::RateMissing => "taux-manquant",
    }
}

fn action_title(action: &Action) -> &'static str {
    match action {
        Action::Call => "Appel",
        Action::Write(_) => "Courrier",
        Action::Decide => "Décision",
        Action::MatchFirst { .. } => "À vérifier : un crédit à rapprocher",
        Action::Send { .. } => "Courrier à envoyer",
        Action::Redraw { .. } => "Courrier à refaire",
        Action::Discard { .. } => "Courrier à annuler",
        Action::PromiseDue { .. } => "Promesse attendue",
        Action::PlanDue { .. } => "Versement attendu",
        Action::PlanMissed { .. } => "Versement manqué",
        Action::ReceiptMissing { .. } => "Accusé de réception manquant",
        Action::CameBack { .. } => "Courrier revenu",
        Action::DeclareClaim => "Déclaration de créance",
        Action::Limitation => "Prescription proche",
        Action::RateMissing => "Taux manquant",
    }
}

fn about(action: &Action) -> Option<Seq> {
    match action {
        Action::Send { letter }
        | Action::Redraw { letter }
        | Action::Discard { letter }
        | Action::ReceiptMissing { letter }
        | Action::CameBack { letter } => Some(*letter),
        Action::PromiseDue { promise } => Some(*promise),
        Action::PlanDue { plan } | Action::PlanMissed { plan } => Some(*plan),
        Action::MatchFirst { credits } => credits.first().copied(),
        Action::Call
        | Action::Write(_)
        | Action::Decide
        | Action::DeclareClaim
        | Action::Limitation
        | Action::RateMissing => None,
    }
}

/// Returns a ground as a sentence of its own.
fn sentence(ground: &str) -> String {
    let mut letters = ground.chars();
    let capital: String =
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect());
    typeset(&format!("{capital}."))
}

/// Why an invoice is in today's list, or is not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WhyView {
    /// Which invoice, by number.
    #[serde(rename = "facture")]
    pub invoice: String,
    /// Whose.
    #[serde(rename = "client")]
    pub debtor: String,
    /// Whether something is to be done today.
    #[serde(rename = "aujourdhui")]
    pub today: bool,
    /// In one sentence.
    #[serde(rename = "phrase")]
    pub sentence: String,
    /// The first day on which something may be done, where it is known.
    #[serde(rename = "prochaine_date")]
    pub next: Option<Date>,
    /// The policy it is under.
    #[serde(rename = "politique")]
    pub policy: Option<String>,
    /// Each ground.
    #[serde(rename = "motifs")]
    pub grounds: Vec<String>,
}

/// Says why an invoice is in today's list or not.
///
/// # Errors
/// There is no such invoice.
pub fn explain(office: &Office, number: &str, today: Date) -> Result<WhyView, Error> {
    let ledger = &office.ledger;
    let found = ledger.numbered(number.trim()).filter(|seq| ledger.find_invoice(*seq).is_some());
    let seq = found.ok_or_else(|| {
        Error::new(
            "facture-inconnue",
            format!("Aucune facture n° {number} n’est enregistrée."),
            "Vérifiez son numéro (commande « factures »).",
        )
    })?;
    let invoice = ledger.invoice(seq);
    let policies = Policies::of(ledger);
    let positions = positions(ledger, &policies, invoice.debtor, today);
    let current = ledger.current(seq);
    // An invoice is worst where its first instalment that acts is.
    let worst = positions
        .iter()
        .flat_map(|position| decisions(&policies, position, today))
        .filter(|(case, _)| case.invoice == current)
        .min_by_key(|(case, decision)| (rank(decision), case.due_on));
    let (decision, policy) = match worst {
        Some((case, decision)) => (decision, Some(policies.running(case.policy).name.clone())),
        None => (Decision::Close { grounds: vec![settled(office, seq, today)] }, None),
    };
    let currency = invoice.currency;
    let grounds: Vec<String> = decision.grounds().iter().map(|ground| ground.sentence(currency)).collect();
    Ok(WhyView {
        invoice: invoice.number.clone(),
        debtor: ledger.debtor(invoice.debtor).debtor.party.name.clone(),
        today: matches!(decision, Decision::Act { .. }),
        sentence: typeset(&told(&invoice.number, &decision, &grounds)),
        next: match &decision {
            Decision::WaitUntil { on, .. } => Some(*on),
            Decision::Hold { until, .. } => *until,
            Decision::Act { .. } => Some(today),
            Decision::Close { .. } => None,
        },
        policy,
        grounds: grounds.iter().map(|ground| sentence(ground)).collect(),
    })
}

/// Says why each open invoice of a debtor, or of all of them, is in today's list or not.
///
/// # Errors
/// There is no such debtor.
pub fn explain_all(office: &Office, debtor: Option<&str>, today: Date) -> Result<Vec<WhyView>, Error> {
    let wanted = debtor.map(|name| office.find_debtor(name)).transpose()?;
    let policies = Policies::of(&office.ledger);
    let debtors: Vec<Seq> = match wanted {
        Some(debtor) => vec![debtor],
        None => office.ledger.debtors().map(|(seq, _)| seq).collect(),
    };
    let mut open: BTreeMap<Seq, ()> = BTreeMap::new();
    for debtor in debtors {
        for position in positions(&office.ledger, &policies, debtor, today) {
            open.extend(position.cases.iter().map(|case| (case.invoice, ())));
        }
    }
    open.keys().map(|seq| explain(office, &office.ledger.invoice(*seq).number.clone(), today)).collect()
}

fn rank(decision: &Decision) -> u8 {
    match decision {
        Decision::Act { .. } => 0,
        Decision::WaitUntil { .. } => 1,
        Decision::Hold { .. } => 2,
        Decision::Close { .. } => 3,
    }
}

/// Returns why an invoice with no principal open is closed: paid, absorbed, or with its accessories still to claim.
fn settled(office: &Office, seq: Seq, today: Date) -> Ground {
    let ledger = &office.ledger;
    let left = dument_domain::dunning::case::total_open(ledger, seq, today);
    if left.is_positive() { Ground::AccessoriesLeft { amount: left } } else { Ground::Settled }
}

fn told(number: &str, decision: &Decision, grounds: &[String]) -> String {
    let because = grounds.join(" ; ");
    match decision {
        Decision::Close { .. } => format!("Facture {number} : plus rien à faire, {because}."),
        Decision::Hold { until: Some(until), .. } => {
            format!("Facture {number} : rien avant le {}, {because}.", french::date(*until))
        }
        Decision::Hold { until: None, .. } => format!("Facture {number} : rien pour l’instant, {because}."),
        Decision::WaitUntil { on, .. } => format!("Facture {number} : rien avant le {}, {because}.", french::date(*on)),
        Decision::Act { .. } => format!("Facture {number} : à traiter aujourd’hui, {because}."),
    }
}
