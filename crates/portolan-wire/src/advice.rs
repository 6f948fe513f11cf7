//! The published form of advice.

use std::sync::Arc;

use portolan_report::{Advice, Os, Reason, Route, Security, SignInKind, Source, Step};
use serde::Serialize;
use serde_json::Value;

use crate::case::{Question, Read};

/// Where mail should go, why, why not elsewhere, and what to do.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
pub struct AdviceForm {
    /// The case's own.
    #[cfg_attr(feature = "typescript", tsify(type = "unknown"))]
    pub id: Value,
    /// The route to take.
    pub route: BestRoute,
    /// `high`, `medium` or `low`.
    pub confidence: &'static str,
    /// What keeps it from being higher.
    pub doubts: Vec<DoubtForm>,
    /// What was assumed.
    pub assumptions: Vec<AssumptionForm>,
    /// What does not go together.
    pub contradictions: Vec<ContradictionForm>,
    /// Why this route.
    pub reasons: Vec<ReasonForm>,
    /// What else would do, in order.
    pub alternatives: Vec<AlternativeForm>,
    /// Who could take the mail where nobody is named.
    pub providers: Vec<ProviderForm>,
    /// What orders them.
    pub providers_order: Option<&'static str>,
    /// What would not do, and why.
    pub rejected: Vec<RejectedForm>,
    /// What to beware of.
    pub warnings: Vec<NoteForm>,
    /// What to do now, in order.
    pub steps: Vec<StepForm>,
    /// What proves it.
    pub checks: Vec<CheckForm>,
    /// The id of the question whose answer could change this.
    pub next_question: Option<String>,
    /// What was read out of a pasted documentation.
    pub read: Option<Vec<ReadRoute>>,
}

/// A route.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
pub struct RouteForm {
    /// `submission`, `relay`, `mx`, `receive`, `http-api`, `host-relay` or `none`.
    pub kind: &'static str,
    /// Where to connect to.
    pub host: Option<String>,
    /// Whether that is an example of what has to stand there.
    pub host_is_example: bool,
    /// The port.
    pub port: Option<u16>,
    /// `starttls`, `starttls-opportunistic`, `implicit` or `none`.
    pub tls: Option<&'static str>,
    /// The mechanisms that a source names.
    pub auth: Vec<String>,
    /// What kind of sign-in it is.
    pub auth_kinds: Vec<&'static str>,
    /// What the credentials are.
    pub credentials: Option<String>,
    /// The address of an API.
    pub api: Option<String>,
}

/// The route to take, with what must come first.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct BestRoute {
    /// The route.
    #[serde(flatten)]
    pub route: RouteForm,
    /// Steps that must come first, such as lifting a block.
    pub after: Vec<StepForm>,
}

/// Where something is said.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
pub struct SourceForm {
    /// Its name.
    pub name: String,
    /// Its address.
    pub url: Option<String>,
    /// When it was seen: a date, `undated` or `second-hand`.
    pub seen: String,
    /// What it says.
    pub supports: String,
}

/// Why something was judged so.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct ReasonForm {
    /// The rule's id.
    pub rule: String,
    /// `prefer`, `accept`, `discourage` or `forbid`.
    pub stance: &'static str,
    /// A sentence.
    pub text: String,
    /// Where that is said.
    pub sources: Vec<SourceForm>,
}

/// What keeps the confidence low.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct DoubtForm {
    /// A sentence.
    pub text: String,
    /// The confidence that it leaves at most.
    pub at_most: &'static str,
    /// Where that is said.
    pub sources: Vec<SourceForm>,
}

/// What was assumed.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
pub struct AssumptionForm {
    /// The question that would settle it.
    pub question: String,
    /// A sentence.
    pub text: String,
}

/// What does not go together.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct ContradictionForm {
    /// `answers`, `constraint`, `no-common-port` or `sources`.
    pub kind: &'static str,
    /// A sentence.
    pub text: String,
    /// Where that is said.
    pub sources: Vec<SourceForm>,
}

/// Another route that would do.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct AlternativeForm {
    /// The route.
    pub route: RouteForm,
    /// When to take it.
    pub when: String,
    /// Why it would do.
    pub reasons: Vec<ReasonForm>,
}

/// Who could take the mail.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct ProviderForm {
    /// The provider's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The ports by which it can be reached.
    pub ports: Vec<u16>,
}

/// A route that would not do.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct RejectedForm {
    /// The route.
    pub route: RouteForm,
    /// Why not.
    pub reasons: Vec<ReasonForm>,
}

/// What to beware of.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct NoteForm {
    /// A sentence.
    pub text: String,
    /// Where that is said.
    pub sources: Vec<SourceForm>,
}

/// What to do.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
pub struct StepForm {
    /// Who can do it.
    pub who: &'static str,
    /// What.
    pub action: String,
    /// A command.
    pub command: Option<String>,
    /// A page.
    pub link: Option<String>,
    /// Where that is said.
    pub sources: Vec<SourceForm>,
}

/// What proves a layer.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
pub struct CheckForm {
    /// The layer.
    pub layer: &'static str,
    /// The first command.
    pub command: Option<String>,
    /// The command of each system.
    pub commands: Vec<CommandForm>,
    /// What may be seen, and what it means.
    pub outcomes: Vec<OutcomeForm>,
}

/// A command.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct CommandForm {
    /// The systems on which it runs.
    pub on: Vec<&'static str>,
    /// The command.
    pub command: String,
}

/// What may be seen.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct OutcomeForm {
    /// What.
    pub seen: String,
    /// What it means.
    pub means: String,
}

/// An endpoint that a pasted documentation names.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
pub struct ReadRoute {
    /// Its host.
    pub host: Option<String>,
    /// Its port.
    pub port: u16,
    /// Its TLS, where the text says it.
    pub tls: Option<&'static str>,
    /// Never: nobody has tried it.
    pub verified: bool,
    /// The words that said so.
    pub evidence: Vec<Excerpt>,
}

/// Words of a text.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
pub struct Excerpt {
    /// The first byte.
    pub start: u64,
    /// The byte behind the last.
    pub end: u64,
    /// The words.
    pub text: Option<String>,
}

impl AdviceForm {
    /// Advice as it is published.
    pub fn of(question: &Question, advice: &Advice, next: Option<&str>) -> Self {
        let mut warnings: Vec<NoteForm> = advice
            .warnings
            .iter()
            .map(|it| NoteForm {
                text: it.text.clone(),
                sources: sources(&it.sources),
            })
            .collect();
        if question
            .read
            .as_ref()
            .is_some_and(|read| read.endpoints.is_empty())
        {
            warnings.push(NoteForm {
                text: "The documentation that was pasted names no host or port for sending that could be read with certainty."
                    .to_owned(),
                sources: Vec::new(),
            });
        }
        Self {
            id: question.id.clone(),
            route: BestRoute {
                route: route(&advice.best.route),
                after: advice
                    .steps
                    .iter()
                    .filter(|it| it.first)
                    .map(step)
                    .collect(),
            },
            confidence: advice.confidence.id(),
            doubts: list(&advice.doubts, |it| DoubtForm {
                text: it.text.clone(),
                at_most: it.at_most.id(),
                sources: sources(&it.sources),
            }),
            assumptions: list(&advice.assumptions, |it| AssumptionForm {
                question: it.question.to_owned(),
                text: it.text.clone(),
            }),
            contradictions: list(&advice.contradictions, |it| ContradictionForm {
                kind: it.kind.id(),
                text: it.text.clone(),
                sources: sources(&it.sources),
            }),
            reasons: reasons(&advice.best.reasons),
            alternatives: list(&advice.alternatives, |it| AlternativeForm {
                route: route(&it.route),
                when: it.when.clone(),
                reasons: reasons(&it.reasons),
            }),
            providers: list(&advice.providers, |it| ProviderForm {
                id: it.id.clone(),
                name: it.name.clone(),
                ports: it.ports.clone(),
            }),
            providers_order: (!advice.providers.is_empty())
                .then_some(portolan_advice::SUGGESTION_ORDER),
            rejected: list(&advice.rejected, |it| RejectedForm {
                route: route(&it.route),
                reasons: reasons(&it.reasons),
            }),
            warnings,
            steps: list(&advice.steps, step),
            checks: list(&advice.checks, |check| CheckForm {
                layer: check.layer.id(),
                command: check.commands.first().map(|it| it.line.clone()),
                commands: list(&check.commands, |it| CommandForm {
                    on: list(it.on, |os: &Os| os.id()),
                    command: it.line.clone(),
                }),
                outcomes: list(check.outcomes, |it| OutcomeForm {
                    seen: it.seen.to_string(),
                    means: it.means.to_string(),
                }),
            }),
            next_question: next.map(str::to_owned),
            read: question.read.as_ref().map(Read::routes),
        }
    }
}

fn list<T, F>(items: &[T], form: impl Fn(&T) -> F) -> Vec<F> {
    items.iter().map(form).collect()
}

fn route(route: &Route) -> RouteForm {
    RouteForm {
        kind: route.kind.id(),
        host: route.host.as_ref().map(|host| host.name.clone()),
        host_is_example: route
            .host
            .as_ref()
            .is_some_and(|host| host.placeholder.is_some()),
        port: route.port,
        tls: route.security.map(Security::id),
        auth: list(&route.sign_in.mechanisms, ToString::to_string),
        auth_kinds: list(&route.sign_in.kinds, |kind| kind_id(*kind)),
        credentials: route.sign_in.credentials.as_ref().map(ToString::to_string),
        api: route.api.as_ref().map(ToString::to_string),
    }
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

fn reasons(reasons: &[Reason]) -> Vec<ReasonForm> {
    list(reasons, |it| ReasonForm {
        rule: it.rule.to_string(),
        stance: it.stance.id(),
        text: it.text.clone(),
        sources: sources(&it.sources),
    })
}

fn step(step: &Step) -> StepForm {
    StepForm {
        who: step.who.id(),
        action: step.action.clone(),
        command: step.command.as_ref().map(ToString::to_string),
        link: step.link.as_ref().map(ToString::to_string),
        sources: sources(&step.sources),
    }
}

fn sources(sources: &[Arc<Source>]) -> Vec<SourceForm> {
    list(sources, |it| SourceForm {
        name: it.id.clone(),
        url: it.url.as_ref().map(ToString::to_string),
        seen: it.seen.to_string(),
        supports: it.supports.clone(),
    })
}
