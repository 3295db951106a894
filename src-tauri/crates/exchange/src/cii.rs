//! UN/CEFACT Cross Industry Invoice (Factur-X, ZUGFeRD 2, `XRechnung`), and its ancestor ZUGFeRD 1.
//!
//! The two say the same things under slightly different names: [`Dialect`] holds the differences.

use dument_domain::{Currency, Date};

use crate::Parsed;
use crate::coherence::{self, Places};
use crate::fields::{Fields, identifiers, joined_texts, text, texts};
use crate::invoice::{DueDate, InvoiceDocument, Nature, Note, Party, PrecedingInvoice, Syntax, TaxLine, Totals};
use crate::xml::{Element, Place};

/// The names that changed between ZUGFeRD 1 and the invoice of today.
struct Dialect {
    context: &'static str,
    header: &'static str,
    agreement: &'static str,
    delivery: &'static str,
    settlement: &'static str,
    totals: &'static str,
    tax_rate: &'static str,
    reference: &'static str,
}

const CROSS_INDUSTRY_INVOICE: Dialect = Dialect {
    context: "rsm:ExchangedDocumentContext",
    header: "rsm:ExchangedDocument",
    agreement: "rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeAgreement",
    delivery: "rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeDelivery",
    settlement: "rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeSettlement",
    totals: "ram:SpecifiedTradeSettlementHeaderMonetarySummation",
    tax_rate: "ram:RateApplicablePercent",
    reference: "ram:IssuerAssignedID",
};

const ZUGFERD_1: Dialect = Dialect {
    context: "rsm:SpecifiedExchangedDocumentContext",
    header: "rsm:HeaderExchangedDocument",
    agreement: "rsm:SpecifiedSupplyChainTradeTransaction/ram:ApplicableSupplyChainTradeAgreement",
    delivery: "rsm:SpecifiedSupplyChainTradeTransaction/ram:ApplicableSupplyChainTradeDelivery",
    settlement: "rsm:SpecifiedSupplyChainTradeTransaction/ram:ApplicableSupplyChainTradeSettlement",
    totals: "ram:SpecifiedTradeSettlementMonetarySummation",
    tax_rate: "ram:ApplicablePercent",
    reference: "ram:ID",
};

/// The parts of the document that are read, each where its dialect puts it.
struct Parts<'a> {
    syntax: Syntax,
    dialect: &'static Dialect,
    context: Place<'a>,
    header: Place<'a>,
    agreement: Place<'a>,
    delivery: Place<'a>,
    settlement: Place<'a>,
    totals: Place<'a>,
}

/// Reads an invoice.
pub fn read(root: &Element, syntax: Syntax) -> Parsed<InvoiceDocument> {
    let dialect = match syntax {
        Syntax::CrossIndustryDocument => &ZUGFERD_1,
        Syntax::Cii | Syntax::UblInvoice | Syntax::UblCreditNote => &CROSS_INDUSTRY_INVOICE,
    };
    let root = Place::root(root);
    let settlement = root.at(dialect.settlement);
    let parts = Parts {
        syntax,
        dialect,
        context: root.at(dialect.context),
        header: root.at(dialect.header),
        agreement: root.at(dialect.agreement),
        delivery: root.at(dialect.delivery),
        totals: settlement.at(dialect.totals),
        settlement,
    };
    let mut fields = Fields::default();
    let invoice = parts.invoice(&mut fields);
    coherence::judge(invoice, &parts.places(), fields.into_faults())
}

impl Parts<'_> {
    fn invoice(&self, fields: &mut Fields) -> InvoiceDocument {
        let Self { dialect, context, header, agreement, delivery, settlement, .. } = self;
        let reference = |name: &str| text(&agreement.at(name).at(dialect.reference));
        let currency = fields.currency(&settlement.at("ram:InvoiceCurrencyCode"));
        let means = "ram:SpecifiedTradeSettlementPaymentMeans";
        let bic = settlement.every(&format!("{means}/ram:PayeeSpecifiedCreditorFinancialInstitution/ram:BICID"));
        InvoiceDocument {
            syntax: self.syntax,
            guideline: text(&context.at("ram:GuidelineSpecifiedDocumentContextParameter/ram:ID")),
            number: text(&header.at("ram:ID")).unwrap_or_default(),
            type_code: text(&header.at("ram:TypeCode")),
            nature: Nature::Invoice,
            amounts_were_negative: false,
            issue_date: date_in(fields, &header.at("ram:IssueDateTime")),
            delivery_date: date_in(fields, &delivery.at("ram:ActualDeliverySupplyChainEvent/ram:OccurrenceDateTime")),
            due_dates: self.due_dates(fields),
            payment_terms: joined_texts(settlement, "ram:SpecifiedTradePaymentTerms/ram:Description"),
            payment_reference: text(&settlement.at("ram:PaymentReference")),
            currency,
            seller: party(&agreement.at("ram:SellerTradeParty")),
            buyer: party(&agreement.at("ram:BuyerTradeParty")),
            buyer_reference: text(&agreement.at("ram:BuyerReference")),
            order_ref: reference("ram:BuyerOrderReferencedDocument"),
            contract_ref: reference("ram:ContractReferencedDocument"),
            preceding_invoices: self.preceding_invoices(fields),
            tax_breakdown: self.tax_breakdown(fields),
            totals: self.totals(fields, currency),
            ibans: texts(settlement, &format!("{means}/ram:PayeePartyCreditorFinancialAccount/ram:IBANID")),
            bic: bic.iter().find_map(text),
            notes: header.every("ram:IncludedNote").iter().filter_map(note).collect(),
        }
    }

    fn due_dates(&self, fields: &mut Fields) -> Vec<DueDate> {
        let due = |terms: Place| {
            let date = date_in(fields, &terms.at("ram:DueDateDateTime"))?;
            Some(DueDate { date, amount: fields.amount(&terms.at("ram:PartialPaymentAmount")) })
        };
        self.settlement.every("ram:SpecifiedTradePaymentTerms").into_iter().filter_map(due).collect()
    }

    fn preceding_invoices(&self, fields: &mut Fields) -> Vec<PrecedingInvoice> {
        let preceding = |document: Place| {
            let number = text(&document.at(self.dialect.reference))?;
            Some(PrecedingInvoice { number, issue_date: date_in(fields, &document.at("ram:FormattedIssueDateTime")) })
        };
        self.settlement.every("ram:InvoiceReferencedDocument").into_iter().filter_map(preceding).collect()
    }

    fn tax_breakdown(&self, fields: &mut Fields) -> Vec<TaxLine> {
        let line = |tax: Place| TaxLine {
            category: text(&tax.at("ram:CategoryCode")),
            rate: fields.rate(&tax.at(self.dialect.tax_rate)),
            base: fields.amount(&tax.at("ram:BasisAmount")),
            amount: fields.amount(&tax.at("ram:CalculatedAmount")),
        };
        self.settlement.every("ram:ApplicableTradeTax").into_iter().map(line).collect()
    }

    fn totals(&self, fields: &mut Fields, currency: Option<Currency>) -> Totals {
        let tax = fields.in_currency(&self.totals.every("ram:TaxTotalAmount"), currency);
        let mut total = |name: &str| fields.amount(&self.totals.at(name));
        Totals {
            without_tax: total("ram:TaxBasisTotalAmount"),
            with_tax: total("ram:GrandTotalAmount"),
            prepaid: total("ram:TotalPrepaidAmount"),
            rounding: total("ram:RoundingAmount"),
            due_payable: total("ram:DuePayableAmount"),
            tax: tax.and_then(|place| fields.amount(&place)),
        }
    }

    fn places(&self) -> Places {
        let in_totals = |name: &str| self.totals.at(name).path().to_owned();
        let in_settlement = |name: &str| self.settlement.at(name).path().to_owned();
        Places {
            number: self.header.at("ram:ID").path().to_owned(),
            type_code: self.header.at("ram:TypeCode").path().to_owned(),
            issue_date: self.header.at("ram:IssueDateTime").path().to_owned(),
            due_date: in_settlement("ram:SpecifiedTradePaymentTerms/ram:DueDateDateTime"),
            currency: in_settlement("ram:InvoiceCurrencyCode"),
            seller_name: self.agreement.at("ram:SellerTradeParty/ram:Name").path().to_owned(),
            buyer_name: self.agreement.at("ram:BuyerTradeParty/ram:Name").path().to_owned(),
            tax: in_totals("ram:TaxTotalAmount"),
            with_tax: in_totals("ram:GrandTotalAmount"),
            without_tax: in_totals("ram:TaxBasisTotalAmount"),
            due_payable: in_totals("ram:DuePayableAmount"),
        }
    }
}

/// Reads the date wrapped in `udt:DateTimeString`, `qdt:DateTimeString` or `udt:DateTime`.
fn date_in(fields: &mut Fields, place: &Place) -> Option<Date> {
    fields.date(&place.first_inside())
}

fn party(place: &Place) -> Party {
    let legal_id = place.at("ram:SpecifiedLegalOrganization/ram:ID");
    let address = place.at("ram:PostalTradeAddress");
    let with_scheme = |path: &str, scheme: &str| {
        let all = place.every(path);
        all.iter().filter(|id| id.attribute("schemeID") == Some(scheme)).find_map(text)
    };
    let contact = place.at("ram:DefinedTradeContact/ram:EmailURIUniversalCommunication/ram:URIID");
    let lines = ["ram:LineOne", "ram:LineTwo", "ram:LineThree"];
    let mut party = Party {
        name: text(&place.at("ram:Name")),
        trade_name: text(&place.at("ram:SpecifiedLegalOrganization/ram:TradingBusinessName")),
        legal_id: text(&legal_id),
        siren: None,
        vat: with_scheme("ram:SpecifiedTaxRegistration/ram:ID", "VA"),
        country: text(&address.at("ram:CountryID")),
        address_lines: lines.iter().filter_map(|line| text(&address.at(line))).collect(),
        postcode: text(&address.at("ram:PostcodeCode")),
        city: text(&address.at("ram:CityName")),
        email: text(&contact).or_else(|| with_scheme("ram:URIUniversalCommunication/ram:URIID", "EM")),
    };
    party.derive_siren(&identifiers(&[vec![legal_id], place.every("ram:GlobalID")].concat()));
    party
}

fn note(place: &Place) -> Option<Note> {
    Some(Note { text: joined_texts(place, "ram:Content")?, subject_code: text(&place.at("ram:SubjectCode")) })
}
