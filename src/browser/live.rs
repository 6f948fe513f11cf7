//! The browser.

use gloo::events::EventListener;
use portolan_facts::{Core, Facts};
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Document, Element, HtmlElement, HtmlInputElement, Response, Storage, Window};
use yew::Callback;

use crate::app::{App, AppProps};
use crate::state::early::Early;
use crate::state::link;
use crate::state::page::{Loaded, Part};

const THEME: &str = "portolan-theme";

/// Takes over the pre-rendered page.
///
/// Rendering into the root replaces its content; what the visitor did to it in the meantime is read first.
pub fn start() {
    let Some(document) = document() else { return };
    let Some(root) = document.get_element_by_id("app") else {
        return;
    };
    let Some(core) = core(&document) else { return };
    let early = early(&document);
    let read = link::parse(&fragment());
    let mut answers = read.answers;
    early.apply(&mut answers);
    let facts = Facts::new(core);
    let props = AppProps {
        facts,
        answers,
        ignored: read.ignored,
        early,
        is_live: true,
    };
    yew::Renderer::<App>::with_root_and_props(root, props).render();
}

fn window() -> Option<Window> {
    web_sys::window()
}

fn document() -> Option<Document> {
    window()?.document()
}

/// The facts that travel inside the page, as the browser's own parser reads them.
fn core(document: &Document) -> Option<Core> {
    let text = document.get_element_by_id("facts-core")?.text_content()?;
    let value = js_sys::JSON::parse(&text).ok()?;
    serde_wasm_bindgen::from_value(value).ok()
}

fn early(document: &Document) -> Early {
    let mut early = Early::default();
    let inputs = document.query_selector_all("#app input").ok();
    let count = inputs.as_ref().map_or(0, web_sys::NodeList::length);
    for place in 0..count {
        let node = inputs.as_ref().and_then(|inputs| inputs.get(place));
        let Some(input) = node.and_then(|node| node.dyn_into::<HtmlInputElement>().ok()) else {
            continue;
        };
        match input.type_().as_str() {
            "radio" | "checkbox" if input.checked() => early.ticked.push(input.id()),
            "text" if !input.value().is_empty() => early.typed.push((input.id(), input.value())),
            _ => {}
        }
    }
    let active = document
        .active_element()
        .filter(|active| !active.id().is_empty());
    early.focus = active.as_ref().map(Element::id);
    early.selection = active.and_then(|active| {
        let input = active.dyn_into::<HtmlInputElement>().ok()?;
        Some((input.selection_start().ok()??, input.selection_end().ok()??))
    });
    early
}

fn fragment() -> String {
    window()
        .and_then(|window| window.location().hash().ok())
        .unwrap_or_default()
}

/// Listens until it is dropped.
pub struct Listening {
    _listener: Option<EventListener>,
}

impl Listening {
    /// Listens no longer.
    pub fn stop(self) {
        drop(self);
    }
}

/// Calls back with the fragment whenever the visitor goes back, forward, or follows a link.
pub fn on_navigation(callback: Callback<String>) -> Listening {
    Listening {
        _listener: window().map(|window| {
            EventListener::new(&window, "hashchange", move |_| callback.emit(fragment()))
        }),
    }
}

/// Loads a part of the facts.
pub fn load(part: Part, callback: Callback<Result<Loaded, Part>>) {
    spawn_local(async move {
        let loaded = fetch(&part).await;
        callback.emit(loaded.ok_or(part));
    });
}

async fn fetch(part: &Part) -> Option<Loaded> {
    let folder = document()?
        .document_element()?
        .get_attribute("data-facts")?;
    let answer = JsFuture::from(window()?.fetch_with_str(&format!("{folder}{}", part.path())))
        .await
        .ok()?;
    let response: Response = answer.dyn_into().ok()?;
    if !response.ok() {
        return None;
    }
    let json = JsFuture::from(response.json().ok()?).await.ok()?;
    Some(match part {
        Part::Client(_) => Loaded::Client(read(json)?),
        Part::Environment(_) => Loaded::Environment(read(json)?),
        Part::Index => Loaded::Index(read(json)?),
        Part::Provider(_) => Loaded::Provider(read(json)?),
    })
}

fn read<T: DeserializeOwned>(json: JsValue) -> Option<T> {
    serde_wasm_bindgen::from_value(json).ok()
}

/// Puts a fragment into the address and the history, unless it is there already.
pub fn push_fragment(wanted: &str) {
    let now = fragment();
    // A place on the page, such as the end of a skip link, is no state to overwrite with the empty one.
    let is_nothing = wanted == "#/advise" && !now.starts_with("#/advise?");
    if now == wanted || is_nothing {
        return;
    }
    if let Some(history) = window().and_then(|window| window.history().ok()) {
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(wanted));
    }
}

/// Copies a text; where the browser does not allow it, the text can still be selected by hand.
pub fn copy(text: &str) {
    if let Some(window) = window() {
        let clipboard = window.navigator().clipboard();
        // Browsers have none on pages that came without TLS from elsewhere than this machine.
        if clipboard.is_undefined() {
            return;
        }
        let promise = clipboard.write_text(text);
        spawn_local(async move {
            let _ = JsFuture::from(promise).await;
        });
    }
}

/// Focuses an element and restores the selection in it.
pub fn focus(id: &str, selection: Option<(u32, u32)>) {
    let Some(element) = document().and_then(|document| document.get_element_by_id(id)) else {
        return;
    };
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        // Where the visitor looks is theirs; whoever wants the element in view scrolls to it.
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = element.focus_with_options(&options);
    }
    if let (Some(input), Some((start, end))) = (element.dyn_ref::<HtmlInputElement>(), selection) {
        let _ = input.set_selection_range(start, end);
    }
}

/// Scrolls an element into view, as far as needed.
pub fn scroll_to(id: &str) {
    if let Some(element) = document().and_then(|document| document.get_element_by_id(id)) {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

fn storage() -> Option<Storage> {
    window()?.local_storage().ok()?
}

/// The theme that the visitor chose: `light` or `dark`. `None`: as the system has it.
pub fn theme() -> Option<String> {
    storage()?
        .get_item(THEME)
        .ok()?
        .filter(|theme| theme == "light" || theme == "dark")
}

/// Sets and remembers the theme.
pub fn set_theme(theme: Option<&str>) {
    let root = document().and_then(|document| document.document_element());
    if let Some(root) = root {
        let _ = match theme {
            Some(theme) => root.set_attribute("data-theme", theme),
            None => root.remove_attribute("data-theme"),
        };
    }
    if let Some(storage) = storage() {
        let _ = match theme {
            Some(theme) => storage.set_item(THEME, theme),
            None => storage.remove_item(THEME),
        };
    }
}

/// The page's address with its fragment.
pub fn address() -> String {
    window()
        .and_then(|window| window.location().href().ok())
        .unwrap_or_default()
}

/// Today's date, ISO 8601.
pub fn today() -> Option<String> {
    let now = js_sys::Date::new_0().to_iso_string();
    now.as_string()?.get(..10).map(str::to_owned)
}

/// Tells style sheets and tests that the page is alive.
pub fn mark_live() {
    if let Some(root) = document().and_then(|document| document.document_element()) {
        let _ = root.set_attribute("data-live", "");
    }
}

/// The text of the field that an event comes from.
pub fn value_of(event: &yew::InputEvent) -> String {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    target.map(|input| input.value()).unwrap_or_default()
}
