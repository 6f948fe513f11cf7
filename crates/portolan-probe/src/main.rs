//! `portolan-probe`: the second shell over the engines. It checks servers, explains failures and advises.
#![expect(clippy::print_stderr, reason = "a command line tool speaks")]

mod advise;
mod domain_command;
mod explain;
mod lines;
mod outgoing;
mod saved;
mod spf;

use std::ffi::{OsStr, OsString};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::process::ExitCode;

use explain::{Decided, Form};
use portolan_check::assess;
use portolan_probe::flags::{self, ADVISE, EXPLAIN, Meant};
use portolan_probe::manual::{self, CHECK, Verb, help, hint};
use portolan_probe::probe::check;
use portolan_probe::render::render;

/// Wrong usage, as the shells' convention has it.
const WRONG_USAGE: u8 = 2;

/// Nothing could be told.
const UNDECIDED: u8 = 3;

fn main() -> ExitCode {
    // A bare word is a host; a verb comes first.
    let first = std::env::args_os().nth(1);
    let word = first.as_deref().and_then(OsStr::to_str);
    let verb = word.and_then(manual::verb).unwrap_or(CHECK);
    let own = 1 + usize::from(!verb.name.is_empty());
    let arguments = lexopt::Parser::from_args(std::env::args_os().skip(own));
    match verb.name {
        "domain" => return domain_command::run(verb, arguments),
        "spf" => return spf::run(verb, arguments),
        _ => {}
    }
    // Those that write by themselves as they go.
    if verb.name == "port25" {
        return outgoing::run(verb, arguments);
    }
    let command = match command(verb, arguments) {
        Ok(command) => command,
        Err(error) => {
            eprintln!("portolan-probe: {error}\n\n{}", hint(verb));
            return ExitCode::from(WRONG_USAGE);
        }
    };
    let mut out = BufWriter::new(io::stdout().lock());
    let done = run(command, &mut out);
    match done.and_then(|code| out.flush().map(|()| code)) {
        Ok(code) => ExitCode::from(code),
        // Whoever reads has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("portolan-probe: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Does what was asked for, and gives the exit code.
fn run(command: Command, out: &mut impl Write) -> io::Result<u8> {
    Ok(match command {
        Command::Advise => {
            let facts = portolan_builtin::facts();
            u8::from(advise::advise_lines(&facts, io::stdin().lock(), out)? > 0)
        }
        Command::ExplainLines => u8::from(explain::explain_lines(io::stdin().lock(), out)? > 0),
        Command::Explain { files, form } => {
            let complain = |text: &str| eprintln!("portolan-probe: {text}");
            match explain::explain(&files, form, out, complain)? {
                Decided::Fine => 0,
                Decided::Problem => 1,
                Decided::Undecided => UNDECIDED,
                Decided::Unread => WRONG_USAGE,
            }
        }
        Command::Check(meant) => {
            let Meant { asking, form } = *meant;
            match check(asking) {
                Ok(report) => {
                    let assessment = assess(&report);
                    render(form, &report, &assessment, out)?
                }
                Err(error) => {
                    eprintln!("portolan-probe: {error}");
                    WRONG_USAGE
                }
            }
        }
        Command::Report { file, form } => match saved::read(&file) {
            Ok(report) => render(form, &report, &assess(&report), out)?,
            Err(why) => {
                eprintln!("portolan-probe: {file}: {why}");
                WRONG_USAGE
            }
        },
        Command::Text(text) => {
            out.write_all(text.as_bytes())?;
            0
        }
    })
}

enum Command {
    Advise,
    Check(Box<Meant>),
    Explain {
        files: Vec<OsString>,
        form: Form,
    },
    ExplainLines,
    Text(String),
    Report {
        file: String,
        form: portolan_probe::render::Form,
    },
}

/// What is asked for by the words behind a verb.
fn command(verb: &Verb, arguments: lexopt::Parser) -> Result<Command, String> {
    match verb.name {
        "advise" => lines(verb, &flags::filter(ADVISE, arguments)?, Command::Advise),
        "explain" => explains(verb, flags::filter(EXPLAIN, arguments)?),
        "report" => {
            let said = flags::report(arguments)?;
            if said.help {
                return Ok(Command::Text(help(verb)));
            }
            let form = flags::form(&said)?;
            let file = said.target.ok_or("expected the file of a report")?;
            Ok(Command::Report { file, form })
        }
        _ => {
            let said = flags::parse(arguments)?;
            if said.help {
                return Ok(Command::Text(help(verb)));
            }
            if let Some(text) = manual::asked(&said) {
                return Ok(Command::Text(text));
            }
            Ok(Command::Check(Box::new(flags::meant(said)?)))
        }
    }
}

/// What reads lines of standard input and nothing else.
fn lines(verb: &Verb, said: &flags::Filter, command: Command) -> Result<Command, String> {
    if said.help {
        return Ok(Command::Text(help(verb)));
    }
    if let Some(file) = said.files.first() {
        return Err(format!(
            "expected lines on standard input, but found `{}`",
            file.to_string_lossy()
        ));
    }
    if !said.jsonl {
        return Err("expected `--jsonl`: there is no other form yet".to_owned());
    }
    Ok(command)
}

fn explains(verb: &Verb, said: flags::Filter) -> Result<Command, String> {
    if said.help {
        return Ok(Command::Text(help(verb)));
    }
    if said.jsonl && !said.files.is_empty() {
        return Err("expected lines on standard input: `--jsonl` takes no files".to_owned());
    }
    if said.jsonl {
        return Ok(Command::ExplainLines);
    }
    let form = match (said.json, said.markdown) {
        (true, _) => Form::Json,
        (false, true) => Form::Markdown,
        (false, false) => {
            let is_off = std::env::var_os("NO_COLOR").is_some_and(|it| !it.is_empty());
            let colour = io::stdout().is_terminal() && !is_off;
            Form::Human { colour }
        }
    };
    Ok(Command::Explain {
        files: said.files,
        form,
    })
}
