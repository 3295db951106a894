//! Words of the command line, as words of the domain.

use dument_workflows::words::{
    AllocationOrder, CapitalisationGround, Channel, DayBase, DeliveryOutcome, ExhibitNature, InvoiceNature,
    LetterModel, LimitationActKind, RateVariation, Standing,
};

use crate::args::{
    ActArg, AllocationArg, BaseArg, CapitalisationArg, ChannelArg, ExhibitArg, InvoiceNatureArg, ModelArg, OutcomeArg,
    StandingArg, VariationArg,
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
    RelanceAmiable => RelanceAmiable,
    RelanceFerme => RelanceFerme,
    MiseEnDemeure => MiseEnDemeure,
    Releve => Releve,
});
convert!(ChannelArg => Channel { Lettre => Letter, Lrar => Lrar, Lre => Lre, Courriel => Email });
convert!(OutcomeArg => DeliveryOutcome { Distribue => Received, NonReclame => Unclaimed, Refuse => Refused });
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
