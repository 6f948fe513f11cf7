//! What the surroundings make of a cause: the session's state decides between readings of the same words.

use std::collections::BTreeSet;

use crate::clouds::blocks_a_named_port;
use crate::event::{Event, EventKind, Verb};
use crate::strangers::is_strangers_certificate;
use crate::weigh::{Weighed, cause};
use crate::{CAUSES, Stage};

/// Cause and stage of what was found, with what the text shows around it.
pub(crate) fn sharpened(
    hit: &Weighed,
    stage: Stage,
    text: &str,
    events: &[Event],
) -> (usize, Stage) {
    let found = of_sign_in(by_surroundings(hit, text), hit, text, events);
    let found = of_certificate(found, hit, text);
    let found = of_command(found, stage, hit);
    of_reply(of_sender(found, stage), stage, hit)
}

/// A sign-in that is not offered is offered under TLS, as long as STARTTLS is and nobody asked for it; behind it, it is not
/// offered at all.
fn of_sign_in(found: usize, hit: &Weighed, text: &str, events: &[Event]) -> usize {
    let id = CAUSES.get(found).map_or("", |cause| cause.id);
    let before = |event: &&Event| {
        hit.event
            .is_none_or(|told| event.span.start < told.span.start)
    };
    let is_encrypted = events
        .iter()
        .filter(before)
        .any(|event| event.kind == EventKind::Command(Verb::Starttls));
    let evidence = text.get(hit.start..hit.end).unwrap_or_default();
    let sharper = match id {
        "auth.encryption-required" if is_encrypted && evidence.contains("not advertised") => {
            "auth.mechanism-unsupported"
        }
        "auth.mechanism-unsupported" if !is_encrypted && waits_for_tls(text, events) => {
            "auth.encryption-required"
        }
        // The codes for a mechanism that wants encryption (RFC 4954, section 6; RFC 5248), or an answer to AUTH.
        "tls.starttls-required" if answers_sign_in(hit) => "auth.encryption-required",
        // Nobody signed in: Sendmail says so of a server whose certificate it does not accept.
        "auth.bad-credentials" if is_encrypted && is_put_off_before_sign_in(hit, events) => {
            "tls.certificate-untrusted"
        }
        // What was signed in with was a token (RFC 7628).
        "auth.bad-credentials" if signs_in_with_token(text) => "auth.oauth-rejected",
        _ => return found,
    };
    cause(sharper).unwrap_or(found)
}

/// Whether it is put off, and the session shows no sign-in.
fn is_put_off_before_sign_in(hit: &Weighed, events: &[Event]) -> bool {
    let is_put_off = hit
        .event
        .is_some_and(|event| event.kind.codes().0 == Some(454));
    let signs_in = |event: &Event| event.kind == EventKind::Command(Verb::Auth);
    is_put_off && !events.iter().any(signs_in)
}

/// Whether a refusal is of the sign-in, by its codes or the command that it answers.
fn answers_sign_in(hit: &Weighed) -> bool {
    hit.event.is_some_and(|event| {
        let (code, enhanced) = event.kind.codes();
        let is_of_enhanced = enhanced.is_some_and(|it| {
            it.subject == 7 && (it.detail == 11 || it.detail == 10 && code.is_none())
        });
        matches!(code, Some(523 | 524 | 538)) || is_of_enhanced || event.stage == Some(Stage::Auth)
    })
}

/// Whether the last command that signs in names a mechanism of tokens; what a server offers is none.
fn signs_in_with_token(text: &str) -> bool {
    const TOKENS: [&str; 2] = ["xoauth2", "oauthbearer"];
    // `server.auth("XOAUTH2", …)`
    if TOKENS.iter().any(|it| {
        text.match_indices(it).any(|(at, _)| {
            text.get(..at)
                .is_some_and(|it| it.trim_end_matches(['"', '\'']).ends_with("auth("))
        })
    }) {
        return true;
    }
    let commands = text.match_indices("auth ").filter_map(|(at, word)| {
        let before = text.get(..at)?;
        let is_offer = before.ends_with("250-") || before.ends_with("250 ");
        let mut words = text.get(at + word.len()..)?.split(' ');
        let mechanism = words
            .next()?
            .trim_matches(|it: char| !it.is_ascii_alphanumeric());
        // Several of them are a list.
        let is_list = words.next().is_some_and(|next| {
            [
                "plain",
                "login",
                "xoauth",
                "xoauth2",
                "oauthbearer",
                "cram-md5",
                "ntlm",
            ]
            .contains(&next)
        });
        (!is_offer && !is_list).then_some(mechanism)
    });
    commands.last().is_some_and(|it| TOKENS.contains(&it))
}

/// A command that is not known, or comes at the wrong time, is what the server cannot do: which, its stage says.
fn of_command(found: usize, stage: Stage, hit: &Weighed) -> usize {
    let id = CAUSES.get(found).map_or("", |cause| cause.id);
    let code = hit.event.and_then(|event| event.kind.codes().0);
    let sharper = match (id, stage) {
        ("client.unsupported-command", Stage::Auth) => "auth.mechanism-unsupported",
        ("client.unsupported-command", Stage::Starttls) => "tls.starttls-unavailable",
        ("client.syntax", Stage::Ehlo) if code == Some(501) => "policy.helo-invalid",
        _ => return found,
    };
    cause(sharper).unwrap_or(found)
}

/// Whether a server offers STARTTLS and no AUTH before it.
fn waits_for_tls(text: &str, events: &[Event]) -> bool {
    let offers = |word: &str| {
        ["250-", "250 "]
            .iter()
            .any(|code| text.contains(&format!("{code}{word}")))
    };
    let signs_in_twice = events
        .iter()
        .filter(|event| event.kind == EventKind::Command(Verb::Hello))
        .count()
        > 1;
    offers("starttls") && !offers("auth") && !signs_in_twice
}

/// The certificate of somebody else, where a large provider was asked, is no mistake of the provider's.
fn of_certificate(found: usize, hit: &Weighed, text: &str) -> usize {
    let is_of_name = CAUSES
        .get(found)
        .is_some_and(|cause| cause.id == "tls.certificate-name-mismatch");
    if is_of_name && is_strangers_certificate(text, hit.start, hit.end) {
        return cause("network.intercepted").unwrap_or(found);
    }
    found
}

/// A time-out that a server tells in a session is its own, of waiting for the client; and a connection of which it tells in a
/// refusal for good is one that it needed itself: `554 connect ECONNREFUSED`.
fn of_reply(found: usize, stage: Stage, hit: &Weighed) -> (usize, Stage) {
    let id = CAUSES.get(found).map_or("", |cause| cause.id);
    let is_timeout = id == "network.timeout";
    let told = hit.event.filter(|event| event.kind.refuses());
    let is_its_own = matches!(
        told.map(|event| event.kind.codes()),
        Some((Some(550..=554), None))
    );
    if is_its_own && (is_timeout || matches!(id, "network.refused" | "network.unreachable")) {
        return (cause("server.local-error").unwrap_or(found), stage);
    }
    match told.and_then(|event| event.stage) {
        Some(stage) if is_timeout => (cause("client.idle-timeout").unwrap_or(found), stage),
        _ => (found, stage),
    }
}

/// What is said of an address while the sender is named is said of the sender.
fn of_sender(found: usize, stage: Stage) -> usize {
    let of_recipient = CAUSES.get(found).map(|cause| cause.id);
    let of_sender = match (stage, of_recipient) {
        (Stage::Mail, Some("recipient.domain-not-found")) => "sender.domain-not-found",
        (Stage::Mail, Some("recipient.unknown")) => "sender.rejected",
        (Stage::Mail, Some("recipient.address-syntax")) => "client.syntax",
        _ => return found,
    };
    cause(of_sender).unwrap_or(found)
}

/// A time-out towards several hosts on 25 is no fault of any of them, nor is one on a port that the sender's place is known
/// to block; and whoever waits in plain text for the first words of a server on 465, as Python's `smtplib.SMTP` does, waits
/// for the other side's TLS.
fn by_surroundings(hit: &Weighed, text: &str) -> usize {
    let found = hit.cause;
    let is = |id: &str| CAUSES.get(found).is_some_and(|cause| cause.id == id);
    let waits_in_plain_text = || {
        let is_python = text.contains("smtplib.smtp(") && !text.contains("smtp_ssl");
        let is_plain = [
            "secure: false",
            "secure:false",
            "usessl=false",
            "enablessl=false",
        ]
        .iter()
        .any(|setting| text.contains(setting));
        (is_python || is_plain) && is_number(text, "465")
    };
    if (is("network.connection-lost") || is("network.no-greeting")) && waits_in_plain_text() {
        return cause("tls.plaintext-on-implicit-port").unwrap_or(found);
    }
    let is_of_way = is("network.timeout") || is("network.unreachable");
    let is_of_place = || is("network.timeout") && blocks_a_named_port(text, hit.start);
    if is_of_way && (hosts_that_timed_out(text).len() > 1 || is_of_place()) {
        return cause("network.port-blocked").unwrap_or(found);
    }
    found
}

/// Whether a number stands there by itself, and is no part of an address or of a longer one.
fn is_number(text: &str, number: &str) -> bool {
    let joins =
        |byte: Option<&u8>| byte.is_some_and(|it| it.is_ascii_alphanumeric() || *it == b'.');
    let bytes = text.as_bytes();
    text.match_indices(number).any(|(at, _)| {
        let before = at.checked_sub(1).and_then(|before| bytes.get(before));
        !joins(before) && !joins(bytes.get(at + number.len()))
    })
}

/// `connect to mx.example.com[192.0.2.1]:25: Connection timed out`
fn hosts_that_timed_out(text: &str) -> BTreeSet<&str> {
    text.split("connect to ")
        .skip(1)
        .filter_map(|rest| {
            let (host, after) = rest.split_once('[')?;
            let (_, after) = after.split_once("]:25: ")?;
            let is_timeout = after.starts_with("connection timed out")
                || after.starts_with("operation timed out");
            (is_timeout && host.len() < MAX_HOST).then_some(host)
        })
        .take(MAX_HOST)
        .collect()
}

const MAX_HOST: usize = 256;
