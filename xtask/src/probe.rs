//! `portolan-probe` as people install it: one static binary, measured against its budget, and a package for Debian.

mod package;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::dist;
use crate::project::Project;
use crate::shell::{Failure, capture, fail, show};
use crate::tools;

const MUSL: &str = "x86_64-unknown-linux-musl";
const WINDOWS: &str = "x86_64-pc-windows-gnu";

const MAX_BYTES: u64 = 4_000_000;
const MAX_START_MS: f64 = 5.0;
const MAX_MEMORY_KB: u64 = 12_000;

/// Runs of which the median counts.
const RUNS: usize = 50;

/// Builds, measures and packs.
///
/// # Errors
///
/// A tool is missing, a build fails, or the budget is exceeded.
pub(crate) fn build(project: &Project) -> Result<(), Failure> {
    ready(project)?;
    let dist = project.root.join("dist-probe");
    if dist.exists() {
        fs::remove_dir_all(&dist)?;
    }
    fs::create_dir_all(&dist)?;
    let binary = dist.join("portolan-probe");
    fs::copy(built(project, MUSL, "portolan-probe")?, &binary)?;
    let measured = measure(&binary)?;
    println!("{measured}");
    let package = package::packed(project, &dist, &binary)?;
    println!(
        "{}: {} bytes",
        package.display(),
        fs::metadata(&package)?.len()
    );
    windows(project, &dist)?;
    measured.check()
}

/// Fetches what the static program is built with.
///
/// # Errors
///
/// It is not there, and could not be installed.
fn ready(project: &Project) -> Result<(), Failure> {
    tools::foreign(project, MUSL, "musl-gcc", "musl-tools")
}

fn built(project: &Project, target: &str, name: &str) -> Result<PathBuf, Failure> {
    let mut cargo = project.cargo(&[
        "build",
        "--profile",
        "probe",
        "--package",
        "portolan-probe",
        "--target",
        target,
    ]);
    for (name, value) in lean(project, target) {
        cargo.env(name, value);
    }
    show(&format!("Building portolan-probe for {target}"), &mut cargo)?;
    Ok(project.target.join(target).join("probe").join(name))
}

/// What makes a program smaller, and the same on every machine; nothing of it changes what it does.
fn lean(project: &Project, target: &str) -> Vec<(String, String)> {
    let (mut flags, mut all) = (dist::neutral(project), Vec::new());
    flags.push_str(&short());
    if target == MUSL {
        // A panic stops the program: nobody walks back through it, so that a tenth of it would be tables for nothing.
        flags.push_str(" -Cforce-unwind-tables=no -Clink-arg=-Wl,--no-eh-frame-hdr");
        flags.push_str(" -Clink-arg=-Wl,-T,");
        let script = project.root.join("crates/portolan-probe/lean.ld");
        flags.push_str(&script.display().to_string());
        // Relocations of a bit and not 24 bytes each (DT_RELR; musl 1.2.4, binutils 2.38).
        flags.push_str(" -Clink-arg=-Wl,-z,pack-relative-relocs");
        all.push((
            format!("CFLAGS_{}", MUSL.replace('-', "_")),
            "-fno-asynchronous-unwind-tables".to_owned(),
        ));
    }
    let variable = target.replace('-', "_").to_uppercase();
    all.push((format!("CARGO_TARGET_{variable}_RUSTFLAGS"), flags));
    all
}

/// Libraries by their names alone where a panic tells its place: the registry's folder would be told some hundred times.
fn short() -> String {
    let registry = dist::cargo_home().join("registry/src");
    let folders = fs::read_dir(registry).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = folders.map(|it| it.path()).collect();
    paths.sort();
    paths.iter().fold(String::new(), |flags, path| {
        flags + &format!(" --remap-path-prefix={}/=", path.display())
    })
}

/// What was measured.
struct Measured {
    bytes: u64,
    start_ms: f64,
    /// Of a full check that connects on loopback. `None`: no GNU time here.
    memory_kb: Option<u64>,
}

impl std::fmt::Display for Measured {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(out, "{:>9} bytes, at most {MAX_BYTES}", self.bytes)?;
        writeln!(
            out,
            "{:>9.2} ms to start, median of {RUNS}, at most {MAX_START_MS}",
            self.start_ms
        )?;
        match self.memory_kb {
            Some(kb) => write!(
                out,
                "{kb:>9} kB at most during a check, at most {MAX_MEMORY_KB}"
            ),
            None => write!(out, "        ? kB during a check: apt-get install time"),
        }
    }
}

impl Measured {
    fn of(binary: &Path, start_ms: f64) -> Result<Self, Failure> {
        let (bytes, memory_kb) = (fs::metadata(binary)?.len(), memory(binary));
        Ok(Self {
            bytes,
            start_ms,
            memory_kb,
        })
    }

    fn check(&self) -> Result<(), Failure> {
        let is_over = self.bytes > MAX_BYTES
            || self.start_ms > MAX_START_MS
            || self.memory_kb.is_some_and(|it| it > MAX_MEMORY_KB);
        if is_over {
            return fail("portolan-probe is over its budget");
        }
        Ok(())
    }
}

fn measure(binary: &Path) -> Result<Measured, Failure> {
    let mut times = Vec::with_capacity(RUNS);
    for _ in 0..RUNS {
        let start = Instant::now();
        capture(Command::new(binary).arg("--version"))?;
        times.push(start.elapsed().as_secs_f64() * 1_000.0);
    }
    times.sort_by(f64::total_cmp);
    Measured::of(binary, times.get(RUNS / 2).copied().unwrap_or_default())
}

/// The most memory of a check of this machine's own ports: names, roots and threads of every port are in it.
fn memory(binary: &Path) -> Option<u64> {
    let output = Command::new("/usr/bin/time")
        .arg("-v")
        .arg(binary)
        .args(["localhost", "--timeout", "2", "--deadline", "5"])
        .stdin(Stdio::null())
        .output()
        .ok()?;
    most_memory(&String::from_utf8_lossy(&output.stderr))
}

fn most_memory(text: &str) -> Option<u64> {
    let line = text.lines().find_map(|it| {
        it.trim()
            .strip_prefix("Maximum resident set size (kbytes): ")
    })?;
    line.parse().ok()
}

/// For Windows, where Debian's tools are there; nobody runs it here.
fn windows(project: &Project, dist: &Path) -> Result<(), Failure> {
    const COMPILER: &str = "x86_64-w64-mingw32-gcc";
    if let Err(Failure(why)) = tools::foreign(project, WINDOWS, COMPILER, "gcc-mingw-w64-x86-64") {
        println!("no build for Windows: {why}");
        return Ok(());
    }
    let binary = built(project, WINDOWS, "portolan-probe.exe")?;
    let there = dist.join("portolan-probe.exe");
    fs::copy(binary, &there)?;
    println!(
        "{}: {} bytes, built and not run",
        there.display(),
        fs::metadata(&there)?.len()
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_memory_is_read() {
        let text = "\tCommand being timed: \"x\"\n\tMaximum resident set size (kbytes): 8124\n\tExit status: 0\n";
        assert_eq!(most_memory(text), Some(8_124));
        assert_eq!(most_memory(""), None);
    }

    #[test]
    fn a_budget_is_held() {
        let of = |bytes, start_ms, memory_kb| {
            Measured {
                bytes,
                start_ms,
                memory_kb,
            }
            .check()
            .is_ok()
        };
        assert!(of(MAX_BYTES, MAX_START_MS, Some(MAX_MEMORY_KB)) && of(1, 1.0, None));
        assert!(!of(MAX_BYTES + 1, 1.0, None) && !of(1, 5.1, None) && !of(1, 1.0, Some(12_001)));
    }
}
