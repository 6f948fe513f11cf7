//! The clients of `clients.toml`: whether each is there, and what it prints when it is run.

use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};

use serde::Deserialize;

use crate::catalogue::{Failure, Stage};

/// Anything that keeps a recording from coming about.
pub type Error = Box<dyn std::error::Error + Send + Sync>;

/// A client that prints more than this has lost its way.
const MAX_BYTES: u64 = 1 << 18;
/// Seconds until a client that waits for ever is ended, as a person would end it.
const PATIENCE: &str = "12";
/// Where Debian's packages put programs.
const PATH: &str = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
/// Seconds for building or fetching one.
const SETUP_PATIENCE: &str = "600";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    client: Vec<Client>,
}

/// A client.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Client {
    pub(super) id: String,
    /// Debian's packages that bring it; for people.
    #[serde(default, rename = "apt")]
    _apt: Vec<String>,
    version: String,
    fetch: Option<String>,
    setup: Option<String>,
    run: String,
    pub(super) debug: bool,
    #[serde(default)]
    token: bool,
    #[serde(default)]
    tls_only: bool,
}

/// What a run showed.
pub(super) struct Shown {
    pub(super) text: String,
    /// The client says that all went well.
    pub(super) is_content: bool,
}

/// All clients.
pub(super) fn all() -> Result<Vec<Client>, Error> {
    let file: File = toml::from_str(include_str!("../../clients.toml"))?;
    Ok(file.client)
}

impl Client {
    /// Whether it gets as far as this failure.
    pub(super) fn can(&self, failure: &Failure) -> bool {
        (self.token || !failure.client.oauth) && (!self.tls_only || failure.at <= Stage::Tls)
    }

    /// Builds what has to be built, and gives the client's version.
    pub(super) fn prepare(
        &self,
        folder: &Path,
        cache: &Path,
        may_fetch: bool,
    ) -> Result<String, Error> {
        let shell = |script: &str| {
            let mut command = command(script, SETUP_PATIENCE, folder, cache);
            // What builds and fetches needs the settings of whoever started it, and the programs that will run.
            command.envs(std::env::vars_os().filter(|(name, _)| name != "PATH"));
            let own = std::env::var("PATH").unwrap_or_default();
            command.env("PATH", format!("{PATH}:{own}"));
            output(&mut command)
        };
        let mut version = shell(&self.version)?;
        if let Some(fetch) = self
            .fetch
            .as_ref()
            .filter(|_| may_fetch && !version.is_content)
        {
            shell(fetch)?;
            version = shell(&self.version)?;
        }
        if let Some(setup) = &self.setup {
            let shown = shell(setup)?;
            if !shown.is_content {
                return Err(shown.text.trim().into());
            }
            version = shell(&self.version)?;
        }
        let text = version.text.trim();
        if version.is_content && !text.is_empty() {
            Ok(text.to_owned())
        } else {
            Err(format!("it is not there: {text}").into())
        }
    }

    pub(super) fn run(
        &self,
        folder: &Path,
        cache: &Path,
        place: &Path,
        environment: &[(&'static str, String)],
    ) -> Result<Shown, Error> {
        let home = place.join("home");
        fs::create_dir_all(&home)?;
        let mut command = command(&self.run, PATIENCE, folder, cache);
        command.env("HOME", home);
        command.envs(
            environment
                .iter()
                .map(|(name, value)| (format!("ROGUE_{name}"), value)),
        );
        output(&mut command)
    }
}

/// A script with nothing of this machine in its environment but what it needs; what it prints is one stream.
fn command(script: &str, patience: &str, folder: &Path, cache: &Path) -> Command {
    let mut command = Command::new("timeout");
    command
        .args(["--kill-after=1", patience, "sh", "-c"])
        .arg(format!("exec 2>&1\n{script}"))
        .current_dir(folder)
        .env_clear()
        .env(
            "PATH",
            "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        )
        .env("LANG", "C.UTF-8")
        .env("TZ", "UTC")
        .env("GOCACHE", cache.join("go-build"))
        .env("ROGUE_CACHE", cache)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    command
}

fn output(command: &mut Command) -> Result<Shown, Error> {
    let mut child = command.spawn()?;
    let mut bytes = Vec::new();
    if let Some(mut out) = child.stdout.take() {
        out.by_ref().take(MAX_BYTES).read_to_end(&mut bytes)?;
        std::io::copy(&mut out, &mut std::io::sink())?;
    }
    let status = child.wait()?;
    Ok(Shown {
        text: String::from_utf8_lossy(&bytes).into_owned(),
        is_content: status.success(),
    })
}

#[cfg(test)]
mod tests {
    use super::all;

    #[test]
    fn the_table_of_clients_is_read_and_each_has_its_program() {
        let clients = all().unwrap();
        assert!(clients.len() >= 12);
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("clients");
        for client in clients {
            let named = format!("{} {}", client.run, client.setup.unwrap_or_default());
            let is_there = named.split([' ', '/']).any(|word| {
                folder.join(word).is_file() || folder.join(word).join("Cargo.toml").is_file()
            });
            assert!(is_there, "{}: {named}", client.id);
        }
    }
}
