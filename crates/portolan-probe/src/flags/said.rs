//! What was said on the command line, not yet what it means.

use std::time::Duration;

use super::{FLAGS, Flag, Group, read};
use crate::render::{Form, Thresholds};

/// What was said.
#[derive(Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is said or not")]
pub struct Said {
    /// The host, address or `host:port`.
    pub target: Option<String>,
    /// `--mx`.
    pub mx: Option<String>,
    /// `--provider`.
    pub provider: Option<String>,
    /// `--port`, each.
    pub ports: Vec<u16>,
    /// `--tls`: the named ports begin with TLS.
    pub tls: bool,
    /// `-4`.
    pub v4: bool,
    /// `-6`.
    pub v6: bool,
    /// `--resolver`.
    pub resolver: Option<std::net::IpAddr>,
    /// `--ehlo`.
    pub ehlo: Option<String>,
    /// `--server-name`.
    pub server_name: Option<String>,
    /// `--ca-file`.
    pub ca_file: Option<String>,
    /// `--timeout`.
    pub timeout: Option<Duration>,
    /// `--deadline`.
    pub deadline: Option<Duration>,
    /// `--until`.
    pub until: Option<String>,
    /// `--auth`.
    pub auth: Option<String>,
    /// `--mechanism`.
    pub mechanism: Option<String>,
    /// `--password-env`.
    pub password_env: Option<String>,
    /// `--password-fd`.
    pub password_fd: Option<u32>,
    /// `--from`.
    pub from: Option<String>,
    /// `--send-to`.
    pub send_to: Option<String>,
    /// `--relay-test`.
    pub relay_test: Option<String>,
    /// `--pem`.
    pub pem: bool,
    /// The form. `None`: for a person.
    pub form: Option<Form>,
    /// `--warning`.
    pub warning: Option<Thresholds>,
    /// `--critical`.
    pub critical: Option<Thresholds>,
    /// `--color`: `auto`, `always` or `never`.
    pub color: Option<String>,
    /// `--commands`.
    pub commands: Option<String>,
    /// `--completions`.
    pub completions: Option<String>,
    /// `--man`.
    pub man: bool,
    /// `--version`.
    pub version: bool,
    /// `--help`.
    pub help: bool,
}

/// Reads the flags of a check.
///
/// # Errors
///
/// A flag that is not known, a value that is none, or a second target, in words.
pub fn parse(arguments: lexopt::Parser) -> Result<Said, String> {
    let flags: Vec<&Flag<Said>> = FLAGS.iter().collect();
    of(&flags, arguments)
}

/// Reads the flags of `report`, whose target is a file.
///
/// # Errors
///
/// As of [`parse`]; what only a check can heed is refused.
pub fn report(arguments: lexopt::Parser) -> Result<Said, String> {
    let flags: Vec<&Flag<Said>> = FLAGS.iter().filter(|it| of_report(it)).collect();
    of(&flags, arguments)
}

/// Whether it says how a report is shown: what was seen and what was kept of it is in the report.
pub fn of_report(flag: &Flag<Said>) -> bool {
    flag.group == Group::Output
        && !matches!(
            flag.long,
            "pem" | "commands" | "completions" | "man" | "version"
        )
}

fn of(flags: &[&Flag<Said>], arguments: lexopt::Parser) -> Result<Said, String> {
    let mut said = Said::default();
    read(flags, &mut said, arguments, |said, value| {
        let value = value.to_string_lossy().into_owned();
        if let Some(first) = &said.target {
            return Err(format!(
                "expected one host or file, but found `{first}` and `{value}`"
            ));
        }
        said.target = Some(value);
        Ok(())
    })?;
    Ok(said)
}
