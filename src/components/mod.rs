//! Functions from values to HTML, one per file.

pub mod guide;
pub mod mark;
pub mod notice;
pub mod picker;
pub mod question;
pub mod theme_toggle;
pub mod verdict;
