//! `portolan-probe`: the second shell over the engine. For now it advises; the socket checks come with it later.
#![expect(clippy::print_stderr, reason = "a command line tool speaks")]

mod advise;
mod wire;

use std::ffi::OsString;
use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use lexopt::prelude::{Long, Short, Value};

const USAGE: &str = "\
portolan-probe advise --jsonl

Reads one JSON object a line on standard input, each with `id` and what is known of a case, and writes one line of
advice for each, in the same order. A line that cannot be read is answered with its number and what is wrong with it.

Exit codes: 0 every line was read, 1 some could not be, 2 wrong usage.";

/// Wrong usage, as the shells' convention has it.
const WRONG_USAGE: u8 = 2;

fn main() -> ExitCode {
    match command(lexopt::Parser::from_env()) {
        Ok(Command::Advise) => {
            let facts = portolan_builtin::facts();
            let mut out = BufWriter::new(io::stdout().lock());
            let done = advise::advise_lines(&facts, io::stdin().lock(), &mut out);
            match done.and_then(|unread| out.flush().map(|()| unread)) {
                Ok(0) => ExitCode::SUCCESS,
                Ok(_) => ExitCode::FAILURE,
                // Whoever reads has seen enough.
                Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
                Err(error) => {
                    eprintln!("portolan-probe: {error}");
                    ExitCode::FAILURE
                }
            }
        }
        Ok(Command::Help) => {
            let _ = writeln!(io::stdout(), "{USAGE}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("portolan-probe: {error}\n\n{USAGE}");
            ExitCode::from(WRONG_USAGE)
        }
    }
}

enum Command {
    Advise,
    Help,
}

fn command(mut arguments: lexopt::Parser) -> Result<Command, lexopt::Error> {
    let (mut verb, mut is_jsonl) = (None::<OsString>, false);
    while let Some(argument) = arguments.next()? {
        match argument {
            Short('h') | Long("help") => return Ok(Command::Help),
            Long("jsonl") => is_jsonl = true,
            Value(value) if verb.is_none() => verb = Some(value),
            other => return Err(other.unexpected()),
        }
    }
    match verb {
        Some(verb) if verb == "advise" && is_jsonl => Ok(Command::Advise),
        Some(verb) if verb == "advise" => {
            Err("expected `--jsonl`: there is no other form yet".into())
        }
        Some(verb) => {
            Err(format!("expected `advise`, but found `{}`", verb.to_string_lossy()).into())
        }
        None => Err("expected a command".into()),
    }
}
