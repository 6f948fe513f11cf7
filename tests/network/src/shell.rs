//! A shell in namespaces of its own: mounts, processes, a host name and, where it is asked for, a network that nobody else
//! sees.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::error::{Error, tried};

/// A shell in namespaces of its own. Dropped, or when this process ends in whatever way, everything in it ends.
#[derive(Debug)]
pub struct Shell {
    child: Child,
    inner: Mutex<Inner>,
}

#[derive(Debug)]
struct Inner {
    /// The script that the shell reads; its end is the shell's.
    stdin: Option<ChildStdin>,
    lines: Receiver<String>,
}

/// Which network a shell sees.
#[derive(Clone, Copy, Debug)]
pub enum Net<'a> {
    /// That of a host of a network.
    Of(&'a Path),
    /// An empty one of its own.
    Own,
    /// The machine's, for whoever talks to a server on loopback.
    Shared,
}

/// What a script said.
#[derive(Clone, Debug)]
pub struct Output {
    /// Standard output and standard error in one.
    pub text: String,
    /// Whether its status was 0.
    pub is_success: bool,
}

/// How long a script may take that should take no time.
const PATIENCE: Duration = Duration::from_secs(20);

impl Shell {
    /// Starts one: `enter` is a script with these arguments that has to end by becoming a shell.
    ///
    /// # Errors
    ///
    /// The system refuses a namespace.
    pub fn start(net: Net<'_>, enter: &str, arguments: &[&Path]) -> Result<Self, Error> {
        let mut command = match net {
            Net::Of(path) => {
                let mut command = Command::new("nsenter");
                command
                    .arg(format!("--net={}", path.display()))
                    .arg("unshare");
                command
            }
            Net::Own | Net::Shared => Command::new("unshare"),
        };
        if matches!(net, Net::Own) {
            command.arg("--net");
        }
        command.args([
            "--mount",
            "--pid",
            "--uts",
            "--ipc",
            "--fork",
            "--kill-child",
        ]);
        command.args(["sh", "-c", enter, "shell"]).args(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        command.stderr(Stdio::inherit());
        let mut child = command.spawn().map_err(tried("starting unshare"))?;
        let (sender, lines) = channel();
        if let Some(out) = child.stdout.take() {
            thread::spawn(move || {
                let mut out = BufReader::new(out);
                let mut line = Vec::new();
                while out
                    .read_until(b'\n', &mut line)
                    .is_ok_and(|count| count > 0)
                {
                    if sender
                        .send(String::from_utf8_lossy(&line).into_owned())
                        .is_err()
                    {
                        return;
                    }
                    line.clear();
                }
            });
        }
        let stdin = child.stdin.take();
        Ok(Self {
            child,
            inner: Mutex::new(Inner { stdin, lines }),
        })
    }

    /// The process that holds the namespaces, as a folder of `/proc`.
    pub fn process(&self) -> String {
        format!("/proc/{}", self.child.id())
    }

    /// Has the shell carry out a script, with nothing to read, and waits for its end.
    ///
    /// # Errors
    ///
    /// The shell is gone, or the script takes longer than `patience`.
    pub fn run(&self, script: &str, patience: Duration) -> Result<Output, Error> {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        let mark = format!("--done-{}--", NUMBER.fetch_add(1, Ordering::Relaxed));
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        let gone = || Error::Program("a shell".to_owned(), "it is gone".to_owned());
        // A line feed of its own, since not everything that is printed ends with one.
        let text = format!("(\n{script}\n) </dev/null 2>&1; printf '\\n{mark} %s\\n' $?\n");
        let stdin = inner.stdin.as_mut().ok_or_else(gone)?;
        stdin
            .write_all(text.as_bytes())
            .and_then(|()| stdin.flush())
            .map_err(|_| gone())?;
        let end = Instant::now() + patience;
        let mut said = String::new();
        loop {
            let left = end.saturating_duration_since(Instant::now());
            match inner.lines.recv_timeout(left) {
                Ok(line) => {
                    let Some(status) = line.strip_prefix(&mark) else {
                        said.push_str(&line);
                        continue;
                    };
                    let text = said.strip_suffix('\n').unwrap_or(&said).to_owned();
                    let is_success = status.trim() == "0";
                    return Ok(Output { text, is_success });
                }
                Err(RecvTimeoutError::Disconnected) => return Err(gone()),
                Err(RecvTimeoutError::Timeout) => {
                    let mut lines = script.lines().filter(|line| *line != "set -e");
                    return Err(Error::Program(
                        lines.next().unwrap_or_default().to_owned(),
                        format!("no end after {} s: {said}", patience.as_secs()),
                    ));
                }
            }
        }
    }

    /// The same for a script that has to succeed.
    ///
    /// # Errors
    ///
    /// As [`Shell::run`], or the script's status is not 0.
    pub fn must(&self, script: &str) -> Result<String, Error> {
        let output = self.run(&format!("set -e\n{script}"), PATIENCE)?;
        if output.is_success {
            return Ok(output.text);
        }
        let what = script.lines().next().unwrap_or_default().to_owned();
        Err(Error::Program(what, output.text))
    }

    /// Writes a file, with the folders above it.
    ///
    /// # Errors
    ///
    /// As [`Shell::must`].
    pub fn put(&self, path: &str, text: &str) -> Result<(), Error> {
        let text = text.strip_suffix('\n').unwrap_or(text);
        self.must(&format!(
            "mkdir -p \"$(dirname {path})\"; cat >{path} <<'--end of file--'\n{text}\n--end of file--"
        ))?;
        Ok(())
    }
}

impl Drop for Shell {
    fn drop(&mut self) {
        let inner = self.inner.get_mut().unwrap_or_else(PoisonError::into_inner);
        // The shell's script ends, so it ends, and the kernel ends whatever else is in its namespace of processes.
        drop(inner.stdin.take());
        let end = Instant::now() + Duration::from_secs(1);
        while Instant::now() < end {
            if let Ok(Some(_)) = self.child.try_wait() {
                return;
            }
            thread::sleep(Duration::from_millis(10));
        }
        // It was busy: what holds the namespace ends it.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
