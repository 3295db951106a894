//! Evidence: what is kept, for which customer and which invoice.

use std::path::PathBuf;

use dument_domain::fact::{Exhibit, ExhibitNature, Fact};
use dument_domain::{Date, Seq};
use serde::Serialize;

use crate::error::Error;
use crate::imports::{file_name, load};
use crate::office::{Moment, Office};
use crate::view::{FaultView, reference};

/// A piece of evidence as the owner describes it.
#[derive(Debug, Clone)]
pub struct ExhibitEntry {
    /// The file; it is copied, the original may vanish.
    pub file: PathBuf,
    /// Whose, by name.
    pub debtor: String,
    /// The invoices it concerns, by number; all of them when empty.
    pub invoices: Vec<String>,
    /// The letter it concerns; for a proof of receipt, the last registered one when none is said.
    pub letter: Option<Seq>,
    /// What it is.
    pub nature: ExhibitNature,
    /// How the list of exhibits names it.
    pub title: String,
    /// Its own date.
    pub dated_on: Option<Date>,
}

/// A piece of evidence that was kept.
#[derive(Debug, Clone, Serialize)]
pub struct ExhibitDone {
    /// Its reference.
    #[serde(rename = "piece", serialize_with = "reference")]
    pub exhibit: Seq,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// What is doubtful about it.
    #[serde(rename = "avertissements", skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<FaultView>,
}

/// Keeps a piece of evidence.
///
/// # Errors
/// The file cannot be read, or a rule refuses it.
pub fn add_exhibit(office: &mut Office, entry: &ExhibitEntry, moment: &Moment) -> Result<ExhibitDone, Error> {
    let debtor = office.find_debtor(&entry.debtor)?;
    let invoices = office.find_invoices(debtor, &entry.invoices)?;
    let bytes = load(&entry.file)?;
    if bytes.is_empty() {
        return Err(Error::new("fichier-vide", "Ce fichier est vide : il ne prouve rien.", "Choisissez-en un autre."));
    }
    let letter =
        entry.letter.or_else(|| last_registered(office, debtor).filter(|_| entry.nature == ExhibitNature::Receipt));
    let mut exhibit = Exhibit {
        debtor,
        invoices,
        letter,
        nature: entry.nature,
        title: entry.title.trim().to_owned(),
        dated_on: entry.dated_on,
        added_on: moment.today,
        sha256: dument_storage::Sha256Hash::of(&bytes).to_string(),
        size: bytes.len() as u64,
        file_name: file_name(&entry.file),
    };
    office.check(&[Fact::ExhibitAdded(exhibit.clone())], moment.today)?;
    exhibit.sha256 = office.keep(&bytes)?;
    let sha256 = exhibit.sha256.clone();
    let recording = office.record(&[Fact::ExhibitAdded(exhibit)], moment)?;
    Ok(ExhibitDone { exhibit: recording.first(), sha256, warnings: crate::view::faults(&recording.warnings) })
}

/// Returns the last letter that left in a way that gives a receipt.
fn last_registered(office: &Office, debtor: Seq) -> Option<Seq> {
    use dument_domain::fact::Channel;
    let registered = |seq: &Seq| {
        let sending = office.ledger.letter(*seq).sending.as_ref();
        sending.is_some_and(|sending| matches!(sending.channel, Channel::Lrar | Channel::Lre))
    };
    office.ledger.debtor(debtor).letters.iter().copied().rfind(registered)
}

/// A piece of evidence in the list.
#[derive(Debug, Clone, Serialize)]
pub struct ExhibitView {
    /// Its reference.
    #[serde(rename = "piece", serialize_with = "reference")]
    pub exhibit: Seq,
    /// Whose.
    #[serde(rename = "client")]
    pub debtor: String,
    /// Which invoices it concerns.
    #[serde(rename = "factures")]
    pub invoices: Vec<String>,
    /// What it is, with the word it was given with.
    pub nature: &'static str,
    /// Its title.
    #[serde(rename = "titre")]
    pub title: String,
    /// Its date.
    #[serde(rename = "date")]
    pub dated_on: Option<Date>,
    /// Name of the file it came from.
    #[serde(rename = "fichier")]
    pub file_name: String,
    /// Size in bytes.
    #[serde(rename = "taille")]
    pub size: u64,
    /// SHA-256 of its bytes.
    pub sha256: String,
}

/// Lists the evidence, in the order it was added.
#[must_use]
pub fn list_exhibits(office: &Office) -> Vec<ExhibitView> {
    let ledger = &office.ledger;
    let number =
        |seq: &Seq| ledger.find_invoice(*seq).map_or_else(|| seq.to_string(), |invoice| invoice.number.clone());
    let view = |(seq, exhibit): (Seq, &Exhibit)| ExhibitView {
        exhibit: seq,
        debtor: ledger.debtor(exhibit.debtor).debtor.party.name.clone(),
        invoices: exhibit.invoices.iter().map(number).collect(),
        nature: nature_name(exhibit.nature),
        title: exhibit.title.clone(),
        dated_on: exhibit.dated_on,
        file_name: exhibit.file_name.clone(),
        size: exhibit.size,
        sha256: exhibit.sha256.clone(),
    };
    ledger.exhibits().map(view).collect()
}

fn nature_name(nature: ExhibitNature) -> &'static str {
    match nature {
        ExhibitNature::Contract => "contrat",
        ExhibitNature::Quotation => "devis",
        ExhibitNature::Order => "commande",
        ExhibitNature::Delivery => "livraison",
        ExhibitNature::Terms => "cgv",
        ExhibitNature::Invoice => "facture",
        ExhibitNature::Letter => "courrier",
        ExhibitNature::Receipt => "accuse",
        ExhibitNature::Exchange => "echange",
        ExhibitNature::Other => "autre",
    }
}
