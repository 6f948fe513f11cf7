//! Texts that are codes alone, or ask what one means.

use crate::speech::{enhanced, is_reply_code};

/// The codes of a text that holds codes and words around them.
pub(super) fn codes(text: &str) -> Option<String> {
    let mut reply = None;
    let mut status = None;
    for word in
        text.split(|it: char| it.is_whitespace() || "/#()[]\"'?!¿¡,:;=-«»„“”*`".contains(it))
    {
        let word = word.trim_end_matches('.');
        if word.is_empty() {
            continue;
        }
        let bytes = word.as_bytes();
        let is_digits = bytes.iter().all(u8::is_ascii_digit);
        if bytes.len() == 3 && is_digits && is_reply_code(bytes) {
            // Of several the first is the one that is asked for.
            reply = reply.or(Some(word));
        } else if enhanced(bytes) == Some(bytes.len())
            || bytes
                .strip_prefix(b"2")
                .is_some_and(|rest| enhanced(&[b"4", rest].concat()) == Some(bytes.len()))
        {
            status = status.or(Some(word));
        } else if let Some(code) = code_among_letters(word) {
            reply = reply.or(Some(code));
        } else if !is_filler(word) {
            return None;
        }
    }
    match (reply, status) {
        (Some(reply), Some(status)) => Some([reply, status].join(" ")),
        (one, other) => one.or(other).map(str::to_owned),
    }
}

/// `550是什么意思`: scripts without spaces put a code between letters.
fn code_among_letters(word: &str) -> Option<&str> {
    let start = word.find(|it: char| it.is_ascii_digit())?;
    let code = word.get(start..start + 3)?;
    let others = word.chars().filter(|it| !it.is_ascii_digit());
    let is_eastern = others.clone().count() > 0 && others.clone().all(|it| it >= '\u{2e80}');
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    (is_eastern && digits == 3 && is_reply_code(code.as_bytes()) && others.count() <= 8)
        .then_some(code)
}

/// Words that ask for a code and say nothing of their own.
fn is_filler(word: &str) -> bool {
    FILLERS.split(' ').any(|it| it.eq_ignore_ascii_case(word))
}

const FILLERS: &str = "a about an answer basic bounce code codes dsn email enhanced error errors esmtp explain for from get \
    getting got help i is it mail mails mailserver mean meaning means message ndr of on please to with reply response s server \
    sending smtp status explanation the this what when whats why while does do e \
    bedeutet bedeuten bedeutung code fehler fehlercode fehlermeldung meldung der die das was heißt ist statuscode beim \
    senden que qu signifie l d erreur est veut dire le la quoi significa qué es un el error código codigo o significa \
    erro quer dizer cosa errore codice wat betekent fout foutcode ошибка Ошибка код Код что Что значит означает такое почты 错误 错误代码 代码 エラー エラーコード";
