//! The headline: host and port, and the three things to set with them.

use portolan_report::{Advice, Route, RouteKind};
use yew::prelude::*;

use super::{View, copy, sources, words};

pub(super) fn endpoint(advice: &Advice, title: &'static str, view: &View<'_>) -> Html {
    let route = &advice.best.route;
    let copied = copyable(route);
    html! {
        <header class="endpoint">
            <h2 id="verdict-title" class="endpoint__title">{ title }</h2>
            <div class="endpoint__line">
                <p class="endpoint__address" data-kind={route.kind.id()}>{ address(route) }</p>
                if let Some(text) = &copied { { copy::button(text, "host and port", view) } }
            </div>
            { remark(route) }
            <dl class="endpoint__terms">
                if route.security.is_some() {
                    <div><dt>{ "TLS" }</dt><dd>{ words::protection(route) }</dd></div>
                }
                { sign_in(route) }
                <div>
                    <dt>{ "Confidence" }</dt>
                    <dd>
                        <span class="level" data-level={advice.confidence.id()} aria-hidden="true">
                            <i></i><i></i><i></i>
                        </span>
                        { words::confidence(advice.confidence) }
                    </dd>
                </div>
            </dl>
            if !advice.doubts.is_empty() {
                <ul class="endpoint__doubts" role="list" aria-label="What keeps the confidence from being higher">
                    { for advice.doubts.iter().map(|doubt| html! {
                        <li key={doubt.text.clone()}>
                            { doubt.text.as_str() }{ " " }{ sources::sources(&doubt.sources, view) }
                        </li>
                    }) }
                </ul>
            }
        </header>
    }
}

/// Where to connect, with the port set apart.
pub(super) fn address(route: &Route) -> Html {
    let host = match (route.kind, &route.host) {
        (RouteKind::None, _) => {
            return html! { <span class="endpoint__words">{ "No way out for mail from here is known" }</span> };
        }
        (RouteKind::HttpApi, _) => {
            return html! {
                <span class="endpoint__words">
                    { "The provider’s " }<b class="endpoint__port">{ "HTTPS API" }</b>{ ": no mail port needed" }
                </span>
            };
        }
        (RouteKind::Receive, _) => {
            let port = route.port.unwrap_or(25);
            return html! {
                <span class="endpoint__words">{ "Listen on " }<b class="endpoint__port">{ port }</b></span>
            };
        }
        (_, Some(host)) => html! {
            <span class="endpoint__host" data-placeholder={host.placeholder.is_some().then_some("")}>
                { host.name.as_str() }
            </span>
        },
        (RouteKind::Mx, None) => {
            html! { <span class="endpoint__words">{ "Recipients’ MX" }</span> }
        }
        (RouteKind::HostRelay, None) => {
            html! { <span class="endpoint__words">{ "your host’s relay" }</span> }
        }
        (_, None) => html! { <span class="endpoint__words">{ "your provider’s host" }</span> },
    };
    html! {
        <>
            { host }
            if let Some(port) = route.port {
                <wbr /><span class="endpoint__colon">{ ":" }</span><b class="endpoint__port">{ port }</b>
            }
        </>
    }
}

/// What goes into the clipboard: only a host that can be used as it stands.
fn copyable(route: &Route) -> Option<String> {
    let host = route.host.as_ref()?;
    Some(match route.port {
        Some(port) => format!("{}:{port}", host.name),
        None => host.name.clone(),
    })
}

/// One sentence under the headline where the headline alone could be misread.
fn remark(route: &Route) -> Html {
    let text = match (route.kind, &route.host) {
        (RouteKind::HttpApi, _) => {
            return match &route.api {
                Some(api) => html! {
                    <p class="endpoint__remark">
                        <a href={api.clone()} rel="noopener noreferrer">{ "How to call the API" }</a>
                    </p>
                },
                None => Html::default(),
            };
        }
        (_, Some(host)) => match &host.placeholder {
            Some(placeholder) => {
                return html! {
                    <p class="endpoint__remark">
                        { "The host is a placeholder: " }{ placeholder.as_str() }{ "." }
                    </p>
                };
            }
            None => return Html::default(),
        },
        (RouteKind::Mx, None) => "Each recipient domain names its own hosts in its MX records.",
        (RouteKind::Receive, None) => "Others find your server through your domain’s MX record.",
        (RouteKind::Submission | RouteKind::Relay, None) => {
            "Choose your provider to see its host, and whether it listens there."
        }
        _ => return Html::default(),
    };
    html! { <p class="endpoint__remark">{ text }</p> }
}

fn sign_in(route: &Route) -> Html {
    let sign_in = &route.sign_in;
    let how = match route.kind {
        RouteKind::None => return Html::default(),
        RouteKind::Mx | RouteKind::Receive => "no sign-in".to_owned(),
        RouteKind::HttpApi => "API key".to_owned(),
        _ if sign_in.mechanisms.is_empty() => words::proof(&sign_in.kinds),
        _ => sign_in.mechanisms.join(" or "),
    };
    html! {
        <div>
            <dt>{ "Sign in" }</dt>
            <dd>
                { how }
                if let Some(credentials) = &sign_in.credentials {
                    <span class="endpoint__credentials">{ credentials.as_str() }</span>
                }
            </dd>
        </div>
    }
}
