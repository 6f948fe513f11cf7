//! How a sheet crosses to the page: a text as itself, an element as a list of its tag, attributes, children and press.

use js_sys::Array;
use portolan_report::sheet::{ATTRIBUTES, Element, Node, Press, TAGS};
use wasm_bindgen::JsValue;

/// `[tag, [attribute, value, …], [child, …], press]`; tags and attributes by their place in the lists, so that nothing
/// else can come out at the other end.
pub(super) fn element(it: &Element) -> JsValue {
    let attributes = Array::new();
    for (name, value) in &it.attributes {
        if let Some(place) = place(ATTRIBUTES, name) {
            attributes.push(&place);
            attributes.push(&JsValue::from_str(value));
        }
    }
    let children = Array::new();
    for child in &it.children {
        children.push(&match child {
            Node::Element(child) => element(child),
            Node::Text(text) => JsValue::from_str(text),
        });
    }
    let press = it.press.as_ref().map_or(JsValue::NULL, press);
    let tag = place(TAGS, it.tag).unwrap_or(JsValue::NULL);
    Array::of4(&tag, &attributes, &children, &press).into()
}

fn press(it: &Press) -> JsValue {
    let text = JsValue::from_str;
    match it {
        Press::Ask(what) => Array::of2(&text("ask"), &text(what)),
        Press::Copy(what) => Array::of2(&text("copy"), &text(what)),
    }
    .into()
}

fn place(list: &[&str], name: &str) -> Option<JsValue> {
    let place = list.iter().position(|known| *known == name)?;
    u32::try_from(place).ok().map(JsValue::from)
}
