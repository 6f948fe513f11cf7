//! A sheet of the analyzer: data that becomes elements. What it may consist of stands in two lists.

use portolan_facts::Tree;
use portolan_report::sheet::{ATTRIBUTES, TAGS};
use yew::Html;
use yew::virtual_dom::VText;

use super::View;
use super::dom::{El, On, el};
use crate::state::wish::Wish;

/// A sheet, or a part of one; what is no element is left out.
pub(crate) fn sheet(tree: &Tree, view: &View<'_>) -> Option<El> {
    let Tree::List(parts) = tree else {
        return None;
    };
    let tag = *TAGS.get(place(parts.first()?)?)?;
    let mut element = el(tag);
    let mut link = None;
    if let Some(Tree::List(attributes)) = parts.get(1) {
        for pair in attributes.chunks(2) {
            if let [name, Tree::Text(value)] = pair
                && let Some(name) = place(name).and_then(|at| ATTRIBUTES.get(at))
            {
                element = match *name {
                    "key" => element.key(value),
                    name => element.attr(name, value),
                };
                if *name == "href" && value.starts_with("#/advise") {
                    link = Some(value);
                }
            }
        }
    }
    let mut copied = None;
    if let Some(Tree::List(press)) = parts.get(3) {
        let wish = wish(press)?;
        if let Wish::Copy(text) = &wish {
            copied = view.copied.filter(|it| it.text == *text);
        }
        element = element.on(On::Click, view.tell, wish);
    } else if let Some(link) = link {
        // What was learnt joins what was said before: a link alone would take its place.
        element = element.on(On::Link, view.tell, Wish::Learn(link.clone()));
    }
    if let Some(copied) = copied {
        return Some(element.text(copied.outcome.words()));
    }
    if let Some(Tree::List(children)) = parts.get(2) {
        let mut all: Vec<Html> = Vec::with_capacity(children.len());
        for child in children {
            match child {
                Tree::Text(text) => all.push(VText::new(text.clone()).into()),
                child => all.extend(sheet(child, view).map(Html::from)),
            }
        }
        element = element.all(all);
    }
    Some(element)
}

fn place(tree: &Tree) -> Option<usize> {
    match tree {
        Tree::Number(at) => usize::try_from(*at).ok(),
        _ => None,
    }
}

fn wish(press: &[Tree]) -> Option<Wish> {
    let text = |at: usize| match press.get(at) {
        Some(Tree::Text(text)) => Some(text.clone()),
        _ => None,
    };
    match text(0)?.as_str() {
        "ask" => Some(Wish::Ask(text(1)?)),
        "copy" => Some(Wish::Copy(text(1)?)),
        _ => None,
    }
}
