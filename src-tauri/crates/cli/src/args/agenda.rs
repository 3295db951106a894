//! What to do today, why, and doing it.

use std::path::PathBuf;

use clap::Args;

#[derive(Args)]
pub struct WhyArgs {
    pub entreprise: PathBuf,
    /// Une seule facture
    #[arg(long, conflicts_with = "client")]
    pub facture: Option<String>,
    /// Toutes les factures ouvertes d’un client ; de tous sans cette option
    #[arg(long)]
    pub client: Option<String>,
}

#[derive(Args)]
pub struct DoArgs {
    pub entreprise: PathBuf,
    /// L’étape du jour de ce client
    #[arg(long, required_unless_present = "tout", conflicts_with = "tout")]
    pub client: Option<String>,
    /// Tous les courriers du jour que rien n’empêche
    #[arg(long, requires = "sortie")]
    pub tout: bool,
    #[arg(long, value_name = "FICHIER.pdf")]
    pub sortie: Option<PathBuf>,
    /// Ce qui demandait à être vérifié l’est
    #[arg(long)]
    pub confirmer: bool,
}

#[derive(Args)]
pub struct CalendarArgs {
    pub entreprise: PathBuf,
    #[arg(long, value_name = "FICHIER.ics")]
    pub sortie: PathBuf,
}
