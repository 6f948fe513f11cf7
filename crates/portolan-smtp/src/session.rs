//! Follows the sessions of a text: which command a reply answers, what a session got over, what only follows.

use std::collections::{BTreeMap, VecDeque};

use crate::Stage;
use crate::event::{Event, EventKind, Verb};

/// Gives every event its session and its stage, and marks what is no root.
pub(crate) fn follow(events: &mut [Event]) {
    let mut state = State::default();
    for event in events.iter_mut() {
        state.meet(event);
    }
    let mut rest = &mut *events;
    while let Some(first) = rest.first() {
        let session = first.session;
        let length = rest.partition_point(|event| event.session == session);
        let (one, others) = rest.split_at_mut(length);
        weigh(one);
        rest = others;
    }
    told_again(events);
}

/// A refusal that is told twice, by a report and in the session, has the session's stage.
fn told_again(events: &mut [Event]) {
    let mut staged: BTreeMap<u16, (EventKind, Option<Stage>)> = BTreeMap::new();
    for event in events.iter_mut().rev().filter(|event| event.kind.refuses()) {
        let EventKind::Reply {
            code: Some(code), ..
        } = event.kind
        else {
            continue;
        };
        if event.stage.is_some() {
            staged.insert(code, (event.kind, event.stage));
        } else if let Some((_, stage)) = staged
            .get(&code)
            .filter(|(kind, _)| is_the_same(*kind, event.kind))
        {
            event.stage = *stage;
        }
    }
}

#[derive(Default)]
struct State {
    session: usize,
    /// Whether the session has any event yet.
    has_begun: bool,
    /// Commands that wait for a reply: several at once only where they may be pipelined (RFC 2920).
    waiting: VecDeque<Verb>,
    /// Where the last command left the session.
    last: Option<Stage>,
    /// The message is on its way: the next reply is about it.
    is_in_data: bool,
    shown: Shown,
    has_quit: bool,
}

/// Which replies a text shows.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Shown {
    /// None was met yet.
    #[default]
    Unknown,
    /// All, as far as is known.
    All,
    /// Refusals alone: a reply answers the last command.
    Refusals,
}

impl State {
    fn meet(&mut self, event: &mut Event) {
        event.stage = match event.kind {
            EventKind::Command(verb) => {
                self.command(verb);
                Some(verb.stage())
            }
            EventKind::Reply { code, .. } => self.reply(code),
        };
        self.has_begun = true;
        event.session = self.session;
    }

    fn begin(&mut self) {
        *self = Self {
            session: self.session + usize::from(self.has_begun),
            ..Self::default()
        };
    }

    fn command(&mut self, verb: Verb) {
        // What stands between 354 and the reply to the message is the message.
        let is_text = matches!(verb, Verb::Mail | Verb::Rcpt | Verb::Data);
        if self.is_in_data && self.shown == Shown::All && is_text {
            return;
        }
        if self.has_quit && verb != Verb::Quit {
            self.begin();
        }
        let joins = matches!(
            verb,
            Verb::Rcpt | Verb::Data | Verb::Bdat | Verb::Rset | Verb::Quit
        ) || verb == Verb::Mail && self.waiting.iter().all(|verb| *verb == Verb::Rset);
        if !joins {
            // A client waits for the answers to EHLO and AUTH: where none is seen, none is shown.
            if !self.waiting.is_empty() && self.shown == Shown::Unknown {
                self.shown = Shown::Refusals;
            }
            self.waiting.clear();
        }
        if self.shown == Shown::Refusals {
            self.waiting.clear();
        }
        self.waiting.retain(|verb| {
            matches!(
                verb,
                Verb::Mail | Verb::Rcpt | Verb::Rset | Verb::Data | Verb::Bdat
            )
        });
        if self.waiting.len() < MOST_WAITING {
            self.waiting.push_back(verb);
        }
        self.has_quit |= verb == Verb::Quit;
        self.is_in_data = false;
        self.last = Some(verb.stage());
    }

    fn reply(&mut self, code: Option<u16>) -> Option<Stage> {
        if self.shown == Shown::Unknown {
            self.shown = Shown::All;
        }
        let front = self.waiting.front().copied();
        match code {
            Some(220) if front != Some(Verb::Starttls) => {
                if self.has_begun {
                    self.begin();
                }
                return Some(Stage::Greeting);
            }
            // The server asks on: the command still waits.
            Some(334) => return Some(Stage::Auth),
            Some(354) => {
                self.waiting.clear();
                self.is_in_data = true;
                self.last = Some(Stage::EndOfData);
                return Some(Stage::Data);
            }
            None => return front.map(Verb::stage).or(self.last),
            Some(_) => {}
        }
        if self.is_in_data {
            self.is_in_data = false;
            return Some(Stage::EndOfData);
        }
        let stage = self.waiting.pop_front().map(Verb::stage);
        if stage == Some(Stage::Starttls) && code == Some(220) {
            self.last = Some(Stage::Tls);
        }
        stage.or(self.last)
    }
}

/// Pipelines are short; more is no session.
const MOST_WAITING: usize = 1000;

/// Marks in one session what was got over, and what follows from something else.
fn weigh(session: &mut [Event]) {
    greeting(session);
    replies_alone(session);
    recipients_before_data(session);
    let accepted = |event: &Event| match event.kind {
        EventKind::Reply { code, .. } => code.filter(|code| *code < 400).and(event.stage),
        EventKind::Command(_) => None,
    };
    let mut later: Vec<Stage> = Vec::new();
    let mut obeys = false;
    let mut encrypts = false;
    for event in session.iter_mut().rev() {
        obeys |= matches!(event.kind, EventKind::Command(Verb::Starttls | Verb::Auth));
        encrypts |= event.kind == EventKind::Command(Verb::Starttls);
        if let Some(stage) = accepted(event) {
            if !later.contains(&stage) {
                later.push(stage);
            }
            continue;
        }
        if event.kind.refuses() {
            // Whoever is asked to encrypt does not obey by signing in.
            let obeyed = match event.kind.codes().0 {
                Some(530) => obeys,
                Some(538) => encrypts,
                _ => false,
            };
            // A command in the wrong place, or one that is not known, before a message that was accepted.
            let is_slip = matches!(
                event.kind,
                EventKind::Reply {
                    code: Some(500..=504),
                    ..
                }
            ) && later.contains(&Stage::EndOfData);
            event.is_recovered =
                is_slip || obeyed || event.stage.is_some_and(|stage| is_got_over(stage, &later));
        }
    }
    let mut first: Option<Stage> = None;
    for event in session.iter_mut() {
        match event.kind {
            // Another message: what was refused before is over.
            EventKind::Command(Verb::Mail | Verb::Rset) => first = None,
            EventKind::Reply { .. } if event.kind.refuses() && !event.is_recovered => {
                let (code, _) = event.kind.codes();
                let is_of_order = code == Some(503) && first == Some(Stage::Mail);
                event.is_consequence =
                    first.is_some() && (event.stage != Some(Stage::Rcpt) || is_of_order);
                if !is_of_expiry(event.kind) {
                    first = first.or(event.stage).or(Some(Stage::None));
                }
            }
            EventKind::Command(_) | EventKind::Reply { .. } => {}
        }
    }
}

/// Whether a queue only says that it gave up or waits (X.4.7 of RFC 3463): why stands behind it.
fn is_of_expiry(kind: EventKind) -> bool {
    let (_, enhanced) = kind.codes();
    enhanced.is_some_and(|it| (it.subject, it.detail) == (4, 7))
}

/// What is refused before any command is the greeting, where the client goes on all the same; but not what a report says
/// first and the session below it once more.
fn greeting(session: &mut [Event]) {
    let begin = session
        .iter()
        .position(|event| matches!(event.kind, EventKind::Command(_)))
        .unwrap_or(session.len());
    let (before, commands) = session.split_at_mut(begin);
    let Some(first) = commands.first() else {
        return;
    };
    let greets = matches!(first.kind, EventKind::Command(Verb::Hello));
    // A client that shows errors alone leaves behind any of them; what refuses a connection is one of two (RFC 5321, 4.3.2).
    let leaves = matches!(first.kind, EventKind::Command(Verb::Quit));
    for event in before.iter_mut().filter(|event| event.stage.is_none()) {
        let is_told_again = commands
            .iter()
            .any(|later| is_the_same(later.kind, event.kind));
        let is_of_sign_in = matches!(
            event.kind,
            EventKind::Reply {
                code: Some(432 | 530..=538),
                ..
            }
        );
        let refuses_all = leaves && matches!(event.kind.codes().0, Some(220 | 421 | 554));
        event.stage = ((greets || refuses_all) && !is_told_again && !is_of_sign_in)
            .then_some(Stage::Greeting);
    }
}

/// Whether one reply may be told twice: in full, and by its code.
fn is_the_same(one: EventKind, other: EventKind) -> bool {
    match (one, other) {
        (
            EventKind::Reply { code, enhanced },
            EventKind::Reply {
                code: other_code,
                enhanced: other_enhanced,
            },
        ) => {
            code.is_some()
                && code == other_code
                && (enhanced.is_none() || other_enhanced.is_none() || enhanced == other_enhanced)
        }
        _ => false,
    }
}

/// Where a greeting and replies are shown and no command, the order of commands says what they answer.
fn replies_alone(session: &mut [Event]) {
    let greets = session
        .first()
        .is_some_and(|first| first.stage == Some(Stage::Greeting));
    let is_alone = session
        .iter()
        .all(|event| matches!(event.kind, EventKind::Reply { .. }));
    if !greets || !is_alone || session.len() < 3 {
        return;
    }
    let mut next = Stage::Ehlo;
    for event in session.iter_mut().skip(1) {
        let EventKind::Reply { code, .. } = event.kind else {
            continue;
        };
        (event.stage, next) = match (code, next) {
            (Some(220), _) => (Some(Stage::Starttls), Stage::Ehlo),
            (Some(235 | 334 | 535), _) => (Some(Stage::Auth), Stage::Mail),
            (Some(354), _) => (Some(Stage::Data), Stage::EndOfData),
            (_, Stage::Ehlo) => (Some(Stage::Ehlo), Stage::Mail),
            (_, Stage::Mail) => (Some(Stage::Mail), Stage::Rcpt),
            (_, stage) => (Some(stage), stage),
        };
    }
}

/// Whether a session that was refused at `stage` went on: `later` are the stages at which something was accepted then.
fn is_got_over(stage: Stage, later: &[Stage]) -> bool {
    let any = |stages: &[Stage]| stages.iter().any(|stage| later.contains(stage));
    match stage {
        Stage::Ehlo => any(&[Stage::Ehlo, Stage::Mail, Stage::Rcpt]),
        Stage::Starttls | Stage::Tls => any(&[Stage::Tls, Stage::Starttls, Stage::Rcpt]),
        // Without a sign-in some go on, and are refused for that.
        Stage::Auth => {
            any(&[Stage::EndOfData]) || later.contains(&Stage::Auth) && any(&[Stage::Mail])
        }
        Stage::Mail => any(&[Stage::Mail]),
        Stage::Data => any(&[Stage::Data]),
        _ => false,
    }
}

/// Whether Sendmail says so below its transcript: `554 5.0.0 Service unavailable`.
fn is_of_sendmail(kind: EventKind) -> bool {
    let (code, enhanced) = kind.codes();
    code == Some(554) && enhanced.is_some_and(|it| (it.subject, it.detail) == (0, 0))
}

/// Where only DATA is shown and two refusals follow it, the first of them answers the recipient's command.
fn recipients_before_data(session: &mut [Event]) {
    let refused: Vec<usize> = session
        .iter()
        .enumerate()
        .filter(|(_, event)| event.kind.refuses() && event.stage == Some(Stage::Data))
        .filter(|(_, event)| !is_of_sendmail(event.kind))
        .map(|(at, _)| at)
        .collect();
    if let [before @ .., _] = refused.as_slice() {
        for at in before {
            if let Some(event) = session.get_mut(*at) {
                event.stage = Some(Stage::Rcpt);
            }
        }
    }
}
