//! Letters and their way.

use std::path::PathBuf;

use clap::Args;

use super::CommonArgs;
use super::words::{ChannelArg, ModelArg, OutcomeArg, ToneArg};

#[derive(Args)]
pub struct LetterArgs {
    pub entreprise: PathBuf,
    #[arg(long)]
    pub client: String,
    /// rappel-echeance, relance-amiable, relance-ferme, relance-promesse, mise-en-demeure, dernier-avis, releve,
    /// confirmation-entretien, reponse-contestation ou accord-echeancier
    #[arg(long, value_enum)]
    pub modele: ModelArg,
    #[arg(long, num_args = 1..)]
    pub facture: Vec<String>,
    /// Jours laissés pour payer, comptés de la réception
    #[arg(long)]
    pub delai: Option<u32>,
    /// Mode d’envoi imprimé sur la lettre : lettre, lrar, lre ou courriel
    #[arg(long, value_enum)]
    pub par: Option<ChannelArg>,
    /// Ne réclame que le principal
    #[arg(long, conflicts_with = "accessoires")]
    pub principal_seul: bool,
    /// Réclame aussi intérêts et indemnités
    #[arg(long)]
    pub accessoires: bool,
    /// cordial, neutre ou ferme ; celui du modèle sans cette option
    #[arg(long, value_enum)]
    pub ton: Option<ToneArg>,
    /// Une phrase à vous ; dans une réponse à une contestation, ce que vous répondez
    #[arg(long)]
    pub note: Option<String>,
    /// L’appel, la promesse, la contestation ou l’échéancier que la lettre cite ; le dernier sans cette option
    #[arg(long, value_name = "FAIT")]
    pub a_propos: Option<String>,
    /// Écrit la lettre pour la lire ; rien n’est enregistré
    #[arg(long, value_name = "FICHIER.pdf", required_unless_present = "emettre", conflicts_with = "emettre")]
    pub apercu: Option<PathBuf>,
    /// Émet la lettre : ses octets deviennent une preuve
    #[arg(long)]
    pub emettre: bool,
    #[arg(long, value_name = "FICHIER.pdf", conflicts_with = "apercu")]
    pub sortie: Option<PathBuf>,
    #[command(flatten)]
    pub common: CommonArgs,
}

#[derive(Args)]
pub struct SentArgs {
    pub entreprise: PathBuf,
    pub courrier: String,
    #[arg(long)]
    pub le: String,
    /// lettre, lrar, lre ou courriel
    #[arg(long, value_enum)]
    pub par: ChannelArg,
    /// Numéro de suivi
    #[arg(long)]
    pub numero: Option<String>,
    /// Il est vraiment parti ainsi, bien que ce qu’il réclame ait changé
    #[arg(long)]
    pub confirmer: bool,
}

#[derive(Args)]
pub struct DeliveredArgs {
    pub entreprise: PathBuf,
    pub courrier: String,
    #[arg(long)]
    pub le: String,
    /// presente, distribue, non-reclame, refuse ou revenu
    #[arg(long, value_enum, default_value = "distribue")]
    pub resultat: OutcomeArg,
}
