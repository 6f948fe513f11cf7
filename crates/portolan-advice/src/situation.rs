//! The answers, resolved against the facts: what every rule looks at. Nothing is judged here.

use std::cell::RefCell;
use std::sync::Arc;

use portolan_facts::{
    Claim, Client, Endpoint, Environment, EnvironmentKind, Facts, Index, Provider, ProviderKind,
    SmallMap,
};
use portolan_report::{Reach, RouteKind, Source};

use crate::answers::{Answers, Constraint, PastedEndpoint, ProviderAnswer, UseCase};
use crate::candidate::Candidate;
use crate::egress::{Egress, PortView};
use crate::words;

/// What the rules look at.
pub(crate) struct Situation<'f> {
    pub(crate) facts: &'f Facts,
    pub(crate) answers: &'f Answers,
    /// The use case that the verdict is for.
    pub(crate) use_case: UseCase,
    /// The provider of the catalogue, named or recognized.
    pub(crate) provider: Option<&'f Provider>,
    /// The provider's own host that the visitor's text names.
    pub(crate) named_host: Option<String>,
    /// The host of the visitor's own server, where it was named.
    pub(crate) own_host: Option<&'f str>,
    pub(crate) client: Option<&'f Client>,
    /// The environment's layers, innermost first.
    pub(crate) layers: Vec<&'f Environment>,
    /// Ids that are in no catalogue, with the question they answer.
    pub(crate) unknown: Vec<(&'static str, &'f str)>,
    egress: Egress<'f>,
    cited: RefCell<Vec<(Point, Arc<Source>)>>,
}

/// A standard's id and a section, such as `("rfc8314", "3.3")`.
type Point = (&'static str, &'static str);

impl<'f> Situation<'f> {
    pub(crate) fn new(facts: &'f Facts, answers: &'f Answers) -> Self {
        let mut unknown = Vec::new();
        let recognized = answers
            .recognize
            .as_deref()
            .and_then(|text| facts.index().recognize(text));
        let pasted = match (&answers.provider, &recognized) {
            (None, None) => provider_of_the_text(facts, answers),
            _ => None,
        };
        let named_host = match (&recognized, &pasted) {
            (Some(found), _) => found.host.clone(),
            (None, Some((_, host))) => Some(host.clone()),
            (None, None) => None,
        };
        let own_host = answers
            .recognize
            .as_deref()
            // A host of the catalogue is somebody else's.
            .filter(|it| words::is_host(it) && recognized.is_none())
            .filter(|_| answers.provider == Some(ProviderAnswer::Own));
        let provider_id = match &answers.provider {
            Some(ProviderAnswer::Catalogue(id)) => Some(id.as_str()),
            Some(ProviderAnswer::Direct | ProviderAnswer::Own) => None,
            None => recognized
                .map(|found| found.provider.id.as_str())
                .or(pasted.map(|(id, _)| id)),
        };
        let provider = provider_id.and_then(|id| {
            let found = facts.provider(id);
            if found.is_none() {
                unknown.push((crate::question::PROVIDER, id));
            }
            found.map(Arc::as_ref)
        });
        let mut layers: Vec<&Environment> = Vec::new();
        for id in &answers.environments {
            match facts.environment(id) {
                // Said twice it is still one place, and its relay one route.
                Some(known) if layers.iter().any(|layer| layer.id == known.id) => {}
                Some(environment) => layers.push(environment.as_ref()),
                None => unknown.push((crate::question::ENVIRONMENT, id)),
            }
        }
        let client = answers.client.as_deref().and_then(|id| {
            let found = facts.client(id);
            if found.is_none() {
                unknown.push((crate::question::CLIENT, id));
            }
            found.map(Arc::as_ref)
        });
        let said = answers.use_case.unwrap_or(UseCase::Application);
        // A server that names a provider hands its mail to it: that is relaying through a smarthost, whatever it was
        // called. The contradiction is told elsewhere.
        let use_case = match said {
            UseCase::MailServer if provider.is_some() => UseCase::Smarthost,
            other => other,
        };
        Self {
            facts,
            answers,
            use_case,
            provider,
            named_host,
            own_host,
            client,
            egress: Egress::new(
                answers,
                &layers,
                provider.map(|it| it.id.as_str()),
                own_host,
            ),
            cited: RefCell::default(),
            layers,
            unknown,
        }
    }

    /// What is known of a port on the sender's side.
    pub(crate) fn port(&self, number: u16) -> PortView<'f> {
        self.egress.view(number)
    }

    /// What is known of several ports, each once, in ascending order.
    pub(crate) fn ports(&self, numbers: impl Iterator<Item = u16>) -> SmallMap<u16, PortView<'f>> {
        numbers.map(|number| (number, self.port(number))).collect()
    }

    /// Whether anything is known of the place it runs in.
    pub(crate) fn has_environment(&self) -> bool {
        !self.layers.is_empty() || self.answers.environment_other.is_some()
    }

    pub(crate) fn requires(&self, constraint: Constraint) -> bool {
        self.answers.constraints.contains(&constraint)
    }

    pub(crate) fn wishes(&self, constraint: Constraint) -> bool {
        self.answers.preferences.contains(&constraint)
    }

    /// Whether the sender cannot sign in, or would rather be known by its address.
    pub(crate) fn wants_no_sign_in(&self) -> bool {
        [Constraint::NoAuth, Constraint::IpAllowList]
            .into_iter()
            .any(|constraint| self.requires(constraint) || self.wishes(constraint))
    }

    /// Whether a pasted documentation says where the mail goes.
    pub(crate) fn has_pasted_endpoints(&self) -> bool {
        self.provider.is_none() && !self.answers.pasted.is_empty()
    }

    /// Whether the chosen provider takes no mail by SMTP at all, as far as is known.
    pub(crate) fn has_no_smtp(&self) -> bool {
        self.provider
            .is_some_and(|provider| provider.endpoints.is_empty())
    }

    /// Whether the sender is an actual mail server, which relays for others and can queue.
    pub(crate) fn is_mail_server(&self) -> bool {
        matches!(self.use_case, UseCase::MailServer | UseCase::Smarthost)
    }

    /// Whether the sender can use an API over HTTPS: only code that somebody writes can.
    pub(crate) fn can_call_an_api(&self) -> bool {
        matches!(
            self.use_case,
            UseCase::Application | UseCase::Bulk | UseCase::Monitoring | UseCase::Testing
        )
    }

    /// Whether the chosen provider catches mail and delivers none.
    pub(crate) fn provider_is_sandbox(&self) -> bool {
        self.provider
            .is_some_and(|provider| provider.kind == ProviderKind::Sandbox)
    }

    /// Whether the visitor named this very host, and the provider has others.
    pub(crate) fn names_host(&self, host: &str) -> bool {
        self.named_host.as_deref() == Some(host)
            && self.provider.is_some_and(|it| {
                let mut hosts = it.endpoints.iter().map(|endpoint| endpoint.host.as_str());
                hosts.clone().any(|known| known == host) && hosts.any(|known| known != host)
            })
    }

    /// The line of an internet access provider, whose address is not the sender's own.
    pub(crate) fn access_line(&self) -> Option<&'f Environment> {
        let is_line = |layer: &&&Environment| layer.kind == EnvironmentKind::Isp;
        self.layers.iter().find(is_line).copied()
    }

    /// The layer in which ordinary mail libraries do not run, and why.
    pub(crate) fn without_libraries(&self) -> Option<(&'f Environment, &'f Claim)> {
        let found = |layer: &&'f Environment| Some((*layer, layer.libraries.as_ref()?));
        self.layers.iter().find_map(found)
    }

    /// Whether a container was refused by itself.
    pub(crate) fn tried_its_own_container(&self) -> bool {
        let is_loopback = |host: &str| matches!(host, "127.0.0.1" | "localhost" | "::1");
        let was_refused = self.answers.observed.iter().any(|seen| {
            seen.reach == Reach::Refused && seen.host.as_deref().is_some_and(is_loopback)
        });
        let is_container = |layer: &&Environment| layer.kind == EnvironmentKind::Container;
        was_refused && self.layers.iter().any(is_container)
    }

    /// The layer that ends TLS itself, with what one sees of it.
    pub(crate) fn interceptor(&self) -> Option<(&'f Environment, &'f Claim)> {
        let layer = self.layers.iter().find(|layer| layer.intercepts)?;
        Some((layer, layer.symptom.as_ref()?))
    }

    /// What is known of 25 where a server on the visitor's own machine takes the mail: that is where it goes on from
    /// there, unless it is told to use a smarthost.
    pub(crate) fn own_server_delivers(&self, candidate: &Candidate<'_>) -> Option<PortView<'f>> {
        let is_own = self
            .provider
            .is_some_and(|it| it.kind == ProviderKind::SelfHosted);
        let hands_over = matches!(
            candidate.route.kind,
            RouteKind::Submission | RouteKind::Relay
        );
        (is_own && hands_over && candidate.egress.is_none() && self.use_case != UseCase::Testing)
            .then(|| self.port(25))
    }

    /// The container in which the route's host, which is this machine by name, is the container itself.
    pub(crate) fn container_of_its_own(
        &self,
        candidate: &Candidate<'_>,
    ) -> Option<&'f Environment> {
        let is_loopback = candidate.egress.is_none()
            && matches!(
                candidate.route.kind,
                RouteKind::Submission | RouteKind::Relay
            );
        let is_container = |layer: &&&Environment| layer.kind == EnvironmentKind::Container;
        self.layers
            .iter()
            .find(is_container)
            .copied()
            .filter(|_| is_loopback)
    }

    /// The other end's name in a sentence.
    pub(crate) fn provider_name(&self) -> &'f str {
        match (self.provider, &self.answers.provider) {
            (Some(provider), _) => &provider.name,
            (None, Some(ProviderAnswer::Own)) => "your own server",
            (None, _) => "your provider",
        }
    }

    /// Whether a server of the visitor's own takes the mail.
    pub(crate) fn is_own_server(&self) -> bool {
        self.answers.provider == Some(ProviderAnswer::Own)
    }

    /// A container of which nobody said where it runs.
    pub(crate) fn has_no_host(&self) -> Option<&'f Environment> {
        match self.layers.as_slice() {
            [only] if only.inherits => Some(*only),
            _ => None,
        }
    }

    /// The name of what sends, at the start of a sentence.
    pub(crate) const fn sender_name(&self) -> &'static str {
        match self.use_case {
            UseCase::Application => "Your application",
            UseCase::Bulk => "Your mailing system",
            UseCase::Person => "Your mail program",
            UseCase::MailServer | UseCase::Smarthost => "Your mail server",
            UseCase::Device => "Your device",
            UseCase::Monitoring => "Your monitoring",
            UseCase::Testing => "Your tests",
            UseCase::Receiving => "Other mail servers",
        }
    }

    /// The environment's name in a sentence: the outermost layer, which owns the network.
    pub(crate) fn environment_name(&self) -> &'f str {
        match self.layers.last() {
            Some(layer) if self.answers.environment_other.is_none() => &layer.name,
            _ => "your network",
        }
    }

    /// Points of standards as sources. Every rule cites the same few for every candidate: each is made once.
    pub(crate) fn cite(&self, points: &[Point]) -> Vec<Arc<Source>> {
        let mut cited = self.cited.borrow_mut();
        let mut sources = Vec::with_capacity(points.len());
        for point in points {
            if let Some((_, known)) = cited.iter().find(|(known, _)| known == point) {
                sources.push(known.clone());
            } else if let Some(source) = self.facts.cite(point.0, point.1) {
                cited.push((*point, source.clone()));
                sources.push(source);
            }
        }
        sources
    }
}

/// Id of the provider that an address, a host or a pasted documentation gives away, whether or not it is loaded: what
/// a shell has to load before it asks for advice.
pub fn recognized<'i>(index: &'i Index, answers: &Answers) -> Option<&'i str> {
    let host = || answers.pasted.iter().find_map(|it| it.host.as_deref());
    let text = answers.recognize.as_deref().or_else(host)?;
    Some(&index.recognize(text)?.provider.id)
}

/// The provider whose documentation was pasted, by id, and its host in the text: where its entry knows every endpoint
/// that the text names. What the entry does not know is the text's own, and stands for itself.
fn provider_of_the_text<'f>(facts: &'f Facts, answers: &Answers) -> Option<(&'f str, String)> {
    let host = answers.pasted.iter().find_map(|it| it.host.as_deref())?;
    let found = facts.index().recognize(host)?;
    let provider = facts.provider(&found.provider.id)?;
    let is_known = |pasted: &PastedEndpoint| {
        provider.endpoints.iter().any(|known| {
            let is_host = |host: &String| serves(provider, known, host);
            known.port == pasted.port && pasted.host.as_ref().is_none_or(is_host)
        })
    };
    let all = answers.pasted.iter().all(is_known);
    all.then(|| (provider.id.as_str(), host.to_owned()))
}

/// Whether a host is an endpoint's, or takes its place: as a region's, or as the name that a pattern asks for.
pub(crate) fn serves(provider: &Provider, endpoint: &Endpoint, host: &str) -> bool {
    let is_region = |host: &str| provider.regions.iter().any(|region| region.host == host);
    let fills = |(before, rest): (&str, &str)| {
        let after = rest.split_once('>').map_or("", |(_, after)| after);
        host.starts_with(before) && host.ends_with(after)
    };
    host == endpoint.host
        || (is_region(&endpoint.host) && is_region(host))
        || endpoint.host.split_once('<').is_some_and(fills)
}
