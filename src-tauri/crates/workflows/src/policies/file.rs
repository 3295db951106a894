//! A policy as a file that its owner edits: TOML, in French.
//!
//! What is wrong is said all at once, each with its line. The reading is ours and not serde's: its sentences are for
//! programmers, and it stops at the first fault.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::RangeInclusive;

use dument_domain::dunning::{After, Care, Claims, Level, LevelId, Means, Policy, Tone, Transit};
use dument_domain::fact::{Channel, LetterModel};
use dument_domain::{Amount, Fault};
use toml::de::{DeTable, DeValue};

use super::names;
use crate::entry;

/// The most that is read.
const LIMIT: usize = 64 * 1024;

/// Ten years: beyond, a number of days is a mistake.
const FAR: i64 = 3650;

/// Faults of syntax shown at once: after a few, they follow from one another.
const SYNTAX_FAULTS: usize = 3;

const POLICY_KEYS: &[&str] = &[
    "nom",
    "pour",
    "acheminement",
    "entre_deux_courriers",
    "grace_promesse",
    "validite_courrier",
    "verification_banque",
    "attente_accuse",
    "jours_ouvres",
    "tolerance_bancaire",
    "niveau",
];
const TRANSIT_KEYS: &[&str] = &["courriel", "lettre", "lrar", "lre"];
const LEVEL_KEYS: &[&str] =
    &["nom", "titre", "jours", "apres", "canal", "ton", "modele", "delai", "reclame", "minimum", "par", "archive"];

/// Reads a policy.
///
/// # Errors
/// Everything that is wrong with the file; whether the policy itself can be adopted is the ledger's to say.
pub(super) fn read(bytes: &[u8]) -> Result<Policy, Vec<Fault>> {
    if bytes.len() > LIMIT {
        return Err(vec![Fault::refusal(
            "politique-trop-longue",
            "fichier",
            format!(
                "Ce fichier dépasse {} Ko : une politique tient en quelques pages, vérifiez que c’est le bon.",
                LIMIT / 1024
            ),
        )]);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| {
        let sentence = "Ce fichier n’est pas du texte en UTF-8 : enregistrez-le dans cet encodage.";
        vec![Fault::refusal("politique-illisible", "fichier", sentence)]
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (document, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        return Err(errors.iter().take(SYNTAX_FAULTS).map(|error| syntax(text, error)).collect());
    }
    let mut reading = Reading { text, faults: Vec::new() };
    let policy = reading.policy(document.get_ref());
    match policy {
        Some(policy) if reading.faults.is_empty() => Ok(policy),
        _ => Err(reading.faults),
    }
}

fn syntax(text: &str, error: &toml::de::Error) -> Fault {
    let line = error.span().map_or(1, |span| line_of(text, span.start));
    let what = if error.message().starts_with("duplicate key") {
        "cette clé est déjà écrite plus haut : gardez-en une seule."
    } else {
        "le fichier n’est pas lisible ici : vérifiez le signe =, les guillemets autour des mots et les crochets."
    };
    Fault::refusal("politique-illisible", format!("ligne {line}"), format!("Ligne {line} : {what}"))
}

/// Returns the line of a place in a text, the first being 1.
fn line_of(text: &str, at: usize) -> usize {
    1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count()
}

/// A value, and its line.
type Found<'a> = (usize, &'a DeValue<'a>);

/// One table of the file, its keys being taken one after the other.
struct Keys<'a> {
    /// The line it begins on.
    line: usize,
    /// As it is named in a sentence.
    name: &'static str,
    found: BTreeMap<&'a str, Found<'a>>,
}

impl<'a> Keys<'a> {
    fn take(&mut self, key: &str) -> Option<Found<'a>> {
        self.found.remove(key)
    }
}

struct Reading<'a> {
    text: &'a str,
    faults: Vec<Fault>,
}

impl<'a> Reading<'a> {
    fn policy(&mut self, table: &'a DeTable<'a>) -> Option<Policy> {
        let mut keys = self.keys(table, 1, "la politique", POLICY_KEYS);
        let name = self.required_text(&mut keys, "nom");
        let standing = self.choice(&mut keys, "pour", &names::STANDINGS, names::standing);
        let care = self.care(&mut keys);
        let levels = self.levels(&mut keys);
        Some(Policy { name: name?, standing, levels, care })
    }

    fn care(&mut self, keys: &mut Keys<'a>) -> Care {
        let usual = Care::default();
        let mut days = |reading: &mut Self, key: &str, usual: u32| reading.days(keys, key, 0..=FAR).unwrap_or(usual);
        Care {
            between_writings: days(self, "entre_deux_courriers", usual.between_writings),
            promise_grace: days(self, "grace_promesse", usual.promise_grace),
            draft_validity: days(self, "validite_courrier", usual.draft_validity),
            bank_check: days(self, "verification_banque", usual.bank_check),
            receipt_wait: days(self, "attente_accuse", usual.receipt_wait),
            transit: self.transit(keys, usual.transit),
            on_working_days: self.flag(keys, "jours_ouvres").unwrap_or(usual.on_working_days),
            banking_tolerance: self.flag(keys, "tolerance_bancaire").unwrap_or(usual.banking_tolerance),
        }
    }

    fn transit(&mut self, keys: &mut Keys<'a>, usual: Transit) -> Transit {
        let Some((line, value)) = keys.take("acheminement") else { return usual };
        let DeValue::Table(table) = value else {
            self.refuse(
                line,
                "« acheminement » se donne en jours : écrivez { courriel = 0, lettre = 3, lrar = 3, lre = 0 }.",
            );
            return usual;
        };
        let mut keys = self.keys(table, line, "« acheminement »", TRANSIT_KEYS);
        let mut days = |key: &str, usual: u32| self.days(&mut keys, key, 0..=FAR).unwrap_or(usual);
        Transit {
            email: days("courriel", usual.email),
            letter: days("lettre", usual.letter),
            lrar: days("lrar", usual.lrar),
            lre: days("lre", usual.lre),
        }
    }

    fn levels(&mut self, keys: &mut Keys<'a>) -> Vec<Level> {
        let tables = match keys.take("niveau") {
            Some((_, DeValue::Array(tables))) => tables,
            Some((line, _)) => {
                self.refuse(line, "les niveaux s’écrivent chacun sous un titre [[niveau]], avec deux crochets : remplacez cette ligne.");
                return Vec::new();
            }
            None => {
                self.refuse(keys.line, "la politique n’a aucun niveau : ajoutez-en un sous un titre [[niveau]].");
                return Vec::new();
            }
        };
        let mut levels = Vec::new();
        for table in tables {
            let line = line_of(self.text, table.span().start);
            match table.get_ref() {
                DeValue::Table(table) => levels.extend(self.level(table, line)),
                _ => self.refuse(
                    line,
                    "un niveau s’écrit sous un titre [[niveau]], une clé par ligne : remplacez cette ligne.",
                ),
            }
        }
        levels
    }

    fn level(&mut self, table: &'a DeTable<'a>, line: usize) -> Option<Level> {
        let mut keys = self.keys(table, line, "le niveau", LEVEL_KEYS);
        let id = self.required_text(&mut keys, "nom").and_then(|name| {
            let id = LevelId::parse(&name);
            if id.is_none() {
                self.refuse(
                    line,
                    &format!("« {name} » ne peut pas nommer un niveau : prenez des minuscules sans accent, des chiffres et des tirets, 40 au plus (le titre est libre)."),
                );
            }
            id
        });
        let title = self.required_text(&mut keys, "titre");
        let after = self.after(&mut keys);
        let means = self.required_choice(&mut keys, "canal", &names::MEANS, names::means);
        let tone = self.choice(&mut keys, "ton", &names::TONES, names::tone);
        let model = self.choice(&mut keys, "modele", &names::MODELS, names::model);
        let delay_days = self.days(&mut keys, "delai", 1..=365);
        let claims = self.choice(&mut keys, "reclame", &names::CLAIMS, names::claims);
        let minimum = self.sum(&mut keys, "minimum");
        let by = self.text(&mut keys, "par");
        let archived = self.flag(&mut keys, "archive").unwrap_or(false);
        self.consistent(line, means, model);
        Some(Level {
            id: id?,
            title: title?,
            after: after?,
            means: means?,
            tone: tone.unwrap_or_default(),
            model,
            delay_days,
            claims: claims.unwrap_or_default(),
            minimum,
            by,
            archived,
        })
    }

    /// Says at its line what the ledger would refuse: a writing without its letter, a call with one.
    fn consistent(&mut self, line: usize, means: Option<Means>, model: Option<LetterModel>) {
        match (means, model) {
            (Some(Means::Writing(_)), None) => {
                let known = listed(&names::MODELS, names::model);
                self.refuse(line, &format!("ce niveau écrit, mais ne dit pas quoi : ajoutez « modele » ({known})."));
            }
            (Some(Means::Call | Means::Decision), Some(_)) => {
                self.refuse(line, "un appel ou une décision n’envoie aucun courrier : retirez « modele ».");
            }
            (Some(Means::Writing(_)), Some(_)) | (Some(Means::Call | Means::Decision), None) | (None, _) => {}
        }
    }

    fn after(&mut self, keys: &mut Keys<'a>) -> Option<After> {
        let line = keys.line;
        let (from_due_date, from_previous) = (keys.found.contains_key("jours"), keys.found.contains_key("apres"));
        let days = self.number(keys, "jours", -365..=FAR);
        let after = self.days(keys, "apres", 1..=FAR);
        match (from_due_date, from_previous) {
            (true, false) => days.and_then(|days| i32::try_from(days).ok()).map(|days| After::DueDate { days }),
            (false, true) => after.map(|days| After::PreviousLevel { days }),
            (true, true) => {
                self.refuse(line, "ce niveau dit à la fois « jours » (depuis l’échéance) et « apres » (depuis le niveau précédent) : gardez l’un des deux.");
                None
            }
            (false, false) => {
                self.refuse(line, "ce niveau ne dit pas quand il vient : ajoutez « jours » (depuis l’échéance, négatif avant elle) ou « apres » (depuis le niveau précédent).");
                None
            }
        }
    }

    /// Opens a table: a key it should not have is a fault.
    fn keys(&mut self, table: &'a DeTable<'a>, line: usize, name: &'static str, known: &[&str]) -> Keys<'a> {
        let mut found = BTreeMap::new();
        for (key, value) in table {
            let (at, key) = (line_of(self.text, key.span().start), key.get_ref().as_ref());
            if known.contains(&key) {
                found.insert(key, (at, value.get_ref()));
            } else {
                let known = known.join(", ");
                self.refuse(
                    at,
                    &format!(
                        "« {key} » n’est pas une clé connue ici : corrigez-la ou retirez-la. Clés connues : {known}."
                    ),
                );
            }
        }
        Keys { line, name, found }
    }

    fn required_text(&mut self, keys: &mut Keys<'a>, key: &str) -> Option<String> {
        self.require(keys, key);
        self.text(keys, key)
    }

    fn required_choice<T: Copy>(
        &mut self,
        keys: &mut Keys<'a>,
        key: &str,
        known: &[T],
        name: fn(T) -> &'static str,
    ) -> Option<T> {
        self.require(keys, key);
        self.choice(keys, key, known, name)
    }

    fn require(&mut self, keys: &Keys<'a>, key: &str) {
        if !keys.found.contains_key(key) {
            self.refuse(keys.line, &format!("il manque « {key} » dans {} : ajoutez cette clé.", keys.name));
        }
    }

    fn text(&mut self, keys: &mut Keys<'a>, key: &str) -> Option<String> {
        let (line, value) = keys.take(key)?;
        let text = match value {
            DeValue::String(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
            _ => String::new(),
        };
        if text.is_empty() {
            self.refuse(line, &format!("« {key} » est un texte : écrivez-le entre guillemets, {key} = \"…\"."));
            return None;
        }
        Some(text)
    }

    fn choice<T: Copy>(
        &mut self,
        keys: &mut Keys<'a>,
        key: &str,
        known: &[T],
        name: fn(T) -> &'static str,
    ) -> Option<T> {
        let line = keys.found.get(key).map(|(line, _)| *line)?;
        let text = self.text(keys, key)?;
        let found = known.iter().copied().find(|value| name(*value) == text);
        if found.is_none() {
            let known = listed(known, name);
            self.refuse(line, &format!("« {text} » n’est pas une valeur de « {key} » : écrivez {known}."));
        }
        found
    }

    fn number(&mut self, keys: &mut Keys<'a>, key: &str, range: RangeInclusive<i64>) -> Option<i64> {
        let (line, value) = keys.take(key)?;
        let number = match value {
            DeValue::Integer(integer) => i64::from_str_radix(integer.as_str(), integer.radix()).ok(),
            _ => None,
        };
        let number = number.filter(|number| range.contains(number));
        if number.is_none() {
            let (least, most) = (range.start(), range.end());
            self.refuse(
                line,
                &format!(
                    "« {key} » est un nombre entier de jours, de {least} à {most}, sans guillemets : corrigez-le."
                ),
            );
        }
        number
    }

    fn days(&mut self, keys: &mut Keys<'a>, key: &str, range: RangeInclusive<i64>) -> Option<u32> {
        self.number(keys, key, range).and_then(|days| u32::try_from(days).ok())
    }

    fn flag(&mut self, keys: &mut Keys<'a>, key: &str) -> Option<bool> {
        let (line, value) = keys.take(key)?;
        if let DeValue::Boolean(flag) = value {
            return Some(*flag);
        }
        self.refuse(
            line,
            &format!("« {key} » se répond par true (oui) ou false (non), sans guillemets : corrigez-le."),
        );
        None
    }

    fn sum(&mut self, keys: &mut Keys<'a>, key: &str) -> Option<Amount> {
        let (line, value) = keys.take(key)?;
        let sum = match value {
            DeValue::String(text) => entry::amount(text).ok(),
            DeValue::Integer(integer) => Amount::parse(integer.as_str()),
            _ => None,
        };
        let sum = sum.filter(|sum| sum.is_positive());
        if sum.is_none() {
            self.refuse(line, &format!("« {key} » est une somme au-dessus de zéro, entre guillemets : écrivez par exemple {key} = \"50,00\"."));
        }
        sum
    }

    fn refuse(&mut self, line: usize, sentence: &str) {
        let sentence = format!("Ligne {line} : {sentence}");
        self.faults.push(Fault::refusal("politique-a-corriger", format!("ligne {line}"), sentence));
    }
}

fn listed<T: Copy>(known: &[T], name: fn(T) -> &'static str) -> String {
    known.iter().map(|value| name(*value)).collect::<Vec<_>>().join(", ")
}

/// Writes a policy so that its owner can edit it: [`read`] gives it back.
pub(super) fn write(policy: &Policy) -> String {
    let Policy { name, standing, levels, care } = policy;
    let Care { transit, .. } = care;
    let mut text = String::from(HEADING);
    line(&mut text, "nom", &quoted(name));
    if let Some(standing) = standing {
        line(&mut text, "pour", &quoted(names::standing(*standing)));
    }
    text.push_str("\n# En jours.\n");
    let on_its_way = |channel: Channel| format!("{} = {}", names::means(Means::Writing(channel)), transit.of(channel));
    let ways = [Channel::Email, Channel::Letter, Channel::Lrar, Channel::Lre].map(on_its_way).join(", ");
    line(&mut text, "acheminement", &format!("{{ {ways} }}"));
    line(&mut text, "entre_deux_courriers", &care.between_writings.to_string());
    line(&mut text, "grace_promesse", &care.promise_grace.to_string());
    line(&mut text, "validite_courrier", &care.draft_validity.to_string());
    line(&mut text, "verification_banque", &care.bank_check.to_string());
    line(&mut text, "attente_accuse", &care.receipt_wait.to_string());
    text.push_str("\n# true (oui) ou false (non).\n");
    line(&mut text, "jours_ouvres", &care.on_working_days.to_string());
    line(&mut text, "tolerance_bancaire", &care.banking_tolerance.to_string());
    for level in levels {
        text.push_str("\n[[niveau]]\n");
        write_level(&mut text, level);
    }
    text
}

const HEADING: &str = "\
# Une politique de recouvrement. Modifiez-la, essayez-la, puis adoptez-la.
#
# pour : professionnel, consommateur ou public ; sans cette ligne, elle ne sert qu’à qui vous l’affectez.
# Un niveau vient « jours » après l’échéance (avant elle si négatif), ou « apres » jours après le niveau précédent.
# canal : appel, courriel, lettre, lrar, lre ou decision.      ton : cordial, neutre ou ferme.
# modele : rappel-echeance, relance-amiable, relance-ferme, mise-en-demeure, dernier-avis ou releve.
# delai : jours laissés pour payer.      reclame : principal, ou tout (avec intérêts et indemnités).
# minimum : au-dessous, le niveau attend (\"50,00\").      par : qui s’en charge, si ce n’est pas vous.
# Un niveau qui a servi ne se supprime pas : archive = true le retire des étapes à venir.

";

fn write_level(text: &mut String, level: &Level) {
    let Level { id, title, after, means, tone, model, delay_days, claims, minimum, by, archived } = level;
    line(text, "nom", &quoted(id.as_str()));
    line(text, "titre", &quoted(title));
    match after {
        After::DueDate { days } => line(text, "jours", &days.to_string()),
        After::PreviousLevel { days } => line(text, "apres", &days.to_string()),
    }
    line(text, "canal", &quoted(names::means(*means)));
    if *tone != Tone::default() || model.is_some() {
        line(text, "ton", &quoted(names::tone(*tone)));
    }
    if let Some(model) = model {
        line(text, "modele", &quoted(names::model(*model)));
    }
    if let Some(days) = delay_days {
        line(text, "delai", &days.to_string());
    }
    if *claims != Claims::default() || model.is_some() {
        line(text, "reclame", &quoted(names::claims(*claims)));
    }
    if let Some(minimum) = minimum {
        line(text, "minimum", &quoted(&minimum.to_string().replace('.', ",")));
    }
    if let Some(by) = by {
        line(text, "par", &quoted(by));
    }
    if *archived {
        line(text, "archive", "true");
    }
}

fn line(text: &mut String, key: &str, value: &str) {
    writeln!(text, "{key} = {value}").expect("BUG: writing to a string never fails");
}

fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use dument_domain::dunning::StandardPolicy;

    use super::*;

    fn sentences(text: &str) -> Vec<String> {
        let plain = |fault: Fault| fault.sentence.replace(['\u{a0}', '\u{202f}'], " ");
        read(text.as_bytes()).unwrap_err().into_iter().map(plain).collect()
    }

    #[track_caller]
    fn assert_says(text: &str, expected: &str) {
        let said = sentences(text);
        assert!(said.iter().any(|sentence| sentence.contains(expected)), "{expected} is not in {said:#?}");
    }

    /// The smallest policy there can be.
    const SMALL: &str =
        "nom = \"Ma politique\"\n\n[[niveau]]\nnom = \"appel\"\ntitre = \"Appel\"\njours = 5\ncanal = \"appel\"\n";

    #[test]
    fn what_comes_with_the_program_is_read_back_as_it_was_written() {
        for which in StandardPolicy::ALL {
            let policy = Policy::standard(which);
            assert_eq!(read(write(&policy).as_bytes()).unwrap(), policy, "{}", write(&policy));
        }
    }

    #[test]
    fn every_setting_survives_being_written_and_read() {
        let mut policy = Policy::standard(StandardPolicy::Consumer);
        policy.name = "Chantiers \"longs\" d’été \\ n° 2".to_owned();
        policy.standing = None;
        policy.care = Care {
            transit: Transit { email: 1, letter: 4, lrar: 5, lre: 2 },
            between_writings: 6,
            promise_grace: 7,
            draft_validity: 8,
            bank_check: 9,
            receipt_wait: 11,
            on_working_days: true,
            banking_tolerance: true,
        };
        for (level, days) in policy.levels.iter_mut().zip(1..) {
            level.after = After::PreviousLevel { days };
            level.minimum = Amount::parse("1234.50");
            level.by = Some("l’assistante 'Zoé'".to_owned());
            level.archived = days == 2;
            level.claims = Claims::Everything;
            level.tone = Tone::Firm;
            level.delay_days = Some(days);
        }
        assert_eq!(read(write(&policy).as_bytes()).unwrap(), policy, "{}", write(&policy));
    }

    #[test]
    fn any_choice_of_means_letter_tone_and_claim_survives() {
        let care = Care::default();
        for means in names::MEANS {
            for model in names::MODELS {
                for tone in names::TONES {
                    for claims in names::CLAIMS {
                        let model = matches!(means, Means::Writing(_)).then_some(model);
                        let level = Level {
                            id: LevelId::parse("n-1").unwrap(),
                            title: "Étape".to_owned(),
                            after: After::DueDate { days: -3 },
                            means,
                            tone,
                            model,
                            delay_days: None,
                            claims,
                            minimum: None,
                            by: None,
                            archived: false,
                        };
                        let policy = Policy { name: "X".to_owned(), standing: None, levels: vec![level], care };
                        assert_eq!(read(write(&policy).as_bytes()).unwrap(), policy);
                    }
                }
            }
        }
    }

    #[test]
    fn what_is_not_said_is_as_usual() {
        let policy = read(SMALL.as_bytes()).unwrap();
        assert_eq!((policy.care, policy.standing), (Care::default(), None));
        assert_eq!((policy.levels[0].tone, policy.levels[0].claims), (Tone::Neutral, Claims::Principal));
    }

    #[test]
    fn a_fault_is_told_at_its_line() {
        assert_says(&SMALL.replace("titre", "tire"), "Ligne 5 : « tire » n’est pas une clé connue");
        assert_says(&SMALL.replace("titre", "tire"), "Ligne 3 : il manque « titre » dans le niveau");
        assert_says(
            &SMALL.replace("\"appel\"\n", "\"pigeon\"\n").replacen("pigeon", "appel", 1),
            "Ligne 7 : « pigeon » n’est pas une valeur de « canal »",
        );
        assert_says(
            &SMALL.replacen("\"appel\"", "\"Appel 1\"", 1),
            "Ligne 3 : « Appel 1 » ne peut pas nommer un niveau",
        );
        assert_says(&SMALL.replace("nom = \"appel\"\n", ""), "Ligne 3 : il manque « nom » dans le niveau");
        assert_says(&SMALL.replace("jours = 5\n", ""), "Ligne 3 : ce niveau ne dit pas quand il vient");
        assert_says(&SMALL.replace("jours = 5", "jours = 5\napres = 3"), "à la fois « jours »");
        assert_says(&SMALL.replace("jours = 5", "jours = \"5\""), "Ligne 6 : « jours » est un nombre entier");
        assert_says(&SMALL.replace("jours = 5", "jours = 99999999999"), "de -365 à 3650");
        assert_says(
            &SMALL.replacen("\"appel\"\n", "\"x\"\n", 2).replace("canal = \"x\"", "canal = \"courriel\""),
            "ne dit pas quoi : ajoutez « modele »",
        );
        assert_says(&format!("{SMALL}modele = \"relance-ferme\"\n"), "retirez « modele »");
        assert_says(&format!("{SMALL}minimum = \"-3\"\n"), "Ligne 8 : « minimum » est une somme");
        assert_says(&format!("{SMALL}archive = \"oui\"\n"), "true (oui) ou false (non)");
        assert_says(&format!("{SMALL}nom = \"encore\"\n"), "Ligne 8 : cette clé est déjà écrite plus haut");
        assert_says("nom = \"X\"\nniveau = 3\n", "Ligne 2 : les niveaux s’écrivent chacun sous un titre");
        assert_says("nom = \"X\"\n", "aucun niveau");
        assert_says(
            &format!("pour = \"tous\"\n{SMALL}"),
            "Ligne 1 : « tous » n’est pas une valeur de « pour » : écrivez professionnel, consommateur, public",
        );
        assert_says(
            &format!("acheminement = {{ pigeon = 2 }}\n{SMALL}"),
            "Ligne 1 : « pigeon » n’est pas une clé connue",
        );
        assert_says(&format!("{SMALL}ton = «ferme»\n"), "Ligne 8 : le fichier n’est pas lisible ici");
    }

    #[test]
    fn all_faults_are_told_at_once() {
        let text = SMALL.replace("jours = 5", "jours = 5.5").replace("titre = \"Appel\"", "titre = 3");
        assert_eq!(sentences(&text).len(), 2, "{:?}", sentences(&text));
    }

    #[test]
    fn hostile_bytes_are_refused_and_never_panic() {
        let deep = format!("nom = {}1{}", "[".repeat(30_000), "]".repeat(30_000));
        for bytes in [
            b"\xff\xfe".to_vec(),
            vec![b'a'; LIMIT + 1],
            deep.into_bytes(),
            vec![0; 100],
            b"[[niveau]]\n[niveau]".to_vec(),
        ] {
            assert!(read(&bytes).is_err());
        }
        assert!(read(format!("\u{feff}{SMALL}").as_bytes()).is_ok(), "an editor may add a mark of its own");
    }
}
