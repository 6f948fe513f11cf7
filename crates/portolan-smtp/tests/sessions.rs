//! What is read of a session, in the surroundings that programs give it.
#![expect(clippy::unwrap_used, reason = "a test may stop")]

use portolan_smtp::{Event, EventKind, Verb, analyze};
use proptest::prelude::*;
use serde::Deserialize;

#[derive(Deserialize)]
struct Sessions {
    session: Vec<Session>,
}

#[derive(Deserialize)]
struct Session {
    from: String,
    text: String,
    events: String,
}

fn sessions() -> Vec<Session> {
    let all: Sessions = toml::from_str(include_str!("sessions.toml")).unwrap();
    all.session
}

fn told(events: &[Event]) -> String {
    let mut session = 0;
    let mut told = Vec::new();
    for event in events {
        let begins = if event.session == session { "" } else { "|" };
        session = event.session;
        let mark = match (event.is_recovered, event.is_consequence) {
            (true, _) => "-",
            (false, true) => "~",
            (false, false) => "",
        };
        let what = match event.kind {
            EventKind::Command(verb) => match verb {
                Verb::Auth => "auth",
                Verb::Bdat => "bdat",
                Verb::Data => "data",
                Verb::Hello => "hello",
                Verb::Mail => "mail",
                Verb::Quit => "quit",
                Verb::Rcpt => "rcpt",
                Verb::Rset => "rset",
                Verb::Starttls => "starttls",
            }
            .to_owned(),
            EventKind::Reply { code, .. } => {
                code.map_or_else(|| "enhanced".to_owned(), |it| it.to_string())
            }
        };
        let stage = event.stage.map_or("?", portolan_smtp::Stage::id);
        told.push(format!("{begins}{mark}{what} {stage}"));
    }
    told.join(", ")
}

#[test]
fn sessions_are_read_whatever_surrounds_them() {
    for session in sessions() {
        let analysis = analyze(session.text.as_bytes());
        assert_eq!(told(&analysis.events), session.events, "{}", session.from);
    }
}

/// Line ends and marks of quoting change no event.
#[test]
fn line_ends_and_quotes_change_nothing() {
    for session in sessions() {
        let prefixed = |prefix: &str| {
            let lines: Vec<_> = session
                .text
                .lines()
                .map(|line| format!("{prefix}{line}"))
                .collect();
            lines.join("\n")
        };
        for around in [
            session.text.replace('\n', "\r\n"),
            session.text.replace('\n', "\n\n"),
            prefixed("> "),
            prefixed("app_1  | "),
        ] {
            let analysis = analyze(around.as_bytes());
            assert_eq!(told(&analysis.events), session.events, "{around}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// A session that is cut anywhere is read up to there; events lie in the text, in order, and do not overlap.
    #[test]
    fn events_lie_in_order(at in any::<prop::sample::Index>(), from in any::<prop::sample::Index>(), to in any::<prop::sample::Index>()) {
        let sessions = sessions();
        let text = sessions[at.index(sessions.len())].text.as_bytes();
        let (a, b) = (from.index(text.len()), to.index(text.len()));
        let text = &text[a.min(b)..a.max(b)];
        let mut end = 0;
        for event in analyze(text).events {
            prop_assert!(event.span.start >= end && event.span.end > event.span.start);
            end = event.span.end;
            prop_assert!(end <= text.len() as u64);
        }
    }
}
