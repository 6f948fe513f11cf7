//! A domain looked up over DNS over HTTPS: what to ask next, what to make of an answer, and the report of it.
//!
//! Nothing here sends anything. A shell sends what [`LookUp::send`] gives, tells what came of each by [`LookUp::hear`], and
//! asks again, until [`LookUp::is_over`]. As in the command line, the report is all there is of state.

use std::collections::{BTreeSet, VecDeque};
use std::fmt;

use portolan_check::domain::{kept_answer, kept_kind, wanted};
use portolan_dns::lookup::{Kind, Lookup};
use portolan_dns::name::Name;
use portolan_report::domain::{
    Answer, AskedDomain, DomainReport, LookedUp, ReportKind, Resolver, ResolverOrigin, SCHEMA,
    Said, limits,
};
use portolan_report::probe::Moment;
use portolan_resolve::{Failure, Next, Question, Told, doh, root_message, root_validated};

/// The time for all, in milliseconds.
pub const DEADLINE_MS: u64 = 20_000;
/// The time for each message, in milliseconds.
pub const STEP_MS: u64 = 5_000;
/// Messages that are on their way at once.
pub const AT_ONCE: usize = 8;
/// A resolver of which nothing was ever heard is asked no more after so many messages.
const MAX_LOST: usize = 3;

/// A look-up in its course.
#[derive(Clone, Debug)]
pub struct LookUp {
    report: DomainReport,
    /// The number of each question of the report: they stand in the order in which they were wanted.
    numbers: Vec<u32>,
    /// Questions that were asked or are to be; what is wanted again will not come.
    known: BTreeSet<Lookup>,
    waiting: VecDeque<Open>,
    going: Vec<Open>,
    next: u32,
    /// Messages that came from the resolver, and those that were lost.
    heard: usize,
    lost: usize,
    /// Bytes of answers that are kept.
    bytes: usize,
    is_ended: bool,
}

/// A question that is not answered yet.
#[derive(Clone, Debug)]
struct Open {
    number: u32,
    /// When its first message went out.
    since_ms: Option<u64>,
    asks: Asks,
}

#[derive(Clone, Debug)]
enum Asks {
    /// Whether the resolver validates.
    Root,
    Records(Lookup, Question),
}

/// A message to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sending {
    /// To tell by what came of it.
    pub number: u32,
    /// The message.
    pub message: Vec<u8>,
    /// The time for its answer, in milliseconds.
    pub within_ms: u64,
}

/// Why no message came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lost {
    /// No connection, or an answer that no page may read: browsers do not say which.
    Network,
    /// Another status of HTTP than 200.
    Status(u16),
    /// Something else than a message of the DNS; its media type, empty where it has none.
    MediaType(String),
    /// More bytes than a message has.
    TooLong,
    /// Nothing, in time.
    TimedOut,
}

impl LookUp {
    /// Of a domain, by a resolver at this address; `now` is in seconds since 1970. What was asked of it before is asked
    /// again: selectors, and domains beside it.
    pub fn new(
        domain: &Name,
        before: Option<&AskedDomain>,
        (url, on_loopback): (&str, bool),
        now: i64,
    ) -> Self {
        let asked = AskedDomain {
            name: domain.to_string(),
            selectors: before.map(|it| it.selectors.clone()).unwrap_or_default(),
            ip: before.and_then(|it| it.ip),
            envelope: before.and_then(|it| it.envelope.clone()),
            signer: before.and_then(|it| it.signer.clone()),
            // Browsers let no page read another site's file, and none speak SMTP.
            https: false,
            smtp: false,
            step_timeout_ms: STEP_MS,
            deadline_ms: DEADLINE_MS,
        };
        Self {
            report: DomainReport {
                kind: ReportKind::Domain,
                schema: SCHEMA,
                tool: concat!("portolan ", env!("CARGO_PKG_VERSION")).to_owned(),
                started_at: Moment::from_unix(now),
                took_ms: 0,
                cut_short: false,
                asked,
                resolvers: vec![Resolver {
                    address: url.to_owned(),
                    origin: ResolverOrigin::Named,
                    on_loopback,
                    validates: None,
                }],
                lookups: Vec::new(),
                policy: None,
                certificates: Vec::new(),
            },
            numbers: Vec::new(),
            known: BTreeSet::new(),
            waiting: VecDeque::from([Open {
                number: 0,
                since_ms: None,
                asks: Asks::Root,
            }]),
            going: Vec::new(),
            next: 1,
            heard: 0,
            lost: 0,
            bytes: 0,
            is_ended: false,
        }
    }

    /// The domain.
    pub fn domain(&self) -> &str {
        &self.report.asked.name
    }

    /// What to send now, so many milliseconds after the beginning.
    pub fn send(&mut self, now_ms: u64) -> Vec<Sending> {
        let mut all = Vec::new();
        if self.is_ended {
            return all;
        }
        self.report.took_ms = now_ms;
        if now_ms >= DEADLINE_MS {
            self.stop();
            return all;
        }
        if self.heard == 0 && self.lost >= MAX_LOST {
            self.waiting.clear();
        } else if self.waiting.is_empty() || self.known.is_empty() {
            self.want();
        }
        while self.going.len() < AT_ONCE {
            let Some(mut open) = self.waiting.pop_front() else {
                break;
            };
            // A question fits into a message; one that did not would never be answered.
            let Some(message) = open.message() else {
                self.keep(open, now_ms, failed("it fits into no message"), false);
                continue;
            };
            open.since_ms.get_or_insert(now_ms);
            all.push(Sending {
                number: open.number,
                message,
                within_ms: STEP_MS.min(DEADLINE_MS - now_ms),
            });
            self.going.push(open);
        }
        self.is_ended = self.going.is_empty();
        all
    }

    /// Queues what the report still lacks.
    fn want(&mut self) {
        for lookup in wanted(&self.report) {
            let has_room = self.known.len() < limits::LOOKUPS;
            // The policy file is not of the DNS.
            let question = Question::new(&lookup).filter(|_| lookup.kind != Kind::StsPolicy);
            let Some(question) = question.filter(|_| has_room) else {
                continue;
            };
            if self.known.insert(lookup.clone()) {
                self.waiting.push_back(Open {
                    number: self.next,
                    since_ms: None,
                    asks: Asks::Records(lookup, question),
                });
                self.next += 1;
            }
        }
    }

    /// Takes what came of a message.
    pub fn hear(&mut self, number: u32, came: Result<&[u8], Lost>, now_ms: u64) {
        let Some(at) = self.going.iter().position(|it| it.number == number) else {
            return;
        };
        let mut open = self.going.swap_remove(at);
        match &came {
            Ok(_) => self.heard += 1,
            Err(_) => self.lost += 1,
        }
        let (answer, authenticated) = match (&mut open.asks, came) {
            (Asks::Root, came) => {
                let said = came.ok().and_then(|it| root_validated(doh::ID, it));
                if let Some(resolver) = self.report.resolvers.first_mut() {
                    resolver.validates = said;
                }
                return;
            }
            (_, Err(Lost::TimedOut)) => (Answer::TimedOut, false),
            (_, Err(lost)) => (failed(&lost.to_string()), false),
            (Asks::Records(_, question), Ok(bytes)) => match question.hear(doh::ID, bytes) {
                Ok(Next::Ask) => {
                    // It goes on before others begin.
                    self.waiting.push_front(open);
                    return;
                }
                Ok(Next::AskByTcp) => (failed("the answer was cut"), false),
                Ok(Next::Done(told)) => kept(&told),
                Err(_) => (failed("the answer is to another question"), false),
            },
        };
        self.keep(open, now_ms, answer, authenticated);
    }

    /// Writes an answer down.
    fn keep(&mut self, open: Open, now_ms: u64, answer: Answer, authenticated: bool) {
        let Asks::Records(lookup, _) = open.asks else {
            return;
        };
        let Some(kind) = kept_kind(lookup.kind) else {
            return;
        };
        let bytes = serde_json::to_vec(&answer).map_or(0, |it| it.len());
        // A hostile zone cannot make a report larger than a reader takes.
        let answer = if self.bytes + bytes > limits::ANSWER_BYTES {
            failed("more bytes than a report keeps")
        } else {
            self.bytes += bytes;
            answer
        };
        let since_ms = open.since_ms.unwrap_or(now_ms);
        let looked = LookedUp {
            name: lookup.name.to_string(),
            kind,
            answers: vec![Said {
                resolver: 0,
                started_ms: since_ms,
                took_ms: now_ms.saturating_sub(since_ms),
                authenticated,
                answer,
            }],
        };
        let place = self.numbers.partition_point(|it| *it < open.number);
        self.numbers.insert(place, open.number);
        self.report.lookups.insert(place, looked);
        self.report.took_ms = now_ms;
    }

    /// Ends it with what is known; what is on its way is not waited for.
    pub fn stop(&mut self) {
        if !self.is_ended {
            self.report.cut_short = true;
            self.is_ended = true;
            self.waiting.clear();
            self.going.clear();
        }
    }

    /// Whether all is known that will be.
    pub const fn is_over(&self) -> bool {
        self.is_ended
    }

    /// Questions that were answered, and all that are known of; answers lead to others.
    pub fn progress(&self) -> (usize, usize) {
        let open = self.going.iter().chain(&self.waiting);
        let open = open.filter(|it| matches!(it.asks, Asks::Records(..)));
        let answered = self.report.lookups.len();
        (answered, answered + open.count())
    }

    /// The report, as far as it is.
    pub fn into_report(self) -> DomainReport {
        self.report
    }
}

impl Open {
    fn message(&self) -> Option<Vec<u8>> {
        match &self.asks {
            Asks::Root => root_message(doh::ID),
            Asks::Records(_, question) => question.message(doh::ID),
        }
    }
}

/// Why a resolver failed is kept as it says it.
fn kept(told: &Told) -> (Answer, bool) {
    let answer = match &told.result {
        Ok(answer) => kept_answer(answer),
        Err(Failure::Refused) => Answer::Refused,
        Err(failure) => failed(&failure.to_string()),
    };
    (answer, told.authenticated)
}

fn failed(text: &str) -> Answer {
    Answer::Failed {
        text: text.to_owned(),
    }
}

impl fmt::Display for Lost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Network => f.write_str(
                "no connection, or an answer that the resolver lets no page read (no CORS header)",
            ),
            Self::Status(status) => write!(f, "HTTP status {status}"),
            Self::MediaType(it) if it.is_empty() => {
                write!(f, "an answer without a media type, not {}", doh::MEDIA_TYPE)
            }
            Self::MediaType(it) => {
                let it: String = it.chars().take(80).collect();
                write!(f, "an answer of type {it}, not {}", doh::MEDIA_TYPE)
            }
            Self::TooLong => f.write_str("more bytes than a message has"),
            Self::TimedOut => f.write_str("timed out"),
        }
    }
}
