//! What is known of the ports on the sender's side: what the layers of the environment document, and what was seen.

use std::sync::Arc;

use portolan_facts::{Basis, Environment, PortPolicy, PortStatus, Sourced};
use portolan_report::{Family, Knowledge, Observation, Reach, Source};

use crate::answers::{Answers, OtherEnvironment};
use crate::words;

/// What the layers and the observations say of every port.
pub(crate) struct Egress<'f> {
    layers: Vec<&'f Environment>,
    other: Option<&'f OtherEnvironment>,
    observed: &'f [Observation],
    /// Id of the provider at the other end.
    provider: Option<&'f str>,
    /// The host of a server of the visitor's own at the other end.
    own_host: Option<&'f str>,
}

/// What is known of one port.
#[derive(Clone, Debug)]
pub(crate) struct PortView<'f> {
    /// What ranks: seen beats documented.
    pub(crate) knowledge: Knowledge,
    /// What the layers document, whatever was seen. `None`: no layer was named.
    pub(crate) documented: Option<Knowledge>,
    /// Name of the layer that decides what is documented.
    pub(crate) layer: Option<&'f str>,
    /// The layer's own words about the port.
    pub(crate) note: Option<&'f str>,
    /// What supports what is documented.
    pub(crate) sources: Vec<Arc<Source>>,
    /// What was seen that decides the knowledge.
    pub(crate) seen: Option<Reach>,
    /// Somebody stands between: nothing secret may be sent here.
    pub(crate) intercepted: bool,
    /// What was seen that speaks of one target only.
    pub(crate) trouble: Vec<&'f Observation>,
    /// Both an open and a shut port were seen.
    pub(crate) seen_both: bool,
}

impl<'f> Egress<'f> {
    pub(crate) fn new(
        answers: &'f Answers,
        layers: &[&'f Environment],
        provider: Option<&'f str>,
        own_host: Option<&'f str>,
    ) -> Self {
        Self {
            layers: layers.to_vec(),
            other: answers.environment_other.as_ref(),
            observed: &answers.observed,
            provider,
            own_host,
        }
    }

    pub(crate) fn view(&self, port: u16) -> PortView<'f> {
        let mut view = self.documented(port);
        let of_port: Vec<&'f Observation> = self
            .observed
            .iter()
            .filter(|seen| seen.port == port)
            .collect();
        let any = |reach| of_port.iter().any(|seen| seen.reach == reach);
        let timeouts: Vec<&'f Observation> = of_port
            .iter()
            .copied()
            .filter(|seen| seen.reach == Reach::TimedOut)
            .collect();
        let shut = any(Reach::Rejected)
            || proves_a_block(&timeouts)
            || self.is_shut_at_the_own_host(&timeouts);

        if any(Reach::Intercepted) {
            view.intercepted = true;
            view.knowledge = Knowledge::SeenShut;
            view.seen = Some(Reach::Intercepted);
        } else if any(Reach::Open) {
            view.knowledge = Knowledge::SeenOpen;
            view.seen = Some(Reach::Open);
            view.seen_both = shut;
        } else if shut {
            view.knowledge = Knowledge::SeenShut;
            view.seen = Some(if any(Reach::Rejected) {
                Reach::Rejected
            } else {
                Reach::TimedOut
            });
        }
        if view.seen.is_none() || view.seen == Some(Reach::Open) {
            view.trouble = of_port
                .into_iter()
                .filter(|seen| {
                    matches!(seen.reach, Reach::Refused | Reach::Reset | Reach::TimedOut)
                        && !is_lack_of_ipv6(seen)
                        && !(view.seen_both && seen.host.is_none())
                })
                .collect();
        }
        view
    }

    /// Where the other end is one host and answers on another port, it is up, and what times out there is dropped.
    fn is_shut_at_the_own_host(&self, timeouts: &[&Observation]) -> bool {
        let is_there = |seen: &Observation| {
            let host = seen.host.as_deref();
            host.zip(self.own_host)
                .is_some_and(|(seen, own)| seen.eq_ignore_ascii_case(own))
        };
        let is_up = |seen: &&Observation| seen.reach == Reach::Open && is_there(seen);
        timeouts.iter().any(|seen| is_there(seen)) && self.observed.iter().any(|it| is_up(&it))
    }

    /// The worst layer decides.
    fn documented(&self, port: u16) -> PortView<'f> {
        let mut worst: Option<PortView<'f>> = None;
        let is_around = self.other.is_some() || self.layers.iter().any(|layer| !layer.inherits);
        for layer in &self.layers {
            // A layer without a policy of its own says nothing where the one around it is known.
            if layer.inherits && is_around {
                continue;
            }
            let view = of_layer(layer, port, self.provider);
            if worst
                .as_ref()
                .is_none_or(|known| view.knowledge > known.knowledge)
            {
                worst = Some(view);
            }
        }
        if let Some(other) = self.other {
            let knowledge = of_other(other, port);
            if worst
                .as_ref()
                .is_none_or(|known| knowledge > known.knowledge)
            {
                worst = Some(PortView {
                    layer: Some("your network"),
                    ..plain(knowledge)
                });
            }
        }
        match worst {
            Some(view) => PortView {
                documented: Some(view.knowledge),
                ..view
            },
            None => plain(Knowledge::Unknown),
        }
    }
}

/// A bare time-out speaks of the network, two unrelated targets prove it; one named target speaks of itself.
///
/// A time-out of IPv6 alone proves nothing: many networks have none.
fn proves_a_block(timeouts: &[&Observation]) -> bool {
    let over_v4_or_unsaid = |seen: &&&Observation| seen.family != Some(Family::V6);
    if timeouts
        .iter()
        .filter(over_v4_or_unsaid)
        .any(|seen| seen.host.is_none())
    {
        return true;
    }
    let hosts: Vec<&str> = timeouts
        .iter()
        .filter(over_v4_or_unsaid)
        .filter_map(|seen| seen.host.as_deref())
        .collect();
    hosts.iter().enumerate().any(|(place, first)| {
        hosts
            .iter()
            .skip(place + 1)
            .any(|second| are_unrelated(first, second))
    })
}

/// IPv6 that times out towards nobody in particular: many networks have none, and the port is no better elsewhere.
pub(crate) fn is_lack_of_ipv6(seen: &Observation) -> bool {
    seen.family == Some(Family::V6) && seen.reach == Reach::TimedOut && seen.host.is_none()
}

/// Two hosts are unrelated when neither their last two labels nor, for addresses, their first two parts agree.
fn are_unrelated(first: &str, second: &str) -> bool {
    family_of_host(first) != family_of_host(second)
}

fn family_of_host(host: &str) -> String {
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    let part = if host.contains(':') {
        host.match_indices(':')
            .nth(1)
            .and_then(|(at, _)| host.get(..at))
    } else if words::is_address(&host) {
        host.match_indices('.')
            .nth(1)
            .and_then(|(at, _)| host.get(..at))
    } else {
        host.rmatch_indices('.')
            .nth(1)
            .and_then(|(at, _)| host.get(at + 1..))
    };
    part.unwrap_or(&host).to_owned()
}

fn plain<'f>(knowledge: Knowledge) -> PortView<'f> {
    PortView {
        knowledge,
        documented: None,
        layer: None,
        note: None,
        sources: Vec::new(),
        seen: None,
        intercepted: false,
        trouble: Vec::new(),
        seen_both: false,
    }
}

fn of_layer<'f>(layer: &'f Environment, port: u16, provider: Option<&str>) -> PortView<'f> {
    let policy = layer.port(port);
    let knowledge = match policy {
        // An entry without a named source is shown as unconfirmed and never decides.
        _ if !layer.is_confirmed() => Knowledge::Unknown,
        _ if !layer.sockets => Knowledge::Blocked,
        // A place that puts everything it names under a condition makes no exception for the port it leaves open.
        Some(policy) if policy.status == PortStatus::Unknown && is_all_conditional(layer) => {
            Knowledge::Conditional
        }
        Some(policy) if !layer.confirms(policy) => Knowledge::Unknown,
        Some(policy) if is_for_others(policy, provider) => Knowledge::Blocked,
        Some(policy) => of_policy(policy),
        None => of_unnamed_port(layer),
    };
    let sources = match policy {
        Some(policy) if !policy.sources.is_empty() => layer.sources(&policy.sources),
        _ => first_policy(layer)
            .map(|first| layer.sources(&first.sources))
            .unwrap_or_default(),
    };
    PortView {
        layer: Some(&layer.name),
        note: policy.and_then(|policy| policy.note.as_deref()),
        sources,
        ..plain(knowledge)
    }
}

fn first_policy(layer: &Environment) -> Option<&PortPolicy> {
    layer.ports.iter().find(|policy| !policy.sources.is_empty())
}

fn of_policy(policy: &PortPolicy) -> Knowledge {
    of_status(policy.status, policy.basis == Some(Basis::NotNamed))
}

fn of_status(status: PortStatus, is_silent: bool) -> Knowledge {
    match status {
        PortStatus::Blocked => Knowledge::Blocked,
        PortStatus::BlockedUntilApproved => Knowledge::BlockedUntilApproved,
        PortStatus::Conditional => Knowledge::Conditional,
        PortStatus::Open if is_silent => Knowledge::LikelyOpen,
        PortStatus::Open => Knowledge::DocumentedOpen,
        PortStatus::Throttled => Knowledge::Throttled,
        PortStatus::Disputed | PortStatus::Unknown => Knowledge::Unknown,
    }
}

/// Whether every port of which the entry knows something is under a condition.
fn is_all_conditional(layer: &Environment) -> bool {
    let mut known = layer
        .ports
        .iter()
        .map(|policy| policy.status)
        .filter(|status| *status != PortStatus::Unknown)
        .peekable();
    known.peek().is_some() && known.all(|status| status == PortStatus::Conditional)
}

/// Whether a port leads to the servers of certain providers only, and not to this one's.
fn is_for_others(policy: &PortPolicy, provider: Option<&str>) -> bool {
    !policy.only_to.is_empty()
        && provider.is_some_and(|id| policy.only_to.iter().all(|known| known != id))
}

/// A port that the entry does not list: where the place names its blocked ports exactly, others are likely open; where
/// it shuts SMTP as a whole, or puts all of it under one condition, they are no exception.
fn of_unnamed_port(layer: &Environment) -> Knowledge {
    if layer.blocks_smtp_as_a_whole() {
        Knowledge::Blocked
    } else if is_all_conditional(layer) {
        Knowledge::Conditional
    } else if layer
        .ports
        .iter()
        .any(|policy| policy.status == PortStatus::Open)
    {
        Knowledge::LikelyOpen
    } else {
        Knowledge::Unknown
    }
}

fn of_other(other: &OtherEnvironment, port: u16) -> Knowledge {
    if other.sockets == Some(false) {
        return Knowledge::Blocked;
    }
    other
        .ports
        .get(&port)
        .map_or(Knowledge::Unknown, |status| of_status(*status, false))
}
