//! OASIS UBL 2 invoices and credit notes, as used by the European standard EN 16931.

use std::collections::BTreeSet;

use dument_domain::Currency;

use crate::Parsed;
use crate::coherence::{self, Places};
use crate::fields::{Fields, identifiers, joined_texts, text, texts};
use crate::invoice::{DueDate, InvoiceDocument, Nature, Note, Party, PrecedingInvoice, Syntax, TaxLine, Totals};
use crate::xml::{Element, Place};

const SELLER: &str = "cac:AccountingSupplierParty/cac:Party";
const BUYER: &str = "cac:AccountingCustomerParty/cac:Party";
const TOTALS: &str = "cac:LegalMonetaryTotal";

/// Reads an invoice or a credit note.
pub fn read(root: &Element, syntax: Syntax) -> Parsed<InvoiceDocument> {
    let root = Place::root(root);
    let mut fields = Fields::default();
    let invoice = invoice(&root, syntax, &mut fields);
    coherence::judge(invoice, &places(&root, syntax), fields.into_faults())
}

fn type_code_name(syntax: Syntax) -> &'static str {
    match syntax {
        Syntax::UblCreditNote => "cbc:CreditNoteTypeCode",
        Syntax::UblInvoice | Syntax::Cii | Syntax::CrossIndustryDocument => "cbc:InvoiceTypeCode",
    }
}

fn invoice(root: &Place, syntax: Syntax, fields: &mut Fields) -> InvoiceDocument {
    let currency = fields.currency(&root.at("cbc:DocumentCurrencyCode"));
    let tax_amounts = root.every("cac:TaxTotal/cbc:TaxAmount");
    let tax = fields.in_currency(&tax_amounts, currency);
    let account = "cac:PaymentMeans/cac:PayeeFinancialAccount";
    let banks = root.every(&format!("{account}/cac:FinancialInstitutionBranch/cbc:ID"));
    InvoiceDocument {
        syntax,
        guideline: text(&root.at("cbc:CustomizationID")),
        number: text(&root.at("cbc:ID")).unwrap_or_default(),
        type_code: text(&root.at(type_code_name(syntax))),
        nature: Nature::Invoice,
        amounts_were_negative: false,
        issue_date: fields.date(&root.at("cbc:IssueDate")),
        delivery_date: fields.date(&root.at("cac:Delivery/cbc:ActualDeliveryDate")),
        due_dates: due_dates(root, fields),
        payment_terms: joined_texts(root, "cac:PaymentTerms/cbc:Note"),
        payment_reference: root.every("cac:PaymentMeans/cbc:PaymentID").iter().find_map(text),
        currency,
        seller: party(&root.at(SELLER)),
        buyer: party(&root.at(BUYER)),
        buyer_reference: text(&root.at("cbc:BuyerReference")),
        order_ref: text(&root.at("cac:OrderReference/cbc:ID")),
        contract_ref: text(&root.at("cac:ContractDocumentReference/cbc:ID")),
        preceding_invoices: preceding_invoices(root, fields),
        tax_breakdown: tax_breakdown(root, currency, fields),
        totals: Totals { tax: tax.and_then(|place| fields.amount(&place)), ..totals(root, fields) },
        ibans: texts(root, &format!("{account}/cbc:ID")),
        bic: banks.iter().find_map(text),
        notes: root.every("cbc:Note").iter().filter_map(Place::text).map(note).collect(),
    }
}

/// Gathers the due date of the whole and those of its parts; the part says more, so it comes first.
fn due_dates(root: &Place, fields: &mut Fields) -> Vec<DueDate> {
    let mut dues = Vec::new();
    let mut known = BTreeSet::new();
    for terms in root.every("cac:PaymentTerms") {
        let named = ["cbc:InstallmentDueDate", "cbc:PaymentDueDate"].map(|name| terms.at(name));
        if let Some(date) = named.iter().find_map(|place| fields.date(place)) {
            known.insert(date);
            dues.push(DueDate { date, amount: fields.amount(&terms.at("cbc:Amount")) });
        }
    }
    let whole = [root.at("cbc:DueDate")].into_iter().chain(root.every("cac:PaymentMeans/cbc:PaymentDueDate"));
    for date in whole.filter_map(|place| fields.date(&place)) {
        if known.insert(date) {
            dues.push(DueDate { date, amount: None });
        }
    }
    dues
}

fn preceding_invoices(root: &Place, fields: &mut Fields) -> Vec<PrecedingInvoice> {
    let preceding = |document: Place| {
        let number = text(&document.at("cbc:ID"))?;
        Some(PrecedingInvoice { number, issue_date: fields.date(&document.at("cbc:IssueDate")) })
    };
    root.every("cac:BillingReference/cac:InvoiceDocumentReference").into_iter().filter_map(preceding).collect()
}

/// Reads the subtotals; a total in another currency, for the tax office, repeats them and is left aside.
fn tax_breakdown(root: &Place, currency: Option<Currency>, fields: &mut Fields) -> Vec<TaxLine> {
    let other_currency = |line: &Place| {
        let code = line.at("cbc:TaxAmount").attribute("currencyID");
        code.is_some_and(|code| currency.is_some_and(|currency| currency.code() != code))
    };
    let line = |place: Place| TaxLine {
        category: text(&place.at("cac:TaxCategory/cbc:ID")),
        rate: fields.rate(&place.at("cac:TaxCategory/cbc:Percent")),
        base: fields.amount(&place.at("cbc:TaxableAmount")),
        amount: fields.amount(&place.at("cbc:TaxAmount")),
    };
    let lines = root.every("cac:TaxTotal/cac:TaxSubtotal").into_iter();
    lines.filter(|place| !other_currency(place)).map(line).collect()
}

fn totals(root: &Place, fields: &mut Fields) -> Totals {
    let totals = root.at(TOTALS);
    let mut total = |name: &str| fields.amount(&totals.at(name));
    Totals {
        without_tax: total("cbc:TaxExclusiveAmount"),
        tax: None,
        with_tax: total("cbc:TaxInclusiveAmount"),
        prepaid: total("cbc:PrepaidAmount"),
        rounding: total("cbc:PayableRoundingAmount"),
        due_payable: total("cbc:PayableAmount"),
    }
}

fn party(place: &Place) -> Party {
    let legal_id = place.at("cac:PartyLegalEntity/cbc:CompanyID");
    let address = place.at("cac:PostalAddress");
    let taxes = place.every("cac:PartyTaxScheme");
    let vat = taxes.iter().filter(|tax| tax.at("cac:TaxScheme/cbc:ID").text() == Some("VAT"));
    let endpoint = place.at("cbc:EndpointID");
    let mailbox = text(&endpoint).filter(|_| endpoint.attribute("schemeID") == Some("EM"));
    let registered = text(&place.at("cac:PartyLegalEntity/cbc:RegistrationName"));
    let usual = text(&place.at("cac:PartyName/cbc:Name"));
    let lines = [texts(&address, "cbc:StreetName"), texts(&address, "cbc:AdditionalStreetName")];
    let mut party = Party {
        // Before EN 16931 the usual name was often the only one.
        name: registered.clone().or_else(|| usual.clone()),
        trade_name: registered.and(usual),
        legal_id: text(&legal_id),
        siren: None,
        vat: vat.filter_map(|tax| text(&tax.at("cbc:CompanyID"))).next(),
        country: text(&address.at("cac:Country/cbc:IdentificationCode")),
        address_lines: lines.into_iter().chain([texts(&address, "cac:AddressLine/cbc:Line")]).flatten().collect(),
        postcode: text(&address.at("cbc:PostalZone")),
        city: text(&address.at("cbc:CityName")),
        email: text(&place.at("cac:Contact/cbc:ElectronicMail")).or(mailbox),
    };
    party.derive_siren(&identifiers(&[vec![legal_id], place.every("cac:PartyIdentification/cbc:ID")].concat()));
    party
}

/// Splits `#PMD#Pénalités…` or `#PMD Pénalités…`, the way UBL carries the subject of a note in France.
fn note(text: &str) -> Note {
    let coded = text.strip_prefix('#').and_then(|rest| Some((rest.get(..3)?, rest.get(3..)?)));
    match coded {
        Some((code, rest))
            if code.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
                && rest.starts_with(|next: char| next == '#' || next.is_whitespace()) =>
        {
            let text = rest[1..].trim_start();
            Note { subject_code: Some(code.to_owned()), text: text.to_owned() }
        }
        _ => Note { subject_code: None, text: text.to_owned() },
    }
}

fn places(root: &Place, syntax: Syntax) -> Places {
    let at = |path: &str| root.at(path).path().to_owned();
    let in_totals = |name: &str| root.at(TOTALS).at(name).path().to_owned();
    Places {
        number: at("cbc:ID"),
        type_code: at(type_code_name(syntax)),
        issue_date: at("cbc:IssueDate"),
        due_date: at("cbc:DueDate"),
        currency: at("cbc:DocumentCurrencyCode"),
        seller_name: root.at(SELLER).at("cac:PartyLegalEntity/cbc:RegistrationName").path().to_owned(),
        buyer_name: root.at(BUYER).at("cac:PartyLegalEntity/cbc:RegistrationName").path().to_owned(),
        tax: at("cac:TaxTotal/cbc:TaxAmount"),
        with_tax: in_totals("cbc:TaxInclusiveAmount"),
        without_tax: in_totals("cbc:TaxExclusiveAmount"),
        due_payable: in_totals("cbc:PayableAmount"),
    }
}
