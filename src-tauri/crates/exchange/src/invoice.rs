//! An electronic invoice, whatever the format it came in.

use dument_domain::{Amount, Currency, Date, Rate};
use serde::Serialize;

/// The language an invoice is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Syntax {
    /// UN/CEFACT Cross Industry Invoice: Factur-X, ZUGFeRD 2, `XRechnung`.
    Cii,
    /// UN/CEFACT Cross Industry Document: ZUGFeRD 1.
    CrossIndustryDocument,
    /// OASIS UBL `Invoice`.
    UblInvoice,
    /// OASIS UBL `CreditNote`.
    UblCreditNote,
}

/// What a document does to what is owed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Nature {
    /// An ordinary invoice: it adds to what is owed.
    Invoice,
    /// A credit note, « avoir »: it takes away from what is owed.
    CreditNote,
    /// An invoice that replaces another one, « facture rectificative ».
    Correction,
    /// An invoice asking for money on account, « facture d’acompte ».
    Prepayment,
    /// An invoice made out by the buyer, « autofacture ».
    SelfBilled,
}

/// What an invoice says, as it says it, but for one thing: amounts are positive, and [`Nature`] carries the sign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InvoiceDocument {
    /// The language it is written in.
    pub syntax: Syntax,
    /// The profile or guideline it claims to follow, as written.
    pub guideline: Option<String>,
    /// Its number.
    pub number: String,
    /// Its type in the UNTDID 1001 list, as written: 380, 381, 386…
    pub type_code: Option<String>,
    /// What it does to what is owed.
    pub nature: Nature,
    /// Whether every amount was written with the opposite sign.
    pub amounts_were_negative: bool,
    /// Day of issue.
    pub issue_date: Option<Date>,
    /// Day of delivery, or on which the service was completed.
    pub delivery_date: Option<Date>,
    /// When it falls due.
    pub due_dates: Vec<DueDate>,
    /// Terms of payment, in words.
    pub payment_terms: Option<String>,
    /// What the buyer is asked to write on his payment.
    pub payment_reference: Option<String>,
    /// Currency of every amount.
    pub currency: Option<Currency>,
    /// Who is paid.
    pub seller: Party,
    /// Who pays.
    pub buyer: Party,
    /// What the buyer asked to be called by: a department, a cost centre.
    pub buyer_reference: Option<String>,
    /// The buyer's order.
    pub order_ref: Option<String>,
    /// The contract it comes from.
    pub contract_ref: Option<String>,
    /// The invoices it corrects, completes or takes up.
    pub preceding_invoices: Vec<PrecedingInvoice>,
    /// Tax, rate by rate.
    pub tax_breakdown: Vec<TaxLine>,
    /// What it comes to.
    pub totals: Totals,
    /// The accounts to pay into, as written.
    pub ibans: Vec<String>,
    /// The bank of the first account.
    pub bic: Option<String>,
    /// Free text: legal mentions, remarks.
    pub notes: Vec<Note>,
}

/// A day on which the whole invoice, or a part of it, falls due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct DueDate {
    /// The day.
    pub date: Date,
    /// The part that falls due that day; the whole when the invoice says nothing.
    pub amount: Option<Amount>,
}

/// The seller or the buyer.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Party {
    /// Registered name.
    pub name: Option<String>,
    /// Name it trades under.
    pub trade_name: Option<String>,
    /// Number in its country's register of companies, as written.
    pub legal_id: Option<String>,
    /// Nine digits that stand where a SIREN should; whether they are a true one is not checked here.
    pub siren: Option<String>,
    /// VAT number, as written.
    pub vat: Option<String>,
    /// Country, in two letters.
    pub country: Option<String>,
    /// Address, without postcode and city.
    pub address_lines: Vec<String>,
    /// Postcode.
    pub postcode: Option<String>,
    /// City.
    pub city: Option<String>,
    /// Electronic mail address.
    pub email: Option<String>,
}

/// An identifier and the list it comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Identifier<'a> {
    pub(crate) text: &'a str,
    /// Code of the list in ISO 6523: `0002` for SIREN, `0009` for SIRET.
    pub(crate) scheme: Option<&'a str>,
}

impl Party {
    /// Derives the SIREN from the first identifier that holds one.
    ///
    /// An identifier without a named list is believed only in France; one from another list never is: a DUNS number
    /// has nine digits as well.
    pub(crate) fn derive_siren(&mut self, identifiers: &[Identifier]) {
        let french = self.country.as_deref() == Some("FR");
        let trusted = identifiers.iter().filter(|id| match id.scheme {
            Some(scheme) => matches!(scheme, "0002" | "0009"),
            None => french,
        });
        self.siren = trusted.filter_map(|id| siren(id.text)).next();
    }
}

/// Returns the first nine of nine or fourteen digits, spaces aside.
fn siren(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(|character| !character.is_whitespace()).collect();
    let well_formed = matches!(digits.len(), 9 | 14) && digits.bytes().all(|byte| byte.is_ascii_digit());
    well_formed.then(|| digits[..9].to_owned())
}

/// An earlier invoice that this one refers to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PrecedingInvoice {
    /// Its number.
    pub number: String,
    /// Its day of issue.
    pub issue_date: Option<Date>,
}

/// The tax of one category at one rate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TaxLine {
    /// Category in the UNCL 5305 list: S standard, Z zero rate, E exempt, AE reverse charge…
    pub category: Option<String>,
    /// Rate in percent.
    pub rate: Option<Rate>,
    /// Sum before tax.
    pub base: Option<Amount>,
    /// Tax.
    pub amount: Option<Amount>,
}

/// What an invoice comes to; nothing is computed, what is missing stays missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Totals {
    /// Before tax, « HT ».
    pub without_tax: Option<Amount>,
    /// Tax, in the currency of the invoice.
    pub tax: Option<Amount>,
    /// With tax, « TTC ».
    pub with_tax: Option<Amount>,
    /// Already paid.
    pub prepaid: Option<Amount>,
    /// Added to what is to pay in order to round it.
    pub rounding: Option<Amount>,
    /// Left to pay.
    pub due_payable: Option<Amount>,
}

/// A free text on an invoice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Note {
    /// What it is about, in the UNTDID 4451 list: PMD late payment penalties, PMT flat recovery fee, AAB discount…
    pub subject_code: Option<String>,
    /// The text.
    pub text: String,
}

impl InvoiceDocument {
    /// Turns amounts that were written with the opposite sign round, and marks the document.
    ///
    /// An invoice with a negative total is a credit note under another name.
    pub(crate) fn make_amounts_positive(&mut self) {
        let totals = &mut self.totals;
        let decisive = totals.with_tax.or(totals.due_payable).or(totals.without_tax);
        if !decisive.is_some_and(Amount::is_negative) {
            return;
        }
        self.amounts_were_negative = true;
        self.nature = Nature::CreditNote;
        let taxes = self.tax_breakdown.iter_mut().flat_map(|line| [&mut line.base, &mut line.amount]);
        let dues = self.due_dates.iter_mut().map(|due| &mut due.amount);
        let Totals { without_tax, tax, with_tax, prepaid, rounding, due_payable } = totals;
        let totals = [without_tax, tax, with_tax, prepaid, rounding, due_payable];
        for amount in totals.into_iter().chain(taxes).chain(dues).flatten() {
            *amount = -*amount;
        }
    }
}

/// Returns what a type code of the UNTDID 1001 list stands for, or nothing when no invoice bears it.
///
/// The codes are those of the European standard EN 16931 and of the French list of the annex to XP Z12-012.
pub(crate) fn nature_of_type(type_code: &str) -> Option<Nature> {
    match type_code {
        "81" | "83" | "261" | "262" | "296" | "308" | "381" | "396" | "420" | "458" | "502" | "503" | "532" => {
            Some(Nature::CreditNote)
        }
        "384" | "471" | "472" | "473" => Some(Nature::Correction),
        "386" | "500" => Some(Nature::Prepayment),
        "389" | "501" => Some(Nature::SelfBilled),
        "71" | "80" | "82" | "84" | "102" | "130" | "202" | "203" | "204" | "211" | "218" | "219" | "295" | "326"
        | "331" | "380" | "382" | "383" | "385" | "387" | "388" | "390" | "393" | "394" | "395" | "456" | "457"
        | "527" | "553" | "575" | "623" | "633" | "751" | "780" | "817" | "870" | "875" | "876" | "877" | "935" => {
            Some(Nature::Invoice)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn siren_of(text: &str, scheme: Option<&str>, country: &str) -> Option<String> {
        let mut party = Party { country: Some(country.to_owned()), ..Party::default() };
        party.derive_siren(&[Identifier { text, scheme }]);
        party.siren
    }

    #[test]
    fn a_siren_is_found_in_a_siren_or_a_siret_with_or_without_spaces() {
        let expected = Some("123456782".to_owned());
        assert_eq!(siren_of("123456782", Some("0002"), "FR"), expected);
        assert_eq!(siren_of("123 456 782 00010", Some("0009"), "FR"), expected);
        assert_eq!(siren_of("123\u{202f}456\u{a0}782", None, "FR"), expected);
        assert_eq!(siren_of("123456782", Some("0002"), "RE"), expected, "the list says so, whatever the country");
    }

    #[test]
    fn nine_digits_from_elsewhere_are_not_a_siren() {
        assert_eq!(siren_of("123456782", None, "DE"), None, "no list, not in France");
        assert_eq!(siren_of("123456782", Some("0060"), "FR"), None, "a DUNS number has nine digits too");
        assert_eq!(siren_of("HRA 12345", Some("0002"), "FR"), None);
        assert_eq!(siren_of("1234567820", Some("0002"), "FR"), None);
    }
}
