//! Objects carried from an exhibit into the dossier: same contents, new numbers, nothing that acts.

use std::collections::{HashMap, VecDeque};

use lopdf::{Dictionary, Object, ObjectId, Stream};

use super::Unreadable;
use super::source::{MAX_INFLATED_STREAM, MAX_INFLATED_TOTAL, Source};
use super::writer::{Number, Writer};

/// The objects that all the pages of the dossier share.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shared {
    pub page_tree: Number,
    /// The font of the stamp.
    pub font: Number,
    /// The stream that isolates a page: a single `q`.
    pub opening: Number,
}

/// Objects that no page needs to be drawn: whoever refers to one gets nothing instead.
const REFUSED_TYPES: &[&[u8]] = &[
    b"Action",
    b"Annot",
    b"Catalog",
    b"EmbeddedFile",
    b"Filespec",
    b"Metadata",
    b"ObjStm",
    b"Outlines",
    b"Page",
    b"Pages",
    b"Sig",
    b"StructElem",
    b"StructTreeRoot",
    b"XRef",
];

/// Actions, which often do without a `/Type`.
const REFUSED_ACTIONS: &[&[u8]] = &[
    b"GoTo",
    b"GoTo3DView",
    b"GoToE",
    b"GoToR",
    b"Hide",
    b"ImportData",
    b"JavaScript",
    b"Launch",
    b"Movie",
    b"Named",
    b"Rendition",
    b"ResetForm",
    b"RichMediaExecute",
    b"SetOCGState",
    b"Sound",
    b"SubmitForm",
    b"Thread",
    b"Trans",
    b"URI",
];

/// Entries of a stream that lead outside the page, or outside the file (`F`: its contents would be in another one).
const DROPPED_FROM_STREAMS: &[&[u8]] = &[
    b"AF",
    b"F",
    b"FDecodeParms",
    b"FFilter",
    b"LastModified",
    b"Length",
    b"Measure",
    b"Metadata",
    b"OPI",
    b"PieceInfo",
    b"PtData",
    b"Ref",
    b"StructParent",
    b"StructParents",
];

/// The passage of one exhibit into the dossier.
#[derive(Debug)]
pub(super) struct Carrier<'w> {
    pub writer: &'w mut Writer,
    pub shared: Shared,
    /// The new number of each object met. Only looked up, never iterated.
    numbers: HashMap<ObjectId, Number>,
    pending: VecDeque<(Number, ObjectId)>,
    /// Where the file must not grow beyond: pages that share much must not multiply it.
    limit: usize,
    /// How many bytes the streams of the exhibit may still become.
    inflation: usize,
    /// How many objects the exhibit refers to and does not hold.
    pub missing: usize,
}

impl<'w> Carrier<'w> {
    /// Prepares the passage of an exhibit of `weight` bytes.
    pub(super) fn new(writer: &'w mut Writer, shared: Shared, weight: usize) -> Self {
        let limit = writer.len() + weight + MAX_INFLATED_TOTAL;
        let (numbers, pending) = (HashMap::new(), VecDeque::new());
        Self { writer, shared, numbers, pending, limit, inflation: MAX_INFLATED_TOTAL, missing: 0 }
    }

    /// Returns the plain content of a stream, or nothing when it cannot be read.
    pub(super) fn inflate(&mut self, stream: &Stream) -> Result<Vec<u8>, Unreadable> {
        match stream.get_plain_content_with_limit(MAX_INFLATED_STREAM.min(self.inflation)) {
            Ok(content) => {
                self.inflation -= content.len().min(self.inflation);
                Ok(content)
            }
            Err(lopdf::Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. })) => {
                Err(Unreadable::Inflates)
            }
            Err(_) => Ok(Vec::new()),
        }
    }

    /// Returns the new number of an object, which will be carried in turn.
    pub(super) fn number(&mut self, id: ObjectId) -> Number {
        *self.numbers.entry(id).or_insert_with(|| {
            let number = self.writer.reserve();
            self.pending.push_back((number, id));
            number
        })
    }

    /// Returns the new number of an object, if a page needed it.
    pub(super) fn carried(&self, id: ObjectId) -> Option<Number> {
        self.numbers.get(&id).copied()
    }

    pub(super) fn check_growth(&self) -> Result<(), Unreadable> {
        if self.writer.len() > self.limit { Err(Unreadable::Inflates) } else { Ok(()) }
    }

    /// Carries all that the pages refer to, taking each object out of the source once written.
    pub(super) fn carry_pending(&mut self, source: &mut Source) -> Result<(), Unreadable> {
        while let Some((number, id)) = self.pending.pop_front() {
            let object = source.document.objects.remove(&id).unwrap_or_else(|| {
                self.missing += 1;
                Object::Null
            });
            self.writer.begin(number);
            match &object {
                Object::Stream(stream) => self.stream(stream),
                other => self.value(other),
            }
            self.writer.end();
            self.check_growth()?;
        }
        Ok(())
    }

    /// Writes a value, its references renumbered.
    ///
    /// The recursion is bounded: the parser refuses values nested more than a hundred deep.
    pub(super) fn value(&mut self, value: &Object) {
        match value {
            // A stream is never inside a value.
            Object::Null | Object::Stream(_) => self.writer.text("null"),
            Object::Boolean(boolean) => self.writer.text(if *boolean { "true" } else { "false" }),
            Object::Integer(integer) => self.writer.text(&integer.to_string()),
            Object::Real(real) => self.writer.real(*real),
            Object::Name(name) => self.writer.name(name),
            Object::String(string, format) => self.writer.string(string, *format),
            Object::Array(items) => {
                self.writer.text("[");
                for item in items {
                    self.value(item);
                    self.writer.text(" ");
                }
                self.writer.text("]");
            }
            Object::Dictionary(dictionary) if is_refused(dictionary) => self.writer.text("null"),
            Object::Dictionary(dictionary) => {
                self.writer.text("<<");
                self.entries(dictionary.iter());
                self.writer.text(">>");
            }
            Object::Reference(id) => {
                let number = self.number(*id);
                self.writer.reference(number);
            }
        }
    }

    pub(super) fn entries<'o>(&mut self, entries: impl Iterator<Item = (&'o Vec<u8>, &'o Object)>) {
        for (key, value) in entries {
            self.writer.name(key);
            self.writer.text(" ");
            self.value(value);
        }
    }

    fn stream(&mut self, stream: &Stream) {
        let dictionary = &stream.dict;
        if is_refused(dictionary) {
            self.writer.text("null");
            return;
        }
        self.writer.text("<<");
        self.entries(dictionary.iter().filter(|(key, _)| !DROPPED_FROM_STREAMS.contains(&key.as_slice())));
        // Some appearances of annotations leave out what tells that they can be drawn on a page.
        if dictionary.has(b"BBox") && !dictionary.has(b"Subtype") && !dictionary.has(b"PatternType") {
            self.writer.text("/Subtype/Form");
        }
        self.writer.text(&format!("/Length {}>>", stream.content.len()));
        self.writer.stream_content(&stream.content);
    }
}

fn is_refused(dictionary: &Dictionary) -> bool {
    let is_one_of = |key: &[u8], names: &[&[u8]]| {
        dictionary.get(key).and_then(Object::as_name).is_ok_and(|name| names.contains(&name))
    };
    is_one_of(b"Type", REFUSED_TYPES) || is_one_of(b"S", REFUSED_ACTIONS)
}
