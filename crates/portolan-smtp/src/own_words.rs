//! Sendmail's own words beside the server's reply, in its log and in the transcript of its bounces.
//!
//! `reply=550 relay not permitted, stat=User unknown`: it has one word for all refusals of a recipient's command, and another
//! for all others. What the server said stands before it. Where no reply stands before it, it is all that is known.

use std::sync::LazyLock;

use memchr::memmem::Finder;

/// The parts that say no more than the reply beside them: each its first byte and the first byte behind, in order, among
/// those that are silent already.
pub(crate) fn with_own_words(text: &[u8], silent: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    let mut own = Vec::new();
    let mut from = 0;
    while let Some(at) = REPLY.find(text.get(from..).unwrap_or_default()) {
        let at = from + at;
        let end = end_of_line(text, at);
        let line = text.get(at..end).unwrap_or_default();
        let is_told = line
            .get(REPLY.needle().len()..)
            .and_then(<[u8]>::first)
            .is_some_and(u8::is_ascii_digit);
        if let Some(stat) = STAT.find(line).filter(|_| is_told) {
            own.push((at + stat, end));
        }
        from = end;
    }
    if let Some((first, _)) = own.first().copied() {
        // The bounce that follows is named by the same word: `DSN: User unknown`.
        let mut from = first;
        while let Some(at) = REPORT.find(text.get(from..).unwrap_or_default()) {
            let end = end_of_line(text, from + at);
            own.push((from + at, end));
            from = end;
        }
    }
    own.extend(below_replies(text));
    if own.is_empty() {
        return silent;
    }
    own.extend(silent);
    own.sort_unstable();
    let mut all: Vec<(usize, usize)> = Vec::with_capacity(own.len());
    for (start, end) in own {
        match all.last_mut() {
            Some((_, last)) if start <= *last => *last = end.max(*last),
            _ => all.push((start, end)),
        }
    }
    all
}

/// `550 5.1.1 a@b.example... User unknown` right below `<<< 550 relay not permitted`.
fn below_replies(text: &[u8]) -> impl Iterator<Item = (usize, usize)> {
    UNKNOWN.find_iter(text).filter_map(move |at| {
        let before = text.get(..at)?;
        let start = memchr::memrchr(b'\n', before)? + 1;
        let above = text.get(..start)?.trim_ascii_end();
        let reply = above.rsplit(|byte| *byte == b'\n').next()?;
        let is_reply = reply
            .strip_prefix(b"<<< ")
            .is_some_and(|said| matches!(said.first(), Some(b'4' | b'5')));
        let is_own = text.get(start..at)?.starts_with(b"550 5.1.1 ");
        (is_reply && is_own).then(|| (start, end_of_line(text, at)))
    })
}

fn end_of_line(text: &[u8], at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    at + memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len())
}

static REPLY: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(", reply="));
static STAT: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(", stat="));
static UNKNOWN: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("... User unknown"));
static REPORT: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(": DSN: "));

#[cfg(test)]
mod tests {
    use super::with_own_words;

    fn left(text: &str) -> String {
        let mut left = text.as_bytes().to_vec();
        for (start, end) in with_own_words(text.as_bytes(), Vec::new())
            .into_iter()
            .rev()
        {
            left.drain(start..end);
        }
        String::from_utf8(left).unwrap()
    }

    #[test]
    fn beside_a_reply_the_own_word_says_nothing() {
        let text = "a: dsn=5.1.1, reply=550 relay not permitted, stat=User unknown\na: b: DSN: User unknown\nc";
        assert_eq!(
            left(text),
            "a: dsn=5.1.1, reply=550 relay not permitted\na: b\nc"
        );
    }

    #[test]
    fn below_a_reply_of_a_transcript_it_says_nothing() {
        let own = "550 5.1.1 a@b.example... User unknown";
        let text = format!("<<< 550 5.7.1 Access denied\n{own}\nc");
        assert_eq!(left(&text), "<<< 550 5.7.1 Access denied\n\nc");
        let alone = format!(">>> DATA\n{own}");
        assert_eq!(left(&alone), alone);
    }

    #[test]
    fn without_a_reply_it_is_all_that_is_said() {
        for text in [
            "a: dsn=5.1.1, stat=User unknown\na: b: DSN: User unknown",
            "a: reply=read error, stat=Deferred",
        ] {
            assert_eq!(left(text), text);
        }
    }

    #[test]
    fn parts_that_are_silent_stay_so() {
        let text = b"X: y\n\n, reply=550 no, stat=User unknown\n";
        assert_eq!(with_own_words(text, vec![(0, 4)]), [(0, 4), (20, 39)]);
    }
}
