//! What went wrong on the way here, told beside a way out.

use yew::prelude::*;

use crate::state::page::{Action, Part};

/// What of the link could not be understood.
pub fn ignored(ignored: &[String], dispatch: &Callback<Action>) -> Html {
    if ignored.is_empty() {
        return html! {};
    }
    html! {
        <div class="notice" role="status">
            <p>{ "Part of the link could not be understood and was left out:" }</p>
            <ul>{ for ignored.iter().map(|part| html! { <li key={part.clone()}><code>{ part }</code></li> }) }</ul>
            <button type="button" class="button" onclick={dispatch.reform(|_| Action::Dismiss)}>{ "Understood" }</button>
        </div>
    }
}

/// What could not be loaded.
pub fn failed(failed: &[Part], dispatch: &Callback<Action>) -> Html {
    if failed.is_empty() {
        return html! {};
    }
    html! {
        <div class="notice" role="status">
            <p>{ "Some facts could not be loaded, so the answer leaves them out:" }</p>
            <ul>{ for failed.iter().map(|part| html! { <li key={part.path()}><code>{ part.path() }</code></li> }) }</ul>
            <button type="button" class="button" onclick={dispatch.reform(|_| Action::Retry)}>{ "Try again" }</button>
        </div>
    }
}
