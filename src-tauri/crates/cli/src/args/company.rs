//! Who the owner is, and how interest is counted.

use std::path::PathBuf;

use clap::Args;

use super::words::{AllocationArg, BaseArg, VariationArg};

#[derive(Args)]
pub struct CompanyArgs {
    #[arg(long)]
    pub nom: String,
    /// SIREN ou SIRET
    #[arg(long)]
    pub siren: Option<String>,
    /// Lignes séparées par des virgules
    #[arg(long)]
    pub adresse: Option<String>,
    #[arg(long)]
    pub iban: Option<String>,
    #[arg(long)]
    pub bic: Option<String>,
    #[arg(long)]
    pub email: Option<String>,
    #[arg(long)]
    pub telephone: Option<String>,
    /// Forme juridique
    #[arg(long)]
    pub forme: Option<String>,
    #[arg(long)]
    pub capital: Option<String>,
    /// Ville du registre du commerce
    #[arg(long)]
    pub rcs: Option<String>,
    /// Numéro de TVA
    #[arg(long)]
    pub tva: Option<String>,
    /// Médiateur de la consommation : nom, adresse, site
    #[arg(long)]
    pub mediateur: Option<String>,
}

#[derive(Args)]
pub struct ConventionArgs {
    pub entreprise: PathBuf,
    /// Quand le semestre change : semestre ou fixe
    #[arg(long, value_enum, default_value = "semestre")]
    pub taux: VariationArg,
    /// Par quoi une année est divisée : 365 ou reelle
    #[arg(long, value_enum, default_value = "365")]
    pub base: BaseArg,
    /// Ce qu’un paiement partiel règle d’abord : interets ou principal
    #[arg(long, value_enum, default_value = "interets")]
    pub imputation: AllocationArg,
}

#[derive(Args)]
pub struct RateArgs {
    pub entreprise: PathBuf,
    /// Semestre, par exemple 2027-S1
    #[arg(long)]
    pub semestre: String,
    /// Taux de refinancement de la BCE au premier jour du semestre
    #[arg(long)]
    pub bce: String,
    /// Taux légal, créanciers professionnels
    #[arg(long)]
    pub legal_professionnel: String,
    /// Taux légal, autres personnes physiques
    #[arg(long)]
    pub legal_particulier: String,
    /// Où ces taux sont publiés
    #[arg(long)]
    pub source: String,
}
