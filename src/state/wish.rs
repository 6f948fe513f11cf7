//! What an event asks for: data instead of a closure for each element.

use crate::state::action::Action;
use crate::state::field::Field;
use crate::state::touch::Touch;

/// What the visitor wants.
#[derive(Clone, Debug)]
pub enum Wish {
    /// Say something of the case.
    Act(Action),
    /// What was given, once more to the analyzer.
    Again,
    /// Something of the analyzer, in its own words.
    Ask(String),
    /// A text in the clipboard.
    Copy(String),
    /// A link to this answer in the clipboard.
    CopyLink,
    /// This answer as Markdown in the clipboard.
    CopyTicket,
    /// Type into the box.
    Draft(String),
    /// Something with a text field that finds things.
    Field(Field, Touch),
    /// The files that were chosen.
    Files,
    /// What is in the box, read.
    Give,
    /// Let an endpoint that was read count, or not.
    Keep(usize, bool),
    /// What a fragment says, added to what was said.
    Learn(String),
    /// Nothing.
    Nothing,
    /// Paste a documentation.
    Paste(String),
    /// Count what was typed among what was seen.
    See,
    /// Correct the encryption of an endpoint that was read.
    Turn(usize),
    /// Type what was seen.
    Type(String),
    /// The focus on the element with this id, and the element in view.
    Show(String),
}
