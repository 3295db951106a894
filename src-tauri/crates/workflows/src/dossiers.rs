//! The dossier de recouvrement: one printable PDF, or a ZIP with the same and the untouched originals.
//!
//! Exporting writes nothing in the journal. An exhibit that cannot be printed is named on the list of exhibits, has a page
//! that stands for it, and never stops the export.

mod exhibit;

use std::borrow::Cow;
use std::path::Path;

use dument_documents::archive::{self, BordereauRow, Entry};
use dument_documents::assembly::{self, Part};
use dument_documents::{Document, Pdf, data};
use dument_domain::conventions::MissingRates;
use dument_domain::dossier::Plan;
use dument_domain::statement::{Request, Selection, Statement};
use dument_domain::{Currency, Date, Seq};
use dument_storage::write_atomically;
use serde::Serialize;

use exhibit::{Bound, bind, reason};

use crate::error::Error;
use crate::office::{Moment, Office};
use crate::sheets::{self, Case};
use crate::statements::{self, main_currency};
use crate::view::{self, FaultView};

/// Which dossier is asked for.
#[derive(Debug, Clone)]
pub struct DossierQuery {
    /// Whose, by name.
    pub debtor: String,
    /// Which invoices, by number; those with something due when empty.
    pub invoices: Vec<String>,
    /// In which currency.
    pub currency: Option<Currency>,
    /// What is done where a semester has no rate yet.
    pub missing_rates: MissingRates,
}

/// What a dossier is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DossierForm {
    /// One printable PDF.
    Pdf,
    /// The PDF, the originals, and what proves that they were not altered.
    Zip,
}

/// A dossier that was written.
#[derive(Debug, Clone, Serialize)]
pub struct DossierView {
    /// Where.
    #[serde(rename = "fichier")]
    pub file: String,
    /// SHA-256 of the file.
    pub sha256: String,
    /// Size in bytes.
    #[serde(rename = "taille")]
    pub size: usize,
    /// Pages of the printable dossier.
    pub pages: usize,
    /// Its exhibits.
    #[serde(rename = "pieces")]
    pub exhibits: Vec<DossierExhibitView>,
    /// What is missing, and why it matters.
    #[serde(rename = "manques")]
    pub missing: Vec<FaultView>,
}

/// An exhibit of a dossier.
#[derive(Debug, Clone, Serialize)]
pub struct DossierExhibitView {
    /// Its number.
    #[serde(rename = "numero")]
    pub number: u32,
    /// Its title.
    #[serde(rename = "titre")]
    pub title: String,
    /// Its date.
    pub date: Option<Date>,
    /// Its pages in the printable dossier.
    pub pages: Option<usize>,
    /// SHA-256 of the original.
    pub sha256: Option<String>,
    /// `presente`, `manquante`, `illisible`, `chiffree`.
    #[serde(rename = "etat")]
    pub state: &'static str,
    /// Why it is not printed.
    #[serde(rename = "raison", skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Writes a dossier to a file.
///
/// # Errors
/// Nothing is claimed from this debtor, or the file cannot be written.
pub fn export_dossier(
    office: &Office,
    query: &DossierQuery,
    form: DossierForm,
    moment: &Moment,
    file: &Path,
) -> Result<DossierView, Error> {
    let dossier = Dossier::build(office, query, moment)?;
    let bytes = match form {
        DossierForm::Pdf => Cow::Borrowed(&dossier.pdf[..]),
        DossierForm::Zip => Cow::Owned(dossier.zip()?),
    };
    write_atomically(file, &bytes)?;
    Ok(DossierView {
        file: file.display().to_string(),
        sha256: archive::sha256(&bytes),
        size: bytes.len(),
        pages: dossier.pages,
        exhibits: dossier.exhibits.iter().map(DossierExhibitView::from).collect(),
        missing: view::faults(&dossier.plan.missing),
    })
}

struct Dossier {
    plan: Plan,
    exhibits: Vec<Bound>,
    pdf: Vec<u8>,
    pages: usize,
    journal_head: String,
}

impl Dossier {
    fn build(office: &Office, query: &DossierQuery, moment: &Moment) -> Result<Self, Error> {
        let ledger = office.ledger();
        let debtor = office.find_debtor(&query.debtor)?;
        let statement = statement(office, debtor, query, moment)?;
        let invoices: Vec<Seq> = statement.claims.iter().map(|claim| claim.invoice).collect();
        let plan = Plan::of(ledger, debtor, &invoices, moment.today);
        let seal = sheets::seal(office.journal.head());
        let journal_head = format!("{} (fait n° {})", seal.head, seal.seq);
        let case = Case { ledger, debtor, statement: &statement, plan: &plan, reference: format!("D-{debtor}"), seal };
        let exhibits =
            plan.exhibits.iter().map(|planned| bind(office, &case, planned)).collect::<Result<Vec<_>, _>>()?;
        let (pdf, pages) = assemble(&case, &exhibits)?;
        Ok(Self { exhibits, pdf, pages, journal_head, plan })
    }

    /// Returns the archive: the printable dossier, the originals, and what proves that nothing was altered.
    fn zip(&self) -> Result<Vec<u8>, Error> {
        let mut entries = vec![Entry { path: "dossier.pdf".to_owned(), bytes: Cow::Borrowed(&self.pdf[..]) }];
        let mut rows = Vec::new();
        for bound in &self.exhibits {
            let path = bound.original.as_ref().map(|original| original.path(&bound.planned));
            rows.push(BordereauRow {
                number: bound.planned.number,
                title: bound.planned.title.clone(),
                date: bound.planned.dated_on,
                pages: matches!(bound.state, data::ExhibitState::Present).then_some(bound.pages),
                state: reason(&bound.state).map_or_else(|| "présente".to_owned(), str::to_owned),
                file: path.clone().unwrap_or_default(),
                sha256: bound.sha256.clone().unwrap_or_default(),
            });
            if let (Some(path), Some(original)) = (path, &bound.original) {
                entries.push(Entry { path, bytes: Cow::Borrowed(&original.bytes[..]) });
            }
        }
        entries
            .push(Entry { path: "bordereau.csv".to_owned(), bytes: archive::bordereau_csv(&rows).into_bytes().into() });
        entries.push(Entry {
            path: archive::LISEZ_MOI.to_owned(),
            bytes: archive::lisez_moi(&self.journal_head).into_bytes().into(),
        });
        let fingerprints = archive::empreintes(&entries);
        entries.push(Entry { path: archive::EMPREINTES.to_owned(), bytes: fingerprints.into_bytes().into() });
        archive::archive(&entries)
            .map_err(|error| Error::new("archive-impossible", error.to_string(), "Rien n’a été écrit."))
    }
}

fn statement(office: &Office, debtor: Seq, query: &DossierQuery, moment: &Moment) -> Result<Statement, Error> {
    let ledger = office.ledger();
    let invoices = office.find_invoices(debtor, &query.invoices)?;
    let currency = query.currency.unwrap_or_else(|| main_currency(ledger, debtor, &invoices));
    let selection = if invoices.is_empty() { Selection::Due } else { Selection::Only(&invoices) };
    let request = Request { debtor, currency, selection, as_of: moment.today, missing_rates: query.missing_rates };
    let statement = statements::draw_up(ledger, &request)?;
    if statement.total().is_positive() {
        return Ok(statement);
    }
    Err(Error::new(
        "rien-a-reclamer",
        format!("Rien n’est échu et impayé chez {} : il n’y a pas de dossier à exporter.", query.debtor),
        "Vérifiez ses factures (commande « factures »).",
    ))
}

/// Binds everything into one PDF: cover, list of exhibits, exhibits; and returns its pages.
fn assemble(case: &Case<'_>, exhibits: &[Bound]) -> Result<(Vec<u8>, usize), Error> {
    let listed = exhibits.iter().map(Bound::listed).collect();
    let list = dument_documents::render(&Document::Bordereau(Box::new(sheets::bordereau(case, listed)?)))?;
    let cover = cover(case, exhibits, list.pages)?;
    let mut parts = vec![
        Part { title: "Synthèse".to_owned(), stamp: None, bytes: &cover.bytes },
        Part { title: "Bordereau de pièces".to_owned(), stamp: None, bytes: &list.bytes },
    ];
    parts.extend(exhibits.iter().map(|bound| Part {
        title: bound.bookmark(),
        stamp: Some(format!("Pièce n°\u{a0}{}", bound.planned.number)),
        bytes: bound.printed(),
    }));
    let title = format!("Dossier de recouvrement, {}", case.ledger.debtor(case.debtor).debtor.party.name);
    let assembled = assembly::assemble(&title, &parts)
        .map_err(|error| Error::new("dossier-impossible", error.to_string(), "Rien n’a été écrit."))?;
    let pages = cover.pages + list.pages + exhibits.iter().map(|bound| bound.pages).sum::<usize>();
    Ok((assembled.bytes, pages))
}

/// Returns the cover, whose table of contents depends on how many pages the cover itself takes.
fn cover(case: &Case<'_>, exhibits: &[Bound], list_pages: usize) -> Result<Pdf, Error> {
    let mut cover_pages = 1;
    loop {
        let mut page = 1 + cover_pages;
        let mut line = |title: String, pages: usize| {
            let first = u32::try_from(page).ok();
            page += pages;
            data::ContentLine { title, page: first }
        };
        let list = line("Bordereau de pièces".to_owned(), list_pages);
        let contents =
            [list].into_iter().chain(exhibits.iter().map(|bound| line(bound.bookmark(), bound.pages))).collect();
        let cover = dument_documents::render(&Document::Couverture(Box::new(sheets::cover(case, contents)?)))?;
        // The page numbers hardly change the length of the lines: this settles at once, and never goes back.
        if cover.pages <= cover_pages {
            return Ok(cover);
        }
        cover_pages = cover.pages;
    }
}

impl From<&Bound> for DossierExhibitView {
    fn from(bound: &Bound) -> Self {
        let state = bound.state_name();
        Self {
            number: bound.planned.number,
            title: bound.planned.title.clone(),
            date: bound.planned.dated_on,
            pages: (state == "presente").then_some(bound.pages),
            sha256: bound.sha256.clone(),
            state,
            reason: reason(&bound.state).map(str::to_owned),
        }
    }
}
