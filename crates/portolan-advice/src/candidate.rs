//! Every route that could be meant: the provider's documented endpoints, or the standard routes where none is named.

use std::sync::Arc;

use portolan_facts::{Endpoint, EndpointTls, HostRelay, Provider, Role, Sourced};
use portolan_report::{Host, Route, RouteKind, Security, Seen, SignIn, SignInKind, Source};

use crate::answers::{PastedEndpoint, ProviderAnswer, UseCase};
use crate::egress::PortView;
use crate::situation::{Situation, serves};
use crate::words;

/// A route before it is judged.
pub(crate) struct Candidate<'f> {
    pub(crate) route: Route,
    pub(crate) origin: Origin<'f>,
    /// What is known of its port. `None`: it has none.
    pub(crate) egress: Option<PortView<'f>>,
}

/// Where a candidate comes from.
#[derive(Clone, Copy)]
pub(crate) enum Origin<'f> {
    /// The provider's documented endpoint.
    Endpoint(&'f Provider, &'f Endpoint),
    /// The provider's API; without a provider, any provider's.
    HttpApi(Option<&'f Provider>),
    /// The host's own relay.
    HostRelay(&'f portolan_facts::Environment, &'f HostRelay),
    /// An endpoint that was read out of a pasted documentation.
    Pasted,
    /// A standard route, whoever takes the mail.
    Standard,
    /// No route.
    Nowhere,
}

impl<'f> Candidate<'f> {
    /// Whether it hands mail to a server that wants a sign-in, as far as is known.
    pub(crate) fn signs_in(&self) -> bool {
        self.route.kind == RouteKind::Submission && !self.route.sign_in.is_none()
    }

    pub(crate) fn endpoint(&self) -> Option<&'f Endpoint> {
        match self.origin {
            Origin::Endpoint(_, endpoint) => Some(endpoint),
            _ => None,
        }
    }

    /// Whether somebody documents it, be it in an entry of the catalogue or in a text that was pasted.
    pub(crate) fn is_documented(&self) -> bool {
        matches!(self.origin, Origin::Endpoint(..) | Origin::Pasted)
    }

    pub(crate) fn endpoint_sources(&self) -> Vec<Arc<Source>> {
        match self.origin {
            Origin::Endpoint(provider, endpoint) => provider.sources(&endpoint.sources),
            Origin::HttpApi(Some(provider)) => provider
                .http_api
                .as_ref()
                .map(|api| provider.sources(&api.sources))
                .unwrap_or_default(),
            Origin::HostRelay(environment, relay) => environment.sources(&relay.sources),
            Origin::Pasted => vec![Arc::new(pasted_source())],
            _ => Vec::new(),
        }
    }
}

/// All candidates, in the order in which their sources list them.
pub(crate) fn candidates<'f>(situation: &Situation<'f>) -> Vec<Candidate<'f>> {
    let mut found = Vec::new();
    let mut add = |route: Route, origin| {
        // A route that never leaves the machine or the host's own network meets no policy on the way.
        let is_near = matches!(route.kind, RouteKind::HostRelay | RouteKind::Receive)
            || route
                .host
                .as_ref()
                .is_some_and(|host| is_loopback(&host.name));
        let egress = route
            .port
            .filter(|_| !is_near)
            .map(|port| situation.port(port));
        found.push(Candidate {
            route,
            origin,
            egress,
        });
    };
    if situation.use_case == UseCase::Receiving {
        add(
            standard(RouteKind::Receive, 25, Security::OpportunisticStartTls),
            Origin::Standard,
        );
        return found;
    }
    if let Some(provider) = situation.provider {
        for endpoint in &provider.endpoints {
            add(
                documented(situation, provider, endpoint),
                Origin::Endpoint(provider, endpoint),
            );
        }
    } else if situation.has_pasted_endpoints() {
        let mut known: Vec<Route> = Vec::new();
        for endpoint in &situation.answers.pasted {
            let route = pasted(endpoint);
            // A text says it twice; it is one route.
            if !known.contains(&route) {
                known.push(route.clone());
                add(route, Origin::Pasted);
            }
        }
    } else {
        add(
            standard_at(situation.own_host, 587, Security::StartTls),
            Origin::Standard,
        );
        add(
            standard_at(situation.own_host, 465, Security::ImplicitTls),
            Origin::Standard,
        );
        add(
            standard_at(situation.own_host, 2525, Security::StartTls),
            Origin::Standard,
        );
        add(
            standard_at(situation.own_host, 25, Security::StartTls),
            Origin::Standard,
        );
    }
    let is_direct = situation.answers.provider == Some(ProviderAnswer::Direct);
    if situation.use_case == UseCase::MailServer || is_direct {
        let mut route = standard(RouteKind::Mx, 25, Security::OpportunisticStartTls);
        route.sign_in.kinds = vec![SignInKind::None];
        add(route, Origin::Standard);
    }
    for layer in &situation.layers {
        if let Some(relay) = &layer.relay {
            add(host_relay(relay), Origin::HostRelay(layer, relay));
        }
    }
    if situation.can_call_an_api() && !situation.provider_is_sandbox() {
        match situation.provider {
            Some(provider) if provider.http_api.is_some() => {
                add(http_api(Some(provider)), Origin::HttpApi(Some(provider)));
            }
            Some(_) => {}
            None => add(http_api(None), Origin::HttpApi(None)),
        }
    }
    add(
        Route {
            kind: RouteKind::None,
            host: None,
            port: None,
            security: None,
            sign_in: SignIn::default(),
            api: None,
        },
        Origin::Nowhere,
    );
    found
}

fn is_loopback(host: &str) -> bool {
    host == "localhost" || host == "::1" || (host.starts_with("127.") && words::is_address(host))
}

fn standard(kind: RouteKind, port: u16, security: Security) -> Route {
    Route {
        kind,
        host: None,
        port: Some(port),
        security: Some(security),
        sign_in: SignIn::default(),
        api: None,
    }
}

/// A standard route for submission, to the visitor's own server where its host is known.
fn standard_at(host: Option<&str>, port: u16, security: Security) -> Route {
    Route {
        host: host.map(|name| Host {
            name: name.to_owned(),
            placeholder: None,
        }),
        ..standard(RouteKind::Submission, port, security)
    }
}

fn pasted(endpoint: &PastedEndpoint) -> Route {
    let security = endpoint.security.unwrap_or(match endpoint.port {
        // RFC 8314, section 7.3; of alternate ports only their owner can say.
        465 => Security::ImplicitTls,
        _ => Security::StartTls,
    });
    Route {
        host: endpoint.host.as_ref().map(|name| Host {
            name: name.clone(),
            placeholder: name
                .contains('<')
                .then(|| format!("put your own name in place of {}", between_brackets(name))),
        }),
        ..standard(RouteKind::Submission, endpoint.port, security)
    }
}

/// The text itself: it has no address that anybody could look up.
fn pasted_source() -> Source {
    Source {
        id: "the documentation that you pasted".to_owned(),
        url: None,
        seen: Seen::Undated,
        note: None,
        supports: "the endpoints that were read out of it".to_owned(),
    }
}

fn documented(situation: &Situation<'_>, provider: &Provider, endpoint: &Endpoint) -> Route {
    let kind = match endpoint.role {
        Role::DirectToMx => RouteKind::Mx,
        Role::Relay => RouteKind::Relay,
        Role::Submission => RouteKind::Submission,
    };
    let security = match endpoint.tls {
        EndpointTls::Implicit => Security::ImplicitTls,
        EndpointTls::None => Security::Cleartext,
        EndpointTls::StarttlsOptional | EndpointTls::StarttlsRequired if kind == RouteKind::Mx => {
            Security::OpportunisticStartTls
        }
        // An endpoint that also takes clear text is no reason to send it: the client requires STARTTLS.
        EndpointTls::StarttlsOptional | EndpointTls::StarttlsRequired => Security::StartTls,
    };
    let no_sign_in = endpoint.needs_no_sign_in() || kind == RouteKind::Mx;
    Route {
        kind,
        host: Some(host(situation, provider, endpoint)),
        port: Some(endpoint.port),
        security: Some(security),
        sign_in: SignIn {
            mechanisms: endpoint.auth.clone().unwrap_or_default(),
            kinds: if no_sign_in {
                vec![SignInKind::None]
            } else {
                endpoint.auth_kind.clone()
            },
            credentials: match &provider.credentials {
                Some(claim) if !no_sign_in => Some(claim.text.clone()),
                _ => None,
            },
        },
        api: None,
    }
}

/// The host as the visitor needs it: the named region's or tenant's, else the documented one and whether to replace it.
fn host(situation: &Situation<'_>, provider: &Provider, endpoint: &Endpoint) -> Host {
    let is_regional = provider
        .regions
        .iter()
        .any(|region| region.host == endpoint.host);
    let is_pattern = endpoint.host.contains('<');
    if let Some(named) = &situation.named_host
        && (is_regional || is_pattern)
        && serves(provider, endpoint, named)
    {
        return Host {
            name: named.clone(),
            placeholder: None,
        };
    }
    let placeholder = if is_pattern {
        Some(format!(
            "put your own name in place of {}",
            between_brackets(&endpoint.host)
        ))
    } else if is_regional && provider.regions.len() > 1 {
        let region = provider
            .regions
            .iter()
            .find(|region| region.host == endpoint.host);
        region.filter(|region| !region.everywhere).map(|region| {
            format!(
                "it is that of {}, take the one of your own region",
                region.name
            )
        })
    } else {
        None
    };
    Host {
        name: endpoint.host.clone(),
        placeholder,
    }
}

fn between_brackets(host: &str) -> &str {
    let from = host.find('<').unwrap_or(0);
    let to = host.find('>').map_or(host.len(), |end| end + 1);
    host.get(from..to).unwrap_or(host)
}

fn host_relay(relay: &HostRelay) -> Route {
    let needs_none = relay.auth.as_ref().is_some_and(Vec::is_empty);
    Route {
        kind: RouteKind::HostRelay,
        host: Some(Host {
            name: relay.host.clone(),
            placeholder: None,
        }),
        port: Some(relay.port),
        security: Some(match relay.tls {
            EndpointTls::Implicit => Security::ImplicitTls,
            EndpointTls::None => Security::Cleartext,
            EndpointTls::StarttlsOptional | EndpointTls::StarttlsRequired => Security::StartTls,
        }),
        sign_in: SignIn {
            mechanisms: relay.auth.clone().unwrap_or_default(),
            kinds: if needs_none {
                vec![SignInKind::None]
            } else {
                Vec::new()
            },
            credentials: None,
        },
        api: None,
    }
}

fn http_api(provider: Option<&Provider>) -> Route {
    let api = provider.and_then(|known| known.http_api.as_ref());
    Route {
        kind: RouteKind::HttpApi,
        host: None,
        port: None,
        security: None,
        sign_in: SignIn {
            kinds: api.map(|api| api.auth_kind.clone()).unwrap_or_default(),
            ..SignIn::default()
        },
        api: api.map(|api| api.url.clone()),
    }
}
