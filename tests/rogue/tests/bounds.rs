//! The server is bounded in connections, bytes and time, whatever a client does, and gone when it is dropped.
#![expect(clippy::unwrap_used, reason = "what is missing fails the test")]

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use portolan_rogue::failures;
use portolan_rogue::serve::Server;

const PATIENCE: Duration = Duration::from_secs(20);

fn server(id: &str) -> Server {
    let play = failures().unwrap().play(id, 0).unwrap();
    Server::start(&play, 0).unwrap()
}

fn connect(server: &Server) -> TcpStream {
    let stream = TcpStream::connect(server.address()).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream
}

/// Whether the connection ended, rather than that the time was up.
fn has_ended(stream: &mut TcpStream) -> bool {
    let mut rest = Vec::new();
    match stream.read_to_end(&mut rest) {
        Ok(_) => true,
        Err(error) => error.kind() == ErrorKind::ConnectionReset,
    }
}

#[test]
fn a_server_that_is_dropped_lets_its_clients_go() {
    let server = server("no-greeting");
    let mut stream = connect(&server);
    let address = server.address();
    drop(server);
    assert!(has_ended(&mut stream));
    // Its port listens no more: what was waiting in the queue is refused or ended.
    if let Ok(mut late) = TcpStream::connect(address) {
        late.set_read_timeout(Some(PATIENCE)).unwrap();
        assert!(has_ended(&mut late));
    }
}

#[test]
fn a_greeting_that_drips_ends_with_its_time() {
    let play = failures().unwrap().play("tarpit", 0).unwrap();
    let server = Server::start_within(&play, 0, Duration::from_secs(1)).unwrap();
    let from = Instant::now();
    assert!(has_ended(&mut connect(&server)));
    assert!(from.elapsed() < PATIENCE, "{:?}", from.elapsed());
}

#[test]
fn there_are_never_more_than_so_many_connections() {
    let server = server("no-greeting");
    let waiting: Vec<TcpStream> = (0..32).map(|_| connect(&server)).collect();
    let mut one_more = connect(&server);
    assert!(has_ended(&mut one_more));
    drop(waiting);
}

#[test]
fn a_line_without_an_end_is_refused() {
    let server = server("relay-denied");
    let mut stream = connect(&server);
    stream.write_all(&vec![b'a'; 20_000]).unwrap();
    let mut said = String::new();
    stream.read_to_string(&mut said).unwrap();
    assert!(said.starts_with("220"), "{said}");
    assert!(
        said.trim_end().ends_with("500 5.5.2 Error: bad syntax"),
        "{said}"
    );
}

#[test]
fn a_message_of_long_lines_is_taken_and_not_kept() {
    let server = server("too-large");
    let mut stream = connect(&server);
    stream
        .write_all(b"EHLO a\r\nMAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nDATA\r\n")
        .unwrap();
    let line = vec![b'a'; 1 << 20];
    for _ in 0..4 {
        stream.write_all(&line).unwrap();
    }
    stream.write_all(b"\r\n.\r\nQUIT\r\n").unwrap();
    let mut said = String::new();
    stream.read_to_string(&mut said).unwrap();
    assert!(said.contains("\r\n354 "), "{said}");
    assert!(
        said.contains("\r\n552 5.3.4 Error: message file too big\r\n221 "),
        "{said}"
    );
}
