//! A whole check: names, then all ports of all addresses side by side, a bounded number at a time.

use std::collections::VecDeque;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use portolan_report::probe::{
    Answer, Asked, AskedHost, AskedPort, Errand, Families, Lookup, Moment, ProbeReport, Purpose,
    SCHEMA, Target, Visit, limits,
};

use super::address::resolve;
use super::certificate::Pem;
use super::exchanges::exchanges;
use super::roots::{self, Trust};
use super::session::{Common, Errands, To, beside, visit};
use super::wire::{Clock, ms};
use crate::dns::side_by_side;

/// So many connections stand at a time.
const AT_ONCE: usize = 12;

/// Whom to look at.
#[derive(Clone, Debug)]
pub enum Who {
    /// These hosts and ports.
    Hosts(Vec<AskedHost>),
    /// The exchanges of a domain, on these ports.
    Exchanges(String, Vec<AskedPort>),
}

/// What is asked.
#[derive(Clone, Debug)]
pub struct Asking {
    /// What the user named.
    pub target: Target,
    /// Whom that means.
    pub who: Who,
    /// Which families of addresses.
    pub families: Families,
    /// The name in EHLO.
    pub ehlo: String,
    /// Another name for SNI and for the certificate.
    pub server_name: Option<String>,
    /// Whom to trust.
    pub trust: Trust,
    /// Another resolver for MX records.
    pub resolver: Option<IpAddr>,
    /// The time for each step.
    pub step: Duration,
    /// The time for all.
    pub deadline: Duration,
    /// Whether certificates are kept as PEM.
    pub pem: bool,
    /// What is to be done beyond looking.
    pub errands: Errands,
    /// How far to go.
    pub until: Until,
}

/// How far a session goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Until {
    /// Connect, and no more.
    Connect,
    /// Hear the greeting, and take leave.
    Greeting,
    /// To its end, and what is tried beside it.
    #[default]
    End,
}

/// Looks. It ends by the deadline, whatever anybody does.
///
/// # Errors
///
/// The file of authorities cannot be read.
pub fn check(asking: Asking) -> Result<ProbeReport, String> {
    let started_at = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |it| i64::try_from(it.as_secs()).unwrap_or(i64::MAX));
    let began = Instant::now();
    let clock = Clock {
        began,
        deadline: began + asking.deadline,
        step: asking.step,
    };
    let roots = roots::load(&asking.trust)?;
    let (hosts, mut lookups) = hosts(&asking, clock);
    let mut jobs = VecDeque::new();
    // A resolver that is slow is so for each: the hosts of a domain wait together.
    let found = side_by_side(&hosts, |host| resolve(&host.name, asking.families, clock));
    for (host, (addresses, lookup)) in hosts.iter().zip(found) {
        lookups.extend(lookup);
        for port in &host.ports {
            for address in &addresses {
                jobs.push_back(To {
                    host: host.name.clone(),
                    address: *address,
                    port: port.port,
                    opening: port.opening,
                    purpose: Purpose::Session,
                });
            }
        }
    }
    let asked = asked(&asking, &hosts);
    let common = Common {
        clock,
        ehlo: asking.ehlo,
        server_name: asking.server_name,
        roots,
        pem: if asking.pem { Pem::Kept } else { Pem::Left },
        errands: asking.errands,
        until: asking.until,
        claimed: Mutex::default(),
    };
    let visits = run(jobs, &common);
    let has_tls = visits.iter().any(|it| {
        it.steps
            .iter()
            .any(|it| it.stage == portolan_report::probe::Stage::Tls)
    });
    Ok(ProbeReport {
        schema: SCHEMA,
        tool: concat!("portolan-probe ", env!("CARGO_PKG_VERSION")).to_owned(),
        started_at: Moment::from_unix(started_at),
        took_ms: ms(began.elapsed()),
        cut_short: clock.is_over(),
        asked,
        lookups,
        roots: has_tls.then(|| common.roots.get().1.clone()),
        visits,
    })
}

fn hosts(asking: &Asking, clock: Clock) -> (Vec<AskedHost>, Vec<Lookup>) {
    let (domain, ports) = match &asking.who {
        Who::Hosts(hosts) => return (hosts.clone(), Vec::new()),
        Who::Exchanges(domain, ports) => (domain, ports),
    };
    let lookups = exchanges(domain, asking.resolver, clock);
    let host = |name: &str, preference| AskedHost {
        name: name.to_owned(),
        preference,
        ports: ports.clone(),
    };
    let hosts = match lookups.last().map(|it| &it.answer) {
        Some(Answer::Exchanges { exchanges }) => exchanges
            .iter()
            .filter(|it| !it.host.is_empty())
            .take(limits::HOSTS)
            .map(|it| host(&it.host, Some(it.preference)))
            .collect(),
        // Without MX the domain itself is the exchange (RFC 5321, section 5.1).
        Some(Answer::NoRecords) => vec![host(domain, None)],
        _ => Vec::new(),
    };
    (hosts, lookups)
}

fn asked(asking: &Asking, hosts: &[AskedHost]) -> Asked {
    let errands = &asking.errands;
    let domain = |address: &String| {
        let domain = address.rsplit_once('@').map_or("", |(_, domain)| domain);
        domain.to_owned()
    };
    let sign_in = errands.sign_in.as_ref().map(|it| Errand::SignIn {
        mechanism: it.mechanism.clone(),
    });
    let send = errands
        .send_to
        .as_ref()
        .map(|it| Errand::Send { domain: domain(it) });
    let relay = errands
        .relay_to
        .as_ref()
        .map(|it| Errand::RelayTest { domain: domain(it) });
    Asked {
        target: asking.target.clone(),
        hosts: hosts.to_vec(),
        families: asking.families,
        ehlo_name: asking.ehlo.clone(),
        server_name: asking.server_name.clone(),
        step_timeout_ms: ms(asking.step),
        deadline_ms: ms(asking.deadline),
        errands: sign_in.into_iter().chain(send).chain(relay).collect(),
    }
}

/// Runs the visits; what is beside a session follows it, so that a server has few connections at a time.
fn run(jobs: VecDeque<To>, common: &Common) -> Vec<Visit> {
    let count = jobs.len().min(limits::VISITS / 4);
    let jobs: Vec<To> = jobs.into_iter().take(count).collect();
    let queue = Mutex::new(jobs.iter().enumerate().collect::<VecDeque<_>>());
    let seen: Mutex<Vec<(usize, Vec<Visit>)>> = Mutex::default();
    thread::scope(|scope| {
        for _ in 0..count.min(AT_ONCE) {
            scope.spawn(|| {
                loop {
                    let job = queue
                        .lock()
                        .unwrap_or_else(PoisonError::into_inner)
                        .pop_front();
                    let Some((place, to)) = job else { break };
                    let visits = all_of(to, common);
                    let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
                    seen.push((place, visits));
                }
            });
        }
    });
    let mut seen = seen.into_inner().unwrap_or_else(PoisonError::into_inner);
    portolan_report::ordered::by_key(&mut seen, |(place, _)| *place);
    seen.into_iter().flat_map(|(_, visits)| visits).collect()
}

fn all_of(to: &To, common: &Common) -> Vec<Visit> {
    if common.clock.is_over() {
        return Vec::new();
    }
    let first = visit(to, common);
    if common.until != Until::End {
        return vec![first];
    }
    let mut after = beside(to, &first);
    if common.errands.relay_to.is_some() {
        after.push(To {
            purpose: Purpose::RelayTest,
            ..to.clone()
        });
    }
    let mut visits = vec![first];
    for to in after {
        if common.clock.is_over() {
            break;
        }
        visits.push(visit(&to, common));
    }
    visits
}
