//! Electronic invoices: reading a file, seeing what it would bring, taking it in.
//!
//! An import is two requests: a preview, then an acceptance that takes everything or nothing. The original bytes are kept
//! as evidence, and a file that is already known adds nothing.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use dument_domain::calendar::add_days;
use dument_domain::fact::{EarlierPayments, Exhibit, ExhibitNature, Fact, Recorded, Replacement};
use dument_domain::identifiers::{Siren, VatNumber};
use dument_domain::invoice::{CreditEffect, CreditNote, DueBasis, Instalment, Invoice, InvoiceNature, TaxLine, Trade};
use dument_domain::law::{Delay, payment_delay};
use dument_domain::party::{Debtor, Handling, Party, Standing};
use dument_domain::{Amount, Currency, Date, Fault, Ledger, Seq};
use dument_exchange::invoice::{InvoiceDocument, Nature};
use dument_exchange::{Document, Kind};
use dument_storage::{EXHIBIT_LIMIT, Sha256Hash};
use serde::Serialize;

use crate::error::Error;
use crate::office::{Moment, Office};
use crate::view::{self, FaultView};

/// What a file says.
#[derive(Debug, Clone, Serialize)]
pub struct ReadingView {
    /// The file.
    #[serde(rename = "fichier")]
    pub file: String,
    /// `facture`, `avoir`, `pdf`, `xml`, `inconnu`.
    pub nature: &'static str,
    /// What was read.
    #[serde(rename = "lu")]
    pub read: Option<InvoiceReadView>,
    /// What is wrong or doubtful.
    #[serde(rename = "fautes")]
    pub faults: Vec<FaultView>,
}

/// What an electronic invoice says, as it says it.
#[derive(Debug, Clone, Serialize)]
pub struct InvoiceReadView {
    /// Its number.
    #[serde(rename = "numero")]
    pub number: String,
    /// Its type in the UNTDID 1001 list.
    #[serde(rename = "type")]
    pub type_code: Option<String>,
    /// Date of issue.
    #[serde(rename = "emise")]
    pub issued_on: Option<Date>,
    /// First due date.
    #[serde(rename = "echeance")]
    pub due_on: Option<Date>,
    /// Every due date.
    #[serde(rename = "echeances")]
    pub due_dates: Vec<Date>,
    /// Seller.
    #[serde(rename = "vendeur")]
    pub seller: PartyReadView,
    /// Buyer.
    #[serde(rename = "acheteur")]
    pub buyer: PartyReadView,
    /// Currency.
    #[serde(rename = "devise")]
    pub currency: Option<Currency>,
    /// Before tax.
    #[serde(rename = "ht")]
    pub net: Option<Amount>,
    /// Tax.
    #[serde(rename = "tva")]
    pub tax: Option<Amount>,
    /// With tax.
    #[serde(rename = "ttc")]
    pub total: Option<Amount>,
    /// Already paid.
    #[serde(rename = "deja_paye")]
    pub prepaid: Option<Amount>,
    /// Left to pay.
    #[serde(rename = "a_payer")]
    pub due_payable: Option<Amount>,
    /// The invoices it refers to.
    #[serde(rename = "factures_anterieures")]
    pub preceding: Vec<String>,
}

/// A party of an electronic invoice.
#[derive(Debug, Clone, Serialize)]
pub struct PartyReadView {
    /// Name.
    #[serde(rename = "nom")]
    pub name: Option<String>,
    /// SIREN, where there is one.
    pub siren: Option<String>,
    /// Number in its register, as written.
    #[serde(rename = "identifiant")]
    pub legal_id: Option<String>,
    /// VAT number, as written.
    #[serde(rename = "tva")]
    pub vat: Option<String>,
}

/// Reads files without any company.
///
/// # Errors
/// A file cannot be opened; what is wrong inside one is in its view.
pub fn read_files(paths: &[PathBuf]) -> Result<Vec<ReadingView>, Error> {
    let read = |path: &PathBuf| {
        let reading = dument_exchange::read(&load(path)?);
        let document = reading.parsed.items.first();
        let nature = match (document, &reading.kind) {
            (Some(Document::Invoice(invoice)), _) if invoice.nature == Nature::CreditNote => "avoir",
            (Some(Document::Invoice(_)), _) => "facture",
            (None, Kind::Pdf | Kind::PdfWithInvoice { .. }) => "pdf",
            (None, Kind::Xml | Kind::InvoiceXml(_)) => "xml",
            (None, Kind::Unknown) => "inconnu",
        };
        let read = document.map(|Document::Invoice(invoice)| InvoiceReadView::of(invoice));
        Ok(ReadingView { file: path.display().to_string(), nature, read, faults: view::faults(&reading.parsed.faults) })
    };
    paths.iter().map(read).collect()
}

impl InvoiceReadView {
    /// Gives amounts the sign that the file gives them.
    fn of(invoice: &InvoiceDocument) -> Self {
        let sign = |amount: Option<Amount>| if invoice.amounts_were_negative { amount.map(|it| -it) } else { amount };
        let party = |party: &dument_exchange::invoice::Party| PartyReadView {
            name: party.name.clone(),
            siren: party.siren.clone(),
            legal_id: party.legal_id.clone(),
            vat: party.vat.clone(),
        };
        Self {
            number: invoice.number.clone(),
            type_code: invoice.type_code.clone(),
            issued_on: invoice.issue_date,
            due_on: invoice.due_dates.first().map(|due| due.date),
            due_dates: invoice.due_dates.iter().map(|due| due.date).collect(),
            seller: party(&invoice.seller),
            buyer: party(&invoice.buyer),
            currency: invoice.currency,
            net: sign(invoice.totals.without_tax),
            tax: sign(invoice.totals.tax),
            total: sign(invoice.totals.with_tax),
            prepaid: sign(invoice.totals.prepaid),
            due_payable: sign(invoice.totals.due_payable),
            preceding: invoice.preceding_invoices.iter().map(|preceding| preceding.number.clone()).collect(),
        }
    }
}

/// Reads a file, refusing one that is larger than any evidence may be before it is in memory.
pub(crate) fn load(path: &Path) -> Result<Vec<u8>, Error> {
    let failed = |source: std::io::Error| Error::file(path, &source);
    let file = std::fs::File::open(path).map_err(failed)?;
    let metadata = file.metadata().map_err(failed)?;
    if !metadata.is_file() {
        return Err(Error::new(
            "pas-un-fichier",
            format!("« {} » n’est pas un fichier.", path.display()),
            "Choisissez un fichier, pas un dossier.",
        ));
    }
    let mut bytes = Vec::new();
    file.take(EXHIBIT_LIMIT + 1).read_to_end(&mut bytes).map_err(failed)?;
    let size = bytes.len() as u64;
    if size > EXHIBIT_LIMIT {
        let size = metadata.len().max(size);
        return Err(dument_storage::Error::TooLarge { size, limit: EXHIBIT_LIMIT }.into());
    }
    Ok(bytes)
}

/// Returns the name a file goes by, without its folder.
pub(crate) fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// What an import brings, or would bring.
#[derive(Debug, Clone, Serialize)]
pub struct ImportView {
    /// File by file.
    #[serde(rename = "lignes")]
    pub lines: Vec<ImportLine>,
    /// How many are new.
    #[serde(rename = "nouveaux")]
    pub new: usize,
    /// How many were known already.
    #[serde(rename = "connus")]
    pub known: usize,
    /// How many are refused.
    #[serde(rename = "refuses")]
    pub refused: usize,
}

/// What one file brings.
#[derive(Debug, Clone, Serialize)]
pub struct ImportLine {
    /// The file.
    #[serde(rename = "fichier")]
    pub file: String,
    /// `nouveau`, `connu`, `refuse`.
    #[serde(rename = "etat")]
    pub state: &'static str,
    /// The fact that records it, or recorded it.
    #[serde(rename = "fait")]
    pub fact: Option<String>,
    /// `facture` or `avoir`.
    pub nature: Option<&'static str>,
    /// Its number.
    #[serde(rename = "numero")]
    pub number: Option<String>,
    /// The customer.
    #[serde(rename = "client")]
    pub debtor: Option<String>,
    /// Whether the customer is new.
    #[serde(rename = "client_nouveau")]
    pub debtor_is_new: bool,
    /// Total with tax.
    #[serde(rename = "ttc")]
    pub total: Option<Amount>,
    /// What is wrong or doubtful.
    #[serde(rename = "fautes")]
    pub faults: Vec<FaultView>,
}

/// Shows what files would bring, and records nothing.
///
/// # Errors
/// A file cannot be opened.
pub fn preview_import(
    office: &Office,
    paths: &[PathBuf],
    standing: Option<Standing>,
    moment: &Moment,
) -> Result<ImportView, Error> {
    Ok(Batch::read(office, paths, standing, moment)?.view())
}

/// Takes files in: all of them, or none if one is refused.
///
/// # Errors
/// A file cannot be opened, or a rule refuses one of them; nothing is recorded.
pub fn accept_import(
    office: &mut Office,
    paths: &[PathBuf],
    standing: Option<Standing>,
    moment: &Moment,
) -> Result<ImportView, Error> {
    let batch = Batch::read(office, paths, standing, moment)?;
    let refusals: Vec<Fault> = batch.refusals();
    if !refusals.is_empty() {
        return Err(Error::refused(&refusals));
    }
    for original in &batch.originals {
        office.keep(original)?;
    }
    let view = batch.view();
    let facts = batch.facts;
    if !facts.is_empty() {
        office.record(&facts, moment)?;
    }
    Ok(view)
}

/// Files on their way into the ledger.
struct Batch {
    /// The ledger with what the files before bring.
    ahead: Ledger,
    next: u64,
    today: Date,
    standing: Option<Standing>,
    facts: Vec<Fact>,
    originals: Vec<Vec<u8>>,
    lines: Vec<(ImportLine, Vec<Fault>)>,
}

/// A file that was read.
struct File {
    name: String,
    bytes: Vec<u8>,
    sha256: String,
    document: Option<Box<InvoiceDocument>>,
    faults: Vec<Fault>,
}

impl File {
    fn open(path: &Path) -> Result<Self, Error> {
        let bytes = load(path)?;
        let reading = dument_exchange::read(&bytes);
        Ok(Self {
            name: file_name(path),
            sha256: Sha256Hash::of(&bytes).to_string(),
            bytes,
            document: reading.parsed.items.into_iter().next().map(|Document::Invoice(invoice)| invoice),
            faults: reading.parsed.faults,
        })
    }

    fn is_credit_note(&self) -> bool {
        self.document.as_ref().is_some_and(|document| document.nature == Nature::CreditNote)
    }
}

impl Batch {
    fn read(office: &Office, paths: &[PathBuf], standing: Option<Standing>, moment: &Moment) -> Result<Self, Error> {
        let mut batch = Self {
            ahead: office.ledger.clone(),
            next: office.next_seq().get(),
            today: moment.today,
            standing,
            facts: Vec::new(),
            originals: Vec::new(),
            lines: Vec::new(),
        };
        let mut files = paths.iter().map(|path| File::open(path)).collect::<Result<Vec<_>, _>>()?;
        // A credit note comes after the invoice that it lowers.
        files.sort_by_key(File::is_credit_note);
        for file in files {
            batch.take(file);
        }
        Ok(batch)
    }

    fn refusals(&self) -> Vec<Fault> {
        let named = self.lines.iter().flat_map(|(line, faults)| faults.iter().map(move |fault| (line, fault)));
        named
            .filter(|(_, fault)| fault.is_refusal())
            .map(|(line, fault)| Fault {
                sentence: format!("{}\u{202f}: {}", line.file, fault.sentence),
                ..fault.clone()
            })
            .collect()
    }

    fn view(&self) -> ImportView {
        let lines: Vec<ImportLine> = self
            .lines
            .iter()
            .map(|(line, faults)| {
                let state = if faults.iter().any(Fault::is_refusal) { "refuse" } else { line.state };
                ImportLine { state, faults: view::faults(faults), ..line.clone() }
            })
            .collect();
        let count = |state| lines.iter().filter(|line| line.state == state).count();
        ImportView { new: count("nouveau"), known: count("connu"), refused: count("refuse"), lines }
    }

    /// Adds what a file brings, unless it is known or refused.
    fn take(&mut self, mut file: File) {
        let mut faults = std::mem::take(&mut file.faults);
        let line = match &file.document {
            None => ImportLine::empty(&file.name),
            Some(document) => match self.known(&file, document) {
                Some(seq) => {
                    faults.clear();
                    ImportLine { state: "connu", fact: Some(seq.to_string()), ..ImportLine::of(&file.name, document) }
                }
                None => self.take_new(&file, document, &mut faults),
            },
        };
        if line.state == "nouveau" && !faults.iter().any(Fault::is_refusal) {
            self.originals.push(file.bytes);
        }
        self.lines.push((line, faults));
    }

    /// Adds the facts that a new invoice brings.
    fn take_new(&mut self, file: &File, document: &InvoiceDocument, faults: &mut Vec<Fault>) -> ImportLine {
        let mut line = ImportLine::of(&file.name, document);
        faults.extend(self.wrong_way(document));
        let (debtor, new_debtor) = match self.debtor(document) {
            Ok(found) => found,
            Err(fault) => {
                faults.push(fault);
                return line;
            }
        };
        let profile = new_debtor.as_ref().unwrap_or_else(|| &self.ahead.debtor(debtor).debtor);
        faults.extend(other_name(document, &profile.party));
        line.debtor_is_new = new_debtor.is_some();
        line.debtor = Some(profile.party.name.clone());
        let seq = Seq::new(self.next + u64::from(new_debtor.is_some()));
        line.fact = Some(seq.to_string());
        let recorded = match document.nature {
            Nature::CreditNote => credit_note(document, debtor, &self.ahead, file),
            Nature::Invoice | Nature::Correction | Nature::Prepayment | Nature::SelfBilled => {
                claim(document, debtor, profile.delay_days, file, faults)
            }
        };
        match recorded {
            Ok(recorded) => {
                let mut facts: Vec<Fact> = new_debtor.into_iter().map(Fact::DebtorAdded).collect();
                facts.push(recorded);
                facts.push(Fact::ExhibitAdded(self.original(file, document, debtor, seq)));
                facts.extend(self.replacements(document, debtor, seq));
                self.add(facts, faults);
            }
            Err(fault) => faults.push(fault),
        }
        line
    }

    /// Adds facts up to the first that is refused; a batch with a refusal is never recorded.
    fn add(&mut self, facts: Vec<Fact>, faults: &mut Vec<Fault>) {
        for fact in facts {
            faults.extend(self.ahead.check(&fact, self.today));
            if faults.iter().any(Fault::is_refusal) {
                return;
            }
            self.ahead.apply(Recorded { seq: Seq::new(self.next), recorded_at: String::new(), fact: fact.clone() });
            self.next += 1;
            self.facts.push(fact);
        }
    }

    /// Returns the fact that already records this file, or the same invoice from another file.
    fn known(&self, file: &File, document: &InvoiceDocument) -> Option<Seq> {
        let seq = self.ahead.numbered(&document.number)?;
        let (original, total) = match self.ahead.find_invoice(seq) {
            Some(invoice) => (&invoice.original, invoice.total),
            None => {
                let credit_note = self.ahead.credit_note(seq);
                (&credit_note.original, credit_note.total)
            }
        };
        let same_file = original.as_ref() == Some(&file.sha256);
        (same_file || total_of(document) == Some(total)).then_some(seq)
    }

    /// Refuses an invoice that the company has to pay, and doubts one that it did not issue.
    fn wrong_way(&self, invoice: &InvoiceDocument) -> Option<Fault> {
        let own = self.ahead.company()?.party.siren()?;
        let own = own.as_str();
        if invoice.buyer.siren.as_deref() == Some(own) {
            return Some(Fault::refusal(
                "facture-recue",
                "acheteur",
                "Cette facture vous est adressée : elle n’est pas à recouvrer. Retirez-la de l’import.",
            ));
        }
        let seller = invoice.seller.siren.as_deref()?;
        (seller != own).then(|| {
            Fault::warning(
                "vendeur-different",
                "vendeur",
                format!("Le vendeur de cette facture porte le SIREN {seller}, le vôtre est {own} : vérifiez qu’elle est bien à vous."),
            )
        })
    }

    /// Returns the customer of an invoice, with his details when he is new.
    fn debtor(&self, invoice: &InvoiceDocument) -> Result<(Seq, Option<Debtor>), Fault> {
        let buyer = &invoice.buyer;
        let same = |party: &Party| {
            let siren = party.siren().map(|siren| siren.as_str().to_owned());
            (siren.is_some() && siren == buyer.siren)
                || (party.vat.is_some() && party.vat == buyer.vat.as_deref().map(VatNumber::read))
        };
        let known = self.ahead.debtors().find(|(_, file)| same(&file.debtor.party)).map(|(seq, _)| seq);
        let known = known.or_else(|| self.ahead.debtor_named(buyer.name.as_deref()?));
        if let Some(seq) = known {
            return Ok((seq, None));
        }
        let Some(name) = buyer.name.clone().or_else(|| buyer.trade_name.clone()) else {
            return Err(Fault::refusal(
                "acheteur-sans-nom",
                "acheteur",
                "La facture ne nomme pas l’acheteur : enregistrez le client et la facture à la main.",
            ));
        };
        let presumed = (buyer.siren.is_some() || buyer.vat.is_some() || buyer.legal_id.is_some())
            .then_some(Standing::Professional);
        let Some(standing) = self.standing.or(presumed) else {
            return Err(Fault::refusal(
                "qualite-inconnue",
                "acheteur",
                format!(
                    "Rien ne dit si {name} est un professionnel ou un particulier, et la loi ne les traite pas pareil : dites-le (« --qualite »), ou enregistrez d’abord ce client."
                ),
            ));
        };
        let party = Party {
            name,
            address: address(buyer),
            siren: buyer.siren.as_deref().map(Siren::read),
            vat: buyer.vat.as_deref().map(VatNumber::read),
            email: buyer.email.clone(),
            ..Party::default()
        };
        let debtor = Debtor {
            party,
            standing,
            delay_days: None,
            agreed_rate: None,
            allocation: None,
            handling: Handling::Ordinary,
        };
        Ok((Seq::new(self.next), Some(debtor)))
    }

    fn original(&self, file: &File, invoice: &InvoiceDocument, debtor: Seq, seq: Seq) -> Exhibit {
        let title = match invoice.nature {
            Nature::CreditNote => format!("Avoir n° {}", invoice.number),
            Nature::Prepayment => format!("Facture d’acompte n° {}", invoice.number),
            Nature::Correction => format!("Facture rectificative n° {}", invoice.number),
            Nature::Invoice | Nature::SelfBilled => format!("Facture n° {}", invoice.number),
        };
        Exhibit {
            debtor,
            invoices: vec![seq],
            letter: None,
            nature: ExhibitNature::Invoice,
            title,
            dated_on: invoice.issue_date,
            added_on: self.today,
            sha256: file.sha256.clone(),
            size: file.bytes.len() as u64,
            file_name: file.name.clone(),
        }
    }

    /// Returns what a corrected or a final invoice takes the place of, among the invoices it names.
    fn replacements(&self, invoice: &InvoiceDocument, debtor: Seq, by: Seq) -> Vec<Fact> {
        let on = invoice.issue_date.unwrap_or(self.today);
        let named = invoice.preceding_invoices.iter().filter_map(|preceding| self.ahead.numbered(&preceding.number));
        let named = named.filter_map(|seq| Some((seq, self.ahead.find_invoice(seq)?)));
        named
            .filter(|(seq, known)| known.debtor == debtor && self.ahead.replacement(*seq).is_none())
            .filter_map(|(seq, known)| {
                let deducted = invoice.totals.prepaid.is_some_and(Amount::is_positive);
                let earlier_payments = match invoice.nature {
                    Nature::Correction => EarlierPayments::CarriedOver,
                    Nature::Invoice | Nature::SelfBilled if known.nature == InvoiceNature::Deposit => {
                        if deducted {
                            EarlierPayments::Deducted
                        } else {
                            EarlierPayments::CarriedOver
                        }
                    }
                    Nature::Invoice | Nature::SelfBilled | Nature::Prepayment | Nature::CreditNote => return None,
                };
                Some(Fact::InvoiceReplaced(Replacement { invoice: seq, by, on, earlier_payments }))
            })
            .collect()
    }
}

impl ImportLine {
    fn empty(file: &str) -> Self {
        Self {
            file: file.to_owned(),
            state: "refuse",
            fact: None,
            nature: None,
            number: None,
            debtor: None,
            debtor_is_new: false,
            total: None,
            faults: Vec::new(),
        }
    }

    fn of(file: &str, invoice: &InvoiceDocument) -> Self {
        let nature = if invoice.nature == Nature::CreditNote { "avoir" } else { "facture" };
        Self {
            state: "nouveau",
            nature: Some(nature),
            number: Some(invoice.number.clone()),
            debtor: invoice.buyer.name.clone(),
            total: total_of(invoice),
            ..Self::empty(file)
        }
    }
}

fn credit_note(document: &InvoiceDocument, debtor: Seq, ahead: &Ledger, file: &File) -> Result<Fact, Fault> {
    let (issued_on, currency, total) = essentials(document)?;
    let lowered = document.preceding_invoices.iter().filter_map(|preceding| ahead.numbered(&preceding.number));
    let mut lowered = lowered.filter(|seq| ahead.find_invoice(*seq).is_some_and(|invoice| invoice.debtor == debtor));
    Ok(Fact::CreditNoteRecorded(CreditNote {
        debtor,
        number: document.number.clone(),
        issued_on,
        currency,
        total,
        invoice: lowered.next(),
        effect: CreditEffect::FromItsDate,
        original: Some(file.sha256.clone()),
    }))
}

fn claim(
    document: &InvoiceDocument,
    debtor: Seq,
    delay_days: Option<u32>,
    file: &File,
    faults: &mut Vec<Fault>,
) -> Result<Fact, Fault> {
    let (issued_on, currency, total) = essentials(document)?;
    let prepaid = document.totals.prepaid.unwrap_or(Amount::ZERO);
    let payable = document.totals.due_payable.unwrap_or(total - prepaid);
    let (instalments, due_basis) = instalments(document, issued_on, payable, delay_days);
    if due_basis == DueBasis::Computed {
        // What was found missing has been worked out: one sentence is enough.
        faults.retain(|fault| fault.code != "facture-sans-echeance");
        let due_on = dument_domain::french::date(instalments[0].due_on);
        faults.push(Fault::warning(
            "echeance-calculee",
            "echeance",
            format!(
                "La facture ne dit pas quand elle doit être payée : l’échéance a été calculée au {due_on}, à vérifier."
            ),
        ));
    }
    let taxes = document
        .tax_breakdown
        .iter()
        .filter_map(|line| Some(TaxLine { rate: line.rate?, base: line.base, amount: line.amount? }));
    Ok(Fact::InvoiceRecorded(Invoice {
        debtor,
        number: document.number.clone(),
        nature: match document.nature {
            Nature::Prepayment => InvoiceNature::Deposit,
            Nature::Correction => InvoiceNature::Correction,
            Nature::SelfBilled => InvoiceNature::SelfBilled,
            Nature::Invoice | Nature::CreditNote => InvoiceNature::Standard,
        },
        issued_on,
        delivered_on: document.delivery_date,
        currency,
        total,
        prepaid,
        net: document.totals.without_tax,
        taxes: taxes.collect(),
        instalments,
        due_basis,
        agreed_rate: None,
        trade: Trade::General,
        order_reference: document.order_ref.clone(),
        original: Some(file.sha256.clone()),
    }))
}

/// Doubts an invoice whose buyer bears the SIREN of a customer, but not his name.
fn other_name(document: &InvoiceDocument, known: &Party) -> Option<Fault> {
    let named = document.buyer.name.as_ref()?;
    let same = |name: &str| name.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>();
    (same(named) != same(&known.name)).then(|| {
        Fault::warning(
            "acheteur-autre-nom",
            "acheteur",
            format!("L’acheteur s’appelle {named} sur la facture ; elle va au compte de {}, qui a le même numéro : vérifiez que c’est bien lui.", known.name),
        )
    })
}

/// Returns what no document can do without.
fn essentials(document: &InvoiceDocument) -> Result<(Date, Currency, Amount), Fault> {
    let missing = |code, path: &str, what: &str| {
        Fault::refusal(code, path, format!("La facture n’a pas de {what} lisible : enregistrez-la à la main."))
    };
    let issued_on = document.issue_date.ok_or_else(|| missing("date-absente", "emise", "date"))?;
    let currency = document.currency.ok_or_else(|| missing("devise-absente", "devise", "devise"))?;
    let total = total_of(document).ok_or_else(|| missing("total-absent", "ttc", "total"))?;
    Ok((issued_on, currency, total))
}

/// Returns the total with tax; an old profile may only say what is left to pay.
fn total_of(document: &InvoiceDocument) -> Option<Amount> {
    let totals = &document.totals;
    totals.with_tax.or_else(|| Some(totals.due_payable? + totals.prepaid.unwrap_or(Amount::ZERO)))
}

/// Returns when an invoice falls due.
///
/// Without a date, the customer's own terms count, else the thirty days of the law, from delivery if it is known.
/// Several dates without sums are an early one with a discount and the true one: the last counts.
fn instalments(
    document: &InvoiceDocument,
    issued_on: Date,
    payable: Amount,
    delay_days: Option<u32>,
) -> (Vec<Instalment>, DueBasis) {
    let parts: Option<Vec<Instalment>> = document
        .due_dates
        .iter()
        .map(|due| Some(Instalment { due_on: due.date.max(issued_on), amount: due.amount? }))
        .collect();
    if let Some(parts) =
        parts.filter(|parts| !parts.is_empty() && parts.iter().map(|part| part.amount).sum::<Amount>() == payable)
    {
        return (parts, DueBasis::Stated);
    }
    if let Some(last) = document.due_dates.iter().map(|due| due.date).max() {
        return (vec![Instalment { due_on: last.max(issued_on), amount: payable }], DueBasis::Stated);
    }
    let due_on = delay_days.map_or_else(
        || {
            let start = document.delivery_date.unwrap_or(issued_on).max(issued_on);
            add_days(start, payment_delay(Delay::Default, start).map_or(30, |delay| delay.value))
        },
        |days| add_days(issued_on, days),
    );
    (vec![Instalment { due_on, amount: payable }], DueBasis::Computed)
}

fn address(party: &dument_exchange::invoice::Party) -> Vec<String> {
    let town = [&party.postcode, &party.city].into_iter().flatten().cloned().collect::<Vec<_>>().join(" ");
    party.address_lines.iter().cloned().chain((!town.is_empty()).then_some(town)).collect()
}
