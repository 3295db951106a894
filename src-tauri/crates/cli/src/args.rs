//! The commands and their options: French names, which are a contract.
//!
//! One file for each subject, and the words that options take in [`words`]; `commands` and `print` are cut the same way.

pub mod agenda;
pub mod arrangements;
pub mod claims;
pub mod company;
pub mod debtors;
pub mod evidence;
pub mod exchanges;
pub mod invoices;
pub mod letters;
pub mod money;
pub mod policy;
pub mod proceedings;
pub mod words;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use agenda::{CalendarArgs, DoArgs, WhyArgs};
use arrangements::{DebitArgs, DueDateArgs, HoldArgs, PlanArgs};
use claims::{ActArgs, CapitalisationArgs, StatementArgs, WaiverArgs};
use company::{CompanyArgs, ConventionArgs, RateArgs};
use debtors::DebtorArgs;
use evidence::{DossierArgs, ExhibitArgs};
use exchanges::{CallArgs, DisputeArgs, NoteArgs, PromiseArgs, ReceptionArgs};
use invoices::{CreditNoteArgs, ImportArgs, InvoiceArgs};
use letters::{DeliveredArgs, LetterArgs, SentArgs};
use money::{BankArgs, PaymentArgs};
use policy::PolicyArgs;
use proceedings::{HandOverArgs, InsolvencyArgs};

/// Where the options that every command has are shown: after its own.
const LAST: usize = 900;

/// Facturer, c’est bien ; être payé, c’est mieux.
#[derive(Parser)]
#[command(
    name = "dument-cli",
    version,
    about = "Dûment : factures impayées, relances, mises en demeure, dossier de recouvrement",
    subcommand_help_heading = "Commandes",
    subcommand_value_name = "COMMANDE",
    disable_help_subcommand = true,
    disable_help_flag = true,
    disable_version_flag = true,
    hide_possible_values = true
)]
pub struct Cli {
    /// Prend cette date pour aujourd’hui (AAAA-MM-JJ)
    #[arg(long, global = true, value_name = "AAAA-MM-JJ", display_order = LAST)]
    pub date: Option<String>,
    /// Répond en JSON
    #[arg(long, global = true, display_order = LAST)]
    pub json: bool,
    /// Affiche cette aide
    #[arg(long = "aide", short = 'h', alias = "help", global = true, display_order = LAST, action = clap::ArgAction::Help)]
    help: Option<bool>,
    /// Affiche la version
    #[arg(long = "version", short = 'V', action = clap::ArgAction::Version)]
    version: Option<bool>,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    /// Crée une entreprise dans un dossier neuf
    Nouveau {
        entreprise: PathBuf,
        #[command(flatten)]
        company: CompanyArgs,
    },
    /// Corrige la fiche de l’entreprise : ce qui est donné remplace tout
    Entreprise {
        entreprise: PathBuf,
        #[command(flatten)]
        company: CompanyArgs,
    },
    /// Choisit comment les intérêts sont comptés
    Conventions(ConventionArgs),
    /// Entre le taux d’un semestre que le programme ne connaît pas encore
    Taux(RateArgs),
    /// Ajoute un client, ou corrige sa fiche
    Client(DebtorArgs),
    /// Liste les clients et ce qu’ils doivent
    Clients { entreprise: PathBuf },
    /// Enregistre une facture
    Facture(InvoiceArgs),
    /// Enregistre un avoir
    Avoir(CreditNoteArgs),
    /// Liste les factures et les avoirs
    Factures { entreprise: PathBuf },
    /// Note que le client a bien reçu une facture
    Reception(ReceptionArgs),
    /// Lit des fichiers sans rien enregistrer, sans entreprise
    Lire {
        #[arg(required = true)]
        fichiers: Vec<PathBuf>,
    },
    /// Importe des factures électroniques : toutes, ou aucune si l’une est refusée
    Importer(ImportArgs),
    /// Enregistre un encaissement
    Encaisser(PaymentArgs),
    /// Montre la banque, note qu’elle est vérifiée, ou un crédit à rapprocher
    Banque(BankArgs),
    /// Dit quelles factures un encaissement paie, ou quelle facture un avoir diminue
    Imputer {
        entreprise: PathBuf,
        fait: String,
        #[arg(long, required = true, num_args = 1..)]
        facture: Vec<String>,
    },
    /// Consent une remise, avec son motif
    Remise(WaiverArgs),
    /// Note la clause ou le jugement qui fait produire des intérêts aux intérêts
    Capitaliser(CapitalisationArgs),
    /// Établit le décompte d’un client
    Decompte(StatementArgs),
    /// Dit jusqu’à quand chaque facture peut être portée en justice
    Prescription {
        entreprise: PathBuf,
        #[arg(long)]
        client: String,
    },
    /// Note un acte qui interrompt ou suspend la prescription
    Acte(ActArgs),
    /// Dit quoi faire aujourd’hui, pour qui et pourquoi
    Agenda { entreprise: PathBuf },
    /// Dit pourquoi une facture est à traiter aujourd’hui, ou ne l’est pas
    Pourquoi(WhyArgs),
    /// Fait l’étape du jour d’un client, ou tous les courriers du jour en une impression
    Faire(DoArgs),
    /// Montre, adopte, simule ou affecte les politiques de relance
    Politique(PolicyArgs),
    /// Note un appel, et la promesse qui en sort
    Appel(CallArgs),
    /// Note un échange, un fait ou une décision
    Note(NoteArgs),
    /// Note une promesse de paiement
    Promesse(PromiseArgs),
    /// Note une contestation, ou comment elle s’est terminée
    Litige(DisputeArgs),
    /// Convient d’un échéancier, les liste, ou prononce la déchéance du terme
    Plan(PlanArgs),
    /// Met un client en attente jusqu’à une date, ou lève l’attente
    Suspendre(HoldArgs),
    /// Reporte une échéance ; l’ancienne reste lisible
    Reporter(DueDateArgs),
    /// Note un prélèvement à venir : aucune relance avant lui
    Prelevement(DebitArgs),
    /// Confie un client à un tiers, ou le reprend
    Confier(HandOverArgs),
    /// Note une procédure collective, ou sa clôture
    ProcedureCollective(InsolvencyArgs),
    /// Montre tout ce qui s’est passé avec un client
    Historique {
        entreprise: PathBuf,
        #[arg(long)]
        client: String,
    },
    /// Écrit les échéances à venir pour un agenda électronique
    Ics(CalendarArgs),
    /// Compose un courrier, pour le voir ou pour l’émettre
    Courrier(LetterArgs),
    /// Liste les courriers émis
    Courriers { entreprise: PathBuf },
    /// Écrit de nouveau un courrier émis : les mêmes octets
    Reimprimer {
        entreprise: PathBuf,
        courrier: String,
        #[arg(long)]
        sortie: PathBuf,
    },
    /// Note l’envoi d’un courrier
    Envoye(SentArgs),
    /// Note ce qu’un courrier est devenu
    Recu(DeliveredArgs),
    /// Garde une pièce
    Piece(ExhibitArgs),
    /// Liste les pièces
    Pieces { entreprise: PathBuf },
    /// Exporte le dossier de recouvrement, en PDF ou en ZIP
    Dossier(DossierArgs),
    /// Montre le journal des faits
    Journal { entreprise: PathBuf },
    /// Annule un fait, avec son motif
    Annuler {
        entreprise: PathBuf,
        fait: String,
        #[arg(long)]
        motif: String,
    },
    /// Vérifie que rien n’a été modifié
    Verifier { entreprise: PathBuf },
    /// Fait une sauvegarde vérifiée
    Sauvegarder { entreprise: PathBuf, chemin: PathBuf },
    /// Restaure une sauvegarde dans un dossier neuf
    Restaurer { chemin: PathBuf, entreprise: PathBuf },
    /// Affiche la liste des commandes
    Aide,
}

/// Ce qui vaut pour tout document chiffré.
#[derive(Args)]
pub struct CommonArgs {
    #[arg(long)]
    pub devise: Option<String>,
    /// Utilise le dernier taux connu là où un semestre n’en a pas encore ; le document le dit
    #[arg(long)]
    pub dernier_taux_connu: bool,
}
