//! `portolan-probe` looks at real mail servers: what it says of them is so, and what it says behind rules is what they did.
#![expect(clippy::unwrap_used, reason = "what is missing fails the test")]

use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use hmac::{Hmac, Mac};
use portolan_check::{Assessment, Level, PortState, assess};
use portolan_probe::probe::{Asking, Errands, Secret, SignIn, Trust, Until, Who, check};
use portolan_report::probe::{
    AskedHost, AskedPort, Families, Opening, Outcome, ProbeReport, Stage, Target, TargetKind,
};
use portolan_rogue::ca::{Authority, Leaf, Validity};
use portolan_servers::{Host, Kind, Network, Server, Settings, TOKEN_KEY, User};
use portolan_wire::write_report;
use sha2::Sha256;

const NAME: &str = "mail.test.example";
const USERS: &[User<'static>] = &[User {
    name: "anna",
    password: "secret-of-anna",
}];
const USER: &str = "anna@test.example";
/// Those that offer a sign-in on 465 and 587.
const KINDS: [Kind; 3] = [Kind::Exim, Kind::Opensmtpd, Kind::Postfix];

/// How to sign in: the secret, and the mechanism where it is not the best that is offered.
type Key<'a> = (&'a str, Option<&'a str>);

/// Looks at a host's three ports from beside it.
fn report(network: &Network, address: IpAddr, roots: &Path, key: Option<Key<'_>>) -> ProbeReport {
    let port = |port, opening| AskedPort {
        port,
        opening,
        is_named: true,
    };
    let name = address.to_string();
    let asking = Asking {
        target: Target {
            kind: TargetKind::Address,
            name: name.clone(),
        },
        who: Who::Hosts(vec![AskedHost {
            name,
            preference: None,
            ports: vec![
                port(25, Opening::Text),
                port(465, Opening::Tls),
                port(587, Opening::Text),
            ],
        }]),
        families: Families::Both,
        ehlo: "client.example".to_owned(),
        server_name: Some(NAME.to_owned()),
        trust: Trust::File(roots.to_path_buf()),
        resolver: None,
        step: Duration::from_secs(4),
        deadline: Duration::from_secs(40),
        pem: false,
        errands: Errands {
            sign_in: key.map(|(secret, mechanism)| SignIn {
                user: USER.to_owned(),
                secret: Secret::new(secret),
                mechanism: mechanism.map(str::to_owned),
            }),
            ..Errands::default()
        },
        until: Until::End,
    };
    network.client().inside(|| check(asking)).unwrap().unwrap()
}

fn look(network: &Network, address: IpAddr, roots: &Path, secret: Option<&str>) -> Assessment {
    let key = secret.map(|it| (it, None));
    assess(&report(network, address, roots, key))
}

/// An authority in a file, and a server of each of these kinds with a certificate of it.
fn start(network: &Network, kinds: &[Kind], file: &str) -> (PathBuf, Vec<(Host, Server)>) {
    let validity = Validity::years(2020, 2040);
    let root = Authority::root("Test authority", validity).unwrap();
    let leaf = Leaf {
        names: &[NAME],
        validity,
        is_authority: false,
    };
    let identity = root.leaf(&leaf).unwrap();
    let settings = Settings {
        name: NAME,
        domain: "test.example",
        users: USERS,
        chain_pem: &identity.chain_pem,
        key_pem: &identity.key_pem,
        flaw: None,
    };
    let running = kinds.iter().map(|kind| {
        let host = network.host(kind.id()).unwrap();
        let server = Server::start(*kind, &host, &settings).unwrap();
        (host, server)
    });
    let roots = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(file);
    std::fs::write(&roots, root.pem()).unwrap();
    (roots, running.collect())
}

fn states(assessment: &Assessment) -> Vec<(u16, PortState)> {
    let ports = assessment.ports.iter();
    ports.map(|it| (it.port, it.state)).collect()
}

fn told(assessment: &Assessment) -> String {
    let wrong = assessment.wrong().map(|it| it.sentence.as_str());
    format!(
        "{} | {}",
        assessment.verdict.sentence,
        wrong.collect::<Vec<_>>().join(" | ")
    )
}

#[test]
#[ignore = "mail servers: needs root on Debian 12; cargo xtask test runs it"]
fn mail_servers_are_told_for_what_they_are() {
    let network = Network::new().unwrap();
    let (roots, running) = start(&network, &KINDS, "probe-roots.pem");
    let others = Authority::root("Someone else's", Validity::years(2020, 2040)).unwrap();
    let foreign = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("probe-foreign.pem");
    std::fs::write(&foreign, others.pem()).unwrap();
    for (host, server) in &running {
        let kind = server.kind();
        for address in [host.v4(), host.v6()] {
            let seen = look(&network, address, &roots, Some("secret-of-anna"));
            let told = told(&seen);
            assert_eq!(
                seen.verdict.level,
                Level::Fine,
                "{kind} at {address}: {told}"
            );
            for (port, state) in states(&seen) {
                let works = matches!(state, PortState::Works(_));
                assert!(works, "{kind} at {address}, {port}: {state:?}: {told}");
            }
            assert!(told.contains("587"), "{kind}: {told}");
        }
        let seen = look(&network, host.v4(), &roots, Some("wrong"));
        let cause = seen.cause().map(|it| it.id);
        assert_eq!(
            cause,
            Some("auth.bad-credentials"),
            "{kind}: {}",
            told(&seen)
        );
        let seen = look(&network, host.v4(), &foreign, None);
        let cause = seen.cause().map(|it| it.id);
        assert_eq!(
            cause,
            Some("tls.certificate-untrusted"),
            "{kind}: {}",
            told(&seen)
        );
    }
    // Behind rules: dropped, reset and forbidden are three things.
    let (host, _) = &running[0];
    let rules = [
        "input tcp dport 25 drop",
        "input tcp dport 465 reject with icmpx type admin-prohibited",
        "input tcp dport 587 reject with tcp reset",
    ];
    network.rules(host, &rules).unwrap();
    let seen = look(&network, host.v4(), &roots, None);
    let wanted = [
        (25, PortState::Dropped),
        (465, PortState::Rejected),
        (587, PortState::Refused),
    ];
    assert_eq!(states(&seen), wanted, "{}", told(&seen));
    let (other, _) = &running[1];
    let seen = look(&network, other.v4(), &roots, None);
    assert_eq!(
        seen.verdict.level,
        Level::Fine,
        "rules are a host's own: {}",
        told(&seen)
    );
}

/// A token for a user (RFC 7519), signed by HMAC (RFC 7518, section 3.2), good until this second since 1970.
fn token(user: &str, until: u64) -> String {
    let part = |text: &str| BASE64_URL_SAFE_NO_PAD.encode(text);
    let said = [
        part(r#"{"alg":"HS256","typ":"JWT"}"#),
        part(&format!(
            r#"{{"sub":"{user}","iat":1577836800,"exp":{until}}}"#
        )),
    ]
    .join(".");
    let mut mac = Hmac::<Sha256>::new_from_slice(TOKEN_KEY.as_bytes()).unwrap();
    mac.update(said.as_bytes());
    let signature = BASE64_URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes());
    format!("{said}.{signature}")
}

/// What was said of AUTH on 465 and 587: the mechanism, and the code at its end.
fn signed_in(report: &ProbeReport) -> Vec<(String, u16)> {
    let visits = report.visits.iter();
    let steps = visits.map(|it| it.steps.iter().filter(|it| it.stage == Stage::Auth));
    let told = steps.filter_map(|mut steps| {
        let first = steps.next()?;
        let last = steps.next_back().unwrap_or(first);
        let Outcome::Reply { reply } = &last.outcome else {
            return Some((String::new(), 0));
        };
        let mechanism = first.sent.as_deref()?.split(' ').nth(1)?;
        Some((mechanism.to_owned(), reply.code))
    });
    told.collect()
}

#[test]
#[ignore = "mail servers: needs root on Debian 12; cargo xtask test runs it"]
fn mail_servers_let_users_in_by_every_mechanism() {
    const PASSWORD: &str = "secret-of-anna";
    const PASSWORDS: [&str; 3] = ["PLAIN", "LOGIN", "CRAM-MD5"];
    let network = Network::new().unwrap();
    let (roots, running) = start(&network, &KINDS, "sign-in-roots.pem");
    let (good, old) = (token(USER, 4_000_000_000), token(USER, 1_600_000_000));
    let of_another = token("ben@test.example", 4_000_000_000);
    for (host, server) in &running {
        let kind = server.kind();
        let mut tries: Vec<(&str, &str, bool)> = Vec::new();
        for mechanism in PASSWORDS {
            // OpenSMTPD knows passwords by their hashes alone, so that it cannot answer a challenge.
            if (kind, mechanism) != (Kind::Opensmtpd, "CRAM-MD5") {
                tries.extend([
                    (mechanism, PASSWORD, true),
                    (mechanism, "not-this-one", false),
                ]);
            }
        }
        if kind == Kind::Postfix {
            for mechanism in ["XOAUTH2", "OAUTHBEARER"] {
                tries.push((mechanism, &good, true));
                tries.extend([&old, &of_another].map(|it| (mechanism, it.as_str(), false)));
            }
        }
        for (mechanism, secret, is_right) in tries {
            let seen = report(&network, host.v4(), &roots, Some((secret, Some(mechanism))));
            let assessment = assess(&seen);
            let told = format!("{kind}, {mechanism}: {}", told(&assessment));
            let code = if is_right { 235 } else { 535 };
            let wanted = vec![(mechanism.to_owned(), code); 2];
            assert_eq!(signed_in(&seen), wanted, "{told}");
            let cause = assessment.cause().map(|it| it.id);
            let refused = if PASSWORDS.contains(&mechanism) {
                "auth.bad-credentials"
            } else {
                "auth.oauth-rejected"
            };
            let named = (!is_right).then_some(refused);
            assert_eq!(cause, named, "{told}");
            assert_eq!(assessment.verdict.level == Level::Fine, is_right, "{told}");
            // Whatever is shown is made of these two: neither the secret nor what was sent of it may be there.
            let all = format!("{seen:?} {assessment:?} {}", write_report(&seen));
            let encoded = [secret.to_owned(), format!("\0{USER}\0{secret}")];
            for part in encoded.iter().map(|it| BASE64_STANDARD.encode(it)) {
                assert!(!all.contains(&part), "{told}: shows {part}");
            }
            assert!(!all.contains(secret), "{told}: shows the secret");
        }
    }
}
