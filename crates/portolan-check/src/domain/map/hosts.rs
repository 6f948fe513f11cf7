//! Where mail comes in, and how the way there is secured.

use portolan_dns::lookup::{Answer, Kind, Lookup};
use portolan_dns::mta_sts::Mode;
use portolan_dns::name::Name;
use portolan_dns::survey::{Exchanger, Posture};
use portolan_dns::tlsa::Matched;
use portolan_report::domain::{PolicyFetch, PolicyOutcome};

use super::super::feed::Seen;
use super::super::{Line, Mark};
use super::{nothing, text_at};

/// Exchangers that are shown.
const MAX_SHOWN: usize = 20;

pub(super) fn exchangers(seen: &Seen<'_>, posture: &Posture) -> Vec<Line> {
    let at = Lookup::new(seen.domain.clone(), Kind::Mx);
    if posture.null_mx {
        return vec![Line::plain(
            "no mail is accepted: the MX is the root (a null MX)",
        )];
    }
    if posture.exchangers.is_empty() {
        let mut lines = vec![nothing(seen, &at)];
        let addresses = [Kind::A, Kind::Aaaa].into_iter().flat_map(|kind| {
            let answer = seen.answers.get(&Lookup::new(seen.domain.clone(), kind));
            answer.into_iter().flat_map(Answer::addresses)
        });
        let addresses: Vec<String> = addresses.map(|it| it.to_string()).collect();
        if !addresses.is_empty() {
            lines.push(Line::plain(format!(
                "so the domain itself is its exchanger (implicit MX): {}",
                addresses.join(", ")
            )));
        }
        return lines;
    }
    let all = &posture.exchangers;
    let mut lines: Vec<Line> = all
        .iter()
        .take(MAX_SHOWN)
        .map(|it| exchanger(seen, it))
        .collect();
    if all.len() > MAX_SHOWN {
        lines.push(Line::plain(format!("and {} more", all.len() - MAX_SHOWN)));
    }
    lines
}

fn exchanger(seen: &Seen<'_>, it: &Exchanger) -> Line {
    let is_ranked = !seen.aside.unranked.contains(&it.host);
    let head = if is_ranked {
        format!("{:>5} {}", it.preference, it.host)
    } else {
        format!("    ? {} (its priority was not read)", it.host)
    };
    if !it.addresses.is_empty() {
        let addresses: Vec<String> = it.addresses.iter().map(ToString::to_string).collect();
        return Line::plain(format!("{head}  {}", addresses.join(", ")));
    }
    let is_known = Name::new(&it.host).is_ok_and(|name| {
        [Kind::A, Kind::Aaaa].into_iter().all(|kind| {
            let answer = seen.answers.get(&Lookup::new(name.clone(), kind));
            answer.is_some_and(|it| !it.is_error())
        })
    });
    if is_known {
        Line::new(Mark::Bad, format!("{head}  has no address"))
    } else {
        Line::new(Mark::Unknown, format!("{head}  addresses not known"))
    }
}

pub(super) fn tlsa(seen: &Seen<'_>, posture: &Posture) -> Vec<Line> {
    let mut lines = Vec::new();
    for exchanger in &posture.exchangers {
        for (record, matched) in &exchanger.tlsa {
            let head = format!("{}: {record}", exchanger.host);
            let (mark, words) = match matched {
                Some(Matched::Yes) => (Mark::Good, "matches what the host shows on 25".to_owned()),
                Some(Matched::No) => (
                    Mark::Bad,
                    "does not match what the host shows on 25".to_owned(),
                ),
                Some(Matched::Unusable) => (Mark::Bad, "is of no use for mail".to_owned()),
                None => (Mark::Unknown, unseen(seen, &exchanger.host)),
            };
            lines.push(Line::new(mark, format!("{head}  {words}")));
        }
    }
    if lines.is_empty() && !posture.exchangers.is_empty() {
        lines.push(Line::plain(
            "no host has records for port 25, or none is known",
        ));
    }
    lines
}

/// Why a certificate was not looked at.
fn unseen(seen: &Seen<'_>, host: &str) -> String {
    if !seen.report.asked.smtp {
        return "not held against a certificate: nobody was to be visited".to_owned();
    }
    let visits = &seen.report.certificates;
    let found = visits.iter().find(|it| it.host.eq_ignore_ascii_case(host));
    match found.and_then(|it| it.failed.as_ref()) {
        Some(why) => format!("not held against a certificate: {why}"),
        None => "not held against a certificate".to_owned(),
    }
}

pub(super) fn sts(seen: &Seen<'_>, posture: &Posture) -> Vec<Line> {
    let mut lines = text_at(seen, "_mta-sts", b"v=sts");
    if let Some(fetch) = &seen.report.policy {
        lines.push(fetched(fetch));
    } else if !seen.report.asked.https {
        let why = if seen.is_pasted() {
            "policy file: not in what was pasted"
        } else {
            "policy file: not fetched, since it was not to be"
        };
        lines.push(Line::new(Mark::Unknown, why));
    }
    if let Some(policy) = &posture.sts {
        let mode = match policy.mode {
            Some(Mode::Enforce) => "enforce",
            Some(Mode::Testing) => "testing",
            Some(Mode::None) => "none",
            None => "not told",
        };
        let age = policy.max_age.map(|it| format!(", for {it} seconds"));
        lines.push(Line::plain(format!(
            "policy: mode {mode}{}; hosts: {}",
            age.unwrap_or_default(),
            policy.patterns.join(", ")
        )));
    }
    lines
}

fn fetched(fetch: &PolicyFetch) -> Line {
    let head = format!("https://{}/.well-known/mta-sts.txt:", fetch.host);
    match &fetch.outcome {
        PolicyOutcome::File { body, .. } => Line::plain(format!("{head} {} bytes", body.0.len())),
        PolicyOutcome::NoHost => Line::new(Mark::Bad, format!("{head} the host has no address")),
        PolicyOutcome::Failed { text } => Line::new(Mark::Bad, format!("{head} {text}")),
        PolicyOutcome::TimedOut => Line::new(Mark::Unknown, format!("{head} nothing came in time")),
        PolicyOutcome::Status { status, location } => {
            let more = match location {
                Some(to) => {
                    format!(", which leads to {to} and is not followed (RFC 8461, section 3.3)")
                }
                None => String::new(),
            };
            Line::new(Mark::Bad, format!("{head} status {status}{more}"))
        }
    }
}
