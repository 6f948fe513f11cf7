//! What to beware of on the chosen route: quirks, limits of trust, and what was not understood.

use portolan_facts::{EndpointTls, Sourced};
use portolan_report::{Knowledge, Note, Observation, RouteKind, Security};

use crate::answers::UseCase;
use crate::candidate::Origin;
use crate::egress::is_lack_of_ipv6;
use crate::question;
use crate::ranking::Ranked;
use crate::situation::Situation;

pub(crate) fn warnings(best: &Ranked<'_>, situation: &Situation<'_>) -> Vec<Note> {
    let mut notes = Vec::new();
    for (asked, id) in &situation.unknown {
        let what = match *asked {
            question::PROVIDER => "provider",
            question::CLIENT => "client",
            _ => "environment",
        };
        notes.push(Note {
            text: format!("No {what} is known by the id “{id}”: it was left out."),
            sources: Vec::new(),
        });
    }
    let route = &best.candidate.route;
    if let Some(placeholder) = route
        .host
        .as_ref()
        .and_then(|host| host.placeholder.as_deref())
    {
        notes.push(Note {
            text: format!("The host is an example: {placeholder}."),
            sources: best.candidate.endpoint_sources(),
        });
    }
    if let (Origin::HostRelay(environment, relay), Some(provider)) =
        (best.candidate.origin, situation.provider)
    {
        notes.push(Note {
            text: format!(
                "This course does not go through {}: the relay of {} delivers. Use a From domain that it may send for; an address at {} would fail the checks of receivers.",
                provider.name, environment.name, provider.name
            ),
            sources: environment.sources(&relay.sources),
        });
    }
    if let Some((layer, symptom)) = situation
        .interceptor()
        .filter(|_| best.candidate.egress.is_some())
    {
        let lift = layer.lift.as_ref().map_or("", |lift| &lift.text);
        notes.push(Note {
            text: format!(
                "{} stands in the connection. {} {lift}",
                layer.name, symptom.text
            ),
            sources: layer.sources(&symptom.sources),
        });
    }
    if let Some((layer, libraries)) = best.candidate.route.port.and(situation.without_libraries()) {
        notes.push(Note {
            text: libraries.text.clone(),
            sources: layer.sources(&libraries.sources),
        });
    }
    if situation.tried_its_own_container() {
        notes.push(Note {
            text: "127.0.0.1 and localhost are the container itself, which is why it was refused there. Give the service name of the mail server's container, or the name by which the container reaches its host (with Docker host.docker.internal)."
                .to_owned(),
            sources: Vec::new(),
        });
    }
    if let Some(container) = situation.container_of_its_own(&best.candidate) {
        notes.push(Note {
            text: format!(
                "Inside a container, localhost is the container itself. Unless {} runs in the same one, use its service name, or the name by which {} reaches its host (with Docker host.docker.internal).",
                situation.provider_name(),
                container.name
            ),
            sources: Vec::new(),
        });
    }
    if let Some(view) = situation.own_server_delivers(&best.candidate)
        && view.knowledge >= Knowledge::Conditional
    {
        notes.push(Note {
            text: format!(
                "This hands the mail to {} on your own machine, which then delivers on 25, and {} does not simply let 25 out: the mail would wait in its queue.",
                situation.provider_name(),
                view.layer.unwrap_or("your network")
            ),
            sources: view.sources,
        });
    }
    if let (Some(provider), true) = (situation.provider, situation.has_no_smtp()) {
        for claim in &provider.quirks {
            notes.push(Note {
                text: format!("{}: {}", provider.name, claim.text),
                sources: provider.sources(&claim.sources),
            });
        }
    }
    if let Origin::Endpoint(provider, endpoint) = best.candidate.origin {
        let accepts_clear_text = endpoint.tls == EndpointTls::StarttlsOptional
            && route.security == Some(Security::StartTls)
            && endpoint.tls_enforced == Some(false);
        if accepts_clear_text {
            notes.push(Note {
                text: format!("{} also accepts clear text here, so nothing but your client's own setting protects the password: require STARTTLS.", provider.name),
                sources: provider.sources(&endpoint.sources),
            });
        }
        if best.candidate.signs_in()
            && route.sign_in.mechanisms.is_empty()
            && route.sign_in.kinds.is_empty()
        {
            notes.push(Note {
                text: format!("Which sign-in mechanism {} offers here is not documented: look at what it offers after TLS.", provider.name),
                sources: Vec::new(),
            });
        }
        for claim in &provider.quirks {
            notes.push(Note {
                text: format!("{}: {}", provider.name, claim.text),
                sources: provider.sources(&claim.sources),
            });
        }
    }
    if best
        .candidate
        .egress
        .as_ref()
        .is_some_and(|view| view.knowledge == Knowledge::Throttled)
    {
        notes.push(Note {
            text: "The port is slowed or counted here: mail in bulk will queue up.".to_owned(),
            sources: best
                .candidate
                .egress
                .as_ref()
                .map(|view| view.sources.clone())
                .unwrap_or_default(),
        });
    }
    let is_of_route = |seen: &&Observation| Some(seen.port) == route.port;
    if situation
        .answers
        .observed
        .iter()
        .filter(is_of_route)
        .any(is_lack_of_ipv6)
    {
        notes.push(Note {
            text: "The port timed out over IPv6: many networks have none. Let the client try IPv4 first, and see whether the port opens there.".to_owned(),
            sources: Vec::new(),
        });
    }
    if situation.use_case == UseCase::Testing
        && !situation.provider_is_sandbox()
        && matches!(route.kind, RouteKind::Submission | RouteKind::HttpApi)
    {
        notes.push(Note {
            text: "Tests that use a real provider can reach real people: use a sandbox, or credentials and recipients of their own.".to_owned(),
            sources: Vec::new(),
        });
    }
    notes
}
