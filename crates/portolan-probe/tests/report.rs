//! `portolan-probe report` as a monitor runs it: forms, exit codes, what is refused.
#![expect(clippy::unwrap_used, reason = "a test may stop")]

use std::io::Write;
use std::process::{Command, Stdio};

use portolan_check::sample::working;
use portolan_wire::write_report;

fn run(args: &[&str], input: &str) -> (i32, String, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_portolan-probe"))
        .arg("report")
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Whoever refuses the arguments reads nothing.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (
        output.status.code().unwrap(),
        text(output.stdout),
        text(output.stderr),
    )
}

#[test]
fn a_kept_report_is_shown_in_every_form() {
    let report = write_report(&working());
    let (code, out, _) = run(&["--nagios", "-"], &report);
    assert_eq!(code, 0);
    assert!(
        out.starts_with("SMTP OK - mx.example.org: 587 works"),
        "{out}"
    );
    let (code, out, _) = run(&["--nagios", "--warning", "90d", "-"], &report);
    assert!(code == 1 && out.starts_with("SMTP WARNING"), "{code} {out}");
    assert!(out.contains("cert_days=60;90:;7:;"), "{out}");
    let (code, out, _) = run(&["--nagios", "--critical", "90d,0.05s", "-"], &report);
    assert!(
        code == 2 && out.starts_with("SMTP CRITICAL"),
        "{code} {out}"
    );
    for (form, beginning) in [
        ("--prometheus", "# HELP portolan_probe_success"),
        ("--markdown", "## mx.example.org"),
        ("--junit", "<?xml version"),
    ] {
        let (code, out, _) = run(&[form, "-"], &report);
        assert!(code == 0 && out.starts_with(beginning), "{form}: {out}");
    }
}

#[test]
fn what_is_no_report_is_told_with_its_place() {
    let (code, out, said) = run(&["--nagios", "-"], "{\"schema\": 99}");
    assert!(
        code == 2 && out.is_empty() && said.contains("found 99"),
        "{said}"
    );
    assert_eq!(run(&["--junit", "/no/such/file"], "").0, 2);
    for args in [
        &["--nagios", "-", "-"][..],
        &["--nagios", "--junit", "-"],
        &["--markdown", "--warning", "1d", "-"],
        &["--nagios", "--warning", "soon", "-"],
    ] {
        let (code, out, said) = run(args, "");
        assert!(
            code == 2 && out.is_empty() && (said.contains("expected") || said.contains("belong")),
            "{args:?}: {said}"
        );
    }
}
