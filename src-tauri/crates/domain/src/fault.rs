//! Broken rules in the user's data: all of them are collected, never just the first.

use serde::Serialize;

use crate::french::typeset;

/// What a fault means for the operation at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Gravity {
    /// Nothing is recorded until this is put right.
    Refusal,
    /// Recorded as it is; the owner is told.
    Warning,
}

/// A rule that the data at `path` breaks, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// Whether it stops the operation.
    pub gravity: Gravity,
    /// A stable name for programs and tests, in kebab case.
    pub code: &'static str,
    /// Where in the data: a field name, an XML path, a line number.
    pub path: String,
    /// A finished French sentence that says what to do next.
    pub sentence: String,
}

impl Fault {
    /// Returns a fault that stops the operation.
    pub fn refusal(code: &'static str, path: impl Into<String>, sentence: impl AsRef<str>) -> Self {
        Self { gravity: Gravity::Refusal, code, path: path.into(), sentence: typeset(sentence.as_ref()) }
    }

    /// Returns a fault that the owner is told of, and that stops nothing.
    pub fn warning(code: &'static str, path: impl Into<String>, sentence: impl AsRef<str>) -> Self {
        Self { gravity: Gravity::Warning, code, path: path.into(), sentence: typeset(sentence.as_ref()) }
    }

    /// Says whether the operation must stop.
    #[must_use]
    pub fn is_refusal(&self) -> bool {
        self.gravity == Gravity::Refusal
    }
}
