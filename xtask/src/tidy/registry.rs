//! Checks of files that belong together: lists, the cases beside rules, the walls, pinned versions.

use super::Complaint;
use crate::project::Text;

const RULES: &str = "crates/portolan-advice/src/rules/";

/// Every rule has its cases beside it.
pub(super) fn cases(texts: &[Text]) -> Vec<Complaint> {
    rules(texts)
        .filter(|rule| {
            !texts
                .iter()
                .any(|it| it.path == format!("{RULES}{rule}.toml"))
        })
        .map(|rule| format!("{RULES}{rule}.rs: expected its cases in {rule}.toml beside it"))
        .collect()
}

/// Every rule is in the list: one that is not would never judge.
pub(super) fn listed(texts: &[Text]) -> Vec<Complaint> {
    let list = texts.iter().find(|it| it.path == format!("{RULES}mod.rs"));
    let list = list.map(|it| it.text.as_str()).unwrap_or_default();
    let entry = |rule: &str| format!("{rule} => \"{}\",", rule.replace('_', "-"));
    rules(texts)
        .filter(|rule| !list.lines().any(|line| line.trim() == entry(rule)))
        .map(|rule| format!("{RULES}mod.rs: expected the entry {}", entry(rule)))
        .collect()
}

/// Floors 0 to 2 have walls: clippy reads the nearest settings, so each of these crates has its own.
pub(super) fn walls(texts: &[Text]) -> Vec<Complaint> {
    const WALLED: [&str; 3] = ["portolan-advice", "portolan-facts", "portolan-report"];
    let wall = |name: &str| {
        texts
            .iter()
            .find(|it| it.path == format!("crates/{name}/clippy.toml"))
    };
    let first = WALLED
        .iter()
        .find_map(|name| wall(name))
        .map(|it| it.text.as_str());
    let root = texts
        .iter()
        .find(|it| it.path == "clippy.toml")
        .map(|it| it.text.as_str())
        .unwrap_or_default();
    let mut complaints = Vec::new();
    for name in WALLED {
        match wall(name) {
            None => complaints.push(format!(
                "crates/{name}: expected a clippy.toml with the walls"
            )),
            Some(it) if Some(it.text.as_str()) != first => {
                complaints.push(format!(
                    "{}: expected the same walls as everywhere",
                    it.path
                ));
            }
            Some(it) if !it.text.starts_with(root) => {
                complaints.push(format!(
                    "{}: expected the settings of the root first, which it hides",
                    it.path
                ));
            }
            Some(it) => {
                let needed = ["disallowed-types", "disallowed-methods"];
                let missing = needed.iter().filter(|key| !it.text.contains(**key));
                complaints.extend(missing.map(|key| format!("{}: expected {key}", it.path)));
            }
        }
    }
    complaints
}

/// The tool that writes the glue is the version of the library, to the digit.
pub(super) fn bindgen(lock: &str, pinned: &str) -> Vec<Complaint> {
    let locked = lock
        .split("[[package]]")
        .find(|package| package.contains("name = \"wasm-bindgen\"\n"))
        .and_then(|package| package.split("version = \"").nth(1)?.split('"').next());
    match locked {
        Some(locked) if locked != pinned => {
            vec![format!(
                "xtask/src/tools.rs: expected wasm-bindgen {locked} as in Cargo.lock, but found {pinned}"
            )]
        }
        _ => Vec::new(),
    }
}

/// The names of the files that hold a rule.
fn rules(texts: &[Text]) -> impl Iterator<Item = &str> {
    texts
        .iter()
        .filter_map(|it| it.path.strip_prefix(RULES)?.strip_suffix(".rs"))
        .filter(|name| !["mod", "tests"].contains(name) && !name.contains('/'))
}

#[cfg(test)]
mod tests {
    use super::super::text;
    use super::{RULES, bindgen, cases, listed, walls};

    #[test]
    fn a_rule_without_cases_is_found() {
        let rule = text(&format!("{RULES}no_route.rs"), "");
        assert_eq!(cases(std::slice::from_ref(&rule)).len(), 1);
        assert!(cases(&[rule, text(&format!("{RULES}no_route.toml"), "")]).is_empty());
    }

    #[test]
    fn a_rule_that_is_not_listed_is_found() {
        let rule = text(&format!("{RULES}no_route.rs"), "");
        assert_eq!(listed(std::slice::from_ref(&rule)).len(), 1);
        let other = text(
            &format!("{RULES}mod.rs"),
            "rules! {\n    no_route => \"noroute\",\n}",
        );
        assert_eq!(listed(&[rule.clone(), other]).len(), 1);
        let list = text(
            &format!("{RULES}mod.rs"),
            "rules! {\n    no_route => \"no-route\",\n}",
        );
        assert!(listed(&[rule, list]).is_empty());
    }

    #[test]
    fn a_crate_without_walls_is_found() {
        let wall = |name: &str, more: &str| {
            text(
                &format!("crates/portolan-{name}/clippy.toml"),
                &format!("a = 1\ndisallowed-types = []\ndisallowed-methods = []\n{more}"),
            )
        };
        let root = text("clippy.toml", "a = 1\n");
        assert_eq!(walls(&[wall("facts", ""), wall("advice", "")]).len(), 1);
        assert_eq!(
            walls(&[
                wall("facts", ""),
                wall("advice", ""),
                wall("report", "b = 1")
            ])
            .len(),
            1
        );
        let all = [
            root,
            wall("facts", ""),
            wall("advice", ""),
            wall("report", ""),
        ];
        assert!(walls(&all).is_empty());
        let [_, facts, advice, report] = all;
        assert_eq!(
            walls(&[text("clippy.toml", "b = 2\n"), facts, advice, report]).len(),
            3
        );
    }

    #[test]
    fn another_version_of_the_glue_is_found() {
        let lock = "[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.1\"\n";
        assert_eq!(bindgen(lock, "0.2.2").len(), 1);
        assert!(bindgen(lock, "0.2.1").is_empty());
    }
}
