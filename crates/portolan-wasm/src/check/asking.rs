//! Whom the door may ask, what it offers to ask, and the look-up that is on its way. Nothing is asked unless somebody presses.

use std::net::{IpAddr, Ipv4Addr};

use portolan_dns::name::Name;
use portolan_report::domain::AskedDomain;
use portolan_report::sheet::{Element, Press};

use super::domain::Domain;
use super::lookup::{LookUp, Lost, Sending};
use super::{Checks, Kept, MOST, Read, run, words};
use crate::desk::After;
use crate::sheet::{Writes, el, of, quiet};

/// The resolver that the site was built with, and what is asked of it.
#[derive(Default)]
pub(super) struct Asking {
    resolver: Option<Service>,
    /// What was pressed for, until the shell begins.
    wish: Option<Name>,
    going: Option<LookUp>,
    /// Grows with every look-up: what comes for an earlier one is passed over.
    turn: u32,
    /// Whether anything was asked since the door was cleared.
    pub(super) has_asked: bool,
}

/// A service of DNS over HTTPS.
struct Service {
    url: String,
    /// Host and port.
    host: String,
    on_loopback: bool,
}

impl Service {
    /// The build wrote the address, and refuses what is none.
    fn new(url: &str) -> Option<Self> {
        let (_, rest) = url.split_once("://")?;
        let host = rest.split('/').next()?;
        let name = host.split(':').next()?;
        let on_loopback = name == "localhost"
            || name
                .parse()
                .is_ok_and(|it: Ipv4Addr| IpAddr::V4(it).is_loopback());
        Some(Self {
            url: url.to_owned(),
            host: host.to_owned(),
            on_loopback,
        })
    }
}

impl Checks {
    /// Learns which resolver the site was built with. An empty address: none.
    pub fn ask_at(&mut self, url: &str) {
        self.asking.resolver = Service::new(url);
    }

    /// The resolver's address.
    pub fn resolver(&self) -> Option<&str> {
        self.asking.resolver.as_ref().map(|it| it.url.as_str())
    }

    /// Whom something was asked of since the door was cleared.
    pub(crate) fn asked_of(&self) -> Option<&str> {
        let service = self.asking.resolver.as_ref()?;
        self.asking.has_asked.then_some(service.host.as_str())
    }

    /// The domain that is looked at.
    fn subject(&self) -> Option<Name> {
        let name = match (self.opened_domain(), &self.host) {
            (Some(domain), _) => domain.own_name()?.to_owned(),
            (None, Some(host)) if self.kept.is_empty() => {
                run::domain_of(&run::host_of(host)?)?.to_owned()
            }
            _ => return None,
        };
        let is_name = name.contains('.') && name.parse::<IpAddr>().is_err();
        Name::new(&name).ok().filter(|it| is_name && it.is_host())
    }

    /// `look-up example.com` was pressed.
    pub(super) fn wish(&mut self, name: &str) -> After {
        let subject = self.subject().filter(|it| it.as_str() == name);
        match subject.filter(|_| self.asking.resolver.is_some() && !self.is_looking()) {
            Some(name) => {
                self.asking.wish = Some(name);
                After::LookUp
            }
            None => After::Nothing,
        }
    }

    /// Begins what was pressed for; `now` is in seconds since 1970. Gives the number of its turn.
    pub fn look_up(&mut self, now: i64) -> Option<u32> {
        let name = self.asking.wish.take()?;
        let before = self.opened_domain().map(|it| &it.report.asked);
        let service = self.asking.resolver.as_ref()?;
        let place = (service.url.as_str(), service.on_loopback);
        let look = LookUp::new(&name, before, place, now);
        self.asking.going = Some(look);
        self.asking.has_asked = true;
        self.asking.turn += 1;
        Some(self.asking.turn)
    }

    /// Whether a look-up is on its way.
    pub const fn is_looking(&self) -> bool {
        self.asking.going.is_some()
    }

    /// Whether that of this turn is.
    pub const fn is_looking_at(&self, turn: u32) -> bool {
        self.is_looking() && self.asking.turn == turn
    }

    /// What to send now, so many milliseconds after the look-up of this turn began. Where it is over, its report is shown.
    pub fn send(&mut self, turn: u32, now_ms: u64) -> Vec<Sending> {
        let Some(look) = self.asking.going.as_mut() else {
            return Vec::new();
        };
        if turn != self.asking.turn {
            return Vec::new();
        }
        let all = look.send(now_ms);
        if look.is_over() {
            self.finish();
        }
        all
    }

    /// Takes what came of a message of the look-up of this turn.
    pub fn hear(&mut self, turn: u32, number: u32, came: Result<&[u8], Lost>, now_ms: u64) {
        if let Some(look) = self
            .asking
            .going
            .as_mut()
            .filter(|_| turn == self.asking.turn)
        {
            look.hear(number, came, now_ms);
        }
    }

    /// `stop` was pressed.
    pub(super) fn halt(&mut self) -> After {
        let Some(look) = self.asking.going.as_mut() else {
            return After::Nothing;
        };
        look.stop();
        self.finish();
        After::Show
    }

    /// Lays the report beside what is here; an earlier one of the same look-up gives way.
    fn finish(&mut self) {
        let Some(look) = self.asking.going.take() else {
            return;
        };
        let title = format!("{}, looked up", words::short(look.domain()));
        let read = Read::Domain(Box::new(Domain::of_report(look.into_report())));
        let same = self.kept.iter().position(|it| it.title == title);
        let place = same.or_else(|| (self.kept.len() >= MOST).then_some(self.open));
        let kept = Kept { title, read };
        if let Some((place, it)) = place.and_then(|it| Some((it, self.kept.get_mut(it)?))) {
            *it = kept;
            self.open = place;
        } else {
            self.kept.push(kept);
            self.open = self.kept.len() - 1;
        }
        self.compares = false;
        self.link = None;
    }

    /// Forgets the look-up; the resolver stays.
    pub(super) fn asking_anew(&mut self) -> Asking {
        Asking {
            resolver: self.asking.resolver.take(),
            turn: self.asking.turn,
            ..Asking::default()
        }
    }

    /// The button that asks, with what it gives away; or how far that is.
    pub(super) fn offer(&self) -> Option<Element> {
        let service = self.asking.resolver.as_ref()?;
        let part = of("section", "check__part").attr("aria-labelledby", "look-up-title");
        let title = |text: &str| el("h3").attr("id", "look-up-title").text(text);
        if let Some(look) = &self.asking.going {
            let (answered, all) = look.progress();
            let name = words::short(look.domain());
            return Some(
                part.child(title(&format!("Asking {} of {name}", service.host)))
                    .child(
                        el("progress")
                            .attr("aria-labelledby", "look-up-title")
                            .attr("max", &all.max(1).to_string())
                            .attr("value", &answered.to_string()),
                    )
                    .child(el("p").text(&format!("{answered} of {all} questions answered")))
                    .child(quiet(
                        "Stop, and show what is known",
                        Press::Ask("check halt".to_owned()),
                    )),
            );
        }
        let name = self.subject()?;
        let again = if self.asking.has_asked {
            " once more"
        } else {
            ""
        };
        Some(
            part.child(title("Look it up from here"))
                .child(el("p").text(&format!(
                    "{host} then learns your IP address and the names that are asked for: {name}{beside}, and those that its records lead to. Nothing else leaves this page, and nothing is asked before you press.",
                    host = service.host,
                    beside = self.opened_domain().map_or_else(String::new, |it| beside(&it.report.asked))
                )))
                .child(
                    of("p", "check__ways").child(
                        of("button", "button")
                            .attr("type", "button")
                            .press(Press::Ask(format!("check look-up {name}")))
                            .text(&format!(
                                "Look the records of {name} up at {}{again}",
                                service.host
                            )),
                    ),
                ),
        )
    }
}

/// What is asked for beside the domain, since the report that is open was asked for it.
fn beside(asked: &AskedDomain) -> String {
    let selectors: Vec<String> = asked
        .selectors
        .iter()
        .map(|it| words::short(&it.name))
        .collect();
    let selectors = match selectors.as_slice() {
        [] => None,
        [one] => Some(format!("the selector {one}")),
        many => Some(format!("the selectors {}", words::listed(many))),
    };
    let domain =
        |what: &str, name: Option<&str>| name.map(|it| format!("{what} {}", words::short(it)));
    let all = [
        selectors,
        asked.ip.map(|ip| format!("the sending address {ip}")),
        domain("the envelope’s domain", asked.envelope.as_deref()),
        domain("the signing domain", asked.signer.as_deref()),
    ];
    all.into_iter()
        .flatten()
        .fold(String::new(), |all, it| all + ", " + &it)
}
