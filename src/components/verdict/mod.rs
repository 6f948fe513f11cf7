//! The verdict as the visitor reads it: the answer, why, what to do, how to prove it.
//!
//! Everything shown comes from one [`Advice`]. Nothing here knows a provider, ranks a port or looks at a clock: the day
//! that makes a source old is a prop.

mod chart;
mod checks;
mod copy;
mod endpoint;
mod geometry;
mod reasons;
mod sources;
mod steps;
mod words;

use std::rc::Rc;

use portolan_advice::Answers;
use portolan_report::Advice;
use yew::prelude::*;

use crate::browser;

/// What every part of the verdict needs besides its own piece of the advice.
struct View<'a> {
    today: Option<&'a str>,
    on_copy: &'a Callback<AttrValue>,
}

/// What [`Verdict`] shows, and when.
#[derive(Properties, PartialEq)]
pub struct VerdictProps {
    /// The verdict.
    pub advice: Rc<Advice>,
    /// What it answers.
    pub answers: Rc<Answers>,
    /// The day of the visit, ISO 8601. `None`: not known, so that no source is called old.
    pub today: Option<AttrValue>,
    /// Whether a newer verdict is on its way.
    pub stale: bool,
    /// Called with the text to copy.
    pub on_copy: Callback<AttrValue>,
}

/// The sheet that holds the answer.
#[component]
pub fn Verdict(props: &VerdictProps) -> Html {
    let advice = &*props.advice;
    let view = View {
        today: props.today.as_deref(),
        on_copy: &props.on_copy,
    };
    let title = if *props.answers == Answers::default() {
        "Until you answer: the usual course"
    } else {
        "Your course"
    };
    let is_grave = reasons::is_grave(&advice.contradictions);
    html! {
        <section
            id="verdict"
            class="verdict"
            tabindex="-1"
            aria-labelledby="verdict-title"
            aria-busy={if props.stale { "true" } else { "false" }}
        >
            { endpoint::endpoint(advice, title, &view) }
            { chart::chart(advice) }
            <div class="verdict__body">
                if is_grave { { reasons::contradictions(&advice.contradictions, &view) } }
                { reasons::why(advice, &view) }
                if !is_grave { { reasons::contradictions(&advice.contradictions, &view) } }
                { reasons::why_not(advice, &view) }
                { steps::steps(&advice.steps, &view) }
                { checks::checks(&advice.checks, &view) }
            </div>
        </section>
    }
}

/// What [`VerdictBar`] shows.
#[derive(Properties, PartialEq)]
pub struct VerdictBarProps {
    /// The verdict.
    pub advice: Rc<Advice>,
}

/// The answer in one line at the foot of a narrow screen, while the questions fill it.
#[component]
pub fn VerdictBar(props: &VerdictBarProps) -> Html {
    let route = &props.advice.best.route;
    // Without the default, or the address would lose the answers that stand in its fragment.
    let onclick = Callback::from(|event: MouseEvent| {
        event.prevent_default();
        browser::focus("verdict", None);
        browser::scroll_to("verdict");
    });
    html! {
        <a class="verdict-bar" href="#verdict" {onclick}>
            <span class="verdict-bar__route">{ endpoint::address(route) }</span>
            <span class="verdict-bar__tls">{ words::protection(route) }</span>
        </a>
    }
}
