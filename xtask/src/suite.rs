//! Every check, one after the other, with a table at the end.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::dist;
use crate::library;
use crate::options::{Scope, Skips};
use crate::project::Project;
use crate::shell::{Failure, capture, fail, show};
use crate::size;
use crate::tidy;
use crate::tools;

/// What a step found.
#[derive(Debug, Default, PartialEq, Eq)]
struct Findings {
    passed: usize,
    /// Each with why it could not run.
    skipped: Vec<String>,
    note: String,
}

type Step = (&'static str, fn(&Project) -> Result<Findings, Failure>);

const NATIVE: &[Step] = &[
    ("format", format),
    ("tidy", tidy_step),
    ("clippy", clippy),
    ("documentation", documentation),
    ("native tests", native_tests),
];

const SITE: &[Step] = &[
    ("tools", |project| {
        tools::ensure(project).map(|()| Findings::one("pinned and present"))
    }),
    ("clippy, Wasm", clippy_wasm),
    ("release build", |project| {
        dist::dist(project).map(|()| Findings::one("dist/"))
    }),
    ("determinism", |project| {
        dist::compare_with_second_build(project).map(Findings::one)
    }),
    ("size budget", |project| {
        size::check(project, &size::weigh(&project.dist())?).map(Findings::one)
    }),
    ("mail servers", mail_servers),
    ("Wasm tests", wasm_tests),
    ("library for JavaScript", |project| {
        library::check(project).map(|passed| Findings {
            passed,
            note: format!("{passed} passed"),
            ..Findings::default()
        })
    }),
    ("browser tests", browser_tests),
];

/// Runs the steps in order and stops at the first that fails.
///
/// # Errors
///
/// A step failed, with its output; or something was skipped and may not be.
pub(crate) fn run(project: &Project, scope: Scope, skips: Skips) -> Result<(), Failure> {
    let start = Instant::now();
    let mut rows: Vec<(&str, Findings, Duration)> = Vec::new();
    let site = if scope == Scope::Everything {
        SITE
    } else {
        &[]
    };
    for (name, step) in NATIVE.iter().chain(site) {
        println!("==> {name}");
        let start = Instant::now();
        match step(project) {
            Ok(findings) => {
                println!(
                    "    {}, {:.1} s",
                    findings.note,
                    start.elapsed().as_secs_f64()
                );
                rows.push((name, findings, start.elapsed()));
            }
            Err(Failure(why)) => return fail(format!("{name} failed\n{why}")),
        }
    }
    println!(
        "\n{:<16} {:>8} {:>7} {:>9}",
        "step", "passed", "skipped", "time"
    );
    for (name, findings, time) in &rows {
        let skipped = findings.skipped.len();
        println!(
            "{name:<16} {:>8} {skipped:>7} {:>7.1} s",
            findings.passed,
            time.as_secs_f64()
        );
    }
    println!(
        "{:<16} {:>8} {:>7} {:>7.1} s\n",
        "all",
        "",
        "",
        start.elapsed().as_secs_f64()
    );
    let skipped: Vec<&String> = rows
        .iter()
        .flat_map(|(_, findings, _)| &findings.skipped)
        .collect();
    for what in &skipped {
        println!("skipped: {what}");
    }
    if skips == Skips::Fail && !skipped.is_empty() {
        return fail(format!(
            "{} skipped, and --no-skip allows none",
            skipped.len()
        ));
    }
    let passed: usize = rows.iter().map(|(_, findings, _)| findings.passed).sum();
    match skipped.len() {
        0 => println!("{passed} passed, 0 failed"),
        count => println!("{passed} passed, 0 failed, {count} skipped"),
    }
    Ok(())
}

/// Takes the pictures in `docs/screenshots/`.
///
/// # Errors
///
/// The build or the browser.
pub(crate) fn screenshots(project: &Project) -> Result<(), Failure> {
    tools::browser()?;
    dist::dist_if_changed(project)?;
    let mut cargo = browser_command(project);
    cargo.arg("screenshots").env(
        "PORTOLAN_SCREENSHOTS",
        project.root.join("docs/screenshots"),
    );
    show("Taking the pictures", &mut cargo)
}

fn format(project: &Project) -> Result<Findings, Failure> {
    capture(&mut project.cargo(&["fmt", "--all", "--check"]))?;
    Ok(Findings::one("as rustfmt writes it"))
}

fn tidy_step(project: &Project) -> Result<Findings, Failure> {
    let checks = tidy::check(project)?;
    Ok(Findings {
        passed: checks,
        note: format!("{checks} checks"),
        ..Findings::default()
    })
}

/// The page is linted with `ssr` here: `xtask-site` turns it on for the whole workspace.
fn clippy(project: &Project) -> Result<Findings, Failure> {
    const ARGUMENTS: &[&str] = &[
        "clippy",
        "--workspace",
        "--all-targets",
        "--quiet",
        "--",
        "--deny",
        "warnings",
    ];
    capture(&mut project.cargo(ARGUMENTS))?;
    Ok(Findings::one("no warning"))
}

/// Every link of the crates' documentation leads somewhere.
fn documentation(project: &Project) -> Result<Findings, Failure> {
    let mut cargo = project.cargo(&["doc", "--quiet", "--no-deps", "--workspace"]);
    capture(cargo.env("RUSTDOCFLAGS", "--deny warnings"))?;
    Ok(Findings::one("no warning"))
}

fn clippy_wasm(project: &Project) -> Result<Findings, Failure> {
    let mut cargo = project.cargo(&[
        "clippy",
        "--quiet",
        "--package",
        "portolan",
        "--features",
        "csr",
    ]);
    cargo.args([
        "--target",
        "wasm32-unknown-unknown",
        "--lib",
        "--bins",
        "--",
        "--deny",
        "warnings",
    ]);
    capture(&mut cargo)?;
    capture(&mut project.cargo(&[
        "clippy",
        "--quiet",
        "--package",
        "portolan-wasm-tests",
        "--tests",
        "--target",
        "wasm32-unknown-unknown",
        "--",
        "--deny",
        "warnings",
    ]))?;
    Ok(Findings::one("no warning"))
}

fn native_tests(project: &Project) -> Result<Findings, Failure> {
    // Firewalls are among the tests, which leave themselves out where they cannot be.
    let _ = tools::networks();
    // Cargo leaves out a test whose feature is off, without a word: so it is asked for, and looked for afterwards.
    let mut cargo = project.cargo(&["test", "--workspace", "--features", "portolan/ssr"]);
    if has_browser_tests(project) {
        // They need a built site and a browser, and have a step of their own.
        cargo.args(["--exclude", BROWSER_TESTS]);
    }
    // So do those that unpack whole mail servers.
    cargo.args(["--exclude", SERVERS]);
    let output = capture(&mut cargo)?;
    if !has_passed(&output, HTML_TEST) {
        return fail(format!("the test {HTML_TEST} (tests/html) did not run"));
    }
    Ok(read_tests(&output))
}

/// Reads the HTML of every kind of page.
const HTML_TEST: &str = "every_page_is_sound";

const SERVERS: &str = "portolan-servers";

/// Real mail servers and firewalls, in roots and networks of their own.
fn mail_servers(project: &Project) -> Result<Findings, Failure> {
    if let Err(Failure(why)) = tools::networks() {
        return Ok(Findings::skip("mail servers and firewalls", &why));
    }
    let mut servers = project.cargo(&["test", "--package", SERVERS, "--", "--include-ignored"]);
    let mut firewalls = project.cargo(&["test", "--package", "portolan-probe"]);
    firewalls.args(["--test", "firewalls"]);
    // There is no excuse here.
    firewalls.env("PORTOLAN_FIREWALLS", "1");
    let output = capture(&mut servers)? + &capture(&mut firewalls)?;
    Ok(read_tests(&output))
}

fn wasm_tests(project: &Project) -> Result<Findings, Failure> {
    if let Err(Failure(why)) = tools::browser() {
        return Ok(Findings::skip("Wasm tests", &why));
    }
    let findings = read_tests(&capture(&mut in_the_browser(project)?)?);
    if findings.passed == 0 {
        return fail("no test ran in the browser");
    }
    Ok(findings)
}

/// `cargo test` of the package whose tests run in a browser.
pub(crate) fn in_the_browser(project: &Project) -> Result<Command, Failure> {
    let mut cargo = project.cargo(&["test", "--package", "portolan-wasm-tests"]);
    cargo.args(["--target", "wasm32-unknown-unknown"]);
    cargo.env(
        "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
        "wasm-bindgen-test-runner",
    );
    let driver = capture(Command::new("sh").args(["-c", "command -v chromedriver"]))?;
    cargo.env("CHROMEDRIVER", driver.trim());
    Ok(cargo)
}

fn browser_tests(project: &Project) -> Result<Findings, Failure> {
    if !has_browser_tests(project) {
        return Ok(Findings::skip(
            "browser tests",
            "tests/browser is not there",
        ));
    }
    if let Err(Failure(why)) = tools::browser() {
        return Ok(Findings::skip("browser tests", &why));
    }
    let mut cargo = browser_command(project);
    // What asks real servers of names runs where they can.
    if tools::networks().is_ok() {
        cargo.args(["--", "--include-ignored", "--skip", "screenshots"]);
    }
    Ok(read_tests(&capture(&mut cargo)?))
}

const BROWSER_TESTS: &str = "portolan-browser-tests";

fn has_browser_tests(project: &Project) -> bool {
    Path::new(&project.root)
        .join("tests/browser/Cargo.toml")
        .exists()
}

fn browser_command(project: &Project) -> Command {
    let mut cargo = project.cargo(&["test", "--package", BROWSER_TESTS]);
    cargo.env("PORTOLAN_DIST", project.dist());
    cargo.env("PORTOLAN_LIBRARY", library::bundled(project).join("bundle"));
    cargo
}

/// Reads what a test harness wrote: how many passed, and which were ignored.
fn read_tests(output: &str) -> Findings {
    let mut findings = Findings::default();
    for line in output.lines().map(str::trim) {
        if let Some(rest) = line.strip_prefix("test result: ok. ") {
            findings.passed += rest
                .split(' ')
                .next()
                .and_then(|it| it.parse().ok())
                .unwrap_or(0);
        } else if let Some(rest) = line.strip_prefix("test ")
            && let Some((name, outcome)) = rest.split_once(" ... ")
            && outcome.starts_with("ignored")
            // Pictures are a command of their own.
            && !name.contains("screenshots")
        {
            findings.skipped.push(format!("{name}: {outcome}"));
        }
    }
    findings.note = format!("{} passed", findings.passed);
    findings
}

/// Whether a test harness says that this test ran and passed.
fn has_passed(output: &str, test: &str) -> bool {
    let wanted = format!("test {test} ... ok");
    output.lines().any(|line| line.trim() == wanted)
}

impl Findings {
    fn one(note: impl Into<String>) -> Self {
        Self {
            passed: 1,
            skipped: Vec::new(),
            note: note.into(),
        }
    }

    fn skip(what: &str, why: &str) -> Self {
        Self {
            passed: 0,
            skipped: vec![format!("{what}: {why}")],
            note: "skipped".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{has_passed, read_tests};

    #[test]
    fn tests_are_counted_and_the_ignored_named() {
        let output = "running 3 tests\ntest a ... ok\ntest b ... ignored, needs root\n\
            test screenshots ... ignored\n\ntest result: ok. 1 passed; 0 failed; 2 ignored\n\
            test result: ok. 4 passed; 0 failed; 0 ignored\n";
        let findings = read_tests(output);
        assert_eq!(findings.passed, 5);
        assert_eq!(findings.skipped, ["b: ignored, needs root"]);
    }

    #[test]
    fn a_test_that_did_not_run_is_missed() {
        let output = "test a ... ok\ntest b ... ignored\ntest d::c ... ok\n";
        assert!(has_passed(output, "a"));
        assert!(!has_passed(output, "b") && !has_passed(output, "c"));
    }
}
