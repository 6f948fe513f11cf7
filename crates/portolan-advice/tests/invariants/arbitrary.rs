//! Answers drawn at random, every one of them optional: what holds of the catalogue holds of all of them.

use std::collections::BTreeMap;

use portolan_advice::{
    Answers, Constraint, OtherEnvironment, PastedEndpoint, PostureItem, ProviderAnswer, UseCase,
    advise,
};
use portolan_facts::{PortStatus, SmallMap};
use portolan_report::{Family, Observation, Reach, Security};
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};
use proptest::test_runner::RngSeed;

use crate::FACTS;
use crate::holds::{complaints, unexplained_drop};

/// A provider, an environment or a client that nobody knows.
const UNKNOWN: &str = "no-such-thing";

const PORTS: [u16; 7] = [25, 80, 465, 587, 1025, 2465, 2525];

const STATUSES: [PortStatus; 7] = [
    PortStatus::Blocked,
    PortStatus::BlockedUntilApproved,
    PortStatus::Conditional,
    PortStatus::Disputed,
    PortStatus::Open,
    PortStatus::Throttled,
    PortStatus::Unknown,
];

fn or_unknown(mut ids: Vec<String>) -> impl Strategy<Value = String> {
    ids.push(UNKNOWN.to_owned());
    select(ids)
}

fn providers() -> impl Strategy<Value = ProviderAnswer> {
    let ids = FACTS.providers().map(|it| it.id.clone());
    prop_oneof![
        8 => or_unknown(ids.collect()).prop_map(ProviderAnswer::Catalogue),
        1 => Just(ProviderAnswer::Direct),
        1 => Just(ProviderAnswer::Own),
    ]
}

/// Names by which the catalogue knows a provider, with its regions and tenants, and a text that names none.
fn names() -> impl Strategy<Value = String> {
    let of_provider = |it: &std::sync::Arc<portolan_facts::Provider>| {
        let hosts = it.endpoints.iter().map(|it| it.host.as_str());
        let hosts = hosts.chain(it.regions.iter().map(|it| it.host.as_str()));
        let hosts = hosts.map(|it| it.replace(['<', '>'], ""));
        let addresses = it.domains.iter().map(|it| format!("me@{it}"));
        hosts.chain(addresses).collect::<Vec<_>>()
    };
    let mut names: Vec<String> = FACTS.providers().flat_map(of_provider).collect();
    names.push(String::from("nothing that is known"));
    select(names)
}

fn observation() -> impl Strategy<Value = Observation> {
    // Every two of the hosts are unrelated.
    let host = select(vec!["mail.example.com", "mail.example.net", "192.0.2.1"]);
    (
        select(&PORTS[..]),
        select(&Reach::ALL[..]),
        prop::option::of(host),
        prop::option::of(select(vec![Family::V4, Family::V6])),
    )
        .prop_map(|(port, reach, host, family)| Observation {
            port,
            reach,
            host: host.map(str::to_owned),
            family,
            at: None,
        })
}

fn other_environment() -> impl Strategy<Value = OtherEnvironment> {
    let ports = prop::collection::btree_map(select(&PORTS[..]), select(&STATUSES[..]), 0..7);
    (ports, prop::option::of(any::<bool>())).prop_map(|(ports, sockets)| OtherEnvironment {
        ports: ports.into_iter().collect(),
        sockets,
    })
}

fn pasted() -> impl Strategy<Value = Vec<PastedEndpoint>> {
    let host = select(vec![
        "smtp.example.com",
        "smtp.<region>.example.net",
        "smtp.sendgrid.net",
    ]);
    let security = select(vec![
        Security::ImplicitTls,
        Security::StartTls,
        Security::Cleartext,
    ]);
    let endpoint = (
        prop::option::of(host),
        select(&PORTS[..]),
        prop::option::of(security),
        any::<bool>(),
    );
    let endpoint = endpoint.prop_map(|(host, port, security, recommended)| PastedEndpoint {
        host: host.map(str::to_owned),
        port,
        security,
        recommended,
    });
    prop_oneof![3 => Just(Vec::new()), 1 => prop::collection::vec(endpoint, 1..4)]
}

fn constraints() -> impl Strategy<Value = Vec<Constraint>> {
    let some = subsequence(Constraint::ALL, 0..=Constraint::ALL.len()).prop_shuffle();
    prop_oneof![2 => Just(Vec::new()), 1 => some]
}

fn posture() -> impl Strategy<Value = BTreeMap<PostureItem, bool>> {
    prop::collection::btree_map(select(PostureItem::ALL), any::<bool>(), 0..9)
}

/// Any answers. Each question is as likely open as answered.
pub(crate) fn answers() -> impl Strategy<Value = Answers> {
    let environments = or_unknown(FACTS.environments().map(|it| it.id.clone()).collect());
    let clients = or_unknown(FACTS.clients().map(|it| it.id.clone()).collect());
    let said = (
        prop::option::of(select(UseCase::ALL)),
        prop::option::of(providers()),
        prop::option::weighted(0.2, names()),
        prop_oneof![Just(Vec::new()), prop::collection::vec(environments, 1..3)],
        prop::option::weighted(0.3, other_environment()),
        prop::option::of(clients),
        pasted(),
    );
    let limits = (
        constraints(),
        constraints(),
        prop_oneof![Just(BTreeMap::new()), posture()],
    );
    let observed = prop_oneof![Just(Vec::new()), prop::collection::vec(observation(), 1..5)];
    (said, limits, observed).prop_map(|(said, limits, observed)| Answers {
        use_case: said.0,
        provider: said.1,
        recognize: said.2,
        environments: said.3,
        environment_other: said.4,
        client: said.5,
        pasted: said.6,
        observed,
        constraints: limits.0,
        preferences: limits.1,
        posture: limits.2.into_iter().collect(),
    })
}

/// The same with one question open again.
fn fewer(answers: &Answers) -> Vec<(&'static str, Answers)> {
    type Forget = fn(&mut Answers);
    let forget: [(&str, Forget); 9] = [
        ("use case", |it| it.use_case = None),
        ("provider", |it| it.provider = None),
        ("pasted", |it| it.pasted.clear()),
        ("environments", |it| it.environments.clear()),
        ("client", |it| it.client = None),
        ("observed", |it| it.observed.clear()),
        ("constraints", |it| it.constraints.clear()),
        ("preferences", |it| it.preferences.clear()),
        ("posture", |it| it.posture = SmallMap::default()),
    ];
    let without = |(question, forget): (&'static str, Forget)| {
        let mut fewer = answers.clone();
        forget(&mut fewer);
        (question, fewer)
    };
    forget.into_iter().map(without).collect()
}

fn shuffled<T: Clone>(all: &[T], by: &[Index]) -> Vec<T> {
    let mut rest = all.to_vec();
    let mut taken = Vec::new();
    for index in by.iter().cycle() {
        if rest.is_empty() {
            break;
        }
        taken.push(rest.remove(index.index(rest.len())));
    }
    taken
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() })]

    #[test]
    fn every_verdict_holds(answers in answers()) {
        let found = complaints(&FACTS, &answers, &advise(&FACTS, &answers));
        prop_assert!(found.is_empty(), "{found:#?}");
    }

    #[test]
    fn a_drop_in_confidence_names_its_cause(answers in answers()) {
        let after = advise(&FACTS, &answers);
        for (question, before) in fewer(&answers) {
            let drop = unexplained_drop(&advise(&FACTS, &before), &after);
            prop_assert!(drop.is_none(), "{question}: {}", drop.unwrap());
        }
    }

    #[test]
    fn answers_in_any_order_and_said_twice_give_the_same_advice(
        answers in answers(),
        by in prop::collection::vec(any::<Index>(), 1..5),
    ) {
        let mut other = answers.clone();
        other.observed = shuffled(&answers.observed, &by);
        other.constraints = shuffled(&answers.constraints, &by);
        other.preferences = shuffled(&answers.preferences, &by);
        prop_assert!(advise(&FACTS, &other) == advise(&FACTS, &answers));
        other.observed.extend_from_slice(&answers.observed);
        other.constraints.extend_from_slice(&answers.constraints);
        other.preferences.extend_from_slice(&answers.preferences);
        prop_assert!(advise(&FACTS, &other) == advise(&FACTS, &answers));
    }

    /// What was said without being asked for: ids that nobody knows, and the records of a sender that delivers nothing.
    #[test]
    fn an_answer_that_nobody_needs_changes_nothing(answers in answers()) {
        let mut plain = answers.clone();
        plain.environments.retain(|id| id != UNKNOWN);
        plain.client = plain.client.filter(|id| id != UNKNOWN);
        let is_unknown = |it: &ProviderAnswer| *it == ProviderAnswer::Catalogue(UNKNOWN.to_owned());
        if plain.recognize.is_none() {
            plain.provider = plain.provider.filter(|it| !is_unknown(it));
        }
        if !matches!(plain.use_case, Some(UseCase::MailServer | UseCase::Smarthost)) {
            plain.posture = SmallMap::default();
        }
        let (said, unsaid) = (advise(&FACTS, &answers), advise(&FACTS, &plain));
        prop_assert_eq!(said.best, unsaid.best);
        prop_assert_eq!(said.doubts, unsaid.doubts);
        prop_assert_eq!(said.alternatives, unsaid.alternatives);
    }
}
