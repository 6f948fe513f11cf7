//! The manual page, in the macros of man(7).

use std::fmt::Write;

use super::VERBS;
use crate::flags::{FLAGS, Group};

/// When what stands here, and not in the list of flags, was last gone over.
const REVISED: &str = "2026-11-26";

const EXAMPLES: &[(&str, &str)] = &[
    (
        "portolan-probe mail.example.org",
        "All ports of mail, over IPv4 and IPv6.",
    ),
    (
        "portolan-probe mail.example.org:587 --json > report.json",
        "One port, as a report for machines.",
    ),
    (
        "portolan-probe report report.json --markdown",
        "The same report, for a ticket.",
    ),
    (
        "portolan-probe mail.example.org:465 --nagios --warning 21d,5s --critical 7d,10s",
        "As a plugin of a monitor.",
    ),
    (
        "portolan-probe --mx example.org",
        "Where mail for a domain is delivered.",
    ),
    (
        "portolan-probe port25 mx.example.org --control smtp.example.net:587",
        "Whether port 25 is blocked from here.",
    ),
];

const EXIT_CODES: &[(&str, &str)] = &[
    ("0", "Nothing is wrong; with --nagios OK."),
    ("1", "A problem was found; with --nagios WARNING."),
    (
        "2",
        "Wrong usage, or a file that cannot be read; with --nagios CRITICAL.",
    ),
    (
        "3",
        "What was seen does not decide it; with --nagios UNKNOWN.",
    ),
];

/// The page.
pub fn page() -> String {
    let mut out = format!(
        ".TH PORTOLAN\\-PROBE 1 {REVISED} \"portolan\\-probe {}\" \"User Commands\"\n.SH NAME\nportolan\\-probe \\- tells which ports mail can be sent by, and why not\n.SH SYNOPSIS\n",
        escaped(env!("CARGO_PKG_VERSION"))
    );
    out.push_str(".B portolan\\-probe\n.I HOST\n.RI [ FLAGS ]\n.br\n.B portolan\\-probe \\-\\-mx\n.I DOMAIN\n.br\n");
    for (verb, _) in VERBS {
        let _ = writeln!(out, ".B portolan\\-probe {verb}\n.RI [ ... ]\n.br");
    }
    // The last break would stand before a heading.
    let end = out.trim_end_matches(".br\n").len();
    out.truncate(end);
    out.push_str(".SH DESCRIPTION\n");
    paragraph(
        &mut out,
        "Says of each port of a mail server whether mail can be sent by it from here, why not, and what to do: names, connection, greeting, EHLO, TLS, and what is offered for signing in, on every address, side by side. Whatever the other side does, it ends by its deadline.",
    );
    for group in Group::ALL {
        let heading = group.heading().to_uppercase();
        let _ = writeln!(out, ".SH \"{}\"", escaped(&heading));
        for flag in FLAGS.iter().filter(|it| it.group == group) {
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
    }
    out.push_str(".SH COMMANDS\n");
    for (verb, what) in VERBS {
        let _ = writeln!(out, ".TP\n.B {verb}\n{}.", text(&capital(what)));
    }
    out.push_str(".SH \"EXIT STATUS\"\n");
    for (code, what) in EXIT_CODES {
        let _ = writeln!(out, ".TP\n.B {code}\n{}", text(what));
    }
    out.push_str(".SH ENVIRONMENT\n.TP\n.B NO_COLOR\nNo colour, whatever it is set to but nothing.\n.SH EXAMPLES\n");
    for (command, what) in EXAMPLES {
        let _ = writeln!(out, ".TP\n.B {}\n{}", escaped(command), text(what));
    }
    out
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
