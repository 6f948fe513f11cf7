//! What was read, as a text: for the way from a worker to the page.
//!
//! One line an endpoint: `587 starttls smtp.example.com 10-13 20-36`, with `?` for what the text does not say, and `!`
//! behind a port that it recommends.

use portolan_report::Span;

use crate::{ReadEndpoint, ReadTls};

const TLS: [(&str, Option<ReadTls>); 4] = [
    ("?", None),
    ("implicit", Some(ReadTls::Implicit)),
    ("none", Some(ReadTls::None)),
    ("starttls", Some(ReadTls::StartTls)),
];

/// The endpoints as a text.
pub fn print(found: &[ReadEndpoint]) -> String {
    let mut text = String::new();
    for it in found {
        text.push_str(&it.port.to_string());
        if it.recommended {
            text.push('!');
        }
        text.push(' ');
        let tls = TLS.iter().find(|(_, tls)| *tls == it.tls);
        text.push_str(tls.map_or("?", |(word, _)| word));
        text.push(' ');
        text.push_str(it.host.as_deref().unwrap_or("?"));
        for span in &it.evidence {
            text.push(' ');
            text.push_str(&span.start.to_string());
            text.push('-');
            text.push_str(&span.end.to_string());
        }
        text.push('\n');
    }
    text
}

/// The endpoints that [`print()`] made a text of; a line that is none is left out.
pub fn parse(text: &str) -> Vec<ReadEndpoint> {
    text.lines().filter_map(line).collect()
}

fn line(line: &str) -> Option<ReadEndpoint> {
    let mut words = line.split(' ');
    let port = words.next()?;
    let number = port.trim_end_matches('!');
    let tls = words.next()?;
    let (_, tls) = TLS.iter().find(|(word, _)| *word == tls)?;
    let host = words.next()?;
    let span = |word: &str| {
        let (start, end) = word.split_once('-')?;
        Some(Span {
            start: start.parse().ok()?,
            end: end.parse().ok()?,
        })
    };
    Some(ReadEndpoint {
        host: (host != "?").then(|| host.to_owned()),
        port: number.parse().ok()?,
        tls: *tls,
        recommended: number != port,
        evidence: words.filter_map(span).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::{parse, print};
    use crate::read_documentation;

    #[test]
    fn what_was_printed_is_read_back() {
        let text = "SMTP: smtp.{region}.example.com, port 465 SSL (recommended), 587 STARTTLS or 2525. mail.x.example:25, no encryption.";
        let found = read_documentation(text);
        assert!(found.len() > 3 && found[0].recommended, "{found:?}");
        assert_eq!(parse(&print(&found)), found);
        assert!(parse("nonsense\n587\n587 maybe ?\n70000 ? ?").is_empty());
    }
}
