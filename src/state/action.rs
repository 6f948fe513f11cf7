//! What the visitor can say of the case, and of the page.

use portolan_advice::{Answers, Constraint, PostureItem, ProviderAnswer, UseCase};
use portolan_report::Observation;

/// Everything that the visitor can say.
#[derive(Clone, Debug)]
pub enum Action {
    /// The notice has been read.
    Dismiss,
    /// Take the answer of today in place of the link's.
    Renew,
    /// Try again what failed.
    Retry,
    /// What sends the mail; `None` takes the answer back.
    UseCase(Option<UseCase>),
    /// Who takes it, and the provider's own host that was named; `None` takes the answer back.
    Provider(Option<ProviderAnswer>, Option<String>),
    /// A layer of the environment; `None` takes it away.
    Environment(usize, Option<String>),
    /// What speaks SMTP.
    Client(Option<String>),
    /// Something was seen, or was not after all.
    Observed(Observation, bool),
    /// Something is fixed, or is not after all.
    Constraint(Constraint, bool),
    /// In order, not in order, or not known.
    Posture(PostureItem, Option<bool>),
}

impl Action {
    /// Changes the answers by what is said of the case.
    pub fn say(self, answers: &mut Answers) {
        match self {
            Self::UseCase(case) => answers.use_case = case,
            Self::Provider(provider, host) => {
                answers.provider = provider;
                answers.recognize = host;
            }
            Self::Environment(layer, Some(id)) => {
                if answers.environments.contains(&id) {
                    // A place does not run inside itself.
                } else if let Some(known) = answers.environments.get_mut(layer) {
                    *known = id;
                } else {
                    answers.environments.push(id);
                }
            }
            Self::Environment(layer, None) => {
                if layer < answers.environments.len() {
                    answers.environments.remove(layer);
                }
            }
            Self::Client(client) => answers.client = client,
            Self::Observed(seen, true) if !answers.observed.contains(&seen) => {
                answers.observed.push(seen);
            }
            Self::Observed(seen, false) => answers.observed.retain(|known| *known != seen),
            Self::Constraint(it, true) if !answers.constraints.contains(&it) => {
                answers.constraints.push(it);
            }
            Self::Constraint(it, false) => answers.constraints.retain(|known| *known != it),
            // Said before, or of the page and not of the case.
            Self::Observed(..)
            | Self::Constraint(..)
            | Self::Dismiss
            | Self::Renew
            | Self::Retry => {}
            Self::Posture(item, Some(said)) => {
                answers.posture.insert(item, said);
            }
            Self::Posture(item, None) => {
                answers.posture.remove(&item);
            }
        }
    }
}
