//! No secret survives, in none of its forms and surroundings; what is none stays as it is.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may stop"
)]

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use portolan_mask::{mask, secrets};
use proptest::prelude::*;
use serde::Deserialize;

#[derive(Deserialize)]
struct Forms {
    sessions: Vec<Vec<String>>,
    surroundings: Vec<(String, String)>,
    lines: Vec<String>,
    blocks: Vec<String>,
    kept: Vec<String>,
}

fn forms() -> Forms {
    toml::from_str(include_str!("forms.toml")).unwrap()
}

/// Random letters with a fixed seed (xorshift).
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap()
    }

    fn letters(&mut self, length: usize, from: &str) -> String {
        let from = from.as_bytes();
        (0..length)
            .map(|_| char::from(from[self.roll() % from.len()]))
            .collect()
    }
}

const ALNUM: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/// A form with secrets in it, and the secrets.
fn filled(form: &str, dice: &mut Dice) -> (String, Vec<String>) {
    let mut text = String::new();
    let mut hidden = Vec::new();
    let mut rest = form;
    while let Some(at) = rest.find('{') {
        let mark = rest.get(at..at + 3).unwrap_or_default();
        let length = 8 + dice.roll() % 12;
        let word = match mark {
            // A password has a digit and a capital in it, and no mark that would end it.
            "{S}" => format!(
                "{}Z7{}",
                dice.letters(length, ALNUM),
                dice.letters(3, "!#%*+-.9")
            ),
            "{L}" => BASE64_STANDARD.encode(dice.letters(length, ALNUM)),
            "{P}" => BASE64_STANDARD.encode(format!("\0user\0{}", dice.letters(length, ALNUM))),
            "{X}" => BASE64_STANDARD.encode(format!(
                "user=a@b\u{1}auth=Bearer {}\u{1}\u{1}",
                dice.letters(60, ALNUM)
            )),
            "{M}" => [32, 8, 8]
                .map(|length| dice.letters(length, "0123456789abcdef"))
                .join("-"),
            "{W}" => format!("{}aZ9/", dice.letters(36, ALNUM)),
            "{H}" => dice.letters(32, "0123456789abcdef"),
            "{K}" => dice.letters(48, ALNUM),
            "{A}" => dice.letters(16, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"),
            _ => {
                text.push_str(&rest[..=at]);
                rest = &rest[at + 1..];
                continue;
            }
        };
        text.push_str(&rest[..at]);
        text.push_str(&word);
        hidden.push(word);
        rest = &rest[at + 3..];
    }
    text.push_str(rest);
    (text, hidden)
}

/// Eight letters of a secret in a row are left of it.
fn survives(masked: &str, hidden: &[String]) -> bool {
    hidden.iter().any(|secret| {
        let length = secret.len().min(8);
        (0..=secret.len() - length).any(|at| masked.contains(&secret[at..at + length]))
    })
}

fn masked(text: &str) -> String {
    String::from_utf8(mask(text.as_bytes())).unwrap()
}

#[test]
fn no_answer_of_a_sign_in_survives() {
    let forms = forms();
    let mut dice = Dice(0x5EED);
    let mut report = Vec::new();
    for session in &forms.sessions {
        for (client, server) in &forms.surroundings {
            for end in ["\n", "\r\n", "\\r\\n"] {
                let end = if client.ends_with('\'') {
                    "\\r\\n'\n"
                } else {
                    end
                };
                let lines: Vec<String> = session
                    .iter()
                    .map(|line| {
                        let (who, said) = line.split_once(' ').unwrap();
                        let before = if who == "C" { client } else { server };
                        format!("{before}{said}{end}")
                    })
                    .collect();
                let form = lines.concat();
                let (text, hidden) = filled(&form, &mut dice);
                let masked = masked(&text);
                if survives(&masked, &hidden) {
                    report.push(format!("{text}\n  {masked}"));
                }
            }
        }
    }
    assert!(
        report.is_empty(),
        "{} of them:\n{}",
        report.len(),
        report.join("\n")
    );
}

#[test]
fn no_secret_of_a_line_survives() {
    let forms = forms();
    let mut dice = Dice(0x5EED);
    let mut report = Vec::new();
    let around: [fn(&str) -> String; 9] = [
        str::to_owned,
        |line| format!("    {line}\r\n"),
        |line| format!("> {line}"),
        |line| format!("before\n{line}\nbehind"),
        |line| format!("2026-01-01T10:00:00Z app-1  | {line}"),
        |line| format!("Jan  1 10:00:00 host app[12]: {line}"),
        |line| format!("+{line}"),
        |line| format!("[2026-01-01 10:00:00] production.ERROR: {line}"),
        |line| format!("{line}\\n"),
    ];
    for form in &forms.lines {
        for (place, around) in around.iter().enumerate() {
            // What has to begin a line is one in whole lines only.
            let begins = form.starts_with("password {")
                || form.starts_with('[') && form.contains("]:587")
                || form.starts_with("smtp.ex")
                || form.starts_with("machine");
            if begins && place > 3 {
                continue;
            }
            let begins =
                form.starts_with('[') && form.contains("]:587") || form.starts_with("smtp.ex");
            if begins && matches!(place, 1 | 2) {
                continue;
            }
            let (text, hidden) = filled(form, &mut dice);
            let masked = masked(&around(&text));
            if survives(&masked, &hidden) {
                report.push(format!("{}\n  {masked}", around(&text)));
            }
        }
    }
    for form in &forms.blocks {
        let (text, hidden) = filled(form, &mut dice);
        let masked = masked(&text);
        if survives(&masked, &hidden) {
            report.push(format!("{text}\n  {masked}"));
        }
    }
    assert!(
        report.is_empty(),
        "{} of them:\n{}",
        report.len(),
        report.join("\n")
    );
}

#[test]
fn what_is_no_secret_stays() {
    let mut report = Vec::new();
    for line in forms().kept {
        for around in [line.clone(), format!("x\n{line}\r\ny"), format!("> {line}")] {
            let masked = masked(&around);
            if masked != around {
                report.push(format!("{around:?}: {masked:?}"));
            }
        }
    }
    assert!(report.is_empty(), "{}", report.join("\n"));
}

#[test]
fn there_are_forms_enough() {
    let forms = forms();
    assert!(forms.lines.len() + forms.sessions.len() + forms.blocks.len() >= 60);
    assert!(forms.surroundings.len() >= 10 && forms.kept.len() >= 60);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// Any bytes end; secrets lie in the text, in order; what is masked once is masked.
    #[test]
    fn places_are_true(picks in prop::collection::vec((any::<prop::sample::Index>(), prop::collection::vec(any::<u8>(), 0..12)), 0..12)) {
        let forms = forms();
        let mut text = Vec::new();
        for (at, noise) in &picks {
            text.extend(forms.lines[at.index(forms.lines.len())].as_bytes());
            text.extend(noise);
        }
        let mut end = 0;
        for secret in secrets(&text) {
            prop_assert!(secret.span.start >= end && secret.span.end > secret.span.start);
            end = secret.span.end;
        }
        prop_assert!(end <= text.len() as u64);
        let once = mask(&text);
        prop_assert_eq!(mask(&once), once);
    }
}
