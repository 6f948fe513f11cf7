//! Imports go only downwards, and only the floors that show or store values may serialize them.

use serde_json::Value;

use super::Complaint;

/// Every package on its floor, lowest first.
const FLOORS: &[(&str, u8)] = &[
    ("portolan-report", 0),
    ("portolan-facts", 1),
    ("portolan-facts-source", 1),
    ("portolan-builtin", 1),
    ("portolan-advice", 2),
    ("portolan-config", 2),
    ("portolan-dns", 2),
    ("portolan-intake", 2),
    ("portolan-mask", 2),
    ("portolan-resolve", 2),
    ("portolan-records", 2),
    ("portolan-smtp", 2),
    ("portolan-chart", 3),
    // What a check means rests on what the analyzer says of a server's words.
    ("portolan-check", 3),
    ("portolan-explain", 3),
    ("portolan-link", 3),
    ("portolan-wire", 3),
    ("portolan", 4),
    ("portolan-browser-tests", 4),
    ("portolan-js", 4),
    ("portolan-network", 4),
    ("portolan-probe", 4),
    ("portolan-rogue", 4),
    ("portolan-servers", 4),
    ("portolan-wasm", 4),
    ("portolan-wasm-tests", 4),
    ("xtask", 4),
    ("xtask-host", 4),
    ("xtask-site", 4),
];

/// Imports on one floor that have a reason.
const SIDEWAYS: &[(&str, &str)] = &[
    ("portolan-builtin", "portolan-facts"),
    ("portolan-facts-source", "portolan-facts"),
    // The engine's questions as messages, and messages as its answers.
    ("portolan-resolve", "portolan-dns"),
    // What somebody pasted answers the questions of a survey.
    ("portolan-records", "portolan-dns"),
    // What a check says is held against the server that misbehaves on request; the program does without.
    ("portolan-probe", "portolan-rogue"),
    // Networks of the tests' own.
    ("portolan-probe", "portolan-network"),
    ("portolan-servers", "portolan-network"),
    // Whoever looks at the site needs it served.
    ("portolan-browser-tests", "xtask-host"),
    // A real resolver that the page asks.
    ("portolan-browser-tests", "portolan-servers"),
    // An authority for the servers' certificates.
    ("portolan-servers", "portolan-rogue"),
    // The probe looks at them.
    ("portolan-servers", "portolan-probe"),
    // The tests of the page.
    ("portolan-wasm-tests", "portolan"),
    ("xtask", "xtask-host"),
    // The hook renders the page.
    ("xtask-site", "portolan"),
];

/// Who may use the reader of `data/`, which no verdict depends on: a build script and the site's build.
const READERS: &[(&str, &str)] = &[
    ("portolan-builtin", "build"),
    ("portolan-builtin", "dev"),
    ("xtask-site", "normal"),
];

const READER: &str = "portolan-facts-source";
const BUILTIN: &str = "portolan-builtin";
const ENGINES: u8 = 2;
const SHELLS: u8 = 4;

/// Holds the floors.
pub(super) fn imports(metadata: &Value) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for (package, name, kind) in dependencies(metadata) {
        let Some(from) = floor(package) else {
            complaints.push(format!(
                "{package}: expected a floor in xtask/src/tidy/floors.rs, but found none"
            ));
            continue;
        };
        let Some(to) = floor(name) else { continue };
        if name == READER {
            if !READERS.contains(&(package, kind)) {
                complaints.push(format!(
                    "{package}: {READER} is for building, and not for {kind} dependencies here"
                ));
            }
        } else if name == BUILTIN {
            // Embedded facts are for command lines and tests: the page loads them in parts.
            if !(kind == "dev" || (from == SHELLS && package != "portolan")) {
                complaints.push(format!("{package}: {BUILTIN} may be a dev-dependency only"));
            }
        } else if to >= from && !SIDEWAYS.contains(&(package, name)) {
            complaints.push(format!(
                "{package}: imports go downwards, and {name} is not below it"
            ));
        }
    }
    complaints
}

/// Some servers log an object of JSON a line, which is read and never written.
const READS_OBJECTS: (&str, &str) = ("portolan-smtp", "serde_json");

/// Internals of an engine are never stored, so an engine needs no serde.
pub(super) fn serde(metadata: &Value) -> Vec<Complaint> {
    dependencies(metadata)
        .filter(|(package, name, kind)| {
            // A build script reads rules, which are data.
            floor(package) == Some(ENGINES)
                && *kind == "normal"
                && name.starts_with("serde")
                && (*package, *name) != READS_OBJECTS
        })
        .map(|(package, name, _)| {
            format!("{package}: engines serialize nothing, but it imports {name}")
        })
        .collect()
}

fn floor(package: &str) -> Option<u8> {
    FLOORS
        .iter()
        .find(|(name, _)| *name == package)
        .map(|(_, floor)| *floor)
}

/// Each dependency: the package that has it, its name, and `normal`, `build` or `dev`.
fn dependencies(metadata: &Value) -> impl Iterator<Item = (&str, &str, &str)> {
    let packages = metadata["packages"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    packages.iter().flat_map(|package| {
        let dependencies = package["dependencies"]
            .as_array()
            .map(Vec::as_slice)
            .unwrap_or_default();
        dependencies.iter().filter_map(|dependency| {
            let kind = dependency["kind"].as_str().unwrap_or("normal");
            Some((
                package["name"].as_str()?,
                dependency["name"].as_str()?,
                kind,
            ))
        })
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{imports, serde};

    fn metadata(package: &str, dependency: &str, kind: Option<&str>) -> Value {
        json!({ "packages": [{ "name": package, "dependencies": [{ "name": dependency, "kind": kind }] }] })
    }

    #[test]
    fn upwards_and_sideways_are_refused() {
        for (package, dependency) in [
            ("portolan-report", "portolan-facts"),
            ("portolan-facts", "portolan-advice"),
            ("portolan-advice", "portolan"),
            ("portolan-probe", "portolan"),
            ("portolan-advice", "portolan-builtin"),
            ("portolan", "portolan-builtin"),
            ("portolan-probe", "portolan-facts-source"),
            ("portolan-new", "yew"),
        ] {
            assert_eq!(
                imports(&metadata(package, dependency, None)).len(),
                1,
                "{package} {dependency}"
            );
        }
    }

    #[test]
    fn downwards_is_right() {
        for (package, dependency, kind) in [
            ("portolan-advice", "portolan-report", None),
            ("portolan", "portolan-advice", None),
            ("portolan-advice", "portolan-builtin", Some("dev")),
            ("portolan-builtin", "portolan-facts-source", Some("build")),
            ("xtask-site", "portolan-facts-source", None),
            ("portolan-probe", "portolan-builtin", None),
        ] {
            assert!(
                imports(&metadata(package, dependency, kind)).is_empty(),
                "{package} {dependency}"
            );
        }
    }

    #[test]
    fn engines_serialize_nothing() {
        assert_eq!(serde(&metadata("portolan-advice", "serde", None)).len(), 1);
        assert!(serde(&metadata("portolan-report", "serde", None)).is_empty());
        assert!(serde(&metadata("portolan-advice", "serde_json", Some("dev"))).is_empty());
    }
}
