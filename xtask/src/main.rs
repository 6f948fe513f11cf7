//! The project's commands; `cargo xtask` without one lists them.
//!
//! No crate needs this one to build. It fetches the tools at pinned versions, builds and serves the site, and runs every
//! check.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command line tool speaks"
)]

mod analyzer;
mod dist;
mod doh;
mod library;
mod measure;
mod options;
mod peers;
mod probe;
mod project;
mod serve;
mod server;
mod shell;
mod size;
mod suite;
mod tidy;
mod tools;

use std::process::ExitCode;

use crate::options::{Command, Options, USAGE};
use crate::project::Project;
use crate::shell::Failure;

fn main() -> ExitCode {
    let options = match Options::read(lexopt::Parser::from_env()) {
        Ok(options) => options,
        Err(error) => {
            eprintln!("error: {error}\n\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    match run(options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure(why)) => {
            eprintln!("error: {why}");
            ExitCode::FAILURE
        }
    }
}

fn run(options: Options) -> Result<(), Failure> {
    let mut project = Project::here();
    project.doh = options.doh;
    match options.command {
        Command::Dist => dist::dist(&project),
        Command::Help => {
            println!("{USAGE}");
            Ok(())
        }
        Command::Library => library::build(&project),
        Command::Measure => measure::measure(&project),
        Command::Peers => peers::compare(&project),
        Command::Probe => probe::build(&project),
        Command::Screenshots => suite::screenshots(&project),
        Command::Serve { watch, port } => serve::serve(&project, port, watch),
        Command::Size => size::report(&project),
        Command::Test { scope, skips } => suite::run(&project, scope, skips),
        Command::Tidy => tidy::report(&project),
    }
}
