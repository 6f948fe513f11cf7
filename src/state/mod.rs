//! What the page knows, as plain values: no DOM, no network, tested natively.

pub mod action;
pub mod choice;
pub mod copied;
pub mod door;
pub mod early;
pub mod field;
pub mod given;
mod learnt;
pub mod link;
mod names;
pub mod page;
pub mod pasted;
pub mod percent;
pub mod seen;
pub mod theme;
pub mod ticket;
pub mod touch;
pub mod wish;
