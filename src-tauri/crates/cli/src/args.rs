//! The commands and their options: French names, which are a contract.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

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
    #[arg(long, global = true, value_name = "AAAA-MM-JJ")]
    pub date: Option<String>,
    /// Répond en JSON
    #[arg(long, global = true)]
    pub json: bool,
    /// Affiche cette aide
    #[arg(long = "aide", short = 'h', alias = "help", global = true, action = clap::ArgAction::Help)]
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
    /// Lit des fichiers sans rien enregistrer, sans entreprise
    Lire {
        #[arg(required = true)]
        fichiers: Vec<PathBuf>,
    },
    /// Importe des factures électroniques : toutes, ou aucune si l’une est refusée
    Importer(ImportArgs),
    /// Enregistre un encaissement
    Encaisser(PaymentArgs),
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

#[derive(Args)]
pub struct CompanyArgs {
    #[arg(long)]
    pub nom: String,
    /// SIREN ou SIRET
    #[arg(long)]
    pub siren: Option<String>,
    /// Lignes séparées par des virgules
    #[arg(long)]
    pub adresse: Option<String>,
    #[arg(long)]
    pub iban: Option<String>,
    #[arg(long)]
    pub bic: Option<String>,
    #[arg(long)]
    pub email: Option<String>,
    #[arg(long)]
    pub telephone: Option<String>,
    /// Forme juridique
    #[arg(long)]
    pub forme: Option<String>,
    #[arg(long)]
    pub capital: Option<String>,
    /// Ville du registre du commerce
    #[arg(long)]
    pub rcs: Option<String>,
    /// Numéro de TVA
    #[arg(long)]
    pub tva: Option<String>,
    /// Médiateur de la consommation : nom, adresse, site
    #[arg(long)]
    pub mediateur: Option<String>,
}

#[derive(Args)]
pub struct ConventionArgs {
    pub entreprise: PathBuf,
    /// Quand le semestre change : semestre ou fixe
    #[arg(long, value_enum, default_value = "semestre")]
    pub taux: VariationArg,
    /// Par quoi une année est divisée : 365 ou reelle
    #[arg(long, value_enum, default_value = "365")]
    pub base: BaseArg,
    /// Ce qu’un paiement partiel règle d’abord : interets ou principal
    #[arg(long, value_enum, default_value = "interets")]
    pub imputation: AllocationArg,
}

#[derive(Args)]
pub struct RateArgs {
    pub entreprise: PathBuf,
    /// Semestre, par exemple 2027-S1
    #[arg(long)]
    pub semestre: String,
    /// Taux de refinancement de la BCE au premier jour du semestre
    #[arg(long)]
    pub bce: String,
    /// Taux légal, créanciers professionnels
    #[arg(long)]
    pub legal_professionnel: String,
    /// Taux légal, autres personnes physiques
    #[arg(long)]
    pub legal_particulier: String,
    /// Où ces taux sont publiés
    #[arg(long)]
    pub source: String,
}

#[derive(Args)]
pub struct DebtorArgs {
    pub entreprise: PathBuf,
    #[arg(long)]
    pub nom: String,
    /// professionnel, consommateur ou public
    #[arg(long, value_enum)]
    pub qualite: StandingArg,
    /// Corrige la fiche du client de ce nom
    #[arg(long, value_name = "NOM")]
    pub corriger: Option<String>,
    /// SIREN ou SIRET
    #[arg(long)]
    pub siren: Option<String>,
    /// Lignes séparées par des virgules
    #[arg(long)]
    pub adresse: Option<String>,
    #[arg(long)]
    pub email: Option<String>,
    #[arg(long)]
    pub telephone: Option<String>,
    /// Jours qu’il a d’habitude pour payer
    #[arg(long)]
    pub delai: Option<u32>,
    /// Taux de pénalités convenu : 12, 3xlegal ou bce+10
    #[arg(long)]
    pub taux_convenu: Option<String>,
    /// Ce qu’un paiement partiel règle d’abord : interets ou principal
    #[arg(long, value_enum)]
    pub imputation: Option<AllocationArg>,
}

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

/// Ce qui vaut pour tout document chiffré.
#[derive(Args)]
pub struct CommonArgs {
    #[arg(long)]
    pub devise: Option<String>,
    /// Utilise le dernier taux connu là où un semestre n’en a pas encore ; le document le dit
    #[arg(long)]
    pub dernier_taux_connu: bool,
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

#[derive(Args)]
pub struct LetterArgs {
    pub entreprise: PathBuf,
    #[arg(long)]
    pub client: String,
    /// relance-amiable, relance-ferme, mise-en-demeure ou releve
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
}

#[derive(Args)]
pub struct DeliveredArgs {
    pub entreprise: PathBuf,
    pub courrier: String,
    #[arg(long)]
    pub le: String,
    /// distribue, non-reclame ou refuse
    #[arg(long, value_enum, default_value = "distribue")]
    pub resultat: OutcomeArg,
}

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

#[derive(Clone, Copy, ValueEnum)]
pub enum StandingArg {
    Professionnel,
    Consommateur,
    Public,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum AllocationArg {
    Interets,
    Principal,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum VariationArg {
    Semestre,
    Fixe,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum BaseArg {
    #[value(name = "365")]
    Fixed365,
    Reelle,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum InvoiceNatureArg {
    Facture,
    Acompte,
    Rectificative,
    Autofacture,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum WaiverArg {
    Interets,
    Indemnite,
    Principal,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum CapitalisationArg {
    Clause,
    Jugement,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum ActArg {
    Reconnaissance,
    Justice,
    SignificationOrdonnance,
    Execution,
    DeclarationCreance,
    Mediation,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum ModelArg {
    RelanceAmiable,
    RelanceFerme,
    MiseEnDemeure,
    Releve,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum ChannelArg {
    Lettre,
    Lrar,
    Lre,
    Courriel,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum OutcomeArg {
    Distribue,
    NonReclame,
    Refuse,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum ExhibitArg {
    Contrat,
    Devis,
    Commande,
    Livraison,
    Cgv,
    Facture,
    Courrier,
    Accuse,
    Echange,
    Autre,
}
