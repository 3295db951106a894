//! What becomes of invoices written on purpose, small enough to be read in one glance.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod support;

use dument_domain::{Amount, Date, Fault};
use dument_exchange::invoice::{Nature, Syntax};
use dument_exchange::{Kind, Reading, read};
use support::{cii, codes, invoice, pdf, ubl, zugferd_1};

fn amount(text: &str) -> Option<Amount> {
    Some(Amount::parse(text).unwrap())
}

fn day(year: i32, month: u32, day: u32) -> Date {
    Date::from_ymd_opt(year, month, day).unwrap()
}

fn has(reading: &Reading, code: &str) -> bool {
    codes(reading).contains(&code)
}

#[test]
fn a_plain_invoice_is_read_without_a_word() {
    for (text, syntax) in [(cii(), Syntax::Cii), (ubl(), Syntax::UblInvoice)] {
        let reading = read(text.as_bytes());
        assert_eq!(reading.kind, Kind::InvoiceXml(syntax));
        assert_eq!(reading.parsed.faults, [], "nothing is wrong with it");
        let invoice = invoice(&reading);
        assert_eq!(invoice.number, "F-2026-007");
        assert_eq!(invoice.nature, Nature::Invoice);
        assert!(!invoice.amounts_were_negative);
        assert_eq!(invoice.issue_date, Some(day(2026, 3, 1)));
        assert_eq!(
            invoice.due_dates.iter().map(|due| (due.date, due.amount)).collect::<Vec<_>>(),
            [(day(2026, 3, 31), None)]
        );
        assert_eq!(invoice.totals.with_tax, amount("120.00"));
        assert_eq!(invoice.totals.due_payable, amount("90.00"), "30 € were paid on account");
        assert_eq!(invoice.seller.siren.as_deref(), Some("123456782"));
        assert_eq!(invoice.buyer.siren.as_deref(), Some("987654324"), "the SIRET begins with the SIREN");
        assert_eq!(invoice.buyer.city.as_deref(), Some("Nîmes"));
        assert_eq!(invoice.tax_breakdown.len(), 1);
        assert_eq!(invoice.ibans, ["FR7630006000011234567890189"]);
        assert_eq!(invoice.bic.as_deref(), Some("AGRIFRPP"));
        let note = &invoice.notes[0];
        assert_eq!((note.subject_code.as_deref(), note.text.as_str()), (Some("PMT"), "Indemnité de 40 €."));
    }
}

#[test]
fn a_namespace_counts_by_its_address_and_not_by_its_prefix() {
    let renamed = cii().replace("ram:", "x:").replace("xmlns:ram=", "xmlns:x=");
    let reading = read(renamed.as_bytes());
    assert_eq!(invoice(&reading).number, "F-2026-007");
    assert_eq!(reading.parsed.faults, []);

    let elsewhere = cii().replace("ReusableAggregateBusinessInformationEntity:100", "AnotherEntity:100");
    assert!(
        read(elsewhere.as_bytes()).parsed.items.is_empty(),
        "the same prefix with another address means something else"
    );
}

#[test]
fn an_element_without_any_namespace_takes_that_of_its_parent() {
    let forgotten = cii().replace("ram:InvoiceCurrencyCode>", "InvoiceCurrencyCode>");
    assert_eq!(read(forgotten.as_bytes()), read(cii().as_bytes()));
}

#[test]
fn an_invoice_with_negative_totals_is_a_credit_note_with_positive_ones() {
    let negative = cii()
        .replace(">100.00<", ">-100.00<")
        .replace(">20.00<", ">-20.00<")
        .replace(">120.00<", ">-120.00<")
        .replace(">30.00<", ">-30.00<")
        .replace(">90.00<", ">-90.00<");
    assert!(negative.contains("-120.00"));
    let reading = read(negative.as_bytes());
    let invoice = invoice(&reading);
    assert_eq!(invoice.type_code.as_deref(), Some("380"), "the type stays as written");
    assert_eq!(invoice.nature, Nature::CreditNote);
    assert!(invoice.amounts_were_negative);
    assert_eq!(invoice.totals.with_tax, amount("120.00"));
    assert_eq!(invoice.totals.prepaid, amount("30.00"));
    assert_eq!(invoice.tax_breakdown[0].base, amount("100.00"));
    assert_eq!(reading.parsed.faults, [], "the signs agree, so nothing is doubtful");
}

#[test]
fn each_type_of_document_has_its_nature() {
    let natures = [
        ("380", Nature::Invoice),
        ("381", Nature::CreditNote),
        ("261", Nature::CreditNote),
        ("384", Nature::Correction),
        ("386", Nature::Prepayment),
        ("389", Nature::SelfBilled),
    ];
    for (type_code, nature) in natures {
        for text in
            [cii().replace(">380<", &format!(">{type_code}<")), ubl().replace(">380<", &format!(">{type_code}<"))]
        {
            let reading = read(text.as_bytes());
            assert_eq!(invoice(&reading).nature, nature, "{type_code}");
            assert_eq!(reading.parsed.faults, [], "{type_code}");
        }
    }
    let unknown = read(cii().replace(">380<", ">999<").as_bytes());
    assert_eq!(codes(&unknown), ["type-inconnu"]);
    assert_eq!(codes(&read(cii().replace(">380<", ">325<").as_bytes())), ["facture-pro-forma"]);
}

#[test]
fn a_ubl_credit_note_is_one_by_its_outermost_element() {
    let text = ubl()
        .replace("ubl:schema:xsd:Invoice-2", "ubl:schema:xsd:CreditNote-2")
        .replace("<Invoice ", "<CreditNote ")
        .replace("</Invoice>", "</CreditNote>")
        .replace("InvoiceTypeCode", "CreditNoteTypeCode")
        .replace("380", "381")
        .replace("<cbc:DueDate>2026-03-31</cbc:DueDate>", "")
        .replace("<cbc:PaymentMeansCode>", "<cbc:PaymentDueDate>2026-04-15</cbc:PaymentDueDate><cbc:PaymentMeansCode>");
    let reading = read(text.as_bytes());
    assert_eq!(reading.kind, Kind::InvoiceXml(Syntax::UblCreditNote));
    let invoice = invoice(&reading);
    assert_eq!(invoice.nature, Nature::CreditNote);
    assert_eq!(invoice.type_code.as_deref(), Some("381"));
    assert_eq!(invoice.due_dates[0].date, day(2026, 4, 15), "a credit note gives its date with the means of payment");
}

#[test]
fn a_zugferd_1_invoice_is_read_under_its_old_names() {
    let reading = read(zugferd_1().as_bytes());
    assert_eq!(reading.kind, Kind::InvoiceXml(Syntax::CrossIndustryDocument));
    let invoice = invoice(&reading);
    assert_eq!(invoice.number, "R-12");
    assert_eq!(invoice.totals.with_tax, amount("119.00"));
    assert_eq!(invoice.tax_breakdown[0].rate.map(|rate| rate.to_string()).as_deref(), Some("19.00"));
    assert_eq!(invoice.totals.due_payable, None, "it is not computed");
    assert!(has(&reading, "facture-sans-net-a-payer"));
}

#[test]
fn an_invoice_may_fall_due_in_parts() {
    let terms = |date: &str, part: &str| {
        format!(
            "<ram:SpecifiedTradePaymentTerms><ram:DueDateDateTime><udt:DateTimeString format=\"102\">{date}</udt:DateTimeString>\
             </ram:DueDateDateTime><ram:PartialPaymentAmount>{part}</ram:PartialPaymentAmount></ram:SpecifiedTradePaymentTerms>"
        )
    };
    let whole = support::between(&cii(), "<ram:SpecifiedTradePaymentTerms>", "</ram:SpecifiedTradePaymentTerms>");
    let split =
        |second: &str| cii().replace(&whole, &format!("{}{}", terms("20260331", "40.00"), terms("20260430", second)));

    let reading = read(split("50.00").as_bytes());
    let dues: Vec<_> = invoice(&reading).due_dates.iter().map(|due| (due.date, due.amount)).collect();
    assert_eq!(dues, [(day(2026, 3, 31), amount("40.00")), (day(2026, 4, 30), amount("50.00"))]);
    assert_eq!(reading.parsed.faults, []);

    assert_eq!(codes(&read(split("60.00").as_bytes())), ["echeances-incoherentes"], "40 and 60 do not make 90");
}

#[test]
fn ubl_instalments_come_before_the_date_of_the_whole() {
    let parts = "<cac:PaymentTerms><cbc:Amount currencyID=\"EUR\">40.00</cbc:Amount>\
                 <cbc:InstallmentDueDate>2026-03-31</cbc:InstallmentDueDate></cac:PaymentTerms>\
                 <cac:PaymentTerms><cbc:Amount currencyID=\"EUR\">50.00</cbc:Amount>\
                 <cbc:InstallmentDueDate>2026-04-30</cbc:InstallmentDueDate></cac:PaymentTerms>";
    let text = ubl().replace("<cac:TaxTotal>", &format!("{parts}<cac:TaxTotal>"));
    let reading = read(text.as_bytes());
    let dues: Vec<_> = invoice(&reading).due_dates.iter().map(|due| (due.date, due.amount)).collect();
    assert_eq!(dues, [(day(2026, 3, 31), amount("40.00")), (day(2026, 4, 30), amount("50.00"))]);
}

#[test]
fn totals_that_do_not_add_up_are_told_with_their_figures() {
    let reading = read(cii().replace("<ram:GrandTotalAmount>120.00<", "<ram:GrandTotalAmount>121.00<").as_bytes());
    assert_eq!(codes(&reading), ["ttc-incoherent", "net-a-payer-incoherent"]);
    let fault = &reading.parsed.faults[0];
    assert!(fault.path.ends_with("ram:GrandTotalAmount"), "{}", fault.path);
    assert!(fault.sentence.contains("121,00\u{a0}€") && fault.sentence.contains("120,00\u{a0}€"), "{}", fault.sentence);
    assert_eq!(invoice(&reading).totals.with_tax, amount("121.00"), "the value stays as written");

    let reading = read(
        ubl()
            .replace("<cbc:TaxableAmount currencyID=\"EUR\">100.00<", "<cbc:TaxableAmount currencyID=\"EUR\">99.00<")
            .as_bytes(),
    );
    assert_eq!(codes(&reading), ["ht-incoherent"]);

    let a_cent = read(cii().replace("<ram:CalculatedAmount>20.00<", "<ram:CalculatedAmount>20.01<").as_bytes());
    assert_eq!(a_cent.parsed.faults, [], "one cent is rounding");
}

#[test]
fn a_doubt_leaves_the_invoice_and_says_where_it_is() {
    let cases = [
        ("20260301", "20269901", "date-illisible", "rsm:ExchangedDocument/ram:IssueDateTime/udt:DateTimeString"),
        ("20260331", "20260227", "echeance-avant-emission", "ram:DueDateDateTime"),
        (">EUR<", ">euros<", "devise-inconnue", "ram:InvoiceCurrencyCode"),
        ("<ram:Name>Moulin du Gard</ram:Name>", "", "vendeur-sans-nom", "ram:SellerTradeParty/ram:Name"),
        ("<ram:Name>Épicerie Paul &amp; fils</ram:Name>", "", "client-sans-nom", "ram:BuyerTradeParty/ram:Name"),
        ("<ram:DuePayableAmount>90.00<", "<ram:DuePayableAmount>90,00<", "montant-illisible", "ram:DuePayableAmount"),
    ];
    for (before, after, code, place) in cases {
        let text = cii().replace(before, after);
        assert_ne!(text, cii(), "{code}: the change is made");
        let reading = read(text.as_bytes());
        let fault = reading.parsed.faults.iter().find(|fault| fault.code == code);
        let fault = fault.unwrap_or_else(|| panic!("{code} is not among {:?}", codes(&reading)));
        assert!(fault.path.starts_with("rsm:CrossIndustryInvoice/") && fault.path.ends_with(place), "{}", fault.path);
        assert!(!fault.is_refusal());
        assert_eq!(reading.parsed.items.len(), 1, "{code}");
    }
}

#[test]
fn no_invoice_is_made_without_a_number_or_without_any_total() {
    let nameless = read(cii().replace("F-2026-007", " ").as_bytes());
    assert_eq!(codes(&nameless), ["facture-sans-numero"]);
    assert!(nameless.parsed.items.is_empty() && nameless.parsed.faults.iter().all(Fault::is_refusal));

    let totals = support::between(&ubl(), "<cac:LegalMonetaryTotal>", "</cac:LegalMonetaryTotal>");
    let worthless = read(ubl().replace(&totals, "").as_bytes());
    assert_eq!(codes(&worthless), ["facture-sans-montant"]);
    assert!(worthless.parsed.items.is_empty());
}

#[test]
fn tax_in_the_currency_of_the_tax_office_is_left_aside() {
    let both = "<ram:TaxTotalAmount currencyID=\"USD\">22.50</ram:TaxTotalAmount><ram:TaxTotalAmount currencyID=\"EUR\">20.00</ram:TaxTotalAmount>";
    let text = cii().replace("<ram:TaxTotalAmount currencyID=\"EUR\">20.00</ram:TaxTotalAmount>", both);
    assert_eq!(invoice(&read(text.as_bytes())).totals.tax, amount("20.00"));

    let other_only =
        cii().replace("<ram:TaxTotalAmount currencyID=\"EUR\">", "<ram:TaxTotalAmount currencyID=\"USD\">");
    let reading = read(other_only.as_bytes());
    assert_eq!(invoice(&reading).totals.tax, None);
    assert_eq!(codes(&reading), ["tva-autre-devise"]);
}

#[test]
fn a_file_attached_to_the_xml_does_not_count_as_text() {
    let attached = format!(
        "<cac:AdditionalDocumentReference><cbc:ID>1</cbc:ID><cac:Attachment><cbc:EmbeddedDocumentBinaryObject mimeCode=\"application/pdf\">{}\
         </cbc:EmbeddedDocumentBinaryObject></cac:Attachment></cac:AdditionalDocumentReference>",
        "QUJD".repeat(400_000)
    );
    let text = ubl().replace("<cac:AccountingSupplierParty>", &format!("{attached}<cac:AccountingSupplierParty>"));
    assert_eq!(read(text.as_bytes()).parsed.faults, []);
}

#[test]
fn the_invoice_in_a_pdf_is_found_wherever_a_pdf_may_keep_it() {
    for place in [pdf::Place::NameTree, pdf::Place::AssociatedFiles, pdf::Place::Annotation] {
        for name in ["factur-x.xml", "ZUGFeRD-invoice.xml", "Factur-X.XML", "xrechnung.xml"] {
            let reading = read(&pdf::with_attachment(place, name, cii().as_bytes()));
            assert_eq!(reading.kind, Kind::PdfWithInvoice { xml_name: name.to_owned() }, "{place:?}");
            assert_eq!(invoice(&reading).number, "F-2026-007");
        }
    }
}

#[test]
fn a_pdf_without_an_invoice_says_so() {
    let reading = read(&pdf::with_attachment(pdf::Place::NameTree, "plan.xml", b"<plan/>"));
    assert_eq!(reading.kind, Kind::Pdf);
    assert_eq!(codes(&reading), ["pdf-sans-facture"]);
}

#[test]
fn of_two_invoices_in_a_pdf_the_first_that_can_be_read_counts() {
    let second = cii().replace("F-2026-007", "F-2026-008");
    let attachments = |first: &str| {
        pdf::with_attachments(&[("factur-x.xml", first.as_bytes()), ("zugferd-invoice.xml", second.as_bytes())])
    };
    let reading = read(&attachments("<broken"));
    assert_eq!(reading.kind, Kind::PdfWithInvoice { xml_name: "zugferd-invoice.xml".to_owned() });
    assert_eq!(invoice(&reading).number, "F-2026-008");

    let reading = read(&attachments(&cii()));
    assert_eq!(invoice(&reading).number, "F-2026-007");
    assert_eq!(codes(&reading), ["pdf-deux-factures"]);
}

#[test]
fn every_encoding_gives_the_same_invoice() {
    let text = cii();
    let latin: Vec<u8> = text
        .replace("encoding=\"UTF-8\"", "encoding=\"ISO-8859-1\"")
        .chars()
        .map(|character| match character {
            '€' => 0x80,
            other => u8::try_from(u32::from(other)).unwrap(),
        })
        .collect();
    let utf_16: Vec<u8> = format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let expected = read(text.as_bytes());
    assert_eq!(read(&latin), expected);
    assert_eq!(read(&utf_16), expected);
    assert_eq!(read(format!("\u{feff}{text}").as_bytes()), expected);
}
