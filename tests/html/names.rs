//! What readers hear: the text of an element, and the accessible name that a browser would compute for it.
//!
//! The part of <https://www.w3.org/TR/accname-1.2/> that the page uses. A placeholder or a title is no name here: the
//! one is gone when somebody types, the other is never seen on a phone.

use scraper::{ElementRef, Html, Selector};

/// The elements that fit.
pub(crate) fn all<'p>(page: &'p Html, selector: &str) -> Vec<ElementRef<'p>> {
    page.select(&Selector::parse(selector).unwrap()).collect()
}

/// The element with this id.
pub(crate) fn by_id<'p>(page: &'p Html, id: &str) -> Option<ElementRef<'p>> {
    all(page, "[id]")
        .into_iter()
        .find(|it| it.attr("id") == Some(id))
}

/// The text that is there for everybody, with single spaces.
pub(crate) fn text_of(element: ElementRef<'_>) -> String {
    let mut text = String::new();
    collect(element, &mut text);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn collect(element: ElementRef<'_>, text: &mut String) {
    let is_hidden = element.attr("hidden").is_some() || element.attr("aria-hidden") == Some("true");
    if is_hidden || matches!(element.value().name(), "script" | "style") {
        return;
    }
    for child in element.children() {
        if let Some(words) = child.value().as_text() {
            text.push_str(words);
        } else if let Some(child) = ElementRef::wrap(child) {
            let is_inline = matches!(child.value().name(), "a" | "b" | "i" | "span" | "wbr");
            let around = if is_inline { "" } else { " " };
            text.push_str(around);
            collect(child, text);
            text.push_str(around);
        }
    }
}

/// The name by which readers know the element. Empty: it has none.
pub(crate) fn name_of(element: ElementRef<'_>, page: &Html) -> String {
    let labelled: Vec<String> = element
        .attr("aria-labelledby")
        .unwrap_or_default()
        .split_whitespace()
        .filter_map(|id| by_id(page, id))
        .map(text_of)
        .collect();
    let said = element.attr("aria-label").unwrap_or_default().trim();
    let given = [labelled.join(" "), said.to_owned()];
    if let Some(name) = given.into_iter().find(|it| !it.is_empty()) {
        return name;
    }
    match element.value().name() {
        "input" | "select" | "textarea" => label_of(element, page),
        "svg" => child_text(element, "title"),
        "table" => child_text(element, "caption"),
        "figure" => child_text(element, "figcaption"),
        // Without a name of its own it is no landmark; then a heading has to say what it holds.
        "section" => ["h2", "h3", "h4"]
            .map(|it| child_text(element, it))
            .concat(),
        "a" | "button" | "summary" => text_of(element),
        _ => String::new(),
    }
}

/// The text of the first child of a kind.
pub(crate) fn child_text(element: ElementRef<'_>, kind: &str) -> String {
    let child = element
        .child_elements()
        .find(|it| it.value().name() == kind);
    child.map(text_of).unwrap_or_default()
}

fn label_of(field: ElementRef<'_>, page: &Html) -> String {
    let around = field
        .ancestors()
        .filter_map(ElementRef::wrap)
        .find(|it| it.value().name() == "label");
    let id = field.attr("id");
    let pointing = all(page, "label[for]")
        .into_iter()
        .find(|it| id.is_some() && it.attr("for") == id);
    around.or(pointing).map(text_of).unwrap_or_default()
}
