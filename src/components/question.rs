//! The questions, from the data: their wording is facts, their answers are actions.

use portolan_advice::{PostureItem, UseCase, maturity, question};
use portolan_facts::{Choice, Question, QuestionKind};
use portolan_report::{Observation, RouteKind};
use yew::Html;

use super::View;
use super::dom::{El, On, button, el, list, of, push};
use super::pasted::pasted;
use super::picker::picker;
use crate::state::action::Action;
use crate::state::field::Field;
use crate::state::wish::Wish;
use crate::state::{choice, link, seen};

/// All questions that matter for the case.
pub(crate) fn questions(view: &View<'_>) -> El {
    let page = view.page;
    let on_25 = page.advice.best.route.kind == RouteKind::Mx
        || page.answers.use_case == Some(UseCase::MailServer);
    let mut all = Vec::new();
    for asked in &page.facts.core().questions {
        if asked.id != question::POSTURE || on_25 {
            push(&mut all, one(asked, view));
        }
    }
    of("form", "advise__form")
        .attr("aria-label", "Your case")
        // Enter in the one field that is no picker.
        .on(On::Submit, view.tell, Wish::See)
        .all(all)
}

fn one(asked: &Question, view: &View<'_>) -> El {
    let is_next = view.page.next == Some(asked.id.as_str());
    let legend = [asked.id.as_str(), "-legend"].concat();
    let body = of("fieldset", "question")
        .key(&asked.id)
        .attr("id", &asked.id)
        .attr_if("data-next", is_next.then_some(""))
        .child(
            el("legend")
                .attr("id", &legend)
                .text(&asked.ask)
                .maybe(is_next.then(|| of("span", "question__next").text("next"))),
        )
        .maybe(
            asked
                .help
                .as_ref()
                .map(|help| of("p", "question__help").text(help)),
        );
    match asked.kind {
        QuestionKind::One => choices(body, asked, "radio", view),
        QuestionKind::Any if asked.id == question::OBSERVED => {
            seen(choices(body, asked, "checkbox", view), asked, view)
        }
        QuestionKind::Any => choices(body, asked, "checkbox", view),
        QuestionKind::Catalogue => {
            let pasted = if asked.id == question::PROVIDER {
                pasted(view)
            } else {
                None
            };
            let body = body.all(pickers(asked, &legend, view)).maybe(pasted);
            choices(body, asked, "radio", view)
        }
        QuestionKind::YesNo => {
            let mut items = Vec::new();
            for choice in &asked.choices {
                if let Some(item) = PostureItem::parse(&choice.id) {
                    push(&mut items, yes_no(asked, choice, item, view));
                }
            }
            let reading = maturity(&view.page.answers.posture);
            body.all(items).child(
                of("p", "question__reading")
                    .attr("role", "status")
                    .text(&reading),
            )
        }
    }
}

/// The id of the field for what was seen.
pub(crate) const SEEN: &str = "seen-text";

/// Anything else that was seen: one's own words, or the line that a program printed.
fn seen(body: El, asked: &Question, view: &View<'_>) -> El {
    let understood = seen::observation(view.seen);
    let state = match &understood {
        Some(seen) => seen::words(seen),
        None if view.seen.is_empty() => String::new(),
        None => "Say a port and what became of it: timed out, refused, reset, connects. A failed sign-in is no matter of ports; “wrong version number” says that port and TLS do not fit together.".to_owned(),
    };
    let others: Vec<&Observation> = view
        .page
        .answers
        .observed
        .iter()
        .filter(|seen| {
            !asked
                .choices
                .iter()
                .any(|choice| link::observation(&choice.id).as_ref() == Some(*seen))
        })
        .collect();
    // The form's only button of this kind: Enter in a field presses it.
    let add = of("button", "button button--quiet")
        .attr("type", "submit")
        .flag("disabled", understood.is_none())
        .text("Add");
    body.child(
        of("div", "seen")
            .child(
                el("label")
                    .attr("for", SEEN)
                    .text("Something else, in your words or a program’s"),
            )
            .child(
                el("input")
                    .attr("id", SEEN)
                    .attr("type", "text")
                    .attr("autocomplete", "off")
                    .attr("spellcheck", "false")
                    .attr("aria-describedby", "seen-state")
                    .attr("placeholder", "587 timed out")
                    .value(view.seen)
                    .on(On::Input, view.tell, Wish::Type(String::new())),
            )
            .child(add)
            .child(
                of("p", "picker__state")
                    .attr("id", "seen-state")
                    .attr("role", "status")
                    .text(&state),
            ),
    )
    .child(list("ul", "seen__list").each(&others, |seen| {
        let words = seen::words(seen);
        let back = Wish::Act(Action::Observed((*seen).clone(), false));
        el("li").key(&words).text(&words).child(
            button("question__clear", view.tell, back)
                .text("take back")
                .child(of("span", "visually-hidden").text(&[": ", &words].concat())),
        )
    }))
}

fn choices(body: El, asked: &Question, kind: &str, view: &View<'_>) -> El {
    // A box can be unticked; a radio button cannot, and an answer must not be a trap.
    let take_back = choice::undo(&asked.id, &view.page.answers).map(|undo| {
        button("question__clear", view.tell, Wish::Act(undo)).text("take this answer back")
    });
    body.each(&asked.choices, |choice| {
        let id = [asked.id.as_str(), "--", &choice.id].concat();
        let help_id = [id.as_str(), "-help"].concat();
        let checked = choice::is_chosen(&asked.id, &choice.id, &view.page.answers);
        let wish = choice::action(&asked.id, &choice.id, !checked).map_or(Wish::Nothing, Wish::Act);
        let help = choice.help.as_ref();
        of("label", "choice")
            .key(&id)
            .child(
                el("input")
                    .attr("type", kind)
                    .attr("id", &id)
                    .attr("name", &asked.id)
                    .attr_if("aria-describedby", help.map(|_| help_id.as_str()))
                    .checked(checked)
                    .on(On::Change, view.tell, wish),
            )
            .child(
                el("span")
                    .text(&choice.label)
                    .maybe(help.map(|text| el("small").attr("id", &help_id).text(text))),
            )
    })
    .maybe(take_back)
}

fn pickers(asked: &Question, legend: &str, view: &View<'_>) -> Vec<Html> {
    let mut shown = Vec::new();
    for picking in view.pickings {
        let field = picking.field;
        if field.question() == asked.id && field.is_shown(&view.page.answers) {
            let example = match field {
                Field::Client => "Nodemailer, Django, Postfix…",
                Field::Environment(0) => "DigitalOcean, Docker, home…",
                Field::Environment(_) => "and that runs inside…",
                Field::Provider => "SendGrid, gmail.com, a host name…",
            };
            push(&mut shown, picker(picking, legend, example, view));
        }
    }
    shown
}

fn yes_no(asked: &Question, choice: &Choice, item: PostureItem, view: &View<'_>) -> El {
    let name = [asked.id.as_str(), "--", &choice.id].concat();
    let label_id = [name.as_str(), "-label"].concat();
    let said = view.page.answers.posture.get(&item).copied();
    let options = [
        (Some(true), "yes", "yes"),
        (Some(false), "no", "no"),
        (None, "unknown", "not known"),
    ];
    of("div", "yes-no")
        .key(&name)
        .attr("role", "radiogroup")
        .attr("aria-labelledby", &label_id)
        .child(el("span").attr("id", &label_id).text(&choice.label))
        .each(&options, |(value, id, label)| {
            let wish = Wish::Act(Action::Posture(item, *value));
            el("label")
                .key(id)
                .child(
                    el("input")
                        .attr("type", "radio")
                        .attr("id", &[name.as_str(), "-", id].concat())
                        .attr("name", &name)
                        .checked(said == *value)
                        .on(On::Change, view.tell, wish),
                )
                .text(label)
        })
}

/// A press that leads to the question that matters most.
pub(crate) fn next(view: &View<'_>) -> El {
    let line = of("p", "next");
    let Some(asked) = view.page.next.and_then(|id| view.page.facts.question(id)) else {
        // Whoever comes here has mail that does not go out: what they see then counts for more than any document.
        let seen = view.page.facts.question(question::OBSERVED);
        return match seen.and_then(|it| Some((it, it.choices.first()?))) {
            Some((asked, first)) if view.page.answers.observed.is_empty() => {
                let target = [asked.id.as_str(), "--", &first.id].concat();
                line.text("Does it still not go out? ").child(
                    button("button button--quiet", view.tell, Wish::Show(target)).text(&asked.ask),
                )
            }
            _ => line.text("No further answer would change this."),
        };
    };
    let target = match asked.kind {
        QuestionKind::Catalogue => {
            let field = Field::ALL.iter().find(|it| it.question() == asked.id);
            field.map_or("", |it| it.id()).to_owned()
        }
        _ => asked
            .choices
            .first()
            .map(|choice| [asked.id.as_str(), "--", &choice.id].concat())
            .unwrap_or_default(),
    };
    line.text("What could still change it: ")
        .child(button("button button--quiet", view.tell, Wish::Show(target)).text(&asked.ask))
}
