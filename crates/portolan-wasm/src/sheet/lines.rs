//! The text with notes in its margin.

use portolan_explain::{Line, Mark, Row, Secrets, Speaker};
use portolan_report::sheet::Element;

use super::{Writes, ask, el, of};

/// The lines, and what can be asked of them.
pub(super) fn lines(rows: &[Row], secrets: Secrets, is_whole: bool) -> Element {
    let has_secret = rows
        .iter()
        .any(|row| matches!(row, Row::Line(line) if line.has_secret));
    let has_gap = rows.iter().any(|row| matches!(row, Row::Gap(_)));
    let unmask = has_secret.then(|| match secrets {
        Secrets::Masked => ask("Show the secrets on this screen", "secrets shown"),
        Secrets::Shown => ask("Mask the secrets again", "secrets masked"),
    });
    let more = (has_gap && !is_whole).then(|| ask("Show more lines", "lines more"));
    let fewer = is_whole.then(|| ask("Show fewer lines", "lines fewer"));
    let body = el("tbody").all(rows.iter().map(row));
    let table = of("table", "log")
        .child(
            of("caption", "visually-hidden")
                .text("The text, line by line: number, who speaks, what was said, what it means"),
        )
        .child(body);
    let controls = [unmask, more, fewer];
    let has_controls = controls.iter().any(Option::is_some);
    of("div", "finding__part finding__part--lines")
        .child(
            of("h3", "visually-hidden")
                .attr("id", "finding-lines")
                .text("Line by line"),
        )
        .child(
            of("div", "log__frame")
                .attr("role", "region")
                .attr("aria-labelledby", "finding-lines")
                .attr("tabindex", "0")
                .child(table),
        )
        .maybe(
            has_controls
                .then(|| of("div", "finding__controls").all(controls.into_iter().flatten())),
        )
}

fn row(row: &Row) -> Element {
    match row {
        Row::Gap(gap) => {
            let count = gap.to - gap.from + 1;
            let text = if count == 1 {
                format!("line {}, left out", gap.from)
            } else {
                format!("lines {} to {}, left out", gap.from, gap.to)
            };
            of("tr", "log__gap").child(el("td").attr("colspan", "4").text(&text))
        }
        Row::Line(it) => line(it),
    }
}

fn line(line: &Line) -> Element {
    let (mark, note) = match (line.mark, &line.note) {
        (Mark::Decides, _) => ("decides", Some("the deciding line".to_owned())),
        (Mark::Finds, note) => ("finds", note.clone()),
        (Mark::Read, note) => ("read", note.clone()),
        (Mark::Unread, _) => ("unread", None),
    };
    let note = match note {
        Some(note) if line.has_secret => Some(format!("{note}; a secret")),
        None if line.has_secret => Some("a secret".to_owned()),
        other => other,
    };
    let (speaker, who) = match line.speaker {
        Some(Speaker::Client) => ("C", "client"),
        Some(Speaker::Server) => ("S", "server"),
        None => ("", ""),
    };
    let speaks = of("td", "log__speaker");
    let speaks = if who.is_empty() {
        speaks
    } else {
        speaks
            .child(el("span").attr("aria-hidden", "true").text(speaker))
            .child(of("span", "visually-hidden").text(who))
    };
    of("tr", "log__line")
        .attr("data-mark", mark)
        .attr("key", &line.number.to_string())
        .child(of("td", "log__number").text(&line.number.to_string()))
        .child(speaks)
        .child(of("td", "log__text").child(el("samp").text(&line.text)))
        .child(of("td", "log__note").text(note.as_deref().unwrap_or_default()))
}
