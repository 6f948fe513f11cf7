//! What the page knows, as plain values: no DOM, no network, tested natively.

pub mod early;
pub mod link;
pub mod page;
