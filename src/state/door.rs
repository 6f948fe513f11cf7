//! The doors: what each says of itself, and where it is in the address.

/// A door.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Door {
    /// Which port, for the visitor's own case.
    #[default]
    Advise,
    /// What went wrong.
    Analyze,
    /// What a check saw.
    Check,
}

/// All doors, in the order of the page.
pub const DOORS: [Door; 3] = [Door::Advise, Door::Analyze, Door::Check];

impl Door {
    /// The id, as it stands in the address and at the links.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Advise => "advise",
            Self::Analyze => "analyze",
            Self::Check => "check",
        }
    }

    /// The fragment of the door with nothing said.
    pub const fn fragment(self) -> &'static str {
        match self {
            Self::Advise => super::link::NOTHING,
            Self::Analyze => "#/analyze",
            Self::Check => super::link::CHECK,
        }
    }

    /// The page that arrives with this door open.
    pub const fn file(self) -> &'static str {
        match self {
            Self::Advise => "./",
            Self::Analyze => "analyze.html",
            Self::Check => "check.html",
        }
    }

    /// Where the answer is on the page.
    pub const fn answer(self) -> &'static str {
        match self {
            Self::Advise => "#verdict",
            Self::Analyze | Self::Check => "#answer",
        }
    }

    /// What the links to it say.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Advise => "Advise",
            Self::Analyze => "Analyze",
            Self::Check => "Check",
        }
    }

    /// The page's headline.
    pub const fn headline(self) -> &'static str {
        match self {
            Self::Advise => "Which port should your mail leave by?",
            Self::Analyze => "What went wrong with your mail?",
            Self::Check => "Which ports answer, and how?",
        }
    }

    /// The page's title where nothing is answered, by the page's headline.
    pub fn title(headline: &str) -> String {
        let (first, rest) = headline.split_at_checked(1).unwrap_or_default();
        ["Portolan: ", &first.to_ascii_lowercase(), rest].concat()
    }

    /// What stands below it.
    pub const fn lede(self) -> &'static str {
        match self {
            Self::Advise => {
                "Answer what you know. The course is drawn from the first answer on, and every part of it says why."
            }
            Self::Analyze => {
                "Paste what you have, or drop a file of any size. You get the cause, the lines that show it, who can mend it, and how."
            }
            Self::Check => {
                "Run portolan-probe where your mail leaves, and give its report here: every port, stage by stage, what is wrong and whose it is, and the port to use."
            }
        }
    }

    /// The door with this id.
    pub fn parse(id: &str) -> Option<Self> {
        DOORS.into_iter().find(|door| door.id() == id)
    }

    /// The door that a fragment leads to. `None`: it leads to none.
    pub fn of(fragment: &str) -> Option<Self> {
        let path = fragment.strip_prefix("#/")?;
        let id = path.split(['?', '/']).next().unwrap_or(path);
        // Whatever else begins so is read, and told, by the advice.
        Some(Self::parse(id).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::Door;

    #[test]
    fn a_fragment_leads_to_a_door_or_to_a_place_on_the_page() {
        assert_eq!(Door::of("#/analyze"), Some(Door::Analyze));
        assert_eq!(Door::of("#/advise?use=person"), Some(Door::Advise));
        assert_eq!(Door::of("#/check?provider=gmail"), Some(Door::Check));
        assert_eq!(Door::of("#/nonsense"), Some(Door::Advise));
        assert_eq!(Door::of("#verdict"), None);
        assert_eq!(Door::of(""), None);
    }
}
