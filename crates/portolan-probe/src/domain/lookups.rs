//! Questions of a survey to the resolvers: named ones are asked everything, each; the system's in turn, as the system does.

use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Instant;

use portolan_check::domain::{kept_answer, kept_kind};
use portolan_dns::lookup::{Kind, Lookup};
use portolan_dns::name::Name;
use portolan_report::domain::{Answer, DomainReport, LookedUp, ResolverOrigin, Said, limits};

use crate::dns::{Lost, Reply, Timing, ask, side_by_side};

/// A resolver that was silent so often, and never said anything, is asked no more.
const MAX_SILENT: u32 = 3;

/// Who is asked, and how that went.
pub(super) struct Lookups {
    resolvers: Vec<Known>,
    origin: ResolverOrigin,
    pub(super) timing: Timing,
    began: Instant,
    /// Bytes of answers that are kept.
    bytes: usize,
}

struct Known {
    address: SocketAddr,
    /// Questions that were not answered in time since it last said something.
    silent: AtomicU32,
    has_spoken: AtomicBool,
}

impl Known {
    /// Who answered once is there: that it is silent now is about what it is asked, such as a zone whose servers are down.
    fn is_given_up(&self) -> bool {
        !self.has_spoken.load(Ordering::Relaxed)
            && self.silent.load(Ordering::Relaxed) >= MAX_SILENT
    }

    fn ask(&self, lookup: &Lookup, timing: Timing) -> Reply {
        let reply = ask(lookup, self.address, timing);
        if matches!(reply.result, Err(Lost::TimedOut)) {
            self.silent.fetch_add(1, Ordering::Relaxed);
        } else {
            self.silent.store(0, Ordering::Relaxed);
            self.has_spoken.store(true, Ordering::Relaxed);
        }
        reply
    }
}

impl Lookups {
    pub(super) fn new(
        addresses: Vec<SocketAddr>,
        origin: ResolverOrigin,
        timing: Timing,
        began: Instant,
    ) -> Self {
        let known = |address| Known {
            address,
            silent: AtomicU32::new(0),
            has_spoken: AtomicBool::new(false),
        };
        Self {
            resolvers: addresses.into_iter().map(known).collect(),
            origin,
            timing,
            began,
            bytes: 0,
        }
    }

    /// Milliseconds since the look began.
    pub(super) fn now_ms(&self) -> u64 {
        u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    /// Asks, and writes the answers down. Whether any came, be it a failure.
    pub(super) fn ask(&mut self, wanted: Vec<Lookup>, report: &mut DomainReport) -> bool {
        let room = limits::LOOKUPS.saturating_sub(report.lookups.len());
        let wanted: Vec<Lookup> = wanted.into_iter().take(room).collect();
        let answers: Vec<Vec<Said>> = match self.origin {
            ResolverOrigin::System => side_by_side(&wanted, |it| self.in_turn(it)),
            // Nobody pastes into a command that asks.
            ResolverOrigin::Named | ResolverOrigin::Pasted => self.each(&wanted),
        };
        let mut moved = false;
        for (lookup, mut answers) in wanted.iter().zip(answers) {
            let Some(kind) = kept_kind(lookup.kind).filter(|_| !answers.is_empty()) else {
                continue;
            };
            for said in &mut answers {
                self.bound(said);
            }
            report.lookups.push(LookedUp {
                name: lookup.name.to_string(),
                kind,
                answers,
            });
            moved = true;
        }
        moved
    }

    /// Addresses of a host, by whoever answers.
    pub(super) fn addresses(&self, host: &Name) -> Result<Vec<IpAddr>, Lost> {
        let both = [Kind::A, Kind::Aaaa].map(|kind| Lookup::new(host.clone(), kind));
        let replies = side_by_side(&both, |lookup| {
            let mut last = Reply {
                result: Err(Lost::TimedOut),
                authenticated: false,
            };
            for known in self.resolvers.iter().filter(|it| !it.is_given_up()) {
                last = known.ask(lookup, self.timing);
                if last.result.is_ok() {
                    break;
                }
            }
            last
        });
        let addresses: Vec<IpAddr> = replies
            .iter()
            .filter_map(|it| it.result.as_ref().ok())
            .flat_map(portolan_dns::lookup::Answer::addresses)
            .collect();
        let failure = replies.into_iter().find_map(|it| it.result.err());
        match failure {
            Some(why) if addresses.is_empty() => Err(why),
            _ => Ok(addresses),
        }
    }

    /// The system's resolvers in turn, until one answers; one that was silent comes last.
    fn in_turn(&self, lookup: &Lookup) -> Vec<Said> {
        let known = self.resolvers.iter().enumerate();
        let mut order: Vec<(usize, &Known)> = known.filter(|(_, it)| !it.is_given_up()).collect();
        portolan_report::ordered::by_key(&mut order, |(_, it)| it.silent.load(Ordering::Relaxed));
        let mut all = Vec::new();
        for (place, known) in order {
            if self.timing.is_over() {
                break;
            }
            let (said, is_told) = self.one(place, known, lookup);
            all.push(said);
            if is_told {
                break;
            }
        }
        all
    }

    /// Each of the named resolvers, all side by side.
    fn each(&self, wanted: &[Lookup]) -> Vec<Vec<Said>> {
        let jobs: Vec<(usize, &Known, &Lookup)> = wanted
            .iter()
            .flat_map(|lookup| {
                let resolvers = self.resolvers.iter().enumerate();
                resolvers.map(move |(place, known)| (place, known, lookup))
            })
            .collect();
        let said = side_by_side(&jobs, |(place, known, lookup)| {
            let is_futile = self.timing.is_over() || known.is_given_up();
            (!is_futile).then(|| self.one(*place, known, lookup).0)
        });
        said.chunks(self.resolvers.len().max(1))
            .map(|it| it.iter().flatten().cloned().collect())
            .collect()
    }

    fn one(&self, place: usize, known: &Known, lookup: &Lookup) -> (Said, bool) {
        let (started_ms, from) = (self.now_ms(), Instant::now());
        let reply = known.ask(lookup, self.timing);
        let said = Said {
            resolver: u16::try_from(place).unwrap_or(u16::MAX),
            started_ms,
            took_ms: u64::try_from(from.elapsed().as_millis()).unwrap_or(u64::MAX),
            authenticated: reply.authenticated,
            answer: match &reply.result {
                Ok(answer) => kept_answer(answer),
                Err(Lost::Refused) => Answer::Refused,
                Err(Lost::TimedOut) => Answer::TimedOut,
                Err(Lost::Failed(text)) => Answer::Failed { text: text.clone() },
            },
        };
        (said, reply.result.is_ok())
    }

    /// A hostile zone cannot make a report larger than a reader takes.
    fn bound(&mut self, said: &mut Said) {
        let bytes = serde_json::to_vec(&said.answer).map_or(0, |it| it.len());
        if self.bytes + bytes > limits::ANSWER_BYTES {
            said.answer = Answer::Failed {
                text: "more bytes than a report keeps".to_owned(),
            };
        } else {
            self.bytes += bytes;
        }
    }
}
