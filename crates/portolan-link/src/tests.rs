//! What is printed is read back, and what is broken breaks nothing.

use proptest::prelude::*;

use super::*;

fn any_answers() -> impl Strategy<Value = Answers> {
    let id = "[a-z][a-z0-9-]{0,20}";
    let provider = prop_oneof![
        Just(ProviderAnswer::Direct),
        Just(ProviderAnswer::Own),
        id.prop_filter("reserved", |id| id != "direct" && id != "own")
            .prop_map(ProviderAnswer::Catalogue),
    ];
    let observation = (
        1..=u16::MAX,
        0..Reach::ALL.len(),
        proptest::option::of("[a-zA-Z0-9.:-]{1,20}"),
    )
        .prop_map(|(port, reach, host)| Observation {
            port,
            reach: Reach::ALL[reach],
            host,
            family: None,
            at: None,
        });
    let constraints =
        || proptest::sample::subsequence(Constraint::ALL.to_vec(), 0..=Constraint::ALL.len());
    (
        proptest::option::of(proptest::sample::select(UseCase::ALL.to_vec())),
        proptest::option::of(provider),
        proptest::option::of("[^\\p{C}]{1,20}"),
        proptest::collection::btree_set(id, 0..3),
        proptest::option::of(id),
        proptest::collection::btree_set(observation, 0..4),
        constraints(),
        constraints(),
        proptest::collection::btree_map(
            proptest::sample::select(PostureItem::ALL.to_vec()),
            any::<bool>(),
            0..9,
        ),
    )
        .prop_map(
            |(
                use_case,
                provider,
                recognize,
                environments,
                client,
                observed,
                constraints,
                preferences,
                posture,
            )| Answers {
                use_case,
                provider,
                recognize,
                // What is pasted never enters a link.
                pasted: Vec::new(),
                environments: environments.into_iter().collect(),
                environment_other: None,
                client,
                observed: observed.into_iter().collect(),
                constraints,
                preferences,
                posture: posture.into_iter().collect(),
            },
        )
}

proptest! {
    #[test]
    fn what_was_printed_is_read_back(answers in any_answers()) {
        let fragment = print(&answers, "2026-11-24", "587.starttls");
        prop_assert!(fragment.is_ascii());
        let read = parse(&fragment);
        prop_assert_eq!(&read.ignored, &Vec::<String>::new());
        prop_assert_eq!(read.answers, answers);
    }

    #[test]
    fn no_fragment_panics(fragment in "\\PC{0,200}") {
        let _ = parse(&fragment);
        let _ = parse(&format!("#/advise?{fragment}"));
    }
}

#[test]
fn a_site_presets_answers_in_the_query_of_its_own() {
    let read = preset("?provider=sendgrid&utm_source=docs&use=application&environment=x/y");
    assert_eq!(read.answers.use_case, Some(UseCase::Application));
    assert_eq!(
        read.answers.provider,
        Some(ProviderAnswer::Catalogue("sendgrid".to_owned()))
    );
    assert!(read.answers.environments.is_empty());
    assert_eq!(read.ignored, ["environment=x/y"]);
    assert_eq!(preset(""), Read::default());
}

#[test]
fn what_is_broken_is_named_and_the_rest_counts() {
    let read = parse(
        "#/advise?use=application&provider=%ZZ&seen=587.timeout,0.open,99999.open&x=1&need=nothing&posture=spf.maybe",
    );
    assert_eq!(read.answers.use_case, Some(UseCase::Application));
    assert_eq!(read.answers.observed.len(), 1);
    assert_eq!(read.answers.provider, None);
    assert_eq!(read.ignored.len(), 5, "{:?}", read.ignored);
}

#[test]
fn an_id_cannot_lead_out_of_the_facts() {
    for id in ["../../etc/passwd", "a/b", "A", "a%2fb", "https:", ""] {
        let read = parse(&format!("#/advise?provider={id}"));
        assert_eq!(read.answers.provider, None, "{id}");
        assert_eq!(read.ignored.len(), 1, "{id}");
    }
}

#[test]
fn a_place_on_the_page_is_no_fault() {
    assert_eq!(parse("#main"), Read::default());
    assert_eq!(parse(""), Read::default());
    assert_eq!(parse("#/reference/535").ignored, ["/reference/535"]);
    // Another door has the same answers, and a report is for whoever reads reports.
    let read = parse("#/check?provider=gmail&report=AAAA");
    assert!(read.answers.provider.is_some() && read.ignored.is_empty());
    assert!(brings("#/check?report=AAAA") && !brings("#/check") && !brings("#/advise?report=A"));
}

#[test]
fn a_megabyte_is_told_in_a_few_words() {
    let read = parse(&format!("#/advise?use={}", "x".repeat(1_000_000)));
    assert_eq!(read.ignored.len(), 1);
    assert!(read.ignored[0].len() < 100);
}
