//! What was said on the command line, not yet what it means.

use std::time::Duration;

use lexopt::Arg;

use super::FLAGS;
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
pub fn parse(mut arguments: lexopt::Parser) -> Result<Said, String> {
    let mut said = Said::default();
    loop {
        let argument = arguments.next().map_err(|error| error.to_string())?;
        let flag = match argument {
            None => return Ok(said),
            Some(Arg::Value(value)) => {
                let value = value.to_string_lossy().into_owned();
                if let Some(first) = &said.target {
                    return Err(format!(
                        "expected one host, but found `{first}` and `{value}`"
                    ));
                }
                said.target = Some(value);
                continue;
            }
            Some(Arg::Long(name)) => FLAGS
                .iter()
                .find(|it| it.long == name)
                .ok_or_else(|| format!("expected a flag that is known, but found `--{name}`"))?,
            Some(Arg::Short(letter)) => FLAGS
                .iter()
                .find(|it| it.short == Some(letter))
                .ok_or_else(|| format!("expected a flag that is known, but found `-{letter}`"))?,
        };
        let value = if flag.value.is_some() {
            let value = arguments.value().map_err(|error| error.to_string())?;
            value
                .into_string()
                .map_err(|_| format!("--{}: expected text", flag.long))?
        } else {
            String::new()
        };
        if !flag.choices.is_empty() && !flag.choices.contains(&value.as_str()) {
            let choices = flag.choices.join(", ");
            return Err(format!(
                "--{}: expected one of {choices}, but found `{value}`",
                flag.long
            ));
        }
        (flag.set)(&mut said, &value).map_err(|error| format!("--{}: {error}", flag.long))?;
    }
}
