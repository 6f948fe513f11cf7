//! A failure in another encoding names the same cause, and its evidence lies where its words lie.
#![expect(clippy::unwrap_used, reason = "a test may stop")]

use encoding_rs::Encoding;
use portolan_smtp::analyze;

/// Encoding, cause, and what is said; the words that decide stand between `«` and `»`.
const CASES: &[(&str, &str, &str)] = &[
    (
        "windows-1252",
        "network.dns-failure",
        "Fehler: «Der angegebene Host ist unbekannt».",
    ),
    (
        "windows-1252",
        "auth.bad-credentials",
        "Erreur SMTP : «échec de l'authentification»",
    ),
    (
        "windows-1251",
        "network.timeout",
        "Ошибка: «время ожидания истекло»",
    ),
    (
        "koi8-r",
        "auth.bad-credentials",
        "smtp: «неверный логин» или пароль",
    ),
    (
        "ibm866",
        "network.dns-failure",
        "smtp: «имя или служба не известны»",
    ),
    (
        "shift_jis",
        "auth.bad-credentials",
        "エラー: «ユーザー名またはパスワード»が違います",
    ),
    (
        "euc-jp",
        "network.dns-failure",
        "エラー: «名前またはサービスが不明»です",
    ),
    (
        "iso-2022-jp",
        "network.dns-failure",
        "エラー: «名前またはサービスが不明»です",
    ),
    ("gbk", "network.dns-failure", "错误: «未知的名称或服务»"),
    ("gbk", "network.timeout", "smtp 错误: «连接超时»"),
    ("big5", "network.timeout", "錯誤: «連接嘗試失敗»"),
];

/// The text without its marks, and the words between them.
fn parts(marked: &str) -> (String, &str) {
    let from = marked.find('«').unwrap() + '«'.len_utf8();
    let to = marked.find('»').unwrap();
    (marked.replace(['«', '»'], ""), &marked[from..to])
}

fn written(name: &str, text: &str) -> Vec<u8> {
    let encoding = Encoding::for_label(name.as_bytes()).unwrap();
    let (bytes, _, is_missing) = encoding.encode(text);
    assert!(!is_missing, "{name} cannot say {text}");
    bytes.into_owned()
}

#[test]
fn every_encoding_names_the_cause_in_its_place() {
    for (name, cause, marked) in CASES {
        let (text, words) = parts(marked);
        let bytes = written(name, &text);
        let analysis = analyze(&bytes);
        let first = analysis.findings.first();
        assert_eq!(first.map(|it| it.cause.id), Some(*cause), "{name}: {text}");
        assert_eq!(
            analyze(text.as_bytes()).findings[0].cause.id,
            *cause,
            "utf-8: {text}"
        );
        let span = first.unwrap().evidence;
        let (start, end) = (
            usize::try_from(span.start).unwrap(),
            usize::try_from(span.end).unwrap(),
        );
        let encoding = Encoding::for_label(name.as_bytes()).unwrap();
        if *name != "iso-2022-jp" {
            let shown = encoding.decode(&bytes[start..end]).0.into_owned();
            assert!(
                words.contains(shown.trim()) && !shown.trim().is_empty() || shown.contains(words),
                "{name}: {shown:?} is shown for {words:?}"
            );
        }
    }
}

#[test]
fn utf_16_as_powershell_writes_it() {
    let text = "Send-MailMessage : Unable to connect to the remote server\r\n550 5.7.1 Relay access denied\r\n";
    for (mark, is_big) in [(true, false), (true, true), (false, false), (false, true)] {
        let mut bytes = Vec::new();
        for unit in mark
            .then_some(0xfeff)
            .into_iter()
            .chain(text.encode_utf16())
        {
            bytes.extend(if is_big {
                unit.to_be_bytes()
            } else {
                unit.to_le_bytes()
            });
        }
        let analysis = analyze(&bytes);
        let first = analysis.findings.first().unwrap();
        assert_eq!(first.cause.id, "relay.denied");
        let event = analysis.events[0].span;
        let part =
            &bytes[usize::try_from(event.start).unwrap()..usize::try_from(event.end).unwrap()];
        assert!(part.windows(2).any(|it| it == [b'5', 0] || it == [0, b'5']));
    }
}

#[test]
fn utf_8_that_was_taken_for_something_else() {
    for (name, cause, marked) in CASES {
        let (text, _) = parts(marked);
        // Each byte a letter of windows-1252; five bytes are none and stay numbers.
        let (mistaken, _, _) = encoding_rs::WINDOWS_1252.decode(text.as_bytes());
        let analysis = analyze(mistaken.as_bytes());
        assert_eq!(
            analysis.findings.first().map(|it| it.cause.id),
            Some(*cause),
            "{name}: {mistaken}"
        );
    }
}

#[test]
fn quoted_printable_in_any_of_them() {
    for (name, cause, marked) in CASES.iter().filter(|(name, ..)| *name != "iso-2022-jp") {
        let (text, _) = parts(marked);
        for bytes in [text.clone().into_bytes(), written(name, &text)] {
            let printable: String = bytes
                .iter()
                .map(|byte| {
                    if byte.is_ascii() {
                        char::from(*byte).to_string()
                    } else {
                        format!("={byte:02X}")
                    }
                })
                .collect();
            let found = analyze(printable.as_bytes());
            assert_eq!(
                found.findings.first().map(|it| it.cause.id),
                Some(*cause),
                "{name}: {printable}"
            );
        }
    }
}

#[test]
fn what_stands_behind_encoded_letters_keeps_its_place() {
    let text = format!(
        "Erreur SMTP : =E9chec de l'authentification {}\nEHLO a.example\n250 mx.example\nQUIT",
        "=E9".repeat(40)
    );
    let analysis = analyze(text.as_bytes());
    let first = analysis.findings.first().unwrap();
    assert_eq!(first.cause.id, "auth.bad-credentials");
    let mut end = 0;
    for event in &analysis.events {
        assert!(event.span.start >= end && event.span.end > event.span.start);
        end = event.span.end;
    }
    assert_eq!(end, text.len() as u64);
}
