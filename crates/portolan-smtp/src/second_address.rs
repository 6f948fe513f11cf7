//! A second address of a host, over IPv6, that nobody reaches and nobody needs.

use crate::CAUSES;
use crate::normal::Normal;
use crate::weigh::Weighed;

/// Many a host has no way out over IPv6 and needs none: what became of IPv4 says why the mail did not go.
pub(crate) fn without_a_second_address(all: &mut [Weighed], normal: &Normal) {
    let id = |hit: &Weighed| CAUSES.get(hit.cause).map_or("", |cause| cause.id);
    let is_of_way = |hit: &Weighed| {
        let is_refused = hit.event.is_some_and(|event| event.kind.refuses());
        is_refused || matches!(id(hit), "network.timeout" | "network.refused")
    };
    let Some(most) = all
        .iter()
        .filter(|hit| is_of_way(hit))
        .map(|hit| hit.weight)
        .max()
    else {
        return;
    };
    for hit in all.iter_mut() {
        let is_other = matches!(
            CAUSES.get(hit.cause).map(|it| it.id),
            Some("network.unreachable")
        );
        if is_other && is_behind_ipv6(&normal.text, hit.start) {
            hit.weight = hit.weight.min(most.saturating_sub(1));
        }
    }
}

/// `[2001:db8::1]:25: network is unreachable`
fn is_behind_ipv6(text: &str, at: usize) -> bool {
    let before = text
        .as_bytes()
        .get(at.saturating_sub(ADDRESS)..at)
        .unwrap_or_default();
    let colons = before
        .rsplit(|byte| {
            !byte.is_ascii_hexdigit() && !matches!(byte, b':' | b'.' | b']' | b'[' | b' ')
        })
        .next()
        .map_or(0, |run| memchr::memchr_iter(b':', run).count());
    colons >= 3
}

/// So long is an address with its port, in bytes.
const ADDRESS: usize = 60;
