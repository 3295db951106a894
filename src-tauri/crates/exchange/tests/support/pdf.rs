//! Small PDF files that carry attachments.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

/// Where a PDF keeps the file attached to it.
#[derive(Debug, Clone, Copy)]
pub enum Place {
    /// In the tree of embedded files.
    NameTree,
    /// Among the files associated with the document.
    AssociatedFiles,
    /// In a note on the first page.
    Annotation,
}

/// Returns a PDF of one empty page with one file attached.
pub fn with_attachment(place: Place, name: &str, content: &[u8]) -> Vec<u8> {
    build(|pdf, catalog, page| {
        let file = specification(pdf, name, content);
        match place {
            Place::NameTree => catalog.set("Names", embedded(&[(name, file)])),
            Place::AssociatedFiles => catalog.set("AF", vec![file.into()]),
            Place::Annotation => page.set("Annots", vec![note(file)]),
        }
    })
}

/// Returns a PDF of one empty page with files in the tree of embedded files.
pub fn with_attachments(files: &[(&str, &[u8])]) -> Vec<u8> {
    build(|pdf, catalog, _| {
        let files: Vec<_> = files.iter().map(|(name, content)| (*name, specification(pdf, name, content))).collect();
        catalog.set("Names", embedded(&files));
    })
}

/// Returns a PDF of one empty page, after a change to its catalogue or page.
pub fn build(change: impl FnOnce(&mut Document, &mut Dictionary, &mut Dictionary)) -> Vec<u8> {
    let mut pdf = Document::with_version("1.7");
    let pages = pdf.new_object_id();
    let mut page = dictionary! { "Type" => "Page", "Parent" => pages, "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()] };
    let mut catalog = dictionary! { "Type" => "Catalog", "Pages" => pages };
    change(&mut pdf, &mut catalog, &mut page);
    let page = pdf.add_object(page);
    pdf.objects.insert(pages, dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 }.into());
    let catalog = pdf.add_object(catalog);
    pdf.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    pdf.save_to(&mut bytes).unwrap();
    bytes
}

/// Adds an attached file, compressed, and returns its specification.
pub fn specification(pdf: &mut Document, name: &str, content: &[u8]) -> ObjectId {
    let mut stream = Stream::new(dictionary! { "Type" => "EmbeddedFile", "Subtype" => "text/xml" }, content.to_vec());
    stream.compress().unwrap();
    let stream = pdf.add_object(stream);
    pdf.add_object(dictionary! {
        "Type" => "Filespec",
        "F" => Object::string_literal(name),
        "UF" => Object::string_literal(name),
        "EF" => dictionary! { "F" => stream },
    })
}

fn embedded(files: &[(&str, ObjectId)]) -> Dictionary {
    let names = files.iter().flat_map(|(name, file)| [Object::string_literal(*name), (*file).into()]);
    dictionary! { "EmbeddedFiles" => dictionary! { "Names" => names.collect::<Vec<_>>() } }
}

fn note(file: ObjectId) -> Object {
    let note = dictionary! { "Type" => "Annot", "Subtype" => "FileAttachment", "FS" => file };
    note.into()
}
