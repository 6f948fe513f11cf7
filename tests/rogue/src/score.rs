//! How many recordings were explained rightly, by client and by failure, for both keys.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::Value;

use crate::record::{Error, Recording};

/// From here on a finding counts as sure.
const SURE: f64 = 0.9;

/// What was made of a text.
struct Answer {
    cause: String,
    is_sure: bool,
}

#[derive(Clone, Copy, Default)]
struct Share {
    all: usize,
    played: usize,
    /// Those whose text supports anything, and how many of them were right.
    telling: usize,
    supported: usize,
    /// A cause was named, and the text supports another.
    wrong: usize,
    /// The same, and the finding was sure of it.
    sure: usize,
    /// A cause was named where the text supports none.
    invented: usize,
}

/// Compares recordings with what `portolan-probe explain --jsonl` made of them. What the server says may be known to the
/// rules or be fresh, as `wording` tells, and that is counted too.
///
/// # Errors
///
/// An answer is missing, or is none.
pub fn score(
    recordings: &[Recording],
    answers: &str,
    wording: &dyn Fn(&Recording) -> &'static str,
    details: bool,
) -> Result<String, Error> {
    let answers = read(answers)?;
    let mut clients: BTreeMap<String, Share> = BTreeMap::new();
    let mut failures: BTreeMap<&str, Share> = BTreeMap::new();
    let mut wordings: BTreeMap<&str, Share> = BTreeMap::new();
    let mut total = Share::default();
    let mut out = String::new();
    for recording in recordings {
        let answer = answers
            .get(&recording.id)
            .ok_or_else(|| format!("{}: expected an answer", recording.id))?;
        let client = format!("{}, {}", recording.client, recording.mode);
        for share in [
            clients.entry(client).or_default(),
            failures.entry(&recording.failure).or_default(),
            wordings.entry(wording(recording)).or_default(),
            &mut total,
        ] {
            share.count(recording, answer);
        }
        let cause = &answer.cause;
        if details && !is_right(recording, cause) {
            let supports = recording.supports.join(" or ");
            let supports = if supports.is_empty() {
                "none"
            } else {
                &supports
            };
            writeln!(
                out,
                "{}: {cause}, but the text supports {supports}",
                recording.id
            )?;
        }
    }
    let clients: Vec<(&str, Share)> = clients
        .iter()
        .map(|(name, it)| (name.as_str(), *it))
        .collect();
    let failures: Vec<(&str, Share)> = failures.into_iter().collect();
    let wordings: Vec<(&str, Share)> = wordings.into_iter().collect();
    for (title, rows) in [
        ("client", clients),
        ("failure", failures),
        ("wording", wordings),
        ("", vec![("all", total)]),
    ] {
        writeln!(
            out,
            "\n{title:<28} {:>6} {:>8} {:>8} {:>10} {:>6} {:>5} {:>9}",
            "texts", "played", "telling", "supported", "wrong", "sure", "invented"
        )?;
        for (name, share) in rows {
            writeln!(
                out,
                "{name:<28} {:>6} {:>8} {:>8} {:>10} {:>6} {:>5} {:>9}",
                share.all,
                percent(share.played, share.all),
                share.telling,
                percent(share.supported, share.telling),
                share.wrong,
                share.sure,
                share.invented
            )?;
        }
    }
    Ok(out)
}

/// Every answer by its id.
fn read(text: &str) -> Result<BTreeMap<String, Answer>, Error> {
    let mut answers = BTreeMap::new();
    for line in text.lines() {
        let answer: Value = serde_json::from_str(line)?;
        let text = |key: &str| answer.get(key).and_then(Value::as_str);
        if let Some(error) = text("error") {
            return Err(format!("expected an answer, but found: {error}").into());
        }
        let id = text("id")
            .ok_or("expected an id in every answer")?
            .to_owned();
        let confidence = answer.get("confidence").and_then(Value::as_f64);
        let answer = Answer {
            cause: text("cause").unwrap_or("none").to_owned(),
            is_sure: confidence.is_some_and(|it| it >= SURE),
        };
        answers.insert(id, answer);
    }
    Ok(answers)
}

impl Share {
    fn count(&mut self, recording: &Recording, answer: &Answer) {
        let cause = answer.cause.as_str();
        self.all += 1;
        self.played += usize::from(recording.played == cause);
        if recording.supports.is_empty() {
            self.invented += usize::from(cause != "none");
            return;
        }
        self.telling += 1;
        if is_right(recording, cause) {
            self.supported += 1;
        } else {
            self.wrong += usize::from(cause != "none");
            self.sure += usize::from(answer.is_sure);
        }
    }
}

fn is_right(recording: &Recording, cause: &str) -> bool {
    if recording.supports.is_empty() {
        return cause == "none" || cause == recording.played;
    }
    recording.supports.iter().any(|it| it == cause)
}

fn percent(part: usize, whole: usize) -> String {
    if whole == 0 {
        return "-".to_owned();
    }
    let tenths = (part * 1000 + whole / 2) / whole;
    format!("{}.{} %", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::{percent, score};
    use crate::record::Recording;

    fn recording(id: &str, supports: &[&str]) -> Recording {
        Recording {
            id: id.to_owned(),
            client: "c".to_owned(),
            version: "1".to_owned(),
            mode: "usual".to_owned(),
            failure: "f".to_owned(),
            seed: 0,
            said: None,
            text: "t".to_owned(),
            played: "policy.virus".to_owned(),
            supports: supports.iter().map(|it| (*it).to_owned()).collect(),
        }
    }

    #[test]
    fn both_keys_are_counted_and_what_is_wrong_is_named() {
        let recordings = [
            recording("a", &["policy.virus"]),
            recording("b", &["network.refused", "network.timeout"]),
            recording("c", &["policy.virus"]),
            recording("d", &[]),
        ];
        let answers = r#"{"id":"a","cause":"policy.virus"}
{"id":"b","cause":"network.timeout"}
{"id":"c","cause":"relay.denied","confidence":0.9}
{"id":"d"}"#;
        let text = score(&recordings, answers, &|_| "known", true).unwrap();
        assert!(
            text.contains("c: relay.denied, but the text supports policy.virus"),
            "{text}"
        );
        let all = text.lines().last().unwrap();
        let row: Vec<&str> = all.split_whitespace().collect();
        assert_eq!(
            row,
            ["all", "4", "25.0", "%", "3", "66.7", "%", "1", "1", "0"]
        );
        assert!(score(&recordings, "", &|_| "known", false).is_err());
        let unread = answers.replace(r#"{"id":"d"}"#, r#"{"id":"d","error":"no line"}"#);
        assert!(score(&recordings, &unread, &|_| "known", false).is_err());
    }

    #[test]
    fn shares_are_rounded() {
        assert_eq!(percent(2, 3), "66.7 %");
        assert_eq!(percent(0, 0), "-");
    }
}
