//! What came of each port of each address, in a few words.

use std::net::IpAddr;

use portolan_report::probe::{Break, ConnectFault, Opening, Outcome, Stage, Step, TlsFault};

use crate::assessment::Finding;
use crate::flaw;
use crate::look::{Door, Look, Session};

/// What came of a port of an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PortLine {
    /// The host.
    pub host: String,
    /// The address.
    pub address: IpAddr,
    /// The port.
    pub port: u16,
    /// The visit of its session, from 0.
    pub visit: usize,
    /// What came of it.
    pub state: PortState,
    /// What is wrong with it where it answers, as it follows "answers": `with a certificate for another name`.
    pub flaw: Option<&'static str>,
    /// The same in a few words: `works: STARTTLS, then AUTH PLAIN LOGIN`.
    pub words: String,
}

/// What came of a port.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PortState {
    /// The connection was ended, or what came was no session of mail.
    Broken,
    /// The connection was made, and nothing more was asked.
    Connects,
    /// No answer of any kind.
    Dropped,
    /// A session came about, and something is wrong with it.
    Flawed(Security),
    /// The server greeted, and nothing more was asked.
    Greets,
    /// There is no way to the address.
    NoRoute,
    /// The host answered that nothing listens there.
    Refused,
    /// A firewall answered in the host's place.
    Rejected,
    /// The connection was made, and nothing came.
    Silent,
    /// The server will not speak with us: what it supports is not known.
    TurnedAway,
    /// The time was over before it was known.
    Undecided,
    /// Mail can be sent.
    Works(Security),
}

/// How a session was secured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Security {
    /// Not.
    Cleartext,
    /// TLS with the first byte.
    ImplicitTls,
    /// TLS by STARTTLS.
    StartTls,
}

impl PortState {
    /// The id in published forms.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Broken => "broken",
            Self::Connects => "connects",
            Self::Dropped => "dropped",
            Self::Flawed(_) => "flawed",
            Self::Greets => "greets",
            Self::NoRoute => "no-route",
            Self::Refused => "refused",
            Self::Rejected => "rejected",
            Self::Silent => "silent",
            Self::TurnedAway => "turned-away",
            Self::Undecided => "undecided",
            Self::Works(_) => "works",
        }
    }
}

/// One for each session, in the report's order.
pub(crate) fn lines(look: &Look<'_>, findings: &[Finding]) -> Vec<PortLine> {
    let mut lines: Vec<PortLine> = Vec::new();
    for door in &look.doors {
        for session in &door.sessions {
            let flaw = flaw::of_visit(findings, session.index);
            let state = state(look, session, flaw::is_wrong(findings, session.index));
            // Of a server that will not speak with us, what else is odd says nothing.
            let flaw = flaw.filter(|it| match state {
                PortState::Flawed(_) => true,
                PortState::TurnedAway => it.starts_with("and turn"),
                _ => false,
            });
            lines.push(PortLine {
                host: door.host.to_owned(),
                address: session.visit.address,
                port: door.port,
                visit: session.index,
                state,
                flaw,
                words: words(look, door, session, state, flaw),
            });
        }
    }
    portolan_report::ordered::by_key(&mut lines, |it| it.visit);
    lines
}

fn state(look: &Look<'_>, session: &Session<'_>, is_wrong: bool) -> PortState {
    let Some((_, failed)) = session.failure() else {
        let security = security(session);
        return match (session.before().or_else(|| session.after()), is_wrong) {
            (None, _) if look.report.cut_short => PortState::Undecided,
            (None, _) if session.step(Stage::Greeting).is_some() => PortState::Greets,
            (None, _) if only_connected(session) => PortState::Connects,
            (None, _) => PortState::Undecided,
            (Some(_), true) => PortState::Flawed(security),
            (Some(_), false) => PortState::Works(security),
        };
    };
    match (&failed.outcome, failed.stage) {
        (Outcome::NotConnected { fault }, _) => match fault {
            ConnectFault::Forbidden | ConnectFault::NotPermitted => PortState::Rejected,
            ConnectFault::HostUnreachable if is_rejection(look, session, failed.took_ms) => {
                PortState::Rejected
            }
            ConnectFault::HostUnreachable | ConnectFault::NetworkUnreachable => PortState::NoRoute,
            ConnectFault::Refused => PortState::Refused,
            ConnectFault::TimedOut => PortState::Dropped,
            ConnectFault::Other { .. } | ConnectFault::Reset => PortState::Broken,
        },
        (Outcome::Broken { how, .. }, _) if *how == Break::Deadline => PortState::Undecided,
        (Outcome::Broken { how, bytes, .. }, Stage::Greeting | Stage::Tls)
            if *how == Break::TimedOut && *bytes == 0 =>
        {
            PortState::Silent
        }
        (Outcome::Reply { .. }, Stage::Greeting | Stage::Ehlo) => PortState::TurnedAway,
        (Outcome::Reply { .. }, _) => PortState::Flawed(security(session)),
        _ => PortState::Broken,
    }
}

/// Whether the session was to connect and no more.
fn only_connected(session: &Session<'_>) -> bool {
    let outcome = |step: &Step| matches!(step.outcome, Outcome::Connected);
    matches!(session.visit.steps.as_slice(), [only] if outcome(only))
}

/// A host that is merely not there is missed after some seconds (RFC 4861, section 7.2.2: three tries, a second apart), while
/// a firewall answers at once; and a host that answers on another port is there.
pub(crate) fn is_rejection(look: &Look<'_>, session: &Session<'_>, took_ms: u64) -> bool {
    took_ms < REJECTED_WITHIN_MS && look.answers_elsewhere(session.visit)
}

const REJECTED_WITHIN_MS: u64 = 2_000;

fn security(session: &Session<'_>) -> Security {
    match (session.tls(), session.visit.opening) {
        (None, _) => Security::Cleartext,
        (Some(_), Opening::Text) => Security::StartTls,
        (Some(_), Opening::Tls) => Security::ImplicitTls,
    }
}

fn words(
    look: &Look<'_>,
    door: &Door<'_>,
    session: &Session<'_>,
    state: PortState,
    flaw: Option<&str>,
) -> String {
    match state {
        PortState::Works(security) => {
            let what = how(door, session, security);
            if door.is_relay {
                format!("takes mail for its own domains: {what}")
            } else {
                format!("works: {what}")
            }
        }
        PortState::Flawed(security) => {
            let what = how(door, session, security);
            let flaw = flaw.unwrap_or("with something wrong");
            format!("answers {flaw}: {what}")
        }
        PortState::Refused => "refused: nothing listens there".into(),
        PortState::Dropped if look.answers_elsewhere(session.visit) => {
            "dropped by a firewall".into()
        }
        PortState::Dropped => "no answer: dropped on the way, or the host is down".into(),
        PortState::Rejected => "rejected by a firewall".into(),
        PortState::NoRoute => "no route".into(),
        PortState::Silent => "connects, and says nothing".into(),
        PortState::TurnedAway => format!("answers {}", flaw.unwrap_or("and turned us away")),
        PortState::Connects => "connects; nothing more was asked".into(),
        PortState::Greets => "greets; nothing more was asked".into(),
        PortState::Undecided if is_out_of_time(look, session) => {
            "not known: the time was over".into()
        }
        PortState::Undecided => "not known: the report says no more of it".into(),
        PortState::Broken => broken(session),
    }
}

/// Whether the deadline ended it, and not whoever wrote the report.
fn is_out_of_time(look: &Look<'_>, session: &Session<'_>) -> bool {
    let is_late = |outcome: &Outcome| {
        matches!(
            outcome,
            Outcome::Broken {
                how: Break::Deadline,
                ..
            }
        )
    };
    look.report.cut_short || session.visit.steps.iter().any(|it| is_late(&it.outcome))
}

fn how(door: &Door<'_>, session: &Session<'_>, security: Security) -> String {
    let tls = match security {
        Security::Cleartext => "no TLS",
        Security::ImplicitTls => "TLS from the first byte",
        Security::StartTls => "STARTTLS",
    };
    let offers = session.after().or_else(|| session.before());
    let auth = offers.map(|(_, it)| it.auth.join(" ")).unwrap_or_default();
    match (auth.is_empty(), door.is_relay) {
        (true, true) => tls.to_owned(),
        (true, false) => format!("{tls}, no AUTH"),
        (false, _) => format!("{tls}, then AUTH {auth}"),
    }
}

fn broken(session: &Session<'_>) -> String {
    let Some((_, failed)) = session.failure() else {
        return "broken off".into();
    };
    match (&failed.outcome, failed.stage) {
        (Outcome::NotConnected { fault }, _) => match fault {
            ConnectFault::Reset => "reset while connecting".into(),
            _ => "no connection".into(),
        },
        (Outcome::TlsFailed { fault }, Stage::Tls) => match fault {
            TlsFault::Text { .. } => "plain text where TLS belongs".into(),
            _ => "TLS fails".into(),
        },
        (Outcome::Broken { how, .. }, stage) => {
            let end = match how {
                Break::Closed => "closed",
                Break::Reset => "reset",
                Break::TimedOut => "no answer",
                Break::NoReply => "no reply of SMTP",
                Break::TooMuch => "more than is read",
                Break::Deadline => "not finished",
            };
            format!("{end} at {}", stage.id())
        }
        (_, stage) => format!("fails at {}", stage.id()),
    }
}
