//! Values of JSON (RFC 8259), as far as a text has them: one that is cut off ends where it is cut.

use crate::text::Line;

/// A value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Node {
    /// Values in a row.
    List(Vec<Node>),
    /// A number, as it is written.
    Number(String),
    /// Values by name, in their order.
    Object {
        /// The names with their values.
        fields: Vec<(String, Node)>,
        /// The line in which it begins.
        line: u32,
    },
    /// `true` is a number of 1; this is `false`, `null`, and what is cut off.
    Other,
    /// A text.
    Text(String),
}

/// Values inside each other.
const MAX_DEPTH: usize = 24;

impl Node {
    /// A value by its name, which may be written in other letters.
    pub(super) fn get(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Object { fields, .. } => fields
                .iter()
                .find(|(key, _)| key == name)
                .map(|(_, node)| node),
            _ => None,
        }
    }

    pub(super) fn text(&self, name: &str) -> Option<&str> {
        match self.get(name)? {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn number(&self, name: &str) -> Option<u32> {
        match self.get(name)? {
            Self::Number(text) => text.parse().ok(),
            _ => None,
        }
    }

    /// Whether a flag is set: `true`, or 1.
    pub(super) fn flag(&self, name: &str) -> bool {
        self.number(name) == Some(1)
    }

    /// A list, or a value alone as a list of one.
    pub(super) fn list(&self, name: &str) -> Option<&[Self]> {
        match self.get(name)? {
            Self::List(all) => Some(all),
            one @ Self::Object { .. } => Some(std::slice::from_ref(one)),
            _ => None,
        }
    }
}

/// Reads the value that begins in a line, and how many lines it takes.
pub(super) fn read(lines: &[Line], at: usize) -> (Node, usize) {
    let mut parser = Parser {
        lines,
        row: at,
        column: 0,
    };
    let node = parser.value(0);
    let used = (parser.row + 1).saturating_sub(at).max(1);
    (node, used.min(lines.len().saturating_sub(at).max(1)))
}

struct Parser<'a> {
    lines: &'a [Line],
    row: usize,
    column: usize,
}

impl Parser<'_> {
    /// The byte here; the end of a line is a line feed.
    fn peek(&self) -> Option<u8> {
        let line = self.lines.get(self.row)?;
        Some(
            line.text
                .as_bytes()
                .get(self.column)
                .copied()
                .unwrap_or(b'\n'),
        )
    }

    fn next(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        let length = self.lines.get(self.row).map_or(0, |line| line.text.len());
        if self.column >= length {
            self.row += 1;
            self.column = 0;
        } else {
            self.column += 1;
        }
        Some(byte)
    }

    fn skip_space(&mut self) {
        while let Some(byte) = self.peek() {
            if !byte.is_ascii_whitespace() {
                return;
            }
            self.next();
        }
    }

    fn value(&mut self, depth: usize) -> Node {
        self.skip_space();
        if depth == MAX_DEPTH {
            self.row = self.lines.len();
            return Node::Other;
        }
        match self.peek() {
            Some(b'{') => self.object(depth),
            Some(b'[') => self.list(depth),
            Some(b'"') => self.text().map_or(Node::Other, Node::Text),
            Some(_) => self.word(),
            None => Node::Other,
        }
    }

    fn object(&mut self, depth: usize) -> Node {
        let line = self.lines.get(self.row).map_or(0, |line| line.number);
        let mut fields = Vec::new();
        self.next();
        loop {
            self.skip_space();
            match self.peek() {
                Some(b'"') => {
                    let Some(name) = self.text() else { break };
                    self.skip_space();
                    if self.peek() != Some(b':') {
                        break;
                    }
                    self.next();
                    fields.push((name, self.value(depth + 1)));
                }
                Some(b',') => {
                    self.next();
                }
                Some(b'}') => {
                    self.close();
                    break;
                }
                _ => break,
            }
        }
        Node::Object { fields, line }
    }

    fn list(&mut self, depth: usize) -> Node {
        let mut all = Vec::new();
        self.next();
        loop {
            self.skip_space();
            match self.peek() {
                Some(b',') => {
                    self.next();
                }
                Some(b']') => {
                    self.close();
                    break;
                }
                Some(b'}' | b':') | None => break,
                Some(_) => all.push(self.value(depth + 1)),
            }
        }
        Node::List(all)
    }

    /// Takes a closing sign, and stays in its line.
    fn close(&mut self) {
        self.column += 1;
    }

    fn text(&mut self) -> Option<String> {
        let mut bytes = Vec::new();
        self.next();
        loop {
            match self.next()? {
                b'"' => return Some(String::from_utf8_lossy(&bytes).into_owned()),
                b'\\' => self.escape(&mut bytes)?,
                byte => bytes.push(byte),
            }
        }
    }

    fn escape(&mut self, bytes: &mut Vec<u8>) -> Option<()> {
        match self.next()? {
            b'n' => bytes.push(b'\n'),
            b't' => bytes.push(b'\t'),
            b'r' => bytes.push(b'\r'),
            b'b' | b'f' => bytes.push(b' '),
            b'u' => {
                let mut number = 0;
                for _ in 0..4 {
                    let digit = char::from(self.next()?).to_digit(16)?;
                    number = number * 16 + digit;
                }
                // Half a pair of a sign beyond the first plane is no sign, and none of a record's.
                let sign = char::from_u32(number).unwrap_or('\u{fffd}');
                bytes.extend_from_slice(sign.encode_utf8(&mut [0; 4]).as_bytes());
            }
            byte => bytes.push(byte),
        }
        Some(())
    }

    /// A number, `true`, `false`, `null`, or what is none of them.
    fn word(&mut self) -> Node {
        let mut word = String::new();
        while let Some(byte) = self.peek() {
            if byte.is_ascii_whitespace()
                || matches!(byte, b',' | b'}' | b']' | b'{' | b'[' | b':' | b'"')
            {
                break;
            }
            word.push(char::from(byte));
            self.next();
        }
        match word.as_str() {
            "" => {
                // A sign out of place: the value ends here.
                self.row = self.lines.len();
                Node::Other
            }
            "true" => Node::Number("1".to_owned()),
            _ if word.bytes().all(|byte| byte.is_ascii_digit()) => Node::Number(word),
            _ => Node::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text;

    fn parsed(text: &str) -> (Node, usize) {
        read(&text::lines(text).0, 0)
    }

    #[test]
    fn values_are_read_with_their_lines() {
        let (node, used) =
            parsed("{\"a\": [1, true, null],\n \"b\": {\"c\": \"x\\u0041\\\"\"}\n}\nrest");
        assert_eq!(used, 3);
        let list = node.list("a").unwrap();
        assert_eq!(list[1], Node::Number("1".to_owned()));
        let inner = node.get("b").unwrap();
        assert_eq!(inner.text("c"), Some("xA\""));
        assert!(matches!(inner, Node::Object { line: 2, .. }));
    }

    #[test]
    fn what_is_cut_off_ends_there() {
        let (node, used) = parsed("{\"a\": \"b\", \"c\": [\"d\", \"e");
        assert_eq!(node.text("a"), Some("b"));
        assert_eq!(used, 1);
        let deep = "[".repeat(1000);
        assert_eq!(parsed(&deep).1, 1);
    }
}
