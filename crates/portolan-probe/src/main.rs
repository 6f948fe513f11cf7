//! `portolan-probe`: the second shell over the engines. It checks servers, explains failures and advises.
#![expect(clippy::print_stderr, reason = "a command line tool speaks")]

mod advise;
mod domain_command;
mod explain;
mod lines;
mod outgoing;
mod saved;
mod spf;

use std::ffi::OsString;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::process::ExitCode;

use explain::{Decided, Form};
use lexopt::prelude::{Long, Short, Value};
use portolan_check::assess;
use portolan_probe::flags::{self, Meant};
use portolan_probe::manual;
use portolan_probe::probe::check;
use portolan_probe::render::render;

const USAGE: &str = "\
portolan-probe HOST [FLAGS]
portolan-probe mail.example.org                all ports of mail, over IPv4 and IPv6
portolan-probe mail.example.org:587 --json     one port, as a report for machines
portolan-probe --mx example.org                where mail for a domain is delivered
portolan-probe --provider gmail                what a provider documents, as seen from here
portolan-probe mail.example.org --auth you@example.org --password-env SMTP_PASSWORD
portolan-probe report FILE [--nagios | --prometheus | --markdown | --junit]
portolan-probe port25 MX --control HOST:PORT
portolan-probe advise --jsonl
portolan-probe explain [--json | --markdown] [FILE ...]
portolan-probe explain --jsonl
portolan-probe domain DOMAIN [FLAGS]
portolan-probe spf --ip ADDRESS --mail-from ADDRESS

HOST      says of each port whether mail can be sent by it from here, why not, and what to do.
report    shows the report of a check that was kept as JSON (`-`: from standard input), and judges it anew.
port25    tells whether port 25 is blocked from here: `portolan-probe port25 --help`.
advise    reads one JSON object a line, each with `id` and what is known of a case, and writes one line of advice for
          each, in the same order.
explain   says what went wrong: reads an error, a session, a bounce or a mail server's log from files or standard
          input (no file, or `-`). Logs may be of any size; secrets are masked. --json and --markdown mask the local parts of addresses
          too. With --jsonl it reads lines of `id` and `text` or `text_base64`, and writes one line for each. NO_COLOR
          is heeded.

domain    says what the DNS tells of a domain's mail, what is wrong, and the record to publish:
          `portolan-probe domain --help`.
spf       says whether an address may send for a sender (RFC 7208), once or for lines of JSON: `portolan-probe spf --help`.

A line that cannot be read is answered with its number and what is wrong with it.

Exit codes: 0 nothing is wrong and every line was read, 1 a failure was named or a line could not be read, 2 wrong
usage or a file that cannot be read, 3 nothing could be told. With --nagios 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN.
";

/// Wrong usage, as the shells' convention has it.
const WRONG_USAGE: u8 = 2;

/// Nothing could be told.
const UNDECIDED: u8 = 3;

fn main() -> ExitCode {
    // Commands with flags of their own.
    let mut words = std::env::args_os().skip(1);
    match words.next() {
        Some(it) if it == "port25" => return outgoing::run(lexopt::Parser::from_args(words)),
        Some(it) if it == "domain" => return domain_command::run(lexopt::Parser::from_args(words)),
        Some(it) if it == "spf" => return spf::run(lexopt::Parser::from_args(words)),
        _ => {}
    }
    let command = match command(lexopt::Parser::from_env()) {
        Ok(command) => command,
        Err(error) => {
            eprintln!("portolan-probe: {error}\n\n{USAGE}\n{}", flags::usage());
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
        Command::Help => {
            writeln!(out, "{USAGE}\n{}", flags::usage())?;
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
    Help,
    Text(String),
    Report {
        file: String,
        form: portolan_probe::render::Form,
    },
}

/// A bare word is a host; what is no verb is for the check.
fn command(arguments: lexopt::Parser) -> Result<Command, lexopt::Error> {
    let first = std::env::args_os().nth(1);
    if first
        .as_ref()
        .is_some_and(|it| it == "advise" || it == "explain")
    {
        return verb(arguments);
    }
    let mut arguments = arguments;
    let is_report = first.is_some_and(|it| it == "report");
    if is_report {
        // The word itself.
        arguments.next()?;
    }
    let said = flags::parse(arguments)?;
    if said.help {
        return Ok(Command::Help);
    }
    if let Some(text) = manual::asked(&said) {
        return Ok(Command::Text(text));
    }
    if is_report {
        let form = flags::form(&said)?;
        let file = said.target.ok_or("expected the file of a report")?;
        return Ok(Command::Report { file, form });
    }
    Ok(Command::Check(Box::new(flags::meant(said)?)))
}

fn verb(mut arguments: lexopt::Parser) -> Result<Command, lexopt::Error> {
    let (mut verb, mut form, mut is_jsonl) = (None::<OsString>, None, false);
    let mut files = Vec::new();
    while let Some(argument) = arguments.next()? {
        match argument {
            Short('h') | Long("help") => return Ok(Command::Help),
            Long("json") => form = Some(Form::Json),
            Long("markdown") => form = Some(Form::Markdown),
            Long("jsonl") => is_jsonl = true,
            Value(value) if verb.is_none() => verb = Some(value),
            Value(value) if verb.as_ref().is_some_and(|verb| verb == "explain") => {
                files.push(value);
            }
            other => return Err(other.unexpected()),
        }
    }
    match verb {
        Some(verb) if verb == "advise" && is_jsonl => Ok(Command::Advise),
        Some(verb) if verb == "advise" => {
            Err("expected `--jsonl`: there is no other form yet".into())
        }
        Some(verb) if verb == "explain" && is_jsonl && files.is_empty() => {
            Ok(Command::ExplainLines)
        }
        Some(verb) if verb == "explain" && is_jsonl => {
            Err("expected lines on standard input: `--jsonl` takes no files".into())
        }
        Some(verb) if verb == "explain" => {
            let has_colour = || {
                let is_off = std::env::var_os("NO_COLOR").is_some_and(|it| !it.is_empty());
                io::stdout().is_terminal() && !is_off
            };
            let form = form.unwrap_or_else(|| Form::Human {
                colour: has_colour(),
            });
            Ok(Command::Explain { files, form })
        }
        Some(verb) => Err(format!(
            "expected `advise` or `explain`, but found `{}`",
            verb.to_string_lossy()
        )
        .into()),
        None => Err("expected a command".into()),
    }
}
