//! The sheets: what is shown of what was read.

mod chart;
mod course;
mod finding;
mod lines;
mod log;
mod node;
mod several;
mod words;

pub(crate) use finding::{Look, finding, first_look};
pub(crate) use log::{answer, log};
pub(crate) use node::{Writes, ask, el, link, list, of, quiet};
pub(crate) use several::several;
