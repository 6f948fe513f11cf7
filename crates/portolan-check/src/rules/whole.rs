//! What concerns no single session: look-ups, the way out, authorities, the deadline.

use portolan_report::probe::{Answer, ConnectFault, LookupKind, Outcome, RootsFrom};

use super::{Said, of_whole};
use crate::assessment::{Finding, Place, Weight};
use crate::command::is_host;
use crate::look::Look;

/// *Detects* names that lead nowhere. No answer, a resolver that failed, and a name that does not exist are three things. (RFC
/// 5321, section 5.1; RFC 7505.)
pub(super) fn lookups(look: &Look<'_>, found: &mut Vec<Finding>) {
    for lookup in &look.report.lookups {
        let name = &lookup.name;
        let is_mx = lookup.kind == LookupKind::Exchanges;
        let what = if is_mx { "exchanges (MX)" } else { "addresses" };
        let (rule, cause, confidence, sentence) = match &lookup.answer {
            Answer::Exchanges { exchanges } if exchanges.iter().all(|it| it.host.is_empty()) => (
                "takes-no-mail",
                "recipient.domain-not-found",
                95,
                format!("{name} says that it takes no mail: its MX is empty (RFC 7505)."),
            ),
            Answer::Addresses { .. } | Answer::Exchanges { .. } => continue,
            // Without MX the name itself is the exchange.
            Answer::NoRecords if is_mx => continue,
            Answer::NoSuchName => (
                "name-unknown",
                "network.dns-failure",
                95,
                format!("The name {name} does not exist."),
            ),
            Answer::NoRecords => (
                "name-without-address",
                "network.dns-failure",
                90,
                format!("The name {name} has no address."),
            ),
            Answer::Failed { text } => (
                "resolver-failed",
                "network.dns-failure",
                85,
                format!(
                    "The resolver failed to find the {what} of {name}, which says nothing of the name: {text}."
                ),
            ),
            Answer::Refused => (
                "resolver-refused",
                "network.dns-failure",
                85,
                format!(
                    "The resolver {} does not answer us; nothing is known of {name} by that.",
                    lookup.resolver
                ),
            ),
            Answer::TimedOut => (
                "resolver-silent",
                "network.dns-failure",
                85,
                format!("The resolver did not answer in time; nothing is known of {name} by that."),
            ),
        };
        // One of several resolvers or hosts that failed is told, and decides nothing where the rest led somewhere.
        let is_seen = look.doors.iter().any(|it| it.host == name);
        let weight = if is_seen {
            Weight::Note
        } else {
            Weight::Problem
        };
        let host = if is_host(name) { name.as_str() } else { "HOST" };
        let command = if is_mx {
            format!("dig +short MX {host}")
        } else {
            format!("dig +short A {host}; dig +short AAAA {host}")
        };
        let said = Said {
            rule,
            cause,
            weight,
            confidence,
            sentence,
        };
        found.push(of_whole(look, name, said, Some(command)));
    }
}

/// *Detects* that 25 is shut on the way out: several hosts that have nothing to do with each other are silent alike. (RFC 5068,
/// section 4.)
pub(super) fn blocked(look: &Look<'_>, found: &mut Vec<Finding>) {
    let silent = |it: &Outcome| {
        matches!(
            it,
            Outcome::NotConnected {
                fault: ConnectFault::TimedOut
            }
        )
    };
    let doors: Vec<_> = look.doors.iter().filter(|it| it.port == 25).collect();
    let all: Vec<_> = doors.iter().flat_map(|it| &it.sessions).collect();
    let is_silent = !all.is_empty()
        && all
            .iter()
            .all(|it| it.visit.steps.first().is_some_and(|it| silent(&it.outcome)));
    let mut domains: Vec<&str> = doors.iter().map(|it| domain(it.host)).collect();
    portolan_report::ordered::sort(&mut domains);
    domains.dedup();
    if !is_silent || domains.len() < 2 {
        return;
    }
    let said = Said {
        rule: "port-25-blocked",
        cause: "network.port-blocked",
        weight: Weight::Problem,
        confidence: 85,
        sentence: "Nobody answers on port 25, at hosts that have nothing to do with each other: the network here lets no mail out by 25.".to_owned(),
    };
    let mut finding = of_whole(look, "", said, None);
    finding.scope.ports = vec![25];
    finding.rests_on = all
        .iter()
        .map(|it| Place {
            visit: it.index,
            step: 0,
        })
        .collect();
    found.push(finding);
}

/// The last two labels: hosts that share them may well share a network. (Where they do not, one more proof is wanted.)
fn domain(host: &str) -> &str {
    let mut dots = host.rmatch_indices('.');
    let _ = dots.next();
    dots.next()
        .map_or(host, |(at, _)| host.get(at + 1..).unwrap_or(host))
}

/// *Detects* a machine without authorities, on which every client refuses every certificate.
pub(super) fn roots(look: &Look<'_>, found: &mut Vec<Finding>) {
    let Some(roots) = &look.report.roots else {
        return;
    };
    if roots.from != RootsFrom::Bundled {
        return;
    }
    let why = roots
        .complaints
        .first()
        .map_or_else(String::new, |it| format!(" ({it})"));
    let said = Said {
        rule: "no-roots-here",
        cause: "",
        weight: Weight::Caution,
        confidence: 95,
        sentence: format!(
            "This machine has no certificates of authorities{why}: programs here trust no server. Certificates were held against {} that this program brings.",
            roots.count
        ),
    };
    let command = "ls /etc/ssl/certs /etc/pki/tls/certs".to_owned();
    found.push(of_whole(look, "", said, Some(command)));
}

/// *Detects* that the deadline ended the check.
pub(super) fn cut_short(look: &Look<'_>, found: &mut Vec<Finding>) {
    if !look.report.cut_short {
        return;
    }
    let said = Said {
        rule: "cut-short",
        cause: "",
        weight: Weight::Note,
        confidence: 100,
        sentence: format!(
            "The time for all, {} s, was over before everything was seen.",
            look.report.asked.deadline_ms / 1_000
        ),
    };
    found.push(of_whole(look, "", said, None));
}
