//! Reports of failed TLS (RFC 8460): the record.

use crate::finding::Issue;
use crate::rules::transport as rules;
use crate::tags::Tags;

/// Whether a text is a record (section 3).
pub fn is_record(text: &[u8]) -> bool {
    text.strip_prefix(b"v=TLSRPTv1")
        .is_some_and(|rest| matches!(rest.trim_ascii_start().first(), None | Some(b';')))
}

/// What is wrong with a record.
pub fn read(text: &[u8]) -> Vec<Issue> {
    let tags = Tags::read(text);
    let mut issues = Vec::new();
    if !is_record(text) {
        issues.push(Issue::new(
            &rules::TLSRPT_VERSION,
            "The text does not start with v=TLSRPTv1 and a semicolon.",
        ));
    }
    for fault in &tags.faults {
        issues.push(Issue::at(
            &rules::TLSRPT_SYNTAX,
            format!("{}.", fault.kind),
            fault.span,
        ));
    }
    for tag in tags.repeated() {
        issues.push(Issue::at(
            &rules::TLSRPT_SYNTAX,
            format!("The tag {} stands there twice.", tag.name),
            tag.span,
        ));
    }
    match tags.tag("rua") {
        None => issues.push(Issue::new(&rules::TLSRPT_RUA, "There is no rua.")),
        Some(tag) => {
            for uri in tag
                .value
                .split(',')
                .map(str::trim)
                .filter(|uri| !is_address(uri))
            {
                issues.push(Issue::at(
                    &rules::TLSRPT_RUA,
                    format!("{uri:?} is neither mailto nor https."),
                    tag.span,
                ));
            }
        }
    }
    for tag in tags
        .tags
        .iter()
        .filter(|tag| !matches!(tag.name.as_str(), "v" | "rua"))
    {
        issues.push(Issue::at(
            &rules::TLSRPT_UNKNOWN,
            format!("No tag is called {}.", tag.name),
            tag.span,
        ));
    }
    issues
}

fn is_address(uri: &str) -> bool {
    match uri.split_once(':') {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("mailto") => rest
            .split_once('@')
            .is_some_and(|(local, domain)| !local.is_empty() && !domain.is_empty()),
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("https") => {
            rest.len() > 2 && rest.starts_with("//")
        }
        _ => false,
    }
}
