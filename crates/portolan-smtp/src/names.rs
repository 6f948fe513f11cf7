//! Words of a text that are names, and say nothing of a failure.

/// Where web addresses, mail addresses and the fields of logs stand, in their order.
pub(crate) fn names(text: &str) -> Vec<(usize, usize)> {
    let bytes = text.as_bytes();
    let mut all = Vec::new();
    let mut last_end = 0;
    for at in memchr::memchr3_iter(b'@', b'=', b'/', bytes) {
        // What is a name already is one to its end.
        if at < last_end {
            continue;
        }
        let before = bytes.get(last_end..at).unwrap_or_default();
        let start = memchr::memrchr(b' ', before).map_or(last_end, |blank| last_end + blank + 1);
        let word = bytes.get(start..at).unwrap_or_default();
        let from = match bytes.get(at) {
            Some(b'@') => Some(start),
            Some(b'=') => FIELDS.contains(&word).then_some(start),
            _ => word.strip_suffix(b":/").and_then(|scheme| {
                let known = [&b"https"[..], b"http"];
                let length = known.iter().find(|it| scheme.ends_with(it))?.len();
                Some(at - 2 - length)
            }),
        };
        if let Some(from) = from {
            let rest = bytes.get(at..).unwrap_or_default();
            last_end = at + memchr::memchr(b' ', rest).unwrap_or(rest.len());
            all.push((from, last_end));
        }
    }
    all
}

/// What mail servers log of a message, whose values are its sender's or the receiver's words.
const FIELDS: &[&[u8]] = &[
    b"client",
    b"conn_use",
    b"ctladdr",
    b"delay",
    b"delays",
    b"from",
    b"h",
    b"helo",
    b"msgid",
    b"nrcpt",
    b"orig_to",
    b"p",
    b"pri",
    b"proto",
    b"r",
    b"relay",
    b"s",
    b"size",
    b"t",
    b"to",
];

/// Whether a place is in one of these.
pub(crate) fn is_inside(names: &[(usize, usize)], at: usize) -> bool {
    let before = names.partition_point(|(start, _)| *start <= at);
    before
        .checked_sub(1)
        .and_then(|last| names.get(last))
        .is_some_and(|(_, end)| at < *end)
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn addresses_and_fields_are_names() {
        let text = "to=<a@b.example>, see http://a.example/x=y or (https://b.example) x=y a/b c@d";
        let found: Vec<&str> = names(text)
            .into_iter()
            .map(|(start, end)| &text[start..end])
            .collect();
        assert_eq!(
            found,
            [
                "to=<a@b.example>,",
                "http://a.example/x=y",
                "https://b.example)",
                "c@d"
            ]
        );
        assert!(names("550 no").is_empty());
    }
}
