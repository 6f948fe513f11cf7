//! Builds the analyzer's worker: for speed, and beside the page, which is built for its bytes.
//!
//! It reads logs of gigabytes, and whoever waits for it has pasted something: 128-bit instructions of Wasm and an optimized
//! standard library are worth their bytes here, and would not be in the page.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::dist::{FLAGS, LEAN, LEAN_STD, is_lean, neutral};
use crate::project::Project;
use crate::shell::Failure;

/// Its profile in `Cargo.toml`.
pub(crate) const PROFILE: &str = "speed";

/// Where the finished worker lies.
pub(crate) fn folder(project: &Project) -> PathBuf {
    project.target.join("portolan-analyzer")
}

/// The commands that build it, in order, each with what it does.
///
/// # Errors
///
/// The folder cannot be made.
pub(crate) fn steps(project: &Project) -> Result<[(&'static str, Command); 3], Failure> {
    let folder = folder(project);
    fs::create_dir_all(&folder)?;
    let mut flags = neutral(project) + " -Ctarget-feature=+simd128";
    let mut compile = project.cargo(&["build", "--quiet", "--package", "portolan-wasm"]);
    compile.args(["--bin", "analyzer", "--profile", PROFILE]);
    compile.args(["--target", "wasm32-unknown-unknown"]);
    if is_lean(project) {
        flags.push_str(LEAN);
        compile.envs(LEAN_STD);
    }
    compile.env(FLAGS, flags);
    let wasm = project
        .target
        .join("wasm32-unknown-unknown")
        .join(PROFILE)
        .join("analyzer.wasm");
    let mut bind = project.command("wasm-bindgen");
    bind.args([
        "--target",
        "web",
        "--no-typescript",
        "--out-name",
        "analyzer",
    ]);
    bind.arg("--out-dir").arg(&folder).arg(wasm);
    let bound = folder.join("analyzer_bg.wasm");
    let mut optimize = project.command("wasm-opt");
    optimize.arg("-O3").arg(&bound).arg("--output").arg(&bound);
    Ok([
        ("Compiling the analyzer", compile),
        ("Binding it to JavaScript", bind),
        ("Optimizing it", optimize),
    ])
}
