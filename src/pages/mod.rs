//! One file per door.

pub(crate) mod advise;
