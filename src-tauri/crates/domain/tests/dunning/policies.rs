//! Any policy that may be adopted, and some that may not.

use dument_domain::Amount;
use dument_domain::dunning::{After, Care, Claims, Level, LevelId, Means, Policy, Tone, Transit};
use dument_domain::fact::{Channel, LetterModel};
use dument_domain::party::Standing;

use crate::dice::Dice;

const CHANNELS: [Channel; 4] = [Channel::Email, Channel::Letter, Channel::Lrar, Channel::Lre];
const REMINDERS: [LetterModel; 5] = [
    LetterModel::RelanceAmiable,
    LetterModel::RelanceFerme,
    LetterModel::MiseEnDemeure,
    LetterModel::DernierAvis,
    LetterModel::RelancePromesse,
];

pub fn level_id(name: &str) -> LevelId {
    LevelId::parse(name).unwrap()
}

/// Returns a policy that can be adopted: levels in order, each with what it needs.
pub fn any_policy(dice: &mut Dice, name: &str) -> Policy {
    let standing = [None, Some(Standing::Professional), Some(Standing::Consumer), Some(Standing::PublicBody)];
    let mut levels = Vec::new();
    let mut days = i32::try_from(dice.between(-8, 5)).unwrap();
    for rank in 0..dice.between(1, 7) {
        let mut level = any_level(dice, &format!("etape-{rank}"), days);
        level.archived = rank > 0 && dice.percent(10);
        days += i32::try_from(dice.between(0, 20)).unwrap();
        levels.push(level);
    }
    Policy { name: name.to_owned(), standing: dice.one_of(&standing), levels, care: any_care(dice) }
}

/// Returns the next version of a policy: shifted, slower, softer, with a level set aside or one more.
pub fn revised(dice: &mut Dice, policy: &Policy) -> Policy {
    let mut next = policy.clone();
    match dice.between(0, 4) {
        0 => next.care = any_care(dice),
        1 => {
            let last = i64::try_from(next.levels.len()).unwrap() - 1;
            let rank = usize::try_from(dice.between(0, last)).unwrap();
            next.levels[rank].archived ^= true;
        }
        2 => shift(&mut next, i32::try_from(dice.between(1, 10)).unwrap()),
        3 => next.levels.iter_mut().for_each(|level| level.minimum = Some(Amount::from_cents(5_000))),
        _ => {
            let days = next.levels.iter().filter_map(days_of).max().unwrap_or(0) + 15;
            let name = format!("ajout-{}", next.levels.len());
            next.levels.push(any_level(dice, &name, days));
        }
    }
    next
}

fn any_level(dice: &mut Dice, name: &str, days: i32) -> Level {
    let means = match dice.between(0, 9) {
        0 | 1 => Means::Call,
        2 => Means::Decision,
        _ => Means::Writing(dice.one_of(&CHANNELS)),
    };
    let model = match means {
        Means::Writing(_) if days <= 0 => Some(LetterModel::RappelEcheance),
        Means::Writing(_) => Some(dice.one_of(&REMINDERS)),
        Means::Call | Means::Decision => None,
    };
    let from_previous = days > 0 && dice.percent(25);
    Level {
        id: level_id(name),
        title: format!("Étape {name}"),
        after: if from_previous { After::PreviousLevel { days: dice.days(0, 25) } } else { After::DueDate { days } },
        means,
        tone: dice.one_of(&[Tone::Cordial, Tone::Neutral, Tone::Firm]),
        model,
        delay_days: model.and_then(|_| dice.percent(50).then(|| dice.days(1, 20))),
        claims: dice.one_of(&[Claims::Principal, Claims::Everything]),
        minimum: dice.percent(20).then(|| Amount::from_cents(dice.between(0, 30_000))),
        by: None,
        archived: false,
    }
}

fn any_care(dice: &mut Dice) -> Care {
    Care {
        transit: Transit {
            email: dice.days(0, 1),
            letter: dice.days(0, 6),
            lrar: dice.days(0, 6),
            lre: dice.days(0, 2),
        },
        between_writings: dice.days(0, 15),
        promise_grace: dice.days(0, 6),
        draft_validity: dice.days(0, 15),
        bank_check: dice.days(0, 20),
        receipt_wait: dice.days(0, 20),
        on_working_days: dice.percent(30),
        banking_tolerance: dice.percent(30),
    }
}

fn days_of(level: &Level) -> Option<i32> {
    match level.after {
        After::DueDate { days } => Some(days),
        After::PreviousLevel { .. } => None,
    }
}

/// Moves every level after the due date further away, so that their order stays.
fn shift(policy: &mut Policy, by: i32) {
    for level in &mut policy.levels {
        if let After::DueDate { days } = &mut level.after
            && *days > 0
        {
            *days += by;
        }
    }
}
