//! MTA-STS (RFC 8461): the record, and the policy file that it announces.

use crate::finding::Issue;
use crate::name::Name;
use crate::rules::transport as rules;
use crate::tags::{Tags, begins_with, form, is_spaced, looks_like};
use crate::words::quoted;

/// The most that `max_age` may be, in seconds (section 3.2).
pub const MAX_AGE: u64 = 31_557_600;
/// A policy that is shorter lived protects little: a week, in seconds. Section 3.2 speaks of weeks or greater.
const SHORT_AGE: u64 = 604_800;
/// Bytes of a policy that are read; section 3.3 lets senders set a limit, and names 64 kilobytes.
const MAX_POLICY: usize = 65_536;

/// How a record starts.
pub const VERSION: &str = "v=STSv1";

/// Whether a text is a record (section 3.1).
pub fn is_record(text: &[u8]) -> bool {
    begins_with(text, VERSION)
}

/// Whether somebody meant a text as a record.
pub fn looks_like_record(text: &[u8]) -> bool {
    looks_like(text, "v=sts")
}

/// What is wrong with a record.
pub fn read(text: &[u8]) -> Vec<Issue> {
    let tags = Tags::read(text);
    let version = (&rules::STS_VERSION, VERSION);
    let mut issues = form(text, &tags, version, &rules::STS_SYNTAX);
    if is_spaced(text, VERSION) {
        let what = format!("There is space between {VERSION} and its semicolon.");
        issues.push(Issue::new(&rules::STS_SPACED, what));
    }
    match tags.tag("id") {
        None => issues.push(Issue::new(&rules::STS_ID, "There is no id.")),
        Some(tag) => {
            let is_good = (1..=32).contains(&tag.value.len())
                && tag.value.bytes().all(|byte| byte.is_ascii_alphanumeric());
            if !is_good {
                issues.push(Issue::at(
                    &rules::STS_ID,
                    format!("The id is {}.", quoted(&tag.value)),
                    tag.span,
                ));
            }
        }
    }
    for tag in tags
        .tags
        .iter()
        .filter(|tag| !matches!(tag.name.as_str(), "v" | "id"))
    {
        issues.push(Issue::at(
            &rules::STS_UNKNOWN,
            format!("No tag is called {}.", tag.name),
            tag.span,
        ));
    }
    issues
}

/// What senders do with a host that fails (section 5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// They do not deliver to it.
    Enforce,
    /// They report it.
    Testing,
    /// As if there were no policy.
    None,
}

/// A policy file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StsPolicy {
    /// The mode, where it can be understood.
    pub mode: Option<Mode>,
    /// Patterns of hosts, in lower case.
    pub patterns: Vec<String>,
    /// Seconds.
    pub max_age: Option<u64>,
    /// What is wrong with it.
    pub issues: Vec<Issue>,
}

/// Reads a policy file: lines of `key: value` (section 3.2).
pub fn read_policy(content_type: Option<&str>, body: &[u8]) -> StsPolicy {
    let mut policy = StsPolicy::default();
    let kind = content_type
        .and_then(|it| it.split(';').next())
        .map(str::trim);
    if !kind.is_some_and(|it| it.eq_ignore_ascii_case("text/plain")) {
        let what = format!("The media type is {}.", kind.unwrap_or("not told"));
        policy.issues.push(Issue::new(&rules::POLICY_TYPE, what));
    }
    let text = String::from_utf8_lossy(body.get(..MAX_POLICY).unwrap_or(body));
    let mut seen: Vec<String> = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        field(line, &mut policy, &mut seen);
    }
    policy.finish(&seen)
}

fn field(line: &str, policy: &mut StsPolicy, seen: &mut Vec<String>) {
    let issues = &mut policy.issues;
    let field = line.split_once(':').filter(|(key, _)| {
        key.starts_with(|sign: char| sign.is_ascii_alphanumeric())
            && key
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
    });
    let Some((key, value)) = field else {
        issues.push(Issue::new(
            &rules::POLICY_SYNTAX,
            format!("The line {} is no field with a colon.", quoted(line)),
        ));
        return;
    };
    let value = value.trim();
    if key != "mx" && seen.iter().any(|it| it == key) {
        issues.push(Issue::new(
            &rules::POLICY_DUPLICATE,
            format!("The field {key} stands there twice."),
        ));
        return;
    }
    seen.push(key.to_owned());
    match key {
        "version" if value == "STSv1" => {}
        "version" => issues.push(Issue::new(
            &rules::POLICY_VERSION,
            format!("The version is {}.", quoted(value)),
        )),
        "mode" => {
            policy.mode = match value {
                "enforce" => Some(Mode::Enforce),
                "testing" => Some(Mode::Testing),
                "none" => Some(Mode::None),
                _ => {
                    issues.push(Issue::new(
                        &rules::POLICY_MODE,
                        format!("The mode is {}.", quoted(value)),
                    ));
                    None
                }
            }
        }
        "max_age" => {
            let is_number = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
            policy.max_age = value
                .parse()
                .ok()
                .filter(|age| is_number && *age <= MAX_AGE);
            if policy.max_age.is_none() {
                issues.push(Issue::new(
                    &rules::POLICY_AGE,
                    format!("max_age is {}.", quoted(value)),
                ));
            }
        }
        "mx" => {
            let pattern = value.to_ascii_lowercase();
            let name = pattern.strip_prefix("*.").unwrap_or(&pattern);
            if Name::new(name).is_ok_and(|name| name.is_host()) {
                policy.patterns.push(pattern);
            } else {
                issues.push(Issue::new(
                    &rules::POLICY_PATTERN,
                    format!("{} is no pattern of hosts.", quoted(value)),
                ));
            }
        }
        _ => issues.push(Issue::new(
            &rules::POLICY_UNKNOWN,
            format!("No field is called {key}."),
        )),
    }
}

impl StsPolicy {
    /// Whether a host may be delivered to: the name itself, or one label in place of the star (section 4.1).
    pub fn covers(&self, host: &Name) -> bool {
        self.patterns
            .iter()
            .any(|pattern| match pattern.strip_prefix("*.") {
                Some(above) => host.parent().is_some_and(|parent| parent.as_str() == above),
                None => host.as_str() == pattern,
            })
    }

    fn finish(mut self, seen: &[String]) -> Self {
        let lacks = |key: &str| !seen.iter().any(|it| it == key);
        let issues = &mut self.issues;
        if lacks("version") {
            issues.push(Issue::new(&rules::POLICY_VERSION, "There is no version."));
        }
        if lacks("mode") {
            issues.push(Issue::new(&rules::POLICY_MODE, "There is no mode."));
        }
        if lacks("max_age") {
            issues.push(Issue::new(&rules::POLICY_AGE, "There is no max_age."));
        }
        if lacks("mx") && self.mode != Some(Mode::None) {
            issues.push(Issue::new(&rules::POLICY_NO_MX, "There is no mx."));
        }
        if let Some(age) = self.max_age.filter(|age| *age < SHORT_AGE) {
            issues.push(Issue::new(
                &rules::POLICY_AGE_SHORT,
                format!("The policy counts for {age} seconds."),
            ));
        }
        let weaker = match self.mode {
            Some(Mode::Testing) => Some("The mode is testing."),
            Some(Mode::None) => Some("The mode is none."),
            Some(Mode::Enforce) | None => None,
        };
        issues.extend(weaker.map(|what| Issue::new(&rules::POLICY_TESTING, what)));
        self
    }
}
