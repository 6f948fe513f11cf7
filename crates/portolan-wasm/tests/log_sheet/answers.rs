//! What is told: the first sentence, totals, causes, filters and tables.

use portolan_smtp::{Filter, Keyed, LogReader, Tally};
use portolan_wasm::desk::{After, Desk};
use scraper::Html;

use crate::render::html;
use crate::{
    FULL, MIXED, ODD, REJECT, SENT, TOO_LARGE, UNKNOWN, all, line, log, page, read, text, texts,
    within,
};

/// The sentence that answers, and the one on who can mend how much.
fn said(kinds: &[(usize, &str)]) -> (String, String) {
    let page = page(&read(&log(kinds)));
    let shares = texts(&page, "#tally-mend + p").pop().unwrap_or_default();
    (texts(&page, "h2#finding").remove(0), shares)
}

#[test]
fn what_to_mend_first_is_the_first_sentence() {
    let mine = said(&[(3, TOO_LARGE), (1, UNKNOWN), (9, SENT)]);
    assert_eq!(
        mine.0,
        "Mend this first: The message is larger than the limit."
    );
    assert_eq!(
        mine.1,
        "Of 4 lost mails, 3 are yours to mend, 1 the recipients’."
    );
    let theirs = said(&[(4, UNKNOWN), (9, SENT)]);
    assert_eq!(theirs.0, "Mend this first: There is no such mailbox.");
    assert_eq!(
        theirs.1,
        "Of 4 lost mails, none is yours to mend: 4 are the recipients’."
    );
    let nothing = said(&[(1_204, SENT)]);
    assert_eq!(nothing.0, "Nothing was lost: 1,204 mails were taken.");
    let waiting = said(&[(4, FULL), (1, SENT)]);
    assert_eq!(
        waiting.0,
        "Nothing was lost so far. Look at this first: The mailbox is full."
    );
    assert!(
        waiting.1.starts_with("Of 4 deferred tries, none"),
        "{}",
        waiting.1
    );
    let odd = said(&[(4, ODD)]);
    assert_eq!(odd.0, "4 mails were lost, and the log does not say why.");
}

#[test]
fn what_waited_and_was_taken_is_no_failure() {
    let mut text = String::new();
    for queue in 0..4 {
        text += &line(queue, "a@one.example", "mx.one.example", FULL);
        text += &line(queue, "a@one.example", "mx.one.example", SENT);
    }
    let mut desk = read(&text);
    let first = |desk: &Desk| texts(&page(desk), "h2#finding").remove(0);
    assert_eq!(first(&desk), "Nothing was lost: 4 mails were taken.");
    assert_eq!(desk.ask("filter cause recipient.mailbox-full"), After::Show);
    assert_eq!(
        first(&desk),
        "Nothing was lost: 4 mails were taken on a later try."
    );
    assert_eq!(desk.ask("filter domain elsewhere.example"), After::Show);
    assert_eq!(first(&desk), "Nothing in this log fits.");
}

#[test]
fn what_this_server_turns_away_hides_nothing_and_is_nobodys_fault_here() {
    let rejects = format!("Nov 25 10:00:00 {REJECT}").repeat(50);
    let page = page(&read(&(log(&[(1, UNKNOWN)]) + &rejects)));
    assert_eq!(
        texts(&page, "h2#finding"),
        ["Mend this first: There is no such mailbox."]
    );
    assert_eq!(
        texts(&page, "#tally-mend + p"),
        [
            "Of 51 lost mails, none is yours to mend: 1 is the recipients’, 50 were turned away by this server, for whoever sent them to mend."
        ]
    );
    let who = texts(&page, ".mend__who");
    assert_eq!(who, ["the recipient", "whoever sent it"]);
    assert!(all(&page, "[data-mark=yours]").is_empty());
}

#[test]
fn totals_and_causes_are_told_in_order() {
    let page = page(&read(&log(MIXED)));
    assert_eq!(
        texts(&page, ".tally__totals li"),
        [
            "8 lost",
            "3 tries deferred",
            "3 still waiting",
            "1,200 sent"
        ]
    );
    assert_eq!(
        texts(&page, ".mend__id"),
        [
            "recipient.unknown",
            "message.too-large",
            "recipient.mailbox-full"
        ]
    );
    assert_eq!(
        texts(&page, ".mend__cause:last-child .mend__count"),
        ["3 still wait", "3 tries deferred"]
    );
    assert_eq!(
        texts(&page, ".tally__own").len(),
        1,
        "the first on the sending side"
    );
    let kicker = texts(&page, ".tally__kicker").remove(0);
    assert_eq!(
        kicker,
        "A log of 1,211 lines; 1,211 say what became of a mail"
    );
    let odd = texts(&page, "[aria-labelledby=tally-unexplained]").remove(0);
    assert!(odd.contains("1 failure (1 lost, 0 deferred)"), "{odd}");
    assert!(
        odd.contains("zzq flurb") && odd.contains("What would decide"),
        "{odd}"
    );
}

#[test]
fn long_lines_are_told() {
    let long = format!("Nov 25 10:00:00 {}\n", "x".repeat(200_000));
    let page = page(&read(&(log(&[(4, SENT)]) + &long)));
    let notes = texts(&page, ".tally__head .tally__note").concat();
    assert!(notes.contains("1 line was longer than is read"), "{notes}");
}

fn asks(page: &Html, what: &str) -> usize {
    all(page, "[data-ask]")
        .iter()
        .filter(|it| it.value().attr("data-ask") == Some(what))
        .count()
}

#[test]
fn every_filter_can_be_set_by_a_button_and_taken_away_by_a_chip() {
    let rejects = format!("Nov 25 11:00:00 {REJECT}").repeat(2);
    let lines = log(MIXED) + &rejects + &line(1, "b@two.example", "mx.two.example", UNKNOWN);
    for (key, value) in [
        ("cause", "recipient.unknown"),
        ("domain", "two.example"),
        ("relay", "mx.two.example"),
        ("client", "203.0.113.5"),
        ("hour", "Nov 25 11"),
    ] {
        let mut desk = read(&lines);
        let what = format!("filter {key} {value}");
        let before = page(&desk);
        assert!(all(&before, ".chip").is_empty());
        assert!(
            all(&before, "button")
                .iter()
                .any(|it| it.value().attr("data-ask") == Some(&what)),
            "no button asks: {what}"
        );
        assert_eq!(desk.ask(&what), After::Show);
        let after = page(&desk);
        assert_eq!(asks(&after, &format!("filter {key}")), 1, "{key}");
        assert_eq!(asks(&after, "filter "), 1, "everything");
        let is_silent = !texts(&after, "th").iter().any(|it| it == "Still waiting")
            && !texts(&after, ".tally__totals li")
                .concat()
                .contains("waiting");
        assert_eq!(
            is_silent,
            key != "cause",
            "{key}: what nobody followed is not told"
        );
        assert_eq!(desk.ask(&format!("filter {key}")), After::Show);
        assert_eq!(
            html(&desk.sheet(&crate::given())),
            html(&read(&lines).sheet(&crate::given())),
            "{key}"
        );
    }
}

fn rows(page: &Html, id: &str) -> Vec<Vec<String>> {
    let section = all(page, &format!("[aria-labelledby={id}]")).remove(0);
    let cells = |row| within(row, "th, td").into_iter().map(text).collect();
    within(section, "tbody tr").into_iter().map(cells).collect()
}

#[test]
fn the_tables_hold_the_figures_of_the_tally() {
    let lines = log(MIXED)
        + &line(1, "b@two.example", "mx.two.example", UNKNOWN)
        + &format!("Nov 25 11:00:00 {REJECT}");
    let mut reader = LogReader::filtered(Filter::default());
    reader.push(lines.as_bytes());
    let tally: Tally = reader.finish();
    let page = page(&read(&lines));
    let cells = |all: &[Keyed], after: &str| -> Vec<Vec<String>> {
        all.iter()
            .map(|it| {
                let counts = [it.counts.lost, it.counts.deferred, it.counts.sent];
                let counts = counts.iter().map(|count| match count {
                    1_200 => "1,200".to_owned(),
                    count => count.to_string(),
                });
                let key = std::iter::once(format!("{}{after}", it.key));
                key.chain(counts).collect()
            })
            .collect()
    };
    assert_eq!(rows(&page, "tally-domains"), cells(&tally.domains, ""));
    assert_eq!(rows(&page, "tally-relays"), cells(&tally.relays, ""));
    assert_eq!(rows(&page, "tally-clients"), cells(&tally.clients, ""));
    assert_eq!(rows(&page, "tally-hours"), cells(&tally.hours, ":00"));
    assert_eq!(
        tally.domains.len() + tally.hours.len(),
        5,
        "something was compared"
    );
    let causes: Vec<Vec<String>> = rows(&page, "tally-mend")
        .into_iter()
        .map(|row| row.into_iter().take(5).collect())
        .collect();
    assert_eq!(causes[0], ["recipient.unknown", "6", "0", "0", "0"]);
    assert_eq!(causes[2], ["relay.denied", "1", "0", "0", "0"]);
    assert_eq!(causes[3], ["recipient.mailbox-full", "0", "3", "0", "3"]);
    // As many bars as rows with failures, each with what it says.
    let bars = all(&page, "[aria-labelledby=tally-domains] .bars__row");
    assert_eq!(bars.len(), 3);
    assert!(text(bars[0]).contains("8 lost · 3 deferred · 1,200 sent"));
}
