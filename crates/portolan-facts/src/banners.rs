//! By which words of its own replies a provider is known, where no host of its is named.

use serde::{Deserialize, Serialize};

use crate::read::reads;
use crate::{Entry, Index};

/// The words of one provider: published apart from the other signs, since only failures are read for them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Banners {
    /// The provider's id.
    pub id: String,
    /// Its words, in lower case.
    pub words: Vec<String>,
}

/// The provider whose words stand in what a server said; of several words the longest decides.
///
/// A word begins where no letter or digit stands before it. A name of hosts ends there as well, and is no part of an
/// address: whoever writes from a domain does not answer for it.
pub fn who_says<'i>(said: &str, index: &'i Index) -> Option<&'i Entry> {
    let said = said.to_ascii_lowercase();
    let providers = index.providers.iter();
    let all = providers.flat_map(|it| it.signs.banners.iter().map(move |word| (word, it)));
    all.filter(|(word, _)| is_said(&said, word))
        .max_by_key(|(word, _)| word.len())
        .map(|(_, it)| it)
}

fn is_said(said: &str, word: &str) -> bool {
    let is_host = word.contains('.') && !word.contains(' ');
    said.match_indices(word).any(|(at, _)| {
        let (before, rest) = said.split_at_checked(at).unwrap_or_default();
        let after = rest.get(word.len()..).unwrap_or_default();
        let begins = !before.ends_with(|it: char| it.is_ascii_alphanumeric());
        begins && (!is_host || ends(after) && !is_address(before))
    })
}

/// Whether a name of hosts ends before this.
fn ends(after: &str) -> bool {
    let mut after = after.chars();
    match after.next() {
        None => true,
        Some('.') => !after.next().is_some_and(|it| it.is_ascii_alphanumeric()),
        Some(letter) => !letter.is_ascii_alphanumeric() && letter != '-',
    }
}

/// Whether what stands before a name makes it the domain of an address.
fn is_address(before: &str) -> bool {
    before
        .trim_end_matches(|it: char| it.is_ascii_alphanumeric() || "-._".contains(it))
        .ends_with('@')
}

reads! { Banners { id, words } }

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Signs;

    fn says(said: &str) -> Option<String> {
        let of = |id: &str, words: &[&str]| Entry {
            id: id.to_owned(),
            signs: Signs {
                banners: words.iter().map(|it| (*it).to_owned()).collect(),
                ..Signs::default()
            },
            ..Entry::default()
        };
        let index = Index {
            providers: vec![
                of("a", &["gsmtp", "sg esmtp"]),
                of("b", &["protection.b.example"]),
                of("c", &["c.protection.b.example"]),
            ],
            ..Index::default()
        };
        who_says(said, &index).map(|it| it.id.clone())
    }

    #[test]
    fn words_begin_and_names_end() {
        for (said, who) in [
            ("535 5.7.8 not accepted x7-2 - gsmtp", Some("a")),
            ("220 SG ESMTP service ready", Some("a")),
            ("xgsmtp", None),
            ("550 [AM0.mail.Protection.b.example]", Some("b")),
            ("550 c.protection.b.example.", Some("c")),
            ("protection.b.example.evil.example", None),
            ("protection.b.example-evil.example", None),
            ("550 <x@AM0.protection.b.example> unknown", None),
            ("notprotection.b.example", None),
            ("", None),
        ] {
            assert_eq!(says(said).as_deref(), who, "{said}");
        }
    }
}
