//! Completions for bash, zsh and fish. Words of the list of flags alone stand in them, quoted all the same.

use std::fmt::Write;

use super::VERBS;
use crate::flags::{FLAGS, Flag};

/// Whether its value is a file of this machine.
fn takes_file(flag: &Flag) -> bool {
    flag.value == Some("FILE")
}

fn names(flag: &Flag) -> Vec<String> {
    let mut names = vec![format!("--{}", flag.long)];
    names.extend(flag.short.map(|it| format!("-{it}")));
    names
}

/// For bash: `portolan-probe --completions bash > /usr/share/bash-completion/completions/portolan-probe`.
pub fn bash() -> String {
    let mut out = String::from(
        "_portolan_probe() {\n    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}\n    COMPREPLY=()\n    case $before in\n",
    );
    for flag in FLAGS.iter().filter(|it| it.value.is_some()) {
        let what = if !flag.choices.is_empty() {
            format!(
                "mapfile -t COMPREPLY < <(compgen -W '{}' -- \"$word\")",
                flag.choices.join(" ")
            )
        } else if takes_file(flag) {
            "mapfile -t COMPREPLY < <(compgen -f -- \"$word\")".to_owned()
        } else {
            // Nobody knows the value but the user.
            ":".to_owned()
        };
        let _ = writeln!(
            out,
            "        {})\n            {what}\n            return\n            ;;",
            names(flag).join(" | ")
        );
    }
    let flags: Vec<String> = FLAGS.iter().flat_map(names).collect();
    let verbs: Vec<&str> = VERBS.iter().map(|it| it.0).collect();
    let _ = write!(
        out,
        "    esac\n    if [[ $word == -* ]]; then\n        mapfile -t COMPREPLY < <(compgen -W '{}' -- \"$word\")\n    elif ((COMP_CWORD == 1)); then\n        mapfile -t COMPREPLY < <(compgen -W '{}' -A hostname -- \"$word\")\n    else\n        mapfile -t COMPREPLY < <(compgen -f -- \"$word\")\n    fi\n}}\ncomplete -F _portolan_probe portolan-probe\n",
        flags.join(" "),
        verbs.join(" ")
    );
    out
}

/// For zsh: `portolan-probe --completions zsh > /usr/share/zsh/vendor-completions/_portolan-probe`.
pub fn zsh() -> String {
    let mut out = String::from(
        "#compdef portolan-probe\n\n_portolan_probe_targets() {\n    local -a verbs\n    verbs=(\n",
    );
    for (verb, what) in VERBS {
        let _ = writeln!(out, "        '{verb}:{}'", zsh_text(what));
    }
    out.push_str(
        "    )\n    _describe -t commands command verbs\n    _hosts\n}\n\n_arguments -s \\\n",
    );
    for flag in FLAGS {
        for name in names(flag) {
            let value = match flag.value {
                None => String::new(),
                Some(value) if !flag.choices.is_empty() => {
                    format!(":{value}:({})", flag.choices.join(" "))
                }
                Some(value) if takes_file(flag) => format!(":{value}:_files"),
                Some(value) => format!(":{value}: "),
            };
            let _ = writeln!(out, "    '*{name}[{}]{value}' \\", zsh_text(flag.help));
        }
    }
    out.push_str("    '1:target:_portolan_probe_targets' \\\n    '*:file:_files'\n");
    out
}

/// Within single quotes, where colons and brackets part the fields.
fn zsh_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\'' => out.push_str("'\\''"),
            ':' | '[' | ']' | '\\' => {
                out.push('\\');
                out.push(letter);
            }
            letter => out.push(letter),
        }
    }
    out
}

/// For fish: `portolan-probe --completions fish > /usr/share/fish/vendor_completions.d/portolan-probe.fish`.
pub fn fish() -> String {
    let mut out = String::from("complete -c portolan-probe -f\n");
    for (verb, what) in VERBS {
        let _ = writeln!(
            out,
            "complete -c portolan-probe -n __fish_use_subcommand -a {verb} -d '{}'",
            fish_text(what)
        );
    }
    out.push_str("complete -c portolan-probe -n '__fish_seen_subcommand_from explain report' -F\n");
    for flag in FLAGS {
        let _ = write!(out, "complete -c portolan-probe -l {}", flag.long);
        if let Some(short) = flag.short {
            let _ = write!(out, " -s {short}");
        }
        if flag.value.is_some() {
            out.push_str(" -r");
        }
        if takes_file(flag) {
            out.push_str(" -F");
        }
        if !flag.choices.is_empty() {
            let _ = write!(out, " -a '{}'", flag.choices.join(" "));
        }
        let _ = writeln!(out, " -d '{}'", fish_text(flag.help));
    }
    out
}

fn fish_text(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\'', "\\'")
}
