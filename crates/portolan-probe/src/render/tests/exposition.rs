//! A strict reader of Prometheus' text format: it takes nothing that the format does not have, and wants what it asks for.

use std::collections::BTreeSet;

/// One line with a value.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Sample {
    pub(super) name: String,
    pub(super) labels: Vec<(String, String)>,
    pub(super) value: f64,
}

/// The value of the one sample of a metric.
pub(super) fn one(samples: &[Sample], metric: &str) -> f64 {
    let name = format!("portolan_probe_{metric}");
    samples.iter().find(|it| it.name == name).unwrap().value
}

/// All samples. Every metric has HELP and TYPE once, before its lines, which stand together; no series comes twice.
pub(super) fn read(text: &str) -> Result<Vec<Sample>, String> {
    if !text.ends_with('\n') {
        return Err("the last line has no end".to_owned());
    }
    let (mut samples, mut known, mut series) = (Vec::new(), BTreeSet::new(), BTreeSet::new());
    let (mut helped, mut current) = (None::<String>, None::<String>);
    for line in text.lines() {
        let wrong = |why: &str| Err(format!("{why}: {line}"));
        if let Some(rest) = line.strip_prefix("# HELP ") {
            let Some((name, help)) = rest.split_once(' ') else {
                return wrong("a help without a text");
            };
            if !is_name(name) || help.is_empty() || !known.insert(name.to_owned()) {
                return wrong("no help, or a second one");
            }
            helped = Some(name.to_owned());
            continue;
        }
        if let Some(rest) = line.strip_prefix("# TYPE ") {
            let Some((name, "gauge" | "counter")) = rest.split_once(' ') else {
                return wrong("no type");
            };
            if helped.take().as_deref() != Some(name) {
                return wrong("a type without its help above it");
            }
            current = Some(name.to_owned());
            continue;
        }
        if line.starts_with('#') {
            continue;
        }
        let sample = sample(line).ok_or_else(|| format!("no sample: {line}"))?;
        if current.as_ref() != Some(&sample.name) {
            return wrong("a sample outside its family");
        }
        if !series.insert(format!("{} {:?}", sample.name, sample.labels)) {
            return wrong("a series twice");
        }
        samples.push(sample);
    }
    Ok(samples)
}

fn sample(line: &str) -> Option<Sample> {
    let end = line.find(['{', ' '])?;
    let (name, mut rest) = line.split_at(end);
    let mut labels = Vec::new();
    if let Some(inner) = rest.strip_prefix('{') {
        rest = inner;
        loop {
            let (label, after) = rest.split_once("=\"")?;
            let (value, after) = quoted(after)?;
            if !is_name(label) || label.contains(':') || labels.iter().any(|(it, _)| it == label) {
                return None;
            }
            labels.push((label.to_owned(), value));
            if let Some(after) = after.strip_prefix(',') {
                rest = after;
            } else {
                rest = after.strip_prefix('}')?;
                break;
            }
        }
    }
    let value = rest.strip_prefix(' ')?;
    let is_plain = !value.is_empty()
        && value
            .bytes()
            .all(|it| it.is_ascii_digit() || b"+-.e".contains(&it));
    (is_name(name) && is_plain).then(|| {
        Some(Sample {
            name: name.to_owned(),
            labels,
            value: value.parse().ok()?,
        })
    })?
}

/// A label's value up to its closing mark, and what follows.
fn quoted(text: &str) -> Option<(String, &str)> {
    let mut value = String::new();
    let mut letters = text.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => return Some((value, &text[at + 1..])),
            '\\' => value.push(match letters.next()?.1 {
                'n' => '\n',
                it @ ('\\' | '"') => it,
                _ => return None,
            }),
            letter => value.push(letter),
        }
    }
    None
}

fn is_name(text: &str) -> bool {
    let is_letter = |it: u8| it.is_ascii_alphanumeric() || it == b'_' || it == b':';
    !text.is_empty()
        && text.bytes().all(is_letter)
        && !text.starts_with(|it: char| it.is_ascii_digit())
}

#[test]
fn the_reader_is_strict() {
    let head = "# HELP a b\n# TYPE a gauge\n";
    for line in ["a 1", "a{x=\"1\"} 1.5", "a{x=\"\\\\\\\"\\n\",y=\"\"} -1e3"] {
        assert!(read(&format!("{head}{line}\n")).is_ok(), "{line}");
    }
    for line in [
        "a",
        "a  1",
        "a{x=1} 1",
        "a{} 1",
        "a{x=\"1\",} 1",
        "a{x=\"1\",x=\"2\"} 1",
        "a{x=\"\\t\"} 1",
        "a 1s",
        "b 1",
        "a{x=\"1\"}1",
        "a 1\na 1",
        "# HELP a b",
    ] {
        assert!(read(&format!("{head}{line}\n")).is_err(), "{line}");
    }
    assert!(read("a 1\n").is_err() && read(&format!("{head}a 1")).is_err());
}
