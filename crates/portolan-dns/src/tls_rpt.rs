//! Reports of failed TLS (RFC 8460): the record.

use crate::finding::Issue;
use crate::rules::transport as rules;
use crate::tags::{Tags, begins_with, form, is_spaced, looks_like};
use crate::words::quoted;

/// How a record starts.
pub const VERSION: &str = "v=TLSRPTv1";

/// Whether a text is a record (section 3).
pub fn is_record(text: &[u8]) -> bool {
    begins_with(text, VERSION)
}

/// Whether somebody meant a text as a record.
pub fn looks_like_record(text: &[u8]) -> bool {
    looks_like(text, "v=tlsrpt")
}

/// What is wrong with a record.
pub fn read(text: &[u8]) -> Vec<Issue> {
    let tags = Tags::read(text);
    let version = (&rules::TLSRPT_VERSION, VERSION);
    let mut issues = form(text, &tags, version, &rules::TLSRPT_SYNTAX);
    if is_spaced(text, VERSION) {
        let what = format!("There is space between {VERSION} and its semicolon.");
        issues.push(Issue::new(&rules::TLSRPT_SPACED, what));
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
                    format!("{} is neither mailto nor https.", quoted(uri)),
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
