//! The text behind a value, and how sure we are of it.

use serde::{Deserialize, Serialize};

use crate::{Date, french};

/// How sure the last person who checked a value was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Confidence {
    /// The text itself was read, or several independent sources agree.
    #[serde(rename = "haute")]
    High,
    /// One good secondary source, or a date deduced from others.
    #[serde(rename = "moyenne")]
    Medium,
    /// To be confirmed before anyone relies on it.
    #[serde(rename = "faible")]
    Low,
}

/// The text that fixes a value.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Written")]
pub struct Source {
    text: String,
    /// Its number in the official database (`JORFTEXT…`), or its NOR.
    id: Option<String>,
    url: Option<String>,
    journal_officiel: Option<Date>,
}

/// A source as a law file writes it: an article of a code, a decree or an *arrêté*, exactly one of them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    article: Option<String>,
    decret: Option<String>,
    arrete: Option<String>,
    id: Option<String>,
    url: Option<String>,
    journal_officiel: Option<Date>,
}

impl TryFrom<Written> for Source {
    type Error = &'static str;

    fn try_from(written: Written) -> Result<Self, Self::Error> {
        let Written { article, decret, arrete, id, url, journal_officiel } = written;
        let mut texts = [article, decret, arrete].into_iter().flatten().filter(|text| !text.is_empty());
        match (texts.next(), texts.next()) {
            (Some(text), None) => Ok(Self { text, id, url, journal_officiel }),
            (None, _) => Err("a source names no text"),
            (Some(_), Some(_)) => Err("a source names two texts"),
        }
    }
}

impl Source {
    /// Returns the reference as a French reader expects it: « C. com. art. L441-10 II et D441-5 ».
    #[must_use]
    pub fn cite(&self) -> String {
        let published = self.journal_officiel.map(|day| format!("JO du {}", french::date(day)));
        let details: Vec<String> = self.id.iter().cloned().chain(published).collect();
        if details.is_empty() { self.text.clone() } else { format!("{} ({})", self.text, details.join(", ")) }
    }

    /// Returns where the text can be read, when it is known.
    #[must_use]
    pub fn url(&self) -> Option<&str> {
        self.url.as_deref()
    }
}
