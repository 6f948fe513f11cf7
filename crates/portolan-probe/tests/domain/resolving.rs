//! One question to one server, whatever it does: the right reading, within its time.

use std::time::{Duration, Instant};

use hickory_proto::op::ResponseCode;
use portolan_dns::lookup::{Answer, Kind, Lookup, Record};
use portolan_dns::name::Name;
use portolan_dns::spf::Zone;
use portolan_probe::dns::{Lost, Reply, Timing, ask, side_by_side};

use crate::server::{Fault, Server};

fn zone() -> Zone {
    let mut zone = Zone::default();
    let text = |text: &str| Record::Txt(vec![text.as_bytes().to_vec()]);
    zone.add("a.example", text("here"));
    zone.add("a.example", Record::A([192, 0, 2, 1].into()));
    zone.add("target.a.example", text("behind"));
    zone.add("long.example", Record::Txt(vec![vec![b'x'; 255]; 40]));
    zone.add("alias.example", Record::Cname("a.example".to_owned()));
    zone
}

/// A step is short where nothing comes, and long enough where something does.
fn asked(server: &Server, at: &str, kind: Kind, step: Duration) -> Reply {
    let lookup = Lookup::new(Name::new(at).unwrap(), kind);
    let timing = Timing {
        step,
        deadline: Instant::now() + Duration::from_mins(1),
    };
    ask(&lookup, server.address, timing)
}

fn here() -> Answer {
    Answer::Records(vec![Record::Txt(vec![b"here".to_vec()])])
}

fn failed(text: &str) -> Result<Answer, Lost> {
    Err(Lost::Failed(text.to_owned()))
}

const LONG: Duration = Duration::from_secs(20);
const SHORT: Duration = Duration::from_millis(400);

#[test]
fn what_comes_is_read() {
    let server = Server::start(zone());
    let of = |at, kind| asked(&server, at, kind, LONG).result;
    assert_eq!(of("a.example", Kind::Txt), Ok(here()));
    assert_eq!(of("A.Example.", Kind::Txt), Ok(here()));
    assert_eq!(of("alias.example", Kind::Txt), Ok(here()));
    assert_eq!(of("a.example", Kind::Mx), Ok(Answer::NoData));
    assert_eq!(of("no.example", Kind::Txt), Ok(Answer::NoSuchName));
    // What a macro of SPF put there goes out as it is.
    assert_eq!(of("a b.\u{fc}_\".example", Kind::A), Ok(Answer::NoSuchName));
}

#[test]
fn each_failure_is_what_it_is() {
    let cases = [
        (
            Fault::Code(ResponseCode::ServFail),
            LONG,
            failed("SERVFAIL"),
        ),
        (Fault::Code(ResponseCode::Refused), LONG, Err(Lost::Refused)),
        (
            Fault::Code(ResponseCode::NXDomain),
            LONG,
            Ok(Answer::NoSuchName),
        ),
        (Fault::Silence, SHORT, Err(Lost::TimedOut)),
        (Fault::WrongId, SHORT, Err(Lost::TimedOut)),
        (Fault::WrongQuestion, SHORT, Err(Lost::TimedOut)),
        (Fault::Garbage, SHORT, Err(Lost::TimedOut)),
        (Fault::Forged, SHORT, Err(Lost::TimedOut)),
        (Fault::Flood, SHORT, Err(Lost::TimedOut)),
        (
            Fault::GarbageWithId,
            LONG,
            failed("the answer cannot be read"),
        ),
        (Fault::StraysFirst, LONG, Ok(here())),
        (Fault::NoEdns, LONG, Ok(here())),
        (Fault::Cut, LONG, Ok(here())),
        (Fault::CutAndSilent, SHORT, Err(Lost::TimedOut)),
        (Fault::CutAndDrip, SHORT, Err(Lost::TimedOut)),
        (
            Fault::Circle,
            LONG,
            failed("aliases lead in a circle, or are too many"),
        ),
        (
            Fault::EndlessAliases,
            LONG,
            failed("aliases lead in a circle, or are too many"),
        ),
        (
            Fault::Referral,
            LONG,
            failed("the server does not resolve for others"),
        ),
    ];
    for (fault, step, wanted) in cases {
        let server = Server::start(zone()).at("a.example", fault);
        // The aliases without end are all there is.
        let server = if fault == Fault::EndlessAliases {
            server.everywhere(fault)
        } else {
            server
        };
        let found = asked(&server, "a.example", Kind::Txt, step);
        assert_eq!(found.result, wanted, "{fault:?}");
        assert!(!found.authenticated, "{fault:?}");
    }
}

#[test]
fn an_answer_that_breaks_off_is_a_failure_of_its_own() {
    let server = Server::start(zone()).at("a.example", Fault::CutAndClosed);
    let found = asked(&server, "a.example", Kind::Txt, LONG).result;
    assert!(matches!(found, Err(Lost::Failed(_))), "{found:?}");
}

#[test]
fn the_rest_of_an_alias_is_asked_for() {
    let server = Server::start(zone())
        .at("a.example", Fault::AliasAlone)
        .authenticated();
    let found = asked(&server, "a.example", Kind::Txt, LONG);
    let behind = Answer::Records(vec![Record::Txt(vec![b"behind".to_vec()])]);
    assert_eq!(found.result, Ok(behind));
    assert!(found.authenticated);
    assert_eq!(server.asked(), 2);
}

#[test]
fn a_long_text_comes_by_tcp() {
    let server = Server::start(zone()).at("long.example", Fault::Cut);
    let found = asked(&server, "long.example", Kind::Txt, LONG).answer();
    assert_eq!(found.texts().next().unwrap().len(), 255 * 40);
}

#[test]
fn a_port_without_a_server_is_told() {
    let free = std::net::UdpSocket::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let lookup = Lookup::new(Name::new("a.example").unwrap(), Kind::Txt);
    let timing = Timing {
        step: Duration::from_secs(10),
        deadline: Instant::now() + Duration::from_secs(10),
    };
    let found = ask(&lookup, free, timing);
    assert!(matches!(found.result, Err(Lost::Failed(text)) if text.contains("refused")));
}

/// Nothing takes longer than the deadline, whatever the step.
#[test]
fn the_deadline_ends_all() {
    let server = Server::start(zone()).everywhere(Fault::Silence);
    let began = Instant::now();
    let timing = Timing {
        step: Duration::from_hours(1),
        deadline: began + Duration::from_millis(500),
    };
    let lookups: Vec<Lookup> = (0..40)
        .map(|it| Lookup::new(Name::new(&format!("{it}.example")).unwrap(), Kind::A))
        .collect();
    let found = side_by_side(&lookups, |it| ask(it, server.address, timing).result);
    assert_eq!(found.len(), 40);
    assert!(found.iter().all(|it| *it == Err(Lost::TimedOut)));
    // Half a second was given; a busy machine takes longer, an hour it does not.
    assert!(began.elapsed() < Duration::from_mins(1));
}

#[test]
fn what_goes_in_first_comes_out_first() {
    let all: Vec<u32> = (0..200).collect();
    assert_eq!(
        side_by_side(&all, |it| it * 2),
        all.iter().map(|it| it * 2).collect::<Vec<_>>()
    );
    assert_eq!(side_by_side(&[] as &[u32], |it| *it), Vec::<u32>::new());
}
