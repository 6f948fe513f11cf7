//! From the browser's own values to the tree that the facts are read from.

use js_sys::{Array, Object};
use portolan_facts::Tree;
use wasm_bindgen::{JsCast, JsValue};

/// What the browser's JSON parser made, as a tree. A value that JSON cannot hold counts as absent, and so does a number
/// that is not whole.
pub fn tree(value: &JsValue) -> Tree {
    if let Some(text) = value.as_string() {
        return Tree::Text(text);
    }
    if let Some(number) = value.as_f64() {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "what a round trip changes is refused"
        )]
        let whole = number as u32;
        return if f64::from(whole).to_bits() == number.to_bits() {
            Tree::Number(whole)
        } else {
            Tree::Absent
        };
    }
    if let Some(flag) = value.as_bool() {
        return Tree::Flag(flag);
    }
    if let Some(items) = value.dyn_ref::<Array>() {
        let mut list = Vec::new();
        for at in 0..items.length() {
            list.push(tree(&items.get(at)));
        }
        return Tree::List(list);
    }
    if value.is_object() {
        let entries = Object::entries(value.unchecked_ref());
        let mut map = Vec::new();
        for at in 0..entries.length() {
            let entry: Array = entries.get(at).unchecked_into();
            if let Some(key) = entry.get(0).as_string() {
                map.push((key, tree(&entry.get(1))));
            }
        }
        return Tree::Map(map);
    }
    Tree::Absent
}
