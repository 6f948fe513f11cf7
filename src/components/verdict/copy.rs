//! Text to copy: a scrolling block that the keyboard reaches, with its button.

use super::super::dom::{El, button as click, el, of};
use super::View;
use crate::state::wish::Wish;

/// A button that hands `text` to the page's clipboard. `what` completes its name: "Copy the command".
pub(super) fn button(text: &str, what: &str, view: &View<'_>) -> El {
    click(
        "button button--quiet copy",
        view.tell,
        Wish::Copy(text.to_owned()),
    )
    .text(view.copied_or(text, "Copy"))
    .child(of("span", "visually-hidden").text(" ").text(what))
}

/// One command or setting under its label.
pub(super) fn block(label: &str, line: &str, view: &View<'_>) -> El {
    let what = if label.is_empty() { "Command" } else { label };
    of("div", "command")
        .maybe((!label.is_empty()).then(|| of("p", "command__label").text(label)))
        .child(
            el("pre")
                .attr("tabindex", "0")
                .attr("role", "region")
                .attr("aria-label", &[what, ": ", line].concat())
                .child(el("code").text(line)),
        )
        .child(button(line, "the command", view))
}
