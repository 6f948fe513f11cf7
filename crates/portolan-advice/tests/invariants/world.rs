//! What the catalogue and the visitor say, read without the engine.

use portolan_advice::{Answers, Constraint, PastedEndpoint, ProviderAnswer, UseCase};
use portolan_facts::{
    Client, Endpoint, EndpointTls, Environment, Facts, PortStatus, Provider, Role, Sourced,
};
use portolan_report::{Family, Observation, Reach, Security};

/// Where submission is taken when nothing is known of the other end (RFC 8314, section 3.3).
const STANDARD: [(Role, u16, EndpointTls); 2] = [
    (Role::Submission, 587, EndpointTls::StarttlsRequired),
    (Role::Submission, 465, EndpointTls::Implicit),
];

/// What the catalogue and the visitor say, read without the engine.
pub(crate) struct World<'f> {
    pub(crate) answers: &'f Answers,
    pub(crate) case: UseCase,
    pub(crate) provider: Option<&'f Provider>,
    client: Option<&'f Client>,
    pub(crate) layers: Vec<&'f Environment>,
}

/// What is known of a port.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Port {
    Open,
    Shut,
    Unproven,
}

impl<'f> World<'f> {
    pub(crate) fn new(facts: &'f Facts, answers: &'f Answers) -> Self {
        let recognized = || {
            let found = facts.index().recognize(answers.recognize.as_deref()?)?;
            Some(found.provider.id.as_str())
        };
        // A pasted page speaks for the provider whose entry knows all that it names.
        let documented = || {
            let host = answers.pasted.iter().find_map(|it| it.host.as_deref())?;
            let id = facts.index().recognize(host)?.provider.id.as_str();
            let is_known = |it: &PastedEndpoint| {
                let mut known = facts.provider(id).into_iter().flat_map(|it| &it.endpoints);
                known.any(|known| {
                    let has_host = it.host.as_ref().is_none_or(|host| *host == known.host);
                    has_host && known.port == it.port
                })
            };
            answers.pasted.iter().all(is_known).then_some(id)
        };
        let provider = match &answers.provider {
            Some(ProviderAnswer::Catalogue(id)) => Some(id.as_str()),
            Some(ProviderAnswer::Direct | ProviderAnswer::Own) => None,
            None => recognized().or_else(documented),
        };
        let known = |id: &String| facts.environment(id).map(AsRef::as_ref);
        Self {
            answers,
            case: answers.use_case.unwrap_or(UseCase::Application),
            provider: provider
                .and_then(|id| facts.provider(id))
                .map(AsRef::as_ref),
            client: answers
                .client
                .as_deref()
                .and_then(|id| facts.client(id))
                .map(AsRef::as_ref),
            layers: answers.environments.iter().filter_map(known).collect(),
        }
    }

    pub(crate) fn port(&self, number: u16) -> Port {
        let seen = |reach| {
            let mut of_port = self.answers.observed.iter().filter(|it| it.port == number);
            of_port.any(|it| it.reach == reach)
        };
        if seen(Reach::Intercepted) {
            Port::Shut
        } else if seen(Reach::Open) {
            Port::Open
        } else if seen(Reach::Rejected) || self.times_out(number) {
            Port::Shut
        } else {
            self.documented(number)
        }
    }

    /// A bare time-out, or those of two hosts; every two hosts of these tests are unrelated.
    fn times_out(&self, number: u16) -> bool {
        let is_one = |it: &&Observation| {
            it.port == number && it.reach == Reach::TimedOut && it.family != Some(Family::V6)
        };
        let mut hosts: Vec<Option<&str>> = self
            .answers
            .observed
            .iter()
            .filter(is_one)
            .map(|it| it.host.as_deref())
            .collect();
        hosts.sort_unstable();
        hosts.dedup();
        hosts.len() > 1 || hosts.first() == Some(&None)
    }

    fn documented(&self, number: u16) -> Port {
        let of_status = |status| match status {
            PortStatus::Blocked | PortStatus::BlockedUntilApproved => Port::Shut,
            PortStatus::Open => Port::Open,
            _ => Port::Unproven,
        };
        let of_layer = |layer: &&Environment| match layer.port(number) {
            _ if !layer.is_confirmed() => Port::Unproven,
            _ if layer.blocks_smtp_as_a_whole() => Port::Shut,
            // Nobody can look up what names no address.
            Some(policy)
                if !layer
                    .sources(&policy.sources)
                    .iter()
                    .any(|it| it.url.is_some()) =>
            {
                Port::Unproven
            }
            // A port that leads to one provider's servers leads nowhere else.
            Some(policy)
                if self.provider.is_some_and(|it| {
                    !policy.only_to.is_empty() && !policy.only_to.contains(&it.id)
                }) =>
            {
                Port::Shut
            }
            Some(policy) => of_status(policy.status),
            None => Port::Unproven,
        };
        let other = self.answers.environment_other.as_ref().map(|other| {
            let status = other.ports.get(&number).copied();
            match other.sockets {
                Some(false) => Port::Shut,
                _ => status.map_or(Port::Unproven, of_status),
            }
        });
        let own = |it: &&&Environment| !it.inherits;
        let is_around = other.is_some() || self.layers.iter().any(|it| !it.inherits);
        let layers: Vec<Port> = if is_around {
            self.layers
                .iter()
                .filter(own)
                .map(of_layer)
                .chain(other)
                .collect()
        } else {
            self.layers.iter().map(of_layer).collect()
        };
        if layers.contains(&Port::Shut) {
            Port::Shut
        } else if !layers.is_empty() && layers.iter().all(|it| *it == Port::Open) {
            Port::Open
        } else {
            Port::Unproven
        }
    }

    /// Whether a target on this port gave trouble that says nothing of the network.
    fn has_trouble(&self, number: u16) -> bool {
        self.answers.observed.iter().any(|it| {
            let is_trouble = match it.reach {
                Reach::TimedOut => it.family != Some(Family::V6) || it.host.is_some(),
                Reach::Refused | Reach::Reset => true,
                _ => false,
            };
            it.port == number && is_trouble
        })
    }

    pub(crate) fn needs(&self, constraint: Constraint) -> bool {
        self.answers.constraints.contains(&constraint)
    }

    /// What the front door is: a sign-in, or a known address where that is needed.
    pub(crate) fn front_door(&self) -> Role {
        role(|constraint| self.needs(constraint))
    }

    pub(crate) fn would_rather_not_sign_in(&self) -> bool {
        role(|it| self.needs(it) || self.answers.preferences.contains(&it)) == Role::Relay
    }

    /// The ports other than 25 on which the other end takes mail so, and which meet every need and suit the client,
    /// without trouble.
    pub(crate) fn good_ports(&self, role: Role) -> Vec<u16> {
        let suits = |tls| match tls {
            EndpointTls::Implicit => self.client.is_none_or(|it| it.implicit_tls.can),
            EndpointTls::None => false,
            EndpointTls::StarttlsOptional | EndpointTls::StarttlsRequired => {
                !self.needs(Constraint::TlsFromFirstByte)
                    && self.client.is_none_or(|it| it.starttls.can)
            }
        };
        let entry = |it: &Endpoint| (it.role, it.port, it.tls);
        let endpoints: Vec<_> = match self.provider {
            Some(provider) => provider.endpoints.iter().map(entry).collect(),
            None if !self.pasted().is_empty() => self
                .pasted()
                .iter()
                .map(|it| {
                    let tls = match it.security {
                        Some(Security::ImplicitTls) => EndpointTls::Implicit,
                        Some(Security::Cleartext) => EndpointTls::None,
                        None if it.port == 465 => EndpointTls::Implicit,
                        _ => EndpointTls::StarttlsRequired,
                    };
                    (Role::Submission, it.port, tls)
                })
                .collect(),
            None => STANDARD.to_vec(),
        };
        endpoints
            .into_iter()
            .filter(|(its_role, port, tls)| {
                *its_role == role && suits(*tls) && *port != 25 && !self.has_trouble(*port)
            })
            .map(|(_, port, _)| port)
            .collect()
    }

    /// What a pasted text says; an entry of the catalogue counts for more.
    pub(crate) fn pasted(&self) -> &[PastedEndpoint] {
        match self.provider {
            Some(_) => &[],
            None => &self.answers.pasted,
        }
    }

    /// Delivery to MX hosts is another job than submission; 25 is the only port that it has.
    pub(crate) fn delivers(&self) -> bool {
        self.case == UseCase::MailServer && self.provider.is_none()
    }
}

fn role(is_asked_for: impl Fn(Constraint) -> bool) -> Role {
    if is_asked_for(Constraint::NoAuth) || is_asked_for(Constraint::IpAllowList) {
        Role::Relay
    } else {
        Role::Submission
    }
}
