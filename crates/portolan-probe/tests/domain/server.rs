//! A server of the DNS on loopback, over UDP and TCP: it answers from a zone, or misbehaves as a test wants.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream, UdpSocket};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use hickory_proto::op::{Message, MessageType, ResponseCode};
use hickory_proto::rr::rdata::tlsa::{CertUsage, Matching, Selector};
use hickory_proto::rr::rdata::{A, AAAA, CNAME, MX, NS, PTR, SOA, TLSA, TXT};
use hickory_proto::rr::{Name, RData, Record as WireRecord, RecordType};
use portolan_dns::lookup::{Answer, Kind, Lookup, Record};
use portolan_dns::spf::{Zone, answer_from_zone};

pub(crate) use crate::fault::Fault;

/// A server while it lives.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    asked: Arc<AtomicUsize>,
    rules: Arc<Mutex<Rules>>,
}

#[derive(Default)]
struct Rules {
    zone: Zone,
    faults: BTreeMap<String, Fault>,
    all: Option<Fault>,
    authenticated: bool,
}

impl Server {
    pub(crate) fn start(zone: Zone) -> Self {
        // The same port for both: one that is free for UDP is most likely free for TCP.
        let (udp, tcp) = (0..50)
            .find_map(|_| {
                let udp = UdpSocket::bind("127.0.0.1:0").unwrap();
                let tcp = TcpListener::bind(udp.local_addr().unwrap()).ok()?;
                Some((udp, tcp))
            })
            .unwrap();
        let server = Self {
            address: udp.local_addr().unwrap(),
            asked: Arc::default(),
            rules: Arc::new(Mutex::new(Rules {
                zone,
                ..Rules::default()
            })),
        };
        let (rules, asked) = (Arc::clone(&server.rules), Arc::clone(&server.asked));
        thread::spawn(move || over_udp(&udp, &rules, &asked));
        let rules = Arc::clone(&server.rules);
        thread::spawn(move || {
            for stream in tcp.incoming().flatten() {
                let rules = Arc::clone(&rules);
                thread::spawn(move || over_tcp(stream, &rules));
            }
        });
        server
    }

    /// Misbehaves at a name.
    pub(crate) fn at(self, name: &str, fault: Fault) -> Self {
        self.rules
            .lock()
            .unwrap()
            .faults
            .insert(name.to_owned(), fault);
        self
    }

    /// Misbehaves everywhere.
    pub(crate) fn everywhere(self, fault: Fault) -> Self {
        self.rules.lock().unwrap().all = Some(fault);
        self
    }

    /// Says that it validated everything.
    pub(crate) fn authenticated(self) -> Self {
        self.rules.lock().unwrap().authenticated = true;
        self
    }

    /// How many questions came by UDP.
    pub(crate) fn asked(&self) -> usize {
        self.asked.load(Ordering::Relaxed)
    }
}

fn over_udp(socket: &UdpSocket, rules: &Arc<Mutex<Rules>>, asked: &AtomicUsize) {
    let mut buffer = [0; 4_096];
    loop {
        let Ok((count, from)) = socket.recv_from(&mut buffer) else {
            continue;
        };
        asked.fetch_add(1, Ordering::Relaxed);
        let Ok(query) = Message::from_vec(&buffer[..count]) else {
            continue;
        };
        let (answer, fault) = answer(&query, rules);
        let send = |message: &Message| {
            let _ = socket.send_to(&message.to_vec().unwrap(), from);
        };
        let strays = |times: usize| {
            for _ in 0..times {
                let mut other = answer.clone();
                other.metadata.id = answer.metadata.id.wrapping_add(1);
                send(&other);
                let mut other = answer.clone();
                other.queries[0].name = name("elsewhere.example");
                send(&other);
                let _ = socket.send_to(b"garbage", from);
                // A question is no answer.
                send(&query);
            }
        };
        match fault {
            None
            | Some(
                Fault::Code(_)
                | Fault::Circle
                | Fault::AliasAlone
                | Fault::EndlessAliases
                | Fault::Referral,
            ) => {
                send(&answer);
            }
            Some(Fault::NoEdns) if query.edns.is_some() => {
                let mut refusal = reply(&query);
                refusal.metadata.response_code = ResponseCode::FormErr;
                send(&refusal);
            }
            Some(Fault::NoEdns) => send(&answer),
            Some(Fault::Cut | Fault::CutAndSilent | Fault::CutAndDrip | Fault::CutAndClosed) => {
                let mut cut = reply(&query);
                cut.metadata.truncation = true;
                send(&cut);
            }
            Some(Fault::Silence) => {}
            Some(Fault::WrongId) => {
                let mut other = answer.clone();
                other.metadata.id = answer.metadata.id.wrapping_add(1);
                send(&other);
            }
            Some(Fault::WrongQuestion) => {
                let mut other = answer.clone();
                other.queries[0].name = name("elsewhere.example");
                send(&other);
            }
            Some(Fault::Garbage) => {
                let _ = socket.send_to(b"garbage", from);
            }
            Some(Fault::GarbageWithId) => {
                let mut bytes = query.metadata.id.to_be_bytes().to_vec();
                bytes.extend([0x80; 60]);
                let _ = socket.send_to(&bytes, from);
            }
            Some(Fault::StraysFirst) => {
                strays(20);
                send(&answer);
            }
            Some(Fault::Forged) => {
                let other = UdpSocket::bind("127.0.0.1:0").unwrap();
                let _ = other.send_to(&answer.to_vec().unwrap(), from);
            }
            Some(Fault::Flood) => {
                let (socket, bytes) = (socket.try_clone().unwrap(), answer.to_vec().unwrap());
                thread::spawn(move || {
                    for _ in 0..20_000 {
                        let mut bytes = bytes.clone();
                        bytes[0] ^= 1;
                        let _ = socket.send_to(&bytes, from);
                    }
                });
            }
        }
    }
}

fn over_tcp(mut stream: TcpStream, rules: &Arc<Mutex<Rules>>) -> Option<()> {
    loop {
        let mut head = [0; 2];
        stream.read_exact(&mut head).ok()?;
        let mut body = vec![0; usize::from(u16::from_be_bytes(head))];
        stream.read_exact(&mut body).ok()?;
        let query = Message::from_vec(&body).ok()?;
        let (answer, fault) = answer(&query, rules);
        let bytes = answer.to_vec().unwrap();
        let length = u16::try_from(bytes.len()).unwrap().to_be_bytes();
        match fault {
            Some(Fault::CutAndSilent) => thread::sleep(Duration::from_mins(1)),
            Some(Fault::CutAndDrip) => {
                stream.write_all(&u16::MAX.to_be_bytes()).ok()?;
                loop {
                    stream.write_all(b"x").ok()?;
                    thread::sleep(Duration::from_millis(20));
                }
            }
            Some(Fault::CutAndClosed) => {
                stream.write_all(&length).ok()?;
                stream.write_all(&bytes[..bytes.len() / 2]).ok()?;
                return None;
            }
            _ => {
                stream.write_all(&length).ok()?;
                // In pieces, as TCP may bring it.
                for piece in bytes.chunks(100) {
                    stream.write_all(piece).ok()?;
                }
            }
        }
    }
}

fn reply(query: &Message) -> Message {
    let mut message = Message::new(
        query.metadata.id,
        MessageType::Response,
        query.metadata.op_code,
    );
    message.metadata.recursion_desired = true;
    message.metadata.recursion_available = true;
    message.queries.clone_from(&query.queries);
    message
}

fn answer(query: &Message, rules: &Mutex<Rules>) -> (Message, Option<Fault>) {
    let rules = rules.lock().unwrap();
    let mut message = reply(query);
    let question = &query.queries[0];
    let at = question.name.clone();
    let text = at.to_ascii().trim_end_matches('.').to_ascii_lowercase();
    if text.is_empty() {
        // The root is signed, and a server that validates says so.
        message.metadata.authentic_data = rules.authenticated;
        return (message, rules.all.filter(|it| *it == Fault::Silence));
    }
    let fault = rules.faults.get(&text).copied().or(rules.all);
    message.metadata.authentic_data = rules.authenticated;
    let alias = |from: &Name, to: &str| {
        WireRecord::from_rdata(from.clone(), 60, RData::CNAME(CNAME(name(to))))
    };
    match fault {
        Some(Fault::Code(code)) => {
            message.metadata.response_code = code;
            message.metadata.authentic_data = false;
            return (message, fault);
        }
        Some(Fault::Circle) => {
            message.answers.push(alias(&at, "circle.example"));
            message.answers.push(alias(&name("circle.example"), &text));
            return (message, fault);
        }
        Some(Fault::AliasAlone) => {
            message.answers.push(alias(&at, &format!("target.{text}")));
            return (message, fault);
        }
        Some(Fault::EndlessAliases) => {
            message.answers.push(alias(&at, &format!("x{text}")));
            return (message, fault);
        }
        Some(Fault::Referral) => {
            message.metadata.recursion_available = false;
            let ns = RData::NS(NS(name("a.root-servers.net")));
            message
                .authorities
                .push(WireRecord::from_rdata(Name::root(), 60, ns));
            return (message, fault);
        }
        _ => {}
    }
    let soa = |message: &mut Message| {
        let root = name("root.example");
        let soa = SOA::new(root.clone(), root, 1, 1, 1, 1, 60);
        message
            .authorities
            .push(WireRecord::from_rdata(name("example"), 60, RData::SOA(soa)));
    };
    let Some(kind) = kind_of(question.query_type) else {
        soa(&mut message);
        return (message, fault);
    };
    // Names of zones hold what the suite's hold; in messages odd bytes stand as they are.
    let labels: Vec<String> = at
        .iter()
        .map(|it| String::from_utf8_lossy(it).into_owned())
        .collect();
    let Ok(wanted) = portolan_dns::name::Name::new(&labels.join(".")) else {
        message.metadata.response_code = ResponseCode::NXDomain;
        return (message, fault);
    };
    match answer_from_zone(&rules.zone, &Lookup::new(wanted, kind)) {
        Answer::Records(records) => {
            for record in records {
                message
                    .answers
                    .push(WireRecord::from_rdata(at.clone(), 60, data(&record)));
            }
        }
        Answer::NoData => soa(&mut message),
        Answer::NoSuchName => {
            message.metadata.response_code = ResponseCode::NXDomain;
            soa(&mut message);
        }
        Answer::ServerFailure => message.metadata.response_code = ResponseCode::ServFail,
        Answer::TimedOut => return (message, Some(Fault::Silence)),
    }
    (message, fault)
}

const fn kind_of(kind: RecordType) -> Option<Kind> {
    Some(match kind {
        RecordType::A => Kind::A,
        RecordType::AAAA => Kind::Aaaa,
        RecordType::CNAME => Kind::Cname,
        RecordType::MX => Kind::Mx,
        RecordType::PTR => Kind::Ptr,
        RecordType::TLSA => Kind::Tlsa,
        RecordType::TXT => Kind::Txt,
        _ => return None,
    })
}

pub(crate) fn name(text: &str) -> Name {
    let text = text.trim_end_matches('.');
    if text.is_empty() {
        return Name::root();
    }
    Name::from_labels(text.split('.').map(str::as_bytes)).unwrap()
}

fn data(record: &Record) -> RData {
    match record {
        Record::A(ip) => RData::A(A(*ip)),
        Record::Aaaa(ip) => RData::AAAA(AAAA(*ip)),
        Record::Cname(target) => RData::CNAME(CNAME(name(target))),
        Record::Mx { preference, host } => RData::MX(MX::new(*preference, name(host))),
        Record::Ptr(target) => RData::PTR(PTR(name(target))),
        Record::Tlsa(it) => RData::TLSA(TLSA::new(
            CertUsage::from(it.usage),
            Selector::from(it.selector),
            Matching::from(it.matching),
            it.data.clone(),
        )),
        Record::Txt(strings) => {
            // A message has no string of more than 255 bytes, and no text without one.
            let pieces = |it: &'_ Vec<u8>| it.chunks(255).map(<[u8]>::to_vec).collect::<Vec<_>>();
            let mut all: Vec<Vec<u8>> = strings.iter().flat_map(pieces).collect();
            if all.is_empty() {
                all.push(Vec::new());
            }
            RData::TXT(TXT::from_bytes(all.iter().map(Vec::as_slice).collect()))
        }
        Record::StsPolicy { .. } => unreachable!("no record of the DNS"),
    }
}
