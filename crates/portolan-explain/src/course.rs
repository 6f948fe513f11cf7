//! The session as a line of stages: what was passed, where it ended, what was never reached.

use portolan_smtp::{Analysis, Event, EventKind, Stage, Verb};

use crate::lines::line_at;

/// A stage on the drawn session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// The stage.
    pub stage: Stage,
    /// What became of it.
    pub passage: Passage,
    /// What was answered there last: `534 5.7.9`. `None`: nothing that is told.
    pub reply: Option<String>,
    /// The time that the text writes beside it, such as `10:00:03`.
    pub time: Option<String>,
}

/// What became of a stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Passage {
    /// The session ended here.
    Failed,
    /// Whoever came to the stage where it ended must have passed it; the text does not show it.
    Implied,
    /// It was passed.
    Passed,
    /// It was not reached, or there was none.
    Unreached,
}

/// The stages of the first finding's session, in order; empty where no stage is known.
pub fn course(text: &[u8], analysis: &Analysis) -> Vec<Call> {
    let Some(first) = analysis.findings.first() else {
        return Vec::new();
    };
    let is_fine = first.cause.id.starts_with("ok.");
    let end = first.stage;
    let Some(end_at) = ORDER.iter().position(|stage| *stage == drawn(end)) else {
        return Vec::new();
    };
    let session = session_of(analysis, first.evidence.start);
    let events: Vec<&Event> = analysis
        .events
        .iter()
        .filter(|event| Some(event.session) == session)
        // A goodbye says nothing of the message, but where it is what failed.
        .filter(|event| event.stage != Some(Stage::Quit) || end == Stage::Quit)
        .collect();
    let is_shown = |stage: Stage| {
        events
            .iter()
            .any(|event| event.stage.map(drawn) == Some(stage))
    };
    let calls = ORDER.iter().enumerate().map(|(at, stage)| {
        let answers = events
            .iter()
            .filter(|event| event.stage.map(drawn) == Some(*stage))
            .filter(|event| matches!(event.kind, EventKind::Reply { .. }));
        let reply = if at == end_at && !is_fine {
            coded(first.codes)
        } else {
            answers
                .clone()
                .next_back()
                .and_then(|event| coded(event.kind.codes()))
        };
        let passage = match at.cmp(&end_at) {
            std::cmp::Ordering::Equal if !is_fine => Passage::Failed,
            std::cmp::Ordering::Equal => Passage::Passed,
            std::cmp::Ordering::Greater if is_shown(*stage) => Passage::Passed,
            std::cmp::Ordering::Greater => Passage::Unreached,
            std::cmp::Ordering::Less if is_shown(*stage) || is_later(*stage, &events) => {
                Passage::Passed
            }
            // Before TLS from the first byte nothing is said, and nobody knows here whether it is that.
            std::cmp::Ordering::Less if end == Stage::Tls && *stage != Stage::Connect => {
                Passage::Unreached
            }
            // Encryption and a sign-in may be missing; the rest has to be there.
            std::cmp::Ordering::Less if is_optional(*stage) => Passage::Unreached,
            std::cmp::Ordering::Less => Passage::Implied,
        };
        let of_stage = events
            .iter()
            .find(|event| event.stage.map(drawn) == Some(*stage));
        Call {
            stage: *stage,
            passage,
            reply: reply.filter(|_| passage != Passage::Unreached),
            time: of_stage
                .filter(|_| passage != Passage::Unreached)
                .and_then(|event| time(line_at(text, event.span.start).1)),
        }
    });
    calls
        // A name that does not resolve, and waiting in a queue, are drawn only where they are what failed.
        .filter(|call| call.stage != Stage::Resolve || call.passage == Passage::Failed)
        .collect()
}

/// The stages as drawn.
const ORDER: [Stage; 11] = [
    Stage::Resolve,
    Stage::Connect,
    Stage::Greeting,
    Stage::Ehlo,
    Stage::Starttls,
    Stage::Tls,
    Stage::Auth,
    Stage::Mail,
    Stage::Rcpt,
    Stage::Data,
    Stage::EndOfData,
];

/// A goodbye that fails comes after the message.
const fn drawn(stage: Stage) -> Stage {
    match stage {
        Stage::Quit => Stage::EndOfData,
        other => other,
    }
}

const fn is_optional(stage: Stage) -> bool {
    matches!(stage, Stage::Starttls | Stage::Tls | Stage::Auth)
}

/// Whether something that was said proves a stage that says nothing of its own: an answer, the connection; words after
/// `STARTTLS`, the encryption.
fn is_later(stage: Stage, events: &[&Event]) -> bool {
    match stage {
        Stage::Connect => !events.is_empty(),
        Stage::Tls => events
            .iter()
            .position(|event| matches!(event.kind, EventKind::Command(Verb::Starttls)))
            .is_some_and(|at| {
                let after = events.iter().skip(at + 1);
                after
                    .filter(|event| matches!(event.kind, EventKind::Command(_)))
                    .any(|event| !matches!(event.kind, EventKind::Command(Verb::Quit)))
            }),
        _ => false,
    }
}

/// The session that a place of the text belongs to: that of the nearest thing said before it, else the first.
fn session_of(analysis: &Analysis, place: u64) -> Option<usize> {
    let before = analysis
        .events
        .iter()
        .rev()
        .find(|event| event.span.start <= place);
    before
        .or(analysis.events.first())
        .map(|event| event.session)
}

fn coded((reply, enhanced): (Option<u16>, Option<portolan_smtp::Enhanced>)) -> Option<String> {
    let enhanced = enhanced.map(|it| format!("{}.{}.{}", it.class, it.subject, it.detail));
    let parts: Vec<String> = reply
        .map(|code| code.to_string())
        .into_iter()
        .chain(enhanced)
        .collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// `10:00:03` or `10:00:03.250` in the beginning of a line.
fn time(line: &[u8]) -> Option<String> {
    let line = line.get(..LOOKED_AT.min(line.len())).unwrap_or_default();
    let digit = |at: usize| line.get(at).is_some_and(u8::is_ascii_digit);
    let colon = |at: usize| line.get(at) == Some(&b':');
    let at = (0..line.len()).find(|at| {
        let before = at.checked_sub(1).and_then(|before| line.get(before));
        !before.is_some_and(|it| it.is_ascii_alphanumeric() && *it != b'T' || *it == b':')
            && digit(*at)
            && digit(at + 1)
            && colon(at + 2)
            && digit(at + 3)
            && digit(at + 4)
            && colon(at + 5)
            && digit(at + 6)
            && digit(at + 7)
            && !digit(at + 8)
    })?;
    let mut end = at + 8;
    if matches!(line.get(end), Some(b'.' | b',')) && digit(end + 1) {
        end += 1;
        while digit(end) && end < at + 12 {
            end += 1;
        }
    }
    line.get(at..end)
        .map(|it| String::from_utf8_lossy(it).into_owned())
}

/// Times stand at a line's beginning.
const LOOKED_AT: usize = 64;

#[cfg(test)]
mod tests {
    use super::*;
    use portolan_smtp::analyze;

    fn drawn_of(text: &str) -> Vec<(&'static str, Passage, Option<String>)> {
        let analysis = analyze(text.as_bytes());
        course(text.as_bytes(), &analysis)
            .into_iter()
            .map(|call| (call.stage.id(), call.passage, call.reply))
            .collect()
    }

    const SESSION: &str = "220 mx.example ESMTP\nEHLO a.example\n250-mx.example\n250 STARTTLS\nSTARTTLS\n220 2.0.0 Ready\nEHLO a.example\n250 AUTH PLAIN\nAUTH PLAIN AGEAYg==\n535 5.7.8 Authentication failed\nQUIT\n221 bye\n";

    #[test]
    fn a_session_shows_what_it_passed_and_where_it_ended() {
        let calls = drawn_of(SESSION);
        let passage = |id: &str| calls.iter().find(|it| it.0 == id).unwrap().1;
        for passed in ["connect", "greeting", "ehlo", "starttls", "tls"] {
            assert_eq!(passage(passed), Passage::Passed, "{passed}");
        }
        assert_eq!(passage("auth"), Passage::Failed);
        assert_eq!(passage("rcpt"), Passage::Unreached);
        // Behind QUIT no message was taken.
        assert_eq!(passage("end-of-data"), Passage::Unreached);
        assert_eq!(
            calls.iter().find(|it| it.0 == "auth").unwrap().2.as_deref(),
            Some("535 5.7.8")
        );
        assert!(calls.iter().all(|it| it.0 != "resolve"));
    }

    #[test]
    fn a_lone_reply_implies_what_comes_before_and_claims_no_encryption() {
        let calls = drawn_of("550 5.1.1 <a@b.example>: User unknown");
        let passage = |id: &str| calls.iter().find(|it| it.0 == id).unwrap().1;
        assert_eq!(passage("greeting"), Passage::Implied);
        assert_eq!(passage("tls"), Passage::Unreached);
        assert_eq!(passage("rcpt"), Passage::Failed);
    }

    #[test]
    fn what_came_after_a_refusal_is_shown_as_it_went() {
        let calls = drawn_of(
            "220 a\nEHLO x\n250 a\nAUTH PLAIN AGEAYg==\n535 5.7.8 Authentication failed: bad password\nMAIL FROM:<a@a.example>\n250 ok\nRCPT TO:<b@b.example>\n454 4.7.1 Relay access denied\n",
        );
        let passage = |id: &str| calls.iter().find(|it| it.0 == id).unwrap().1;
        assert_eq!(passage("mail"), Passage::Passed);
        assert_eq!(passage("data"), Passage::Unreached);
        let calls = drawn_of("error:0A00010B:SSL routines::wrong version number");
        let passage = |id: &str| calls.iter().find(|it| it.0 == id).unwrap().1;
        assert_eq!(
            (passage("connect"), passage("ehlo"), passage("tls")),
            (Passage::Implied, Passage::Unreached, Passage::Failed)
        );
    }

    #[test]
    fn nothing_is_drawn_where_no_stage_is_known() {
        assert!(drawn_of("hello").is_empty());
    }

    #[test]
    fn times_are_those_of_the_line_and_no_part_of_an_address() {
        assert_eq!(
            time(b"2026-01-01T10:00:03.2501Z 220 mx").as_deref(),
            Some("10:00:03.250")
        );
        assert_eq!(time(b"[10:00:03] >> EHLO").as_deref(), Some("10:00:03"));
        assert_eq!(time(b"fe80:12:34:56:78 said 220"), None);
        assert_eq!(time(b"220 mx"), None);
    }
}
