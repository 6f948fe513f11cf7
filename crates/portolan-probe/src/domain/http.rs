//! An answer of HTTP, read from bytes within bounds (RFC 9112). No redirect is followed, no cookie kept, nothing unpacked.

/// Bytes of a head that are read.
pub(super) const MAX_HEAD: usize = 16 << 10;
/// Fields of a head.
const MAX_FIELDS: usize = 64;
/// Bytes of a body (RFC 8461, section 3.3).
pub(super) const MAX_BODY: usize = 64 << 10;

/// What came of the bytes so far.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum State {
    /// More is needed.
    More,
    /// The answer is whole.
    Whole(Response),
    /// It is no answer of HTTP, or a larger one than is read.
    Broken(&'static str),
}

/// An answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Response {
    pub(super) status: u16,
    pub(super) content_type: Option<String>,
    pub(super) location: Option<String>,
    pub(super) body: Vec<u8>,
}

/// The request. The answer may come in one piece or in chunks, and the connection ends with it.
pub(super) fn request(host: &str, path: &str) -> Vec<u8> {
    format!(
        "GET {path} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: portolan-probe/{}\r\nAccept: text/plain\r\nConnection: close\r\n\r\n",
        env!("CARGO_PKG_VERSION")
    )
    .into_bytes()
}

/// Reads what has come; `has_ended` says that no more will.
pub(super) fn read(bytes: &[u8], has_ended: bool) -> State {
    let mut fields = [httparse::EMPTY_HEADER; MAX_FIELDS];
    let mut head = httparse::Response::new(&mut fields);
    let length = match head.parse(bytes) {
        Ok(httparse::Status::Complete(length)) => length,
        Ok(httparse::Status::Partial) if bytes.len() > MAX_HEAD => {
            return State::Broken("the head of the answer is too long");
        }
        Ok(httparse::Status::Partial) if has_ended => {
            return State::Broken("the answer ended before its head did");
        }
        Ok(httparse::Status::Partial) => return State::More,
        Err(_) => return State::Broken("the answer is not of HTTP"),
    };
    let rest = bytes.get(length..).unwrap_or_default();
    let field = |name: &str| {
        let found = head
            .headers
            .iter()
            .find(|it| it.name.eq_ignore_ascii_case(name));
        found.map(|it| String::from_utf8_lossy(it.value).trim().to_owned())
    };
    let mut response = Response {
        status: head.code.unwrap_or_default(),
        content_type: field("content-type"),
        location: field("location"),
        body: Vec::new(),
    };
    // Nobody asked to go on, so that this is no answer yet; a server that sends it breaks its own rules.
    if response.status < 200 {
        return State::Broken("the answer is none: its status is below 200");
    }
    // What else stands in another answer is of no use.
    if response.status != 200 {
        return State::Whole(response);
    }
    let is_chunked =
        field("transfer-encoding").is_some_and(|it| it.eq_ignore_ascii_case("chunked"));
    let body = if is_chunked {
        chunks(rest)
    } else {
        match field("content-length").map(|it| it.parse::<usize>()) {
            Some(Err(_)) => return State::Broken("the length of the answer is no number"),
            Some(Ok(length)) if length > MAX_BODY => {
                return State::Broken("the file is larger than 64 kB");
            }
            Some(Ok(length)) => Ok(rest.get(..length).map(<[u8]>::to_vec)),
            None if rest.len() > MAX_BODY => return State::Broken("the file is larger than 64 kB"),
            None if has_ended => Ok(Some(rest.to_vec())),
            None => Ok(None),
        }
    };
    match body {
        Err(why) => State::Broken(why),
        Ok(Some(body)) => {
            response.body = body;
            State::Whole(response)
        }
        Ok(None) if has_ended => State::Broken("the answer ended before its body did"),
        Ok(None) => State::More,
    }
}

/// A body in chunks (section 7.1). `None`: more is needed.
fn chunks(mut rest: &[u8]) -> Result<Option<Vec<u8>>, &'static str> {
    let mut body = Vec::new();
    loop {
        let (start, size) = match httparse::parse_chunk_size(rest) {
            Ok(httparse::Status::Complete(found)) => found,
            Ok(httparse::Status::Partial) if rest.len() > MAX_HEAD => {
                return Err("a chunk of the answer has no size");
            }
            Ok(httparse::Status::Partial) => return Ok(None),
            Err(_) => return Err("a chunk of the answer has no size"),
        };
        if size == 0 {
            return Ok(Some(body));
        }
        let size = usize::try_from(size).unwrap_or(usize::MAX);
        if size > MAX_BODY - body.len() {
            return Err("the file is larger than 64 kB");
        }
        let Some(piece) = rest.get(start..start + size) else {
            return Ok(None);
        };
        body.extend_from_slice(piece);
        // The end of its line.
        let Some(after) = rest.get(start + size + 2..) else {
            return Ok(None);
        };
        rest = after;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIELDS: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n";

    /// What comes of a text that arrives byte by byte.
    fn slowly(text: &str) -> State {
        for end in 0..text.len() {
            let state = read(&text.as_bytes()[..end], false);
            if state != State::More {
                return state;
            }
        }
        match read(text.as_bytes(), false) {
            State::More => read(text.as_bytes(), true),
            state => state,
        }
    }

    fn body(text: &str) -> Vec<u8> {
        match slowly(text) {
            State::Whole(response) => response.body,
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn a_body_ends_by_length_by_chunks_or_with_the_connection() {
        assert_eq!(
            body(&format!("{FIELDS}Content-Length: 3\r\n\r\nabcd")),
            b"abc"
        );
        assert_eq!(body(&format!("{FIELDS}\r\nabcd")), b"abcd");
        let chunked =
            format!("{FIELDS}Transfer-Encoding: Chunked\r\n\r\n2\r\nab\r\n1;x=y\r\nc\r\n0\r\n\r\n");
        assert_eq!(body(&chunked), b"abc");
    }

    #[test]
    fn what_is_too_large_or_cut_is_told() {
        let broken = |text: &str| match slowly(text) {
            State::Broken(why) => why,
            other => panic!("{text}: {other:?}"),
        };
        for (text, why) in [
            (
                format!("{FIELDS}Content-Length: 99999999\r\n\r\n"),
                "larger",
            ),
            (format!("{FIELDS}Content-Length: x\r\n\r\n"), "no number"),
            (
                format!("{FIELDS}Content-Length: 5\r\n\r\nab"),
                "before its body",
            ),
            (
                format!("{FIELDS}Transfer-Encoding: chunked\r\n\r\nffffff\r\n"),
                "larger",
            ),
            (
                format!("{FIELDS}Transfer-Encoding: chunked\r\n\r\n5\r\nab"),
                "before its body",
            ),
            (
                format!("{FIELDS}Transfer-Encoding: chunked\r\n\r\nzz\r\n"),
                "no size",
            ),
            (
                format!("{FIELDS}\r\n{}", "x".repeat(MAX_BODY + 1)),
                "larger",
            ),
            ("220 mx ESMTP\r\n".to_owned(), "not of HTTP"),
            (FIELDS.to_owned(), "before its head"),
            ("HTTP/1.1 100 Continue\r\n\r\n".to_owned(), "below 200"),
        ] {
            assert!(broken(&text).contains(why), "{text:.80}: {}", broken(&text));
        }
        let endless = format!("{FIELDS}X: {}", "y".repeat(MAX_HEAD));
        assert!(
            matches!(read(endless.as_bytes(), false), State::Broken(why) if why.contains("too long"))
        );
    }

    #[test]
    fn a_redirect_is_an_answer_and_is_not_followed() {
        let State::Whole(response) =
            slowly("HTTP/1.1 301 Moved\r\nLocation: https://a.example/\r\n\r\n")
        else {
            panic!("no answer");
        };
        assert_eq!(response.status, 301);
        assert_eq!(response.location.as_deref(), Some("https://a.example/"));
    }
}
