//! What a server says against us, explained by the engine that explains pasted sessions.

use portolan_report::probe::{Outcome, Purpose, Stage};
use portolan_smtp::analyze;

use super::{Said, Site};
use crate::assessment::{Finding, Place, Weight};
use crate::look::reply;
use crate::transcript;

/// *Detects* a reply that refuses, and asks what it means. That we were refused says nothing of what the server supports.
pub(super) fn refusal(site: &Site<'_, '_>, found: &mut Vec<Finding>) {
    let Some((at, step)) = site.session.failure() else {
        return;
    };
    let (Outcome::Reply { .. }, Some(said)) = (&step.outcome, reply(step)) else {
        return;
    };
    let port = site.port();
    // A code that is no refusal, and not the one that belongs there.
    let is_wrong_code = said.code < 400;
    let analysis = analyze(transcript(site.session.visit).as_bytes());
    // What went well before is no reason.
    let is_reason = |it: &&portolan_smtp::Finding| !it.cause.id.starts_with("ok.");
    let first = analysis.findings.first().filter(is_reason);
    let line = said.lines.last().map_or("", String::as_str);
    let refused = if is_wrong_code {
        "answers with a code that does not belong there"
    } else if said.code < 500 {
        "puts us off"
    } else {
        "refuses us"
    };
    let sentence = match step.stage {
        Stage::Greeting => format!(
            "The server on port {port} {refused} in its greeting: `{line}`. What it supports is not known by that."
        ),
        Stage::Ehlo | Stage::EhloAfter => format!(
            "The server on port {port} {refused} at EHLO: `{line}`. What it supports is not known by that."
        ),
        Stage::Starttls => {
            format!("Port {port} offers STARTTLS, and refuses it when it is asked for: `{line}`.")
        }
        Stage::Auth => format!("The sign-in on port {port} is refused: `{line}`."),
        stage => format!(
            "The server on port {port} {refused} at {}: `{line}`.",
            stage.id()
        ),
    };
    let sentence = match first {
        Some(first) if !is_wrong_code => format!("{sentence} {}", first.cause.means),
        _ => sentence,
    };
    let mut finding = site.found(
        step.stage,
        at,
        Said {
            rule: rule(step.stage),
            cause: match step.stage {
                // A mail server begins with 220 (RFC 5321, section 4.3.2).
                Stage::Greeting if is_wrong_code => "client.misconfigured",
                Stage::Starttls if is_wrong_code => "tls.starttls-unavailable",
                Stage::Ehlo | Stage::EhloAfter if is_wrong_code => "client.unsupported-command",
                _ => first.map_or("", |it| it.cause.id),
            },
            weight: match site.weight() {
                // Whoever asked for a sign-in or a message wants to know, whatever else serves.
                _ if step.stage >= Stage::Auth => Weight::Problem,
                // It is the address that is not wanted: it is elsewhere too, whatever serves here.
                Weight::Note if is_of_the_sender(first) => Weight::Caution,
                weight => weight,
            },
            confidence: first.map_or(50, |it| it.confidence),
            sentence,
        },
    );
    if finding.cause.is_none() && said.code < 500 {
        finding.remedies.clear();
    }
    found.push(finding);
}

/// Whether it is said of the address that we come from.
fn is_of_the_sender(first: Option<&portolan_smtp::Finding>) -> bool {
    first.is_some_and(|it| {
        matches!(
            it.cause.id,
            "policy.ip-blocklisted" | "policy.ptr-missing" | "policy.reputation"
        )
    })
}

const fn rule(stage: Stage) -> &'static str {
    match stage {
        Stage::Greeting => "turned-away",
        Stage::Ehlo | Stage::EhloAfter => "ehlo-refused",
        Stage::Starttls => "starttls-refused",
        Stage::Auth => "sign-in-refused",
        _ => "mail-refused",
    }
}

/// *Detects* a server that passes mail to another domain on without a sign-in. (RFC 5321, section 7.8; RFC 2505.)
pub(super) fn relay(site: &Site<'_, '_>, found: &mut Vec<Finding>) {
    let Some((index, visit)) = site.session.for_purpose(Purpose::RelayTest) else {
        return;
    };
    let mut steps = visit.steps.iter().enumerate();
    let Some((at, step)) = steps.find(|(_, it)| it.stage == Stage::Rcpt) else {
        return;
    };
    let Some(said) = reply(step) else { return };
    let (port, line) = (site.port(), said.lines.last().map_or("", String::as_str));
    let (rule, weight, sentence) = if said.code < 300 {
        (
            "open-relay",
            Weight::Problem,
            format!(
                "The server on port {port} takes a recipient of another domain without a sign-in: it may pass on anybody's mail, unless it refuses later or knows this address."
            ),
        )
    } else {
        (
            "relay-closed",
            Weight::Note,
            format!(
                "The server on port {port} passes no mail to another domain on without a sign-in, as it should: `{line}`."
            ),
        )
    };
    let said = Said {
        rule,
        cause: "",
        weight,
        confidence: 70,
        sentence,
    };
    let mut finding = site.found(Stage::Rcpt, 0, said);
    finding.rests_on = vec![Place {
        visit: index,
        step: at,
    }];
    found.push(finding);
}
