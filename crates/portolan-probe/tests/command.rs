//! The command as a shell runs it: standard input, exit codes, pipes that break, lines without an end.
#![expect(clippy::unwrap_used, reason = "a test may stop")]

use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};

fn started(args: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_portolan-probe"))
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Exit code, output and complaints of a command that is given a text.
fn run(args: &[&str], text: &[u8]) -> (i32, String, String) {
    let mut child = started(args);
    let mut input = child.stdin.take().unwrap();
    let text = text.to_vec();
    let writes = std::thread::spawn(move || {
        // Whoever has read enough closes the pipe.
        let _ = input.write_all(&text);
    });
    let output = child.wait_with_output().unwrap();
    writes.join().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (
        output.status.code().unwrap(),
        text(output.stdout),
        text(output.stderr),
    )
}

const REFUSED: &[u8] = b"554 5.7.1 <a@b.example>: Relay access denied\n";

#[test]
fn exit_codes_say_what_was_found() {
    let (code, out, _) = run(&["explain"], REFUSED);
    assert_eq!(code, 1);
    assert!(out.contains("relay.denied"), "{out}");
    assert_eq!(run(&["explain", "-"], REFUSED), (1, out, String::new()));
    assert_eq!(run(&["explain"], b"It was a dark and stormy night.").0, 3);
    assert_eq!(run(&["explain", "--no-such-switch"], b"").0, 2);
    let (code, out, said) = run(&["explain", "/no/such/file", "-"], REFUSED);
    assert_eq!(code, 2);
    assert!(
        said.contains("/no/such/file") && out.contains("relay.denied"),
        "{said}{out}"
    );
}

#[test]
fn no_colour_stands_in_a_pipe() {
    for args in [
        &["explain"][..],
        &["explain", "--json"],
        &["explain", "--markdown"],
    ] {
        let (_, out, _) = run(args, REFUSED);
        assert!(!out.contains('\u{1b}'), "{out}");
    }
}

#[test]
fn a_line_of_ten_megabytes_is_read() {
    let behind = |length: usize| {
        let line = vec![b'x'; length];
        run(&["explain"], &[&line[..], b"\n", REFUSED].concat())
    };
    let (code, out, said) = behind(1 << 19);
    assert_eq!(code, 1, "{said}");
    assert!(out.contains("relay.denied"), "{out}");
    // Of a text that is no log its first megabyte counts.
    let (code, out, said) = behind(10 << 20);
    assert_eq!(code, 3, "{said}");
    assert!(out.len() < 100_000, "{} bytes", out.len());
}

#[test]
fn a_reader_that_leaves_is_no_failure() {
    let mut child = started(&["explain", "--jsonl"]);
    let mut input = child.stdin.take().unwrap();
    let mut output = child.stdout.take().unwrap();
    let line = b"{\"id\": 1, \"text\": \"550 5.1.1 no such user\"}\n";
    input.write_all(line).unwrap();
    let writes = std::thread::spawn(move || {
        for _ in 0..20_000 {
            if input.write_all(line).is_err() {
                return;
            }
        }
    });
    let mut first = [0; 10];
    output.read_exact(&mut first).unwrap();
    drop(output);
    let status = child.wait().unwrap();
    writes.join().unwrap();
    assert_eq!(status.code(), Some(0));
    let mut said = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut said)
        .unwrap();
    assert_eq!(said, "");
}

#[test]
fn every_verb_has_a_help_of_its_own_and_says_what_is_wrong_with_its_words() {
    use portolan_probe::manual::{CHECK, VERBS, help};

    assert_eq!(run(&["--help"], b"").1, help(CHECK));
    assert_eq!(run(&["-h"], b"").1, help(CHECK));
    for verb in VERBS {
        let name = verb.name;
        let (code, out, said) = run(&[name, "--help"], b"");
        assert_eq!((code, out), (0, help(verb)), "{name}: {said}");
        let (code, out, said) = run(&[name, "--no-such-switch"], b"");
        let is_told = said.contains("`--no-such-switch`")
            && said.contains(&format!("portolan-probe {name} --help"));
        assert!(code == 2 && out.is_empty() && is_told, "{name}: {said}");
    }
    for words in [
        &["advise"][..],
        &["advise", "--jsonl", "file"],
        &["spf"],
        &["explain", "--jsonl", "file"],
        &["report"],
        &["report", "-", "--port", "25"],
        &["port25"],
    ] {
        let (code, out, said) = run(words, b"");
        let is_told = said.contains("expected") && said.contains("--help");
        assert!(code == 2 && out.is_empty() && is_told, "{words:?}: {said}");
    }
}
