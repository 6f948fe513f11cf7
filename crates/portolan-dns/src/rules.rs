//! Every kind of finding, with why it matters and on what that rests. What a reader says of one record is beside the reader.

/// Lists rules once: each as a value with its name, and all in `ALL`.
macro_rules! rules {
    ($($name:ident: $id:literal, $severity:ident, $who:ident, $why:literal, [$($standard:literal $section:literal),+];)+) => {
        $(
            #[doc = concat!("`", $id, "`")]
            pub static $name: crate::finding::Rule = crate::finding::Rule {
                id: $id,
                severity: crate::finding::Severity::$severity,
                who: crate::finding::Who::$who,
                why: $why,
                sources: &[$(crate::finding::Cite { standard: $standard, section: $section }),+],
            };
        )+
        /// All of them, in the order of the file.
        pub static ALL: &[&crate::finding::Rule] = &[$(&$name),+];
    };
}

pub mod dkim;
pub mod dmarc;
pub mod mail;
pub mod spf;
pub mod transport;

use crate::finding::Rule;

/// Every kind of finding there is.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    [spf::ALL, dkim::ALL, dmarc::ALL, mail::ALL, transport::ALL]
        .into_iter()
        .flatten()
        .copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_kebab_case_and_stand_once_and_sentences_end() {
        let mut ids: Vec<&str> = all().map(|rule| rule.id).collect();
        for rule in all() {
            assert!(rule.why.ends_with('.'), "{}", rule.id);
            assert!(
                rule.id
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'),
                "{}",
                rule.id
            );
        }
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count);
    }
}
