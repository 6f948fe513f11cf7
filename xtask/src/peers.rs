//! `portolan-probe` beside swaks, `openssl s_client` and `check_smtp`, on the same mail servers in one run.

use crate::project::Project;
use crate::shell::{Failure, show};
use crate::tools;

/// Builds the probe as people install it, and prints what each saw and how long each took.
///
/// # Errors
///
/// This machine cannot run mail servers in networks of their own, or a build fails.
pub(crate) fn compare(project: &Project) -> Result<(), Failure> {
    tools::networks()?;
    let mut build = project.cargo(&["build", "--profile", "probe", "--package", "portolan-probe"]);
    show("Building portolan-probe", &mut build)?;
    let program = project.target.join("probe/portolan-probe");
    let mut peers = project.cargo(&[
        "run",
        "--quiet",
        "--package",
        "portolan-servers",
        "--",
        "peers",
    ]);
    show("Looking at mail servers", peers.arg(program))
}
