//! `portolan-probe` as people install it: one static binary, measured against its budget, and a package for Debian.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::dist;
use crate::project::Project;
use crate::shell::{Failure, capture, fail, show, version};

const TARGET: &str = "x86_64-unknown-linux-musl";
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
    let dist = project.root.join("dist-probe");
    if dist.exists() {
        fs::remove_dir_all(&dist)?;
    }
    fs::create_dir_all(&dist)?;
    let binary = dist.join("portolan-probe");
    fs::copy(built(project, TARGET, "portolan-probe")?, &binary)?;
    let measured = measure(&binary)?;
    println!("{measured}");
    let package = package(project, &dist, &binary)?;
    inspect(&package)?;
    println!(
        "{}: {} bytes",
        package.display(),
        fs::metadata(&package)?.len()
    );
    windows(project, &dist)?;
    measured.check()
}

/// Builds the static program and holds bytes and memory against the budget, not the time. `None`: tools are missing.
///
/// # Errors
///
/// The build fails, or the budget is exceeded.
pub(crate) fn weigh(project: &Project) -> Result<Option<String>, Failure> {
    let mut rustc = project.command("rustc");
    let folder = capture(rustc.args(["--print", "target-libdir", "--target", TARGET]));
    let has_target = folder.is_ok_and(|it| Path::new(it.trim()).is_dir());
    if !has_target || version(&mut Command::new("musl-gcc")).is_none() {
        return Ok(None);
    }
    let binary = built(project, TARGET, "portolan-probe")?;
    let measured = Measured::of(&binary, 0.0)?;
    measured.check()?;
    Ok(Some(format!("{} bytes of {MAX_BYTES}", measured.bytes)))
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
    show(&format!("Building portolan-probe for {target}"), &mut cargo).map_err(|Failure(why)| {
        Failure(format!(
            "{why}\nIt needs the target and a C compiler for it: rustup target add {TARGET}, apt-get install musl-tools"
        ))
    })?;
    Ok(project.target.join(target).join("probe").join(name))
}

/// What makes a program smaller, and the same on every machine; nothing of it changes what it does.
fn lean(project: &Project, target: &str) -> Vec<(String, String)> {
    let (mut flags, mut all) = (dist::neutral(project), Vec::new());
    if target == TARGET {
        // A panic stops the program: nobody walks back through it, so that a tenth of it would be tables for nothing.
        flags.push_str(" -Cforce-unwind-tables=no -Clink-arg=-Wl,--no-eh-frame-hdr");
        flags.push_str(" -Clink-arg=-Wl,-T,");
        let script = project.root.join("crates/portolan-probe/lean.ld");
        flags.push_str(&script.display().to_string());
        // Relocations of a bit and not 24 bytes each (DT_RELR; musl 1.2.4, binutils 2.38).
        flags.push_str(" -Clink-arg=-Wl,-z,pack-relative-relocs");
        all.push((
            format!("CFLAGS_{}", TARGET.replace('-', "_")),
            "-fno-asynchronous-unwind-tables".to_owned(),
        ));
    }
    let variable = target.replace('-', "_").to_uppercase();
    all.push((format!("CARGO_TARGET_{variable}_RUSTFLAGS"), flags));
    all
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

/// A package for Debian: the binary, its manual, its completions, its licences.
fn package(project: &Project, dist: &Path, binary: &Path) -> Result<PathBuf, Failure> {
    if version(&mut Command::new("dpkg-deb")).is_none() {
        return fail("no dpkg-deb, which packs for Debian");
    }
    let root = dist.join("root");
    let said = |argument: &[&str]| capture(Command::new(binary).args(argument));
    let own = said(&["--version"])?;
    let number = own.split_whitespace().nth(1).unwrap_or_default();
    put(&root, "usr/bin/portolan-probe", &fs::read(binary)?, 0o755)?;
    put(
        &root,
        "usr/share/man/man1/portolan-probe.1.gz",
        &packed(&said(&["--man"])?)?,
        0o644,
    )?;
    for (shell, path) in [
        (
            "bash",
            "usr/share/bash-completion/completions/portolan-probe",
        ),
        ("zsh", "usr/share/zsh/vendor-completions/_portolan-probe"),
        (
            "fish",
            "usr/share/fish/vendor_completions.d/portolan-probe.fish",
        ),
    ] {
        put(
            &root,
            path,
            said(&["--completions", shell])?.as_bytes(),
            0o644,
        )?;
    }
    let mut licences =
        String::from("portolan-probe may be used under either of these licences.\n\n");
    for name in ["LICENSE-MIT", "LICENSE-APACHE"] {
        licences.push_str(&fs::read_to_string(project.root.join(name))?);
        licences.push('\n');
    }
    put(
        &root,
        "usr/share/doc/portolan-probe/copyright",
        licences.as_bytes(),
        0o644,
    )?;
    let kilobytes = fs::metadata(binary)?.len().div_ceil(1_024) + 64;
    put(
        &root,
        "DEBIAN/control",
        control(number, kilobytes).as_bytes(),
        0o644,
    )?;
    let package = dist.join(format!("portolan-probe_{number}_amd64.deb"));
    let mut pack = Command::new("dpkg-deb");
    pack.args(["--root-owner-group", "--build"])
        .arg(&root)
        .arg(&package);
    capture(&mut pack)?;
    fs::remove_dir_all(&root)?;
    Ok(package)
}

fn control(version: &str, kilobytes: u64) -> String {
    format!(
        "Package: portolan-probe\nVersion: {version}\nArchitecture: amd64\nMaintainer: The Portolan authors <portolan@localhost>\n\
         Installed-Size: {kilobytes}\nSection: mail\nPriority: optional\nRecommends: ca-certificates\n\
         Description: tells which ports mail can be sent by, and why not\n \
         Checks 25, 465, 587 and 2525 of a mail server side by side, on every address,\n \
         and says what is wrong, whose it is, and what to do. One static binary.\n"
    )
}

fn put(root: &Path, path: &str, bytes: &[u8], mode: u32) -> Result<(), Failure> {
    let path = root.join(path);
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(&path, bytes)?;
    fs::set_permissions(&path, fs::Permissions::from_mode(mode))?;
    Ok(())
}

/// As gzip, without a time or a name in it, so that the same text gives the same bytes.
fn packed(text: &str) -> Result<Vec<u8>, Failure> {
    use std::io::Write;
    let mut gzip = Command::new("gzip")
        .args(["-9", "-n"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    if let Some(mut input) = gzip.stdin.take() {
        input.write_all(text.as_bytes())?;
    }
    Ok(gzip.wait_with_output()?.stdout)
}

/// Reads the package as dpkg does.
fn inspect(package: &Path) -> Result<(), Failure> {
    let list = capture(Command::new("dpkg-deb").arg("--contents").arg(package))?;
    let info = capture(Command::new("dpkg-deb").arg("--info").arg(package))?;
    lacks(&list, &info).map_or(Ok(()), |what| {
        fail(format!("the package lacks {what}\n{list}\n{info}"))
    })
}

/// What a package lacks, going by what dpkg-deb says of it.
fn lacks(list: &str, info: &str) -> Option<&'static str> {
    const FILES: &[&str] = &[
        "./usr/bin/portolan-probe",
        "./usr/share/man/man1/portolan-probe.1.gz",
        "./usr/share/bash-completion/completions/portolan-probe",
        "./usr/share/zsh/vendor-completions/_portolan-probe",
        "./usr/share/fish/vendor_completions.d/portolan-probe.fish",
        "./usr/share/doc/portolan-probe/copyright",
    ];
    let has = |file: &str| {
        list.lines()
            .any(|it| it.ends_with(file) && it.contains("root/root"))
    };
    if let Some(file) = FILES.iter().copied().find(|it| !has(it)) {
        return Some(file);
    }
    let is_program = |it: &str| it.starts_with("-rwxr-xr-x") && it.ends_with("/bin/portolan-probe");
    if !list.lines().any(is_program) {
        return Some("a program that may be run");
    }
    let has = |field: &str| info.lines().any(|it| it.trim().starts_with(field));
    [
        "Package: portolan-probe",
        "Version: ",
        "Architecture: amd64",
        "Description: ",
    ]
    .into_iter()
    .find(|it| !has(it))
}

/// For Windows, where Debian's tools are there; nobody runs it here.
fn windows(project: &Project, dist: &Path) -> Result<(), Failure> {
    if version(&mut Command::new("x86_64-w64-mingw32-gcc")).is_none() {
        println!(
            "no build for Windows: apt-get install gcc-mingw-w64-x86-64, rustup target add {WINDOWS}"
        );
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

    /// A package of a program that answers as the real one does, packed and inspected by dpkg-deb.
    #[test]
    fn a_package_holds_what_it_should() {
        if version(&mut Command::new("dpkg-deb")).is_none() {
            return;
        }
        let dist = std::env::temp_dir().join(format!("portolan-package-{}", std::process::id()));
        let _ = fs::remove_dir_all(&dist);
        let script =
            b"#!/bin/sh\ncase $1 in --version) echo portolan-probe 1.2.3;; *) echo text;; esac\n";
        put(&dist, "portolan-probe", script, 0o755).unwrap();
        let package = package(&Project::here(), &dist, &dist.join("portolan-probe")).unwrap();
        assert!(package.ends_with("portolan-probe_1.2.3_amd64.deb"));
        inspect(&package).unwrap();
        let list = capture(Command::new("dpkg-deb").arg("--contents").arg(&package)).unwrap();
        let info = capture(Command::new("dpkg-deb").arg("--info").arg(&package)).unwrap();
        assert_eq!(
            lacks(&list.replace("_portolan-probe", ""), &info),
            Some("./usr/share/zsh/vendor-completions/_portolan-probe")
        );
        assert_eq!(
            lacks(&list.replace("-rwxr-xr-x", "-rw-r--r--"), &info),
            Some("a program that may be run")
        );
        assert_eq!(
            lacks(&list, &info.replace("amd64", "all")),
            Some("Architecture: amd64")
        );
        fs::remove_dir_all(&dist).unwrap();
    }
}
