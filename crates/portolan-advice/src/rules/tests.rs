//! Runs the cases beside the rules: each rule alone, on one candidate of a case. And the goldens without each rule.

use std::path::Path;

use serde::Deserialize;

use super::{RULES, Rule, Weight};
use crate::answers::{Answers, Constraint, PostureItem, ProviderAnswer, UseCase};
use crate::candidate::candidates;
use crate::situation::Situation;
use crate::{advise_by, next_question};

#[path = "../../tests/situations/case.rs"]
mod golden;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_field_names, reason = "the names of the answers")]
struct Case {
    name: String,
    use_case: Option<String>,
    provider: Option<String>,
    recognize: Option<String>,
    #[serde(default)]
    pasted: Vec<String>,
    #[serde(default)]
    environment: Vec<String>,
    client: Option<String>,
    #[serde(default)]
    seen: Vec<String>,
    #[serde(default)]
    need: Vec<String>,
    #[serde(default)]
    wish: Vec<String>,
    #[serde(default)]
    posture: Vec<String>,
    /// Kind and port of the candidate; `-` where it has no port.
    candidate: String,
    /// The candidate's host, where kind and port leave it open.
    host: Option<String>,
    /// The stance, or `nothing`.
    says: String,
    /// How much it moves, where a case hangs on that.
    weight: Option<String>,
}

fn weight_word(weight: Weight) -> &'static str {
    match weight {
        Weight::Remark => "remark",
        Weight::Slight => "slight",
        Weight::Strong => "strong",
        Weight::LastResort => "last-resort",
        Weight::WayRound => "way-round",
    }
}

fn answers(case: &Case) -> Answers {
    let constraints = |ids: &[String]| {
        ids.iter()
            .map(|id| Constraint::parse(id).unwrap())
            .collect()
    };
    Answers {
        use_case: case
            .use_case
            .as_deref()
            .map(|id| UseCase::parse(id).unwrap()),
        provider: case.provider.as_deref().map(|id| match id {
            "direct" => ProviderAnswer::Direct,
            id => ProviderAnswer::Catalogue(id.to_owned()),
        }),
        recognize: case.recognize.clone(),
        pasted: case
            .pasted
            .iter()
            .map(|text| golden::pasted(text))
            .collect(),
        environments: case.environment.clone(),
        client: case.client.clone(),
        observed: case
            .seen
            .iter()
            .map(|text| golden::observation(text))
            .collect(),
        constraints: constraints(&case.need),
        preferences: constraints(&case.wish),
        posture: case
            .posture
            .iter()
            .map(|text| text.split_once('.').unwrap())
            .map(|(item, said)| (PostureItem::parse(item).unwrap(), said == "yes"))
            .collect(),
        ..Answers::default()
    }
}

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "the cases are files beside the rules"
)]
fn every_rule_says_what_its_cases_expect() {
    let facts = portolan_builtin::facts();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rules");
    let mut report = Vec::new();
    for (id, judge) in RULES {
        let path = folder.join(format!("{}.toml", id.replace('-', "_")));
        let cases: Cases = toml::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        for case in &cases.case {
            let answers = answers(case);
            let situation = Situation::new(&facts, &answers);
            assert_eq!(situation.unknown, [], "{id}: {}", case.name);
            let meant = candidates(&situation).into_iter().find(|candidate| {
                let port = candidate
                    .route
                    .port
                    .map_or("-".to_owned(), |port| port.to_string());
                let host = candidate.route.host.as_ref().map(|host| host.name.as_str());
                case.candidate == format!("{} {port}", candidate.route.kind.id())
                    && (case.host.is_none() || case.host.as_deref() == host)
            });
            let meant = meant.unwrap_or_else(|| panic!("{id}: {}: no such candidate", case.name));
            let opinion = judge(&meant, &situation);
            let mut check = |expected: &str, found: &str| {
                if found != expected {
                    let name = &case.name;
                    report.push(format!(
                        "{id}: {name}: expected {expected}, but found {found}"
                    ));
                }
            };
            let stance = opinion.as_ref().map_or("nothing", |it| it.stance.id());
            check(&case.says, stance);
            if let Some(expected) = &case.weight {
                let weight = opinion
                    .as_ref()
                    .map_or("nothing", |it| weight_word(it.weight));
                check(expected, weight);
            }
        }
        let says = |wanted: bool| {
            cases
                .case
                .iter()
                .any(|case| (case.says == "nothing") == wanted)
        };
        assert!(says(true), "{id} has no near miss");
        assert!(says(false), "{id} has no case that fires");
    }
    assert!(report.is_empty(), "{}", report.join("\n"));
}

/// A rule that no situation misses could go, or break, and nobody would notice; a situation that misses no rule proves
/// nothing; and two that miss the same rules on the same course, after the same answers, prove only the same.
#[test]
fn without_any_rule_some_situation_comes_out_wrong() {
    let facts = portolan_builtin::facts();
    let mut guarded: Vec<&str> = Vec::new();
    let mut proofs: Vec<(String, String)> = Vec::new();
    let mut idle: Vec<String> = Vec::new();
    for it in golden::situations() {
        let answers = golden::answers(&it);
        let next = next_question(&facts, &answers);
        let faults = |rules: &[(&'static str, Rule)]| {
            golden::faults(&it, &advise_by(rules, &facts, &answers), next)
        };
        assert_eq!(
            faults(RULES),
            Vec::<String>::new(),
            "{}: with every rule in place",
            it.name
        );
        let missed: Vec<&str> = RULES
            .iter()
            .map(|(id, _)| *id)
            .filter(|id| {
                let others = RULES.iter().copied().filter(|(other, _)| other != id);
                !faults(&others.collect::<Vec<_>>()).is_empty()
            })
            .collect();
        if missed.is_empty() {
            idle.push(it.name.clone());
        }
        proofs.push((golden::proof(&it, &missed), it.name.clone()));
        guarded.extend(missed);
    }
    assert!(idle.is_empty(), "these situations miss no rule: {idle:#?}");
    let unguarded: Vec<&str> = RULES
        .iter()
        .map(|(id, _)| *id)
        .filter(|id| !guarded.contains(id))
        .collect();
    assert!(
        unguarded.is_empty(),
        "no situation of tests/situations.toml misses these rules: {unguarded:?}"
    );
    proofs.sort();
    let twice: Vec<_> = proofs
        .windows(2)
        .filter(|pair| pair.first().map(|it| &it.0) == pair.last().map(|it| &it.0))
        .collect();
    assert!(twice.is_empty(), "these prove only the same: {twice:#?}");
    assert!(proofs.len() >= 120, "only {} situations", proofs.len());
}
