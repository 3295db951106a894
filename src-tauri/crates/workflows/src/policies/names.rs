//! The words of a policy, as the owner's file and the answers have them.

use dument_domain::dunning::{After, Claims, Level, Means, Tone};
use dument_domain::fact::{Channel, LetterModel};
use dument_domain::party::Standing;

use crate::debtors::standing_name;

/// Every standing that a policy may be the rule for.
pub(super) const STANDINGS: [Standing; 3] = [Standing::Professional, Standing::Consumer, Standing::PublicBody];

/// Every means of a level, in the order in which they press harder.
pub(super) const MEANS: [Means; 6] = [
    Means::Call,
    Means::Writing(Channel::Email),
    Means::Writing(Channel::Letter),
    Means::Writing(Channel::Lrar),
    Means::Writing(Channel::Lre),
    Means::Decision,
];

/// Every tone.
pub(super) const TONES: [Tone; 3] = [Tone::Cordial, Tone::Neutral, Tone::Firm];

/// Every extent of what is claimed.
pub(super) const CLAIMS: [Claims; 2] = [Claims::Principal, Claims::Everything];

/// The letters that a level may send: those that quote a call, a promise or a plan make no sense on a mere day.
pub(super) const MODELS: [LetterModel; 6] = [
    LetterModel::RappelEcheance,
    LetterModel::RelanceAmiable,
    LetterModel::RelanceFerme,
    LetterModel::MiseEnDemeure,
    LetterModel::DernierAvis,
    LetterModel::Releve,
];

pub(super) fn standing(standing: Standing) -> &'static str {
    standing_name(standing)
}

pub(super) fn means(means: Means) -> &'static str {
    match means {
        Means::Call => "appel",
        Means::Writing(Channel::Email) => "courriel",
        Means::Writing(Channel::Letter) => "lettre",
        Means::Writing(Channel::Lrar) => "lrar",
        Means::Writing(Channel::Lre) => "lre",
        Means::Decision => "decision",
    }
}

pub(super) fn tone(tone: Tone) -> &'static str {
    match tone {
        Tone::Cordial => "cordial",
        Tone::Neutral => "neutre",
        Tone::Firm => "ferme",
    }
}

pub(super) fn claims(claims: Claims) -> &'static str {
    match claims {
        Claims::Principal => "principal",
        Claims::Everything => "tout",
    }
}

pub(super) fn model(model: LetterModel) -> &'static str {
    match model {
        LetterModel::RappelEcheance => "rappel-echeance",
        LetterModel::RelanceAmiable => "relance-amiable",
        LetterModel::RelanceFerme => "relance-ferme",
        LetterModel::RelancePromesse => "relance-promesse",
        LetterModel::MiseEnDemeure => "mise-en-demeure",
        LetterModel::DernierAvis => "dernier-avis",
        LetterModel::Releve => "releve",
        LetterModel::ConfirmationEntretien => "confirmation-entretien",
        LetterModel::ReponseContestation => "reponse-contestation",
        LetterModel::AccordEcheancier => "accord-echeancier",
    }
}

/// Returns when a level comes, as it is read: « J+8 »; the first one is counted from the due date whatever it says.
pub(super) fn timing(level: &Level, place: Place) -> String {
    match (level.after, place) {
        (After::DueDate { days: 0 }, _) => "J".to_owned(),
        (After::DueDate { days }, _) if days < 0 => format!("J\u{2212}{}", days.unsigned_abs()),
        (After::DueDate { days }, _) => format!("J+{days}"),
        (After::PreviousLevel { days }, Place::First) => format!("J+{days}"),
        (After::PreviousLevel { days }, Place::Later) => format!("{} après l’étape précédente", days_of(days)),
    }
}

/// Where a level stands among the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// No level comes before it.
    First,
    /// Some level does.
    Later,
}

/// Writes a number of days: « 1 jour », « 8 jours ».
pub(crate) fn days_of(days: u32) -> String {
    if days <= 1 { format!("{days} jour") } else { format!("{days} jours") }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use dument_domain::dunning::{Policy, StandardPolicy};

    use super::*;

    #[test]
    fn the_file_names_letters_as_the_command_line_does() {
        for letter in MODELS {
            assert_eq!(serde_json::to_value(letter).unwrap(), model(letter));
            assert!(!letter.quotes(), "{letter:?} quotes what a mere day does not bring");
        }
    }

    #[test]
    fn a_day_is_read_from_the_due_date_or_from_the_step_before() {
        let mut level = Policy::standard(StandardPolicy::Professional).levels.remove(0);
        let mut at = |after, place| {
            level.after = after;
            timing(&level, place)
        };
        assert_eq!(at(After::DueDate { days: -5 }, Place::First), "J\u{2212}5");
        assert_eq!(at(After::DueDate { days: 0 }, Place::Later), "J");
        assert_eq!(at(After::DueDate { days: 8 }, Place::Later), "J+8");
        assert_eq!(at(After::PreviousLevel { days: 15 }, Place::Later), "15 jours après l’étape précédente");
        assert_eq!(at(After::PreviousLevel { days: 15 }, Place::First), "J+15", "nothing comes before the first");
    }
}
