//! `portolan-probe` looks at real mail servers: what it says of them is so, and what it says behind rules is what they did.
#![expect(clippy::unwrap_used, reason = "what is missing fails the test")]

use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use portolan_check::{Assessment, Level, PortState, assess};
use portolan_probe::probe::{Asking, Errands, Secret, SignIn, Trust, Who, check};
use portolan_report::probe::{AskedHost, AskedPort, Families, Opening, Target, TargetKind};
use portolan_rogue::ca::{Authority, Leaf, Validity};
use portolan_servers::{Host, Kind, Network, Rule, Server, Settings, User};

const NAME: &str = "mail.test.example";
const USERS: &[User<'static>] = &[User {
    name: "anna",
    password: "secret-of-anna",
}];
/// Those that offer a sign-in on 465 and 587.
const KINDS: [Kind; 3] = [Kind::Exim, Kind::Opensmtpd, Kind::Postfix];

/// Looks at a host's three ports from beside it.
fn look(network: &Network, address: IpAddr, roots: &Path, sign_in: Option<&str>) -> Assessment {
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
            sign_in: sign_in.map(|secret| SignIn {
                user: "anna@test.example".to_owned(),
                secret: Secret::new(secret),
                mechanism: None,
            }),
            ..Errands::default()
        },
    };
    let report = network.client().inside(|| check(asking)).unwrap().unwrap();
    assess(&report)
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
    let validity = Validity::years(2020, 2040);
    let root = Authority::root("Test authority", validity).unwrap();
    let leaf = Leaf {
        names: &[NAME],
        validity,
        is_authority: false,
    };
    let identity = root.leaf(&leaf).unwrap();
    let roots = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("probe-roots.pem");
    std::fs::write(&roots, root.pem()).unwrap();
    let others = Authority::root("Someone else's", validity).unwrap();
    let foreign = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("probe-foreign.pem");
    std::fs::write(&foreign, others.pem()).unwrap();
    let settings = Settings {
        name: NAME,
        domain: "test.example",
        users: USERS,
        chain_pem: &identity.chain_pem,
        key_pem: &identity.key_pem,
        flaw: None,
    };
    let running: Vec<(Host, Server)> = KINDS
        .into_iter()
        .map(|kind| {
            let host = network.host(kind.id()).unwrap();
            let server = Server::start(kind, &host, &settings).unwrap();
            (host, server)
        })
        .collect();
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
    let rules = [Rule::Drop(25), Rule::Reject(587), Rule::Prohibit(465)];
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
