//! The facts as a whole, or the part of them that has been loaded.

use std::sync::Arc;

use portolan_report::{Seen, Source};
use serde::{Deserialize, Serialize};

use crate::read::reads;
use crate::{
    Banners, Citation, Client, Environment, Index, PortStatus, Provider, Question, Signs, SmallMap,
};

/// Which state of the facts this is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Version {
    /// Grows by one on any change of shape that an old reader would misread.
    pub schema: u16,
    /// The date of the last change to a fact, ISO 8601.
    pub date: String,
}

/// What every verdict needs: small enough to travel inside the page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Core {
    /// Which state of the facts this is.
    pub version: Version,
    /// The questions, in the order of the form.
    pub questions: Vec<Question>,
    /// The standards, as far as they are cited.
    pub standards: Vec<Citation>,
    /// Each distinct port policy that any environment of the catalogue has, as statuses of its ports. The engine
    /// tries them to learn whether asking for the environment could change a verdict.
    pub policies: Vec<Vec<(u16, PortStatus)>>,
}

/// The facts, whole or as far as they have been loaded. Cheap to clone.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    core: Arc<Core>,
    index: Arc<Index>,
    providers: SmallMap<String, Arc<Provider>>,
    environments: SmallMap<String, Arc<Environment>>,
    clients: SmallMap<String, Arc<Client>>,
}

impl Facts {
    /// Facts that know the questions and the standards, and nothing of the catalogue yet.
    pub fn new(core: Core) -> Self {
        Self {
            core: Arc::new(core),
            ..Self::default()
        }
    }

    /// Adds what every verdict needs.
    pub fn set_core(&mut self, core: Core) {
        self.core = Arc::new(core);
    }

    /// Adds the names of the catalogue.
    pub fn set_index(&mut self, index: Index) {
        self.index = Arc::new(index);
    }

    /// Adds by what the providers are known.
    pub fn add_signs(&mut self, signs: Vec<Signs>) {
        Arc::make_mut(&mut self.index).add_signs(signs);
    }

    /// Adds by which words the providers are known.
    pub fn set_banners(&mut self, banners: Vec<Banners>) {
        let index = Arc::make_mut(&mut self.index);
        for it in banners {
            if let Some(entry) = index.providers.iter_mut().find(|entry| entry.id == it.id) {
                entry.signs.banners = it.words;
            }
        }
    }

    /// Adds or replaces a provider.
    pub fn add_provider(&mut self, provider: Provider) {
        self.providers
            .insert(provider.id.clone(), Arc::new(provider));
    }

    /// Adds or replaces an environment.
    pub fn add_environment(&mut self, environment: Environment) {
        self.environments
            .insert(environment.id.clone(), Arc::new(environment));
    }

    /// Adds or replaces a client.
    pub fn add_client(&mut self, client: Client) {
        self.clients.insert(client.id.clone(), Arc::new(client));
    }

    /// What every verdict needs.
    pub fn core(&self) -> &Core {
        &self.core
    }

    /// The names of the catalogue. Empty until they are loaded.
    pub fn index(&self) -> &Index {
        &self.index
    }

    /// The provider with this id. `None`: there is none, or it has not been loaded.
    pub fn provider(&self, id: &str) -> Option<&Arc<Provider>> {
        self.providers.get(id)
    }

    /// The environment with this id. `None`: there is none, or it has not been loaded.
    pub fn environment(&self, id: &str) -> Option<&Arc<Environment>> {
        self.environments.get(id)
    }

    /// The client with this id. `None`: there is none, or it has not been loaded.
    pub fn client(&self, id: &str) -> Option<&Arc<Client>> {
        self.clients.get(id)
    }

    /// The loaded providers, by id.
    pub fn providers(&self) -> impl Iterator<Item = &Arc<Provider>> {
        self.providers.values()
    }

    /// The loaded environments, by id.
    pub fn environments(&self) -> impl Iterator<Item = &Arc<Environment>> {
        self.environments.values()
    }

    /// The loaded clients, by id.
    pub fn clients(&self) -> impl Iterator<Item = &Arc<Client>> {
        self.clients.values()
    }

    /// The question with this id.
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.core
            .questions
            .iter()
            .find(|question| question.id == id)
    }

    /// A point of a standard as a source, such as `cite("rfc8314", "3.3")`. `None`: the standard is not in the facts.
    pub fn cite(&self, standard: &str, section: &str) -> Option<Arc<Source>> {
        let standard = self
            .core
            .standards
            .iter()
            .find(|known| known.id == standard)?;
        let number = standard.id.strip_prefix("rfc");
        Some(Arc::new(Source {
            id: match number {
                Some(number) => format!("RFC {number}, section {section}"),
                None => format!("{}, {section}", standard.title),
            },
            url: Some(match number {
                Some(_) => format!("{}#section-{section}", standard.url),
                None => standard.url.clone(),
            }),
            seen: Seen::On(standard.year.to_string()),
            note: None,
            supports: standard.title.clone(),
        }))
    }
}

reads! { Version { schema, date } }
reads! { Core { version, questions, standards, policies } }
