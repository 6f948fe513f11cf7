//! Which question to ask next: the one whose answer could change the verdict most. None, when no answer could.
//!
//! Nothing is guessed. For each open question every kind of answer is tried, and the verdicts are compared.

use portolan_facts::{Ability, Client, Facts, PortStatus, SmallMap};
use portolan_report::{
    Advice, Confidence, Knowledge, Observation, Reach, Route, RouteKind, Security, Source,
};

use crate::answers::{
    Answers, Constraint, OtherEnvironment, PastedEndpoint, PostureItem, ProviderAnswer, UseCase,
};
use crate::candidate::candidates;
use crate::ranking::rank;
use crate::rules::RULES;
use crate::situation::Situation;
use crate::{advise, question};

/// The question whose answer could change the verdict most, by id. `None`: no answer could.
///
/// The posture comes last, as one group: it refines a verdict that stands. Between equals the order of the form decides. What was seen and what the route must keep to refine a verdict; they
/// are asked for only while it is not sure.
pub fn next_question(facts: &Facts, answers: &Answers) -> Option<&'static str> {
    let today = advise(facts, answers);
    let mut best: Option<(&'static str, usize)> = None;
    for (id, trials) in open_questions(facts, answers, &today) {
        if trials.is_empty() {
            continue;
        }
        let changed = trials
            .iter()
            .filter(|trial| {
                let facts = trial.facts.as_ref().unwrap_or(facts);
                best_route(facts, &trial.answers)
                    .is_none_or(|route| differs(&route, &today.best.route))
            })
            .count();
        // In thousandths, so that questions with many and with few answers compare.
        let share = changed * 1000 / trials.len();
        let is_better = |most| share > most && id != question::POSTURE;
        if share > 0 && best.is_none_or(|(_, most)| is_better(most)) {
            best = Some((id, share));
        }
    }
    best.map(|(id, _)| id)
}

/// The answers with one change.
type With<'a> = dyn Fn(&dyn Fn(&mut Answers)) -> Trial + 'a;

struct Trial {
    answers: Answers,
    /// Facts with a made-up client, where the question is about clients.
    facts: Option<Facts>,
}

impl From<Answers> for Trial {
    fn from(answers: Answers) -> Self {
        Self {
            answers,
            facts: None,
        }
    }
}

/// The verdict's route alone: dozens are tried, and nobody reads their words.
fn best_route(facts: &Facts, answers: &Answers) -> Option<Route> {
    let situation = Situation::new(facts, answers);
    let ranked = rank(RULES, candidates(&situation), &situation);
    Some(ranked.into_iter().next()?.candidate.route)
}

fn differs(one: &Route, other: &Route) -> bool {
    fn key(route: &Route) -> (RouteKind, Option<&str>, Option<u16>, Option<Security>) {
        let host = route.host.as_ref().map(|host| host.name.as_str());
        (route.kind, host, route.port, route.security)
    }
    key(one) != key(other)
}

fn open_questions(
    facts: &Facts,
    answers: &Answers,
    today: &Advice,
) -> Vec<(&'static str, Vec<Trial>)> {
    let mut open: Vec<(&'static str, Vec<Trial>)> = Vec::new();
    let with = |change: &dyn Fn(&mut Answers)| {
        let mut changed = answers.clone();
        change(&mut changed);
        Trial::from(changed)
    };
    if answers.use_case.is_none() {
        let trials = UseCase::ALL
            .iter()
            .map(|case| with(&|it| it.use_case = Some(*case)))
            .collect();
        open.push((question::USE_CASE, trials));
    }
    if answers.provider.is_none() && answers.recognize.is_none() && answers.pasted.is_empty() {
        open.push((question::PROVIDER, provider_trials(facts, &with)));
    }
    if answers.environments.is_empty() && answers.environment_other.is_none() {
        let trials = environment_trials(facts, &with);
        open.push((question::ENVIRONMENT, trials));
    }
    let is_encrypted = matches!(
        today.best.route.security,
        Some(Security::ImplicitTls | Security::StartTls)
    );
    if answers.client.is_none() && is_encrypted {
        open.push((question::CLIENT, client_trials(facts, answers)));
    }
    if today.confidence < Confidence::High && answers.observed.is_empty() {
        open.push((question::OBSERVED, observation_trials(facts, today, &with)));
    }
    if today.confidence < Confidence::High && answers.constraints.is_empty() {
        let trials = Constraint::ALL
            .iter()
            .filter(|constraint| !answers.preferences.contains(constraint))
            .map(|constraint| with(&|it| it.constraints = vec![*constraint]))
            .collect();
        open.push((question::CONSTRAINTS, trials));
    }
    if today.best.route.kind == RouteKind::Mx && answers.posture.is_empty() {
        let all_missing = with(&|it| {
            it.posture = PostureItem::ALL.iter().map(|item| (*item, false)).collect();
        });
        open.push((question::POSTURE, vec![all_missing]));
    }
    open
}

/// Every provider that is loaded, and delivery without one. While most are not loaded, two made-up ones stand for them:
/// one on the standard ports, one with an alternate port besides.
fn provider_trials(facts: &Facts, with: &With<'_>) -> Vec<Trial> {
    let mut trials: Vec<Trial> = facts
        .providers()
        .map(|provider| {
            let answer = ProviderAnswer::Catalogue(provider.id.clone());
            with(&|it| it.provider = Some(answer.clone()))
        })
        .collect();
    if trials.is_empty() {
        for ports in [&[587, 465][..], &[587, 465, 2525]] {
            let endpoint = |port: &u16| PastedEndpoint {
                host: Some("smtp.example.com".to_owned()),
                port: *port,
                security: None,
                recommended: false,
            };
            trials.push(with(&|it| it.pasted = ports.iter().map(endpoint).collect()));
        }
    }
    trials.push(with(&|it| it.provider = Some(ProviderAnswer::Direct)));
    trials
}

/// Every environment, where the whole catalogue is loaded; else every policy that one of them has.
///
/// A policy alone shows neither the host's own relay nor what the place makes of ports that it does not name.
fn environment_trials(facts: &Facts, with: &With<'_>) -> Vec<Trial> {
    let known = facts.index().environments.len();
    if known > 0 && facts.environments().count() >= known {
        return facts
            .environments()
            .map(|environment| with(&|it| it.environments = vec![environment.id.clone()]))
            .collect();
    }
    facts
        .core()
        .policies
        .iter()
        .map(|policy| {
            let ports: SmallMap<u16, PortStatus> = policy.iter().copied().collect();
            let other = OtherEnvironment {
                ports,
                sockets: None,
            };
            with(&|it| it.environment_other = Some(other.clone()))
        })
        .collect()
}

/// Three made-up clients stand for all: one that cannot require STARTTLS, one without TLS from the first byte, and one
/// that can do everything.
fn client_trials(facts: &Facts, answers: &Answers) -> Vec<Trial> {
    [(true, false), (false, true), (true, true)]
        .into_iter()
        .map(|(implicit, required)| {
            let ability = |can| Ability {
                can,
                setting: None,
                sources: Vec::new(),
            };
            let id = "a client of this kind".to_owned();
            let mut facts = facts.clone();
            facts.add_client(Client {
                id: id.clone(),
                name: id.clone(),
                version: None,
                aliases: Vec::new(),
                implicit_tls: ability(implicit),
                starttls: ability(true),
                require_starttls: ability(required),
                mechanisms: Vec::new(),
                settings: Vec::new(),
                hides: None,
                examples: Vec::new(),
                sources: Vec::<std::sync::Arc<Source>>::new(),
            });
            let mut answers = answers.clone();
            answers.client = Some(id);
            Trial {
                answers,
                facts: Some(facts),
            }
        })
        .collect()
}

/// Asking what was seen is worth it only where the chosen port itself is in doubt.
fn observation_trials(facts: &Facts, today: &Advice, with: &With<'_>) -> Vec<Trial> {
    let in_doubt = |knowledge| knowledge > Knowledge::LikelyOpen;
    let Some(chosen) = today.chart.lines.iter().find(|line| line.chosen) else {
        return Vec::new();
    };
    if today.chart.edges.is_empty() || !in_doubt(chosen.knowledge) {
        return Vec::new();
    }
    let port = chosen.port;
    // Only what the form can take as an answer.
    let prefix = format!("{port}.");
    let can_be_told = facts.question(question::OBSERVED).is_some_and(|it| {
        it.choices
            .iter()
            .any(|choice| choice.id.starts_with(&prefix))
    });
    if !can_be_told {
        return Vec::new();
    }
    [Reach::Open, Reach::TimedOut]
        .into_iter()
        .map(|reach| {
            with(&|it| {
                it.observed = vec![Observation {
                    port,
                    reach,
                    host: None,
                    family: None,
                    at: None,
                }];
            })
        })
        .collect()
}
