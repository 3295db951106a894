//! What a policy would do in the days to come, on the real ledger, which does not move.

use std::collections::{BTreeMap, BTreeSet};

use dument_domain::Date;
use dument_domain::dunning::forecast::Planned;
use dument_domain::dunning::{Forecast, Means, Policies, Policy, StandardPolicy, forecast, reachable};
use dument_domain::fact::{Channel, Fact, LetterModel};
use dument_domain::french::typeset;
use dument_domain::ledger::Ledger;
use serde::Serialize;

use super::{counted, names};
use crate::error::Error;
use crate::office::Office;

/// A year: beyond, what is owed today says nothing.
const FARTHEST: u32 = 366;

const ASSUMING: &str =
    "En supposant que personne ne paie ni ne répond d’ici là, et que vous faites chaque jour ce que dit l’agenda.";

/// What would be done in the days to come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SimulationView {
    /// From this day, included.
    #[serde(rename = "du")]
    pub from: Date,
    /// Through this day.
    #[serde(rename = "au")]
    pub through: Date,
    /// The policy tried out, or the ones in force.
    #[serde(rename = "politique")]
    pub policy: String,
    /// How many times each level would be carried out.
    #[serde(rename = "totaux")]
    pub totals: Vec<TotalView>,
    /// The same in one sentence.
    #[serde(rename = "phrase")]
    pub sentence: String,
    /// What it takes for granted.
    #[serde(rename = "hypothese")]
    pub assumption: &'static str,
    /// Everything, day by day.
    #[serde(rename = "etapes")]
    pub steps: Vec<PlannedView>,
}

/// How many times a level would be carried out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TotalView {
    /// By what means: that of the level, or the post for a customer who has no address for it.
    #[serde(rename = "canal")]
    pub means: &'static str,
    /// The level, by its title.
    #[serde(rename = "niveau")]
    pub level: String,
    /// How many times.
    #[serde(rename = "nombre")]
    pub count: usize,
}

/// One thing that would be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlannedView {
    /// When.
    #[serde(rename = "le")]
    pub on: Date,
    /// For whom.
    #[serde(rename = "client")]
    pub debtor: String,
    /// By what means: that of the level, or the post for a customer who has no address for it.
    #[serde(rename = "canal")]
    pub means: &'static str,
    /// The level, by its title.
    #[serde(rename = "niveau")]
    pub level: String,
    /// About how many instalments.
    #[serde(rename = "echeances")]
    pub instalments: usize,
}

/// What two policies would do, side by side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ComparisonView {
    /// From this day, included.
    #[serde(rename = "du")]
    pub from: Date,
    /// Through this day.
    #[serde(rename = "au")]
    pub through: Date,
    /// The one.
    pub a: SideView,
    /// The other.
    pub b: SideView,
    /// What the other does more or less often than the one, means by means.
    #[serde(rename = "ecarts")]
    pub differences: Vec<DifferenceView>,
    /// The same in one sentence.
    #[serde(rename = "phrase")]
    pub sentence: String,
    /// What it takes for granted.
    #[serde(rename = "hypothese")]
    pub assumption: &'static str,
}

/// One of two policies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SideView {
    /// Which one.
    #[serde(rename = "politique")]
    pub policy: String,
    /// How many times each level would be carried out.
    #[serde(rename = "totaux")]
    pub totals: Vec<TotalView>,
    /// How many things there would be to do.
    #[serde(rename = "nombre")]
    pub count: usize,
}

/// What two policies do by one means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DifferenceView {
    /// By what means.
    #[serde(rename = "canal")]
    pub means: &'static str,
    /// How many times under the one.
    pub a: usize,
    /// How many times under the other.
    pub b: usize,
    /// The second less the first.
    #[serde(rename = "ecart")]
    pub difference: i64,
}

/// Returns what would be done in the days to come: under a policy on trial, or under the ones in force.
///
/// # Errors
/// The file is wrong, the policy could not be adopted or would be nobody's, or there are no days or more than a year of them.
pub fn simulate(office: &Office, trial: Option<&[u8]>, days: u32, today: Date) -> Result<SimulationView, Error> {
    let run = Run::of(office, trial, days, today)?;
    let sentence = match run.phrase() {
        None => format!("{}, il n’y aurait rien à faire dans {}.", run.under, next_days(days)),
        Some(phrase) => format!("{}, dans {} : {phrase}.", run.under, next_days(days)),
    };
    let step = |Foreseen { planned, means, .. }: &Foreseen| PlannedView {
        on: planned.on,
        debtor: office.ledger.debtor(planned.debtor).debtor.party.name.clone(),
        means: names::means(*means),
        level: planned.title.clone(),
        instalments: planned.instalments,
    };
    Ok(SimulationView {
        from: run.from,
        through: run.through,
        totals: run.totals(),
        sentence: typeset(&sentence),
        assumption: ASSUMING,
        steps: run.steps.iter().map(step).collect(),
        policy: run.name,
    })
}

/// Compares what two policies would do; none stands for the ones in force.
///
/// # Errors
/// As for `simulate`, for either.
pub fn compare(
    office: &Office,
    (a, b): (Option<&[u8]>, Option<&[u8]>),
    days: u32,
    today: Date,
) -> Result<ComparisonView, Error> {
    let (a, b) = (Run::of(office, a, days, today)?, Run::of(office, b, days, today)?);
    let (of_a, of_b) = (a.by_means(), b.by_means());
    let difference = |means: Means| {
        let (a, b) = (of_a.get(&means).copied().unwrap_or(0), of_b.get(&means).copied().unwrap_or(0));
        let signed = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        DifferenceView { means: names::means(means), a, b, difference: signed(b) - signed(a) }
    };
    let differences: Vec<(Means, DifferenceView)> = names::MEANS
        .into_iter()
        .map(|means| (means, difference(means)))
        .filter(|(_, it)| it.a > 0 || it.b > 0)
        .collect();
    let told: Vec<String> = differences.iter().filter_map(|(means, it)| more_or_less(*means, it.difference)).collect();
    let (one, other) = if a.label == b.label {
        (format!("{} (premier essai)", a.label), format!("{} (second essai)", b.label))
    } else {
        (a.label.clone(), b.label.clone())
    };
    let told = if told.is_empty() { "aucun écart".to_owned() } else { told.join(", ") };
    let actions = |run: &Run| counted(run.steps.len(), "action", "actions");
    let sentence =
        format!("Dans {}, {} avec {one}, {} avec {other} : {told}.", next_days(days), actions(&a), actions(&b));
    Ok(ComparisonView {
        from: a.from,
        through: a.through,
        a: a.side(),
        b: b.side(),
        differences: differences.into_iter().map(|(_, it)| it).collect(),
        sentence: typeset(&sentence),
        assumption: ASSUMING,
    })
}

/// One forecast, and how to speak of it.
struct Run {
    from: Date,
    through: Date,
    steps: Vec<Foreseen>,
    /// « Relances courtes », « Politiques en vigueur ».
    name: String,
    /// « Avec cette politique », « Avec vos politiques actuelles ».
    under: &'static str,
    /// « « Relances courtes » », « vos politiques actuelles ».
    label: String,
}

/// One thing that would be done.
struct Foreseen {
    planned: Planned,
    /// By what means: that of the level, or the post for a customer who has no address for it.
    means: Means,
    kind: Kind,
}

/// What a sentence calls it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    /// By its means.
    Ordinary,
    /// By its effect.
    MiseEnDemeure,
}

impl Run {
    fn of(office: &Office, trial: Option<&[u8]>, days: u32, today: Date) -> Result<Self, Error> {
        if !(1..=FARTHEST).contains(&days) {
            return Err(Error::new(
                "duree-impossible",
                format!("On ne simule pas {}.", names::days_of(days)),
                format!("Indiquez un nombre de jours de 1 à {FARTHEST}."),
            ));
        }
        let ledger = &office.ledger;
        let policies = Policies::of(ledger);
        let trial = trial.map(|text| tried(office, &policies, text, today)).transpose()?;
        let notices = notices(ledger, trial.as_ref());
        let (name, under, label) = match &trial {
            Some(policy) => (policy.name.clone(), "Avec cette politique", format!("« {} »", policy.name)),
            None => (
                "Politiques en vigueur".to_owned(),
                "Avec vos politiques actuelles",
                "vos politiques actuelles".to_owned(),
            ),
        };
        let policies = match trial {
            Some(policy) => policies.trying(policy),
            None => policies,
        };
        let Forecast { from, through, planned } = forecast(ledger, &policies, today, days);
        let foreseen = |planned: Planned| Foreseen {
            means: match planned.means {
                Means::Writing(channel) => {
                    Means::Writing(reachable(ledger, planned.debtor, channel).unwrap_or(channel))
                }
                means @ (Means::Call | Means::Decision) => means,
            },
            kind: if notices.contains(&(planned.means, planned.title.clone())) {
                Kind::MiseEnDemeure
            } else {
                Kind::Ordinary
            },
            planned,
        };
        Ok(Self { from, through, steps: planned.into_iter().map(foreseen).collect(), name, under, label })
    }

    fn totals(&self) -> Vec<TotalView> {
        let mut counts: BTreeMap<(usize, &str), (Means, usize)> = BTreeMap::new();
        for Foreseen { planned, means, .. } in &self.steps {
            counts.entry((rank(*means), &planned.title)).or_insert((*means, 0)).1 += 1;
        }
        let total = |((_, level), (means, count)): (&(usize, &str), &(Means, usize))| TotalView {
            means: names::means(*means),
            level: (*level).to_owned(),
            count: *count,
        };
        counts.iter().map(total).collect()
    }

    fn by_means(&self) -> BTreeMap<Means, usize> {
        let mut counts = BTreeMap::new();
        for step in &self.steps {
            *counts.entry(step.means).or_default() += 1;
        }
        counts
    }

    fn side(self) -> SideView {
        SideView { totals: self.totals(), count: self.steps.len(), policy: self.name }
    }

    /// Returns « 6 courriels, 2 lettres, 1 mise en demeure », or nothing where there is nothing to do.
    fn phrase(&self) -> Option<String> {
        let mut counts: BTreeMap<(usize, Kind), (Means, usize)> = BTreeMap::new();
        for Foreseen { means, kind, .. } in &self.steps {
            counts.entry((rank(*means), *kind)).or_insert((*means, 0)).1 += 1;
        }
        let told = counts.iter().map(|((_, kind), (means, count))| {
            let (one, several) = match kind {
                Kind::MiseEnDemeure => ("mise en demeure", "mises en demeure"),
                Kind::Ordinary => nouns(*means),
            };
            counted(*count, one, several)
        });
        let told: Vec<String> = told.collect();
        (!told.is_empty()).then(|| told.join(", "))
    }
}

/// Returns the levels of any policy that are a mise en demeure, by their means and title.
fn notices(ledger: &Ledger, trial: Option<&Policy>) -> BTreeSet<(Means, String)> {
    let standard = StandardPolicy::ALL.map(Policy::standard);
    let known = standard.iter().chain(ledger.policies().map(|(_, policy)| policy)).chain(trial);
    let levels = known.flat_map(|policy| &policy.levels);
    let notices = levels.filter(|level| level.model == Some(LetterModel::MiseEnDemeure));
    notices.map(|level| (level.means, level.title.clone())).collect()
}

/// Reads a policy to be tried out: one that could be adopted, and that would take the place of another.
fn tried(office: &Office, policies: &Policies, text: &[u8], today: Date) -> Result<Policy, Error> {
    let policy = super::read(policies, text)?;
    super::refuse(&office.ledger.check(&Fact::PolicyAdopted(policy.clone()), today))?;
    if policy.standing.is_none() && policies.named(&policy.name).is_none() {
        return Err(Error::new(
            "politique-de-personne",
            format!("« {} » est nouvelle et ne serait la règle de personne : l’essai ne changerait rien.", policy.name),
            "Ajoutez « pour », ou donnez-lui pour l’essai le nom de la politique qu’elle remplacerait.",
        ));
    }
    Ok(policy)
}

fn next_days(days: u32) -> String {
    match days {
        1 => "la journée".to_owned(),
        _ => format!("les {days} prochains jours"),
    }
}

fn rank(means: Means) -> usize {
    names::MEANS.iter().position(|known| *known == means).unwrap_or(usize::MAX)
}

fn nouns(means: Means) -> (&'static str, &'static str) {
    match means {
        Means::Call => ("appel", "appels"),
        Means::Writing(Channel::Email) => ("courriel", "courriels"),
        Means::Writing(Channel::Letter) => ("lettre", "lettres"),
        Means::Writing(Channel::Lrar) => ("recommandé", "recommandés"),
        Means::Writing(Channel::Lre) => ("recommandé électronique", "recommandés électroniques"),
        Means::Decision => ("décision à prendre", "décisions à prendre"),
    }
}

/// Returns « 2 courriels de plus », or nothing where there is no difference.
fn more_or_less(means: Means, difference: i64) -> Option<String> {
    let (one, several) = nouns(means);
    let count = usize::try_from(difference.unsigned_abs()).unwrap_or(usize::MAX);
    match difference {
        0 => None,
        1.. => Some(format!("{} de plus", counted(count, one, several))),
        _ => Some(format!("{} de moins", counted(count, one, several))),
    }
}
