//! Completions for fish: `portolan-probe --completions fish > /usr/share/fish/vendor_completions.d/portolan-probe.fish`.

use std::fmt::Write;

use super::shells::{all, takes_file};
use super::{Completes, VERBS};

/// The text.
pub fn fish() -> String {
    let verbs: Vec<&str> = VERBS.iter().map(|it| it.name).collect();
    let verbs = verbs.join(" ");
    let mut out = String::from("complete -c portolan-probe -f\n");
    for verb in VERBS {
        let _ = writeln!(
            out,
            "complete -c portolan-probe -n __fish_use_subcommand -a {} -d '{}'",
            verb.name,
            text(verb.what)
        );
    }
    for verb in all() {
        let place = if verb.name.is_empty() {
            format!("not __fish_seen_subcommand_from {verbs}")
        } else {
            format!("__fish_seen_subcommand_from {}", verb.name)
        };
        let begins = format!("complete -c portolan-probe -n '{place}'");
        match verb.completes {
            Completes::Files => {
                let _ = writeln!(out, "{begins} -F");
            }
            Completes::Hosts => {
                let _ = writeln!(out, "{begins} -a '(__fish_print_hostnames)'");
            }
            Completes::Nothing => {}
        }
        for flag in (verb.flags)() {
            let _ = write!(out, "{begins} -l {}", flag.long);
            if let Some(short) = flag.short {
                let _ = write!(out, " -s {short}");
            }
            if flag.value.is_some() {
                out.push_str(" -r");
            }
            if takes_file(&flag) {
                out.push_str(" -F");
            }
            if !flag.choices.is_empty() {
                let _ = write!(out, " -a '{}'", flag.choices.join(" "));
            }
            let _ = writeln!(out, " -d '{}'", text(flag.help));
        }
    }
    out
}

fn text(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\'', "\\'")
}
