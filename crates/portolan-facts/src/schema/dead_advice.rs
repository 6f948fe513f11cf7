//! Advice that was once right, or is often given, and is dead: with the time in which it held.

use std::sync::Arc;

use portolan_report::Source;
use serde::{Deserialize, Serialize};

use super::Claim;

/// `data/dead-advice/<id>.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeadAdvice {
    /// Kebab-case, equal to the file's name.
    pub id: String,
    /// The advice, as it is given.
    pub says: String,
    /// The time in which it held, such as `1998 to 2018`; `never` where it was always wrong.
    pub held: String,
    /// What holds now.
    pub now: Claim,
    /// Every source that the file names.
    #[serde(rename = "source")]
    pub sources: Vec<Arc<Source>>,
}
