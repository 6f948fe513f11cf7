//! What no words say and the session shows.

use crate::event::{Event, EventKind, Verb};
use crate::normal::Normal;
use crate::strangers::strangers_greeting;
use crate::weigh::{Weighed, cause, is_accepted};
use crate::{CAUSES, RULES, Stage};

/// A client that leaves right behind the answer to STARTTLS has failed in the handshake, whatever it does not say.
pub(crate) fn left_in_handshake(events: &[Event], normal: &Normal) -> Option<Weighed> {
    let left = events.windows(3).find(|all| {
        let [asks, answers, leaves] = all else {
            return false;
        };
        asks.kind == EventKind::Command(Verb::Starttls)
            && answers.kind.codes().0 == Some(220)
            && leaves.kind == EventKind::Command(Verb::Quit)
            && asks.session == leaves.session
    })?;
    let cause = cause("tls.handshake-failure")?;
    let event = *left.get(1)?;
    let start = normal.place(event.span.start);
    Some(Weighed {
        cause,
        rule: RULES.iter().find(|rule| rule.cause == cause),
        weight: LEFT,
        event: None,
        start,
        end: normal.place(event.span.end).max(start + 1),
    })
}

/// A message that the session shows as accepted was, in whatever words.
pub(crate) fn accepted_in_session(events: &[Event], normal: &Normal) -> Option<Weighed> {
    let takes = |event: &&Event| {
        let is_of_message = event.stage == Some(Stage::EndOfData);
        is_of_message && event.kind.codes().0.is_some_and(|code| code < 300)
    };
    let event = *events.iter().find(takes).filter(|_| is_accepted(events))?;
    let cause = cause("ok.accepted")?;
    let start = normal.place(event.span.start);
    Some(Weighed {
        cause,
        rule: RULES.iter().find(|rule| rule.cause == cause),
        weight: ACCEPTED,
        event: Some(event),
        start,
        end: normal.place(event.span.end).max(start + 1),
    })
}

/// A queue that puts a message off has failed, however well the session went as far as it is shown: what was read as a success
/// before that is none.
pub(crate) fn without_success(all: &mut Vec<Weighed>, normal: &Normal) {
    let last = PUT_OFF
        .iter()
        .filter_map(|words| normal.text.rfind(words))
        .max();
    let Some(last) = last else { return };
    all.retain(|hit| match CAUSES.get(hit.cause).map(|it| it.id) {
        Some("ok.accepted") => hit.start > last,
        // A farewell behind it says as little as a list of what the server can do before it.
        Some("ok.connected") => false,
        _ => true,
    });
}

/// Sendmail aloud and in its log, Exim, Postfix, OpenSMTPD.
const PUT_OFF: [&str; 5] = [
    "... deferred",
    "stat=deferred",
    " defer (",
    "status=deferred",
    "result=\"tempfail",
];

/// More than that a session stood, less than any words.
const ACCEPTED: u8 = 12;

/// Less than any words of what went wrong.
const LEFT: u8 = 30;

/// Whoever answers in a provider's place is the root of what he refuses.
pub(crate) fn answered_by_a_stranger(events: &[Event], normal: &Normal) -> Option<Weighed> {
    let (start, end) = strangers_greeting(normal, events).filter(|_| !is_accepted(events))?;
    let cause = cause("network.intercepted")?;
    Some(Weighed {
        cause,
        rule: RULES.iter().find(|rule| rule.cause == cause),
        weight: STRANGER,
        event: None,
        start,
        end,
    })
}

/// More than any reply of his.
const STRANGER: u8 = 94;
