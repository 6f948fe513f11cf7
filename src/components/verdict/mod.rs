//! The verdict as the visitor reads it: the answer, why, what to do, how to prove it.
//!
//! Everything shown comes from one [`Advice`](portolan_report::Advice). Nothing here knows a provider, ranks a port or
//! looks at a clock: the day that makes a source old is part of the [`View`].

mod chart;
mod checks;
mod copy;
mod endpoint;
mod reasons;
mod sources;
mod steps;
mod suggestions;
mod words;

use portolan_advice::ProviderAnswer;

use super::View;
use super::dom::{El, On, el, of};
use crate::state::link;
use crate::state::wish::Wish;

/// The sheet that holds the answer.
pub(crate) fn verdict(view: &View<'_>) -> El {
    let advice = &view.page.advice;
    let title = if view.page.fragment == link::NOTHING {
        "Until you answer: the usual course"
    } else {
        "Your course"
    };
    let is_grave = reasons::is_grave(&advice.contradictions);
    let conflicts = |wanted: bool| {
        if wanted {
            reasons::contradictions(&advice.contradictions, view)
        } else {
            None
        }
    };
    of("section", "verdict")
        .attr("id", "verdict")
        .attr("tabindex", "-1")
        .attr("aria-labelledby", "verdict-title")
        .truth("aria-busy", view.page.is_stale())
        .child(endpoint::endpoint(advice, title, view))
        .child(
            of("nav", "verdict__ways")
                .attr("aria-label", "Parts of the answer")
                .maybe((!advice.steps.is_empty()).then(|| way("steps", "What to do", view)))
                .maybe((!advice.checks.is_empty()).then(|| way("checks", "How to prove it", view))),
        )
        .maybe(chart::chart(advice))
        .child(
            of("div", "verdict__body")
                .maybe(conflicts(is_grave))
                .child(reasons::why(advice, view))
                .maybe(suggestions::suggestions(&advice.providers, view))
                .maybe(steps::steps(&advice.steps, view))
                .maybe(checks::checks(&advice.checks, view))
                .maybe(reasons::why_not(advice, view))
                .maybe(conflicts(!is_grave)),
        )
}

/// Whether a server of the visitor's own takes the mail.
fn is_own(view: &View<'_>) -> bool {
    view.page.answers.provider == Some(ProviderAnswer::Own)
}

/// A way to a part of the answer, which is long on a phone.
fn way(id: &str, text: &str, view: &View<'_>) -> El {
    el("a")
        .attr("href", &["#", id].concat())
        .on(On::Link, view.tell, Wish::Show(id.to_owned()))
        .text(text)
}

/// The answer in one line at the foot of a narrow screen, while the questions fill it.
pub(crate) fn bar(view: &View<'_>) -> El {
    let route = &view.page.advice.best.route;
    of("a", "verdict-bar")
        .attr("href", "#verdict")
        // Not followed, or the address would lose the answers that stand in its fragment.
        .on(On::Link, view.tell, Wish::Show("verdict".to_owned()))
        .child(endpoint::address(
            of("span", "verdict-bar__route"),
            route,
            is_own(view),
        ))
        .child(of("span", "verdict-bar__tls").text(words::protection(route)))
}
