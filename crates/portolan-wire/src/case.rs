//! The published form of a case: what is known, every key optional.

use std::collections::BTreeMap;

use portolan_advice::{
    Answers, Constraint, OtherEnvironment, PastedEndpoint, PostureItem, ProviderAnswer, UseCase,
};
use portolan_config::{ReadEndpoint, ReadTls, read_documentation};
use portolan_facts::PortStatus;
use portolan_report::{Family, Observation, Reach, Security, Span};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::shape::{Excerpt, ReadRoute};

/// What is known of a case.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(hashmap_as_object))]
#[serde(default, deny_unknown_fields)]
pub struct Case {
    /// Whatever the caller knows it by; it comes back with the advice.
    #[cfg_attr(feature = "typescript", tsify(optional, type = "unknown"))]
    pub id: Value,
    /// What is to be sent: `application`, `bulk`, `person`, `mail-server`, `smarthost`, `device`, `monitoring`, `testing`,
    /// `receiving`.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub use_case: Option<String>,
    /// The id of a provider, `direct` or `own`.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub provider: Option<String>,
    /// Its documentation, pasted.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub provider_text: Option<String>,
    /// An address, a host, an MX or a banner that names it.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub recognize: Option<String>,
    /// The id of the place where the code runs; of several, the innermost first.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub environment: Option<OneOrMany>,
    /// A place that has no id.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub environment_other: Option<Other>,
    /// The id of a client.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub client: Option<String>,
    /// What became of connections.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub observed: Option<Observed>,
    /// What has to hold: `tls-from-first-byte`, `no-auth`, `ip-allow-list`, `no-http`.
    #[serde(deserialize_with = "or_absent")]
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub constraints: Vec<String>,
    /// The same words as wishes.
    #[serde(deserialize_with = "or_absent")]
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub preferences: Vec<String>,
    /// What the sender has: `spf`, `dkim`, `dmarc`, `ptr`, `helo`, `bounce_handling`, `segmentation`, `relay_owner`,
    /// `warm_ip`.
    #[serde(deserialize_with = "or_absent")]
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub posture: BTreeMap<String, bool>,
}

/// `null`, which is what `undefined` becomes, is as good as no key.
fn or_absent<'de, D: Deserializer<'de>, T: Default + Deserialize<'de>>(
    from: D,
) -> Result<T, D::Error> {
    Option::deserialize(from).map(Option::unwrap_or_default)
}

/// One id, or several.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(untagged)]
pub enum OneOrMany {
    /// One.
    One(String),
    /// Several, in order.
    Many(Vec<String>),
}

/// A place that has no id.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(deny_unknown_fields)]
pub struct Other {
    /// What is known of its ports.
    #[serde(default, deserialize_with = "or_absent")]
    #[cfg_attr(
        feature = "typescript",
        tsify(optional, type = "Record<number, string>")
    )]
    pub ports: BTreeMap<u16, PortStatus>,
    /// Whether programs may open connections there.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub sockets: Option<bool>,
}

/// What became of connections, by port or each on its own.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(hashmap_as_object))]
#[serde(untagged)]
pub enum Observed {
    /// `open`, `timeout`, `refused`, `reset` or `intercepted` of a port.
    ByPort(BTreeMap<String, String>),
    /// Each on its own.
    Each(Vec<Seen>),
}

/// What became of one connection.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(deny_unknown_fields)]
pub struct Seen {
    /// Its port.
    pub port: u16,
    /// Its host.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub host: Option<String>,
    /// 4 or 6.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub family: Option<u8>,
    /// `open`, `timeout`, `refused`, `reset` or `intercepted`.
    pub result: String,
    /// When, as a date.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub at: Option<String>,
}

/// A case as the engine takes it.
#[derive(Debug)]
pub struct Question {
    /// As it was written.
    pub id: Value,
    /// What the engine asks for.
    pub answers: Answers,
    pub(crate) read: Option<Read>,
}

/// What was read out of a pasted documentation.
#[derive(Debug)]
pub(crate) struct Read {
    text: String,
    pub(crate) endpoints: Vec<ReadEndpoint>,
}

impl Case {
    /// The case's answers, the pasted documentation read.
    ///
    /// # Errors
    ///
    /// A value that its key does not know.
    pub fn question(self) -> Result<Question, String> {
        let read = self.provider_text.map(|text| Read {
            endpoints: read_documentation(&text),
            text,
        });
        let endpoints = read.iter().flat_map(|read| &read.endpoints);
        let answers = Answers {
            use_case: self
                .use_case
                .map(|id| known("use_case", &id, UseCase::parse))
                .transpose()?,
            provider: self.provider.map(|id| match id.as_str() {
                "direct" => ProviderAnswer::Direct,
                "own" => ProviderAnswer::Own,
                _ => ProviderAnswer::Catalogue(id),
            }),
            recognize: self.recognize,
            pasted: endpoints.map(pasted).collect(),
            environments: match self.environment {
                Some(OneOrMany::One(id)) => vec![id],
                Some(OneOrMany::Many(ids)) => ids,
                None => Vec::new(),
            },
            environment_other: self.environment_other.map(|other| OtherEnvironment {
                ports: other.ports.into_iter().collect(),
                sockets: other.sockets,
            }),
            client: self.client,
            observed: observations(self.observed)?,
            constraints: all_known("constraints", &self.constraints, Constraint::parse)?,
            preferences: all_known("preferences", &self.preferences, Constraint::parse)?,
            posture: self
                .posture
                .iter()
                .map(|(id, said)| Ok((known("posture", id, PostureItem::parse)?, *said)))
                .collect::<Result<_, String>>()?,
        };
        Ok(Question {
            id: self.id,
            answers,
            read,
        })
    }
}

fn pasted(endpoint: &ReadEndpoint) -> PastedEndpoint {
    PastedEndpoint {
        host: endpoint.host.clone(),
        port: endpoint.port,
        security: endpoint.tls.map(security),
        recommended: endpoint.recommended,
    }
}

const fn security(tls: ReadTls) -> Security {
    match tls {
        ReadTls::Implicit => Security::ImplicitTls,
        ReadTls::None => Security::Cleartext,
        ReadTls::StartTls => Security::StartTls,
    }
}

impl Read {
    /// The endpoints, each with the words of the text that said so.
    pub(crate) fn routes(&self) -> Vec<ReadRoute> {
        let route = |it: &ReadEndpoint| ReadRoute {
            host: it.host.clone(),
            port: it.port,
            tls: it.tls.map(|tls| security(tls).id()),
            verified: false,
            evidence: it.evidence.iter().map(|span| self.words(*span)).collect(),
        };
        self.endpoints.iter().map(route).collect()
    }

    fn words(&self, span: Span) -> Excerpt {
        let at = |place: u64| usize::try_from(place).unwrap_or(usize::MAX);
        Excerpt {
            start: span.start,
            end: span.end,
            text: self
                .text
                .get(at(span.start)..at(span.end))
                .map(str::to_owned),
        }
    }
}

fn known<T>(key: &str, id: &str, parse: impl Fn(&str) -> Option<T>) -> Result<T, String> {
    parse(id).ok_or_else(|| format!("expected a value that `{key}` knows, but found `{id}`"))
}

fn all_known<T>(
    key: &str,
    ids: &[String],
    parse: impl Fn(&str) -> Option<T>,
) -> Result<Vec<T>, String> {
    ids.iter().map(|id| known(key, id, &parse)).collect()
}

fn observations(observed: Option<Observed>) -> Result<Vec<Observation>, String> {
    let reach = |id: &str| known("observed", id, Reach::parse);
    match observed {
        None => Ok(Vec::new()),
        Some(Observed::ByPort(ports)) => ports
            .into_iter()
            .map(|(port, result)| {
                let port = known("observed", &port, |port| port.parse().ok())?;
                Ok(Observation {
                    port,
                    reach: reach(&result)?,
                    host: None,
                    family: None,
                    at: None,
                })
            })
            .collect(),
        Some(Observed::Each(each)) => each
            .into_iter()
            .map(|seen| {
                let family = match seen.family {
                    None => None,
                    Some(4) => Some(Family::V4),
                    Some(6) => Some(Family::V6),
                    Some(other) => {
                        return Err(format!("expected the family 4 or 6, but found {other}"));
                    }
                };
                Ok(Observation {
                    port: seen.port,
                    reach: reach(&seen.result)?,
                    host: seen.host,
                    family,
                    at: seen.at,
                })
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::Case;

    #[test]
    fn null_is_as_good_as_no_key() {
        let every = [
            "id",
            "use_case",
            "provider",
            "provider_text",
            "recognize",
            "environment",
            "environment_other",
            "client",
            "observed",
            "constraints",
            "preferences",
            "posture",
        ];
        for key in every {
            let case = serde_json::from_str::<Case>(&format!("{{\"{key}\": null}}"));
            let answers = case.unwrap().question().unwrap().answers;
            let none = Case::default().question().unwrap().answers;
            assert_eq!(format!("{answers:?}"), format!("{none:?}"), "{key}");
        }
        let case = serde_json::from_str::<Case>(r#"{"environment_other": {"ports": null}}"#);
        assert!(case.is_ok(), "{case:?}");
        let case = serde_json::from_str::<Case>(r#"{"constraints": 7}"#);
        assert!(case.is_err());
    }
}
