//! The page's state: the answers, the facts that are loaded, and the verdict for both.

use portolan_advice::{Answers, ProviderAnswer, recognized};
use portolan_facts::{Client, Environment, Facts, Index, Provider, Signs};
use portolan_report::{Advice, RouteKind};

use crate::bridge;
use crate::state::action::Action;
use crate::state::pasted::Pasted;
use crate::state::{link, ticket};

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
    /// By what the providers are known.
    Signs,
}

impl Part {
    /// Its path below the folder of the facts.
    pub fn path(&self) -> String {
        let (folder, id) = match self {
            Self::Client(id) => ("clients/", id.as_str()),
            Self::Environment(id) => ("environments/", id.as_str()),
            Self::Index => ("", "index"),
            Self::Signs => ("", "signs"),
            Self::Provider(id) => ("providers/", id.as_str()),
        };
        [folder, id, ".json"].concat()
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
    /// By what the providers are known.
    Signs(Vec<Signs>),
}

/// The page's state.
#[derive(Debug)]
pub struct Page {
    /// What the visitor said.
    pub answers: Answers,
    /// The facts that are loaded.
    pub facts: Facts,
    /// The verdict: for these answers, or the last one while facts are on their way.
    pub advice: Advice,
    /// The question whose answer could change the verdict most.
    pub next: Option<&'static str>,
    /// The place of these answers in the history.
    pub fragment: String,
    /// What the link said that could not be understood.
    pub ignored: Vec<String>,
    /// What could not be loaded.
    pub failed: Vec<Part>,
    /// Whether the names of the catalogue are here.
    pub has_index: bool,
    /// Whether somebody typed what only the providers' signs can tell.
    pub asks_for_signs: bool,
    /// The documentation that was pasted. It never enters a link.
    pub pasted: Pasted,
    /// The date of the facts and the course of the day on which the link was made, until another answer is given.
    pub then: Option<(String, String)>,
}

impl Page {
    /// The page for these answers.
    ///
    /// `then` is what the link says of the day on which it was made.
    pub fn new(
        facts: Facts,
        answers: Answers,
        ignored: Vec<String>,
        then: Option<(String, String)>,
    ) -> Self {
        let has_index = !facts.index().providers.is_empty();
        let mut page = Self {
            advice: bridge::advise(&facts, &Answers::default()),
            next: None,
            fragment: String::new(),
            answers,
            facts,
            ignored,
            failed: Vec::new(),
            has_index,
            asks_for_signs: false,
            pasted: Pasted::default(),
            then,
        };
        page.decide();
        page
    }

    /// The parts that the answers need and that are neither here nor failed.
    pub fn wanted(&self) -> Vec<Part> {
        let mut wanted = Vec::new();
        if let Some(ProviderAnswer::Catalogue(id)) = &self.answers.provider
            && self.facts.provider(id).is_none()
        {
            wanted.push(Part::Provider(id.clone()));
        }
        if self.recognizes()
            && let Some(id) = recognized(self.facts.index(), &self.answers)
            && self.facts.provider(id).is_none()
        {
            wanted.push(Part::Provider(id.to_owned()));
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
        } else if !self.facts.index().has_signs
            && (self.asks_for_signs || self.has_signs_to_read() || self.looks_for_a_provider())
        {
            wanted.push(Part::Signs);
        }
        wanted.retain(|part| !self.failed.contains(part));
        wanted
    }

    /// Whether the provider has to be known from what was pasted.
    fn recognizes(&self) -> bool {
        self.answers.provider.is_none() && self.has_signs_to_read()
    }

    /// Whether something is to be known by its signs: a provider, or a region of the one that is named.
    fn has_signs_to_read(&self) -> bool {
        self.answers.recognize.is_some() || !self.answers.pasted.is_empty()
    }

    /// Whether the verdict may suggest providers, which it does from their signs.
    fn looks_for_a_provider(&self) -> bool {
        let is_placed = !self.answers.environments.is_empty() || !self.answers.observed.is_empty();
        let is_way_round = !matches!(
            self.advice.best.route.kind,
            RouteKind::Submission | RouteKind::Mx | RouteKind::Receive
        );
        is_placed && (self.answers.provider.is_none() || is_way_round)
    }

    /// Whether the verdict shown is not yet the one for these answers.
    pub fn is_stale(&self) -> bool {
        self.wanted().iter().any(|part| match part {
            Part::Index | Part::Signs => self.recognizes(),
            _ => true,
        })
    }

    /// Decides anew, once everything that the verdict needs is here.
    fn decide(&mut self) {
        if !self.is_stale() {
            self.advice = bridge::advise(&self.facts, &self.answers);
            self.next = bridge::next_question(&self.facts, &self.answers);
        }
        self.fragment = match &self.then {
            // The address keeps saying what it said, until another answer is given.
            Some((facts, then)) => link::print(&self.answers, facts, then),
            None => self.link(),
        };
    }

    /// The fragment that leads to this answer, with the course of today.
    pub fn link(&self) -> String {
        let then = if self.is_stale() {
            String::new()
        } else {
            ticket::course(&self.advice.best.route)
        };
        link::print(&self.answers, &self.facts.core().version.date, &then)
    }

    /// The date and the course of the link, where today's is another one.
    pub fn changed_since(&self) -> Option<(&str, &str)> {
        let (facts, then) = self.then.as_ref()?;
        let today = ticket::course(&self.advice.best.route);
        (!self.is_stale() && *then != today).then_some((facts, then))
    }

    /// Takes a part that has arrived; `Err`: it is not there, or the network failed.
    pub fn take(&mut self, loaded: Result<Loaded, Part>) {
        match loaded {
            Ok(Loaded::Client(it)) => self.facts.add_client(*it),
            Ok(Loaded::Environment(it)) => self.facts.add_environment(*it),
            Ok(Loaded::Index(it)) => {
                self.facts.set_index(*it);
                self.has_index = true;
            }
            Ok(Loaded::Provider(it)) => self.facts.add_provider(*it),
            Ok(Loaded::Signs(it)) => self.facts.add_signs(it),
            Err(part) if !self.failed.contains(&part) => self.failed.push(part),
            Err(_) => {}
        }
        if self.has_index {
            self.correct();
        }
        self.decide();
    }

    /// Goes to another place in the history: back, forward, or by a link.
    pub fn navigate(&mut self, fragment: &str) {
        // Anything else is a place on the page, such as the end of a skip link.
        if fragment.is_empty() || fragment.starts_with("#/") {
            let read = link::parse(fragment);
            self.answers = read.answers;
            self.answers.pasted = self.pasted.answer();
            self.ignored = read.ignored;
            self.then = read.facts.zip(read.then);
            self.decide();
        }
    }

    /// Changes the pasted documentation, or what was read out of it.
    pub fn paste(&mut self, change: impl FnOnce(&mut Pasted)) {
        change(&mut self.pasted);
        self.answers.pasted = self.pasted.answer();
        self.decide();
    }

    /// Takes what the visitor says.
    pub fn act(&mut self, action: Action) {
        match action {
            Action::Dismiss => self.ignored.clear(),
            Action::Retry => self.failed.clear(),
            Action::Renew => self.then = None,
            said => {
                said.say(&mut self.answers);
                self.then = None;
            }
        }
        self.decide();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn empty_page() -> Page {
        let core = portolan_builtin::facts().core().clone();
        Page::new(Facts::new(core), Answers::default(), Vec::new(), None)
    }

    #[test]
    fn the_verdict_waits_for_its_facts_and_then_changes() {
        let full = portolan_builtin::facts();
        let mut page = empty_page();
        assert_eq!(page.advice.best.route.port, Some(587));
        let sendgrid = ProviderAnswer::Catalogue("sendgrid".to_owned());
        page.act(Action::Provider(Some(sendgrid), None));
        assert!(page.is_stale());
        assert_eq!(page.advice.best.route.host, None, "the last verdict stays");
        let provider = full.provider("sendgrid").unwrap().as_ref().clone();
        page.take(Ok(Loaded::Provider(Box::new(provider))));
        assert!(!page.is_stale());
        assert_eq!(
            page.advice.best.route.host.as_ref().unwrap().name,
            "smtp.sendgrid.net"
        );
    }

    #[test]
    fn what_failed_is_told_and_can_be_tried_again() {
        let mut page = empty_page();
        page.act(Action::Environment(0, Some("no-such-place".to_owned())));
        let part = Part::Environment("no-such-place".to_owned());
        assert!(page.wanted().contains(&part));
        page.take(Err(part.clone()));
        assert!(!page.is_stale());
        assert!(
            page.advice
                .warnings
                .iter()
                .any(|note| note.text.contains("no-such-place"))
        );
        page.act(Action::Retry);
        assert!(page.wanted().contains(&part));
    }

    #[test]
    fn an_answer_can_be_taken_back() {
        let seen = link::observation("587.timeout").unwrap();
        let mut page = empty_page();
        page.act(Action::Observed(seen.clone(), true));
        assert_eq!(page.advice.best.route.port, Some(465));
        page.act(Action::Observed(seen, false));
        assert_eq!(page.advice.best.route.port, Some(587));
    }

    /// A page whose names have arrived, without what the providers are known by.
    fn page_with_names(answers: Answers) -> Page {
        let full = portolan_builtin::facts();
        let mut index = full.index().clone();
        index.has_signs = false;
        for entry in &mut index.providers {
            entry.signs = Signs::default();
        }
        let mut page = Page::new(Facts::new(full.core().clone()), answers, Vec::new(), None);
        page.take(Ok(Loaded::Index(Box::new(index))));
        page
    }

    #[test]
    fn signs_are_loaded_when_something_is_to_be_known_by_them() {
        let wants = |page: &Page| page.wanted().contains(&Part::Signs);
        assert!(!wants(&page_with_names(Answers::default())));
        let pasted = Answers {
            recognize: Some("me@gmail.com".to_owned()),
            ..Answers::default()
        };
        let page = page_with_names(pasted.clone());
        assert!(wants(&page));
        assert!(page.is_stale(), "the verdict waits for them");
        let mut region = pasted.clone();
        region.provider = Some(ProviderAnswer::Catalogue("mailgun".to_owned()));
        assert!(wants(&page_with_names(region)), "a region is known by them");
        let mut page = page_with_names(Answers::default());
        page.asks_for_signs = true;
        assert!(wants(&page));
        assert!(!page.is_stale(), "the verdict does not");
    }

    #[test]
    fn providers_are_suggested_once_their_signs_are_here() {
        let full = portolan_builtin::facts();
        let mut page = page_with_names(Answers::default());
        page.act(Action::Environment(
            0,
            Some("digitalocean-droplet".to_owned()),
        ));
        let place = full.environment("digitalocean-droplet").unwrap();
        page.take(Ok(Loaded::Environment(Box::new(place.as_ref().clone()))));
        assert!(page.wanted().contains(&Part::Signs));
        assert!(page.advice.providers.is_empty());
        page.take(Ok(Loaded::Signs(full.index().signs())));
        assert!(!page.wanted().contains(&Part::Signs));
        assert!(
            page.advice
                .providers
                .iter()
                .any(|one| one.id == "sendgrid" || one.ports.contains(&2525))
        );
    }

    #[test]
    fn an_old_link_says_then_and_today_until_another_answer_is_given() {
        let mut page = empty_page();
        let old = "#/advise?use=application&facts=2024-01-01&engine=0.0.1&then=25.starttls";
        page.navigate(old);
        assert_eq!(page.changed_since(), Some(("2024-01-01", "25.starttls")));
        assert!(
            page.fragment.contains("then=25.starttls"),
            "{}",
            page.fragment
        );
        assert!(page.link().contains("then=587.starttls"), "{}", page.link());
        page.act(Action::Client(None));
        assert_eq!(page.changed_since(), None);
        assert!(page.fragment.contains("then=587.starttls"));
        page.navigate("#/advise?use=application&facts=2024-01-01&then=587.starttls");
        assert_eq!(page.changed_since(), None, "the same course");
    }

    #[test]
    fn only_places_of_its_own_change_the_page() {
        let mut page = empty_page();
        page.navigate("#/advise?use=receiving");
        assert!(page.fragment.starts_with("#/advise?use=receiving"));
        page.navigate("#verdict");
        assert!(page.fragment.starts_with("#/advise?use=receiving"));
        page.navigate("");
        assert_eq!(page.fragment, link::NOTHING);
    }
}
