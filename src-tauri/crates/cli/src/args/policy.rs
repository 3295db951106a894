//! The policies: reading, writing, trying, adopting one; what it is for a customer.

use std::path::PathBuf;

use clap::Args;

/// Sans option : les politiques en vigueur.
#[derive(Args)]
pub struct PolicyArgs {
    pub entreprise: PathBuf,
    /// Adopte la politique de ce fichier
    #[arg(long, value_name = "POLITIQUE.toml", group = "geste")]
    pub fichier: Option<PathBuf>,
    /// Vérifie le fichier, sans rien enregistrer
    #[arg(long, requires = "fichier")]
    pub apercu: bool,
    /// Écrit une politique en TOML, pour la modifier puis l’adopter
    #[arg(long, value_name = "NOM", group = "geste")]
    pub modele: Option<String>,
    /// Où l’écrire ; à l’écran sans cette option
    #[arg(long, value_name = "FICHIER.toml", requires = "modele")]
    pub sortie: Option<PathBuf>,
    /// Imprime les politiques en vigueur
    #[arg(long, value_name = "FICHIER.pdf", group = "geste")]
    pub imprimer: Option<PathBuf>,
    /// Dit ce qui serait fait pendant ces jours si rien n’était payé
    #[arg(long, value_name = "JOURS", group = "geste", value_parser = clap::value_parser!(u32).range(1..=366))]
    pub simuler: Option<u32>,
    /// Simule cette politique plutôt que celle en vigueur
    #[arg(long, value_name = "FICHIER.toml", requires = "simuler")]
    pub avec: Option<PathBuf>,
    /// Compare avec cette politique
    #[arg(long, value_name = "FICHIER.toml", requires = "simuler")]
    pub comparer: Option<PathBuf>,
    /// Met le client, ou une de ses factures, sous cette politique
    #[arg(long, value_name = "NOM", group = "geste", requires = "client", requires = "motif")]
    pub affecter: Option<String>,
    /// Passe une facture directement à ce niveau
    #[arg(long, value_name = "NIVEAU", group = "geste", requires = "facture", requires = "motif")]
    pub passer_a: Option<String>,
    #[arg(long, requires = "geste")]
    pub client: Option<String>,
    #[arg(long, requires = "client")]
    pub facture: Option<String>,
    /// Laquelle de ses échéances, la première étant 1 ; la première impayée sans cette option
    #[arg(long, value_name = "RANG", requires = "passer_a")]
    pub echeance: Option<u32>,
    #[arg(long, requires = "geste")]
    pub motif: Option<String>,
}
