//! A text field that finds one thing of many by any of its names: the editable combobox of the ARIA guide.

use super::View;
use super::dom::{El, On, button, el, of, push};
use crate::state::field::{Field, MOST, Picking};
use crate::state::touch::Touch;
use crate::state::wish::Wish;

/// The picker. `legend` is the id of what names it, `example` what one could type.
pub(crate) fn picker(picking: &Picking, legend: &str, example: &str, view: &View<'_>) -> El {
    let index = view.page.facts.index();
    let field = picking.field;
    let chosen = field.chosen(&view.page.answers);
    let chosen_name = chosen.map_or("", |id| {
        index
            .entry(field.kind(), id)
            .map_or(id, |entry| entry.name.as_str())
    });
    let found = picking.found(index);
    let count = found.len();
    let is_open = picking.is_open;
    let is_shown = is_open && count > 0;
    let list_id = [field.id(), "-list"].concat();
    let option_id = |place: usize| [field.id(), "-option-", &place.to_string()].concat();
    let wish = |touch| Wish::Field(field, touch);
    let mut options = Vec::new();
    for (place, entry) in found.into_iter().take(MOST).enumerate() {
        let pick = wish(Touch::Pick(Some(entry.id.clone())));
        let aliases = entry.aliases.join(", ");
        let option = el("li")
            .key(&entry.id)
            .attr("id", &option_id(place))
            .attr("role", "option")
            .truth("aria-selected", place == picking.active)
            // Before the field loses the focus, or the list would close under the pointer.
            .on(On::Press, view.tell, pick)
            .text(&entry.name)
            .maybe((!aliases.is_empty()).then(|| el("small").text(&aliases)));
        push(&mut options, option);
    }
    let state = if index.providers.is_empty() && is_open {
        "The names are on their way."
    } else if is_open && count == 0 && field == Field::Provider {
        "No provider has that name. Try a host or a mail address; a server of your own is a choice below."
    } else if is_open && count == 0 {
        "Nothing has that name. Leave it open, or try a more general word."
    } else if is_shown && count > MOST {
        &[
            &MOST.to_string(),
            " of ",
            &count.to_string(),
            " shown; type on.",
        ]
        .concat()
    } else if is_shown && picking.typed.is_some() {
        &[&count.to_string(), " found."].concat()
    } else if !is_open && picking.typed.is_some() {
        "Nothing is chosen yet: take one from the list."
    } else {
        ""
    };
    let active = option_id(picking.active);
    of("div", "picker")
        .key(field.id())
        .child(
            el("input")
                .attr("id", field.id())
                .attr("type", "text")
                .attr("role", "combobox")
                .attr("autocomplete", "off")
                .attr("spellcheck", "false")
                .attr("aria-labelledby", legend)
                .attr("aria-autocomplete", "list")
                .truth("aria-expanded", is_shown)
                .attr("aria-controls", &list_id)
                .attr_if("aria-activedescendant", is_shown.then_some(active.as_str()))
                .attr("placeholder", example)
                .value(picking.typed.as_deref().unwrap_or(chosen_name))
                .on(On::Input, view.tell, wish(Touch::Type(String::new())))
                .on(On::Key { is_open }, view.tell, wish(Touch::Click))
                .on(On::Blur, view.tell, wish(Touch::Leave))
                .on(On::Click, view.tell, wish(Touch::Click)),
        )
        .maybe(chosen.is_some().then(|| {
            button("picker__clear", view.tell, wish(Touch::Pick(None)))
                .text("clear")
                .child(of("span", "visually-hidden").text(&[": ", chosen_name].concat()))
        }))
        .child(
            of("ul", "picker__list")
                .attr("id", &list_id)
                .attr("role", "listbox")
                .attr("aria-labelledby", legend)
                .flag("hidden", !is_shown)
                .all(options),
        )
        .child(of("p", "picker__state").attr("role", "status").text(state))
}
