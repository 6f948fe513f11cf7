//! How a terminal is told to make letters stand out.

/// Marks of a terminal (ECMA-48), or none.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// What stands out.
    pub strong: &'static str,
    /// What stands back.
    pub faint: &'static str,
    /// What works.
    pub good: &'static str,
    /// What does not.
    pub bad: &'static str,
    /// What is known in part.
    pub odd: &'static str,
    /// The end of any of them.
    pub plain: &'static str,
}

impl Style {
    /// Marks where there is colour, nothing where there is none.
    pub const fn new(colour: bool) -> Self {
        if colour {
            Self {
                strong: "\u{1b}[1m",
                faint: "\u{1b}[2m",
                good: "\u{1b}[32m",
                bad: "\u{1b}[31m",
                odd: "\u{1b}[33m",
                plain: "\u{1b}[0m",
            }
        } else {
            Self {
                strong: "",
                faint: "",
                good: "",
                bad: "",
                odd: "",
                plain: "",
            }
        }
    }
}
