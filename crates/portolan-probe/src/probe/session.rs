//! A visit: the stages one after another, each waited for, and a word of farewell at the end.

mod errands;

use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use portolan_report::probe::{
    Break, ConnectFault, Noticed, Offers, Opening, Outcome, Purpose, Reply, Stage, Step,
    TlsVersion, Visit,
};

pub use errands::Errands;

use super::certificate::Pem;
use super::check::Until;
use super::handshake::{Manner, shake};
use super::roots::Authorities;
use super::wire::{Clock, Heard, Wire, ms};

/// What all visits have in common.
pub(super) struct Common {
    pub(super) clock: Clock,
    pub(super) ehlo: String,
    pub(super) server_name: Option<String>,
    pub(super) roots: Arc<Authorities>,
    pub(super) pem: Pem,
    pub(super) errands: Errands,
    pub(super) until: Until,
    /// The ports on which somebody signs in already, and whether somebody sends the message.
    pub(super) claimed: Mutex<Vec<u16>>,
}

impl Common {
    /// Whether nobody did it before.
    fn claim(&self, what: u16) -> bool {
        let mut claimed = self.claimed.lock().unwrap_or_else(PoisonError::into_inner);
        let is_new = !claimed.contains(&what);
        if is_new {
            claimed.push(what);
        }
        is_new
    }
}

/// Where a visit goes.
#[derive(Clone)]
pub(super) struct To {
    pub(super) host: String,
    pub(super) address: IpAddr,
    pub(super) port: u16,
    pub(super) opening: Opening,
    pub(super) purpose: Purpose,
}

/// Goes there, and tells what was seen.
pub(super) fn visit(to: &To, common: &Common) -> Visit {
    let mut talk = Talk {
        to,
        common,
        steps: Vec::new(),
    };
    let started_ms = common.clock.now_ms();
    if let Some(mut wire) = talk.connect()
        && common.until != Until::Connect
    {
        talk.through(&mut wire);
    }
    Visit {
        host: to.host.clone(),
        address: to.address,
        port: to.port,
        opening: to.opening,
        purpose: to.purpose,
        started_ms,
        steps: talk.steps,
    }
}

struct Talk<'a> {
    to: &'a To,
    common: &'a Common,
    steps: Vec<Step>,
}

/// What came of a step that has to come about for the next.
type Went<T> = Option<T>;

impl Talk<'_> {
    fn connect(&mut self) -> Went<Wire> {
        let clock = self.common.clock;
        let (started_ms, from) = (clock.now_ms(), Instant::now());
        let wire = Wire::connect(SocketAddr::new(self.to.address, self.to.port), clock);
        let (wire, outcome) = match wire {
            Ok(wire) => (Some(wire), Outcome::Connected),
            // Who had no time to wait cannot say that nobody answers.
            Err(ConnectFault::TimedOut) if clock.is_over() && from.elapsed() < clock.step => (
                None,
                Outcome::Broken {
                    how: Break::Deadline,
                    lines: Vec::new(),
                    bytes: 0,
                },
            ),
            Err(fault) => (None, Outcome::NotConnected { fault }),
        };
        self.steps.push(Step {
            stage: Stage::Connect,
            sent: None,
            started_ms,
            took_ms: ms(from.elapsed()),
            first_byte_ms: None,
            outcome,
            noticed: Vec::new(),
        });
        wire
    }

    /// Goes as far as it goes. What breaks off needs no farewell; what was refused does.
    fn through(&mut self, wire: &mut Wire) {
        let said = self.stages(wire);
        let is_alive = self.steps.last().is_some_and(|it| {
            matches!(
                it.outcome,
                Outcome::Reply { .. } | Outcome::Offers { .. } | Outcome::Tls { .. }
            )
        });
        if said.is_some() || is_alive {
            self.farewell(wire);
        }
    }

    fn stages(&mut self, wire: &mut Wire) -> Went<()> {
        if self.to.opening == Opening::Tls {
            self.handshake(wire)?;
            if self.is_of_tls_alone() {
                return Some(());
            }
        }
        self.greeting(wire)?;
        if self.common.until == Until::Greeting {
            return Some(());
        }
        if self.to.opening == Opening::Tls {
            let offers = self.ehlo(wire, Stage::EhloAfter)?;
            return self.within(wire, &offers);
        }
        let offers = self.ehlo(wire, Stage::Ehlo)?;
        if !offers.starttls {
            return self.without_tls(wire);
        }
        self.starttls(wire)?;
        self.handshake(wire)?;
        if self.is_of_tls_alone() {
            return Some(());
        }
        let offers = self.ehlo(wire, Stage::EhloAfter)?;
        self.within(wire, &offers)
    }

    /// The visit only asks whether a version, or TLS at all, is taken.
    fn is_of_tls_alone(&self) -> bool {
        matches!(
            self.to.purpose,
            Purpose::Version { .. } | Purpose::OtherOpening
        )
    }

    fn greeting(&mut self, wire: &mut Wire) -> Went<()> {
        let reply = self.hear(wire, Stage::Greeting, None, None)?;
        (reply.code == 220).then_some(())
    }

    fn ehlo(&mut self, wire: &mut Wire, stage: Stage) -> Went<Offers> {
        let reply = self.say(wire, stage, &format!("EHLO {}", self.common.ehlo), None)?;
        if reply.code != 250 {
            return None;
        }
        let offers = Offers::of(&reply.lines);
        if let Some(step) = self.steps.last_mut() {
            step.outcome = Outcome::Offers {
                reply,
                offers: offers.clone(),
            };
        }
        Some(offers)
    }

    fn starttls(&mut self, wire: &mut Wire) -> Went<()> {
        let reply = self.say(wire, Stage::Starttls, "STARTTLS", None)?;
        if reply.code != 220 {
            return None;
        }
        // RFC 3207, section 6: nothing that came before TLS may count within it.
        if let Some((bytes, text)) = wire.take_early()
            && let Some(step) = self.steps.last_mut()
        {
            step.noticed.push(Noticed::Injected { bytes, text });
        }
        Some(())
    }

    fn handshake(&mut self, wire: &mut Wire) -> Went<()> {
        let (started_ms, from) = (self.common.clock.now_ms(), Instant::now());
        let name = self.common.server_name.as_deref().unwrap_or(&self.to.host);
        let manner = Manner {
            name,
            roots: &self.common.roots,
            only: match self.to.purpose {
                Purpose::Version { version } => Some(version),
                _ => None,
            },
            pem: self.common.pem,
        };
        let (outcome, first) = shake(wire, manner);
        let stands = matches!(outcome, Outcome::Tls { .. });
        self.steps.push(Step {
            stage: Stage::Tls,
            sent: None,
            started_ms,
            took_ms: ms(from.elapsed()),
            first_byte_ms: first.map(|it| ms(it - from)),
            outcome,
            noticed: Vec::new(),
        });
        stands.then_some(())
    }

    fn farewell(&mut self, wire: &mut Wire) {
        // Nobody waits long for a farewell.
        let step = self.common.clock.step.min(Duration::from_secs(2));
        wire.clock.step = step;
        self.say(wire, Stage::Quit, "QUIT", None);
    }

    /// Sends a line and waits for its reply. `shown` stands in the report for what is secret or private.
    fn say(
        &mut self,
        wire: &mut Wire,
        stage: Stage,
        line: &str,
        shown: Option<&str>,
    ) -> Went<Reply> {
        let early = wire.take_early();
        let (started_ms, from) = (self.common.clock.now_ms(), Instant::now());
        let sent = shown.unwrap_or(line).to_owned();
        if let Err(how) = wire.send(line.as_bytes()) {
            self.steps.push(Step {
                stage,
                sent: Some(sent),
                started_ms,
                took_ms: ms(from.elapsed()),
                first_byte_ms: None,
                outcome: Outcome::Broken {
                    how,
                    lines: Vec::new(),
                    bytes: 0,
                },
                noticed: Vec::new(),
            });
            return None;
        }
        let reply = self.hear(wire, stage, Some(sent), Some((started_ms, from)));
        if let (Some((bytes, text)), Some(step)) = (early, self.steps.last_mut()) {
            step.noticed.push(Noticed::EarlyTalk { bytes, text });
        }
        reply
    }

    fn hear(
        &mut self,
        wire: &mut Wire,
        stage: Stage,
        sent: Option<String>,
        since: Option<(u64, Instant)>,
    ) -> Went<Reply> {
        let (started_ms, from) =
            since.unwrap_or_else(|| (self.common.clock.now_ms(), Instant::now()));
        let Heard {
            result,
            noticed,
            first,
        } = wire.hear();
        let (reply, outcome) = match result {
            Ok(reply) => (Some(reply.clone()), Outcome::Reply { reply }),
            Err(broken) => (
                None,
                Outcome::Broken {
                    how: broken.how,
                    lines: broken.lines,
                    bytes: broken.bytes,
                },
            ),
        };
        self.steps.push(Step {
            stage,
            sent,
            started_ms,
            took_ms: ms(from.elapsed()),
            first_byte_ms: first.map(|it| ms(it - from)),
            outcome,
            noticed,
        });
        reply
    }
}

/// Visits beside a session that tell more of it.
pub(super) fn beside(to: &To, visit: &Visit) -> Vec<To> {
    let of = |purpose, opening| To {
        opening,
        purpose,
        ..to.clone()
    };
    let spoken = visit.steps.iter().find_map(|it| match &it.outcome {
        Outcome::Tls { session } => Some(session.version),
        _ => None,
    });
    if let Some(spoken) = spoken {
        // What the session speaks is taken, which needs no connection to be known.
        return [TlsVersion::Tls12, TlsVersion::Tls13]
            .into_iter()
            .filter(|it| *it != spoken)
            .map(|version| of(Purpose::Version { version }, to.opening))
            .collect();
    }
    // A port in plain text that gave no greeting may begin with TLS.
    let last = visit.last();
    let is_silent = last.is_some_and(|it| {
        it.stage == Stage::Greeting && matches!(it.outcome, Outcome::Broken { .. })
    });
    if to.opening == Opening::Text && is_silent {
        return vec![of(Purpose::OtherOpening, Opening::Tls)];
    }
    Vec::new()
}
