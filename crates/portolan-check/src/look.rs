//! A report as the rules see it: sessions by host and port, with what was tried beside them.

use portolan_report::probe::{
    AskedPort, ConnectFault, Offers, Opening, Outcome, ProbeReport, Purpose, Reply, Stage, Step,
    TargetKind, TlsSession, TlsVersion, Visit,
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

    /// Whether a port that does not serve is missed, though nobody named it.
    ///
    /// Clients submit on 587 or 465 (RFC 6409; RFC 8314, section 3.3). Where one of the two answers, nobody needs another
    /// port; where both are kept out, one that no standard assigns is a way round, and their being shut still matters.
    pub(crate) fn is_missed(&self, door: &Door<'_>) -> bool {
        if !is_for_submission(door.port) && self.others(door).any(Door::takes_submission) {
            return false;
        }
        // Who takes mail on 25 alone has no submission; where a port for it answers, 25 takes nobody's place.
        let is_submitted_to = self.others(door).any(Door::takes_submission);
        let mut ways = self
            .others(door)
            .filter(|it| it.port != 25 || !is_submitted_to);
        self.is_way_round_alone(door) || !ways.any(Door::is_through)
    }

    /// Whether this port and its sibling for submission are kept out on the way, while a port serves that no standard assigns.
    pub(crate) fn is_way_round_alone(&self, door: &Door<'_>) -> bool {
        let is_odd = |it: &Door<'_>| it.port != 25 && !is_for_submission(it.port);
        let is_sibling = |it: &&Door<'_>| is_for_submission(it.port);
        is_for_submission(door.port)
            && door.is_kept_out()
            && self.others(door).filter(is_sibling).all(Door::is_kept_out)
            && self.others(door).any(|it| is_odd(it) && it.is_through())
    }

    /// Whether a port of a host was tried, and no connection came about at any address.
    pub(crate) fn is_shut(&self, host: &str, port: u16) -> bool {
        let mut tried = self
            .doors
            .iter()
            .filter(|it| it.host == host && it.port == port)
            .flat_map(|it| &it.sessions)
            .peekable();
        let connected = |it: &Session<'_>| {
            let first = it.visit.steps.first().map(|it| &it.outcome);
            matches!(first, Some(Outcome::Connected))
        };
        tried.peek().is_some() && !tried.any(connected)
    }

    /// The other ports of a host.
    fn others(&self, door: &Door<'r>) -> impl Iterator<Item = &Door<'r>> {
        let (host, port) = (door.host, door.port);
        self.doors
            .iter()
            .filter(move |it| it.host == host && it.port != port)
    }

    /// Whether this address answered in any way on another port.
    pub(crate) fn answers_elsewhere(&self, visit: &Visit) -> bool {
        self.sessions()
            .map(|it| it.visit)
            .filter(|it| it.address == visit.address && it.port != visit.port)
            .any(|it| {
                it.steps.first().is_some_and(|it| match &it.outcome {
                    Outcome::NotConnected { fault } => *fault == ConnectFault::Refused,
                    _ => true,
                })
            })
    }

    pub(crate) fn sessions(&self) -> impl Iterator<Item = &Session<'r>> {
        self.doors.iter().flat_map(|it| &it.sessions)
    }
}

/// The ports that standards give to submission.
pub(crate) const fn is_for_submission(port: u16) -> bool {
    matches!(port, 465 | 587)
}

impl Door<'_> {
    /// Whether it is good for a session at any address.
    fn is_through(&self) -> bool {
        self.sessions.iter().any(Session::is_through)
    }

    /// Whether a server answers there that submission is for, be it with something wrong.
    fn takes_submission(&self) -> bool {
        let answers = |it: &Session<'_>| it.before().or_else(|| it.after()).is_some();
        is_for_submission(self.port) && self.sessions.iter().any(answers)
    }

    /// Whether nothing came back but silence, or a firewall's word.
    fn is_kept_out(&self) -> bool {
        self.sessions.iter().all(|it| {
            matches!(
                it.visit.steps.first().map(|it| &it.outcome),
                Some(Outcome::NotConnected {
                    fault: ConnectFault::Forbidden
                        | ConnectFault::HostUnreachable
                        | ConnectFault::NotPermitted
                        | ConnectFault::TimedOut
                })
            )
        })
    }
}

fn asked<'r>(report: &'r ProbeReport, visit: &Visit) -> Option<&'r AskedPort> {
    let host = report.asked.hosts.iter().find(|it| it.name == visit.host)?;
    host.ports.iter().find(|it| it.port == visit.port)
}

impl<'r> Session<'r> {
    /// The first step of a stage, with its place.
    pub(crate) fn step(&self, stage: Stage) -> Option<(usize, &'r Step)> {
        let mut steps = self.visit.staged().enumerate();
        let (at, (_, step)) = steps.find(|(_, (known, _))| *known == stage)?;
        Some((at, step))
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
        let mut steps = self.visit.staged().enumerate();
        steps.find_map(|(at, (known, step))| match &step.outcome {
            Outcome::Offers { offers, .. } if known == stage => Some((at, offers)),
            _ => None,
        })
    }

    pub(crate) fn tls(&self) -> Option<(usize, &'r TlsSession)> {
        tls(self.visit)
    }

    /// Whether a session came about in which mail could be sent: an answer to EHLO, within TLS but on 25, and no
    /// certificate that a client refuses.
    pub(crate) fn is_through(&self) -> bool {
        let has_tls = self.step(Stage::Tls).is_some();
        let is_trusted = self.tls().is_none_or(|(_, it)| it.faults.is_empty());
        // Mail servers deliver in clear text too; of a client that would be its password.
        let wants = if has_tls || self.visit.opening == Opening::Tls || self.visit.port != 25 {
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
