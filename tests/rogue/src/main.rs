//! `portolan-rogue`: lists what can be played, and plays one of it.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command line tool speaks"
)]

use std::path::PathBuf;
use std::process::ExitCode;
use std::thread;
use std::time::Duration;

use lexopt::prelude::*;
use portolan_rogue::catalogue::Catalogue;
use portolan_rogue::failures;
use portolan_rogue::serve::Server;

const USAGE: &str = "\
portolan-rogue list
          every failure: its name, its cause, how many texts, what is played

portolan-rogue play ID [--seed N] [--port P] [--for SECONDS] [--ca FILE]
          plays one on 127.0.0.1, on a port that the system chooses where none is named, and says which; for ten minutes
          where no time is named. The seed chooses text and receiver. --ca writes the root that a client has to trust.";

type Failure = Box<dyn std::error::Error>;

enum Command {
    Help,
    List,
    Play(Wanted),
}

struct Wanted {
    id: String,
    seed: u64,
    port: u16,
    time: Duration,
    ca: Option<PathBuf>,
}

fn main() -> ExitCode {
    let command = match read(lexopt::Parser::from_env()) {
        Ok(command) => command,
        Err(error) => {
            eprintln!("error: {error}\n\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    match run(command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn read(mut arguments: lexopt::Parser) -> Result<Command, lexopt::Error> {
    let verb = match arguments.next()? {
        Some(Value(verb)) => verb.string()?,
        None | Some(Short('h') | Long("help")) => return Ok(Command::Help),
        Some(other) => return Err(other.unexpected()),
    };
    match verb.as_str() {
        "list" => match arguments.next()? {
            None => Ok(Command::List),
            Some(other) => Err(other.unexpected()),
        },
        "play" => play(arguments),
        other => Err(format!("expected list or play, but found {other}").into()),
    }
}

fn play(mut arguments: lexopt::Parser) -> Result<Command, lexopt::Error> {
    const DEFAULT: Duration = Duration::from_mins(10);
    let mut wanted = Wanted {
        id: String::new(),
        seed: 0,
        port: 0,
        time: DEFAULT,
        ca: None,
    };
    while let Some(argument) = arguments.next()? {
        match argument {
            Value(id) if wanted.id.is_empty() => wanted.id = id.string()?,
            Long("seed") => wanted.seed = arguments.value()?.parse()?,
            Long("port") => wanted.port = arguments.value()?.parse()?,
            Long("for") => wanted.time = Duration::from_secs(arguments.value()?.parse()?),
            Long("ca") => wanted.ca = Some(arguments.value()?.into()),
            other => return Err(other.unexpected()),
        }
    }
    if wanted.id.is_empty() {
        return Err("expected the name of a failure".into());
    }
    Ok(Command::Play(wanted))
}

fn run(command: Command) -> Result<(), Failure> {
    match command {
        Command::Help => println!("{USAGE}"),
        Command::List => list(&failures()?),
        Command::Play(wanted) => {
            let play = failures()?
                .play(&wanted.id, wanted.seed)
                .ok_or_else(|| format!("expected a name of `list`, but found {}", wanted.id))?;
            let server = Server::start(&play, wanted.port)?;
            if let Some(file) = wanted.ca {
                std::fs::write(file, server.root_pem())?;
            }
            println!("listening on {}", server.address());
            println!("plays {}: {}", wanted.id, play.failure.plays);
            if let Some(reply) = &play.reply {
                println!("says, as {}: {}", play.receiver.name, reply.text.get_ref());
            }
            thread::sleep(wanted.time);
        }
    }
    Ok(())
}

fn list(catalogue: &Catalogue) {
    for failure in &catalogue.failures {
        println!(
            "{:<28} {:<30} {:>2}  {}",
            failure.id.get_ref(),
            failure.cause.get_ref(),
            failure.replies.len(),
            failure.plays
        );
    }
}
