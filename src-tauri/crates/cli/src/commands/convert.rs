//! Words of the command line, as words of the domain.

use dument_workflows::words::{
    AllocationOrder, CallOutcome, CapitalisationGround, Cause, Channel, ContactKind, DayBase, DeliveryOutcome,
    DisputeKind, DisputeOutcome, ExhibitNature, Handling, InsolvencyKind, InterestFrom, InvoiceNature, LetterModel,
    LimitationActKind, Mandatary, RateVariation, Standing, Tone,
};

use crate::args::words::{
    ActArg, AllocationArg, BaseArg, CallArg, CapitalisationArg, CauseArg, ChannelArg, ContactArg, DisputeArg,
    DisputeOutcomeArg, ExhibitArg, HandlingArg, InsolvencyArg, InterestFromArg, InvoiceNatureArg, MandataryArg,
    ModelArg, OutcomeArg, StandingArg, ToneArg, VariationArg,
};

/// Says which word of the domain each word of the command line is.
macro_rules! convert {
    ($from:ident => $to:ident { $($word:ident => $meaning:ident),* $(,)? }) => {
        impl From<$from> for $to {
            fn from(word: $from) -> Self {
                match word {
                    $($from::$word => Self::$meaning),*
                }
            }
        }
    };
}

convert!(StandingArg => Standing { Professionnel => Professional, Consommateur => Consumer, Public => PublicBody });
convert!(ToneArg => Tone { Cordial => Cordial, Neutre => Neutral, Ferme => Firm });
convert!(AllocationArg => AllocationOrder { Interets => InterestFirst, Principal => PrincipalFirst });
convert!(VariationArg => RateVariation { Semestre => BySemester, Fixe => FixedAtStart });
convert!(BaseArg => DayBase { Fixed365 => Fixed365, Reelle => Actual });
convert!(InvoiceNatureArg => InvoiceNature {
    Facture => Standard,
    Acompte => Deposit,
    Rectificative => Correction,
    Autofacture => SelfBilled,
});
convert!(CapitalisationArg => CapitalisationGround { Clause => Clause, Jugement => Judgment });
convert!(ActArg => LimitationActKind {
    Reconnaissance => Recognition,
    Justice => CourtClaim,
    SignificationOrdonnance => OrderServed,
    Execution => Enforcement,
    DeclarationCreance => ClaimDeclared,
    Mediation => Mediation,
});
convert!(ModelArg => LetterModel {
    RappelEcheance => RappelEcheance,
    RelanceAmiable => RelanceAmiable,
    RelanceFerme => RelanceFerme,
    RelancePromesse => RelancePromesse,
    MiseEnDemeure => MiseEnDemeure,
    DernierAvis => DernierAvis,
    Releve => Releve,
    ConfirmationEntretien => ConfirmationEntretien,
    ReponseContestation => ReponseContestation,
    AccordEcheancier => AccordEcheancier,
});
convert!(ChannelArg => Channel { Lettre => Letter, Lrar => Lrar, Lre => Lre, Courriel => Email });
convert!(OutcomeArg => DeliveryOutcome {
    Presente => Presented,
    Distribue => Received,
    NonReclame => Unclaimed,
    Refuse => Refused,
    Revenu => Returned,
});
convert!(HandlingArg => Handling {
    Normale => Ordinary,
    Menagee => WithCare,
    JamaisSansMoi => NeverWithoutMe,
    ParEtape => LetterPerLevel,
    Aucune => NotReminded,
});
convert!(CallArg => CallOutcome {
    Joint => Reached,
    Message => MessageLeft,
    Injoignable => Unreachable,
    MauvaisNumero => WrongNumber,
});
convert!(ContactArg => ContactKind {
    Note => Note,
    Courriel => Email,
    Lettre => Letter,
    Rencontre => Meeting,
    Sms => TextMessage,
    Decision => Decision,
});
convert!(DisputeArg => DisputeKind {
    Qualite => Quality,
    Livraison => Delivery,
    Prix => Price,
    Commande => Order,
    Autre => Other,
});
convert!(DisputeOutcomeArg => DisputeOutcome {
    Fondee => Founded,
    Partielle => PartlyFounded,
    Infondee => Unfounded,
    Accord => Settled,
});
convert!(InterestFromArg => InterestFrom { Origine => OriginalDueDate, Nouvelle => NewDueDate });
convert!(MandataryArg => Mandatary {
    Agence => Agency,
    Assureur => Insurer,
    Affactureur => Factor,
    Commissaire => CommissaireDeJustice,
    Avocat => Lawyer,
});
convert!(InsolvencyArg => InsolvencyKind {
    Sauvegarde => Sauvegarde,
    Redressement => RedressementJudiciaire,
    Liquidation => LiquidationJudiciaire,
});
convert!(ExhibitArg => ExhibitNature {
    Contrat => Contract,
    Devis => Quotation,
    Commande => Order,
    Livraison => Delivery,
    Cgv => Terms,
    Facture => Invoice,
    Courrier => Letter,
    Accuse => Receipt,
    Echange => Exchange,
    Autre => Other,
});

impl From<CauseArg> for Cause {
    fn from(word: CauseArg) -> Self {
        match word {
            CauseArg::Oubli => Self::Oversight,
            CauseArg::Tresorerie => Self::CashTrouble,
            CauseArg::LitigeQualite => Self::Dispute(DisputeKind::Quality),
            CauseArg::LitigeLivraison => Self::Dispute(DisputeKind::Delivery),
            CauseArg::LitigePrix => Self::Dispute(DisputeKind::Price),
            CauseArg::LitigeCommande => Self::Dispute(DisputeKind::Order),
            CauseArg::LitigeAutre => Self::Dispute(DisputeKind::Other),
            CauseArg::NonRecue => Self::InvoiceNotReceived,
            CauseArg::Administratif => Self::AdministrativeError,
            CauseArg::Validation => Self::AwaitingApproval,
            CauseArg::MauvaiseFoi => Self::BadFaith,
        }
    }
}
