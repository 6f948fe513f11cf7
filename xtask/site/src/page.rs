//! Writes into the staged `index.html`. Every mark that is missing stops the build.

use portolan::STAYS;
use portolan::state::door::Door;

use crate::doh::Doh;
use crate::search::escaped;

/// The policy of the page, and the origin of the resolver that it may ask. `'wasm-unsafe-eval'` allows compiling Wasm and
/// nothing else.
pub(crate) fn policy(doh: Option<&Doh>) -> String {
    let resolver = doh.map_or_else(String::new, |it| format!(" {}", it.origin));
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
         img-src 'self' data:; connect-src 'self'{resolver}; base-uri 'none'; form-action 'none'"
    )
}

/// What leaves the browser at the Check door: without a resolver, and with one.
const ALONE: &str = "Nothing leaves your browser.";
const ASKED: &str = "Nothing leaves your browser unless you have a resolver asked.";

/// The same at the foot of every door, where a resolver may be asked.
const STAYS_UNASKED: &str = "Nothing you enter leaves this page unless you have a resolver asked.";

/// What goes into the page.
pub(crate) struct Parts<'a> {
    /// The HTML of the first view, with the element that the live part renders into.
    pub(crate) body: &'a str,
    /// The facts that every verdict needs, as JSON.
    pub(crate) core: &'a str,
    /// The resolver that the site is built with.
    pub(crate) doh: Option<&'a Doh>,
    /// The door that is open when the page arrives.
    pub(crate) door: Door,
    /// The folder of the published facts, with its slash.
    pub(crate) facts: &'a str,
    /// Elements for the head, in order.
    pub(crate) head: &'a str,
    /// Where to tell what is wrong. `None`: nowhere.
    pub(crate) report: Option<&'a str>,
    /// The style of what the analyzer shows.
    pub(crate) sheets: &'a str,
    /// The worker that reads anything.
    pub(crate) analyzer: &'a str,
    /// The worker that reads pasted documentation.
    pub(crate) worker: &'a str,
}

/// A mark that the page lacks.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Missing(pub(crate) &'static str);

/// Puts the parts into the page.
///
/// # Errors
///
/// The first mark that was not found.
pub(crate) fn fill(html: &str, parts: &Parts<'_>) -> Result<String, Missing> {
    let report = parts.report.map_or_else(String::new, |it| {
        format!(" data-report=\"{}\"", escaped(it))
    });
    let doh = parts
        .doh
        .map_or_else(String::new, |it| format!(" data-doh=\"{}\"", it.url));
    let sheets = match parts.door {
        Door::Advise => format!(" data-sheets=\"{}\"", parts.sheets),
        // It is in the head.
        Door::Analyze | Door::Check => String::new(),
    };
    let facts = format!(
        "<html data-door=\"{}\" data-facts=\"{}\" data-worker=\"{}\" data-analyzer=\"{}\"{sheets}{report}{doh}",
        parts.door.id(),
        parts.facts,
        parts.worker,
        parts.analyzer
    );
    let html = replace(html, &["<html"], &facts)?;
    // First after the encoding, so that it holds for everything that follows.
    let html = after_tag(
        &html,
        "<meta charset",
        &format!(
            "\n<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">",
            policy(parts.doh)
        ),
    )?;
    let html = match parts.door {
        Door::Advise => html,
        Door::Analyze => other(
            &html,
            parts.door,
            "Paste an SMTP error, a session, a mail log or a bounce. You get the root cause, the lines that show it, who can mend it, and how. Nothing leaves your browser.",
        )?,
        Door::Check => other(
            &html,
            parts.door,
            &[
                "Check a mail server port by port: how to run portolan-probe, the plain commands instead of it, and what its report means. ",
                if parts.doh.is_none() { ALONE } else { ASKED },
            ]
            .concat(),
        )?,
    };
    let html = replace(&html, &["</head>"], &format!("{}</head>", parts.head))?;
    let body = match parts.doh {
        None => parts.body.to_owned(),
        Some(_) => replace(parts.body, &[STAYS], STAYS_UNASKED)?,
    };
    let app = format!(
        "{body}\n<script type=\"application/json\" id=\"facts-core\">{}</script>",
        in_script(parts.core)
    );
    replace(
        &html,
        &["<div id=\"app\"></div>", "<div id=app></div>"],
        &app,
    )
}

/// What search engines and previews read of another door, in place of what they read of the first.
fn other(html: &str, door: Door, says: &str) -> Result<String, Missing> {
    let title = Door::title(door.headline());
    let mut html = html.to_owned();
    for (from, to, with) in [
        ("<title>", "</title>", title.as_str()),
        ("<meta name=\"description\" content=\"", "\">", says),
        (
            "<meta property=\"og:title\" content=\"",
            "\">",
            title.as_str(),
        ),
        ("<meta property=\"og:description\" content=\"", "\">", says),
    ] {
        let start = html.find(from).ok_or(Missing(from))? + from.len();
        let (before, rest) = html.split_at(start);
        let (_, after) = rest.split_once(to).ok_or(Missing(from))?;
        html = format!("{before}{with}{to}{after}");
    }
    Ok(html)
}

/// A data block ends at the first `</script`; JSON has another way to write the sign.
fn in_script(json: &str) -> String {
    json.replace('<', "\\u003c")
}

fn replace(html: &str, marks: &[&'static str], with: &str) -> Result<String, Missing> {
    let (place, mark) = marks
        .iter()
        .find_map(|mark| html.find(mark).map(|place| (place, *mark)))
        .ok_or(Missing(marks.first().copied().unwrap_or_default()))?;
    let (before, rest) = html.split_at(place);
    Ok(format!(
        "{before}{with}{}",
        rest.strip_prefix(mark).unwrap_or(rest)
    ))
}

fn after_tag(html: &str, tag: &'static str, what: &str) -> Result<String, Missing> {
    let start = html.find(tag).ok_or(Missing(tag))?;
    let (before, rest) = html.split_at(start);
    let (tag_text, after) = rest.split_once('>').ok_or(Missing(tag))?;
    Ok(format!("{before}{tag_text}>{what}{after}"))
}

#[cfg(test)]
mod tests {
    use portolan::STAYS;
    use portolan::state::door::Door;

    use super::{ALONE, ASKED, Missing, Parts, STAYS_UNASKED, fill, policy};
    use crate::doh::Doh;
    use crate::publish::headers;

    const PARTS: Parts<'_> = Parts {
        body: "<h1>Which port?</h1><div id=\"app\">587</div><p>Nothing you enter leaves this page.</p>",
        core: "{\"a\":\"</script>\"}",
        doh: None,
        door: Door::Advise,
        facts: "facts-1/",
        head: "<link>",
        report: None,
        sheets: "sheet-1.css",
        analyzer: "analyzer-1.js",
        worker: "worker-1.js",
    };

    #[test]
    fn every_part_finds_its_place() {
        for app in ["<div id=\"app\"></div>", "<div id=app></div>"] {
            let html = format!(
                "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>t</title></head><body>{app}</body></html>"
            );
            let filled = fill(&html, &PARTS).unwrap();
            assert!(filled.contains(
                "<html data-door=\"advise\" data-facts=\"facts-1/\" data-worker=\"worker-1.js\" data-analyzer=\"analyzer-1.js\" data-sheets=\"sheet-1.css\" lang=\"en\">"
            ));
            assert!(filled.contains(
                "<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\""
            ));
            assert!(filled.contains("<title>t</title><link></head>"));
            assert!(
                filled.contains("<body><h1>Which port?</h1><div id=\"app\">587</div><p>Nothing you enter leaves this page.</p>\n<script")
            );
            assert!(filled.contains("{\"a\":\"\\u003c/script>\"}</script>"));
        }
    }

    #[test]
    fn the_other_door_says_what_it_is() {
        let html = include_str!("../../../index.html");
        let parts = Parts {
            door: Door::Analyze,
            ..PARTS
        };
        let filled = fill(html, &parts).unwrap();
        assert!(filled.contains("data-door=\"analyze\""));
        assert!(
            !filled.contains("data-sheets"),
            "what came with the page is not fetched"
        );
        assert!(filled.contains("<title>Portolan: what went wrong with your mail?</title>"));
        assert!(!filled.contains("25, 465, 587 or 2525"));
        let parts = Parts {
            door: Door::Check,
            ..PARTS
        };
        let filled = fill(html, &parts).unwrap();
        assert!(filled.contains("<title>Portolan: which ports answer, and how?</title>"));
        assert!(filled.contains("content=\"Check a mail server port by port"));
        assert!(fill(html, &PARTS).unwrap().contains("25, 465, 587 or 2525"));
    }

    /// A test in a browser writes the same into a page that was built without (`tests/browser/tests/lookup/mod.rs`).
    #[test]
    fn a_resolver_is_in_the_page_its_policy_and_the_headers_and_nowhere_without() {
        let html = include_str!("../../../index.html");
        let url = "https://dns.example.net/dns-query";
        let doh = Doh::read("--doh", Some(url)).unwrap();
        let of = |door, doh| {
            let parts = Parts { doh, door, ..PARTS };
            fill(html, &parts).unwrap()
        };
        let now = "connect-src 'self' https://dns.example.net;";
        for door in [Door::Advise, Door::Analyze, Door::Check] {
            let without = of(door, None);
            let with = without
                .replacen(" lang=", &format!(" data-doh=\"{url}\" lang="), 1)
                .replacen("connect-src 'self';", now, 1);
            let with = with.replace(STAYS, STAYS_UNASKED);
            let with = match door {
                Door::Check => with.replace(ALONE, ASKED),
                Door::Advise | Door::Analyze => with,
            };
            assert_ne!(with, without);
            assert_eq!(of(door, doh.as_ref()), with);
        }
        assert_eq!(
            headers(doh.as_ref()),
            headers(None).replacen("connect-src 'self';", now, 1)
        );
        for doh in [doh.as_ref(), None] {
            assert!(headers(doh).contains(&format!("{}; frame-ancestors", policy(doh))));
        }
    }

    #[test]
    fn a_page_without_its_marks_is_refused() {
        let html = "<html><head><meta charset=\"utf-8\"></head><body></body></html>";
        assert_eq!(fill(html, &PARTS), Err(Missing("<div id=\"app\"></div>")));
        assert_eq!(fill("", &PARTS), Err(Missing("<html")));
    }
}
