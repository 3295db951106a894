//! Money that arrives, and the bank account.

use std::path::PathBuf;

use clap::Args;

#[derive(Args)]
pub struct PaymentArgs {
    pub entreprise: PathBuf,
    #[arg(long)]
    pub client: String,
    #[arg(long)]
    pub montant: String,
    #[arg(long)]
    pub recu: String,
    #[arg(long)]
    pub devise: Option<String>,
    /// Virement, chèque, carte, espèces
    #[arg(long)]
    pub moyen: Option<String>,
    /// Factures que le client a dit payer, dans son ordre
    #[arg(long, num_args = 1..)]
    pub facture: Vec<String>,
    #[arg(long)]
    pub reference: Option<String>,
    /// Crédit de la banque que cet encaissement explique
    #[arg(long)]
    pub credit: Option<String>,
}

/// Sans option : ce que l’on sait de la banque.
#[derive(Args)]
pub struct BankArgs {
    pub entreprise: PathBuf,
    /// Dernier jour vu sur le compte
    #[arg(long, value_name = "DATE", group = "geste")]
    pub verifiee_au: Option<String>,
    /// Un crédit dont on ne sait pas encore de qui il vient
    #[arg(long, value_name = "MONTANT", group = "geste", requires = "le")]
    pub credit: Option<String>,
    #[arg(long, value_name = "DATE", requires = "credit")]
    pub le: Option<String>,
    #[arg(long, default_value = "EUR")]
    pub devise: String,
    /// Ce que dit le relevé
    #[arg(long, requires = "credit")]
    pub libelle: Option<String>,
    /// Un crédit qui ne paie aucune facture
    #[arg(long, value_name = "CREDIT", group = "geste", requires = "motif")]
    pub ecarter: Option<String>,
    #[arg(long, requires = "ecarter")]
    pub motif: Option<String>,
}
