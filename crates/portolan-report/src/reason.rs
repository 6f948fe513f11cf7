//! Why a candidate stands where it stands.

use std::sync::Arc;

use crate::{Route, Source};

/// What a rule says of a candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stance {
    /// Speaks for it.
    Prefer,
    /// Nothing against it.
    Accept,
    /// Speaks against it.
    Discourage,
    /// Rules it out.
    Forbid,
}

impl Stance {
    /// The id in the published JSON.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Prefer => "prefer",
            Self::Accept => "accept",
            Self::Discourage => "discourage",
            Self::Forbid => "forbid",
        }
    }
}

/// One rule's judgement of one candidate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// Id of the rule, kebab-case.
    pub rule: &'static str,
    /// What it says.
    pub stance: Stance,
    /// Why, as one or two sentences.
    pub text: String,
    /// What supports it. Empty only where the visitor's own answer is the support.
    pub sources: Vec<Arc<Source>>,
}

/// A route with everything the rules said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// The route.
    pub route: Route,
    /// The judgements, weightiest first.
    pub reasons: Vec<Reason>,
}
