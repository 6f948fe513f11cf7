//! Lines out of any text: bounded, without what browsers and mail programs put around them.

/// The most bytes of a text that are read: a zone of ten thousand records fits.
pub const MAX_TEXT: usize = 1024 * 1024;
/// The most bytes of one line that are read. A TXT record holds 65,535, escaped four times as many.
const MAX_LINE: usize = 300_000;

/// A line with its number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    /// From 1, in the pasted text.
    pub number: u32,
    /// The line, without its end.
    pub text: String,
}

/// The lines, and whether something is behind them that was not read.
pub(crate) fn lines(text: &str) -> (Vec<Line>, bool) {
    let (text, mut is_cut) = up_to(text, MAX_TEXT);
    let is_html = is_html(text);
    let is_quoted = is_quoted(text);
    let mut lines = Vec::new();
    let mut in_tag = false;
    for (at, raw) in text.split('\n').enumerate() {
        let number = u32::try_from(at + 1).unwrap_or(u32::MAX);
        let (raw, is_long) = up_to(raw.strip_suffix('\r').unwrap_or(raw), MAX_LINE);
        is_cut |= is_long;
        let raw = if is_quoted { unquoted(raw) } else { raw };
        if !is_html {
            // Old programs of the Macintosh end lines with CR alone.
            for piece in raw.split('\r') {
                lines.push(Line {
                    number,
                    text: clean(piece),
                });
            }
            continue;
        }
        let (flat, still) = without_tags(raw, in_tag);
        in_tag = still;
        for piece in flat.split('\n') {
            lines.push(Line {
                number,
                text: clean(piece),
            });
        }
    }
    (lines, is_cut)
}

/// Whether a mail quotes the text: nearly every line begins with its sign, which is the prompt of `nslookup` as well.
fn is_quoted(text: &str) -> bool {
    let (mut all, mut quoted) = (0, 0);
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        all += 1;
        quoted += usize::from(line.starts_with('>'));
    }
    all > 0 && quoted * 10 >= all * 8
}

fn unquoted(line: &str) -> &str {
    let rest = line.trim_start_matches('>');
    rest.strip_prefix(' ').unwrap_or(rest)
}

fn up_to(text: &str, most: usize) -> (&str, bool) {
    if text.len() <= most {
        return (text, false);
    }
    let mut end = most;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    (text.get(..end).unwrap_or_default(), true)
}

/// Spaces of all kinds become spaces, typographic quotes straight ones; what has no width goes.
fn clean(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{3000}' => clean.push(' '),
            '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\0' => {}
            '\u{201c}' | '\u{201d}' | '\u{201e}' => clean.push('"'),
            _ => clean.push(sign),
        }
    }
    let kept = clean.trim_end().len();
    clean.truncate(kept);
    clean
}

fn is_html(text: &str) -> bool {
    let has = |tag: &str| {
        text.match_indices(tag).any(|(at, _)| {
            matches!(
                text.as_bytes().get(at + tag.len()),
                Some(b'>' | b' ' | b'\n')
            )
        })
    };
    has("<td") || has("<tr") || has("<TD") || has("<li") || has("<dd")
}

/// Cells become tabs, rows and lines become lines, entities their signs; other tags go. A tag may go on in the next line.
fn without_tags(line: &str, in_tag: bool) -> (String, bool) {
    let mut flat = String::with_capacity(line.len());
    let mut rest = line;
    if in_tag {
        match rest.split_once('>') {
            Some((_, behind)) => rest = behind,
            None => return (flat, true),
        }
    }
    loop {
        let Some((before, from)) = rest.split_once('<') else {
            flat.push_str(&entities(rest));
            return (flat, false);
        };
        flat.push_str(&entities(before));
        let begins = from
            .bytes()
            .next()
            .is_some_and(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'/' | b'!'));
        if !begins {
            flat.push('<');
            rest = from;
            continue;
        }
        let Some((tag, behind)) = from.split_once('>') else {
            return (flat, true);
        };
        let name: String = tag
            .chars()
            .take(12)
            .take_while(|sign| sign.is_ascii_alphanumeric() || *sign == '/')
            .map(|sign| sign.to_ascii_lowercase())
            .collect();
        match name.as_str() {
            "/td" | "/th" => flat.push('\t'),
            "/tr" | "tr" | "br" | "br/" | "/p" | "/div" | "/li" | "/dd" | "/dt" => flat.push('\n'),
            _ => {}
        }
        rest = behind;
    }
}

fn entities(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    // The ampersand last, so that nothing is read twice.
    [
        ("&quot;", "\""),
        ("&#34;", "\""),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&nbsp;", " "),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(text.to_owned(), |text, (entity, sign)| {
        text.replace(entity, sign)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<(u32, String)> {
        lines(text)
            .0
            .into_iter()
            .map(|line| (line.number, line.text))
            .collect()
    }

    #[test]
    fn lines_keep_their_numbers() {
        assert_eq!(
            texts("a\u{a0}b\r\n\u{feff}“c”  \n"),
            [(1, "a b".into()), (2, "\"c\"".into()), (3, String::new())]
        );
    }

    #[test]
    fn tables_of_html_become_rows() {
        let found =
            texts("<table><tr><td>TXT</td><td>@</td>\n<td class=\"x\"\n>a &amp;lt; b</td></tr>");
        let rows: Vec<(u32, &str)> = found
            .iter()
            .filter(|it| !it.1.is_empty())
            .map(|it| (it.0, it.1.as_str()))
            .collect();
        assert_eq!(rows, [(1, "TXT\t@"), (3, "a &lt; b")]);
    }

    #[test]
    fn what_is_too_long_is_cut_between_letters() {
        let (text, is_cut) = up_to("aé", 2);
        assert_eq!((text, is_cut), ("a", true));
        assert!(lines(&"a".repeat(MAX_TEXT + 1)).1);
    }
}
