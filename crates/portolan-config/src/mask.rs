//! The working copy of a text: lower case, without markup, and as long as the text, byte for byte.
//!
//! So every place in the copy is the same place in the text. What is taken away leaves [`GONE`] behind, which readers
//! skip as if nothing were there.

use crate::html::{self, Layout};

/// Stands for each byte that was taken away.
pub(crate) const GONE: char = '\u{1}';

/// The working copy of `text`.
pub(crate) fn mask(text: &str) -> String {
    let html = is_html(text);
    let mut state = State {
        out: String::with_capacity(text.len()),
        html,
        preformatted: false,
        cell: false,
        blank: false,
    };
    let mut at = 0;
    let mut silent_ends = true;
    while let Some(letter) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let rest = text.get(at..).unwrap_or_default();
        let taken = match letter {
            '<' => markup(rest, &mut state, &mut silent_ends),
            '&' => entity(rest, &mut state),
            '~' => struck(rest, &mut state),
            _ => None,
        };
        at += taken.unwrap_or_else(|| {
            state.push(letter, rest);
            letter.len_utf8()
        });
    }
    state.out
}

#[expect(
    clippy::struct_excessive_bools,
    reason = "what is open at a place, each for itself"
)]
struct State {
    out: String,
    html: bool,
    preformatted: bool,
    /// Whether it is in a cell, whose lines belong together.
    cell: bool,
    /// Whether the last thing was a space that HTML would merge with the next.
    blank: bool,
}

impl State {
    fn push(&mut self, letter: char, rest: &str) {
        let mut letter = letter;
        if letter == '\r' {
            letter = if rest.starts_with("\r\n") { GONE } else { '\n' };
        }
        let flows = self.html && !self.preformatted;
        if flows && matches!(letter, '\n' | ' ' | '\t') {
            self.out.push(if self.blank { GONE } else { ' ' });
            self.blank = true;
            return;
        }
        if letter != GONE {
            self.blank = false;
        }
        // Some letters have a lower case of another length; those stay.
        let mut lower = letter.to_lowercase();
        match (lower.next(), lower.next()) {
            (Some(small), None) if small.len_utf8() == letter.len_utf8() => self.out.push(small),
            _ => self.out.push(letter),
        }
    }

    /// Puts `sign` where `length` bytes were.
    fn replace(&mut self, sign: &str, length: usize) {
        let fits = sign.len() <= length;
        let sign = if fits { sign } else { "" };
        self.out.push_str(sign);
        for _ in sign.len()..length {
            self.out.push(GONE);
        }
        if !sign.is_empty() {
            self.blank = sign.ends_with([' ', '\n', '\t']);
        }
    }
}

/// How many bytes of markup stand at the start of `rest`, which begins with `<`.
fn markup(rest: &str, state: &mut State, silent_ends: &mut bool) -> Option<usize> {
    if rest.starts_with("<!--") {
        if !*silent_ends {
            return None;
        }
        let Some(end) = rest.find("-->") else {
            *silent_ends = false;
            return None;
        };
        let length = end + 3;
        state.replace("", length);
        return Some(length);
    }
    let inner = rest.get(1..)?;
    let closing = inner.starts_with('/');
    let named = if closing { inner.get(1..)? } else { inner };
    let name: String = named
        .chars()
        .take(MAX_NAME_BYTES)
        .take_while(char::is_ascii_alphanumeric)
        .map(|letter| letter.to_ascii_lowercase())
        .collect();
    let after = named.get(name.len()..)?.chars().next()?;
    if !matches!(after, '>' | '/' | ' ' | '\t' | '\r' | '\n') {
        return None;
    }
    let layout = html::layout(&name)?;
    let mut length = find_within(rest, ">", MAX_TAG_BYTES)? + 1;
    if layout == Layout::Silent && !closing && *silent_ends {
        let end = format!("</{name}");
        match find_caseless(rest, &end) {
            Some(start) => {
                let tail = rest.get(start..).unwrap_or_default();
                length =
                    start + find_within(tail, ">", MAX_TAG_BYTES).map_or(end.len(), |at| at + 1);
            }
            // Looked for once only, so that the time stays linear.
            None => *silent_ends = false,
        }
    }
    if matches!(layout, Layout::Cell | Layout::Row) || name == "table" {
        state.cell = layout == Layout::Cell && !closing;
    }
    let sign = match (layout, closing) {
        (Layout::Line | Layout::Paragraph, _) if state.cell => " ",
        (Layout::Heading, false) => "\n# ",
        (Layout::Paragraph | Layout::Preformatted, _) | (Layout::Heading, true) => "\n\n",
        (Layout::Line | Layout::Row, false) => "\n",
        (Layout::Cell, false) => "\t",
        _ => "",
    };
    if layout == Layout::Preformatted {
        state.preformatted = !closing;
    }
    state.replace(sign, length);
    Some(length)
}

/// How many bytes are struck out at the start of `rest`: `~~port 25~~`.
fn struck(rest: &str, state: &mut State) -> Option<usize> {
    let inner = rest.strip_prefix("~~")?;
    let length = find_within(inner, "~~", MAX_STRUCK_BYTES).filter(|length| *length > 0)?;
    if inner.get(..length)?.contains(['\n', '\r']) {
        return None;
    }
    state.replace("", length + 4);
    Some(length + 4)
}

/// How many bytes of an entity stand at the start of `rest`, which begins with `&`.
fn entity(rest: &str, state: &mut State) -> Option<usize> {
    let end = find_within(rest, ";", MAX_ENTITY_BYTES)?;
    let sign = html::entity(rest.get(1..end)?)?;
    state.replace(sign, end + 1);
    Some(end + 1)
}

/// Whether line breaks in the text mean nothing, because tags make the lines.
fn is_html(text: &str) -> bool {
    let mut closings = 0;
    for (start, _) in text.match_indices("</") {
        let name: String = text
            .get(start + 2..)
            .unwrap_or_default()
            .chars()
            .take(MAX_NAME_BYTES)
            .take_while(char::is_ascii_alphanumeric)
            .map(|letter| letter.to_ascii_lowercase())
            .collect();
        let layout = html::layout(&name);
        if layout.is_some_and(|layout| layout != Layout::Inline && layout != Layout::Silent) {
            closings += 1;
        }
        if closings >= 2 {
            return true;
        }
    }
    false
}

fn find_within(text: &str, sign: &str, most: usize) -> Option<usize> {
    let sign = sign.as_bytes();
    text.as_bytes()
        .windows(sign.len())
        .take(most)
        .position(|window| window == sign)
}

fn find_caseless(text: &str, sign: &str) -> Option<usize> {
    let sign = sign.as_bytes();
    text.as_bytes()
        .windows(sign.len())
        .position(|window| window.eq_ignore_ascii_case(sign))
}

const MAX_NAME_BYTES: usize = 12;
const MAX_TAG_BYTES: usize = 1024;
const MAX_STRUCK_BYTES: usize = 200;
const MAX_ENTITY_BYTES: usize = 10;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{GONE, mask};

    fn seen(text: &str) -> String {
        let masked = mask(text);
        assert_eq!(masked.len(), text.len(), "{text}");
        masked.chars().filter(|letter| *letter != GONE).collect()
    }

    #[test]
    fn tags_go_and_placeholders_stay() {
        assert_eq!(
            seen("<b>Port</b> 587 smtp.<region>.example"),
            "port 587 smtp.<region>.example"
        );
        assert_eq!(seen("sa&iacute;da &lt;x&gt;"), "saida <x>");
        assert_eq!(seen("<p>a\n b</p><p>c</p>"), "\n\na b\n\n\n\nc\n\n");
        assert_eq!(seen("<script>var port = 25;</script>x"), "x");
        assert_eq!(seen("a ~~b~~ <s>c</s>d"), "a  d");
        assert_eq!(seen("ÉCRIT\r\nici\rlà"), "écrit\nici\nlà");
    }

    proptest! {
        #[test]
        fn masking_keeps_the_length(
            text in prop::collection::vec(
                prop::sample::select(vec!["<b>", "<td", ">", "</p>", "</tr>", "&nbsp;", "&szlig;", "&", ";", "<!--", "-->", "<script>", "</script>", "é", "İ", "ẞ", "\r\n", "\r", " ", "x"]),
                0..40,
            ),
        ) {
            seen(&text.concat());
        }
    }

    #[test]
    fn what_never_ends_is_left() {
        for text in [
            "<script>", "<!-- x", "<td", "&nbsp", "<", "</", "&;", "İ<é>",
        ] {
            seen(text);
        }
    }
}
