//! Completions for bash and zsh. Words of the lists of verbs and flags alone stand in them, quoted all the same.

use std::fmt::Write;

use super::{CHECK, Completes, VERBS, Verb};
use crate::flags::Shown;

/// Whether its value is a file of this machine.
pub(super) fn takes_file(flag: &Shown) -> bool {
    flag.value == Some("FILE")
}

fn names(flag: &Shown) -> Vec<String> {
    let mut names = vec![format!("--{}", flag.long)];
    names.extend(flag.short.map(|it| format!("-{it}")));
    names
}

/// For bash: `portolan-probe --completions bash > /usr/share/bash-completion/completions/portolan-probe`.
pub fn bash() -> String {
    let verbs: Vec<&str> = VERBS.iter().map(|it| it.name).collect();
    let mut out = format!(
        "_portolan_probe() {{\n    local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD - 1]}} verb='' flags rest\n    COMPREPLY=()\n    if ((COMP_CWORD > 1)); then\n        case ${{COMP_WORDS[1]}} in\n        {}) verb=${{COMP_WORDS[1]}} ;;\n        esac\n    fi\n    case $verb:$before in\n",
        verbs.join(" | ")
    );
    for verb in all() {
        for flag in (verb.flags)().iter().filter(|it| it.value.is_some()) {
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
            let places: Vec<String> = names(flag)
                .iter()
                .map(|it| format!("{}:{it}", verb.name))
                .collect();
            let _ = writeln!(
                out,
                "    {})\n        {what}\n        return\n        ;;",
                places.join(" | ")
            );
        }
    }
    out.push_str("    esac\n    case $verb in\n");
    for verb in VERBS.iter().copied().chain([CHECK]) {
        let pattern = if verb.name.is_empty() { "*" } else { verb.name };
        let flags: Vec<String> = (verb.flags)().iter().flat_map(names).collect();
        let rest = match verb.completes {
            Completes::Files => "-f",
            Completes::Hosts => "-A hostname",
            Completes::Nothing => "",
        };
        let _ = writeln!(
            out,
            "    {pattern})\n        flags='{}'\n        rest='{rest}'\n        ;;",
            flags.join(" ")
        );
    }
    let _ = write!(
        out,
        "    esac\n    if [[ $word == -* ]]; then\n        mapfile -t COMPREPLY < <(compgen -W \"$flags\" -- \"$word\")\n    elif ((COMP_CWORD == 1)); then\n        mapfile -t COMPREPLY < <(compgen -W '{}' -A hostname -- \"$word\")\n    elif [[ $rest ]]; then\n        # Unquoted: a switch and its value.\n        mapfile -t COMPREPLY < <(compgen $rest -- \"$word\")\n    fi\n}}\ncomplete -F _portolan_probe portolan-probe\n",
        verbs.join(" ")
    );
    out
}

/// The check and the verbs.
pub(super) fn all() -> impl Iterator<Item = &'static Verb> {
    std::iter::once(CHECK).chain(VERBS.iter().copied())
}

/// For zsh: `portolan-probe --completions zsh > /usr/share/zsh/vendor-completions/_portolan-probe`.
pub fn zsh() -> String {
    let mut out = String::from(
        "#compdef portolan-probe\n\n_portolan_probe_targets() {\n    local -a verbs\n    verbs=(\n",
    );
    for verb in VERBS {
        let _ = writeln!(out, "        '{}:{}'", verb.name, zsh_text(verb.what));
    }
    out.push_str(
        "    )\n    _describe -t commands command verbs\n    _hosts\n}\n\nif ((CURRENT > 2)); then\n    case $words[2] in\n",
    );
    for verb in VERBS {
        let _ = writeln!(
            out,
            "    {})\n        shift words\n        ((CURRENT--))",
            verb.name
        );
        arguments(&mut out, verb, "        ");
        out.push_str("        return\n        ;;\n");
    }
    out.push_str("    esac\nfi\n\n");
    arguments(&mut out, CHECK, "");
    out
}

fn arguments(out: &mut String, verb: &Verb, indent: &str) {
    let _ = write!(out, "{indent}_arguments -s");
    for flag in (verb.flags)() {
        for name in names(&flag) {
            let value = match flag.value {
                None => String::new(),
                Some(value) if !flag.choices.is_empty() => {
                    format!(":{}:({})", zsh_text(value), flag.choices.join(" "))
                }
                Some(value) if takes_file(&flag) => format!(":{value}:_files"),
                Some(value) => format!(":{}: ", zsh_text(value)),
            };
            let _ = write!(
                out,
                " \\\n{indent}    '*{name}[{}]{value}'",
                zsh_text(flag.help)
            );
        }
    }
    let operands = match verb.completes {
        _ if verb.name.is_empty() => "1:target:_portolan_probe_targets",
        Completes::Files => "*:file:_files",
        Completes::Hosts => "*:host:_hosts",
        Completes::Nothing => {
            out.push('\n');
            return;
        }
    };
    let _ = writeln!(out, " \\\n{indent}    '{operands}'");
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
