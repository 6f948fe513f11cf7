//! A report as the rules see it: sessions by host and port, with what was tried beside them.

use portolan_report::probe::{
    AskedPort, Offers, Opening, Outcome, ProbeReport, Purpose, Reply, Stage, Step, TargetKind,
    TlsSession, TlsVersion, Visit,
};

/// A report, sorted.
#[derive(Debug)]
pub(crate) struct Look<'r> {
    pub(crate) report: &'r ProbeReport,
    pub(crate) doors: Vec<Door<'r>>,
}

/// A port of a host, with what came of each address.
#[derive(Debug)]
pub(crate) struct Door<'r> {
    pub(crate) host: &'r str,
    pub(crate) port: u16,
    pub(crate) is_named: bool,
    /// Whether mail servers deliver here: neither TLS nor a sign-in may be demanded of them.
    pub(crate) is_relay: bool,
    pub(crate) sessions: Vec<Session<'r>>,
}

/// The session with one address, and the visits beside it.
#[derive(Debug)]
pub(crate) struct Session<'r> {
    pub(crate) index: usize,
    pub(crate) visit: &'r Visit,
    pub(crate) beside: Vec<(usize, &'r Visit)>,
}

impl<'r> Look<'r> {
    pub(crate) fn of(report: &'r ProbeReport) -> Self {
        let mut doors: Vec<Door<'r>> = Vec::new();
        let visits = || report.visits.iter().enumerate();
        for (index, visit) in visits().filter(|(_, it)| it.purpose == Purpose::Session) {
            let is_beside = |it: &Visit| {
                it.purpose != Purpose::Session
                    && (it.address, it.port) == (visit.address, visit.port)
                    && it.host == visit.host
            };
            let session = Session {
                index,
                visit,
                beside: visits().filter(|(_, it)| is_beside(it)).collect(),
            };
            let door = doors
                .iter_mut()
                .find(|it| it.host == visit.host && it.port == visit.port);
            if let Some(door) = door {
                door.sessions.push(session);
                continue;
            }
            doors.push(Door {
                host: &visit.host,
                port: visit.port,
                is_relay: visit.port == 25 || report.asked.target.kind == TargetKind::Mx,
                is_named: asked(report, visit).is_none_or(|it| it.is_named),
                sessions: vec![session],
            });
        }
        Self { report, doors }
    }

    /// The provider whose hosts were looked at, where one was named.
    pub(crate) fn provider(&self) -> Option<&'r str> {
        let target = &self.report.asked.target;
        (target.kind == TargetKind::Provider).then_some(target.name.as_str())
    }

    /// Whether another port of this host is good for a session, so that one that is shut is missed by nobody.
    pub(crate) fn has_other_way(&self, door: &Door<'_>) -> bool {
        self.doors
            .iter()
            .filter(|it| it.host == door.host && it.port != door.port)
            .any(|it| it.sessions.iter().any(Session::is_through))
    }

    /// Whether this address answered in any way on another port.
    pub(crate) fn answers_elsewhere(&self, visit: &Visit) -> bool {
        self.sessions()
            .map(|it| it.visit)
            .filter(|it| it.address == visit.address && it.port != visit.port)
            .any(|it| {
                it.steps.first().is_some_and(|it| match &it.outcome {
                    Outcome::NotConnected { fault } => {
                        *fault == portolan_report::probe::ConnectFault::Refused
                    }
                    _ => true,
                })
            })
    }

    pub(crate) fn sessions(&self) -> impl Iterator<Item = &Session<'r>> {
        self.doors.iter().flat_map(|it| &it.sessions)
    }
}

fn asked<'r>(report: &'r ProbeReport, visit: &Visit) -> Option<&'r AskedPort> {
    let host = report.asked.hosts.iter().find(|it| it.name == visit.host)?;
    host.ports.iter().find(|it| it.port == visit.port)
}

impl<'r> Session<'r> {
    /// The first step of a stage, with its place.
    pub(crate) fn step(&self, stage: Stage) -> Option<(usize, &'r Step)> {
        let mut steps = self.visit.steps.iter().enumerate();
        steps.find(|(_, it)| it.stage == stage)
    }

    /// The first step that failed; that a server hangs up at QUIT is no failure.
    pub(crate) fn failure(&self) -> Option<(usize, &'r Step)> {
        let mut steps = self.visit.steps.iter().enumerate();
        steps.find(|(_, it)| it.stage != Stage::Quit && has_failed(it))
    }

    /// What EHLO offered first.
    pub(crate) fn before(&self) -> Option<(usize, &'r Offers)> {
        self.offers(Stage::Ehlo)
    }

    /// What EHLO offered within TLS.
    pub(crate) fn after(&self) -> Option<(usize, &'r Offers)> {
        self.offers(Stage::EhloAfter)
    }

    fn offers(&self, stage: Stage) -> Option<(usize, &'r Offers)> {
        let mut steps = self.visit.steps.iter().enumerate();
        steps.find_map(|(at, step)| match &step.outcome {
            Outcome::Offers { offers, .. } if step.stage == stage => Some((at, offers)),
            _ => None,
        })
    }

    pub(crate) fn tls(&self) -> Option<(usize, &'r TlsSession)> {
        tls(self.visit)
    }

    /// Whether a session came about in which mail could be sent: an answer to EHLO, within TLS where TLS was begun, and
    /// no certificate that a client refuses.
    pub(crate) fn is_through(&self) -> bool {
        let has_tls = self.step(Stage::Tls).is_some();
        let is_trusted = self.tls().is_none_or(|(_, it)| it.faults.is_empty());
        let wants = if has_tls || self.visit.opening == Opening::Tls {
            self.after()
        } else {
            self.before()
        };
        wants.is_some() && is_trusted && self.failure().is_none()
    }

    /// What came of trying a version of TLS alone. `None`: not tried, or cut off, which says nothing.
    pub(crate) fn takes(&self, version: TlsVersion) -> Option<(usize, bool)> {
        let (index, visit) = self
            .beside
            .iter()
            .find(|(_, it)| it.purpose == Purpose::Version { version })?;
        let last = visit.steps.iter().rev().find(|it| it.stage == Stage::Tls)?;
        match &last.outcome {
            Outcome::Tls { .. } => Some((*index, true)),
            Outcome::TlsFailed { .. } => Some((*index, false)),
            _ => None,
        }
    }

    /// The visit beside it that was made for this.
    pub(crate) fn for_purpose(&self, purpose: Purpose) -> Option<(usize, &'r Visit)> {
        self.beside
            .iter()
            .copied()
            .find(|(_, it)| it.purpose == purpose)
    }
}

/// The TLS of a visit.
pub(crate) fn tls(visit: &Visit) -> Option<(usize, &TlsSession)> {
    let mut steps = visit.steps.iter().enumerate();
    steps.find_map(|(at, step)| match &step.outcome {
        Outcome::Tls { session } => Some((at, session.as_ref())),
        _ => None,
    })
}

/// The reply of a step.
pub(crate) fn reply(step: &Step) -> Option<&Reply> {
    match &step.outcome {
        Outcome::Offers { reply, .. } | Outcome::Reply { reply } => Some(reply),
        _ => None,
    }
}

fn has_failed(step: &Step) -> bool {
    match &step.outcome {
        Outcome::Connected | Outcome::Offers { .. } | Outcome::Tls { .. } => false,
        Outcome::Reply { reply } => reply.code >= 400 || is_another_code(step, reply),
        Outcome::Broken { .. } | Outcome::NotConnected { .. } | Outcome::TlsFailed { .. } => true,
    }
}

/// 220 alone begins a session and TLS, 250 alone answers EHLO (RFC 5321, section 4.3.2; RFC 3207, section 4).
fn is_another_code(step: &Step, reply: &Reply) -> bool {
    match step.stage {
        Stage::Greeting | Stage::Starttls => reply.code != 220,
        Stage::Ehlo | Stage::EhloAfter => true,
        _ => false,
    }
}
