//! The questions, from the data: their wording is facts, their answers are actions.

use portolan_advice::{Constraint, PostureItem, ProviderAnswer, UseCase, question};
use portolan_facts::{EntryKind, Question, QuestionKind};
use portolan_report::RouteKind;
use yew::prelude::*;

use crate::browser;
use crate::components::picker::Picker;
use crate::state::early::Early;
use crate::state::link;
use crate::state::page::{Action, Page};

/// What the questions need.
#[derive(Clone, PartialEq, Properties)]
pub struct QuestionsProps {
    /// The state.
    pub page: Page,
    /// What an answer does.
    pub dispatch: Callback<Action>,
    /// What was typed before the page came alive.
    pub early: Early,
}

/// All questions that matter for the case.
#[component]
pub fn Questions(props: &QuestionsProps) -> Html {
    let page = &props.page;
    let on_25 = page.advice.best.route.kind == RouteKind::Mx
        || page.answers.use_case == Some(UseCase::MailServer);
    html! {
        <form class="advise__form" aria-label="Your case" onsubmit={Callback::from(|event: SubmitEvent| event.prevent_default())}>
            { for page.facts.core().questions.iter()
                .filter(|asked| asked.id != question::POSTURE || on_25)
                .map(|asked| one(asked, props)) }
        </form>
    }
}

fn one(asked: &Question, props: &QuestionsProps) -> Html {
    let is_next = props.page.next == Some(asked.id.as_str());
    let id = asked.id.clone();
    let legend = format!("{id}-legend");
    html! {
        <fieldset key={id.clone()} {id} class="question" data-next={is_next.then_some("")}>
            <legend id={legend.clone()}>
                { asked.ask.clone() }
                if is_next { <span class="question__next">{ "next" }</span> }
            </legend>
            if let Some(help) = asked.help.clone() { <p class="question__help">{ help }</p> }
            { match asked.kind {
                QuestionKind::One => choices(asked, props, "radio"),
                QuestionKind::Any => choices(asked, props, "checkbox"),
                QuestionKind::Catalogue => html! { <>{ pickers(asked, props, &legend) }{ choices(asked, props, "radio") }</> },
                QuestionKind::YesNo => yes_no(asked, props),
            } }
        </fieldset>
    }
}

fn choices(asked: &Question, props: &QuestionsProps, kind: &'static str) -> Html {
    html! {
        { for asked.choices.iter().map(|choice| {
            let id = format!("{}--{}", asked.id, choice.id);
            let checked = is_chosen(&asked.id, &choice.id, &props.page);
            let onchange = {
                let (asked, choice, dispatch) = (asked.id.clone(), choice.id.clone(), props.dispatch.clone());
                Callback::from(move |_| {
                    if let Some(action) = action(&asked, &choice, !checked) {
                        dispatch.emit(action);
                    }
                })
            };
            let help = format!("{id}-help");
            html! {
                <label key={id.clone()} class="choice">
                    <input type={kind} id={id} name={asked.id.clone()} {checked} {onchange}
                        aria-describedby={choice.help.is_some().then(|| help.clone())} />
                    <span>{ choice.label.clone() }
                        if let Some(text) = choice.help.clone() { <small id={help}>{ text }</small> }
                    </span>
                </label>
            }
        }) }
    }
}

fn is_chosen(asked: &str, choice: &str, page: &Page) -> bool {
    let answers = &page.answers;
    match asked {
        question::USE_CASE => answers.use_case.is_some_and(|case| case.id() == choice),
        question::PROVIDER => match &answers.provider {
            Some(ProviderAnswer::Direct) => choice == "direct",
            Some(ProviderAnswer::Own) => choice == "own",
            Some(ProviderAnswer::Catalogue(_)) | None => false,
        },
        question::OBSERVED => {
            link::observation(choice).is_some_and(|seen| answers.observed.contains(&seen))
        }
        question::CONSTRAINTS => answers.constraints.iter().any(|it| it.id() == choice),
        _ => false,
    }
}

fn action(asked: &str, choice: &str, is_on: bool) -> Option<Action> {
    Some(match asked {
        question::USE_CASE => Action::UseCase(UseCase::parse(choice)?),
        question::PROVIDER => Action::Provider(Some(match choice {
            "direct" => ProviderAnswer::Direct,
            "own" => ProviderAnswer::Own,
            _ => return None,
        })),
        question::OBSERVED => Action::Observed(link::observation(choice)?, is_on),
        question::CONSTRAINTS => Action::Constraint(Constraint::parse(choice)?, is_on),
        _ => return None,
    })
}

fn pickers(asked: &Question, props: &QuestionsProps, legend: &str) -> Html {
    let answers = &props.page.answers;
    let early = &props.early;
    let dispatch = &props.dispatch;
    let one = |id: String,
               kind,
               chosen: Option<String>,
               example: &'static str,
               on_pick: Callback<Option<String>>| {
        let typed = early
            .typed_into(&id)
            .filter(|_| chosen.is_none())
            .map(|text| AttrValue::from(text.to_owned()));
        html! {
            <Picker key={id.clone()} id={id.clone()} labelled_by={legend.to_owned()} {kind} facts={props.page.facts.clone()}
                chosen={chosen.map(AttrValue::from)} {typed} {example} {on_pick} />
        }
    };
    match asked.id.as_str() {
        question::PROVIDER => {
            let chosen = match &answers.provider {
                Some(ProviderAnswer::Catalogue(id)) => Some(id.clone()),
                _ => None,
            };
            let on_pick = dispatch
                .reform(|id: Option<String>| Action::Provider(id.map(ProviderAnswer::Catalogue)));
            one(
                "provider-pick".to_owned(),
                EntryKind::Provider,
                chosen,
                "SendGrid, gmail.com, a host name…",
                on_pick,
            )
        }
        question::ENVIRONMENT => {
            let layers = answers.environments.len();
            // One more than there are, so that a place inside another can be told.
            html! {
                { for (0..=layers.min(2)).map(|layer| {
                    let chosen = answers.environments.get(layer).cloned();
                    let on_pick = dispatch.reform(move |id| Action::Environment(layer, id));
                    let example = if layer == 0 { "DigitalOcean, Docker, home…" } else { "and that runs inside…" };
                    one(format!("environment-pick-{layer}"), EntryKind::Environment, chosen, example, on_pick)
                }) }
            }
        }
        question::CLIENT => {
            let on_pick = dispatch.reform(Action::Client);
            one(
                "client-pick".to_owned(),
                EntryKind::Client,
                answers.client.clone(),
                "Nodemailer, Django, Postfix…",
                on_pick,
            )
        }
        _ => html! {},
    }
}

fn yes_no(asked: &Question, props: &QuestionsProps) -> Html {
    html! {
        { for asked.choices.iter().filter_map(|choice| {
            let item = PostureItem::parse(&choice.id)?;
            let said = props.page.answers.posture.get(&item).copied();
            let name = format!("{}--{}", asked.id, choice.id);
            let options = [(Some(true), "yes", "yes"), (Some(false), "no", "no"), (None, "unknown", "not known")];
            Some(html! {
                <div key={name.clone()} class="yes-no" role="radiogroup" aria-labelledby={format!("{name}-label")}>
                    <span id={format!("{name}-label")}>{ choice.label.clone() }</span>
                    { for options.into_iter().map(|(value, id, label)| {
                        let onchange = props.dispatch.reform(move |_| Action::Posture(item, value));
                        html! {
                            <label key={id}><input type="radio" id={format!("{name}-{id}")} name={name.clone()} checked={said == value} {onchange} />{ label }</label>
                        }
                    }) }
                </div>
            })
        }) }
    }
}

/// A press that leads to the question that matters most.
pub fn next(page: &Page) -> Html {
    let Some(asked) = page.next.and_then(|id| page.facts.question(id)) else {
        return html! { <p class="next">{ "No further answer would change this." }</p> };
    };
    let target = match asked.kind {
        QuestionKind::Catalogue if asked.id == question::ENVIRONMENT => {
            "environment-pick-0".to_owned()
        }
        QuestionKind::Catalogue => format!("{}-pick", asked.id),
        _ => asked
            .choices
            .first()
            .map(|choice| format!("{}--{}", asked.id, choice.id))
            .unwrap_or_default(),
    };
    let onclick = Callback::from(move |_: MouseEvent| {
        browser::focus(&target, None);
        browser::scroll_to(&target);
    });
    html! {
        <p class="next">{ "What could still change it: " }<button type="button" class="button button--quiet" {onclick}>{ asked.ask.clone() }</button></p>
    }
}
