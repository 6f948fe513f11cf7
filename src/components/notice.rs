//! What went wrong on the way here, told beside a way out.

use super::View;
use super::dom::{El, button, el, of};
use crate::state::action::Action;
use crate::state::wish::Wish;

/// What of the link could not be understood.
pub(crate) fn ignored(view: &View<'_>) -> Option<El> {
    notice(
        "Part of the link could not be understood and was left out:",
        &view.page.ignored,
        ("Understood", Action::Dismiss),
        view,
    )
}

/// What could not be loaded.
pub(crate) fn failed(view: &View<'_>) -> Option<El> {
    let mut paths = Vec::new();
    for part in &view.page.failed {
        paths.push(part.path());
    }
    notice(
        "Some facts could not be loaded, so the answer leaves them out:",
        &paths,
        ("Try again", Action::Retry),
        view,
    )
}

/// What the link said on the day on which it was made, where today says something else.
pub(crate) fn changed(view: &View<'_>) -> Option<El> {
    let (facts, then) = view.page.changed_since()?;
    let today = crate::state::ticket::course(&view.page.advice.best.route);
    // `587.starttls.smtp.example.com`: only the first two dots part something.
    let told = |when: &str, course: &str| [when, &course.replacen('.', ", ", 2)].concat();
    notice(
        "This link was made with older facts or an older engine, and the answer is another one today:",
        &[
            told(&["then (", facts, "): "].concat(), then),
            told("today: ", &today),
        ],
        ("Take today’s", Action::Renew),
        view,
    )
}

fn notice(
    what: &str,
    items: &[String],
    (way_out, action): (&str, Action),
    view: &View<'_>,
) -> Option<El> {
    if items.is_empty() {
        return None;
    }
    let item = |item: &String| el("li").key(item).child(el("code").text(item));
    let notice = of("div", "notice")
        .attr("role", "status")
        .child(el("p").text(what))
        .child(el("ul").each(items, item))
        .child(button("button", view.tell, Wish::Act(action)).text(way_out));
    Some(notice)
}
