//! Bars and columns: what is lost is filled, what is deferred is an outline, what is sent is a thin line of its own.
//!
//! A drawing says nothing that the table behind it does not. Its words stand outside of it, where they keep their size;
//! widths are shares of the place that there is.

use portolan_report::sheet::{Element, Press};
use portolan_smtp::{Counts, Keyed};

use super::figures::{failed, hour, number};
use super::{Writes, el, list, of};

/// What the longest bars stand for. Far more is sent than lost: on one scale nobody would see what is lost.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    failed: u64,
    sent: u64,
}

impl Scale {
    /// The scale on which all of these fit.
    pub(super) fn of(all: impl Iterator<Item = Counts> + Clone) -> Self {
        Self {
            failed: all.clone().map(failed).max().unwrap_or(0),
            sent: all.map(|it| it.sent).max().unwrap_or(0),
        }
    }
}

/// A bar with its name and its figures.
pub(super) struct Bar {
    /// What it is called.
    pub(super) label: String,
    pub(super) counts: Counts,
    /// What a click on it asks for.
    pub(super) press: Option<Press>,
}

/// Bars under each other; whoever does not see them is told the point.
pub(super) fn bars(point: &str, all: &[Bar]) -> Element {
    let scale = Scale::of(all.iter().map(|it| it.counts));
    of("div", "bars")
        .attr("role", "img")
        .attr("aria-label", point)
        .all(all.iter().map(|it| {
            let row = of("div", "bars__row")
                .child(of("span", "bars__label").text(&it.label))
                .child(of("span", "bars__figures").text(&figures(it.counts)))
                .child(bar(it.counts, scale));
            match &it.press {
                Some(press) => row.attr("data-mark", "filter").press(press.clone()),
                None => row,
            }
        }))
}

/// One bar, as wide as the place that it gets.
pub(super) fn bar(counts: Counts, scale: Scale) -> Element {
    let lost = share(counts.lost, scale.failed);
    let deferred = share(counts.deferred, scale.failed);
    let sent = share(counts.sent, scale.sent);
    let mark = |mark: &str, from: u64, width: u64, y: &str, height: &str| {
        (width > 0).then(|| {
            el("rect")
                .attr("data-mark", mark)
                .attr("x", &percent(from))
                .attr("y", y)
                .attr("width", &percent(width))
                .attr("height", height)
        })
    };
    of("svg", "marks")
        .attr("width", "100%")
        .attr("height", "16")
        .attr("aria-hidden", "true")
        .maybe(mark("lost", 0, lost, "0.5", "9"))
        .maybe(mark("deferred", lost, deferred, "1", "8"))
        .maybe(mark("sent", 0, sent, "12", "2"))
}

/// What the marks mean; `sent` is what the thin line stands for, if it is drawn.
pub(super) fn legend(sent: Option<&str>) -> Element {
    let item = |mark: &str, words: &str| {
        let sign = of("svg", "marks")
            .attr("width", "20")
            .attr("height", "10")
            .attr("aria-hidden", "true");
        let (y, height) = if mark == "sent" {
            ("4", "2")
        } else {
            ("1", "8")
        };
        let sign = sign.child(
            el("rect")
                .attr("data-mark", mark)
                .attr("x", "1")
                .attr("y", y)
                .attr("width", "18")
                .attr("height", height),
        );
        of("li", "legend__item").child(sign).text(words)
    };
    list("ul", "legend")
        .child(item("lost", "mails lost"))
        .child(item("deferred", "tries deferred"))
        .maybe(sent.map(|words| item("sent", words)))
}

/// Columns over time, with what failed above the line and what was sent below it.
pub(super) fn columns(point: &str, hours: &[Keyed]) -> Element {
    let merged = merged(hours);
    let scale = Scale::of(merged.iter().map(|it| it.counts));
    let count = u64::try_from(merged.len()).unwrap_or(1).max(1);
    let ends = match (merged.first(), merged.last()) {
        (Some(first), Some(last)) => Some(
            of("p", "columns__ends")
                .attr("aria-hidden", "true")
                .child(el("span").text(&first.from))
                .child(el("span").text(&last.to)),
        ),
        _ => None,
    };
    let line = el("line")
        .attr("class", "columns__axis")
        .attr("x1", "0")
        .attr("x2", "100%")
        .attr("y1", &AXIS.to_string())
        .attr("y2", &AXIS.to_string());
    let drawn = of("svg", "marks columns__drawing")
        .attr("width", "100%")
        .attr("height", &(AXIS + BELOW).to_string())
        .attr("role", "img")
        .attr("aria-label", point)
        .all(
            (0..)
                .zip(&merged)
                .map(|(at, it)| column(at, count, it, scale)),
        )
        .child(line);
    of("div", "columns").child(drawn).maybe(ends)
}

/// Neighbouring hours that share a column.
struct Column {
    from: String,
    to: String,
    counts: Counts,
    /// The hour, where there is only one.
    only: Option<String>,
}

fn merged(hours: &[Keyed]) -> Vec<Column> {
    let each = hours.len().div_ceil(MOST_COLUMNS).max(1);
    let column = |hours: &[Keyed]| {
        let (first, last) = (hours.first()?, hours.last()?);
        let mut counts = Counts::default();
        for it in hours {
            counts.sent += it.counts.sent;
            counts.deferred += it.counts.deferred;
            counts.lost += it.counts.lost;
        }
        Some(Column {
            from: hour(&first.key),
            to: hour(&last.key),
            counts,
            only: (hours.len() == 1).then(|| first.key.clone()),
        })
    };
    hours.chunks(each).filter_map(column).collect()
}

/// More columns would be thinner than what a finger or an eye can tell apart.
const MOST_COLUMNS: usize = 60;
/// Where the line is, from above: as much room have failures.
const AXIS: u64 = 96;
/// As much room has what was sent.
const BELOW: u64 = 30;

fn column(at: u64, count: u64, column: &Column, scale: Scale) -> Element {
    let each = WHOLE / count;
    let (x, width) = (percent(at * WHOLE / count), percent((each * 4 / 5).max(1)));
    let tall = |part: u64, whole: u64, room: u64| {
        let share = share(part, whole);
        if share == 0 {
            0
        } else {
            (share * room / WHOLE).max(2)
        }
    };
    let lost = tall(column.counts.lost, scale.failed, AXIS);
    let deferred = tall(column.counts.deferred, scale.failed, AXIS).min(AXIS - lost);
    let sent = tall(column.counts.sent, scale.sent, BELOW - 4);
    let mark = |mark: &str, y: u64, height: u64| {
        (height > 0).then(|| {
            el("rect")
                .attr("data-mark", mark)
                .attr("x", &x)
                .attr("y", &y.to_string())
                .attr("width", &width)
                .attr("height", &height.to_string())
        })
    };
    let when = if column.from == column.to {
        column.from.clone()
    } else {
        format!("{} to {}", column.from, column.to)
    };
    let drawn = of("g", "columns__column")
        .child(el("title").text(&format!("{when}: {}", figures(column.counts))))
        // The whole height takes the click: a single lost mail is two dots high.
        .maybe(mark("reach", 0, AXIS + BELOW))
        .maybe(mark("lost", AXIS - lost, lost))
        .maybe(mark("deferred", AXIS - lost - deferred, deferred))
        .maybe(mark("sent", AXIS + 4, sent));
    match &column.only {
        Some(key) => drawn
            .attr("data-mark", "filter")
            .press(Press::Ask(format!("filter hour {key}"))),
        None => drawn,
    }
}

/// Counts in words, those of nothing left out.
pub(super) fn figures(counts: Counts) -> String {
    let all = [
        (counts.lost, "lost"),
        (counts.deferred, "deferred"),
        (counts.sent, "sent"),
    ];
    let all: Vec<String> = all
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, words)| format!("{} {words}", number(*count)))
        .collect();
    all.join(" · ")
}

/// Hundredths of a percent.
const WHOLE: u64 = 10_000;
/// What is there at all is seen.
const LEAST: u64 = 40;

/// A part of a whole in hundredths of a percent.
fn share(part: u64, whole: u64) -> u64 {
    if part == 0 || whole == 0 {
        return 0;
    }
    let share = u128::from(part) * u128::from(WHOLE) / u128::from(whole);
    u64::try_from(share).unwrap_or(WHOLE).clamp(LEAST, WHOLE)
}

fn percent(hundredths: u64) -> String {
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keyed(at: u64) -> Keyed {
        Keyed {
            key: format!("2026-11-{:02}T{:02}", at / 24 + 1, at % 24),
            counts: Counts {
                sent: at,
                deferred: 1,
                lost: 2,
            },
        }
    }

    #[test]
    fn a_long_log_has_columns_of_several_hours_and_loses_none() {
        let hours: Vec<Keyed> = (0..500).map(keyed).collect();
        let columns = merged(&hours);
        assert!(columns.len() <= MOST_COLUMNS);
        assert_eq!(columns.iter().map(|it| it.counts.lost).sum::<u64>(), 1_000);
        assert!(
            columns.iter().all(|it| it.only.is_none()),
            "no single hour to ask for"
        );
        assert_eq!(columns[0].from, "2026-11-01 00:00");
    }

    #[test]
    fn what_is_there_is_seen_and_nothing_leaves_its_place() {
        assert_eq!((share(0, 5), share(1, 1_000_000)), (0, LEAST));
        assert_eq!(share(u64::MAX, u64::MAX), WHOLE);
        assert_eq!(share(1, 0), 0);
        assert_eq!(percent(1234), "12.34%");
    }

    #[test]
    fn a_column_stays_above_its_line() {
        let one = Column {
            from: String::new(),
            to: String::new(),
            counts: Counts {
                sent: 0,
                deferred: 1_000_000,
                lost: 1,
            },
            only: None,
        };
        let drawn = column(
            0,
            1,
            &one,
            Scale {
                failed: 1_000_001,
                sent: 0,
            },
        );
        assert_eq!(drawn.children.len(), 4);
    }
}
