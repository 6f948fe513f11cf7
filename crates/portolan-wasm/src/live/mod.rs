//! The workers' ends in the browser: what comes in, and what goes out.
//!
//! Each says that it is ready first, because what is sent before that would be lost.

pub mod analyst;
mod catalogue;
mod cross;
mod doh;
mod pieces;
pub mod reader;
