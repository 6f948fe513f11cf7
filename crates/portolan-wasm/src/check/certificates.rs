//! The certificates that were seen, each once, with where.

use portolan_report::probe::{Certificate, KeyKind, Outcome, ProbeReport, Purpose, TlsSession};
use portolan_report::sheet::Element;

use super::words;
use crate::sheet::{Writes, el, of};

/// So many are shown, and so many names of each.
const MOST: usize = 8;
const NAMES: usize = 12;

/// A certificate with the sessions that showed it.
struct Shown<'r> {
    own: &'r Certificate,
    session: &'r TlsSession,
    at: Vec<String>,
}

/// The certificates of the sessions; `None` where there are none.
pub(super) fn certificates(report: &ProbeReport) -> Option<Element> {
    let mut all: Vec<Shown<'_>> = Vec::new();
    let sessions = report
        .visits
        .iter()
        .filter(|it| it.purpose == Purpose::Session);
    for (visit, session) in sessions.filter_map(|visit| Some((visit, tls(visit)?))) {
        let Some(own) = session.chain.first() else {
            continue;
        };
        let port = visit.port.to_string();
        match all.iter_mut().find(|it| it.own == own) {
            Some(known) if known.at.contains(&port) => {}
            Some(known) => known.at.push(port),
            None => all.push(Shown {
                own,
                session,
                at: vec![port],
            }),
        }
    }
    if all.is_empty() {
        return None;
    }
    let rest = all.len().saturating_sub(MOST);
    let rest = (rest > 0).then(|| of("p", "check__note").text(&format!("And {rest} more.")));
    let shown = all.iter().take(MOST).map(|it| one(report, it));
    Some(
        of("section", "check__part")
            .attr("aria-labelledby", "certificates-title")
            .child(
                el("h3")
                    .attr("id", "certificates-title")
                    .text("Certificates"),
            )
            .child(of("div", "certificates").all(shown))
            .maybe(rest),
    )
}

fn tls(visit: &portolan_report::probe::Visit) -> Option<&TlsSession> {
    visit.steps.iter().find_map(|step| match &step.outcome {
        Outcome::Tls { session } => Some(session.as_ref()),
        _ => None,
    })
}

fn one(report: &ProbeReport, shown: &Shown<'_>) -> Element {
    let Shown { own, session, at } = shown;
    let left = report.started_at.days_until(own.not_after);
    let ends = match left {
        ..0 => format!("{}, {} days before the check", own.not_after, -left),
        0 => format!("{}, the day of the check", own.not_after),
        days => format!("{}, {days} days after the check", own.not_after),
    };
    let kind = match own.key.kind {
        KeyKind::Ec => "elliptic curve",
        KeyKind::Ed => "Edwards curve",
        KeyKind::Other => "another kind",
        KeyKind::Rsa => "RSA",
    };
    let bits = own
        .key
        .bits
        .map(|it| format!(", {it} bits"))
        .unwrap_or_default();
    let names: Vec<String> = own
        .names
        .iter()
        .take(NAMES)
        .map(|it| words::short(it))
        .collect();
    let more = own.names.len().saturating_sub(NAMES);
    let more = if more > 0 {
        format!(" and {more} more")
    } else {
        String::new()
    };
    let fact = |name: &str, says: &str| {
        el("div")
            .child(el("dt").text(name))
            .child(el("dd").text(says))
    };
    let faults: Vec<String> = session
        .faults
        .iter()
        .take(NAMES)
        .map(words::fault)
        .collect();
    let (mark, trust) = if faults.is_empty() {
        ("open", "Trusted where it was checked".to_owned())
    } else {
        ("shut", format!("Not trusted: {}", faults.join("; ")))
    };
    of("div", "certificate")
        .child(
            of("p", "certificate__trust")
                .attr("data-mark", mark)
                .text(&trust),
        )
        .child(
            of("dl", "finding__facts")
                .child(fact("Whose", &words::short(&own.subject)))
                .child(fact("For", &(names.join(", ") + &more)))
                .child(fact("Checked for", &words::short(&session.checked_name)))
                .child(fact("Vouched for by", &words::short(&own.issuer)))
                .child(fact("Holds until", &ends))
                .child(fact("Key", &format!("{kind}{bits}")))
                .child(fact(
                    "Seen on",
                    &format!("{} with {}", words::listed(at), session.version.name()),
                )),
        )
}
