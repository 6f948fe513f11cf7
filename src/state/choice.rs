//! What a choice of a question says of the case. Questions and choices are known by the ids of `data/questions/`.

use portolan_advice::{Answers, Constraint, PostureItem, ProviderAnswer, UseCase, question};
use portolan_facts::Facts;

use crate::state::action::Action;
use crate::state::link;

/// What a choice says when it is taken, or taken away. `None`: there is no such choice.
pub fn action(asked: &str, choice: &str, is_on: bool) -> Option<Action> {
    Some(match asked {
        question::USE_CASE => Action::UseCase(Some(UseCase::parse(choice)?)),
        question::PROVIDER => {
            let provider = match choice {
                "direct" => ProviderAnswer::Direct,
                "own" => ProviderAnswer::Own,
                _ => return None,
            };
            Action::Provider(Some(provider), None)
        }
        question::OBSERVED => Action::Observed(link::observation(choice)?, is_on),
        question::CONSTRAINTS => Action::Constraint(Constraint::parse(choice)?, is_on),
        question::POSTURE => {
            let (item, said) = choice.rsplit_once('-')?;
            let said = match said {
                "yes" => Some(true),
                "no" => Some(false),
                "unknown" => None,
                _ => return None,
            };
            Action::Posture(PostureItem::parse(item)?, said)
        }
        _ => return None,
    })
}

/// What takes back the choice of one among several. `None`: nothing is chosen, or every choice stands by itself.
pub fn undo(asked: &str, answers: &Answers) -> Option<Action> {
    match (asked, &answers.provider) {
        (question::USE_CASE, _) => answers.use_case.map(|_| Action::UseCase(None)),
        (question::PROVIDER, Some(ProviderAnswer::Direct | ProviderAnswer::Own)) => {
            Some(Action::Provider(None, None))
        }
        _ => None,
    }
}

/// The element to focus when an answer is taken back. `None`: the action takes none back.
pub fn home(action: &Action, facts: &Facts) -> Option<String> {
    let asked = match action {
        Action::UseCase(None) => question::USE_CASE,
        Action::Provider(None, _) => question::PROVIDER,
        _ => return None,
    };
    let first = facts.question(asked)?.choices.first()?;
    Some([asked, "--", &first.id].concat())
}

/// Whether a choice is taken.
pub fn is_chosen(asked: &str, choice: &str, answers: &Answers) -> bool {
    match asked {
        question::USE_CASE => answers.use_case.is_some_and(|case| case.id() == choice),
        question::PROVIDER => match &answers.provider {
            Some(ProviderAnswer::Direct) => choice == "direct",
            Some(ProviderAnswer::Own) => choice == "own",
            Some(ProviderAnswer::Catalogue(_)) | None => false,
        },
        question::OBSERVED => {
            link::observation(choice).is_some_and(|seen| answers.observed.contains(&seen))
        }
        question::CONSTRAINTS => answers.constraints.iter().any(|it| it.id() == choice),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_choice_of_the_data_can_be_taken_and_taken_back() {
        let facts = portolan_builtin::facts();
        for asked in &facts.core().questions {
            for choice in &asked.choices {
                let (asked, mut id) = (asked.id.as_str(), choice.id.clone());
                if asked == question::POSTURE {
                    id.push_str("-yes");
                }
                let mut answers = Answers::default();
                action(asked, &id, true).unwrap().say(&mut answers);
                assert_ne!(answers, Answers::default(), "{asked} {id}");
                assert!(is_chosen(asked, &id, &answers) || asked == question::POSTURE);
                let back = undo(asked, &answers)
                    .or_else(|| action(asked, &id.replace("-yes", "-unknown"), false));
                back.unwrap().say(&mut answers);
                assert_eq!(answers, Answers::default(), "{asked} {id}");
            }
        }
    }

    #[test]
    fn what_is_no_choice_says_nothing() {
        let none = [
            (question::USE_CASE, "x"),
            (question::PROVIDER, "sendgrid"),
            (question::POSTURE, "spf"),
            (question::POSTURE, "spf-maybe"),
            (question::OBSERVED, "0.open"),
            ("colour", "red"),
        ];
        for (asked, choice) in none {
            assert!(action(asked, choice, true).is_none(), "{asked} {choice}");
        }
    }
}
