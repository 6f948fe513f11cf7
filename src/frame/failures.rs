//! How to read the common failures: static, so that it stands without any script.

use yew::prelude::*;

/// The guide of the Analyze door.
pub(super) fn failures() -> Html {
    html! { <section class="guide" aria-labelledby="guide-title"><h2 id="guide-title">{ "How to read a failure yourself" }</h2></section> }
}
