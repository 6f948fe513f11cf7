//! A web server on loopback for the built site: for looking at it and for its tests, not for the open internet.
//!
//! One thread and one answer a connection, which is then closed. The small server library that stood here before kept
//! connections open in a pool that now and then forgot one: with six at a time, as browsers open them, one of 360 had no
//! answer after four seconds. A full HTTP stack is a lot to build for that.
//!
//! ```
//! use std::io::{Read, Write};
//!
//! let port = xtask_host::serve(0, |_| xtask_host::Answer::not_found())?;
//! let mut stream = std::net::TcpStream::connect(("127.0.0.1", port))?;
//! stream.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")?;
//! let mut answer = String::new();
//! stream.read_to_string(&mut answer)?;
//! assert!(answer.starts_with("HTTP/1.1 404 Not Found"), "{answer}");
//! # Ok::<(), std::io::Error>(())
//! ```

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

/// What is sent back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// Status code and reason, such as `200 OK`.
    pub status: &'static str,
    /// Names and values.
    pub headers: Vec<(&'static str, String)>,
    /// The bytes.
    pub body: Vec<u8>,
}

impl Answer {
    /// There is nothing at that address.
    pub fn not_found() -> Self {
        Self {
            status: "404 Not Found",
            headers: vec![("Content-Type", "text/plain; charset=utf-8".to_owned())],
            body: b"no such file\n".to_vec(),
        }
    }
}

/// Answers every request for a target, such as `/a?b`, until the program ends; gives the port.
///
/// # Errors
///
/// The port is taken. Port 0 takes any.
pub fn serve(
    port: u16,
    answer: impl Fn(&str) -> Answer + Send + Sync + 'static,
) -> io::Result<u16> {
    let listener = TcpListener::bind(("127.0.0.1", port))?;
    let port = listener.local_addr()?.port();
    let answer = Arc::new(answer);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let answer = Arc::clone(&answer);
            // A visitor who has gone does not get an answer; nobody misses it.
            thread::spawn(move || drop(converse(&stream, &*answer)));
        }
    });
    Ok(port)
}

/// More than any browser sends before a body.
const MAX_HEAD_BYTES: u64 = 64 * 1024;
/// Browsers open connections ahead and may leave them silent.
const PATIENCE: Duration = Duration::from_secs(30);

fn converse(stream: &TcpStream, answer: &dyn Fn(&str) -> Answer) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let mut lines = BufReader::new(stream.take(MAX_HEAD_BYTES)).lines();
    let Some(request) = lines.next().transpose()? else {
        return Ok(());
    };
    for line in lines {
        if line?.is_empty() {
            break;
        }
    }
    let mut words = request.split(' ');
    let (method, target) = (words.next(), words.next());
    let answer = match (method, target) {
        (Some("GET" | "HEAD"), Some(target)) => answer(target),
        _ => Answer {
            status: "405 Method Not Allowed",
            ..Answer::default()
        },
    };
    let mut head = format!(
        "HTTP/1.1 {}\r\nContent-Length: {}\r\nConnection: close\r\n",
        answer.status,
        answer.body.len()
    );
    for (name, value) in &answer.headers {
        for part in [name, ": ", value, "\r\n"] {
            head.push_str(part);
        }
    }
    head.push_str("\r\n");
    let mut stream = stream;
    stream.write_all(head.as_bytes())?;
    if method != Some("HEAD") {
        stream.write_all(&answer.body)?;
    }
    stream.flush()
}

#[cfg(test)]
mod tests {
    use std::io::{ErrorKind, Read, Write};
    use std::net::TcpStream;
    use std::time::Duration;

    use super::{Answer, serve};

    fn ask(port: u16, request: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    fn host() -> u16 {
        serve(0, |target| match target {
            "/here?x" => Answer {
                status: "200 OK",
                headers: vec![("X-Kind", "good".to_owned())],
                body: b"yes".to_vec(),
            },
            _ => Answer::not_found(),
        })
        .unwrap()
    }

    #[test]
    fn what_is_there_is_sent_and_nothing_else() {
        let port = host();
        let got = ask(port, "GET /here?x HTTP/1.1\r\nHost: h\r\n\r\n");
        assert!(
            got.starts_with("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n"),
            "{got}"
        );
        assert!(got.ends_with("X-Kind: good\r\n\r\nyes"), "{got}");
        let head = ask(port, "HEAD /here?x HTTP/1.1\r\n\r\n");
        assert!(head.ends_with("\r\n\r\n"), "{head}");
        assert!(ask(port, "GET /gone HTTP/1.1\r\n\r\n").starts_with("HTTP/1.1 404 "));
        assert!(ask(port, "POST /here?x HTTP/1.1\r\n\r\n").starts_with("HTTP/1.1 405 "));
    }

    #[test]
    fn silent_connections_hold_nobody_up() {
        let port = host();
        let silent: Vec<TcpStream> = (0..16)
            .map(|_| TcpStream::connect(("127.0.0.1", port)).unwrap())
            .collect();
        assert!(ask(port, "GET /here?x HTTP/1.1\r\n\r\n").ends_with("yes"));
        drop(silent);
    }

    #[test]
    fn a_head_without_end_is_not_read_for_ever() {
        let port = host();
        let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
        stream
            .set_write_timeout(Some(Duration::from_mins(1)))
            .unwrap();
        // Far more than the system keeps of what nobody has read yet, which are some megabytes: with less, all of it could be
        // on its way before the server had its turn.
        let piece = vec![b'a'; 1 << 20];
        let end = (0..256).find_map(|_| stream.write_all(&piece).err());
        let end = end.expect("the server has to hang up");
        assert!(
            matches!(
                end.kind(),
                ErrorKind::BrokenPipe | ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset
            ),
            "{end}"
        );
    }
}
