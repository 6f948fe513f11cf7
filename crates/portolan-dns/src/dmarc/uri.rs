//! Where reports go (RFC 9989, section 4.6), and whether a foreign domain wants them (RFC 9990, section 4).

use crate::finding::Issue;
use crate::lookup::{Kind, Lookup};
use crate::name::{Name, NameFault};
use crate::rules::dmarc as rules;
use crate::tags::Tag;
use crate::words::quoted;

/// An address for reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportUri {
    /// As it is written, without a size limit.
    pub uri: String,
    /// The domain of the mailbox. `None`: it is no mail address.
    pub domain: Option<Name>,
}

/// Receivers need not send to more (RFC 7489, section 6.2).
const USUAL: usize = 2;

pub(super) fn read(tag: Option<&Tag>, issues: &mut Vec<Issue>) -> Vec<ReportUri> {
    let Some(tag) = tag else { return Vec::new() };
    let uris: Vec<ReportUri> = tag
        .value
        .split(',')
        .map(|text| one(text.trim(), tag, issues))
        .collect();
    if uris.len() > USUAL {
        let what = format!("{} has {} addresses.", tag.name, uris.len());
        issues.push(Issue::at(&rules::REPORT_MANY, what, tag.span));
    }
    uris
}

fn one(text: &str, tag: &Tag, issues: &mut Vec<Issue>) -> ReportUri {
    let uri = match text.rsplit_once('!') {
        Some((uri, limit)) if limit.starts_with(|sign: char| sign.is_ascii_digit()) => {
            let what = format!("{text} has a size limit, which is of the old standard.");
            issues.push(Issue::at(&rules::REPORT_SIZE, what, tag.span));
            uri
        }
        _ => text,
    };
    let domain = mailbox(uri)
        .and_then(|address| address.rsplit_once('@'))
        .filter(|(local, _)| !local.is_empty())
        .and_then(|(_, domain)| Name::new(domain).ok());
    if domain.is_none() {
        let what = format!("{} in {} is no mailto address.", quoted(text), tag.name);
        issues.push(Issue::at(&rules::REPORT_URI, what, tag.span));
    }
    ReportUri {
        uri: uri.to_owned(),
        domain,
    }
}

/// Whether a list has a URI in good form, of whatever scheme (RFC 3986, section 3).
pub(super) fn has_any(tag: Option<&Tag>) -> bool {
    let is_uri = |text: &str| {
        text.trim().split_once(':').is_some_and(|(scheme, rest)| {
            let is_scheme = |sign: char| sign.is_ascii_alphanumeric() || "+-.".contains(sign);
            scheme.starts_with(|sign: char| sign.is_ascii_alphabetic())
                && scheme.chars().all(is_scheme)
                && !rest.is_empty()
        })
    };
    tag.is_some_and(|tag| tag.value.split(',').any(is_uri))
}

fn mailbox(uri: &str) -> Option<&str> {
    let (scheme, rest) = uri.split_once(':')?;
    let address = rest.split(['?', '#']).next()?;
    scheme.eq_ignore_ascii_case("mailto").then_some(address)
}

/// The question whether `reports` wants the reports about `domain`.
///
/// # Errors
/// The name would be too long.
pub fn authorization(domain: &Name, reports: &Name) -> Result<Lookup, NameFault> {
    reports
        .child(&format!("{domain}._report._dmarc"))
        .map(|name| Lookup::new(name, Kind::Txt))
}
