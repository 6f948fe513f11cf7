//! The connections on loopback, what is refused as an argument, and the text.

use std::net::TcpListener;

use portolan_check::port25::{Answer, TRIED, port25};

use super::*;

fn read(arguments: &[&str]) -> Result<Option<Asking>, String> {
    let all = std::iter::once("port25").chain(arguments.iter().copied());
    asking(lexopt::Parser::from_iter(all))
}

#[test]
fn hosts_are_named_and_nothing_else_is() {
    let asked = read(&[
        "MX.example.org.",
        "--control",
        "b.example.net:587",
        "--control",
        "[2001:db8::1]:443",
    ]);
    let asked = asked.unwrap().unwrap();
    let named: Vec<(&str, &[u16])> = asked
        .hosts
        .iter()
        .map(|it| (it.name.as_str(), &it.ports[..]))
        .collect();
    assert_eq!(
        named,
        [
            ("mx.example.org", &[][..]),
            ("b.example.net", &[587]),
            ("2001:db8::1", &[443])
        ]
    );
    assert!(!asked.agrees);
    assert_eq!(ports(&asked.hosts[0]), [25, 587, 465, 443]);
    assert_eq!(ports(&asked.hosts[1]), [25, 587]);
    for arguments in [
        &["--control", "b.example.net"][..],
        &["--control", "b:0"],
        &["-x"],
        &["a b"],
        &["--timeout", "0"],
        &["--timeout", "1e9"],
        &["--control", ":25"],
    ] {
        assert!(read(arguments).is_err(), "{arguments:?}");
    }
    assert_eq!(read(&["--help"]), Ok(None));
}

#[test]
fn suggestions_are_hosts_of_several_providers() {
    let hosts = suggested(&portolan_builtin::facts());
    assert_eq!(hosts.len(), 3);
    assert!(
        hosts
            .iter()
            .all(|it| it.ports == [587] && it.name.contains('.')),
        "{hosts:?}"
    );
}

/// What a server that writes these pieces shows.
fn greeted(pieces: &'static [&'static [u8]]) -> (Option<Seen>, Vec<u8>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let to = listener.local_addr().unwrap();
    let server = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        for piece in pieces {
            stream.write_all(piece).unwrap();
            thread::sleep(Duration::from_millis(20));
        }
        let mut said = Vec::new();
        stream
            .set_read_timeout(Some(Duration::from_secs(2)))
            .unwrap();
        let _ = stream.read_to_end(&mut said);
        said
    });
    let stream = TcpStream::connect(to).unwrap();
    let seen = greeting(stream, Instant::now() + Duration::from_millis(500));
    (seen, server.join().unwrap())
}

/// What begins no session of mail.
const NONE: &[&[&[u8]]] = &[
    &[],
    &[b"\x16\x03\x01\x00"],
    &[b"HTTP/1.1 400 Bad\r\n"],
    &[b"999 x\r\n"],
    &[b"\xff\xff"],
];

#[test]
fn a_greeting_is_read_to_its_end_and_answered_by_quit() {
    let greets = |name: &str| {
        Some(Seen::Greeted {
            code: 220,
            name: name.to_owned(),
        })
    };
    assert_eq!(
        greeted(&[b"220 mx.example.org ESMTP\r\n"]),
        (greets("mx.example.org"), b"QUIT\r\n".to_vec())
    );
    assert_eq!(
        greeted(&[b"220-mx.example.org hello\r\n", b"220 wait\r\n"]),
        (greets("mx.example.org"), b"QUIT\r\n".to_vec())
    );
    // Whoever has not said all is not interrupted.
    let (seen, said) = greeted(&[b"220-mx.example.org hello\r\n"]);
    assert_eq!((seen, said), (greets("mx.example.org"), Vec::new()));
    assert_eq!(greeted(&[b"220\r\n"]).0, greets(""));
    for pieces in NONE {
        let seen = greeted(pieces).0;
        assert!(
            matches!(seen, None | Some(Seen::Connected)),
            "{pieces:?}: {seen:?}"
        );
    }
    // No more is read than a greeting may have.
    assert!(greeted(&[&[b'x'; 900], &[b'x'; 900]]).0.is_none());
}

#[test]
fn refusals_and_deadlines_are_told() {
    let free = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    assert_eq!(
        look(free, Duration::from_secs(2)),
        Seen::Failed(ConnectFault::Refused)
    );
    let of = |code: i32| fault(&std::io::Error::from_raw_os_error(code));
    if cfg!(target_os = "linux") {
        assert_eq!(of(1), ConnectFault::NotPermitted);
        assert_eq!(of(13), ConnectFault::Forbidden);
        assert_eq!(of(101), ConnectFault::NetworkUnreachable);
        assert_eq!(of(104), ConnectFault::Reset);
        assert_eq!(of(110), ConnectFault::TimedOut);
        assert_eq!(of(113), ConnectFault::HostUnreachable);
        assert!(matches!(of(5), ConnectFault::Other { code: Some(5), .. }));
    }
}

#[test]
fn a_host_without_an_address_is_told_in_time() {
    let mut asked = read(&["no-such-host.invalid"]).unwrap().unwrap();
    asked.deadline = Duration::from_secs(3);
    let begun = Instant::now();
    let tries = observe(&asked);
    assert!(tries.is_empty() && begun.elapsed() < Duration::from_secs(5));
    let text = shown(&port25(&tries));
    assert!(
        text.starts_with("Not known") && text.contains(TRIED),
        "{text}"
    );
    assert_eq!(exit_code(&port25(&tries)), 3);
}

#[test]
fn the_text_keeps_proof_and_likelihood_apart() {
    let of = |host: &str, port, seen| Try {
        host: host.to_owned(),
        address: IpAddr::from([192, 0, 2, u8::try_from(host.len()).unwrap()]),
        port,
        seen,
    };
    let dropped = || Seen::Failed(ConnectFault::TimedOut);
    let tries = [
        of("a.example", 25, dropped()),
        of("a.example", 587, Seen::Connected),
        of("bb.example", 25, dropped()),
        of("bb.example", 443, Seen::Connected),
    ];
    let judged = port25(&tries);
    assert!(matches!(judged[0].answer, Answer::Blocked(_)));
    assert_eq!(exit_code(&judged), 1);
    let text = shown(&judged);
    let (proven, likely) = text.split_once("Likely:").unwrap();
    assert!(
        proven.contains("a.example does not answer on 25, and answers on 587."),
        "{text}"
    );
    assert!(
        likely.contains("Port 25 of IPv4 is blocked near here") && likely.contains(TRIED),
        "{text}"
    );
}
