//! The records of a domain that mail rests on, read and judged. Nothing here looks anything up: the engine says what it has
//! to know, and is told.
//!
//! A reader of a record tells what is wrong and where. What a whole domain comes to is a survey's.

pub mod lookup;
pub mod name;
pub mod spf;
pub mod tlsa;
