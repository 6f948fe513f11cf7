//! What other scripts of the site learn.

use web_sys::{CustomEvent, CustomEventInit};

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
