//! Commands that prove the route layer by layer, and what their answers mean.

use portolan_report::Check;
use yew::prelude::*;

use super::{View, copy, words};

pub(super) fn checks(checks: &[Check], view: &View<'_>) -> Html {
    if checks.is_empty() {
        return Html::default();
    }
    html! {
        <section aria-labelledby="checks-title">
            <h3 id="checks-title">{ "Then prove it" }</h3>
            <ol class="checks" role="list">{ for checks.iter().map(|one| check(one, view)) }</ol>
        </section>
    }
}

fn check(check: &Check, view: &View<'_>) -> Html {
    let commands = check.commands.iter().map(|command| {
        let on: Vec<&str> = command.on.iter().map(|os| words::os(*os)).collect();
        html! { <div key={command.line.clone()}>{ copy::block(&on.join(", "), &command.line, view) }</div> }
    });
    let outcomes = check.outcomes.iter().map(|outcome| {
        html! {
            <div key={outcome.seen.clone()}>
                <dt>{ outcome.seen.as_str() }</dt>
                <dd>{ outcome.means.as_str() }</dd>
            </div>
        }
    });
    html! {
        <li key={check.layer.id()}>
            <h4>{ words::layer(check.layer) }</h4>
            { for commands }
            <dl class="outcomes">{ for outcomes }</dl>
        </li>
    }
}
