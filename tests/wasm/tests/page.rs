//! The page coming alive in a document: what was done before is kept, a click changes the verdict, the theme is
//! remembered.
#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "a test says so when it fails")]

use js_sys::Promise;
use portolan::browser;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Document, Element, HtmlElement, HtmlInputElement, Storage, Window, window};

wasm_bindgen_test_configure!(run_in_browser);

/// Where the chosen theme is kept.
const THEME: &str = "portolan-theme";

const TOGGLE: &str = "<div class='theme-toggle'><button aria-pressed='true'></button>\
    <button aria-pressed='false'></button><button aria-pressed='false'></button></div>";

const FORM: &str = "<div id='app'><form>\
    <input type='radio' name='use-case' id='use-case--person'>\
    <input type='radio' name='use-case' id='use-case--receiving'>\
    <input type='checkbox' id='constraints--no-http'>\
    <input type='text' id='provider-pick'>\
    </form><section class='guide'>the guide that arrived</section></div>";

#[wasm_bindgen_test]
fn the_theme_is_shown_pressed_and_remembered() {
    storage().remove_item(THEME).unwrap();
    arrive(TOGGLE, "");
    browser::start();
    assert_eq!(theme(), (None, "true false false".to_owned()));
    button(2).click();
    assert_eq!(
        theme(),
        (Some("dark".to_owned()), "false false true".to_owned())
    );
    assert_eq!(storage().get_item(THEME).unwrap().as_deref(), Some("dark"));
    // The next visit.
    arrive(TOGGLE, "");
    browser::start();
    assert_eq!(
        theme(),
        (Some("dark".to_owned()), "false false true".to_owned())
    );
    button(0).click();
    assert_eq!(theme(), (None, "true false false".to_owned()));
    assert_eq!(storage().get_item(THEME).unwrap(), None);
}

#[wasm_bindgen_test]
fn a_theme_that_nobody_knows_is_none() {
    storage().set_item(THEME, "purple").unwrap();
    arrive(TOGGLE, "");
    browser::start();
    assert_eq!(theme(), (None, "true false false".to_owned()));
    storage().remove_item(THEME).unwrap();
}

#[wasm_bindgen_test]
async fn what_was_done_to_the_static_form_is_kept() {
    arrive(&[FORM, &facts()].concat(), "");
    input("use-case--person").set_checked(true);
    input("constraints--no-http").set_checked(true);
    let typed = input("provider-pick");
    typed.set_value("gmx");
    typed.focus().unwrap();
    typed.set_selection_range(1, 2).unwrap();
    browser::start();
    until("alive", || root().has_attribute("data-live")).await;
    assert!(
        !typed.is_connected(),
        "the live form replaced the static one"
    );
    assert!(input("use-case--person").checked());
    assert!(!input("use-case--receiving").checked());
    assert!(input("constraints--no-http").checked());
    let typed = input("provider-pick");
    assert_eq!(typed.value(), "gmx");
    assert_eq!(document().active_element().unwrap().id(), "provider-pick");
    assert_eq!(typed.selection_start().unwrap(), Some(1));
    assert_eq!(typed.selection_end().unwrap(), Some(2));
    let fragment = window().unwrap().location().hash().unwrap();
    assert!(
        fragment.contains("use=person") && fragment.contains("need=no-http"),
        "{fragment}"
    );
}

#[wasm_bindgen_test]
async fn a_click_on_a_use_case_changes_the_verdict() {
    arrive(&[FORM, &facts()].concat(), "");
    let guide = find(".guide");
    browser::start();
    until("a verdict", || text("#verdict").contains("587")).await;
    assert!(
        find(".guide").is_same_node(Some(&guide)),
        "put back as it arrived"
    );
    input("use-case--receiving").click();
    until("another verdict", || {
        text("#verdict").contains("Listen on 25")
    })
    .await;
    assert!(input("use-case--receiving").checked());
}

#[wasm_bindgen_test]
async fn a_link_is_read_at_the_start() {
    arrive(
        &[FORM, &facts()].concat(),
        "#/advise?use=receiving&colour=blue",
    );
    browser::start();
    until("a verdict", || text("#verdict").contains("Listen on 25")).await;
    assert!(text(".notice").contains("colour=blue"));
}

#[wasm_bindgen_test]
async fn without_facts_that_can_be_read_the_static_page_stays() {
    for facts in ["", "{", "{}", "[1]", "null"] {
        let block = format!("<script type='application/json' id='facts-core'>{facts}</script>");
        arrive(&[FORM, &block].concat(), "");
        let field = input("provider-pick");
        browser::start();
        pause(50).await;
        assert!(
            field.is_connected() && !root().has_attribute("data-live"),
            "{facts}"
        );
    }
}

/// Puts the static part of a page into the document, in the place of the one before, under a fragment.
fn arrive(html: &str, fragment: &str) {
    if let Some(before) = document().get_element_by_id("arrived") {
        before.remove();
    }
    root().remove_attribute("data-live").unwrap();
    root().remove_attribute("data-theme").unwrap();
    let address = window().unwrap().location().pathname().unwrap() + fragment;
    let history = window().unwrap().history().unwrap();
    history
        .replace_state_with_url(&JsValue::NULL, "", Some(&address))
        .unwrap();
    let page = document().create_element("div").unwrap();
    page.set_id("arrived");
    page.set_inner_html(html);
    document().body().unwrap().append_child(&page).unwrap();
}

/// The facts as they travel inside the page.
fn facts() -> String {
    let core = serde_json::to_string(portolan_builtin::facts().core()).unwrap();
    format!(
        "<script type='application/json' id='facts-core'>{}</script>",
        core.replace('<', "\\u003c")
    )
}

/// Waits until something is so.
async fn until(what: &str, is_so: impl Fn() -> bool) {
    for _ in 0..200 {
        if is_so() {
            return;
        }
        pause(20).await;
    }
    assert!(is_so(), "{what} never came about: {}", text("#arrived"));
}

async fn pause(ms: i32) {
    let promise = Promise::new(&mut |done, _| {
        window()
            .unwrap()
            .set_timeout_with_callback_and_timeout_and_arguments_0(&done, ms)
            .unwrap();
    });
    JsFuture::from(promise).await.unwrap();
}

/// The theme that the document shows, and which button is pressed.
fn theme() -> (Option<String>, String) {
    let pressed: Vec<String> = (0..3)
        .map(|place| button(place).get_attribute("aria-pressed").unwrap())
        .collect();
    (root().get_attribute("data-theme"), pressed.join(" "))
}

fn button(place: u32) -> HtmlElement {
    let buttons = document()
        .query_selector_all(".theme-toggle button")
        .unwrap();
    buttons.get(place).unwrap().dyn_into().unwrap()
}

fn input(id: &str) -> HtmlInputElement {
    find(&format!("#{id}")).dyn_into().unwrap()
}

fn text(selector: &str) -> String {
    let found = document().query_selector(selector).unwrap();
    found.and_then(|it| it.text_content()).unwrap_or_default()
}

fn find(selector: &str) -> Element {
    document().query_selector(selector).unwrap().unwrap()
}

fn root() -> Element {
    document().document_element().unwrap()
}

fn storage() -> Storage {
    window().unwrap().local_storage().unwrap().unwrap()
}

fn document() -> Document {
    Window::document(&window().unwrap()).unwrap()
}
