//! `portolan-rogue`: lists what can be played, plays one of it, and records what real clients say of it.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command line tool speaks"
)]

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::thread;
use std::time::Duration;

use lexopt::prelude::*;
use portolan_rogue::catalogue::Catalogue;
use portolan_rogue::serve::Server;
use portolan_rogue::supports::Supports;
use portolan_rogue::{failures, record, score};

const USAGE: &str = "\
portolan-rogue list
          every failure: its name, its cause, how many texts, what is played

portolan-rogue play ID [--seed N] [--port P] [--for SECONDS] [--ca FILE]
          plays one on 127.0.0.1, on a port that the system chooses where none is named, and says which; for ten minutes
          where no time is named. The seed chooses text and receiver. --ca writes the root that a client has to trust.

portolan-rogue record --out FILE [--client ID]... [--failure ID]... [--seed N] [--fetch]
          runs every client that is there against every failure, in its usual and its debug mode, and writes a line of
          JSON for what each shows. --fetch allows npm and pip to bring what is missing.

portolan-rogue label FILE
          writes anew, in this file, which causes each text supports: after a change of supports.toml.

portolan-rogue texts FILE
          writes the texts alone, as `portolan-probe explain --jsonl` reads them

portolan-rogue score FILE [--details]
          reads what `portolan-probe explain --jsonl` made of the texts on standard input, and counts what is right.
          --details names what is not.";

type Failure = Box<dyn std::error::Error + Send + Sync>;

enum Command {
    Help,
    List,
    Play(Wanted),
    Record {
        out: PathBuf,
        wanted: record::Wanted,
    },
    Label(PathBuf),
    Texts(PathBuf),
    Score {
        file: PathBuf,
        details: bool,
    },
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
        "record" => recording(arguments),
        "label" => Ok(Command::Label(file(&mut arguments)?)),
        "texts" => Ok(Command::Texts(file(&mut arguments)?)),
        "score" => {
            let file = file(&mut arguments)?;
            match arguments.next()? {
                None => Ok(Command::Score {
                    file,
                    details: false,
                }),
                Some(Long("details")) => Ok(Command::Score {
                    file,
                    details: true,
                }),
                Some(other) => Err(other.unexpected()),
            }
        }
        other => Err(format!(
            "expected list, play, record, label, texts or score, but found {other}"
        )
        .into()),
    }
}

fn file(arguments: &mut lexopt::Parser) -> Result<PathBuf, lexopt::Error> {
    match arguments.next()? {
        Some(Value(file)) => Ok(file.into()),
        Some(other) => Err(other.unexpected()),
        None => Err("expected a file of recordings".into()),
    }
}

fn recording(mut arguments: lexopt::Parser) -> Result<Command, lexopt::Error> {
    let (mut out, mut wanted) = (None, record::Wanted::default());
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("out") => out = Some(PathBuf::from(arguments.value()?)),
            Long("client") => wanted.clients.push(arguments.value()?.string()?),
            Long("failure") => wanted.failures.push(arguments.value()?.string()?),
            Long("seed") => wanted.seed = arguments.value()?.parse()?,
            Long("fetch") => wanted.may_fetch = true,
            other => return Err(other.unexpected()),
        }
    }
    let out = out.ok_or("expected --out")?;
    Ok(Command::Record { out, wanted })
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
                fs::write(file, server.root_pem())?;
            }
            println!("listening on {}", server.address());
            println!("plays {}: {}", wanted.id, play.failure.plays);
            if let Some(reply) = &play.reply {
                println!("says, as {}: {}", play.receiver.name, reply.text.get_ref());
            }
            thread::sleep(wanted.time);
        }
        Command::Record { out, wanted } => {
            let cache = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../.cache/rogue");
            fs::create_dir_all(&cache)?;
            let tell = |what: &str| eprintln!("{what}");
            let recordings = record::record(&failures()?, &wanted, &cache.canonicalize()?, &tell)?;
            write(&recordings, &out)?;
        }
        Command::Label(file) => {
            let (catalogue, supports) = (failures()?, Supports::own()?);
            let mut recordings = record::read(&fs::read_to_string(&file)?)?;
            for recording in &mut recordings {
                let play = recording
                    .play(&catalogue)
                    .ok_or_else(|| format!("{}: its text is gone, record it anew", recording.id))?;
                recording.supports = supports.of(&play, &recording.text);
            }
            write(&recordings, &file)?;
        }
        Command::Texts(file) => {
            let recordings = record::read(&fs::read_to_string(file)?)?;
            record::write_texts(&recordings, &mut io::stdout().lock())?;
        }
        Command::Score { file, details } => {
            let recordings = record::read(&fs::read_to_string(file)?)?;
            let answers = io::read_to_string(io::stdin())?;
            let catalogue = failures()?;
            let wording = |recording: &record::Recording| match recording
                .play(&catalogue)
                .and_then(|it| it.reply)
            {
                None => "no reply",
                Some(reply) if reply.fresh => "fresh words",
                Some(_) => "known words",
            };
            print!(
                "{}",
                score::score(&recordings, &answers, &wording, details)?
            );
        }
    }
    Ok(())
}

fn write(recordings: &[record::Recording], file: &Path) -> Result<(), Failure> {
    let mut out = BufWriter::new(fs::File::create(file)?);
    record::write(recordings, &mut out)?;
    out.flush()?;
    println!("{} recordings", recordings.len());
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
