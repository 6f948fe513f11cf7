//! Four mail servers on one machine, each at a host of a network of its own, and what a client there sees of them.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "what is missing fails the test"
)]

mod client;

use std::io::ErrorKind;
use std::net::{IpAddr, SocketAddr, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use client::Session;
use portolan_rogue::ca::{Authority, Identity, Leaf, Validity};
use portolan_servers::{Host, Kind, Network, Server, Settings, User};
use rustls::pki_types::CertificateDer;

const DOMAIN: &str = "test.example";
const NAME: &str = "mail.test.example";
const USERS: &[User<'static>] = &[
    User {
        name: "anna",
        password: "secret-of-anna",
    },
    User {
        name: "ben",
        password: "secret-of-ben",
    },
];

fn authority() -> (Authority, Identity) {
    let validity = Validity::years(2020, 2040);
    let root = Authority::root("Test authority", validity).unwrap();
    let leaf = Leaf {
        names: &[NAME],
        validity,
        is_authority: false,
    };
    let identity = root.leaf(&leaf).unwrap();
    (root, identity)
}

fn start(kind: Kind, host: &Host, identity: &Identity) -> Server {
    let settings = Settings {
        name: NAME,
        domain: DOMAIN,
        users: USERS,
        chain_pem: &identity.chain_pem,
        key_pem: &identity.key_pem,
        flaw: None,
    };
    Server::start(kind, host, &settings).unwrap()
}

/// The words behind a keyword of EHLO's answer; `None` where it is not offered.
fn offered(reply: &str, keyword: &str) -> Option<String> {
    reply
        .lines()
        .filter_map(|line| line.get(4..))
        .find(|line| line.split(' ').next() == Some(keyword))
        .map(str::to_owned)
}

#[test]
#[ignore = "mail servers: needs root on Debian 12; cargo xtask test runs it"]
fn mail_servers_answer_side_by_side() {
    let network = Network::new().unwrap();
    let (root, identity) = authority();
    let running: Vec<(Host, Server)> = Kind::ALL
        .into_iter()
        .map(|kind| {
            let host = network.host(kind.id()).unwrap();
            let server = start(kind, &host, &identity);
            (host, server)
        })
        .collect();
    // All at once, so that none answers for another.
    for (host, server) in &running {
        let kind = server.kind();
        let look = || {
            relays_only_what_is_its_own(kind, host.v4(), root.certificate());
            if kind != Kind::Sendmail {
                takes_mail_of_users(kind, host.v4(), root.certificate());
                takes_mail_of_users_with_tls_first(kind, host.v6(), root.certificate());
            }
        };
        network.client().inside(look).unwrap();
        let mut missing = vec!["From anybody", "From a user", "From a user by 465"];
        missing.truncate(if kind == Kind::Sendmail { 1 } else { 3 });
        let end = Instant::now() + Duration::from_secs(10);
        while !missing.is_empty() && Instant::now() < end {
            let received = server.received().unwrap();
            missing.retain(|subject| !received.contains(&format!("Subject: {subject}\n")));
            thread::sleep(Duration::from_millis(50));
        }
        let log = server.log().unwrap();
        assert!(
            missing.is_empty(),
            "{kind}: not received: {missing:?}\n{log}"
        );
    }
}

/// Port 25: anybody may write to the domain, in the clear and behind TLS, and to nobody else.
fn relays_only_what_is_its_own(kind: Kind, address: IpAddr, root: &CertificateDer<'static>) {
    let mut session = Session::clear(address, 25, NAME, root).unwrap();
    let offer = session.ehlo().unwrap();
    assert!(offered(&offer, "STARTTLS").is_some(), "{kind}: {offer}");
    assert_eq!(offered(&offer, "AUTH"), None, "{kind}");
    session
        .say("MAIL FROM:<someone@client.example>", "250")
        .unwrap();
    let other = session.say("RCPT TO:<someone@other.example>", "5").unwrap();
    assert!(!other.starts_with("503"), "{kind}: {other}");
    // Most say 550; OpenSMTPD says 524, and calls it a mailing list.
    let unknown = session.say("RCPT TO:<stranger@test.example>", "5").unwrap();
    assert_ne!(unknown, other, "{kind}");
    assert!(!unknown.starts_with("503"), "{kind}: {unknown}");
    session.say("RCPT TO:<ben@test.example>", "25").unwrap();
    session.say("RSET", "250").unwrap();
    session.starttls().unwrap();
    let offer = session.ehlo().unwrap();
    assert_eq!(offered(&offer, "STARTTLS"), None, "{kind}");
    assert_eq!(offered(&offer, "AUTH"), None, "{kind}: AUTH on port 25");
    session
        .send("someone@client.example", "ben@test.example", "From anybody")
        .unwrap();
}

/// Port 587: users sign in, behind TLS only, with the right password only.
fn takes_mail_of_users(kind: Kind, address: IpAddr, root: &CertificateDer<'static>) {
    let mut session = Session::clear(address, 587, NAME, root).unwrap();
    let offer = session.ehlo().unwrap();
    assert!(offered(&offer, "STARTTLS").is_some(), "{kind}: {offer}");
    assert_eq!(offered(&offer, "AUTH"), None, "{kind}: AUTH before TLS");
    let early = session
        .plain("anna@test.example", "secret-of-anna", "5")
        .unwrap();
    assert!(!early.starts_with("535"), "{kind}: {early}");
    session.starttls().unwrap();
    let offer = session.ehlo().unwrap();
    let mechanisms = offered(&offer, "AUTH").unwrap();
    for mechanism in ["PLAIN", "LOGIN"] {
        assert!(mechanisms.contains(mechanism), "{kind}: {mechanisms}");
    }
    let has_challenge = mechanisms.contains("CRAM-MD5");
    assert_eq!(
        has_challenge,
        matches!(kind, Kind::Exim | Kind::Postfix),
        "{kind}"
    );
    session
        .plain("anna@test.example", "secret-of-ben", "535")
        .unwrap();
    session.login("anna@test.example", "wrong", "535").unwrap();
    // Nobody writes from here who has not signed in; some say so at MAIL, some at RCPT.
    let mail = session.say("MAIL FROM:<anna@test.example>", "").unwrap();
    if mail.starts_with("250") {
        session.say("RCPT TO:<ben@test.example>", "5").unwrap();
        session.say("RSET", "250").unwrap();
    } else {
        assert!(mail.starts_with('5'), "{kind}: {mail}");
    }
    session
        .login("anna@test.example", "secret-of-anna", "235")
        .unwrap();
    session
        .send("anna@test.example", "ben@test.example", "From a user")
        .unwrap();
}

/// Port 465: the same with TLS from the first byte.
fn takes_mail_of_users_with_tls_first(kind: Kind, address: IpAddr, root: &CertificateDer<'static>) {
    let mut session = Session::implicit(address, 465, NAME, root).unwrap();
    let offer = session.ehlo().unwrap();
    assert!(offered(&offer, "AUTH").is_some(), "{kind}: {offer}");
    session.plain("ben@test.example", "wrong", "535").unwrap();
    session
        .plain("ben@test.example", "secret-of-ben", "235")
        .unwrap();
    session
        .send(
            "ben@test.example",
            "anna@test.example",
            "From a user by 465",
        )
        .unwrap();
}

/// How long a client waits before it calls it a time-out. Linux hears of a closed way of version 6 with its second try,
/// after a second: on a cable without delay the answer to the first arrives while the socket is still in use.
const SHORT: Duration = Duration::from_secs(3);

/// The network interfaces that this thread sees, by name.
fn interfaces() -> Vec<String> {
    let table = std::fs::read_to_string("/proc/thread-self/net/dev").unwrap();
    let rows = table.lines().filter_map(|row| row.split_once(':'));
    rows.map(|(name, _)| name.trim().to_owned()).collect()
}

fn connect(address: IpAddr, port: u16) -> Result<(), ErrorKind> {
    TcpStream::connect_timeout(&SocketAddr::new(address, port), SHORT)
        .map(drop)
        .map_err(|why| why.kind())
}

#[test]
#[ignore = "mail servers: needs root on Debian 12; cargo xtask test runs it"]
fn mail_servers_behind_rules_are_seen_as_the_rules_have_it() {
    let before = interfaces();
    let network = Network::new().unwrap();
    let (root, identity) = authority();
    let (near, far) = (network.host("near").unwrap(), network.host("far").unwrap());
    let server = start(Kind::Exim, &near, &identity);
    let _other = start(Kind::Opensmtpd, &far, &identity);
    let see = |host: &Host, port: u16| {
        let addresses = [host.v4(), host.v6()];
        let look = || addresses.map(|address| connect(address, port));
        network.client().inside(look).unwrap()
    };
    for port in [25, 465, 587] {
        assert_eq!(see(&near, port), [Ok(()); 2], "{port}");
    }
    assert_eq!(see(&near, 26), [Err(ErrorKind::ConnectionRefused); 2]);

    let rules = [
        "input tcp dport 25 drop",
        "input tcp dport 465 reject with icmpx type admin-prohibited",
        "input tcp dport 587 reject with tcp reset",
    ];
    network.rules(&near, &rules).unwrap();
    assert_eq!(see(&near, 25), [Err(ErrorKind::TimedOut); 2]);
    assert_eq!(see(&near, 587), [Err(ErrorKind::ConnectionRefused); 2]);
    let prohibited = see(&near, 465);
    assert_eq!(prohibited[0], Err(ErrorKind::HostUnreachable));
    // Linux has a refusal of its own for version 6 (RFC 4443, section 3.1, code 1): EACCES.
    assert_eq!(prohibited[1], Err(ErrorKind::PermissionDenied));
    // Rules are a host's own.
    for port in [25, 465, 587] {
        assert_eq!(see(&far, port), [Ok(()); 2], "{port}");
    }

    // Whoever means port 2525 arrives at 25, and sees the server that is there.
    network
        .rules(&near, &["prerouting tcp dport 2525 redirect to :25"])
        .unwrap();
    assert_eq!(see(&near, 25), [Ok(()); 2]);
    let greet = || Session::clear(near.v4(), 2525, NAME, root.certificate())?.ehlo();
    let greeting = network.client().inside(greet).unwrap().unwrap();
    assert!(offered(&greeting, "STARTTLS").is_some(), "{greeting}");

    // And nobody of the machine outside sees any of it.
    assert_eq!(interfaces(), before);
    drop(server);
    assert_eq!(see(&near, 25), [Err(ErrorKind::ConnectionRefused); 2]);
}

#[test]
#[ignore = "mail servers: needs root on Debian 12; cargo xtask test runs it"]
fn mail_servers_of_a_test_that_panics_end() {
    let network = Network::new().unwrap();
    let (_, identity) = authority();
    let host = network.host("exim").unwrap();
    let client = network.client();
    let panicked = thread::scope(|scope| {
        scope
            .spawn(|| {
                let _server = start(Kind::Exim, &host, &identity);
                let seen = client.inside(|| connect(host.v4(), 25)).unwrap();
                assert_eq!(seen, Err(ErrorKind::NotFound), "wrong on purpose");
            })
            .join()
    });
    assert!(panicked.is_err());
    let seen = client.inside(|| connect(host.v4(), 25)).unwrap();
    assert_eq!(seen, Err(ErrorKind::ConnectionRefused));
}
