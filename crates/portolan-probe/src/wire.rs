//! The published JSON form of answers and advice. No other crate knows it.

use std::collections::BTreeMap;
use std::sync::Arc;

use portolan_advice::{
    Answers, Constraint, OtherEnvironment, PastedEndpoint, PostureItem, ProviderAnswer, UseCase,
};
use portolan_config::{ReadEndpoint, ReadTls, read_documentation};
use portolan_facts::PortStatus;
use portolan_report::{
    Advice, Family, Observation, Os, Reach, Reason, Route, Security, SignInKind, Source, Span, Step,
};
use serde::Deserialize;
use serde_json::{Value, json};

/// One line in. Every key but `id` is optional.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_field_names, reason = "the names of the published form")]
pub(crate) struct Case {
    id: Value,
    use_case: Option<String>,
    provider: Option<String>,
    provider_text: Option<String>,
    recognize: Option<String>,
    environment: Option<OneOrMany>,
    environment_other: Option<Other>,
    client: Option<String>,
    observed: Option<Observed>,
    #[serde(default)]
    constraints: Vec<String>,
    #[serde(default)]
    preferences: Vec<String>,
    #[serde(default)]
    posture: BTreeMap<String, bool>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Other {
    #[serde(default)]
    ports: BTreeMap<u16, PortStatus>,
    sockets: Option<bool>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Observed {
    ByPort(BTreeMap<String, String>),
    Each(Vec<Seen>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Seen {
    port: u16,
    host: Option<String>,
    family: Option<u8>,
    result: String,
    at: Option<String>,
}

/// A case as the engine takes it.
pub(crate) struct Question {
    /// As it was written.
    id: Value,
    pub(crate) answers: Answers,
    read: Option<Read>,
}

/// What was read out of a pasted documentation.
struct Read {
    text: String,
    endpoints: Vec<ReadEndpoint>,
}

impl Case {
    /// The case's answers, the pasted documentation read.
    ///
    /// # Errors
    ///
    /// A value that its key does not know.
    pub(crate) fn question(self) -> Result<Question, String> {
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
    fn endpoints(&self) -> Value {
        list(&self.endpoints, |it| {
            json!({
                "host": it.host,
                "port": it.port,
                "tls": it.tls.map(|tls| security(tls).id()),
                "verified": false,
                "evidence": list(&it.evidence, |span| self.words(*span)),
            })
        })
    }

    fn words(&self, span: Span) -> Value {
        let at = |place: u64| usize::try_from(place).unwrap_or(usize::MAX);
        let words = self.text.get(at(span.start)..at(span.end));
        json!({ "start": span.start, "end": span.end, "text": words })
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

/// One line out.
pub(crate) fn advice(question: &Question, advice: &Advice, next: Option<&str>) -> Value {
    let mut warnings: Vec<Value> = advice
        .warnings
        .iter()
        .map(|it| json!({ "text": it.text, "sources": sources(&it.sources) }))
        .collect();
    if question
        .read
        .as_ref()
        .is_some_and(|read| read.endpoints.is_empty())
    {
        warnings.push(json!({
            "text": "The documentation that was pasted names no host or port for sending that could be read with certainty.",
            "sources": [],
        }));
    }
    let mut best = route(&advice.best.route);
    let first: Vec<Value> = advice
        .steps
        .iter()
        .filter(|it| it.first)
        .map(step)
        .collect();
    if let Some(best) = best.as_object_mut() {
        best.insert("after".to_owned(), Value::Array(first));
    }
    json!({
        "id": question.id,
        "route": best,
        "confidence": advice.confidence.id(),
        "doubts": list(&advice.doubts, |it| json!({ "text": it.text, "at_most": it.at_most.id(), "sources": sources(&it.sources) })),
        "assumptions": list(&advice.assumptions, |it| json!({ "question": it.question, "text": it.text })),
        "contradictions": list(&advice.contradictions, |it| json!({ "kind": it.kind.id(), "text": it.text, "sources": sources(&it.sources) })),
        "reasons": reasons(&advice.best.reasons),
        "alternatives": list(&advice.alternatives, |it| json!({ "route": route(&it.route), "when": it.when, "reasons": reasons(&it.reasons) })),
        "providers": list(&advice.providers, |it| json!({ "id": it.id, "name": it.name, "ports": it.ports })),
        "providers_order": (!advice.providers.is_empty()).then_some(portolan_advice::SUGGESTION_ORDER),
        "rejected": list(&advice.rejected, |it| json!({ "route": route(&it.route), "reasons": reasons(&it.reasons) })),
        "warnings": warnings,
        "steps": list(&advice.steps, step),
        "checks": list(&advice.checks, |check| json!({
            "layer": check.layer.id(),
            "command": check.commands.first().map(|command| &command.line),
            "commands": list(&check.commands, |command| json!({ "on": list(command.on, |os: &Os| json!(os.id())), "command": command.line })),
            "outcomes": list(check.outcomes, |outcome| json!({ "seen": outcome.seen, "means": outcome.means })),
        })),
        "next_question": next,
        "read": question.read.as_ref().map(Read::endpoints),
    })
}

fn list<T>(items: &[T], value: impl Fn(&T) -> Value) -> Value {
    Value::Array(items.iter().map(value).collect())
}

fn route(route: &Route) -> Value {
    json!({
        "kind": route.kind.id(),
        "host": route.host.as_ref().map(|host| &host.name),
        "host_is_example": route.host.as_ref().is_some_and(|host| host.placeholder.is_some()),
        "port": route.port,
        "tls": route.security.map(Security::id),
        "auth": route.sign_in.mechanisms,
        "auth_kinds": list(&route.sign_in.kinds, |kind| json!(kind_id(*kind))),
        "credentials": route.sign_in.credentials,
        "api": route.api,
    })
}

const fn kind_id(kind: SignInKind) -> &'static str {
    match kind {
        SignInKind::EncryptedPassword => "password-encrypted",
        SignInKind::IntegratedWindows => "integrated-windows",
        SignInKind::None => "none",
        SignInKind::OAuth2 => "oauth2",
        SignInKind::Password => "password",
    }
}

fn reasons(reasons: &[Reason]) -> Value {
    list(
        reasons,
        |it| json!({ "rule": it.rule, "stance": it.stance.id(), "text": it.text, "sources": sources(&it.sources) }),
    )
}

fn step(step: &Step) -> Value {
    json!({ "who": step.who.id(), "action": step.action, "command": step.command, "link": step.link, "sources": sources(&step.sources) })
}

fn sources(sources: &[Arc<Source>]) -> Value {
    list(
        sources,
        |it| json!({ "name": it.id, "url": it.url, "seen": it.seen.to_string(), "supports": it.supports }),
    )
}
