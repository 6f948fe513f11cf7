//! The Analyze door: the box, and what was found.

use yew::Html;

use crate::components::View;
use crate::components::anything::made;
use crate::components::dom::{of, slot};

/// What was found; nothing where nothing was given.
pub(crate) fn analyze(view: &View<'_>) -> Html {
    slot(Some(
        of("div", "analyze")
            .attr("id", "answer")
            .attr("tabindex", "-1")
            .maybe(made(view)),
    ))
}
