//! A cell: a shell in a root of its own, with mounts, processes and a host name that nobody else sees.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::error::{Error, tried};
use crate::root::Root;

/// A shell in a root of its own. Dropped, or when this process ends in whatever way, everything in it ends.
#[derive(Debug)]
pub struct Cell {
    child: Child,
    inner: Mutex<Inner>,
    mount: PathBuf,
}

#[derive(Debug)]
struct Inner {
    /// The script that the shell reads; its end is the cell's.
    stdin: Option<ChildStdin>,
    lines: Receiver<String>,
}

/// Which network a cell sees.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Net<'a> {
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

/// Makes the root: unpacked files below, memory above, and no device but these. The mount point serves every cell at
/// once, since each mounts in a namespace of its own.
const ENTER: &str = r#"set -e
mount -t tmpfs -o mode=755 cell "$1"
mkdir "$1/upper" "$1/work" "$1/all"
mount -t overlay -o "lowerdir=$2,upperdir=$1/upper,workdir=$1/work" cell "$1/all"
cd "$1/all"
mount -t proc proc proc
mount -t sysfs sysfs sys || true
mount -t tmpfs -o mode=755 cell dev
for it in full null random tty urandom zero; do : >"dev/$it"; mount --bind "/dev/$it" "dev/$it"; done
ln -s /proc/self/fd dev/fd
printf %s "$3" >/proc/sys/kernel/hostname
exec env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 TZ=UTC HOME=/root \
  chroot "$1/all" /bin/sh"#;

impl Cell {
    /// Enters a root under this host name.
    ///
    /// # Errors
    ///
    /// The system refuses a namespace or a mount.
    pub(crate) fn start(root: &Root, name: &str, net: Net<'_>) -> Result<Self, Error> {
        let place = root.folder().with_extension("mount");
        std::fs::create_dir_all(&place).map_err(tried("making a mount point"))?;
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
        command.args(["sh", "-c", ENTER, "cell"]);
        command.arg(&place).arg(root.folder()).arg(name);
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
        let cell = Self {
            child,
            inner: Mutex::new(Inner { stdin, lines }),
            mount: place.join("all"),
        };
        cell.must(&format!(
            "printf '127.0.0.1 localhost\\n127.0.1.1 {name}\\n' >/etc/hosts; echo {name} >/etc/hostname"
        ))?;
        Ok(cell)
    }

    /// The folder that is `/` in here, as the rest of the machine can open it. A link in there that begins with `/`
    /// leads out of it.
    pub(crate) fn outside(&self) -> PathBuf {
        let own = format!("/proc/{}/root", self.child.id());
        Path::new(&own).join(self.mount.strip_prefix("/").unwrap_or(&self.mount))
    }

    /// The network that the cell sees, as the rest of the machine can open it.
    pub(crate) fn net(&self) -> PathBuf {
        PathBuf::from(format!("/proc/{}/ns/net", self.child.id()))
    }

    /// Has the shell carry out a script, with nothing to read, and waits for its end.
    ///
    /// # Errors
    ///
    /// The cell is gone, or the script takes longer than `patience`.
    pub fn run(&self, script: &str, patience: Duration) -> Result<Output, Error> {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        let mark = format!("--done-{}--", NUMBER.fetch_add(1, Ordering::Relaxed));
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        let gone = || Error::Program("a cell".to_owned(), "its shell is gone".to_owned());
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
    /// As [`Cell::run`], or the script's status is not 0.
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
    /// As [`Cell::must`].
    pub fn put(&self, path: &str, text: &str) -> Result<(), Error> {
        let text = text.strip_suffix('\n').unwrap_or(text);
        self.must(&format!(
            "mkdir -p \"$(dirname {path})\"; cat >{path} <<'--end of file--'\n{text}\n--end of file--"
        ))?;
        Ok(())
    }

    /// Starts a collector of logs, which writes `/var/log/mail.log` as Debian has it.
    pub(crate) fn log(&self) -> Result<(), Error> {
        self.must(
            "rsyslogd -n -f /etc/rsyslog.conf -i /run/rsyslogd.pid >/dev/null 2>&1 &\n\
             for it in $(seq 100); do [ -S /dev/log ] && exit 0; sleep 0.05; done; exit 1",
        )?;
        Ok(())
    }
}

impl Drop for Cell {
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
