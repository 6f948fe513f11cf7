//! # Detects
//! An endpoint that takes mail from known networks or connectors instead of a sign-in.
//!
//! # Why it matters
//! It needs a fixed address of one's own and a setting in the provider's administration. Who has neither is refused.
//!
//! # Remedy
//! Take it when the sender cannot sign in, or is known by its address.
//!
//! # Sources
//! The provider's own documentation.

use portolan_report::RouteKind;

use super::{Opinion, Weight};
use crate::answers::UseCase;
use crate::candidate::Candidate;
use crate::situation::Situation;

pub(super) fn judge(candidate: &Candidate<'_>, situation: &Situation<'_>) -> Option<Opinion> {
    if candidate.route.kind != RouteKind::Relay {
        return None;
    }
    let sources = candidate.endpoint_sources();
    let name = situation.provider_name();
    if situation.wants_no_sign_in() {
        return Opinion::prefer(
            Weight::Strong,
            format!("{name} takes mail here from addresses that it knows, without a sign-in."),
            sources,
        );
    }
    let is_named = candidate.route.host.as_ref().is_some_and(|host| situation.names_host(&host.name));
    match situation.use_case {
        UseCase::Smarthost => Opinion::accept(
            format!("{name} takes mail here from servers whose address it knows."),
            sources,
        ),
        _ if is_named => Opinion::accept(
            format!("{name} takes mail here from addresses that its administration has registered."),
            sources,
        ),
        _ => Opinion::discourage(
            Weight::LastResort,
            format!("{name} takes mail here only from addresses that its administration has registered; a sign-in works from anywhere."),
            sources,
        ),
    }
}
