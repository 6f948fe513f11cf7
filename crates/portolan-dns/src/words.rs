//! Words of strangers in a sentence, and names that they may have meant.
//!
//! Never by `Debug`: the page is built with a compiler that leaves it empty, and the sentence lost what it was about.

/// Letters of a stranger's text that a sentence holds.
const SHOWN: usize = 60;

/// A stranger's text in quotes, cut where it is long; nothing in it acts on a screen.
pub(crate) fn quoted(text: &str) -> String {
    let mut letters = text.chars();
    let mut out = String::from("\"");
    for letter in letters.by_ref().take(SHOWN) {
        match letter {
            '\'' => out.push(letter),
            _ => out.extend(letter.escape_debug()),
        }
    }
    out.push('"');
    if letters.next().is_some() {
        out.push_str(" …");
    }
    out
}

/// A stranger's text as it is, cut where it is long.
pub(crate) fn cut(text: &str) -> String {
    let mut letters = text.chars();
    let mut out: String = letters.by_ref().take(SHOWN).collect();
    if letters.next().is_some() {
        out.push_str(" …");
    }
    out
}

/// The question whether a name was meant, behind a sentence.
pub(crate) fn asked(name: Option<&str>) -> String {
    name.map_or_else(String::new, |name| format!(" Did you mean {name}?"))
}

/// The one of the names that is a letter away: one is missing, too many, another or swapped with its neighbour. `None`:
/// none is, or several are.
pub(crate) fn nearest<'a>(word: &str, names: &[&'a str]) -> Option<&'a str> {
    let mut near = names.iter().filter(|name| is_near(word, name));
    let first = near.next()?;
    near.next().is_none().then_some(*first)
}

/// Whether a word in any case is a letter away from a name in small letters. Of a name of two letters both have to be there.
pub(crate) fn is_near(word: &str, name: &str) -> bool {
    let (word, name) = (word.to_ascii_lowercase(), name.as_bytes());
    let word = word.as_bytes();
    let is_told = name.len() > 2 || name.iter().all(|letter| word.contains(letter));
    is_told && is_letter_away(word, name)
}

fn is_letter_away(word: &[u8], name: &[u8]) -> bool {
    let same = word.iter().zip(name).take_while(|(a, b)| a == b).count();
    let rest = |text: &[u8], skipped: usize| text.get(same + skipped..).map(<[u8]>::to_vec);
    let is = |a: Option<Vec<u8>>, b: Option<Vec<u8>>| a.is_some() && a == b;
    let is_swapped = word.get(same) == name.get(same + 1) && word.get(same + 1) == name.get(same);
    word != name
        && (is(rest(word, 1), rest(name, 1))
            || is(rest(word, 1), rest(name, 0))
            || is(rest(word, 0), rest(name, 1))
            || is_swapped && is(rest(word, 2), rest(name, 2)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_quoted_is_bounded_and_harmless() {
        assert_eq!(quoted("it's"), "\"it's\"");
        assert_eq!(
            quoted("a\"\u{1b}\u{202e}\n"),
            "\"a\\\"\\u{1b}\\u{202e}\\n\""
        );
        let long = quoted(&"ü".repeat(61));
        assert!(long.ends_with("ü\" …"));
        assert_eq!(long.chars().count(), SHOWN + 4);
    }

    #[test]
    fn a_letter_makes_a_near_name_and_two_do_not() {
        let names = ["reject", "none", "ip4", "ip6"];
        for word in ["rejekt", "rejet", "rejectt", "REJEKT", "erject", "rejetc"] {
            assert_eq!(nearest(word, &names), Some("reject"), "{word}");
        }
        for word in ["reject", "rejkt", "ip", "", "block"] {
            assert_eq!(nearest(word, &names), None, "{word}");
        }
    }
}
