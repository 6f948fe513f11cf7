//! Functions from values to HTML, one per file.

pub(crate) mod anything;
pub(crate) mod dom;
pub(crate) mod notice;
pub(crate) mod pasted;
pub(crate) mod picker;
pub(crate) mod question;
pub(crate) mod sheet;
pub(crate) mod verdict;

use crate::state::copied::Copied;
use crate::state::door::Door;
use crate::state::field::Picking;
use crate::state::given::Given;
use crate::state::page::Page;

/// What every view may need besides its own piece.
pub(crate) struct View<'a> {
    /// The state.
    pub(crate) page: &'a Page,
    /// What the text fields show.
    pub(crate) pickings: &'a [Picking],
    /// The day of the visit, ISO 8601. `None`: not known, so that no source is called old.
    pub(crate) today: Option<&'a str>,
    /// What went into the clipboard last, or should have.
    pub(crate) copied: Option<&'a Copied>,
    /// The door that is open.
    pub(crate) door: Door,
    /// What was put into the box.
    pub(crate) given: &'a Given,
    /// What is being typed of what was seen.
    pub(crate) seen: &'a str,
    /// Where to tell what is wrong, with `{text}` in it.
    pub(crate) report: Option<&'a str>,
    /// Where the visitor's wishes go.
    pub(crate) tell: &'a dom::Tell,
}

impl View<'_> {
    /// What a button says that copies `text`: what became of it, if it was the last, else `label`.
    pub(crate) fn copied_or<'l>(&self, text: &str, label: &'l str) -> &'l str {
        match self.copied {
            Some(copied) if copied.text == text => copied.outcome.words(),
            _ => label,
        }
    }
}
