//! Dossiers bound from real and hostile files.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
#![allow(clippy::print_stdout, reason = "a test says what it skips")]
#![allow(clippy::disallowed_methods, reason = "nothing is lost with a temporary file")]

use std::path::{Path, PathBuf};
use std::process::Command;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

use super::*;

const SAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../../shared/samples");

/// A file of this test, removed at its end.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str, bytes: &[u8]) -> Self {
        let path = std::env::temp_dir().join(format!("dument-assembly-{}-{name}.pdf", std::process::id()));
        std::fs::write(&path, bytes).unwrap();
        Self(path)
    }

    /// Runs a tool on the file; `None` where the tool is not installed.
    fn run(&self, tool: &str, before: &[&str], after: &[&str]) -> Option<(bool, String)> {
        match Command::new(tool).args(before).arg(&self.0).args(after).output() {
            Ok(output) => {
                let text = [output.stdout, output.stderr].concat();
                Some((output.status.success(), String::from_utf8_lossy(&text).into_owned()))
            }
            Err(_) => {
                println!("ignoré : {tool} n’est pas installé");
                None
            }
        }
    }

    fn assert_sound(&self) {
        if let Some((sound, report)) = self.run("qpdf", &["--check"], &[]) {
            assert!(sound, "qpdf refuses the dossier: {report}");
            assert!(report.contains("No syntax or stream encoding errors"), "{report}");
        }
    }

    /// Lists the sizes and rotations of the pages.
    fn sheets(&self) -> Vec<String> {
        let Some((_, report)) = self.run("pdfinfo", &["-f", "1", "-l", "99999"], &[]) else { return Vec::new() };
        let lines = report.lines().filter(|line| line.starts_with("Page ") && !line.starts_with("Page size"));
        lines.map(|line| line.split_whitespace().skip(2).collect::<Vec<_>>().join(" ")).collect()
    }

    fn text(&self) -> Option<Vec<String>> {
        let (_, text) = self.run("pdftotext", &["-layout"], &["-"])?;
        Some(text.split('\u{C}').map(|page| page.replace('\u{A0}', " ")).collect())
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

fn exhibit(bytes: &[u8], number: usize) -> Part<'_> {
    let stamp = format!("Pièce n°\u{A0}{number}");
    Part { title: format!("{stamp}\u{202F}: facture"), stamp: Some(stamp), bytes }
}

/// A PDF made for a test: its objects, the number 1 being the catalog and 2 the root of the page tree.
#[derive(Default)]
struct Fixture(Document);

impl Fixture {
    fn new() -> Self {
        let mut document = Document::new();
        document.reference_table.cross_reference_type = lopdf::xref::XrefType::CrossReferenceTable;
        document.trailer.set("Root", (1, 0));
        let mut fixture = Self(document);
        fixture.put(1, dictionary! { "Type" => "Catalog", "Pages" => (2, 0) });
        fixture.put(9, dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" });
        fixture
    }

    /// Pages of their own, each with its number as text.
    fn with_pages(pages: Vec<Dictionary>) -> Self {
        let mut fixture = Self::new();
        let mut kids = Vec::new();
        for (index, mut page) in pages.into_iter().enumerate() {
            let number = 10 + 2 * u32::try_from(index).unwrap();
            if !page.has(b"Contents") {
                fixture
                    .put_stream(number + 1, format!("BT /F1 24 Tf 60 60 Td (Feuille{}) Tj ET", index + 1).as_bytes());
                page.set("Contents", (number + 1, 0));
            }
            page.set("Parent", (2, 0));
            fixture.put(number, page);
            kids.push(Object::Reference((number, 0)));
        }
        let resources = dictionary! { "Font" => dictionary! { "F1" => (9, 0) } };
        fixture.put(
            2,
            dictionary! {
                "Type" => "Pages", "Count" => i64::try_from(kids.len()).unwrap(), "Kids" => kids,
                "Resources" => resources, "MediaBox" => rectangle([0, 0, 595, 842]),
            },
        );
        fixture
    }

    fn put(&mut self, number: u32, object: impl Into<Object>) {
        self.0.objects.insert((number, 0), object.into());
        self.0.max_id = self.0.max_id.max(number);
    }

    fn put_stream(&mut self, number: u32, content: &[u8]) {
        self.put(number, Stream::new(Dictionary::new(), content.to_vec()));
    }

    fn set(&mut self, number: u32, key: &str, value: impl Into<Object>) {
        self.0.get_object_mut((number, 0)).and_then(Object::as_dict_mut).unwrap().set(key, value);
    }

    fn bytes(mut self) -> Vec<u8> {
        let mut bytes = Vec::new();
        self.0.save_to(&mut bytes).unwrap();
        bytes
    }
}

fn page() -> Dictionary {
    dictionary! { "Type" => "Page" }
}

fn rectangle(corners: [i32; 4]) -> Object {
    corners.map(Object::from).to_vec().into()
}

fn bound(bytes: &[u8]) -> Assembled {
    assemble("Dossier d’essai", &[exhibit(bytes, 3)]).unwrap()
}

/// Lists every dictionary of a file.
fn dictionaries(bytes: &[u8]) -> Vec<Dictionary> {
    let document = Document::load_mem(bytes).unwrap();
    let mut pending: Vec<Object> = document.objects.into_values().collect();
    let mut found = Vec::new();
    while let Some(object) = pending.pop() {
        match object {
            Object::Array(items) => pending.extend(items),
            Object::Dictionary(dictionary) | Object::Stream(Stream { dict: dictionary, .. }) => {
                pending.extend(dictionary.iter().map(|(_, value)| value.clone()));
                found.push(dictionary);
            }
            _ => {}
        }
    }
    found
}

fn samples() -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for folder in ["pdf", "facturx", "pdfa"] {
        let Ok(entries) = std::fs::read_dir(Path::new(SAMPLES).join(folder)) else { continue };
        for entry in entries {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "pdf") {
                let name = format!("{folder}/{}", path.file_name().unwrap().to_string_lossy());
                found.push((name, std::fs::read(path).unwrap()));
            }
        }
    }
    found.sort();
    if found.is_empty() {
        println!("ignoré : pas de dossier d’exemples");
    }
    found
}

#[test]
fn samples_have_the_pages_that_other_tools_count() {
    let Ok(expected) = std::fs::read_to_string(Path::new(SAMPLES).join("expected.json")) else {
        println!("ignoré : pas de dossier d’exemples");
        return;
    };
    let expected: serde_json::Value = serde_json::from_str(&expected).unwrap();
    for (name, bytes) in samples() {
        let facts = inspect(&bytes);
        let entry = &expected["files"][&name];
        let entry = entry.get("pdf").unwrap_or(entry);
        let opens = entry["opens_without_password"] == true && entry["qpdf_error"].is_null();
        match (facts, entry["pages"].as_u64()) {
            (Err(reason), Some(0)) => assert_ne!(reason, Unreadable::Encrypted, "{name}"),
            (Ok(facts), Some(pages)) => assert_eq!(facts.pages as u64, pages, "{name}"),
            // Its encryption is described in a way that the parser does not follow.
            (Err(Unreadable::Encrypted), Some(_)) if name == "pdf/pj_issue7665.pdf" => {}
            (Err(reason), Some(_)) => assert!(!opens, "{name}: {reason}"),
            (_, None) => {}
        }
        if entry["encrypted"] == true && entry["opens_without_password"] == false {
            assert_eq!(facts, Err(Unreadable::Encrypted), "{name}");
        }
    }
}

#[test]
fn samples_are_bound_into_one_sound_dossier() {
    let is_sound = |bytes: &[u8]| {
        let report = Scratch::new("source", bytes).run("qpdf", &["--check"], &[]);
        report.is_some_and(|(_, report)| report.contains("No syntax or stream encoding errors"))
    };
    let readable: Vec<_> =
        samples().into_iter().filter(|(_, bytes)| inspect(bytes).is_ok() && is_sound(bytes)).collect();
    if readable.is_empty() {
        return;
    }
    let parts: Vec<Part> = readable.iter().enumerate().map(|(index, (_, bytes))| exhibit(bytes, index + 1)).collect();
    let dossier = assemble("Dossier", &parts).unwrap();
    let file = Scratch::new("samples", &dossier.bytes);
    file.assert_sound();
    let expected: Vec<String> = readable.iter().flat_map(|(_, bytes)| Scratch::new("sheets", bytes).sheets()).collect();
    assert_eq!(file.sheets(), expected, "each page keeps its size and its rotation");
    let Some(pages) = file.text() else { return };
    let mut number = 0;
    for (index, (name, bytes)) in readable.iter().enumerate() {
        assert_eq!(dossier.first_pages[index], number + 1, "{name}");
        let count = inspect(bytes).unwrap().pages;
        for page in 1..=count {
            let stamp = format!("Pièce n° {} — p. {page}/{count}", index + 1);
            assert!(pages[number].contains(&stamp), "{name} page {page}: {}", pages[number]);
            number += 1;
        }
    }
    assert_eq!(number, dossier.total_pages);
}

#[test]
fn nothing_that_acts_enters_the_dossier() {
    for (name, bytes) in samples() {
        let Ok(Assembled { bytes, .. }) = assemble("Dossier", &[exhibit(&bytes, 1)]) else { continue };
        for dictionary in dictionaries(&bytes) {
            for key in
                ["OpenAction", "AA", "JS", "AcroForm", "Names", "EmbeddedFiles", "Annots", "StructTreeRoot", "EF"]
            {
                let is_font_or_glyph = dictionary.get(key.as_bytes()).is_ok_and(|value| value.as_reference().is_ok());
                assert!(!dictionary.has(key.as_bytes()) || is_font_or_glyph, "{name}: {key} in {dictionary:?}");
            }
            for (key, value) in
                [("S", "JavaScript"), ("S", "Launch"), ("S", "URI"), ("Type", "Filespec"), ("Type", "Action")]
            {
                let name_of = dictionary.get(key.as_bytes()).and_then(Object::as_name);
                assert!(name_of.ok() != Some(value.as_bytes()), "{name}: {value} in {dictionary:?}");
            }
        }
    }
}

/// Returns the words of the stamp as a reader shows them: `[left, top, right, bottom]` as shares of the page.
fn stamp_words(file: &Scratch, page: usize) -> Option<Vec<[f32; 4]>> {
    let number = page.to_string();
    let (_, report) = file.run("pdftotext", &["-bbox", "-cropbox", "-f", &number, "-l", &number], &["-"])?;
    let value = |line: &str, key: &str| -> f32 {
        line.split_once(&format!("{key}=\"")).unwrap().1.split_once('"').unwrap().0.parse().unwrap()
    };
    let sheet = report.lines().find(|line| line.contains("<page ")).unwrap();
    // The tool gives the size of the page before it is turned.
    let (mut width, mut height) = (value(sheet, "width"), value(sheet, "height"));
    if ["rot: 90", "rot: 270"].contains(&file.sheets()[2 * page - 1].as_str()) {
        (width, height) = (height, width);
    }
    let words = report.lines().filter(|line| line.contains("<word ") && !line.contains("Feuille"));
    Some(
        words
            .map(|line| {
                let [left, top, right, bottom] = ["xMin", "yMin", "xMax", "yMax"].map(|key| value(line, key));
                [left / width, top / height, right / width, bottom / height]
            })
            .collect(),
    )
}

/// Pages that are turned, cropped, scaled, wide, tiny.
fn odd_pages() -> Vec<u8> {
    let mut pages: Vec<Dictionary> = [0, 90, 180, 270, -90, 450]
        .map(|degrees| {
            let mut page = page();
            page.set("Rotate", degrees);
            page
        })
        .to_vec();
    for degrees in [0, 90, 180, 270] {
        let mut cropped = page();
        cropped.set("MediaBox", rectangle([-100, -50, 700, 900]));
        cropped.set("CropBox", rectangle([450, 600, 20, 40]));
        cropped.set("Rotate", degrees);
        pages.push(cropped);
    }
    for (size, unit) in
        [([0, 0, 1191, 842], 1.0), ([0, 0, 200, 283], 3.0), ([0, 0, 120, 700], 1.0), ([0, 0, 3370, 2384], 1.0)]
    {
        let mut odd = page();
        odd.set("MediaBox", rectangle(size));
        odd.set("UserUnit", unit);
        pages.push(odd);
    }
    Fixture::with_pages(pages).bytes()
}

#[test]
fn the_stamp_is_upright_in_the_visible_corner_of_any_page() {
    let bytes = odd_pages();
    let dossier = bound(&bytes);
    let (file, original) = (Scratch::new("odd", &dossier.bytes), Scratch::new("odd-original", &bytes));
    file.assert_sound();
    assert_eq!(file.sheets(), original.sheets(), "no page is resized");
    for page in 1..=dossier.total_pages {
        let Some(words) = stamp_words(&file, page) else { return };
        assert!(words.len() >= 4, "page {page}: {words:?}");
        let (first, last) = (words[0], words[words.len() - 1]);
        assert!(words.iter().all(|[left, top, right, bottom]| left < right && top < bottom), "page {page}: {words:?}");
        assert!((first[1] - last[1]).abs() < 0.01, "page {page}: on one line, {words:?}");
        assert!(first[2] < last[0], "page {page}: read from left to right, {words:?}");
        assert!(first[0] > 0.0 && last[2] > 0.8 && last[2] < 1.0, "page {page}: on the right, {words:?}");
        assert!(first[1] > 0.0 && last[3] < 0.2, "page {page}: at the top, {words:?}");
    }
}

#[test]
fn inherited_attributes_are_brought_down_to_the_page() {
    let mut fixture = Fixture::with_pages(vec![page()]);
    fixture.set(2, "MediaBox", rectangle([0, 0, 300, 200]));
    fixture.set(2, "Rotate", 90);
    let file = Scratch::new("inherited", &bound(&fixture.bytes()).bytes);
    assert_eq!(file.sheets(), ["size: 300 x 200 pts", "rot: 90"]);
    let text = file.text().unwrap_or_default();
    assert!(text[0].contains("Feuille1"), "the font, inherited, is found: {text:?}");
}

#[test]
fn a_page_that_leaves_its_state_open_does_not_move_the_stamp() {
    for content in ["q q 0.1 0 0 0.1 300 300 cm 1 1 1 rg q", "Q Q Q 0.1 0 0 0.1 300 300 cm", "q 0.5 0 0 0.5 0 0 cm"] {
        let mut fixture = Fixture::with_pages(vec![dictionary! { "Type" => "Page", "Contents" => (8, 0) }]);
        fixture.put_stream(8, content.as_bytes());
        let Some(words) = stamp_words(&Scratch::new("open", &bound(&fixture.bytes()).bytes), 1) else { return };
        let last = words.last().unwrap_or_else(|| panic!("{content}: no stamp"));
        assert!(last[2] > 0.9 && last[3] < 0.1, "{content}: {words:?}");
    }
}

#[test]
fn the_same_parts_give_the_same_bytes() {
    let bytes = odd_pages();
    let parts = [exhibit(&bytes, 1), exhibit(&bytes, 2)];
    assert_eq!(assemble("Dossier", &parts).unwrap().bytes, assemble("Dossier", &parts).unwrap().bytes);
    let other = assemble("Autre", &parts).unwrap();
    assert_ne!(assemble("Dossier", &parts).unwrap().bytes, other.bytes);
}

#[test]
fn bookmarks_lead_to_the_first_page_of_each_part() {
    let bytes = odd_pages();
    let cover = Fixture::with_pages(vec![page(), page()]).bytes();
    let parts = [Part { title: "Bordereau — créances".into(), stamp: None, bytes: &cover }, exhibit(&bytes, 1)];
    let dossier = assemble("Dossier", &parts).unwrap();
    assert_eq!(dossier.first_pages, [1, 3]);
    let document = Document::load_mem(&dossier.bytes).unwrap();
    let pages: Vec<ObjectId> = document.get_pages().into_values().collect();
    let titled: Vec<_> = dictionaries(&dossier.bytes).into_iter().filter(|found| found.has(b"Dest")).collect();
    for (part, first) in parts.iter().zip([pages[0], pages[2]]) {
        let found = titled
            .iter()
            .find(|bookmark| lopdf::decode_text_string(bookmark.get(b"Title").unwrap()).unwrap() == part.title);
        let target = found.unwrap().get(b"Dest").and_then(Object::as_array).unwrap();
        assert_eq!(target[0].as_reference().unwrap(), first, "{}", part.title);
    }
    let text = Scratch::new("bookmarks", &dossier.bytes).text().unwrap_or_default();
    assert!(text.first().is_none_or(|cover| !cover.contains("Pièce")), "the cover is not an exhibit");
}

#[test]
fn pages_of_an_exhibit_share_what_they_shared() {
    let count = |pages: usize| {
        let bytes = Fixture::with_pages(vec![page(); pages]).bytes();
        let fonts = dictionaries(&bound(&bytes).bytes).into_iter();
        fonts.filter(|found| found.has_type(b"Font")).count()
    };
    assert_eq!((count(1), count(20)), (2, 2), "the font of the exhibit and that of the stamp");
}

#[test]
fn a_dossier_may_itself_be_an_exhibit() {
    let inner = bound(&Fixture::with_pages(vec![page()]).bytes());
    let outer = Scratch::new("nested", &assemble("Appel", &[exhibit(&inner.bytes, 8)]).unwrap().bytes);
    outer.assert_sound();
    let fonts = dictionaries(&std::fs::read(&outer.0).unwrap()).into_iter().find(|found| found.has(b"DumentStamp"));
    assert_eq!(fonts.unwrap().len(), 3, "both stamps keep their font");
    let text = outer.text().unwrap_or_default();
    assert!(text.first().is_none_or(|text| text.contains("Pièce n° 8")), "{text:?}");
}

#[test]
fn fields_are_shown_without_what_they_do() {
    let mut widget = dictionary! {
        "Type" => "Annot", "Subtype" => "Widget", "Rect" => rectangle([200, 400, 300, 450]), "AS" => "Oui",
        "AP" => dictionary! { "N" => dictionary! { "Oui" => (6, 0) } },
        "A" => dictionary! { "S" => "JavaScript", "JS" => Object::string_literal("app.alert(1)") },
    };
    let hidden = {
        let mut hidden = widget.clone();
        hidden.set("F", 2);
        hidden.set("Rect", rectangle([400, 600, 500, 650]));
        hidden
    };
    widget.set("Parent", (5, 0));
    let unseen = dictionary! {
        "Subtype" => "FreeText", "Rect" => rectangle([10, 10, 90, 90]), "Contents" => Object::string_literal("note")
    };
    let mut fixture = Fixture::with_pages(vec![page()]);
    fixture.set(10, "Annots", vec![widget.into(), hidden.into(), unseen.into()]);
    let resources = dictionary! { "Font" => dictionary! { "F1" => (9, 0) } };
    let appearance = dictionary! { "BBox" => rectangle([0, 0, 50, 25]), "Resources" => resources };
    fixture.put(6, Stream::new(appearance, b"BT /F1 8 Tf 2 2 Td (Accord) Tj ET".to_vec()));
    let bytes = fixture.bytes();
    assert_eq!(inspect(&bytes).unwrap().missing_appearances, 1, "the owner is told that a note is not shown");
    let dossier = bound(&bytes);
    assert!(!dossier.bytes.windows(10).any(|window| window == b"JavaScript"));
    let file = Scratch::new("fields", &dossier.bytes);
    file.assert_sound();
    let text = file.text().unwrap_or_default();
    assert_eq!(text[0].matches("Accord").count(), 1, "the hidden one stays hidden: {text:?}");
}

#[test]
fn a_hidden_layer_stays_hidden() {
    let mut fixture = Fixture::with_pages(vec![page()]);
    for number in [4, 5] {
        fixture.put(number, dictionary! { "Type" => "OCG", "Name" => Object::string_literal("Calque") });
    }
    let layers: Vec<Object> = vec![(4, 0).into(), (5, 0).into()];
    let shown = dictionary! { "OFF" => Object::Array(vec![(5, 0).into()]) };
    fixture.set(1, "OCProperties", dictionary! { "OCGs" => layers, "D" => shown });
    let properties = dictionary! { "Visible" => (4, 0), "Cache" => (5, 0) };
    fixture.set(10, "Resources", dictionary! { "Properties" => properties });
    let dossier = bound(&fixture.bytes());
    Scratch::new("layers", &dossier.bytes).assert_sound();
    let found = dictionaries(&dossier.bytes);
    let list =
        |key: &str| found.iter().find_map(|found| found.get(key.as_bytes()).and_then(Object::as_array).ok()).unwrap();
    assert_eq!((list("OCGs").len(), list("OFF").len()), (2, 1));
    assert_eq!(list("OFF")[0], list("OCGs")[1]);
}

#[test]
fn pages_may_have_no_contents_or_several() {
    let several = dictionary! { "Type" => "Page", "Contents" => vec![(7, 0).into(), Object::Null, (99, 0).into(), (8, 0).into()] };
    let none = dictionary! { "Type" => "Page", "Contents" => Object::Null };
    let mut fixture = Fixture::with_pages(vec![several, none]);
    fixture.put_stream(7, b"BT /F1 24 Tf 60 60 Td");
    fixture.put_stream(8, b"(Feuille1) Tj ET");
    let file = Scratch::new("contents", &bound(&fixture.bytes()).bytes);
    file.assert_sound();
    let text = file.text().unwrap_or_default();
    assert!(text[0].contains("Feuille1") && text[1].contains("p. 2/2"), "{text:?}");
}

#[test]
fn page_trees_that_loop_or_lead_nowhere_are_refused() {
    let tree = |kids: Vec<Object>| dictionary! { "Type" => "Pages", "Count" => 1, "Kids" => kids };
    let refused = |change: &dyn Fn(&mut Fixture)| {
        let mut fixture = Fixture::with_pages(vec![page()]);
        change(&mut fixture);
        inspect(&fixture.bytes()).unwrap_err()
    };
    assert_eq!(refused(&|f| f.put(2, tree(vec![(2, 0).into()]))), Unreadable::Damaged, "its own parent");
    assert_eq!(
        refused(&|f| {
            f.put(2, tree(vec![(3, 0).into(), (3, 0).into()]));
            f.put(3, tree(vec![(4, 0).into()]));
        }),
        Unreadable::Damaged,
        "a folded tree"
    );
    assert_eq!(refused(&|f| f.put(2, tree(vec![(10, 0).into(), (98, 0).into()]))), Unreadable::Damaged, "a lost page");
    assert_eq!(refused(&|f| f.put(2, tree(Vec::new()))), Unreadable::NoPage);
    assert_eq!(refused(&|f| f.put(2, dictionary! { "Type" => "Pages", "Count" => 1 })), Unreadable::Damaged, "no kids");
    assert_eq!(refused(&|f| f.put(1, dictionary! { "Type" => "Catalog" })), Unreadable::Damaged);
    assert_eq!(
        refused(&|f| {
            f.put(2, tree(vec![(1_000, 0).into()]));
            for number in 1_000..1_200 {
                f.put(number, tree(vec![(number + 1, 0).into()]));
            }
            f.put(1_200, page());
        }),
        Unreadable::Damaged,
        "too deep"
    );
}

#[test]
fn what_exceeds_the_bounds_is_refused() {
    assert_eq!(inspect(&vec![0; source::MAX_BYTES + 1]), Err(Unreadable::TooHeavy));
    let crowded =
        Fixture::with_pages(vec![dictionary! { "Type" => "Page", "Contents" => Object::Null }; source::MAX_PAGES + 1]);
    assert_eq!(inspect(&crowded.bytes()), Err(Unreadable::TooManyPages));
    for key in ["Annots", "Contents"] {
        let mut long = Fixture::with_pages(vec![page()]);
        long.set(10, key, vec![Object::Null; 10_001]);
        assert_eq!(inspect(&long.bytes()), Err(Unreadable::TooManyObjects), "{key}");
    }
    let bomb = |type_name: Option<&str>| {
        let mut stream = Stream::new(Dictionary::new(), vec![b' '; source::MAX_INFLATED_STREAM + 1]);
        if let Some(type_name) = type_name {
            stream.dict.set("Type", type_name);
            stream.dict.set("N", 1);
            stream.dict.set("First", 4);
        }
        stream.compress().unwrap();
        let mut fixture = Fixture::with_pages(vec![dictionary! { "Type" => "Page", "Contents" => (8, 0) }]);
        // lopdf does not write object streams back.
        stream
            .dict
            .iter_mut()
            .filter(|(key, _)| key.as_slice() == b"Type")
            .for_each(|(_, value)| *value = "ObjStX".into());
        fixture.put(8, stream);
        let bytes = fixture.bytes();
        let at = bytes.windows(6).position(|window| window == b"ObjStX");
        let mut bytes = bytes;
        if let Some(at) = at {
            bytes[at + 5] = b'm';
        }
        bytes
    };
    assert_eq!(inspect(&bomb(None)), Err(Unreadable::Inflates), "a page that inflates");
    assert_eq!(inspect(&bomb(Some("ObjStm"))), Err(Unreadable::Inflates), "objects that inflate");
    assert_eq!(assemble("Vide", &[]).unwrap_err(), Error::Empty);
}

#[test]
fn resources_shared_by_many_pages_do_not_multiply_the_dossier() {
    let mut fixture = Fixture::with_pages(vec![dictionary! { "Type" => "Page", "Contents" => Object::Null }; 2_000]);
    let crowd: Dictionary = (0..20_000).map(|index| (format!("F{index}"), Object::Reference((9, 0)))).collect();
    fixture.set(2, "Resources", dictionary! { "Font" => crowd });
    assert_eq!(inspect(&fixture.bytes()), Err(Unreadable::Inflates));
}

#[test]
fn a_file_that_lacks_what_its_pages_use_is_said_to_be_damaged() {
    assert!(!inspect(&odd_pages()).unwrap().damaged);
    let mut fixture = Fixture::with_pages(vec![page()]);
    fixture.set(10, "Resources", dictionary! { "XObject" => dictionary! { "Scan" => (77, 0) } });
    assert!(inspect(&fixture.bytes()).unwrap().damaged, "a lost image");
    let whole = odd_pages();
    let cut = whole.windows(4).rposition(|window| window == b"xref").unwrap() - 40;
    assert!(inspect(&whole[..cut]).is_ok_and(|facts| facts.damaged), "a lost table");
}

#[test]
fn a_hostile_reference_brings_nothing_along() {
    let mut fixture = Fixture::with_pages(vec![page()]);
    let trap = dictionary! { "S" => "Launch", "F" => Object::string_literal("calc.exe") };
    fixture.put(5, trap.clone());
    let properties = dictionary! { "Direct" => trap, "Indirect" => (5, 0), "Catalogue" => (1, 0), "Page" => (10, 0) };
    fixture.set(10, "Resources", dictionary! { "Properties" => properties });
    fixture.set(1, "OpenAction", (5, 0));
    let dossier = bound(&fixture.bytes());
    Scratch::new("hostile", &dossier.bytes).assert_sound();
    assert!(!dossier.bytes.windows(8).any(|window| window == b"calc.exe"));
    let catalogs = dictionaries(&dossier.bytes).into_iter().filter(|found| found.has_type(b"Catalog")).count();
    assert_eq!(catalogs, 1);
}

#[test]
fn damaged_files_are_refused_or_read_but_never_crash() {
    let mut sources = vec![odd_pages()];
    sources.extend(samples().into_iter().map(|(_, bytes)| bytes).filter(|bytes| bytes.len() < 4_000));
    for bytes in sources {
        for end in (0..bytes.len()).step_by(bytes.len() / 60 + 1) {
            let _ = inspect(&bytes[..end]);
        }
        for at in (0..bytes.len()).step_by(bytes.len() / 150 + 1) {
            let mut changed = bytes.clone();
            changed[at] = changed[at].wrapping_add(7);
            if let Ok(facts) = inspect(&changed) {
                assert_eq!(bound(&changed).total_pages, facts.pages, "what passes the inspection can be bound");
            }
        }
    }
}

fn letter(name: &str) -> Vec<u8> {
    let (_, document) = crate::examples().into_iter().find(|(it, _)| *it == name).unwrap();
    crate::render(&document).unwrap().bytes
}

fn collated(letters: &[(&str, &[u8])]) -> Assembled {
    let letters: Vec<Part> =
        letters.iter().map(|(title, bytes)| Part { title: (*title).to_owned(), stamp: None, bytes }).collect();
    collate("Courriers à imprimer", &letters).unwrap()
}

#[test]
fn each_collated_letter_begins_on_the_front_of_a_sheet() {
    let (one, two) = (letter("relance-amiable-professionnel"), letter("accord-echeancier-professionnel"));
    let printed = collated(&[("R-1", &one), ("A-2", &two), ("R-3", &one)]);
    assert_eq!(printed.first_pages, [1, 3, 5]);
    assert_eq!(printed.total_pages, 6, "a page, its blank back, two pages, a page, its blank back");
    let file = Scratch::new("collated", &printed.bytes);
    file.assert_sound();
    if let Some(pages) = file.text() {
        assert!(pages[0].contains("Rappel") && pages[2].contains("Accord") && pages[4].contains("Rappel"), "{pages:?}");
        assert!(pages[1].trim().is_empty() && pages[5].trim().is_empty(), "the backs are blank");
    }
    let sizes: Vec<String> = file.sheets().into_iter().filter(|line| line.starts_with("size")).collect();
    assert!(sizes.iter().all(|size| size.contains("A4")), "every page is an A4 sheet: {sizes:?}");
}

#[test]
fn each_collated_letter_has_its_bookmark() {
    let one = letter("relance-amiable-professionnel");
    let printed = collated(&[("R-1 – Ets Le Goff", &one), ("R-2 – Crêperie du Port", &one)]);
    let document = Document::load_mem(&printed.bytes).unwrap();
    let pages: Vec<ObjectId> = document.get_pages().into_values().collect();
    let mut bookmarks: Vec<(String, ObjectId)> = dictionaries(&printed.bytes)
        .iter()
        .filter_map(|it| {
            let destination = it.get(b"Dest").and_then(Object::as_array).ok()?[0].as_reference().unwrap();
            Some((lopdf::decode_text_string(it.get(b"Title").unwrap()).unwrap(), destination))
        })
        .collect();
    bookmarks.sort();
    assert_eq!(bookmarks, [("R-1 – Ets Le Goff".into(), pages[0]), ("R-2 – Crêperie du Port".into(), pages[2])]);
}

#[test]
fn the_same_letters_give_the_same_bytes() {
    let (one, two) = (letter("relance-amiable-professionnel"), letter("dernier-avis-public"));
    let letters: [(&str, &[u8]); 2] = [("R-1", &one), ("D-2", &two)];
    assert_eq!(collated(&letters).bytes, collated(&letters).bytes);
}

#[test]
fn nothing_to_print_and_a_letter_that_is_no_pdf_are_refused_with_what_to_do() {
    assert_eq!(collate("Rien", &[]).unwrap_err(), Error::NoLetter);
    let broken = Part { title: "R-9".into(), stamp: None, bytes: b"not a PDF" };
    let error = collate("Un seul", &[broken]).unwrap_err();
    assert!(error.to_string().contains("R-9"), "{error}");
}
