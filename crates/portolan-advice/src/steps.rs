//! What to do now, in order: what must come first, the setting, the sign-in, the sender's records.

use std::sync::Arc;

use portolan_facts::{Environment, Lift, PortStatus, Sourced};
use portolan_report::{Knowledge, RouteKind, Security, Source, Step, Who};

use crate::candidate::Origin;
use crate::configuration::configuration;
use crate::delivery::deliver;
use crate::demands::authenticate_the_domain;
use crate::ranking::{Place, Ranked};
use crate::receiving::receive;
use crate::situation::Situation;
use crate::words;

pub(crate) fn steps(best: &Ranked<'_>, situation: &Situation<'_>) -> Vec<Step> {
    let mut steps = Vec::new();
    if best.place == Place::Constrained {
        steps.push(step(
            Who::Client,
            "Decide first whether what you asked for can give way: as it stands, no route meets it.".to_owned(),
            Vec::new(),
        ));
    }
    open_the_way(best, situation, &mut steps);
    match best.candidate.route.kind {
        RouteKind::Submission | RouteKind::Relay | RouteKind::HostRelay => {
            hand_over(best, situation, &mut steps);
        }
        RouteKind::HttpApi => use_the_api(best, situation, &mut steps),
        RouteKind::Mx if situation.is_mail_server() => deliver(situation, &mut steps),
        RouteKind::Mx => hand_over(best, situation, &mut steps),
        RouteKind::Receive => receive(situation, &mut steps),
        RouteKind::None => nowhere(situation, &mut steps),
    }
    steps
}

pub(crate) fn step(who: Who, action: String, sources: Vec<Arc<Source>>) -> Step {
    Step {
        who,
        action,
        command: None,
        link: None,
        sources,
        first: false,
    }
}

/// Lifting a block or meeting a condition comes before everything else.
fn open_the_way(best: &Ranked<'_>, situation: &Situation<'_>, steps: &mut Vec<Step>) {
    let (Some(port), Some(view)) = (best.candidate.route.port, &best.candidate.egress) else {
        return;
    };
    let decides = |layer: &&&Environment| Some(layer.name.as_str()) == view.layer;
    let layer = situation.layers.iter().find(decides);
    match view.knowledge {
        Knowledge::BlockedUntilApproved => {
            let lift = layer.and_then(|layer| Some((lift_of(layer)?, layer)));
            let (how, sources) = match lift {
                Some((lift, layer)) => (lift.text.clone(), layer.sources(&lift.sources)),
                None => ("Ask whoever runs the network.".to_owned(), Vec::new()),
            };
            steps.push(Step {
                first: true,
                ..step(
                    Who::Network,
                    format!(
                        "Have {port} opened at {}: {how}",
                        view.layer.unwrap_or("your network")
                    ),
                    sources,
                )
            });
        }
        Knowledge::Conditional => steps.push(Step {
            first: true,
            ..step(
                Who::Network,
                match situation.has_no_host() {
                    Some(layer) => format!(
                        "Say where {} runs as well (“and that runs inside…”): what holds there holds for its {port}.",
                        layer.name
                    ),
                    None => format!(
                        "Make sure that {port} gets out at {}: {}",
                        view.layer.unwrap_or("your network"),
                        view.note
                            .unwrap_or("it is not described; try the port first.")
                    ),
                },
                view.sources.clone(),
            )
        }),
        _ => {}
    }
}

fn hand_over(best: &Ranked<'_>, situation: &Situation<'_>, steps: &mut Vec<Step>) {
    let route = &best.candidate.route;
    let port = route.port.unwrap_or_default();
    let host = route.host.as_ref().map_or_else(
        || {
            if situation.is_own_server() {
                "your own server's name".to_owned()
            } else {
                "your provider's host".to_owned()
            }
        },
        |host| host.name.clone(),
    );
    let (tls, standard): (&str, &[(&str, &str)]) = match route.security {
        Some(Security::ImplicitTls) => ("TLS from the first byte", &[("rfc8314", "3.3")]),
        Some(Security::StartTls) => (
            "STARTTLS, required: never “if available”",
            &[("rfc8314", "5.2"), ("rfc3207", "6")],
        ),
        Some(Security::OpportunisticStartTls) => ("STARTTLS when offered", &[("rfc3207", "4")]),
        Some(Security::Cleartext) | None => ("no TLS", &[]),
    };
    let lax = situation.client.filter(|client| {
        route.security == Some(Security::StartTls) && !client.require_starttls.can
    });
    let mut action = match lax {
        Some(client) => format!(
            "Set host {host}, port {port}, STARTTLS. {} does not insist on it: send a test, and look for TLS in its Received lines.",
            client.name
        ),
        None => format!("Set host {host}, port {port}, {tls}."),
    };
    if let Some(placeholder) = route
        .host
        .as_ref()
        .and_then(|host| host.placeholder.as_deref())
    {
        action.push_str(" As to the host: ");
        action.push_str(placeholder);
        action.push('.');
    }
    if matches!(
        route.security,
        Some(Security::ImplicitTls | Security::StartTls)
    ) {
        action.push_str(" Leave the certificate check on.");
    }
    let mut set = step(Who::Client, action, situation.cite(standard));
    if let Some(client) = situation.client {
        let ability = match route.security {
            Some(Security::ImplicitTls) => Some(&client.implicit_tls),
            Some(Security::StartTls) if client.require_starttls.can => {
                Some(&client.require_starttls)
            }
            Some(Security::StartTls) => Some(&client.starttls),
            _ => None,
        };
        if let Some(ability) = ability {
            set.command.clone_from(&ability.setting);
            set.sources.extend(client.sources(&ability.sources));
        }
        if let Some((file, lines)) = configuration(client, best) {
            set.action.push_str(" In ");
            set.action.push_str(&client.name);
            set.action.push_str(", ");
            set.action.push_str(file);
            set.action.push(':');
            set.command = Some(lines);
        }
    }
    steps.push(set);
    if best.candidate.signs_in() {
        let credentials = match (&route.sign_in.credentials, best.candidate.origin) {
            (Some(words), Origin::Endpoint(provider, _)) => {
                let claimed = provider
                    .credentials
                    .as_ref()
                    .map(|claim| provider.sources(&claim.sources));
                (
                    format!(
                        "Sign in. {words}. Keep the secret out of the code.",
                        words = sentence(words)
                    ),
                    claimed.unwrap_or_default(),
                )
            }
            _ => (
                format!(
                    "Sign in with the credentials that {} gives out for SMTP; keep them out of the code.",
                    situation.provider_name()
                ),
                situation.cite(&[("rfc6409", "4.3")]),
            ),
        };
        steps.push(step(Who::Client, credentials.0, credentials.1));
    } else if route.kind == RouteKind::Relay {
        let sources = best.candidate.endpoint_sources();
        steps.push(Step {
            link: sources.iter().find_map(|source| source.url.clone()),
            ..step(
                Who::Provider,
                format!(
                    "Register the sender's fixed address in the administration of {}.",
                    situation.provider_name()
                ),
                sources,
            )
        });
    }
    if let Some(view) = situation.own_server_delivers(&best.candidate)
        && view.knowledge >= Knowledge::Conditional
    {
        steps.push(step(
            Who::Server,
            format!(
                "Let {} hand its mail to a provider, signed in on 587 or 465, instead of delivering on 25: as a smarthost (Postfix: relayhost).",
                situation.provider_name()
            ),
            situation.cite(&[("rfc5321", "3.6.2"), ("rfc6409", "3.1")]),
        ));
    }
    if let Origin::HostRelay(environment, _) = best.candidate.origin {
        // Whoever delivers must be in the records, and here that is the host.
        steps.push(step(
            Who::Sender,
            format!(
                "Send from a domain whose SPF record names the relay of {}, and ask the host whether it signs with DKIM.",
                environment.name
            ),
            situation.cite(&[("rfc7208", "2.4"), ("rfc6376", "3.5")]),
        ));
    } else {
        authenticate_the_domain(&best.candidate, situation, steps);
    }
}

/// A first letter in upper case and no full stop at the end.
fn sentence(text: &str) -> String {
    words::capitalized(text.trim_end_matches('.'))
}

fn use_the_api(best: &Ranked<'_>, situation: &Situation<'_>, steps: &mut Vec<Step>) {
    let name = situation.provider_name();
    let mut call = step(
        Who::Client,
        format!(
            "Send through the HTTPS API of {name} instead of SMTP, with the credentials that its page describes, limited to sending."
        ),
        best.candidate.endpoint_sources(),
    );
    call.link.clone_from(&best.candidate.route.api);
    steps.push(call);
    for layer in &situation.layers {
        let shut = layer.ports.iter().any(|policy| {
            matches!(
                policy.status,
                PortStatus::Blocked | PortStatus::BlockedUntilApproved
            )
        });
        if let (Some(lift), true) = (lift_of(layer), shut) {
            steps.push(step(
                Who::Network,
                format!(
                    "If it has to be SMTP, this is how {} opens its ports: {}",
                    layer.name, lift.text
                ),
                layer.sources(&lift.sources),
            ));
        }
    }
    authenticate_the_domain(&best.candidate, situation, steps);
}

/// How a block is lifted; nothing where it never is.
fn lift_of(layer: &Environment) -> Option<&Lift> {
    layer.lift.as_ref().filter(|lift| !lift.never)
}

fn nowhere(situation: &Situation<'_>, steps: &mut Vec<Step>) {
    if situation.has_no_smtp() {
        return;
    }
    for layer in &situation.layers {
        if let Some(lift) = lift_of(layer) {
            steps.push(step(
                Who::Network,
                format!(
                    "Ask {} to let mail out. What is known: {}",
                    layer.name, lift.text
                ),
                layer.sources(&lift.sources),
            ));
        }
        if let Some(ways) = &layer.alternatives {
            steps.push(step(
                Who::Client,
                format!("Ways round at {}: {}", layer.name, ways.text),
                layer.sources(&ways.sources),
            ));
        }
    }
    if situation.layers.is_empty() {
        steps.push(step(
            Who::Client,
            "Try from another network, such as a phone's hotspot, and look for a firewall, a VPN or a virus scanner of your own.".to_owned(),
            Vec::new(),
        ));
        steps.push(step(
            Who::Network,
            "Ask whoever runs the network whether it lets 587 and 465 out.".to_owned(),
            situation.cite(&[("rfc5068", "4")]),
        ));
    } else {
        steps.push(step(
            Who::Client,
            "Run the sender where a mail port gets out, or hand its mail to a relay that runs there.".to_owned(),
            Vec::new(),
        ));
    }
}
