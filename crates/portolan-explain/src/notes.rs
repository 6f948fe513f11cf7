//! What the places of a text mean: what was said there, and what was found.

use portolan_report::Span;
use portolan_smtp::{Analysis, Event, EventKind, Stage, Verb, reply_meaning};

use crate::lines::{Mark, Speaker};

/// What is known of the text's places.
pub(crate) struct Notes<'a> {
    events: &'a [Event],
    /// Where findings were read, the root cause's first; each with its sentence.
    found: Vec<(Span, &'static str)>,
}

impl<'a> Notes<'a> {
    pub(crate) fn of(analysis: &'a Analysis) -> Self {
        Self {
            events: &analysis.events,
            found: analysis
                .findings
                .iter()
                .enumerate()
                // What went well is news only where nothing failed.
                .filter(|(at, it)| *at == 0 || !it.cause.id.starts_with("ok."))
                .map(|(_, it)| (it.evidence, it.cause.means))
                .collect(),
        }
    }

    /// The first event of a line; `from` is where the search goes on, since lines come in order.
    pub(crate) fn event(&self, start: usize, end: usize, from: &mut usize) -> Option<&'a Event> {
        while self
            .events
            .get(*from)
            .is_some_and(|event| place(event.span.end) <= start)
        {
            *from += 1;
        }
        self.events
            .get(*from)
            .filter(|event| place(event.span.start) <= end)
    }

    pub(crate) fn mark(&self, start: usize, end: usize, is_said: bool) -> Mark {
        let mut all = self.found.iter();
        if all
            .next()
            .is_some_and(|(span, _)| touches(*span, start, end))
        {
            return Mark::Decides;
        }
        if all.any(|(span, _)| touches(*span, start, end)) {
            return Mark::Finds;
        }
        if is_said { Mark::Read } else { Mark::Unread }
    }

    pub(crate) fn note(
        &self,
        start: usize,
        end: usize,
        said: Option<&Event>,
        mark: Mark,
    ) -> Option<String> {
        match mark {
            Mark::Decides => Some("decides".to_owned()),
            Mark::Finds => self.found_in(start, end).map(|(span, means)| {
                let root = self.found.first().map_or(u64::MAX, |(root, _)| root.start);
                if span.start > root {
                    format!("follows, or counts less: {means}")
                } else {
                    format!("counts less: {means}")
                }
            }),
            // Of a reply of several lines the first has the note.
            Mark::Read => said
                .filter(|event| place(event.span.start) >= start)
                .map(meaning),
            Mark::Unread => None,
        }
    }

    /// What was found in a line besides the root cause.
    fn found_in(&self, start: usize, end: usize) -> Option<(Span, &'static str)> {
        let mut rest = self.found.iter().skip(1);
        rest.find(|(span, _)| touches(*span, start, end)).copied()
    }

    /// Where in a line something was found, in bytes.
    pub(crate) fn focus(&self, start: usize, end: usize) -> usize {
        self.found
            .iter()
            .find(|(span, _)| touches(*span, start, end))
            .map_or(0, |(span, _)| place(span.start).saturating_sub(start))
    }
}

fn touches(span: Span, start: usize, end: usize) -> bool {
    place(span.start) < end.max(start + 1) && place(span.end) > start
}

pub(crate) fn place(at: u64) -> usize {
    usize::try_from(at).unwrap_or(usize::MAX)
}

pub(crate) const fn speaker(event: &Event) -> Speaker {
    match event.kind {
        EventKind::Command(_) => Speaker::Client,
        EventKind::Reply { .. } => Speaker::Server,
    }
}

/// What was said, in a few words.
fn meaning(event: &Event) -> String {
    let words = match event.kind {
        EventKind::Command(verb) => command(verb),
        EventKind::Reply { .. } if event.is_recovered => "refused, and got over",
        EventKind::Reply { .. } if event.is_consequence => "follows from a refusal before",
        EventKind::Reply { code, .. } if event.kind.refuses() => {
            return code.map_or_else(
                || "refused".to_owned(),
                |code| {
                    let meaning = reply_meaning(code);
                    meaning.trim_end_matches('.').to_owned()
                },
            );
        }
        EventKind::Reply { code, .. } => match (event.stage, code) {
            (_, Some(334)) => "the server asks on",
            (_, Some(235)) => "signed in",
            (_, Some(354)) => "the message may come",
            (Some(Stage::Greeting), _) => "greeting",
            (Some(Stage::Ehlo), _) => "what the server offers",
            (Some(Stage::Starttls), _) => "encrypted from here",
            (Some(Stage::Mail), _) => "the sender is taken",
            (Some(Stage::Rcpt), _) => "the recipient is taken",
            (Some(Stage::EndOfData), _) => "the message is taken",
            (Some(Stage::Quit), _) => "goodbye",
            _ => "taken",
        },
    };
    words.to_owned()
}

const fn command(verb: Verb) -> &'static str {
    match verb {
        Verb::Auth => "signs in",
        Verb::Bdat => "sends a piece of the message",
        Verb::Data => "wants to send the message",
        Verb::Hello => "says who it is",
        Verb::Mail => "names the sender",
        Verb::Quit => "says goodbye",
        Verb::Rcpt => "names a recipient",
        Verb::Rset => "begins anew",
        Verb::Starttls => "asks for encryption",
    }
}
