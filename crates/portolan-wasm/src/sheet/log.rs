//! A log: what to mend first, what it cost, for whom and when.

use portolan_explain::{Explained, Wanted, markdown, wanted};
use portolan_facts::Facts;
use portolan_report::sheet::{Element, Press};
use portolan_smtp::{Filter, Keyed, Tally};

use super::chart::{Bar, bars, columns, figures, legend};
use super::figures::{failed, hour, lost, many, number, safe};
use super::finding::advise;
use super::mend::{mend, part, unexplained};
use super::table::{Keys, OTHERS, keyed};
use super::{Writes, answer, ask, el, list, of, quiet};

/// What a log came to, with the filter that it was read with.
pub(crate) fn log(explained: &Explained, tally: &Tally, facts: &Facts) -> Element {
    let filter = &explained.filter;
    let has_sent = filter.cause.is_none();
    let charts: Vec<Element> = KINDS
        .iter()
        // One bar alone tells nothing.
        .filter(|kind| (kind.wanted)(filter).is_none())
        .filter_map(|kind| chart(kind, (kind.all)(tally), tally, has_sent))
        .chain(
            filter
                .hour
                .is_none()
                .then(|| times(&tally.hours, has_sent))
                .flatten(),
        )
        .collect();
    let charts = (!charts.is_empty()).then(|| {
        let sent = "mails sent, on a scale of their own";
        of("div", "tally__where")
            .child(legend(has_sent.then_some(sent)))
            .child(of("div", "tally__charts").all(charts))
    });
    of("section", "sheet tally")
        .attr("aria-labelledby", "finding")
        .child(head(tally, filter))
        .maybe(mend(tally, filter))
        .maybe(unexplained(tally))
        .maybe(charts)
        .child(after(explained, facts))
}

fn head(tally: &Tally, filter: &Filter) -> Element {
    let lines = many(tally.lines, "line", "lines");
    let records = number(tally.records);
    let kicker = format!("A log of {lines}; {records} say what became of a mail");
    let cut = (tally.cut > 0).then(|| {
        let lines = many(tally.cut, "line was", "lines were");
        of("p", "tally__note").text(&format!(
            "{lines} longer than is read: of each only the beginning counts."
        ))
    });
    let totals = answer::totals(tally, filter)
        .into_iter()
        .map(|(count, words)| {
            el("li")
                .child(of("b", "tally__total").text(&count))
                .text(" ")
                .text(words)
        });
    let own = answer::own(tally).map(|own| {
        of("p", "tally__own")
            .text("The first on the sending side: ")
            .text(own.cause.means)
    });
    of("header", "tally__head")
        .maybe(chips(filter))
        .child(of("p", "tally__kicker").text(&kicker))
        .child(
            of("h2", "tally__answer")
                .attr("id", "finding")
                .attr("tabindex", "-1")
                .text(&answer(tally, filter)),
        )
        .maybe(own)
        .child(list("ul", "tally__totals").all(totals))
        .maybe(answer::made_of(tally).map(|it| of("p", "tally__note").text(&it)))
        .maybe(cut)
}

/// What is looked at, each with a button that widens the view again.
fn chips(filter: &Filter) -> Option<Element> {
    if filter.is_empty() {
        return None;
    }
    let chips = wanted(filter).map(|Wanted { key, name, value }| {
        let value = match (key, value) {
            ("cause", "none") => "not explained".to_owned(),
            ("hour", value) => hour(value),
            (_, value) => safe(value),
        };
        let words = format!("{name} {value}");
        let chip = of("button", "chip")
            .attr("type", "button")
            .attr("aria-label", &format!("Only {words}: take this away"))
            .press(Press::Ask(format!("filter {key}")))
            .child(of("span", "chip__words").text(&words))
            .child(
                of("span", "chip__away")
                    .attr("aria-hidden", "true")
                    .text("×"),
            );
        el("li").attr("key", key).child(chip)
    });
    Some(
        of("div", "tally__filter")
            .child(of("span", "tally__only").text("Only:"))
            .child(list("ul", "tally__chips").all(chips))
            .child(ask("Show everything", "filter ")),
    )
}

/// By what the mails of a log are counted, time aside.
struct Kind {
    id: &'static str,
    title: &'static str,
    keys: Keys,
    /// What joins "34 of the 312 lost mails" and the key.
    verb: &'static str,
    all: for<'t> fn(&'t Tally) -> &'t [Keyed],
    /// Its value in a filter.
    wanted: for<'f> fn(&'f Filter) -> Option<&'f str>,
}

const KINDS: &[Kind] = &[
    Kind {
        id: "tally-domains",
        title: "By remote domain",
        keys: Keys {
            filter: "domain",
            title: "Domain",
            by: "remote domain",
            show: safe,
        },
        verb: "went to",
        all: |tally| &tally.domains,
        wanted: |filter| filter.domain.as_deref(),
    },
    Kind {
        id: "tally-relays",
        title: "By MX",
        keys: Keys {
            filter: "relay",
            title: "MX",
            by: "MX",
            show: safe,
        },
        verb: "were answered by",
        all: |tally| &tally.relays,
        wanted: |filter| filter.relay.as_deref(),
    },
    Kind {
        id: "tally-clients",
        title: "By sending address",
        keys: Keys {
            filter: "client",
            title: "Sending address",
            by: "sending address",
            show: safe,
        },
        verb: "came from",
        all: |tally| &tally.clients,
        wanted: |filter| filter.client.as_deref(),
    },
];

const HOURS: Keys = Keys {
    filter: "hour",
    title: "Hour",
    by: "hour, as the log writes it",
    show: hour,
};

fn chart(kind: &Kind, all: &[Keyed], tally: &Tally, has_sent: bool) -> Option<Element> {
    if all.is_empty() {
        return None;
    }
    let bar = |it: &Keyed| Bar {
        label: if it.key.is_empty() {
            OTHERS.to_owned()
        } else {
            (kind.keys.show)(&it.key)
        },
        counts: it.counts,
        press: (!it.key.is_empty())
            .then(|| Press::Ask(format!("filter {} {}", kind.keys.filter, it.key))),
    };
    // Keys come by failures: those without any say nothing here.
    let failing = all.iter().filter(|it| failed(it.counts) > 0);
    let first: Vec<Bar> = failing.clone().take(FIRST).map(bar).collect();
    let more = failing.count().saturating_sub(first.len());
    let more = (more > 0).then(|| {
        let more = number(u64::try_from(more).unwrap_or(u64::MAX));
        of("p", "tally__note").text(&format!("and {more} more"))
    });
    let point = point(kind, all, tally);
    let drawn = (!first.is_empty()).then(|| bars(&point, &first));
    Some(
        part(kind.id, kind.title)
            .child(of("p", "tally__point").text(&point))
            .maybe(drawn)
            .maybe(more)
            .child(keyed(all, &kind.keys, has_sent)),
    )
}

/// So many bars are drawn.
const FIRST: usize = 10;

/// What a chart shows, in a sentence.
fn point(kind: &Kind, all: &[Keyed], tally: &Tally) -> String {
    let first = all
        .iter()
        .find(|it| !it.key.is_empty() && failed(it.counts) > 0);
    let Some(first) = first else {
        return "Nothing failed here.".to_owned();
    };
    let (part, whole) = if first.counts.lost > 0 {
        (
            first.counts.lost,
            many(lost(tally), "lost mail", "lost mails"),
        )
    } else {
        let whole = many(tally.deferred, "deferred try", "deferred tries");
        (first.counts.deferred, whole)
    };
    let verb = if part == 1 {
        kind.verb.replace("were", "was")
    } else {
        kind.verb.to_owned()
    };
    format!(
        "Most: {} of {whole} {verb} {}.",
        number(part),
        (kind.keys.show)(&first.key)
    )
}

/// When it happened.
fn times(hours: &[Keyed], has_sent: bool) -> Option<Element> {
    let known: Vec<Keyed> = hours
        .iter()
        .filter(|it| !it.key.is_empty())
        .cloned()
        .collect();
    let worst = known
        .iter()
        // Of equals the first.
        .rev()
        .max_by_key(|it| (failed(it.counts), it.counts.lost))?;
    let point = if failed(worst.counts) == 0 {
        "Nothing failed here.".to_owned()
    } else {
        format!(
            "Most failed in the hour from {}: {}.",
            hour(&worst.key),
            figures(worst.counts)
        )
    };
    // One column tells nothing.
    let drawn = (known.len() > 1).then(|| columns(&point, &known));
    let gaps = "Failures stand above the line, what was sent below it. Hours in which nothing was logged are left out.";
    let gaps = drawn.is_some().then(|| of("p", "tally__note").text(gaps));
    Some(
        part("tally-hours", "By hour")
            .attr("data-mark", "wide")
            .child(of("p", "tally__point").text(&point))
            .maybe(drawn)
            .maybe(gaps)
            .child(keyed(hours, &HOURS, has_sent)),
    )
}

/// What can be taken along; made when it is asked for, since of a large log it is large.
fn after(explained: &Explained, facts: &Facts) -> Element {
    let ticket = markdown(explained, None, facts);
    of("footer", "tally__after")
        .child(ask("Save as CSV", "save csv"))
        .child(ask("Save as JSON", "save json"))
        .child(ask("Save as Markdown", "save md"))
        .child(quiet("Copy for an issue, masked", Press::Copy(ticket)))
        .child(advise(explained, facts))
}
