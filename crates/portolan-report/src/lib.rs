//! The words of Portolan: every value that a shell shows, stores or sends.
//!
//! Nouns only. No rules, no facts, no sentences for pages, no I/O; the engines above fill these types and the shells
//! render them. None of them is a wire format: each shell owns its own.

mod advice;
pub mod domain;
mod observation;
pub mod ordered;
pub mod probe;
mod reason;
mod route;
pub mod sheet;
mod source;
mod span;

pub use advice::{
    Advice, Alternative, Assumption, Chart, ChartEnd, Check, Command, Confidence, Contradiction,
    ContradictionKind, Doubt, Layer, Note, Os, Outcome, PortLine, Step, Suggestion, Who,
};
pub use observation::{Family, Knowledge, Observation, Reach};
pub use reason::{Judged, Reason, Stance};
pub use route::{Host, Route, RouteKind, Security, SignIn, SignInKind};
pub use source::{Mark, Seen, Source};
pub use span::Span;
