//! Evidence and the dossier.

use std::path::PathBuf;

use clap::Args;

use super::CommonArgs;
use super::words::ExhibitArg;

#[derive(Args)]
pub struct ExhibitArgs {
    pub entreprise: PathBuf,
    pub fichier: PathBuf,
    #[arg(long)]
    pub client: String,
    #[arg(long, num_args = 1..)]
    pub facture: Vec<String>,
    /// contrat, devis, commande, livraison, cgv, facture, courrier, accuse, echange ou autre
    #[arg(long, value_enum)]
    pub nature: ExhibitArg,
    #[arg(long)]
    pub titre: String,
    /// Date de la pièce
    #[arg(long)]
    pub du: Option<String>,
    /// Courrier dont elle prouve l’envoi ou la réception
    #[arg(long)]
    pub courrier: Option<String>,
}

#[derive(Args)]
pub struct DossierArgs {
    pub entreprise: PathBuf,
    #[arg(long)]
    pub client: String,
    #[arg(long, num_args = 1..)]
    pub facture: Vec<String>,
    /// Un fichier .pdf ou .zip
    #[arg(long)]
    pub sortie: PathBuf,
    #[command(flatten)]
    pub common: CommonArgs,
}
