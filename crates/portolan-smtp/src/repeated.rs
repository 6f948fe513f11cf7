//! Codes that a wrapped reply tells in each of its lines.

/// The words, each with the blank before it, that tell a code once more.
pub(crate) fn repeated(text: &str) -> Vec<(usize, usize)> {
    let mut repeated = Vec::new();
    if !may_repeat(text.as_bytes()) {
        return repeated;
    }
    let mut last: Option<&str> = None;
    let mut enhanced: Option<&str> = None;
    let mut apart = 0;
    let mut dropped = false;
    let mut start = 0;
    for word in text.split(' ') {
        let at = start;
        start += word.len() + 1;
        if !word.starts_with(|letter: char| letter.is_ascii_digit()) {
            dropped = false;
            apart += 1;
            continue;
        }
        let code = reply_code(word);
        let repeats = code.is_some() && code == last && apart < MAX_APART;
        let is_enhanced = is_enhanced(word);
        // Google tells its enhanced code in every line, and some programs join the lines.
        let is_told_again = is_enhanced && enhanced == Some(word) && apart < MAX_APART;
        if is_enhanced {
            enhanced = Some(word);
        }
        if repeats || is_told_again || dropped && is_enhanced {
            apart = 0;
            dropped = repeats;
            repeated.push((at.saturating_sub(1), at + word.len()));
            continue;
        }
        dropped = false;
        apart += 1;
        if code.is_some() {
            last = code;
            apart = 0;
        }
    }
    repeated
}

/// Whether two words may be reply codes, or two enhanced codes: most texts say one.
fn may_repeat(text: &[u8]) -> bool {
    let mut counts = [0_u32; 2];
    let mut before = b' ';
    for (at, byte) in text.iter().enumerate() {
        if byte.is_ascii_digit() && matches!(before, b' ' | b'-') {
            let kind = usize::from(text.get(at + 1) == Some(&b'.'));
            if let Some(count) = counts.get_mut(kind) {
                *count += 1;
                if *count > 1 {
                    return true;
                }
            }
        }
        before = *byte;
    }
    false
}

/// The digits of a word that is a reply code, with or without what marks a line that goes on.
fn reply_code(word: &str) -> Option<&str> {
    let code = word.get(..3)?;
    let is_code =
        code.starts_with(['2', '4', '5']) && code.bytes().all(|byte| byte.is_ascii_digit());
    let rest = word.get(3..)?;
    let goes_on = rest.is_empty()
        || rest
            .strip_prefix('-')
            .is_some_and(|rest| rest.is_empty() || is_enhanced(rest));
    (is_code && goes_on).then_some(code)
}

/// An enhanced status code (RFC 3463, section 2).
fn is_enhanced(word: &str) -> bool {
    let mut parts = word.split('.');
    let mut digits = |most: usize| {
        parts.next().is_some_and(|part| {
            (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
        })
    };
    digits(1) && digits(3) && digits(3) && parts.next().is_none()
}

/// How many words a line of a reply has at most before its code comes again.
const MAX_APART: usize = 14;
