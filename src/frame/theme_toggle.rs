//! Day, night, or as the system has it. The browser module listens to the buttons.

use yew::prelude::*;

use crate::state::theme::THEMES;

/// The choice of theme, before one was made.
pub(super) fn theme_toggle() -> Html {
    html! {
        <div class="theme-toggle" role="group" aria-label="Colours">
            { for THEMES.iter().map(|(theme, label)| html! {
                <button key={*label} type="button" aria-pressed={if theme.is_none() { "true" } else { "false" }}>{ *label }</button>
            }) }
        </div>
    }
}
