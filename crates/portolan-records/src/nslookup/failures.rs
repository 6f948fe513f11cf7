//! How `nslookup` says that it found nothing.

use crate::model::{Form, Said};
use crate::work::{Work, is_whole_name};

/// `** server can't find NAME: NXDOMAIN`, `*** Can't find NAME: No answer`, `*** SERVER can't find NAME: Non-existent domain`.
/// Windows says the end in English in every language, and the sentence around it in its own.
pub(super) fn failed(work: &mut Work<'_>, at: usize, text: &str) -> Option<usize> {
    let lower = text.to_lowercase();
    let has = |all: &[&str]| all.iter().any(|it| lower.contains(it));
    let said = if has(&["nxdomain", "non-existent domain"]) {
        Said::NoSuchName
    } else if has(&[
        "no answer",
        "no records",
        "no text (txt)",
        "no mail exchange",
        "no internal type",
        "no host (a)",
    ]) {
        Said::NoData
    } else if has(&[
        "servfail",
        "server failed",
        "refused",
        "unspecified error",
        "format error",
        "formerr",
    ]) {
        Said::ServerFailure
    } else if has(&[
        "timed out",
        "timed-out",
        "no response from server",
        "zeitüberschreitung",
        "délai",
        "dépassé",
        "tiempo de espera",
        "timeout",
        "tempo scaduto",
    ]) {
        Said::TimedOut
    } else {
        return None;
    };
    let asked = work.question().cloned();
    let name = named(text, work.server.as_deref()).filter(|_| said != Said::TimedOut);
    let name = name.or_else(|| asked.as_ref().map(|it| it.name.clone()))?;
    if name.is_empty() {
        return Some(1);
    }
    // The type is told by whoever asked alone.
    let kind = asked
        .filter(|it| {
            it.name.is_empty()
                || it
                    .name
                    .trim_end_matches('.')
                    .eq_ignore_ascii_case(name.trim_end_matches('.'))
        })
        .map(|it| it.kind);
    work.silent(&name, kind.as_deref(), said, at, Form::Nslookup);
    Some(1)
}

/// The name in such a sentence that is not the server's: the last one, since German puts it last.
fn named(text: &str, server: Option<&str>) -> Option<String> {
    let before = text.rsplit_once(':').map_or(text, |(before, _)| before);
    before
        .split_whitespace()
        .map(|word| word.trim_matches(['*', ':', ',', '"', '\'']))
        .filter(|word| is_whole_name(word) && word.parse::<std::net::IpAddr>().is_err())
        .rfind(|word| server.is_none_or(|it| !it.eq_ignore_ascii_case(word)))
        .map(str::to_owned)
}
