//! What only a browser can show of the page's own Rust: values that cross into it and out of it.
#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "a test says so when it fails")]

use std::cell::RefCell;
use std::rc::Rc;

use gloo::events::EventListener;
use portolan::bridge::Announcement;
use portolan::browser;
use portolan_facts::Tree;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{CustomEvent, window};

wasm_bindgen_test_configure!(run_in_browser);

fn tree(json: &str) -> Tree {
    browser::tree(&js_sys::JSON::parse(json).unwrap())
}

fn text(text: &str) -> Tree {
    Tree::Text(text.to_owned())
}

#[wasm_bindgen_test]
fn values_of_every_kind_become_a_tree() {
    let entries = [
        ("b", Tree::Flag(true)),
        (
            "a",
            Tree::List(vec![Tree::Number(0), Tree::Number(u32::MAX), text("ü")]),
        ),
        ("none", Tree::Absent),
        ("map", Tree::Map(Vec::new())),
    ];
    let map = entries.map(|(key, value)| (key.to_owned(), value));
    assert_eq!(
        tree(r#"{"b": true, "a": [0, 4294967295, "ü"], "none": null, "map": {}}"#),
        Tree::Map(map.into())
    );
}

#[wasm_bindgen_test]
fn a_number_that_is_not_whole_is_none() {
    for json in ["1.5", "-1", "4294967296", "1e99", "-0"] {
        assert_eq!(tree(json), Tree::Absent, "{json}");
    }
    assert_eq!(browser::tree(&JsValue::from_f64(f64::NAN)), Tree::Absent);
    assert_eq!(browser::tree(&JsValue::UNDEFINED), Tree::Absent);
}

#[wasm_bindgen_test]
fn a_verdict_is_announced_as_a_plain_object() {
    let heard = Rc::new(RefCell::new(String::new()));
    let document = window().unwrap().document().unwrap();
    let _listener = EventListener::new(&document, "portolan:verdict", {
        let heard = heard.clone();
        move |event| {
            let detail = event.unchecked_ref::<CustomEvent>().detail();
            let json = js_sys::JSON::stringify(&detail).unwrap();
            *heard.borrow_mut() = json.as_string().unwrap();
        }
    });
    browser::announce(&Announcement {
        kind: "submission",
        host: Some("smtp.example".to_owned()),
        port: Some(587),
        tls: Some("starttls"),
        confidence: "high",
    });
    assert_eq!(
        *heard.borrow(),
        r#"{"kind":"submission","host":"smtp.example","port":587,"tls":"starttls","confidence":"high"}"#
    );
}
