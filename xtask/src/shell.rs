//! Runs other programs: shows a step with its time, or keeps its output for when it fails.

use std::fmt;
use std::io;
use std::process::{Command, Stdio};
use std::time::Instant;

/// Why a command of ours ends: one sentence, or the output of what failed, for people to read.
#[derive(Debug)]
pub(crate) struct Failure(pub(crate) String);

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self(error.to_string())
    }
}

/// Fails with a sentence.
pub(crate) fn fail<T>(why: impl Into<String>) -> Result<T, Failure> {
    Err(Failure(why.into()))
}

/// Runs a step with its output shown, and says how long it took.
///
/// # Errors
///
/// The program cannot be started, or it fails.
pub(crate) fn show(what: &str, command: &mut Command) -> Result<(), Failure> {
    println!("==> {what}");
    let start = Instant::now();
    let status = command
        .status()
        .map_err(|error| Failure(format!("{what}: {}: {error}", program(command))))?;
    if !status.success() {
        return fail(format!("{what}: {} ended with {status}", program(command)));
    }
    println!("    {:.1} s", start.elapsed().as_secs_f64());
    Ok(())
}

/// Runs a program and gives what it wrote, standard output first.
///
/// # Errors
///
/// The program cannot be started, or it fails; then the failure is its whole output.
pub(crate) fn capture(command: &mut Command) -> Result<String, Failure> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(|error| Failure(format!("{}: {error}", program(command))))?;
    let mut text = String::from_utf8_lossy(&output.stdout).into_owned();
    if output.status.success() {
        return Ok(text);
    }
    text.push_str(&String::from_utf8_lossy(&output.stderr));
    fail(format!(
        "{} ended with {}\n{text}",
        program(command),
        output.status
    ))
}

/// The first line of what a program answers to `--version`; none when there is no such program.
pub(crate) fn version(command: &mut Command) -> Option<String> {
    capture(command.arg("--version"))
        .ok()
        .and_then(|text| Some(text.lines().next()?.to_owned()))
}

fn program(command: &Command) -> String {
    command.get_program().to_string_lossy().into_owned()
}
