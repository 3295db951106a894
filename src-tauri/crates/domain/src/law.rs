//! The law as dated, sourced data.
//!
//! Every number fixed by a text lives in `law/*.toml`, embedded and parsed once: from when to when it holds, which text
//! fixes it, when someone last checked it, and how sure they were. A value that changes gets a new block; the old one
//! stays, because an old invoice still needs it.
//!
//! A file is a set of *series*; a series is a list of blocks in calendar order:
//!
//! ```toml
//! [[floor_multiple]]
//! since = "2009-01-01"
//! until = "2019-04-25"      # absent while the value holds
//! value = 3
//! source = { article = "C. com. art. L441-6 I" }
//! checked_on = "2026-11-22"
//! confidence = "moyenne"    # haute, moyenne, faible
//! ```
//!
//! Not here: what follows from the numbers. Interest is counted in `interest`, due dates in [`crate::calendar`].
//!
//! | module | holds |
//! |---|---|
//! | [`source`] | the text behind a value, and how sure we are of it |
//! | [`dated`] | a value with its days in force |
//! | [`semester`] | the half-year, unit of every published rate |
//! | [`rates`] | legal interest and ECB rates of each semester |
//! | [`penalties`] | points above the ECB rate, floor of an agreed rate, indemnity of 40 € |
//! | [`delays`] | how late a due date may lawfully be |
//! | [`mod@limitation`] | how long a claim lives |
//! | [`insolvency`] | how long a claim can be declared |

pub mod dated;
pub mod delays;
pub mod insolvency;
pub mod limitation;
pub mod penalties;
pub mod rates;
pub mod semester;
pub mod source;

pub use dated::Dated;
pub use delays::{Delay, payment_delay};
pub use insolvency::declaration_months;
pub use limitation::{Limitation, LimitationKind, limitation, limitation_warning_months, overall_limitation};
pub use penalties::{Regime, default_points, floor_multiple, indemnity};
pub use rates::{SemesterRates, published_rates};
pub use semester::Semester;
pub use source::{Confidence, Source};

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use std::collections::BTreeSet;

    use super::*;
    use crate::{Amount, Date, Rate, calendar};

    const FILES: [(&str, &str); 7] = [
        ("delais.toml", delays::TEXT),
        ("indemnite.toml", penalties::INDEMNITY_TEXT),
        ("jours-feries.toml", calendar::holidays::TEXT),
        ("penalites.toml", penalties::PENALTY_TEXT),
        ("prescription.toml", limitation::TEXT),
        ("procedures-collectives.toml", insolvency::TEXT),
        ("taux.toml", rates::TEXT),
    ];

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn rate(text: &str) -> Rate {
        Rate::parse(text).unwrap()
    }

    /// Returns every series of every file: its name and its blocks.
    fn series() -> Vec<(String, Vec<toml::Table>)> {
        fn walk(name: &str, table: toml::Table, found: &mut Vec<(String, Vec<toml::Table>)>) {
            for (key, value) in table {
                let name = format!("{name}/{key}");
                match value {
                    toml::Value::Array(blocks) => {
                        found.push((name, blocks.into_iter().map(|block| block.try_into().unwrap()).collect()));
                    }
                    toml::Value::Table(table) => walk(&name, table, found),
                    toml::Value::String(_)
                    | toml::Value::Integer(_)
                    | toml::Value::Float(_)
                    | toml::Value::Boolean(_)
                    | toml::Value::Datetime(_) => panic!("{name} is neither a series nor a group of series"),
                }
            }
        }
        let mut found = Vec::new();
        for (file, text) in FILES {
            walk(file, text.parse().unwrap(), &mut found);
        }
        found
    }

    #[test]
    fn every_file_of_the_folder_is_embedded() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/law");
        let names = |entry: std::io::Result<std::fs::DirEntry>| entry.unwrap().file_name().into_string().unwrap();
        let on_disk: BTreeSet<String> = std::fs::read_dir(folder).unwrap().map(names).collect();
        let embedded = FILES.iter().map(|(name, _)| (*name).to_owned()).collect();
        assert_eq!(on_disk, embedded);
    }

    #[test]
    fn every_series_is_in_calendar_order_without_overlap_or_gap() {
        let series = series();
        assert!(series.len() > 30, "the walk reaches the series");
        for (name, blocks) in series {
            let date = |block: &toml::Table, key: &str| block.get(key).map(|value| day(value.as_str().unwrap()));
            for block in &blocks {
                let since = date(block, "since").unwrap();
                assert!(
                    date(block, "until").is_none_or(|until| since <= until),
                    "{name}, {since}: ends before it begins"
                );
            }
            for pair in blocks.windows(2) {
                let until =
                    date(&pair[0], "until").unwrap_or_else(|| panic!("{name}: only the last block may be open"));
                assert_eq!(until.succ_opt(), date(&pair[1], "since"), "{name}: a gap or an overlap after {until}");
            }
        }
    }

    #[test]
    fn every_value_has_a_source_and_a_day_it_was_checked() {
        for (name, blocks) in series() {
            for block in blocks {
                let text = block["source"].as_table().unwrap();
                let source: Source = text.clone().try_into().unwrap_or_else(|error| panic!("{name}: {error}"));
                assert!(!source.cite().is_empty(), "{name}");
                assert!(day("2026-01-01") <= day(block["checked_on"].as_str().unwrap()), "{name}");
                assert!(block.contains_key("confidence") && block.contains_key("value"), "{name}");
            }
        }
    }

    #[test]
    fn a_source_names_one_text_and_one_only() {
        let read = |text: &str| toml::from_str::<Source>(text);
        assert!(read("article = \"C. com. art. L441-10 II\"").is_ok());
        assert!(read("").is_err());
        assert!(read("article = \"\"").is_err());
        assert!(read("article = \"a\"\narrete = \"b\"").is_err());
        assert!(read("article = \"a\"\nauthor = \"b\"").is_err());
    }

    #[test]
    fn rates_cover_every_semester_from_2009_to_2026() {
        let mut expected = Semester::parse("2009-S1").unwrap();
        for rates in published_rates() {
            assert_eq!(rates.semester, expected);
            expected = expected.next();
        }
        assert_eq!(expected, Semester::parse("2027-S1").unwrap());
    }

    #[test]
    fn each_block_of_rates_is_exactly_one_semester() {
        let (_, blocks) = series().into_iter().find(|(name, _)| name == "taux.toml/semester").unwrap();
        for block in blocks {
            let since = day(block["since"].as_str().unwrap());
            let semester = Semester::of(since);
            assert_eq!(since, semester.first_day());
            assert_eq!(day(block["until"].as_str().unwrap()), semester.last_day());
        }
    }

    #[test]
    fn l441_10_ii_default_and_floor_of_2026_are_the_published_ones() {
        let second_half = published_rates().last().unwrap();
        let on = second_half.semester.first_day();
        let points = default_points(Regime::Professional, on).unwrap();
        assert_eq!(second_half.ecb_refi.plus_points(points.value), rate("12.40"));
        assert_eq!(second_half.legal_professional.times(floor_multiple(on).unwrap().value), rate("8.25"));
    }

    #[test]
    fn r2192_31_public_buyers_owe_eight_points_above_the_ecb() {
        let second_half = published_rates().last().unwrap();
        let points = default_points(Regime::PublicBody, second_half.semester.first_day()).unwrap();
        assert_eq!(second_half.ecb_refi.plus_points(points.value), rate("10.40"));
        assert_eq!(points.source.cite(), "CCP art. R2192-31");
    }

    #[test]
    fn l441_10_ii_in_2024_the_floor_was_above_the_default() {
        let rates = published_rates().iter().find(|rates| rates.semester.code() == "2024-S1").unwrap();
        let on = rates.semester.first_day();
        let floor = rates.legal_professional.times(floor_multiple(on).unwrap().value);
        let default = rates.ecb_refi.plus_points(default_points(Regime::Professional, on).unwrap().value);
        assert_eq!((floor, default), (rate("15.21"), rate("14.50")));
    }

    #[test]
    fn l313_2_until_2014_the_two_kinds_of_creditors_had_one_rate() {
        for rates in published_rates() {
            let one = rates.legal_private == rates.legal_professional;
            assert_eq!(one, rates.semester < Semester::parse("2015-S1").unwrap(), "{}", rates.semester);
        }
    }

    #[test]
    fn rates_say_in_french_where_they_come_from() {
        let last = published_rates().last().unwrap();
        assert_eq!(
            last.source,
            "Arrêté du 26 juin 2026 fixant le taux de l’intérêt légal (JO du 30\u{a0}juin 2026)\u{202f}; \
             taux de refinancement de la BCE de 2,40\u{a0}% depuis le 17\u{a0}juin 2026"
        );
        assert_eq!(last.confidence, Confidence::Medium, "one value of this semester has a single public source");
        let json = serde_json::to_string(last).unwrap();
        assert!(json.contains("\"semester\":\"2026-S2\"") && json.contains("\"confidence\":\"moyenne\""), "{json}");
        assert_eq!(&serde_json::from_str::<SemesterRates>(&json).unwrap(), last);
    }

    #[test]
    fn l441_10_ii_and_d441_5_the_indemnity_of_40_euros_begins_with_2013() {
        assert_eq!(indemnity(Regime::Professional, day("2012-12-31")), None);
        assert_eq!(indemnity(Regime::Professional, day("2013-01-01")).unwrap().value, Amount::from_cents(40_00));
        let today = indemnity(Regime::Professional, day("2026-11-22")).unwrap();
        assert_eq!(today.value, Amount::from_cents(40_00));
        assert_eq!(today.source.cite(), "C. com. art. L441-10 II et D441-5");
    }

    #[test]
    fn l2192_13_and_d2192_35_public_buyers_owe_the_same_indemnity() {
        let today = indemnity(Regime::PublicBody, day("2026-11-22")).unwrap();
        assert_eq!(today.value, Amount::from_cents(40_00));
        assert_eq!(today.source.cite(), "CCP art. L2192-13 et D2192-35");
    }

    #[test]
    fn l110_4_i_and_2224_professionals_owe_for_five_years() {
        let found = limitation(LimitationKind::Professional);
        assert_eq!((found.years, found.source.cite().as_str()), (5, "C. com. art. L110-4 I et C. civ. art. 2224"));
    }

    #[test]
    fn l218_2_consumers_owe_for_two_years() {
        let found = limitation(LimitationKind::Consumer);
        assert_eq!((found.years, found.source.cite().as_str()), (2, "C. conso. art. L218-2"));
    }

    #[test]
    fn l133_6_a_carriage_is_owed_for_one_year() {
        let found = limitation(LimitationKind::Carriage);
        assert_eq!((found.years, found.source.cite().as_str()), (1, "C. com. art. L133-6"));
    }

    #[test]
    fn l111_4_a_title_lives_ten_years() {
        let found = limitation(LimitationKind::Title);
        assert_eq!((found.years, found.source.cite().as_str()), (10, "CPCE art. L111-4"));
    }

    #[test]
    fn article_2232_nothing_lives_beyond_twenty_years() {
        assert_eq!(overall_limitation().years, 20);
    }

    #[test]
    fn warnings_before_a_limitation_get_closer_and_closer() {
        assert!(limitation_warning_months().is_sorted_by(|earlier, later| earlier > later));
    }

    #[test]
    fn l441_10_i_l441_11_ii_and_r2192_10_every_delay_is_known_today() {
        let today = calendar::day(2026, 11, 22);
        let days = [
            (Delay::Default, 30),
            (Delay::Agreed, 60),
            (Delay::AgreedEndOfMonth, 45),
            (Delay::PeriodicInvoice, 45),
            (Delay::Transport, 30),
            (Delay::PerishableFood, 30),
            (Delay::Livestock, 20),
            (Delay::AlcoholicDrinks, 30),
            (Delay::PublicBody, 30),
        ];
        for (delay, expected) in days {
            assert_eq!(payment_delay(delay, today).unwrap().value, expected, "{delay:?}");
        }
    }
}
