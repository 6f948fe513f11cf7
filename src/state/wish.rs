//! What an event asks for: data instead of a closure for each element.

use crate::state::field::{Field, Touch};
use crate::state::page::Action;

/// What the visitor wants.
#[derive(Clone, Debug)]
pub enum Wish {
    /// Say something of the case.
    Act(Action),
    /// A text in the clipboard.
    Copy(String),
    /// A link to this answer in the clipboard.
    CopyLink,
    /// Something with a text field that finds things.
    Field(Field, Touch),
    /// Nothing.
    Nothing,
    /// The focus on the element with this id, and the element in view.
    Show(String),
}
