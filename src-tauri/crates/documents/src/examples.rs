//! One example of each document and variant: preview data, and the input of the golden tests.

use crate::data::Document;

/// Embeds examples of `templates/donnees/`, each under its name.
macro_rules! examples {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../../../templates/donnees/", $name, ".json")))),*]
    };
}

const EXAMPLES: &[(&str, &str)] = examples![
    "accord-echeancier-artisan",
    "accord-echeancier-consommateur",
    "accord-echeancier-professionnel",
    "accord-echeancier-public",
    "bordereau",
    "bordereau-envoi",
    "chronologie",
    "confirmation-entretien-consommateur",
    "confirmation-entretien-professionnel",
    "couverture",
    "couverture-contestee",
    "decompte-avec-remises",
    "decompte-consommateur",
    "decompte-professionnel",
    "decompte-public",
    "dernier-avis-consommateur",
    "dernier-avis-professionnel",
    "dernier-avis-public",
    "intercalaire-chiffree",
    "mise-en-demeure-consommateur",
    "mise-en-demeure-professionnel",
    "mise-en-demeure-professionnel-taux-convenu",
    "mise-en-demeure-public",
    "politique-recouvrement",
    "politique-recouvrement-sans-exception",
    "proces-verbal-interne-appel",
    "proces-verbal-interne-courriel",
    "proces-verbal-interne-echeancier",
    "proces-verbal-interne-informe",
    "proces-verbal-interne-non-prouve",
    "proces-verbal-interne-promesse",
    "rappel-echeance-consommateur",
    "rappel-echeance-professionnel",
    "rappel-echeance-public",
    "relance-amiable-consommateur",
    "relance-amiable-professionnel",
    "relance-amiable-public",
    "relance-amiable-ton-ferme",
    "relance-amiable-ton-neutre",
    "relance-ferme-60-factures",
    "relance-ferme-consommateur",
    "relance-ferme-consommateur-ton-cordial",
    "relance-ferme-niveaux",
    "relance-ferme-professionnel",
    "relance-ferme-public",
    "relance-ferme-ton-cordial",
    "relance-ferme-ton-neutre",
    "relance-promesse-consommateur",
    "relance-promesse-echeancier-consommateur",
    "relance-promesse-echeancier-professionnel",
    "relance-promesse-professionnel",
    "relance-promesse-public",
    "releve-professionnel",
    "reponse-contestation-consommateur",
    "reponse-contestation-professionnel",
    "reponse-contestation-public",
];

/// Returns every example, with its name.
#[must_use]
pub fn examples() -> Vec<(&'static str, Document)> {
    EXAMPLES
        .iter()
        .map(|(name, json)| {
            let document = serde_json::from_str(json);
            (*name, document.unwrap_or_else(|fault| panic!("BUG: the example {name} is not a document: {fault}")))
        })
        .collect()
}
