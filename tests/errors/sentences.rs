//! How a sentence is written.

/// Returns what is wrong with the French of a refusal, and whether it leaves the reader at a loss.
pub fn flaws(text: &str) -> Vec<String> {
    let mut flaws = Vec::new();
    if !text.trim_end().ends_with('.') {
        flaws.push("does not end with a period".to_owned());
    }
    if !says_what_to_do(text) {
        flaws.push("does not say what to do".to_owned());
    }
    let characters: Vec<char> = text.chars().collect();
    for pair in characters.windows(2) {
        match pair {
            [space, mark @ (';' | ':' | '!' | '?')] if space.is_whitespace() && *space != '\u{202f}' => {
                flaws.push(format!("wrong space before « {mark} »"));
            }
            ['«', space] | [space, '»'] if *space != '\u{a0}' => {
                flaws.push("wrong space in the guillemets".to_owned());
            }
            [letter, '\''] if letter.is_alphabetic() => flaws.push("straight apostrophe".to_owned()),
            [' ', ' '] => flaws.push("two spaces".to_owned()),
            ['.', '.'] => flaws.push("two periods".to_owned()),
            _ => {}
        }
    }
    flaws
}

/// Looks for an imperative, which in this form ends in « -ez » or is « dites », or for the assurance that nothing is to do.
fn says_what_to_do(text: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_alphabetic());
    let imperative =
        |word: &str| (word.ends_with("ez") && word.len() > 4 && word != "assez") || word.to_lowercase() == "dites";
    words.any(imperative) || text.contains("rien à")
}

#[test]
fn a_badly_written_sentence_is_noticed() {
    let flawed = |text| !flaws(text).is_empty();
    assert!(!flawed("Le nom est vide\u{202f}: indiquez-le."));
    assert!(flawed("Le nom est vide : indiquez-le."));
    assert!(flawed("Le nom est vide\u{202f}: indiquez-le"));
    assert!(flawed("Le nom est vide."));
    assert!(flawed("Vérifiez « ce nom »."));
    assert!(flawed("Vérifiez l'orthographe."));
}
