//! What the page knows, as plain values: no DOM, no network, tested natively.

pub use portolan_link::{self as link, percent};

pub mod action;
pub mod choice;
pub mod copied;
pub mod door;
pub mod early;
pub mod field;
pub mod given;
pub mod learnt;
mod names;
pub mod page;
pub mod pasted;
pub mod seen;
pub mod theme;
pub mod ticket;
pub mod touch;
pub mod wish;
