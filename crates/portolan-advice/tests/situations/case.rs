//! A golden situation: how it is read, and what is wrong with a verdict on it.

use portolan_advice::{Answers, Constraint, PastedEndpoint, PostureItem, ProviderAnswer, UseCase};
use portolan_report::{Advice, Family, Observation, Reach, Security};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Situations {
    situation: Vec<Situation>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Situation {
    pub(crate) name: String,
    use_case: Option<String>,
    provider: Option<String>,
    recognize: Option<String>,
    #[serde(default)]
    environment: Vec<String>,
    client: Option<String>,
    /// What was read out of a pasted documentation: `host port tls`, with `?` for what it does not say.
    #[serde(default)]
    pasted: Vec<String>,
    #[serde(default)]
    seen: Vec<String>,
    #[serde(default)]
    need: Vec<String>,
    #[serde(default)]
    wish: Vec<String>,
    #[serde(default)]
    posture: Vec<String>,
    route: String,
    confidence: Option<String>,
    #[serde(default)]
    rules: Vec<String>,
    #[serde(default)]
    rejected: Vec<String>,
    #[serde(default)]
    assumes: Vec<String>,
    contradiction: Option<String>,
    /// Ports of routes that must be offered beside the verdict, each with words of when to take it.
    #[serde(default)]
    alternatives: Vec<String>,
    /// Words that must stand in a step, or in its link.
    #[serde(default)]
    steps: Vec<String>,
    /// Ids of providers that must be suggested, first ones first.
    #[serde(default)]
    suggests: Vec<String>,
    /// Words that must stand nowhere in the advice.
    #[serde(default)]
    unsaid: Vec<String>,
    placeholder: Option<bool>,
    first: Option<bool>,
    warning: Option<String>,
    next: Option<String>,
}

pub(crate) fn answers(it: &Situation) -> Answers {
    let constraints = |ids: &[String]| {
        ids.iter()
            .map(|id| Constraint::parse(id).unwrap())
            .collect()
    };
    Answers {
        use_case: it.use_case.as_deref().map(|id| UseCase::parse(id).unwrap()),
        provider: it.provider.as_deref().map(|id| match id {
            "direct" => ProviderAnswer::Direct,
            "own" => ProviderAnswer::Own,
            id => ProviderAnswer::Catalogue(id.to_owned()),
        }),
        recognize: it.recognize.clone(),
        environments: it.environment.clone(),
        client: it.client.clone(),
        pasted: it.pasted.iter().map(|text| pasted(text)).collect(),
        observed: it.seen.iter().map(|seen| observation(seen)).collect(),
        constraints: constraints(&it.need),
        preferences: constraints(&it.wish),
        posture: it
            .posture
            .iter()
            .map(|said| {
                let (item, said) = said.split_once('.').unwrap();
                (PostureItem::parse(item).unwrap(), said == "yes")
            })
            .collect(),
        ..Answers::default()
    }
}

pub(crate) fn pasted(text: &str) -> PastedEndpoint {
    let mut words = text.split(' ');
    let mut word = || words.next().unwrap();
    PastedEndpoint {
        host: Some(word()).filter(|host| *host != "?").map(str::to_owned),
        port: word().parse().unwrap(),
        security: match word() {
            "starttls" => Some(Security::StartTls),
            "implicit" => Some(Security::ImplicitTls),
            "none" => Some(Security::Cleartext),
            _ => None,
        },
        recommended: words.next() == Some("recommended"),
    }
}

pub(crate) fn observation(text: &str) -> Observation {
    let (seen, host) = match text.split_once('@') {
        Some((seen, host)) => (seen, Some(host.to_owned())),
        None => (text, None),
    };
    let (seen, family) = match seen.strip_suffix(".v6") {
        Some(seen) => (seen, Some(Family::V6)),
        None => (seen, None),
    };
    let (port, reach) = seen.split_once('.').unwrap();
    let (port, reach) = (port.parse().unwrap(), Reach::parse(reach).unwrap());
    Observation {
        port,
        reach,
        host,
        family,
        at: None,
    }
}

fn route(advice: &Advice) -> String {
    let route = &advice.best.route;
    format!(
        "{} {} {} {}",
        route.kind.id(),
        route.host.as_ref().map_or("?", |host| host.name.as_str()),
        route.port.map_or("?".to_owned(), |port| port.to_string()),
        route.security.map_or("?", Security::id),
    )
}

/// All of them, as they stand in the file.
pub(crate) fn situations() -> Vec<Situation> {
    let read: Situations = toml::from_str(include_str!("../situations.toml")).unwrap();
    read.situation
}

/// What a situation proves, but for the names of things: the course, the rules that it misses, and everything else that
/// it was asked and expects.
#[allow(
    dead_code,
    reason = "the tests of the rules ask for it, the others do not"
)]
pub(crate) fn proof(it: &Situation, missed: &[&str]) -> String {
    let course: Vec<&str> = it
        .route
        .split(' ')
        .enumerate()
        .filter(|(at, _)| *at != 1)
        .map(|(_, word)| word)
        .collect();
    let answered = (
        (
            &it.use_case,
            it.provider.is_some(),
            &it.recognize,
            it.environment.len(),
            it.client.is_some(),
        ),
        (it.pasted.len(), &it.seen, &it.need, &it.wish, &it.posture),
    );
    let expected = (
        (
            &it.confidence,
            &it.rejected,
            &it.assumes,
            &it.alternatives,
            &it.steps,
            &it.suggests,
            &it.unsaid,
        ),
        (
            &it.contradiction,
            it.placeholder,
            it.first,
            &it.warning,
            &it.next,
        ),
    );
    format!("{course:?} {missed:?} {answered:?} {expected:?}")
}

/// What is wrong with the verdict, in words; empty when nothing is.
pub(crate) fn faults(it: &Situation, advice: &Advice, next: Option<&str>) -> Vec<String> {
    let mut faults = Vec::new();
    let mut want = |holds: bool, what: String| {
        if !holds {
            faults.push(what);
        }
    };
    want(
        route(advice) == it.route,
        format!("route: expected {}, but found {}", it.route, route(advice)),
    );
    if let Some(confidence) = &it.confidence {
        let found = advice.confidence.id();
        want(
            found == confidence,
            format!(
                "confidence: expected {confidence}, but found {found}: {:?}",
                advice.doubts
            ),
        );
    }
    for rule in &it.rules {
        want(
            advice.best.reasons.iter().any(|reason| reason.rule == rule),
            format!("no reason of {rule}"),
        );
    }
    for rejected in &it.rejected {
        let (port, rule) = rejected.split_once(' ').unwrap();
        let holds = advice.rejected.iter().any(|judged| {
            judged
                .route
                .port
                .is_some_and(|found| found.to_string() == port)
                && judged.reasons.iter().any(|reason| reason.rule == rule)
        });
        want(holds, format!("not rejected: {rejected}"));
    }
    for question in &it.assumes {
        let holds = advice
            .assumptions
            .iter()
            .any(|assumed| assumed.question == question);
        want(holds, format!("not assumed: {question}"));
    }
    if let Some(kind) = &it.contradiction {
        let holds = advice
            .contradictions
            .iter()
            .any(|told| told.kind.id() == kind);
        want(holds, format!("no contradiction of kind {kind}"));
    }
    for wanted in &it.alternatives {
        let (port, when) = wanted.split_once(' ').unwrap();
        let holds = advice.alternatives.iter().any(|other| {
            let found = other.route.port.map_or("-".to_owned(), |it| it.to_string());
            found == port && other.when.contains(when)
        });
        want(holds, format!("no alternative: {wanted}"));
    }
    for words in &it.steps {
        let holds = advice.steps.iter().any(|step| {
            let link = step.link.as_deref().unwrap_or_default();
            step.action.contains(words.as_str()) || link.contains(words.as_str())
        });
        want(holds, format!("no step with: {words}"));
    }
    let suggested = advice.providers.iter().map(|one| one.id.as_str());
    for (wanted, found) in it
        .suggests
        .iter()
        .zip(suggested.chain(std::iter::repeat("nobody")))
    {
        want(
            wanted == found,
            format!("suggested: expected {wanted}, but found {found}"),
        );
    }
    let everything = format!("{advice:?}");
    for words in &it.unsaid {
        want(
            !everything.contains(words.as_str()),
            format!("said: {words}"),
        );
    }
    if let Some(placeholder) = it.placeholder {
        let found = advice
            .best
            .route
            .host
            .as_ref()
            .is_some_and(|host| host.placeholder.is_some());
        want(
            found == placeholder,
            format!("placeholder: expected {placeholder}"),
        );
    }
    if let Some(first) = it.first {
        want(
            advice.steps.iter().any(|step| step.first) == first,
            format!("a step before the route: expected {first}"),
        );
    }
    if let Some(warning) = &it.warning {
        want(
            advice
                .warnings
                .iter()
                .any(|note| note.text.contains(warning.as_str())),
            format!("no warning of {warning}"),
        );
    }
    if let Some(question) = &it.next {
        want(
            next == Some(question.as_str()),
            format!("next: expected {question}, but found {next:?}"),
        );
    }
    faults
}
