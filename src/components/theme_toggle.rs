//! Day, night, or as the system has it.

use yew::prelude::*;

use crate::browser;

const THEMES: [(Option<&str>, &str); 3] = [
    (None, "Auto"),
    (Some("light"), "Day"),
    (Some("dark"), "Night"),
];

/// The choice of theme.
#[component]
pub fn ThemeToggle() -> Html {
    let theme = use_state(|| None::<String>);
    use_effect_with((), {
        let theme = theme.clone();
        move |()| {
            let stored = browser::theme();
            if stored.is_some() {
                browser::set_theme(stored.as_deref());
                theme.set(stored);
            }
        }
    });
    html! {
        <div class="theme-toggle" role="group" aria-label="Colours">
            { for THEMES.iter().map(|(value, label)| {
                let is_chosen = theme.as_deref() == *value;
                let onclick = {
                    let (theme, value) = (theme.clone(), *value);
                    Callback::from(move |_| {
                        browser::set_theme(value);
                        theme.set(value.map(str::to_owned));
                    })
                };
                html! {
                    <button key={*label} type="button" aria-pressed={if is_chosen { "true" } else { "false" }} {onclick}>{ *label }</button>
                }
            }) }
        </div>
    }
}
