//! What a server can do wrong.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::thread;
use std::time::Duration;

use portolan_report::probe::Opening;
use portolan_report::probe::Opening::{Text, Tls};

/// What a server does on a connection.
pub(crate) type Play = fn(&mut TcpStream) -> std::io::Result<()>;

/// What it is called, how the check begins, what the server does, and which rules may name it.
pub(crate) const PLAYS: &[(&str, Opening, Play, &[&str])] = &[
    ("an endless line", Text, |it| endless(it, b"2"), &["tarpit"]),
    (
        "endless continuation",
        Text,
        |it| endless(it, b"220-on and on\r\n"),
        &["tarpit"],
    ),
    (
        "endless continuation at EHLO",
        Text,
        |it| {
            after_ehlo_once(it, b"")?;
            endless(it, b"250-on and on\r\n")
        },
        &["endless-reply", "silence"],
    ),
    (
        "a line of 100 MB at EHLO",
        Text,
        |it| {
            after_ehlo_once(it, b"250-")?;
            endless(it, b"x")
        },
        &["endless-reply", "silence"],
    ),
    (
        "a byte now and then",
        Text,
        |it| drip(it, b"220-slow\r\n"),
        &["tarpit"],
    ),
    ("zeros", Text, |it| endless(it, b"\0"), &["tarpit"]),
    (
        "garbage",
        Text,
        |it| {
            it.write_all(b"\xff\xfe\x01\x02\n")?;
            hold(it)
        },
        &["no-mail-server"],
    ),
    (
        "garbage without an end",
        Text,
        |it| {
            it.write_all(b"hello")?;
            hold(it)
        },
        &["no-mail-server"],
    ),
    (
        "HTTP",
        Text,
        |it| {
            it.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n")?;
            hold(it)
        },
        &["no-mail-server"],
    ),
    (
        "a record of TLS",
        Text,
        |it| {
            it.write_all(&[0x15, 3, 1, 0, 2, 2, 70])?;
            hold(it)
        },
        &["tls-from-the-first-byte"],
    ),
    ("nothing", Text, hold, &["no-greeting"]),
    ("nothing for TLS", Tls, hold, &["no-handshake"]),
    ("the end at once", Text, |_| Ok(()), &["connection-closed"]),
    (
        "the end within a line",
        Text,
        |it| it.write_all(b"220-mx"),
        &["connection-closed"],
    ),
    (
        "the end at once for TLS",
        Tls,
        |it| {
            let _ = it.read(&mut [0; 8])?;
            Ok(())
        },
        &["connection-closed", "connection-reset"],
    ),
    (
        "endless bytes for TLS",
        Tls,
        |it| endless(it, &[0x16, 3, 3, 0x40, 0]),
        &["tls-unusable"],
    ),
    (
        "a drip for TLS",
        Tls,
        |it| drip(it, &[0x16, 3, 3, 0, 0]),
        &["no-handshake", "tls-unusable"],
    ),
    (
        "a huge record for TLS",
        Tls,
        |it| {
            it.write_all(&[0x16, 3, 3, 0xff, 0xff])?;
            hold(it)
        },
        &["tls-unusable"],
    ),
    (
        "silence at EHLO",
        Text,
        |it| after_ehlo(it, b""),
        &["silence"],
    ),
    (
        "garbage at EHLO",
        Text,
        |it| after_ehlo(it, b"what?\r\n"),
        &["garbled-reply"],
    ),
    (
        "a code of four digits",
        Text,
        |it| after_ehlo(it, b"2500 ok\r\n"),
        &["garbled-reply"],
    ),
    (
        "zeros at EHLO",
        Text,
        |it| after_ehlo(it, b"250 a\0b\r\n"),
        &["starttls-not-offered"],
    ),
    (
        "bare line feeds",
        Text,
        |it| after_ehlo(it, b"250-a\n250 b\n"),
        &["starttls-not-offered"],
    ),
    (
        "codes that differ",
        Text,
        |it| after_ehlo(it, b"220-a\r\n250 b\r\n"),
        &["starttls-not-offered"],
    ),
    (
        "10000 keywords",
        Text,
        |it| {
            let many = "250-KEYWORD\r\n".repeat(10_000) + "250 STARTTLS\r\n";
            after_ehlo(it, many.as_bytes())
        },
        // The last of them is found all the same, and asked for.
        &["silence"],
    ),
    (
        "a blotted-out offer",
        Text,
        |it| after_ehlo(it, b"250-mx\r\n250 XXXXXXXA\r\n"),
        &["offer-blotted-out"],
    ),
    (
        "a masked banner",
        Text,
        |it| {
            it.write_all(b"220 ****************\r\n")?;
            let _ = it.read(&mut [0; 512])?;
            it.write_all(b"250 mx\r\n")?;
            hold(it)
        },
        &["banner-masked"],
    ),
    (
        "silence at STARTTLS",
        Text,
        |it| after_starttls(it, b""),
        &["silence"],
    ),
    (
        "silence in the handshake",
        Text,
        |it| after_starttls(it, b"220 go\r\n"),
        &["silence"],
    ),
    (
        "a refusal of STARTTLS",
        Text,
        |it| after_starttls(it, b"454 4.7.0 TLS not available\r\n"),
        &["starttls-refused"],
    ),
    (
        "text instead of TLS",
        Text,
        |it| after_starttls_text(it),
        &["text-for-tls"],
    ),
    (
        "text behind STARTTLS",
        Text,
        |it| after_starttls(it, b"220 go\r\n250 more\r\n"),
        &["text-injected-before-tls"],
    ),
    (
        "an old hello",
        Tls,
        |it| {
            let _ = it.read(&mut [0; 512])?;
            it.write_all(&[0x16, 3, 1, 0, 42, 2, 0, 0, 38, 3, 1])?;
            it.write_all(&[0; 36])?;
            hold(it)
        },
        &["old-tls-only"],
    ),
    (
        "a refusal of versions",
        Tls,
        |it| {
            let _ = it.read(&mut [0; 512])?;
            it.write_all(&[0x15, 3, 3, 0, 2, 2, 70])?;
            hold(it)
        },
        &["tls-version-refused"],
    ),
    (
        "a greeting of 554 that stays",
        Text,
        |it| {
            it.write_all(b"554 5.7.1 go away\r\n")?;
            hold(it)
        },
        &["turned-away"],
    ),
    (
        "a greeting of 250",
        Text,
        |it| {
            it.write_all(b"250 ok\r\n")?;
            hold(it)
        },
        &["turned-away"],
    ),
    (
        "a greeting of 334",
        Text,
        |it| {
            it.write_all(b"334 \r\n")?;
            hold(it)
        },
        &["turned-away"],
    ),
    (
        "control sequences",
        Text,
        |it| {
            it.write_all(b"554 \x1b[2J\x1b]0;x\x07 go away\r\n")?;
            hold(it)
        },
        &["turned-away"],
    ),
    (
        "early words",
        Text,
        |it| {
            it.write_all(b"220 mx\r\n250 early\r\n")?;
            hold(it)
        },
        &["silence"],
    ),
    (
        "half a code",
        Text,
        |it| {
            it.write_all(b"22")?;
            hold(it)
        },
        &["tarpit"],
    ),
];

/// Greets, waits for EHLO, and goes on.
fn after_ehlo(stream: &mut TcpStream, text: &[u8]) -> std::io::Result<()> {
    stream.write_all(b"220 mx.example.org ESMTP\r\n")?;
    let _ = stream.read(&mut [0; 512])?;
    stream.write_all(text)?;
    hold(stream)
}

fn after_starttls(stream: &mut TcpStream, text: &[u8]) -> std::io::Result<()> {
    after_ehlo_once(stream, b"250-mx.example.org\r\n250 STARTTLS\r\n")?;
    let _ = stream.read(&mut [0; 512])?;
    stream.write_all(text)?;
    hold(stream)
}

fn after_ehlo_once(stream: &mut TcpStream, text: &[u8]) -> std::io::Result<()> {
    stream.write_all(b"220 mx.example.org ESMTP\r\n")?;
    let _ = stream.read(&mut [0; 512])?;
    stream.write_all(text)
}

fn hold(stream: &mut TcpStream) -> std::io::Result<()> {
    loop {
        if stream.read(&mut [0; 4_096])? == 0 {
            return Ok(());
        }
    }
}

fn endless(stream: &mut TcpStream, piece: &[u8]) -> std::io::Result<()> {
    let many = piece.repeat(65_536 / piece.len());
    loop {
        stream.write_all(&many)?;
    }
}

fn drip(stream: &mut TcpStream, text: &[u8]) -> std::io::Result<()> {
    for byte in text.iter().cycle() {
        stream.write_all(&[*byte])?;
        thread::sleep(Duration::from_millis(50));
    }
    Ok(())
}

fn after_starttls_text(stream: &mut TcpStream) -> std::io::Result<()> {
    after_ehlo_once(stream, b"250-mx.example.org\r\n250 STARTTLS\r\n")?;
    let _ = stream.read(&mut [0; 512])?;
    stream.write_all(b"220 go\r\n")?;
    let _ = stream.read(&mut [0; 2_048])?;
    stream.write_all(b"500 what?\r\n")?;
    hold(stream)
}
