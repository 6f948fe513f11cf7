//! Policies of DMARC (RFC 9989): the record, where it is looked for, and when two domains are aligned.

mod alignment;
mod tree;
mod uri;

pub use alignment::{Alignment, Change, align};
pub use tree::{Found, MAX_WALK, Walk, walk, walk_names};
pub use uri::{ReportUri, authorization};

use crate::finding::Issue;
use crate::rules::dmarc as rules;
use crate::tags::{Tag, Tags, looks_like};
use crate::words::{asked, cut, nearest, quoted};

/// What a domain asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Policy {
    /// Nothing.
    None,
    /// Suspicion.
    Quarantine,
    /// Refusal.
    Reject,
}

/// Whether a domain registers names for others (section 4.7).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Psd {
    /// `n`: it is an organisation.
    No,
    /// `u`, or nothing: the walk finds out.
    #[default]
    Unknown,
    /// `y`: it is a public suffix.
    Yes,
}

/// What receivers make of a record as a whole (section 4.10.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// They apply what is written.
    AsWritten,
    /// They take it for `p=none`: its `p` is missing or cannot be understood, or its `sp` or `np` cannot, and `rua` has a URI.
    AsNone,
    /// They apply no DMARC: it is as with `AsNone`, and `rua` has no URI.
    NotAtAll,
}

/// How alike two domains have to be (section 4.4).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Of one organisation.
    #[default]
    Relaxed,
    /// The same.
    Strict,
}

/// A record, as receivers understand it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DmarcRecord {
    /// Whether what is written counts.
    pub effect: Effect,
    /// `p`, where it can be understood.
    pub policy: Option<Policy>,
    /// `sp`: for subdomains.
    pub subdomains: Option<Policy>,
    /// `np`: for subdomains that do not exist.
    pub missing: Option<Policy>,
    /// `psd`
    pub psd: Psd,
    /// `t=y`: one level less is asked for.
    pub testing: bool,
    /// `adkim`
    pub dkim: Mode,
    /// `aspf`
    pub spf: Mode,
    /// `rua`: where summaries go.
    pub summaries: Vec<ReportUri>,
    /// `ruf`: where reports of single messages go.
    pub failures: Vec<ReportUri>,
    /// What is wrong with it.
    pub issues: Vec<Issue>,
}

/// Whose policy is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// The domain's at which the record stands.
    Own,
    /// That of a domain below it.
    Subdomain,
    /// That of a domain below it which does not exist.
    Missing,
}

const KNOWN: &[&str] = &[
    "v", "p", "sp", "np", "psd", "t", "adkim", "aspf", "rua", "ruf", "fo",
];
/// Those that a misspelt one can stand for: shorter ones are near to anything.
pub(crate) const LONG: &[&str] = &["psd", "adkim", "aspf", "rua", "ruf"];
const REMOVED: &[&str] = &["pct", "rf", "ri"];

/// Whether a text is a record: its first tag is `v`, with exactly `DMARC1` (section 4.7).
pub fn is_dmarc(text: &[u8]) -> bool {
    let Some(rest) = text.strip_prefix(b"v") else {
        return false;
    };
    let Some(rest) = rest.trim_ascii_start().strip_prefix(b"=") else {
        return false;
    };
    let Some(rest) = rest.trim_ascii_start().strip_prefix(b"DMARC1") else {
        return false;
    };
    matches!(rest.trim_ascii_start().first(), None | Some(b';'))
}

/// Whether somebody meant a text as a record.
pub fn looks_like_dmarc(text: &[u8]) -> bool {
    looks_like(text, "v=dmarc")
}

/// Reads a record.
///
/// ```
/// use portolan_dns::dmarc::{self, Policy};
/// assert_eq!(dmarc::read(b"v=DMARC1; p=reject").policy, Some(Policy::Reject));
/// ```
pub fn read(text: &[u8]) -> DmarcRecord {
    let tags = Tags::read(text);
    let mut issues = Vec::new();
    if !is_dmarc(text) {
        let from = String::from_utf8_lossy(text.get(..20).unwrap_or(text)).into_owned();
        issues.push(Issue::new(
            &rules::VERSION,
            format!("The text starts with {}.", quoted(&from)),
        ));
    }
    for fault in &tags.faults {
        issues.push(Issue::at(&rules::SYNTAX, fault.told(text), fault.span));
    }
    for tag in tags.repeated() {
        issues.push(Issue::at(
            &rules::DUPLICATE,
            format!("The tag {} stands there twice.", tag.name),
            tag.span,
        ));
    }
    unknown(&tags, &mut issues);
    let policy = policy(&tags, "p", &mut issues);
    if tags.tag("p").is_none() {
        issues.push(Issue::new(&rules::NO_POLICY, "There is no p tag."));
    } else if tags.tags.get(1).is_some_and(|tag| tag.name != "p") {
        issues.push(Issue::new(
            &rules::POLICY_ORDER,
            "The tag p is not the second.",
        ));
    }
    let subdomains = self::policy(&tags, "sp", &mut issues);
    let missing = self::policy(&tags, "np", &mut issues);
    let psd = choice(
        &tags,
        "psd",
        &[("y", Psd::Yes), ("n", Psd::No), ("u", Psd::Unknown)],
        &mut issues,
    );
    let testing = choice(&tags, "t", &[("y", true), ("n", false)], &mut issues);
    let modes = [("r", Mode::Relaxed), ("s", Mode::Strict)];
    let dkim = choice(&tags, "adkim", &modes, &mut issues);
    let spf = choice(&tags, "aspf", &modes, &mut issues);
    if let Some(tag) = tags.tag("fo")
        && !tag
            .value
            .split(':')
            .all(|it| matches!(it.trim(), "0" | "1" | "d" | "s"))
    {
        issues.push(Issue::at(
            &rules::FALLS_BACK,
            format!("fo={} is not of 0, 1, d and s.", cut(&tag.value)),
            tag.span,
        ));
    }
    let summaries = uri::read(tags.tag("rua"), &mut issues);
    let failures = uri::read(tags.tag("ruf"), &mut issues);
    let record = DmarcRecord {
        effect: effect(&tags, [("sp", subdomains), ("np", missing)], policy),
        policy,
        subdomains,
        missing,
        psd,
        testing,
        dkim,
        spf,
        summaries,
        failures,
        issues,
    };
    record.judged(&tags)
}

impl DmarcRecord {
    /// What receivers apply before `t` is looked at: nothing where the record does not count as it is written.
    pub fn applies_to(&self, whose: Whose) -> Policy {
        let (Effect::AsWritten, Some(own)) = (self.effect, self.policy) else {
            return Policy::None;
        };
        match whose {
            Whose::Own => own,
            Whose::Subdomain => self.subdomains.unwrap_or(own),
            Whose::Missing => self.missing.or(self.subdomains).unwrap_or(own),
        }
    }

    /// What receivers do after `t` was looked at: one level less in a test.
    pub fn effective(&self, whose: Whose) -> Policy {
        match (self.applies_to(whose), self.testing) {
            (Policy::Reject, true) => Policy::Quarantine,
            (Policy::Quarantine, true) => Policy::None,
            (policy, _) => policy,
        }
    }

    /// Adds what the tags together come to.
    fn judged(mut self, tags: &Tags) -> Self {
        let own = self.applies_to(Whose::Own);
        if self.effect == Effect::NotAtAll {
            self.issues.push(Issue::new(
                &rules::NOT_APPLIED,
                "p is missing, or one of p, sp and np cannot be understood, and rua has no address.",
            ));
        }
        if self.policy == Some(Policy::None) {
            self.issues.push(Issue::new(
                &rules::POLICY_NONE,
                "p=none asks receivers to do nothing.",
            ));
        }
        if own != Policy::None
            && self
                .applies_to(Whose::Missing)
                .min(self.applies_to(Whose::Subdomain))
                == Policy::None
        {
            self.issues.push(Issue::new(
                &rules::SUBDOMAIN_NONE,
                "The domain is protected, and names below it are not: sp or np is none.",
            ));
        }
        if self.testing {
            self.issues.push(Issue::new(
                &rules::TESTING,
                "t=y says that the policy is on trial.",
            ));
        }
        if let Some(tag) = tags.tag("pct").filter(|tag| tag.value != "100") {
            self.issues.push(Issue::at(
                &rules::PCT_PART,
                format!(
                    "pct={} is ignored: the policy applies to all mail.",
                    tag.value
                ),
                tag.span,
            ));
        }
        if tags.tag("rua").is_none() {
            self.issues
                .push(Issue::new(&rules::NO_REPORTS, "There is no rua tag."));
        }
        if self.psd == Psd::Yes {
            self.issues
                .push(Issue::new(&rules::PSD, "psd=y declares a public suffix."));
        }
        self
    }
}

fn unknown(tags: &Tags, issues: &mut Vec<Issue>) {
    for tag in &tags.tags {
        let name = tag.name.as_str();
        if REMOVED.contains(&name) {
            issues.push(Issue::at(
                &rules::REMOVED,
                format!("{name}={} is of the old standard.", tag.value),
                tag.span,
            ));
        } else if !KNOWN.contains(&name) {
            issues.push(Issue::at(
                &rules::UNKNOWN,
                format!(
                    "No tag is called {}.{}",
                    cut(name),
                    asked(nearest(name, LONG))
                ),
                tag.span,
            ));
        }
    }
}

fn policy(tags: &Tags, name: &str, issues: &mut Vec<Issue>) -> Option<Policy> {
    let tag = tags.tag(name)?;
    match tag.value.to_ascii_lowercase().as_str() {
        "none" => Some(Policy::None),
        "quarantine" => Some(Policy::Quarantine),
        "reject" => Some(Policy::Reject),
        _ => {
            let meant = nearest(&tag.value, &["none", "quarantine", "reject"]);
            let what = format!(
                "{name}={} is not of none, quarantine and reject.{}",
                cut(&tag.value),
                asked(meant)
            );
            issues.push(Issue::at(&rules::POLICY_VALUE, what, tag.span));
            None
        }
    }
}

fn effect(tags: &Tags, below: [(&str, Option<Policy>); 2], own: Option<Policy>) -> Effect {
    let is_good =
        |(name, policy): &(&str, Option<Policy>)| policy.is_some() || tags.tag(name).is_none();
    if own.is_some() && below.iter().all(is_good) {
        Effect::AsWritten
    } else if uri::has_any(tags.tag("rua")) {
        Effect::AsNone
    } else {
        Effect::NotAtAll
    }
}

/// One of a list; anything else is told and counts as the default.
fn choice<T: Copy + Default>(
    tags: &Tags,
    name: &str,
    values: &[(&str, T)],
    issues: &mut Vec<Issue>,
) -> T {
    let Some(tag) = tags.tag(name) else {
        return T::default();
    };
    let known = values
        .iter()
        .find(|(value, _)| tag.value.eq_ignore_ascii_case(value));
    if known.is_none() {
        issues.push(outside(tag, name));
    }
    known.map(|(_, value)| *value).unwrap_or_default()
}

fn outside(tag: &Tag, name: &str) -> Issue {
    let what = format!(
        "{name}={} is outside the list, so the default counts.",
        cut(&tag.value)
    );
    Issue::at(&rules::FALLS_BACK, what, tag.span)
}

impl std::fmt::Display for Policy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::None => "none",
            Self::Quarantine => "quarantine",
            Self::Reject => "reject",
        })
    }
}
