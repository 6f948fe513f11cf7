//! The box that takes anything.

use super::View;
use super::dom::{El, On, button, el, of};
use super::sheet::sheet;
use crate::state::door::Door;
use crate::state::given::State;
use crate::state::wish::Wish;

/// The id of its field.
pub(crate) const FIELD: &str = "anything";
/// The id of its choice of files.
pub(crate) const FILES: &str = "anything-files";

/// The box, and what was made of what is in it.
pub(crate) fn anything(view: &View<'_>) -> El {
    let given = view.given;
    let is_open = view.door != Door::Advise;
    let answer = given.at(view.door);
    let about = answer.map_or("", |answer| answer.about.as_str());
    let holds = match given.state {
        State::Reading => "Reading. Nothing leaves this page.",
        State::Failed => "The analyzer could not be loaded, or it broke. What you gave is kept.",
        State::Idle if given.draft.is_empty() => about,
        State::Idle => "",
    };
    let again = (given.state == State::Failed)
        .then(|| button("button button--quiet", view.tell, Wish::Again).text("Try again"));
    let status = answer.map_or("", |answer| answer.status.as_str());
    let label = match view.door {
        Door::Advise => "Or paste anything: an error, a log, a bounce, an address, documentation",
        Door::Analyze => "The error, session, log, bounce or mail",
        Door::Check => "Reports of portolan-probe, DNS records, or a host to check",
    };
    let field = el("textarea")
        .attr("id", FIELD)
        .attr(
            "rows",
            match (view.door, about) {
                (Door::Advise, _) => "1",
                (Door::Analyze, "") => "8",
                _ => "3",
            },
        )
        .attr("spellcheck", "false")
        .attr("autocomplete", "off")
        .attr("autocapitalize", "none")
        .attr("aria-describedby", "anything-holds")
        .attr(
            "placeholder",
            match view.door {
                Door::Check => "smtp.example.org",
                _ => "535 5.7.8 Username and Password not accepted",
            },
        )
        .flag("data-read", answer.is_some() && !given.is_edited)
        .value(&given.draft)
        .on(On::Input, view.tell, Wish::Draft(String::new()))
        // In one line Enter is enough; among several it begins the next.
        .on(
            On::Key {
                is_open: !is_open && !given.draft.contains('\n'),
            },
            view.tell,
            Wish::Give,
        );
    let choose = of("label", "button button--quiet")
        .attr("for", FILES)
        .text("Choose files");
    let files = of("input", "anything__files")
        .attr("id", FILES)
        .attr("type", "file")
        .flag("multiple", true)
        .on(On::Change, view.tell, Wish::Files);
    of("section", "anything")
        .attr("aria-label", "Paste anything")
        .truth("data-open", is_open)
        .child(
            of("label", "anything__label")
                .attr("for", FIELD)
                .text(label),
        )
        .child(field)
        .child(
            of("div", "anything__row")
                .child(button("button", view.tell, Wish::Give).text("Read it"))
                .child(files)
                .child(choose)
                .maybe(is_open.then(hint)),
        )
        .child(
            of("p", "anything__holds")
                .attr("id", "anything-holds")
                .text(holds),
        )
        .maybe(again)
        .child(
            of("p", "visually-hidden")
                .attr("role", "status")
                .text(status),
        )
}

fn hint() -> El {
    of("span", "anything__hint")
        .text("or drop them anywhere. Ctrl+Enter reads. Secrets are masked as far as they can be told, and nothing leaves this page.")
}

/// What was made of it. `None`: nothing yet.
pub(crate) fn made(view: &View<'_>) -> Option<El> {
    sheet(&view.given.at(view.door)?.sheet, view)
}
