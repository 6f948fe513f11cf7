//! Reply codes and enhanced status codes, as their registries have them.

use std::sync::Arc;

use portolan_report::Source;
use serde::{Deserialize, Serialize};

/// `data/codes/<id>.toml`: one registry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Codes {
    /// Kebab-case, equal to the file's name.
    pub id: String,
    /// What the registry is called.
    pub title: String,
    /// Ids of sources in the same file, for every entry.
    pub sources: Vec<String>,
    /// What the first digit of an enhanced code says (RFC 3463, section 3.1).
    #[serde(default, skip_serializing_if = "Vec::is_empty", rename = "class")]
    pub classes: Vec<Digit>,
    /// What the second number of an enhanced code says (RFC 3463, section 3).
    #[serde(default, skip_serializing_if = "Vec::is_empty", rename = "subject")]
    pub subjects: Vec<Digit>,
    /// The codes, in the order of the registry.
    #[serde(rename = "code")]
    pub codes: Vec<Code>,
    /// Every source that the file names.
    pub source: Vec<Arc<Source>>,
}

/// One part of an enhanced code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Digit {
    /// The number.
    pub digit: u8,
    /// What it says, as a sentence.
    pub meaning: String,
}

/// A code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Code {
    /// A reply code such as `550`, or an enhanced code such as `X.1.1`, where X stands for the class.
    pub code: String,
    /// After which commands it comes. `None`: the registry does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub context: Option<String>,
    /// What it says, as a sentence.
    pub meaning: String,
    /// The reply codes that the registry names with an enhanced code; empty where it names none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replies: Vec<String>,
    /// Where it is defined, such as `RFC 5321, section 4.2.3`.
    pub references: Vec<String>,
}
