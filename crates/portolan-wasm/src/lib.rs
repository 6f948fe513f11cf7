//! What the page reads in workers, where nobody waits for it: pasted documentation, and whatever goes into the box.
//!
//! The analyzer answers with sheets, pieces of the page as data (`portolan_report::sheet`): so the page carries neither
//! the views of a door that most never open nor their words, and no text of a stranger is ever markup. A [`desk::Desk`]
//! is all of it but the browser.
//!
//! ```
//! use portolan_wasm::desk::Desk;
//!
//! let mut desk = Desk::default();
//! desk.take_text(b"535 5.7.8 Username and Password not accepted", portolan_explain::Taken::AsOne);
//! assert!(desk.names_a_failure());
//! ```

pub mod check;
pub mod desk;
pub mod intake;
#[cfg(target_arch = "wasm32")]
pub mod live;
mod sheet;
pub mod took;
