//! Words, numbers, hosts and signs of the working copy, each with its place.

use crate::host;
use crate::html;
use crate::mask::GONE;
use crate::meaning::Meaning;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A number that can be no port: part of a date, a version, an amount, a telephone number.
    Figure,
    /// A name of a host.
    Host,
    /// A number that could be a port.
    Number(u16),
    /// A web address, a mail address, an IP address: looked at no further.
    Opaque,
    /// One sign; a tab is the border between two columns.
    Sign(char),
    /// A word, a name in a program, a key.
    Word,
}

/// A token.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    pub(crate) kind: Kind,
    /// Lower case, folded to ASCII where there is ASCII for it; of a host its name.
    pub(crate) text: String,
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) meaning: Meaning,
    /// Which statement it belongs to; see `clause`.
    pub(crate) clause: usize,
    /// Which column of its line.
    pub(crate) cell: usize,
}

impl Token {
    pub(crate) fn new(kind: Kind, text: String, start: usize, end: usize) -> Self {
        Self {
            kind,
            text,
            start,
            end,
            meaning: Meaning::default(),
            clause: 0,
            cell: 0,
        }
    }

    pub(crate) fn is(&self, sign: char) -> bool {
        self.kind == Kind::Sign(sign)
    }

    pub(crate) fn port(&self) -> Option<u16> {
        match self.kind {
            Kind::Number(port) => Some(port),
            _ => None,
        }
    }
}

/// The tokens of one line of the working copy that starts at `start`; `text` is the whole text as it was pasted.
pub(crate) fn tokens(line: &str, start: usize, text: &str) -> Vec<Token> {
    let mut reader = Reader {
        line,
        start,
        text,
        at: 0,
        columns: Columns::of(line),
        found: Vec::new(),
    };
    while reader.step() {}
    reader.found
}

/// What parts the columns of a line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Columns {
    Bars,
    Gaps,
    Tabs,
}

impl Columns {
    fn of(line: &str) -> Self {
        let inner = line.trim();
        if inner.matches('|').count() >= 2 {
            Self::Bars
        } else if inner.contains('\t') {
            Self::Tabs
        } else {
            Self::Gaps
        }
    }
}

struct Reader<'a> {
    line: &'a str,
    start: usize,
    text: &'a str,
    at: usize,
    columns: Columns,
    found: Vec<Token>,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        self.line.get(self.at..).unwrap_or_default()
    }

    fn push(&mut self, kind: Kind, text: String, from: usize, to: usize) {
        self.found
            .push(Token::new(kind, text, self.start + from, self.start + to));
    }

    fn step(&mut self) -> bool {
        let Some(letter) = self.rest().chars().next() else {
            return false;
        };
        let from = self.at;
        if letter == GONE {
            self.at += 1;
        } else if letter.is_whitespace() {
            self.space();
        } else if self.leads() {
            // Dots that lead from a label to its value part two columns.
            let dots = self.rest().len() - self.rest().trim_start_matches('.').len();
            self.at += dots;
            self.push(Kind::Sign('\t'), String::new(), from, from);
        } else if let Some(run) = host::run(self.line, from) {
            self.at = run;
            self.run(from, run);
        } else {
            self.at += letter.len_utf8();
            let letter = if letter == '’' { '\'' } else { letter };
            self.push(Kind::Sign(letter), String::new(), from, self.at);
        }
        true
    }

    fn leads(&self) -> bool {
        let rest = self.rest();
        !self.before('.')
            && rest.starts_with("....")
            && !rest.trim_start_matches(['.', ' ', GONE]).is_empty()
    }

    fn space(&mut self) {
        let from = self.at;
        let length = self
            .rest()
            .char_indices()
            .find(|(_, letter)| !letter.is_whitespace() && *letter != GONE)
            .map_or(self.rest().len(), |(at, _)| at);
        self.at += length;
        let spaces = self.line.get(from..self.at).unwrap_or_default();
        let width = spaces.chars().filter(|letter| *letter != GONE).count();
        let parts = match self.columns {
            Columns::Bars => false,
            Columns::Gaps => width >= 2,
            Columns::Tabs => spaces.contains('\t'),
        };
        // The space after the mark of a list parts nothing, nor does indentation; but a table may begin with empty cells.
        let begins = self
            .found
            .iter()
            .all(|token| matches!(token.kind, Kind::Sign(_)));
        let tabs = spaces.matches('\t').count();
        // Tags put a tab before each cell, the first one too.
        let tagged = self
            .text
            .get(self.start + from..)
            .is_some_and(|text| text.trim_start().starts_with('<'));
        let count = if !parts || self.at >= self.line.len() {
            0
        } else if tagged {
            if begins {
                tabs.saturating_sub(1)
            } else {
                tabs.max(1)
            }
        } else if begins {
            if self.columns == Columns::Tabs {
                tabs
            } else {
                0
            }
        } else {
            1
        };
        for _ in 0..count.min(MAX_EMPTY) {
            self.push(Kind::Sign('\t'), String::new(), from, from);
        }
    }

    fn before(&self, sign: char) -> bool {
        self.found.last().is_some_and(|last| last.is(sign))
    }

    /// A run of letters, digits, dots and hyphens.
    fn run(&mut self, from: usize, to: usize) {
        let run = self.line.get(from..to).unwrap_or_default();
        let word = fold(run);
        let after = self.line.get(to..).unwrap_or_default();
        let adjacent = self
            .found
            .last()
            .is_some_and(|last| last.end == self.start + from);
        if after.starts_with("://") {
            self.address(from, to, &word);
        } else if after.starts_with('@') {
            let length = after.find(is_end_of_address).unwrap_or(after.len());
            self.at = to + length;
            self.push(Kind::Opaque, String::new(), from, to + length);
        } else if adjacent && (self.before('@') || self.before('\\')) {
            self.push(Kind::Opaque, String::new(), from, to);
        } else if let Some(name) = host::name(run, self.original(from, to)) {
            // A path behind it makes it a web address.
            let path = after.strip_prefix('/');
            let path =
                path.is_some_and(|path| path.starts_with(|sign: char| sign.is_ascii_alphabetic()));
            let kind = if path { Kind::Opaque } else { Kind::Host };
            self.push(kind, name, from, to);
        } else {
            let kind = number(&word, self.found.last().filter(|_| adjacent), after);
            self.push(kind, word, from, to);
        }
    }

    fn original(&self, from: usize, to: usize) -> &str {
        self.text
            .get(self.start + from..self.start + to)
            .unwrap_or_default()
    }

    /// A web address: skipped, unless it is one of a mail server.
    fn address(&mut self, from: usize, to: usize, scheme: &str) {
        if !matches!(
            scheme,
            "smtp" | "smtps" | "submission" | "submissions" | "ssl" | "tls"
        ) {
            let rest = self.line.get(to..).unwrap_or_default();
            let length = rest.find(is_end_of_address).unwrap_or(rest.len());
            self.at = to + length;
            self.push(Kind::Opaque, String::new(), from, to + length);
            return;
        }
        let scheme = if scheme == "submissions" {
            "smtps"
        } else {
            scheme
        };
        self.push(Kind::Word, scheme.to_owned(), from, to);
        // Name and password, if there are any, end with the last @.
        let begin = to + "://".len();
        let rest = self.line.get(begin..).unwrap_or_default();
        let length = rest
            .char_indices()
            .take(MAX_AUTHORITY)
            .find(|(_, sign)| is_end_of_address(*sign) || *sign == '/')
            .map_or(rest.len().min(MAX_AUTHORITY), |(at, _)| at);
        let authority = rest.get(..length).unwrap_or_default();
        let skip = authority.rfind('@').map_or(0, |at| at + 1);
        let host_from = begin + skip;
        let named = self.line.get(host_from..begin + length).unwrap_or_default();
        let named = named
            .find([':', '/', '"', '\'', '`', ' ', '?', '\t', '>', ')', ','])
            .unwrap_or(named.len());
        let host = self
            .line
            .get(host_from..host_from + named)
            .unwrap_or_default();
        let whole = host::run(self.line, host_from).unwrap_or(host_from + named);
        let name = host::name(
            self.line.get(host_from..whole).unwrap_or(host),
            self.original(host_from, whole),
        );
        self.at = host_from.max(to);
        if let Some(name) = name {
            self.push(Kind::Host, name, host_from, whole);
            self.at = whole;
        } else if !host.is_empty()
            && host
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        {
            self.push(Kind::Host, host.to_owned(), host_from, host_from + named);
            self.at = host_from + named;
        }
    }
}

fn is_end_of_address(sign: char) -> bool {
    sign.is_whitespace()
        || matches!(
            sign,
            '"' | '\'' | '`' | ')' | '>' | '|' | ',' | ']' | '»' | GONE
        )
}

/// More empty cells in a row are no table.
const MAX_EMPTY: usize = 8;
/// A name, a password and a host are shorter.
const MAX_AUTHORITY: usize = 512;

/// Folds to ASCII and leaves out what was taken away.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.chars() {
        match html::plain(letter) {
            Some(plain) => folded.push_str(plain),
            None if letter != GONE => folded.push(letter),
            None => {}
        }
    }
    folded
}

/// Whether a run is a number that could be a port, a figure, or a word.
fn number(word: &str, before: Option<&Token>, after: &str) -> Kind {
    if !word
        .bytes()
        .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'_'))
    {
        return Kind::Word;
    }
    let glued_before = before.is_some_and(|token| {
        matches!(
            token.kind,
            Kind::Sign('+' | '#' | '$' | '€' | '£' | '-' | '–' | '.' | '~' | '§' | '%' | '@')
        )
    });
    let mut next = after.chars().filter(|letter| *letter != GONE);
    let glued_after = match next.next() {
        Some('%' | '€' | '-' | '°' | '+' | 'º' | 'ª') => true,
        Some('.') => next.next().is_some_and(|letter| letter.is_ascii_digit()),
        _ => false,
    };
    match word.parse::<u16>() {
        Ok(port) if port > 0 && !word.starts_with('0') && !glued_before && !glued_after => {
            Kind::Number(port)
        }
        _ => Kind::Figure,
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, tokens};

    fn kinds(line: &str) -> Vec<(Kind, String)> {
        tokens(line, 0, line)
            .into_iter()
            .map(|token| (token.kind, token.text))
            .collect()
    }

    #[test]
    fn hosts_numbers_and_what_only_looks_so() {
        let hosts = |line: &str| {
            kinds(line)
                .into_iter()
                .filter(|(kind, _)| *kind == Kind::Host)
                .map(|(_, text)| text)
                .collect::<Vec<_>>()
        };
        assert_eq!(hosts("smtp.{domain}, port 587."), ["smtp.<domain>"]);
        assert_eq!(
            hosts("email-smtp.YOUR-REGION.amazonaws.com"),
            ["email-smtp.<your-region>.amazonaws.com"]
        );
        assert_eq!(
            hosts("smtp.email.$region.nube.example"),
            ["smtp.email.<region>.nube.example"]
        );
        assert_eq!(hosts("[smtp.example.com]:587"), ["smtp.example.com"]);
        assert_eq!(
            hosts("smtps://u:p@smtp.example.com:465"),
            ["smtp.example.com"]
        );
        assert!(
            hosts("a@example.com https://example.com:443/x settings.py mail.smtp.port 1.2.3")
                .is_empty()
        );
        let numbers = |line: &str| {
            kinds(line)
                .iter()
                .filter(|(kind, _)| matches!(kind, Kind::Number(_)))
                .count()
        };
        assert_eq!(numbers("587, 465. (25) `2525` 25/587"), 6);
        assert_eq!(numbers("0.587 -2525 2.5.25 465-B 05 8.7 #587 25% 99999"), 0);
    }
}
