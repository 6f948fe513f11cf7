//! The decision engine: answers and facts in, one verdict out.
#![expect(dead_code, clippy::expect_used, reason="temporary scaffold while the engine is being written")]
use std::sync::Arc;
use portolan_facts::Facts;
use portolan_report::*;
mod answers;
pub use answers::{Answers, Constraint, OtherEnvironment, PostureItem, ProviderAnswer, UseCase};

/// Ids of the questions, as in `data/questions/`.
pub mod question {
    /// What sends the mail.
    pub const USE_CASE: &str = "use-case";
    /// Who takes it.
    pub const PROVIDER: &str = "provider";
    /// Where it runs.
    pub const ENVIRONMENT: &str = "environment";
    /// What was seen.
    pub const OBSERVED: &str = "observed";
    /// What speaks SMTP.
    pub const CLIENT: &str = "client";
    /// What the route must keep to.
    pub const CONSTRAINTS: &str = "constraints";
    /// What is in order for port 25.
    pub const POSTURE: &str = "posture";
}

/// The verdict.
pub fn advise(facts: &Facts, answers: &Answers) -> Advice {
    let src: Vec<Arc<Source>> = facts.cite("rfc8314", "3.3").into_iter().collect();
    let host = match &answers.provider { Some(ProviderAnswer::Catalogue(id)) => Some(Host{name: format!("smtp.{id}.example"), placeholder: None}), _ => None };
    let route = |port, security| Route { kind: RouteKind::Submission, host: host.clone(), port: Some(port), security: Some(security), sign_in: SignIn{ mechanisms: vec!["PLAIN".into(), "LOGIN".into()], kind: None, credentials: Some("user: the literal word apikey; password: an API key".into())}, api: None };
    let reason = |stance, text: &str| Reason { rule: "scaffold", stance, text: text.into(), sources: src.clone() };
    Advice {
        best: Judged { route: route(587, Security::StartTls), reasons: vec![reason(Stance::Prefer, "587 is the port for submission.")] },
        confidence: Confidence::Medium,
        doubts: vec![Doubt { at_most: Confidence::Medium, text: "Where it runs is not known.".into(), sources: vec![] }],
        assumptions: vec![Assumption { question: question::ENVIRONMENT, text: "Nothing between you and the provider blocks the port.".into() }],
        contradictions: vec![], 
        alternatives: vec![Alternative { route: route(465, Security::ImplicitTls), when: "when your client cannot require STARTTLS".into(), reasons: vec![reason(Stance::Accept, "465 is as good.")] }],
        rejected: vec![Judged { route: route(25, Security::StartTls), reasons: vec![reason(Stance::Forbid, "25 is for relay between mail servers.")] }],
        warnings: vec![Note { text: "Never send credentials without TLS.".into(), sources: src.clone() }],
        steps: vec![Step { who: Who::Client, action: "Set host and port, and require STARTTLS.".into(), command: None, sources: src.clone(), first: false }],
        checks: vec![Check { layer: Layer::Connect, commands: vec![Command { on: vec![Os::Linux, Os::MacOs], line: "nc -vz -w 5 smtp.example.com 587".into() }, Command { on: vec![Os::Windows], line: "Test-NetConnection smtp.example.com -Port 587".into() }], outcomes: vec![Outcome { seen: "succeeded".into(), means: "the port is open from here".into() }, Outcome { seen: "timed out".into(), means: "a firewall on the way drops it".into() }] }],
        chart: Chart { from: "Your application".into(), edges: vec!["DigitalOcean Droplets".into()], to: "SendGrid".into(), end: ChartEnd::Provider, lines: vec![
            PortLine { port: 25, knowledge: Knowledge::Blocked, layer: Some("DigitalOcean Droplets".into()), seen: None, chosen: false, offered: true, sources: src.clone() },
            PortLine { port: 465, knowledge: Knowledge::Unknown, layer: None, seen: None, chosen: false, offered: true, sources: vec![] },
            PortLine { port: 587, knowledge: Knowledge::LikelyOpen, layer: None, seen: None, chosen: true, offered: true, sources: src },
        ] },
    }
}

/// The question whose answer could change the verdict most. `None`: no answer could.
pub fn next_question(_facts: &Facts, answers: &Answers) -> Option<&'static str> {
    if answers.use_case.is_none() { Some(question::USE_CASE) } else if answers.provider.is_none() { Some(question::PROVIDER) } else if answers.environments.is_empty() { Some(question::ENVIRONMENT) } else { None }
}
