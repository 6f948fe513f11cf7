//! What every verdict keeps to, as complaints about the one that does not.

use portolan_advice::{Answers, ProviderAnswer, UseCase};
use portolan_facts::{Endpoint, EndpointTls, Facts, Provider, ProviderKind, Role};
use portolan_report::{Advice, Confidence, Observation, Reach, Route, RouteKind, Security, Stance};

use crate::world::{Port, World};

/// What is wrong with the verdict. Empty: nothing.
pub(crate) fn complaints(facts: &Facts, answers: &Answers, advice: &Advice) -> Vec<String> {
    let world = World::new(facts, answers);
    let mut found = Vec::new();
    let mut check = |complaint: Option<String>| found.extend(complaint);
    check(one_verdict(advice));
    check(sourced(advice));
    check(every_loser_says_why(advice));
    check(confidence_is_the_lowest_doubt(advice));
    check(password_in_the_open(&advice.best.route));
    check(world.stands_in_the_entry(&advice.best.route));
    check(world.shut_while_another_is_open(&advice.best.route));
    check(world.without_need_on_25(advice));
    check(world.password_to_an_interceptor(&advice.best.route));
    found
}

/// A drop in confidence that no new doubt explains. `before` lacks one answer that `after` has.
pub(crate) fn unexplained_drop(before: &Advice, after: &Advice) -> Option<String> {
    let is_explained = after.confidence >= before.confidence
        || after.doubts.iter().any(|doubt| {
            let is_old = before.doubts.iter().any(|old| old.text == doubt.text);
            doubt.at_most == after.confidence && !doubt.text.is_empty() && !is_old
        });
    (!is_explained).then(|| {
        format!(
            "the confidence fell from {} to {} and no new doubt says why: {:?}",
            before.confidence.id(),
            after.confidence.id(),
            after.doubts
        )
    })
}

/// What makes two routes the same to somebody who types them in.
pub(crate) fn key(route: &Route) -> (RouteKind, Option<&str>, Option<u16>, Option<Security>) {
    let host = route.host.as_ref().map(|host| host.name.as_str());
    (route.kind, host, route.port, route.security)
}

fn one_verdict(advice: &Advice) -> Option<String> {
    let best = key(&advice.best.route);
    let others = advice.alternatives.iter().map(|other| &other.route);
    let others = others.chain(advice.rejected.iter().map(|other| &other.route));
    if others.map(key).any(|other| other == best) {
        return Some(format!("{best:?} is the verdict and is not"));
    }
    let drawn: Vec<u16> = advice
        .chart
        .lines
        .iter()
        .filter(|line| line.chosen)
        .map(|line| line.port)
        .collect();
    let is_drawn = drawn.len() <= 1 && drawn.iter().all(|port| Some(*port) == best.2);
    (!is_drawn).then(|| format!("{best:?} is the verdict, and {drawn:?} are drawn as chosen"))
}

fn sourced(advice: &Advice) -> Option<String> {
    let has_source = advice
        .best
        .reasons
        .iter()
        .any(|reason| !reason.sources.is_empty());
    (!has_source).then(|| "no reason of the verdict has a source".to_owned())
}

fn every_loser_says_why(advice: &Advice) -> Option<String> {
    let mute = advice
        .rejected
        .iter()
        .find(|judged| {
            !judged
                .reasons
                .iter()
                .any(|reason| reason.stance == Stance::Forbid && !reason.text.is_empty())
        })
        .map(|judged| &judged.route)
        .or_else(|| {
            let told = |when: &str, reasons: usize| !when.is_empty() && reasons > 0;
            let untold = |it: &&portolan_report::Alternative| !told(&it.when, it.reasons.len());
            advice.alternatives.iter().find(untold).map(|it| &it.route)
        });
    mute.map(|route| {
        format!(
            "{:?} lost, and nothing says why or when to take it",
            key(route)
        )
    })
}

fn confidence_is_the_lowest_doubt(advice: &Advice) -> Option<String> {
    let lowest = advice.doubts.iter().map(|doubt| doubt.at_most).min();
    let expected = lowest.unwrap_or(Confidence::High);
    (advice.confidence != expected).then(|| format!("expected the confidence {}", expected.id()))
}

fn password_in_the_open(route: &Route) -> Option<String> {
    let is_kept = match route.security {
        Some(Security::Cleartext) => route.kind != RouteKind::Submission || route.sign_in.is_none(),
        // RFC 3207, section 4, lets nobody demand more of an MX host.
        Some(Security::OpportunisticStartTls) => {
            matches!(route.kind, RouteKind::Mx | RouteKind::Receive)
        }
        Some(Security::ImplicitTls | Security::StartTls) | None => true,
    };
    (!is_kept).then(|| {
        format!(
            "{:?} leaves it to the network to protect a sign-in",
            key(route)
        )
    })
}

impl World<'_> {
    fn shut_while_another_is_open(&self, route: &Route) -> Option<String> {
        if is_near(route) || self.delivers() {
            return None;
        }
        let is_shut = route.port.is_none_or(|port| self.port(port) == Port::Shut);
        let open = self
            .good_ports(self.front_door())
            .into_iter()
            .find(|port| self.port(*port) == Port::Open)?;
        is_shut.then(|| {
            format!(
                "{:?} is shut or no mail port, and {open} is open",
                key(route)
            )
        })
    }

    fn without_need_on_25(&self, advice: &Advice) -> Option<String> {
        let route = &advice.best.route;
        let is_server = matches!(self.case, UseCase::MailServer | UseCase::Smarthost);
        if route.port != Some(25) || is_server || is_near(route) {
            return None;
        }
        let listens = |provider: &Provider| provider.endpoints.iter().any(|it| it.port == 25);
        let is_pasted = || self.pasted().iter().any(|it| it.port == 25);
        if !self.provider.is_some_and(listens) && !is_pasted() {
            return Some("25, which no provider documents".to_owned());
        }
        // A sign-in on 25 is the last resort; a wanted relay there gives way to one that is known as well as it is.
        let known = |port| {
            advice
                .chart
                .lines
                .iter()
                .find(|it| it.port == port)
                .map(|it| it.knowledge)
        };
        let better = match route.kind {
            RouteKind::Relay if self.would_rather_not_sign_in() => {
                let mut ports = self.good_ports(Role::Relay).into_iter();
                ports.find(|port| self.port(*port) != Port::Shut && known(*port) <= known(25))?
            }
            _ => {
                let mut ports = self.good_ports(self.front_door()).into_iter();
                ports.find(|port| self.port(*port) != Port::Shut)?
            }
        };
        Some(format!("25, and {better} is not worse"))
    }

    fn password_to_an_interceptor(&self, route: &Route) -> Option<String> {
        let signs_in = route.kind == RouteKind::Submission && !route.sign_in.is_none();
        let is_between =
            |it: &Observation| Some(it.port) == route.port && it.reach == Reach::Intercepted;
        let given_away = signs_in && self.answers.observed.iter().any(is_between);
        (given_away && !is_near(route))
            .then(|| format!("{:?} is intercepted and asks for a sign-in", key(route)))
    }

    fn stands_in_the_entry(&self, route: &Route) -> Option<String> {
        let stands = match route.kind {
            RouteKind::HostRelay => self.layers.iter().any(|layer| {
                layer.relay.as_ref().is_some_and(|relay| {
                    let host = route.host.as_ref().map(|host| host.name.as_str());
                    host == Some(&relay.host) && route.port == Some(relay.port)
                })
            }),
            RouteKind::HttpApi => match self.provider {
                Some(it) => it.http_api.as_ref().map(|api| &api.url) == route.api.as_ref(),
                None => route.api.is_none(),
            },
            RouteKind::Receive => self.case == UseCase::Receiving,
            RouteKind::None => route.host.is_none() && route.port.is_none(),
            RouteKind::Mx | RouteKind::Relay | RouteKind::Submission => match self.provider {
                Some(provider) => provider
                    .endpoints
                    .iter()
                    .any(|it| is_at(provider, it, route)),
                None if !self.pasted().is_empty() => {
                    route.kind == RouteKind::Mx
                        || self.pasted().iter().any(|it| {
                            it.host.as_deref() == route.host.as_ref().map(|it| it.name.as_str())
                                && Some(it.port) == route.port
                                && it.security.is_none_or(|it| Some(it) == route.security)
                        })
                }
                None => self.is_at_nobody_or_the_own_host(route) && self.is_standard(route),
            },
        };
        (!stands).then(|| format!("{:?} stands in no entry", key(route)))
    }

    /// Nobody documents an endpoint, so it is one that a standard assigns; 2525 only where those do not get out.
    /// A host that nobody documents is the visitor's own word.
    fn is_at_nobody_or_the_own_host(&self, route: &Route) -> bool {
        let Some(host) = &route.host else { return true };
        self.answers.provider == Some(ProviderAnswer::Own)
            && self.answers.recognize.as_deref() == Some(host.name.as_str())
    }

    fn is_standard(&self, route: &Route) -> bool {
        let is_shut = |port: &u16| self.port(*port) == Port::Shut;
        match route.port {
            Some(25) => route.kind == RouteKind::Mx,
            Some(465 | 587) => route.kind == RouteKind::Submission,
            Some(2525) => self.good_ports(self.front_door()).iter().all(is_shut),
            _ => false,
        }
    }
}

fn is_at(provider: &Provider, endpoint: &Endpoint, route: &Route) -> bool {
    let kind = match endpoint.role {
        Role::DirectToMx => RouteKind::Mx,
        Role::Relay => RouteKind::Relay,
        Role::Submission => RouteKind::Submission,
    };
    let security = match endpoint.tls {
        EndpointTls::Implicit => route.security == Some(Security::ImplicitTls),
        EndpointTls::None => {
            route.security == Some(Security::Cleartext) && provider.kind != ProviderKind::Esp
        }
        EndpointTls::StarttlsOptional | EndpointTls::StarttlsRequired => matches!(
            route.security,
            Some(Security::StartTls | Security::OpportunisticStartTls)
        ),
    };
    let Some(host) = &route.host else {
        return false;
    };
    let is_region = |host: &str| provider.regions.iter().any(|region| region.host == host);
    let is_host = host.name == endpoint.host
        || (is_region(&endpoint.host) && is_region(&host.name))
        || endpoint
            .host
            .split_once('<')
            .and_then(|(before, rest)| Some((before, rest.split_once('>')?.1)))
            .is_some_and(|(before, after)| {
                host.name.starts_with(before) && host.name.ends_with(after)
            });
    let is_told = !host.name.contains('<') || host.placeholder.is_some();
    kind == route.kind && route.port == Some(endpoint.port) && security && is_host && is_told
}

/// Never leaves the machine or the host's own network: no policy on the way applies.
fn is_near(route: &Route) -> bool {
    let is_local = route
        .host
        .as_ref()
        .is_some_and(|host| host.name == "localhost" || host.name.starts_with("127."));
    is_local || matches!(route.kind, RouteKind::HostRelay | RouteKind::Receive)
}
