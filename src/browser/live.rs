//! The browser.

use gloo::events::EventListener;
use js_sys::Reflect;
use portolan_facts::{Core, Facts, Read};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    Document, Element, HtmlElement, HtmlInputElement, HtmlTextAreaElement, KeyboardEvent, Response,
    Storage, Window,
};
use yew::{Callback, Event, Html};

use super::doors::own_door;
use super::tree::tree;
use crate::app::{App, AppProps, Start};
use crate::components::anything;
use crate::components::pasted::FIELD;
use crate::state::copied::Outcome;
use crate::state::door::Door;
use crate::state::early::Early;
use crate::state::link;
use crate::state::page::{Loaded, Part};
use crate::state::theme::THEMES;

const THEME: &str = "portolan-theme";
/// Begins the names under which the last choices are kept.
const RECENT: &str = "portolan-recent-";
/// More would hide the rest of a list.
const MOST_RECENT: usize = 4;

/// Takes over the pre-rendered page.
///
/// Rendering into the root replaces its content; what the visitor did to it in the meantime is read first.
pub fn start() {
    let Some(document) = document() else { return };
    listen_to_themes(&document);
    let Some(root) = document.get_element_by_id("app") else {
        return;
    };
    let Some(core) = core(&document) else { return };
    let early = early(&document);
    let own = own_door(&document);
    let fragment = fragment();
    let door = Door::of(&fragment).unwrap_or(own);
    let read = match (door, fragment.as_str()) {
        (_, "") => link::preset(&query()),
        (Door::Analyze, _) => link::Read::default(),
        (_, fragment) => link::parse(fragment),
    };
    let mut answers = read.answers;
    early.apply(&mut answers);
    let guide = document.query_selector(".guide").ok().flatten();
    let start = Start {
        facts: Facts::new(core),
        own,
        door,
        answers,
        brought: Some(fragment).filter(|it| link::brings(it)),
        ignored: read.ignored,
        then: read.facts.zip(read.then),
        report: document
            .document_element()
            .and_then(|root| root.get_attribute("data-report")),
        early,
        guide: guide.map_or_else(Html::default, |guide| Html::VRef(guide.into())),
    };
    let props = AppProps {
        start: start.into(),
    };
    yew::Renderer::<App>::with_root_and_props(root, props).render();
}

fn window() -> Option<Window> {
    web_sys::window()
}

pub(super) fn document() -> Option<Document> {
    window()?.document()
}

/// The facts that travel inside the page, as the browser's own parser reads them.
fn core(document: &Document) -> Option<Core> {
    let text = document.get_element_by_id("facts-core")?.text_content()?;
    let value = js_sys::JSON::parse(&text).ok()?;
    read(&value)
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
    for id in [FIELD, anything::FIELD] {
        let text = document
            .get_element_by_id(id)
            .and_then(|it| it.dyn_into::<HtmlTextAreaElement>().ok())
            .map(|it| it.value());
        if let Some(text) = text.filter(|it| !it.is_empty()) {
            early.typed.push((id.to_owned(), text));
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

/// Puts the answer before the page's own title. `None`: there is none yet.
pub fn set_title(answer: Option<&String>) {
    const BETWEEN: &str = " · ";
    let Some(document) = document() else { return };
    let title = document.title();
    // What was before the page's own title was an answer too.
    let own = title
        .rsplit_once(BETWEEN)
        .map_or(title.as_str(), |(_, own)| own);
    document.set_title(&match answer {
        Some(answer) => [answer, BETWEEN, own].concat(),
        None => own.to_owned(),
    });
}

fn query() -> String {
    window()
        .and_then(|window| window.location().search().ok())
        .unwrap_or_default()
}

/// Listens until it is dropped.
pub struct Listening(
    #[expect(dead_code, reason = "held until they are dropped")] Vec<EventListener>,
);

impl Listening {
    pub(super) fn to(all: impl Into<Vec<EventListener>>) -> Self {
        Self(all.into())
    }
}

/// Calls back with the fragment whenever the visitor goes back, forward, or follows a link.
pub fn on_navigation(callback: Callback<String>) -> Option<Listening> {
    let window = window()?;
    let history = window.history().ok()?;
    let listener = EventListener::new(&window, "hashchange", move |event| {
        let fragment = fragment();
        // A place on the page, such as the end of a skip link: the address keeps the answers.
        if fragment.starts_with("#/") || fragment.is_empty() {
            callback.emit(fragment);
        } else if let Some(before) = Reflect::get(event, &"oldURL".into())
            .ok()
            .and_then(|url| url.as_string())
        {
            let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&before));
        }
    });
    Some(Listening::to([listener]))
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
    let answer = JsFuture::from(window()?.fetch_with_str(&[folder, part.path()].concat()))
        .await
        .ok()?;
    let response: Response = answer.dyn_into().ok()?;
    if !response.ok() {
        return None;
    }
    let json = JsFuture::from(response.json().ok()?).await.ok()?;
    Some(match part {
        Part::Client(_) => Loaded::Client(read(&json)?),
        Part::Environment(_) => Loaded::Environment(read(&json)?),
        Part::Index => Loaded::Index(read(&json)?),
        Part::Provider(_) => Loaded::Provider(read(&json)?),
        Part::Signs => Loaded::Signs(read(&json)?),
    })
}

fn read<T: Read>(json: &JsValue) -> Option<T> {
    portolan_facts::read(tree(json))
}

/// Puts a fragment into the address and the history, unless it is there already.
///
/// `own` is the door of the file that arrived.
pub fn push_fragment(wanted: &str, own: Door) {
    let now = fragment();
    // A place on the page, such as the end of a skip link, is no state to overwrite with the empty one.
    let is_nothing = wanted == own.fragment() && !now.starts_with("#/");
    if now == wanted || is_nothing {
        return;
    }
    let Some(history) = window().and_then(|window| window.history().ok()) else {
        return;
    };
    // The course is known once the facts are here: the same place in the history, said more fully.
    let answers = |fragment: &str| fragment.split("&facts=").next().map(str::to_owned);
    let _ = if answers(&now) == answers(wanted) {
        history.replace_state_with_url(&JsValue::NULL, "", Some(wanted))
    } else {
        history.push_state_with_url(&JsValue::NULL, "", Some(wanted))
    };
}

/// Copies a text, and calls back with what became of it.
pub fn copy(text: &str, done: Callback<Outcome>) {
    let clipboard = window().map(|window| window.navigator().clipboard());
    // Browsers have none on pages that came without TLS from elsewhere than this machine.
    let Some(clipboard) = clipboard.filter(|it| !it.is_undefined()) else {
        return done.emit(Outcome::NotAllowed);
    };
    let promise = clipboard.write_text(text);
    spawn_local(async move {
        done.emit(match JsFuture::from(promise).await {
            Ok(_) => Outcome::Done,
            Err(_) => Outcome::NotAllowed,
        });
    });
}

/// The things that were chosen last in pickers of one kind, latest first.
pub fn recent(kind: &str) -> Vec<String> {
    let known = storage().and_then(|it| it.get_item(&[RECENT, kind].concat()).ok().flatten());
    let known = known.unwrap_or_default();
    let ids = known.split(' ').filter(|id| !id.is_empty());
    ids.take(MOST_RECENT).map(str::to_owned).collect()
}

/// Remembers a thing that was chosen.
pub fn remember(kind: &str, id: &str) {
    let mut ids = recent(kind);
    ids.retain(|known| known != id);
    ids.insert(0, id.to_owned());
    ids.truncate(MOST_RECENT);
    if let Some(storage) = storage() {
        let _ = storage.set_item(&[RECENT, kind].concat(), &ids.join(" "));
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
fn theme() -> Option<String> {
    storage()?
        .get_item(THEME)
        .ok()?
        .filter(|theme| theme == "light" || theme == "dark")
}

/// Shows the theme that was chosen, and lets the buttons choose another. They are not part of the live page.
fn listen_to_themes(document: &Document) {
    let theme = theme();
    if theme.is_some() {
        set_theme(document, theme.as_deref());
    }
    for (button, (theme, _)) in theme_buttons(document).into_iter().zip(THEMES) {
        let document = document.clone();
        EventListener::new(&button, "click", move |_| {
            set_theme(&document, theme);
            if let Some(storage) = storage() {
                let _ = match theme {
                    Some(theme) => storage.set_item(THEME, theme),
                    None => storage.remove_item(THEME),
                };
            }
        })
        .forget();
    }
}

fn theme_buttons(document: &Document) -> Vec<Element> {
    let mut buttons = Vec::with_capacity(THEMES.len());
    if let Ok(found) = document.query_selector_all(".theme-toggle button") {
        for place in 0..found.length() {
            buttons.extend(found.get(place).and_then(|it| it.dyn_into().ok()));
        }
    }
    buttons
}

fn set_theme(document: &Document, chosen: Option<&str>) {
    if let Some(root) = document.document_element() {
        let _ = match chosen {
            Some(theme) => root.set_attribute("data-theme", theme),
            None => root.remove_attribute("data-theme"),
        };
    }
    for (button, (theme, _)) in theme_buttons(document).into_iter().zip(THEMES) {
        let is_pressed = if theme == chosen { "true" } else { "false" };
        let _ = button.set_attribute("aria-pressed", is_pressed);
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
pub fn value_of(event: &Event) -> String {
    let Some(target) = event.target() else {
        return String::new();
    };
    match target.dyn_ref::<HtmlInputElement>() {
        Some(input) => input.value(),
        None => target
            .dyn_ref::<HtmlTextAreaElement>()
            .map(HtmlTextAreaElement::value)
            .unwrap_or_default(),
    }
}

/// The name of the key that an event is about.
pub fn key_of(event: &Event) -> String {
    event
        .dyn_ref::<KeyboardEvent>()
        .map(KeyboardEvent::key)
        .unwrap_or_default()
}
