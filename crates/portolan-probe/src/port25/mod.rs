//! `portolan-probe port25`: is 25 blocked from here? The connections; what they mean, `portolan_check::port25` says.
//!
//! Nobody is contacted but hosts that the user names, or agrees to. Each connection waits for the greeting on 25, says QUIT
//! and leaves; on other ports it is closed as soon as it stands. All ends by its deadline, in bounded memory.

mod flags;
mod shown;

use std::io::{Read, Write};
use std::net::{IpAddr, SocketAddr, TcpStream, ToSocketAddrs};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

pub use flags::{Asking, FLAGS, Host, asking, suggested};
use portolan_check::port25::{Seen, Try};
use portolan_report::probe::{ConnectFault, printable};
pub use shown::{exit_code, shown};

/// Ports on which a host that takes mail may show that it is up.
const BESIDE: [u16; 3] = [587, 465, 443];

/// Addresses of a host that are tried.
const ADDRESSES: usize = 4;

/// Bytes of a greeting that are read.
const GREETING_BYTES: usize = 1_000;

/// Tries everything side by side; what has not ended by the deadline counts as not answered.
pub fn observe(asking: &Asking) -> Vec<Try> {
    let end = Instant::now() + asking.deadline;
    let (done, tries) = mpsc::channel();
    let mut missing = Vec::new();
    for host in &asking.hosts {
        let (done, host) = (done.clone(), host.clone());
        // Looking a name up may take longer than anybody waits, so that it is left behind then.
        thread::spawn(move || {
            let addresses = addresses(&host.name);
            let _ = done.send(Told::Addresses(host, addresses));
        });
    }
    let mut all = Vec::new();
    let mut open = asking.hosts.len();
    while open > 0 {
        let Ok(told) = tries.recv_timeout(end.saturating_duration_since(Instant::now())) else {
            break;
        };
        open -= 1;
        match told {
            Told::Addresses(host, addresses) => {
                for address in addresses {
                    for port in ports(&host) {
                        let seen = Seen::Failed(ConnectFault::TimedOut);
                        let it = Try {
                            host: host.name.clone(),
                            address,
                            port,
                            seen,
                        };
                        let (done, timeout) = (done.clone(), asking.timeout);
                        missing.push(it.clone());
                        open += 1;
                        thread::spawn(move || {
                            let seen = look(SocketAddr::new(address, port), timeout.min(left(end)));
                            let _ = done.send(Told::Seen(Try { seen, ..it }));
                        });
                    }
                }
            }
            Told::Seen(it) => all.push(it),
        }
    }
    for it in missing {
        let is_same =
            |seen: &Try| (&seen.host, seen.address, seen.port) == (&it.host, it.address, it.port);
        if !all.iter().any(is_same) {
            all.push(it);
        }
    }
    portolan_report::ordered::by_key(&mut all, |it| {
        let host = asking.hosts.iter().position(|host| host.name == it.host);
        (host, it.address, it.port)
    });
    all
}

enum Told {
    Addresses(Host, Vec<IpAddr>),
    Seen(Try),
}

/// Never nothing: a wait of no time is no wait, and the system refuses it.
fn left(end: Instant) -> Duration {
    end.saturating_duration_since(Instant::now())
        .max(Duration::from_millis(10))
}

/// 25, and ports that show that the host is up: those that were named, else the usual.
fn ports(host: &Host) -> Vec<u16> {
    let beside: &[u16] = if host.ports.is_empty() {
        &BESIDE
    } else {
        &host.ports
    };
    let mut ports = vec![25];
    ports.extend(beside.iter().filter(|it| **it != 25));
    ports
}

fn addresses(host: &str) -> Vec<IpAddr> {
    let found = (host, 25)
        .to_socket_addrs()
        .map_or_else(|_| Vec::new(), Iterator::collect);
    let mut addresses: Vec<IpAddr> = Vec::new();
    for address in found {
        if !addresses.contains(&address.ip()) && addresses.len() < ADDRESSES {
            addresses.push(address.ip());
        }
    }
    addresses
}

fn look(to: SocketAddr, timeout: Duration) -> Seen {
    let stream = match TcpStream::connect_timeout(&to, timeout) {
        Ok(stream) => stream,
        Err(error) => return Seen::Failed(fault(&error)),
    };
    if to.port() != 25 {
        return Seen::Connected;
    }
    greeting(stream, Instant::now() + timeout).unwrap_or(Seen::Connected)
}

/// The greeting, read up to its end so that QUIT does not come before its turn.
fn greeting(mut stream: TcpStream, end: Instant) -> Option<Seen> {
    let mut bytes: Vec<u8> = Vec::new();
    while !is_whole(&bytes) && bytes.len() < GREETING_BYTES && Instant::now() < end {
        stream.set_read_timeout(Some(left(end))).ok()?;
        let mut piece = [0; 256];
        match stream.read(&mut piece) {
            Ok(0) | Err(_) => break,
            Ok(count) => bytes.extend(piece.get(..count)?),
        }
    }
    if is_whole(&bytes) {
        stream
            .set_write_timeout(Some(Duration::from_secs(1)))
            .ok()?;
        let _ = stream.write_all(b"QUIT\r\n");
    }
    let line = bytes.split(|it| *it == b'\n').next()?.trim_ascii_end();
    let (code, rest) = line.split_at_checked(3)?;
    let code = std::str::from_utf8(code)
        .ok()?
        .parse()
        .ok()
        .filter(|it| (200..600).contains(it))?;
    let mut words = rest.get(1..).unwrap_or_default().split(|it| *it == b' ');
    Some(Seen::Greeted {
        code,
        name: printable(words.next().unwrap_or_default()),
    })
}

/// Whether the last line of a reply has come: a blank behind its code (RFC 5321, section 4.2.1).
fn is_whole(bytes: &[u8]) -> bool {
    let ended = bytes.ends_with(b"\n");
    let last = bytes.trim_ascii_end().rsplit(|it| *it == b'\n').next();
    ended && last.is_some_and(|it| it.len() >= 3 && it.get(3) != Some(&b'-'))
}

/// What the system says of a connection that was not made.
fn fault(error: &std::io::Error) -> ConnectFault {
    use std::io::ErrorKind as Kind;
    /// `EPERM` of Linux and macOS: the local firewall.
    const EPERM: i32 = 1;
    match (error.kind(), error.raw_os_error()) {
        (Kind::ConnectionRefused, _) => ConnectFault::Refused,
        (Kind::ConnectionReset, _) => ConnectFault::Reset,
        (Kind::TimedOut | Kind::WouldBlock, _) => ConnectFault::TimedOut,
        (Kind::HostUnreachable, _) => ConnectFault::HostUnreachable,
        (Kind::NetworkUnreachable | Kind::AddrNotAvailable, _) => ConnectFault::NetworkUnreachable,
        (Kind::PermissionDenied, code) if code == Some(EPERM) || cfg!(windows) => {
            ConnectFault::NotPermitted
        }
        (Kind::PermissionDenied, _) => ConnectFault::Forbidden,
        (_, code) => ConnectFault::Other {
            code,
            text: printable(error.to_string().as_bytes()),
        },
    }
}

#[cfg(test)]
mod tests;
