//! `portolan-probe port25` as a command: who is contacted is said before anybody is.

use std::process::ExitCode;

use portolan_check::port25::port25;
use portolan_probe::manual::{Verb, help, hint};
use portolan_probe::port25::{asking, exit_code, observe, shown, suggested};

/// Runs it; the arguments are those behind `port25`.
pub(crate) fn run(verb: &Verb, arguments: lexopt::Parser) -> ExitCode {
    let mut asked = match asking(arguments) {
        Ok(Some(asked)) => asked,
        Ok(None) => return said(&help(verb), 0),
        Err(error) => return refused(&format!("{error}\n\n{}", hint(verb))),
    };
    if asked.hosts.is_empty() {
        return refused(&format!(
            "expected a host that takes mail on 25\n\n{}",
            hint(verb)
        ));
    }
    if asked.hosts.len() < 2 {
        let more = suggested(&portolan_builtin::facts());
        let names: Vec<String> = more.iter().map(|it| format!("{}:587", it.name)).collect();
        if !asked.agrees {
            return refused(&format!(
                "one host cannot tell the network from itself. Name another by --control HOST:PORT, or agree by --yes \
                 that these are contacted, on 25 and 587: {}",
                names.join(", ")
            ));
        }
        asked.hosts.extend(more);
    }
    let judged = port25(&observe(&asked));
    said(&shown(&judged), exit_code(&judged))
}

fn refused(why: &str) -> ExitCode {
    eprintln!("portolan-probe: {why}");
    ExitCode::from(2)
}

fn said(text: &str, code: u8) -> ExitCode {
    use std::io::Write;
    // Whoever reads may have seen enough.
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
    ExitCode::from(code)
}
