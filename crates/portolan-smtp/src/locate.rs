//! Where the session was when something was said.

use crate::event::{Event, EventKind};
use crate::normal::Normal;
use crate::stage::Told;
use crate::weigh::Weighed;
use crate::{CAUSES, Stage};

/// The stage of what was found: the reply's own words, then the session, then what the text tells, then what is natural.
pub(crate) fn located(hit: &Weighed, events: &[Event], normal: &Normal, told: &Told<'_>) -> Stage {
    if let Some(stage) = reached(hit, events) {
        return stage;
    }
    let natural = natural(hit, told.is_report);
    let is_of_connection = matches!(natural, Stage::Connect | Stage::Tls);
    let stage = hit
        .event
        .and_then(|event| told_within(told, normal, &event).or(event.stage))
        .filter(|_| !is_of_connection)
        .or_else(|| ended(events, normal, hit, natural))
        .unwrap_or_else(|| told.stage(natural, is_of_connection, around(hit)));
    of_area(hit.cause, stage)
}

/// How far a session went that met no failure.
fn reached(hit: &Weighed, events: &[Event]) -> Option<Stage> {
    let is_of_no_failure = CAUSES
        .get(hit.cause)
        .is_some_and(|cause| cause.id == "ok.connected");
    let last = events.iter().rev().find_map(|event| event.stage);
    last.filter(|_| is_of_no_failure)
}

/// A sign-in fails where one signs in, whatever was shown last.
fn of_area(cause: usize, stage: Stage) -> Stage {
    let id = CAUSES.get(cause).map_or("", |cause| cause.id);
    let is_too_early = matches!(stage, Stage::Connect | Stage::Greeting | Stage::Ehlo);
    match id {
        "auth.mechanism-unsupported" | "auth.encryption-required" | "auth.required" => stage,
        _ if id.starts_with("auth.") && is_too_early => Stage::Auth,
        _ => stage,
    }
}

/// The stage that is natural to what was found.
fn natural(hit: &Weighed, is_report: bool) -> Stage {
    match CAUSES.get(hit.cause).map(|cause| cause.id) {
        // The sender's own look-up found no such domain: nobody was connected to.
        Some("recipient.domain-not-found") if hit.event.is_none() && !is_report => Stage::Connect,
        // A reply is natural to a stage, a remark about one to none.
        Some(id) if hit.event.is_none() && is_of_message(id) => Stage::None,
        _ => hit.rule.map_or(Stage::None, |rule| rule.stage),
    }
}

/// The command that a reply names itself as the one that it answers.
fn told_within(told: &Told<'_>, normal: &Normal, event: &Event) -> Option<Stage> {
    let (start, end) = (normal.place(event.span.start), normal.place(event.span.end));
    told.named((start.saturating_sub(AROUND), end))
}

/// Where a session was that ended without a word: what its last line waited for.
fn ended(events: &[Event], normal: &Normal, hit: &Weighed, natural: Stage) -> Option<Stage> {
    if hit.event.is_some() || natural != Stage::None {
        return None;
    }
    let at = u64::try_from(normal.origin(hit.start)).unwrap_or(u64::MAX);
    let before = events.partition_point(|event| event.span.end <= at);
    let last = before.checked_sub(1).and_then(|last| events.get(last))?;
    match last.kind {
        EventKind::Command(verb) => Some(verb.stage()),
        EventKind::Reply {
            code: Some(354), ..
        } => Some(Stage::EndOfData),
        EventKind::Reply {
            code: Some(334), ..
        } => Some(Stage::Auth),
        EventKind::Reply { .. } => None,
    }
}

/// The places around what was found.
const fn around(hit: &Weighed) -> (usize, usize) {
    (hit.start.saturating_sub(AROUND), hit.end + AROUND)
}

/// So many bytes on each side.
const AROUND: usize = 60;

fn is_of_message(id: &str) -> bool {
    ["policy.", "sender."]
        .iter()
        .any(|area| id.starts_with(area))
}
