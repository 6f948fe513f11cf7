//! Brand Indicators for Message Identification (an Internet-Draft): the record only. Logo and certificate are not looked at.

use crate::finding::Issue;
use crate::rules::mail as rules;
use crate::tags::{Tag, Tags, begins_with, form, looks_like};

/// How a record starts.
pub const VERSION: &str = "v=BIMI1";

/// Whether a text is a record.
pub fn is_record(text: &[u8]) -> bool {
    begins_with(text, VERSION)
}

/// Whether somebody meant a text as a record.
pub fn looks_like_record(text: &[u8]) -> bool {
    looks_like(text, "v=bimi")
}

/// What is wrong with a record.
pub fn read(text: &[u8]) -> Vec<Issue> {
    let tags = Tags::read(text);
    let version = (&rules::BIMI_VERSION, VERSION);
    let mut issues = form(text, &tags, version, &rules::BIMI_SYNTAX);
    let certificate = tags.tag("a");
    match tags.tag("l") {
        None => issues.push(Issue::new(&rules::BIMI_NO_LOGO, "There is no l tag.")),
        Some(tag) => address(tag, &mut issues),
    }
    if let Some(tag) = certificate {
        address(tag, &mut issues);
    }
    let has = |tag: Option<&Tag>| tag.is_some_and(|it| !it.value.is_empty());
    if has(tags.tag("l")) && !has(certificate) {
        issues.push(Issue::new(
            &rules::BIMI_NO_CERTIFICATE,
            "There is no certificate in the tag a.",
        ));
    }
    if let Some(tag) = tags
        .tag("avp")
        .filter(|tag| !matches!(tag.value.as_str(), "brand" | "personal"))
    {
        issues.push(Issue::at(
            &rules::BIMI_VALUE,
            format!("avp={} is neither brand nor personal.", tag.value),
            tag.span,
        ));
    }
    if let Some(tag) = tags
        .tag("lps")
        .filter(|tag| !tag.value.is_empty() && !tag.value.split(',').all(is_prefix))
    {
        issues.push(Issue::at(
            &rules::BIMI_VALUE,
            format!("lps={} is no list of local parts.", tag.value),
            tag.span,
        ));
    }
    issues
}

/// One https address, or nothing, which declines.
fn address(tag: &Tag, issues: &mut Vec<Issue>) {
    let is_good = tag.value.is_empty()
        || tag
            .value
            .get(..8)
            .is_some_and(|start| start.eq_ignore_ascii_case("https://"))
            && tag.value.len() > 8
            && !tag.value.contains([',', ' ', '\t']);
    if !is_good {
        let what = format!("{}={} is not one https address.", tag.name, tag.value);
        issues.push(Issue::at(&rules::BIMI_URI, what, tag.span));
    }
}

fn is_prefix(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty()
        && text.len() <= 63
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}
