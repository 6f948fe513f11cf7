//! What holds for every text: nothing panics, every place is true, every endpoint comes once.

use std::collections::BTreeSet;

use portolan_config::{MAX_BYTES, ReadEndpoint, read_documentation};
use proptest::prelude::*;

/// Pieces that the reader cares about, so that texts reach its corners.
const PIECES: &[&str] = &[
    "port",
    "Port:",
    "ports",
    "Puerto",
    "porta",
    "587",
    "465",
    "25",
    "2525",
    "993",
    "8443",
    "80",
    "0",
    "99999",
    "smtp.example.com",
    "imap.example.com",
    "mail.example.org",
    "localhost",
    ":",
    "://",
    "smtp",
    "smtps://",
    "https://",
    "SMTP",
    "IMAP",
    "POP3",
    "STARTTLS",
    "SSL/TLS",
    "TLS",
    "ssl: true",
    "secure: false",
    "unverschlüsselt",
    "sans chiffrement",
    "if",
    "not",
    "do not",
    "blocked",
    "deprecated",
    "instead of",
    "und",
    "or",
    ",",
    ".",
    ";",
    "?",
    "(",
    ")",
    "|",
    "\t",
    "  ",
    " ",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "# ",
    "- ",
    "---",
    "```",
    "<td>",
    "</td>",
    "<tr>",
    "</tr>",
    "<p>",
    "</p>",
    "<h1>",
    "</h1>",
    "<script>",
    "</script>",
    "<pre>",
    "<!--",
    "-->",
    "&nbsp;",
    "&iacute;",
    "&lt;",
    "<region>",
    "{region}",
    "$REGION",
    "YOUR-REGION",
    "[x]",
    "@",
    "user:pass@",
    "\\",
    "=",
    "\"",
    "'",
    "`",
    "SMTP_HOST=",
    "SMTP_PORT=",
    "EMAIL_USE_TLS = True",
    "both",
    "the last one",
    "same",
    "Ausgang",
    "before:",
    "until",
    "still",
    "replaces",
    "from 25 to",
    "192.0.2.1",
    "~~",
    "....",
    "value:",
    "Posteingang",
    "saída",
    "é",
    "İ",
    "ß",
    "🦀",
    "\u{1}",
    "\u{85}",
    "’",
    "¿",
];

fn squeezed() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..80).prop_map(|pieces| pieces.concat())
}

fn texts() -> impl Strategy<Value = String> {
    prop_oneof![4 => squeezed(), 1 => any::<String>()]
}

fn without_places(found: Vec<ReadEndpoint>) -> Vec<ReadEndpoint> {
    found
        .into_iter()
        .map(|endpoint| ReadEndpoint {
            evidence: Vec::new(),
            ..endpoint
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn evidence_lies_in_the_text_and_covers_the_port(text in texts()) {
        for endpoint in read_documentation(&text) {
            let port = endpoint.port.to_string();
            let mut covered = false;
            for span in &endpoint.evidence {
                let start = usize::try_from(span.start).unwrap();
                let end = usize::try_from(span.end).unwrap();
                prop_assert!(start < end && end <= text.len());
                // Panics where a place is inside of a letter.
                let digits: String = text[start..end].chars().filter(char::is_ascii_digit).collect();
                covered |= digits == port;
            }
            prop_assert!(covered, "{port} in {endpoint:?}");
            prop_assert!(endpoint.evidence.is_sorted());
        }
    }

    #[test]
    fn every_endpoint_comes_once(text in texts()) {
        let found = read_documentation(&text);
        let names: BTreeSet<_> = found.iter().map(|endpoint| (endpoint.host.clone(), endpoint.port)).collect();
        prop_assert_eq!(names.len(), found.len());
    }

    #[test]
    fn line_endings_change_places_only(text in texts()) {
        let unix = text.replace("\r\n", "\n").replace('\r', "\n");
        let windows = unix.replace('\n', "\r\n");
        prop_assert_eq!(without_places(read_documentation(&unix)), without_places(read_documentation(&windows)));
    }
}

/// A paste may be of any length: what is read ends, also where a letter lies on the border.
#[test]
fn what_is_behind_the_bound_is_not_read() {
    let mut text = "ä".repeat(MAX_BYTES / 2 - 20);
    text.push_str("\nx\nsmtp.example.com:587 smtp.example.com:465 ä ä ä ä\nsmtp.example.com:2525");
    let found = read_documentation(&text);
    assert!(found.len() < 3, "{found:?}");
}

/// Repeated pieces are where a search that begins anew at each piece would never come back.
#[test]
fn repetition_takes_no_longer_than_length() {
    for piece in PIECES.iter().chain(&[
        "587 ",
        "port 587 ",
        "smtp.example.com ",
        "(587",
        "|587",
        "587\n",
        "<",
        "a.",
        "{a",
        "&a",
        "587,",
        "not 25 ",
        "x\t587\n",
        "smtp.example.com\n587\n",
    ]) {
        let text = piece.repeat(MAX_BYTES / 8 / piece.len());
        read_documentation(&text);
    }
}
