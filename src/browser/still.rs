//! The browser, where there is none: the native rendering calls nothing of this with an effect.

use portolan_facts::Tree;
use yew::{Callback, Event};

use crate::bridge::Announcement;
use crate::state::copied::Outcome;
use crate::state::door::Door;
use crate::state::page::{Loaded, Part};

/// Listens for nothing.
pub struct Listening;

/// Does nothing.
pub fn on_navigation(_callback: Callback<String>) -> Option<Listening> {
    None
}

/// Loads nothing.
pub fn load(_part: Part, _callback: Callback<Result<Loaded, Part>>) {}

/// Does nothing.
pub fn push_fragment(_fragment: &str, _own: Door) {}

/// Does nothing.
pub fn show_door(_door: Door) {}

/// Listens for nothing.
pub fn on_doors(_callback: &Callback<Door>) -> Option<Listening> {
    None
}

/// Listens for nothing.
pub fn on_load(_field: &str, _callback: Callback<Load>) -> Option<Listening> {
    None
}

/// Nothing was chosen.
pub fn chosen(_field: &str) -> Option<Load> {
    None
}

/// Nothing.
#[derive(Clone, Debug)]
pub struct Load;

impl Load {
    /// Nothing.
    pub fn text(_text: &str) -> Self {
        Self
    }
}

/// Analyzes nothing.
pub struct Analyst;

impl Analyst {
    /// There is none.
    pub fn start(_answer: Callback<Option<Tree>>) -> Option<Self> {
        None
    }

    /// Does nothing.
    pub fn read(&self, _load: &Load) {}

    /// Does nothing.
    pub fn ask(&self, _what: &str) {}
}

/// Does nothing.
pub fn copy(_text: &str, _done: Callback<Outcome>) {}

/// Does nothing.
pub fn set_title(_answer: Option<&String>) {}

/// Reads nothing.
pub struct Reader;

impl Reader {
    /// There is none.
    pub fn start(_answer: Callback<Option<String>>) -> Option<Self> {
        None
    }

    /// Does nothing.
    pub fn read(&self, _text: &str) -> bool {
        false
    }
}

/// Nothing was chosen before.
pub fn recent(_kind: &str) -> Vec<String> {
    Vec::new()
}

/// Does nothing.
pub fn remember(_kind: &str, _id: &str) {}

/// Does nothing.
pub fn focus(_id: &str, _selection: Option<(u32, u32)>) {}

/// Does nothing.
pub fn scroll_to(_id: &str) {}

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

/// No field.
pub fn value_of(_event: &Event) -> String {
    String::new()
}

/// No key.
pub fn key_of(_event: &Event) -> String {
    String::new()
}

/// No key.
pub fn is_enter(_event: &Event, _is_alone: bool) -> bool {
    false
}

/// Nobody listens.
pub fn announce(_verdict: &Announcement) {}
