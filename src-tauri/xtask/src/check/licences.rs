//! Which licences a crate of others may bear: those that ask nothing of whoever receives the product but to keep a notice.

use serde_json::Value;

const ACCEPTED: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MPL-2.0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Returns a sentence for each package, however deep, whose licence is not accepted.
pub fn refused(metadata: &Value) -> Vec<String> {
    let packages = metadata["packages"].as_array().into_iter().flatten();
    let refused = packages.filter(|package| !is_accepted(package["license"].as_str().unwrap_or_default()));
    refused
        .map(|package| {
            format!(
                "{} est sous la licence « {} ». Remplacez-la, ou discutez-en dans decisions.md avant de l’accepter dans \
                 xtask/src/check/licences.rs.",
                package["name"].as_str().unwrap_or("?"),
                package["license"].as_str().unwrap_or("inconnue")
            )
        })
        .collect()
}

/// Reads an SPDX expression: one of the alternatives must be accepted, with everything it adds up.
///
/// `/` is the former way to write `OR`. No crate nests parentheses deeper than one sum of alternatives.
fn is_accepted(expression: &str) -> bool {
    let expression = expression.replace('/', " OR ");
    if expression.contains('(') {
        return expression.split(" AND ").all(|part| is_accepted(part.trim_matches(['(', ')', ' '])));
    }
    expression.split(" OR ").any(|choice| choice.split(" AND ").all(|licence| ACCEPTED.contains(&licence.trim())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_acceptable_choice_is_enough() {
        assert!(is_accepted("MIT OR Apache-2.0 OR LGPL-2.1-or-later"));
        assert!(is_accepted("Unlicense/MIT"));
        assert!(!is_accepted("GPL-3.0-only"));
    }

    #[test]
    fn every_part_of_a_sum_must_be_acceptable() {
        assert!(is_accepted("(Apache-2.0 OR MIT) AND BSD-3-Clause"));
        assert!(!is_accepted("(Apache-2.0 OR MIT) AND GPL-2.0-only"));
        assert!(!is_accepted("MIT AND GPL-2.0-only"));
    }

    #[test]
    fn no_licence_is_no_permission() {
        assert!(!is_accepted(""));
    }
}
