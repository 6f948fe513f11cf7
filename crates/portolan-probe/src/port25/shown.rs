//! The answer for a person: first what it comes to, then what is proven, what is likely, and what to do.

use std::fmt::Write;

use portolan_check::port25::{Answer, Port25, TRIED};
use portolan_report::Family;

/// The whole text.
pub fn shown(judged: &[Port25]) -> String {
    let mut out = String::new();
    if judged.is_empty() {
        out.push_str("Not known: no host that was named has an address.\n");
    }
    for it in judged {
        let family = match it.family {
            Family::V4 => "IPv4",
            Family::V6 => "IPv6",
        };
        let _ = writeln!(out, "{family}: {}\n", headline(it.answer));
        for (title, lines) in [
            ("Proven", &it.proven),
            ("Likely", &it.likely),
            ("What to do", &it.next),
        ] {
            if lines.is_empty() {
                continue;
            }
            let _ = writeln!(out, "  {title}:");
            for line in lines {
                let _ = writeln!(out, "  - {line}");
            }
        }
        out.push('\n');
    }
    let _ = writeln!(out, "{TRIED}");
    out
}

const fn headline(answer: Answer) -> &'static str {
    match answer {
        Answer::Open => "25 is open from here.",
        Answer::Blocked(_) => "25 is most likely blocked on the network here.",
        Answer::Intercepted => "25 is most likely answered by somebody in between.",
        Answer::OwnRules => "25 is blocked by this machine itself.",
        Answer::NotKnown(_) => "not known.",
    }
}

/// 0: 25 gets out; 1: it does not, or something answers in between; 3: not known.
pub fn exit_code(judged: &[Port25]) -> u8 {
    let is_kept = |it: &Port25| {
        matches!(
            it.answer,
            Answer::Blocked(_) | Answer::Intercepted | Answer::OwnRules
        )
    };
    if judged.iter().any(is_kept) {
        1
    } else if judged.iter().any(|it| it.answer == Answer::Open) {
        0
    } else {
        3
    }
}
