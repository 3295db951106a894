//! The policies in use as one document: what is done, by what rules, under what terms of sale, and the exceptions made.
//!
//! Everything is read from the settings and from the facts; a figure fixed by law is read from the law.

mod exceptions;
mod rules;
mod terms;

use std::collections::BTreeSet;

use dument_documents::data;
use dument_domain::dunning::{After, Care, Claims, Level, Means, Policies, Policy, PolicyId, Tone};
use dument_domain::fact::{Channel, Fact, LetterModel};
use dument_domain::ledger::Ledger;
use dument_domain::party::{Handling, Standing};
use dument_domain::{Currency, Date, Seq};

use crate::error::Error;
use crate::policies::usage::{Usage, adopted_on, recorded_on, rule_of, rule_with_care};

/// Returns the policies in use, as they are printed.
pub(crate) fn policy(ledger: &Ledger, seal: data::Seal, today: Date) -> Result<data::PolitiqueRecouvrement, Error> {
    let policies = Policies::of(ledger);
    let in_use = in_use(ledger, &policies, today);
    let changes = changes(ledger);
    let version = u32::try_from(changes.len() + 1).unwrap_or(u32::MAX);
    Ok(data::PolitiqueRecouvrement {
        creditor: super::company(ledger)?,
        date: changes.last().and_then(|seq| recorded_on(ledger, *seq)).unwrap_or(today),
        reference: format!("Politique de recouvrement, version {version}"),
        version,
        audience: None,
        currency: Currency::EUR,
        schedules: in_use.iter().map(schedule).collect(),
        rules: rules::rules(ledger, &in_use, today),
        terms: terms::terms(ledger, today),
        exceptions: exceptions::exceptions(ledger, &policies),
        seal: Some(seal),
    })
}

/// A policy that is followed.
struct InUse<'a> {
    policy: &'a Policy,
    /// The number of its latest version, which is the one printed.
    version: usize,
    /// When the owner adopted it; none when it comes with the program.
    adopted_on: Option<Date>,
    /// The customers that it is the rule for.
    rule_for: Vec<Rule>,
    /// The standing by which its sums are named.
    standing: Standing,
    /// How many instalments are still under an earlier version.
    earlier_cases: usize,
}

/// Whom a policy is the rule for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rule {
    /// Customers of a standing.
    Standing(Standing),
    /// Customers one wants to keep.
    WithCare,
}

impl InUse<'_> {
    fn quoted(&self) -> String {
        format!("« {} »", self.policy.name)
    }
}

/// Returns the facts that changed a policy, the cancellations among them: each makes a new version of the document.
fn changes(ledger: &Ledger) -> Vec<Seq> {
    let adopts = |fact: Seq| ledger.fact(fact).is_some_and(|recorded| matches!(recorded.fact, Fact::PolicyAdopted(_)));
    let changes = ledger.facts().iter().filter(|recorded| match &recorded.fact {
        Fact::FactCancelled { fact, .. } => adopts(*fact),
        fact => matches!(fact, Fact::PolicyAdopted(_)),
    });
    changes.map(|recorded| recorded.seq).collect()
}

/// Returns the latest version of each policy that is a rule, that a customer is under, or that something unpaid is under.
fn in_use<'a>(ledger: &'a Ledger, policies: &'a Policies, today: Date) -> Vec<InUse<'a>> {
    let usage = Usage::of(ledger, policies, today);
    let standings = [Standing::Professional, Standing::Consumer, Standing::PublicBody];
    let rules: Vec<(PolicyId, Rule)> = standings
        .into_iter()
        .map(|standing| (rule_of(policies, standing), Rule::Standing(standing)))
        .chain([(rule_with_care(policies), Rule::WithCare)])
        .collect();
    let ordinary: BTreeSet<PolicyId> =
        rules.iter().filter(|(_, rule)| *rule != Rule::WithCare).map(|(id, _)| *id).collect();
    let followed = |id: PolicyId, policy: &Policy| {
        ordinary.contains(&id)
            || !usage.debtors(&policy.name).is_empty()
            || usage.cases(id) + usage.earlier_cases(policies, id) > 0
    };
    let current = policies.current().filter(|(id, policy)| followed(*id, policy));
    let mut in_use: Vec<InUse<'a>> = current
        .map(|(id, policy)| InUse {
            policy,
            version: policies.version(id),
            adopted_on: adopted_on(ledger, id),
            rule_for: rules.iter().filter(|(rule, _)| *rule == id).map(|(_, rule)| *rule).collect(),
            standing: policy.standing.unwrap_or_else(|| standing_of(ledger, usage.debtors(&policy.name))),
            earlier_cases: usage.earlier_cases(policies, id),
        })
        .collect();
    in_use.sort_by_key(|it| it.rule_for.first().map_or(usize::MAX, |rule| place(*rule)));
    in_use
}

fn place(rule: Rule) -> usize {
    match rule {
        Rule::Standing(Standing::Professional) => 0,
        Rule::Standing(Standing::Consumer) => 1,
        Rule::Standing(Standing::PublicBody) => 2,
        Rule::WithCare => 3,
    }
}

/// Returns the standing of all these customers, or that of a professional where they differ.
fn standing_of(ledger: &Ledger, debtors: &[Seq]) -> Standing {
    let mut standings = debtors.iter().map(|debtor| ledger.debtor(*debtor).debtor.standing);
    let first = standings.next().unwrap_or(Standing::Professional);
    if standings.all(|standing| standing == first) { first } else { Standing::Professional }
}

fn schedule(it: &InUse<'_>) -> data::PolicySchedule {
    let levels = it.policy.levels.iter().enumerate().filter(|(_, level)| !level.archived);
    data::PolicySchedule {
        name: it.policy.name.clone(),
        standing: super::standing(it.standing),
        levels: levels.map(|(index, level)| self::level(index, level, it.standing)).collect(),
    }
}

fn level(index: usize, level: &Level, standing: Standing) -> data::PolicyLevel {
    let says_more = |title: &&str| !title.eq_ignore_ascii_case(&level.title);
    let writes = matches!(level.means, Means::Writing(_));
    data::PolicyLevel {
        name: level.title.clone(),
        timing: timing(index, level.after),
        means: means(level.means),
        tone: writes.then(|| tone(level.tone)),
        model: level.model.map(LetterModel::title).filter(says_more).map(str::to_owned),
        new_delay_days: level.delay_days,
        claimed: if writes && !level.is_preventive() { claimed(level.claims, standing) } else { Vec::new() },
        minimum: level.minimum,
        by: level.by.clone(),
    }
}

/// Returns when a level comes; the first one has no level before it, and is counted from the due date.
fn timing(index: usize, after: After) -> data::Timing {
    match after {
        After::DueDate { days } => data::Timing::FromDueDate { days },
        After::PreviousLevel { days } if index == 0 => {
            data::Timing::FromDueDate { days: i32::try_from(days).unwrap_or(i32::MAX) }
        }
        After::PreviousLevel { days } => data::Timing::AfterPrevious { days },
    }
}

fn means(means: Means) -> data::PolicyMeans {
    match means {
        Means::Call => data::PolicyMeans::Appel,
        Means::Decision => data::PolicyMeans::Decision,
        Means::Writing(Channel::Email) => data::PolicyMeans::Courriel,
        Means::Writing(Channel::Letter) => data::PolicyMeans::LettreSimple,
        Means::Writing(Channel::Lrar) => data::PolicyMeans::Lrar,
        Means::Writing(Channel::Lre) => data::PolicyMeans::Lre,
    }
}

fn tone(tone: Tone) -> data::Tone {
    match tone {
        Tone::Cordial => data::Tone::Cordial,
        Tone::Neutral => data::Tone::Neutre,
        Tone::Firm => data::Tone::Ferme,
    }
}

fn claimed(claims: Claims, standing: Standing) -> Vec<data::ClaimedSum> {
    match (claims, standing) {
        (Claims::Principal, _) => vec![data::ClaimedSum::Principal],
        (Claims::Everything, Standing::Consumer) => vec![data::ClaimedSum::Principal, data::ClaimedSum::Interest],
        (Claims::Everything, Standing::Professional | Standing::PublicBody) => {
            vec![data::ClaimedSum::Principal, data::ClaimedSum::Interest, data::ClaimedSum::Indemnity]
        }
    }
}

/// Says a setting once where all policies share it, else policy by policy.
fn varied(in_use: &[InUse<'_>], say: impl Fn(Care) -> String) -> String {
    let mut said: Vec<(String, Vec<String>)> = Vec::new();
    for it in in_use {
        let sentence = say(it.policy.care);
        match said.iter_mut().find(|(known, _)| *known == sentence) {
            Some((_, names)) => names.push(it.quoted()),
            None => said.push((sentence, vec![it.quoted()])),
        }
    }
    match said.as_slice() {
        [(sentence, _)] => sentence.clone(),
        several => {
            let each = several.iter().map(|(sentence, names)| format!("{sentence} ({})", names.join(", ")));
            each.collect::<Vec<_>>().join(" ou ")
        }
    }
}

/// Returns how a debtor is reminded when that is not as usual, as his file has it.
fn handled(handling: Handling) -> Option<&'static str> {
    match handling {
        Handling::Ordinary => None,
        Handling::WithCare => Some("Relation à ménager : étapes adoucies, et jamais de relance dans un lot."),
        Handling::LetterPerLevel => Some("Une étape par courrier, la plus haute d’abord."),
        Handling::NeverWithoutMe => Some("Jamais relancé dans un lot : chaque relance est décidée à part."),
        Handling::NotReminded => Some("Jamais relancé."),
    }
}

/// Writes a reference as a contract does: « code de commerce, articles L441-10 II et D441-5 ».
fn spelled(cite: &str) -> String {
    let several = if cite.contains(" et ") { "articles" } else { "article" };
    cite.replace(" I", "\u{a0}I")
        .replace("C. com. art.", &format!("code de commerce, {several}"))
        .replace("CCP art.", &format!("code de la commande publique, {several}"))
}
