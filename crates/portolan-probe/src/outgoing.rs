//! `portolan-probe port25` as a command: who is contacted is said before anybody is.

use std::process::ExitCode;

use portolan_check::port25::port25;
use portolan_probe::port25::{asking, exit_code, observe, shown, suggested};

const USAGE: &str = "\
portolan-probe port25 MX [MX ...] [--control HOST:PORT ...]
portolan-probe port25 MX --yes

Is port 25 blocked from here? MX is a host that takes mail on 25; --control names another host, with a port on which it
answers. Each is tried on 25 and on that port (an MX on 587, 465 and 443), and nobody else is contacted. Two hosts of different
operators are needed to tell the network from a host.

--yes              agrees to contact the suggested hosts, which the command names when no control is given
--timeout SECONDS  the time for each connection (default: 10)
--deadline SECONDS the time for all (default: 30)

portolan-probe port25 mx.example.org --control smtp.example.net:587

Exit codes: 0 port 25 is open from here, 1 it is kept from getting out, or somebody in between answers, 2 wrong usage or
nobody to contact, 3 not known.";

/// Runs it; the arguments are those behind `port25`.
pub(crate) fn run(arguments: lexopt::Parser) -> ExitCode {
    let mut asked = match asking(arguments) {
        Ok(Some(asked)) => asked,
        Ok(None) => return said(&format!("{USAGE}\n"), 0),
        Err(error) => return refused(&format!("{error}\n\n{USAGE}")),
    };
    if asked.hosts.is_empty() {
        return refused(&format!("expected a host that takes mail on 25\n\n{USAGE}"));
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
