//! What became of a text that should go into the clipboard.

/// The text, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copied {
    /// The text.
    pub text: String,
    /// What became of it.
    pub outcome: Outcome,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is in the clipboard.
    Done,
    /// The browser has no clipboard for this page, or does not allow it.
    NotAllowed,
}

impl Outcome {
    /// As a button says it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Done => "Copied",
            Self::NotAllowed => "Not allowed here: copy by hand",
        }
    }
}
