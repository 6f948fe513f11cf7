//! The help of each verb: examples first, since they teach.

use std::fmt::Write;

use super::verbs::{CHECK, VERBS, Verb};
use crate::flags::Group;

/// Letters of a line.
const WIDE: usize = 100;

/// What a verb is told by `--help`; without a name that of the check, which names the verbs too.
pub fn help(verb: &Verb) -> String {
    let mut out = format!("{} [FLAGS]\n\n", verb.call());
    wrapped(&mut out, verb.about);
    out.push_str("\nExamples:\n");
    for (command, what) in verb.examples {
        let _ = writeln!(out, "  {command}\n      {what}");
    }
    if verb.name == CHECK.name {
        out.push_str("\nVerbs, each with a --help of its own:\n");
        for it in VERBS {
            let _ = writeln!(out, "  {:<8} {}", it.name, it.what);
        }
    }
    let flags = (verb.flags)();
    for group in Group::ALL {
        let own: Vec<_> = flags.iter().filter(|it| it.group == group).collect();
        if own.is_empty() {
            continue;
        }
        let _ = writeln!(out, "\n{}:", group.heading());
        for flag in own {
            let short = flag
                .short
                .map_or_else(|| "    ".to_owned(), |it| format!("-{it}, "));
            let value = flag.value.map(|it| format!(" {it}")).unwrap_or_default();
            let name = format!("{short}--{}{value}", flag.long);
            // Writing into a text cannot fail.
            let _ = writeln!(out, "  {name:<24} {}", flag.help);
        }
    }
    out.push_str("\nExit codes:\n");
    for (code, what) in verb.exit_codes {
        let _ = writeln!(out, "  {code}  {what}");
    }
    out
}

/// What is told after wrong usage: how it goes, and where the rest stands.
pub fn hint(verb: &Verb) -> String {
    let mut out = String::from("For example:\n");
    for (command, _) in verb.examples {
        let _ = writeln!(out, "  {command}");
    }
    let name = if verb.name.is_empty() {
        String::new()
    } else {
        format!(" {}", verb.name)
    };
    let _ = writeln!(out, "All flags: portolan-probe{name} --help");
    out
}

fn wrapped(out: &mut String, text: &str) {
    let mut length = 0;
    for word in text.split(' ') {
        let letters = word.chars().count();
        if length > 0 && length + 1 + letters > WIDE {
            out.push('\n');
            length = 0;
        } else if length > 0 {
            out.push(' ');
            length += 1;
        }
        out.push_str(word);
        length += letters;
    }
    out.push('\n');
}
