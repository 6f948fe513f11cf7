//! A verdict and everything it rests on.

use std::sync::Arc;

use crate::{Judged, Knowledge, Reach, Reason, Route, Source};

/// How sure a verdict is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Confidence {
    /// An assumption or a weak source carries it.
    Low,
    /// Likely, with something unproven that is named.
    Medium,
    /// Documented or seen at both ends.
    High,
}

impl Confidence {
    /// The id in the published JSON, which is also its word.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

/// A named fact that keeps the confidence from being higher.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// The confidence is at most this.
    pub at_most: Confidence,
    /// The fact, as a sentence.
    pub text: String,
    /// Where the fact comes from.
    pub sources: Vec<Arc<Source>>,
}

/// What was assumed because a question is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assumption {
    /// Id of the question whose answer would replace it.
    pub question: &'static str,
    /// The assumption, as a sentence.
    pub text: String,
}

/// What does not go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ContradictionKind {
    /// Two answers exclude each other.
    Answers,
    /// No route meets a hard constraint.
    Constraint,
    /// The provider listens on no port that the environment lets out.
    NoCommonPort,
    /// Sources disagree, or disagree with what was seen.
    Sources,
}

impl ContradictionKind {
    /// The id in the published JSON.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Answers => "answers",
            Self::Constraint => "constraint",
            Self::NoCommonPort => "no-common-port",
            Self::Sources => "sources",
        }
    }
}

/// A contradiction, told and not resolved in silence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contradiction {
    /// What kind it is.
    pub kind: ContradictionKind,
    /// What contradicts what, and the way out.
    pub text: String,
    /// The sources that disagree, where sources do.
    pub sources: Vec<Arc<Source>>,
}

/// A sentence with its sources.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The sentence.
    pub text: String,
    /// What supports it.
    pub sources: Vec<Arc<Source>>,
}

/// Another route that would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternative {
    /// The route.
    pub route: Route,
    /// When to take it, as a clause that follows "take it".
    pub when: String,
    /// What the rules say of it.
    pub reasons: Vec<Reason>,
}

/// A provider of the catalogue that could take the mail by a port that gets out here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Those of its submission ports that get out, best first.
    pub ports: Vec<u16>,
}

/// Who has to act. The ids are those of the causes' `blame`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Who {
    /// Whoever configures the sending program.
    Client,
    /// Whoever runs the network or the host.
    Network,
    /// Whoever has the account at the provider.
    Provider,
    /// Whoever owns the sending domain.
    Sender,
    /// Whoever runs the server that takes the mail.
    Server,
}

impl Who {
    /// The id in the published JSON.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::Network => "network",
            Self::Provider => "provider",
            Self::Sender => "sender",
            Self::Server => "server",
        }
    }
}

/// Something to do, in its place in the order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Who has to act.
    pub who: Who,
    /// What to do.
    pub action: String,
    /// The setting or command, ready to copy.
    pub command: Option<String>,
    /// Where it is done or described: the owner's own page.
    pub link: Option<String>,
    /// What supports it.
    pub sources: Vec<Arc<Source>>,
    /// Whether the route works only after it: lifting a block, creating a connector.
    pub first: bool,
}

/// What a check looks at, in the order in which to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Layer {
    /// The name has an address.
    Resolve,
    /// The port answers.
    Connect,
    /// TLS comes about and the certificate is the host's.
    Tls,
    /// The server offers what is needed to sign in.
    Auth,
}

impl Layer {
    /// The id in the published JSON.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Resolve => "resolve",
            Self::Connect => "connect",
            Self::Tls => "tls",
            Self::Auth => "auth",
        }
    }
}

/// Where a command runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Os {
    /// Linux.
    Linux,
    /// macOS.
    MacOs,
    /// Windows.
    Windows,
}

impl Os {
    /// The id in the published JSON.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Linux => "linux",
            Self::MacOs => "macos",
            Self::Windows => "windows",
        }
    }
}

/// A command line and the systems on which it runs as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    /// The systems.
    pub on: &'static [Os],
    /// The line to type.
    pub line: String,
}

/// What a check may show, and what that means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// What is seen.
    pub seen: &'static str,
    /// What it means.
    pub means: &'static str,
}

/// A check that proves one layer of the route.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// What it looks at.
    pub layer: Layer,
    /// The commands, one for each group of systems.
    pub commands: Vec<Command>,
    /// The outcomes that tell something.
    pub outcomes: &'static [Outcome],
}

/// One port on the drawn route.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PortLine {
    /// TCP port.
    pub port: u16,
    /// What is known of it at the sender's side.
    pub knowledge: Knowledge,
    /// The layer of the environment that decides. `None`: no environment was named, or what was seen decides.
    pub layer: Option<String>,
    /// What was seen, where something was.
    pub seen: Option<Reach>,
    /// Whether the chosen route takes it.
    pub chosen: bool,
    /// Whether the other end listens on it at all.
    pub offered: bool,
    /// What supports the knowledge.
    pub sources: Vec<Arc<Source>>,
}

/// The end of the drawn route.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ChartEnd {
    /// A provider takes the mail and delivers it to the recipient's MX.
    Provider,
    /// The recipient's MX takes it directly.
    RecipientMx,
    /// This server receives.
    OwnServer,
}

/// What the drawn route shows, from the same data as the verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chart {
    /// What sends, such as "Your application".
    pub from: String,
    /// The environment's layers, innermost first. Empty: none was named.
    pub edges: Vec<String>,
    /// Name of the other end, such as the provider's.
    pub to: String,
    /// What kind of end it is.
    pub end: ChartEnd,
    /// The ports, in ascending order.
    pub lines: Vec<PortLine>,
}

/// A verdict: exactly one route, and everything it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advice {
    /// The route to take, with the reasons for it.
    pub best: Judged,
    /// How sure that is: the lowest of the doubts, else high.
    pub confidence: Confidence,
    /// What keeps the confidence from being higher, lowest first.
    pub doubts: Vec<Doubt>,
    /// What was assumed.
    pub assumptions: Vec<Assumption>,
    /// What does not go together.
    pub contradictions: Vec<Contradiction>,
    /// What else would do, in order.
    pub alternatives: Vec<Alternative>,
    /// Who could take the mail where nobody is named, or nobody who is named can be reached, in the order that the
    /// engine says.
    pub providers: Vec<Suggestion>,
    /// What would not do, and why.
    pub rejected: Vec<Judged>,
    /// What to beware of.
    pub warnings: Vec<Note>,
    /// What to do now, in order.
    pub steps: Vec<Step>,
    /// What proves it, in the order of the layers.
    pub checks: Vec<Check>,
    /// The drawn route.
    pub chart: Chart,
}
