//! From advice to its published form.

use std::sync::Arc;

use portolan_report::{Advice, Os, Reason, Route, Security, SignInKind, Source, Step};

use crate::case::{Question, Read};
use crate::shape::{
    AdviceForm, AlternativeForm, AssumptionForm, BestRoute, CheckForm, CommandForm,
    ContradictionForm, DoubtForm, NoteForm, OutcomeForm, ProviderForm, ReasonForm, RejectedForm,
    RouteForm, SourceForm, StepForm,
};

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
