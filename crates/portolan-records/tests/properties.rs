//! Whatever is pasted, reading ends, within its bounds, in a time that grows with the text and no faster; and nothing is taken
//! for missing that the text does not say is.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test says so when it fails"
)]

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;

use portolan_dns::lookup::{Kind, Lookup};
use portolan_dns::name::Name;
use portolan_dns::survey::{Posture, Survey};
use portolan_records::{Assessed, Read, Said, Value, assess, read};
use proptest::prelude::*;
use serde::Deserialize;

#[derive(Deserialize)]
struct Book {
    case: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    text: String,
}

/// The texts of all cases: what tools and panels really print.
static TEXTS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut texts = Vec::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let book: Book = toml::from_str(&text).unwrap();
        texts.extend(book.case.into_iter().map(|it| it.text));
    }
    texts.sort();
    texts
});

/// What holds of every text.
fn holds(text: &str, read: &Read) {
    let lines = u32::try_from(text.split('\n').count()).unwrap();
    let within = |line: u32| (1..=lines).contains(&line);
    assert!(read.records.iter().all(|it| within(it.line)));
    assert!(read.nameless.iter().all(|it| within(it.line)));
    assert!(read.silences.iter().all(|it| within(it.line)));
    assert!(read.kept.iter().all(|it| within(it.line)));
    let Some(assessed) = assess(read) else {
        return;
    };
    assert!((1..=3).contains(&assessed.servers.len()));
    for (_, all) in &assessed.answers {
        assert!(!all.is_empty() && all.iter().all(|it| it.server < assessed.servers.len()));
    }
    let posture = judged(&assessed);
    // A finding needs an answer: of a question that is open nothing is said.
    let open: BTreeSet<&Lookup> = posture.unanswered.iter().collect();
    for finding in &posture.findings {
        let is_said = says_missing(finding.rule.id) && open.contains(&finding.at);
        assert!(!is_said, "{} at {} is open", finding.rule.id, finding.at);
        if says_missing(finding.rule.id) {
            let is_told = read.silences.iter().any(|it| it.said <= Said::NoSuchName)
                || read.records.iter().any(|it| it.name == finding.at.name)
                || !read.nameless.is_empty();
            assert!(
                is_told,
                "{} at {} was told by nobody",
                finding.rule.id, finding.at
            );
        }
    }
}

/// What the answers come to; the first that is no failure counts.
fn judged(assessed: &Assessed) -> Posture {
    let mut survey = Survey::new(assessed.domain.clone(), assessed.selectors.clone(), None);
    while let Some(lookup) = survey.wanted().first().cloned() {
        let said = assessed.answers.iter().find(|(it, _)| *it == lookup);
        let told = said.and_then(|(_, all)| {
            let told = all.iter().find(|it| !it.answer.is_error());
            told.or_else(|| all.first())
        });
        match told {
            Some(told) => survey.answer(lookup, told.answer.clone()),
            None => survey.leave_open(&lookup),
        }
    }
    survey.finish(0)
}

fn says_missing(id: &str) -> bool {
    id.ends_with("-missing")
        || id.ends_with("-nowhere")
        || id.ends_with("-no-key")
        || id.ends_with("-implicit")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..3000)) {
        let text = String::from_utf8_lossy(&bytes);
        holds(&text, &read(&text, None));
    }

    #[test]
    fn any_words_of_the_trade_are_read(words in proptest::collection::vec(
        prop_oneof![
            "[\\n\\t {}()|;:,\"\\\\@.-]{1,3}",
            "(TXT|MX|A|IN|Type|Name|Value|Host|Server|Address|text =|v=spf1|v=DMARC1|example\\.com|_dmarc|10|3600|;;|>|dig|\\+short|NXDOMAIN|\\$ORIGIN|----|\\[|\\{)",
            "[a-z0-9.]{1,8}",
        ], 0..200), glue in "[ \\n\\t]")
    {
        let text = words.join(&glue);
        holds(&text, &read(&text, None));
    }

    #[test]
    fn texts_with_lines_changed_are_read(
        at in any::<prop::sample::Index>(), other in any::<prop::sample::Index>(),
        changes in proptest::collection::vec((any::<prop::sample::Index>(), 0..7_u8, any::<prop::sample::Index>()), 1..12))
    {
        let mut lines: Vec<String> = at.get(&TEXTS).lines().map(str::to_owned).collect();
        let strange: Vec<&str> = other.get(&TEXTS).lines().collect();
        for (place, how, sign) in changes {
            if lines.is_empty() {
                break;
            }
            let place = place.index(lines.len());
            match how {
                0 => { lines.remove(place); }
                1 => { let line = lines[place].clone(); lines.insert(place, line); }
                2 => { let to = sign.index(lines.len()); lines.swap(place, to); }
                3 => {
                    let line: Vec<char> = lines[place].chars().collect();
                    let cut = sign.index(line.len() + 1);
                    lines[place] = line[..cut].iter().collect();
                }
                4 => lines[place] = lines[place].replace(' ', "\t"),
                5 => {
                    let line = if strange.is_empty() { "" } else { strange[sign.index(strange.len())] };
                    lines.insert(place, line.to_owned());
                }
                _ => lines[place] = format!("> {}", lines[place]),
            }
        }
        let text = lines.join("\n");
        holds(&text, &read(&text, None));
    }
}

#[test]
fn texts_cut_anywhere_are_read() {
    for text in TEXTS.iter() {
        for (cut, _) in text.char_indices().step_by(37) {
            holds(&text[..cut], &read(&text[..cut], None));
        }
    }
}

/// The same zone, as it was written and as three programs print it.
#[test]
fn a_zone_holds_the_same_however_it_is_printed() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/programs.toml");
    let book: toml::Table = toml::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let records = |name: &str| -> BTreeSet<String> {
        let cases = book["case"].as_array().unwrap();
        let case = cases.iter().find(|it| it["name"].as_str() == Some(name));
        let read = read(case.unwrap()["text"].as_str().unwrap(), None);
        let known = read.records.iter().filter_map(|it| match &it.value {
            Value::Record(record) => Some(format!("{} {record:?}", it.name)),
            Value::Other { .. } => None,
        });
        known.collect()
    };
    let written = records("zone");
    assert_eq!(written.len(), 19);
    for name in ["zone-full", "zone-relative", "zone-ldns"] {
        assert_eq!(records(name), written, "{name}");
    }
}

#[test]
fn line_ends_change_nothing() {
    for text in TEXTS.iter() {
        let plain = read(text, None);
        let dos = read(&text.replace('\n', "\r\n"), None);
        assert_eq!(plain, dos);
    }
}

fn numbered(count: usize, line: &str) -> String {
    let lines: Vec<String> = (0..count)
        .map(|it| line.replace('#', &it.to_string()))
        .collect();
    lines.concat()
}

/// Texts that were made to be dear: brackets, quotes and heads that nothing closes or follows, by the thousand.
#[test]
fn dear_texts_are_read_within_bounds() {
    let many = 20_000;
    let dear = [
        "(".repeat(many),
        "( \n".repeat(many),
        "a IN TXT ( \"\n".repeat(many / 2),
        "{\n".repeat(many),
        "[{\"a\":\n".repeat(many / 2),
        "Type Name Value TTL\n".repeat(many / 4),
        "Type\nName\nValue\n".repeat(many / 4),
        "v=spf1 include:a.example\n".repeat(many / 4),
        "\"v=spf1\n".repeat(many / 4),
        "example.com text =\n".repeat(many / 4),
        "Host: a Type: TXT Value: v=spf1 -all ".repeat(many / 8),
        "a:".repeat(many),
        "Name: ".repeat(many / 2),
        "a.example.com. IN CNAME b.example.com.\n".repeat(many / 8),
        "-----------\nQUESTIONS:\n".repeat(many / 4),
        numbered(many / 8, "d#.example. IN MX 10 m#.example.\n"),
        numbered(
            many / 8,
            "s#._domainkey.example.com. IN TXT \"v=DKIM1; p=\"\n",
        ),
        numbered(many, "example.com. IN TXT \"#\"\n"),
        format!("$TTL 1\n{}", numbered(many, "@ IN TXT v=spf1 a:# -all\n")),
        numbered(many / 4, ";; ->>HEADER<<-\n;; SERVER: #\na. TXT \"#\"\n"),
    ];
    for text in dear {
        holds(&text, &read(&text, None));
    }
}

#[test]
fn what_was_not_pasted_is_open_and_what_is_said_to_be_absent_is_not() {
    let domain = Name::new("example.com").unwrap();
    let text = "example.com. IN MX 10 mx1.example.com.\n\
        Host _dmarc.example.com not found: 3(NXDOMAIN)\n\
        Host _dmarc.com not found: 3(NXDOMAIN)\n";
    let read = read(text, Some(&domain));
    let posture = judged(&assess(&read).unwrap());
    let ids: BTreeSet<&str> = posture.findings.iter().map(|it| it.rule.id).collect();
    assert!(ids.contains("dmarc-missing"), "{ids:?}");
    assert!(
        !ids.iter().any(|id| id.starts_with("spf-")
            || id.starts_with("mta-sts")
            || id.starts_with("tls-rpt")),
        "{ids:?}"
    );
    let open = |name: &str, kind| {
        posture
            .unanswered
            .contains(&Lookup::new(Name::new(name).unwrap(), kind))
    };
    assert!(open("example.com", Kind::Txt));
    assert!(open("mx1.example.com", Kind::A));
    assert!(!open("example.com", Kind::Mx));
}

#[test]
fn a_record_alone_is_judged_at_a_stand_in() {
    let read = read("v=spf1 +all", None);
    let assessed = assess(&read).expect("there is a record");
    assert!(assessed.is_stand_in);
    let posture = judged(&assessed);
    let ids: Vec<&str> = posture.findings.iter().map(|it| it.rule.id).collect();
    assert!(ids.contains(&"spf-all-passes"));
    assert_eq!(read.nameless[0].line, 1);
}
