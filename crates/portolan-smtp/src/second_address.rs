//! A second address of a host, that nobody reaches and nobody needs.

use crate::event::{Event, EventKind};
use crate::normal::Normal;
use crate::phrases::Hit;
use crate::weigh::Weighed;
use crate::{CAUSES, Stage};

/// Whether a connection that failed there was made afterwards, to another address or at another try: what the server said
/// then is the cause. `said` are the phrases of the text, which may tell of another failure to connect.
pub(crate) fn is_made_later(hit: &Hit, said: &[Hit], events: &[Event], normal: &Normal) -> bool {
    let at = u64::try_from(normal.origin(hit.end)).unwrap_or(u64::MAX);
    let fails_again = |event: &Event| {
        let (start, end) = (normal.place(event.span.start), normal.place(event.span.end));
        said.iter()
            .any(|other| other.rule == hit.rule && other.start >= start && other.start < end)
    };
    let speaks = |event: &Event| {
        let is_greeting = event.stage == Some(Stage::Greeting);
        matches!(event.kind, EventKind::Reply { code: Some(code), .. }
            if code == 220 && is_greeting || event.kind.refuses() && !fails_again(event))
    };
    let before = events.partition_point(|event| event.span.start <= at);
    events.iter().skip(before).take(MOST).any(speaks)
        || MADE.iter().any(|words| {
            let rest = normal.text.get(hit.end..).unwrap_or_default();
            memchr::memmem::find(rest.as_bytes(), words.as_bytes()).is_some()
        })
}

/// How `OpenSMTPD` and curl say that a connection stands.
const MADE: [&str; 2] = ["mta connected", "* connected to "];

/// So many events behind a failure are looked at.
const MOST: usize = 64;

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
