//! The words for what the engine says in ids: one place for each, so that drawing, list and text agree.

use portolan_report::{
    Advice, Confidence, Knowledge, Layer, Os, PortLine, Reach, Route, RouteKind, Security, Seen,
    SignIn, SignInKind, Who,
};

/// A port or another whole number in digits.
#[inline(never)]
pub(super) fn number(number: u16) -> String {
    number.to_string()
}

/// Adds to an enumeration, with what stands between its items.
#[inline(never)]
pub(super) fn push(list: &mut String, between: &str, item: &str) {
    if !list.is_empty() {
        list.push_str(between);
    }
    list.push_str(item);
}

/// How the route is protected.
pub(super) const fn protection(route: &Route) -> &'static str {
    match (route.security, route.kind) {
        (Some(Security::StartTls), _) => "STARTTLS, required",
        (Some(Security::ImplicitTls), _) => "TLS from the first byte",
        (Some(Security::OpportunisticStartTls), RouteKind::Receive) => "STARTTLS, offered",
        (Some(Security::OpportunisticStartTls), _) => "STARTTLS when offered",
        (Some(Security::Cleartext), _) => "no TLS",
        (None, RouteKind::HttpApi) => "HTTPS",
        (None, _) => "not known",
    }
}

/// What is wanted to sign in, each with the mechanisms that take it.
pub(super) fn proof(sign_in: &SignIn) -> String {
    if sign_in.is_none() {
        return "no sign-in".to_owned();
    }
    let mut text = String::new();
    for (kind, name) in [
        (SignInKind::Password, "user name and password"),
        (SignInKind::EncryptedPassword, "password in a challenge"),
        (SignInKind::OAuth2, "OAuth 2 token"),
        (SignInKind::IntegratedWindows, "Windows domain account"),
    ] {
        let mut by = String::new();
        for mechanism in &sign_in.mechanisms {
            if SignInKind::of(mechanism) == Some(kind) {
                push(&mut by, ", ", mechanism);
            }
        }
        if !by.is_empty() {
            push(&mut text, ", or ", &[name, " (", &by, ")"].concat());
        } else if sign_in.mechanisms.is_empty() && sign_in.kinds.contains(&kind) {
            push(&mut text, ", or ", name);
        }
    }
    if text.is_empty() || sign_in.mechanisms.is_empty() {
        push(&mut text, "; ", "mechanism not documented");
    }
    text
}

pub(super) const fn confidence(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::High => "high",
        Confidence::Medium => "medium",
        Confidence::Low => "low",
    }
}

pub(super) const fn who(who: Who) -> &'static str {
    match who {
        Who::Client => "in your client",
        Who::Network => "at your network or host",
        Who::Provider => "in your account there",
        Who::Sender => "at your domain",
        Who::Server => "at the server",
    }
}

pub(super) const fn layer(layer: Layer) -> &'static str {
    match layer {
        Layer::Resolve => "The name has an address",
        Layer::Connect => "The port answers",
        Layer::Tls => "TLS comes about",
        Layer::Auth => "The sign-in is accepted",
    }
}

pub(super) const fn os(os: Os) -> &'static str {
    match os {
        Os::Linux => "Linux",
        Os::MacOs => "macOS",
        Os::Windows => "Windows",
    }
}

/// A route in a few words, for lists: `465, TLS from the first byte`.
pub(super) fn route(route: &Route) -> String {
    match (route.kind, route.port) {
        (RouteKind::HttpApi, _) => "HTTPS API".to_owned(),
        (RouteKind::None, _) => "No way out".to_owned(),
        (RouteKind::Mx, Some(port)) => number(port) + " to the MX",
        (RouteKind::HostRelay, _) => "Host’s own relay".to_owned(),
        (RouteKind::Relay, Some(port)) => number(port) + ", relay",
        (_, Some(port)) => number(port),
        (_, None) => "No port".to_owned(),
    }
}

/// How a port looks from the sender's side. It decides the stroke, and always stands beside words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    Open,
    Shut,
    Unproven,
}

impl Look {
    pub(super) const fn of(knowledge: Knowledge) -> Self {
        match knowledge {
            Knowledge::SeenOpen | Knowledge::DocumentedOpen => Self::Open,
            Knowledge::LikelyOpen
            | Knowledge::Unknown
            | Knowledge::Throttled
            | Knowledge::Conditional => Self::Unproven,
            Knowledge::BlockedUntilApproved | Knowledge::Blocked | Knowledge::SeenShut => {
                Self::Shut
            }
        }
    }

    /// The end of the class name.
    pub(super) const fn id(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Shut => "shut",
            Self::Unproven => "unproven",
        }
    }
}

/// What is known of a port, as it stands beside its number: `blocked, documented 2025-03`.
pub(super) fn port(line: &PortLine, advice: &Advice) -> String {
    let is_offered = line.offered || Look::of(line.knowledge) == Look::Shut;
    let to = &advice.chart.to;
    match (line.knowledge, line.seen, is_offered) {
        (Knowledge::SeenOpen, _, true) => "you saw it open".to_owned(),
        (Knowledge::SeenOpen, _, false) => "you saw it open; no endpoint is known there".to_owned(),
        (Knowledge::SeenShut, Some(reach), _) => ["you saw it ", seen(reach)].concat(),
        (_, _, true) => known(line),
        (_, _, false) if to.len() > 24 || to.starts_with("Your") => {
            "no endpoint is known there".to_owned()
        }
        (_, _, false) => ["no endpoint known at ", to].concat(),
    }
}

fn known(line: &PortLine) -> String {
    let mut text = match line.knowledge {
        Knowledge::SeenOpen | Knowledge::DocumentedOpen => "open",
        Knowledge::LikelyOpen => "likely open",
        Knowledge::Unknown => "open or shut is not known",
        Knowledge::Throttled => "slowed or counted",
        Knowledge::Conditional => "open on a condition",
        Knowledge::BlockedUntilApproved => "shut until approved",
        Knowledge::Blocked => "blocked",
        Knowledge::SeenShut => "seen shut",
    }
    .to_owned();
    let is_claim = !matches!(line.knowledge, Knowledge::LikelyOpen | Knowledge::Unknown);
    if let Some(reach) = line.seen {
        text.push_str(", and you saw it ");
        text.push_str(seen(reach));
    } else if let (true, Some(source)) = (is_claim, line.sources.first()) {
        text.push_str(match source.seen {
            Seen::On(_) => ", documented ",
            Seen::SecondHand(None) => ", second-hand",
            Seen::SecondHand(Some(_)) => ", second-hand ",
            Seen::Undated => ", undated",
        });
        text.push_str(source.seen.date().unwrap_or_default());
    }
    text
}

const fn seen(reach: Reach) -> &'static str {
    match reach {
        Reach::Intercepted => "intercepted",
        Reach::Open => "open",
        Reach::Refused => "refused",
        Reach::Rejected => "rejected by a firewall",
        Reach::Reset => "reset",
        Reach::TimedOut => "time out",
    }
}
