//! Reads a reply out of bytes as they come, in bounded memory. No socket, no clock.
//!
//! ```
//! use portolan_probe::probe::dialogue::{Reader, State};
//! let mut reader = Reader::default();
//! assert_eq!(reader.push(b"220-mx.example.org\r\n22"), State::More);
//! assert_eq!(reader.push(b"0 ready\r\nEHLO"), State::Done);
//! assert_eq!(reader.rest(), b"EHLO");
//! assert_eq!(reader.reply().code, 220);
//! ```

use portolan_report::probe::{Noticed, Reply, limits, printable};

/// More bytes than these are no reply.
pub const MAX_BYTES: u64 = 1_200_000;

/// What is kept of what came behind a reply.
const MAX_REST: usize = 4 << 10;

/// What a reader knows after some bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// The reply is whole.
    Done,
    /// More has to come.
    More,
    /// What came is no reply.
    NoReply,
    /// More came than is read.
    TooMuch,
}

/// Reads one reply.
#[derive(Debug, Default)]
pub struct Reader {
    /// The line that has not ended, at most so much of it as is kept.
    line: Vec<u8>,
    /// How long it is.
    length: u64,
    lines: Vec<String>,
    code: Option<u16>,
    bytes: u64,
    pieces: u64,
    is_odd: Odd,
    rest: Vec<u8>,
    rest_bytes: u64,
}

/// What was seen once or more.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is seen or not")]
struct Odd {
    bare: bool,
    long_line: bool,
    long_reply: bool,
    mixed: bool,
    nuls: bool,
    record: bool,
}

impl Reader {
    /// Reads the next bytes, cut anywhere.
    pub fn push(&mut self, piece: &[u8]) -> State {
        self.pieces += 1;
        let mut bytes = piece.iter();
        while let Some(&byte) = bytes.next() {
            self.bytes += 1;
            if self.bytes > MAX_BYTES {
                return State::TooMuch;
            }
            if byte != b'\n' {
                self.keep(byte);
                if self.begins_as_tls() {
                    self.is_odd.record = true;
                    return State::NoReply;
                }
                continue;
            }
            match self.end_of_line() {
                State::More => {}
                State::Done => {
                    self.behind(bytes.as_slice());
                    return State::Done;
                }
                other => return other,
            }
        }
        State::More
    }

    fn keep(&mut self, byte: u8) {
        self.length += 1;
        self.is_odd.nuls |= byte == 0;
        if self.line.len() < limits::LINE_BYTES {
            self.line.push(byte);
        } else {
            self.is_odd.long_line = true;
        }
    }

    /// A record of TLS: its kind, and the major version 3 (RFC 8446, section 5.1).
    fn begins_as_tls(&self) -> bool {
        self.lines.is_empty() && matches!(self.line.as_slice(), [0x14..=0x17, 3])
    }

    fn end_of_line(&mut self) -> State {
        let mut line = std::mem::take(&mut self.line);
        self.length = 0;
        if line.last() == Some(&b'\r') {
            line.pop();
        } else {
            self.is_odd.bare = true;
        }
        // Some servers send empty lines first; nothing is lost by passing them over.
        if line.is_empty() && self.code.is_none() {
            return State::More;
        }
        let Some((code, is_last)) = code(&line) else {
            self.show(&line);
            return State::NoReply;
        };
        self.is_odd.mixed |= self.code.is_some_and(|it| it != code);
        self.code = Some(code);
        self.show(&line);
        if is_last { State::Done } else { State::More }
    }

    fn show(&mut self, line: &[u8]) {
        // Of a flood of keywords the last places are for those that decide what comes next.
        let count = self.lines.len();
        let is_kept = count < limits::LINES - KEPT || (count < limits::LINES && decides(line));
        if is_kept {
            self.lines.push(printable(line));
        } else {
            self.is_odd.long_reply = true;
        }
    }

    fn behind(&mut self, bytes: &[u8]) {
        self.rest_bytes = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        self.rest
            .extend_from_slice(bytes.get(..bytes.len().min(MAX_REST)).unwrap_or_default());
    }

    /// What came behind the reply in the same piece, or its beginning.
    pub fn rest(&self) -> &[u8] {
        &self.rest
    }

    /// How many bytes that were.
    pub const fn rest_bytes(&self) -> u64 {
        self.rest_bytes
    }

    /// How many bytes came.
    pub const fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Whether what came so far could still become a reply.
    pub fn may_be_reply(&self) -> bool {
        let digits = self.line.iter().take(3).all(u8::is_ascii_digit);
        digits && !self.is_odd.record
    }

    /// The reply, or what there is of it.
    pub fn reply(&self) -> Reply {
        let last = self.lines.last().map_or("", String::as_str);
        Reply {
            code: self.code.unwrap_or_default(),
            enhanced: enhanced(last),
            lines: self.lines.clone(),
            bytes: self.bytes,
        }
    }

    /// The lines that came, the one that has not ended last.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = self.lines.clone();
        if !self.line.is_empty() && lines.len() < limits::LINES {
            lines.push(printable(&self.line));
        }
        lines
    }

    /// What was odd.
    pub fn noticed(&self) -> Vec<Noticed> {
        let odd = &self.is_odd;
        let mut all = Vec::new();
        let mut add = |is: bool, noticed: Noticed| {
            if is {
                all.push(noticed);
            }
        };
        add(odd.bare, Noticed::BareLineFeeds);
        add(odd.long_line, Noticed::LongLine);
        add(odd.long_reply, Noticed::LongReply);
        add(odd.mixed, Noticed::MixedCodes);
        add(odd.nuls, Noticed::Nuls);
        add(odd.record, Noticed::TlsRecord);
        let (bytes, pieces) = (self.bytes, self.pieces);
        // Nobody's network cuts a line so small so often.
        add(
            pieces >= 8 && bytes <= pieces * 4,
            Noticed::Drip { bytes, pieces },
        );
        all
    }
}

/// Lines of a reply that are kept for keywords that decide.
const KEPT: usize = 16;

fn decides(line: &[u8]) -> bool {
    let text = line.get(4..).unwrap_or_default();
    ["STARTTLS", "AUTH", "SIZE"].iter().any(|it| {
        let word = text.get(..it.len()).unwrap_or_default();
        word.eq_ignore_ascii_case(it.as_bytes())
    })
}

/// The code of a line, and whether it is the reply's last: `250-`, `250 ` or `250` alone (RFC 5321, section 4.2).
fn code(line: &[u8]) -> Option<(u16, bool)> {
    let (digits, after) = line.split_at_checked(3)?;
    if !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let code: u16 = std::str::from_utf8(digits).ok()?.parse().ok()?;
    // RFC 5321, section 4.2.1: the first digit is 2 to 5.
    if !(200..600).contains(&code) {
        return None;
    }
    match after.first() {
        None | Some(b' ') => Some((code, true)),
        Some(b'-') => Some((code, false)),
        Some(_) => None,
    }
}

/// The enhanced code at the beginning of a line's text (RFC 2034, section 4).
fn enhanced(line: &str) -> Option<String> {
    let word = line.get(4..)?.split_ascii_whitespace().next()?;
    let parts: Vec<&str> = word.split('.').collect();
    let is_number =
        |it: &str| !it.is_empty() && it.len() <= 3 && it.bytes().all(|byte| byte.is_ascii_digit());
    let is_one = parts.len() == 3 && parts.iter().all(|it| is_number(it));
    (is_one && matches!(parts.first(), Some(&"2" | &"4" | &"5"))).then(|| word.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &[u8]) -> (State, Reader) {
        let mut reader = Reader::default();
        let state = reader.push(text);
        (state, reader)
    }

    #[test]
    fn a_reply_is_read_however_it_is_cut() {
        let text = b"250-mx.example.org\r\n250-SIZE 1000\r\n250 2.1.0 Ok\r\n";
        for step in 1..=text.len() {
            let mut reader = Reader::default();
            let mut states = text
                .chunks(step)
                .map(|it| reader.push(it))
                .collect::<Vec<_>>();
            assert_eq!(states.pop(), Some(State::Done));
            assert!(states.iter().all(|it| *it == State::More));
            let reply = reader.reply();
            assert_eq!((reply.code, reply.lines.len()), (250, 3));
            assert_eq!(reply.enhanced.as_deref(), Some("2.1.0"));
            let drips = reader
                .noticed()
                .iter()
                .any(|it| matches!(it, Noticed::Drip { .. }));
            assert_eq!(drips, step <= 4, "{step}");
        }
    }

    #[test]
    fn what_is_no_reply_is_told() {
        for text in [
            "SSH-2.0-x\r\n",
            "22 x\r\n",
            "2200 x\r\n",
            "999 x\r\n",
            "099 x\r\n",
            "220_x\n",
            "\u{e9}20 x\n",
        ] {
            assert_eq!(read(text.as_bytes()).0, State::NoReply, "{text}");
        }
        let (state, reader) = read(&[0x15, 3, 1, 0, 2]);
        assert_eq!(
            (state, reader.noticed()),
            (State::NoReply, vec![Noticed::TlsRecord])
        );
        assert_eq!(read(b"220\n").0, State::Done);
        assert!(read(b"22").1.may_be_reply() && !read(b"SSH").1.may_be_reply());
    }

    #[test]
    fn oddities_are_noticed() {
        assert_eq!(read(b"220 a\n").1.noticed(), [Noticed::BareLineFeeds]);
        assert_eq!(read(b"220 a\0\r\n").1.noticed(), [Noticed::Nuls]);
        assert_eq!(
            read(b"220-a\r\n250 b\r\n").1.noticed(),
            [Noticed::MixedCodes]
        );
        assert_eq!(read(b"220 a\r\n250 b").1.rest(), b"250 b");
    }

    #[test]
    fn nothing_takes_unbounded_memory() {
        let piece = vec![b'2'; 1 << 16];
        let mut reader = Reader::default();
        let states: Vec<State> = (0..20).map(|_| reader.push(&piece)).collect();
        assert_eq!(states.last(), Some(&State::TooMuch));
        assert!(reader.line.len() <= limits::LINE_BYTES);
        let mut reader = Reader::default();
        let line = b"220-on and on\r\n".repeat(4_000);
        assert_eq!(reader.push(&line), State::More);
        assert_eq!(reader.lines().len(), limits::LINES - KEPT);
        assert_eq!(reader.push(b"220-STARTTLS\r\n220-more\r\n"), State::More);
        assert_eq!(reader.lines().len(), limits::LINES - KEPT + 1);
        assert_eq!(read(b"\r\n\r\n220 x\r\n").0, State::Done);
        assert_eq!(reader.noticed(), [Noticed::LongReply]);
        let (state, reader) = read(&[b"220 ok\r\n".as_slice(), &vec![b'x'; 1 << 20]].concat());
        assert_eq!(
            (state, reader.rest().len(), reader.rest_bytes()),
            (State::Done, MAX_REST, 1 << 20)
        );
    }
}
