//! XML to a small tree, within bounds.
//!
//! Names are given a fixed prefix according to the *address* of their namespace, whatever prefix the file chose: the
//! rest of the crate writes `ram:Name` and means one thing only. No entity is ever expanded, no DOCTYPE accepted.

use dument_domain::Fault;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::{NsReader, XmlVersion};

use crate::encoding;

/// Bytes of XML.
pub const MAX_BYTES: usize = 20_000_000;
/// Elements within elements.
const MAX_DEPTH: usize = 64;
/// Attributes in one tag, namespace declarations included.
const MAX_ATTRIBUTES: usize = 64;
/// Tags, texts and comments; a tag that opens and closes at once counts for two.
const MAX_EVENTS: usize = 2_000_000;
/// Bytes of text in one element.
const MAX_TEXT_BYTES: usize = 1_000_000;
/// Namespaces declared at one point of the file.
const MAX_NAMESPACES: usize = 64;

/// The namespaces that the formats of this crate use, and the prefix it knows them by: one line each.
const NAMESPACES: &[(&str, &str)] = &[
    ("urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100", "rsm"),
    ("urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100", "ram"),
    ("urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100", "udt"),
    ("urn:un:unece:uncefact:data:standard:QualifiedDataType:100", "qdt"),
    // ZUGFeRD 1.
    ("urn:ferd:CrossIndustryDocument:invoice:1p0", "rsm"),
    ("urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:12", "ram"),
    ("urn:un:unece:uncefact:data:standard:UnqualifiedDataType:15", "udt"),
    ("urn:oasis:names:specification:ubl:schema:xsd:Invoice-2", "ubl"),
    ("urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2", "ubl"),
    ("urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2", "cac"),
    ("urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2", "cbc"),
];

/// An element, with everything inside it.
#[derive(Debug, Default)]
pub struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    text: String,
    children: Vec<Element>,
}

impl Element {
    /// Returns the name under its fixed prefix, such as `ram:Name`; without prefix when the namespace is not a known one.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Keeps no text: attached files are of no use here, and longer than any text an invoice needs.
    fn is_attached_file(&self) -> bool {
        self.name.ends_with("BinaryObject")
    }
}

/// A place in a document, whether or not there is an element there: what is missing has a path too.
#[derive(Debug, Clone)]
pub struct Place<'a> {
    element: Option<&'a Element>,
    path: String,
}

impl<'a> Place<'a> {
    /// Returns the place of the outermost element.
    pub fn root(element: &'a Element) -> Self {
        Self { element: Some(element), path: element.name.clone() }
    }

    /// Goes down a path such as `ram:SellerTradeParty/ram:Name`, along the first element of each name.
    pub fn at(&self, path: &str) -> Self {
        let element = path
            .split('/')
            .fold(self.element, |element, name| element?.children.iter().find(|child| child.name == name));
        Self { element, path: format!("{}/{path}", self.path) }
    }

    /// Goes down a path along *every* element of each name, in the order of the file.
    pub fn every(&self, path: &str) -> Vec<Self> {
        path.split('/').fold(vec![self.clone()], |places, name| {
            places.iter().flat_map(|place| place.children_named(name)).collect()
        })
    }

    /// Returns the first element inside this one, whatever its name.
    pub fn first_inside(&self) -> Self {
        match self.element.and_then(|element| element.children.first()) {
            Some(child) => Self { element: Some(child), path: format!("{}/{}", self.path, child.name) },
            None => Self { element: None, path: self.path.clone() },
        }
    }

    /// Returns the text here, without surrounding white space; nothing when it is empty.
    pub fn text(&self) -> Option<&'a str> {
        self.element.map(|element| element.text.trim()).filter(|text| !text.is_empty())
    }

    /// Returns the value of an attribute written without prefix.
    pub fn attribute(&self, name: &str) -> Option<&'a str> {
        let attributes = &self.element?.attributes;
        attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.trim())
    }

    /// Returns the path from the outermost element: `rsm:CrossIndustryInvoice/rsm:ExchangedDocument/ram:ID`.
    pub fn path(&self) -> &str {
        &self.path
    }

    fn children_named(&self, name: &str) -> Vec<Self> {
        let Some(element) = self.element else { return Vec::new() };
        let found: Vec<_> = element.children.iter().filter(|child| child.name == name).collect();
        let alone = found.len() == 1;
        let place = |(index, child): (usize, &'a Element)| {
            let rank = if alone { String::new() } else { format!("[{}]", index + 1) };
            Self { element: Some(child), path: format!("{}/{name}{rank}", self.path) }
        };
        found.into_iter().enumerate().map(place).collect()
    }
}

/// Reads an XML file whole, or says why it cannot be read.
pub fn parse(bytes: &[u8]) -> Result<Element, Fault> {
    if bytes.len() > MAX_BYTES {
        return Err(Broken::TooLong.at(""));
    }
    let text = encoding::decode(bytes)?;
    if let Some(offset) = text.find(is_forbidden) {
        return Err(Broken::Malformed.at(line(&text, offset)));
    }
    build(&text).map_err(|(broken, offset)| broken.at(line(&text, offset)))
}

/// Why a text is not a tree that this crate accepts.
#[derive(Debug, Clone, Copy)]
enum Broken {
    TooLong,
    TooDeep,
    TooManyAttributes,
    TooManyNamespaces,
    TooManyEvents,
    TextTooLong,
    Doctype,
    Entity,
    Truncated,
    Malformed,
}

impl Broken {
    fn at(self, place: impl Into<String>) -> Fault {
        let (code, sentence) = self.explain();
        Fault::refusal(code, place, sentence)
    }

    fn explain(self) -> (&'static str, &'static str) {
        match self {
            Self::TooLong => (
                "xml-trop-long",
                "Ce fichier XML dépasse 20\u{a0}Mo : demandez-le sans les pièces jointes qu’il contient.",
            ),
            Self::TooDeep => (
                "xml-trop-profond",
                "Ce fichier XML emboîte plus de 64 niveaux, ce qu’aucune facture ne fait : \
                 demandez à l’expéditeur de le produire à nouveau.",
            ),
            Self::TooManyAttributes => (
                "xml-trop-d-attributs",
                "Une balise de ce fichier XML porte plus de 64 attributs, ce qu’aucune facture ne fait : \
                 demandez à l’expéditeur de le produire à nouveau.",
            ),
            Self::TooManyNamespaces => (
                "xml-trop-d-espaces-de-noms",
                "Ce fichier XML déclare plus de 64 espaces de noms, ce qu’aucune facture ne fait : \
                 demandez à l’expéditeur de le produire à nouveau.",
            ),
            Self::TooManyEvents => (
                "xml-trop-d-elements",
                "Ce fichier XML contient trop d’éléments pour une facture : \
                 demandez à l’expéditeur de la produire en plusieurs fichiers.",
            ),
            Self::TextTooLong => (
                "xml-texte-trop-long",
                "Un texte de ce fichier XML dépasse 1\u{a0}Mo : \
                 demandez à l’expéditeur de le produire à nouveau sans ce texte.",
            ),
            Self::Doctype => (
                "xml-doctype",
                "Ce fichier XML contient une déclaration DOCTYPE, interdite dans une facture parce qu’elle peut cacher \
                 une attaque : demandez-le sans elle.",
            ),
            Self::Entity => (
                "xml-entite",
                "Ce fichier XML utilise une abréviation (entité) que rien ne définit : \
                 demandez à l’expéditeur de le produire à nouveau.",
            ),
            Self::Truncated => (
                "xml-tronque",
                "Ce fichier XML est coupé avant la fin : demandez à l’expéditeur de vous le renvoyer entier.",
            ),
            Self::Malformed => (
                "xml-mal-forme",
                "Ce fichier XML est mal formé et ne peut pas être lu : \
                 demandez à l’expéditeur de le produire à nouveau.",
            ),
        }
    }
}

impl From<quick_xml::Error> for Broken {
    fn from(error: quick_xml::Error) -> Self {
        use quick_xml::Error;
        use quick_xml::errors::{IllFormedError, SyntaxError};
        use quick_xml::name::NamespaceError;
        match error {
            Error::Syntax(SyntaxError::InvalidBangMarkup) => Self::Malformed,
            // A tag, a comment or a text that never ends: the file stops in the middle of it.
            Error::Syntax(_) | Error::IllFormed(IllFormedError::MissingEndTag(_)) => Self::Truncated,
            Error::Namespace(NamespaceError::TooManyBindings { .. }) => Self::TooManyNamespaces,
            Error::Escape(quick_xml::escape::EscapeError::UnrecognizedEntity(..)) => Self::Entity,
            _ => Self::Malformed,
        }
    }
}

fn build(text: &str) -> Result<Element, (Broken, usize)> {
    let mut reader = NsReader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    reader.resolver_mut().set_max_namespace_bindings(MAX_NAMESPACES);
    let mut tree = Tree::default();
    for _ in 0..MAX_EVENTS {
        let offset = usize::try_from(reader.buffer_position()).unwrap_or(text.len());
        let step = match reader.read_resolved_event() {
            Ok((_, Event::Eof)) => return tree.finish().map_err(|broken| (broken, offset)),
            Ok((namespace, event)) => tree.grow(&namespace, &event),
            Err(error) => Err(error.into()),
        };
        step.map_err(|broken| (broken, offset))?;
    }
    Err((Broken::TooManyEvents, text.len()))
}

/// The elements still open, outermost first, and the outermost one once closed.
#[derive(Default)]
struct Tree {
    open: Vec<Element>,
    root: Option<Element>,
}

impl Tree {
    fn grow(&mut self, namespace: &ResolveResult, event: &Event) -> Result<(), Broken> {
        match event {
            Event::Start(start) => self.open(namespace, start),
            Event::End(_) => self.close(),
            Event::Text(text) => self.write(&text.xml10_content()),
            Event::CData(data) => self.write(&data.xml10_content()),
            Event::GeneralRef(reference) => self.write(character(reference)?.encode_utf8(&mut [0; 4])),
            Event::DocType(_) => Err(Broken::Doctype),
            Event::Comment(_) | Event::PI(_) | Event::Decl(_) => Ok(()),
            Event::Empty(_) => unreachable!("BUG: empty elements are expanded by the reader"),
            Event::Eof => unreachable!("BUG: the end of the file is seen before growing the tree"),
        }
    }

    fn open(&mut self, namespace: &ResolveResult, start: &BytesStart) -> Result<(), Broken> {
        if self.open.len() == MAX_DEPTH {
            return Err(Broken::TooDeep);
        }
        if self.root.is_some() {
            return Err(Broken::Malformed);
        }
        let name = fixed_name(namespace, start.local_name().into_inner(), self.open.last())?;
        self.open.push(Element { name, attributes: attributes(start)?, ..Element::default() });
        Ok(())
    }

    fn close(&mut self) -> Result<(), Broken> {
        let element = self.open.pop().ok_or(Broken::Malformed)?;
        match self.open.last_mut() {
            Some(parent) => parent.children.push(element),
            None => self.root = Some(element),
        }
        Ok(())
    }

    fn write(&mut self, text: &str) -> Result<(), Broken> {
        let Some(element) = self.open.last_mut() else {
            return if text.trim().is_empty() { Ok(()) } else { Err(Broken::Malformed) };
        };
        if element.is_attached_file() {
            return Ok(());
        }
        if element.text.len() + text.len() > MAX_TEXT_BYTES {
            return Err(Broken::TextTooLong);
        }
        element.text.push_str(text);
        Ok(())
    }

    fn finish(self) -> Result<Element, Broken> {
        if self.open.is_empty() { self.root.ok_or(Broken::Malformed) } else { Err(Broken::Truncated) }
    }
}

/// Gives a name its fixed prefix; an element that was written without any namespace takes that of its parent.
fn fixed_name(namespace: &ResolveResult, local: &str, parent: Option<&Element>) -> Result<String, Broken> {
    // A second colon would pass `<x:ram:Name>` off as `ram:Name`.
    if local.contains(':') {
        return Err(Broken::Malformed);
    }
    let prefix = match namespace {
        ResolveResult::Unbound => parent.and_then(|parent| parent.name.split_once(':')).map(|(prefix, _)| prefix),
        ResolveResult::Unknown(_) => return Err(Broken::Malformed),
        ResolveResult::Bound(address) => {
            NAMESPACES.iter().find(|(known, _)| *known == address.into_inner()).map(|(_, prefix)| *prefix)
        }
    };
    Ok(prefix.map_or_else(|| local.to_owned(), |prefix| format!("{prefix}:{local}")))
}

fn attributes(start: &BytesStart) -> Result<Vec<(String, String)>, Broken> {
    let mut attributes = Vec::new();
    for (index, attribute) in start.attributes().enumerate() {
        if index == MAX_ATTRIBUTES {
            return Err(Broken::TooManyAttributes);
        }
        let attribute = attribute.map_err(|_| Broken::Malformed)?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0)?;
        if attribute.key.as_namespace_binding().is_none() {
            attributes.push((attribute.key.into_inner().to_owned(), value.into_owned()));
        }
    }
    Ok(attributes)
}

/// Returns the character that `&amp;` or `&#233;` stands for; XML itself defines five names, and nothing else may.
fn character(reference: &BytesRef) -> Result<char, Broken> {
    match &**reference {
        "amp" => Ok('&'),
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "quot" => Ok('"'),
        "apos" => Ok('\''),
        _ => {
            let character = reference.resolve_char_ref()?.ok_or(Broken::Entity)?;
            if is_forbidden(character) { Err(Broken::Malformed) } else { Ok(character) }
        }
    }
}

/// Says whether XML 1.0 forbids a character, written as itself or by its number.
fn is_forbidden(character: char) -> bool {
    matches!(character, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

fn line(text: &str, offset: usize) -> String {
    let before = text.as_bytes().iter().take(offset);
    format!("ligne {}", before.filter(|byte| **byte == b'\n').count() + 1)
}
