//! How sure the verdict is: as sure as the weakest fact under it, which is always named.

use std::sync::Arc;

use portolan_facts::{Confirmation, Sourced, order_by};
use portolan_report::{Confidence, Doubt, Knowledge, RouteKind, Seen, Source};

use crate::answers::PostureItem;
use crate::candidate::Origin;
use crate::ranking::{Place, Ranked};
use crate::situation::Situation;
use crate::words;

/// Every fact that keeps the confidence from being higher, lowest first.
pub(crate) fn doubts(best: &Ranked<'_>, situation: &Situation<'_>) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    let mut doubt = |at_most, text: String, sources: Vec<Arc<Source>>| {
        doubts.push(Doubt {
            at_most,
            text,
            sources,
        });
    };
    let route = &best.candidate.route;
    if best.place == Place::Constrained {
        doubt(
            Confidence::Low,
            "No route meets what you asked for; this is the nearest.".to_owned(),
            Vec::new(),
        );
    }
    if route.kind == RouteKind::None {
        doubt(
            Confidence::Low,
            "No way out is known.".to_owned(),
            Vec::new(),
        );
    }
    if situation.answers.use_case.is_none() {
        doubt(
            Confidence::Medium,
            "What sends the mail is not said.".to_owned(),
            Vec::new(),
        );
    }
    if route.host.is_none()
        && situation.provider.is_none()
        && matches!(route.kind, RouteKind::Submission | RouteKind::HttpApi)
    {
        doubt(
            Confidence::Medium,
            if situation.is_own_server() {
                "On which ports your own server takes mail is not said.".to_owned()
            } else {
                "Who takes the mail is not said, so its ports are not known.".to_owned()
            },
            Vec::new(),
        );
    }
    if best.said("client-lacks-mechanism") {
        doubt(
            Confidence::Low,
            "The client and the other end have no sign-in in common, as far as is known."
                .to_owned(),
            best.candidate.endpoint_sources(),
        );
    }
    if best.said("target-trouble") {
        doubt(
            Confidence::Low,
            "This very port was seen to fail at this host, and none is known that does not."
                .to_owned(),
            Vec::new(),
        );
    }
    let way_round = match best.candidate.origin {
        Origin::HostRelay(environment, _) => Some(("relay", &environment.name)),
        Origin::HttpApi(Some(provider)) => Some(("API", &provider.name)),
        _ => None,
    };
    if let Some((what, whose)) = way_round {
        let sources = best.candidate.endpoint_sources();
        if sources
            .iter()
            .all(|source| !matches!(source.seen, Seen::On(_)))
        {
            doubt(
                Confidence::Medium,
                format!(
                    "What is known of the {what} of {whose} comes from texts without a date, or at second hand."
                ),
                sources,
            );
        }
    }
    if matches!(best.candidate.origin, Origin::Pasted) {
        doubt(
            Confidence::Medium,
            "Host and port were read out of a pasted text: compare them with its words.".to_owned(),
            best.candidate.endpoint_sources(),
        );
    }
    if situation.container_of_its_own(&best.candidate).is_some() {
        doubt(
            Confidence::Low,
            "Inside a container, localhost is the container itself.".to_owned(),
            Vec::new(),
        );
    }
    if let Some(view) = situation.own_server_delivers(&best.candidate) {
        own_server_doubts(&view, situation.provider_name(), &mut doubt);
    }
    if route.kind == RouteKind::Receive
        && let Some(layer) = situation.layers.last()
    {
        doubt(
            Confidence::Medium,
            format!(
                "Whether {} lets 25 in is not known here: its sources speak of mail on the way out.",
                layer.name
            ),
            Vec::new(),
        );
    }
    if route.kind == RouteKind::Relay
        && let Some(line) = situation.access_line()
    {
        doubt(
            Confidence::Medium,
            format!(
                "{} knows the sender by its address, and that of an access line such as {} may change.",
                situation.provider_name(),
                line.name
            ),
            best.candidate.endpoint_sources(),
        );
    }
    if let (Some(client), Some(_), Some((layer, libraries))) =
        (situation.client, route.port, situation.without_libraries())
    {
        doubt(
            Confidence::Medium,
            format!("{} may not run in {}.", client.name, layer.name),
            layer.sources(&libraries.sources),
        );
    }
    if let Some((layer, symptom)) = situation
        .interceptor()
        .filter(|_| best.candidate.egress.is_some())
    {
        doubt(
            Confidence::Medium,
            format!(
                "{} stands in the connection and may break its TLS.",
                layer.name
            ),
            layer.sources(&symptom.sources),
        );
    }
    if let Some(view) = &best.candidate.egress {
        egress_doubts(view, situation, &mut doubt);
    }
    if let Origin::Endpoint(provider, endpoint) = best.candidate.origin {
        if let Some(claim) = &endpoint.withdrawn {
            doubt(
                Confidence::Medium,
                claim.text.clone(),
                provider.sources(&claim.sources),
            );
        }
        let sources = provider.sources(&endpoint.sources);
        match provider.confidence {
            _ if !provider.is_confirmed() => doubt(
                Confidence::Low,
                format!("The entry of {} names no public source.", provider.name),
                Vec::new(),
            ),
            Confirmation::SingleSource => doubt(
                Confidence::Low,
                format!(
                    "One source names the endpoints of {}, or the sources contradict each other.",
                    provider.name
                ),
                sources,
            ),
            Confirmation::CrossChecked | Confirmation::Reported => doubt(
                Confidence::Medium,
                format!(
                    "The endpoints of {} come from lists that agree, not from its own page.",
                    provider.name
                ),
                sources,
            ),
            Confirmation::Documented => {}
        }
    }
    if route.kind == RouteKind::Mx && situation.is_mail_server() {
        posture_doubts(situation, &mut doubt);
    }
    order_by(&mut doubts, |doubt| doubt.at_most);
    doubts
}

fn egress_doubts(
    view: &crate::egress::PortView<'_>,
    situation: &Situation<'_>,
    doubt: &mut impl FnMut(Confidence, String, Vec<Arc<Source>>),
) {
    let layer = view.layer.unwrap_or("your network");
    let sources = || view.sources.clone();
    match view.knowledge {
        Knowledge::SeenOpen => return,
        Knowledge::DocumentedOpen => {}
        Knowledge::LikelyOpen => doubt(
            Confidence::Medium,
            format!(
                "The sources on {layer} are silent about this port; that it is open is likely, not promised."
            ),
            sources(),
        ),
        Knowledge::Unknown if !situation.has_environment() => doubt(
            Confidence::Medium,
            "Where it runs is not said, so a block on the way is possible.".to_owned(),
            Vec::new(),
        ),
        Knowledge::Unknown => {
            doubt(
                Confidence::Low,
                format!(
                    "Whether {layer} lets this port out is not known, or the reports disagree."
                ),
                sources(),
            );
        }
        Knowledge::Throttled => {
            doubt(
                Confidence::Medium,
                format!("{layer} slows or counts this port."),
                sources(),
            );
        }
        Knowledge::Conditional => {
            doubt(
                Confidence::Low,
                format!("{layer} lets this port out under a condition only."),
                sources(),
            );
        }
        Knowledge::BlockedUntilApproved => {
            doubt(
                Confidence::Low,
                format!("{layer} has to open this port first, and may refuse."),
                sources(),
            );
        }
        Knowledge::Blocked | Knowledge::SeenShut => {
            doubt(Confidence::Low, "The port is shut.".to_owned(), sources());
        }
    }
    let is_weak = |source: &Arc<Source>| !matches!(source.seen, Seen::On(_));
    if !view.sources.is_empty() && view.sources.iter().all(is_weak) {
        doubt(
            Confidence::Medium,
            format!("What is known of {layer} comes from texts without a date, or at second hand."),
            sources(),
        );
    }
    for environment in &situation.layers {
        let weak = match environment.confidence {
            Confirmation::Reported => "rests on users' reports",
            Confirmation::SingleSource => "rests on one source",
            Confirmation::CrossChecked | Confirmation::Documented => continue,
        };
        if Some(environment.name.as_str()) == view.layer {
            doubt(
                Confidence::Medium,
                format!("What is known of {} {weak}.", environment.name),
                sources(),
            );
        }
    }
}

/// A server on one's own machine takes the mail at once; whether it gets rid of it is another matter.
fn own_server_doubts(
    view: &crate::egress::PortView<'_>,
    name: &str,
    doubt: &mut impl FnMut(Confidence, String, Vec<Arc<Source>>),
) {
    let layer = view.layer.unwrap_or("your network");
    match view.knowledge {
        Knowledge::SeenOpen | Knowledge::DocumentedOpen | Knowledge::LikelyOpen => doubt(
            Confidence::Medium,
            format!(
                "{name} itself delivers on 25: records, reverse DNS and reputation decide whether receivers take it."
            ),
            Vec::new(),
        ),
        Knowledge::Unknown | Knowledge::Throttled => doubt(
            Confidence::Medium,
            format!(
                "{name} itself delivers on 25; whether {layer} lets that out freely is not known."
            ),
            view.sources.clone(),
        ),
        Knowledge::Conditional
        | Knowledge::BlockedUntilApproved
        | Knowledge::Blocked
        | Knowledge::SeenShut => doubt(
            Confidence::Low,
            format!("{name} itself delivers on 25, which {layer} does not simply let out."),
            view.sources.clone(),
        ),
    }
}

fn posture_doubts(
    situation: &Situation<'_>,
    doubt: &mut impl FnMut(Confidence, String, Vec<Arc<Source>>),
) {
    let posture = &situation.answers.posture;
    let missing: Vec<&str> = posture
        .iter()
        .filter(|(_, in_order)| !**in_order)
        .map(|(item, _)| words::posture_gap(*item))
        .collect();
    if !missing.is_empty() {
        doubt(
            Confidence::Low,
            format!("Missing for direct delivery: {}.", words::list(&missing)),
            Vec::new(),
        );
    }
    let unsaid = PostureItem::ALL
        .iter()
        .filter(|item| !posture.contains_key(item))
        .count();
    if unsaid > 0 {
        doubt(
            Confidence::Medium,
            "Whether receivers will accept your server is not known: records, reverse DNS and reputation decide.".to_owned(),
            Vec::new(),
        );
    }
}
