//! The shapes of the published explanation: of the JSON of the command line, and of the library for JavaScript.

use std::collections::BTreeMap;

use serde::Serialize;

/// What a text turned out to be: one failure or none, or a log of many mails.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(untagged)]
pub enum Explanation {
    /// One failure, or none.
    One(OneExplanation),
    /// A log.
    Log(LogExplanation),
}

/// One failure, or none.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
pub struct OneExplanation {
    /// The root cause, such as `auth.required`; `none` where nothing can be told.
    pub cause: &'static str,
    /// How sure that is, 0 to 1.
    pub confidence: Option<f64>,
    /// Where the session was, such as `rcpt`; `none` where that cannot be told.
    pub stage: &'static str,
    /// Causes that are as likely.
    pub also: Vec<&'static str>,
    /// What was found, the root first.
    pub findings: Vec<ExplainedFinding>,
    /// The id of the provider at whose server it happened, such as `gmail`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub provider: Option<String>,
    /// The file's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub file: Option<String>,
    /// What the bytes are, where they hold no text that can be read: an archive, a picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub holds_no_text: Option<&'static str>,
    /// `true` where the text came packed and breaks off: what is told is of its beginning.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub cut: Option<bool>,
}

/// One finding, explained.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
pub struct ExplainedFinding {
    /// The cause's id.
    pub cause: &'static str,
    /// Where the session was.
    pub stage: &'static str,
    /// How sure it is, 0 to 1.
    pub confidence: f64,
    /// The cause as a sentence.
    pub means: &'static str,
    /// Who can mend it.
    pub who: &'static str,
    /// Whether the same attempt may succeed later by itself: `yes`, `no`, `maybe`.
    pub retry: &'static str,
    /// The codes of the reply that said so.
    pub codes: Vec<Code>,
    /// The cause that the codes alone would name, where the words say another.
    pub codes_say: Option<&'static str>,
    /// How long to wait, and for what.
    pub wait: &'static str,
    /// What the cause is, and what it is not.
    pub definition: &'static str,
    /// What in a text decides it.
    pub decided_by: &'static str,
    /// Causes that look alike.
    pub near: Vec<NearCause>,
    /// What to do, in the order in which to try it: what is for the provider at hand, then what is for all.
    pub remedies: Vec<ExplainedRemedy>,
    /// What to capture where a text is not enough.
    pub capture: &'static str,
    /// Where that is written.
    pub sources: Vec<Citation>,
    /// The bytes of the text that said so.
    pub evidence: Place,
}

/// A reply code or an enhanced status code.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Code {
    /// Its digits.
    pub code: String,
    /// What the registries say of it.
    pub meaning: String,
}

/// A cause that looks alike.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct NearCause {
    /// Its id.
    pub cause: &'static str,
    /// What tells the two apart.
    pub apart: &'static str,
}

/// A step towards mending it.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
pub struct ExplainedRemedy {
    /// Who can do it.
    pub who: &'static str,
    /// In other words, where they are more exact.
    pub by: Option<&'static str>,
    /// The provider for whose accounts it is: the one at hand, or none.
    #[serde(rename = "for")]
    pub provider: Option<&'static str>,
    /// What to do.
    pub action: &'static str,
    /// A command, with what the text names filled in; the reader's own names stand in capitals.
    pub command: Option<String>,
    /// Addresses of pages.
    pub sources: Vec<String>,
}

/// Where something is written.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Citation {
    /// Such as `RFC 5321, section 4.2`.
    pub title: String,
    /// Its address.
    pub url: String,
}

/// Bytes of the text.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Place {
    /// The first.
    pub start: u64,
    /// The one behind the last.
    pub end: u64,
}

/// A log of many mails.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(hashmap_as_object))]
pub struct LogExplanation {
    /// What was counted.
    pub log: LogCounts,
    /// How long the log was, in bytes.
    pub bytes: u64,
    /// `true` where the text came packed and breaks off: what is told is of its beginning.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub cut: Option<bool>,
    /// The file's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub file: Option<String>,
    /// What it was narrowed to.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub filter: BTreeMap<String, String>,
}

/// What a log came to; all counts are of mails, but those of lines and records.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct LogCounts {
    /// Lines that were read.
    pub lines: u64,
    /// Lines that tell of a delivery or a refusal.
    pub records: u64,
    /// Lines that were longer than is looked at.
    pub lines_cut: u64,
    /// Mails that went out.
    pub sent: u64,
    /// Attempts that were put off.
    pub deferred: u64,
    /// Mails that were refused for good.
    pub bounced: u64,
    /// Mails that waited too long.
    pub expired: u64,
    /// Mails that the log's own server did not take.
    pub rejected: u64,
    /// Why, by mails lost.
    pub causes: Vec<CauseCounts>,
    /// What no cause was found for.
    pub unexplained: Unexplained,
    /// By the recipients' domains.
    pub domains: Vec<KeyCounts>,
    /// By the hosts that took or refused the mails.
    pub relays: Vec<KeyCounts>,
    /// By the addresses that sent them.
    pub clients: Vec<KeyCounts>,
    /// By hour.
    pub hours: Vec<KeyCounts>,
}

/// A cause in a log.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct CauseCounts {
    /// Its id.
    pub cause: &'static str,
    /// The cause as a sentence.
    pub means: &'static str,
    /// Who can mend it.
    pub who: &'static str,
    /// Whether the same attempt may succeed later by itself.
    pub retry: &'static str,
    /// Mails lost to it.
    pub lost: u64,
    /// Attempts put off by it.
    pub deferred: u64,
    /// Mails that it put off, and that went out later.
    pub recovered: u64,
    /// Mails that it put off, and of which nothing more is told.
    pub waiting: u64,
    /// Some of its lines, masked.
    pub samples: Vec<SampleLine>,
}

/// What no cause was found for.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Unexplained {
    /// Mails lost.
    pub lost: u64,
    /// Attempts put off.
    pub deferred: u64,
    /// Some of the lines, masked.
    pub samples: Vec<SampleLine>,
}

/// A line of a log.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct SampleLine {
    /// Its number, from 1.
    pub line: u64,
    /// The line without secrets and without the local parts of addresses.
    pub text: String,
}

/// What became of mails that share something.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct KeyCounts {
    /// What they share: a domain, a host, an address, an hour.
    pub key: String,
    /// Mails that went out.
    pub sent: u64,
    /// Attempts that were put off.
    pub deferred: u64,
    /// Mails lost.
    pub lost: u64,
}
