//! Text to copy: a scrolling block that the keyboard reaches, with its button.

use yew::prelude::*;

use super::View;

/// A button that hands `text` to the page's clipboard. `what` completes its name: "Copy the command".
pub(super) fn button(text: &str, what: &'static str, view: &View<'_>) -> Html {
    let text = AttrValue::from(text.to_owned());
    let onclick = view.on_copy.reform(move |_: MouseEvent| text.clone());
    html! {
        <button type="button" class="button button--quiet copy" {onclick}>
            { "Copy" }<span class="visually-hidden">{ " " }{ what }</span>
        </button>
    }
}

/// One command or setting under its label.
pub(super) fn block(label: &str, line: &str, view: &View<'_>) -> Html {
    let what = if label.is_empty() { "Command" } else { label };
    html! {
        <div class="command">
            if !label.is_empty() { <p class="command__label">{ label }</p> }
            <pre tabindex="0" role="region" aria-label={format!("{what}: {line}")}><code>{ line }</code></pre>
            { button(line, "the command", view) }
        </div>
    }
}
