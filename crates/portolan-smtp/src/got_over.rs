//! What was told beside the replies and did not end the session: what the text shows behind it says so.

use crate::event::{Event, EventKind};
use crate::normal::Normal;
use crate::phrases::Hit;
use crate::second_address::is_made_later;
use crate::{CAUSES, RULES, Stage};

/// Whether a session went on behind what these words tell of, or was over before. `said` are the phrases of the text.
pub(crate) fn is_got_over(hit: &Hit, said: &[Hit], events: &[Event], normal: &Normal) -> bool {
    let cause = RULES.get(hit.rule).and_then(|rule| CAUSES.get(rule.cause));
    let Some(id) = cause.map(|cause| cause.id) else {
        return false;
    };
    if matches!(id, "network.refused" | "network.unreachable") {
        return is_sent(&normal.text) || is_made_later(hit, said, events, normal);
    }
    let at = u64::try_from(normal.origin(hit.start)).unwrap_or(u64::MAX);
    let next = events.partition_point(|event| event.span.start <= at);
    let (before, behind) = events.split_at(next);
    if id == "network.connection-lost" {
        return is_farewell(before);
    }
    id.starts_with("tls.certificate-")
        && (goes_on(behind) || is_sent(&normal.text) || is_answered(normal, hit.end))
}

/// Whether a log tells behind a place what was answered within TLS.
fn is_answered(normal: &Normal, from: usize) -> bool {
    let rest = normal.text.get(from..).unwrap_or_default();
    [
        "(in reply to mail from",
        "(in reply to rcpt to",
        "(in reply to data",
        "(in reply to end of data",
    ]
    .iter()
    .any(|words| memchr::memmem::find(rest.as_bytes(), words.as_bytes()).is_some())
}

/// `221 Bye`, behind which a connection is meant to end.
fn is_farewell(before: &[Event]) -> bool {
    let last = before.last().map(|event| event.kind);
    matches!(
        last,
        Some(EventKind::Reply {
            code: Some(221),
            ..
        })
    )
}

/// Whether the same session has something accepted that comes behind TLS.
fn goes_on(behind: &[Event]) -> bool {
    let session = behind.first().map(|event| event.session);
    behind
        .iter()
        .take(MOST)
        .take_while(|event| Some(event.session) == session)
        .take_while(|event| event.stage != Some(Stage::Greeting))
        .any(|event| {
            let is_accepted = event.kind.codes().0.is_some_and(|code| code < 400);
            let is_inside = matches!(
                event.stage,
                Some(Stage::Auth | Stage::Mail | Stage::Rcpt | Stage::Data | Stage::EndOfData)
            );
            is_accepted && is_inside
        })
}

/// Whether every message of a mail server's log arrived: it sends on without a certificate that it trusts.
fn is_sent(text: &str) -> bool {
    text.contains("status=sent")
        && !["status=deferred", "status=bounced", "status=expired"]
            .iter()
            .any(|status| text.contains(status))
}

/// So many events behind it are looked at.
const MOST: usize = 64;
