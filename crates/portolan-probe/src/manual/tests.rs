//! Every flag is everywhere, and the tools that read these texts find nothing wrong with them, where they are there.

use std::io::Write;
use std::process::{Command, Stdio};

use super::*;
use crate::flags::{FLAGS, usage};

#[test]
fn every_flag_is_in_help_manual_and_completions() {
    let (page, bash, zsh, fish, usage) = (page(), bash(), zsh(), fish(), usage());
    for flag in FLAGS {
        let long = flag.long;
        let escaped = long.replace('-', "\\-");
        assert!(usage.contains(&format!("--{long}")), "help: {long}");
        assert!(
            page.contains(&format!("\\fB\\-\\-{escaped}\\fR")),
            "manual: {long}"
        );
        assert!(zsh.contains(&format!("'*--{long}[")), "zsh: {long}");
        assert!(fish.contains(&format!(" -l {long} ")), "fish: {long}");
        let words: Vec<&str> = bash.split([' ', '\'', ')']).collect();
        assert!(
            words.contains(&format!("--{long}").as_str()),
            "bash: {long}"
        );
        if let Some(short) = flag.short {
            assert!(
                page.contains(&format!("\\fB\\-{short}\\fR, ")),
                "manual: -{short}"
            );
            assert!(
                words.contains(&format!("-{short}").as_str()),
                "bash: -{short}"
            );
            assert!(zsh.contains(&format!("'*-{short}[")), "zsh: -{short}");
            assert!(fish.contains(&format!(" -s {short} ")), "fish: -{short}");
        }
        for choice in flag.choices {
            assert!(
                [&bash, &zsh, &fish].iter().all(|it| it.contains(choice)),
                "{long}: {choice}"
            );
        }
    }
    for (verb, _) in VERBS {
        assert!(
            [&page, &bash, &zsh, &fish]
                .iter()
                .all(|it| it.contains(verb)),
            "{verb}"
        );
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
        for flag in FLAGS {
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
