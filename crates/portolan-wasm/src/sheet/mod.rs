//! The sheets: what is shown of what was read.

mod answer;
mod chart;
mod course;
mod figures;
mod finding;
mod head;
mod lines;
mod log;
mod mend;
mod node;
mod several;
mod steps;
mod table;
mod words;

pub(crate) use answer::answer;
pub(crate) use finding::{Look, finding};
pub(crate) use head::{first_look, unknown};
pub(crate) use log::log;
pub(crate) use node::{Writes, ask, el, link, list, of, quiet};
pub(crate) use several::several;
pub(crate) use steps::copied;
pub(crate) use words::sure;
