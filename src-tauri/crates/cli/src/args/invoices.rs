//! Invoices and credit notes, typed or imported.

use std::path::PathBuf;

use clap::Args;

use super::words::{InvoiceNatureArg, StandingArg};

#[derive(Args)]
pub struct InvoiceArgs {
    pub entreprise: PathBuf,
    #[arg(long)]
    pub client: String,
    #[arg(long)]
    pub numero: String,
    #[arg(long)]
    pub emise: String,
    /// Une date, ou plusieurs avec leur somme (2026-03-31:500,00) ; le délai habituel du client sans elle
    #[arg(long, num_args = 1..)]
    pub echeance: Vec<String>,
    #[arg(long)]
    pub ttc: String,
    #[arg(long)]
    pub ht: Option<String>,
    /// Taux et taxe, par exemple 20:200,00
    #[arg(long, num_args = 1..)]
    pub tva: Vec<String>,
    #[arg(long, default_value = "EUR")]
    pub devise: String,
    /// Date de livraison ou d’achèvement
    #[arg(long)]
    pub livree: Option<String>,
    /// Taux de pénalités convenu : 12, 3xlegal ou bce+10
    #[arg(long)]
    pub taux_convenu: Option<String>,
    /// Déjà payé à l’émission
    #[arg(long)]
    pub deja_paye: Option<String>,
    /// facture, acompte, rectificative ou autofacture
    #[arg(long, value_enum, default_value = "facture")]
    pub nature: InvoiceNatureArg,
    /// Factures d’acompte que cette facture reprend
    #[arg(long, num_args = 1..)]
    pub acompte: Vec<String>,
    /// Facture que celle-ci rectifie
    #[arg(long)]
    pub rectifie: Option<String>,
    /// Transport de marchandises : prescription d’un an
    #[arg(long)]
    pub transport: bool,
}

#[derive(Args)]
pub struct CreditNoteArgs {
    pub entreprise: PathBuf,
    #[arg(long)]
    pub client: String,
    #[arg(long)]
    pub numero: String,
    #[arg(long)]
    pub emise: String,
    #[arg(long)]
    pub ttc: String,
    #[arg(long, default_value = "EUR")]
    pub devise: String,
    /// Facture qu’il diminue ; il reste ouvert sans elle
    #[arg(long)]
    pub facture: Option<String>,
    /// Il corrige une erreur : la facture a toujours été plus basse
    #[arg(long)]
    pub erreur: bool,
}

#[derive(Args)]
pub struct ImportArgs {
    pub entreprise: PathBuf,
    #[arg(required = true)]
    pub fichiers: Vec<PathBuf>,
    /// Montre ce qui serait importé, sans rien enregistrer
    #[arg(long)]
    pub apercu: bool,
    /// Qualité des clients nouveaux : professionnel, consommateur ou public
    #[arg(long, value_enum)]
    pub qualite: Option<StandingArg>,
}
