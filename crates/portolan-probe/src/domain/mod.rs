//! `portolan-probe domain`: looks at what the DNS says of a domain, at its policy file, and at certificates that TLSA records
//! speak of. What it means, `portolan_check::domain` says; both meet in the report.
//!
//! The report is all there is of state: what it still lacks is asked for, until nothing is. Each wave of questions goes out side
//! by side. A resolver that stays silent is not waited for again and again.

mod certificates;
mod fetch;
mod flags;
mod http;
mod lookups;
mod providers;
mod shown;
mod spf_flags;

use std::net::{IpAddr, SocketAddr};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

pub use flags::{FLAGS, Said, Shape, said};
use portolan_check::domain::wanted;
use portolan_dns::lookup::{Kind, Lookup};
use portolan_dns::name::Name;
use portolan_facts::Facts;
use portolan_report::domain::{
    AskedDomain, AskedSelector, DomainReport, ReportKind, Resolver, ResolverOrigin, SCHEMA,
    SelectorOrigin, limits,
};
use portolan_report::probe::Moment;
pub use shown::{exit_code, shown};
pub use spf_flags::{SPF, SpfSaid, spf_said};

use crate::dns::{Timing, side_by_side, validates};
use crate::probe::Trust;
use lookups::Lookups;

/// What is asked.
#[derive(Clone, Debug)]
pub struct Asking {
    /// The domain.
    pub domain: Name,
    /// Selectors of DKIM that have to be there.
    pub selectors: Vec<String>,
    /// An address that is to send for the domain.
    pub ip: Option<IpAddr>,
    /// The domain in the envelope's sender, where it is another.
    pub envelope: Option<Name>,
    /// The domain that signs, where it is another.
    pub signer: Option<Name>,
    /// Resolvers to ask, each for everything. Empty: the system's, in turn.
    pub resolvers: Vec<SocketAddr>,
    /// Whether the policy file of MTA-STS may be fetched.
    pub https: bool,
    /// Whether hosts with TLSA records may be visited.
    pub smtp: bool,
    /// The time for each step.
    pub step: Duration,
    /// The time for all.
    pub deadline: Duration,
    /// Whom to trust for the policy file's host.
    pub trust: Trust,
    /// The name in EHLO.
    pub ehlo: String,
    /// Where policy files and certificates are: other ports than these are for tests alone.
    pub ports: Ports,
}

/// Ports of what is visited beside resolvers.
#[derive(Clone, Copy, Debug)]
pub struct Ports {
    /// Of HTTPS.
    pub https: u16,
    /// Of mail hosts.
    pub smtp: u16,
}

impl Default for Ports {
    fn default() -> Self {
        Self {
            https: 443,
            smtp: 25,
        }
    }
}

/// Looks. It ends by the deadline, whatever anybody does.
pub fn observe(asking: &Asking, facts: &Facts) -> DomainReport {
    let started_at = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |it| i64::try_from(it.as_secs()).unwrap_or(i64::MAX));
    let began = Instant::now();
    let timing = Timing {
        step: asking.step,
        deadline: began + asking.deadline,
    };
    let (addresses, origin) = if asking.resolvers.is_empty() {
        // Where none is known nothing is asked, and so it is said.
        let known = crate::dns::system().unwrap_or_default();
        (known, ResolverOrigin::System)
    } else {
        (asking.resolvers.clone(), ResolverOrigin::Named)
    };
    let mut report = DomainReport {
        kind: ReportKind::Domain,
        schema: SCHEMA,
        tool: concat!("portolan-probe ", env!("CARGO_PKG_VERSION")).to_owned(),
        started_at: Moment::from_unix(started_at),
        took_ms: 0,
        cut_short: false,
        asked: asked(asking),
        resolvers: Vec::new(),
        lookups: Vec::new(),
        policy: None,
        certificates: Vec::new(),
    };
    let mut lookups = Lookups::new(addresses.clone(), origin, timing, began);
    let first: Vec<Lookup> = [Kind::Mx, Kind::Txt]
        .map(|kind| Lookup::new(asking.domain.clone(), kind))
        .into();
    // A resolver that says nothing is waited for once.
    report.resolvers = thread::scope(|scope| {
        let resolvers = scope.spawn(|| resolvers(&addresses, origin, timing));
        lookups.ask(first, &mut report);
        resolvers.join().unwrap_or_default()
    });
    let room = limits::SELECTORS - report.asked.selectors.len().min(limits::SELECTORS);
    let tried = providers::selectors(&report, facts);
    report.asked.selectors.extend(tried.into_iter().take(room));
    while !timing.is_over() {
        let (files, questions): (Vec<Lookup>, Vec<Lookup>) = wanted(&report)
            .into_iter()
            .partition(|it| it.kind == Kind::StsPolicy);
        let mut moved = lookups.ask(questions, &mut report);
        if let Some(file) = files.first().filter(|_| report.policy.is_none()) {
            report.policy = Some(fetch::policy(&file.name, asking, &lookups));
            moved = true;
        }
        if !moved {
            break;
        }
    }
    if asking.smtp {
        report.certificates = certificates::of(&report, asking, &lookups);
    }
    report.took_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    report.cut_short = timing.is_over();
    report
}

fn asked(asking: &Asking) -> AskedDomain {
    let named = asking.selectors.iter().take(limits::SELECTORS);
    let ms = |it: Duration| u64::try_from(it.as_millis()).unwrap_or(u64::MAX);
    AskedDomain {
        name: asking.domain.to_string(),
        selectors: named
            .map(|it| AskedSelector {
                name: it.clone(),
                origin: SelectorOrigin::Named,
                provider: None,
            })
            .collect(),
        ip: asking.ip,
        envelope: asking.envelope.as_ref().map(ToString::to_string),
        signer: asking.signer.as_ref().map(ToString::to_string),
        https: asking.https,
        smtp: asking.smtp,
        step_timeout_ms: ms(asking.step),
        deadline_ms: ms(asking.deadline),
    }
}

fn resolvers(addresses: &[SocketAddr], origin: ResolverOrigin, timing: Timing) -> Vec<Resolver> {
    // Who is asked whether it validates is only the believed: of others it decides nothing.
    side_by_side(addresses, |address| {
        let on_loopback = address.ip().is_loopback();
        let is_believed = on_loopback || origin == ResolverOrigin::Named;
        Resolver {
            address: address.to_string(),
            origin,
            on_loopback,
            validates: is_believed.then(|| validates(*address, timing)).flatten(),
        }
    })
}
