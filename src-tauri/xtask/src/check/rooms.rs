//! Who may know whom: the dependency rule, over `cargo metadata`.
//!
//! The table below is the law; the `Cargo.toml` files only obey it.

use crate::program::{Failure, Outcome};
use serde_json::Value;

/// What a package may depend on: which of our rooms, and which crates of others.
///
/// The rooms hold for every kind of dependency; the crates for what is shipped, since a test may use what it likes.
struct Room {
    package: &'static str,
    rooms: &'static [&'static str],
    crates: &'static [&'static str],
}

const ROOMS: &[Room] = &[
    Room { package: "dument-domain", rooms: &[], crates: &["chrono", "rust_decimal", "serde", "toml"] },
    Room {
        package: "dument-storage",
        rooms: &["dument-domain"],
        crates: &["chrono", "getrandom", "rusqlite", "serde", "serde_json", "sha2", "thiserror"],
    },
    Room {
        package: "dument-documents",
        rooms: &["dument-domain"],
        crates: &[
            "chrono",
            "image",
            "lopdf",
            "qrcode",
            "serde",
            "serde_json",
            "sha2",
            "thiserror",
            "typst",
            "typst-layout",
            "typst-pdf",
            "typst-render",
            "zip",
        ],
    },
    Room {
        package: "dument-exchange",
        rooms: &["dument-domain"],
        crates: &["encoding_rs", "lopdf", "quick-xml", "serde"],
    },
    Room {
        package: "dument-workflows",
        rooms: &["dument-domain", "dument-storage", "dument-documents", "dument-exchange"],
        crates: &["chrono", "serde", "serde_json", "toml"],
    },
    Room { package: "dument-cli", rooms: &["dument-workflows"], crates: &["chrono", "clap", "serde", "serde_json"] },
    Room {
        package: "dument",
        rooms: &["dument-workflows"],
        crates: &["chrono", "rfd", "serde", "serde_json", "tauri", "tauri-build"],
    },
    Room { package: "xtask", rooms: &[], crates: &["chrono", "serde_json", "toml"] },
    Room {
        package: "acceptance",
        rooms: &["dument-domain", "dument-storage", "dument-documents", "dument-exchange", "dument-workflows"],
        crates: &[],
    },
];

/// Those who may ask what day it is, and so may ask chrono for its `clock`.
const CLOCK: &[&str] = &["dument", "dument-cli", "xtask"];

/// One dependency, as a package declares it.
struct Link<'a> {
    from: &'a str,
    to: &'a str,
    shipped: bool,
    features: Vec<&'a str>,
    default_features: bool,
}

/// Returns a sentence for each dependency the table does not allow.
pub fn dependencies(metadata: &Value) -> Outcome<Vec<String>> {
    Ok(links(metadata)?.iter().filter_map(fault).collect())
}

/// Returns a sentence for each crate of others that no paragraph of `decisions.md` names.
pub fn undecided(metadata: &Value, decisions: &str) -> Vec<String> {
    let ours = |name: &str| ROOMS.iter().any(|room| room.package == name);
    let mut names: Vec<&str> = links(metadata).unwrap_or_default().iter().map(|link| link.to).collect();
    names.sort_unstable();
    names.dedup();
    names.retain(|name| !ours(name) && !decisions.contains(&format!("`{name}`")));
    let sentence = |name: &str| {
        format!(
            "`{name}` n’a pas sa ligne dans src-tauri/docs/decisions.md. Écrivez ce qu’elle fait pour nous, ce qui a été \
             considéré d’autre, et pourquoi elle sera encore tenue dans cinq ans."
        )
    };
    names.into_iter().map(sentence).collect()
}

fn fault(link: &Link) -> Option<String> {
    let Some(room) = ROOMS.iter().find(|room| room.package == link.from) else {
        return Some(format!(
            "Le paquet {} n’a pas de ligne dans la table de xtask/src/check/rooms.rs. Ajoutez-la.",
            link.from
        ));
    };
    let (from, to) = (link.from, link.to);
    if ROOMS.iter().any(|known| known.package == to) {
        return (!room.rooms.contains(&to)).then(|| {
            format!("{from} ne doit pas connaître {to}. Faites passer les données par qui les appelle tous deux.")
        });
    }
    if to == "chrono" && !CLOCK.contains(&from) && (link.default_features || link.features.contains(&"clock")) {
        return Some(format!("{from} demande à chrono son horloge. Retirez `clock` et recevez la date en argument."));
    }
    (link.shipped && !room.crates.contains(&to)).then(|| {
        format!(
            "{from} n’a pas le droit de dépendre de {to}. Passez-vous-en, ou ajoutez-la à la table de \
             xtask/src/check/rooms.rs et à decisions.md."
        )
    })
}

fn links(metadata: &Value) -> Outcome<Vec<Link<'_>>> {
    let unreadable = || Failure("« cargo metadata » a changé de forme : adaptez xtask/src/check/rooms.rs.".to_owned());
    let mut links = Vec::new();
    for package in metadata["packages"].as_array().ok_or_else(unreadable)? {
        let from = package["name"].as_str().ok_or_else(unreadable)?;
        for dependency in package["dependencies"].as_array().ok_or_else(unreadable)? {
            links.push(Link {
                from,
                to: dependency["name"].as_str().ok_or_else(unreadable)?,
                // Nothing of `acceptance` is shipped, whatever kind its dependencies are.
                shipped: dependency["kind"] != "dev" && from != "acceptance",
                features: dependency["features"].as_array().into_iter().flatten().filter_map(Value::as_str).collect(),
                default_features: dependency["uses_default_features"] != false,
            });
        }
    }
    Ok(links)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;
    use serde_json::json;

    fn one_dependency(from: &str, dependency: &Value) -> Vec<String> {
        dependencies(&json!({ "packages": [{ "name": from, "dependencies": [dependency] }] })).unwrap()
    }

    fn plain(from: &str, to: &str) -> Vec<String> {
        one_dependency(from, &json!({ "name": to, "kind": null, "features": [], "uses_default_features": false }))
    }

    #[test]
    fn documents_and_storage_never_see_each_other() {
        assert_eq!(plain("dument-documents", "dument-storage").len(), 1);
        assert_eq!(plain("dument-storage", "dument-documents").len(), 1);
    }

    #[test]
    fn a_test_does_not_open_a_forbidden_door_either() {
        let development = json!({ "name": "dument-storage", "kind": "dev", "features": [] });
        assert_eq!(one_dependency("dument-documents", &development).len(), 1, "rooms stay closed to tests too");
    }

    #[test]
    fn a_test_may_use_the_crates_it_likes() {
        assert!(one_dependency("dument-domain", &json!({ "name": "proptest", "kind": "dev" })).is_empty());
    }

    #[test]
    fn the_command_line_sees_only_the_workflows() {
        assert!(plain("dument-cli", "dument-workflows").is_empty());
        assert_eq!(plain("dument-cli", "dument-domain").len(), 1);
    }

    #[test]
    fn the_domain_has_no_clock() {
        let clock = json!({ "name": "chrono", "kind": null, "features": ["clock"], "uses_default_features": false });
        assert_eq!(one_dependency("dument-domain", &clock).len(), 1);
        let default = json!({ "name": "chrono", "kind": null, "features": [], "uses_default_features": true });
        assert_eq!(one_dependency("dument-domain", &default).len(), 1, "the default features of chrono hold the clock");
        assert!(plain("dument-domain", "chrono").is_empty());
    }

    #[test]
    fn a_package_without_a_row_is_a_fault() {
        assert_eq!(plain("dument-cloud", "serde").len(), 1, "a new room is a decision, not an accident");
    }

    #[test]
    fn a_dependency_needs_its_decision() {
        let packages = json!({ "packages": [{ "name": "dument-cli", "dependencies": [{ "name": "clap" }] }] });
        assert_eq!(undecided(&packages, "nothing here").len(), 1);
        assert!(undecided(&packages, "**`clap`** reads the arguments").is_empty());
    }
}
