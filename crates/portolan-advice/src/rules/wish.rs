//! # Detects
//! A candidate that keeps to something the visitor would like.
//!
//! # Why it matters
//! A wish ranks among routes that would all do; it never rules one out.
//!
//! # Remedy
//! None is needed.
//!
//! # Sources
//! The visitor's own answer; RFC 8314, section 3.3 for TLS from the first byte.

use super::{Opinion, Weight};
use crate::answers::Constraint;
use crate::candidate::Candidate;
use crate::keeps::keeps;
use crate::situation::Situation;

pub(super) fn judge(candidate: &Candidate<'_>, situation: &Situation<'_>) -> Option<Opinion> {
    let kept = Constraint::ALL
        .iter()
        .copied()
        .filter(|wish| *wish != Constraint::NoHttp)
        .find(|wish| situation.wishes(*wish) && keeps(candidate, *wish))?;
    let (text, sources) = match kept {
        Constraint::TlsFromFirstByte => {
            ("It is encrypted from the first byte, as you would like.", situation.cite(&[("rfc8314", "3.3")]))
        }
        Constraint::NoAuth => ("It needs no sign-in, as you would like.", Vec::new()),
        Constraint::IpAllowList | Constraint::NoHttp => {
            ("It knows you by your address, as you would like.", Vec::new())
        }
    };
    Opinion::prefer(Weight::Strong, text.to_owned(), sources)
}
