//! The check of a server (`probe`), its flags (`flags`) and the forms in which it is shown (`render`). A library beside the
//! program, so that tests and fuzzers reach it without a process.

pub mod dns;
pub mod domain;
pub mod flags;
pub mod manual;
pub mod port25;
pub mod probe;
pub mod render;
