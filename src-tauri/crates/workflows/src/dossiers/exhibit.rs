//! An exhibit on its way into the dossier: its untouched bytes, and what is printed of it.

use dument_documents::archive;
use dument_documents::assembly::{self, Unreadable};
use dument_documents::{Document, Pdf, data, facsimile};
use dument_domain::dossier::{NumberedExhibit, Origin};
use dument_domain::fact::{Fact, Letter};
use dument_domain::{Date, Seq};
use serde::de::DeserializeOwned;

use crate::error::Error;
use crate::office::Office;
use crate::sheets::{self, Case, Sums};

/// An exhibit on its way into the dossier.
pub(super) struct Bound {
    pub planned: NumberedExhibit,
    printed: Printed,
    pub pages: usize,
    /// Nothing where the file is gone.
    pub original: Option<Original>,
    pub sha256: Option<String>,
    pub state: data::ExhibitState,
}

/// The untouched bytes of an exhibit.
pub(super) struct Original {
    pub bytes: Vec<u8>,
    sha256: String,
    file_name: String,
}

/// What the printable dossier shows of an exhibit.
enum Printed {
    /// Its own pages.
    AsItIs,
    /// Pages that stand for it, or show what it holds.
    Instead(Vec<u8>),
}

impl Original {
    /// Returns its place in the archive.
    pub fn path(&self, planned: &NumberedExhibit) -> String {
        let extension = self.file_name.rsplit_once('.').map_or("bin", |(_, extension)| extension);
        format!("pieces/{}", archive::safe_name(planned.number, &planned.title, extension))
    }
}

impl Bound {
    pub fn bookmark(&self) -> String {
        format!("Pièce n°\u{a0}{} — {}", self.planned.number, self.planned.title)
    }

    pub fn listed(&self) -> data::Exhibit {
        let present = matches!(self.state, data::ExhibitState::Present);
        data::Exhibit {
            number: self.planned.number,
            title: self.planned.title.clone(),
            date: self.planned.dated_on,
            pages: u32::try_from(self.pages).ok().filter(|_| present),
            sha256: self.sha256.clone(),
            state: self.state.clone(),
        }
    }

    pub fn printed(&self) -> &[u8] {
        match (&self.printed, &self.original) {
            (Printed::Instead(bytes), _) => bytes,
            (Printed::AsItIs, Some(original)) => &original.bytes,
            (Printed::AsItIs, None) => unreachable!("BUG: what is printed as it is has its bytes"),
        }
    }

    pub fn state_name(&self) -> &'static str {
        match &self.state {
            data::ExhibitState::Present => "presente",
            data::ExhibitState::Missing { .. } => "manquante",
            data::ExhibitState::Unreadable { .. } => "illisible",
            data::ExhibitState::Encrypted { .. } => "chiffree",
        }
    }
}

/// Finds or draws up an exhibit; what cannot be printed gets a page that says why.
pub(super) fn bind(office: &Office, case: &Case<'_>, planned: &NumberedExhibit) -> Result<Bound, Error> {
    let ledger = office.ledger();
    match planned.origin {
        Origin::Exhibit(seq) => {
            let exhibit = ledger.exhibit(seq);
            bind_file(office, case, planned, &exhibit.sha256, &exhibit.file_name)
        }
        Origin::Letter(seq) => bind_file(office, case, planned, &ledger.letter(seq).letter.pdf, "courrier.pdf"),
        Origin::StepRecord(seq) => match sums(office, case, seq)? {
            Some(sums) => {
                let record = sheets::step_record(case, seq, sums);
                drawn(planned, &Document::ProcesVerbalInterne(Box::new(record)))
            }
            None => {
                let reason = "Les données de ce courrier ne sont plus parmi les pièces, ou ont été modifiées : lancez « verifier ».";
                let reason = dument_domain::french::typeset(reason);
                unprintable(case, planned, data::ExhibitState::Missing { reason }, None)
            }
        },
        Origin::Statement => {
            let sheet = data::StatementSheet {
                parties: sheets::parties(ledger, case.debtor)?,
                date: case.statement.as_of,
                reference: case.reference.clone(),
                statement: sheets::sheet(ledger, case.statement),
                seal: Some(case.seal.clone()),
            };
            drawn(planned, &Document::Statement(Box::new(sheet)))
        }
        Origin::Chronology => drawn(planned, &Document::Chronologie(Box::new(sheets::chronology(case)?))),
    }
}

/// Returns what was due on the day of a step: of a letter, only as it was typeset.
fn sums(office: &Office, case: &Case<'_>, step: Seq) -> Result<Option<Sums>, Error> {
    let ledger = office.ledger();
    let day = |invoices: &[Seq], on: Date| Sums::of_day(case, step, invoices, on).map(Some);
    match &ledger.fact(step).expect("BUG: a planned step is a fact of the ledger").fact {
        Fact::LetterIssued(letter) => Ok(kept::<data::Letter>(office, letter).map(Sums::from)),
        Fact::ContactLogged(contact) => day(&contact.invoices, contact.on),
        Fact::PromiseMade(promise) => day(&promise.invoices, promise.made_on),
        Fact::PlanAgreed(plan) => {
            let agreement = sheets::agreement_on(ledger, case.debtor, step).map(|seq| &ledger.letter(seq).letter);
            match agreement.and_then(|letter| kept::<data::AccordEcheancier>(office, letter)) {
                Some(agreement) => Ok(Some(Sums::from(agreement))),
                None => day(&plan.invoices, plan.agreed_on),
            }
        }
        _ => unreachable!("BUG: the plan of a dossier holds no other step"),
    }
}

/// Returns the data that a letter was typeset from, if they are still among the evidence.
fn kept<T: DeserializeOwned>(office: &Office, letter: &Letter) -> Option<T> {
    serde_json::from_slice(&office.evidence(&letter.data).ok()?).ok()
}

fn bind_file(
    office: &Office,
    case: &Case<'_>,
    planned: &NumberedExhibit,
    sha256: &str,
    file_name: &str,
) -> Result<Bound, Error> {
    let bytes = match office.evidence(sha256) {
        Ok(bytes) => bytes,
        Err(error) => {
            let state = data::ExhibitState::Missing { reason: error.message };
            return Ok(Bound { sha256: Some(sha256.to_owned()), ..unprintable(case, planned, state, None)? });
        }
    };
    let original = Original { bytes, sha256: sha256.to_owned(), file_name: file_name.to_owned() };
    let state = match assembly::inspect(&original.bytes) {
        Ok(facts) => {
            return Ok(Bound {
                planned: planned.clone(),
                printed: Printed::AsItIs,
                pages: facts.pages,
                sha256: Some(original.sha256.clone()),
                original: Some(original),
                state: data::ExhibitState::Present,
            });
        }
        Err(Unreadable::Encrypted) => data::ExhibitState::Encrypted { reason: Unreadable::Encrypted.to_string() },
        Err(_) if !is_pdf(&original.bytes) => {
            if let Some(pdf) = facsimile(case, planned, &original)? {
                return Ok(Bound {
                    planned: planned.clone(),
                    pages: pdf.pages,
                    printed: Printed::Instead(pdf.bytes),
                    sha256: Some(original.sha256.clone()),
                    original: Some(original),
                    state: data::ExhibitState::Present,
                });
            }
            let reason =
                "Ce fichier n’est ni un PDF, ni une image, ni un texte : il s’ouvre avec le programme qui l’a fait.";
            data::ExhibitState::Unreadable { reason: dument_domain::french::typeset(reason) }
        }
        Err(unreadable) => data::ExhibitState::Unreadable { reason: unreadable.to_string() },
    };
    unprintable(case, planned, state, Some(original))
}

/// Says whether bytes claim to be a PDF: the mark may stand after some noise.
fn is_pdf(bytes: &[u8]) -> bool {
    bytes[..bytes.len().min(1024)].windows(5).any(|window| window == b"%PDF-")
}

/// Prints an image or a text, whose original stays beside it; nothing for what is neither, or is broken.
fn facsimile(case: &Case<'_>, planned: &NumberedExhibit, original: &Original) -> Result<Option<Pdf>, Error> {
    let Some(body) = facsimile::recognise(&original.bytes) else { return Ok(None) };
    let sheet = data::Facsimile {
        parties: sheets::parties(case.ledger, case.debtor)?,
        date: case.statement.as_of,
        reference: case.reference.clone(),
        number: planned.number,
        title: planned.title.clone(),
        file_name: original.file_name.clone(),
        body,
    };
    Ok(facsimile::print(sheet, &original.bytes).ok())
}

/// Returns an exhibit that is drawn up on the day: what is printed is the original.
fn drawn(planned: &NumberedExhibit, document: &Document) -> Result<Bound, Error> {
    let pdf = dument_documents::render(document)?;
    let sha256 = archive::sha256(&pdf.bytes);
    Ok(Bound {
        planned: planned.clone(),
        pages: pdf.pages,
        printed: Printed::AsItIs,
        sha256: Some(sha256.clone()),
        original: Some(Original { bytes: pdf.bytes, sha256, file_name: "piece.pdf".to_owned() }),
        state: data::ExhibitState::Present,
    })
}

/// Returns the page that stands for an exhibit.
fn unprintable(
    case: &Case<'_>,
    planned: &NumberedExhibit,
    state: data::ExhibitState,
    original: Option<Original>,
) -> Result<Bound, Error> {
    let sha256 = original.as_ref().map(|original| original.sha256.clone());
    let page = data::Intercalaire {
        parties: sheets::parties(case.ledger, case.debtor)?,
        date: case.statement.as_of,
        reference: case.reference.clone(),
        number: planned.number,
        title: planned.title.clone(),
        why: reason(&state).unwrap_or_default().to_owned(),
        location: original.as_ref().map(|original| original.path(planned)).unwrap_or_default(),
        sha256: sha256.clone(),
    };
    let pdf = dument_documents::render(&Document::Intercalaire(Box::new(page)))?;
    let printed = Printed::Instead(pdf.bytes);
    Ok(Bound { planned: planned.clone(), printed, pages: pdf.pages, original, sha256, state })
}

pub(super) fn reason(state: &data::ExhibitState) -> Option<&str> {
    match state {
        data::ExhibitState::Present => None,
        data::ExhibitState::Missing { reason }
        | data::ExhibitState::Unreadable { reason }
        | data::ExhibitState::Encrypted { reason } => Some(reason),
    }
}
