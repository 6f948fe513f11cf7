//! Which resolvers to ask.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, ToSocketAddrs};

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
    address(bare.unwrap_or(text))
        .or_else(|| text.parse().ok())
        .filter(|it| it.port() > 0)
        .ok_or_else(|| {
            format!("expected the address of a resolver, such as 192.0.2.1 or [2001:db8::1]:53, but found `{text}`")
        })
}

/// The resolvers of this machine (resolv.conf(5)); its own address where none is named, as the C library has it.
///
/// # Errors
///
/// Which they are is not known, in words: this is no Unix, or none that is named can be read. To ask this machine then would be to
/// believe whoever listens there.
pub fn system() -> Result<Vec<SocketAddr>, String> {
    let text = std::fs::read_to_string("/etc/resolv.conf").ok();
    of_file(text.as_deref(), cfg!(unix))
}

fn of_file(text: Option<&str>, is_unix: bool) -> Result<Vec<SocketAddr>, String> {
    if text.is_none() && !is_unix {
        return Err(
            "which resolvers this system has is not known: name one with --resolver".into(),
        );
    }
    let lines = text.unwrap_or_default().lines();
    let named = lines.filter_map(|line| {
        let mut words = line.split_ascii_whitespace();
        (words.next() == Some("nameserver")).then(|| words.next())?
    });
    let named: Vec<&str> = named.collect();
    let Some(first) = named.first() else {
        return Ok(vec![SocketAddr::new(Ipv4Addr::LOCALHOST.into(), PORT)]);
    };
    let read = named.iter().filter_map(|it| address(it));
    let resolvers: Vec<SocketAddr> = read.take(MAX_SYSTEM).collect();
    if resolvers.is_empty() {
        return Err(format!(
            "expected an address as `nameserver` in /etc/resolv.conf, but found `{first}`: name a resolver with --resolver"
        ));
    }
    Ok(resolvers)
}

/// An address; one that is of a link alone has a scope behind it: `fe80::1%eth0` (RFC 4007, section 11).
fn address(text: &str) -> Option<SocketAddr> {
    let Some((bare, _)) = text.split_once('%') else {
        return Some(SocketAddr::new(text.parse().ok()?, PORT));
    };
    bare.parse::<Ipv6Addr>().ok()?;
    // The system knows its links by name. Of an address it asks nobody.
    (text, PORT).to_socket_addrs().ok()?.next()
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

    fn found(text: Option<&str>, is_unix: bool) -> Result<Vec<String>, String> {
        let found = of_file(text, is_unix)?;
        Ok(found.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn what_is_no_name_server_is_passed_over() {
        let text = "# nameserver 192.0.2.9\nsearch example\nnameserver 192.0.2.1\nnameserver soon\n\tnameserver ::1 \nnameserver 192.0.2.3\nnameserver 192.0.2.4\n";
        let wanted = ["192.0.2.1:53", "[::1]:53", "192.0.2.3:53"].map(str::to_owned);
        assert_eq!(found(Some(text), true), Ok(wanted.to_vec()));
        let own = Ok(vec!["127.0.0.1:53".to_owned()]);
        assert_eq!(found(None, true), own);
        assert_eq!(found(Some("search example\n"), true), own);
    }

    #[test]
    fn where_nobody_is_known_nobody_is_asked() {
        let why = found(None, false).unwrap_err();
        assert!(why.contains("name one with --resolver"), "{why}");
        let why = found(
            Some("nameserver soon\nnameserver fe80::1%no-such-link\n"),
            true,
        );
        let why = why.unwrap_err();
        assert!(
            why.contains("`soon`") && why.contains("--resolver"),
            "{why}"
        );
    }

    #[test]
    fn an_address_of_a_link_has_a_scope() {
        let lines = "nameserver fe80::1%1\nnameserver 192.0.2.1\n";
        let wanted = ["[fe80::1%1]:53", "192.0.2.1:53"].map(str::to_owned);
        assert_eq!(found(Some(lines), true), Ok(wanted.to_vec()));
        assert_eq!(named("fe80::1%1").unwrap().to_string(), "[fe80::1%1]:53");
        assert!(named("name%1").is_err() && named("192.0.2.1%1").is_err());
    }

    /// The first link has this name wherever Linux runs.
    #[cfg(target_os = "linux")]
    #[test]
    fn a_scope_is_a_link_by_its_name() {
        assert_eq!(named("[fe80::1%lo]").unwrap().to_string(), "[fe80::1%1]:53");
    }
}
