//! Which resolvers to ask.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::Path;

/// Where resolvers listen.
const PORT: u16 = 53;

/// So many of the system's are asked in turn (`MAXNS` of resolv.conf(5)).
const MAX_SYSTEM: usize = 3;

/// An address, with a port or without: `192.0.2.1`, `192.0.2.1:5353`, `2001:db8::1`, `[2001:db8::1]:5353`.
///
/// # Errors
///
/// It is none, in words.
pub fn named(text: &str) -> Result<SocketAddr, String> {
    let bare = text.strip_prefix('[').and_then(|it| it.strip_suffix(']'));
    let ip: Option<IpAddr> = bare.unwrap_or(text).parse().ok();
    ip.map(|ip| SocketAddr::new(ip, PORT))
        .or_else(|| text.parse().ok())
        .filter(|it| it.port() > 0)
        .ok_or_else(|| {
            format!("expected the address of a resolver, such as 192.0.2.1 or [2001:db8::1]:53, but found `{text}`")
        })
}

/// The resolvers of this machine (resolv.conf(5)); its own address where none is named, as the C library has it.
pub fn system() -> Vec<SocketAddr> {
    of_file(Path::new("/etc/resolv.conf"))
}

fn of_file(path: &Path) -> Vec<SocketAddr> {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let found = text.lines().filter_map(|line| {
        let mut words = line.split_ascii_whitespace();
        (words.next() == Some("nameserver")).then(|| words.next()?.parse().ok())?
    });
    let mut resolvers: Vec<SocketAddr> = found
        .take(MAX_SYSTEM)
        .map(|ip: IpAddr| SocketAddr::new(ip, PORT))
        .collect();
    if resolvers.is_empty() {
        resolvers.push(SocketAddr::new(Ipv4Addr::LOCALHOST.into(), PORT));
    }
    resolvers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_with_and_without_a_port() {
        for (text, address) in [
            ("192.0.2.1", "192.0.2.1:53"),
            ("192.0.2.1:5353", "192.0.2.1:5353"),
            ("2001:db8::1", "[2001:db8::1]:53"),
            ("[2001:db8::1]", "[2001:db8::1]:53"),
            ("[2001:db8::1]:5353", "[2001:db8::1]:5353"),
        ] {
            assert_eq!(named(text).map(|it| it.to_string()), Ok(address.to_owned()));
        }
        for text in [
            "",
            "dns.example",
            "192.0.2.1:0",
            "192.0.2.1:99999",
            "192.0.2.1:",
        ] {
            assert!(named(text).is_err(), "{text}");
        }
    }

    #[test]
    fn what_is_no_name_server_is_passed_over() {
        let path = std::env::temp_dir().join(format!("portolan-resolv-{}", std::process::id()));
        std::fs::write(
            &path,
            "# nameserver 192.0.2.9\nsearch example\nnameserver 192.0.2.1\nnameserver soon\n\tnameserver ::1 \nnameserver 192.0.2.3\nnameserver 192.0.2.4\n",
        )
        .unwrap();
        let found: Vec<String> = of_file(&path).iter().map(ToString::to_string).collect();
        std::fs::remove_file(&path).unwrap();
        assert_eq!(found, ["192.0.2.1:53", "[::1]:53", "192.0.2.3:53"]);
        assert_eq!(of_file(&path)[0].to_string(), "127.0.0.1:53");
    }
}
