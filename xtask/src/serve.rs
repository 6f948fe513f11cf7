//! Builds the site, serves it on this machine, and builds again when files change.

use std::thread;
use std::time::Duration;

use crate::dist;
use crate::options::Watch;
use crate::project::Project;
use crate::server::{self, Encoding, Site};
use crate::shell::Failure;

/// Serves until interrupted.
///
/// # Errors
///
/// The first build fails, or the port is taken. Later builds that fail are shown, and the last good site stays.
pub(crate) fn serve(project: &Project, port: u16, watch: Watch) -> Result<(), Failure> {
    dist::dist_if_changed(project)?;
    let site = Site {
        folder: project.dist(),
        below: "/",
        encoding: Encoding::Plain,
    };
    let address = server::start(&site, port)?;
    println!("Portolan is at {address} (Ctrl+C ends it)");
    if watch == Watch::Yes {
        // No reload by itself: its script would be inline, and the page's policy forbids that.
        println!("Watching; reload the page after a build");
    }
    let mut seen = project.fingerprint();
    loop {
        thread::sleep(POLL);
        if watch == Watch::No {
            continue;
        }
        let now = project.fingerprint();
        if now != seen {
            seen = now;
            match dist::dist_if_changed(project) {
                Ok(()) => println!("Built; reload the page"),
                Err(Failure(why)) => eprintln!("error: {why}"),
            }
        }
    }
}

/// Polling needs no library for each system, and the inputs are a few hundred small files.
const POLL: Duration = Duration::from_millis(700);
