//! A package of `portolan-probe` for Debian.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::project::Project;
use crate::shell::{Failure, capture, fail, version};

/// Packs the binary, its manual, its completions and its licences, and reads the package as dpkg does.
///
/// # Errors
///
/// A tool is missing, or the package lacks something.
pub(super) fn packed(project: &Project, dist: &Path, binary: &Path) -> Result<PathBuf, Failure> {
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
        &gzipped(&said(&["--man"])?)?,
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
    inspect(&package)?;
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
fn gzipped(text: &str) -> Result<Vec<u8>, Failure> {
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

#[cfg(test)]
mod tests {
    use super::*;

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
        let package = packed(&Project::here(), &dist, &dist.join("portolan-probe")).unwrap();
        assert!(package.ends_with("portolan-probe_1.2.3_amd64.deb"));
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
