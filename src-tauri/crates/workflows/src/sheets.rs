//! From the ledger to the data of a document: what `documents` typesets, decided and counted here.

mod agreement;
mod background;
mod case;
mod letter;
mod policy;
mod slip;
mod statement;

pub(crate) use agreement::agreement;
pub(crate) use background::{background, dispute_name, subject};
pub(crate) use case::{Case, Sums, agreement_on, bordereau, chronology, cover, step_record};
pub use letter::ClaimsAccessories;
pub(crate) use letter::{LetterDraft, draft};
pub(crate) use policy::policy;
pub(crate) use slip::slip;
pub(crate) use statement::sheet;

use dument_documents::data;
use dument_domain::Seq;
use dument_domain::fact::Channel;
use dument_domain::ledger::Ledger;
use dument_domain::party::{Creditor, Party, Standing};
use dument_storage::Head;

use crate::error::Error;

/// Returns the two sides of a document.
pub(crate) fn parties(ledger: &Ledger, debtor: Seq) -> Result<data::Parties, Error> {
    let debtor = &ledger.debtor(debtor).debtor;
    Ok(data::Parties { creditor: company(ledger)?, debtor: party(&debtor.party), standing: standing(debtor.standing) })
}

/// Returns the company that owns the ledger.
pub(crate) fn company(ledger: &Ledger) -> Result<data::Creditor, Error> {
    let unnamed = || {
        Error::new(
            "entreprise-sans-nom",
            "L’entreprise n’a pas encore de nom.",
            "Complétez sa fiche, puis recommencez.",
        )
    };
    ledger.company().map(creditor).ok_or_else(unnamed)
}

fn creditor(company: &Creditor) -> data::Creditor {
    let bank = company.bank.as_ref().map(|bank| data::Bank {
        holder: company.party.name.clone(),
        iban: bank.iban.as_str().to_owned(),
        bic: bank.bic.as_ref().map(|bic| bic.as_str().to_owned()),
    });
    data::Creditor {
        party: party(&company.party),
        bank,
        mediator: mediator(&company.mediator),
        place: company.party.town().unwrap_or_default().to_owned(),
    }
}

/// Reads a mediator's lines: the name first, the site wherever it looks like one, the address in between.
fn mediator(lines: &[String]) -> Option<data::Mediator> {
    let (name, rest) = lines.split_first()?;
    let is_site = |line: &&String| line.starts_with("http") || line.starts_with("www.");
    let address: Vec<&str> = rest.iter().filter(|line| !is_site(line)).map(String::as_str).collect();
    let website = rest.iter().find(is_site).cloned().unwrap_or_default();
    Some(data::Mediator { name: name.clone(), address: address.join(", "), website })
}

fn party(party: &Party) -> data::Party {
    data::Party {
        name: party.name.clone(),
        legal_form: party.legal_form.clone(),
        capital: party.capital.clone(),
        address: party.address.clone(),
        siren: party.siren().map(|siren| siren.as_str().to_owned()),
        siret: party.siret.as_ref().map(|siret| siret.as_str().to_owned()),
        vat: party.vat.as_ref().map(|vat| vat.as_str().to_owned()),
        rcs: party.rcs.clone(),
        email: party.email.clone(),
        phone: party.phone.clone(),
    }
}

fn standing(standing: Standing) -> data::Standing {
    match standing {
        Standing::Professional => data::Standing::Professional,
        Standing::Consumer => data::Standing::Consumer,
        Standing::PublicBody => data::Standing::PublicBody,
    }
}

pub(crate) fn channel(channel: Channel) -> data::Channel {
    match channel {
        Channel::Letter => data::Channel::LettreSimple,
        Channel::Lrar => data::Channel::Lrar,
        Channel::Lre => data::Channel::Lre,
        Channel::Email => data::Channel::Courriel,
    }
}

pub(crate) fn seal(head: Head) -> data::Seal {
    data::Seal { head: head.hash.fingerprint(), seq: head.seq.get() }
}
