//! A company of the benches: who it is, its customers, what it bills them.

use std::fs;
use std::path::{Path, PathBuf};

use dument_workflows::company::{CompanyEntry, PartyEntry};
use dument_workflows::debtors::{DebtorEntry, add_debtor};
use dument_workflows::invoices::{InvoiceEntry, record_invoice};
use dument_workflows::words::{Amount, Currency, Date, Handling, InvoiceNature, Standing, Trade};
use dument_workflows::{Moment, Office};

/// By how much a trial in a debug build is smaller than the measure.
pub const REDUCTION: usize = if cfg!(debug_assertions) { 100 } else { 1 };

/// The day of every measure.
pub const TODAY: &str = "2026-06-30";

/// Returns an empty folder under the build folder, on the disk that is measured.
pub fn folder(name: &str) -> PathBuf {
    let whole = if REDUCTION == 1 { "figures" } else { "figures-trial" };
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(whole).join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    fs::create_dir_all(&folder).unwrap();
    folder
}

pub fn day(text: &str) -> Date {
    Date::parse_from_str(text, "%Y-%m-%d").unwrap()
}

pub fn today() -> Moment {
    noon(day(TODAY))
}

pub fn noon(today: Date) -> Moment {
    Moment { today, instant: format!("{today}T12:00:00+02:00") }
}

/// Creates a company on the disk.
pub fn create(folder: &Path) -> Office {
    let party = PartyEntry {
        name: "Menuiserie Kervella".to_owned(),
        legal_form: Some("SARL".to_owned()),
        siren: Some("904127636".to_owned()),
        address: Some("12 quai du Rosmeur, 29100 DOUARNENEZ".to_owned()),
        ..PartyEntry::default()
    };
    let entry = CompanyEntry { party, iban: Some("FR7612906000420007123456795".to_owned()), ..CompanyEntry::default() };
    Office::create(folder, entry.into_creditor(), &noon(day("2021-01-04"))).unwrap()
}

/// Adds a professional customer and returns his name.
pub fn add_customer(office: &mut Office, number: usize) -> String {
    let name = format!("Hôtel des Remparts {number}");
    let party = PartyEntry {
        name: name.clone(),
        address: Some(format!("{number} rue des Remparts, 29900 CONCARNEAU")),
        ..PartyEntry::default()
    };
    let entry = DebtorEntry {
        party,
        standing: Standing::Professional,
        delay_days: None,
        agreed_rate: None,
        allocation: None,
        handling: Handling::default(),
    };
    add_debtor(office, entry, &noon(day("2021-01-04"))).unwrap();
    name
}

/// Bills a customer, thirty days before the due date, and returns the number of the invoice.
pub fn bill(office: &mut Office, debtor: &str, number: usize, due_on: Date) -> String {
    let entry = InvoiceEntry {
        debtor: debtor.to_owned(),
        number: format!("FA-{number:05}"),
        nature: InvoiceNature::Standard,
        issued_on: due_on - chrono::Days::new(30),
        due: vec![(due_on, None)],
        delivered_on: None,
        total: varied(number),
        prepaid: Amount::ZERO,
        net: None,
        taxes: Vec::new(),
        currency: Currency::EUR,
        agreed_rate: None,
        trade: Trade::General,
        absorbs: Vec::new(),
        corrects: None,
    };
    let (number, moment) = (entry.number.clone(), noon(entry.issued_on));
    record_invoice(office, entry, &moment).unwrap();
    number
}

/// Returns one of ten thousand sums, between 100 € and 10 100 €.
pub fn varied(number: usize) -> Amount {
    Amount::from_cents(i64::try_from(10_000 + number * 7_919 % 1_000_000).unwrap())
}
