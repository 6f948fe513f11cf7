//! The browser, where there is none: the native rendering calls nothing of this with an effect.

use yew::Callback;

use crate::state::page::{Loaded, Part};

/// Listens for nothing.
pub struct Listening;

impl Listening {
    /// Does nothing.
    pub fn stop(self) {}
}

/// Does nothing.
pub fn on_navigation(_callback: Callback<String>) -> Listening {
    Listening
}

/// Loads nothing.
pub fn load(_part: Part, _callback: Callback<Result<Loaded, Part>>) {}

/// Does nothing.
pub fn push_fragment(_fragment: &str) {}

/// Does nothing.
pub fn copy(_text: &str) {}

/// Does nothing.
pub fn focus(_id: &str, _selection: Option<(u32, u32)>) {}

/// Does nothing.
pub fn scroll_to(_id: &str) {}

/// Nothing is chosen.
pub fn theme() -> Option<String> {
    None
}

/// Does nothing.
pub fn set_theme(_theme: Option<&str>) {}

/// No address.
pub fn address() -> String {
    String::new()
}

/// No clock.
pub fn today() -> Option<String> {
    None
}

/// Does nothing.
pub fn mark_live() {}
