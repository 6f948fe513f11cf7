//! `portolan-servers`: unpacks mail servers, and has one deliver a message as the recordings of `portolan-rogue` want it.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command line tool speaks"
)]

use std::env;
use std::fs;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use lexopt::prelude::*;
use portolan_servers::{Door, Kind, Mode, Order, peers, relay};

const USAGE: &str = "\
portolan-servers unpack [KIND]...
          unpacks these below the cache, or all: exim, opensmtpd, postfix, sendmail

portolan-servers version KIND
          says its version

portolan-servers peers PROGRAM [RUNS]
          has this build of portolan-probe, swaks, openssl s_client and check_smtp look at the same servers, and writes as
          Markdown what each saw and how long each took, the median of so many runs (default: 9)

portolan-servers relay KIND
          has it deliver one message as ROGUE_HOST and the other variables say, see tests/rogue/clients/README.md; shows
          what a person would see, and fails where the delivery does";

type Failure = Box<dyn std::error::Error>;

/// The recorder ends a client after twelve seconds; before that everything has to be said.
const PATIENCE: Duration = Duration::from_millis(8500);

fn main() -> ExitCode {
    match run(lexopt::Parser::from_env()) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(mut arguments: lexopt::Parser) -> Result<ExitCode, Failure> {
    let mut words = Vec::new();
    while let Some(argument) = arguments.next()? {
        match argument {
            Value(word) => words.push(word.string()?),
            other => return Err(format!("{}\n\n{USAGE}", other.unexpected()).into()),
        }
    }
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["unpack"] => unpack(&Kind::ALL),
        ["unpack", kinds @ ..] => {
            let kinds: Result<Vec<Kind>, String> = kinds.iter().map(|it| it.parse()).collect();
            unpack(&kinds?)
        }
        ["version", kind] => {
            let kind: Kind = kind.parse()?;
            println!("{kind} {}", kind.root()?.upstream());
            Ok(ExitCode::SUCCESS)
        }
        ["peers", program, runs @ ..] if runs.len() <= 1 => {
            let runs = runs.first().map_or(Ok(9), |it| it.parse())?;
            println!("{}", peers::compare(Path::new(program), runs)?);
            Ok(ExitCode::SUCCESS)
        }
        ["relay", kind] => {
            let shown = relay(kind.parse()?, &order()?)?;
            println!("{}", shown.text.trim_end());
            Ok(if shown.is_delivered {
                ExitCode::SUCCESS
            } else {
                ExitCode::FAILURE
            })
        }
        _ => {
            println!("{USAGE}");
            Ok(ExitCode::from(2))
        }
    }
}

fn unpack(kinds: &[Kind]) -> Result<ExitCode, Failure> {
    for kind in kinds {
        println!("{kind} {}", kind.root()?.upstream());
    }
    Ok(ExitCode::SUCCESS)
}

/// What the recorder says in variables.
fn order() -> Result<Order, Failure> {
    let said = |name: &str| {
        let name = format!("ROGUE_{name}");
        env::var(&name).map_err(|_| format!("expected {name}, but found nothing"))
    };
    Ok(Order {
        host: said("HOST")?,
        port: said("PORT")?.parse()?,
        door: match said("TLS")?.as_str() {
            "implicit" => Door::Implicit,
            "none" => Door::Clear,
            _ => Door::Starttls,
        },
        login: match said("AUTH")?.as_str() {
            "password" => Some((said("USER")?, said("PASSWORD")?)),
            _ => None,
        },
        ca_pem: fs::read_to_string(said("CA")?)?,
        from: said("FROM")?,
        to: said("TO")?.split(',').map(str::to_owned).collect(),
        message: fs::read_to_string(said("MESSAGE")?)?,
        timeout: said("TIMEOUT")?.parse()?,
        patience: PATIENCE,
        mode: match said("DEBUG")?.as_str() {
            "yes" => Mode::Debug,
            _ => Mode::Usual,
        },
    })
}
