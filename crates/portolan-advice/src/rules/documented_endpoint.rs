//! # Detects
//! An endpoint that the provider's entry lists.
//!
//! # Why it matters
//! A port that nobody documents may close any day, or speak another TLS mode than one thinks.
//!
//! # Remedy
//! None is needed.
//!
//! # Sources
//! Those of the endpoint.

use portolan_facts::EndpointTls;

use super::Opinion;
use crate::candidate::{Candidate, Origin};
use crate::situation::Situation;

pub(super) fn judge(candidate: &Candidate<'_>, _situation: &Situation<'_>) -> Option<Opinion> {
    if let (Origin::Pasted, Some(port)) = (candidate.origin, candidate.route.port) {
        return Opinion::accept(
            format!("The documentation that you pasted names {port}; it was read, and nobody has verified it."),
            candidate.endpoint_sources(),
        );
    }
    let Origin::Endpoint(provider, endpoint) = candidate.origin else { return None };
    let tls = match (endpoint.tls, endpoint.tls_enforced) {
        (EndpointTls::Implicit, _) => "with TLS from the first byte",
        (EndpointTls::None, _) => "without TLS",
        (EndpointTls::StarttlsRequired, _) | (EndpointTls::StarttlsOptional, Some(true)) => "with STARTTLS",
        (EndpointTls::StarttlsOptional, Some(false)) => {
            "with STARTTLS, which your client must require because clear text is taken too"
        }
        (EndpointTls::StarttlsOptional, None) => {
            "with STARTTLS, which your client must require: nothing says that clear text is refused"
        }
    };
    let note = endpoint.note.as_deref().map(|note| format!(" ({note})")).unwrap_or_default();
    Opinion::accept(
        format!("{} takes mail on {} {tls}{note}.", provider.name, endpoint.port),
        candidate.endpoint_sources(),
    )
}
