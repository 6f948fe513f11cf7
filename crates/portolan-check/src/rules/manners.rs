//! Sessions that break off, and replies that no server should write.

use portolan_report::probe::{Break, Noticed, Outcome, Purpose, Stage};

use super::greeting::is_flood;
use super::{Said, Site};
use crate::assessment::{Finding, Weight};

/// *Detects* a session that breaks off in the middle. What a port's first words say is another rule's.
pub(super) fn broken(site: &Site<'_, '_>, found: &mut Vec<Finding>) {
    let Some((at, step)) = site.session.failure() else {
        return;
    };
    let Outcome::Broken { how, bytes, .. } = &step.outcome else {
        return;
    };
    let port = site.port();
    let stage = step.stage;
    let is_greeting = stage == Stage::Greeting;
    let is_within = site.session.tls().is_some();
    // The other way of beginning was tried, and explains it.
    if is_greeting
        && site
            .session
            .for_purpose(Purpose::OtherOpening)
            .is_some_and(|(_, it)| crate::look::tls(it).is_some())
    {
        return;
    }
    let when = match stage {
        Stage::Greeting => "before any greeting",
        Stage::Tls => "in the handshake",
        Stage::Auth => "during the sign-in",
        _ => "in mid-session",
    };
    let (rule, cause, confidence, sentence) = match how {
        Break::TimedOut | Break::NoReply | Break::TooMuch if is_greeting => return,
        Break::Closed | Break::Reset if is_greeting && is_flood(*bytes) => return,
        Break::Closed => (
            "connection-closed",
            "network.connection-lost",
            75,
            format!("The connection to port {port} is closed {when}, without a word why."),
        ),
        Break::Reset => (
            "connection-reset",
            "network.connection-lost",
            75,
            format!("The connection to port {port} is cut {when}, without a word why."),
        ),
        Break::TimedOut
            if stage == Stage::Tls
                && site.session.visit.opening == portolan_report::probe::Opening::Tls =>
        {
            (
                "no-handshake",
                "network.no-greeting",
                60,
                format!(
                    "Port {port} takes the connection, and no handshake comes about: {bytes} bytes came."
                ),
            )
        }
        Break::TimedOut => (
            "silence",
            "network.timeout",
            70,
            format!("On port {port} the server falls silent at {}.", stage.id()),
        ),
        Break::NoReply => (
            "garbled-reply",
            // Within TLS it is the encryption that broke.
            if is_within {
                "network.connection-lost"
            } else {
                ""
            },
            60,
            format!(
                "What comes at {} on port {port} is no reply of SMTP.",
                stage.id()
            ),
        ),
        Break::TooMuch => (
            "endless-reply",
            "network.timeout",
            50,
            format!(
                "The reply at {} on port {port} does not end: after {bytes} bytes it was left.",
                stage.id()
            ),
        ),
        Break::Deadline => return,
    };
    found.push(site.found(
        stage,
        at,
        Said {
            rule,
            cause,
            weight: if stage >= Stage::Auth {
                Weight::Problem
            } else {
                site.weight()
            },
            confidence,
            sentence,
        },
    ));
}

/// *Detects* replies that break the rules and were understood all the same. (RFC 5321, sections 2.3.8, 4.2 and 4.5.3.1.)
pub(super) fn odd(site: &Site<'_, '_>, found: &mut Vec<Finding>) {
    for (at, step) in site.session.visit.steps.iter().enumerate() {
        for noticed in &step.noticed {
            let (rule, what) = match noticed {
                Noticed::BareLineFeeds => (
                    "bare-line-feeds",
                    "has lines that end without a carriage return",
                ),
                Noticed::LongLine => ("long-line", "has a line longer than is read"),
                Noticed::LongReply => ("long-reply", "has more lines than are read"),
                Noticed::MixedCodes => ("mixed-codes", "has different codes in its lines"),
                Noticed::Nuls => ("nuls", "holds bytes that are zero"),
                Noticed::Drip { .. }
                | Noticed::EarlyTalk { .. }
                | Noticed::Injected { .. }
                | Noticed::TlsRecord => continue,
            };
            let sentence = format!(
                "The reply at {} on port {} {what}.",
                step.stage.id(),
                site.port()
            );
            found.push(site.found(
                step.stage,
                at,
                Said {
                    rule,
                    cause: "",
                    weight: Weight::Caution,
                    confidence: 95,
                    sentence,
                },
            ));
        }
    }
}
