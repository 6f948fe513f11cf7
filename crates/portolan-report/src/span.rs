//! A place in a text.

/// A range of bytes in a text that somebody pasted, half open: `end` is the first byte behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The first byte.
    pub start: u64,
    /// The first byte behind.
    pub end: u64,
}
