//! Reads, in a source file, the rules of law it applies, the questions it leaves open, and the tests it holds.

use super::articles;

/// What kind of promise a rule is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Promise {
    Applied,
    ByConstruction,
    UpToTheOwner,
    NotYet,
}

/// One entry of a `# Droit` section.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    pub path: String,
    pub item: String,
    pub promise: Promise,
    pub text: String,
}

/// A doubt written in place.
#[derive(Debug, PartialEq, Eq)]
pub struct Question {
    pub path: String,
    pub text: String,
}

/// A test whose name, or whose text for a worked case, names articles.
#[derive(Debug, PartialEq, Eq)]
pub struct Proof {
    pub path: String,
    pub name: String,
    pub articles: Vec<String>,
}

const PROMISES: &[(&str, Promise)] = &[
    ("Construction", Promise::ByConstruction),
    ("Utilisateur", Promise::UpToTheOwner),
    ("Pas encore", Promise::NotYet),
];

/// Returns the entries of every `# Droit` section of a Rust file, each with the item it documents.
pub fn read(path: &str, text: &str) -> Vec<Rule> {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let mut rules = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        let Some(marker) = ["///", "//!"].into_iter().find(|marker| line.strip_prefix(marker) == Some(" # Droit"))
        else {
            continue;
        };
        let section = lines[number + 1..].iter().map_while(|line| line.strip_prefix(marker)).map(str::trim);
        let section = section.take_while(|line| !line.starts_with("# "));
        let item = if marker == "//!" { "(tout le fichier)".to_owned() } else { item_after(&lines[number..]) };
        for entry in entries(section) {
            let (promise, text) = promise_of(&entry);
            rules.push(Rule { path: path.to_owned(), item: item.clone(), promise, text });
        }
    }
    rules
}

/// Returns the questions left open in a file, whatever its language, as long as its comments begin with `//`.
pub fn questions(path: &str, text: &str) -> Vec<Question> {
    let mut questions: Vec<Question> = Vec::new();
    let mut open = false;
    for line in text.lines().map(str::trim) {
        let comment = line.strip_prefix("//").filter(|rest| !rest.starts_with(['/', '!'])).map(str::trim);
        let question = comment.and_then(|comment| labelled(comment, "Question"));
        match (question, comment, questions.last_mut()) {
            (Some(question), ..) => {
                questions.push(Question { path: path.to_owned(), text: question.to_owned() });
                open = true;
            }
            (None, Some(more), Some(last)) if open && !more.is_empty() => {
                last.text.push(' ');
                last.text.push_str(more);
            }
            _ => open = false,
        }
    }
    questions
}

/// Returns the tests of a file whose name names an article, as `l441_10_ii_runs_without_reminder` does.
pub fn tests(path: &str, text: &str) -> Vec<Proof> {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let marks = lines.iter().enumerate().filter(|(_, line)| **line == "#[test]");
    let proofs = marks.map(|(number, _)| {
        let name = item_after(&lines[number..]);
        let articles = articles::named_in(&glued(&name.to_uppercase().replace('_', " ")));
        Proof { path: path.to_owned(), name, articles }
    });
    proofs.filter(|proof| !proof.articles.is_empty()).collect()
}

/// Joins the numbers that follow an article number: `L441 10 II` is `L441-10 II`.
fn glued(name: &str) -> String {
    let mut glued = String::new();
    let mut after_a_number = false;
    for word in name.split(' ') {
        let number = word.chars().all(|character| character.is_ascii_digit());
        glued.push(if after_a_number && number { '-' } else { ' ' });
        glued.push_str(word);
        after_a_number = word.ends_with(|character: char| character.is_ascii_digit());
    }
    glued
}

/// Joins the lines of a section into entries: one per list item, or one per paragraph.
fn entries<'a>(lines: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut entries: Vec<String> = Vec::new();
    let mut open = false;
    for line in lines {
        let item = line.strip_prefix("- ");
        match (item, entries.last_mut()) {
            (None, Some(last)) if open && !line.is_empty() => {
                last.push(' ');
                last.push_str(line);
            }
            _ if line.is_empty() => open = false,
            _ => {
                entries.push(item.unwrap_or(line).to_owned());
                open = true;
            }
        }
    }
    entries
}

fn promise_of(entry: &str) -> (Promise, String) {
    let found = PROMISES.iter().find_map(|(label, promise)| Some((*promise, labelled(entry, label)?.to_owned())));
    found.unwrap_or_else(|| (Promise::Applied, entry.to_owned()))
}

/// Returns what follows `Label :`, whatever the space before the colon.
fn labelled<'a>(text: &'a str, label: &str) -> Option<&'a str> {
    let rest = text.strip_prefix(label)?.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
    rest.strip_prefix(':').map(str::trim)
}

/// Returns the name of the item that a comment or an attribute stands above.
fn item_after(lines: &[&str]) -> String {
    let item = lines.iter().skip(1).find(|line| !line.is_empty() && !line.starts_with("//") && !line.starts_with("#["));
    let words = item.copied().unwrap_or_default().split([' ', '(', '<', ':', ';', '{', '=', ',']);
    let modifiers =
        ["pub", "crate)", "super)", "const", "async", "fn", "struct", "enum", "trait", "type", "static", "mod"];
    words.filter(|word| !word.is_empty()).find(|word| !modifiers.contains(word)).unwrap_or("?").to_owned()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;

    const FILE: &str = "\
/// Counts.
///
/// # Droit
/// C. com. L441-10 II: the day after,
/// and no reminder.
/// - Construction : C. civ. 1343-2.
/// - Utilisateur\u{202f}: keep the proof.
///
/// # Errors
/// None.
// Question : which school,
// since nobody decided?
#[must_use]
pub const fn accrual(days: u32) -> u32 { days }
";

    #[test]
    fn a_rule_says_where_it_is_and_what_it_promises() {
        let rules = read("a.rs", FILE);
        let promises: Vec<Promise> = rules.iter().map(|rule| rule.promise).collect();
        assert_eq!(promises, [Promise::Applied, Promise::ByConstruction, Promise::UpToTheOwner]);
        assert_eq!(rules[0].text, "C. com. L441-10 II: the day after, and no reminder.");
        assert!(rules.iter().all(|rule| rule.item == "accrual"), "the item is found behind its attributes");
    }

    #[test]
    fn a_question_is_gathered_to_its_end() {
        let questions = questions("a.rs", FILE);
        assert_eq!(questions.len(), 1);
        assert_eq!(questions[0].text, "which school, since nobody decided?");
    }

    #[test]
    fn a_test_names_its_article_by_its_name() {
        let text = "#[test]\nfn l441_10_ii_no_reminder_is_needed() {}\n#[test]\nfn c_civ_1343_1_interest_first() {}\n";
        let articles: Vec<String> = tests("a.rs", text).into_iter().flat_map(|proof| proof.articles).collect();
        assert_eq!(articles, ["L441-10 II", "1343-1"]);
    }
}
