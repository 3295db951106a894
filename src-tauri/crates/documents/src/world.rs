//! What the typesetter may see: our templates, our fonts, one file of data, one date, and nothing else.
//!
//! No package, no network, no system font, no disk: the map of files is closed when the program is built.

use std::collections::HashMap;

use dument_domain::Date;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

/// Embeds files of `templates/`, each under its path.
macro_rules! embedded {
    ($include:ident: $($path:literal),* $(,)?) => {
        &[$(($path, $include!(concat!("../../../../templates/", $path)))),*]
    };
}

const TEMPLATES: &[(&str, &str)] = embedded![include_str:
    "lib.typ",
    "systeme.typ",
    "format.typ",
    "composants/clauses.typ",
    "composants/creances.typ",
    "composants/decompte.typ",
    "composants/entete.typ",
    "composants/mediation.typ",
    "composants/paiement.typ",
    "composants/parties.typ",
    "composants/pieces.typ",
    "composants/pied.typ",
    "composants/references.typ",
    "composants/signature.typ",
    "composants/totaux.typ",
    "lettres/accord-echeancier.typ",
    "lettres/confirmation-entretien.typ",
    "lettres/dernier-avis.typ",
    "lettres/mise-en-demeure-consommateur.typ",
    "lettres/mise-en-demeure-professionnel.typ",
    "lettres/mise-en-demeure-public.typ",
    "lettres/rappel-echeance.typ",
    "lettres/relance-amiable.typ",
    "lettres/relance-ferme.typ",
    "lettres/relance-promesse.typ",
    "lettres/releve.typ",
    "lettres/reponse-contestation.typ",
    "dossier/bordereau.typ",
    "dossier/chronologie.typ",
    "dossier/couverture.typ",
    "dossier/decompte.typ",
    "dossier/facsimile.typ",
    "dossier/intercalaire.typ",
    "dossier/proces-verbal-interne.typ",
    "entreprise/bordereau-envoi.typ",
    "entreprise/politique-recouvrement.typ",
];

const FONTS: &[(&str, &[u8])] = embedded![include_bytes:
    "fonts/SourceSans3-Regular.ttf",
    "fonts/SourceSans3-It.ttf",
    "fonts/SourceSans3-Semibold.ttf",
    "fonts/SourceSans3-Bold.ttf",
];

/// Where the templates read their data.
const DATA: &str = "donnees.json";
/// Where a facsimile finds the image it prints.
const PIECE: &str = "piece";

/// What does not change from one document to the next: parsed templates, loaded fonts, the standard library.
pub(crate) struct Press {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    sources: HashMap<FileId, Source>,
}

impl Press {
    pub(crate) fn new() -> Self {
        let fonts: Vec<Font> = FONTS
            .iter()
            .map(|(_, bytes)| Font::new(Bytes::new(*bytes), 0).expect("BUG: an embedded font is a font"))
            .collect();
        let sources = TEMPLATES
            .iter()
            .map(|(path, text)| (file_id(path), Source::new(file_id(path), (*text).to_owned())))
            .collect();
        Self {
            library: LazyHash::new(Library::default()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            sources,
        }
    }

    /// Says whether every embedded face can draw a character.
    pub(crate) fn draws(&self, character: char) -> bool {
        self.fonts.iter().all(|font| font.info().coverage.contains(character.into()))
    }

    /// Opens a world in which this template reads this data, and this image if it prints one, on this day.
    pub(crate) fn sheet(&self, template: &str, data: Vec<u8>, piece: Option<&[u8]>, today: Date) -> Sheet<'_> {
        let piece = piece.map(|bytes| (file_id(PIECE), Bytes::new(bytes.to_vec())));
        Sheet { press: self, main: file_id(template), data: (file_id(DATA), Bytes::new(data)), piece, today }
    }
}

/// One document being typeset.
pub(crate) struct Sheet<'a> {
    press: &'a Press,
    main: FileId,
    data: (FileId, Bytes),
    piece: Option<(FileId, Bytes)>,
    today: Date,
}

impl World for Sheet<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.press.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.press.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.press.sources.get(&id).cloned().ok_or_else(|| absent(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let own = [Some(&self.data), self.piece.as_ref()].into_iter().flatten().find(|(own, _)| *own == id);
        if let Some((_, bytes)) = own {
            return Ok(bytes.clone());
        }
        self.source(id).map(Bytes::from_string)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.press.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        Some(typst_date(self.today))
    }
}

/// Converts a civil date.
pub(crate) fn typst_date(date: Date) -> Datetime {
    use chrono::Datelike as _;
    let [month, day] = [date.month(), date.day()].map(|it| u8::try_from(it).expect("BUG: a month has 31 days at most"));
    // The one calendar reaches further than the other, and no invoice goes there.
    Datetime::from_ymd(date.year().clamp(1, 9999), month, day)
        .unwrap_or_else(|| Datetime::from_ymd(1970, 1, 1).expect("BUG: the first of January exists"))
}

fn file_id(path: &str) -> FileId {
    let path = VirtualPath::new(path).expect("BUG: the path of an embedded file is well formed");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

fn absent(id: FileId) -> FileError {
    FileError::NotFound(id.vpath().get_without_slash().into())
}
