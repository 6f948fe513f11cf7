//! Counts drawn: bars in the rows of a table, and columns over time. Lost and deferred differ in height as well as in
//! colour; what was taken stands in numbers only, since it would dwarf both.

use portolan_report::sheet::{Element, Press};
use portolan_smtp::{Counts, Keyed};

use super::{Writes, el, of};

/// A table with a bar in each row: the worst first, the rest folded.
///
/// `filter` is what a click on a key narrows by.
pub(super) fn bars(title: &str, id: &str, filter: &str, all: &[Keyed]) -> Option<Element> {
    let failing: Vec<&Keyed> = all.iter().filter(|it| fails(it.counts) > 0).collect();
    let most = failing.iter().map(|it| fails(it.counts)).max()?;
    let (first, rest) = failing.split_at(FEW.min(failing.len()));
    let taken = all.len() - failing.len();
    let more = (!rest.is_empty()).then(|| {
        let shown = rest.len().min(MOST);
        let hidden = rest.len() - shown;
        let and = (hidden > 0).then(|| {
            el("p").text(&format!(
                "{} more stand in the files below.",
                number(hidden as u64)
            ))
        });
        of("details", "counts__more")
            .child(el("summary").text(&format!("{} more", number(rest.len() as u64))))
            .child(table(
                title,
                filter,
                rest.get(..shown).unwrap_or_default(),
                most,
            ))
            .maybe(and)
    });
    let note = (taken > 0).then(|| {
        of("p", "counts__note").text(&format!("{} more had no failure.", number(taken as u64)))
    });
    Some(
        of("section", "counts")
            .attr("aria-labelledby", id)
            .child(el("h3").attr("id", id).text(title))
            .child(table(title, filter, first, most))
            .maybe(more)
            .maybe(note),
    )
}

/// So many rows are shown at once.
const FEW: usize = 8;
/// So many more can be unfolded; the rest is in the exports.
const MOST: usize = 200;

fn table(title: &str, filter: &str, rows: &[&Keyed], most: u64) -> Element {
    let rows = rows.iter().map(|it| {
        let key = portolan_explain::shown(&it.key);
        let name = if it.key.is_empty() {
            el("span").text("all others")
        } else {
            of("button", "counts__key")
                .attr("type", "button")
                .attr("title", "Show only this")
                .press(Press::Ask(format!("filter {filter} {}", it.key)))
                .text(&key)
        };
        el("tr")
            .attr("key", &it.key)
            .child(el("th").attr("scope", "row").child(name))
            .child(of("td", "counts__bar").child(bar(it.counts, most)))
            .child(count(it.counts.lost))
            .child(count(it.counts.deferred))
            .child(count(it.counts.sent))
    });
    let heads = ["lost", "deferred", "sent"].map(|head| el("th").attr("scope", "col").text(head));
    let head = el("tr")
        .child(
            el("th")
                .attr("scope", "col")
                .child(of("span", "visually-hidden").text(title)),
        )
        .child(of("td", "counts__bar"))
        .all(heads);
    of("div", "counts__frame").child(
        of("table", "counts__table")
            .child(
                of("caption", "visually-hidden")
                    .text(&format!("{title}: mails lost, tries deferred, mails sent")),
            )
            .child(el("thead").child(head))
            .child(el("tbody").all(rows)),
    )
}

fn count(count: u64) -> Element {
    of("td", "counts__count").text(&number(count))
}

const fn fails(counts: Counts) -> u64 {
    counts.lost + counts.deferred
}

/// The length of a whole bar.
const WIDTH: u64 = 1000;

/// Lost, then deferred, on a scale that ends at `most`.
pub(super) fn bar(counts: Counts, most: u64) -> Element {
    let long = |count: u64| count.saturating_mul(WIDTH) / most.max(1);
    let (lost, deferred) = (long(counts.lost), long(counts.deferred));
    of("svg", "bar")
        .attr("viewBox", "0 0 1000 10")
        .attr("preserveAspectRatio", "none")
        .attr("aria-hidden", "true")
        .child(rect("bar__lost", (0, 0), (lost, 10)))
        .child(rect("bar__deferred", (lost, 3), (deferred, 4)))
}

fn rect(class: &str, (x, y): (u64, u64), (width, height): (u64, u64)) -> Element {
    of("rect", class)
        .attr("x", &x.to_string())
        .attr("y", &y.to_string())
        .attr("width", &width.to_string())
        .attr("height", &height.to_string())
}

/// Failures over time as columns, with a table behind them.
pub(super) fn hours(all: &[Keyed]) -> Option<Element> {
    let merged = merged(all);
    let most = merged
        .iter()
        .map(|it| fails(it.counts))
        .max()
        .filter(|most| *most > 0)?;
    if merged.len() < 2 {
        return None;
    }
    let is_of_hours = merged.len() == all.len();
    let high = |count: u64| count.saturating_mul(HEIGHT) / most;
    let columns = merged.iter().zip(0_u64..).map(|(it, at)| {
        let (lost, deferred) = (high(it.counts.lost), high(it.counts.deferred));
        let x = at * STEP;
        el("g")
            .child(el("title").text(&format!(
                "{}: {} lost, {} deferred",
                it.key, it.counts.lost, it.counts.deferred
            )))
            .child(rect("bar__lost", (x, HEIGHT - lost), (STEP - 2, lost)))
            .child(rect(
                "bar__deferred",
                (x + 2, HEIGHT - lost - deferred),
                (STEP - 6, deferred),
            ))
    });
    let wide = STEP * u64::try_from(merged.len()).unwrap_or(1);
    let (first, last) = (merged.first()?, merged.last()?);
    let worst = merged.iter().max_by_key(|it| fails(it.counts))?;
    let says = format!(
        "Failures from {} to {}; most at {}: {}",
        first.key,
        last.key,
        worst.key,
        number(fails(worst.counts))
    );
    let drawing = of("svg", "columns")
        .attr("viewBox", &format!("0 0 {wide} {HEIGHT}"))
        .attr("preserveAspectRatio", "none")
        .attr("role", "img")
        .attr("aria-label", &portolan_explain::shown(&says))
        .all(columns);
    let rows: Vec<&Keyed> = merged
        .iter()
        .filter(|it| fails(it.counts) + it.counts.sent > 0)
        .take(MOST)
        .collect();
    let filter = if is_of_hours { "hour" } else { "" };
    let behind = of("details", "counts__more")
        .child(el("summary").text("As a table"))
        .child(if filter.is_empty() {
            plain(&rows, most)
        } else {
            table("Time", filter, &rows, most)
        });
    Some(
        of("section", "counts counts--wide")
            .attr("aria-labelledby", "by-time")
            .child(el("h3").attr("id", "by-time").text("By time"))
            .child(drawing)
            .child(
                of("p", "columns__ends")
                    .child(el("span").text(&portolan_explain::shown(&first.key)))
                    .child(el("span").text(&portolan_explain::shown(&last.key))),
            )
            .child(behind),
    )
}

const STEP: u64 = 10;
const HEIGHT: u64 = 100;

/// A table of times that no filter knows.
fn plain(rows: &[&Keyed], most: u64) -> Element {
    let rows = rows.iter().map(|it| {
        el("tr")
            .child(
                el("th")
                    .attr("scope", "row")
                    .text(&portolan_explain::shown(&it.key)),
            )
            .child(of("td", "counts__bar").child(bar(it.counts, most)))
            .child(count(it.counts.lost))
            .child(count(it.counts.deferred))
            .child(count(it.counts.sent))
    });
    of("div", "counts__frame").child(of("table", "counts__table").child(el("tbody").all(rows)))
}

/// At most so many columns: hours, or else days, or else neighbours together.
const COLUMNS: usize = 72;

fn merged(all: &[Keyed]) -> Vec<Keyed> {
    let known = all.iter().filter(|it| !it.key.is_empty());
    if all.len() <= COLUMNS {
        return known.cloned().collect();
    }
    // `2026-11-25T10`, `Nov 25 10`: what stands before the hour is the day.
    let day = |key: &str| {
        key.rsplit_once(['T', ' '])
            .map_or(key, |(day, _)| day)
            .to_owned()
    };
    let mut days: Vec<Keyed> = Vec::new();
    for it in known {
        let key = day(&it.key);
        match days.last_mut() {
            Some(last) if last.key == key => add(&mut last.counts, it.counts),
            _ => days.push(Keyed {
                key,
                counts: it.counts,
            }),
        }
    }
    let together = days.len().div_ceil(COLUMNS).max(1);
    days.chunks(together)
        .filter_map(|chunk| {
            let mut first = chunk.first()?.clone();
            for it in chunk.iter().skip(1) {
                add(&mut first.counts, it.counts);
            }
            Some(first)
        })
        .collect()
}

const fn add(to: &mut Counts, more: Counts) {
    to.sent += more.sent;
    to.deferred += more.deferred;
    to.lost += more.lost;
}

/// `139,340`
pub(super) fn number(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keyed(key: String, lost: u64) -> Keyed {
        Keyed {
            key,
            counts: Counts {
                sent: 1,
                deferred: 0,
                lost,
            },
        }
    }

    #[test]
    fn numbers_are_grouped() {
        assert_eq!(number(0), "0");
        assert_eq!(number(999), "999");
        assert_eq!(number(139_340), "139,340");
        assert_eq!(number(1_000_000), "1,000,000");
    }

    #[test]
    fn many_hours_become_days_and_many_days_are_put_together() {
        let hours: Vec<Keyed> = (0..24 * 10)
            .map(|at| keyed(format!("2026-01-{:02}T{:02}", at / 24 + 1, at % 24), 1))
            .collect();
        let days = merged(&hours);
        assert_eq!(
            (days.len(), days[0].counts.lost, days[0].key.as_str()),
            (10, 24, "2026-01-01")
        );
        let many: Vec<Keyed> = (0..500).map(|at| keyed(format!("d{at} 10"), 1)).collect();
        let few = merged(&many);
        assert!(few.len() <= COLUMNS);
        assert_eq!(few.iter().map(|it| it.counts.lost).sum::<u64>(), 500);
    }
}
