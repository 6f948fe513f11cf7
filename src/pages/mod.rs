//! One file per door.

pub(crate) mod advise;
pub(crate) mod analyze;
