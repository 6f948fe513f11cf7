//! How well a typed text fits a name: exact, at its beginning, in its middle, or one letter off.

use crate::Entry;

/// How well an entry fits a text in lower case: 0 is best. `None`: not at all.
pub(crate) fn rank(entry: &Entry, typed: &str) -> Option<u8> {
    if typed.is_empty() {
        return Some(0);
    }
    let of_name = |name: &str, base: u8| {
        let name = name.to_ascii_lowercase();
        if name == typed {
            Some(base)
        } else if name.starts_with(typed) {
            Some(base + 2)
        } else if words_of(&name).any(|word| word.starts_with(typed)) {
            Some(base + 3)
        } else if name.contains(typed) {
            Some(base + 5)
        } else {
            None
        }
    };
    let names = of_name(&entry.name, 0).into_iter();
    let aliases = entry.aliases.iter().filter_map(|alias| of_name(alias, 1));
    let hosts = entry.signs.hosts.iter();
    let hosts = hosts.chain(&entry.signs.domains).chain(&entry.signs.mx);
    let by_host = hosts.clone().any(|host| host.contains(typed)).then_some(8);
    let forgiving = || {
        let all = std::iter::once(&entry.name).chain(&entry.aliases);
        (typed.chars().count() >= 4
            && all.map(|name| name.to_ascii_lowercase()).any(|name| {
                is_one_letter_off(&name, typed)
                    || words_of(&name).any(|word| begins_one_letter_off(word, typed))
            }))
        .then_some(10)
    };
    names.chain(aliases).chain(by_host).min().or_else(forgiving)
}

fn words_of(name: &str) -> impl Iterator<Item = &str> {
    name.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
}

/// Whether the beginning of `word` is at most one letter off `typed`.
fn begins_one_letter_off(word: &str, typed: &str) -> bool {
    let length = typed.chars().count();
    [length.saturating_sub(1), length, length + 1]
        .into_iter()
        .any(|take| {
            let end = word
                .char_indices()
                .nth(take)
                .map_or(word.len(), |(at, _)| at);
            word.get(..end)
                .is_some_and(|beginning| is_one_letter_off(beginning, typed))
        })
}

/// One letter changed, added, left out, or two neighbours swapped.
fn is_one_letter_off(one: &str, other: &str) -> bool {
    let one: Vec<char> = one.chars().collect();
    let other: Vec<char> = other.chars().collect();
    let common = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let rest = |letters: &[char], from: usize| letters.get(from..).unwrap_or_default().to_vec();
    let (one_rest, other_rest) = (rest(&one, common), rest(&other, common));
    let tail = |letters: &[char]| rest(letters, 1);
    let swapped = matches!((one_rest.as_slice(), other_rest.as_slice()), ([a, b, ..], [c, d, ..]) if a == d && b == c)
        && rest(&one_rest, 2) == rest(&other_rest, 2);
    swapped
        || tail(&one_rest) == tail(&other_rest)
        || tail(&one_rest) == other_rest
        || one_rest == tail(&other_rest)
}
