//! The text with notes in its margin: who speaks, what a line means, which lines decide.

use portolan_smtp::Analysis;

use crate::Explained;
use crate::notes::{Notes, place, speaker};
use crate::words::shown;

/// A line with its note, or lines that are left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// Lines that are left out.
    Gap(Gap),
    /// A line.
    Line(Line),
}

/// Lines that are left out, by number, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The first.
    pub from: usize,
    /// The last.
    pub to: usize,
}

/// A line of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Counted from 1.
    pub number: usize,
    /// Who speaks in it. `None`: neither side, or nobody knows.
    pub speaker: Option<Speaker>,
    /// What it says, without what acts upon a screen; long lines are cut.
    pub text: String,
    /// What it means, a few words. `None`: nothing is known of it.
    pub note: Option<String>,
    /// What it is worth.
    pub mark: Mark,
    /// Whether a secret stands in it.
    pub has_secret: bool,
}

/// Who speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speaker {
    /// The client.
    Client,
    /// The server.
    Server,
}

/// What a line is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// The root cause was read here.
    Decides,
    /// Something else that was found was read here.
    Finds,
    /// It was understood.
    Read,
    /// It was not understood.
    Unread,
}

/// Which lines are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    /// Those that say something, and some around them.
    Around,
    /// The first so many.
    First(usize),
}

/// Whether secrets are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Secrets {
    /// They are masked.
    #[default]
    Masked,
    /// They are shown, because whoever pasted them asked for it.
    Shown,
}

/// The lines of a text with their notes.
pub fn rows(
    explained: &Explained,
    analysis: &Analysis,
    window: Window,
    secrets: Secrets,
) -> Vec<Row> {
    let own: Vec<(usize, &[u8])> = numbered(&explained.text);
    // Masks change lengths but no line's number.
    let masked: Vec<&[u8]> = explained.masked().split(|byte| *byte == b'\n').collect();
    let notes = Notes::of(analysis);
    let wanted = wanted(&own, &notes, window);
    let mut rows = Vec::new();
    let mut left_out: Option<Gap> = None;
    let mut event = 0;
    for (index, (start, line)) in own.iter().enumerate() {
        let number = index + 1;
        let end = start + line.len();
        if !wanted.get(index).copied().unwrap_or(false) {
            match &mut left_out {
                Some(gap) => gap.to = number,
                None => {
                    left_out = Some(Gap {
                        from: number,
                        to: number,
                    });
                }
            }
            continue;
        }
        rows.extend(left_out.take().map(Row::Gap));
        let hidden = masked.get(index).copied().unwrap_or_default();
        let has_secret = hidden != *line;
        let seen = match secrets {
            Secrets::Masked => hidden,
            Secrets::Shown => line,
        };
        let said = notes.event(*start, end, &mut event);
        let mark = notes.mark(*start, end, said.is_some());
        let note = notes.note(*start, end, said, mark);
        rows.push(Row::Line(Line {
            number,
            speaker: said.map(speaker),
            text: cut(seen, notes.focus(*start, end)),
            note,
            mark,
            has_secret,
        }));
    }
    rows.extend(left_out.map(Row::Gap));
    rows
}

/// The lines of a text, each with its place and without its end.
fn numbered(text: &[u8]) -> Vec<(usize, &[u8])> {
    let mut at = 0;
    let mut all: Vec<(usize, &[u8])> = Vec::new();
    for line in text.split(|byte| *byte == b'\n') {
        all.push((at, line));
        at += line.len() + 1;
    }
    // What stands behind the last end is no line.
    if all.len() > 1 && all.last().is_some_and(|(_, line)| line.is_empty()) {
        all.pop();
    }
    all
}

/// What is shown, by line: what says something, and some around it; where that is nearly all, all.
fn wanted(own: &[(usize, &[u8])], notes: &Notes<'_>, window: Window) -> Vec<bool> {
    let shown = match window {
        Window::First(most) => most,
        Window::Around if own.len() <= FEW => FEW,
        Window::Around => 0,
    };
    if shown > 0 {
        return (0..own.len()).map(|index| index < shown).collect();
    }
    let mut wanted = vec![false; own.len()];
    let mut event = 0;
    let mut room = FEW;
    let (mut says, mut decides) = (Vec::new(), Vec::new());
    for (index, (start, line)) in own.iter().enumerate() {
        let end = start + line.len();
        let said = notes.event(*start, end, &mut event).is_some();
        match notes.mark(*start, end, said) {
            Mark::Decides | Mark::Finds => decides.push(index),
            Mark::Read => says.push(index),
            Mark::Unread => {}
        }
    }
    // First what decides, with its surroundings; then the beginning; then whatever says something, while there is room.
    let mut take = |from: usize, to: usize| {
        for slot in wanted.iter_mut().take(to.saturating_add(1)).skip(from) {
            if room > 0 && !*slot {
                *slot = true;
                room -= 1;
            }
        }
    };
    for index in &decides {
        take(index.saturating_sub(NEAR), index + NEAR);
    }
    take(0, 2);
    for index in says {
        take(index, index);
    }
    wanted
}

/// So many lines are shown at once.
const FEW: usize = 160;
/// So many around what decides.
const NEAR: usize = 6;

/// A line as it is shown: without what acts upon a screen, and of a long one what stands around `focus`.
fn cut(line: &[u8], focus: usize) -> String {
    if line.len() <= LONGEST {
        return shown(&String::from_utf8_lossy(line));
    }
    let from = focus.saturating_sub(LONGEST / 4).min(line.len());
    let to = (from + LONGEST).min(line.len());
    let part = shown(&String::from_utf8_lossy(
        line.get(from..to).unwrap_or_default(),
    ));
    let before = if from > 0 { "…" } else { "" };
    let after = if to < line.len() { "…" } else { "" };
    format!("{before}{part}{after}")
}

/// So many bytes of a line are shown.
const LONGEST: usize = 600;

/// The place of a byte: its line, counted from 1, and that line's text.
pub fn line_at(text: &[u8], at: u64) -> (usize, &[u8]) {
    let at = place(at).min(text.len());
    let before = text.get(..at).unwrap_or_default();
    let number = memchr::memchr_iter(b'\n', before).count() + 1;
    let start = memchr::memrchr(b'\n', before).map_or(0, |end| end + 1);
    let rest = text.get(start..).unwrap_or_default();
    let length = memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
    (number, rest.get(..length).unwrap_or_default())
}

/// A line that decided, with its number: secrets masked, and cut to what a screen holds.
pub fn evidence(explained: &Explained, at: u64) -> (usize, String) {
    // Masks change lengths but no line's number.
    let (number, _) = line_at(&explained.text, at);
    let line = explained
        .masked()
        .split(|byte| *byte == b'\n')
        .nth(number - 1)
        .unwrap_or_default();
    let line = shown(&String::from_utf8_lossy(line));
    let line = line.trim();
    let cut: String = line.chars().take(SHOWN).collect();
    let more = if cut.len() < line.len() { "…" } else { "" };
    (number, format!("{cut}{more}"))
}

/// So many letters of a deciding line are shown.
pub const SHOWN: usize = 240;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Found, Reading, Taken};

    fn lines(text: &str, window: Window, secrets: Secrets) -> Vec<Row> {
        let mut reading = Reading::default();
        reading.push(text.as_bytes());
        let explained = reading.finish_as(Taken::AsOne);
        let Found::One(analysis) = &explained.found else {
            unreachable!()
        };
        rows(&explained, analysis, window, secrets)
    }

    fn line(rows: &[Row], number: usize) -> &Line {
        rows.iter()
            .find_map(|row| match row {
                Row::Line(line) if line.number == number => Some(line),
                _ => None,
            })
            .unwrap()
    }

    const TEXT: &str = "220 mx.example ESMTP\nEHLO a.example\n250-mx.example\n250 AUTH PLAIN\nAUTH PLAIN AGFiYwBodW50ZXIy\n535 5.7.8 Authentication failed: bad password\nwhat is this\n";

    #[test]
    fn every_line_says_who_speaks_and_what_it_means() {
        let rows = lines(TEXT, Window::Around, Secrets::Masked);
        assert_eq!(rows.len(), 7);
        assert_eq!(line(&rows, 1).note.as_deref(), Some("greeting"));
        assert_eq!(line(&rows, 2).speaker, Some(Speaker::Client));
        assert_eq!(
            line(&rows, 3).note.as_deref(),
            Some("what the server offers")
        );
        assert_eq!(
            (line(&rows, 4).speaker, &line(&rows, 4).note),
            (Some(Speaker::Server), &None)
        );
        assert_eq!(line(&rows, 6).mark, Mark::Decides);
        assert_eq!(
            (line(&rows, 7).mark, line(&rows, 7).speaker),
            (Mark::Unread, None)
        );
    }

    #[test]
    fn a_tab_keeps_words_apart() {
        let text = "10:00:01\tSERVER -> CLIENT: 535 5.7.8 Authentication failed";
        let rows = lines(text, Window::Around, Secrets::Masked);
        let apart = "10:00:01 SERVER -> CLIENT: 535 5.7.8 Authentication failed";
        assert_eq!(line(&rows, 1).text, apart);
        let mut reading = Reading::default();
        reading.push(text.as_bytes());
        assert_eq!(evidence(&reading.finish(), 0), (1, apart.to_owned()));
    }

    #[test]
    fn secrets_are_masked_until_somebody_asks() {
        let rows = lines(TEXT, Window::Around, Secrets::Masked);
        assert_eq!(line(&rows, 5).text, "AUTH PLAIN [masked]");
        assert!(line(&rows, 5).has_secret && !line(&rows, 4).has_secret);
        let rows = lines(TEXT, Window::Around, Secrets::Shown);
        assert!(
            line(&rows, 5).text.ends_with("aHVudGVyMg==") || line(&rows, 5).text.contains("AGFiYw")
        );
    }

    #[test]
    fn of_a_long_text_what_decides_is_shown_and_the_rest_can_be() {
        let text = [
            "nothing here\n".repeat(5000),
            TEXT.to_owned(),
            "nor here\n".repeat(5000),
        ]
        .concat();
        let rows = lines(&text, Window::Around, Secrets::Masked);
        assert!(rows.len() < 60, "{}", rows.len());
        assert_eq!(line(&rows, 5006).mark, Mark::Decides);
        assert_eq!(
            rows[0],
            Row::Line(Line {
                number: 1,
                speaker: None,
                text: "nothing here".to_owned(),
                note: None,
                mark: Mark::Unread,
                has_secret: false
            })
        );
        assert!(matches!(rows.last(), Some(Row::Gap(gap)) if gap.to == 10007));
        assert_eq!(lines(&text, Window::First(900), Secrets::Masked).len(), 901);
    }

    #[test]
    fn of_a_line_without_end_what_decides_is_shown() {
        let text = [
            "x".repeat(300_000),
            " 535 5.7.8 Username and Password not accepted ".to_owned(),
            "y".repeat(300_000),
        ]
        .concat();
        let rows = lines(&text, Window::Around, Secrets::Masked);
        assert!(line(&rows, 1).text.contains("535 5.7.8") && line(&rows, 1).text.len() < 700);
    }
}
