//! `portolan-probe domain` as a command.

use std::fs::File;
use std::io::{self, IsTerminal, Read, Write};
use std::process::ExitCode;

use portolan_check::domain::{assess, markdown};
use portolan_probe::domain::{Said, Shape, exit_code, observe, said, shown};
use portolan_probe::manual::{Verb, help, hint};
use portolan_report::domain::{DomainReport, limits};
use portolan_wire::{read_domain_report, write_domain_report_pretty};

/// Runs it; the arguments are those behind `domain`.
pub(crate) fn run(verb: &Verb, arguments: lexopt::Parser) -> ExitCode {
    let said = match said(arguments) {
        Ok(said) if said.help => return print(&help(verb), 0),
        Ok(said) => said,
        Err(error) => return refused(&format!("{error}\n\n{}", hint(verb))),
    };
    let form = said.form;
    let report = match report(said) {
        Ok(report) => report,
        Err(error) => return refused(&error),
    };
    let assessment = assess(&report);
    let text = match form {
        Some(Shape::Json) => write_domain_report_pretty(&report) + "\n",
        Some(Shape::Markdown) => markdown(&report, &assessment),
        None => shown(&report, &assessment, has_colour()),
    };
    print(&text, exit_code(&assessment))
}

fn report(said: Said) -> Result<DomainReport, String> {
    if let Some(file) = &said.report {
        let bytes = bytes(file).map_err(|error| format!("{file}: {error}"))?;
        return read_domain_report(&bytes).map_err(|refused| format!("{file}: {refused}"));
    }
    Ok(observe(&said.meant()?, &portolan_builtin::facts()))
}

/// One byte more than a report may have, so that a longer one is told and not cut.
fn bytes(file: &str) -> io::Result<Vec<u8>> {
    let limit = limits::REPORT_BYTES as u64 + 1;
    let mut bytes = Vec::new();
    if file == "-" {
        io::stdin().lock().take(limit).read_to_end(&mut bytes)?;
    } else {
        File::open(file)?.take(limit).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

fn has_colour() -> bool {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|it| !it.is_empty());
    let is_dumb = std::env::var_os("TERM").is_some_and(|it| it == "dumb");
    io::stdout().is_terminal() && !is_set("NO_COLOR") && !is_dumb
}

fn refused(why: &str) -> ExitCode {
    eprintln!("portolan-probe: {why}");
    ExitCode::from(2)
}

fn print(text: &str, code: u8) -> ExitCode {
    // Whoever reads may have seen enough.
    let _ = io::stdout().lock().write_all(text.as_bytes());
    ExitCode::from(code)
}
