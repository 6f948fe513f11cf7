//! What the visitor did to the pre-rendered form before the page came alive: nothing of it may be lost.

use portolan_advice::Answers;

use crate::state::choice;

/// What was found in the static form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Early {
    /// Ids of what is ticked.
    pub ticked: Vec<String>,
    /// Ids of text fields and what was typed there.
    pub typed: Vec<(String, String)>,
    /// Id of what has the focus.
    pub focus: Option<String>,
    /// Start and end of the selection, where a text field has the focus.
    pub selection: Option<(u32, u32)>,
}

impl Early {
    /// What was typed into a field.
    pub fn typed_into(&self, id: &str) -> Option<&str> {
        self.typed
            .iter()
            .find(|(field, _)| field == id)
            .map(|(_, text)| text.as_str())
    }

    /// Lets what was ticked win over what is there: it is the newer answer.
    pub fn apply(&self, answers: &mut Answers) {
        for id in &self.ticked {
            let said = id
                .split_once("--")
                .and_then(|(asked, choice)| choice::action(asked, choice, true));
            if let Some(said) = said {
                said.say(answers);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use portolan_advice::{Constraint, PostureItem, ProviderAnswer, UseCase};

    use super::*;

    #[test]
    fn what_was_ticked_early_becomes_an_answer() {
        let ticked = [
            "use-case--person",
            "provider--direct",
            "observed--587.timeout",
            "constraints--no-auth",
            "posture--warm_ip-no",
            "nonsense",
            "use-case--x",
        ];
        let early = Early {
            ticked: ticked.map(str::to_owned).to_vec(),
            ..Early::default()
        };
        let mut answers = Answers {
            use_case: Some(UseCase::Bulk),
            ..Answers::default()
        };
        early.apply(&mut answers);
        assert_eq!(answers.use_case, Some(UseCase::Person));
        assert_eq!(answers.provider, Some(ProviderAnswer::Direct));
        assert_eq!(answers.observed.len(), 1);
        assert_eq!(answers.constraints, [Constraint::NoAuth]);
        assert_eq!(answers.posture.get(&PostureItem::WarmIp), Some(&false));
    }
}
