//! The words of a master file: quotes, escapes, comments and parentheses (RFC 1035, section 5.1).

/// A word of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    /// Its bytes, escapes undone.
    pub bytes: Vec<u8>,
    /// Whether it stood in quotes.
    pub quoted: bool,
    /// Where it begins in its line.
    pub at: usize,
}

impl Token {
    /// The word as text. Bytes that are no UTF-8 become signs that no name has.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }
}

/// What the words of a line come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tokens {
    /// The words, of all lines that parentheses or quotes join.
    pub all: Vec<Token>,
    /// How many lines they take.
    pub lines: usize,
    /// The comment behind the last line.
    pub comment: Option<String>,
    /// A quote or a parenthesis was not closed.
    pub is_open: bool,
}

/// Lines that one record may take: a key of 4096 bits takes a dozen, a policy with a string for each mechanism more.
const MAX_LINES: usize = 120;

/// Reads the words from a line on. The first begins at `from`.
pub(crate) fn tokens<'a>(lines: impl Iterator<Item = &'a str>, from: usize) -> Tokens {
    let mut found = Tokens::default();
    let mut depth = 0_usize;
    // A string in quotes may go on in the next line.
    let mut open: Option<Token> = None;
    for line in lines.take(MAX_LINES) {
        let start = if found.lines == 0 { from } else { 0 };
        found.lines += 1;
        let mut reader = Bytes {
            bytes: line.as_bytes(),
            at: start,
        };
        if let Some(mut token) = open.take() {
            token.bytes.push(b'\n');
            if reader.quoted(&mut token) {
                found.all.push(token);
            } else {
                open = Some(token);
                continue;
            }
        }
        while let Some(byte) = reader.peek() {
            match byte {
                b' ' | b'\t' => reader.at += 1,
                b';' => {
                    found.comment = line.get(reader.at + 1..).map(|it| it.trim().to_owned());
                    break;
                }
                b'(' => {
                    depth += 1;
                    reader.at += 1;
                }
                b')' => {
                    depth = depth.saturating_sub(1);
                    reader.at += 1;
                }
                b'"' => {
                    let mut token = Token {
                        bytes: Vec::new(),
                        quoted: true,
                        at: reader.at,
                    };
                    reader.at += 1;
                    if reader.quoted(&mut token) {
                        found.all.push(token);
                    } else {
                        open = Some(token);
                    }
                }
                _ => found.all.push(reader.word()),
            }
        }
        if depth == 0 && open.is_none() {
            return found;
        }
        // A quote that is not closed where nothing is in parentheses: the line alone.
        if depth == 0 {
            break;
        }
    }
    found.is_open = true;
    if let Some(token) = open {
        found.all.push(token);
    }
    found
}

struct Bytes<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Bytes<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Reads on to the closing quote; `false`: there is none.
    fn quoted(&mut self, token: &mut Token) -> bool {
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'"' => return true,
                b'\\' => self.escape(token),
                _ => token.bytes.push(byte),
            }
        }
        false
    }

    fn word(&mut self) -> Token {
        let mut token = Token {
            bytes: Vec::new(),
            quoted: false,
            at: self.at,
        };
        while let Some(byte) = self.peek() {
            match byte {
                b' ' | b'\t' | b';' | b'(' | b')' | b'"' => break,
                b'\\' => {
                    self.at += 1;
                    self.escape(&mut token);
                }
                _ => {
                    self.at += 1;
                    token.bytes.push(byte);
                }
            }
        }
        token
    }

    /// `\DDD` is a byte by its decimal number, `\X` the sign X.
    fn escape(&mut self, token: &mut Token) {
        let digits = self.bytes.get(self.at..self.at + 3);
        let number = digits
            .filter(|digits| digits.iter().all(u8::is_ascii_digit))
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| digits.parse::<u8>().ok());
        if let Some(byte) = number {
            token.bytes.push(byte);
            self.at += 3;
        } else if let Some(byte) = self.peek() {
            token.bytes.push(byte);
            self.at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<(String, bool)> {
        tokens(text.lines(), 0)
            .all
            .iter()
            .map(|it| (it.text(), it.quoted))
            .collect()
    }

    #[test]
    fn words_quotes_and_escapes_are_read() {
        let found = words(r#"a "b;\"c\\\065" d\.e ; f"#);
        let wanted = [("a", false), ("b;\"c\\A", true), ("d.e", false)];
        assert_eq!(
            found,
            wanted.map(|(word, quoted)| (word.to_owned(), quoted))
        );
    }

    #[test]
    fn parentheses_join_lines() {
        let found = tokens("a ( b ; c\n \"d\n e\" )\nf".lines(), 0);
        let words: Vec<String> = found.all.iter().map(Token::text).collect();
        assert_eq!(words, ["a", "b", "d\n e"]);
        assert_eq!((found.lines, found.is_open), (3, false));
    }

    #[test]
    fn what_is_not_closed_is_told() {
        assert!(tokens("a ( b".lines(), 0).is_open);
        let found = tokens("a \"b\nc".lines(), 0);
        assert_eq!((found.lines, found.is_open), (1, true));
    }
}
