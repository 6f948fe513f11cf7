//! The provider's documentation, pasted: what was read out of it, in its own words, each to be taken or left.

use portolan_advice::ProviderAnswer;
use portolan_config::ReadTls;

use super::View;
use super::dom::{El, On, button, el, list, of};
use crate::state::pasted::{Found, Reading};
use crate::state::wish::Wish;

/// The id of the field.
pub(crate) const FIELD: &str = "pasted-text";

/// The field and what was read; nothing where a provider of the catalogue is chosen, whose entry has sources.
pub(crate) fn pasted(view: &View<'_>) -> Option<El> {
    if matches!(
        view.page.answers.provider,
        Some(ProviderAnswer::Catalogue(_))
    ) {
        return None;
    }
    let is_own = view.page.answers.provider == Some(ProviderAnswer::Own);
    let pasted = &view.page.pasted;
    let state = match pasted.state {
        Reading::Failed => "The reader could not be loaded.",
        Reading::Running => "Reading.",
        Reading::Done if pasted.text.trim().is_empty() => "",
        Reading::Done if pasted.found.is_empty() => {
            "No host or port for sending that could be read with certainty."
        }
        Reading::Done => "Read, and verified by nobody: take away what is wrong.",
    };
    let mut place = 0;
    let found = list("ul", "read").each(&pasted.found, |found| {
        place += 1;
        one(place - 1, found, view)
    });
    let field = of("details", "paste")
        .flag("open", is_own || !pasted.text.is_empty())
        .child(el("summary").text(if is_own {
            "Its host and port, in your words"
        } else {
            "Not in the list? Paste its documentation"
        }))
        .child(
            el("label")
                .attr("class", "visually-hidden")
                .attr("for", FIELD)
                .text("The provider’s documentation"),
        )
        .child(
            el("textarea")
                .attr("id", FIELD)
                .attr("rows", "6")
                .attr("spellcheck", "false")
                .attr("aria-describedby", "pasted-state")
                .attr(
                    "placeholder",
                    "Outgoing server: mail.example.net, port 587, STARTTLS…",
                )
                .value(&pasted.text)
                .on(On::Input, view.tell, Wish::Paste(String::new())),
        )
        .child(
            of("p", "picker__state")
                .attr("id", "pasted-state")
                .attr("role", "status")
                .text(state),
        )
        .child(found);
    Some(field)
}

fn one(place: usize, found: &Found, view: &View<'_>) -> El {
    let endpoint = &found.endpoint;
    let port = endpoint.port.to_string();
    let address = [endpoint.host.as_deref().unwrap_or("?"), ":", &port].concat();
    let tls = match endpoint.tls {
        Some(ReadTls::Implicit) => "TLS from the first byte",
        Some(ReadTls::StartTls) => "STARTTLS",
        Some(ReadTls::None) => "no TLS",
        None if endpoint.port == 465 => "TLS not said: from the first byte, as on 465",
        None => "TLS not said: STARTTLS",
    };
    el("li")
        .key(&address)
        .child(
            of("label", "choice")
                .child(
                    el("input")
                        .attr("type", "checkbox")
                        .checked(found.is_taken)
                        .on(On::Change, view.tell, Wish::Keep(place, !found.is_taken)),
                )
                .child(of("span", "read__address").text(&address)),
        )
        .child(
            button("button button--quiet", view.tell, Wish::Turn(place))
                .text(tls)
                .child(of("span", "visually-hidden").text(", change")),
        )
        .child(
            of("q", "read__words").each(&view.page.pasted.words(found), |(words, is_marked)| {
                el(if *is_marked { "mark" } else { "span" }).text(words)
            }),
        )
}
