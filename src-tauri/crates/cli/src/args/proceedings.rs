//! What takes a case out of the owner's hands.

use std::path::PathBuf;

use clap::Args;

use super::words::{InsolvencyArg, MandataryArg};

#[derive(Args)]
pub struct HandOverArgs {
    pub entreprise: PathBuf,
    #[arg(long, required_unless_present = "reprendre", conflicts_with = "reprendre")]
    pub client: Option<String>,
    /// Toutes ses factures sans cette option
    #[arg(long, num_args = 1.., conflicts_with = "reprendre")]
    pub facture: Vec<String>,
    /// agence, assureur, affactureur, commissaire ou avocat
    #[arg(long, value_enum, required_unless_present = "reprendre", conflicts_with = "reprendre")]
    pub a: Option<MandataryArg>,
    /// Son nom
    #[arg(long, required_unless_present = "reprendre", conflicts_with = "reprendre")]
    pub nom: Option<String>,
    /// Sa référence
    #[arg(long, conflicts_with = "reprendre")]
    pub reference: Option<String>,
    /// Aujourd’hui sans cette option
    #[arg(long, value_name = "DATE")]
    pub le: Option<String>,
    /// Reprend ce qui avait été confié
    #[arg(long, value_name = "FAIT", requires = "motif")]
    pub reprendre: Option<String>,
    #[arg(long, requires = "reprendre")]
    pub motif: Option<String>,
}

#[derive(Args)]
pub struct InsolvencyArgs {
    pub entreprise: PathBuf,
    #[arg(long, required_unless_present = "cloturer", conflicts_with = "cloturer")]
    pub client: Option<String>,
    /// sauvegarde, redressement ou liquidation
    #[arg(long, value_enum, required_unless_present = "cloturer", conflicts_with = "cloturer")]
    pub nature: Option<InsolvencyArg>,
    /// Date du jugement d’ouverture
    #[arg(long, value_name = "DATE", required_unless_present = "cloturer", conflicts_with = "cloturer")]
    pub jugement: Option<String>,
    /// Date de publication au BODACC
    #[arg(long, value_name = "DATE", conflicts_with = "cloturer")]
    pub bodacc: Option<String>,
    #[arg(long, conflicts_with = "cloturer")]
    pub tribunal: Option<String>,
    /// À qui la créance est déclarée
    #[arg(long, conflicts_with = "cloturer")]
    pub mandataire: Option<String>,
    /// Note que cette procédure est terminée
    #[arg(long, value_name = "FAIT", requires = "motif")]
    pub cloturer: Option<String>,
    #[arg(long, requires = "cloturer")]
    pub motif: Option<String>,
    /// Date de la clôture ; aujourd’hui sans cette option
    #[arg(long, value_name = "DATE", requires = "cloturer")]
    pub le: Option<String>,
}
