//! Where in a report an error is, as a path of keys and numbers. The reader of JSON tells line and column alone, and to
//! have every type's reader note its path comes to 90 kB of program; so the way there is walked once more, after an error.

use core::fmt::Write;

/// A key longer than this is cut: a stranger wrote it.
const KEY_BYTES: usize = 100;

/// Deeper than any report of ours; of more the outermost and the innermost are shown.
const DEEPEST: usize = 12;

/// What is open at a place.
enum Open<'a> {
    /// A list, and which of its items.
    List(usize),
    /// An object, and the key whose value is being read or was read last.
    Object(Option<&'a [u8]>),
}

/// The path to what ends at a place, as `visits[0].port`; empty: the whole. Line and column are those of `serde_json`: both
/// from 1, the column in bytes, of the last byte that was read.
pub(super) fn path(json: &[u8], line: usize, column: usize) -> String {
    let before: usize = json
        .split_inclusive(|it| *it == b'\n')
        .take(line.saturating_sub(1))
        .map(<[u8]>::len)
        .sum();
    let end = before.saturating_add(column).min(json.len());
    written(&walked(json.get(..end).unwrap_or_default()))
}

fn walked(json: &[u8]) -> Vec<Open<'_>> {
    let mut open: Vec<Open<'_>> = Vec::new();
    let mut rest = json;
    while let Some((first, behind)) = rest.split_first() {
        rest = behind;
        match first {
            b'{' => open.push(Open::Object(None)),
            b'[' => open.push(Open::List(0)),
            b'}' | b']' => {
                open.pop();
            }
            b',' => match open.last_mut() {
                Some(Open::List(index)) => *index += 1,
                Some(Open::Object(key)) => *key = None,
                None => {}
            },
            b'"' => {
                let length = length(rest);
                let (text, behind) = rest.split_at_checked(length).unwrap_or((rest, &[]));
                rest = behind.get(1..).unwrap_or_default();
                // Of a pair the first is the key.
                if let Some(Open::Object(key @ None)) = open.last_mut() {
                    *key = Some(text);
                }
            }
            _ => {}
        }
    }
    open
}

/// Bytes of a string up to its closing quote, or all there are.
fn length(text: &[u8]) -> usize {
    let mut is_escaped = false;
    text.iter()
        .position(|it| {
            let is_end = *it == b'"' && !is_escaped;
            is_escaped = *it == b'\\' && !is_escaped;
            is_end
        })
        .unwrap_or(text.len())
}

fn written(open: &[Open<'_>]) -> String {
    let mut path = String::new();
    let cut = open.len() > DEEPEST;
    for (depth, it) in open.iter().enumerate() {
        if cut && depth >= DEEPEST / 2 && depth + DEEPEST / 2 < open.len() {
            if depth == DEEPEST / 2 {
                path.push('…');
            }
            continue;
        }
        match it {
            Open::List(index) => {
                // Writing into a text cannot fail.
                let _ = write!(path, "[{index}]");
            }
            Open::Object(None) => {}
            Open::Object(Some(key)) => {
                if !path.is_empty() {
                    path.push('.');
                }
                let key = key.get(..KEY_BYTES).unwrap_or(key);
                path.push_str(&String::from_utf8_lossy(key));
            }
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_to_every_place_is_told() {
        let json = b"{\"a\": 1,\n \"b\": [{\"c\": \"x\\\"],}\", \"d\": 2}, 3],\n \"e\": {}}";
        let at = |text: &str| {
            let all = String::from_utf8_lossy(json).into_owned();
            let end = all.find(text).unwrap() + text.len();
            let line = all[..end].matches('\n').count() + 1;
            path(
                json,
                line,
                end - all[..end].rfind('\n').map_or(0, |it| it + 1),
            )
        };
        for (text, wanted) in [
            ("1", "a"),
            ("\"b\"", "b"),
            (",}\"", "b[0].c"),
            ("2", "b[0].d"),
            ("2}", "b[0]"),
            ("3", "b[1]"),
            ("3]", "b"),
            ("{}", "e"),
            ("{}}", ""),
        ] {
            assert_eq!(at(text), wanted, "{text}");
        }
    }

    #[test]
    fn what_is_no_json_has_some_path() {
        for json in ["", "\"", "\"\\", "]]]", "{\"a\\", ",,,", "{{{", "[,["] {
            for column in 0..10 {
                let _ = path(json.as_bytes(), 1, column);
                let _ = path(json.as_bytes(), 9, column);
            }
        }
        let long = format!("{{\"{}\": 1", "k".repeat(1_000));
        assert_eq!(path(long.as_bytes(), 1, long.len()).len(), KEY_BYTES);
    }
}
