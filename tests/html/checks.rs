//! The checks behind the rules: from a page to what is wrong with it, element by element.

use std::collections::BTreeSet;

use scraper::{ElementRef, Html};

use crate::names::{all, by_id, child_text, name_of, text_of};

pub(crate) fn mended(page: &Html) -> Vec<String> {
    page.errors.iter().map(ToString::to_string).collect()
}

pub(crate) fn one_h1(page: &Html) -> Vec<String> {
    let found = all(page, "h1");
    match found.as_slice() {
        [one] if !text_of(*one).is_empty() => Vec::new(),
        _ => vec![format!("{} of them, or one without words", found.len())],
    }
}

pub(crate) fn levels(page: &Html) -> Vec<String> {
    let mut before = 0;
    wrong(page, "h1, h2, h3, h4, h5, h6", |it| {
        let level = it.value().name().trim_start_matches('h');
        let level: u32 = level.parse().unwrap();
        let is_wrong = level > before + 1 || text_of(it).is_empty();
        before = level;
        is_wrong
    })
}

pub(crate) fn fields_and_buttons(page: &Html) -> Vec<String> {
    nameless(page, "input:not([type=hidden]), select, textarea, button")
}

pub(crate) fn groups(page: &Html) -> Vec<String> {
    nameless(
        page,
        "[role=group], [role=radiogroup], [role=region], [role=listbox], [role=combobox], section, form, table, figure",
    )
}

fn nameless(page: &Html, selector: &str) -> Vec<String> {
    wrong(page, selector, |it| name_of(it, page).is_empty())
}

pub(crate) fn links(page: &Html) -> Vec<String> {
    wrong(page, "a, summary", |it| {
        let leads =
            it.value().name() == "summary" || it.attr("href").is_some_and(|it| !it.is_empty());
        !leads || name_of(it, page).is_empty()
    })
}

pub(crate) fn legends(page: &Html) -> Vec<String> {
    wrong(page, "fieldset", |it| {
        let first = it.child_elements().next();
        first.is_none_or(|it| it.value().name() != "legend") || child_text(it, "legend").is_empty()
    })
}

pub(crate) fn radios(page: &Html) -> Vec<String> {
    wrong(page, "input[type=radio]", |it| {
        let is_group = |it: ElementRef<'_>| {
            it.value().name() == "fieldset" || it.attr("role") == Some("radiogroup")
        };
        !around(it).any(is_group) || it.attr("name").is_none_or(str::is_empty)
    })
}

pub(crate) fn ids(page: &Html) -> Vec<String> {
    let mut known = BTreeSet::new();
    wrong(page, "[id]", |it| {
        let id = it.attr("id").unwrap_or_default();
        id.is_empty() || id.contains(char::is_whitespace) || !known.insert(id.to_owned())
    })
}

pub(crate) fn references(page: &Html) -> Vec<String> {
    const LISTS: [&str; 6] = [
        "aria-activedescendant",
        "aria-controls",
        "aria-describedby",
        "aria-labelledby",
        "aria-owns",
        "for",
    ];
    let known: BTreeSet<&str> = all(page, "[id]")
        .iter()
        .filter_map(|it| it.attr("id"))
        .collect();
    wrong(page, "*", |it| {
        let lists = LISTS.iter().filter_map(|name| it.attr(name));
        let mut ids: Vec<&str> = lists.flat_map(str::split_whitespace).collect();
        // What begins with a slash is the address of an answer, and no place on the page.
        let place = it.attr("href").and_then(|it| it.strip_prefix('#'));
        ids.extend(place.filter(|it| !it.starts_with('/')));
        !ids.iter().all(|id| known.contains(id))
    })
}

pub(crate) fn inline(page: &Html) -> Vec<String> {
    wrong(page, "*", |it| {
        let acts = |name: &str| name == "style" || name == "srcdoc" || name.starts_with("on");
        let runs = |value: &str| {
            let value = value.trim().to_ascii_lowercase();
            value.starts_with("javascript:")
        };
        let is_data = it.attr("type") == Some("application/json");
        it.value().name() == "style"
            || (it.value().name() == "script" && !is_data)
            || it
                .value()
                .attrs()
                .any(|(name, value)| acts(name) || runs(value))
    })
}

/// Only links may name other hosts, and what they name learns nothing of the visitor.
pub(crate) fn foreign(page: &Html) -> Vec<String> {
    wrong(page, "[href], [src]", |it| {
        let target = it.attr("href").or(it.attr("src")).unwrap_or_default();
        let leaves = target.starts_with("//") || target.contains("://");
        let rel = it.attr("rel").unwrap_or_default();
        let says = |word: &str| rel.split_whitespace().any(|it| it == word);
        let is_discreet = says("noopener") && says("noreferrer");
        leaves && !(it.value().name() == "a" && target.starts_with("https://") && is_discreet)
    })
}

pub(crate) fn lists(page: &Html) -> Vec<String> {
    let is_list = |it: ElementRef<'_>| matches!(it.value().name(), "ul" | "ol");
    let mut found = wrong(page, "[role=list]", |it| !is_list(it));
    found.extend(wrong(page, "ul, ol", |list| {
        let is_choice = list.attr("role") == Some("listbox");
        let fits = |it: ElementRef<'_>| {
            it.value().name() == "li" && is_choice == (it.attr("role") == Some("option"))
        };
        !list.child_elements().all(fits)
    }));
    found.extend(wrong(page, "li", |it| {
        !around(it).next().is_some_and(is_list)
    }));
    found
}

pub(crate) fn pictures(page: &Html) -> Vec<String> {
    let mut found = wrong(page, "img", |it| it.attr("alt").is_none());
    found.extend(wrong(page, "svg", |it| {
        let is_hidden = it.attr("aria-hidden") == Some("true");
        let is_named = it.attr("role") == Some("img") && !name_of(it, page).is_empty();
        !(is_hidden || is_named)
    }));
    found
}

pub(crate) fn landmarks(page: &Html) -> Vec<String> {
    let mut found = Vec::new();
    for kind in ["header", "main", "footer"] {
        let count = all(page, &format!("body > {kind}")).len();
        if count != 1 || (kind == "main" && all(page, "main").len() != 1) {
            found.push(format!("{count} {kind}"));
        }
    }
    let first = all(page, "a, button, input, select, textarea");
    let target = first
        .first()
        .and_then(|it| it.attr("href")?.strip_prefix('#'))
        .and_then(|id| by_id(page, id));
    let is_in_main = |it| around(it).any(|it| it.value().name() == "main");
    if !target.is_some_and(is_in_main) {
        found.push("the first link does not skip into main".to_owned());
    }
    found
}

pub(crate) fn tab_order(page: &Html) -> Vec<String> {
    wrong(page, "[tabindex]", |it| {
        !matches!(it.attr("tabindex"), Some("0" | "-1"))
    })
}

pub(crate) fn no_script(page: &Html) -> Vec<String> {
    let told = all(page, ".noscript");
    if told.iter().any(|it| !text_of(*it).is_empty()) {
        return Vec::new();
    }
    vec!["nothing is said".to_owned()]
}

pub(crate) fn ports(page: &Html) -> Vec<String> {
    let rows = all(page, "table:not([hidden]) tr:not([hidden])");
    let explains = |row: &ElementRef<'_>, port: &str| {
        let mut cells = row.child_elements();
        let is_head = |it: ElementRef<'_>| it.attr("scope") == Some("row") && text_of(it) == port;
        let mut rest = row.child_elements().skip(1).peekable();
        cells.next().is_some_and(is_head)
            && rest.peek().is_some()
            && rest.all(|it| !text_of(it).is_empty())
    };
    let all = ["25", "465", "587", "2525"].into_iter();
    let missing = all.filter(|port| !rows.iter().any(|row| explains(row, port)));
    missing.map(|port| format!("nothing of {port}")).collect()
}

/// The elements around one, innermost first.
fn around(element: ElementRef<'_>) -> impl Iterator<Item = ElementRef<'_>> {
    element.ancestors().filter_map(ElementRef::wrap)
}

/// The elements that fit and are wrong, by their first signs.
fn wrong<'p>(
    page: &'p Html,
    selector: &str,
    mut is_wrong: impl FnMut(ElementRef<'p>) -> bool,
) -> Vec<String> {
    let found = all(page, selector).into_iter().filter(|it| is_wrong(*it));
    found
        .map(|it| it.html().chars().take(160).collect())
        .collect()
}
