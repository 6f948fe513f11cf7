//! The decision engine: answers and facts in, one verdict out.
//!
//! Candidates are the provider's documented endpoints, or the standard routes where none is named. Independent rules
//! judge each of them, and the verdict is the ranking: there is no table of answers, so every result can say why it
//! won and why each other route lost. Total on every subset of answers; no I/O, no clock, no randomness.
//!
//! ```
//! use portolan_advice::{Answers, ProviderAnswer, UseCase, advise};
//!
//! let facts = portolan_builtin::facts();
//! let answers = Answers {
//!     use_case: Some(UseCase::Application),
//!     provider: Some(ProviderAnswer::Catalogue("sendgrid".to_owned())),
//!     environments: vec!["digitalocean-droplet".to_owned()],
//!     ..Answers::default()
//! };
//! let advice = advise(&facts, &answers);
//! assert_eq!(advice.best.route.port, Some(2525));
//! ```

// Unit tests read the golden situations with the same code as the tests beside them.
#[cfg(test)]
extern crate self as portolan_advice;

mod alternatives;
mod answers;
mod candidate;
mod chart;
mod checks;
mod confidence;
mod configuration;
mod contradictions;
mod delivery;
mod demands;
mod egress;
mod keeps;
mod maturity;
mod questions;
mod ranking;
mod receiving;
mod rules;
mod situation;
mod steps;
mod suggestions;
mod warnings;
mod words;

use portolan_facts::Facts;
use portolan_report::{Advice, Assumption, Confidence, Knowledge, RouteKind};

pub use answers::{
    Answers, Constraint, OtherEnvironment, PastedEndpoint, PostureItem, ProviderAnswer, UseCase,
};
pub use maturity::maturity;
pub use questions::next_question;
pub use situation::recognized;
pub use suggestions::ORDER as SUGGESTION_ORDER;

/// Ids of the standards that rules, steps and warnings cite: of all standards, a page needs these to give advice.
pub const CITED: [&str; 9] = [
    "rfc3207", "rfc4954", "rfc5068", "rfc5321", "rfc6376", "rfc6409", "rfc7208", "rfc8314",
    "rfc9989",
];

use crate::ranking::{Place, Ranked};
use crate::rules::{RULES, Rule};
use crate::situation::Situation;

/// Ids of the questions, as in `data/questions/`.
pub mod question {
    /// What speaks SMTP.
    pub const CLIENT: &str = "client";
    /// What the route must keep to.
    pub const CONSTRAINTS: &str = "constraints";
    /// Where it runs.
    pub const ENVIRONMENT: &str = "environment";
    /// What was seen.
    pub const OBSERVED: &str = "observed";
    /// What is in order for port 25.
    pub const POSTURE: &str = "posture";
    /// Who takes the mail.
    pub const PROVIDER: &str = "provider";
    /// What sends the mail.
    pub const USE_CASE: &str = "use-case";
    /// All of them, in the order of the form.
    pub const ALL: [&str; 7] = [
        USE_CASE,
        PROVIDER,
        ENVIRONMENT,
        OBSERVED,
        CLIENT,
        CONSTRAINTS,
        POSTURE,
    ];
}

/// The verdict for these answers.
pub fn advise(facts: &Facts, answers: &Answers) -> Advice {
    advise_by(RULES, facts, answers)
}

/// The verdict of these rules: a test takes one of them out.
fn advise_by(rules: &[(&'static str, Rule)], facts: &Facts, answers: &Answers) -> Advice {
    let situation = Situation::new(facts, answers);
    let ranked = ranking::rank(rules, candidate::candidates(&situation), &situation);
    // `candidates` always holds the route that is none, or the receiving one.
    let Some(best) = ranked.first() else {
        return nothing();
    };
    let doubts = confidence::doubts(best, &situation);
    Advice {
        best: best.judged(),
        confidence: doubts
            .first()
            .map_or(Confidence::High, |doubt| doubt.at_most),
        assumptions: assumptions(best, &situation),
        contradictions: contradictions::contradictions(&ranked, &situation),
        alternatives: alternatives::alternatives(&ranked, &situation),
        providers: suggestions::suggestions(best, &situation),
        rejected: ranked
            .iter()
            .skip(1)
            .filter(|one| one.place >= Place::Constrained)
            .map(Ranked::judged)
            .collect(),
        warnings: warnings::warnings(best, &situation),
        steps: steps::steps(best, &situation),
        checks: checks::checks(&best.candidate.route, &situation),
        chart: chart::chart(&ranked, &situation),
        doubts,
    }
}

/// What was taken for granted because a question is open.
fn assumptions(best: &Ranked<'_>, situation: &Situation<'_>) -> Vec<Assumption> {
    let mut assumed = Vec::new();
    let kind = best.candidate.route.kind;
    if situation.answers.use_case.is_none() {
        assumed.push(Assumption {
            question: question::USE_CASE,
            text: "An application sends the mail, and signs in.".to_owned(),
        });
    }
    let is_without_host = best.candidate.route.host.is_none()
        && situation.provider.is_none()
        && !situation.has_pasted_endpoints();
    if is_without_host && matches!(kind, RouteKind::Submission | RouteKind::HttpApi) {
        assumed.push(Assumption {
            question: question::PROVIDER,
            text: match best.candidate.route.port {
                Some(port @ (465 | 587)) => {
                    format!("Your provider listens on {port}, as nearly all do.")
                }
                Some(port) => format!("Your provider listens on {port}, which not all do."),
                None => "Your provider has an API over HTTPS, which not all have.".to_owned(),
            },
        });
    }
    if kind == RouteKind::Receive && !situation.has_environment() {
        assumed.push(Assumption {
            question: question::ENVIRONMENT,
            text: "The network lets 25 in, from anywhere.".to_owned(),
        });
    }
    let is_unproven = |view: &egress::PortView<'_>| view.knowledge != Knowledge::SeenOpen;
    if best.candidate.egress.as_ref().is_some_and(is_unproven) && !situation.has_environment() {
        assumed.push(Assumption {
            question: question::ENVIRONMENT,
            text: "Nothing between you and the other end blocks the port.".to_owned(),
        });
    }
    if best.candidate.signs_in() && situation.answers.client.is_none() {
        assumed.push(Assumption {
            question: question::CLIENT,
            text: "Your client can require STARTTLS, and can do TLS from the first byte."
                .to_owned(),
        });
    }
    assumed
}

/// An empty verdict. Never reached: the list of candidates is never empty.
fn nothing() -> Advice {
    use portolan_report::{Chart, ChartEnd, Judged, Route, SignIn};
    Advice {
        best: Judged {
            route: Route {
                kind: RouteKind::None,
                host: None,
                port: None,
                security: None,
                sign_in: SignIn::default(),
                api: None,
            },
            reasons: Vec::new(),
        },
        confidence: Confidence::Low,
        doubts: Vec::new(),
        assumptions: Vec::new(),
        contradictions: Vec::new(),
        alternatives: Vec::new(),
        providers: Vec::new(),
        rejected: Vec::new(),
        warnings: Vec::new(),
        steps: Vec::new(),
        checks: Vec::new(),
        chart: Chart {
            from: String::new(),
            edges: Vec::new(),
            to: String::new(),
            end: ChartEnd::Provider,
            lines: Vec::new(),
        },
    }
}
