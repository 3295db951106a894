//! A letter to the debtor.

use dument_domain::{Amount, Currency, Date};
use serde::{Deserialize, Serialize};

use super::background::{BrokenPromise, Contestation, Conversation, Proceedings, ServedNotice};
use super::claim::{Claim, InterestTerms, OpenCredit, PaymentLine, Totals};
use super::party::{Parties, Seal, Standing, Window};
use super::statement::Statement;
use crate::qr::TransferQr;

/// A letter to one debtor about one or more invoices in one currency.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Letter {
    /// Which letter it is.
    pub model: LetterModel,
    /// Who writes to whom.
    pub parties: Parties,
    /// The date it bears.
    pub date: Date,
    /// Our reference, to be recalled in any answer.
    pub reference: String,
    /// How it is said, where the letter has a choice; its own usual tone when absent.
    #[serde(default)]
    pub tone: Option<Tone>,
    /// How it leaves; nothing is printed when it is not known.
    #[serde(default)]
    pub channel: Option<Channel>,
    /// The invoices, oldest due date first.
    pub claims: Vec<Claim>,
    /// How many invoices that is.
    pub invoice_count: u32,
    /// What has been received on these invoices.
    #[serde(default)]
    pub payments: Vec<PaymentLine>,
    /// What is still in the debtor's favour.
    #[serde(default)]
    pub open_credits: Vec<OpenCredit>,
    /// The sums.
    pub totals: Totals,
    /// Their currency.
    pub currency: Currency,
    /// What one more day costs.
    #[serde(default)]
    pub per_day: Option<Amount>,
    /// The rate and indemnity that apply, even where none is claimed yet.
    #[serde(default)]
    pub interest_terms: Option<InterestTerms>,
    /// The delay this letter grants.
    #[serde(default)]
    pub new_delay: Option<NewDelay>,
    /// What was sent before, oldest first.
    #[serde(default)]
    pub previous_letters: Vec<PreviousLetter>,
    /// The call or the meeting that it confirms.
    #[serde(default)]
    pub conversation: Option<Conversation>,
    /// The promise that was not kept.
    #[serde(default)]
    pub promise: Option<BrokenPromise>,
    /// The dispute that it answers.
    #[serde(default)]
    pub contestation: Option<Contestation>,
    /// The mise en demeure that it recalls.
    #[serde(default)]
    pub notice: Option<ServedNotice>,
    /// What comes next, where it says so.
    #[serde(default)]
    pub proceedings: Proceedings,
    /// A sentence of the creditor's own, printed as it is before the request to pay.
    #[serde(default)]
    pub personal_note: Option<String>,
    /// The total in letters.
    #[serde(default)]
    pub total_in_words: Option<String>,
    /// The transfer as a QR code.
    #[serde(default)]
    pub qr: Option<TransferQr>,
    /// Who signs.
    #[serde(default)]
    pub signatory: Option<Signatory>,
    /// What is enclosed, one line each.
    #[serde(default)]
    pub enclosures: Vec<String>,
    /// The state of the journal.
    #[serde(default)]
    pub seal: Option<Seal>,
    /// The décompte, printed after the letter as its annex.
    #[serde(default)]
    pub statement: Option<Statement>,
    /// Where the window of the envelope is.
    #[serde(default)]
    pub window: Window,
}

impl Letter {
    pub(crate) fn template(&self) -> &'static str {
        match (self.model, self.parties.standing) {
            (LetterModel::RappelEcheance, _) => "lettres/rappel-echeance.typ",
            (LetterModel::ConfirmationEntretien, _) => "lettres/confirmation-entretien.typ",
            (LetterModel::RelanceAmiable, _) => "lettres/relance-amiable.typ",
            (LetterModel::RelanceFerme, _) => "lettres/relance-ferme.typ",
            (LetterModel::RelancePromesse, _) => "lettres/relance-promesse.typ",
            (LetterModel::ReponseContestation, _) => "lettres/reponse-contestation.typ",
            (LetterModel::MiseEnDemeure, Standing::Professional) => "lettres/mise-en-demeure-professionnel.typ",
            (LetterModel::MiseEnDemeure, Standing::Consumer) => "lettres/mise-en-demeure-consommateur.typ",
            (LetterModel::MiseEnDemeure, Standing::PublicBody) => "lettres/mise-en-demeure-public.typ",
            (LetterModel::DernierAvis, _) => "lettres/dernier-avis.typ",
            (LetterModel::Releve, _) => "lettres/releve.typ",
        }
    }
}

/// The letters we know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LetterModel {
    /// A courtesy before the due date: nothing is late.
    RappelEcheance,
    /// Confirms what was said on the telephone or face to face.
    ConfirmationEntretien,
    /// Presumes an oversight.
    RelanceAmiable,
    /// Firm, still without formal effect.
    RelanceFerme,
    /// Recalls a promise, or an instalment of an agreement, that was not kept.
    RelancePromesse,
    /// Answers a dispute, and claims what is not disputed.
    ReponseContestation,
    /// The formal notice.
    MiseEnDemeure,
    /// The last letter after the formal notice, before a court is asked. Never titled « dernier avis », which would look like
    /// the act of an officer.
    DernierAvis,
    /// The account: everything open, due or not.
    Releve,
}

/// How a letter is said: it changes its opening and its closing, never the sums nor the law.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// Warm: supposes good will.
    Cordial,
    /// Plain: states and asks.
    Neutre,
    /// Firm: says what is expected, and by when.
    Ferme,
}

/// How something leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// Ordinary post.
    LettreSimple,
    /// Registered post with acknowledgement of receipt.
    Lrar,
    /// Registered electronic letter.
    Lre,
    /// E-mail.
    Courriel,
    /// Handed over against a receipt.
    RemiseEnMainPropre,
}

/// A delay granted by a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum NewDelay {
    /// So many days from the receipt of the letter.
    FromReceipt {
        /// Eight to fifteen by custom.
        days: u32,
    },
    /// Until a date, included.
    Until {
        /// The last day.
        date: Date,
    },
}

/// A letter that left before this one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviousLetter {
    /// « Relance amiable ».
    pub title: String,
    /// When it was sent.
    pub date: Date,
    /// How.
    pub channel: Channel,
    /// The number of the registered letter.
    #[serde(default)]
    pub tracking: Option<String>,
}

/// Who signs a letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signatory {
    /// First name and name.
    pub name: String,
    /// « Gérante ».
    #[serde(default)]
    pub title: Option<String>,
}
