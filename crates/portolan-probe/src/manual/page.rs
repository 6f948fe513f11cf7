//! The manual page, in the macros of man(7).

use std::fmt::Write;

use super::{CHECK, VERBS, Verb};
use crate::flags::{Group, Shown};

/// When what stands here, and not in the list of flags, was last gone over.
const REVISED: &str = "2026-11-26";

/// The page.
pub fn page() -> String {
    let mut out = format!(
        ".TH PORTOLAN\\-PROBE 1 {REVISED} \"portolan\\-probe {}\" \"User Commands\"\n.SH NAME\nportolan\\-probe \\- tells which ports mail can be sent by, and why not\n.SH SYNOPSIS\n",
        escaped(env!("CARGO_PKG_VERSION"))
    );
    let calls: Vec<String> = all()
        .map(|it| format!(".B {}\n.RI [ FLAGS ]\n", escaped(it.call().trim_end())))
        .collect();
    out.push_str(&calls.join(".br\n"));
    out.push_str(".SH DESCRIPTION\n");
    paragraph(&mut out, CHECK.about);
    let flags = (CHECK.flags)();
    for group in Group::ALL {
        let own: Vec<&Shown> = flags.iter().filter(|it| it.group == group).collect();
        if own.is_empty() {
            continue;
        }
        let heading = group.heading().to_uppercase();
        let _ = writeln!(out, ".SH \"{}\"", escaped(&heading));
        for flag in own {
            described(&mut out, flag);
        }
    }
    out.push_str(".SH COMMANDS\n");
    for verb in VERBS {
        let _ = writeln!(out, ".SS {}", escaped(verb.name));
        paragraph(&mut out, &format!("{}.", capital(verb.what)));
        paragraph(&mut out, verb.about);
        for flag in (verb.flags)() {
            described(&mut out, &flag);
        }
        let codes: Vec<String> = verb
            .exit_codes
            .iter()
            .map(|(code, what)| format!("{code} {what}"))
            .collect();
        out.push_str(".PP\n");
        paragraph(&mut out, &format!("Exit status: {}.", codes.join("; ")));
    }
    out.push_str(".SH \"EXIT STATUS\"\nOf a check, and of a report that was kept:\n");
    for (code, what) in CHECK.exit_codes {
        let _ = writeln!(out, ".TP\n.B {code}\n{}.", text(&capital(what)));
    }
    out.push_str(".SH ENVIRONMENT\n.TP\n.B NO_COLOR\nNo colour, whatever it is set to but nothing.\n.SH EXAMPLES\n");
    for (command, what) in all().flat_map(|it| it.examples) {
        let _ = writeln!(
            out,
            ".TP\n.B {}\n{}.",
            escaped(command),
            text(&capital(what))
        );
    }
    out
}

/// The check and the verbs.
fn all() -> impl Iterator<Item = &'static Verb> {
    std::iter::once(CHECK).chain(VERBS.iter().copied())
}

fn described(out: &mut String, flag: &Shown) {
    out.push_str(".TP\n");
    let short = flag
        .short
        .map_or_else(String::new, |it| format!("\\fB\\-{it}\\fR, "));
    let value = flag
        .value
        .map_or_else(String::new, |it| format!(" \\fI{}\\fR", escaped(it)));
    let _ = writeln!(out, "{short}\\fB\\-\\-{}\\fR{value}", escaped(flag.long));
    let _ = writeln!(out, "{}.", text(&capital(flag.help)));
    if !flag.more.is_empty() {
        let _ = writeln!(out, "{}", text(flag.more));
    }
}

fn paragraph(out: &mut String, words: &str) {
    let _ = writeln!(out, "{}", text(words));
}

/// Text of a line of its own, which no macro is read from.
fn text(words: &str) -> String {
    let words = escaped(words);
    if words.starts_with(['.', '\'']) {
        format!("\\&{words}")
    } else {
        words
    }
}

/// A hyphen that stays one when it is copied, and no escape that was not meant.
fn escaped(words: &str) -> String {
    words
        .replace('\\', "\\e")
        .replace('-', "\\-")
        .replace('"', "\\(dq")
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters
        .next()
        .map(|it| it.to_uppercase().to_string())
        .unwrap_or_default();
    first + letters.as_str()
}
