//! Other checkers of mail servers beside `portolan-probe`: swaks, `openssl s_client` and the plugin `check_smtp`.
//!
//! All run in one cell at the client's place of a network, with the authorities that Debian trusts and one of the test's own,
//! so that each starts, looks for its authorities and speaks as it does on anybody's machine. `facts` reads what each saw
//! into the same words; `scene` is what they look at.

mod facts;
mod scene;
mod table;

use std::fs;
use std::net::IpAddr;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::cell::Cell;
use crate::root::{Contents, Release, Root};
use portolan_network::{Error, tried};
use portolan_network::{Host, Network};

pub use facts::{Facts, of_report};
pub use scene::{PORTS, Place, Scenes};
pub use table::compare;

const CONTENTS: Contents = Contents {
    id: "peers",
    release: Release::Bookworm,
    packages: &[
        "swaks",
        "ca-certificates",
        "libauthen-sasl-perl",
        "libio-socket-inet6-perl",
        "libnet-ssleay-perl",
        "libperl5.36",
        "monitoring-plugins-basic",
        "openssl",
        "perl",
        "perl-base",
        "perl-modules-5.36",
        "time",
    ],
    users: &[],
    groups: &[],
};

/// What `update-ca-certificates` would have done, with one more authority.
const TRUST: &str = "cd /etc/ssl/certs\n\
    for it in /usr/share/ca-certificates/mozilla/*.crt; do ln -s \"$it\" \"$(basename \"$it\" .crt).pem\"; done\n\
    cat *.pem >ca-certificates.crt; openssl rehash . 2>/dev/null";

/// One of the other checkers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Peer {
    /// The plugin of monitoring systems; on 465, where it cannot begin with TLS, its sister `check_ssmtp`.
    CheckSmtp,
    /// `openssl s_client`.
    Openssl,
    /// swaks.
    Swaks,
}

/// What one run of a peer answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// Whose is the certificate, until when, is it in order, and which version of TLS is spoken?
    Certificate,
    /// Does somebody greet?
    Greeting,
    /// What is offered, before TLS and within it, to a client that wants the certificate in order?
    Session,
    /// Until when does the certificate hold?
    Until,
    /// Is TLS 1.2 taken?
    Version12,
    /// Is TLS 1.3 taken?
    Version13,
}

/// What a run came to.
#[derive(Clone, Debug)]
pub struct Ran {
    /// Standard output and standard error.
    pub text: String,
    /// From before the process was there until after its end.
    pub took: Duration,
    /// It had to be ended.
    pub is_cut: bool,
}

/// The other checkers at the client's place.
#[derive(Debug)]
pub struct Peers {
    cell: Cell,
    client: Host,
    patience: Duration,
}

impl Question {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Greeting,
        Self::Session,
        Self::Certificate,
        Self::Until,
        Self::Version12,
        Self::Version13,
    ];

    /// Who answers it.
    pub fn peer(self) -> Peer {
        match self {
            Self::Greeting | Self::Until => Peer::CheckSmtp,
            Self::Certificate | Self::Version12 | Self::Version13 => Peer::Openssl,
            Self::Session => Peer::Swaks,
        }
    }

    /// The command, as its manual has it.
    fn command(self, address: IpAddr, port: u16, name: &str, seconds: u64) -> String {
        let is_tls = port == 465;
        match self.peer() {
            Peer::CheckSmtp => {
                let place = format!("-H {address} -p {port} -t {seconds}");
                match (self == Self::Until, is_tls) {
                    (true, true) => format!("check_ssmtp {place} -D 30"),
                    (true, false) => format!("check_smtp {place} -S -D 30"),
                    (false, true) => format!("check_ssmtp {place}"),
                    (false, false) => format!("check_smtp {place}"),
                }
            }
            Peer::Openssl => {
                let starttls = if is_tls { "" } else { " -starttls smtp" };
                let version = match self {
                    Self::Version12 => " -tls1_2",
                    Self::Version13 => " -tls1_3",
                    _ => "",
                };
                format!(
                    "openssl s_client -connect {address}:{port} -servername {name} -verify_hostname {name}{starttls}{version}"
                )
            }
            Peer::Swaks => {
                let tls = if is_tls { "--tls-on-connect" } else { "--tls" };
                format!(
                    "swaks --server {address} --port {port} --timeout {seconds} --helo client.example {tls} --tls-verify \
                     --tls-sni {name} --quit-after EHLO"
                )
            }
        }
    }
}

impl Peers {
    /// Brings them to the client's place of a network. Beside Debian's authorities they trust this one, and they wait so
    /// long, in whole seconds, where nobody answers.
    ///
    /// # Errors
    ///
    /// This machine cannot, see [`crate::ready`], or a package cannot be had.
    pub fn start(
        network: &Network,
        authority_pem: &str,
        patience: Duration,
    ) -> Result<Self, Error> {
        let client = network.client().clone();
        let root = Root::unpack(&CONTENTS)?;
        let cell = Cell::start(&root, "client.example", client.net())?;
        cell.put("/etc/ssl/certs/test.pem", authority_pem)?;
        cell.must(TRUST)?;
        cell.must("mkdir -p /usr/local/bin; ln -s /usr/lib/nagios/plugins/check_* /usr/local/bin")?;
        Ok(Self {
            cell,
            client,
            patience,
        })
    }

    /// Puts a program beside them, under its own name.
    ///
    /// # Errors
    ///
    /// It cannot be copied.
    pub fn install(&self, program: &Path) -> Result<(), Error> {
        let name = program.file_name().unwrap_or_default();
        let there = self.cell.outside().join("usr/local/bin").join(name);
        fs::copy(program, &there).map_err(tried(format!("copying {}", program.display())))?;
        fs::set_permissions(&there, fs::Permissions::from_mode(0o755))
            .map_err(tried("making a program one"))
    }

    /// Asks a peer, and reads what it says.
    ///
    /// # Errors
    ///
    /// The network is gone.
    pub fn ask(&self, question: Question, place: &Place, port: u16) -> Result<(Facts, Ran), Error> {
        let ran = self.run(&question.command(
            place.address(),
            port,
            place.name(),
            self.patience.as_secs(),
        ))?;
        Ok((facts::read(question, &ran), ran))
    }

    /// Runs a command of words without blanks beside them. What runs two seconds longer than their patience
    /// is ended.
    ///
    /// # Errors
    ///
    /// The network is gone.
    pub fn run(&self, command: &str) -> Result<Ran, Error> {
        let seconds = (self.patience.as_secs() + 2).to_string();
        let (output, took) = self.client.inside(|| {
            let mut run = std::process::Command::new("timeout");
            run.arg(seconds).arg("chroot").arg(self.cell.outside());
            run.args(command.split_ascii_whitespace());
            run.env_clear()
                .env("PATH", "/usr/local/bin:/usr/sbin:/usr/bin:/bin");
            run.env("LC_ALL", "C").env("TZ", "UTC").stdin(Stdio::null());
            let began = Instant::now();
            let output = run.output();
            (output, began.elapsed())
        })?;
        let output = output.map_err(tried(format!("running {command}")))?;
        let text =
            [output.stdout, output.stderr].map(|it| String::from_utf8_lossy(&it).into_owned());
        // What `timeout` says of itself, and of a program that is not there.
        if matches!(output.status.code(), Some(125..=127)) {
            return Err(Error::Program(command.to_owned(), text.concat()));
        }
        Ok(Ran {
            text: text.concat(),
            took,
            // What `timeout` says of a program that it had to end.
            is_cut: output.status.code() == Some(124),
        })
    }
}
