//! What is said between the owner and a customer.

use std::path::PathBuf;

use clap::Args;

use super::words::{CallArg, CauseArg, ContactArg, DisputeArg, DisputeOutcomeArg};

/// Ce qui vaut pour tout échange.
#[derive(Args)]
pub struct ExchangeArgs {
    pub entreprise: PathBuf,
    #[arg(long)]
    pub client: String,
    /// Toutes ses factures sans cette option
    #[arg(long, num_args = 1..)]
    pub facture: Vec<String>,
    /// Aujourd’hui sans cette option
    #[arg(long, value_name = "DATE")]
    pub le: Option<String>,
    /// Avec qui
    #[arg(long)]
    pub avec: Option<String>,
    /// Par qui, si ce n’est pas vous
    #[arg(long)]
    pub par: Option<String>,
    /// Pourquoi ce n’est pas payé : oubli, tresorerie, litige-qualite, litige-livraison, litige-prix, litige-commande,
    /// litige-autre, non-recue, administratif, validation ou mauvaise-foi
    #[arg(long, value_enum)]
    pub cause: Option<CauseArg>,
}

#[derive(Args)]
pub struct CallArgs {
    #[command(flatten)]
    pub exchange: ExchangeArgs,
    /// joint, message, injoignable ou mauvais-numero
    #[arg(long, value_enum)]
    pub issue: CallArg,
    /// Ce qui a été dit
    #[arg(long)]
    pub dit: Option<String>,
    /// Somme promise pendant l’appel
    #[arg(long, value_name = "MONTANT", requires = "pour")]
    pub promet: Option<String>,
    /// Pour quel jour
    #[arg(long, value_name = "DATE", requires = "promet")]
    pub pour: Option<String>,
}

#[derive(Args)]
pub struct NoteArgs {
    #[command(flatten)]
    pub exchange: ExchangeArgs,
    /// Ce qui a été dit, fait ou décidé : des faits, le client peut demander à lire
    #[arg(long)]
    pub dit: String,
    /// note, courriel, lettre, rencontre, sms ou decision
    #[arg(long, value_enum, default_value = "note", conflicts_with = "decision")]
    pub nature: ContactArg,
    /// Comme --nature decision
    #[arg(long)]
    pub decision: bool,
}

#[derive(Args)]
pub struct PromiseArgs {
    pub entreprise: PathBuf,
    #[arg(long)]
    pub client: String,
    #[arg(long)]
    pub montant: String,
    /// Le jour promis
    #[arg(long, value_name = "DATE")]
    pub pour: String,
    /// Le jour de la promesse ; aujourd’hui sans cette option
    #[arg(long, value_name = "DATE")]
    pub le: Option<String>,
    #[arg(long, num_args = 1..)]
    pub facture: Vec<String>,
    #[arg(long)]
    pub devise: Option<String>,
    /// Comment, et par qui
    #[arg(long)]
    pub moyen: Option<String>,
}

#[derive(Args)]
pub struct DisputeArgs {
    pub entreprise: PathBuf,
    #[arg(long, required_unless_present = "clore", conflicts_with = "clore")]
    pub client: Option<String>,
    #[arg(long, required_unless_present = "clore", conflicts_with = "clore")]
    pub facture: Option<String>,
    /// qualite, livraison, prix, commande ou autre
    #[arg(long, value_enum, required_unless_present = "clore", conflicts_with = "clore")]
    pub motif: Option<DisputeArg>,
    /// Sans montant : toute la facture
    #[arg(long, conflicts_with = "clore")]
    pub montant: Option<String>,
    /// Aujourd’hui sans cette option
    #[arg(long, value_name = "DATE")]
    pub le: Option<String>,
    /// Ce que le client reproche
    #[arg(long, conflicts_with = "clore")]
    pub dit: Option<String>,
    /// Termine cette contestation
    #[arg(long, value_name = "FAIT", requires = "issue", requires = "motif_cloture")]
    pub clore: Option<String>,
    /// fondee, partielle, infondee ou accord
    #[arg(long, value_enum, requires = "clore")]
    pub issue: Option<DisputeOutcomeArg>,
    /// Pourquoi elle est terminée
    #[arg(long, requires = "clore")]
    pub motif_cloture: Option<String>,
}

#[derive(Args)]
pub struct ReceptionArgs {
    pub entreprise: PathBuf,
    #[arg(long)]
    pub client: String,
    #[arg(long)]
    pub facture: String,
    #[arg(long, value_name = "DATE")]
    pub le: String,
    /// Comment on le sait : accusé de lecture, statut « Déposée »…
    #[arg(long)]
    pub moyen: String,
    /// Pièce qui le prouve
    #[arg(long, value_name = "PIECE")]
    pub preuve: Option<String>,
}
