//! When to take a route that is not the verdict.

use portolan_facts::order_by;
use portolan_report::{Alternative, RouteKind, Security};

use crate::ranking::{Place, Ranked};
use crate::situation::Situation;

/// At most this many; more would hide the answer.
const MOST: usize = 6;

pub(crate) fn alternatives(ranked: &[Ranked<'_>], situation: &Situation<'_>) -> Vec<Alternative> {
    let Some(best) = ranked.first() else {
        return Vec::new();
    };
    let mut others: Vec<&Ranked<'_>> = ranked
        .iter()
        .skip(1)
        .filter(|one| one.place < Place::Nowhere)
        .collect();
    // Whoever has an account on one host has none on the next: those come last.
    order_by(&mut others, |one| is_elsewhere(one, best));
    others
        .into_iter()
        .take(MOST)
        .map(|one| {
            let judged = one.judged();
            Alternative {
                when: when(one, best, situation),
                route: judged.route,
                reasons: judged.reasons,
            }
        })
        .collect()
}

/// Whether it is another host of the same provider: another region, stream or kind of account.
fn is_elsewhere(one: &Ranked<'_>, best: &Ranked<'_>) -> bool {
    let is_endpoint = |one: &Ranked<'_>| {
        one.candidate.endpoint().is_some() && one.candidate.route.kind == RouteKind::Submission
    };
    let host = |one: &Ranked<'_>| {
        one.candidate
            .route
            .host
            .as_ref()
            .map(|host| host.name.clone())
    };
    is_endpoint(one) && is_endpoint(best) && host(one) != host(best)
}

fn when(one: &Ranked<'_>, best: &Ranked<'_>, situation: &Situation<'_>) -> String {
    let route = &one.candidate.route;
    let place = situation.environment_name();
    if matches!(
        one.place,
        Place::FitOnceApproved | Place::WayRoundOnceApproved
    ) {
        return format!("once {place} has opened {}", route.port.unwrap_or_default());
    }
    if is_elsewhere(one, best) {
        let host = route.host.as_ref().map_or("that host", |host| &host.name);
        return format!("when {host} is the host of your account or stream");
    }
    if one.said("target-trouble") {
        return "once the host name and the port are checked".to_owned();
    }
    if one.said("client-cannot-require-starttls") {
        return "when another client is used, one that can require STARTTLS".to_owned();
    }
    match route.kind {
        RouteKind::HttpApi => {
            "when no mail port gets out, or you would rather not speak SMTP".to_owned()
        }
        RouteKind::HostRelay => {
            "when mail may leave by the host's own relay, with its reputation".to_owned()
        }
        RouteKind::Relay => {
            "when the sender cannot sign in and its fixed address can be registered".to_owned()
        }
        RouteKind::Mx if one.candidate.endpoint().is_some() => {
            "when all recipients are mailboxes of that one tenant and the sender cannot sign in"
                .to_owned()
        }
        RouteKind::Mx => {
            "when you run a mail server with reverse DNS, records and somebody who owns it"
                .to_owned()
        }
        RouteKind::Submission if best.candidate.route.kind == RouteKind::Mx => {
            "when 25 cannot be had, or receivers do not trust your address yet".to_owned()
        }
        RouteKind::Submission => {
            submission_when(route.port.unwrap_or_default(), route.security, best)
        }
        RouteKind::None | RouteKind::Receive => String::new(),
    }
}

fn submission_when(port: u16, security: Option<Security>, best: &Ranked<'_>) -> String {
    let text = match (port, security) {
        (25, _) => "when nothing else gets out",
        (465, Some(Security::ImplicitTls)) => {
            "when your client cannot require STARTTLS, or encryption from the first byte is asked for"
        }
        (587, _) if best.candidate.route.security == Some(Security::ImplicitTls) => {
            "when your client has no TLS from the first byte"
        }
        (465 | 587, _) => "when the first one does not connect",
        (_, Some(Security::ImplicitTls)) => {
            "when 465 and 587 do not get out and TLS from the first byte is wanted"
        }
        _ => "when 587 and 465 do not get out",
    };
    text.to_owned()
}
