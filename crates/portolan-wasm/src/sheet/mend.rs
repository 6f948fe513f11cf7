//! What to mend first: the causes in order, each with its cost, a remedy and lines that show it.

use portolan_report::sheet::Element;
use portolan_smtp::{Blame, CauseTally, Counts, Filter, Sample, Tally};

use super::chart::{Scale, bar, legend};
use super::figures::{many, number, safe_line};
use super::{Writes, answer, ask, el, link, list, of, table, words};

/// The causes, or nothing where none is known.
pub(super) fn mend(tally: &Tally, filter: &Filter) -> Option<Element> {
    if tally.causes.is_empty() {
        return None;
    }
    let is_followed = filter.is_of_causes_alone();
    let scale = Scale::of(tally.causes.iter().map(drawn));
    let causes = answer::in_order(tally);
    let first = causes.iter().take(FIRST);
    let all = first.map(|it| cause(it, scale, is_followed, filter));
    let more = causes.len().saturating_sub(FIRST);
    let more = (more > 0).then(|| {
        let more = many(u64::try_from(more).unwrap_or(u64::MAX), "cause", "causes");
        of("p", "tally__note").text(&format!("And {more} more, in the table."))
    });
    let sent = "mails taken on a later try, on a scale of their own";
    Some(
        part("tally-mend", "What to mend first")
            .maybe(answer::shares(tally).map(|it| of("p", "tally__point").text(&it)))
            .child(legend(is_followed.then_some(sent)))
            .child(list("ol", "mend").all(all))
            .maybe(more)
            .maybe((causes.len() > 1).then(|| table::causes(&causes, is_followed))),
    )
}

/// Failures that nothing is known of, and what would help.
pub(super) fn unexplained(tally: &Tally) -> Option<Element> {
    let Counts { lost, deferred, .. } = tally.unexplained;
    if lost + deferred == 0 {
        return None;
    }
    let what = many(lost + deferred, "failure", "failures");
    Some(
        part("tally-unexplained", "Not explained")
            .child(of("p", "tally__point").text(&format!(
                "The words of {what} ({} lost, {} deferred) decide between no causes. What would decide: the same mails in the log of the server that answered, or the lines around these in a log with more detail.",
                number(lost),
                number(deferred)
            )))
            .child(samples(&tally.unexplained_samples))
            .child(
                of("p", "tally__controls").child(ask("Show only these", "filter cause none")),
            ),
    )
}

/// A part of the sheet with its heading.
pub(super) fn part(id: &str, title: &str) -> Element {
    of("section", "tally__part")
        .attr("aria-labelledby", id)
        .child(el("h3").attr("id", id).text(title))
}

/// So many causes are told in full.
const FIRST: usize = 10;

/// What a cause's bar shows: of its deferred mails those that were taken later count as sent.
const fn drawn(it: &CauseTally) -> Counts {
    Counts {
        sent: it.recovered,
        deferred: it.counts.deferred,
        lost: it.counts.lost,
    }
}

fn cause(it: &CauseTally, scale: Scale, is_followed: bool, filter: &Filter) -> Element {
    let cause = it.cause;
    // What was turned away here is for whoever sent it to mend.
    let is_yours = cause.who == Blame::Client && (it.rejected == 0 || answer::underway(it) > 0);
    let only = (filter.cause.as_deref() != Some(cause.id)).then(|| {
        ask("Show only these", &format!("filter cause {}", cause.id))
            .attr("aria-label", &format!("Show only these: {}", cause.id))
    });
    let remedy = cause.remedies.first().map(|first| {
        let by = (first.who != cause.who)
            .then(|| of("span", "mend__by").text(&format!("{}: ", words::who_short(first.who))));
        of("p", "mend__remedy").maybe(by).text(first.action)
    });
    let fact = |name: &str, value: Element| el("div").child(el("dt").text(name)).child(value);
    let who = if cause.who == Blame::Client && !is_yours {
        "whoever sent it"
    } else {
        words::who_short(cause.who)
    };
    of("li", "mend__cause")
        .attr("key", cause.id)
        .child(
            of("p", "mend__means")
                .child(el("strong").text(cause.means))
                .text(" ")
                .child(of("code", "mend__id").text(cause.id)),
        )
        .child(
            of("div", "mend__cost")
                .child(bar(drawn(it), scale))
                .child(counts(it, is_followed)),
        )
        .child(
            of("dl", "mend__facts")
                .child(fact(
                    "Who can mend it",
                    of("dd", "mend__who")
                        .attr("data-mark", if is_yours { "yours" } else { "others" })
                        .text(who),
                ))
                .child(fact(
                    "Another try",
                    el("dd").text(words::retry(cause.retry)),
                )),
        )
        .maybe(remedy)
        .child(of("div", "tally__controls").maybe(only).maybe(proof(it)))
}

/// What a cause cost; what it did not is left out.
fn counts(it: &CauseTally, is_followed: bool) -> Element {
    let mut all = vec![
        (answer::underway(it), "lost", "lost"),
        (it.rejected, "turned away here", "turned away here"),
        (it.counts.deferred, "try deferred", "tries deferred"),
    ];
    if is_followed {
        all.insert(2, (it.waiting, "still waits", "still wait"));
        all.push((it.recovered, "taken later", "taken later"));
    }
    let all = all
        .into_iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, several)| {
            of("li", "mend__count")
                .child(el("b").text(&number(count)))
                .text(" ")
                .text(if count == 1 { one } else { several })
        });
    list("ul", "mend__counts").all(all)
}

/// Lines that show it, and what else can be done.
fn proof(it: &CauseTally) -> Option<Element> {
    if it.samples.is_empty() && it.cause.remedies.len() < 2 {
        return None;
    }
    let count = u64::try_from(it.samples.len()).unwrap_or(u64::MAX);
    let has_more = it.cause.remedies.len() > 1;
    let title = match (count, has_more) {
        (0, _) => "What else to do".to_owned(),
        (_, true) => format!("{}, and what else to do", many(count, "line", "lines")),
        (_, false) => many(count, "line", "lines"),
    };
    let rest = it.cause.remedies.iter().skip(1).take(REMEDIES);
    let rest = rest.map(|remedy| el("li").text(remedy.action));
    let sources = it.cause.sources.iter().take(REMEDIES).map(|source| {
        let (title, url) = portolan_explain::citation(source);
        el("li").child(link(&title, &url))
    });
    Some(
        of("details", "tally__fold")
            .child(el("summary").text(&title))
            .child(samples(&it.samples))
            .maybe(has_more.then(|| of("ul", "mend__more").all(rest)))
            .child(list("ul", "mend__sources").all(sources)),
    )
}

/// So many further remedies, and sources, are told here; a single failure tells all.
const REMEDIES: usize = 5;

fn samples(all: &[Sample]) -> Element {
    let all = all.iter().map(|it| {
        of("li", "samples__line")
            .child(of("span", "samples__number").text(&format!("line {}", number(it.line))))
            .child(of("samp", "samples__text").text(&safe_line(&it.text)))
    });
    list("ul", "samples").all(all)
}
