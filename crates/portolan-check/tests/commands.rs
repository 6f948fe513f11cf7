//! What the plain commands write, read by the analyzer: the right cause of each.
//!
//! The texts of `nc`, `dig`, `openssl`, `swaks` and `curl` were recorded on Debian 12 against the misbehaving server and
//! firewalls of a network namespace; those of macOS and of PowerShell (`mac-`, `win-`) follow what these systems are known
//! to write, and were not recorded.
#![expect(clippy::disallowed_methods, reason = "a test reads what was recorded")]

use std::collections::BTreeSet;
use std::path::PathBuf;

use portolan_smtp::analyze;

const TEXTS: &[(&str, &str)] = &[
    ("curl-auth", "auth.bad-credentials"),
    ("curl-expired", "tls.certificate-expired"),
    ("curl-no-starttls", "tls.starttls-unavailable"),
    ("curl-refused", "network.refused"),
    ("dig-nx", "recipient.domain-not-found"),
    ("dig-silent", "network.dns-failure"),
    ("mac-nc-dropped", "network.timeout"),
    ("mac-nc-refused", "network.refused"),
    ("nc-421", "server.busy"),
    ("nc-554", "policy.rejected"),
    ("nc-dropped", "network.timeout"),
    ("nc-refused", "network.refused"),
    ("nc-unknown", "network.dns-failure"),
    ("nc-unreachable", "network.unreachable"),
    ("nslookup-nx", "network.dns-failure"),
    ("openssl-expired", "tls.certificate-expired"),
    ("openssl-name", "tls.certificate-name-mismatch"),
    ("openssl-no-starttls", "tls.starttls-unavailable"),
    ("openssl-old", "tls.protocol-version"),
    ("openssl-plain", "tls.implicit-on-starttls-port"),
    ("swaks-auth", "auth.bad-credentials"),
    ("swaks-no-starttls", "tls.starttls-unavailable"),
    ("swaks-refused", "network.refused"),
    ("swaks-relay", "relay.denied"),
    ("swaks-starttls-refused", "tls.starttls-unavailable"),
    ("win-loop-dropped", "network.timeout"),
    ("win-loop-refused", "network.refused"),
    ("win-name", "network.dns-failure"),
    ("win-nslookup", "network.dns-failure"),
    ("win-resolve", "network.dns-failure"),
    ("win-ssl", "tls.certificate-name-mismatch"),
    ("win-tcp-dropped", "network.timeout"),
    ("win-tcp-refused", "network.refused"),
    ("win-test-dropped", "network.timeout"),
];

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/commands")
}

#[test]
fn the_analyzer_reads_what_the_commands_write() {
    for (name, cause) in TEXTS {
        let text = std::fs::read(folder().join(format!("{name}.txt"))).unwrap();
        let analysis = analyze(&text);
        let found = analysis.findings.first().map(|it| it.cause.id);
        assert_eq!(found, Some(*cause), "{name}");
    }
}

#[test]
fn every_text_is_tried() {
    let kept: BTreeSet<String> = std::fs::read_dir(folder())
        .unwrap()
        .map(|it| it.unwrap().file_name().into_string().unwrap())
        .collect();
    let tried: BTreeSet<String> = TEXTS.iter().map(|it| format!("{}.txt", it.0)).collect();
    assert_eq!(kept, tried);
}
