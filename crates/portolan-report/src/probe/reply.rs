//! Replies as they were read, and what an answer to EHLO offers.

use core::fmt::Write;

use serde::{Deserialize, Serialize};

/// A reply (RFC 5321, section 4.2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Reply {
    /// The reply code, of its last line.
    pub code: u16,
    /// The enhanced code (RFC 3463) with which the text of the last line begins: `5.7.1`.
    pub enhanced: Option<String>,
    /// The lines as they came, codes included, without their ends, printable.
    pub lines: Vec<String>,
    /// How many bytes it had in all; more than the lines hold where a limit cut it.
    pub bytes: u64,
}

/// What an answer to EHLO offers (RFC 5321, section 4.1.1.1).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Offers {
    /// The name by which the server calls itself.
    pub name: Option<String>,
    /// The keywords in the order in which they came.
    pub keywords: Vec<Keyword>,
    /// Whether STARTTLS is among them.
    pub starttls: bool,
    /// The mechanisms of AUTH in upper case, of the old form `AUTH=` too, each once. Empty: none is offered.
    pub auth: Vec<String>,
    /// The largest message in bytes (RFC 1870), where one is declared.
    pub size: Option<u64>,
}

/// A keyword with its parameters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Keyword {
    /// As it was written.
    pub name: String,
    /// What stands behind it.
    pub parameters: Vec<String>,
}

impl Offers {
    /// Reads them out of the lines of a reply, codes included.
    pub fn of(lines: &[String]) -> Self {
        let mut offers = Self::default();
        for (at, line) in lines.iter().enumerate() {
            // Behind the code and its mark; both are of one byte a letter, or the line is no line of a reply.
            let text = line.get(4..).unwrap_or_default().trim();
            let mut words = text.split_ascii_whitespace();
            let Some(name) = words.next() else { continue };
            if at == 0 {
                offers.name = Some(name.to_owned());
                continue;
            }
            offers.read(name, words.map(str::to_owned).collect());
        }
        offers
    }

    fn read(&mut self, name: &str, parameters: Vec<String>) {
        let upper = name.to_ascii_uppercase();
        match upper.as_str() {
            "STARTTLS" => self.starttls = true,
            "SIZE" => self.size = parameters.first().and_then(|it| it.parse().ok()),
            "AUTH" => self.mechanisms(&parameters),
            _ => {}
        }
        // Before RFC 2554 it was written so, and some servers offer both for clients of that time.
        if let Some(first) = upper.strip_prefix("AUTH=") {
            self.mechanism(first);
            self.mechanisms(&parameters);
        }
        self.keywords.push(Keyword {
            name: name.to_owned(),
            parameters,
        });
    }

    fn mechanisms(&mut self, names: &[String]) {
        for name in names {
            self.mechanism(name);
        }
    }

    fn mechanism(&mut self, name: &str) {
        let name = name.to_ascii_uppercase();
        if !name.is_empty() && !self.auth.contains(&name) {
            self.auth.push(name);
        }
    }
}

/// Bytes of a server as text that no terminal acts upon: what is no printable letter becomes `\xNN`, a tabulator a space.
pub fn printable(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        for letter in chunk.valid().chars() {
            if letter == '\t' {
                text.push(' ');
            } else if letter.is_control() || turns(letter) {
                let mut buffer = [0; 4];
                escape(&mut text, letter.encode_utf8(&mut buffer).as_bytes());
            } else {
                text.push(letter);
            }
        }
        escape(&mut text, chunk.invalid());
    }
    text
}

/// Marks that change the direction or the place of other letters (`Bidi_Control` of Unicode, and what separates lines).
const fn turns(letter: char) -> bool {
    matches!(
        letter,
        '\u{061c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}'
    )
}

fn escape(text: &mut String, bytes: &[u8]) {
    for byte in bytes {
        // Writing into a text cannot fail.
        let _ = write!(text, "\\x{byte:02x}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        text.lines().map(str::to_owned).collect()
    }

    #[test]
    fn offers_are_read() {
        let offers = Offers::of(&lines(
            "250-mx.example.org greets you\n250-SIZE 35882577\n250-starttls\n250-AUTH PLAIN login\n250-AUTH=LOGIN XOAUTH2\n250 DSN",
        ));
        assert_eq!(offers.name.as_deref(), Some("mx.example.org"));
        assert!(offers.starttls);
        assert_eq!(offers.size, Some(35_882_577));
        assert_eq!(offers.auth, ["PLAIN", "LOGIN", "XOAUTH2"]);
        let names: Vec<&str> = offers.keywords.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(names, ["SIZE", "starttls", "AUTH", "AUTH=LOGIN", "DSN"]);
    }

    #[test]
    fn a_name_is_no_offer_and_a_masked_word_is_none() {
        let offers = Offers::of(&lines(
            "250-STARTTLS AUTH\n250-XXXXXXXA\n250-SIZE\n250 AUTH",
        ));
        assert_eq!(offers.name.as_deref(), Some("STARTTLS"));
        assert!(!offers.starttls && offers.auth.is_empty() && offers.size.is_none());
        assert_eq!(
            Offers::of(&lines("250\n25\nx\u{e9}\u{e9}")),
            Offers::default()
        );
    }

    #[test]
    fn nothing_acts_upon_a_terminal() {
        let text = printable(b"220 \x1b[2J\x00mx\xff \xc3\xa9\t\xe2\x80\xae!\x7f\xc2\x9b");
        assert_eq!(
            text,
            "220 \\x1b[2J\\x00mx\\xff \u{e9} \\xe2\\x80\\xae!\\x7f\\xc2\\x9b"
        );
    }
}
