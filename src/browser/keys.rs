//! Keys that send a text.

use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;
use yew::Event;

/// Whether the key is Enter: by itself where that is enough, else with Ctrl or Command.
pub fn is_enter(event: &Event, is_alone: bool) -> bool {
    event.dyn_ref::<KeyboardEvent>().is_some_and(|it| {
        it.key() == "Enter" && !it.shift_key() && (is_alone || it.ctrl_key() || it.meta_key())
    })
}
