//! The answer as Markdown, for a ticket: what to set, why, what to do, how to prove it. Nothing secret is in it.

use std::sync::Arc;

use portolan_report::{Advice, Route, RouteKind, Security, Source};

/// What a route is, in the few words that fit into a link: `587.starttls.smtp.example.com`, `http-api`.
pub fn course(route: &Route) -> String {
    let mut parts = vec![match route.port {
        Some(port) => port.to_string(),
        None => route.kind.id().to_owned(),
    }];
    parts.extend(route.security.map(|security| security.id().to_owned()));
    parts.extend(route.host.as_ref().map(|host| host.name.clone()));
    parts.join(".")
}

/// The answer as Markdown. `link` leads back to it.
pub fn markdown(advice: &Advice, link: &str, facts: &str) -> String {
    let mut text = String::new();
    let route = &advice.best.route;
    line(&mut text, "## ", &headline(route), &[]);
    text.push('\n');
    let mut set =
        |name: &str, value: &str| line(&mut text, "- ", &[name, ": ", value].concat(), &[]);
    if let Some(security) = route.security {
        set("TLS", tls(security));
    }
    if !route.sign_in.mechanisms.is_empty() {
        set("Sign-in", &route.sign_in.mechanisms.join(", "));
    }
    if let Some(credentials) = &route.sign_in.credentials {
        set("Credentials", credentials);
    }
    set("Confidence", advice.confidence.id());
    for doubt in &advice.doubts {
        line(&mut text, "  - ", &doubt.text, &doubt.sources);
    }
    section(
        &mut text,
        "This does not go together",
        advice.contradictions.len(),
    );
    for one in &advice.contradictions {
        line(&mut text, "- ", &one.text, &one.sources);
    }
    section(&mut text, "Why", advice.best.reasons.len());
    for reason in &advice.best.reasons {
        line(&mut text, "- ", &reason.text, &reason.sources);
    }
    section(&mut text, "Beware", advice.warnings.len());
    for note in &advice.warnings {
        line(&mut text, "- ", &note.text, &note.sources);
    }
    section(&mut text, "Instead", advice.alternatives.len());
    for other in &advice.alternatives {
        let words = [&headline(&other.route), ": ", &other.when].concat();
        line(&mut text, "- ", &words, &[]);
    }
    section(&mut text, "Do", advice.steps.len());
    for step in &advice.steps {
        line(&mut text, "1. ", &step.action, &step.sources);
        if let Some(command) = &step.command {
            block(&mut text, command);
        }
    }
    section(&mut text, "Prove", advice.checks.len());
    for check in &advice.checks {
        if let Some(command) = check.commands.first() {
            block(&mut text, &command.line);
        }
    }
    text.push('\n');
    line(
        &mut text,
        "",
        &["Facts of ", facts, ". ", link].concat(),
        &[],
    );
    text
}

/// Where to connect, in one line.
pub fn headline(route: &Route) -> String {
    let host = route.host.as_ref().map_or("", |host| &host.name);
    let number = route.port.unwrap_or_default().to_string();
    match (route.kind, host) {
        (RouteKind::None, _) => "No way out is known".to_owned(),
        (RouteKind::HttpApi, _) => "The provider’s HTTPS API".to_owned(),
        (RouteKind::Receive, _) => ["Listen on ", &number].concat(),
        (RouteKind::Mx, "") => ["The recipients’ MX, ", &number].concat(),
        (_, "") => ["Port ", &number].concat(),
        (_, host) => [host, ":", &number].concat(),
    }
}

const fn tls(security: Security) -> &'static str {
    match security {
        Security::ImplicitTls => "from the first byte",
        Security::StartTls => "STARTTLS, required",
        Security::OpportunisticStartTls => "STARTTLS when offered",
        Security::Cleartext => "none",
    }
}

fn section(text: &mut String, title: &str, count: usize) {
    if count > 0 {
        text.push_str("\n### ");
        text.push_str(title);
        text.push_str("\n\n");
    }
}

fn line(text: &mut String, mark: &str, words: &str, sources: &[Arc<Source>]) {
    text.push_str(mark);
    text.push_str(words);
    for (place, source) in sources.iter().enumerate() {
        text.push_str(if place == 0 { " (" } else { ", " });
        match &source.url {
            Some(url) => {
                text.push('<');
                text.push_str(url);
                text.push('>');
            }
            None => text.push_str(&source.id),
        }
        if let Some(date) = source.seen.date() {
            text.push_str(", ");
            text.push_str(date);
        }
    }
    if !sources.is_empty() {
        text.push(')');
    }
    text.push('\n');
}

/// Indented, so that no fence inside can end it.
fn block(text: &mut String, lines: &str) {
    text.push('\n');
    for line in lines.lines() {
        text.push_str("       ");
        text.push_str(line);
        text.push('\n');
    }
    text.push('\n');
}

#[cfg(test)]
mod tests {
    use portolan_advice::{Answers, ProviderAnswer, UseCase, advise};

    use super::*;

    #[test]
    fn a_ticket_says_what_to_set_why_and_how_to_prove_it() {
        let facts = portolan_builtin::facts();
        let answers = Answers {
            use_case: Some(UseCase::Application),
            provider: Some(ProviderAnswer::Catalogue("sendgrid".to_owned())),
            environments: vec!["digitalocean-droplet".to_owned()],
            client: Some("nodemailer".to_owned()),
            ..Answers::default()
        };
        let advice = advise(&facts, &answers);
        assert_eq!(
            course(&advice.best.route),
            "2525.starttls.smtp.sendgrid.net"
        );
        let text = markdown(&advice, "https://example.com/#/advise", "2026-11-24");
        for part in [
            "## smtp.sendgrid.net:2525\n",
            "- TLS: STARTTLS, required\n",
            "### Why\n",
            "### Do\n",
            "requireTLS: true",
            "### Prove\n",
            "nslookup smtp.sendgrid.net",
            "Facts of 2026-11-24. https://example.com/#/advise",
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
    }
}
