//! A log: what to mend first, what it cost, and for whom.

use std::fmt::Write as _;

use portolan_explain::{Explained, Secrets, csv, json, learnt, markdown, shown};
use portolan_facts::Facts;
use portolan_report::sheet::{Element, Press};
use portolan_smtp::{Blame, CauseTally, Counts, Filter, Sample, Tally};

use super::chart::{bar, bars, hours, number};
use super::finding::advise;
use super::{Writes, ask, el, of, quiet, words};

/// What a log came to, with the filter that it was read with.
pub(crate) fn log(
    explained: &Explained,
    tally: &Tally,
    filter: &Filter,
    facts: &Facts,
    secrets: Secrets,
) -> Element {
    of("section", "sheet tally finding")
        .attr("aria-labelledby", "finding")
        .child(head(explained, tally, filter))
        .maybe(mends(tally, filter, secrets))
        .child(
            of("div", "tally__charts")
                .maybe(hours(&tally.hours))
                .maybe(bars(
                    "By recipients’ domain",
                    "by-domain",
                    "domain",
                    &tally.domains,
                ))
                .maybe(bars("By answering host", "by-host", "relay", &tally.relays))
                .maybe(bars(
                    "By sending address",
                    "by-client",
                    "client",
                    &tally.clients,
                )),
        )
        .maybe(unexplained(tally, secrets))
        .child(after(explained, tally, facts))
}

fn head(explained: &Explained, tally: &Tally, filter: &Filter) -> Element {
    let kicker = format!(
        "A log of {} lines, {} of them about a mail",
        number(tally.lines),
        number(tally.records)
    );
    let cut = (tally.cut > 0).then(|| {
        el("p").text(&format!(
            "{} lines were too long, and read up to a place only.",
            number(tally.cut)
        ))
    });
    let total = lost(tally);
    let waiting: u64 = tally.causes.iter().map(|it| it.waiting).sum();
    let follows = filter.is_of_causes_alone();
    let totals = [
        ("Sent", Some(tally.sent)),
        ("Lost", Some(total)),
        ("Tries deferred", Some(tally.deferred)),
        ("Still waiting", Some(waiting).filter(|_| follows)),
    ];
    let totals = totals.into_iter().filter_map(|(name, count)| {
        let count = count?;
        Some(
            el("div")
                .child(el("dt").text(name))
                .child(el("dd").text(&number(count))),
        )
    });
    of("header", "finding__head")
        .child(
            of("p", "kicker")
                .text(&kicker)
                .text(&format!(", {}", crate::intake::size(explained.bytes))),
        )
        .child(
            of("h2", "finding__cause")
                .attr("id", "finding")
                .attr("tabindex", "-1")
                .text(&answer(tally)),
        )
        .maybe(shares(tally))
        .maybe(cut)
        .maybe(chips(filter))
        .child(of("dl", "tally__totals").all(totals))
}

const fn lost(tally: &Tally) -> u64 {
    tally.bounced + tally.expired + tally.rejected
}

/// The answer to what should be mended first.
pub(crate) fn answer(tally: &Tally) -> String {
    match tally.causes.first() {
        Some(first) if first.counts.lost + first.counts.deferred > 0 => {
            format!("Mend this first: {}", first.cause.means)
        }
        _ if lost(tally) + tally.deferred > 0 => {
            "Something failed, and the log does not say why.".to_owned()
        }
        _ if tally.sent > 0 => format!("Nothing failed: {} mails were taken.", number(tally.sent)),
        _ => "Nothing of it is about a mail that this shows.".to_owned(),
    }
}

/// Whose the lost mails are to mend: `Of 312 lost mails, 220 are for you to mend, 92 for the recipient.`
fn shares(tally: &Tally) -> Option<Element> {
    let mut shares: Vec<(Blame, u64)> = Vec::new();
    for it in tally.causes.iter().filter(|it| it.counts.lost > 0) {
        match shares.iter_mut().find(|(who, _)| *who == it.cause.who) {
            Some((_, lost)) => *lost += it.counts.lost,
            None => shares.push((it.cause.who, it.counts.lost)),
        }
    }
    shares.sort_by_key(|(_, lost)| std::cmp::Reverse(*lost));
    let (first, rest) = shares.split_first()?;
    let all: u64 = shares.iter().map(|(_, lost)| lost).sum();
    let mut text = format!(
        "Of {} lost mails, {} are for {} to mend",
        number(all),
        number(first.1),
        words::who_short(first.0)
    );
    for (who, lost) in rest {
        let _ = write!(text, ", {} for {}", number(*lost), words::who_short(*who));
    }
    text.push('.');
    Some(el("p").text(&text))
}

/// What the log is narrowed to, each with a way to widen it.
fn chips(filter: &Filter) -> Option<Element> {
    let all = [
        ("cause", "Cause", &filter.cause),
        ("domain", "Domain", &filter.domain),
        ("relay", "Host", &filter.relay),
        ("client", "Sending address", &filter.client),
        ("hour", "Hour", &filter.hour),
    ];
    let chips: Vec<Element> = all
        .into_iter()
        .filter_map(|(key, name, value)| {
            let value = shown(value.as_deref()?);
            let label = format!("{name}: {value}, show all again");
            Some(
                ask(&format!("{name}: {value} ×"), &format!("filter {key}"))
                    .attr("aria-label", &label),
            )
        })
        .collect();
    if chips.is_empty() {
        return None;
    }
    let everything = (chips.len() > 1).then(|| ask("Show everything", "filter"));
    Some(
        of("div", "tally__chips")
            .attr("role", "group")
            .attr("aria-label", "Only these are counted")
            .child(el("span").text("Only"))
            .all(chips)
            .maybe(everything),
    )
}

/// The causes, what cost most first.
fn mends(tally: &Tally, filter: &Filter, secrets: Secrets) -> Option<Element> {
    let most = tally
        .causes
        .iter()
        .map(|it| it.counts.lost + it.counts.deferred)
        .max()
        .filter(|most| *most > 0)?;
    let follows = filter.is_of_causes_alone();
    let is_narrowed = filter.cause.is_some();
    let all = tally
        .causes
        .iter()
        .filter(|it| it.counts.lost + it.counts.deferred + it.waiting > 0)
        .map(|it| mend(it, most, follows, is_narrowed, secrets));
    Some(
        of("section", "finding__part")
            .attr("aria-labelledby", "mends")
            .child(
                el("h3")
                    .attr("id", "mends")
                    .text("What to mend, in this order"),
            )
            .child(of("ol", "mends").all(all)),
    )
}

fn mend(it: &CauseTally, most: u64, follows: bool, is_narrowed: bool, secrets: Secrets) -> Element {
    let counts = Counts {
        sent: 0,
        ..it.counts
    };
    let mut told = format!(
        "{} lost, {} tries deferred",
        number(it.counts.lost),
        number(it.counts.deferred)
    );
    if follows && it.counts.deferred > 0 {
        let _ = write!(
            told,
            "; {} were taken later, {} still wait",
            number(it.recovered),
            number(it.waiting)
        );
    }
    let remedy = it
        .cause
        .remedies
        .iter()
        .find(|remedy| remedy.provider.is_none());
    let only = (!is_narrowed).then(|| {
        ask("Show only these", &format!("filter cause {}", it.cause.id))
            .attr("aria-label", &format!("Show only {}", it.cause.id))
    });
    of("li", "mends__mend")
        .attr("key", it.cause.id)
        .child(
            of("div", "mends__head")
                .child(of("b", "mends__cause").text(it.cause.means))
                .text(" ")
                .child(of("code", "kicker__id").text(it.cause.id)),
        )
        .child(bar(counts, most))
        .child(
            of("p", "mends__counts")
                .text(&told)
                .text(". ")
                .child(of("span", "finding__step-who").text(words::who_short(it.cause.who)))
                .text(it.cause.wait),
        )
        .maybe(remedy.map(|remedy| of("p", "mends__remedy").text(remedy.action)))
        .child(
            of("div", "finding__controls")
                .maybe(only)
                .maybe(samples(&it.samples, secrets)),
        )
}

/// The first lines that show it, folded.
fn samples(samples: &[Sample], secrets: Secrets) -> Option<Element> {
    if samples.is_empty() {
        return None;
    }
    let all = samples.iter().map(|sample| {
        let text = match secrets {
            Secrets::Masked => portolan_mask::mask(sample.text.as_bytes()),
            Secrets::Shown => sample.text.clone().into_bytes(),
        };
        of("li", "samples__line")
            .child(of("span", "log__number").text(&number(sample.line)))
            .text(" ")
            .child(el("samp").text(&shown(&String::from_utf8_lossy(&text))))
    });
    Some(
        of("details", "samples")
            .child(el("summary").text("Lines that show it"))
            .child(of("ul", "samples__lines").attr("role", "list").all(all)),
    )
}

fn unexplained(tally: &Tally, secrets: Secrets) -> Option<Element> {
    let count = tally.unexplained.lost + tally.unexplained.deferred;
    (count > 0).then(|| {
        of("section", "finding__part")
            .attr("aria-labelledby", "unexplained")
            .child(el("h3").attr("id", "unexplained").text("Not explained"))
            .child(el("p").text(&format!(
                "{} lost and {} deferred say nothing that decides between the causes. The whole reply of the other server would, or a session with debug output.",
                number(tally.unexplained.lost),
                number(tally.unexplained.deferred)
            )))
            .maybe(samples(&tally.unexplained_samples, secrets))
    })
}

fn after(explained: &Explained, tally: &Tally, facts: &Facts) -> Element {
    let save = |text: &str, name: &str, holds: String| {
        quiet(
            text,
            Press::Save {
                name: name.to_owned(),
                text: holds,
            },
        )
    };
    let learnt = learnt(explained, facts.index());
    of("footer", "finding__after")
        .child(quiet(
            "Copy for an issue, masked",
            Press::Copy(markdown(explained, None, facts)),
        ))
        .child(save("Save as CSV", "portolan.csv", csv(tally)))
        .child(save(
            "Save as JSON",
            "portolan.json",
            json(explained, None).to_string(),
        ))
        .child(save(
            "Save as Markdown",
            "portolan.md",
            markdown(explained, None, facts),
        ))
        .child(advise(&learnt, facts))
}
