//! Which way the sheet names: the advised one, unless the same report saw it fail; a host that receives is no host to submit to.

use portolan_advice::{Answers, ProviderAnswer};
use portolan_check::{PortState, Weight};
use portolan_facts::{Facts, RecognizedBy};
use portolan_report::probe::{ProbeReport, TargetKind};
use portolan_report::{Advice, Route, RouteKind, Security as Protected};

use super::advice::{answers, is_host};
use super::{Seen, words};

/// What is said of the way.
pub(super) struct Way {
    /// In a sentence or two.
    pub(super) sentence: String,
    /// Where nothing that was seen is in its way: host and port, in large letters.
    pub(super) address: Option<(Option<String>, u16)>,
}

/// The way that is to be taken with this.
pub(super) fn way(seen: &Seen, advice: &Advice, case: &Answers, facts: &Facts) -> Way {
    let route = &advice.best.route;
    let words = |sentence: String| Way {
        sentence,
        address: None,
    };
    let (RouteKind::Submission | RouteKind::Relay, Some(port)) = (route.kind, route.port) else {
        return words(other(route).to_owned());
    };
    let host = host(seen, route);
    let named = match &host {
        Some(host) => format!("{host}:{port}{}", with(route)),
        None => format!("{port}{}", with(route)),
    };
    if receives(&seen.report, facts) {
        return words(format!(
            "{} For an account of your own at this provider the way is another, signed in: {named}.",
            delivery(seen)
        ));
    }
    if is_dangerous(seen) && state(seen, host.as_deref(), port).is_some_and(|it| !is_good(it)) {
        return words("Sign in nowhere from here before that is mended: no port of this host is safe to use. Try from another network, such as a phone’s.".to_owned());
    }
    match state(seen, host.as_deref(), port) {
        Some(PortState::Flawed(_)) => words(format!("Once that is mended: {named}.")),
        Some(it) if !is_good(it) => words(nothing(seen)),
        _ => {
            let is_own =
                answers(case, Some(&seen.report), &[], facts).provider == Some(ProviderAnswer::Own);
            let unless = if is_own && !matches!(port, 25 | 465 | 587) {
                ", if the server is yours or its owner documents it"
            } else {
                ""
            };
            Way {
                sentence: format!("Use {named}{unless}."),
                address: Some((host, port)),
            }
        }
    }
}

/// A route without a port of its own, in a sentence.
const fn other(route: &Route) -> &'static str {
    match route.kind {
        RouteKind::None => "No way out is known with this.",
        RouteKind::HttpApi => "Use the provider’s HTTPS API: no port of mail gets out.",
        RouteKind::HostRelay => "Use the host’s own relay, inside its network.",
        RouteKind::Mx => "Deliver to the recipients’ MX on 25.",
        RouteKind::Receive => "Listen on 25.",
        RouteKind::Submission | RouteKind::Relay => "No port is known.",
    }
}

/// How TLS begins, behind a comma.
pub(super) const fn with(route: &Route) -> &'static str {
    match route.security {
        Some(Protected::StartTls) => ", STARTTLS required",
        Some(Protected::ImplicitTls) => ", TLS from the first byte",
        Some(Protected::OpportunisticStartTls) => ", STARTTLS when offered",
        Some(Protected::Cleartext) => ", without TLS",
        None => "",
    }
}

/// The route's host; where nothing supplies one, the host that was checked.
fn host(seen: &Seen, route: &Route) -> Option<String> {
    if let Some(host) = &route.host {
        return Some(host.name.clone());
    }
    let checked = seen.report.asked.hosts.first()?;
    let is_one = seen.report.asked.target.kind != TargetKind::Mx && is_host(&checked.name);
    is_one.then(|| checked.name.clone())
}

/// The best that came of a port of a host; `None`: it was not looked at.
fn state(seen: &Seen, host: Option<&str>, port: u16) -> Option<PortState> {
    let host = host?;
    let lines = seen.assessment.ports.iter();
    lines
        .filter(|it| it.port == port && it.host.eq_ignore_ascii_case(host))
        .map(|it| it.state)
        .min_by_key(|it| words::rank(*it))
}

/// Whether mail can be sent, or nothing is known against it.
const fn is_good(state: PortState) -> bool {
    matches!(
        state,
        PortState::Works(_) | PortState::Greets | PortState::Connects | PortState::Undecided
    )
}

/// Whether somebody may listen or act in between.
pub(super) fn is_dangerous(seen: &Seen) -> bool {
    let mut all = seen.assessment.findings.iter();
    all.any(|it| it.weight == Weight::Danger)
}

/// What is to be done where the advised port fails here: no other was better, or the engine would have named it.
fn nothing(seen: &Seen) -> String {
    let ports = words::ports(&seen.assessment);
    let is_lost = |state: PortState| {
        matches!(
            state,
            PortState::Dropped | PortState::NoRoute | PortState::Rejected
        )
    };
    if ports.iter().all(|(_, state)| is_lost(*state)) {
        return "No port gets out from here, or the host is down: try from another network, such as a phone’s, and another host from here.".to_owned();
    }
    let takes_mail = ports
        .iter()
        .any(|(port, state)| *port == 25 && matches!(state, PortState::Works(_)));
    let first = if takes_mail {
        "25 takes mail for the host’s own domains, and no port takes yours"
    } else {
        "No port of this host is good to use from here"
    };
    format!("{first}: ask whoever runs it where it takes submission, and try from another network.")
}

/// Whether the host that was checked receives for a provider's customers: an MX host of the catalogue.
pub(super) fn receives(report: &ProbeReport, facts: &Facts) -> bool {
    let is_host = matches!(
        report.asked.target.kind,
        TargetKind::Address | TargetKind::Host
    );
    let host = report.asked.hosts.first().filter(|_| is_host);
    host.and_then(|it| facts.index().recognize(&it.name))
        .is_some_and(|it| it.by == RecognizedBy::Mx)
}

/// What came of 25, the one port on which such a host takes mail.
fn delivery(seen: &Seen) -> &'static str {
    let ports = words::ports(&seen.assessment);
    let found = ports.iter().find(|(port, _)| *port == 25);
    match found.map(|(_, state)| *state) {
        None => "This host receives for others: it takes mail on 25 alone.",
        Some(
            PortState::Works(_) | PortState::Flawed(_) | PortState::Greets | PortState::Connects,
        ) => {
            "25 answers here: this host receives for others, and takes mail from mail servers there."
        }
        Some(PortState::TurnedAway) => {
            "25 answers here and turns this address away: this host receives for others, from mail servers that it trusts."
        }
        Some(_) => {
            "25 is shut here, the one port on which this host receives for others: whoever delivers to it needs a network that lets 25 out."
        }
    }
}
