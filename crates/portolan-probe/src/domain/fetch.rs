//! The policy file of MTA-STS over HTTPS: a good certificate, no redirects, 64 kB at most, within its time (RFC 8461,
//! section 3.3).

use std::io::{self, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant};

use portolan_dns::name::Name;
use portolan_report::domain::{Octets, PolicyFetch, PolicyOutcome};
use portolan_report::probe::printable;
use rustls::crypto::ring;
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection, RootCertStore, Stream};

use super::Asking;
use super::http::{self, State};
use super::lookups::Lookups;
use crate::dns::Lost;
use crate::probe::roots;

/// Where the file is (section 3.2).
const PATH: &str = "/.well-known/mta-sts.txt";

/// Addresses that are tried.
const MAX_ADDRESSES: usize = 4;

/// Fetches it.
pub(super) fn policy(host: &Name, asking: &Asking, lookups: &Lookups) -> PolicyFetch {
    let (started_ms, from) = (lookups.now_ms(), Instant::now());
    PolicyFetch {
        host: host.to_string(),
        started_ms,
        outcome: outcome(host, asking, lookups),
        took_ms: u64::try_from(from.elapsed().as_millis()).unwrap_or(u64::MAX),
    }
}

fn outcome(host: &Name, asking: &Asking, lookups: &Lookups) -> PolicyOutcome {
    let addresses = match lookups.addresses(host) {
        Ok(addresses) => addresses,
        Err(Lost::TimedOut) => return PolicyOutcome::TimedOut,
        Err(Lost::Refused) => return failed("the resolver refuses to answer for the host"),
        Err(Lost::Failed(text)) => return failed(&text),
    };
    let authorities = match roots::load(&asking.trust) {
        Ok(authorities) => authorities,
        Err(why) => return failed(&why),
    };
    let store = Arc::new(authorities.get().0.clone());
    let mut last = PolicyOutcome::NoHost;
    for address in addresses.into_iter().take(MAX_ADDRESSES) {
        let until = lookups.timing.end_of_step();
        let to = SocketAddr::new(address, asking.ports.https);
        last = match get(host.as_str(), to, &store, until) {
            Ok(response) if response.status == 200 => PolicyOutcome::File {
                content_type: response.content_type.map(|it| printable(it.as_bytes())),
                body: Octets(response.body),
            },
            Ok(response) => PolicyOutcome::Status {
                status: response.status,
                location: response.location.map(|it| cut(&printable(it.as_bytes()))),
            },
            Err(error) if is_wait(&error) => PolicyOutcome::TimedOut,
            Err(error) => failed(&error.to_string()),
        };
        // Another address helps where no answer came.
        if matches!(
            last,
            PolicyOutcome::File { .. } | PolicyOutcome::Status { .. }
        ) || lookups.timing.is_over()
        {
            break;
        }
    }
    last
}

fn failed(text: &str) -> PolicyOutcome {
    PolicyOutcome::Failed {
        text: cut(&printable(text.as_bytes())),
    }
}

/// A stranger's text, for a line.
fn cut(text: &str) -> String {
    text.chars().take(300).collect()
}

fn get(
    host: &str,
    to: SocketAddr,
    store: &Arc<RootCertStore>,
    until: Instant,
) -> io::Result<http::Response> {
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(io::Error::other)?
        .with_root_certificates(Arc::clone(store))
        .with_no_client_auth();
    let name = ServerName::try_from(host.to_owned()).map_err(io::Error::other)?;
    let mut tls = ClientConnection::new(Arc::new(config), name).map_err(io::Error::other)?;
    let stream = TcpStream::connect_timeout(&to, left(until)?)?;
    let mut socket = Timed { stream, until };
    let mut stream = Stream::new(&mut tls, &mut socket);
    stream.write_all(&http::request(host, PATH))?;
    let mut bytes = Vec::new();
    let mut buffer = [0; 4_096];
    loop {
        let count = match stream.read(&mut buffer) {
            Ok(count) => count,
            // Many servers end without saying so; what is there then is judged by its own length.
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => 0,
            Err(error) => return Err(error),
        };
        bytes.extend_from_slice(buffer.get(..count).unwrap_or_default());
        match http::read(&bytes, count == 0) {
            State::Whole(response) => return Ok(response),
            State::Broken(why) => return Err(io::Error::other(why)),
            // Ended, and still not enough: told as broken above.
            State::More => {}
        }
    }
}

/// A socket whose every read and write ends in time.
struct Timed {
    stream: TcpStream,
    until: Instant,
}

impl Read for Timed {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.stream.set_read_timeout(Some(left(self.until)?))?;
        self.stream.read(into)
    }
}

impl Write for Timed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.stream.set_write_timeout(Some(left(self.until)?))?;
        self.stream.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

fn left(until: Instant) -> io::Result<Duration> {
    let left = until.saturating_duration_since(Instant::now());
    if left.is_zero() {
        return Err(ErrorKind::TimedOut.into());
    }
    Ok(left.max(Duration::from_millis(1)))
}

fn is_wait(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::TimedOut | ErrorKind::WouldBlock)
}
