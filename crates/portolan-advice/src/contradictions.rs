//! What does not go together: told to the visitor, not resolved in silence.

use portolan_facts::{PortStatus, Sourced, order_by};
use portolan_report::{Contradiction, ContradictionKind, Knowledge, RouteKind};

use crate::answers::{Constraint, ProviderAnswer, UseCase};
use crate::candidate::Origin;
use crate::ranking::{Place, Ranked};
use crate::situation::Situation;
use crate::words;

pub(crate) fn contradictions(
    ranked: &[Ranked<'_>],
    situation: &Situation<'_>,
) -> Vec<Contradiction> {
    let mut found = Vec::new();
    of_answers(situation, &mut found);
    of_delivery(ranked, situation, &mut found);
    of_constraints(ranked, situation, &mut found);
    of_ports(ranked, situation, &mut found);
    of_sources(ranked, situation, &mut found);
    found
}

fn told(kind: ContradictionKind, text: String) -> Contradiction {
    Contradiction {
        kind,
        text,
        sources: Vec::new(),
    }
}

fn of_answers(situation: &Situation<'_>, found: &mut Vec<Contradiction>) {
    let said = situation.answers.use_case;
    let name = situation.provider_name();
    let is_direct = situation.answers.provider == Some(ProviderAnswer::Direct);
    let text = match said {
        Some(UseCase::MailServer) if situation.provider.is_some() => format!(
            "A server that hands its mail to {name} does not deliver to other domains itself: it uses {name} as a smarthost. The route is for that."
        ),
        Some(UseCase::Receiving) if situation.provider.is_some() || is_direct => {
            "Receiving needs no provider to send through: others come to your server on 25. Choose a sending use case for the way out.".to_owned()
        }
        Some(UseCase::Smarthost) if is_direct => {
            "A smarthost is a provider that delivers for you; delivery straight to the recipients' MX has none. Name the provider, or choose delivery to other domains.".to_owned()
        }
        Some(case) if is_direct && case != UseCase::MailServer => format!(
            "{} does not deliver to the recipients' MX by itself: that is a mail server's work. Hand the mail to a provider or to a mail server of your own.",
            situation.sender_name()
        ),
        Some(case) if situation.provider_is_sandbox() && case != UseCase::Testing => {
            format!("{name} catches mail and delivers none of it: right for tests, wrong for mail that somebody should receive.")
        }
        _ => String::new(),
    };
    if !text.is_empty() {
        found.push(told(ContradictionKind::Answers, text));
    }
    of_pasted_text(situation, found);
    let no_sign_in = situation.requires(Constraint::NoAuth);
    if no_sign_in
        && situation.requires(Constraint::TlsFromFirstByte)
        && situation.provider.is_none()
    {
        found.push(told(
            ContradictionKind::Answers,
            "Without a sign-in but encrypted from the first byte is offered by hardly any provider; a relay on your own network that signs in for the sender meets both.".to_owned(),
        ));
    }
    for number in [25, 465, 587, 2525] {
        if situation.port(number).seen_both {
            found.push(told(
                ContradictionKind::Answers,
                format!("{number} was seen both open and shut. Where only one of IPv4 and IPv6 gets through, that is how it looks: try each by itself."),
            ));
        }
    }
}

/// Delivery to the recipients' own servers, where the port for it is known not to get out.
fn of_delivery(ranked: &[Ranked<'_>], situation: &Situation<'_>, found: &mut Vec<Contradiction>) {
    let is_meant = situation.answers.use_case == Some(UseCase::MailServer)
        && situation.provider.is_none()
        && situation.answers.provider != Some(ProviderAnswer::Own);
    let kind = ranked.first().map(|best| best.candidate.route.kind);
    if is_meant
        && kind == Some(RouteKind::Submission)
        && situation.port(25).knowledge >= Knowledge::BlockedUntilApproved
    {
        found.push(told(
            ContradictionKind::Answers,
            format!(
                "Delivery to the recipients' own servers needs 25, which does not get out at {}. The route hands the mail to a provider instead, who delivers it.",
                situation.environment_name()
            ),
        ));
    }
}

/// A text that names another port than the entry of the provider that was chosen.
fn of_pasted_text(situation: &Situation<'_>, found: &mut Vec<Contradiction>) {
    let Some(provider) = situation.provider else {
        return;
    };
    let is_known = |port| provider.endpoints.iter().any(|it| it.port == port);
    let other: Vec<String> = situation
        .answers
        .pasted
        .iter()
        .filter(|it| !is_known(it.port))
        .map(|it| it.port.to_string())
        .collect();
    if other.is_empty() {
        return;
    }
    let other: Vec<&str> = other.iter().map(String::as_str).collect();
    found.push(told(
        ContradictionKind::Sources,
        format!(
            "The documentation that you pasted names {}, which the entry of {} does not know. The route follows the entry, whose sources are dated; the text may be newer, or of another product.",
            words::list(&other),
            provider.name
        ),
    ));
}

fn of_constraints(
    ranked: &[Ranked<'_>],
    situation: &Situation<'_>,
    found: &mut Vec<Contradiction>,
) {
    let Some(best) = ranked
        .first()
        .filter(|best| best.place == Place::Constrained)
    else {
        return;
    };
    let Some(constraint) = best.broken_constraint() else {
        return;
    };
    let name = situation.provider_name();
    let text = match constraint {
        Constraint::TlsFromFirstByte => format!(
            "Encryption from the first byte is in the way: no route to {name} that gets out has it. The nearest begins in plain text and requires STARTTLS, which RFC 8314 holds equally safe."
        ),
        Constraint::NoAuth => format!(
            "That the sender cannot sign in is in the way: {name} documents no route without. A small relay on your own network can take its mail and sign in for it."
        ),
        Constraint::IpAllowList => format!(
            "That the sender must be known by its address is in the way: {name} documents no such route here. The nearest goes by a sign-in."
        ),
        Constraint::NoHttp => {
            "That an API over HTTPS is excluded is in the way: no mail port gets out here."
                .to_owned()
        }
    };
    found.push(told(ContradictionKind::Constraint, text));
}

fn of_ports(ranked: &[Ranked<'_>], situation: &Situation<'_>, found: &mut Vec<Contradiction>) {
    let mut ports: Vec<u16> = Vec::new();
    let mut sources = Vec::new();
    for one in ranked {
        let (Some(port), Some(view)) = (one.candidate.route.port, &one.candidate.egress) else {
            continue;
        };
        let meant = matches!(
            one.candidate.route.kind,
            RouteKind::Submission | RouteKind::Relay
        );
        if !meant {
            continue;
        }
        if view.knowledge < Knowledge::BlockedUntilApproved {
            return;
        }
        if !ports.contains(&port) {
            ports.push(port);
            for source in &view.sources {
                if !sources.contains(source) {
                    sources.push(source.clone());
                }
            }
        }
    }
    if ports.is_empty() {
        return;
    }
    order_by(&mut ports, |port| *port);
    let listed: Vec<String> = ports.iter().map(ToString::to_string).collect();
    let listed: Vec<&str> = listed.iter().map(String::as_str).collect();
    found.push(Contradiction {
        kind: ContradictionKind::NoCommonPort,
        text: format!(
            "{} listens on {}, and {} lets none of them out.",
            words::capitalized(situation.provider_name()),
            words::list(&listed),
            situation.environment_name()
        ),
        sources,
    });
}

fn of_sources(ranked: &[Ranked<'_>], situation: &Situation<'_>, found: &mut Vec<Contradiction>) {
    for layer in &situation.layers {
        for claim in &layer.contradictions {
            found.push(Contradiction {
                kind: ContradictionKind::Sources,
                text: format!("{}: {}", layer.name, claim.text),
                sources: layer.sources(&claim.sources),
            });
        }
        for policy in layer
            .ports
            .iter()
            .filter(|policy| policy.status == PortStatus::Disputed)
        {
            found.push(Contradiction {
                kind: ContradictionKind::Sources,
                text: format!(
                    "{}: reports on {} disagree. {}",
                    layer.name,
                    policy.number,
                    policy.note.as_deref().unwrap_or_default()
                ),
                sources: layer.sources(&policy.sources),
            });
        }
    }
    if let Some(provider) = situation.provider {
        for claim in &provider.contradictions {
            found.push(Contradiction {
                kind: ContradictionKind::Sources,
                text: format!("{}: {}", provider.name, claim.text),
                sources: provider.sources(&claim.sources),
            });
        }
    }
    // What was seen against what is documented.
    let mut told_ports = Vec::new();
    for one in ranked {
        let (Some(port), Some(view)) = (one.candidate.route.port, &one.candidate.egress) else {
            continue;
        };
        let Some(documented) = view.documented else {
            continue;
        };
        let differs = match view.knowledge {
            Knowledge::SeenOpen => documented >= Knowledge::BlockedUntilApproved,
            Knowledge::SeenShut => documented <= Knowledge::DocumentedOpen,
            _ => false,
        };
        if differs
            && !told_ports.contains(&port)
            && !matches!(one.candidate.origin, Origin::Nowhere)
        {
            told_ports.push(port);
            let layer = view.layer.unwrap_or("your network");
            let (documented, seen) = if view.knowledge == Knowledge::SeenOpen {
                ("shut", "open")
            } else {
                ("open", "shut")
            };
            found.push(Contradiction {
                kind: ContradictionKind::Sources,
                text: format!("{port} is documented as {documented} at {layer}, and you saw it {seen}. What you saw counts."),
                sources: view.sources.clone(),
            });
        }
    }
}
