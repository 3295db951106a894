//! What is agreed after the invoice: plans, quiet times, other due dates, debits to come.

use std::num::NonZeroU16;
use std::path::PathBuf;

use clap::Args;

use super::words::InterestFromArg;

/// Sans versements : les échéanciers convenus.
#[derive(Args)]
pub struct PlanArgs {
    pub entreprise: PathBuf,
    #[arg(long, conflicts_with = "dechoir")]
    pub client: Option<String>,
    /// Tout ce qu’il doit sans cette option
    #[arg(long, num_args = 1.., requires = "etalement")]
    pub facture: Vec<String>,
    /// Nombre de versements égaux
    #[arg(long, value_name = "N", group = "etalement", requires = "client", requires = "premier")]
    pub versements: Option<NonZeroU16>,
    /// Date du premier
    #[arg(long, value_name = "DATE", requires = "versements")]
    pub premier: Option<String>,
    /// Mois entre deux versements
    #[arg(
        long,
        value_name = "MOIS",
        default_value = "1",
        requires = "versements",
        value_parser = clap::value_parser!(u32).range(1..=12)
    )]
    pub tous_les: u32,
    /// Une date et sa somme (2026-03-31:500,00) ; le dernier, sans somme, prend le reste
    #[arg(long, value_name = "DATE:MONTANT", num_args = 1.., group = "etalement", requires = "client")]
    pub versement: Vec<String>,
    #[arg(long, requires = "etalement")]
    pub devise: Option<String>,
    /// Clause de déchéance : jours laissés par l’avis avant que tout soit dû
    #[arg(long, value_name = "JOURS", requires = "etalement")]
    pub decheance: Option<u32>,
    /// Renonce aux intérêts si chaque versement arrive à temps
    #[arg(long, requires = "etalement")]
    pub sans_interets_si_respecte: bool,
    /// Date de l’accord, ou de la déchéance ; aujourd’hui sans cette option
    #[arg(long, value_name = "DATE")]
    pub le: Option<String>,
    /// Écrit l’accord pour le lire ; rien n’est enregistré
    #[arg(long, value_name = "FICHIER.pdf", requires = "etalement", conflicts_with = "sortie")]
    pub apercu: Option<PathBuf>,
    /// Écrit l’accord à signer
    #[arg(long, value_name = "FICHIER.pdf", requires = "etalement")]
    pub sortie: Option<PathBuf>,
    /// Prononce la déchéance du terme, l’avis étant resté sans effet
    #[arg(long, value_name = "PLAN", conflicts_with = "etalement")]
    pub dechoir: Option<String>,
}

#[derive(Args)]
pub struct HoldArgs {
    pub entreprise: PathBuf,
    #[arg(long, required_unless_present = "lever", conflicts_with = "lever")]
    pub client: Option<String>,
    /// Toutes ses factures sans cette option
    #[arg(long, num_args = 1.., conflicts_with = "lever")]
    pub facture: Vec<String>,
    /// Dernier jour d’attente
    #[arg(long, value_name = "DATE", required_unless_present = "lever", conflicts_with = "lever")]
    pub jusqu_au: Option<String>,
    /// Termine cette attente avant sa date
    #[arg(long, value_name = "FAIT")]
    pub lever: Option<String>,
    #[arg(long)]
    pub motif: String,
}

#[derive(Args)]
pub struct DueDateArgs {
    pub entreprise: PathBuf,
    #[arg(long)]
    pub client: String,
    #[arg(long)]
    pub facture: String,
    /// La nouvelle échéance
    #[arg(long, value_name = "DATE")]
    pub au: String,
    #[arg(long)]
    pub motif: String,
    /// Laquelle de ses échéances, la première étant 1 ; la première impayée sans cette option
    #[arg(long, value_name = "RANG")]
    pub echeance: Option<u32>,
    /// D’où les intérêts sont comptés : origine ou nouvelle
    #[arg(long, value_enum, default_value = "nouvelle")]
    pub interets_depuis: InterestFromArg,
    /// Reprend les relances au premier niveau
    #[arg(long)]
    pub reprendre_au_debut: bool,
    /// Pièce qui prouve l’accord
    #[arg(long, value_name = "PIECE")]
    pub preuve: Option<String>,
}

#[derive(Args)]
pub struct DebitArgs {
    pub entreprise: PathBuf,
    #[arg(long)]
    pub client: String,
    #[arg(long, required = true, num_args = 1..)]
    pub facture: Vec<String>,
    /// Le jour où son compte est débité
    #[arg(long, value_name = "DATE")]
    pub le: String,
    /// Jours pendant lesquels la banque peut encore le rejeter
    #[arg(long, value_name = "JOURS", default_value = "7")]
    pub rejet_possible: u32,
}
