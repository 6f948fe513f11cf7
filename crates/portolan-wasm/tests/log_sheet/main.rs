//! The sheet of a log: what it says first, its figures, its filters, and that nothing of a stranger acts in it.

#![expect(clippy::unwrap_used, reason = "a test says so when it fails")]

mod answers;
#[path = "../render/mod.rs"]
mod render;
mod shape;

use portolan_explain::Taken;
use portolan_wasm::desk::Desk;
use render::html;
use scraper::{ElementRef, Html, Selector};

const UNKNOWN: &str = "dsn=5.1.1, status=bounced (host mx said: 550 5.1.1 User unknown)";
const TOO_LARGE: &str =
    "dsn=5.3.4, status=bounced (host mx said: 552 5.3.4 Message size exceeds fixed limit)";
const FULL: &str = "dsn=4.2.2, status=deferred (host mx said: 452 4.2.2 Mailbox full)";
const SENT: &str = "dsn=2.0.0, status=sent (250 ok)";
const ODD: &str = "dsn=5.0.0, status=bounced (zzq flurb)";
const REJECT: &str = "mx postfix/smtpd[1]: NOQUEUE: reject: RCPT from unknown[203.0.113.5]: 554 5.7.1 <c@far.example>: Relay access denied; from=<s@spam.example> to=<c@far.example> proto=ESMTP helo=<x>\n";

/// A line of Postfix: the queue's id, the recipient, the host that answered, and what became of it.
fn line(queue: usize, to: &str, relay: &str, said: &str) -> String {
    format!(
        "Nov 25 10:00:00 mx postfix/smtp[1]: {queue:X}A: to=<{to}>, relay={relay}[192.0.2.1]:25, delay=1, {said}\n"
    )
}

/// Such lines, each so often.
fn log(kinds: &[(usize, &str)]) -> String {
    let mut text = String::new();
    for (count, said) in kinds {
        for _ in 0..*count {
            let queue = text.len();
            text += &line(queue, "a@one.example", "mx.one.example", said);
        }
    }
    text
}

fn read(text: &str) -> Desk {
    let mut desk = Desk::default();
    desk.facts = portolan_builtin::facts().clone();
    desk.take_text(text.as_bytes(), Taken::AsItIs);
    desk
}

fn page(desk: &Desk) -> Html {
    Html::parse_fragment(&html(&desk.sheet(&given())))
}

fn all<'p>(page: &'p Html, selector: &str) -> Vec<ElementRef<'p>> {
    within(page.root_element(), selector)
}

fn within<'p>(element: ElementRef<'p>, selector: &str) -> Vec<ElementRef<'p>> {
    element
        .select(&Selector::parse(selector).unwrap())
        .collect()
}

fn text(element: ElementRef<'_>) -> String {
    let text: String = element.text().collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn texts(page: &Html, selector: &str) -> Vec<String> {
    all(page, selector).into_iter().map(text).collect()
}

/// Some of everything.
const MIXED: &[(usize, &str)] = &[
    (1_200, SENT),
    (5, UNKNOWN),
    (2, TOO_LARGE),
    (3, FULL),
    (1, ODD),
];

/// A log, taken for one.
fn given() -> portolan_wasm::intake::Given {
    portolan_wasm::intake::Given {
        kind: portolan_intake::Kind::Log,
        ..portolan_wasm::intake::Given::default()
    }
}
