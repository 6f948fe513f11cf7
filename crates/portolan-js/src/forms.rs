//! What the library returns besides explanations and advice.

use portolan_explain::{Citation, NearCause};
use portolan_intake::recognize;
use serde::Serialize;

/// What a text was taken for.
#[derive(Debug, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null))]
pub struct Recognition {
    /// `address`, `bounce`, `code`, `configuration`, `documentation`, `failure`, `host`, `log`, `mail`, `nothing`,
    /// `records`, `report` or `session`.
    pub kind: &'static str,
    /// The next kind, where it is nearly as likely.
    pub or: Option<&'static str>,
    /// What the text is about, where it is just that: an address, a host, a code.
    pub subject: Option<String>,
}

/// What a text is.
pub fn recognized(text: &[u8]) -> Recognition {
    let taken = recognize(text);
    Recognition {
        kind: taken.kind.id(),
        or: taken.or.map(portolan_intake::Kind::id),
        subject: taken.subject,
    }
}

/// A cause that the analyzer can name.
#[derive(Debug, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct CauseEntry {
    /// Area and name, such as `auth.required`. Never renamed.
    pub id: &'static str,
    /// What it means, one sentence.
    pub means: &'static str,
    /// What it is, and what it is not.
    pub definition: &'static str,
    /// Who can mend it: `client`, `network`, `none`, `recipient`, `sender` or `server`.
    pub who: &'static str,
    /// Whether the same attempt may succeed later by itself: `yes`, `no` or `maybe`.
    pub retry: &'static str,
    /// Causes that look alike.
    pub near: Vec<NearCause>,
    /// Where that is written.
    pub sources: Vec<Citation>,
}

/// Every cause, by id.
pub fn causes() -> Vec<CauseEntry> {
    let entry = |cause: &portolan_smtp::Cause| CauseEntry {
        id: cause.id,
        means: cause.means,
        definition: cause.definition,
        who: cause.who.id(),
        retry: cause.retry.id(),
        near: cause.near.iter().map(NearCause::from).collect(),
        sources: cause.sources.iter().map(|it| Citation::of(it)).collect(),
    };
    portolan_smtp::causes().iter().map(entry).collect()
}

#[cfg(test)]
mod tests {
    use super::{causes, recognized};

    #[test]
    fn every_cause_is_there_once() {
        let all = causes();
        assert!(all.len() > 70, "{}", all.len());
        assert!(all.windows(2).all(|two| two[0].id < two[1].id));
    }

    #[test]
    fn a_code_is_recognized() {
        let taken = recognized(b"what does 550 5.7.1 mean?");
        assert_eq!(
            (taken.kind, taken.subject.as_deref()),
            ("code", Some("550 5.7.1"))
        );
    }
}
