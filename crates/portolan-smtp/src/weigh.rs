//! What each phrase and each code of a text is worth.

use crate::beside::outside;
use crate::cut;
use crate::event::{Enhanced, Event, EventKind};
use crate::got_over::is_got_over;
use crate::normal::Normal;
use crate::phrases::{Hit, HitKind};
use crate::second_address::without_a_second_address;
use crate::themes::{ask_themes, is_bare_code, leaves_open};
use crate::unsaid::{
    accepted_in_session, answered_by_a_stranger, left_in_handshake, without_success,
};
use crate::{BY_SUBJECT, CAUSES, ENHANCED, REPLIES, RULES, Rule, Stage};

/// What speaks for a cause, and what it is worth there.
pub(crate) struct Weighed {
    /// The place of the cause in the table.
    pub(crate) cause: usize,
    /// The rule that fires; none where a code alone speaks.
    pub(crate) rule: Option<&'static Rule>,
    pub(crate) weight: u8,
    /// The reply or command that it stands in.
    pub(crate) event: Option<Event>,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// The rules that fire by these phrases, each at its best place, the most specific first.
pub(crate) fn weighed(normal: &Normal, events: &[Event], said: &[Hit]) -> Vec<Weighed> {
    let mut all = fired(said, normal, events);
    all.extend(events.iter().filter_map(|event| coded(event, normal)));
    all.extend(left_in_handshake(events, normal));
    all.extend(answered_by_a_stranger(events, normal));
    all.extend(accepted_in_session(events, normal));
    without_a_second_address(&mut all, normal);
    without_success(&mut all, normal);
    let order = |hit: &Weighed| (std::cmp::Reverse(hit.weight), hit.start);
    all.sort_by_key(order);
    if all.first().is_none_or(|first| leaves_open(first, normal)) {
        ask_themes(&mut all, events, normal);
        all.sort_by_key(order);
    }
    // What a cut left of a phrase counts where nothing whole counts more.
    if all.first().is_none_or(|first| first.weight < CUT) {
        // A session that shows a refusal was not cut before it.
        let is_whole =
            |hit: &Weighed| hit.event.is_some() || !events.iter().any(|event| event.kind.refuses());
        let cut = fired(&cut::said(&normal.text), normal, events);
        all.extend(cut.into_iter().filter(is_whole));
        all.sort_by_key(order);
    }
    all
}

/// The rules of these hits, each at its best place.
fn fired(said: &[Hit], normal: &Normal, events: &[Event]) -> Vec<Weighed> {
    let event_at = |start: usize| {
        let at = u64::try_from(normal.origin(start)).unwrap_or(u64::MAX);
        let before = events.partition_point(|event| event.span.start <= at);
        before
            .checked_sub(1)
            .and_then(|last| events.get(last))
            .filter(|event| at < event.span.end)
    };
    // A queue that took the mail may tell later that it did not get on.
    let is_accepted = is_accepted(events)
        && !["status=bounced", "status=deferred"]
            .iter()
            .any(|status| normal.text.contains(status));
    let refused = events
        .iter()
        .any(|event| event.kind.refuses() && !event.is_recovered);
    let mut backs: Vec<&Hit> = said.iter().filter(|hit| hit.takes_back).collect();
    backs.sort_by_key(|hit| hit.rule);
    let mut best: Vec<(usize, Weighed)> = Vec::with_capacity(said.len().min(8));
    for hit in said.iter().filter(|hit| !hit.takes_back) {
        let is_near = |other: &Hit| {
            let (there, here) = (event_at(other.start), event_at(hit.start));
            let is_same = there.map(|event| event.span) == here.map(|event| event.span);
            // The rest of a reply whose lines lost their codes stands right behind it.
            let is_rest =
                there.is_none() && here.is_some_and(|here| ends_near(here, normal, other));
            let is_inside = hit.start <= other.start && other.end <= hit.end;
            is_inside
                || (is_same || is_rest || here.is_none()) && other.start.abs_diff(hit.start) <= NEAR
        };
        let from = backs.partition_point(|other| other.rule < hit.rule);
        let own = backs
            .iter()
            .skip(from)
            .take_while(|other| other.rule == hit.rule);
        if own.copied().any(is_near) {
            continue;
        }
        let Some(rule) = RULES.get(hit.rule) else {
            continue;
        };
        let event = event_at(hit.start);
        let rank = match hit.kind {
            HitKind::Whole => rule.rank,
            HitKind::Code => rule.rank.min(CODE),
            HitKind::Cut => rule.rank.min(CUT),
        };
        let Some(mut weight) = weight(rule, rank, event) else {
            continue;
        };
        // `rejected: []` beside a message that was accepted.
        if is_accepted && event.is_none() && is_said_by_servers(rule.cause) {
            weight = weight.min(LEAST);
        }
        if event.is_none() && is_of_banner(rule.cause, normal, hit, events) {
            continue;
        }
        if event.is_none() {
            weight = outside(rule.cause, weight, normal, hit, (events, refused));
            if is_got_over(hit, said, events, normal) {
                weight = weight.min(LEAST);
            }
        }
        let found = Weighed {
            cause: rule.cause,
            rule: Some(rule),
            weight,
            event: event.copied(),
            start: hit.start,
            end: hit.end,
        };
        match best.iter_mut().find(|(rule, _)| *rule == hit.rule) {
            Some((_, best))
                if best.weight < weight
                    // Words say more than a code that the same rule has.
                    || best.weight == weight && is_bare_code(best, normal) =>
            {
                *best = found;
            }
            Some(_) => {}
            None => best.push((hit.rule, found)),
        }
    }
    best.sort_by_key(|(rule, _)| *rule);
    best.into_iter().map(|(_, found)| found).collect()
}

/// Whether a program tells a greeting once more, whose words are a receiver's name: `Anti-spam GT for Coremail System`.
fn is_of_banner(cause: usize, normal: &Normal, hit: &Hit, events: &[Event]) -> bool {
    let word = normal.text.get(hit.start..hit.end + BANNER);
    let tells = |event: &Event| {
        let (start, end) = (normal.place(event.span.start), normal.place(event.span.end));
        let greeting = normal.text.get(start..end);
        event.kind.codes().0 == Some(220)
            && word.is_some_and(|word| greeting.is_some_and(|it| it.contains(word)))
    };
    is_said_by_servers(cause) && events.iter().take(GREETINGS).any(tells)
}

/// Whether a phrase follows a reply so closely that it may be the rest of it.
fn ends_near(event: &Event, normal: &Normal, other: &Hit) -> bool {
    let at = u64::try_from(normal.origin(other.start)).unwrap_or(u64::MAX);
    at.checked_sub(event.span.end).is_some_and(|it| it < REST)
}

/// What the codes of a refusal say by themselves.
fn coded(event: &Event, normal: &Normal) -> Option<Weighed> {
    let EventKind::Reply { code, enhanced } = event.kind else {
        return None;
    };
    if !event.kind.refuses() {
        return None;
    }
    let (cause, rank) = by_code(code, enhanced, event.stage)?;
    let start = normal.place(event.span.start);
    Some(Weighed {
        cause,
        rule: None,
        weight: worth(rank, event),
        event: Some(*event),
        start,
        end: normal.place(event.span.end).max(start + 1),
    })
}

/// Cause and rank: an enhanced code before a reply code, that of the stage before that of any.
pub(crate) fn by_code(
    code: Option<u16>,
    enhanced: Option<Enhanced>,
    stage: Option<Stage>,
) -> Option<(usize, u8)> {
    // Google says 5.7.14 of a sign-in, which the registry has for something else.
    let enhanced = enhanced.filter(|it| {
        !matches!(code, Some(534 | 535)) || it.subject == 7 && matches!(it.detail, 3 | 8 | 9)
    });
    // What is put off in the sign-in is the sign-in (RFC 4954, section 6).
    let enhanced = enhanced.filter(|it| {
        let is_put_off = code == Some(454) && (it.subject, it.detail) == (7, 0);
        !(is_put_off && matches!(stage, Some(Stage::Auth | Stage::Starttls)))
    });
    let of_enhanced = enhanced.and_then(|it| {
        let at = ENHANCED
            .binary_search_by_key(&(it.subject, it.detail), |(number, ..)| *number)
            .ok()?;
        ENHANCED.get(at).map(|(_, cause, rank)| (*cause, *rank))
    });
    let of_code = |stage: Option<Stage>| {
        REPLIES
            .iter()
            .find(|(it, at, ..)| Some(*it) == code && *at == stage)
            .map(|(_, _, cause, rank)| (*cause, *rank))
    };
    let of_subject = enhanced.and_then(|it| {
        BY_SUBJECT
            .iter()
            .find(|(subject, ..)| *subject == it.subject)
            .map(|(_, cause, rank)| (*cause, *rank))
    });
    // Whatever refuses STARTTLS, it is not there.
    let of_encryption = stage
        .filter(|stage| *stage == Stage::Starttls)
        .and_then(|_| cause("tls.starttls-unavailable"))
        .map(|cause| (cause, REFUSED_STARTTLS));
    of_encryption
        .or(of_enhanced)
        .or(of_subject)
        .or_else(|| stage.and_then(|stage| of_code(Some(stage))))
        .or_else(|| of_code(None))
}

/// The place of a cause in the table, which is in the order of ids.
pub(crate) fn cause(id: &str) -> Option<usize> {
    CAUSES.binary_search_by_key(&id, |cause| cause.id).ok()
}

/// The cause that the codes of a refusal name by themselves.
pub(crate) fn named_by_code(event: &Event) -> Option<usize> {
    let EventKind::Reply { code, enhanced } = event.kind else {
        return None;
    };
    by_code(code, enhanced, event.stage).map(|(cause, _)| cause)
}

/// What a rank is worth in a refusal.
pub(crate) fn worth(rank: u8, event: &Event) -> u8 {
    if event.is_recovered {
        (rank / 4).min(RECOVERED)
    } else if event.is_consequence {
        rank / 3
    } else {
        rank
    }
}

/// What a rule is worth in what was said there; `None`: nothing.
fn weight(rule: &Rule, rank: u8, event: Option<&Event>) -> Option<u8> {
    let Some(event) = event else {
        return Some(rank);
    };
    match event.kind {
        EventKind::Command(_) => None,
        EventKind::Reply { .. } if event.kind.refuses() => {
            let rank = if is_foreign(rule.cause, event) || is_of_another_day(rule.cause, event) {
                rank.min(CODE)
            } else {
                rank
            };
            Some(worth(rank, event))
        }
        EventKind::Reply { .. } => {
            let is_of_acceptance = CAUSES.get(rule.cause).is_some_and(|cause| {
                let id = cause.id;
                // A server asks on to say what was wrong with a token.
                id.starts_with("ok.") || id == "network.intercepted" || id == "auth.oauth-rejected"
            });
            is_of_acceptance.then_some(rank)
        }
    }
}

/// Whether a refusal for good is only put off by its words: `550 Service refused, please try later`.
fn is_of_another_day(cause: usize, event: &Event) -> bool {
    let (code, enhanced) = event.kind.codes();
    let is_for_good = code.is_some_and(|code| code >= 550)
        && enhanced.is_some_and(|it| (it.subject, it.detail) != (3, 2));
    is_for_good
        && CAUSES
            .get(cause)
            .is_some_and(|cause| cause.id == "server.busy")
}

/// Whether all ended well: the message was accepted, and nothing was refused for good.
pub(crate) fn is_accepted(events: &[Event]) -> bool {
    let refuses = |event: &Event| event.kind.refuses() && !event.is_recovered;
    let accepts = |event: &Event| {
        let (code, _) = event.kind.codes();
        event.stage == Some(Stage::EndOfData) && code.is_some_and(|code| code < 300)
    };
    events.iter().any(accepts) && !events.iter().any(refuses)
}

/// Whether only a server could say so, or it says nothing behind a message that was accepted.
pub(crate) fn is_said_by_servers(cause: usize) -> bool {
    let id = CAUSES.get(cause).map_or("", |cause| cause.id);
    [
        "policy.",
        "recipient.",
        "sender.",
        "relay.",
        "network.connection-lost",
    ]
    .iter()
    .any(|area| id.starts_with(area))
}

/// Whether a cause cannot be meant where it is said: an invalid user is no recipient before any recipient was named.
fn is_foreign(cause: usize, event: &Event) -> bool {
    let id = CAUSES.get(cause).map_or("", |cause| cause.id);
    let (code, _) = event.kind.codes();
    let is_of_sign_in = matches!(code, Some(534 | 535))
        || event.stage == Some(Stage::Auth) && code.is_some_and(|code| code >= 500);
    let is_early = matches!(
        event.stage,
        Some(Stage::Greeting | Stage::Ehlo | Stage::Starttls)
    );
    let area = |name: &str| id.starts_with(name);
    (is_of_sign_in || is_early) && (area("recipient.") || area("message."))
        || is_of_sign_in && id == "policy.rejected"
}

/// What the rest of a phrase is worth at most: more than any code, less than a whole phrase that names its cause.
const CUT: u8 = 45;

/// What a code is worth at most: the rules of words are above it.
const CODE: u8 = 39;

/// What a refusal is worth at most that a session got over: less than that a message was accepted.
const RECOVERED: u8 = 11;

/// What a refusal of STARTTLS is worth, by whatever code.
const REFUSED_STARTTLS: u8 = 41;

/// So many bytes behind a word have to be the greeting's too.
const BANNER: usize = 6;

/// So many replies from the first may be a greeting.
const GREETINGS: usize = 4;

/// How far behind a reply its rest may stand, in bytes.
const REST: u64 = 40;

/// Less than any word of an acceptance.
pub(crate) const LEAST: u8 = 4;

/// How far away from a phrase another may stand that takes it back, in bytes.
const NEAR: usize = 400;
