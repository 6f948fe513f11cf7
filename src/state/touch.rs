//! What the visitor does with a text field that finds things.

/// A key that means something in a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// To the next entry.
    Down,
    /// Takes the active entry.
    Enter,
    /// Closes the list and forgets what was typed.
    Escape,
    /// To the entry before.
    Up,
}

impl Key {
    /// The key with this name. `None`: it means nothing here.
    pub fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "ArrowDown" => Self::Down,
            "ArrowUp" => Self::Up,
            "Enter" => Self::Enter,
            "Escape" => Self::Escape,
            _ => return None,
        })
    }
}

/// What the visitor does with a field.
#[derive(Clone, Debug)]
pub enum Touch {
    /// Clicks into it.
    Click,
    /// Presses a key.
    Key(Key),
    /// Goes elsewhere.
    Leave,
    /// Takes an entry, by id; `None` takes the choice back.
    Pick(Option<String>),
    /// Types.
    Type(String),
}
