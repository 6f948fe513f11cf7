//! Checks of single files.

use std::path::Path;

use super::Complaint;
use crate::project::Text;

/// What a reader still holds in the head.
const MAX_LINES: usize = 400;

/// Only `src/browser/` and the entry point know that there is a browser: everything else runs natively in tests.
pub(super) fn browser_names(texts: &[Text]) -> Vec<Complaint> {
    const NAMES: [&str; 4] = ["gloo", "js_sys", "wasm_bindgen", "web_sys"];
    let outside = |path: &str| {
        (path.starts_with("src/") || path.starts_with("crates/"))
            && has_ending(path, "rs")
            && !path.starts_with("src/browser/")
            // The worker has an end of its own.
            && !path.starts_with("crates/portolan-wasm/")
            // So has the library for JavaScript.
            && path != "crates/portolan-js/src/bindings.rs"
            && path != "src/main.rs"
    };
    each_line(texts, outside, |line| {
        let named = NAMES.iter().find(|name| has_word(line, name))?;
        (!line.trim_start().starts_with("//")).then(|| format!("{named} belongs to src/browser/"))
    })
}

/// A colour has a name, so that both themes have it.
pub(super) fn colours(texts: &[Text]) -> Vec<Complaint> {
    let sheet = |path: &str| {
        path.starts_with("style/") && has_ending(path, "css") && path != "style/tokens.css"
    };
    each_line(texts, sheet, |line| {
        literal_colour(line).then(|| "a literal colour belongs to style/tokens.css".to_owned())
    })
}

/// Every file says what lives in it.
pub(super) fn heads(texts: &[Text]) -> Vec<Complaint> {
    texts
        .iter()
        .filter(|it| has_ending(&it.path, "rs") && !it.text.starts_with("//! "))
        .map(|it| {
            format!(
                "{}:1: expected a line with //! that says what lives here",
                it.path
            )
        })
        .collect()
}

/// Libraries that hold nothing but tests.
const TESTS_ALONE: [&str; 2] = ["tests/browser/", "tests/wasm/"];

/// Every library shows in an example how it is used; `cargo test` runs it.
pub(super) fn examples(texts: &[Text]) -> Vec<Complaint> {
    let shows = |it: &&Text| {
        ["//! ```", "/// ```"]
            .iter()
            .any(|fence| it.text.contains(fence))
    };
    let of = |folder: &str| {
        let is_in = |it: &&Text| it.path.starts_with(folder) && has_ending(&it.path, "rs");
        texts.iter().filter(is_in).any(|it| shows(&it))
    };
    texts
        .iter()
        .filter_map(|it| it.path.strip_suffix("lib.rs"))
        .filter(|folder| {
            folder.ends_with("src/") && !TESTS_ALONE.iter().any(|it| folder.starts_with(it))
        })
        .filter(|folder| !of(folder))
        .map(|folder| {
            format!("{folder}lib.rs: expected an example of its use in the documentation")
        })
        .collect()
}

/// No file is longer than a reader can hold.
pub(super) fn lengths(texts: &[Text]) -> Vec<Complaint> {
    texts
        .iter()
        .filter(|it| has_ending(&it.path, "rs") || has_ending(&it.path, "css"))
        .filter_map(|it| {
            let lines = it.text.lines().count();
            (lines > MAX_LINES)
                .then(|| format!("{}: {lines} lines, but at most {MAX_LINES}", it.path))
        })
        .collect()
}

/// Schemes that clients know mail servers by, and that no link has.
const SETTINGS: [&str; 4] = ["smtp://", "smtps://", "smtp+tls://", "protocol://"];

/// Every link in the facts can be followed.
pub(super) fn links(texts: &[Text]) -> Vec<Complaint> {
    let facts = |path: &str| path.starts_with("data/");
    each_line(texts, facts, |line| {
        let quoted = line.split('"').skip(1).step_by(2);
        let bad = quoted
            // A client's words may hold addresses of mail servers.
            .filter(|text| text.contains("://") && !SETTINGS.iter().any(|it| text.contains(it)))
            .find(|text| !well_formed(text))?;
        Some(format!(
            "expected a link such as https://example.com/page, but found {bad}"
        ))
    })
}

/// Nothing names the folders of the machine that it was written on.
pub(super) fn machine_paths(texts: &[Text]) -> Vec<Complaint> {
    // Put together here, or this file would be its own first complaint.
    let folders = ["home", "root", "work"].map(|name| format!("/{name}/"));
    each_line(
        texts,
        |_| true,
        |line| {
            let starts = |place: usize| {
                let before = line.get(..place).and_then(|text| text.chars().next_back());
                before.is_none_or(|it| !(it.is_alphanumeric() || "._-*{}~/".contains(it)))
            };
            let found = folders.iter().find(|it| {
                line.match_indices(it.as_str())
                    .any(|(place, _)| starts(place))
            })?;
            Some(format!("{found} is a folder of one machine"))
        },
    )
}

fn each_line(
    texts: &[Text],
    wanted: impl Fn(&str) -> bool,
    complain: impl Fn(&str) -> Option<String>,
) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for Text { path, text } in texts.iter().filter(|it| wanted(&it.path)) {
        for (number, line) in (1..).zip(text.lines()) {
            complaints.extend(complain(line).map(|what| format!("{path}:{number}: {what}")));
        }
    }
    complaints
}

fn has_ending(path: &str, ending: &str) -> bool {
    Path::new(path).extension().is_some_and(|it| it == ending)
}

fn has_word(line: &str, word: &str) -> bool {
    line.split(|it: char| !(it.is_alphanumeric() || it == '_'))
        .any(|it| it == word)
}

fn literal_colour(line: &str) -> bool {
    const FUNCTIONS: [&str; 9] = [
        "rgb(", "rgba(", "hsl(", "hsla(", "hwb(", "lab(", "lch(", "oklab(", "oklch(",
    ];
    let called = |name: &str| {
        line.match_indices(name).any(|(place, _)| {
            let before = line.get(..place).and_then(|text| text.chars().next_back());
            before.is_none_or(|it| !(it.is_alphanumeric() || it == '-'))
        })
    };
    // A `#` before the colon, or on a line that opens a block, is a selector.
    let value = line
        .split_once(':')
        .map(|(_, value)| value)
        .filter(|value| !value.trim_end().ends_with(['{', ',']));
    let hex = value.is_some_and(|value| {
        value.split('#').skip(1).any(|after| {
            let digits = after.chars().take_while(char::is_ascii_hexdigit).count();
            let next = after.chars().nth(digits);
            [3, 4, 6, 8].contains(&digits)
                && next.is_none_or(|it| !(it.is_alphanumeric() || it == '-'))
        })
    });
    hex || FUNCTIONS.iter().any(|name| called(name))
}

fn well_formed(link: &str) -> bool {
    let Some(rest) = link
        .strip_prefix("https://")
        .or_else(|| link.strip_prefix("http://"))
    else {
        return false;
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host_is_good = host.contains('.')
        && host.split('.').all(|label| !label.is_empty())
        && host
            .chars()
            .all(|it| it.is_ascii_alphanumeric() || it == '.' || it == '-');
    host_is_good
        && !rest.contains(|it: char| it.is_whitespace() || it.is_control() || "<>\"\\".contains(it))
}

#[cfg(test)]
mod tests {
    use super::super::text;
    use super::{browser_names, colours, examples, heads, lengths, links, machine_paths};

    #[test]
    fn the_browser_is_named_in_one_folder() {
        let line = "use web_sys::Window;\n";
        assert_eq!(browser_names(&[text("src/state/mod.rs", line)]).len(), 1);
        assert_eq!(
            browser_names(&[text("crates/portolan-advice/src/lib.rs", "gloo::x();")]).len(),
            1
        );
        assert!(
            browser_names(&[
                text("src/browser/focus.rs", line),
                text("src/main.rs", line)
            ])
            .is_empty()
        );
        assert!(
            browser_names(&[text("src/lib.rs", "//! no web_sys\nlet my_gloo = 1;")]).is_empty()
        );
    }

    #[test]
    fn colours_have_names() {
        for bad in [
            "  color: #fff;",
            "  color:#A1B2C3;",
            "a { color: rgb(0 0 0) }",
            "  fill: oklch(0.5 0 0);",
        ] {
            assert_eq!(colours(&[text("style/base.css", bad)]).len(), 1, "{bad}");
        }
        for good in [
            "#add:hover {",
            "a:hover #face {",
            "  color: var(--ink);",
            "  mask: url(#dot);",
        ] {
            assert!(
                colours(&[text("style/base.css", good)]).is_empty(),
                "{good}"
            );
        }
        assert!(colours(&[text("style/tokens.css", "--ink: #123;")]).is_empty());
    }

    #[test]
    fn files_have_heads() {
        assert_eq!(heads(&[text("src/a.rs", "use std::fmt;\n")]).len(), 1);
        assert!(
            heads(&[
                text("src/a.rs", "//! What lives here.\n"),
                text("a.toml", "")
            ])
            .is_empty()
        );
    }

    #[test]
    fn files_are_short() {
        assert_eq!(lengths(&[text("style/a.css", &"\n".repeat(401))]).len(), 1);
        assert!(
            lengths(&[
                text("src/a.rs", &"\n".repeat(400)),
                text("a.md", &"\n".repeat(999))
            ])
            .is_empty()
        );
    }

    #[test]
    fn libraries_show_how_they_are_used() {
        let lib = |more: &str| text("crates/a/src/lib.rs", more);
        let other = text("crates/a/src/b.rs", "/// ```\n/// a::b();\n/// ```\n");
        assert_eq!(examples(&[lib("//! It.\n")]).len(), 1);
        assert!(examples(&[lib("//! It.\n"), other]).is_empty());
        assert!(examples(&[lib("//! ```\n//! a::b();\n//! ```\n")]).is_empty());
        assert!(examples(&[text("tests/wasm/src/lib.rs", "//! Tests.\n")]).is_empty());
    }

    #[test]
    fn links_can_be_followed() {
        for bad in [
            "url = \"htps://example.com\"",
            "url = \"https://example\"",
            "url = \"https://a.b/c d\"",
        ] {
            assert_eq!(
                links(&[text("data/providers/a.toml", bad)]).len(),
                1,
                "{bad}"
            );
        }
        let good = "url = \"https://example.com/a?b=c#d\"";
        assert!(
            links(&[
                text("data/providers/a.toml", good),
                text("data/clients/a.toml", "setting = \"smtps://user@host:465\""),
                text("docs/a.md", "\"x://\"")
            ])
            .is_empty()
        );
    }

    #[test]
    fn machines_are_not_named() {
        for folder in ["home", "root", "work"] {
            let bad = format!("see `/{folder}/someone/notes`");
            assert_eq!(machine_paths(&[text("README.md", &bad)]).len(), 1, "{bad}");
            let good = format!("https://example.com/{folder}/page and data/{folder}/x");
            assert!(
                machine_paths(&[text("README.md", &good)]).is_empty(),
                "{good}"
            );
        }
    }
}
