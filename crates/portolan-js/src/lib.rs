//! The engine as a library for JavaScript: an error, a session, a bounce or a log goes in, and its cause comes out.
//!
//! The functions are those of the published ES module; their shapes are those of the command line's JSON. Nothing is kept
//! between two calls but the facts, which are part of the module, and nothing is ever asked of a network.
//!
//! ```
//! let taken = portolan_js::recognized(b"550 5.7.1");
//! assert_eq!((taken.kind, taken.subject.as_deref()), ("code", Some("550 5.7.1")));
//! ```

mod forms;
mod places;

#[cfg(target_arch = "wasm32")]
pub mod bindings;

pub use forms::{CauseEntry, Recognition, causes, recognized};
pub use places::in_code_units;
