//! What other scripts of the site learn, and the key that sends a text.

use wasm_bindgen::JsCast;
use web_sys::{CustomEvent, CustomEventInit, KeyboardEvent};
use yew::Event;

use super::live::document;
use crate::bridge::Announcement;

/// Tells other scripts of the site of a verdict, by the event `portolan:verdict` at the document.
pub fn announce(verdict: &Announcement) {
    let (Some(document), Ok(detail)) = (document(), serde_wasm_bindgen::to_value(verdict)) else {
        return;
    };
    let with = CustomEventInit::new();
    with.set_detail(&detail);
    if let Ok(event) = CustomEvent::new_with_event_init_dict("portolan:verdict", &with) {
        let _ = document.dispatch_event(&event);
    }
}

/// Whether the key is Enter: by itself where that is enough, else with Ctrl or Command.
pub fn is_enter(event: &Event, is_alone: bool) -> bool {
    event.dyn_ref::<KeyboardEvent>().is_some_and(|it| {
        it.key() == "Enter" && !it.shift_key() && (is_alone || it.ctrl_key() || it.meta_key())
    })
}
