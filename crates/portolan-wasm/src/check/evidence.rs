//! What a step of a report shows, as lines: what was sent, what came, or how it ended.

use portolan_check::Place;
use portolan_report::probe::{
    Break, ConnectFault, Outcome, ProbeReport, Reply, Stage, Step, TlsFault,
};

use super::words;

/// What became of a step, for the map: whether it was passed, and its word.
pub(super) struct Came {
    pub(super) passage: Passage,
    /// `220`, `refused`, `TLS 1.3`.
    pub(super) word: String,
}

/// How a stage was left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Passage {
    /// Passed.
    Passed,
    /// Passed, with something wrong.
    Flawed,
    /// It ended here.
    Failed,
    /// Nobody came that far.
    Unreached,
    /// It has no place in this session.
    Absent,
}

impl Passage {
    pub(super) const fn id(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Flawed => "flawed",
            Self::Failed => "failed",
            Self::Unreached => "unreached",
            Self::Absent => "absent",
        }
    }

    /// A shape of its own for each, so that colour says nothing alone.
    pub(super) const fn sign(self) -> &'static str {
        match self {
            Self::Passed => "✓",
            Self::Flawed => "!",
            Self::Failed => "×",
            Self::Unreached => "○",
            Self::Absent => "–",
        }
    }

    /// For whoever does not see the shape.
    pub(super) const fn says(self) -> &'static str {
        match self {
            Self::Passed => "passed, ",
            Self::Flawed => "passed, with something wrong, ",
            Self::Failed => "failed, ",
            Self::Unreached | Self::Absent => "",
        }
    }
}

/// What became of a step.
pub(super) fn came(step: &Step) -> Came {
    let (passage, word) = match &step.outcome {
        Outcome::Connected => (Passage::Passed, String::new()),
        Outcome::Offers { reply, .. } => (Passage::Passed, reply.code.to_string()),
        Outcome::Reply { reply } => (replied(step.stage, reply), reply.code.to_string()),
        Outcome::Tls { session } => (
            if session.faults.is_empty() {
                Passage::Passed
            } else {
                Passage::Flawed
            },
            session.version.name().to_owned(),
        ),
        Outcome::NotConnected { fault } => (Passage::Failed, not_connected(fault).to_owned()),
        Outcome::TlsFailed { fault } => (Passage::Failed, no_tls(fault)),
        Outcome::Broken { how, .. } => (Passage::Failed, broken(*how).to_owned()),
    };
    Came { passage, word }
}

/// 220 alone begins a session and TLS (RFC 5321, section 4.3.2; RFC 3207, section 4).
const fn replied(stage: Stage, reply: &Reply) -> Passage {
    let passes = match stage {
        Stage::Greeting | Stage::Starttls => reply.code == 220,
        Stage::Ehlo | Stage::EhloAfter => false,
        _ => reply.code < 400,
    };
    if passes {
        Passage::Passed
    } else {
        Passage::Failed
    }
}

const fn not_connected(fault: &ConnectFault) -> &'static str {
    match fault {
        ConnectFault::Forbidden | ConnectFault::NotPermitted => "forbidden",
        ConnectFault::HostUnreachable => "unreachable",
        ConnectFault::NetworkUnreachable => "no route",
        ConnectFault::Other { .. } => "failed",
        ConnectFault::Refused => "refused",
        ConnectFault::Reset => "reset",
        ConnectFault::TimedOut => "no answer",
    }
}

fn no_tls(fault: &TlsFault) -> String {
    match fault {
        TlsFault::Alert { name } => format!("alert {}", words::short(name)),
        TlsFault::OldVersion { version } => format!("only {}", version.name()),
        TlsFault::Text { .. } => "plain text".to_owned(),
        TlsFault::Unusable { .. } => "unusable".to_owned(),
    }
}

const fn broken(how: Break) -> &'static str {
    match how {
        Break::Closed => "closed",
        Break::Deadline => "time was over",
        Break::NoReply => "no SMTP",
        Break::Reset => "reset",
        Break::TimedOut => "no answer",
        Break::TooMuch => "too much",
    }
}

/// So many lines of a reply are shown.
const LINES: usize = 12;

/// The lines that a place of the report shows, each with who speaks: `C`, `S`, or nobody.
pub(super) fn lines(report: &ProbeReport, at: Place) -> Vec<(&'static str, String)> {
    let visit = report.visits.get(at.visit);
    let Some((visit, step)) = visit.and_then(|it| Some((it, it.steps.get(at.step)?))) else {
        return Vec::new();
    };
    let mut all = Vec::new();
    if let Some(sent) = &step.sent {
        all.push(("C", words::short(sent)));
    }
    let mut said = |lines: &[String]| {
        all.extend(lines.iter().take(LINES).map(|it| ("S", words::short(it))));
        if lines.len() > LINES {
            all.push(("", format!("and {} lines more", lines.len() - LINES)));
        }
    };
    match &step.outcome {
        Outcome::Offers { reply, .. } | Outcome::Reply { reply } => said(&reply.lines),
        Outcome::Broken { how, lines, .. } => {
            said(lines);
            all.push(("", broken(*how).to_owned() + &words::after(step.took_ms)));
        }
        Outcome::NotConnected { fault } => {
            let (address, port) = (words::address(visit.address), visit.port);
            let (words, after) = (not_connected(fault), words::after(step.took_ms));
            all.push(("", format!("{address}, port {port}: {words}{after}")));
            if let ConnectFault::Other { text, .. } = fault {
                all.push(("", words::short(text)));
            }
        }
        Outcome::TlsFailed { fault } => {
            let words = match fault {
                TlsFault::Text { text } => format!("plain text came: {}", words::short(text)),
                TlsFault::Unusable { text } => words::short(text),
                other => no_tls(other),
            };
            all.push(("", format!("TLS: {words}")));
        }
        Outcome::Tls { session } => {
            let (version, suite) = (session.version.name(), words::short(&session.suite));
            all.push((
                "",
                format!(
                    "{version}, {suite}, for {}",
                    words::short(&session.checked_name)
                ),
            ));
            all.extend(
                session
                    .faults
                    .iter()
                    .take(LINES)
                    .map(|it| ("", words::fault(it))),
            );
        }
        Outcome::Connected => all.push(("", "connected".to_owned() + &words::after(step.took_ms))),
    }
    all
}
