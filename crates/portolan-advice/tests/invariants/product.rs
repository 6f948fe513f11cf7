//! The whole product of use cases, providers, environments and observations.

use std::collections::BTreeMap;

use portolan_advice::{Answers, ProviderAnswer, UseCase, advise};
use portolan_facts::{Environment, Provider, Sourced};
use portolan_report::{Advice, Observation, Reach};

use crate::FACTS;
use crate::holds::{complaints, unexplained_drop};

const PORTS: [u16; 4] = [25, 465, 587, 2525];
const REACHES: [Reach; 5] = [
    Reach::Open,
    Reach::TimedOut,
    Reach::Refused,
    Reach::Reset,
    Reach::Intercepted,
];

pub(crate) fn seen(port: u16, reach: Reach) -> Observation {
    Observation {
        port,
        reach,
        host: None,
        family: None,
        at: None,
    }
}

/// Not said, every choice of the catalogue, and those beside it.
pub(crate) fn providers() -> Vec<Option<ProviderAnswer>> {
    let named = |it: &str| Some(ProviderAnswer::Catalogue(it.to_owned()));
    let others = [
        None,
        Some(ProviderAnswer::Direct),
        Some(ProviderAnswer::Own),
    ];
    others
        .into_iter()
        .chain(FACTS.providers().map(|it| named(&it.id)))
        .collect()
}

/// Not said, and every environment of the catalogue.
pub(crate) fn environments() -> Vec<Vec<String>> {
    let named = FACTS.environments().map(|it| vec![it.id.clone()]);
    std::iter::once(Vec::new()).chain(named).collect()
}

/// Not said, and every use case.
pub(crate) fn use_cases() -> Vec<Option<UseCase>> {
    std::iter::once(None)
        .chain(UseCase::ALL.iter().copied().map(Some))
        .collect()
}

/// Not said, and every port in every state.
fn observations() -> Vec<Vec<Observation>> {
    let every = |port| REACHES.map(|reach| vec![seen(port, reach)]);
    std::iter::once(Vec::new())
        .chain(PORTS.into_iter().flat_map(every))
        .collect()
}

/// One of each kind, as far as an engine can tell them apart that knows none by name. The product grows with the
/// catalogue squared; the kinds do not.
fn of_each_kind<T>(all: Vec<T>, kind: impl Fn(&T) -> String) -> Vec<T> {
    let mut kinds = BTreeMap::new();
    for one in all {
        kinds.entry(kind(&one)).or_insert(one);
    }
    kinds.into_values().collect()
}

fn kind_of_provider(it: &Provider) -> String {
    let endpoint = |it: &portolan_facts::Endpoint| {
        let host = (it.host.contains('<'), it.host == "localhost");
        (
            host,
            it.port,
            it.tls,
            it.role,
            it.preferred,
            it.needs_no_sign_in(),
        )
    };
    let endpoints: Vec<_> = it.endpoints.iter().map(endpoint).collect();
    let entry = (it.kind, it.confidence, it.is_confirmed());
    format!(
        "{entry:?} {} {} {endpoints:?}",
        it.http_api.is_some(),
        it.regions.len() > 1
    )
}

fn kind_of_environment(it: &Environment) -> String {
    let ports: Vec<_> = it
        .ports
        .iter()
        .map(|it| (it.number, it.status, it.basis))
        .collect();
    let entry = (it.confidence, it.is_confirmed(), it.sockets);
    format!("{entry:?} {} {ports:?}", it.relay.is_some())
}

#[derive(Clone, Default)]
struct Tally {
    verdicts: usize,
    faults: Vec<String>,
}

/// All verdicts for one provider: `faults` of each by itself, and of the drops from one answer less.
///
/// `unnamed` holds the verdicts in the same order where no provider is named.
fn walk(
    provider: Option<&ProviderAnswer>,
    (environments, observations): (&[Vec<String>], &[Vec<Observation>]),
    unnamed: &[Advice],
) -> (Vec<Advice>, Tally) {
    let cases = use_cases();
    let mut advices: Vec<Advice> = Vec::new();
    let mut faults = Vec::new();
    let (wide, deep) = (cases.len(), observations.len());
    for environments in environments {
        for (seen_at, observed) in observations.iter().enumerate() {
            for (case_at, use_case) in cases.iter().enumerate() {
                let answers = Answers {
                    use_case: *use_case,
                    provider: provider.cloned(),
                    environments: environments.clone(),
                    observed: observed.clone(),
                    ..Answers::default()
                };
                let advice = advise(&FACTS, &answers);
                let at = advices.len();
                let mut found = complaints(&FACTS, &answers, &advice);
                // The same with one answer less: the first of its row, column, layer or provider says nothing.
                let fewer = [
                    (case_at > 0).then(|| at - case_at),
                    (seen_at > 0).then(|| at - seen_at * wide),
                    (!environments.is_empty()).then(|| at % (wide * deep)),
                ];
                let fewer = fewer.into_iter().flatten().filter_map(|at| advices.get(at));
                let fewer = fewer.chain(unnamed.get(at));
                found.extend(fewer.filter_map(|before| unexplained_drop(before, &advice)));
                faults.extend(found.into_iter().map(|fault| {
                    format!("{use_case:?} {provider:?} {environments:?} {observed:?}\n    {fault}")
                }));
                advices.push(advice);
            }
        }
    }
    let verdicts = advices.len();
    (advices, Tally { verdicts, faults })
}

/// The product, a provider at a time, on two threads.
fn walk_all(
    providers: &[Option<ProviderAnswer>],
    rest: (&[Vec<String>], &[Vec<Observation>]),
) -> Tally {
    let (unnamed, first) = walk(None, rest, &[]);
    let named: Vec<&ProviderAnswer> = providers.iter().flatten().collect();
    let half = named.len().div_ceil(2);
    let tallies: Vec<Tally> = std::thread::scope(|scope| {
        let workers: Vec<_> = named
            .chunks(half)
            .map(|part| {
                let unnamed = &unnamed;
                scope.spawn(move || {
                    let tally = |provider| walk(Some(provider), rest, unnamed).1;
                    part.iter().copied().map(tally).collect::<Vec<_>>()
                })
            })
            .collect();
        workers
            .into_iter()
            .flat_map(|worker| worker.join().unwrap())
            .collect()
    });
    tallies.into_iter().fold(first, |mut sum, one| {
        sum.verdicts += one.verdicts;
        sum.faults.extend(one.faults);
        sum
    })
}

fn report(tally: &Tally, least: usize) {
    assert!(tally.verdicts >= least, "only {} verdicts", tally.verdicts);
    let some: Vec<&str> = tally.faults.iter().take(20).map(String::as_str).collect();
    assert!(
        some.is_empty(),
        "{} faults in {} verdicts, such as:\n{}",
        tally.faults.len(),
        tally.verdicts,
        some.join("\n")
    );
}

#[test]
fn every_verdict_of_the_catalogue_holds() {
    let (providers, environments) = (providers(), environments());
    let tally = walk_all(&providers, (&environments, &[Vec::new()]));
    report(
        &tally,
        providers.len() * environments.len() * (UseCase::ALL.len() + 1),
    );
}

/// The seed of the samples, and how many environments each provider meets with every observation.
const SEED: u64 = 25;
const SAMPLED: usize = 8;
/// How many providers meet the same ones.
const GROUP: usize = 10;

/// A few of the environments: what nobody said first, the rest drawn without looking.
fn sample(environments: &[Vec<String>], draw: &mut impl FnMut() -> usize) -> Vec<Vec<String>> {
    let (first, rest) = environments.split_first().unwrap();
    let drawn = (0..SAMPLED).map(|_| rest.get(draw() % rest.len()).unwrap().clone());
    std::iter::once(first.clone()).chain(drawn).collect()
}

/// A linear congruential generator (Knuth's MMIX): the same draws everywhere.
fn draws(seed: u64) -> impl FnMut() -> usize {
    let mut state = seed;
    move || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap()
    }
}

#[test]
fn every_verdict_holds_whatever_was_seen() {
    let entry_of_provider = |it: &Option<ProviderAnswer>| match it {
        Some(ProviderAnswer::Catalogue(id)) => kind_of_provider(FACTS.provider(id).unwrap()),
        other => format!("{other:?}"),
    };
    let entry_of_environment = |ids: &Vec<String>| {
        let known = ids.iter().filter_map(|id| FACTS.environment(id));
        known.map(|it| kind_of_environment(it)).collect()
    };
    let providers = of_each_kind(providers(), entry_of_provider);
    let mut environments = of_each_kind(environments(), entry_of_environment);
    // What nobody said comes first: the walk compares with it.
    environments.sort_by_key(|ids| !ids.is_empty());
    let mut draw = draws(SEED);
    let observations = observations();
    let mut tally = Tally::default();
    for group in providers.chunks(GROUP) {
        let some = sample(&environments, &mut draw);
        let one = walk_all(group, (&some, &observations));
        tally.verdicts += one.verdicts;
        tally.faults.extend(one.faults);
    }
    report(&tally, 100_000);
}
