//! What the drawn route shows, from the same views that decided the verdict.

use portolan_report::{Chart, ChartEnd, Knowledge, PortLine, RouteKind};

use crate::answers::{ProviderAnswer, UseCase};
use crate::ranking::Ranked;
use crate::situation::Situation;

/// Drawn in any case: these are the ports that people ask about.
const ASKED_ABOUT: [u16; 3] = [25, 465, 587];

pub(crate) fn chart(ranked: &[Ranked<'_>], situation: &Situation<'_>) -> Chart {
    let best = ranked.first().map(|best| &best.candidate.route);
    let chosen = best.and_then(|route| route.port);
    let outward = |one: &&Ranked<'_>| one.candidate.egress.is_some();
    // An MX host takes mail from strangers on 25 alone; what else is possible goes to somebody else.
    let kind = best.map(|route| route.kind);
    let goes_there = |one: &&Ranked<'_>| {
        kind != Some(RouteKind::Mx) || one.candidate.route.kind == RouteKind::Mx
    };
    let offered: Vec<u16> = ranked
        .iter()
        .filter(outward)
        .filter(goes_there)
        .filter_map(|one| one.candidate.route.port)
        .collect();
    let mut ports = offered.clone();
    if situation.use_case == UseCase::Receiving {
        ports.push(25);
    } else if !situation.provider_is_sandbox() {
        ports.extend(ASKED_ABOUT);
    }
    ports.extend(situation.answers.observed.iter().map(|seen| seen.port));
    let takes_a_port = best.is_some_and(|route| {
        !matches!(
            route.kind,
            RouteKind::HostRelay | RouteKind::HttpApi | RouteKind::None
        )
    });
    let inwards = kind == Some(RouteKind::Receive);
    let lines = situation
        .ports(ports.into_iter())
        .into_iter()
        .map(|(port, view)| PortLine {
            port,
            // What is known of the way out says nothing of the way in.
            knowledge: if inwards {
                Knowledge::Unknown
            } else {
                view.knowledge
            },
            layer: view.layer.map(str::to_owned),
            seen: view.seen.filter(|_| !inwards),
            chosen: takes_a_port && chosen == Some(port),
            offered: offered.contains(&port) || situation.use_case == UseCase::Receiving,
            sources: if inwards { Vec::new() } else { view.sources },
        })
        .collect();
    let (to, end) = match best.map(|route| route.kind) {
        Some(RouteKind::Receive) => ("Your server".to_owned(), ChartEnd::OwnServer),
        Some(RouteKind::Mx) => match situation.provider {
            Some(provider) => (format!("MX of {}", provider.name), ChartEnd::RecipientMx),
            None => ("Recipient’s MX".to_owned(), ChartEnd::RecipientMx),
        },
        Some(RouteKind::HostRelay) => ("The host’s own relay".to_owned(), ChartEnd::Provider),
        _ => match (&situation.provider, &situation.answers.provider) {
            (Some(provider), _) => (provider.name.clone(), ChartEnd::Provider),
            (None, Some(ProviderAnswer::Own)) => ("Your own server".to_owned(), ChartEnd::Provider),
            (None, _) => ("Your provider".to_owned(), ChartEnd::Provider),
        },
    };
    let mut edges: Vec<String> = situation
        .layers
        .iter()
        .map(|layer| layer.name.clone())
        .collect();
    if situation.answers.environment_other.is_some() {
        edges.push("Your network".to_owned());
    }
    Chart {
        from: situation.sender_name().to_owned(),
        edges,
        to,
        end,
        lines,
    }
}

#[cfg(test)]
mod tests {
    use portolan_report::{ChartEnd, Knowledge};

    use crate::{Answers, ProviderAnswer, UseCase, advise};

    #[test]
    fn what_is_known_of_the_way_out_is_not_drawn_on_the_way_in() {
        let facts = portolan_builtin::facts();
        let chart = |use_case, provider: Option<ProviderAnswer>| {
            let answers = Answers {
                use_case: Some(use_case),
                provider,
                environments: vec!["hetzner-cloud".to_owned()],
                ..Answers::default()
            };
            advise(&facts, &answers).chart
        };
        let receiving = chart(UseCase::Receiving, None);
        let line = &receiving.lines[0];
        assert_eq!((line.port, line.knowledge), (25, Knowledge::Unknown));
        assert!(line.sources.is_empty());
        let sending = chart(UseCase::MailServer, Some(ProviderAnswer::Direct));
        assert_eq!(sending.end, ChartEnd::RecipientMx);
        for line in &sending.lines {
            assert_eq!(line.offered, line.port == 25, "{}", line.port);
        }
    }
}
