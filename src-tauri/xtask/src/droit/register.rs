//! Lays out the register: what was found, in the four sections a jurist reads.

use super::articles;
use super::rules::{Promise, Proof, Question, Rule};
use super::values::DatedValue;
use std::fmt::Write as _;

/// Everything that was gathered, in the order of the paths.
#[derive(Default)]
pub struct Found {
    pub rules: Vec<Rule>,
    pub questions: Vec<Question>,
    pub values: Vec<(String, Vec<DatedValue>)>,
    pub proofs: Vec<Proof>,
}

const OPENING: &str = "\
# Registre du droit

Ce que le programme sait du droit, et ce qu’il en fait. Ce fichier est écrit par `cargo xtask droit` à partir du code,
des fichiers de `domain/law`, des cas de `tests/law` et des questions laissées en place : on ne le corrige pas ici, on
corrige ce qu’il rassemble. Il n’a pas été relu par un avocat ni par un commissaire de justice.
";

/// Writes the register.
pub fn written(found: &Found) -> String {
    let mut text = OPENING.to_owned();
    let of = |promise: Promise| found.rules.iter().filter(move |rule| rule.promise == promise);
    let (tested, untested): (Vec<&Rule>, Vec<&Rule>) =
        of(Promise::Applied).partition(|rule| !proofs(rule, found).is_empty());

    heading(&mut text, "## Appliqué et testé", "La règle est dans le code, et un test nomme son article.");
    tested_rules(&mut text, &tested, found);
    heading(&mut text, "## Vrai par construction", "Les types ne laissent pas faire autrement.");
    rules(&mut text, of(Promise::ByConstruction));
    heading(&mut text, "## À la charge de l’utilisateur", "Le programme le dit ; le créancier le fait, ou le vérifie.");
    rules(&mut text, of(Promise::UpToTheOwner));
    heading(&mut text, "## Pas encore", "Ce que le programme ne fait pas, ou ne prouve pas.");
    rules(&mut text, of(Promise::NotYet));
    heading(
        &mut text,
        "### Appliqué sans test qui nomme l’article",
        "Le code le fait ; rien ne le vérifie par son nom.",
    );
    rules(&mut text, untested);
    heading(&mut text, "### Questions ouvertes", "Des doutes écrits à l’endroit où ils se posent.");
    questions(&mut text, &found.questions);
    heading(
        &mut text,
        "## Valeurs datées",
        "Une valeur abrogée reste : une dette ancienne se compte au taux de son temps.",
    );
    values(&mut text, &found.values);
    text
}

/// Returns the names of the tests that prove a rule: those of its own module, or of the acceptance tests, that name one
/// of its articles. What is proved of one room says nothing of another.
fn proofs<'a>(rule: &Rule, found: &'a Found) -> Vec<&'a str> {
    let articles = articles::named_in(&rule.text);
    let near = found.proofs.iter().filter(|proof| {
        let module = proof.path.replace(".rs", "/");
        rule.path == proof.path || rule.path.starts_with(&module) || proof.path.starts_with("tests/")
    });
    let naming =
        near.filter(|proof| articles.iter().any(|article| proof.articles.iter().any(|named| names(named, article))));
    naming.map(|proof| proof.name.as_str()).collect()
}

/// Says whether what a test names is this article, or a part of it.
///
/// A name of function often leaves the paragraph out, and is then taken at its word; two different paragraphs never match.
fn names(named: &str, article: &str) -> bool {
    let (named, named_paragraph) = named.split_once(' ').unwrap_or((named, ""));
    let (article, paragraph) = article.split_once(' ').unwrap_or((article, ""));
    let same_article = named.strip_prefix(article).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'));
    same_article && (named_paragraph.is_empty() || paragraph.is_empty() || named_paragraph == paragraph)
}

fn heading(text: &mut String, title: &str, explanation: &str) {
    _ = write!(text, "\n{title}\n\n{explanation}\n");
}

fn tested_rules(text: &mut String, rules: &[&Rule], found: &Found) {
    let rows = rules.iter().map(|rule| {
        let proofs: Vec<String> = proofs(rule, found).iter().map(|name| format!("`{name}`")).collect();
        [rule.text.clone(), place(rule), proofs.join(", ")]
    });
    table(text, ["Règle et source", "Où", "Testé par"], rows);
}

fn rules<'a>(text: &mut String, rules: impl IntoIterator<Item = &'a Rule>) {
    let rows = rules.into_iter().map(|rule| [rule.text.clone(), place(rule)]);
    table(text, ["Règle et source", "Où"], rows);
}

fn questions(text: &mut String, questions: &[Question]) {
    let rows = questions.iter().map(|question| [question.text.clone(), linked(&question.path)]);
    table(text, ["Question", "Où"], rows);
}

fn values(text: &mut String, files: &[(String, Vec<DatedValue>)]) {
    if files.is_empty() {
        text.push_str("\nRien pour l’instant.\n");
    }
    for (path, values) in files {
        _ = write!(text, "\n### {}\n", linked(path));
        let rows = values.iter().map(|value| {
            let until = if value.until.is_empty() { "—".to_owned() } else { value.until.clone() };
            let shown = [value.name.clone(), value.value.clone()].into_iter().filter(|part| !part.is_empty());
            let shown = shown.collect::<Vec<_>>().join(" : ");
            [
                value.since.clone(),
                until,
                shown,
                value.source.clone(),
                value.checked_on.clone(),
                value.confidence.clone(),
            ]
        });
        table(text, ["Depuis", "Jusqu’au", "Valeur", "Source", "Vérifié le", "Confiance"], rows);
    }
}

fn table<const N: usize>(text: &mut String, head: [&str; N], rows: impl Iterator<Item = [String; N]>) {
    let mut rows = rows.peekable();
    if rows.peek().is_none() {
        text.push_str("\nRien pour l’instant.\n");
        return;
    }
    _ = write!(text, "\n| {} |\n|{}\n", head.join(" | "), "---|".repeat(N));
    for row in rows {
        let cells = row.map(|cell| cell.replace('|', "\\|"));
        _ = writeln!(text, "| {} |", cells.join(" | "));
    }
}

fn place(rule: &Rule) -> String {
    format!("`{}` de {}", rule.item, linked(&rule.path))
}

/// Writes a path as a link from the folder of the register.
fn linked(path: &str) -> String {
    let name = path.strip_prefix("src-tauri/crates/").unwrap_or(path);
    let target = path.strip_prefix("src-tauri/").map_or_else(|| format!("../../{path}"), |rest| format!("../{rest}"));
    format!("[{name}]({target})")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(text: &str, promise: Promise) -> Rule {
        Rule {
            path: "src-tauri/crates/domain/src/interest.rs".to_owned(),
            item: "accrue".to_owned(),
            promise,
            text: text.to_owned(),
        }
    }

    /// Returns the title under which a text is printed.
    fn title_above<'a>(register: &'a str, text: &str) -> Option<&'a str> {
        let before = &register[..register.find(text)?];
        before.lines().rev().find(|line| line.starts_with('#'))
    }

    fn proof(path: &str, article: &str) -> Proof {
        Proof { path: path.to_owned(), name: "a_test".to_owned(), articles: vec![article.to_owned()] }
    }

    const UNTESTED: Option<&str> = Some("### Appliqué sans test qui nomme l’article");

    #[test]
    fn a_rule_without_a_test_is_not_said_to_be_tested() {
        let mut found = Found { rules: vec![rule("C. com. L441-10 II", Promise::Applied)], ..Found::default() };
        assert_eq!(title_above(&written(&found), "C. com."), UNTESTED);
        found.proofs.push(proof("tests/law/interest.toml", "L441-10 II"));
        assert_eq!(title_above(&written(&found), "C. com."), Some("## Appliqué et testé"));
    }

    #[test]
    fn a_test_proves_nothing_of_a_neighbour() {
        let article = rule("C. civ. 1343-1", Promise::Applied);
        let paragraph = rule("C. com. L441-10 II", Promise::Applied);
        let proofs = ["1343-2", "1343", "L441-10 I", "L441-1"].map(|article| proof("tests/main.rs", article)).into();
        let found = Found { rules: vec![article, paragraph], proofs, ..Found::default() };
        assert_eq!(title_above(&written(&found), "C. civ."), UNTESTED);
        assert_eq!(title_above(&written(&found), "C. com."), UNTESTED);
    }

    #[test]
    fn a_test_of_another_file_proves_nothing() {
        let proofs = vec![proof("src-tauri/crates/domain/src/calendar.rs", "1343-1")];
        let found = Found { rules: vec![rule("C. civ. 1343-1", Promise::Applied)], proofs, ..Found::default() };
        assert_eq!(title_above(&written(&found), "C. civ."), UNTESTED);
    }

    #[test]
    fn what_the_owner_must_do_is_told_apart() {
        let found = Found { rules: vec![rule("keep the receipt", Promise::UpToTheOwner)], ..Found::default() };
        assert_eq!(title_above(&written(&found), "keep"), Some("## À la charge de l’utilisateur"));
    }

    #[test]
    fn the_register_is_the_same_twice() {
        let found = Found { rules: vec![rule("C. civ. 1343-1", Promise::Applied)], ..Found::default() };
        assert_eq!(written(&found), written(&found));
    }
}
