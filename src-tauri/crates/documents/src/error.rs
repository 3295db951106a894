//! What can go wrong while a document is typeset.

/// A document that could not be made.
///
/// The data is plain and the templates are tested, so each of these is rare: what to do next is said all the same.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The template does not accept this data.
    #[error(
        "Le document n’a pas pu être composé ({details}). Rien n’a été émis\u{202f}; vérifiez les données de la lettre, \
         puis signalez ce message si elles sont complètes."
    )]
    Typesetting {
        /// What the typesetter said, in its own words.
        details: String,
    },
    /// The pages exist, and the archival standard refuses them.
    #[error(
        "Le document ne respecte pas la norme d’archivage PDF/A ({details}). Rien n’a été émis\u{202f}; signalez ce message."
    )]
    Standard {
        /// What the exporter said, in its own words.
        details: String,
    },
    /// A page was asked for that the document does not have.
    #[error("Ce document n’a que {pages} page(s)\u{202f}; demandez une page de 1 à {pages}.")]
    NoSuchPage {
        /// How many it has.
        pages: usize,
    },
}
