//! Trunk's post-build hook: turns what Trunk staged into the site that is published.
//!
//! It pre-renders the page, publishes the facts beside it, joins the style sheets, names every file by its final bytes,
//! and writes the Content-Security-Policy. A package of its own, because it compiles Yew: the commands that fetch the
//! tools must not wait for that.
#![expect(clippy::print_stderr, reason = "how a build hook speaks")]

mod css;
#[path = "../../src/doh.rs"]
mod doh;
mod page;
mod publish;
mod search;
mod shorten;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

fn main() -> ExitCode {
    let Some(staging) = std::env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from) else {
        eprintln!(
            "xtask-site is Trunk's hook: run `cargo xtask dist`, which sets TRUNK_STAGING_DIR"
        );
        return ExitCode::FAILURE;
    };
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    match publish::publish(&root, &staging) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problems) => {
            for problem in problems {
                eprintln!("error: {problem}");
            }
            ExitCode::FAILURE
        }
    }
}
