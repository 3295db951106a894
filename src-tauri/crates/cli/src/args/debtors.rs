//! Customers.

use std::path::PathBuf;

use clap::Args;

use super::words::{AllocationArg, HandlingArg, StandingArg};

#[derive(Args)]
pub struct DebtorArgs {
    pub entreprise: PathBuf,
    #[arg(long)]
    pub nom: String,
    /// professionnel, consommateur ou public
    #[arg(long, value_enum)]
    pub qualite: StandingArg,
    /// Corrige la fiche du client de ce nom
    #[arg(long, value_name = "NOM")]
    pub corriger: Option<String>,
    /// SIREN ou SIRET
    #[arg(long)]
    pub siren: Option<String>,
    /// Lignes séparées par des virgules
    #[arg(long)]
    pub adresse: Option<String>,
    #[arg(long)]
    pub email: Option<String>,
    #[arg(long)]
    pub telephone: Option<String>,
    /// Jours qu’il a d’habitude pour payer
    #[arg(long)]
    pub delai: Option<u32>,
    /// Taux de pénalités convenu : 12, 3xlegal ou bce+10
    #[arg(long)]
    pub taux_convenu: Option<String>,
    /// Ce qu’un paiement partiel règle d’abord : interets ou principal
    #[arg(long, value_enum)]
    pub imputation: Option<AllocationArg>,
    /// normale, menagee (politique « Relation à ménager »), jamais-sans-moi (hors des lots), par-etape (un courrier par étape) ou aucune
    #[arg(long, value_enum, default_value = "normale")]
    pub relance: HandlingArg,
}
