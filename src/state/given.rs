//! What was put into the box, and what the analyzer made of it.

use portolan_facts::Tree;

use super::door::Door;

/// The box.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// What the field shows: as it is typed, or as the analyzer lets it be shown.
    pub draft: String,
    /// What the analyzer said last.
    pub answer: Option<Answer>,
    /// How far it is.
    pub state: State,
    /// Whether somebody typed since the field was read: else what is pasted takes its place.
    pub is_edited: bool,
}

/// How far the analyzer is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum State {
    /// Nothing is on its way.
    #[default]
    Idle,
    /// It could not be loaded, or broke.
    Failed,
    /// It reads something new.
    Reading,
}

/// What the analyzer says.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// The door that it belongs to, by the analyzer's word for it.
    pub door: String,
    /// The address or host itself, where it is nothing else.
    pub subject: Option<String>,
    /// The text as it may be shown.
    pub shown: Option<String>,
    /// What was given, in numbers.
    pub about: String,
    /// What to tell whoever does not see the sheet.
    pub status: String,
    /// The sheet.
    pub sheet: Tree,
    /// Whether more follows by itself.
    pub is_busy: bool,
    /// The id of what is to be looked at now. `None`: what was looked at stays.
    pub look: Option<String>,
}

/// Where something that was recognized belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Belongs {
    /// Its endpoints to the advice.
    Documentation(String),
    /// To a door of the analyzer.
    Door(Door),
    /// To nothing that is built.
    Nowhere,
    /// To the advice: who is known by it.
    Provider(String),
}

impl Answer {
    /// Reads what the analyzer sent. `None`: it is none of its answers.
    pub fn read(tree: Tree) -> Option<Self> {
        let Tree::List(mut parts) = tree else {
            return None;
        };
        let mut next = || {
            if parts.is_empty() {
                Tree::Absent
            } else {
                parts.remove(0)
            }
        };
        let text = |tree: Tree| match tree {
            Tree::Text(text) => Some(text),
            _ => None,
        };
        let door = text(next())?;
        Some(Self {
            door,
            subject: text(next()),
            shown: text(next()),
            about: text(next()).unwrap_or_default(),
            status: text(next()).unwrap_or_default(),
            sheet: next(),
            is_busy: matches!(next(), Tree::Flag(true)),
            look: text(next()),
        })
    }

    /// Where it belongs.
    pub fn belongs(&self) -> Belongs {
        if let Some(door) = Door::parse(&self.door) {
            return Belongs::Door(door);
        }
        match (self.door.as_str(), &self.subject, &self.shown) {
            // Whose the address is stays here: a link that is passed on would tell.
            ("provider", Some(subject), _) => {
                let domain = subject
                    .rsplit_once('@')
                    .map_or(subject.as_str(), |(_, domain)| domain);
                Belongs::Provider(domain.to_owned())
            }
            ("documentation", _, Some(shown)) => Belongs::Documentation(shown.clone()),
            _ => Belongs::Nowhere,
        }
    }
}

/// A field of so many bytes is easily edited; of more, only the numbers are shown.
const FIELD: usize = 12_000;

impl Given {
    /// Something is typed.
    pub fn edit(&mut self, text: String) {
        self.draft = text;
        self.is_edited = true;
    }

    /// Something was given: it is on its way.
    pub fn give(&mut self) {
        self.is_edited = false;
        self.state = State::Reading;
        self.draft.clear();
        self.answer = None;
    }

    /// What is to be shown behind a door: not what another one found.
    pub fn at(&self, door: Door) -> Option<&Answer> {
        self.answer
            .as_ref()
            .filter(|it| Door::parse(&it.door).is_none_or(|other| other == door))
    }

    /// Takes an answer; `None`: the analyzer cannot be had, or broke. Whether it is the first to something new.
    pub fn take(&mut self, answer: Option<Answer>) -> bool {
        let Some(answer) = answer else {
            self.state = State::Failed;
            return false;
        };
        let is_new = self.state == State::Reading && !answer.is_busy;
        if is_new {
            let short = answer.shown.as_ref().filter(|shown| shown.len() <= FIELD);
            self.draft = short.cloned().unwrap_or_default();
            self.state = State::Idle;
        }
        self.answer = Some(answer);
        is_new
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(door: &str, subject: Option<&str>, shown: &str, is_busy: bool) -> Tree {
        let text = |it: &str| Tree::Text(it.to_owned());
        Tree::List(vec![
            text(door),
            subject.map_or(Tree::Absent, text),
            text(shown),
            text("1 line"),
            text("said"),
            Tree::List(Vec::new()),
            Tree::Flag(is_busy),
            text("finding"),
        ])
    }

    #[test]
    fn what_is_recognized_belongs_to_a_door() {
        let of = |door, subject| {
            Answer::read(answer(door, subject, "text", false))
                .unwrap()
                .belongs()
        };
        assert_eq!(of("analyze", None), Belongs::Door(Door::Analyze));
        assert_eq!(of("check", None), Belongs::Door(Door::Check));
        assert_eq!(
            of("provider", Some("me@gmail.com")),
            Belongs::Provider("gmail.com".to_owned())
        );
        assert_eq!(
            of("documentation", None),
            Belongs::Documentation("text".to_owned())
        );
        assert_eq!(of("nowhere", None), Belongs::Nowhere);
        assert!(Answer::read(Tree::Absent).is_none());
        let told = Answer::read(answer("check", None, "text", false)).unwrap();
        assert_eq!(told.look.as_deref(), Some("finding"));
    }

    #[test]
    fn the_field_shows_what_may_be_shown_and_nothing_long() {
        let mut given = Given::default();
        given.give();
        assert!(
            !given.take(Answer::read(answer("analyze", None, "", true))),
            "the first of several"
        );
        assert!(given.take(Answer::read(answer(
            "analyze",
            None,
            "password=[masked]",
            false
        ))));
        assert_eq!(given.draft, "password=[masked]");
        assert!(
            !given.take(Answer::read(answer("analyze", None, "x", false))),
            "asked of the same"
        );
        given.give();
        given.take(Answer::read(answer(
            "analyze",
            None,
            &"x".repeat(FIELD + 1),
            false,
        )));
        assert_eq!(given.draft, "");
        given.give();
        given.take(None);
        assert_eq!(given.state, State::Failed);
    }
}
