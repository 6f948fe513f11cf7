//! Every flag is everywhere, and the tools that read these texts find nothing wrong with them, where they are there.

use std::io::Write;
use std::process::{Command, Stdio};

use super::*;

/// The check and the verbs.
fn everything() -> impl Iterator<Item = &'static Verb> {
    std::iter::once(CHECK).chain(VERBS.iter().copied())
}

/// The part of a text that is about one verb.
fn part<'t>(text: &'t str, from: &str, to: &str) -> &'t str {
    let start = text.find(from).unwrap_or_else(|| panic!("no `{from}`"));
    let rest = &text[start + from.len()..];
    &rest[..rest.find(to).unwrap_or(rest.len())]
}

#[test]
fn every_flag_is_described_and_its_own() {
    for verb in everything() {
        let flags = (verb.flags)();
        for (at, flag) in flags.iter().enumerate() {
            let long = flag.long;
            let is_line = !flag.help.is_empty() && !flag.help.ends_with('.');
            assert!(is_line, "{}: {long}", verb.name);
            assert!(flag.more.is_empty() || flag.more.ends_with('.'), "{long}");
            for other in &flags[at + 1..] {
                assert_ne!(long, other.long, "{}", verb.name);
                assert!(flag.short.is_none() || flag.short != other.short, "{long}");
            }
        }
        assert!(
            flags
                .iter()
                .any(|it| it.long == "help" && it.short == Some('h'))
        );
    }
}

#[test]
fn every_verb_has_its_examples_and_its_place() {
    assert!(VERBS.is_sorted_by_key(|it| it.name));
    for it in everything() {
        assert!(
            it.about.ends_with('.') && !it.what.ends_with('.'),
            "{}",
            it.name
        );
        assert!(!it.examples.is_empty(), "{}", it.name);
        for (command, what) in it.examples {
            let call = format!("portolan-probe {}", it.name);
            assert!(command.contains(call.trim_end()), "{command}");
            assert!(!what.is_empty() && !what.ends_with('.'), "{command}");
        }
        assert!(it.exit_codes.iter().any(|(code, _)| *code == "2"));
    }
    assert!(verb("explain").is_some() && verb("mail.example.org").is_none() && verb("").is_none());
}

#[test]
fn every_verb_and_flag_is_in_help_manual_and_completions() {
    let (page, bash, zsh, fish) = (page(), bash(), zsh(), fish());
    let top = help(CHECK);
    for it in everything() {
        let name = it.name;
        let help = help(it);
        let (page, bash, zsh, fish) = if name.is_empty() {
            let own: Vec<&str> = fish.lines().filter(|it| it.contains("-n 'not ")).collect();
            (
                part(&page, ".SH DESCRIPTION", ".SH COMMANDS"),
                part(&bash, "\n    *)\n", ";;"),
                part(&zsh, "\nfi\n", "\n\n\n"),
                own.join("\n"),
            )
        } else {
            assert!(top.contains(&format!("\n  {name} ")), "help: {name}");
            assert!(zsh.contains(&format!("'{name}:")), "zsh: {name}");
            assert!(fish.contains(&format!(" -a {name} ")), "fish: {name}");
            let own = format!("-n '__fish_seen_subcommand_from {name}'");
            let own: Vec<&str> = fish.lines().filter(|it| it.contains(&own)).collect();
            (
                part(&page, &format!("\n.SS {name}\n"), "\n.S"),
                part(&bash, &format!("\n    {name})\n"), ";;"),
                part(&zsh, &format!("\n    {name})\n"), ";;"),
                own.join("\n"),
            )
        };
        let words: Vec<&str> = bash.split([' ', '\'', '\n']).collect();
        for flag in (it.flags)() {
            let long = flag.long;
            let escaped = long.replace('-', "\\-");
            assert!(help.contains(&format!("--{long}")), "help: {name} {long}");
            let shown = format!("\\fB\\-\\-{escaped}\\fR");
            assert!(page.contains(&shown), "manual: {name} {long}");
            assert!(zsh.contains(&format!("'*--{long}[")), "zsh: {name} {long}");
            assert!(
                fish.contains(&format!(" -l {long} ")),
                "fish: {name} {long}"
            );
            assert!(
                words.contains(&&*format!("--{long}")),
                "bash: {name} {long}"
            );
            if let Some(short) = flag.short {
                assert!(
                    page.contains(&format!("\\fB\\-{short}\\fR, ")),
                    "{name} -{short}"
                );
                assert!(
                    words.contains(&&*format!("-{short}")),
                    "bash: {name} -{short}"
                );
                assert!(
                    zsh.contains(&format!("'*-{short}[")),
                    "zsh: {name} -{short}"
                );
                assert!(
                    fish.contains(&format!(" -s {short} ")),
                    "fish: {name} -{short}"
                );
            }
            for choice in flag.choices {
                assert!(
                    zsh.contains(choice) && fish.contains(choice),
                    "{name} {choice}"
                );
            }
        }
        for (command, _) in it.examples {
            assert!(help.contains(command), "{command}");
        }
    }
}

/// What a program says of a text on its standard input; `None` where there is no such program.
fn said(program: &str, arguments: &[&str], text: &str) -> Option<(bool, String)> {
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .ok()?;
    child
        .stdin
        .take()
        .unwrap()
        .write_all(text.as_bytes())
        .unwrap();
    let output = child.wait_with_output().unwrap();
    let all = [output.stdout, output.stderr].concat();
    Some((
        output.status.success(),
        String::from_utf8_lossy(&all).into_owned(),
    ))
}

#[test]
fn shells_read_their_completions() {
    // bash is on every machine that builds this; the others where they are installed.
    assert!(said("bash", &["-n"], &bash()).is_some());
    for (shell, arguments, text) in [
        ("bash", &["-n"], bash()),
        ("zsh", &["-n"], zsh()),
        ("fish", &["-n"], fish()),
    ] {
        if let Some((is_fine, said)) = said(shell, arguments, &text) {
            assert!(is_fine && said.is_empty(), "{shell}: {said}");
        }
    }
}

/// What bash offers behind these words.
fn offered(words: &[&str]) -> Vec<String> {
    let script = format!(
        "{}\nCOMP_WORDS=({}); COMP_CWORD={}; _portolan_probe; printf '%s\\n' \"${{COMPREPLY[@]}}\"\n",
        bash(),
        words
            .iter()
            .map(|it| format!("'{it}'"))
            .collect::<Vec<_>>()
            .join(" "),
        words.len() - 1
    );
    let (is_fine, out) = said("bash", &["-s"], &script).unwrap();
    assert!(is_fine, "{out}");
    out.lines().map(str::to_owned).collect()
}

#[test]
fn bash_completes() {
    assert_eq!(offered(&["portolan-probe", "--prom"]), ["--prometheus"]);
    assert_eq!(
        offered(&["portolan-probe", "--mechanism", "X"]),
        ["XOAUTH2"]
    );
    assert_eq!(offered(&["portolan-probe", "--completions", "f"]), ["fish"]);
    assert_eq!(offered(&["portolan-probe", "repo"]), ["report"]);
    assert_eq!(offered(&["portolan-probe", "--password-env", "-"]), [""]);
    // Each verb has flags of its own.
    assert_eq!(offered(&["portolan-probe", "port25", "--c"]), ["--control"]);
    assert_eq!(
        offered(&["portolan-probe", "explain", "--j"]),
        ["--json", "--jsonl"]
    );
    assert_eq!(
        offered(&["portolan-probe", "report", "--color", "n"]),
        ["never"]
    );
    assert_eq!(offered(&["portolan-probe", "advise", "x"]), [""]);
    assert_eq!(
        offered(&["portolan-probe", "mail.example.org", "--jun"]),
        ["--junit"]
    );
}

#[test]
fn fish_completes_where_it_is_there() {
    let ask = |line: &str| {
        said(
            "fish",
            &["-N"],
            &format!("{}\ncomplete -C '{line}'\n", fish()),
        )
    };
    let Some((_, out)) = ask("portolan-probe --prom") else {
        return;
    };
    assert!(out.starts_with("--prometheus\t"), "{out}");
    let (_, out) = ask("portolan-probe --mechanism X").unwrap();
    assert!(out.contains("XOAUTH2"), "{out}");
    let (_, out) = ask("portolan-probe port25 --con").unwrap();
    assert!(out.starts_with("--control\t"), "{out}");
    let (_, out) = ask("portolan-probe explain --prom").unwrap();
    assert_eq!(out, "");
}

#[test]
fn the_manual_page_is_clean() {
    let text = page();
    for line in text.lines() {
        assert!(!line.is_empty() && !line.ends_with(' '), "`{line}`");
        let is_macro = line.starts_with('.');
        assert!(
            !is_macro || line.as_bytes()[1].is_ascii_uppercase() || line == ".br",
            "`{line}`"
        );
    }
    if let Some((is_fine, said)) = said("mandoc", &["-Tlint", "-Wwarning"], &text) {
        assert!(is_fine && said.is_empty(), "{said}");
    }
    if let Some((is_fine, said)) = said(
        "man",
        &["--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z", "-"],
        &text,
    ) {
        // The page itself speaks of warnings; who complains names himself and the line.
        assert!(
            is_fine && !said.contains("troff:") && !said.contains("warning: "),
            "{said}"
        );
    }
    if let Some((_, shown)) = said("mandoc", &["-Tascii"], &text) {
        let plain: String = strip(&shown);
        for flag in everything().flat_map(|it| (it.flags)()) {
            assert!(plain.contains(&format!("--{}", flag.long)), "{}", flag.long);
        }
    }
}

/// Without overstrikes.
fn strip(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let is_over = |at: usize| letters.get(at + 1) == Some(&'\u{8}') || letters[at] == '\u{8}';
    (0..letters.len())
        .filter(|at| !is_over(*at))
        .map(|at| letters[at])
        .collect()
}
