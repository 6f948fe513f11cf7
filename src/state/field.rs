//! The text fields that find one thing of many: what is typed there, and which entry is the active one.

use portolan_advice::{Answers, ProviderAnswer, question};
use portolan_facts::{Entry, EntryKind, Index, Recognized, order_by};

use crate::state::action::Action;
use crate::state::early::Early;
use crate::state::touch::{Key, Touch};

/// More would be a list to read and not a choice.
pub const MOST: usize = 12;

/// A field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// What speaks SMTP.
    Client,
    /// A layer of the environment, innermost first.
    Environment(usize),
    /// Who takes the mail.
    Provider,
}

impl Field {
    /// All of them. The environment has so many layers that a place inside another, inside another, can be told.
    pub const ALL: [Self; 5] = [
        Self::Provider,
        Self::Environment(0),
        Self::Environment(1),
        Self::Environment(2),
        Self::Client,
    ];

    /// The id of the question that it answers.
    pub const fn question(self) -> &'static str {
        match self {
            Self::Client => question::CLIENT,
            Self::Environment(_) => question::ENVIRONMENT,
            Self::Provider => question::PROVIDER,
        }
    }

    /// The id of its element.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Client => "client-pick",
            Self::Environment(0) => "environment-pick-0",
            Self::Environment(1) => "environment-pick-1",
            Self::Environment(_) => "environment-pick-2",
            Self::Provider => "provider-pick",
        }
    }

    /// Among what it looks.
    pub const fn kind(self) -> EntryKind {
        match self {
            Self::Client => EntryKind::Client,
            Self::Environment(_) => EntryKind::Environment,
            Self::Provider => EntryKind::Provider,
        }
    }

    /// Whether the form has it: one layer more than there are.
    pub fn is_shown(self, answers: &Answers) -> bool {
        match self {
            Self::Environment(layer) => layer <= answers.environments.len(),
            Self::Client | Self::Provider => true,
        }
    }

    /// Id of the chosen thing.
    pub fn chosen(self, answers: &Answers) -> Option<&str> {
        match (self, &answers.provider) {
            (Self::Client, _) => answers.client.as_deref(),
            (Self::Environment(layer), _) => answers.environments.get(layer).map(String::as_str),
            (Self::Provider, Some(ProviderAnswer::Catalogue(id))) => Some(id),
            (Self::Provider, _) => None,
        }
    }

    /// What a choice says.
    pub fn action(self, Choice { id, host }: Choice) -> Action {
        match self {
            Self::Client => Action::Client(id),
            Self::Environment(layer) => Action::Environment(layer, id),
            Self::Provider => Action::Provider(id.map(ProviderAnswer::Catalogue), host),
        }
    }
}

/// What was chosen in a field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// The thing. `None`: the choice is taken back.
    pub id: Option<String>,
    /// The provider's own host that was typed: with regions or tenants it says which.
    pub host: Option<String>,
}

/// What a field shows.
#[derive(Clone, Debug)]
pub struct Picking {
    /// Which field.
    pub field: Field,
    /// What was typed and not yet chosen.
    pub typed: Option<String>,
    /// Whether the list is wanted.
    pub is_open: bool,
    /// The place of the active entry.
    pub active: usize,
    /// Ids of what was chosen last, latest first: they come first while nothing is typed.
    pub recent: Vec<String>,
    /// Whether the arrows pointed at it: only then, or after typing, does Enter take it.
    is_pointed: bool,
    chosen: Option<String>,
}

impl Picking {
    /// An entry that is shown may mean what was typed; all of them where nothing was. The best come first.
    pub fn found<'i>(&self, index: &'i Index) -> Vec<&'i Entry> {
        let typed = self.typed.as_deref().unwrap_or_default();
        let mut found = index.find(self.field.kind(), typed);
        if found.is_empty() {
            found.extend(self.recognized(index).map(|it| it.provider));
        }
        if typed.is_empty() {
            order_by(&mut found, |entry| {
                let place = self.recent.iter().position(|id| *id == entry.id);
                place.unwrap_or(usize::MAX)
            });
        }
        found
    }

    /// Whether only the providers' signs can tell what was typed: an address, a host, or a name that nothing has.
    pub fn needs_signs(&self, index: &Index) -> bool {
        self.field == Field::Provider
            && self.typed.as_ref().is_some_and(|typed| {
                typed.contains(['.', '@']) || index.find(self.field.kind(), typed).is_empty()
            })
    }

    /// The provider that a typed address, host or banner gives away.
    fn recognized<'i>(&self, index: &'i Index) -> Option<Recognized<'i>> {
        match (self.field, &self.typed) {
            (Field::Provider, Some(typed)) => index.recognize(typed),
            _ => None,
        }
    }

    /// Takes what the visitor does; `Some` is a choice.
    pub fn touch(&mut self, touch: Touch, index: &Index) -> Option<Choice> {
        let last = self.found(index).len().min(MOST).saturating_sub(1);
        match touch {
            Touch::Click => {
                self.is_open = true;
                self.active = 0;
                self.is_pointed = false;
            }
            Touch::Key(Key::Enter) => {
                if self.typed.is_none() && !self.is_pointed {
                    return None;
                }
                let id = self.found(index).get(self.active)?.id.clone();
                return self.touch(Touch::Pick(Some(id)), index);
            }
            Touch::Key(Key::Escape) => {
                self.typed = None;
                self.is_open = false;
            }
            Touch::Key(key) => {
                self.active = match key {
                    _ if !self.is_open => 0,
                    Key::Down => (self.active + 1).min(last),
                    _ => self.active.saturating_sub(1),
                };
                self.is_open = true;
                self.is_pointed = true;
            }
            Touch::Leave => {
                self.is_open = false;
                self.is_pointed = false;
                // The field must not name another thing than the one that the verdict is for.
                if self.chosen.is_some() {
                    self.typed = None;
                } else if self.typed.as_ref().is_some_and(|typed| typed.len() >= SURE)
                    && let [only] = self.found(index).as_slice()
                {
                    // Whoever typed the one name that there is, and went on, has chosen it.
                    let id = only.id.clone();
                    return self.touch(Touch::Pick(Some(id)), index);
                }
            }
            Touch::Pick(id) => {
                let host = self
                    .recognized(index)
                    // Where there is one host only, it says nothing more.
                    .filter(|it| {
                        Some(&it.provider.id) == id.as_ref() && it.provider.signs.hosts.len() > 1
                    })
                    .and_then(|it| it.host);
                self.typed = None;
                self.is_open = false;
                self.is_pointed = false;
                return Some(Choice { id, host });
            }
            Touch::Type(text) => {
                self.typed = Some(text);
                self.is_open = true;
                self.active = 0;
            }
        }
        None
    }

    /// Follows a choice that comes from elsewhere, such as the history: it replaces what was typed.
    pub fn follow(&mut self, answers: &Answers) {
        let chosen = self.field.chosen(answers);
        if chosen.is_some() && chosen != self.chosen.as_deref() {
            self.typed = None;
        }
        self.chosen = chosen.map(str::to_owned);
        if !self.field.is_shown(answers) {
            self.typed = None;
            self.is_open = false;
            self.active = 0;
        }
    }
}

/// What all fields show, beginning with what was typed before the page came alive.
pub fn pickings(early: &Early, answers: &Answers) -> Vec<Picking> {
    let mut all = Vec::with_capacity(Field::ALL.len());
    for field in Field::ALL {
        let chosen = field.chosen(answers).map(str::to_owned);
        let typed = early
            .typed_into(field.id())
            .filter(|_| chosen.is_none())
            .map(str::to_owned);
        all.push(Picking {
            field,
            is_open: typed.is_some(),
            typed,
            active: 0,
            recent: Vec::new(),
            is_pointed: false,
            chosen,
        });
    }
    all
}

/// So many letters are typed on purpose.
const SURE: usize = 3;

#[cfg(test)]
mod tests {
    use super::*;

    fn provider(early: &Early, answers: &Answers) -> Picking {
        pickings(early, answers)
            .into_iter()
            .find(|it| it.field == Field::Provider)
            .unwrap()
    }

    fn key(key: Key) -> Touch {
        Touch::Key(key)
    }

    #[test]
    fn a_thing_is_found_with_keys_alone() {
        let facts = portolan_builtin::facts();
        let mut answers = Answers::default();
        let mut picking = provider(&Early::default(), &answers);
        assert_eq!(
            picking.touch(Touch::Type("sendg".to_owned()), facts.index()),
            None
        );
        assert!(picking.is_open);
        let choice = picking.touch(key(Key::Enter), facts.index()).unwrap();
        assert_eq!(choice.id.as_deref(), Some("sendgrid"));
        assert_eq!(choice.host, None);
        assert!(!picking.is_open);
        answers.provider = Some(ProviderAnswer::Catalogue("sendgrid".to_owned()));
        picking.follow(&answers);
        picking.touch(Touch::Type("gm".to_owned()), facts.index());
        picking.touch(Touch::Leave, facts.index());
        assert_eq!(picking.typed, None, "the choice stands");
    }

    #[test]
    fn whoever_types_the_only_name_and_goes_on_has_chosen_it() {
        let facts = portolan_builtin::facts();
        for (text, expected) in [("brevo", Some("brevo")), ("g", None), ("qqqqqqq", None)] {
            let mut picking = provider(&Early::default(), &Answers::default());
            picking.touch(Touch::Type(text.to_owned()), facts.index());
            let choice = picking.touch(Touch::Leave, facts.index());
            let id = choice.and_then(|choice| choice.id);
            assert_eq!(id.as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn a_provider_is_found_by_what_people_paste_and_its_region_is_kept() {
        let facts = portolan_builtin::facts();
        let chosen = |text: &str| {
            let mut picking = provider(&Early::default(), &Answers::default());
            picking.touch(Touch::Type(text.to_owned()), facts.index());
            picking.touch(key(Key::Enter), facts.index())
        };
        let choice = |id: &str, host: Option<&str>| {
            Some(Choice {
                id: Some(id.to_owned()),
                host: host.map(str::to_owned),
            })
        };
        assert_eq!(chosen("somebody@gmail.com"), choice("gmail", None));
        assert_eq!(
            chosen("email-smtp.eu-west-1.amazonaws.com:587"),
            choice("amazon-ses", Some("email-smtp.eu-west-1.amazonaws.com"))
        );
        assert_eq!(
            chosen("220 smtp.sendgrid.net ESMTP"),
            choice("sendgrid", None)
        );
        assert_eq!(chosen("nobody at all"), None);
    }

    #[test]
    fn what_was_chosen_last_comes_first_until_something_is_typed() {
        let facts = portolan_builtin::facts();
        let mut picking = provider(&Early::default(), &Answers::default());
        picking.recent = vec!["zoho-mail".to_owned(), "postmark".to_owned()];
        let first = |picking: &Picking| picking.found(facts.index())[0].id.clone();
        assert_eq!(first(&picking), "zoho-mail");
        assert_eq!(picking.found(facts.index())[1].id, "postmark");
        picking.touch(Touch::Type("sendgrid".to_owned()), facts.index());
        assert_eq!(first(&picking), "sendgrid");
    }

    #[test]
    fn enter_takes_nothing_that_nobody_pointed_at() {
        let facts = portolan_builtin::facts();
        let mut picking = provider(&Early::default(), &Answers::default());
        picking.touch(Touch::Click, facts.index());
        assert!(picking.is_open);
        assert_eq!(picking.touch(key(Key::Enter), facts.index()), None);
        picking.touch(key(Key::Down), facts.index());
        assert!(picking.touch(key(Key::Enter), facts.index()).is_some());
    }

    #[test]
    fn the_arrows_stay_within_what_is_shown() {
        let facts = portolan_builtin::facts();
        let mut picking = provider(&Early::default(), &Answers::default());
        picking.touch(key(Key::Down), facts.index());
        assert_eq!((picking.is_open, picking.active), (true, 0));
        for _ in 0..2 * MOST {
            picking.touch(key(Key::Down), facts.index());
        }
        assert_eq!(picking.active, MOST - 1);
        for _ in 0..2 * MOST {
            picking.touch(key(Key::Up), facts.index());
        }
        assert_eq!(picking.active, 0);
        picking.touch(key(Key::Escape), facts.index());
        assert!(!picking.is_open);
    }

    #[test]
    fn what_was_typed_early_stays_until_a_choice_replaces_it() {
        let early = Early {
            typed: vec![("provider-pick".to_owned(), "gm".to_owned())],
            ..Early::default()
        };
        let mut answers = Answers::default();
        let mut picking = provider(&early, &answers);
        assert_eq!(picking.typed.as_deref(), Some("gm"));
        picking.follow(&answers);
        assert!(picking.is_open && picking.typed.is_some());
        answers.provider = Some(ProviderAnswer::Catalogue("gmail".to_owned()));
        picking.follow(&answers);
        assert_eq!(picking.typed, None);
    }
}
