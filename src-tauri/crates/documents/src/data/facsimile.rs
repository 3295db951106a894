//! An exhibit that is not a PDF, as it is printed.

use dument_domain::Date;
use serde::{Deserialize, Serialize};

use super::Parties;

/// The pages of an image or of a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facsimile {
    /// Who claims from whom.
    pub parties: Parties,
    /// The day of the export.
    pub date: Date,
    /// The reference of the case.
    pub reference: String,
    /// The number of the exhibit.
    pub number: u32,
    /// What it is.
    pub title: String,
    /// The name of the file it came from.
    pub file_name: String,
    /// What is printed.
    pub body: FacsimileBody,
}

/// What is printed of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum FacsimileBody {
    /// The image itself, which travels beside the data.
    Image {
        /// How it is coded.
        format: ImageKind,
        /// Whether it is wider than high, once turned as its author held the camera.
        landscape: bool,
    },
    /// The text, line by line.
    Text {
        /// All of it.
        text: String,
    },
}

/// How an image is coded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ImageKind {
    /// JPEG.
    Jpg,
    /// PNG.
    Png,
}
