//! The resolver that a site is built with: an address of DNS over HTTPS (RFC 8484). The hook (`xtask/site`) reads this file, too.

use std::net::Ipv4Addr;

/// The variable that holds it; `--doh` sets it.
pub(crate) const DOH: &str = "PORTOLAN_DOH";

/// A service of DNS over HTTPS.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Doh {
    /// Its address: `https://dns.example.net/dns-query`.
    pub(crate) url: String,
    /// What the page's policy has to allow: `https://dns.example.net`.
    pub(crate) origin: String,
}

impl Doh {
    /// Reads an address; nothing is none. `place` says where it stands.
    ///
    /// # Errors
    ///
    /// What is wrong with it, and how to mend that.
    pub(crate) fn read(place: &str, given: Option<&str>) -> Result<Option<Self>, String> {
        const LONGEST: usize = 200;
        let Some(given) = given.filter(|it| !it.is_empty()) else {
            return Ok(None);
        };
        let refuse = |why: &str| {
            Err(format!(
                "{place}: expected an address of DNS over HTTPS such as https://dns.example.net/dns-query, but found `{given}`: {why}"
            ))
        };
        if given.contains(['?', '#', '{']) {
            return refuse("leave out what begins with {, ? or #; the page adds the question");
        }
        let Some((scheme, rest)) = given.split_once("://") else {
            return refuse("begin it with https://");
        };
        let Some((host, path)) = rest.split_once('/') else {
            return refuse("add its path, which is often /dns-query");
        };
        let (name, port) = match host.split_once(':') {
            Some((name, port)) => (name, Some(port)),
            None => (host, None),
        };
        let is_port = |it: &str| {
            it.parse::<u16>().is_ok_and(|it| it > 0) && it.bytes().all(|it| it.is_ascii_digit())
        };
        let is_label = |it: &str| {
            !it.is_empty()
                && it
                    .bytes()
                    .all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'-')
        };
        if !name.split('.').all(is_label) || !port.is_none_or(is_port) {
            return refuse(
                "its host is a name in lower case or an IPv4 address, with or without a port: a policy (CSP) names no other",
            );
        }
        let is_of_path = |it: u8| it.is_ascii_alphanumeric() || b"/-._~%".contains(&it);
        if !path.bytes().all(is_of_path) || given.len() > LONGEST {
            return refuse(
                "its path has letters, digits and / - . _ ~ % alone, and all of it at most 200 bytes",
            );
        }
        let is_here =
            name == "localhost" || name.parse().is_ok_and(|it: Ipv4Addr| it.is_loopback());
        match scheme {
            "https" => {}
            "http" if is_here => {}
            "http" => {
                return refuse(
                    "take https; without it only a resolver on this machine may be asked",
                );
            }
            _ => return refuse("begin it with https://"),
        }
        Ok(Some(Self {
            url: given.to_owned(),
            origin: format!("{scheme}://{host}"),
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::Doh;

    #[test]
    fn an_address_and_its_origin() {
        for (url, origin) in [
            (
                "https://dns.example.net/dns-query",
                "https://dns.example.net",
            ),
            (
                "https://dns.example.net:8443/",
                "https://dns.example.net:8443",
            ),
            ("https://192.0.2.1/a/b_c~d%20", "https://192.0.2.1"),
            ("http://127.0.0.1:8053/dns-query", "http://127.0.0.1:8053"),
            ("http://localhost/dns-query", "http://localhost"),
        ] {
            let read = Doh::read("--doh", Some(url)).unwrap().unwrap();
            assert_eq!((read.url.as_str(), read.origin.as_str()), (url, origin));
        }
        assert_eq!(Doh::read("--doh", None), Ok(None));
        assert_eq!(Doh::read("--doh", Some("")), Ok(None));
    }

    #[test]
    fn what_is_none_is_refused_with_the_place_and_the_mend() {
        for (url, mend) in [
            ("http://dns.example.net/dns-query", "take https"),
            ("http://127.0.0.1.example.net/", "take https"),
            ("http://128.0.0.1/", "take https"),
            ("dns.example.net", "begin it with https"),
            ("ftp://dns.example.net/", "begin it with https"),
            ("https://dns.example.net", "add its path"),
            ("https:///dns-query", "its host"),
            ("https://dns.example.net/dns-query{?dns}", "leave out"),
            ("https://dns.example.net/?a=b", "leave out"),
            ("https://user@dns.example.net/", "its host"),
            ("https://dns.example.net; script-src */", "its host"),
            ("https://*/dns-query", "its host"),
            ("https://[::1]/dns-query", "its host"),
            ("https://dns.example.net:99999/", "its host"),
            ("https://dns.example.net:/", "its host"),
            ("https://dns.example.net/\"><script>", "its path"),
            ("https://dns.example.net/a; b", "its path"),
        ] {
            let why = Doh::read("--doh", Some(url)).unwrap_err();
            assert!(
                why.starts_with("--doh: ") && why.contains(mend),
                "{url}: {why}"
            );
        }
        let long = format!("https://dns.example.net/{}", "a".repeat(200));
        assert!(Doh::read("--doh", Some(&long)).is_err());
    }
}
