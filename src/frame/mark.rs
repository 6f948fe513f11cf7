//! The compass rose.

use yew::prelude::*;

/// The compass rose, hidden from readers: the name stands beside it.
pub(super) fn mark() -> Html {
    html! {
        <svg class="mark" viewBox="0 0 32 32" fill="none" stroke="currentColor" aria-hidden="true">
            <circle cx="16" cy="16" r="14" stroke-width="1.3" />
            <path d="M16 3l3 13-3 13-3-13z" fill="currentColor" stroke="none" />
            <path d="M3 16l13-2 13 2-13 2z" stroke-width="1" />
        </svg>
    }
}
