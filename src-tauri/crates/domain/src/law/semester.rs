//! The half-year, unit of every published rate.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{Date, calendar};
use chrono::Datelike;

/// A half of a civil year, January to June or July to December.
///
/// # Droit
/// C. com. art. L441-10 II : le taux d’un semestre est celui en vigueur à son premier jour. Lu le 2026-11-22.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Semester {
    year: i32,
    half: Half,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Half {
    First,
    Second,
}

impl Semester {
    /// Returns the semester that a day belongs to.
    #[must_use]
    pub fn of(day: Date) -> Self {
        let half = if day.month() <= 6 { Half::First } else { Half::Second };
        Self { year: day.year(), half }
    }

    /// Reads `2026-S1`; nothing for any other text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (year, half) = text.split_once('-')?;
        let half = match half {
            "S1" => Half::First,
            "S2" => Half::Second,
            _ => return None,
        };
        let well_formed = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
        well_formed.then(|| year.parse().ok()).flatten().map(|year| Self { year, half })
    }

    /// Returns 1 January or 1 July.
    #[must_use]
    pub fn first_day(self) -> Date {
        calendar::day(self.year, if self.half == Half::First { 1 } else { 7 }, 1)
    }

    /// Returns 30 June or 31 December.
    #[must_use]
    pub fn last_day(self) -> Date {
        match self.half {
            Half::First => calendar::day(self.year, 6, 30),
            Half::Second => calendar::day(self.year, 12, 31),
        }
    }

    /// Returns the semester that follows.
    #[must_use]
    pub fn next(self) -> Self {
        match self.half {
            Half::First => Self { half: Half::Second, ..self },
            Half::Second => Self { year: self.year.saturating_add(1), half: Half::First },
        }
    }

    /// Returns the name that data carries: `2026-S1`.
    #[must_use]
    pub fn code(self) -> String {
        let half = match self.half {
            Half::First => "S1",
            Half::Second => "S2",
        };
        format!("{:04}-{half}", self.year)
    }
}

impl fmt::Display for Semester {
    /// Writes « 1er semestre 2026 ».
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ordinal = match self.half {
            Half::First => "1er",
            Half::Second => "2e",
        };
        write!(f, "{ordinal}\u{a0}semestre {}", self.year)
    }
}

impl Serialize for Semester {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.code())
    }
}

impl<'de> Deserialize<'de> for Semester {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| {
            serde::de::Error::invalid_value(serde::de::Unexpected::Str(&text), &"a semester written as \"2026-S1\"")
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;

    fn semester(code: &str) -> Semester {
        Semester::parse(code).unwrap()
    }

    #[test]
    fn the_year_is_cut_on_the_first_of_july() {
        assert_eq!(Semester::of(calendar::day(2026, 6, 30)), semester("2026-S1"));
        assert_eq!(Semester::of(calendar::day(2026, 7, 1)), semester("2026-S2"));
    }

    #[test]
    fn each_semester_begins_the_day_after_the_one_before() {
        let mut current = semester("2008-S2");
        while current < semester("2031-S1") {
            assert_eq!(current.last_day().succ_opt().unwrap(), current.next().first_day());
            assert!(current < current.next());
            current = current.next();
        }
    }

    #[test]
    fn only_its_own_writing_is_read_back() {
        for code in ["2026-S1", "2026-S2", "0999-S1"] {
            assert_eq!(semester(code).code(), code);
        }
        for text in ["2026-S3", "2026S1", "26-S1", "+026-S1", "2026-s1", "2026-S1 ", "", "٢٠٢٦-S1"] {
            assert_eq!(Semester::parse(text), None, "{text:?} is not a semester");
        }
    }

    #[test]
    fn data_carries_its_code_and_a_reader_its_french_name() {
        assert_eq!(serde_json::to_string(&semester("2026-S1")).unwrap(), "\"2026-S1\"");
        assert_eq!(serde_json::from_str::<Semester>("\"2025-S2\"").unwrap(), semester("2025-S2"));
        assert!(serde_json::from_str::<Semester>("\"2025\"").is_err());
        assert_eq!(semester("2026-S1").to_string(), "1er\u{a0}semestre 2026");
        assert_eq!(semester("2025-S2").to_string(), "2e\u{a0}semestre 2025");
    }
}
