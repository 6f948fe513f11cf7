//! The exchanges of a domain (MX) by a resolver that is asked directly.

use std::net::{IpAddr, SocketAddr};
use std::time::Instant;

use portolan_dns::lookup::{self, Kind, Record};
use portolan_dns::name::Name;
use portolan_report::ordered;
use portolan_report::probe::{Answer, Exchange, Lookup, LookupKind, limits};

use super::wire::{Clock, ms};
use crate::dns::{self, Lost, Timing};

/// Asks the resolvers in turn until one answers for the name.
pub(super) fn exchanges(domain: &str, resolver: Option<IpAddr>, clock: Clock) -> Vec<Lookup> {
    let resolvers = match resolver.map_or_else(dns::system, |it| Ok(vec![SocketAddr::new(it, 53)]))
    {
        Ok(resolvers) => resolvers,
        Err(text) => {
            return vec![Lookup {
                kind: LookupKind::Exchanges,
                name: domain.to_owned(),
                resolver: "system".to_owned(),
                started_ms: clock.now_ms(),
                took_ms: 0,
                answer: Answer::Failed { text },
            }];
        }
    };
    let mut lookups = Vec::new();
    for resolver in resolvers {
        let (started_ms, from) = (clock.now_ms(), Instant::now());
        let answer = ask(domain, resolver, clock);
        let is_told = !matches!(
            answer,
            Answer::Failed { .. } | Answer::Refused | Answer::TimedOut
        );
        lookups.push(Lookup {
            kind: LookupKind::Exchanges,
            name: domain.to_owned(),
            resolver: resolver.ip().to_string(),
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

fn ask(domain: &str, resolver: SocketAddr, clock: Clock) -> Answer {
    let failed = |text: String| Answer::Failed { text };
    let name = match Name::new(domain) {
        Ok(name) => name,
        Err(fault) => return failed(fault.to_string()),
    };
    let timing = Timing {
        step: clock.step,
        deadline: clock.deadline,
    };
    match dns::ask(&lookup::Lookup::new(name, Kind::Mx), resolver, timing).result {
        Ok(lookup::Answer::NoSuchName) => Answer::NoSuchName,
        Ok(answer) => told(answer.records()),
        Err(Lost::Failed(text)) => failed(text),
        Err(Lost::Refused) => Answer::Refused,
        Err(Lost::TimedOut) => Answer::TimedOut,
    }
}

fn told(records: &[Record]) -> Answer {
    let mut exchanges: Vec<Exchange> = records
        .iter()
        .filter_map(|record| match record {
            Record::Mx { preference, host } => Some(Exchange {
                preference: *preference,
                host: host.trim_end_matches('.').to_owned(),
            }),
            _ => None,
        })
        .take(limits::ANSWERS)
        .collect();
    ordered::by(&mut exchanges, |one, other| {
        (one.preference, &one.host).cmp(&(other.preference, &other.host))
    });
    if exchanges.is_empty() {
        Answer::NoRecords
    } else {
        Answer::Exchanges { exchanges }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::{TcpListener, UdpSocket};
    use std::time::Duration;

    use hickory_proto::op::{Message, MessageType, ResponseCode};
    use hickory_proto::rr::rdata::MX;
    use hickory_proto::rr::{Name, RData, Record};

    use super::{Answer, Clock, Instant, ask};

    fn question(bytes: &[u8]) -> Message {
        let mut message = Message::from_vec(bytes).unwrap();
        message.metadata.message_type = MessageType::Response;
        message
    }

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
            // Three tries of the silent part lie in the queue.
            for _ in 0..4 {
                let (count, from) = socket.recv_from(&mut buffer).unwrap();
                let mut message = question(&buffer[..count]);
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
        // Another test may hold the other of the two.
        let (udp, tcp) = (0..50)
            .find_map(|_| {
                let udp = UdpSocket::bind("127.0.0.1:0").unwrap();
                let tcp = TcpListener::bind(udp.local_addr().unwrap()).ok()?;
                Some((udp, tcp))
            })
            .unwrap();
        let address = udp.local_addr().unwrap();
        std::thread::spawn(move || {
            let mut buffer = [0; 512];
            let (count, from) = udp.recv_from(&mut buffer).unwrap();
            let mut message = question(&buffer[..count]);
            message.metadata.truncation = true;
            udp.send_to(&message.to_vec().unwrap(), from).unwrap();
            let (mut stream, _) = tcp.accept().unwrap();
            let mut length = [0; 2];
            stream.read_exact(&mut length).unwrap();
            let mut body = vec![0; usize::from(u16::from_be_bytes(length))];
            stream.read_exact(&mut body).unwrap();
            let mut message = question(&body);
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
