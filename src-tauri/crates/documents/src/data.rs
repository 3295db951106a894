//! What a document says: the only input of the templates.
//!
//! Plain data, one structure per document. A template never computes: every sum, deadline, number of days and count
//! is here, already decided by the domain. Names and free text are data too, and never become Typst source.

mod agreement;
mod background;
mod claim;
mod dispatch;
mod dossier;
mod facsimile;
mod letter;
mod party;
mod policy;
mod record;
mod statement;

use serde::{Deserialize, Serialize};

pub use agreement::{AccordEcheancier, DebtorSignature, LapseClause, PlanInterest, PlanLine, SumWritten};
pub use background::{
    BrokenPromise, Contestation, ContestedInvoice, Conversation, ConversationKind, Lapse, Proceedings, PromiseSource,
    Promised, Receipt, ServedNotice,
};
pub use claim::{Claim, ClaimInstalment, InterestBasis, InterestTerms, OpenCredit, PaymentLine, Totals};
pub use dispatch::{BordereauEnvoi, DispatchRow, DispatchTotal};
pub use dossier::{
    Bordereau, Chronologie, ContentLine, Couverture, Event, Exhibit, ExhibitState, Intercalaire, MissingPiece,
    PrescriptionLimit,
};
pub use facsimile::{Facsimile, FacsimileBody, ImageKind};
pub use letter::{Channel, Letter, LetterModel, NewDelay, PreviousLetter, Signatory, Tone};
pub use party::{Bank, Creditor, Mediator, Parties, Party, Seal, Standing, Window};
pub use policy::{
    ClaimedSum, PolicyException, PolicyLevel, PolicyMeans, PolicyRule, PolicySchedule, PolitiqueRecouvrement,
    TermsClause, Timing,
};
pub use record::{ContactMade, Delivery, KeptPiece, PlanAgreed, ProcesVerbalInterne, PromiseMade, SentLetter, Step};
pub use statement::{
    Conventions, DayBase, Imputation, InterestLine, RateVariation, Reduction, ReductionKind, Rounding, SettledPayment,
    Statement, StatementInvoice, StatementSheet,
};

use dument_domain::Date;

/// Everything this crate knows how to typeset.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "document", rename_all = "snake_case")]
pub enum Document {
    /// A letter to the debtor.
    Letter(Box<Letter>),
    /// The agreement on a payment plan, with an acknowledgement of debt.
    AccordEcheancier(Box<AccordEcheancier>),
    /// The décompte: how the sum due was reached, line by line.
    Statement(Box<StatementSheet>),
    /// The creditor's own record of one step.
    ProcesVerbalInterne(Box<ProcesVerbalInterne>),
    /// The synthesis sheet of a dossier.
    Couverture(Box<Couverture>),
    /// The numbered list of exhibits.
    Bordereau(Box<Bordereau>),
    /// What happened, in order, and by what it is proved.
    Chronologie(Box<Chronologie>),
    /// The page that stands for an exhibit which cannot be printed.
    Intercalaire(Box<Intercalaire>),
    /// The pages of an image or of a text.
    Facsimile(Box<Facsimile>),
    /// The company's own recovery policy.
    PolitiqueRecouvrement(Box<PolitiqueRecouvrement>),
    /// The slip to tick off at the post office.
    BordereauEnvoi(Box<BordereauEnvoi>),
}

impl Document {
    /// Returns the date the document bears, which is also the only clock its bytes know.
    #[must_use]
    pub fn date(&self) -> Date {
        match self {
            Self::Letter(it) => it.date,
            Self::AccordEcheancier(it) => it.date,
            Self::Statement(it) => it.date,
            Self::ProcesVerbalInterne(it) => it.date,
            Self::Couverture(it) => it.date,
            Self::Bordereau(it) => it.date,
            Self::Chronologie(it) => it.date,
            Self::Intercalaire(it) => it.date,
            Self::Facsimile(it) => it.date,
            Self::PolitiqueRecouvrement(it) => it.date,
            Self::BordereauEnvoi(it) => it.date,
        }
    }

    /// Returns the two sides of the document; none when it concerns the creditor alone.
    #[must_use]
    pub fn parties(&self) -> Option<&Parties> {
        match self {
            Self::Letter(it) => Some(&it.parties),
            Self::AccordEcheancier(it) => Some(&it.parties),
            Self::Statement(it) => Some(&it.parties),
            Self::ProcesVerbalInterne(it) => Some(&it.parties),
            Self::Couverture(it) => Some(&it.parties),
            Self::Bordereau(it) => Some(&it.parties),
            Self::Chronologie(it) => Some(&it.parties),
            Self::Intercalaire(it) => Some(&it.parties),
            Self::Facsimile(it) => Some(&it.parties),
            Self::PolitiqueRecouvrement(_) | Self::BordereauEnvoi(_) => None,
        }
    }

    /// Returns the path of its template, from the root of `templates/`.
    #[must_use]
    pub fn template(&self) -> &'static str {
        match self {
            Self::Letter(it) => it.template(),
            Self::AccordEcheancier(_) => "lettres/accord-echeancier.typ",
            Self::Statement(_) => "dossier/decompte.typ",
            Self::ProcesVerbalInterne(_) => "dossier/proces-verbal-interne.typ",
            Self::Couverture(_) => "dossier/couverture.typ",
            Self::Bordereau(_) => "dossier/bordereau.typ",
            Self::Chronologie(_) => "dossier/chronologie.typ",
            Self::Intercalaire(_) => "dossier/intercalaire.typ",
            Self::Facsimile(_) => "dossier/facsimile.typ",
            Self::PolitiqueRecouvrement(_) => "entreprise/politique-recouvrement.typ",
            Self::BordereauEnvoi(_) => "entreprise/bordereau-envoi.typ",
        }
    }
}
