//! What the advice is with what was seen: the page's own engine, on the answers that the address has and the report's
//! observations.

use portolan_advice::{Answers, ProviderAnswer, advise};
use portolan_check::{PortState, Security};
use portolan_facts::{EntryKind, Facts};
use portolan_report::probe::{ProbeReport, TargetKind};
use portolan_report::sheet::Element;
use portolan_report::{Advice, Confidence, Observation, Reach, Reason, RouteKind, Stance};

use super::way::{way, with};
use super::{Seen, words};
use crate::sheet::{Writes, copied, el, link, list, of};

/// More would not fit into a link.
const MOST: usize = 16;

/// What the advice may learn: one for each port of each host, since a sender takes whichever address answers.
pub(super) fn observed(seen: &Seen) -> Vec<Observation> {
    let mut all: Vec<Observation> = Vec::new();
    for it in &seen.assessment.observations {
        let Some(host) = it.host.as_deref().filter(|host| is_host(host)) else {
            continue;
        };
        let known = all
            .iter_mut()
            .find(|known| known.port == it.port && known.host.as_deref() == Some(host));
        if let Some(known) = known {
            if says(it.reach) > says(known.reach) {
                known.reach = it.reach;
            }
        } else if all.len() < MOST {
            all.push(Observation {
                family: None,
                at: None,
                ..it.clone()
            });
        }
    }
    all
}

/// What beats what: that somebody tampers, then that it is open at any address.
const fn says(reach: Reach) -> u8 {
    match reach {
        Reach::Intercepted => 2,
        Reach::Open => 1,
        _ => 0,
    }
}

/// Whether it may stand in a link and a command: letters, digits, hyphens, dots, and the colons of an address.
pub(super) fn is_host(host: &str) -> bool {
    !host.is_empty()
        && host.len() <= 253
        && !host.starts_with('-')
        && host
            .bytes()
            .all(|it| it.is_ascii_alphanumeric() || matches!(it, b'-' | b'.' | b':'))
}

/// Whether it is a name and no address.
fn is_name(host: &str) -> bool {
    !host.contains(':') && host.bytes().any(|it| it.is_ascii_alphabetic())
}

/// The provider whose host was looked at, or that it is a server of somebody's own, and the host by which it is known.
fn provider(report: &ProbeReport, facts: &Facts) -> Option<(ProviderAnswer, Option<String>)> {
    let target = &report.asked.target;
    match target.kind {
        TargetKind::Provider => {
            let id = &target.name;
            let is_id = id.len() <= 64
                && id
                    .bytes()
                    .all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'-');
            (is_id && facts.index().entry(EntryKind::Provider, id).is_some())
                .then(|| (ProviderAnswer::Catalogue(id.clone()), None))
        }
        TargetKind::Address | TargetKind::Host => {
            let host = report.asked.hosts.first()?.name.as_str();
            let host = Some(host).filter(|it| is_host(it) && it.contains('.'))?;
            match facts.index().recognize(host) {
                Some(found) => Some((
                    ProviderAnswer::Catalogue(found.provider.id.clone()),
                    Some(host.to_owned()),
                )),
                // Nobody knows it, so that it is the visitor's own, as far as the advice goes.
                None if is_name(host) => Some((ProviderAnswer::Own, Some(host.to_owned()))),
                None => None,
            }
        }
        // Whoever receives for a domain need not be who sends for it.
        TargetKind::Mx => None,
    }
}

/// What a report tells the advice.
pub(super) fn learnt(
    case: &Answers,
    report: &ProbeReport,
    observed: &[Observation],
    facts: &Facts,
) -> Answers {
    // That nobody knows a host takes nothing back from whoever named a provider.
    let is_said = matches!(
        case.provider,
        Some(ProviderAnswer::Catalogue(_) | ProviderAnswer::Direct)
    );
    let (provider, host) = provider(report, facts)
        .filter(|(it, _)| !is_said || *it != ProviderAnswer::Own)
        .unzip();
    Answers {
        provider,
        recognize: host.flatten(),
        observed: observed.to_vec(),
        ..Answers::default()
    }
}

/// The answers with what was learnt: as the page joins them when it is taken over (`state/learnt.rs`).
pub(super) fn answers(
    case: &Answers,
    report: Option<&ProbeReport>,
    observed: &[Observation],
    facts: &Facts,
) -> Answers {
    let mut answers = case.clone();
    let Some(report) = report else { return answers };
    let learnt = learnt(case, report, observed, facts);
    if learnt.provider.is_some() {
        answers.provider = learnt.provider;
        answers.recognize = learnt.recognize;
    }
    for it in learnt.observed {
        if !answers.observed.contains(&it) {
            answers.observed.push(it);
        }
    }
    answers
}

/// The advice with what was seen. `None`: the facts are not here yet.
pub(super) fn advice(seen: &Seen, case: &Answers, facts: &Facts) -> Option<Advice> {
    if facts.core().questions.is_empty() {
        return None;
    }
    let answers = answers(case, Some(&seen.report), &observed(seen), facts);
    Some(advise(facts, &answers))
}

/// What was seen to work and is no standard port: who runs the server knows whether it is meant.
fn undocumented(seen: &Seen, advice: &Advice) -> Option<String> {
    let best = advice.best.route.port;
    let works = |port: u16| {
        seen.assessment.ports.iter().any(|it| {
            it.port == port
                && matches!(
                    it.state,
                    PortState::Works(Security::StartTls | Security::ImplicitTls)
                )
        })
    };
    let other = seen
        .assessment
        .ports
        .iter()
        .map(|it| it.port)
        .find(|port| !matches!(port, 25 | 465 | 587) && works(*port))?;
    let is_better = best != Some(other) && best.is_none_or(|port| !works(port));
    is_better.then(|| {
        format!("{other} answers here with TLS, and nothing that Portolan knows documents it for this server: take it where the server is yours, or its owner names it.")
    })
}

/// The part of the sheet.
pub(super) fn part(seen: &Seen, advice: Option<&Advice>, case: &Answers, facts: &Facts) -> Element {
    let whole = of("section", "check__part advised")
        .attr("aria-labelledby", "advised-title")
        .child(
            el("h3")
                .attr("id", "advised-title")
                .text("With this, Portolan advises"),
        );
    let Some(advice) = advice else {
        return whole.child(el("p").text("The facts are being loaded."));
    };
    let route = &advice.best.route;
    let fragment =
        portolan_link::print(&learnt(case, &seen.report, &observed(seen), facts), "", "");
    let way = way(seen, advice, case, facts);
    let address = match &way.address {
        Some((host, port)) => of("p", "endpoint__address")
            .maybe(host.as_deref().map(|it| {
                of("span", "endpoint__host")
                    .text(it)
                    .child(of("span", "endpoint__colon").text(":"))
            }))
            .child(of("b", "endpoint__port").text(&port.to_string())),
        None => of("p", "endpoint__address endpoint__words").text(&way.sentence),
    };
    let fact = |name: &str, says: &str| {
        el("div")
            .child(el("dt").text(name))
            .child(el("dd").text(says))
    };
    // Of a port that nobody is sent to, neither the terms nor how sure it is says anything.
    let is_named =
        way.address.is_some() || !matches!(route.kind, RouteKind::Submission | RouteKind::Relay);
    let tls = with(route).trim_start_matches(", ");
    let terms = of("dl", "endpoint__terms")
        .maybe((way.address.is_some() && !tls.is_empty()).then(|| fact("TLS", tls)))
        .maybe(is_named.then(|| fact("Confidence", confidence(advice.confidence))))
        .child(fact("It rests on", &rests_on(case, seen, facts)));
    let reasons = advice.best.reasons.iter().take(REASONS).map(reason);
    let doubts = advice
        .doubts
        .iter()
        .take(REASONS)
        .map(|it| el("li").text(&it.text));
    // Why a port is advised speaks of the advice, and of nothing where no port is.
    let reasons: Vec<Element> = if is_named {
        reasons.collect()
    } else {
        Vec::new()
    };
    let has_doubts = is_named && !advice.doubts.is_empty();
    whole
        .child(address)
        .child(terms)
        .maybe(undocumented(seen, advice).map(|it| of("p", "check__note").text(&it)))
        .maybe((!reasons.is_empty()).then(|| list("ul", "advised__reasons").all(reasons)))
        .maybe(has_doubts.then(|| {
            of("details", "check__fold")
                .child(el("summary").text("What keeps it from being surer"))
                .child(el("ul").all(doubts))
        }))
        .child(
            of("p", "check__ways").child(
                of("a", "button")
                    .attr("href", &fragment)
                    .text("Take this into Advise"),
            ),
        )
}

const REASONS: usize = 5;
const SOURCES: usize = 2;

fn reason(reason: &Reason) -> Element {
    let (sign, stance) = match reason.stance {
        Stance::Prefer => ("+", "prefer"),
        Stance::Accept => ("·", "accept"),
        Stance::Discourage => ("−", "discourage"),
        Stance::Forbid => ("×", "forbid"),
    };
    let sources = reason.sources.iter().filter_map(|source| {
        let url = source.url.as_deref()?;
        // A point of a standard is named as it is cited, a page by whose it is, as in Advise.
        if source.id.contains(' ') {
            return Some(link(&source.id, url));
        }
        let site = url.split('/').nth(2).unwrap_or(url);
        let site = site.strip_prefix("www.").unwrap_or(site);
        let date = source.seen.date().map(|it| format!(", {it}"));
        Some(link(&[site, &date.unwrap_or_default()].concat(), url))
    });
    // Whoever wants all of them finds them in Advise.
    let sources = sources.take(SOURCES);
    el("li")
        .attr("data-level", stance)
        .child(
            of("span", "advised__sign")
                .attr("aria-hidden", "true")
                .text(sign),
        )
        .child(
            el("span")
                .text(&reason.text)
                .text(" ")
                .child(of("span", "finding__step-sources").all(sources)),
        )
}

const fn confidence(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::High => "high",
        Confidence::Medium => "medium",
        Confidence::Low => "low",
    }
}

/// On which answers it rests: the report's, and those of Advise.
fn rests_on(case: &Answers, seen: &Seen, facts: &Facts) -> String {
    let mut parts = vec!["what was seen".to_owned()];
    let answers = answers(case, Some(&seen.report), &[], facts);
    let name = |kind, id: &str| {
        facts
            .index()
            .entry(kind, id)
            .map_or_else(|| words::short(id), |it| it.name.clone())
    };
    match &answers.provider {
        Some(ProviderAnswer::Catalogue(id)) => parts.push(name(EntryKind::Provider, id)),
        Some(ProviderAnswer::Direct) => parts.push("direct delivery".to_owned()),
        Some(ProviderAnswer::Own) => parts.push("a server of your own".to_owned()),
        None => {}
    }
    for id in &answers.environments {
        parts.push(name(EntryKind::Environment, id));
    }
    if answers.use_case.is_none() {
        parts.push("an application that sends, since nothing else was said".to_owned());
    }
    words::listed(&parts)
}

/// A command with a press that copies it, below what it is for.
pub(super) fn command(what: &str, command: &str) -> Element {
    of("div", "run__way")
        .child(el("p").text(what))
        .child(copied(command))
}
