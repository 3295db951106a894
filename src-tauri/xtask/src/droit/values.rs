//! Reads the dated values of the law files, and the worked cases of the tests.

use super::articles;
use super::rules::Proof;
use crate::program::{Failure, Outcome};
use toml::{Table, Value};

/// A value fixed by law, between two dates.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct DatedValue {
    pub name: String,
    pub since: String,
    pub until: String,
    pub value: String,
    pub source: String,
    pub checked_on: String,
    pub confidence: String,
}

const SOURCE: &str = "source";
const CHECKED: &str = "checked_on";
const CONFIDENCE: &str = "confidence";
const SINCE: &str = "since";
const UNTIL: &str = "until";

/// Returns every dated value of a law file: each table that says `since` is one, wherever it is.
///
/// The source, the date of the check and the confidence may be said once for a whole family, above it.
pub fn read(path: &str, text: &str) -> Outcome<Vec<DatedValue>> {
    let mut values = Vec::new();
    gather(&parsed(path, text)?, "", &DatedValue::default(), &mut values);
    Ok(values)
}

/// Returns every worked case of a file: each table of its arrays.
pub fn cases(path: &str, text: &str) -> Outcome<Vec<Proof>> {
    let file = parsed(path, text)?;
    let tables = file.values().filter_map(Value::as_array).flatten().filter_map(Value::as_table);
    let stem = path.rsplit('/').next().unwrap_or(path).trim_end_matches(".toml");
    let name = |table: &Table| {
        ["name", "nom", "id", "title"].iter().find_map(|key| Some(table.get(*key)?.as_str()?.to_owned()))
    };
    Ok(tables
        .map(|table| Proof {
            path: path.to_owned(),
            name: name(table).unwrap_or_else(|| stem.to_owned()),
            articles: articles::named_in(&strings(&Value::Table(table.clone()))),
        })
        .collect())
}

fn parsed(path: &str, text: &str) -> Outcome<Table> {
    text.parse().map_err(|error| Failure(format!("{path} n’est pas du TOML lisible. Corrigez-le :\n{error}")))
}

fn gather(table: &Table, name: &str, above: &DatedValue, values: &mut Vec<DatedValue>) {
    let said = |key: &str, otherwise: &str| table.get(key).map_or_else(|| otherwise.to_owned(), shown);
    let here = DatedValue {
        name: name.to_owned(),
        since: said(SINCE, ""),
        until: said(UNTIL, ""),
        value: own_value(table),
        source: table.get(SOURCE).map_or_else(|| above.source.clone(), cited),
        checked_on: said(CHECKED, &above.checked_on),
        confidence: said(CONFIDENCE, &above.confidence),
    };
    for (key, value) in table.iter().filter(|(key, _)| *key != SOURCE) {
        let inner = if matches!(key.as_str(), "value" | "values") { name.to_owned() } else { joined(name, key) };
        match value {
            Value::Table(table) => gather(table, &inner, &here, values),
            Value::Array(items) => {
                items.iter().filter_map(Value::as_table).for_each(|table| gather(table, &inner, &here, values));
            }
            Value::String(_) | Value::Integer(_) | Value::Float(_) | Value::Boolean(_) | Value::Datetime(_) => {}
        }
    }
    if table.contains_key(SINCE) {
        values.push(here);
    }
}

/// Writes what a table says besides its dates and its source: its `value`, or each of its other keys.
fn own_value(table: &Table) -> String {
    if let Some(value) = table.get("value").filter(|value| !value.is_array()) {
        return shown(value);
    }
    let apart = [SOURCE, CHECKED, CONFIDENCE, SINCE, UNTIL];
    let said =
        table.iter().filter(|(key, value)| !apart.contains(&key.as_str()) && !value.is_table() && !value.is_array());
    said.map(|(key, value)| format!("{key} {}", shown(value))).collect::<Vec<_>>().join(", ")
}

/// Writes a source as one cites it.
fn cited(source: &Value) -> String {
    let Value::Table(table) = source else { return shown(source) };
    let part = |(key, value): (&String, &Value)| match key.as_str() {
        "journal_officiel" => format!("JO du {}", shown(value)),
        "url" => format!("<{}>", shown(value)),
        _ => shown(value),
    };
    table.iter().map(part).collect::<Vec<_>>().join(", ")
}

fn joined(name: &str, key: &str) -> String {
    if name.is_empty() { key.to_owned() } else { format!("{name} · {key}") }
}

fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Table(table) => {
            table.iter().map(|(key, value)| format!("{key} {}", shown(value))).collect::<Vec<_>>().join(", ")
        }
        Value::Array(items) => items.iter().map(shown).collect::<Vec<_>>().join(", "),
        Value::Integer(number) => number.to_string(),
        Value::Float(number) => number.to_string(),
        Value::Boolean(yes) => yes.to_string(),
        Value::Datetime(date) => date.to_string(),
    }
}

fn strings(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Table(table) => table.values().map(strings).collect::<Vec<_>>().join(" ; "),
        Value::Array(items) => items.iter().map(strings).collect::<Vec<_>>().join(" ; "),
        Value::Integer(_) | Value::Float(_) | Value::Boolean(_) | Value::Datetime(_) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;

    #[test]
    fn a_dated_value_keeps_its_source() {
        let text = "[[value]]\nsince = 2013-01-01\nvalue = \"40\"\nsource = { article = \"C. com. D441-5\" }\n\
                    checked_on = 2026-11-22\nconfidence = \"text\"\n";
        let values = read("x.toml", text).unwrap();
        assert_eq!(values.len(), 1);
        assert_eq!((values[0].since.as_str(), values[0].value.as_str()), ("2013-01-01", "40"));
        assert_eq!(values[0].source, "C. com. D441-5");
    }

    #[test]
    fn a_value_may_be_several_figures() {
        let text = "[[semester]]\nsince = \"2026-07-01\"\nvalue = { ecb = \"2.40\", legal = \"2.75\" }\n\
                    source = { arrete = \"Arrêté du 26 juin 2026\", journal_officiel = \"2026-06-30\" }\n";
        let values = read("x.toml", text).unwrap();
        assert_eq!((values.len(), values[0].value.as_str()), (1, "ecb 2.40, legal 2.75"));
        assert_eq!(values[0].source, "Arrêté du 26 juin 2026, JO du 2026-06-30");
    }

    #[test]
    fn a_source_may_be_said_once_for_its_family() {
        let text = "[carriage]\nsource = \"C. com. L133-6\"\n[[carriage.value]]\nsince = 1838-01-01\nyears = 1\n";
        let values = read("x.toml", text).unwrap();
        assert_eq!((values[0].name.as_str(), values[0].source.as_str()), ("carriage", "C. com. L133-6"));
        assert_eq!(values[0].value, "years 1");
    }

    #[test]
    fn a_case_names_its_articles() {
        let text = "[[case]]\nname = \"thirty days\"\nsource = \"C. com. L. 441-10 II\"\n";
        let cases = cases("tests/law/interest.toml", text).unwrap();
        assert_eq!(cases.len(), 1);
        assert_eq!((cases[0].name.as_str(), &cases[0].articles[..]), ("thirty days", &["L441-10 II".to_owned()][..]));
    }

    #[test]
    fn an_unreadable_law_file_is_refused() {
        assert!(read("x.toml", "value = [").is_err());
    }
}
