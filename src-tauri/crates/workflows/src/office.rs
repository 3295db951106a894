//! A company that is open: its journal on disk, and the ledger that follows from it.

use std::path::{Path, PathBuf};

use dument_domain::party::Creditor;
use dument_domain::{Date, Fact, Fault, Ledger, Seq};
use dument_storage::{Journal, Sha256Hash};

use crate::error::Error;

/// When something is asked for: the civil day, and the instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// The day it is for the owner.
    pub today: Date,
    /// The instant in RFC 3339, with its offset.
    pub instant: String,
}

/// A company that is open; no other window or program can open it meanwhile.
pub struct Office {
    pub(crate) journal: Journal,
    pub(crate) ledger: Ledger,
    folder: PathBuf,
}

/// What was recorded.
#[derive(Debug)]
pub(crate) struct Recording {
    pub seqs: Vec<Seq>,
    pub warnings: Vec<Fault>,
}

impl Recording {
    /// Returns the name of what the first fact brought into being.
    pub fn first(&self) -> Seq {
        self.seqs[0]
    }
}

impl Office {
    /// Creates a company in a folder that does not exist yet, or is empty.
    ///
    /// # Errors
    /// The folder holds something, cannot be written to, or the company has no name.
    pub fn create(folder: &Path, creditor: Creditor, moment: &Moment) -> Result<Self, Error> {
        let fact = Fact::CompanyIdentified(creditor);
        let faults = Ledger::default().check(&fact, moment.today);
        if faults.iter().any(Fault::is_refusal) {
            return Err(Error::refused(&faults));
        }
        let mut office =
            Self { journal: Journal::create(folder)?, ledger: Ledger::default(), folder: folder.to_owned() };
        office.record(&[fact], moment)?;
        Ok(office)
    }

    /// Opens a company.
    ///
    /// # Errors
    /// It is open elsewhere, damaged, of a newer version, or not a company at all.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        Self::over(Journal::open(folder)?, folder)
    }

    /// Opens an empty company that lives as long as the value.
    ///
    /// # Errors
    /// The database could not be set up.
    pub fn in_memory() -> Result<Self, Error> {
        Self::over(Journal::in_memory()?, Path::new(""))
    }

    pub(crate) fn over(journal: Journal, folder: &Path) -> Result<Self, Error> {
        let ledger = Ledger::from_facts(journal.facts()?);
        Ok(Self { journal, ledger, folder: folder.to_owned() })
    }

    /// Closes the company: its folder then holds one file for the whole journal.
    ///
    /// # Errors
    /// The last tidying failed; nothing is lost, the next opening does it.
    pub fn close(self) -> Result<(), Error> {
        Ok(self.journal.close()?)
    }

    /// Returns what follows from the facts.
    #[must_use]
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// Returns where the company is.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Records facts, all or none: they are on the disk when this returns.
    pub(crate) fn record(&mut self, facts: &[Fact], moment: &Moment) -> Result<Recording, Error> {
        let warnings = self.check(facts, moment.today)?;
        let recorded = self.journal.append(facts, &moment.instant)?;
        let seqs = recorded.iter().map(|recorded| recorded.seq).collect();
        for fact in recorded {
            self.ledger.apply(fact);
        }
        Ok(Recording { seqs, warnings })
    }

    /// Checks facts, each against the ledger that the ones before it make, and returns what is only doubtful.
    pub(crate) fn check(&self, facts: &[Fact], today: Date) -> Result<Vec<Fault>, Error> {
        let faults = match facts {
            [fact] => self.ledger.check(fact, today),
            _ => {
                let mut ahead = self.ledger.clone();
                let mut faults = Vec::new();
                for (number, fact) in (self.next_seq().get()..).zip(facts) {
                    let found = ahead.check(fact, today);
                    if !found.iter().any(Fault::is_refusal) {
                        let instant = String::new();
                        let seq = Seq::new(number);
                        ahead.apply(dument_domain::Recorded { seq, recorded_at: instant, fact: fact.clone() });
                    }
                    faults.extend(found);
                }
                faults
            }
        };
        if faults.iter().any(Fault::is_refusal) { Err(Error::refused(&faults)) } else { Ok(faults) }
    }

    /// Returns the number that the next fact will bear: the company is locked, nobody else can take it.
    pub(crate) fn next_seq(&self) -> Seq {
        Seq::new(self.journal.head().seq.get() + 1)
    }

    /// Finds a debtor by his name, or by his SIREN.
    pub(crate) fn find_debtor(&self, name: &str) -> Result<Seq, Error> {
        let digits: String = name.chars().filter(|character| !character.is_whitespace()).collect();
        let by_siren = || {
            let of = |(seq, file): (Seq, &dument_domain::ledger::DebtorFile)| {
                let siren = file.debtor.party.siren()?;
                (siren.as_str() == digits).then_some(seq)
            };
            self.ledger.debtors().find_map(of)
        };
        self.ledger.debtor_named(name).or_else(by_siren).ok_or_else(|| {
            let known: Vec<&str> =
                self.ledger.debtors().map(|(_, file)| file.debtor.party.name.as_str()).take(5).collect();
            let hint = if known.is_empty() {
                "Aucun client n’est enregistré : ajoutez-le d’abord.".to_owned()
            } else {
                format!("Vérifiez son nom, ou ajoutez-le. Clients connus : {}.", known.join(", "))
            };
            Error::new("client-inconnu", format!("Aucun client ne s’appelle « {name} »."), hint)
        })
    }

    /// Finds the invoices of these numbers among those of a debtor.
    pub(crate) fn find_invoices(&self, debtor: Seq, numbers: &[String]) -> Result<Vec<Seq>, Error> {
        numbers.iter().map(|number| self.find_invoice(debtor, number)).collect()
    }

    pub(crate) fn find_invoice(&self, debtor: Seq, number: &str) -> Result<Seq, Error> {
        let found = self
            .ledger
            .numbered(number.trim())
            .filter(|seq| self.ledger.find_invoice(*seq).is_some_and(|invoice| invoice.debtor == debtor));
        found.ok_or_else(|| {
            Error::new(
                "facture-inconnue",
                format!("Aucune facture n° {number} n’est enregistrée pour ce client."),
                "Vérifiez son numéro (commande « factures »).",
            )
        })
    }

    /// Returns a piece of evidence, verified against its name.
    pub(crate) fn evidence(&self, sha256: &str) -> Result<Vec<u8>, Error> {
        let hash = Sha256Hash::parse(sha256).expect("BUG: facts hold the hashes that storage gave");
        Ok(self.journal.exhibits().load(hash)?)
    }

    /// Keeps a piece of evidence and returns its name.
    pub(crate) fn keep(&self, bytes: &[u8]) -> Result<String, Error> {
        Ok(self.journal.exhibits().store(bytes)?.to_string())
    }
}
