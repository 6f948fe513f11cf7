//! A text field that finds one thing of many by any of its names: the editable combobox of the ARIA guide.

use portolan_facts::{EntryKind, Facts};
use yew::prelude::*;

/// More would be a list to read and not a choice.
const MOST: usize = 12;

/// What a picker shows and tells.
#[derive(Clone, PartialEq, Properties)]
pub struct PickerProps {
    /// Id of the field.
    pub id: AttrValue,
    /// Id of what names the field.
    pub labelled_by: AttrValue,
    /// Among what to look.
    pub kind: EntryKind,
    /// The names.
    pub facts: Facts,
    /// Id of the chosen thing.
    pub chosen: Option<AttrValue>,
    /// What was typed before the page came alive.
    pub typed: Option<AttrValue>,
    /// What to type, as an example.
    pub example: AttrValue,
    /// The thing that was chosen; `None` when the choice is taken back.
    pub on_pick: Callback<Option<String>>,
}

/// The picker.
#[component]
pub fn Picker(props: &PickerProps) -> Html {
    let typed = use_state(|| props.typed.as_ref().map(ToString::to_string));
    let is_open = use_state(|| props.typed.is_some());
    let active = use_state(|| 0_usize);

    let index = props.facts.index();
    let chosen_name = props.chosen.as_ref().map(|id| {
        index
            .entry(props.kind, id)
            .map_or_else(|| id.to_string(), |entry| entry.name.clone())
    });
    // A choice that comes from elsewhere, such as the history, replaces what was typed.
    use_effect_with(props.chosen.clone(), {
        let typed = typed.clone();
        move |chosen| {
            if chosen.is_some() {
                typed.set(None);
            }
        }
    });

    let text = typed
        .as_deref()
        .map(str::to_owned)
        .or(chosen_name.clone())
        .unwrap_or_default();
    let query = typed.as_deref().unwrap_or_default();
    let found = index.find(props.kind, query);
    let count = found.len();
    let shown: Vec<(String, String, String)> = found
        .into_iter()
        .take(MOST)
        .map(|entry| {
            (
                entry.id.clone(),
                entry.name.clone(),
                entry.aliases.join(", "),
            )
        })
        .collect();
    let list_id = format!("{}-list", props.id);
    let option_id = |place: usize| format!("{}-option-{place}", props.id);

    let pick = {
        let (typed, is_open, on_pick) = (typed.clone(), is_open.clone(), props.on_pick.clone());
        Callback::from(move |id: Option<String>| {
            typed.set(None);
            is_open.set(false);
            on_pick.emit(id);
        })
    };
    let oninput = {
        let (typed, is_open, active) = (typed.clone(), is_open.clone(), active.clone());
        Callback::from(move |event: InputEvent| {
            typed.set(Some(value_of(&event)));
            is_open.set(true);
            active.set(0);
        })
    };
    let onkeydown = {
        let (is_open, active, typed) = (is_open.clone(), active.clone(), typed.clone());
        let (pick, ids) = (
            pick.clone(),
            shown.iter().map(|(id, ..)| id.clone()).collect::<Vec<_>>(),
        );
        Callback::from(move |event: KeyboardEvent| {
            let last = ids.len().saturating_sub(1);
            let step = match event.key().as_str() {
                "ArrowDown" if *is_open => (*active + 1).min(last),
                "ArrowDown" | "ArrowUp" if !*is_open => 0,
                "ArrowUp" => active.saturating_sub(1),
                "Enter" if *is_open => {
                    if let Some(id) = ids.get(*active) {
                        pick.emit(Some(id.clone()));
                    }
                    event.prevent_default();
                    return;
                }
                "Escape" => {
                    typed.set(None);
                    is_open.set(false);
                    event.prevent_default();
                    return;
                }
                _ => return,
            };
            event.prevent_default();
            is_open.set(true);
            active.set(step);
        })
    };
    let onblur = {
        let (is_open, typed, has_choice) = (is_open.clone(), typed.clone(), props.chosen.is_some());
        Callback::from(move |_: FocusEvent| {
            is_open.set(false);
            // The field must not name another thing than the one that the verdict is for.
            if has_choice {
                typed.set(None);
            }
        })
    };
    let onclick = {
        let is_open = is_open.clone();
        Callback::from(move |_: MouseEvent| is_open.set(true))
    };
    let is_shown = *is_open && !shown.is_empty();
    let state = if index.providers.is_empty() && *is_open {
        "The names are on their way.".to_owned()
    } else if *is_open && count == 0 {
        "Nothing has that name. Leave it open, or try a host name.".to_owned()
    } else if is_shown && count > MOST {
        format!("{MOST} of {count} shown; type on.")
    } else {
        String::new()
    };
    html! {
        <div class="picker">
            <input id={props.id.clone()} type="text" role="combobox" autocomplete="off" spellcheck="false"
                aria-labelledby={props.labelled_by.clone()} aria-autocomplete="list"
                aria-expanded={if is_shown { "true" } else { "false" }} aria-controls={list_id.clone()}
                aria-activedescendant={is_shown.then(|| option_id(*active))}
                placeholder={props.example.clone()} value={text} {oninput} {onkeydown} {onblur} {onclick} />
            if props.chosen.is_some() {
                <button type="button" class="picker__clear" onclick={pick.reform(|_| None)}>
                    { "change" }<span class="visually-hidden">{ format!(": {}", chosen_name.unwrap_or_default()) }</span>
                </button>
            }
            <ul id={list_id} class="picker__list" role="listbox" aria-labelledby={props.labelled_by.clone()} hidden={!is_shown}>
                { for shown.into_iter().enumerate().map(|(place, (id, name, aliases))| {
                    let pick = pick.clone();
                    // Before the field loses the focus, or the list would close under the pointer.
                    let onmousedown = {
                        let id = id.clone();
                        Callback::from(move |event: MouseEvent| {
                            event.prevent_default();
                            pick.emit(Some(id.clone()));
                        })
                    };
                    html! {
                        <li key={id} id={option_id(place)} role="option" aria-selected={if place == *active { "true" } else { "false" }} {onmousedown}>
                            { name }
                            if !aliases.is_empty() { <small>{ aliases }</small> }
                        </li>
                    }
                }) }
            </ul>
            <p class="picker__state" role="status">{ state }</p>
        </div>
    }
}

#[cfg(target_arch = "wasm32")]
fn value_of(event: &InputEvent) -> String {
    crate::browser::value_of(event)
}

#[cfg(not(target_arch = "wasm32"))]
fn value_of(_event: &InputEvent) -> String {
    String::new()
}
