//! The hostile server does what its list says: each misbehaviour is seen by a client that can do little.
#![expect(clippy::unwrap_used, reason = "what is missing fails the test")]

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use portolan_rogue::hostile::{After, Hostile, misbehaviours};

/// What a client sees that reads at most so much, and says these lines first.
fn seen(id: &str, lines: &str, most: usize) -> (Vec<u8>, Option<ErrorKind>) {
    let all = misbehaviours().unwrap();
    let server = Hostile::start(all.iter().find(|it| it.id == id).unwrap()).unwrap();
    let mut stream = TcpStream::connect(server.address()).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_millis(700)))
        .unwrap();
    let _ = stream.write_all(lines.as_bytes());
    let (mut all, mut piece) = (Vec::new(), [0; 4096]);
    while all.len() < most {
        match stream.read(&mut piece) {
            Ok(0) => return (all, None),
            Ok(count) => all.extend(piece.iter().take(count)),
            Err(error) => return (all, Some(error.kind())),
        }
    }
    (all, None)
}

#[test]
fn there_are_more_than_forty_and_each_is_of_its_own_kind() {
    let all = misbehaviours().unwrap();
    assert!(all.len() >= 40, "{}", all.len());
    for (at, it) in all.iter().enumerate() {
        let same = |other: &&portolan_rogue::hostile::Misbehaviour| {
            other.after == it.after && format!("{:?}", other.moves) == format!("{:?}", it.moves)
        };
        assert!(
            all[..at].iter().find(same).is_none(),
            "{} stands twice",
            it.id
        );
        for cause in it.causes.iter().filter(|it| *it != "none") {
            let is_known = portolan_smtp::causes()
                .iter()
                .any(|known| known.id == *cause);
            assert!(is_known, "{}: {cause} is no cause", it.id);
        }
    }
    for after in [
        After::Connect,
        After::ImplicitConnect,
        After::Ehlo,
        After::Starttls,
        After::Tls,
        After::Quit,
    ] {
        assert!(all.iter().any(|it| it.after == after), "{after:?}");
    }
}

#[test]
fn what_is_said_drips_floods_and_breaks_off_as_listed() {
    let (text, end) = seen("silent", "", 1);
    assert!(text.is_empty() && end.is_some(), "it holds the connection");
    let (text, end) = seen("endless-lines-of-greeting", "", 5_000_000);
    assert!(text.len() >= 5_000_000 && text.starts_with(b"220-") && end.is_none());
    let (text, _) = seen("a-byte-now-and-then", "", 2);
    assert_eq!(text, b"22");
    let (text, end) = seen("closes-at-once", "", 1);
    assert!(text.is_empty() && end.is_none());
    let (_, end) = seen("resets-at-once", "", 1);
    assert_eq!(end, Some(ErrorKind::ConnectionReset));
    let (text, _) = seen("nuls-for-a-greeting", "", 64);
    assert_eq!(text, [0; 64]);
    let (text, _) = seen("ehlo-closes", "EHLO a\r\n", 99);
    assert_eq!(text, b"220 mail.example ESMTP\r\n");
    let (text, _) = seen("quit-silent", "EHLO a\r\nNOOP\r\nQUIT\r\n", 999);
    assert!(
        text.ends_with(b"250 STARTTLS\r\n250 2.0.0 Ok\r\n"),
        "polite until then"
    );
    let (text, _) = seen("starttls-then-words", "EHLO a\r\nSTARTTLS\r\n", 999);
    assert!(text.ends_with(b"220 Go\r\n454 4.7.0 On second thought\r\n"));
}
