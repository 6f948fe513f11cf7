//! What is known of a port: what somebody saw, and what is documented.

/// What happened when somebody tried a port.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reach {
    /// Something between rewrote the session or answered in the server's place.
    Intercepted,
    /// The connection was made.
    Open,
    /// The host answered that nothing listens there.
    Refused,
    /// A firewall on the way rejected the attempt.
    Rejected,
    /// The connection was made and cut.
    Reset,
    /// No answer.
    TimedOut,
}

impl Reach {
    /// All of them, in the order in which a form offers them.
    pub const ALL: [Self; 6] = [
        Self::Open,
        Self::TimedOut,
        Self::Refused,
        Self::Reset,
        Self::Rejected,
        Self::Intercepted,
    ];

    /// The id in the published JSON and in links.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Intercepted => "intercepted",
            Self::Open => "open",
            Self::Refused => "refused",
            Self::Rejected => "rejected",
            Self::Reset => "reset",
            Self::TimedOut => "timeout",
        }
    }

    /// The value with this id.
    pub fn parse(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reach| reach.id() == id)
    }
}

/// The address family of an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Family {
    /// IPv4.
    V4,
    /// IPv6.
    V6,
}

/// What somebody, a log or a probe saw.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Observation {
    /// TCP port.
    pub port: u16,
    /// What happened.
    pub reach: Reach,
    /// The host that was tried. `None`: not said.
    pub host: Option<String>,
    /// The address family that was tried. `None`: not said.
    pub family: Option<Family>,
    /// When, as the observer wrote it.
    pub at: Option<String>,
}

/// What is known of a port on the sender's side, best first. The order ranks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Knowledge {
    /// Somebody connected through it.
    SeenOpen,
    /// A source says that it is open.
    DocumentedOpen,
    /// The sources restrict other ports and are silent about this one.
    LikelyOpen,
    /// Nothing is known, or the reports disagree.
    Unknown,
    /// Open, but slowed or counted.
    Throttled,
    /// Open under a condition.
    Conditional,
    /// Shut until somebody approves.
    BlockedUntilApproved,
    /// Shut.
    Blocked,
    /// Somebody found it shut.
    SeenShut,
}

impl Knowledge {
    /// The id in the published JSON.
    pub const fn id(self) -> &'static str {
        match self {
            Self::SeenOpen => "seen-open",
            Self::DocumentedOpen => "documented-open",
            Self::LikelyOpen => "likely-open",
            Self::Unknown => "unknown",
            Self::Throttled => "throttled",
            Self::Conditional => "conditional",
            Self::BlockedUntilApproved => "blocked-until-approved",
            Self::Blocked => "blocked",
            Self::SeenShut => "seen-shut",
        }
    }
}
