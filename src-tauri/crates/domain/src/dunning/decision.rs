//! What to do about one instalment on a day, and why.

use super::case::{Case, Done, Suspension};
use super::level::{After, Level, LevelId, Means, days_from};
use super::policy::{Policy, is_too_small};
use crate::calendar::{Region, add_days, next_working_day};
use crate::fact::Seq;
use crate::proceedings::Mandatary;
use crate::{Amount, Currency, Date, french};

/// What to do about an instalment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// Nothing, ever again: it is paid.
    Close {
        /// Why.
        grounds: Vec<Ground>,
    },
    /// Nothing while something lasts.
    Hold {
        /// The first day on which something may be done, where it is known.
        until: Option<Date>,
        /// Why.
        grounds: Vec<Ground>,
    },
    /// Nothing before a day.
    WaitUntil {
        /// That day.
        on: Date,
        /// The level it brings.
        level: LevelId,
        /// Why.
        grounds: Vec<Ground>,
    },
    /// A level is to be carried out today.
    Act {
        /// Which one.
        level: LevelId,
        /// Since when it could have been.
        since: Date,
        /// The letter that is ready for it and has not left.
        prepared: Option<Seq>,
        /// Levels after it whose day has passed as well.
        missed: u32,
        /// Why.
        grounds: Vec<Ground>,
    },
}

impl Decision {
    /// Returns why.
    #[must_use]
    pub fn grounds(&self) -> &[Ground] {
        match self {
            Self::Close { grounds }
            | Self::Hold { grounds, .. }
            | Self::WaitUntil { grounds, .. }
            | Self::Act { grounds, .. } => grounds,
        }
    }
}

/// One reason of a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ground {
    /// Nothing is left of it.
    Settled,
    /// The principal is paid, what lateness brought is not.
    AccessoriesLeft {
        /// How much.
        amount: Amount,
    },
    /// Everything that is left is disputed.
    Disputed {
        /// How much.
        contested: Amount,
    },
    /// A part of it is disputed: only the rest is claimed.
    PartDisputed {
        /// How much.
        contested: Amount,
    },
    /// It falls due later, or today.
    NotOverdue {
        /// When.
        due_on: Date,
    },
    /// It is overdue.
    Overdue {
        /// When it fell due.
        due_on: Date,
        /// Since how many days.
        days: i64,
    },
    /// The due date is no longer the one of the invoice.
    DueDateMoved {
        /// The one of the invoice.
        stated: Date,
    },
    /// A level was carried out.
    Done {
        /// Which one, by its title.
        title: String,
        /// When.
        on: Date,
    },
    /// A level is reached.
    Reached {
        /// Which one, by its title.
        title: String,
        /// Since when.
        since: Date,
    },
    /// The next level and its day.
    Next {
        /// Which one, by its title.
        title: String,
        /// When.
        on: Date,
    },
    /// Days passed without anything being done.
    Late {
        /// How many.
        days: i64,
    },
    /// Later levels could have been reached meanwhile: only one is carried out.
    Missed {
        /// How many.
        levels: u32,
    },
    /// The owner chose to go to this level at once.
    Jumped {
        /// When.
        on: Date,
    },
    /// A letter is ready and has not left.
    Prepared {
        /// Which one.
        letter: Seq,
    },
    /// Another reminder is ready and has not left: one at a time.
    Waiting {
        /// Which one.
        letter: Seq,
    },
    /// A notice before the due date is not mixed with the reminder of the day.
    ReminderFirst,
    /// A higher level has a letter of its own today, as the owner asked for this debtor.
    HigherFirst,
    /// A call reached nobody.
    NobodyAnswered {
        /// When.
        on: Date,
    },
    /// A promise was not kept.
    PromiseBroken {
        /// How much.
        amount: Amount,
        /// For when.
        due_on: Date,
        /// What came.
        received: Amount,
    },
    /// Something was written to this debtor a short time ago.
    JustWritten {
        /// When.
        on: Date,
    },
    /// What he owes is below what this level is for.
    TooSmall {
        /// The least.
        minimum: Amount,
    },
    /// What is owed to him covers what he owes.
    CoveredByCredit {
        /// How much.
        credit: Amount,
    },
    /// Every level was carried out.
    NothingLeft,
    /// Something holds it back.
    Suspended(Suspension),
}

/// Decides what to do about an instalment.
///
/// Total: there is a decision for any policy and any history.
#[must_use]
pub fn decide(policy: &Policy, case: &Case, today: Date) -> Decision {
    if !case.remaining.is_positive() {
        return Decision::Close { grounds: vec![Ground::Settled] };
    }
    if let Some(hold) = held(case, today) {
        return hold;
    }
    let mut grounds = standing(policy, case, today);
    if let Some((level, letter)) = &case.prepared {
        grounds.push(Ground::Prepared { letter: *letter });
        return Decision::Act { level: level.clone(), since: today, prepared: Some(*letter), missed: 0, grounds };
    }
    let Some((place, level)) = next_level(policy, case, today) else {
        grounds.push(Ground::NothingLeft);
        return Decision::Hold { until: None, grounds };
    };
    if !level.is_preventive() && is_too_small(level, case.around.overdue.max(case.claimable())) {
        grounds.push(Ground::TooSmall { minimum: level.minimum.unwrap_or_default() });
        return Decision::Hold { until: None, grounds };
    }
    if let (Means::Writing(_), Some(letter)) = (level.means, case.around.waiting) {
        grounds.push(Ground::Waiting { letter });
        return Decision::Hold { until: None, grounds };
    }
    let reached_on = reached_on(policy, case, level);
    let free_on = free_on(policy, case, level).max(reached_on);
    if free_on > today {
        if free_on > reached_on && reached_on <= today {
            grounds.extend(case.around.written_on.map(|on| Ground::JustWritten { on }));
        }
        grounds.push(Ground::Next { title: level.title.clone(), on: free_on });
        return Decision::WaitUntil { on: free_on, level: level.id.clone(), grounds };
    }
    grounds.push(Ground::Reached { title: level.title.clone(), since: reached_on });
    if let Some((_, on)) = case.jump.as_ref().filter(|(to, _)| *to == level.id) {
        grounds.push(Ground::Jumped { on: *on });
    }
    let late = (today - free_on).num_days();
    if late > 0 {
        grounds.push(Ground::Late { days: late });
    }
    let missed = missed(policy, case, place, today);
    if missed > 0 {
        grounds.push(Ground::Missed { levels: missed });
    }
    Decision::Act { level: level.id.clone(), since: free_on, prepared: None, missed, grounds }
}

/// Returns what holds an instalment back today.
fn held(case: &Case, today: Date) -> Option<Decision> {
    let mut grounds: Vec<Ground> =
        case.suspensions.iter().filter(|it| !it.is_over(today)).cloned().map(Ground::Suspended).collect();
    if !grounds.is_empty() {
        let ends: Option<Vec<Date>> =
            case.suspensions.iter().filter(|it| !it.is_over(today)).map(Suspension::until).collect();
        let until = ends.and_then(|ends| ends.into_iter().max()).and_then(|day| day.succ_opt());
        return Some(Decision::Hold { until, grounds });
    }
    if !case.claimable().is_positive() {
        grounds.push(Ground::Disputed { contested: case.contested });
        return Some(Decision::Hold { until: None, grounds });
    }
    let owed = case.around.overdue + if case.is_overdue(today) { Amount::ZERO } else { case.claimable() };
    if case.around.credit.is_positive() && case.around.credit >= owed {
        grounds.push(Ground::CoveredByCredit { credit: case.around.credit });
        return Some(Decision::Hold { until: None, grounds });
    }
    None
}

/// Returns what is known of an instalment, before its next level is looked at.
fn standing(policy: &Policy, case: &Case, today: Date) -> Vec<Ground> {
    let mut grounds = Vec::new();
    if case.due_on < today {
        grounds.push(Ground::Overdue { due_on: case.due_on, days: (today - case.due_on).num_days() });
    } else {
        grounds.push(Ground::NotOverdue { due_on: case.due_on });
    }
    if case.due_on != case.stated_due_on {
        grounds.push(Ground::DueDateMoved { stated: case.stated_due_on });
    }
    if case.contested.is_positive() {
        grounds.push(Ground::PartDisputed { contested: case.contested });
    }
    if let Some(broken) = &case.broken {
        grounds.push(Ground::PromiseBroken { amount: broken.amount, due_on: broken.due_on, received: broken.received });
    }
    if let Some(done) = case.done.last() {
        let title = policy.level(&done.level).map_or_else(|| done.level.to_string(), |level| level.title.clone());
        grounds.push(Ground::Done { title, on: done.on });
    }
    if let Some(on) = case.attempts.last() {
        grounds.push(Ground::NobodyAnswered { on: *on });
    }
    grounds
}

/// Returns the place after the last level carried out.
fn place_after(policy: &Policy, case: &Case) -> usize {
    let done = case.done.iter().filter_map(|done| policy.place(&done.level)).max();
    let jumped = case.jump.as_ref().and_then(|(to, _)| policy.place(to));
    done.map_or(0, |place| place + 1).max(jumped.filter(|place| done.is_none_or(|done| *place > done)).unwrap_or(0))
}

/// Returns the next level: levels follow one another, but a notice before the due date makes no sense after it.
fn next_level<'a>(policy: &'a Policy, case: &Case, today: Date) -> Option<(usize, &'a Level)> {
    let first = place_after(policy, case);
    let mut levels = policy.levels.iter().enumerate().skip(first);
    let is_past = |level: &Level| level.is_preventive() && today > case.due_on;
    levels.find(|(_, level)| !level.archived && !is_past(level))
}

/// Returns the first day on which the level is reached, by the policy and by what was done before.
fn reached_on(policy: &Policy, case: &Case, level: &Level) -> Date {
    let due_on = if policy.care.banking_tolerance { on_working_day(case.due_on) } else { case.due_on };
    let last = case.done.last();
    let nominal = match level.after {
        After::DueDate { days } => days_from(due_on, days),
        After::PreviousLevel { days } => add_days(last.map_or(due_on, |last| last.arrived_on), days),
    };
    let jumped = case.jump.as_ref().filter(|(to, _)| *to == level.id).map(|(_, on)| *on);
    let nominal = jumped.map_or(nominal, |on| nominal.min(on));
    let answered = last.map_or(Date::MIN, Done::answer_awaited_until);
    // Never two steps in one day, however late the owner is.
    let rested = last.and_then(|last| last.on.succ_opt()).unwrap_or(Date::MIN);
    let retried = case.attempts.last().and_then(Date::succ_opt).unwrap_or(Date::MIN);
    let overdue = if level.is_preventive() { Date::MIN } else { due_on.succ_opt().unwrap_or(Date::MAX) };
    let reached_on = nominal.max(answered).max(rested).max(retried).max(overdue);
    if policy.care.on_working_days && !level.is_preventive() { on_working_day(reached_on) } else { reached_on }
}

/// Returns the first day on which something may be written to this debtor again.
fn free_on(policy: &Policy, case: &Case, level: &Level) -> Date {
    match (level.means, case.around.written_on) {
        // Never two in one day, even for who asked for no days in between.
        (Means::Writing(_), Some(on)) => add_days(on, policy.care.between_writings.max(1)),
        (Means::Writing(_), None) | (Means::Call | Means::Decision, _) => Date::MIN,
    }
}

/// Returns how many levels after this one could have been reached meanwhile.
fn missed(policy: &Policy, case: &Case, place: usize, today: Date) -> u32 {
    let later = policy.levels.iter().skip(place + 1).filter(|level| !level.archived);
    let passed = later.filter(|level| level.nominal(case.due_on).is_some_and(|on| on <= today)).count();
    u32::try_from(passed).unwrap_or(u32::MAX)
}

fn on_working_day(day: Date) -> Date {
    next_working_day(day, Region::Metropole)
}

impl Done {
    /// Returns the last day the debtor has to answer this level, before which the next does not come.
    #[must_use]
    pub fn answer_awaited_until(&self) -> Date {
        add_days(self.arrived_on, self.delay_days)
    }
}

impl Ground {
    /// Says it in French, as the end of « car … » or on its own.
    #[must_use]
    pub fn sentence(&self, currency: Currency) -> String {
        let money = |amount: &Amount| french::money(*amount, currency);
        let date = |date: &Date| french::date(*date);
        match self {
            Self::Settled => "elle est réglée".to_owned(),
            Self::AccessoriesLeft { amount } => format!(
                "son montant est réglé ; il reste {} de pénalités et d’indemnité, à réclamer (décompte) ou à remettre",
                money(amount)
            ),
            Self::Disputed { contested } => format!("tout ce qui reste est contesté ({})", money(contested)),
            Self::PartDisputed { contested } => format!("{} sont contestés, le reste est réclamé", money(contested)),
            Self::NotOverdue { due_on } => format!("échéance le {}", date(due_on)),
            Self::Overdue { due_on, days: 1 } => format!("échue depuis le {} (1 jour de retard)", date(due_on)),
            Self::Overdue { due_on, days } => format!("échue depuis le {} ({days} jours de retard)", date(due_on)),
            Self::DueDateMoved { stated } => format!("échéance reportée, elle était au {}", date(stated)),
            Self::Done { title, on } => format!("dernière étape faite : {} le {}", lowered(title), date(on)),
            Self::Reached { title, since } => format!("étape atteinte le {} : {}", date(since), lowered(title)),
            Self::Next { title, on } => format!("prochaine étape : {} le {}", lowered(title), date(on)),
            Self::Late { days: 1 } => "en retard d’un jour sur la politique".to_owned(),
            Self::Late { days } => format!("en retard de {days} jours sur la politique"),
            Self::Missed { levels: 1 } => {
                "une étape suivante est déjà passée, une seule est faite à la fois".to_owned()
            }
            Self::Missed { levels } => {
                format!("{levels} étapes suivantes sont déjà passées, une seule est faite à la fois")
            }
            Self::Jumped { on } => format!("étape choisie par vous le {}", date(on)),
            Self::Prepared { letter } => format!("le courrier n° {letter} est prêt et n’est pas parti"),
            Self::Waiting { letter } => {
                format!("le courrier n° {letter} lui est destiné et n’est pas parti : envoyez-le, ou annulez-le")
            }
            Self::ReminderFirst => "une relance ou un appel lui est destiné aujourd’hui : ce rappel attend".to_owned(),
            Self::HigherFirst => "une étape plus haute part d’abord, chaque étape ayant son courrier".to_owned(),
            Self::NobodyAnswered { on } => format!("personne n’a répondu à l’appel du {}", date(on)),
            Self::PromiseBroken { amount, due_on, received } if received.is_zero() => {
                format!("promesse de {} pour le {} non tenue", money(amount), date(due_on))
            }
            Self::PromiseBroken { amount, due_on, received } => {
                format!(
                    "promesse de {} pour le {} tenue en partie ({} reçus)",
                    money(amount),
                    date(due_on),
                    money(received)
                )
            }
            Self::JustWritten { on } => format!("un courrier lui a déjà été écrit le {}", date(on)),
            Self::TooSmall { minimum } => {
                format!("ce qu’il doit est au-dessous du minimum de l’étape ({})", money(minimum))
            }
            Self::CoveredByCredit { credit } => {
                format!("un avoir ou un trop-perçu de {} couvre ce qui est dû : imputez-le", money(credit))
            }
            Self::NothingLeft => "toutes les étapes de la politique sont faites : décidez de la suite".to_owned(),
            Self::Suspended(suspension) => suspension.sentence(currency),
        }
    }
}

impl Suspension {
    /// Says it in French.
    #[must_use]
    pub fn sentence(&self, currency: Currency) -> String {
        let date = |date: &Date| french::date(*date);
        match self {
            Self::Hold { until, reason } => format!("en attente jusqu’au {} : {reason}", date(until)),
            Self::Promise { amount, due_on, .. } => {
                format!("promesse de {} pour le {}", french::money(*amount, currency), date(due_on))
            }
            Self::Dispute { since } => format!("contestée depuis le {}", date(since)),
            Self::Plan { due_on, .. } => format!("échéancier en cours, versement attendu le {}", date(due_on)),
            Self::DirectDebit { debit_on, until } => {
                format!("prélèvement le {}, qui peut être rejeté jusqu’au {}", date(debit_on), date(until))
            }
            Self::HandedOver { since, to, name } => {
                format!("confiée {} ({name}) depuis le {}", to.dative(), date(since))
            }
            Self::Insolvency { judgment_on } => {
                format!("procédure collective ouverte le {} : aucun courrier, déclarez la créance", date(judgment_on))
            }
            Self::NotReminded => "ce client n’est jamais relancé, selon votre réglage".to_owned(),
        }
    }
}

impl Mandatary {
    /// Returns to whom: « à un avocat ».
    #[must_use]
    pub fn dative(self) -> &'static str {
        match self {
            Self::Agency => "à une société de recouvrement",
            Self::Insurer => "à l’assureur-crédit",
            Self::Factor => "à l’affactureur",
            Self::CommissaireDeJustice => "à un commissaire de justice",
            Self::Lawyer => "à un avocat",
        }
    }
}

/// A title inside a sentence: « relance amiable ».
fn lowered(title: &str) -> String {
    let mut letters = title.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
