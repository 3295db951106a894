//! Files made to harm: each one comes back as a refusal, in time and without a panic.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod support;

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use dument_domain::Fault;
use dument_exchange::{Reading, read};
use lopdf::{Object, Stream, dictionary};
use proptest::collection::vec;
use proptest::prelude::*;
use support::{cii, codes, pdf, ubl};

/// Returns the code of the one refusal that a file gets.
fn refusal(bytes: &[u8]) -> &'static str {
    let reading = read(bytes);
    assert!(reading.parsed.items.is_empty());
    match codes(&reading).as_slice() {
        [code] => code,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_billion_laughs_is_refused_at_its_first_line() {
    let mut entities = "<!ENTITY l0 \"ha\">".to_owned();
    for level in 1..10 {
        let below = format!("&l{};", level - 1).repeat(10);
        write!(entities, "<!ENTITY l{level} \"{below}\">").unwrap();
    }
    let text = format!("<?xml version=\"1.0\"?><!DOCTYPE x [{entities}]><x>&l9;</x>");
    assert_eq!(refusal(text.as_bytes()), "xml-doctype");
}

#[test]
fn any_doctype_is_refused_even_around_a_good_invoice() {
    for doctype in ["<!DOCTYPE x>", "<!DOCTYPE x SYSTEM \"file:///etc/passwd\">", "<!doctype x>"] {
        let text = cii().replace("<rsm:CrossIndustryInvoice ", &format!("{doctype}<rsm:CrossIndustryInvoice "));
        assert_eq!(refusal(text.as_bytes()), "xml-doctype", "{doctype}");
    }
}

#[test]
fn an_entity_that_nothing_defines_is_refused() {
    assert_eq!(refusal(cii().replace("Moulin du Gard", "&moulin;").as_bytes()), "xml-entite");
    assert_eq!(refusal(cii().replace("schemeID=\"0002\"", "schemeID=\"&moulin;\"").as_bytes()), "xml-entite");
}

#[test]
fn sixty_four_levels_are_read_and_sixty_five_refused() {
    let nested = |levels: usize| format!("{}{}", "<a>".repeat(levels), "</a>".repeat(levels));
    assert_eq!(refusal(nested(64).as_bytes()), "xml-sans-facture", "it is read, and is no invoice");
    assert_eq!(refusal(nested(65).as_bytes()), "xml-trop-profond");
    assert_eq!(refusal("<a>".repeat(1_000_000).as_bytes()), "xml-trop-profond");
}

#[test]
fn sixty_four_attributes_are_read_and_sixty_five_refused() {
    let tag = |count: usize| {
        let attributes = (0..count).fold(String::new(), |text, index| format!("{text} a{index}=\"\""));
        format!("<a{attributes}/>")
    };
    assert_eq!(refusal(tag(64).as_bytes()), "xml-sans-facture");
    assert_eq!(refusal(tag(65).as_bytes()), "xml-trop-d-attributs");
}

#[test]
fn a_flood_of_namespaces_is_refused() {
    let flood = (0..100).fold(String::new(), |text, index| {
        format!("{text}<a xmlns:p{index}=\"u{index}\" xmlns:q{index}=\"v{index}\">")
    });
    assert_eq!(refusal(flood.as_bytes()), "xml-trop-d-espaces-de-noms");
}

#[test]
fn a_million_attributes_are_refused_in_no_time() {
    let attributes: String = (0..1_000_000).map(|index| format!(" a{index}=\"\"")).collect();
    let started = Instant::now();
    assert_eq!(refusal(format!("<a{attributes}/>").as_bytes()), "xml-trop-d-attributs");
    assert!(started.elapsed() < Duration::from_secs(10), "{:?}", started.elapsed());
}

#[test]
fn too_many_elements_are_refused() {
    let text = format!("<a>{}</a>", "<b/>".repeat(1_000_001));
    assert_eq!(refusal(text.as_bytes()), "xml-trop-d-elements");
}

#[test]
fn a_text_longer_than_a_megabyte_is_refused_even_in_pieces() {
    let whole = cii().replace("Moulin du Gard", &"x".repeat(1_000_001));
    let pieces = cii().replace("Moulin du Gard", &"xx<!-- -->".repeat(500_001));
    assert_eq!(refusal(whole.as_bytes()), "xml-texte-trop-long");
    assert_eq!(refusal(pieces.as_bytes()), "xml-texte-trop-long");
}

#[test]
fn a_file_longer_than_twenty_megabytes_is_refused_unread() {
    let text = cii().replace("</rsm:CrossIndustryInvoice>", &" ".repeat(20_000_000));
    assert_eq!(refusal(text.as_bytes()), "xml-trop-long");
}

#[test]
fn what_is_not_well_formed_is_refused_with_its_line() {
    let cases = [
        ("<a><b></a>", "xml-mal-forme"),
        ("<a/><b/>", "xml-mal-forme"),
        ("<a/>text", "xml-mal-forme"),
        ("<a x='1' x='2'/>", "xml-mal-forme"),
        ("<p:a/>", "xml-mal-forme"),
        ("<p:ram:a xmlns:p='elsewhere'/>", "xml-mal-forme"),
        ("<a>&#0;</a>", "xml-mal-forme"),
        ("<a>&#8;</a>", "xml-mal-forme"),
        ("<a>\u{1}</a>", "xml-mal-forme"),
        ("<a>Paul & fils</a>", "xml-mal-forme"),
        ("<a><b>", "xml-tronque"),
        ("<a><b x='", "xml-tronque"),
        ("<!-- only a comment -->", "xml-mal-forme"),
    ];
    for (text, code) in cases {
        assert_eq!(refusal(text.as_bytes()), code, "{text}");
    }
    let reading = read(b"<a>\n<b>\n</a>");
    assert_eq!(reading.parsed.faults[0].path, "ligne 3");
}

#[test]
fn an_invoice_cut_anywhere_is_refused() {
    for text in [cii(), ubl()] {
        let text = text.trim_end();
        for end in (1..text.len()).step_by(7).filter(|end| text.is_char_boundary(*end)) {
            let reading = read(&text.as_bytes()[..end]);
            assert!(reading.parsed.items.is_empty(), "cut at {end}");
            assert!(reading.parsed.faults.iter().all(Fault::is_refusal));
        }
    }
}

#[test]
fn what_is_no_known_file_is_refused() {
    assert_eq!(refusal(b""), "fichier-vide");
    assert_eq!(refusal(b"hello"), "fichier-inconnu");
    assert_eq!(refusal(b"<html><body/></html>"), "xml-sans-facture");
    assert_eq!(refusal(b"%PDF-1.7\nnothing else"), "pdf-abime");
}

#[test]
fn an_attachment_that_swells_beyond_measure_is_refused() {
    let bomb = pdf::with_attachment(pdf::Place::NameTree, "factur-x.xml", &vec![b' '; 65_000_000]);
    assert!(bomb.len() < 100_000, "it is small before it is opened");
    assert_eq!(refusal(&bomb), "pdf-trop-gonfle");
}

#[test]
fn a_structure_that_swells_beyond_measure_is_refused() {
    let mut bomb = pdf::build(|pdf, _, _| {
        let spaces = vec![b' '; 65_000_000];
        let mut stream = Stream::new(dictionary! { "Type" => "Later!", "N" => 1, "First" => 10 }, spaces);
        stream.compress().unwrap();
        pdf.add_object(stream);
    });
    // The writer leaves object streams out, so this one takes its name afterwards.
    let name = bomb.windows(6).position(|bytes| bytes == b"Later!").unwrap();
    bomb[name..name + 6].copy_from_slice(b"ObjStm");
    assert_eq!(refusal(&bomb), "pdf-trop-gonfle");
}

#[test]
fn a_crowd_of_invoices_in_one_pdf_is_not_opened_whole() {
    let invoice = cii();
    let crowd = vec![("factur-x.xml", invoice.as_bytes()); 2000];
    let started = Instant::now();
    assert_eq!(read(&pdf::with_attachments(&crowd)).parsed.items.len(), 1);
    assert!(started.elapsed() < Duration::from_secs(20), "{:?}", started.elapsed());
}

#[test]
fn arrays_within_arrays_without_end_do_no_harm() {
    let nested = format!("%PDF-1.7\n1 0 obj\n{}\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF", "[".repeat(200_000));
    assert_eq!(refusal(nested.as_bytes()), "pdf-abime");
}

#[test]
fn a_crowd_of_unreadable_values_is_told_in_one_sentence() {
    let line = "<ram:ApplicableTradeTax><ram:BasisAmount>beaucoup</ram:BasisAmount></ram:ApplicableTradeTax>";
    let text = cii().replace(
        "<ram:SpecifiedTradePaymentTerms>",
        &format!("{}<ram:SpecifiedTradePaymentTerms>", line.repeat(50_000)),
    );
    let reading = read(text.as_bytes());
    assert_eq!(reading.parsed.items.len(), 1);
    assert_eq!(codes(&reading).last(), Some(&"valeurs-illisibles"));
    assert!(reading.parsed.faults.last().unwrap().sentence.starts_with("49900 autres"));
    assert_eq!(reading.parsed.faults.len(), 101);
}

#[test]
fn a_tree_of_attachments_that_bites_its_tail_ends() {
    let bytes = pdf::build(|pdf, catalog, _| {
        let node = pdf.new_object_id();
        let kids = vec![node.into(); 1000];
        pdf.objects.insert(node, dictionary! { "Kids" => kids, "Names" => vec![Object::Null, node.into()] }.into());
        catalog.set("Names", dictionary! { "EmbeddedFiles" => node });
        catalog.set("AF", vec![node.into(), Object::Null, 3.into()]);
    });
    assert_eq!(refusal(&bytes), "pdf-sans-facture");
}

#[test]
fn a_pdf_that_needs_a_password_says_so() {
    let bytes = pdf::build(|pdf, _, _| {
        pdf.trailer.set("Encrypt", dictionary! { "Filter" => "Standard", "V" => 5, "R" => 6 });
    });
    assert_eq!(refusal(&bytes), "pdf-protege");
}

/// A reading either gives something or says why not.
fn is_honest(reading: &Reading) -> bool {
    reading.parsed.items.is_empty() == reading.parsed.faults.iter().any(Fault::is_refusal)
}

/// A change to a file: bytes overwritten, then an end cut off.
fn spoil(mut bytes: Vec<u8>, changes: &[(prop::sample::Index, u8)], cut: Option<prop::sample::Index>) -> Vec<u8> {
    for (index, byte) in changes {
        let at = index.index(bytes.len());
        bytes[at] = *byte;
    }
    if let Some(cut) = cut {
        bytes.truncate(cut.index(bytes.len()));
    }
    bytes
}

fn changes() -> impl Strategy<Value = (Vec<(prop::sample::Index, u8)>, Option<prop::sample::Index>)> {
    (vec((any::<prop::sample::Index>(), any::<u8>()), 0..8), any::<Option<prop::sample::Index>>())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn arbitrary_bytes_never_panic(bytes in vec(any::<u8>(), 0..2000)) {
        prop_assert!(is_honest(&read(&bytes)));
        prop_assert!(is_honest(&read(&[b"%PDF-1.7\n", &bytes[..]].concat())));
        prop_assert!(is_honest(&read(&[b"<a>", &bytes[..]].concat())));
    }

    #[test]
    fn spoiled_xml_never_panics((changes, cut) in changes(), in_ubl in any::<bool>()) {
        let text = if in_ubl { ubl() } else { cii() };
        prop_assert!(is_honest(&read(&spoil(text.into_bytes(), &changes, cut))));
    }

    #[test]
    fn a_spoiled_pdf_never_panics((changes, cut) in changes()) {
        let bytes = pdf::with_attachment(pdf::Place::NameTree, "factur-x.xml", cii().as_bytes());
        prop_assert!(is_honest(&read(&spoil(bytes, &changes, cut))));
    }
}
