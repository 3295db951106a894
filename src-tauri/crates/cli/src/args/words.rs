//! The words that options take.

use clap::ValueEnum;

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
    #[value(alias = "rappel-avant-echeance")]
    RappelEcheance,
    RelanceAmiable,
    RelanceFerme,
    RelancePromesse,
    MiseEnDemeure,
    DernierAvis,
    Releve,
    ConfirmationEntretien,
    ReponseContestation,
    AccordEcheancier,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum ToneArg {
    Cordial,
    Neutre,
    Ferme,
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
    Presente,
    Distribue,
    NonReclame,
    Refuse,
    Revenu,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum HandlingArg {
    Normale,
    Menagee,
    JamaisSansMoi,
    ParEtape,
    Aucune,
}

/// How a call ended.
#[derive(Clone, Copy, ValueEnum)]
pub enum CallArg {
    Joint,
    Message,
    Injoignable,
    MauvaisNumero,
}

/// What a note is about, a call apart.
#[derive(Clone, Copy, ValueEnum)]
pub enum ContactArg {
    Note,
    Courriel,
    Lettre,
    Rencontre,
    Sms,
    Decision,
}

/// Why an invoice is not paid.
#[derive(Clone, Copy, ValueEnum)]
pub enum CauseArg {
    Oubli,
    Tresorerie,
    LitigeQualite,
    LitigeLivraison,
    LitigePrix,
    LitigeCommande,
    LitigeAutre,
    NonRecue,
    Administratif,
    Validation,
    MauvaiseFoi,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum DisputeArg {
    Qualite,
    Livraison,
    Prix,
    Commande,
    Autre,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum DisputeOutcomeArg {
    Fondee,
    Partielle,
    Infondee,
    Accord,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum InterestFromArg {
    Origine,
    Nouvelle,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum MandataryArg {
    Agence,
    Assureur,
    Affactureur,
    Commissaire,
    Avocat,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum InsolvencyArg {
    Sauvegarde,
    Redressement,
    Liquidation,
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
