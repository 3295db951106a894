//! One example of each document and variant: preview data, and the input of the golden tests.

use crate::data::Document;

/// Embeds examples of `templates/donnees/`, each under its name.
macro_rules! examples {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../../../templates/donnees/", $name, ".json")))),*]
    };
}

const EXAMPLES: &[(&str, &str)] = examples![
    "bordereau",
    "chronologie",
    "couverture",
    "couverture-contestee",
    "decompte-avec-remises",
    "decompte-consommateur",
    "decompte-professionnel",
    "decompte-public",
    "intercalaire-chiffree",
    "mise-en-demeure-consommateur",
    "mise-en-demeure-professionnel",
    "mise-en-demeure-professionnel-taux-convenu",
    "mise-en-demeure-public",
    "proces-verbal-interne-appel",
    "proces-verbal-interne-informe",
    "proces-verbal-interne-non-prouve",
    "relance-amiable-consommateur",
    "relance-amiable-professionnel",
    "relance-amiable-public",
    "relance-ferme-60-factures",
    "relance-ferme-consommateur",
    "relance-ferme-professionnel",
    "relance-ferme-public",
    "releve-professionnel",
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
