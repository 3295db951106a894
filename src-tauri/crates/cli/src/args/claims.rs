//! What is owed: the décompte, what changes it, what keeps it alive.

use std::path::PathBuf;

use clap::Args;

use super::CommonArgs;
use super::words::{ActArg, CapitalisationArg, WaiverArg};

#[derive(Args)]
pub struct StatementArgs {
    pub entreprise: PathBuf,
    #[arg(long)]
    pub client: String,
    #[arg(long, num_args = 1..)]
    pub facture: Vec<String>,
    /// Aujourd’hui sans cette option
    #[arg(long)]
    pub au: Option<String>,
    #[command(flatten)]
    pub common: CommonArgs,
}

#[derive(Args)]
pub struct WaiverArgs {
    pub entreprise: PathBuf,
    #[arg(long)]
    pub client: String,
    #[arg(long)]
    pub facture: String,
    /// interets, indemnite ou principal
    #[arg(long, value_enum)]
    pub objet: WaiverArg,
    /// Sans montant : tous les intérêts, passés et à venir
    #[arg(long)]
    pub montant: Option<String>,
    #[arg(long)]
    pub motif: String,
    /// Aujourd’hui sans cette option
    #[arg(long)]
    pub le: Option<String>,
}

#[derive(Args)]
pub struct CapitalisationArgs {
    pub entreprise: PathBuf,
    #[arg(long)]
    pub client: String,
    #[arg(long, required = true, num_args = 1..)]
    pub facture: Vec<String>,
    /// À partir de quand les années sont comptées
    #[arg(long)]
    pub depuis: String,
    /// clause ou jugement
    #[arg(long, value_enum)]
    pub titre: CapitalisationArg,
    /// Quelle clause, quel jugement
    #[arg(long)]
    pub reference: String,
}

#[derive(Args)]
pub struct ActArgs {
    pub entreprise: PathBuf,
    #[arg(long)]
    pub client: String,
    #[arg(long, required = true, num_args = 1..)]
    pub facture: Vec<String>,
    #[arg(long)]
    pub le: String,
    /// reconnaissance, justice, signification-ordonnance, execution, declaration-creance ou mediation
    #[arg(long, value_enum)]
    pub nature: ActArg,
    /// Fin de l’instance, de la procédure ou de la médiation
    #[arg(long)]
    pub fin: Option<String>,
    /// Pièce qui le prouve
    #[arg(long)]
    pub piece: Option<String>,
}
