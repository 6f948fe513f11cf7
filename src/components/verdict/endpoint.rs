//! The headline: host and port, and the three things to set with them.

use portolan_advice::ProviderAnswer;
use portolan_facts::Region;
use portolan_report::{Advice, Route, RouteKind, SignIn};

use super::super::dom::{El, button, el, list, of};
use super::{View, copy, sources, words};
use crate::state::action::Action;
use crate::state::wish::Wish;

pub(super) fn endpoint(advice: &Advice, title: &str, view: &View<'_>) -> El {
    let route = &advice.best.route;
    let level = of("span", "level")
        .attr("data-level", advice.confidence.id())
        .attr("aria-hidden", "true")
        .child(el("i"))
        .child(el("i"))
        .child(el("i"));
    let doubts = list("ul", "endpoint__doubts")
        .attr("aria-label", "What keeps the confidence from being higher")
        .each(&advice.doubts, |doubt| {
            let item = el("li").key(&doubt.text).text(&doubt.text).text(" ");
            sources::add(item, &doubt.text, &doubt.sources, view)
        });
    let is_own = super::is_own(view);
    of("header", "endpoint")
        .child(
            of("h2", "endpoint__title")
                .attr("id", "verdict-title")
                .text(title),
        )
        .child(
            of("div", "endpoint__line")
                .child(address(
                    of("p", "endpoint__address").attr("data-kind", route.kind.id()),
                    route,
                    is_own,
                ))
                .maybe(copyable(route).map(|text| copy::button(&text, "host and port", view))),
        )
        .maybe(remark(route).filter(|_| !is_own))
        .maybe(regions(route, view))
        .child(
            of("dl", "endpoint__terms")
                .maybe(
                    route
                        .security
                        .map(|_| term("TLS", el("dd").text(words::protection(route)))),
                )
                .maybe(sign_in(route))
                .child(term(
                    "Confidence",
                    el("dd")
                        .child(level)
                        .text(words::confidence(advice.confidence)),
                )),
        )
        .maybe((!advice.doubts.is_empty()).then_some(doubts))
}

fn term(name: &str, value: El) -> El {
    el("div").child(el("dt").text(name)).child(value)
}

/// Adds where to connect, with the port set apart.
pub(super) fn address(line: El, route: &Route, is_own: bool) -> El {
    let in_words = of("span", "endpoint__words");
    let port = |port: &str| of("b", "endpoint__port").text(port);
    let host = match (route.kind, &route.host) {
        (RouteKind::None, _) => {
            return line.child(in_words.text("No way out for mail from here is known"));
        }
        (RouteKind::HttpApi, _) => {
            return line.child(
                in_words
                    .text("The provider’s ")
                    .child(port("HTTPS API"))
                    .text(": no mail port needed"),
            );
        }
        (RouteKind::Receive, _) => {
            let number = words::number(route.port.unwrap_or(25));
            return line.child(in_words.text("Listen on ").child(port(&number)));
        }
        (_, Some(host)) => of("span", "endpoint__host")
            .attr_if("data-placeholder", host.placeholder.as_ref().map(|_| ""))
            .text(&host.name),
        (RouteKind::Mx, None) => in_words.text("Recipients’ MX"),
        (RouteKind::HostRelay, None) => in_words.text("your host’s relay"),
        (_, None) if is_own => in_words.text("your own server"),
        (_, None) => in_words.text("your provider’s host"),
    };
    let line = line.child(host);
    match route.port {
        Some(number) => line
            .child(el("wbr"))
            .child(of("span", "endpoint__colon").text(":"))
            .child(port(&words::number(number))),
        None => line,
    }
}

/// What goes into the clipboard: only a host that can be used as it stands.
fn copyable(route: &Route) -> Option<String> {
    let host = route.host.as_ref()?;
    Some(match route.port {
        Some(port) => [host.name.as_str(), ":", &words::number(port)].concat(),
        None => host.name.clone(),
    })
}

/// One sentence under the headline where the headline alone could be misread.
fn remark(route: &Route) -> Option<El> {
    let remark = of("p", "endpoint__remark");
    let text = match (route.kind, &route.host) {
        (RouteKind::HttpApi, _) => {
            let link = el("a")
                .attr("href", route.api.as_ref()?)
                .attr("rel", "noopener noreferrer")
                .text("How to call the API");
            return Some(remark.child(link));
        }
        (_, Some(host)) => {
            let placeholder = host.placeholder.as_ref()?;
            let remark = remark.text("The host is an example: ");
            return Some(remark.text(placeholder).text("."));
        }
        (RouteKind::Mx, None) => "Each recipient domain names its own hosts in its MX records.",
        (RouteKind::Receive, None) => "Others find your server through your domain’s MX record.",
        (RouteKind::Submission | RouteKind::Relay, None) => {
            "Choose your provider to see its host, and whether it listens there."
        }
        _ => return None,
    };
    Some(remark.text(text))
}

/// The provider's hosts by region, each a press away, while the one that is shown is an example.
fn regions(route: &Route, view: &View<'_>) -> Option<El> {
    route.host.as_ref()?.placeholder.as_ref()?;
    let answer = view.page.answers.provider.as_ref()?;
    let ProviderAnswer::Catalogue(id) = answer else {
        return None;
    };
    let provider = view.page.facts.provider(id)?;
    if provider.regions.len() < 2 {
        return None;
    }
    let region = |region: &Region| {
        let choice = Action::Provider(Some(answer.clone()), Some(region.host.clone()));
        el("li")
            .key(&region.host)
            .child(button("button button--quiet", view.tell, Wish::Act(choice)).text(&region.name))
    };
    let fold = of("details", "more")
        .child(el("summary").text("Choose your region"))
        .child(list("ul", "providers").each(&provider.regions, region));
    Some(fold)
}

fn sign_in(route: &Route) -> Option<El> {
    let sign_in = &route.sign_in;
    let how = match route.kind {
        RouteKind::None => return None,
        RouteKind::Mx | RouteKind::Receive => "no sign-in".to_owned(),
        RouteKind::HttpApi if sign_in.kinds.is_empty() => "API key".to_owned(),
        // Where no provider is named, no mechanism could be documented.
        _ if *sign_in == SignIn::default() && route.host.is_none() => {
            "user name and password".to_owned()
        }
        _ => words::proof(sign_in),
    };
    let credentials = sign_in
        .credentials
        .as_ref()
        .map(|credentials| of("span", "endpoint__credentials").text(credentials));
    Some(term("Sign in", el("dd").text(&how).maybe(credentials)))
}
