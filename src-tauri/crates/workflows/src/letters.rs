//! Letters: seeing one, issuing it, following it on its way.
//!
//! Seeing writes nothing. Issuing writes once: the fact, the bytes, the data they came from. *Issued is not sent*: sending is
//! an act of its own, with its date and its means. An issued letter is re-read, never rendered again.

use std::path::Path;

use dument_documents::Document;
use dument_documents::data;
use dument_domain::conventions::MissingRates;
use dument_domain::fact::{Channel, Delivery, DeliveryOutcome, Fact, JournalHead, Letter, LetterModel, Sending};
use dument_domain::statement::{Request, Selection};
use dument_domain::{Currency, Date, Seq};
use dument_storage::write_atomically;
use serde::Serialize;

use crate::error::Error;
use crate::office::{Moment, Office};
pub use crate::sheets::ClaimsAccessories;
use crate::sheets::{self, LetterDraft};
use crate::statements::{self, main_currency};
use crate::view::{self, Done, FaultView, reference};

/// Which letter is asked for.
#[derive(Debug, Clone)]
pub struct LetterQuery {
    /// To whom, by name.
    pub debtor: String,
    /// Which one.
    pub model: LetterModel,
    /// On which invoices, by number; those with something due when empty.
    pub invoices: Vec<String>,
    /// Days left to pay, counted from receipt; eight when none is said, where the letter leaves a delay.
    pub delay_days: Option<u32>,
    /// Whether interest and indemnities are claimed; as the model usually does when none is said.
    pub accessories: Option<ClaimsAccessories>,
    /// How it is to leave, when that is known.
    pub channel: Option<Channel>,
    /// In which currency.
    pub currency: Option<Currency>,
    /// What is done where a semester has no rate yet.
    pub missing_rates: MissingRates,
}

/// A letter that was drawn up, or seen.
#[derive(Debug, Clone, Serialize)]
pub struct LetterView {
    /// Its reference, once issued.
    #[serde(rename = "courrier", skip_serializing_if = "Option::is_none")]
    pub letter: Option<String>,
    /// Which one.
    #[serde(rename = "modele")]
    pub model: LetterModel,
    /// To whom.
    #[serde(rename = "client")]
    pub debtor: String,
    /// On which invoices.
    #[serde(rename = "factures")]
    pub invoices: Vec<String>,
    /// Currency of the sums.
    #[serde(rename = "devise")]
    pub currency: Currency,
    /// Principal claimed.
    pub principal: dument_domain::Amount,
    /// Interest claimed.
    #[serde(rename = "interets")]
    pub interest: dument_domain::Amount,
    /// Indemnities claimed.
    #[serde(rename = "indemnites")]
    pub indemnity: dument_domain::Amount,
    /// Everything claimed.
    pub total: dument_domain::Amount,
    /// Pages.
    pub pages: u32,
    /// SHA-256 of the PDF.
    pub sha256: String,
    /// Where the PDF was written.
    #[serde(rename = "fichier", skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// What the owner should know before it leaves.
    #[serde(rename = "avertissements")]
    pub warnings: Vec<FaultView>,
}

/// A letter ready to be read, or issued.
struct Draft {
    fact: Letter,
    data: data::Letter,
    pdf: Vec<u8>,
    warnings: Vec<FaultView>,
}

/// Writes a letter to a file for its reader; the ledger does not move.
///
/// # Errors
/// Nothing is to claim, or a rate is missing.
pub fn preview_letter(office: &Office, query: &LetterQuery, moment: &Moment, file: &Path) -> Result<LetterView, Error> {
    let draft = draw_up(office, query, moment)?;
    write_atomically(file, &draft.pdf)?;
    Ok(draft.view(office, None, Some(file)))
}

/// Issues a letter: its bytes become evidence.
///
/// # Errors
/// Nothing is to claim, or a rate is missing; nothing is recorded.
pub fn issue_letter(
    office: &mut Office,
    query: &LetterQuery,
    moment: &Moment,
    file: Option<&Path>,
) -> Result<LetterView, Error> {
    let draft = draw_up(office, query, moment)?;
    let data = serde_json::to_vec(&draft.data).expect("BUG: plain data always serialises");
    office.keep(&draft.pdf)?;
    let kept = Letter { data: office.keep(&data)?, ..draft.fact.clone() };
    let recording = office.record(&[Fact::LetterIssued(kept)], moment)?;
    if let Some(file) = file {
        write_atomically(file, &draft.pdf)?;
    }
    Ok(draft.view(office, Some(recording.first()), file))
}

fn draw_up(office: &Office, query: &LetterQuery, moment: &Moment) -> Result<Draft, Error> {
    let ledger = office.ledger();
    let debtor = office.find_debtor(&query.debtor)?;
    let invoices = office.find_invoices(debtor, &query.invoices)?;
    let currency = query.currency.unwrap_or_else(|| main_currency(ledger, debtor, &invoices));
    let selection = match query.model {
        _ if !invoices.is_empty() => Selection::Only(&invoices),
        LetterModel::Releve => Selection::Open,
        LetterModel::RelanceAmiable | LetterModel::RelanceFerme | LetterModel::MiseEnDemeure => Selection::Due,
    };
    let request = Request { debtor, currency, selection, as_of: moment.today, missing_rates: query.missing_rates };
    let mut statement = statements::draw_up(ledger, &request)?;
    let accessories = query.accessories.unwrap_or(match query.model {
        LetterModel::RelanceAmiable | LetterModel::Releve => ClaimsAccessories::LeftOut,
        LetterModel::RelanceFerme | LetterModel::MiseEnDemeure => ClaimsAccessories::Claimed,
    });
    // A reminder that leaves accessories out says nothing of an invoice whose principal is paid.
    if accessories == ClaimsAccessories::LeftOut {
        statement.claims.retain(|claim| (claim.remaining.principal + claim.not_due).is_positive());
    }
    let delay_days = match query.model {
        LetterModel::Releve => None,
        LetterModel::RelanceAmiable | LetterModel::RelanceFerme | LetterModel::MiseEnDemeure => {
            Some(query.delay_days.unwrap_or(8))
        }
    };
    let channel = query.channel.or(matches!(query.model, LetterModel::MiseEnDemeure).then_some(Channel::Lrar));
    let head = office.journal.head();
    let asked = LetterDraft {
        debtor,
        model: query.model,
        statement: &statement,
        claims_accessories: accessories,
        delay_days,
        channel,
        date: moment.today,
        seq: office.next_seq(),
        seal: sheets::seal(head),
    };
    let data = sheets::draft(ledger, &asked)?;
    if !data.totals.total.is_positive() {
        return Err(nothing_to_claim(&query.debtor, query.model));
    }
    let rendered = dument_documents::render(&Document::Letter(Box::new(data.clone())))?;
    let mut warnings = view::faults(&statement.warnings);
    warnings.extend(unprintable(&rendered.replaced));
    let fact = Letter {
        debtor,
        model: query.model,
        invoices: statement.claims.iter().map(|claim| claim.invoice).collect(),
        issued_on: moment.today,
        delay_days,
        currency,
        principal: data.totals.principal,
        interest: data.totals.interest,
        indemnity: data.totals.indemnity,
        total: data.totals.total,
        pdf: dument_storage::Sha256Hash::of(&rendered.bytes).to_string(),
        pages: u32::try_from(rendered.pages).unwrap_or(u32::MAX),
        data: String::new(),
        warning: rendered.warning,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        head: Some(JournalHead { seq: head.seq, fingerprint: head.hash.fingerprint() }),
        missing_rates: query.missing_rates,
    };
    Ok(Draft { fact, data, pdf: rendered.bytes, warnings })
}

fn nothing_to_claim(debtor: &str, model: LetterModel) -> Error {
    let message = match model {
        LetterModel::Releve => format!("Le compte de {debtor} est soldé : il n’y a rien à relever."),
        LetterModel::RelanceAmiable | LetterModel::RelanceFerme | LetterModel::MiseEnDemeure => {
            format!(
                "Rien n’est échu et impayé chez {debtor}, avoirs et trop-perçus déduits : aucun courrier n’est à envoyer."
            )
        }
    };
    Error::new("rien-a-reclamer", message, "Vérifiez ses factures (commande « factures »).")
}

fn unprintable(replaced: &[char]) -> Option<FaultView> {
    let characters: Vec<String> = replaced.iter().map(ToString::to_string).collect();
    (!characters.is_empty()).then(|| {
        let sentence = format!(
            "La police ne dessine pas ces caractères, imprimés □ : {}. Écrivez le nom autrement.",
            characters.join(" ")
        );
        FaultView::from(&dument_domain::Fault::warning("caracteres-remplaces", "courrier", sentence))
    })
}

impl Draft {
    fn view(&self, office: &Office, letter: Option<Seq>, file: Option<&Path>) -> LetterView {
        let ledger = office.ledger();
        let fact = &self.fact;
        LetterView {
            letter: letter.map(|seq| seq.to_string()),
            model: fact.model,
            debtor: ledger.debtor(fact.debtor).debtor.party.name.clone(),
            invoices: fact.invoices.iter().map(|seq| ledger.invoice(*seq).number.clone()).collect(),
            currency: fact.currency,
            principal: fact.principal,
            interest: fact.interest,
            indemnity: fact.indemnity,
            total: fact.total,
            pages: fact.pages,
            sha256: fact.pdf.clone(),
            file: file.map(|file| file.display().to_string()),
            warnings: self.warnings.clone(),
        }
    }
}

/// Writes an issued letter to a file again: the same bytes, nothing is rendered.
///
/// # Errors
/// There is no such letter, or its bytes are no longer what they were.
pub fn reprint_letter(office: &Office, letter: Seq, file: &Path) -> Result<(), Error> {
    let issued = find_letter(office, letter)?;
    Ok(write_atomically(file, &office.evidence(&issued.pdf)?)?)
}

/// Notes that a letter left.
///
/// # Errors
/// There is no such letter, it already left, or the date is impossible.
pub fn mark_sent(
    office: &mut Office,
    letter: Seq,
    on: Date,
    channel: Channel,
    tracking: Option<String>,
    moment: &Moment,
) -> Result<Done, Error> {
    find_letter(office, letter)?;
    Ok(office.record(&[Fact::LetterSent(Sending { letter, on, channel, tracking })], moment)?.into())
}

/// Notes what became of a letter.
///
/// # Errors
/// There is no such letter, it did not leave, or the date is impossible.
pub fn mark_delivered(
    office: &mut Office,
    letter: Seq,
    on: Date,
    outcome: DeliveryOutcome,
    moment: &Moment,
) -> Result<Done, Error> {
    find_letter(office, letter)?;
    Ok(office.record(&[Fact::LetterDelivered(Delivery { letter, on, outcome })], moment)?.into())
}

fn find_letter(office: &Office, letter: Seq) -> Result<&Letter, Error> {
    let found = office.ledger().letters().find(|(seq, _)| *seq == letter).map(|(_, file)| &file.letter);
    found.ok_or_else(|| {
        Error::new(
            "courrier-inconnu",
            format!("Aucun courrier ne porte la référence {letter}."),
            "Vérifiez-la (commande « courriers »).",
        )
    })
}

/// A letter in the list.
#[derive(Debug, Clone, Serialize)]
pub struct IssuedView {
    /// Its reference.
    #[serde(rename = "courrier", serialize_with = "reference")]
    pub letter: Seq,
    /// To whom.
    #[serde(rename = "client")]
    pub debtor: String,
    /// Which one.
    #[serde(rename = "modele")]
    pub model: LetterModel,
    /// The date it bears.
    #[serde(rename = "date")]
    pub issued_on: Date,
    /// Everything claimed.
    pub total: dument_domain::Amount,
    /// Currency.
    #[serde(rename = "devise")]
    pub currency: Currency,
    /// `a-envoyer`, `parti`, `distribue`, `non-reclame`, `refuse`.
    #[serde(rename = "etat")]
    pub state: &'static str,
    /// When it left.
    #[serde(rename = "envoye")]
    pub sent_on: Option<Date>,
    /// Tracking number.
    #[serde(rename = "suivi")]
    pub tracking: Option<String>,
    /// When it reached the customer, or was presented.
    #[serde(rename = "recu")]
    pub reached_on: Option<Date>,
}

/// Lists the letters, in the order they were issued.
#[must_use]
pub fn list_letters(office: &Office) -> Vec<IssuedView> {
    let ledger = office.ledger();
    let view = |(seq, file): (Seq, &dument_domain::ledger::LetterFile)| IssuedView {
        letter: seq,
        debtor: ledger.debtor(file.letter.debtor).debtor.party.name.clone(),
        model: file.letter.model,
        issued_on: file.letter.issued_on,
        total: file.letter.total,
        currency: file.letter.currency,
        state: match (&file.sending, file.delivery.as_ref().map(|delivery| delivery.outcome)) {
            (None, _) => "a-envoyer",
            (Some(_), None) => "parti",
            (Some(_), Some(DeliveryOutcome::Received)) => "distribue",
            (Some(_), Some(DeliveryOutcome::Unclaimed)) => "non-reclame",
            (Some(_), Some(DeliveryOutcome::Refused)) => "refuse",
        },
        sent_on: file.sending.as_ref().map(|sending| sending.on),
        tracking: file.sending.as_ref().and_then(|sending| sending.tracking.clone()),
        reached_on: file.reached_on(),
    };
    ledger.letters().map(view).collect()
}
