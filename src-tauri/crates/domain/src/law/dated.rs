//! A value with its days in force.

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::{Confidence, Source};
use crate::Date;

/// A value that the law fixes from one day to another.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dated<T> {
    /// The first day it holds.
    pub since: Date,
    /// The last day it holds; none while it still does.
    pub until: Option<Date>,
    /// The value.
    pub value: T,
    /// The text that fixes it.
    pub source: Source,
    /// The day someone last compared it with its source.
    pub checked_on: Date,
    /// How sure they were.
    pub confidence: Confidence,
}

impl<T> Dated<T> {
    /// Says whether the value holds on a day.
    #[must_use]
    pub fn holds_on(&self, day: Date) -> bool {
        self.since <= day && self.until.is_none_or(|until| day <= until)
    }
}

/// Returns the block of a series that holds on a day.
pub(crate) fn in_force<T>(series: &[Dated<T>], day: Date) -> Option<&Dated<T>> {
    series.iter().find(|block| block.holds_on(day))
}

/// Parses an embedded law file.
pub(crate) fn parse<T: DeserializeOwned>(text: &str) -> T {
    toml::from_str(text).expect("BUG: the law files are part of the program, and a test reads them all")
}
