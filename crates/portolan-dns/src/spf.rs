//! The Sender Policy Framework (RFC 7208): its records, their macros, and the check of a sender.

mod check;
mod expand;
mod fault;
mod macros;
mod mechanism;
mod outcome;
mod read;
mod record;
mod run;
mod tree;
mod zone;

pub use check::{Check, MAX_LOOKUPS, MAX_NAMES, MAX_VOID, Query, Step, evaluate};
pub use fault::{Fault, FaultKind};
pub use macros::{Delimited, Letter, MacroString, Piece};
pub use outcome::{Explanation, Node, Outcome, Problem, SpfResult, Visit, Visited};
pub use read::{Reading, is_spf, read};
pub use record::{Directive, DualCidr, Mechanism, Modifier, Qualifier, SpfRecord, Term};
pub use tree::{Branch, Found, Text, Tree, tree};
pub use zone::{Zone, answer_from_zone};
