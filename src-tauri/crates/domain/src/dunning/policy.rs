//! The rules the owner gave himself: an ordered list of levels, and how careful the engine is.

use serde::{Deserialize, Serialize};

use super::level::{After, Claims, Level, LevelId, Means, Tone};
use crate::fact::{Channel, LetterModel, Seq};
use crate::party::{Handling, Standing};
use crate::{Amount, Fault};

/// The policies that come with the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StandardPolicy {
    /// For professionals.
    Professional,
    /// For consumers: the same shape, softer words, no indemnity.
    Consumer,
    /// For public bodies: slower, and by letter.
    PublicBody,
    /// For people one wants to keep, « relation à ménager ».
    WithCare,
}

/// One version of a policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PolicyId {
    /// As it comes with the program.
    Standard(StandardPolicy),
    /// As the owner adopted it, by the number of that fact.
    Adopted(Seq),
}

impl PolicyId {
    /// Returns the fact by which the owner adopted it.
    #[must_use]
    pub fn adopted(self) -> Option<Seq> {
        match self {
            Self::Standard(_) => None,
            Self::Adopted(seq) => Some(seq),
        }
    }
}

/// Days that something spends on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transit {
    /// Electronic mail.
    pub email: u32,
    /// Ordinary post.
    pub letter: u32,
    /// Registered post.
    pub lrar: u32,
    /// Registered electronic letter.
    pub lre: u32,
}

impl Transit {
    /// Returns the days it spends on its way.
    #[must_use]
    pub fn of(self, channel: Channel) -> u32 {
        match channel {
            Channel::Email => self.email,
            Channel::Letter => self.letter,
            Channel::Lrar => self.lrar,
            Channel::Lre => self.lre,
        }
    }
}

/// How careful the engine is; every number is days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Care {
    /// On the way.
    pub transit: Transit,
    /// At least between two writings to one debtor.
    pub between_writings: u32,
    /// Added to the day of a promise, or of an instalment of a plan, before it is broken.
    pub promise_grace: u32,
    /// A letter drawn up and not sent is drawn up again after these.
    pub draft_validity: u32,
    /// The last look at the bank may be so old when something leaves.
    pub bank_check: u32,
    /// The answer of the post to a registered letter is asked for after these.
    pub receipt_wait: u32,
    /// A step that would fall on a Sunday or a holiday waits for the next working day.
    pub on_working_days: bool,
    /// A due date on a day without banks is met on the next working day.
    pub banking_tolerance: bool,
}

impl Default for Care {
    fn default() -> Self {
        Self {
            transit: Transit { email: 0, letter: 3, lrar: 3, lre: 0 },
            between_writings: 3,
            promise_grace: 2,
            draft_validity: 7,
            bank_check: 7,
            receipt_wait: 10,
            on_working_days: false,
            banking_tolerance: false,
        }
    }
}

/// A policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// Its name: the versions of one policy share it.
    pub name: String,
    /// For whom it is the rule, unless the owner says otherwise of a debtor or an invoice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standing: Option<Standing>,
    /// Its levels, in order.
    pub levels: Vec<Level>,
    /// How careful the engine is.
    #[serde(default)]
    pub care: Care,
}

impl Policy {
    /// Returns a policy that comes with the program.
    #[must_use]
    pub fn standard(which: StandardPolicy) -> Self {
        match which {
            StandardPolicy::Professional => Self {
                name: "Professionnels".to_owned(),
                standing: Some(Standing::Professional),
                levels: vec![
                    writing("rappel", "Rappel avant échéance", -5, Channel::Email, LetterModel::RappelEcheance),
                    call(1),
                    delayed(writing("relance-1", "Relance amiable", 8, Channel::Email, LetterModel::RelanceAmiable), 8),
                    everything(firm(delayed(
                        writing("relance-2", "Relance ferme", 20, Channel::Email, LetterModel::RelanceFerme),
                        8,
                    ))),
                    everything(firm(delayed(
                        writing("mise-en-demeure", "Mise en demeure", 35, Channel::Lrar, LetterModel::MiseEnDemeure),
                        8,
                    ))),
                    decision(50),
                ],
                care: Care::default(),
            },
            StandardPolicy::Consumer => Self {
                name: "Consommateurs".to_owned(),
                standing: Some(Standing::Consumer),
                levels: vec![
                    cordial(writing(
                        "rappel",
                        "Rappel avant échéance",
                        -5,
                        Channel::Email,
                        LetterModel::RappelEcheance,
                    )),
                    call(1),
                    cordial(delayed(
                        writing("relance-1", "Relance amiable", 8, Channel::Email, LetterModel::RelanceAmiable),
                        10,
                    )),
                    everything(delayed(
                        writing("relance-2", "Relance ferme", 20, Channel::Letter, LetterModel::RelanceFerme),
                        10,
                    )),
                    everything(delayed(
                        writing("mise-en-demeure", "Mise en demeure", 35, Channel::Lrar, LetterModel::MiseEnDemeure),
                        15,
                    )),
                    decision(50),
                ],
                care: Care::default(),
            },
            StandardPolicy::PublicBody => Self {
                name: "Organismes publics".to_owned(),
                standing: Some(Standing::PublicBody),
                levels: vec![
                    call(8),
                    delayed(
                        writing("relance-1", "Relance amiable", 15, Channel::Email, LetterModel::RelanceAmiable),
                        15,
                    ),
                    everything(firm(delayed(
                        writing("relance-2", "Relance ferme", 35, Channel::Letter, LetterModel::RelanceFerme),
                        15,
                    ))),
                    everything(firm(delayed(
                        writing("mise-en-demeure", "Mise en demeure", 60, Channel::Lrar, LetterModel::MiseEnDemeure),
                        15,
                    ))),
                    decision(90),
                ],
                care: Care::default(),
            },
            StandardPolicy::WithCare => Self {
                name: "Relation à ménager".to_owned(),
                standing: None,
                levels: vec![
                    call(5),
                    cordial(delayed(
                        writing("relance-1", "Relance amiable", 15, Channel::Email, LetterModel::RelanceAmiable),
                        10,
                    )),
                    Level { id: id("appel-2"), title: "Second appel".to_owned(), ..call(30) },
                    delayed(writing("relance-2", "Relance ferme", 40, Channel::Letter, LetterModel::RelanceFerme), 10),
                    decision(60),
                ],
                care: Care::default(),
            },
        }
    }

    /// Returns the levels that are still used, in order.
    pub fn levels_in_use(&self) -> impl Iterator<Item = &Level> {
        self.levels.iter().filter(|level| !level.archived)
    }

    /// Returns the place of a level, archived or not.
    #[must_use]
    pub fn place(&self, level: &LevelId) -> Option<usize> {
        self.levels.iter().position(|known| known.id == *level)
    }

    /// Returns a level, archived or not.
    #[must_use]
    pub fn level(&self, level: &LevelId) -> Option<&Level> {
        self.levels.iter().find(|known| known.id == *level)
    }

    /// Returns everything that stops it from being adopted.
    #[must_use]
    pub fn refusals(&self) -> Vec<Fault> {
        let refusal = |code, path: String, sentence: String| Fault::refusal(code, path, sentence);
        let mut faults = Vec::new();
        if self.name.trim().is_empty() {
            faults.push(refusal(
                "politique-sans-nom",
                "nom".to_owned(),
                "La politique n’a pas de nom : donnez-lui-en un.".to_owned(),
            ));
        }
        if self.levels_in_use().next().is_none() {
            faults.push(refusal(
                "politique-vide",
                "niveaux".to_owned(),
                "La politique n’a aucun niveau en usage : gardez-en au moins un.".to_owned(),
            ));
        }
        let mut previous: Option<i32> = None;
        for (index, level) in self.levels.iter().enumerate() {
            let path = format!("niveaux[{index}]");
            if self.place(&level.id) != Some(index) {
                faults.push(refusal(
                    "niveau-en-double",
                    path.clone(),
                    format!("Deux niveaux s’appellent « {} » : renommez l’un des deux.", level.id),
                ));
            }
            let speaks = matches!(level.means, Means::Writing(_)) == level.model.is_some();
            if !speaks {
                faults.push(refusal(
                    "niveau-sans-modele",
                    path.clone(),
                    format!("Le niveau « {} » : un envoi demande un modèle de courrier, un appel ou une décision n’en ont pas ; corrigez-le.", level.title),
                ));
            }
            if level.delay_days == Some(0) {
                faults.push(refusal(
                    "delai-nul",
                    path.clone(),
                    format!("Le niveau « {} » laisse un délai nul : indiquez au moins un jour, ou rien.", level.title),
                ));
            }
            if let After::DueDate { days } = level.after {
                if previous.is_some_and(|previous| days < previous) && !level.archived {
                    faults.push(refusal(
                        "niveaux-en-desordre",
                        path,
                        format!("Le niveau « {} » tombe avant celui qui le précède : remettez les niveaux dans l’ordre de leurs délais.", level.title),
                    ));
                }
                if !level.archived {
                    previous = Some(days);
                }
            }
        }
        faults
    }
}

impl StandardPolicy {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Professional, Self::Consumer, Self::PublicBody, Self::WithCare];

    /// Returns the one for a debtor of whom the owner said nothing else.
    #[must_use]
    pub fn of(standing: Standing, handling: Handling) -> Self {
        match (handling, standing) {
            (Handling::WithCare, _) => Self::WithCare,
            (_, Standing::Professional) => Self::Professional,
            (_, Standing::Consumer) => Self::Consumer,
            (_, Standing::PublicBody) => Self::PublicBody,
        }
    }
}

fn id(name: &str) -> LevelId {
    LevelId::parse(name).expect("BUG: the levels of the program have lawful names")
}

fn plain(name: &str, title: &str, days: i32, means: Means, model: Option<LetterModel>) -> Level {
    Level {
        id: id(name),
        title: title.to_owned(),
        after: After::DueDate { days },
        means,
        tone: Tone::Neutral,
        model,
        delay_days: None,
        claims: Claims::Principal,
        minimum: None,
        by: None,
        archived: false,
    }
}

fn writing(name: &str, title: &str, days: i32, channel: Channel, model: LetterModel) -> Level {
    plain(name, title, days, Means::Writing(channel), Some(model))
}

fn call(days: i32) -> Level {
    plain("appel", "Appel", days, Means::Call, None)
}

fn decision(days: i32) -> Level {
    plain("decision", "Décision", days, Means::Decision, None)
}

fn delayed(level: Level, days: u32) -> Level {
    Level { delay_days: Some(days), ..level }
}

fn cordial(level: Level) -> Level {
    Level { tone: Tone::Cordial, ..level }
}

fn firm(level: Level) -> Level {
    Level { tone: Tone::Firm, ..level }
}

fn everything(level: Level) -> Level {
    Level { claims: Claims::Everything, ..level }
}

/// Says whether a sum is below what a level bothers a debtor for.
pub(super) fn is_too_small(level: &Level, overdue: Amount) -> bool {
    level.minimum.is_some_and(|minimum| overdue < minimum)
}
