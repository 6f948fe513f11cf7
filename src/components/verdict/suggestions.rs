//! Who could take the mail here, each a press away.

use portolan_advice::{ProviderAnswer, SUGGESTION_ORDER};
use portolan_report::Suggestion;

use super::super::dom::{El, button, el, list, of};
use super::{View, words};
use crate::state::action::Action;
use crate::state::wish::Wish;

pub(super) fn suggestions(found: &[Suggestion], view: &View<'_>) -> Option<El> {
    if found.is_empty() {
        return None;
    }
    let list = list("ul", "providers").each(found, |one| {
        let answer = Some(ProviderAnswer::Catalogue(one.id.clone()));
        let mut ports = String::new();
        for port in &one.ports {
            ports.push(' ');
            ports.push_str(&words::number(*port));
        }
        el("li").key(&one.id).child(
            button(
                "button button--quiet",
                view.tell,
                Wish::Act(Action::Provider(answer, None)),
            )
            .text(&one.name)
            .child(of("span", "providers__ports").text(&ports)),
        )
    });
    let section = el("section")
        .titled("providers-title", "Providers whose ports get out here")
        .child(el("p").text(SUGGESTION_ORDER))
        .child(list);
    Some(section)
}
