//! What words are worth that stand beside the replies of a text, and in none of them.

use crate::CAUSES;
use crate::event::Event;
use crate::normal::Normal;
use crate::phrases::Hit;
use crate::weigh::{LEAST, is_said_by_servers};

/// What is said beside the replies: a program's own trouble weighs less than the network's, and a connection that ends
/// behind a refusal only follows from it.
pub(crate) fn outside(
    cause: usize,
    weight: u8,
    normal: &Normal,
    hit: &Hit,
    (events, has_refusals): (&[Event], bool),
) -> u8 {
    let at = u64::try_from(normal.origin(hit.start)).unwrap_or(u64::MAX);
    let refuses = |event: &Event| event.kind.refuses() && !event.is_recovered;
    match CAUSES.get(cause).map(|cause| cause.id) {
        Some("server.local-error" | "policy.rejected")
            if has_refusals && !is_wrapped(events, at) =>
        {
            weight.min(LEAST)
        }
        Some("server.local-error") => weight.min(OWN),
        Some(id)
            if (is_said_by_servers(cause) && id != "network.connection-lost"
                || id.starts_with("auth.")
                || id == "tls.starttls-required")
                && has_refusals
                && !is_wrapped(events, at) =>
        {
            weight.saturating_sub(BESIDE)
        }
        // Before a refusal, too: Exim logs how the connection ended first, and then what the server had said.
        Some("network.connection-lost")
            if events.iter().any(|event| {
                refuses(event) && (event.span.start < at || event.kind.codes().0 >= Some(500))
            }) =>
        {
            weight.saturating_sub(CONSEQUENCE)
        }
        _ => weight,
    }
}

/// Whether a place follows a reply so closely that it may be the rest of its line.
fn is_wrapped(events: &[Event], at: u64) -> bool {
    let before = events.partition_point(|event| event.span.end <= at);
    before
        .checked_sub(1)
        .and_then(|last| events.get(last))
        .is_some_and(|event| at - event.span.end < WRAPPED)
}

/// Less than any word of the network.
const OWN: u8 = 40;

/// What a refusal loses that only follows from another.
const CONSEQUENCE: u8 = 30;

/// What words lose that stand beside the replies of a text, and in none of them.
const BESIDE: u8 = 15;

/// So long is the rest of a line, in bytes.
const WRAPPED: u64 = 100;
