//! What holds for every text: an answer, the same with other line ends and when quoted, from a bounded part of it.

use portolan_intake::{Kind, MAX_BYTES, recognize};
use proptest::prelude::*;

/// Pieces that signs care about, so that texts reach their corners.
const PIECES: &[&str] = &[
    "220 mx.example.org ESMTP",
    "250-",
    "250 OK",
    "535 5.7.8 no",
    "EHLO a",
    "MAIL FROM:<a@b.example>",
    "STARTTLS",
    "QUIT",
    "S: ",
    "C: ",
    "<- ",
    "-> ",
    "[",
    "]",
    "{",
    "}",
    "\"schema\"",
    "\"target\"",
    "\"steps\"",
    "Subject: ",
    "From: ",
    "Received: ",
    "Final-Recipient: ",
    "Mar 23 11:21:31 ",
    "2024-05-02T08:12:01Z ",
    "postfix/smtp[1]: ",
    "@4000000",
    "smtp.example.com",
    ":587",
    " 587",
    "a@b.example",
    "v=spf1",
    " IN MX 10 ",
    "10 mx.example.",
    "SMTP_HOST=",
    "host: ",
    "Port: ",
    "relayhost",
    "createTransport({",
    "timed out",
    "Exception",
    "Error: ",
    "\tat a.b(C.java:1)",
    "fehlgeschlagen",
    "失敗",
    "ошибка",
    "<td>",
    "</td>",
    "```",
    "```js",
    "> ",
    ">",
    "  ",
    " ",
    "\n",
    "\n\n",
    "\t",
    ",",
    ";",
    "|",
    "'",
    "\"",
    "`",
    "*",
    "(",
    ")",
    "<",
    "#",
    "\\r\\n",
    "\\",
    "é",
    "ß",
    "。",
    "\u{a0}",
    "\u{200b}",
    "\u{feff}",
    "\u{1b}[31m",
    "\u{1}",
    "5.7.1",
    "[2001:db8::25]:587",
    "192.0.2.1",
    "://",
    "smtp",
    "mailto:",
    "what does",
    "?",
    "telnet ",
];

fn squeezed() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..60).prop_map(|pieces| pieces.concat())
}

/// Without NUL, which may look like UTF-16, and CR, which is a line's end already.
fn texts() -> impl Strategy<Value = String> {
    let any = any::<String>().prop_map(|text| text.replace(['\0', '\r'], ""));
    prop_oneof![4 => squeezed(), 1 => any]
}

fn quoted(text: &str) -> String {
    let lines: Vec<String> = text.split('\n').map(|line| format!("> {line}")).collect();
    lines.join("\n")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn any_bytes_have_an_answer(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let taken = recognize(&bytes);
        prop_assert_ne!(taken.or, Some(taken.kind));
        prop_assert_ne!(taken.or, Some(Kind::Nothing));
    }

    #[test]
    fn line_ends_change_nothing(text in texts()) {
        let taken = recognize(text.as_bytes());
        prop_assert_eq!(&taken, &recognize(text.replace('\n', "\r\n").as_bytes()));
        prop_assert_eq!(&taken, &recognize(text.replace('\n', "\r").as_bytes()));
    }

    #[test]
    fn quoting_changes_nothing(text in texts()) {
        prop_assert_eq!(recognize(text.as_bytes()), recognize(quoted(&text).as_bytes()));
    }

    #[test]
    fn encodings_of_unicode_change_nothing(text in squeezed()) {
        let with_mark = format!("\u{feff}{text}");
        let little: Vec<u8> = with_mark.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = with_mark.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let taken = recognize(text.as_bytes());
        prop_assert_eq!(&taken, &recognize(with_mark.as_bytes()));
        prop_assert_eq!(&taken, &recognize(&little));
        prop_assert_eq!(&taken, &recognize(&big));
    }
}

proptest! {
    // Each is a quarter of a megabyte.
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_bounded_part_decides(text in squeezed(), rest in squeezed()) {
        let mut long = text.into_bytes();
        long.resize(MAX_BYTES * 4, b'\n');
        let taken = recognize(&long);
        // Behind the beginning, and behind the piece of the middle.
        let end = long.len();
        long.splice(end - rest.len().., rest.into_bytes());
        prop_assert_eq!(taken, recognize(&long));
    }
}

/// Texts that make a reader go over the same bytes again and again.
#[test]
fn long_texts_of_one_kind_are_read() {
    for piece in [
        "a",
        " ",
        "\n",
        ">",
        "> ",
        "\t\n",
        ":",
        "250-",
        "\u{1b}[",
        "{\"",
        "mail ",
        "not ",
        "at (",
        "a.a.",
        "@",
        "1",
        "失",
        "no \u{a0}",
        "5.",
        "MX ",
        "```",
        "\\r\\n",
        "0\0",
    ] {
        recognize(piece.repeat(4 * MAX_BYTES / piece.len()).as_bytes());
    }
}
