//! A PDF received from anyone, read within bounds.

use std::collections::{BTreeMap, HashSet};

use lopdf::xref::XrefEntry;
use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId, ObjectStream};

use super::Unreadable;
use super::geometry::Frame;

/// What a file may weigh.
pub(super) const MAX_BYTES: usize = 100_000_000;
/// How many pages a file may have.
pub(super) const MAX_PAGES: usize = 2_000;
/// How many objects a file may hold.
const MAX_OBJECTS: usize = 1_000_000;
/// How deep the tree of pages may be.
const MAX_DEPTH: usize = 100;
/// How many streams or annotations a page may have.
const MAX_PAGE_ITEMS: usize = 10_000;
/// What one compressed stream may become.
pub(super) const MAX_INFLATED_STREAM: usize = 64 << 20;
/// What all the streams decompressed for one file may become together.
pub(super) const MAX_INFLATED_TOTAL: usize = 256 << 20;

/// The name given to object streams while `lopdf` reads, so that it leaves them to us.
///
/// `lopdf` would inflate all of them at once, each within its own bound but without one for their sum, and where two
/// hold the same object the one kept would depend on the scheduling of its threads.
const SET_ASIDE: &[u8] = b"DumentObjStm";

/// A PDF file, parsed.
#[derive(Debug)]
pub(super) struct Source {
    pub document: Document,
}

/// A page with what it inherits from the tree above it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Page<'a> {
    pub dictionary: &'a Dictionary,
    inherited: Inherited<'a>,
}

/// The four attributes that a page may leave to the tree above it.
#[derive(Debug, Clone, Copy, Default)]
struct Inherited<'a> {
    resources: Option<&'a Object>,
    media_box: Option<&'a Object>,
    crop_box: Option<&'a Object>,
    rotate: Option<&'a Object>,
}

impl Source {
    /// Reads a PDF, decrypting it when the empty password opens it.
    pub(super) fn open(bytes: &[u8]) -> Result<Self, Unreadable> {
        if bytes.len() > MAX_BYTES {
            return Err(Unreadable::TooHeavy);
        }
        let source = Self::parse(bytes, Recovery::AsWritten)?;
        if source.page_tree_root().is_some() {
            return Ok(source);
        }
        let rebuilt = Self::parse(bytes, Recovery::Scan)?;
        rebuilt.page_tree_root().is_some().then_some(rebuilt).ok_or(Unreadable::Damaged)
    }

    fn parse(bytes: &[u8], recovery: Recovery) -> Result<Self, Unreadable> {
        let options = LoadOptions {
            filter: Some(set_aside_object_streams),
            max_decompressed_size: Some(MAX_INFLATED_STREAM),
            force_reconstruct: matches!(recovery, Recovery::Scan),
            ..LoadOptions::default()
        };
        let document = Document::load_mem_with_options(bytes, options).map_err(|error| match error {
            lopdf::Error::InvalidPassword | lopdf::Error::Decryption(_) => Unreadable::Encrypted,
            _ => Unreadable::Damaged,
        })?;
        if document.trailer.has(b"Encrypt") && !document.was_encrypted() {
            return Err(Unreadable::Encrypted);
        }
        let mut source = Self { document };
        if source.document.was_encrypted() && !source.is_decrypted() {
            return Err(Unreadable::Encrypted);
        }
        source.unpack_object_streams()?;
        if source.document.objects.len() > MAX_OBJECTS {
            return Err(Unreadable::TooManyObjects);
        }
        Ok(source)
    }

    /// Tells whether decryption gave back what had been encrypted.
    ///
    /// Some files describe their encryption in ways that `lopdf` takes for none: what it returns is then noise. The
    /// header of a compressed stream tells: noise has the right one in one case out of a thousand.
    fn is_decrypted(&self) -> bool {
        self.document.objects.values().all(|object| match object {
            Object::Stream(stream) if !stream.dict.has_type(b"XRef") => match (stream.filters(), &stream.content[..]) {
                (Ok(filters), [first, second, ..]) if filters.first() == Some(&&b"FlateDecode"[..]) => {
                    first & 0x0F == 8 && u16::from_be_bytes([*first, *second]) % 31 == 0
                }
                _ => true,
            },
            _ => true,
        })
    }

    /// Unpacks the object streams set aside, the latest first, within one bound for all.
    fn unpack_object_streams(&mut self) -> Result<(), Unreadable> {
        let set_aside: Vec<ObjectId> =
            self.document.objects.iter().filter(|(_, object)| is_set_aside(object)).map(|(id, _)| *id).collect();
        let mut allowance = MAX_INFLATED_TOTAL;
        let mut unpacked = BTreeMap::new();
        for id in set_aside.into_iter().rev() {
            let Some(Object::Stream(mut stream)) = self.document.objects.remove(&id) else { continue };
            let limit = allowance.min(MAX_INFLATED_STREAM);
            let content = match stream.get_plain_content_with_limit(limit) {
                Ok(content) => content,
                Err(lopdf::Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. })) => {
                    return Err(Unreadable::Inflates);
                }
                // What it held is then missing, and missed by whoever refers to it.
                Err(_) => continue,
            };
            allowance -= content.len().min(allowance);
            stream.set_plain_content(content);
            let Ok(members) = ObjectStream::new_with_limit(&stream, Some(limit)) else { continue };
            for (member, object) in members.objects {
                if self.lists(member, id) {
                    unpacked.entry(member).or_insert(object);
                }
            }
            if unpacked.len() > MAX_OBJECTS {
                return Err(Unreadable::TooManyObjects);
            }
        }
        for (id, object) in unpacked {
            self.document.objects.entry(id).or_insert(object);
        }
        Ok(())
    }

    /// Tells whether the current revision of `member` is the one that `container` holds.
    fn lists(&self, member: ObjectId, container: ObjectId) -> bool {
        match self.document.reference_table.get(member.0) {
            Some(XrefEntry::Compressed { container: listed, .. }) => *listed == container.0,
            Some(XrefEntry::Free | XrefEntry::UnusableFree | XrefEntry::Normal { .. }) => false,
            None => true,
        }
    }

    /// Follows a reference to the object it names.
    pub(super) fn resolve<'a>(&'a self, object: &'a Object) -> Option<&'a Object> {
        // `dereference` bounds the chains it follows.
        self.document.dereference(object).ok().map(|(_, object)| object).filter(|object| !object.is_null())
    }

    pub(super) fn get<'a>(&'a self, dictionary: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
        self.resolve(dictionary.get(key).ok()?)
    }

    pub(super) fn dictionary<'a>(&'a self, dictionary: &'a Dictionary, key: &[u8]) -> Option<&'a Dictionary> {
        self.get(dictionary, key)?.as_dict().ok()
    }

    pub(super) fn array<'a>(&'a self, dictionary: &'a Dictionary, key: &[u8]) -> Option<&'a [Object]> {
        self.get(dictionary, key)?.as_array().ok().map(Vec::as_slice)
    }

    /// Reads a list of a page; pages may share it, so that a long one would be read thousands of times.
    pub(super) fn page_items<'a>(&'a self, page: &'a Dictionary, key: &[u8]) -> Result<&'a [Object], Unreadable> {
        let items = self.array(page, key).unwrap_or_default();
        if items.len() > MAX_PAGE_ITEMS { Err(Unreadable::TooManyObjects) } else { Ok(items) }
    }

    /// Reads `N` numbers, references followed.
    pub(super) fn numbers<const N: usize>(&self, object: &Object) -> Option<[f32; N]> {
        let items = self.resolve(object)?.as_array().ok()?;
        let mut numbers = [0.0; N];
        if items.len() < N {
            return None;
        }
        for (number, item) in numbers.iter_mut().zip(items) {
            *number = self.resolve(item)?.as_float().ok().filter(|value| value.is_finite())?;
        }
        Some(numbers)
    }

    pub(super) fn catalog(&self) -> Option<&Dictionary> {
        self.dictionary(&self.document.trailer, b"Root")
    }

    fn page_tree_root(&self) -> Option<&Object> {
        let root = self.get(self.catalog()?, b"Pages")?;
        self.array(root.as_dict().ok()?, b"Kids").map(|_| root)
    }

    /// Lists the pages in reading order.
    ///
    /// A branch that cannot be read makes the file unreadable: an exhibit that silently loses a page is worse than one
    /// the owner is asked to provide again.
    pub(super) fn pages(&self) -> Result<Vec<Page<'_>>, Unreadable> {
        let mut pages = Vec::new();
        let mut visited = HashSet::new();
        let root = self.page_tree_root().ok_or(Unreadable::Damaged)?;
        let mut pending = vec![(root, 0, Inherited::default())];
        while let Some((node, depth, above)) = pending.pop() {
            let dictionary = node.as_dict().map_err(|_| Unreadable::Damaged)?;
            let inherited = above.overridden_by(dictionary);
            let Some(kids) = self.array(dictionary, b"Kids") else {
                if pages.len() == MAX_PAGES {
                    return Err(Unreadable::TooManyPages);
                }
                pages.push(Page { dictionary, inherited });
                continue;
            };
            // A branch met twice is a cycle, or a tree folded to look bigger than it is.
            if depth == MAX_DEPTH || !visited.insert(std::ptr::from_ref(dictionary)) {
                return Err(Unreadable::Damaged);
            }
            for kid in kids.iter().rev() {
                pending.push((self.resolve(kid).ok_or(Unreadable::Damaged)?, depth + 1, inherited));
            }
            if pending.len() > MAX_PAGES * MAX_DEPTH {
                return Err(Unreadable::TooManyPages);
            }
        }
        if pages.is_empty() { Err(Unreadable::NoPage) } else { Ok(pages) }
    }
}

impl<'a> Page<'a> {
    pub(super) fn resources(&self, source: &'a Source) -> Option<&'a Dictionary> {
        source.resolve(self.inherited.resources?)?.as_dict().ok()
    }

    /// Returns the sheet that the page shows.
    pub(super) fn frame(&self, source: &Source) -> Frame {
        let numbers = |object: Option<&Object>| object.and_then(|object| source.numbers(object));
        let scalar = |object: Option<&Object>| object.and_then(|object| source.resolve(object)?.as_float().ok());
        Frame::new(
            numbers(self.inherited.media_box),
            numbers(self.inherited.crop_box),
            scalar(self.inherited.rotate),
            scalar(self.dictionary.get(b"UserUnit").ok()),
        )
    }
}

impl<'a> Inherited<'a> {
    fn overridden_by(self, node: &'a Dictionary) -> Self {
        Self {
            resources: node.get(b"Resources").ok().or(self.resources),
            media_box: node.get(b"MediaBox").ok().or(self.media_box),
            crop_box: node.get(b"CropBox").ok().or(self.crop_box),
            rotate: node.get(b"Rotate").ok().or(self.rotate),
        }
    }
}

/// Where the positions of the objects come from.
#[derive(Clone, Copy)]
enum Recovery {
    /// From the table of the file, or a scan where there is none.
    AsWritten,
    /// From a scan of the whole file.
    Scan,
}

#[expect(clippy::unnecessary_wraps, reason = "the signature is lopdf's")]
fn set_aside_object_streams(id: ObjectId, object: &mut Object) -> Option<(ObjectId, Object)> {
    if let Object::Stream(stream) = object
        && stream.dict.has_type(b"ObjStm")
    {
        stream.dict.set("Type", Object::Name(SET_ASIDE.to_vec()));
    }
    // Only whether this is `None` matters for an object of the file; the copy is never read.
    Some((id, Object::Null))
}

fn is_set_aside(object: &Object) -> bool {
    matches!(object, Object::Stream(stream) if stream.dict.has_type(SET_ASIDE))
}
