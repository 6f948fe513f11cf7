//! The one seam through which the page calls the engine, and what of a verdict leaves the page.

use portolan_advice::Answers;
pub use portolan_advice::CITED;
use portolan_facts::Facts;
use portolan_report::{Advice, Security};
use serde::Serialize;

/// The verdict for these answers.
pub fn advise(facts: &Facts, answers: &Answers) -> Advice {
    portolan_advice::advise(facts, answers)
}

/// The question whose answer could change the verdict most, by id.
pub fn next_question(facts: &Facts, answers: &Answers) -> Option<&'static str> {
    portolan_advice::next_question(facts, answers)
}

/// The verdict as other scripts of the site learn of it: the detail of the event `portolan:verdict` at the document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Announcement {
    /// The kind of route, such as `submission`.
    pub kind: &'static str,
    /// Where to connect; a placeholder in angle brackets is part of it. `None`: no answer supplies it.
    pub host: Option<String>,
    /// TCP port. `None`: the route has none.
    pub port: Option<u16>,
    /// `starttls`, `starttls-opportunistic`, `implicit` or `none`.
    pub tls: Option<&'static str>,
    /// `low`, `medium` or `high`.
    pub confidence: &'static str,
}

/// What to announce of a verdict.
pub fn announcement(advice: &Advice) -> Announcement {
    let route = &advice.best.route;
    Announcement {
        kind: route.kind.id(),
        host: route.host.as_ref().map(|host| host.name.clone()),
        port: route.port,
        tls: route.security.map(Security::id),
        confidence: advice.confidence.id(),
    }
}
