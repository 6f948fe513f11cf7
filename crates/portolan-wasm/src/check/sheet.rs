//! The sheet of the door: what was given, one by one or beside each other; or the command to run.

use portolan_check::Level;
use portolan_facts::Facts;
use portolan_report::probe::{ProbeReport, TargetKind};
use portolan_report::sheet::{Element, Press};

use super::{
    Checks, Kept, LONGEST, Read, Seen, advice, certificates, compare, domain, export, findings,
    map, meaning, route, run,
    way::{self, Way},
    words,
};
use crate::sheet::{Writes, el, list, of, quiet};

/// The sheet.
pub(super) fn sheet(checks: &Checks, facts: &Facts) -> Element {
    let whole = of("div", "sheets");
    if checks.kept.is_empty() {
        let host = checks.host.as_deref();
        return whole.child(run::run(&checks.case, host, facts, checks.offer()));
    }
    let beside = beside(checks).map(|it| of("p", "check__note").text(&it));
    let whole = whole
        .maybe(beside)
        .maybe((checks.kept.len() > 1).then(|| several(checks)));
    if let (true, Some(pair)) = (checks.compares, checks.pair()) {
        return whole.child(compare::compare(pair));
    }
    let opened = checks.kept.get(checks.open).map(|it| match &it.read {
        Read::Report(seen) => one(checks, seen, facts),
        Read::Domain(it) => domain::sheet(it, checks.offer()),
        Read::Refused(why) => refused(why),
        Read::Torn => torn(),
    });
    whole.maybe(opened)
}

/// What is said of lines that stood beside reports. `None`: there were none.
pub(super) fn beside(checks: &Checks) -> Option<String> {
    let read = if checks.kept.len() > 1 {
        "Only the reports were read"
    } else {
        "Only the report was read"
    };
    match checks.beside {
        0 => None,
        1 => Some(format!(
            "{read}: one line beside it was left. Paste it by itself to have it read."
        )),
        many => Some(format!(
            "{read}: {many} lines beside it were left. Paste them by themselves to have them read."
        )),
    }
}

/// The things that were given, of which one is open, or two beside each other.
fn several(checks: &Checks) -> Element {
    let entry = |press: &str, mark: &str, title: &str, words: &str, is_open: bool| {
        let button = of("button", "several__entry")
            .attr("type", "button")
            .attr("data-mark", mark)
            .press(ask(press))
            .child(of("span", "several__title").text(title))
            .child(of("span", "several__cause").text(words));
        let button = if is_open {
            button.attr("aria-current", "true")
        } else {
            button
        };
        el("li").attr("key", press).child(button)
    };
    let compared = checks.pair().map(|[first, second]| {
        let words = meaning::meaning(first.1, second.1).headline;
        entry(
            "open pair",
            "unknown",
            "Side by side",
            &words,
            checks.compares,
        )
    });
    let all = checks
        .kept
        .iter()
        .enumerate()
        .map(|(at, Kept { title, read })| {
            let (mark, words) = match read {
                Read::Report(seen) => (level_mark(seen), words::headline(seen)),
                Read::Domain(it) => {
                    let level = it.assessment.verdict.level;
                    (domain::level_mark(level), it.headline())
                }
                Read::Refused(_) => ("unknown", "This one cannot be read.".to_owned()),
                Read::Torn => ("unknown", TORN.to_owned()),
            };
            let is_open = !checks.compares && at == checks.open;
            entry(&format!("open {at}"), mark, title, &words, is_open)
        });
    of("nav", "several")
        .attr("aria-label", "What was read, one by one")
        .child(list("ol", "several__list").maybe(compared).all(all))
}

fn level_mark(seen: &Seen) -> &'static str {
    match seen.assessment.verdict.level {
        Level::Fine if words::has_caution(&seen.assessment) => "unknown",
        Level::Fine => "fine",
        Level::Problem => "failed",
        Level::Undecided => "unknown",
    }
}

/// What is asked of this door begins with its name.
fn ask(what: &str) -> Press {
    Press::Ask(format!("check {what}"))
}

fn refused(why: &str) -> Element {
    let says = [
        el("p").child(el("samp").text(why)),
        el("p").text("A report is what portolan-probe HOST --json writes, whole and unchanged. Where another version wrote it, take that version, or run the check once more."),
    ];
    unread("No report", "This report cannot be read.", says)
}

/// What is said of a link that was cut.
pub(super) const TORN: &str = "This link is incomplete.";

fn torn() -> Element {
    let says = [
        el("p").text("The report that it holds breaks off, or a letter of it was changed: mail and chat programs cut long links."),
        el("p").text("Copy it whole, from its beginning to its last letter, or ask for the report as a file."),
    ];
    unread("No report", TORN, says)
}

fn unread(kicker: &str, headline: &str, says: [Element; 2]) -> Element {
    of("section", "sheet check finding")
        .attr("aria-labelledby", "finding")
        .child(
            of("header", "finding__head")
                .child(of("p", "kicker").text(kicker))
                .child(
                    of("h2", "finding__cause")
                        .attr("id", "finding")
                        .attr("tabindex", "-1")
                        .text(headline),
                )
                .all(says),
        )
}

fn one(checks: &Checks, seen: &Seen, facts: &Facts) -> Element {
    let advised = advice::advice(seen, &checks.case, facts);
    let way = advised
        .as_ref()
        .map(|it| way::way(seen, it, &checks.case, facts));
    of("section", "sheet check finding")
        .attr("aria-labelledby", "finding")
        .child(head(seen, way.as_ref()))
        .maybe(map::map(seen))
        .child(findings::findings(seen))
        .maybe(certificates::certificates(&seen.report))
        .maybe(route::route(seen, way.as_ref()))
        .child(advice::part(seen, advised.as_ref(), &checks.case, facts))
        .child(after(checks, seen))
}

fn head(seen: &Seen, way: Option<&Way>) -> Element {
    let verdict = &seen.assessment.verdict;
    let report = &seen.report;
    let kicker = of("p", "kicker check__level")
        .attr("data-mark", level_mark(seen))
        .text(words::level_of(&seen.assessment))
        .text(" · ")
        .child(of("span", "check__target").text(&target(report)));
    let headline = words::headline(seen);
    let means = portolan_explain::safe(&verdict.sentence);
    let means = (means != headline).then(|| of("p", "finding__definition").text(&means));
    let advised = way.map(|way| {
        let words = if way::is_dangerous(seen) {
            "Sign in nowhere before that is mended."
        } else {
            &way.sentence
        };
        of("p", "check__advice").child(el("b").text(words))
    });
    of("header", "finding__head")
        .child(kicker)
        .child(
            of("h2", "finding__cause")
                .attr("id", "finding")
                .attr("tabindex", "-1")
                .text(&headline),
        )
        .maybe(advised)
        .maybe(means)
        .child(of("p", "check__seen").text(&seen_by(report)))
}

fn target(report: &ProbeReport) -> String {
    let name = words::short(&report.asked.target.name);
    match report.asked.target.kind {
        TargetKind::Address | TargetKind::Host => name,
        TargetKind::Mx => format!("the exchanges of {name}"),
        TargetKind::Provider => format!("the hosts of {name}"),
    }
}

fn seen_by(report: &ProbeReport) -> String {
    let cut = if report.cut_short {
        ", cut short by its deadline"
    } else {
        ""
    };
    // Plain commands say neither where they ran nor how long they took.
    if report.asked.ehlo_name.is_empty() {
        return format!("Pasted on {}.", words::when(report));
    }
    format!(
        "Seen from {} by {} on {}, in {} ms{cut}.",
        words::short(&report.asked.ehlo_name),
        words::short(&report.tool),
        words::when(report),
        report.took_ms
    )
}

/// The ids of what is looked at once it was asked for: what is said of a link, and the way to a comparison.
pub(crate) const LINK: &str = "check-link";
pub(crate) const JOIN: &str = "check-join";

/// What can be done with it.
fn after(checks: &Checks, seen: &Seen) -> Element {
    let join = if checks.joins {
        of("p", "check__note")
            .attr("role", "status")
            .text("Paste or drop the other report now: this one stays. ")
            .child(quiet("Leave it", ask("part")))
    } else {
        of("p", "check__ways")
            .child(quiet("Compare with another report", ask("join")).attr("id", JOIN))
    };
    let link = match &checks.link {
        None => None,
        Some(Ok(link)) => Some(
            of("div", "check__link")
                .attr("role", "status")
                .child(el("p").text("This link holds the report, masked, and whoever has it can read it. It leads to this page, and the report goes to no server by itself."))
                .child(of("pre", "check__fragment").attr("tabindex", "0").attr("role", "region").attr("aria-label", "The link").child(el("code").text(link)))
                .child(quiet(&format!("Copy the link, {} letters", link.len()), Press::Copy(link.clone())).attr("id", LINK)),
        ),
        Some(Err(length)) => Some(
            of("p", "check__link")
                .attr("id", LINK)
                .attr("tabindex", "-1")
                .attr("role", "status")
                .text(&format!("A link with this report would have {length} letters, and programs break links of more than {LONGEST}: save it as a file, and pass that on.")),
        ),
    };
    of("footer", "finding__after check__after")
        .child(quiet(
            "Copy as Markdown, masked",
            Press::Copy(export::markdown(seen)),
        ))
        .child(quiet("Save the report, masked", ask("save json")))
        .child(quiet("Save as Markdown", ask("save md")))
        .child(quiet("Make a link", ask("link")))
        .child(join)
        .maybe(link)
}
