//! Who the owner is, and how his interest is counted.

use dument_domain::Rate;
use dument_domain::conventions::Conventions;
use dument_domain::fact::Fact;
use dument_domain::identifiers::{Bic, Iban, Siren, Siret, VatNumber};
use dument_domain::law::{Confidence, Semester, SemesterRates};
use dument_domain::party::{BankAccount, Creditor, Party};

use crate::entry;
use crate::error::Error;
use crate::office::{Moment, Office};
use crate::view::Done;

/// A person or company as the user types it.
#[derive(Debug, Clone, Default)]
pub struct PartyEntry {
    /// Name.
    pub name: String,
    /// Legal form.
    pub legal_form: Option<String>,
    /// Share capital.
    pub capital: Option<String>,
    /// SIREN or SIRET.
    pub siren: Option<String>,
    /// Address, its lines separated by commas or line breaks.
    pub address: Option<String>,
    /// VAT number.
    pub vat: Option<String>,
    /// Town of the trade register.
    pub rcs: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
}

/// The company as its owner types it.
#[derive(Debug, Clone, Default)]
pub struct CompanyEntry {
    /// Who he is.
    pub party: PartyEntry,
    /// Where he is paid.
    pub iban: Option<String>,
    /// His bank.
    pub bic: Option<String>,
    /// The consumer mediator: name, address, site.
    pub mediator: Option<String>,
}

impl PartyEntry {
    pub(crate) fn into_party(self) -> Party {
        let siren_is_siret =
            self.siren.as_ref().is_some_and(|text| text.chars().filter(char::is_ascii_digit).count() > 9);
        let (siren, siret) = if siren_is_siret { (None, self.siren) } else { (self.siren, None) };
        Party {
            name: self.name.trim().to_owned(),
            legal_form: self.legal_form,
            capital: self.capital,
            address: self.address.as_deref().map(entry::lines).unwrap_or_default(),
            siren: siren.as_deref().map(Siren::read),
            siret: siret.as_deref().map(Siret::read),
            vat: self.vat.as_deref().map(VatNumber::read),
            rcs: self.rcs,
            email: self.email,
            phone: self.phone,
        }
    }
}

impl CompanyEntry {
    /// Returns the creditor that was typed.
    #[must_use]
    pub fn into_creditor(self) -> Creditor {
        let bic = self.bic.as_deref().map(Bic::read);
        Creditor {
            party: self.party.into_party(),
            bank: self.iban.as_deref().map(|iban| BankAccount { iban: Iban::read(iban), bic }),
            mediator: self.mediator.as_deref().map(entry::lines).unwrap_or_default(),
        }
    }
}

/// Corrects who the company is.
///
/// # Errors
/// It has no name.
pub fn correct_company(office: &mut Office, company: CompanyEntry, moment: &Moment) -> Result<Done, Error> {
    Ok(office.record(&[Fact::CompanyIdentified(company.into_creditor())], moment)?.into())
}

/// Chooses how interest is counted and payments are imputed.
///
/// # Errors
/// The journal could not be written.
pub fn choose_conventions(office: &mut Office, conventions: Conventions, moment: &Moment) -> Result<Done, Error> {
    Ok(office.record(&[Fact::ConventionsChosen(conventions)], moment)?.into())
}

/// The rates of a semester as the owner found them published.
#[derive(Debug, Clone)]
pub struct RateEntry {
    /// Which semester.
    pub semester: Semester,
    /// Refinancing rate of the European Central Bank on its first day.
    pub ecb_refi: Rate,
    /// Legal rate, professional creditors.
    pub legal_professional: Rate,
    /// Legal rate, other natural persons.
    pub legal_private: Rate,
    /// Where they are published.
    pub source: String,
}

/// Records the rates of a semester that the program does not know yet.
///
/// # Errors
/// The program knows them, or the source is not said.
pub fn declare_rate(office: &mut Office, entry: RateEntry, moment: &Moment) -> Result<Done, Error> {
    if entry.source.trim().is_empty() {
        return Err(Error::new(
            "source-absente",
            "La source du taux n’est pas dite.",
            "Indiquez l’arrêté, ou la page où il est publié.",
        ));
    }
    let RateEntry { semester, ecb_refi, legal_professional, legal_private, source } = entry;
    let rates =
        SemesterRates { semester, legal_private, legal_professional, ecb_refi, source, confidence: Confidence::Medium };
    Ok(office.record(&[Fact::RateDeclared(rates)], moment)?.into())
}
