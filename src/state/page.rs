//! The page's state: the answers, the facts that are loaded, and the verdict for both.

use std::rc::Rc;

use portolan_advice::{Answers, Constraint, PostureItem, ProviderAnswer, UseCase};
use portolan_facts::{Client, Environment, Facts, Index, Provider};
use portolan_report::{Advice, Observation};
use yew::Reducible;

use crate::bridge;

/// A part of the facts that is loaded when it is needed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A client, by id.
    Client(String),
    /// An environment, by id.
    Environment(String),
    /// The names of everything.
    Index,
    /// A provider, by id.
    Provider(String),
}

impl Part {
    /// Its path below the folder of the facts.
    pub fn path(&self) -> String {
        match self {
            Self::Client(id) => format!("clients/{id}.json"),
            Self::Environment(id) => format!("environments/{id}.json"),
            Self::Index => "index.json".to_owned(),
            Self::Provider(id) => format!("providers/{id}.json"),
        }
    }
}

/// A part of the facts that has arrived.
#[derive(Clone, Debug)]
pub enum Loaded {
    /// A client.
    Client(Box<Client>),
    /// An environment.
    Environment(Box<Environment>),
    /// The names of everything.
    Index(Box<Index>),
    /// A provider.
    Provider(Box<Provider>),
}

/// Everything that can happen.
#[derive(Clone, Debug)]
pub enum Action {
    /// A part could not be loaded: it is not there, or the network failed.
    Failed(Part),
    /// A part has arrived.
    Loaded(Loaded),
    /// The address changed: back, forward, or a link.
    Navigate(Box<Answers>, Vec<String>),
    /// The notice has been read.
    Dismiss,
    /// Try again what failed.
    Retry,
    /// What sends the mail.
    UseCase(UseCase),
    /// Who takes it; `None` takes the answer back.
    Provider(Option<ProviderAnswer>),
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

/// The page's state.
#[derive(Clone, PartialEq)]
pub struct Page {
    /// What the visitor said.
    pub answers: Answers,
    /// The facts that are loaded.
    pub facts: Facts,
    /// The verdict: for these answers, or the last one while facts are on their way.
    pub advice: Rc<Advice>,
    /// The question whose answer could change the verdict most.
    pub next: Option<&'static str>,
    /// What the link said that could not be understood.
    pub ignored: Vec<String>,
    /// What could not be loaded.
    pub failed: Vec<Part>,
    /// Whether the names of the catalogue are here.
    pub has_index: bool,
}

impl Page {
    /// The page for these answers.
    pub fn new(facts: Facts, answers: Answers, ignored: Vec<String>) -> Self {
        let has_index = !facts.index().providers.is_empty();
        let shown = Self {
            advice: Rc::new(bridge::advise(&facts, &Answers::default())),
            next: None,
            answers,
            facts,
            ignored,
            failed: Vec::new(),
            has_index,
        };
        shown.decided()
    }

    /// The parts that the answers need and that are neither here nor failed.
    pub fn wanted(&self) -> Vec<Part> {
        let mut wanted = Vec::new();
        if let Some(ProviderAnswer::Catalogue(id)) = &self.answers.provider
            && self.facts.provider(id).is_none()
        {
            wanted.push(Part::Provider(id.clone()));
        }
        for id in &self.answers.environments {
            if self.facts.environment(id).is_none() {
                wanted.push(Part::Environment(id.clone()));
            }
        }
        if let Some(id) = &self.answers.client
            && self.facts.client(id).is_none()
        {
            wanted.push(Part::Client(id.clone()));
        }
        if !self.has_index {
            wanted.push(Part::Index);
        }
        wanted.retain(|part| !self.failed.contains(part));
        wanted
    }

    /// Whether the verdict shown is not yet the one for these answers.
    pub fn is_stale(&self) -> bool {
        self.wanted().iter().any(|part| *part != Part::Index)
    }

    /// Decides anew, once everything that the verdict needs is here.
    fn decided(mut self) -> Self {
        if !self.is_stale() {
            self.advice = Rc::new(bridge::advise(&self.facts, &self.answers));
            self.next = bridge::next_question(&self.facts, &self.answers);
        }
        self
    }
}

impl Reducible for Page {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut page = (*self).clone();
        let answers = &mut page.answers;
        match action {
            Action::Failed(part) => {
                if !page.failed.contains(&part) {
                    page.failed.push(part);
                }
            }
            Action::Loaded(Loaded::Client(it)) => page.facts.add_client(*it),
            Action::Loaded(Loaded::Environment(it)) => page.facts.add_environment(*it),
            Action::Loaded(Loaded::Index(it)) => {
                page.facts.set_index(*it);
                page.has_index = true;
            }
            Action::Loaded(Loaded::Provider(it)) => page.facts.add_provider(*it),
            Action::Navigate(said, ignored) => {
                *answers = *said;
                page.ignored = ignored;
            }
            Action::Dismiss => page.ignored.clear(),
            Action::Retry => page.failed.clear(),
            Action::UseCase(case) => answers.use_case = Some(case),
            Action::Provider(provider) => {
                answers.provider = provider;
                answers.recognize = None;
            }
            Action::Environment(layer, Some(id)) => {
                if answers.environments.contains(&id) {
                    // A place does not run inside itself.
                } else if let Some(known) = answers.environments.get_mut(layer) {
                    *known = id;
                } else {
                    answers.environments.push(id);
                }
            }
            Action::Environment(layer, None) => {
                if layer < answers.environments.len() {
                    answers.environments.remove(layer);
                }
            }
            Action::Client(client) => answers.client = client,
            Action::Observed(seen, true) if !answers.observed.contains(&seen) => {
                answers.observed.push(seen);
            }
            Action::Observed(seen, false) => answers.observed.retain(|known| *known != seen),
            Action::Constraint(it, true) if !answers.constraints.contains(&it) => {
                answers.constraints.push(it);
            }
            Action::Constraint(it, false) => answers.constraints.retain(|known| *known != it),
            Action::Observed(..) | Action::Constraint(..) => {}
            Action::Posture(item, Some(said)) => {
                answers.posture.insert(item, said);
            }
            Action::Posture(item, None) => {
                answers.posture.remove(&item);
            }
        }
        Rc::new(page.decided())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn empty_page() -> Rc<Page> {
        let full = portolan_builtin::facts();
        Rc::new(Page::new(
            Facts::new(full.core().clone()),
            Answers::default(),
            Vec::new(),
        ))
    }

    #[test]
    fn the_verdict_waits_for_its_facts_and_then_changes() {
        let full = portolan_builtin::facts();
        let page = empty_page();
        assert_eq!(page.advice.best.route.port, Some(587));
        let sendgrid = ProviderAnswer::Catalogue("sendgrid".to_owned());
        let page = page.reduce(Action::Provider(Some(sendgrid)));
        assert!(page.is_stale());
        assert_eq!(page.advice.best.route.host, None, "the last verdict stays");
        let provider = full.provider("sendgrid").unwrap().as_ref().clone();
        let page = page.reduce(Action::Loaded(Loaded::Provider(Box::new(provider))));
        assert!(!page.is_stale());
        assert_eq!(
            page.advice.best.route.host.as_ref().unwrap().name,
            "smtp.sendgrid.net"
        );
    }

    #[test]
    fn what_failed_is_told_and_can_be_tried_again() {
        let page = empty_page().reduce(Action::Environment(0, Some("no-such-place".to_owned())));
        let part = Part::Environment("no-such-place".to_owned());
        assert!(page.wanted().contains(&part));
        let page = page.reduce(Action::Failed(part.clone()));
        assert!(!page.is_stale());
        assert!(
            page.advice
                .warnings
                .iter()
                .any(|note| note.text.contains("no-such-place"))
        );
        assert!(page.reduce(Action::Retry).wanted().contains(&part));
    }

    #[test]
    fn an_answer_can_be_taken_back() {
        let seen = crate::state::link::observation("587.timeout").unwrap();
        let page = empty_page().reduce(Action::Observed(seen.clone(), true));
        assert_eq!(page.advice.best.route.port, Some(465));
        let page = page.reduce(Action::Observed(seen, false));
        assert_eq!(page.advice.best.route.port, Some(587));
    }
}
