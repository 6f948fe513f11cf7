//! The server's mind without a socket.

use super::{Fake, Move, Session};
use crate::catalogue::{Catalogue, Play};

const HEAD: &str = "[receivers]\npostfix = { name = \"Postfix\" }\n[[failure]]\nid = \"x\"\nplays = \"X.\"\n\
    cause = \"network.refused\"\n";

fn play(rest: &str, seed: u64) -> Play {
    let catalogue = Catalogue::parse(&format!("{HEAD}{rest}")).unwrap();
    catalogue.play("x", seed).unwrap()
}

fn session(rest: &str) -> Session {
    Session::new(play(rest, 0))
}

fn replies(text: &str) -> String {
    let reply = format!("{{ text = \"{text}\", by = \"postfix\" }}");
    format!("replies = [{}]", [reply.as_str(); 4].join(", "))
}

/// What is said, as text; other moves by their names.
fn said(moves: &[Move]) -> Vec<String> {
    let name = |it: &Move| match it {
        Move::Say(bytes) => String::from_utf8_lossy(bytes).trim_end().to_owned(),
        other => format!("{other:?}"),
    };
    moves.iter().map(name).collect()
}

fn tell(session: &mut Session, lines: &[&str]) -> Vec<String> {
    let mut last = Vec::new();
    for line in lines {
        last = said(&session.line(line.as_bytes()));
    }
    last
}

#[test]
fn what_does_not_fail_is_taken() {
    let mut session = session("at = \"end-of-data\"\nact = \"drop\"\ndoor = \"mx\"");
    assert_eq!(said(&session.open()), ["220 mx.receiver.example ESMTP"]);
    assert!(tell(&mut session, &["EHLO a"])[0].contains("250 8BITMIME"));
    assert_eq!(tell(&mut session, &["MAIL FROM:<a@b>"]), ["250 2.1.0 Ok"]);
    assert_eq!(tell(&mut session, &["RCPT TO:<c@d>"]), ["250 2.1.5 Ok"]);
    assert!(tell(&mut session, &["DATA"])[0].starts_with("354 "));
    assert!(tell(&mut session, &["QUIT", "..", "RSET"]).is_empty());
    assert_eq!(tell(&mut session, &["."]), ["Drop(false)"]);
}

#[test]
fn the_text_is_filled_in_and_421_closes() {
    let text = replies("421 4.7.1 {from} to {to} of {domain} from {ip}");
    let mut session = session(&format!(
        "at = \"rcpt\"\nact = \"say\"\ndoor = \"mx\"\n{text}"
    ));
    session.open();
    let last = tell(
        &mut session,
        &["MAIL FROM:<a@b.example> SIZE=3", "rcpt to:<c@d.example>"],
    );
    let wanted = "421 4.7.1 a@b.example to c@d.example of b.example from 203.0.113.25";
    assert_eq!(last, [wanted, "Close"]);
}

#[test]
fn recipients_are_counted() {
    let text = replies("452 4.5.3 too many");
    let rest = format!("at = \"rcpt\"\nact = \"say\"\nafter = 2\ndoor = \"mx\"\n{text}");
    let mut session = session(&rest);
    let all = ["MAIL FROM:<a@b>", "RCPT TO:<1@d>", "RCPT TO:<2@d>"];
    assert_eq!(tell(&mut session, &all), ["250 2.1.5 Ok"]);
    assert_eq!(
        tell(&mut session, &["RCPT TO:<3@d>"]),
        ["452 4.5.3 too many"]
    );
    assert_eq!(tell(&mut session, &all), ["250 2.1.5 Ok"]);
}

#[test]
fn auth_is_offered_within_tls_and_refused_after_the_credentials() {
    let text = replies("535 5.7.8 no");
    let rest = format!("at = \"auth\"\nact = \"say\"\ndoor = \"submission\"\n{text}");
    let mut session = session(&rest);
    session.open();
    assert!(!tell(&mut session, &["EHLO a"])[0].contains("AUTH"));
    let moves = session.line(b"STARTTLS");
    assert_eq!(said(&moves)[1], "Secure");
    assert!(session.secured().is_empty());
    let hello = tell(&mut session, &["EHLO a"]);
    assert!(hello[0].contains("250-AUTH PLAIN LOGIN") && !hello[0].contains("STARTTLS"));
    assert_eq!(tell(&mut session, &["AUTH LOGIN"]), ["334 VXNlcm5hbWU6"]);
    assert_eq!(tell(&mut session, &["dQ=="]), ["334 UGFzc3dvcmQ6"]);
    assert_eq!(tell(&mut session, &["cA=="]), ["535 5.7.8 no"]);
    assert_eq!(
        tell(&mut session, &["AUTH PLAIN AHUAcA=="]),
        ["535 5.7.8 no"]
    );
    assert!(tell(&mut session, &["AUTH CRAM-MD5"])[0].starts_with("504 "));
    assert_eq!(
        session.line(b"AUTH PLAIN"),
        [Move::Say(b"334 \r\n".to_vec())]
    );
    assert!(tell(&mut session, &["*"])[0].starts_with("501 "));
}

#[test]
fn a_token_is_told_why_before_it_is_refused() {
    let reply = "{ text = \"535 5.7.8 no\", by = \"postfix\", challenge = \"{}\" }";
    let replies = [reply; 4].join(", ");
    let rest = format!(
        "at = \"auth\"\nact = \"say\"\ndoor = \"clear\"\nmechanisms = [\"XOAUTH2\"]\nreplies = [{replies}]"
    );
    let mut session = session(&rest);
    assert_eq!(tell(&mut session, &["AUTH XOAUTH2 abc"]), ["334 e30="]);
    assert_eq!(tell(&mut session, &[""]), ["535 5.7.8 no"]);
}

#[test]
fn a_failure_goes_away_with_what_it_asks_for() {
    let text = replies("530 5.7.0 no");
    let rest = format!("at = \"mail\"\nact = \"say\"\nunless = \"auth\"\ndoor = \"clear\"\n{text}");
    let mut session = session(&rest);
    assert_eq!(tell(&mut session, &["MAIL FROM:<a@b>"]), ["530 5.7.0 no"]);
    assert!(tell(&mut session, &["AUTH PLAIN AHUAcA=="])[0].starts_with("235 "));
    assert_eq!(tell(&mut session, &["MAIL FROM:<a@b>"]), ["250 2.1.0 Ok"]);
}

#[test]
fn what_is_hidden_is_answered_with_the_text() {
    let text = replies("502 5.5.1 no");
    let rest = format!("at = \"starttls\"\nact = \"hide\"\ndoor = \"submission\"\n{text}");
    let mut session = session(&rest);
    assert!(!tell(&mut session, &["EHLO a"])[0].contains("STARTTLS"));
    assert_eq!(tell(&mut session, &["STARTTLS"]), ["502 5.5.1 no"]);
}

#[test]
fn a_refusing_greeting_takes_nothing_but_quit() {
    let text = replies("554 5.7.1 no");
    let rest = format!("at = \"greeting\"\nact = \"say\"\ndoor = \"mx\"\n{text}");
    let mut session = session(&rest);
    assert_eq!(said(&session.open()), ["554 5.7.1 no"]);
    assert!(tell(&mut session, &["EHLO a"])[0].starts_with("503 "));
    assert_eq!(tell(&mut session, &["QUIT"]), ["221 2.0.0 Bye", "Close"]);
}

#[test]
fn an_odd_seed_resets_and_an_even_one_closes() {
    let rest = "at = \"ehlo\"\nact = \"drop\"\ndoor = \"mx\"";
    for (seed, wanted) in [(0, Move::Drop(false)), (1, Move::Drop(true))] {
        let mut session = Session::new(play(rest, seed));
        assert_eq!(session.line(b"EHLO a"), [wanted]);
    }
}

#[test]
fn handshakes_fail_where_they_are_asked_to() {
    let mut session = session("at = \"tls\"\nact = \"no-cipher\"\ndoor = \"implicit\"");
    assert_eq!(session.open(), [Move::Fake(Fake::NoCipher), Move::Close]);
}

#[test]
fn noise_within_a_message_is_part_of_it() {
    let mut session = session("at = \"end-of-data\"\nact = \"drop\"\ndoor = \"mx\"");
    assert_eq!(said(&session.noise())[1], "Close");
    session.line(b"DATA");
    assert!(session.noise().is_empty());
}
