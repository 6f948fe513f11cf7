//! Findings as a shell shows them.

use std::collections::BTreeSet;

use portolan_dns::dmarc;
use portolan_dns::finding::{Cite, Finding, Publish, Rule, Severity, Who};
use portolan_dns::lookup::{Answer, Kind, Lookup};
use portolan_dns::name::Name;
use portolan_dns::rules::dmarc::NONE as NO_POLICY;
use portolan_dns::survey::Posture;
use portolan_report::probe::printable;

use super::feed::Seen;
use super::{dots, rules};

/// Something that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The rule, which names what is wrong and not what helps.
    pub rule: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// Where: a name and a type, `example.com TXT`.
    pub at: String,
    /// What is wrong, in a sentence.
    pub what: String,
    /// Why it matters.
    pub why: &'static str,
    /// The record that mends it, as a zone file has it. What only the owner knows stands in capitals.
    pub publish: Option<String>,
    /// Whether the record of a finding before it mends this as well.
    pub is_mended_above: bool,
    /// Whether whoever runs the domain's zone can change it; else somebody else has to.
    pub is_ours: bool,
    /// What that rests on, each with an address where there is one.
    pub sources: Vec<(String, Option<String>)>,
}

impl Told {
    pub(super) fn own(rule: &'static Rule, at: &Lookup, what: &str, is_ours: bool) -> Self {
        Self {
            rule: rule.id,
            severity: rule.severity,
            at: printable(at.to_string().as_bytes()),
            what: printable(what.as_bytes()),
            why: rule.why,
            publish: None,
            is_mended_above: false,
            is_ours: is_ours && rule.who == Who::Owner,
            sources: rule.sources.iter().map(source).collect(),
        }
    }

    fn of(finding: &Finding) -> Self {
        Self {
            publish: finding.publish.as_ref().map(zone_line),
            is_ours: finding.who == Who::Owner,
            ..Self::own(finding.rule, &finding.at, &finding.what, false)
        }
    }

    /// Whether it says no more than that a look-up failed: what is there is not known then.
    pub fn is_failure(&self) -> bool {
        self.rule.ends_with("-lookup-failed") || self.rule == "mta-sts-policy-not-fetched"
    }
}

/// What the engine found; of a domain that does not exist, that alone.
pub(super) fn of(seen: &Seen<'_>, posture: &Posture) -> Vec<Told> {
    let at = Lookup::new(seen.domain.clone(), Kind::Mx);
    if seen.answers.get(&at) == Some(&Answer::NoSuchName) {
        let what = format!("{} does not exist (NXDOMAIN).", seen.domain);
        return vec![Told::own(&rules::MISSING, &at, &what, true)];
    }
    let mut found: Vec<Told> = posture.findings.iter().map(Told::of).collect();
    found.extend(no_policy(seen, posture));
    found.extend(dots::findings(seen, posture));
    let mut shown = BTreeSet::new();
    let once = |mut told: Told| {
        told.is_mended_above = told.publish.as_ref().is_some_and(|it| shown.contains(it));
        if told.is_mended_above {
            told.publish = None;
        }
        shown.extend(told.publish.clone());
        told
    };
    found.into_iter().map(once).collect()
}

/// That the domain has no policy, where the pasted answer says so, and nothing above it but what registries run can have one.
/// A survey goes on to ask there, and nobody pastes that.
fn no_policy(seen: &Seen<'_>, posture: &Posture) -> Option<Told> {
    let walk = &posture.dmarc;
    let is_own = |(name, found): &(Name, dmarc::Found)| {
        *name == seen.domain && matches!(found, dmarc::Found::None)
    };
    let is_none = matches!(walk.found.as_slice(), [own] if is_own(own));
    let is_shared = |it: &Lookup| it.name.parent().is_some_and(|it| is_registry(&it));
    if !seen.is_pasted() || !is_none || walk.open.is_empty() || !walk.open.iter().all(is_shared) {
        return None;
    }
    let at = Lookup::new(seen.domain.child("_dmarc").ok()?, Kind::Txt);
    let value = if posture.null_mx {
        "v=DMARC1; p=reject"
    } else {
        "v=DMARC1; p=none; rua=mailto:ADDRESS"
    };
    let record = Publish {
        name: at.name.to_string(),
        kind: Kind::Txt,
        value: value.to_owned(),
    };
    Some(Told {
        publish: Some(zone_line(&record)),
        ..Told::own(&NO_POLICY, &at, "The domain has no policy.", true)
    })
}

/// Whether names below it belong to different owners: a top-level domain, or what stands for one below a country's.
fn is_registry(name: &Name) -> bool {
    const SHARED: &[&str] = &["ac", "co", "com", "edu", "gov", "ne", "net", "or", "org"];
    let labels: Vec<&str> = name.labels().collect();
    match labels.as_slice() {
        [_] => true,
        [second, top] => top.len() == 2 && SHARED.contains(second),
        _ => false,
    }
}

/// A record as a zone file has it (RFC 1035, section 5.1): texts in strings of at most 255 bytes. A line of a policy file
/// stays what it is.
///
/// ```
/// use portolan_check::domain::zone_line;
/// use portolan_dns::finding::Publish;
/// use portolan_dns::lookup::Kind;
///
/// let name = "example.com".to_owned();
/// let record = Publish { name, kind: Kind::Txt, value: "v=spf1 -all".to_owned() };
/// assert_eq!(zone_line(&record), "example.com. IN TXT \"v=spf1 -all\"");
/// ```
pub fn zone_line(record: &Publish) -> String {
    const STRING: usize = 255;
    let Publish { name, kind, value } = record;
    let value = match kind {
        Kind::StsPolicy => return printable(value.as_bytes()),
        Kind::Txt => {
            let strings: Vec<String> = value
                .as_bytes()
                .chunks(STRING)
                .map(|it| {
                    let text = String::from_utf8_lossy(it);
                    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
                })
                .collect();
            strings.join(" ")
        }
        Kind::Cname | Kind::Mx | Kind::Ptr if !value.ends_with('.') => format!("{value}."),
        _ => value.clone(),
    };
    printable(format!("{name}. IN {kind} {value}").as_bytes())
}

/// What a source is called, and its address where that follows from its name. The addresses of the others are the catalogue's.
pub(super) fn source(cite: &Cite) -> (String, Option<String>) {
    if cite.standard.starts_with("rfc") {
        let first = cite.section.split([',', ' ']).next().unwrap_or_default();
        let url = format!(
            "https://www.rfc-editor.org/rfc/{}.html#section-{first}",
            cite.standard
        );
        return (cite.to_string(), Some(url));
    }
    let name = match cite.standard {
        "bimi-draft" => "the draft of BIMI",
        "gmail-sender-guidelines" => "Gmail's sender guidelines",
        "outlook-high-volume-senders" => "Outlook's page for high volume senders",
        "yahoo-sender-requirements" => "Yahoo's sender requirements",
        other => other,
    };
    (format!("{name}, {}", cite.section), None)
}
