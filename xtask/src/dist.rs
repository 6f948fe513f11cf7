//! Builds the static site.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::analyzer;
use crate::doh::{DOH, Doh};
use crate::project::{Project, files};
use crate::shell::{Failure, fail, show};
use crate::tools;

/// Builds the site into `dist/`, always.
///
/// # Errors
///
/// A tool that cannot be had, or the build's own failure.
pub(crate) fn dist(project: &Project) -> Result<(), Failure> {
    tools::ensure(project)?;
    build(project)?;
    println!("The site is in {}", project.dist().display());
    Ok(())
}

/// Builds the site into `dist/` unless it is there already, made from the same files.
///
/// # Errors
///
/// As for [`dist`].
pub(crate) fn dist_if_changed(project: &Project) -> Result<(), Failure> {
    tools::ensure(project)?;
    let stamp = fs::read_to_string(stamp(project)).unwrap_or_default();
    if project.dist().join("index.html").exists() && stamp == mark(project) {
        return Ok(());
    }
    build(project)
}

fn build(project: &Project) -> Result<(), Failure> {
    // The hook refuses it, too, after minutes.
    if let Err(why) = Doh::read(DOH, env::var(DOH).ok().as_deref()) {
        return fail(why);
    }
    let mark = mark(project);
    // No stamp while the folder is in parts.
    let _ = fs::remove_file(stamp(project));
    for (what, mut command) in analyzer::steps(project)? {
        show(what, &mut command)?;
    }
    show("Building the site", &mut trunk(project, &project.dist()))?;
    fs::write(stamp(project), mark)?;
    Ok(())
}

/// Trunk, building in release into a folder.
pub(crate) fn trunk(project: &Project, dist: &Path) -> Command {
    let mut command = project.command("trunk");
    command.args(["build", "--release", "--dist"]).arg(dist);
    let mut flags = neutral(project);
    if is_lean(project) {
        flags.push_str(LEAN);
        command.envs(LEAN_STD);
        command.env("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size");
    }
    command.env(FLAGS, flags);
    command.env("PORTOLAN_ANALYZER", analyzer::folder(project));
    if let Some(doh) = &project.doh {
        command.env(DOH, &doh.url);
    }
    // Trunk refuses the value `1`, which other tools take for "no colours".
    command.env_remove("NO_COLOR");
    command
}

/// The compiler's flags for Wasm, as an environment variable.
pub(crate) const FLAGS: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS";

/// Panic messages name source files: without this the bytes, and the names in them, would be this machine's.
pub(crate) fn neutral(project: &Project) -> String {
    format!(
        "--remap-path-prefix={}=portolan --remap-path-prefix={}=cargo",
        project.root.display(),
        cargo_home().display()
    )
}

/// The standard library is built with the page: for size, and with panics that stop without a message. A ninth of the
/// Wasm's bytes. Cargo calls this unstable, so it is only ever asked of the pinned compiler, and a build without it is as
/// good and larger.
pub(crate) const LEAN: &str =
    " -Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none";

/// Whether the standard library is built with the page: all it needs is here, and the hook can be kept out of it.
pub(crate) fn is_lean(project: &Project) -> bool {
    cfg!(unix) && tools::can_build_std(project)
}

/// Cargo's side of it. Trunk's hook (Trunk.toml) takes these away again: what it builds is native.
pub(crate) const LEAN_STD: [(&str, &str); 2] = [
    ("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort"),
    ("RUSTC_BOOTSTRAP", "1"),
];

pub(crate) fn cargo_home() -> PathBuf {
    let home = || {
        env::var_os("HOME")
            .map(PathBuf::from)
            .unwrap_or_default()
            .join(".cargo")
    };
    env::var_os("CARGO_HOME").map_or_else(home, PathBuf::from)
}

/// Builds the site a second time, from newly compiled code, and compares every byte.
///
/// # Errors
///
/// The build fails, or a file differs.
pub(crate) fn compare_with_second_build(project: &Project) -> Result<String, Failure> {
    let again = project.target.join("dist-again");
    for profile in ["release", analyzer::PROFILE] {
        let mut clean = project.cargo(&["clean", "--quiet", "--profile", profile]);
        clean.args(["--target", "wasm32-unknown-unknown"]);
        for package in PAGE_PACKAGES {
            clean.args(["--package", package]);
        }
        crate::shell::capture(&mut clean)?;
    }
    for (_, mut command) in analyzer::steps(project)? {
        crate::shell::capture(&mut command)?;
    }
    crate::shell::capture(&mut trunk(project, &again))?;
    let (first, second) = (contents(&project.dist()), contents(&again));
    let all = first.iter().chain(&second);
    let mut differ: Vec<&str> = all
        .filter(|entry| !(first.contains(entry) && second.contains(entry)))
        .map(|(path, _)| path.as_str())
        .collect();
    differ.sort_unstable();
    differ.dedup();
    fs::remove_dir_all(&again)?;
    if !differ.is_empty() {
        return fail(format!(
            "built twice, these files differ:\n  {}",
            differ.join("\n  ")
        ));
    }
    Ok(format!("{} files, the same bytes twice", first.len()))
}

/// What is compiled into the page from this workspace.
const PAGE_PACKAGES: &[&str] = &[
    "portolan",
    "portolan-advice",
    "portolan-check",
    "portolan-config",
    "portolan-dns",
    "portolan-explain",
    "portolan-facts",
    "portolan-intake",
    "portolan-mask",
    "portolan-report",
    "portolan-resolve",
    "portolan-smtp",
    "portolan-wasm",
];

fn contents(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let relative = |path: &PathBuf| {
        path.strip_prefix(folder)
            .unwrap_or(path)
            .to_string_lossy()
            .into_owned()
    };
    files(folder)
        .iter()
        .map(|path| (relative(path), fs::read(path).unwrap_or_default()))
        .collect()
}

fn mark(project: &Project) -> String {
    let std = if is_lean(project) {
        "lean"
    } else {
        "as it comes"
    };
    // What the site is built for, besides its files.
    let mut of_owner =
        ["PORTOLAN_URL", "PORTOLAN_REPORT", DOH].map(|name| env::var(name).unwrap_or_default());
    if let (Some(named), [.., doh]) = (&project.doh, &mut of_owner) {
        doh.clone_from(&named.url);
    }
    format!(
        "{:016x}, std {std}, {}",
        project.fingerprint(),
        of_owner.join(" ")
    )
}

fn stamp(project: &Project) -> PathBuf {
    project.target.join("portolan-dist.stamp")
}
