//! The next question: asking ends, nothing is asked in vain, and nothing that matters is left unasked.

use std::collections::BTreeSet;

use portolan_advice::{
    Answers, Constraint, PostureItem, ProviderAnswer, UseCase, advise, next_question, question,
};
use portolan_report::{Observation, Reach};
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::RngSeed;

use crate::FACTS;
use crate::arbitrary::answers;
use crate::holds::key;
use crate::product::{environments, providers, seen, use_cases};

/// Every answer to a question that the catalogue and the form offer, added to what was said.
fn answered(said: &Answers, question: &str) -> Vec<Answers> {
    let with = |change: &dyn Fn(&mut Answers)| {
        let mut answers = said.clone();
        change(&mut answers);
        answers
    };
    match question {
        question::USE_CASE => {
            let choices = use_cases().into_iter().flatten();
            choices
                .map(|it| with(&|to| to.use_case = Some(it)))
                .collect()
        }
        question::PROVIDER => {
            let choices = providers().into_iter().flatten();
            choices
                .map(|it| with(&|to| to.provider = Some(it.clone())))
                .collect()
        }
        question::ENVIRONMENT => {
            let choices = environments().into_iter().filter(|ids| !ids.is_empty());
            choices
                .map(|it| with(&|to| to.environments.clone_from(&it)))
                .collect()
        }
        question::CLIENT => {
            let choices = FACTS.clients().map(|it| it.id.clone());
            choices
                .map(|it| with(&|to| to.client = Some(it.clone())))
                .collect()
        }
        question::CONSTRAINTS => {
            let choices = Constraint::ALL.iter();
            choices
                .map(|it| with(&|to| to.constraints = vec![*it]))
                .collect()
        }
        question::POSTURE => {
            let all = |said| PostureItem::ALL.iter().map(move |it| (*it, said)).collect();
            let every = [true, false].map(|it| with(&|to| to.posture = all(it)));
            every.into_iter().collect()
        }
        _ => {
            let choices = observed_choices();
            choices
                .into_iter()
                .map(|it| with(&|to| to.observed = vec![it.clone()]))
                .collect()
        }
    }
}

fn observed_choices() -> Vec<Observation> {
    let question = FACTS.question(question::OBSERVED).unwrap();
    let choices = question.choices.iter().map(|choice| {
        let (port, reach) = choice.id.split_once('.').unwrap();
        seen(port.parse().unwrap(), Reach::parse(reach).unwrap())
    });
    choices.collect()
}

/// Whether the verdict is another one after some answer.
fn can_change(said: &Answers, question: &str) -> bool {
    let today = advise(&FACTS, said);
    answered(said, question)
        .iter()
        .any(|answers| key(&advise(&FACTS, answers).best.route) != key(&today.best.route))
}

/// Questions that were not answered. What was seen and what is fixed refine a verdict and are not always asked for.
fn open_that_must_be_asked(said: &Answers) -> Vec<&'static str> {
    let is_open = [
        (question::USE_CASE, said.use_case.is_none()),
        (
            question::PROVIDER,
            said.provider.is_none() && said.recognize.is_none() && said.pasted.is_empty(),
        ),
        (
            question::ENVIRONMENT,
            said.environments.is_empty() && said.environment_other.is_none(),
        ),
        (question::CLIENT, said.client.is_none()),
        (question::POSTURE, said.posture.is_empty()),
    ];
    is_open
        .into_iter()
        .filter(|(_, is_open)| *is_open)
        .map(|(id, _)| id)
        .collect()
}

/// Asks until nothing is left to ask, each time with a drawn answer.
fn ask_until_silence(mut said: Answers, drawn: &[Index]) -> Result<(), TestCaseError> {
    let mut asked = BTreeSet::new();
    for index in drawn {
        let Some(question) = next_question(&FACTS, &said) else {
            let missed = open_that_must_be_asked(&said);
            let missed = missed
                .into_iter()
                .find(|question| can_change(&said, question));
            prop_assert_eq!(
                missed,
                None,
                "was never asked after {:?}: {:?}",
                asked,
                said
            );
            return Ok(());
        };
        prop_assert!(
            asked.insert(question),
            "{question} was asked twice: {said:?}"
        );
        prop_assert!(
            question == question::POSTURE || !asked.contains(question::POSTURE),
            "{question} was asked after the posture, which refines: {said:?}"
        );
        prop_assert!(
            asked.len() <= MOST || question == question::POSTURE,
            "{question} is one too many: {asked:?}"
        );
        prop_assert!(
            can_change(&said, question),
            "{question} was asked in vain: {said:?}"
        );
        let mut answers = answered(&said, question);
        said = answers.swap_remove(index.index(answers.len()));
    }
    prop_assert!(false, "asking does not end: {asked:?}");
    Ok(())
}

/// The most questions before the verdict stands; the posture, as one group, may follow and refines it.
const MOST: usize = 6;

/// One more than there are questions.
fn draws() -> impl Strategy<Value = Vec<Index>> {
    prop::collection::vec(any::<Index>(), question::ALL.len() + 1)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() })]

    #[test]
    fn asking_from_the_beginning_ends(drawn in draws()) {
        ask_until_silence(Answers::default(), &drawn)?;
    }

    #[test]
    fn asking_from_anywhere_ends(said in answers(), drawn in draws()) {
        ask_until_silence(said, &drawn)?;
    }
}

/// Ids that a question may offer, from what the engine reads.
fn understood(question: &str) -> Option<Vec<&'static str>> {
    match question {
        question::USE_CASE => Some(UseCase::ALL.iter().map(|it| it.id()).collect()),
        question::CONSTRAINTS => Some(Constraint::ALL.iter().map(|it| it.id()).collect()),
        question::POSTURE => Some(PostureItem::ALL.iter().map(|it| it.id()).collect()),
        // Beside the catalogue: what every shell reads as an answer without a file.
        question::PROVIDER => Some(vec!["direct", "own"]),
        question::CLIENT | question::ENVIRONMENT => Some(Vec::new()),
        // Any port in any state.
        _ => None,
    }
}

#[test]
fn the_form_asks_what_the_engine_asks() {
    let mut report = Vec::new();
    let mut compare = |what: &str, form: Vec<&str>, engine: &[&str]| {
        let missing = engine.iter().filter(|id| !form.contains(id));
        report.extend(missing.map(|id| format!("data/questions/ lacks the {what} {id}")));
        let extra = form.iter().filter(|id| !engine.contains(id));
        report.extend(extra.map(|id| format!("the engine knows no {what} {id}")));
    };
    let questions = &FACTS.core().questions;
    let ids = questions.iter().map(|it| it.id.as_str()).collect();
    compare("question", ids, &question::ALL);
    for asked in questions {
        let choices: Vec<&str> = asked.choices.iter().map(|it| it.id.as_str()).collect();
        if let Some(engine) = understood(&asked.id) {
            compare(&format!("choice of {}:", asked.id), choices, &engine);
        }
    }
    let observed = FACTS.question(question::OBSERVED).unwrap();
    report.extend(observed.choices.iter().filter_map(|choice| {
        let read = choice
            .id
            .split_once('.')
            .and_then(|(port, reach)| Some((port.parse::<u16>().ok()?, Reach::parse(reach)?)));
        read.is_none()
            .then(|| format!("the engine knows no choice of observed: {}", choice.id))
    }));
    assert!(report.is_empty(), "{}", report.join("\n"));
}

/// Answers that differ in what matters to some choice: who sends, to whom and from where.
fn situations() -> Vec<Answers> {
    let mut all = Vec::new();
    for use_case in use_cases() {
        for provider in providers() {
            for environments in environments() {
                all.push(Answers {
                    use_case,
                    provider: provider.clone(),
                    environments,
                    ..Answers::default()
                });
            }
        }
    }
    all
}

#[test]
fn every_question_is_asked_by_somebody() {
    let mut silent = BTreeSet::from(question::ALL);
    for mut said in situations() {
        // Each question is answered in turn, since some come last.
        while let Some(asked) = next_question(&FACTS, &said) {
            silent.remove(asked);
            said = answered(&said, asked).pop().unwrap();
        }
        if silent.is_empty() {
            break;
        }
    }
    assert!(silent.is_empty(), "never asked: {silent:?}");
}

#[test]
fn every_choice_changes_some_advice() {
    let mut idle: BTreeSet<String> = BTreeSet::new();
    for question in &FACTS.core().questions {
        idle.extend(
            question
                .choices
                .iter()
                .map(|it| format!("{} {}", question.id, it.id)),
        );
    }
    for said in situations() {
        if idle.is_empty() {
            break;
        }
        let today = advise(&FACTS, &said);
        idle.retain(|choice| {
            let (question, choice) = choice.split_once(' ').unwrap();
            let then = advise(&FACTS, &chosen(&said, question, choice));
            then.best == today.best && then.confidence == today.confidence
        });
    }
    assert!(idle.is_empty(), "changes nothing: {idle:?}");
}

fn chosen(said: &Answers, question: &str, choice: &str) -> Answers {
    let mut answers = said.clone();
    match question {
        question::USE_CASE => answers.use_case = UseCase::parse(choice),
        question::PROVIDER if choice == "own" => answers.provider = Some(ProviderAnswer::Own),
        question::PROVIDER => answers.provider = Some(ProviderAnswer::Direct),
        question::CONSTRAINTS => answers.constraints.extend(Constraint::parse(choice)),
        question::POSTURE => {
            answers
                .posture
                .insert(PostureItem::parse(choice).unwrap(), false);
        }
        _ => {
            let observed = observed_choices();
            let named = |it: &&Observation| format!("{}.{}", it.port, it.reach.id()) == choice;
            answers
                .observed
                .extend(observed.iter().find(named).cloned());
        }
    }
    answers
}
