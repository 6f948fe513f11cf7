//! What to do now, in order.

use portolan_report::Step;
use yew::prelude::*;

use super::{View, copy, sources, words};

pub(super) fn steps(steps: &[Step], view: &View<'_>) -> Html {
    if steps.is_empty() {
        return Html::default();
    }
    let items = steps.iter().map(|step| {
        html! {
            <li key={step.action.clone()} data-first={step.first.then_some("")}>
                <p class="steps__who">
                    if step.first { <strong>{ "Before anything else" }</strong>{ ", " } }
                    { words::who(step.who) }
                </p>
                <p>{ step.action.as_str() }{ " " }{ sources::sources(&step.sources, view) }</p>
                if let Some(command) = &step.command {
                    { copy::block("", command, view) }
                }
            </li>
        }
    });
    html! {
        <section aria-labelledby="steps-title">
            <h3 id="steps-title">{ "Do this now" }</h3>
            <ol class="steps" role="list">{ for items }</ol>
        </section>
    }
}
