//! A standard and the points of it that rules cite.

use serde::{Deserialize, Serialize};

use crate::read::reads;

/// `data/standards/<id>.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Standard {
    /// Such as `rfc8314`, equal to the file's name.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The year of publication.
    pub year: u16,
    /// Such as `Proposed Standard`.
    pub status: String,
    /// Such as `STD 72` or `BCP 134`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub series: Option<String>,
    /// Ids of what it replaces.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub obsoletes: Vec<String>,
    /// Ids of what replaces it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub obsoleted_by: Vec<String>,
    /// Ids of what it changes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub updates: Vec<String>,
    /// Ids of what changes it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub updated_by: Vec<String>,
    /// Its text.
    pub url: String,
    /// What was read: the full text, a draft, or others' quotations.
    pub read: String,
    /// What is particular about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// What each section supports.
    #[serde(default, skip_serializing_if = "Vec::is_empty", rename = "point")]
    pub points: Vec<Point>,
}

/// What one section says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Point {
    /// The section's number, or its name where it has none.
    pub section: String,
    /// What it says, in own words.
    pub says: String,
}

/// What a rule needs of a standard to cite it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Citation {
    /// Such as `rfc8314`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its text.
    pub url: String,
    /// The year of publication.
    pub year: u16,
}

reads! { Citation { id, title, url, year } }
