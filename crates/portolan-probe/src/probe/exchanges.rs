//! The exchanges of a domain (MX) by a resolver that is asked directly. The format of the answers is read by a library that
//! others attack too.

use std::io::{Read, Write};
use std::net::{IpAddr, SocketAddr, TcpStream, UdpSocket};
use std::time::Instant;

use hickory_proto::op::{Message, Query, ResponseCode};
use hickory_proto::rr::{Name, RData, RecordType};
use portolan_report::probe::{Answer, Exchange, Lookup, LookupKind, limits};

use super::wire::{Clock, ms};

/// Asks the resolvers in turn until one answers for the name.
pub(super) fn exchanges(domain: &str, resolver: Option<IpAddr>, clock: Clock) -> Vec<Lookup> {
    let resolvers = resolver.map_or_else(system, |it| vec![it]);
    let mut lookups = Vec::new();
    for resolver in resolvers.into_iter().take(3) {
        let (started_ms, from) = (clock.now_ms(), Instant::now());
        let answer = ask(domain, SocketAddr::new(resolver, 53), clock);
        let is_told = !matches!(
            answer,
            Answer::Failed { .. } | Answer::Refused | Answer::TimedOut
        );
        lookups.push(Lookup {
            kind: LookupKind::Exchanges,
            name: domain.to_owned(),
            resolver: resolver.to_string(),
            started_ms,
            took_ms: ms(from.elapsed()),
            answer,
        });
        if is_told {
            break;
        }
    }
    lookups
}

/// The resolvers of this machine (resolv.conf(5)).
fn system() -> Vec<IpAddr> {
    let text = std::fs::read_to_string("/etc/resolv.conf").unwrap_or_default();
    let servers = text.lines().filter_map(|line| {
        let mut words = line.split_ascii_whitespace();
        (words.next() == Some("nameserver")).then(|| words.next()?.parse().ok())?
    });
    let servers: Vec<IpAddr> = servers.collect();
    if servers.is_empty() {
        vec![IpAddr::from([127, 0, 0, 1])]
    } else {
        servers
    }
}

fn failed(error: &dyn std::fmt::Display) -> Answer {
    Answer::Failed {
        text: error.to_string(),
    }
}

/// Asks one, by UDP, and by TCP where the answer was cut (RFC 7766, section 5).
fn ask(domain: &str, resolver: SocketAddr, clock: Clock) -> Answer {
    let name = match Name::from_utf8(domain) {
        Ok(mut name) => {
            name.set_fqdn(true);
            name
        }
        Err(error) => return failed(&error),
    };
    let mut query = Message::query();
    query.metadata.recursion_desired = true;
    query.add_query(Query::query(name, RecordType::MX));
    let bytes = match query.to_vec() {
        Ok(bytes) => bytes,
        Err(error) => return failed(&error),
    };
    let until = clock.end_of_step();
    match by_udp(&bytes, resolver, until, query.metadata.id) {
        Ok(Some(message)) if message.metadata.truncation => match by_tcp(&bytes, resolver, until) {
            Ok(message) => told(&message),
            Err(error) => failed(&error),
        },
        Ok(Some(message)) => told(&message),
        Ok(None) => Answer::TimedOut,
        Err(error) => failed(&error),
    }
}

/// What is no answer to this question is passed over: anybody may send to the socket.
fn by_udp(
    query: &[u8],
    resolver: SocketAddr,
    until: Instant,
    id: u16,
) -> std::io::Result<Option<Message>> {
    let local: SocketAddr = if resolver.is_ipv4() {
        ([0, 0, 0, 0], 0).into()
    } else {
        ([0u16; 8], 0).into()
    };
    let socket = UdpSocket::bind(local)?;
    socket.connect(resolver)?;
    let mut buffer = [0; 4_096];
    for _ in 0..2 {
        socket.send(query)?;
        let left = until.saturating_duration_since(Instant::now()) / 2;
        let turn = Instant::now() + left;
        loop {
            let left = turn.saturating_duration_since(Instant::now());
            if left.is_zero() {
                break;
            }
            socket.set_read_timeout(Some(left))?;
            let count = match socket.recv(&mut buffer) {
                Ok(count) => count,
                Err(error) if error.kind() == std::io::ErrorKind::ConnectionRefused => {
                    return Err(error);
                }
                Err(_) => break,
            };
            let message = Message::from_vec(buffer.get(..count).unwrap_or_default());
            if let Ok(message) = message
                && message.metadata.id == id
            {
                return Ok(Some(message));
            }
        }
    }
    Ok(None)
}

fn by_tcp(query: &[u8], resolver: SocketAddr, until: Instant) -> std::io::Result<Message> {
    let left = || {
        until
            .saturating_duration_since(Instant::now())
            .max(std::time::Duration::from_millis(1))
    };
    let mut stream = TcpStream::connect_timeout(&resolver, left())?;
    stream.set_write_timeout(Some(left()))?;
    let length = u16::try_from(query.len()).unwrap_or(u16::MAX);
    stream.write_all(&[&length.to_be_bytes(), query].concat())?;
    let mut head = [0; 2];
    stream.set_read_timeout(Some(left()))?;
    stream.read_exact(&mut head)?;
    let mut body = vec![0; usize::from(u16::from_be_bytes(head))];
    let mut at = 0;
    while at < body.len() {
        if Instant::now() >= until {
            return Err(std::io::ErrorKind::TimedOut.into());
        }
        stream.set_read_timeout(Some(left()))?;
        match stream.read(body.get_mut(at..).unwrap_or_default())? {
            0 => return Err(std::io::ErrorKind::UnexpectedEof.into()),
            count => at += count,
        }
    }
    Message::from_vec(&body).map_err(std::io::Error::other)
}

fn told(message: &Message) -> Answer {
    match message.metadata.response_code {
        ResponseCode::NoError => {}
        ResponseCode::NXDomain => return Answer::NoSuchName,
        ResponseCode::Refused => return Answer::Refused,
        other => return failed(&other),
    }
    let mut exchanges: Vec<Exchange> = message
        .answers
        .iter()
        .filter_map(|record| match &record.data {
            RData::MX(mx) => Some(Exchange {
                preference: mx.preference,
                host: mx.exchange.to_ascii().trim_end_matches('.').to_owned(),
            }),
            _ => None,
        })
        .take(limits::ANSWERS)
        .collect();
    exchanges
        .sort_by(|one, other| (one.preference, &one.host).cmp(&(other.preference, &other.host)));
    if exchanges.is_empty() {
        Answer::NoRecords
    } else {
        Answer::Exchanges { exchanges }
    }
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use hickory_proto::rr::Record;
    use hickory_proto::rr::rdata::MX;
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_silent_resolver_is_told_from_a_name_that_is_not_there() {
        let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
        let clock = Clock {
            began: Instant::now(),
            deadline: Instant::now() + Duration::from_secs(5),
            step: Duration::from_millis(200),
        };
        let address = socket.local_addr().unwrap();
        assert_eq!(ask("example.org", address, clock), Answer::TimedOut);
        let answering = std::thread::spawn(move || {
            let mut buffer = [0; 512];
            // Two tries of the silent part lie in the queue.
            for _ in 0..3 {
                let (count, from) = socket.recv_from(&mut buffer).unwrap();
                let mut message = Message::from_vec(&buffer[..count]).unwrap();
                message.metadata.response_code = ResponseCode::NXDomain;
                let _ = socket.send_to(b"garbage", from);
                let _ = socket.send_to(&message.to_vec().unwrap(), from);
            }
        });
        let clock = Clock {
            step: Duration::from_secs(3),
            ..clock
        };
        assert_eq!(ask("example.org", address, clock), Answer::NoSuchName);
        answering.join().unwrap();
    }

    #[test]
    fn an_answer_that_was_cut_is_asked_for_again() {
        let udp = UdpSocket::bind("127.0.0.1:0").unwrap();
        let address = udp.local_addr().unwrap();
        let tcp = TcpListener::bind(address).unwrap();
        std::thread::spawn(move || {
            let mut buffer = [0; 512];
            let (count, from) = udp.recv_from(&mut buffer).unwrap();
            let mut message = Message::from_vec(&buffer[..count]).unwrap();
            message.metadata.truncation = true;
            udp.send_to(&message.to_vec().unwrap(), from).unwrap();
            let (mut stream, _) = tcp.accept().unwrap();
            let mut length = [0; 2];
            stream.read_exact(&mut length).unwrap();
            let mut body = vec![0; usize::from(u16::from_be_bytes(length))];
            stream.read_exact(&mut body).unwrap();
            let mut message = Message::from_vec(&body).unwrap();
            for (preference, host) in [(20, "mx2.example.org."), (10, "mx1.example.org.")] {
                let name = Name::from_ascii("example.org.").unwrap();
                let data = RData::MX(MX::new(preference, Name::from_ascii(host).unwrap()));
                message.answers.push(Record::from_rdata(name, 60, data));
            }
            let bytes = message.to_vec().unwrap();
            let length = u16::try_from(bytes.len()).unwrap().to_be_bytes();
            // In two pieces, as TCP may bring it.
            stream.write_all(&length).unwrap();
            stream.write_all(&bytes).unwrap();
        });
        let clock = Clock {
            began: Instant::now(),
            deadline: Instant::now() + Duration::from_secs(5),
            step: Duration::from_secs(3),
        };
        let Answer::Exchanges { exchanges } = ask("example.org", address, clock) else {
            panic!("no exchanges");
        };
        let seen: Vec<(u16, &str)> = exchanges
            .iter()
            .map(|it| (it.preference, it.host.as_str()))
            .collect();
        assert_eq!(seen, [(10, "mx1.example.org"), (20, "mx2.example.org")]);
    }
}
