//! Every failure is played against a client that hides nothing, with each of its texts; what the client has to see is
//! written here by hand, so that a failure that is not played fails.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "what is missing fails the test"
)]

mod raw;

use portolan_rogue::catalogue::{Act, Catalogue, Play, Stage};
use portolan_rogue::failures;
use portolan_rogue::serve::Server;
use raw::{Plan, Seen, bytes, chain, walk};

/// What the client has to see.
#[derive(Clone, Copy)]
enum Expect {
    Dripping,
    /// Closed for an even seed, reset for an odd one.
    Ended,
    Injected,
    NotOffered,
    Refused,
    /// A text of the failure, with one of these codes.
    Says(&'static [u16]),
    Silent,
    /// A handshake that fails so, as rustls names it.
    Tls(&'static str),
}

use Expect::{Dripping, Ended, Injected, NotOffered, Refused, Says, Silent, Tls};

fn catalogue() -> Catalogue {
    failures().unwrap()
}

/// Every text once, and both parities of a seed at least.
fn seeds(catalogue: &Catalogue, id: &str) -> std::ops::Range<u64> {
    let texts = catalogue.failure(id).unwrap().replies.len();
    0..u64::try_from(texts.max(2)).unwrap()
}

fn check(id: &str, at: Stage, expect: Expect) {
    let catalogue = catalogue();
    for seed in seeds(&catalogue, id) {
        let play = catalogue.play(id, seed).unwrap();
        let server = Server::start(&play, 0).unwrap();
        assert!(server.address().ip().is_loopback());
        let way = Plan {
            failure: &play.failure,
            root_pem: server.root_pem(),
            silent_at: matches!(expect, Silent | Dripping).then_some(at),
            insists: false,
        };
        let (stage, end) = walk(server.address(), &way);
        assert_eq!(stage, at, "{id}, seed {seed}: {end:?}");
        hold(&play, expect, &end);
        if play.failure.act == Act::Hide {
            let way = Plan {
                insists: true,
                ..way
            };
            let (stage, end) = walk(server.address(), &way);
            assert_eq!(stage, at, "{id}, seed {seed}: {end:?}");
            assert_eq!(end, Seen::Reply(text(&play)));
        }
    }
}

fn hold(play: &Play, expect: Expect, end: &Seen) {
    let (id, seed) = (play.failure.id.get_ref(), play.seed);
    let is_so = match expect {
        Dripping => *end == Seen::Dripping,
        Ended => {
            *end == if seed % 2 == 0 {
                Seen::Eof
            } else {
                Seen::Reset
            }
        }
        Injected => *end == Seen::Injected(format!("{}\r\n", text(play).replace('\n', "\r\n"))),
        NotOffered => *end == Seen::NotOffered,
        Refused => *end == Seen::Refused,
        Says(codes) => match end {
            Seen::Reply(reply) => {
                let code: u16 = reply.get(..3).unwrap().parse().unwrap();
                assert_eq!(*reply, text(play), "{id}, seed {seed}");
                codes.contains(&code)
            }
            _ => false,
        },
        Silent => *end == Seen::Silent,
        Tls(how) => matches!(end, Seen::Tls(error) if error.contains(how)),
    };
    assert!(is_so, "{id}, seed {seed}: {end:?}");
}

/// The text as this client has to see it.
fn text(play: &Play) -> String {
    let reply = play.reply.as_ref().unwrap();
    let number = play.failure.after;
    // Before MAIL and RCPT the server knows of nobody; afterwards it knows whom this client names.
    let to = if play.failure.at < Stage::Rcpt {
        "user@receiver.example".to_owned()
    } else {
        format!("user{number}@receiver.example")
    };
    let id = format!("4F1{:05X}", play.seed);
    [
        ("{host}", "mx.receiver.example"),
        ("{ip}", "203.0.113.25"),
        ("{from}", "sender@client.example"),
        ("{domain}", "client.example"),
        ("{to}", to.as_str()),
        ("{id}", id.as_str()),
    ]
    .iter()
    .fold(
        reply.text.get_ref().trim_end().to_owned(),
        |text, (name, value)| text.replace(name, value),
    )
    .lines()
    .map(str::trim_end)
    .collect::<Vec<_>>()
    .join("\n")
}

macro_rules! played {
    ($($name:ident $id:literal: $stage:ident, $expect:expr;)*) => {
        $(#[test]
        fn $name() {
            check($id, Stage::$stage, $expect);
        })*

        /// Every id that a test above plays.
        const PLAYED: &[&str] = &[$($id),*];
    };
}

played! {
    connection_refused "connection-refused": Connect, Refused;
    connection_dropped "connection-dropped": Connect, Silent;
    drop_after_connect "drop-after-connect": Greeting, Ended;
    no_greeting "no-greeting": Greeting, Silent;
    tarpit "tarpit": Greeting, Dripping;
    greeting_421 "greeting-421": Greeting, Says(&[421]);
    greeting_554 "greeting-554": Greeting, Says(&[554]);

    tls_on_starttls_port "tls-on-starttls-port": Tls, Tls("InvalidMessage(InvalidContentType)");
    plaintext_on_implicit_port "plaintext-on-implicit-port": Greeting, Silent;
    starttls_absent "starttls-absent": Starttls, NotOffered;
    starttls_refused "starttls-refused": Starttls, Says(&[454, 502]);
    starttls_garbled "starttls-garbled": Tls, Tls("InvalidMessage(InvalidContentType)");
    starttls_injected "starttls-injected": Starttls, Injected;
    starttls_required "starttls-required": Mail, Says(&[451, 530]);
    drop_after_starttls "drop-after-starttls": Tls, Ended;

    certificate_expired "certificate-expired": Tls, Tls("InvalidCertificate(Expired");
    certificate_not_yet_valid "certificate-not-yet-valid": Tls, Tls("InvalidCertificate(NotValidYet");
    certificate_untrusted "certificate-untrusted": Tls, Tls("InvalidCertificate(UnknownIssuer");
    certificate_self_signed "certificate-self-signed": Tls, Tls("InvalidCertificate(UnknownIssuer");
    certificate_of_an_authority "certificate-of-an-authority": Tls, Tls("CaUsedAsEndEntity");
    certificate_incomplete "certificate-incomplete": Tls, Tls("InvalidCertificate(UnknownIssuer");
    certificate_of_another_name "certificate-of-another-name": Tls, Tls("InvalidCertificate(NotValidForName");
    tls_old_version "tls-old-version": Tls, Tls("ServerDoesNotSupportTls12Or13");
    tls_version_refused "tls-version-refused": Tls, Tls("AlertReceived(ProtocolVersion)");
    tls_no_cipher "tls-no-cipher": Tls, Tls("AlertReceived(HandshakeFailure)");

    auth_required "auth-required": Mail, Says(&[530, 550]);
    auth_absent "auth-absent": Auth, NotOffered;
    auth_before_tls "auth-before-tls": Auth, Says(&[523, 530, 538]);
    auth_mechanism_missing "auth-mechanism-missing": Auth, Says(&[451, 504, 535]);
    auth_bad_credentials "auth-bad-credentials": Auth, Says(&[535, 551]);
    auth_app_password "auth-app-password": Auth, Says(&[534, 535]);
    auth_account_disabled "auth-account-disabled": Auth, Says(&[525, 535, 550]);
    auth_locked "auth-locked": Auth, Says(&[454, 535]);
    auth_temporary_failure "auth-temporary-failure": Auth, Says(&[435, 451, 454]);
    auth_basic_disabled "auth-basic-disabled": Auth, Says(&[535, 550]);
    auth_oauth_rejected "auth-oauth-rejected": Auth, Says(&[535]);

    relay_denied "relay-denied": Rcpt, Says(&[550, 553, 554]);
    sender_not_allowed "sender-not-allowed": Mail, Says(&[501, 550, 553, 554]);
    sender_unverified "sender-unverified": EndOfData, Says(&[550, 553, 554]);
    sender_suspended "sender-suspended": Mail, Says(&[454, 502, 550]);
    sender_domain_not_found "sender-domain-not-found": Mail, Says(&[450, 550, 553]);

    spf_fail "spf-fail": Mail, Says(&[530, 550]);
    dkim_fail "dkim-fail": EndOfData, Says(&[550, 554]);
    dmarc_fail "dmarc-fail": EndOfData, Says(&[550, 554]);
    ptr_missing "ptr-missing": Rcpt, Says(&[450, 550, 554]);
    helo_refused "helo-refused": Rcpt, Says(&[450, 501, 504, 550, 555]);
    ehlo_refused "ehlo-refused": Ehlo, Says(&[501]);
    ip_blocklisted "ip-blocklisted": Rcpt, Says(&[550, 554]);
    domain_blocklisted "domain-blocklisted": EndOfData, Says(&[550, 554]);
    reputation "reputation": Rcpt, Says(&[421, 451, 554]);
    greylisted "greylisted": Rcpt, Says(&[450, 451]);
    rate_limited "rate-limited": Rcpt, Says(&[421, 450]);
    quota_of_the_account "quota-of-the-account": Mail, Says(&[451, 452, 454, 550, 554]);
    spam_content "spam-content": EndOfData, Says(&[550, 552, 554, 571]);
    virus "virus": EndOfData, Says(&[550, 552, 554]);
    refused_without_reason "refused-without-reason": Rcpt, Says(&[550, 553, 554]);

    unknown_user "unknown-user": Rcpt, Says(&[550, 554]);
    mailbox_full "mailbox-full": Rcpt, Says(&[422, 452, 552, 554]);
    mailbox_disabled "mailbox-disabled": Rcpt, Says(&[525, 550, 554]);
    too_many_recipients "too-many-recipients": Rcpt, Says(&[451, 452]);
    recipient_restricted "recipient-restricted": Rcpt, Says(&[550, 553]);

    too_large "too-large": EndOfData, Says(&[550, 552]);
    too_large_declared "too-large-declared": Mail, Says(&[552]);
    malformed "malformed": EndOfData, Says(&[451, 521, 550, 554]);
    local_error "local-error": EndOfData, Says(&[450, 451]);

    drop_after_ehlo "drop-after-ehlo": Ehlo, Ended;
    drop_after_auth "drop-after-auth": Auth, Ended;
    drop_after_mail "drop-after-mail": Mail, Ended;
    drop_after_rcpt "drop-after-rcpt": Rcpt, Ended;
    drop_after_data "drop-after-data": Data, Ended;
    drop_within_message "drop-within-message": Message, Ended;
    drop_after_end_of_data "drop-after-end-of-data": EndOfData, Ended;
    silence_after_end_of_data "silence-after-end-of-data": EndOfData, Silent;
}

#[test]
fn every_failure_is_played_by_a_test() {
    let catalogue = catalogue();
    let named: Vec<&str> = catalogue
        .failures
        .iter()
        .map(|it| it.id.get_ref().as_str())
        .collect();
    let missing: Vec<&&str> = named.iter().filter(|it| !PLAYED.contains(it)).collect();
    assert!(missing.is_empty(), "{missing:?}");
    assert!(named.len() >= 35);
}

#[test]
fn a_seed_chooses_the_same_text_again_and_others_choose_others() {
    let catalogue = catalogue();
    for failure in &catalogue.failures {
        let id = failure.id.get_ref();
        let text = |seed| {
            let play = catalogue.play(id, seed).unwrap();
            play.reply.map(|it| it.text.get_ref().clone())
        };
        let all: std::collections::BTreeSet<_> = seeds(&catalogue, id).map(text).collect();
        assert_eq!(all.len(), failure.replies.len().max(1), "{id}");
        assert_eq!(text(u64::MAX), text(u64::MAX), "{id}");
    }
}

/// What a failure of the certificate is cannot be told from the client's refusal alone.
#[test]
fn certificates_are_wrong_in_one_way_each() {
    let chain_of = |id: &str| {
        let play = catalogue().play(id, 0).unwrap();
        let server = Server::start(&play, 0).unwrap();
        let way = Plan {
            failure: &play.failure,
            root_pem: server.root_pem(),
            silent_at: None,
            insists: false,
        };
        chain(server.address(), &way)
    };
    let holds = |der: &[u8], words: &str| der.windows(words.len()).any(|it| it == words.as_bytes());

    let incomplete = chain_of("certificate-incomplete");
    assert_eq!(incomplete.len(), 1);
    assert!(holds(&incomplete[0], "Portolan Test Intermediate"));

    let own = chain_of("certificate-self-signed");
    assert_eq!(own.len(), 1);
    assert!(!holds(&own[0], "Portolan Test") && !holds(&own[0], "Someone Else"));

    let untrusted = chain_of("certificate-untrusted");
    assert!(holds(&untrusted[0], "Someone Else's Root"));

    assert_eq!(chain_of("certificate-expired").len(), 2);
}

/// The port that begins with TLS tells a plain client so by an alert; the port that begins in plain greets a TLS client.
#[test]
fn either_mismatch_answers_in_its_own_tongue() {
    let start = |id: &str, seed| {
        let play = catalogue().play(id, seed).unwrap();
        (Server::start(&play, 0).unwrap(), play)
    };
    let (server, _) = start("plaintext-on-implicit-port", 0);
    let answer = bytes(server.address(), b"EHLO client.example\r\n");
    assert_eq!(
        answer.first(),
        Some(&21),
        "expected an alert, but found {answer:?}"
    );

    for seed in seeds(&catalogue(), "tls-on-starttls-port") {
        let (server, play) = start("tls-on-starttls-port", seed);
        let answer = bytes(
            server.address(),
            b"\x16\x03\x01\x00\x05\x01\x0a\x00\x01\x03",
        );
        let answer = String::from_utf8(answer).unwrap();
        assert!(answer.starts_with("220"), "{answer}");
        assert!(answer.trim_end().ends_with(&text(&play)), "{answer}");
    }
}
