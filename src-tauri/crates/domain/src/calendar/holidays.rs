//! Easter, public holidays by region, working days.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use chrono::{Datelike as _, Weekday};
use serde::{Deserialize, Serialize};

use super::{add_days, day};
use crate::Date;
use crate::law::{Dated, dated};

pub(crate) const TEXT: &str = include_str!("../../law/jours-feries.toml");

/// Where the public holidays are those of the owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Region {
    /// European France, but for the three departments below.
    #[default]
    Metropole,
    /// Bas-Rhin, Haut-Rhin, Moselle.
    AlsaceMoselle,
    /// Guadeloupe.
    Guadeloupe,
    /// Martinique.
    Martinique,
    /// Guyane.
    Guyane,
    /// La Réunion.
    Reunion,
    /// Mayotte.
    Mayotte,
    /// Saint-Barthélemy.
    SaintBarthelemy,
    /// Saint-Martin.
    SaintMartin,
}

/// A holiday as a law file writes it.
#[derive(Deserialize)]
#[serde(try_from = "Written")]
struct Holiday {
    name: String,
    falls: Falls,
    /// Where it is one; everywhere when none is named.
    regions: Vec<Region>,
}

/// When in the year a holiday falls.
#[derive(Clone, Copy)]
enum Falls {
    On { month: u32, day: u32 },
    AfterEaster(i64),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    name: String,
    month: Option<u32>,
    day: Option<u32>,
    after_easter: Option<i64>,
    #[serde(default)]
    regions: Vec<Region>,
}

impl TryFrom<Written> for Holiday {
    type Error = &'static str;

    fn try_from(written: Written) -> Result<Self, Self::Error> {
        let Written { name, month, day, after_easter, regions } = written;
        let falls = match (month, day, after_easter) {
            (Some(month), Some(day), None) => Falls::On { month, day },
            (None, None, Some(days)) => Falls::AfterEaster(days),
            _ => return Err("a holiday has a month and a day, or its distance from Easter"),
        };
        Ok(Self { name, falls, regions })
    }
}

impl Holiday {
    fn is_on(&self, date: Date, region: Region) -> bool {
        let falls = match self.falls {
            Falls::On { month, day } => date.month() == month && date.day() == day,
            Falls::AfterEaster(days) => (date - easter(date.year())).num_days() == days,
        };
        falls && (self.regions.is_empty() || self.regions.contains(&region))
    }
}

static HOLIDAYS: LazyLock<Vec<Dated<Holiday>>> =
    LazyLock::new(|| dated::parse::<BTreeMap<String, Vec<Dated<Holiday>>>>(TEXT).into_values().flatten().collect());

/// Returns Easter Sunday of a year of the Gregorian calendar.
///
/// The golden number places the full moon that follows the equinox, the centuries correct it, and the next Sunday is
/// Easter.
#[must_use]
pub fn easter(year: i32) -> Date {
    let golden = year.rem_euclid(19);
    let century = year.div_euclid(100);
    let skipped_leap_days = century - century.div_euclid(4);
    let moon_drift = (8 * century + 13).div_euclid(25);
    let epact = (19 * golden + skipped_leap_days - moon_drift + 15).rem_euclid(30);
    // Two late full moons are brought back one day, so that the cycle of 19 years never repeats a date.
    let full_moon = epact - epact / 28 * (1 - (29 / (epact + 1)) * ((21 - golden) / 11));
    let weekday = (year + year.div_euclid(4) + full_moon + 2 - skipped_leap_days).rem_euclid(7);
    let days_after_21_march = u32::try_from(full_moon - weekday + 7).unwrap_or(0);
    add_days(day(year, 3, 21), days_after_21_march)
}

/// Returns the name of the public holiday that a day is, if it is one.
///
/// # Droit
/// - C. trav. art. L3133-1 : les onze fêtes légales. Connu, non relu.
/// - C. trav. art. L3134-13 : Vendredi saint et 26 décembre en Alsace et en Moselle. Connu, non relu.
/// - C. trav. art. L3422-2 : commémoration de l’abolition de l’esclavage outre-mer. Lu le 2026-11-22.
// Question : le Vendredi saint n’est férié que dans les communes qui ont un temple protestant ou une église mixte ; il est
// compté dans les trois départements. À Saint-Martin, le 28 mai suit l’usage depuis 2018, non la lettre du code.
#[must_use]
pub fn holiday(date: Date, region: Region) -> Option<&'static str> {
    HOLIDAYS
        .iter()
        .find(|block| block.holds_on(date) && block.value.is_on(date, region))
        .map(|block| block.value.name.as_str())
}

/// Says whether a day is neither in a weekend nor a public holiday.
#[must_use]
pub fn is_working_day(date: Date, region: Region) -> bool {
    !matches!(date.weekday(), Weekday::Sat | Weekday::Sun) && holiday(date, region).is_none()
}

/// Returns the day itself when it is a working day, else the first one after it.
#[must_use]
pub fn next_working_day(date: Date, region: Region) -> Date {
    date.iter_days().find(|&day| is_working_day(day, region)).unwrap_or(date)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;

    /// Month and day of Easter Sunday from 1990 to 2040, from published tables.
    const EASTERS: [(u32, u32); 51] = [
        (4, 15),
        (3, 31),
        (4, 19),
        (4, 11),
        (4, 3),
        (4, 16),
        (4, 7),
        (3, 30),
        (4, 12),
        (4, 4),
        (4, 23),
        (4, 15),
        (3, 31),
        (4, 20),
        (4, 11),
        (3, 27),
        (4, 16),
        (4, 8),
        (3, 23),
        (4, 12),
        (4, 4),
        (4, 24),
        (4, 8),
        (3, 31),
        (4, 20),
        (4, 5),
        (3, 27),
        (4, 16),
        (4, 1),
        (4, 21),
        (4, 12),
        (4, 4),
        (4, 17),
        (4, 9),
        (3, 31),
        (4, 20),
        (4, 5),
        (3, 28),
        (4, 16),
        (4, 1),
        (4, 21),
        (4, 13),
        (3, 28),
        (4, 17),
        (4, 9),
        (3, 25),
        (4, 13),
        (4, 5),
        (4, 25),
        (4, 10),
        (4, 1),
    ];

    const REGIONS: [Region; 9] = [
        Region::Metropole,
        Region::AlsaceMoselle,
        Region::Guadeloupe,
        Region::Martinique,
        Region::Guyane,
        Region::Reunion,
        Region::Mayotte,
        Region::SaintBarthelemy,
        Region::SaintMartin,
    ];

    fn holidays_of(year: i32, region: Region) -> Vec<(Date, &'static str)> {
        let first = day(year, 1, 1);
        first
            .iter_days()
            .take_while(|date| date.year() == year)
            .filter_map(|date| holiday(date, region).map(|name| (date, name)))
            .collect()
    }

    #[test]
    fn easter_agrees_with_the_tables_from_1990_to_2040() {
        for (year, (month, number)) in (1990..).zip(EASTERS) {
            assert_eq!(easter(year), day(year, month, number), "Easter {year}");
        }
    }

    #[test]
    fn easter_is_a_sunday_between_22_march_and_25_april() {
        for year in 1583..=9999 {
            let date = easter(year);
            assert_eq!(date.weekday(), Weekday::Sun, "{date}");
            assert!(day(year, 3, 22) <= date && date <= day(year, 4, 25), "{date}");
        }
    }

    #[test]
    fn l3133_1_the_eleven_holidays_of_2026_fall_on_their_days() {
        let expected = [
            (day(2026, 1, 1), "Jour de l’an"),
            (day(2026, 4, 6), "Lundi de Pâques"),
            (day(2026, 5, 1), "Fête du Travail"),
            (day(2026, 5, 8), "Victoire de 1945"),
            (day(2026, 5, 14), "Ascension"),
            (day(2026, 5, 25), "Lundi de Pentecôte"),
            (day(2026, 7, 14), "Fête nationale"),
            (day(2026, 8, 15), "Assomption"),
            (day(2026, 11, 1), "Toussaint"),
            (day(2026, 11, 11), "Armistice de 1918"),
            (day(2026, 12, 25), "Noël"),
        ];
        assert_eq!(holidays_of(2026, Region::Metropole), expected);
    }

    #[test]
    fn l3134_13_alsace_moselle_adds_good_friday_and_saint_stephen() {
        assert_eq!(holiday(day(2026, 4, 3), Region::AlsaceMoselle), Some("Vendredi saint"));
        assert_eq!(holiday(day(2026, 12, 26), Region::AlsaceMoselle), Some("Saint-Étienne"));
        assert_eq!(holiday(day(2026, 4, 3), Region::Metropole), None);
        assert_eq!(holidays_of(2026, Region::AlsaceMoselle).len(), 13);
    }

    #[test]
    fn l3422_2_each_overseas_region_adds_one_day_of_its_own() {
        let days = [
            (Region::Mayotte, 4, 27),
            (Region::Martinique, 5, 22),
            (Region::Guadeloupe, 5, 27),
            (Region::SaintMartin, 5, 28),
            (Region::Guyane, 6, 10),
            (Region::SaintBarthelemy, 10, 9),
            (Region::Reunion, 12, 20),
        ];
        for (region, month, number) in days {
            let date = day(2026, month, number);
            assert_eq!(holiday(date, region), Some("Commémoration de l’abolition de l’esclavage"), "{region:?}");
            assert_eq!(holidays_of(2026, region).len(), 12, "{region:?}");
            let elsewhere = REGIONS.iter().filter(|&&other| other != region && holiday(date, other).is_some());
            assert_eq!(elsewhere.count(), 0, "{date} is a holiday in {region:?} alone");
        }
    }

    #[test]
    fn saint_martin_moved_its_day_in_2018() {
        assert!(holiday(day(2017, 5, 27), Region::SaintMartin).is_some());
        assert!(holiday(day(2018, 5, 27), Region::SaintMartin).is_none());
        assert!(holiday(day(2018, 5, 28), Region::SaintMartin).is_some());
    }

    #[test]
    fn the_next_working_day_jumps_over_weekends_and_holidays() {
        assert_eq!(next_working_day(day(2026, 5, 13), Region::Metropole), day(2026, 5, 13), "a Wednesday is kept");
        assert_eq!(next_working_day(day(2026, 5, 14), Region::Metropole), day(2026, 5, 15), "Ascension");
        assert_eq!(next_working_day(day(2026, 4, 4), Region::Metropole), day(2026, 4, 7), "Easter weekend");
        assert_eq!(next_working_day(day(2026, 4, 3), Region::AlsaceMoselle), day(2026, 4, 7), "from Good Friday");
        assert_eq!(next_working_day(Date::MAX, Region::Metropole), Date::MAX);
    }

    #[test]
    fn every_region_of_the_law_file_is_one_that_an_owner_can_be_in() {
        for region in REGIONS {
            let code = serde_json::to_string(&region).unwrap();
            assert_eq!(serde_json::from_str::<Region>(&code).unwrap(), region);
        }
    }
}
