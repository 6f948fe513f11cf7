//! What `nc -vz` and loops over ports print: a line for each connection, and little else.

/// Whether a text is that, of at least two connections.
pub(crate) fn tells(text: &[u8]) -> bool {
    let (mut connections, mut others) = (0, 0);
    for line in text.split(|byte| *byte == b'\n').take(MOST) {
        let line = line.trim_ascii();
        if line.is_empty() {
            continue;
        }
        if is_connection(line) {
            connections += 1;
        } else {
            others += 1;
        }
    }
    connections > 1 && others <= connections
}

/// More lines are no loop over ports.
const MOST: usize = 200;

/// `nc: connect to mx.example port 25 (tcp) …`, `Connection to mx.example 587 port [tcp/…] …`, `mx.example port 25: …`,
/// `mx.example [192.0.2.1] 25 (smtp) …`
fn is_connection(line: &[u8]) -> bool {
    let Ok(line) = std::str::from_utf8(line) else {
        return false;
    };
    let words: Vec<&str> = line.split_ascii_whitespace().take(8).collect();
    let number = |word: &str| {
        word.trim_end_matches(':')
            .parse::<u16>()
            .is_ok_and(|it| it > 0)
    };
    let is =
        |word: Option<&&str>, wanted: &str| word.is_some_and(|it| it.eq_ignore_ascii_case(wanted));
    let behind_port =
        |at: usize| words.get(at).is_some_and(|it| number(it)) && is(words.get(at - 1), "port");
    let before_port =
        |at: usize| words.get(at).is_some_and(|it| number(it)) && is(words.get(at + 1), "port");
    match words.as_slice() {
        ["nc:", verb, "to", ..] if verb.starts_with("connect") => (4..6).any(behind_port),
        ["Connection", "to", ..] => (3..5).any(before_port) || (4..6).any(behind_port),
        [host, port, at, ..] if is(Some(port), "port") => {
            host.contains('.') && at.ends_with(':') && number(at)
        }
        [host, address, port, service, ..]
            if address.starts_with('[') && address.ends_with(']') =>
        {
            host.contains('.') && number(port) && service.starts_with('(')
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::tells;

    #[test]
    fn lines_of_connections_are_known_and_others_are_not() {
        for text in [
            "nc: connect to mx.example.org port 25 (tcp) timed out: Operation now in progress\nConnection to mx.example.org (192.0.2.1) 587 port [tcp/submission] succeeded!",
            "Connection to mx.example.org port 465 [tcp/submissions] succeeded!\nnc: connectx to mx.example.org port 25 (tcp) failed: Operation timed out",
            "mx.example.org port 25: connected\nmx.example.org port 587: connected",
            "mx.example.org [192.0.2.1] 25 (smtp) open\nmx.example.org [192.0.2.1] 587 (submission) : Connection refused",
        ] {
            assert!(tells(text.as_bytes()), "{text}");
        }
        for text in [
            "",
            "nc: connect to mx.example.org port 25 (tcp) failed: Connection refused",
            "Server: mx.example.org\nPort: 587\nPort 465 with SSL",
            "use port 587\nor port 465",
        ] {
            assert!(!tells(text.as_bytes()), "{text}");
        }
    }
}
