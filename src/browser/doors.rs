//! Doors, and what leaves the page as a file: what stands around the live part.

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, File, HtmlElement, MouseEvent};
use yew::Callback;

use super::live::{Listening, document};
use crate::state::door::{DOORS, Door};

/// The door of the file that arrived.
pub(super) fn own_door(document: &Document) -> Door {
    let root = document.document_element();
    let id = root.and_then(|root| root.get_attribute("data-door"));
    id.and_then(|id| Door::parse(&id)).unwrap_or_default()
}

/// Says which door is open, in what stands around the live part: headline, links, and the page's own title.
pub fn show_door(door: Door) {
    let Some(document) = document() else { return };
    let find = |what: &str| document.query_selector(what).ok().flatten();
    if let Some(skip) = find(".skip-link") {
        let _ = skip.set_attribute("href", door.answer());
    }
    for other in DOORS {
        let Some(link) = find(&["nav [data-door=", other.id(), "]"].concat()) else {
            continue;
        };
        if other != door {
            let _ = link.remove_attribute("aria-current");
            continue;
        }
        let _ = link.set_attribute("aria-current", "page");
        // The links carry what their doors say of themselves, so that the Wasm does not.
        for (name, place) in [("data-headline", "h1"), ("data-lede", ".lede")] {
            let says = link.get_attribute(name).unwrap_or_default();
            if let Some(element) = find(place) {
                element.set_text_content(Some(&says));
            }
            if place == "h1" {
                document.set_title(&Door::title(&says));
            }
        }
    }
}

/// Calls back with the door to which a link was followed, which then loads no page.
pub fn on_doors(callback: &Callback<Door>) -> Option<Listening> {
    let document = document()?;
    let links = document.query_selector_all("[data-door]").ok()?;
    let mut all = Vec::new();
    for at in 0..links.length() {
        let Some(link) = links.get(at).and_then(|it| it.dyn_into::<Element>().ok()) else {
            continue;
        };
        let Some(door) = link
            .get_attribute("data-door")
            .and_then(|id| Door::parse(&id))
        else {
            continue;
        };
        let callback = callback.clone();
        let options = EventListenerOptions::enable_prevent_default();
        if link.tag_name() == "A" {
            all.push(EventListener::new_with_options(
                &link,
                "click",
                options,
                move |event| {
                    let is_plain = event.dyn_ref::<MouseEvent>().is_some_and(|it| {
                        it.button() == 0
                            && !(it.ctrl_key() || it.meta_key() || it.shift_key() || it.alt_key())
                    });
                    if is_plain {
                        event.prevent_default();
                        callback.emit(door);
                        focus_headline();
                    }
                },
            ));
        }
    }
    Some(Listening::to(all))
}

/// Whoever follows a link to a door begins at its headline.
fn focus_headline() {
    let headline = document().and_then(|it| it.query_selector("h1").ok().flatten());
    if let Some(headline) = headline.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
        let _ = headline.focus();
    }
}

/// Gives a file to the visitor.
pub(super) fn save(file: &File) {
    let (Ok(address), Some(document)) =
        (web_sys::Url::create_object_url_with_blob(file), document())
    else {
        return;
    };
    if let Ok(link) = document.create_element("a") {
        let _ = link.set_attribute("href", &address);
        let _ = link.set_attribute("download", &file.name());
        if let Some(link) = link.dyn_ref::<HtmlElement>() {
            link.click();
        }
    }
    let _ = web_sys::Url::revoke_object_url(&address);
}
