//! What programs write before every line: times, hosts, the names of containers.

/// How long such a beginning is; 0: there is none.
pub(crate) fn length(line: &str) -> usize {
    let mut at = 0;
    // At most a container's name, a time, and a host with a program.
    for _ in 0..3 {
        let rest = line.get(at..).unwrap_or_default();
        let numbered = || (at == 0).then(|| number(rest)).flatten();
        let found = numbered()
            .or_else(|| container(rest))
            .or_else(|| time(rest))
            .or_else(|| {
                let is_behind = at > 0;
                is_behind
                    .then(|| host_and_program(rest).or_else(|| level(rest)))
                    .flatten()
            });
        match found {
            Some(length) => at += length,
            None => break,
        }
    }
    at
}

/// `  13. `, as pages that number lines have it. What may be a reply's code is none: `550. no`.
fn number(line: &str) -> Option<usize> {
    let is_blank = |byte: &u8| *byte == b' ';
    let blanks = line.bytes().take_while(is_blank).count();
    let digits = line
        .get(blanks..)?
        .bytes()
        .take_while(u8::is_ascii_digit)
        .count();
    let number: u32 = line.get(blanks..blanks + digits)?.parse().ok()?;
    let behind = line.get(blanks + digits..)?.strip_prefix(". ")?;
    let more = behind.bytes().take_while(is_blank).count();
    let may_be_code = digits == 3 && (200..600).contains(&number);
    (number < MOST_LINES && !may_be_code).then_some(blanks + digits + 2 + more)
}

/// Whether a page has numbered this line.
pub(crate) fn is_numbered(line: &[u8]) -> bool {
    let begin = line.get(..LONGEST_NUMBER).unwrap_or(line);
    std::str::from_utf8(begin).is_ok_and(|line| number(line).is_some())
}

/// A number with the blanks around it is no longer, in bytes.
const LONGEST_NUMBER: usize = 16;

/// So many lines of a page are numbered.
const MOST_LINES: u32 = 10_000;

/// `mail-1  | `
fn container(line: &str) -> Option<usize> {
    let name = line
        .bytes()
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
        .count();
    let blanks = line
        .get(name..)?
        .bytes()
        .take_while(|byte| *byte == b' ')
        .count();
    let ends = line.get(name + blanks..)?.starts_with("| ");
    (name > 0 && ends).then_some(name + blanks + 2)
}

/// `2026-11-25T10:00:00.123Z `, `[2026-11-25 10:00:00] `, `Nov 25 10:00:00 `, `10:00:00.123 `
fn time(line: &str) -> Option<usize> {
    let open = usize::from(line.starts_with('['));
    let rest = line.get(open..)?;
    let forms = [
        "0000-00-00T00:00:00",
        "0000-00-00 00:00:00",
        "aaa 00 00:00:00",
        "aaa  0 00:00:00",
        "00:00:00",
    ];
    let form = forms
        .iter()
        .find(|form| has_form(rest.as_bytes(), form.as_bytes()))?;
    let more = rest
        .get(form.len()..)?
        .bytes()
        .take_while(|byte| {
            byte.is_ascii_digit() || matches!(byte, b'.' | b',' | b'Z' | b'+' | b'-' | b':')
        })
        .count();
    let behind = rest.get(form.len() + more..)?;
    let close = usize::from(open == 1 && behind.starts_with(']'));
    let blanks = behind
        .get(close..)?
        .bytes()
        .take_while(|byte| matches!(byte, b' ' | b'\t'))
        .count();
    (blanks > 0).then_some(open + form.len() + more + close + blanks)
}

/// `host app[123]: `, behind a time.
fn host_and_program(line: &str) -> Option<usize> {
    let mut words = line.splitn(3, ' ');
    let (host, program) = (words.next()?, words.next()?);
    words.next()?;
    let is_program = program.ends_with("]:") && program.contains('[');
    (!host.is_empty() && is_program).then_some(host.len() + program.len() + 2)
}

/// `app.ERROR: `, behind a time.
fn level(line: &str) -> Option<usize> {
    let word = line.split(' ').next()?;
    let is_level = ["ERROR:", "WARNING:", "WARN:", "INFO:", "DEBUG:", "NOTICE:"]
        .iter()
        .any(|level| word.ends_with(level));
    (is_level && line.len() > word.len()).then_some(word.len() + 1)
}

/// Whether a text begins in a form in which `0` stands for digits, `a` for letters, and all else for itself.
pub(crate) fn has_form(text: &[u8], form: &[u8]) -> bool {
    let holds = |(byte, wanted): (&u8, &u8)| match wanted {
        b'0' => byte.is_ascii_digit(),
        b'a' => byte.is_ascii_alphabetic(),
        wanted => byte == wanted,
    };
    text.len() >= form.len() && text.iter().zip(form).all(holds)
}

#[cfg(test)]
mod tests {
    use super::length;

    #[test]
    fn times_hosts_and_containers_are_prefixes() {
        for (line, rest) in [
            ("mail-1  | 550 no", "550 no"),
            ("2026-11-25T10:00:00.123Z 550 no", "550 no"),
            ("[2026-11-25 10:00:00] 550 no", "550 no"),
            ("Nov  5 10:00:00 host app[1]: 550 no", "550 no"),
            ("mail-1 | 2026-11-25 10:00:00 550 no", "550 no"),
            ("[2026-11-25 10:00:00] app.ERROR: 550 no", "550 no"),
            ("  13. 550 no", "550 no"),
            ("7. 2026-11-25 10:00:00 550 no", "550 no"),
            ("2026-11-25 10:00:00\t550 no", "550 no"),
            ("550. no", "550. no"),
            ("13.5 no", "13.5 no"),
            ("550 no", "550 no"),
            ("host app[1]: no", "host app[1]: no"),
            ("out", "out"),
        ] {
            assert_eq!(&line[length(line)..], rest);
        }
    }
}
