//! Whether a mechanism matches the client (RFC 7208, section 5), and the client's validated name.

use std::net::IpAddr;

use super::check::MAX_NAMES;
use super::expand::Values;
use super::macros::MacroString;
use super::outcome::{Node, Problem, SpfResult};
use super::record::{DualCidr, Mechanism};
use super::run::{Answered, Halt, Run};
use crate::lookup::{Kind, Lookup, Record};
use crate::name::Name;

impl Run<'_> {
    pub(super) fn mechanism(
        &mut self,
        it: &Mechanism,
        domain: &str,
        child: &mut Option<Node>,
    ) -> Result<bool, Halt> {
        if it.looks_up() {
            self.count_lookup()?;
        }
        let client = self.query.client();
        match it {
            Mechanism::All => Ok(true),
            Mechanism::Ip4(net, bits) => Ok(is_in(client, IpAddr::V4(*net), bits.unwrap_or(32))),
            Mechanism::Ip6(net, bits) => Ok(is_in(client, IpAddr::V6(*net), bits.unwrap_or(128))),
            Mechanism::Include(target) => {
                let target = self.name(target, domain)?;
                let node = self.domain(&target).map_err(Halt::Ask)?;
                let (result, problem) = (node.result, node.problem.clone());
                *child = Some(node);
                match (result, problem) {
                    (_, Some(problem)) => Err(Halt::End(problem)),
                    (SpfResult::None, None) => Err(Halt::End(Problem::NoRecord(target))),
                    (result, None) => Ok(result == SpfResult::Pass),
                }
            }
            Mechanism::A(target, cidr) => {
                let Some(name) = self.target(target.as_ref(), domain)? else {
                    return Ok(false);
                };
                let found = self.ask_all(&[Lookup::new(name, address_kind(client))])?;
                self.count_void(found.iter().copied())?;
                Ok(found
                    .iter()
                    .flat_map(|it| it.addresses())
                    .any(|ip| is_in(client, ip, bits(client, *cidr))))
            }
            Mechanism::Mx(target, cidr) => {
                let Some(name) = self.target(target.as_ref(), domain)? else {
                    return Ok(false);
                };
                let text = name.to_string();
                let found = self.ask_all(&[Lookup::new(name, Kind::Mx)])?;
                self.count_void(found.iter().copied())?;
                let mut hosts: Vec<(u16, &str)> = found
                    .iter()
                    .flat_map(|it| it.records())
                    .filter_map(|record| match record {
                        Record::Mx { preference, host } => Some((*preference, host.as_str())),
                        _ => None,
                    })
                    .collect();
                if hosts.len() > MAX_NAMES {
                    return Err(Halt::End(Problem::Exchangers(text)));
                }
                portolan_report::ordered::by_key(&mut hosts, |(preference, _)| *preference);
                let hosts: Vec<Lookup> = hosts
                    .iter()
                    .filter_map(|(_, host)| Name::new(host).ok())
                    .map(|name| Lookup::new(name, address_kind(client)))
                    .collect();
                let found = self.ask_in_order(&hosts)?;
                for answer in found {
                    if let Answered::Error(lookup) = answer {
                        return Err(Halt::End(Problem::Dns(lookup)));
                    }
                    let Answered::Here(answer) = answer else {
                        continue;
                    };
                    self.count_void([answer])?;
                    if answer
                        .addresses()
                        .any(|ip| is_in(client, ip, bits(client, *cidr)))
                    {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            Mechanism::Ptr(target) => {
                let Some(name) = self.target(target.as_ref(), domain)? else {
                    return Ok(false);
                };
                let names = self.validated_names(Void::Counts)?;
                Ok(names.iter().any(|it| it.is_within(&name)))
            }
            Mechanism::Exists(target) => {
                let Some(name) = self.target(Some(target), domain)? else {
                    return Ok(false);
                };
                let found = self.ask_all(&[Lookup::new(name, Kind::A)])?;
                self.count_void(found.iter().copied())?;
                Ok(found.iter().any(|it| it.addresses().next().is_some()))
            }
        }
    }

    /// The name that a mechanism looks at. `None`: one that cannot be looked up, which matches nothing (section 4.8).
    pub(super) fn target(
        &mut self,
        target: Option<&MacroString>,
        domain: &str,
    ) -> Result<Option<Name>, Halt> {
        let text = match target {
            Some(target) => self.name(target, domain)?,
            None => domain.to_owned(),
        };
        Ok(Name::new(&text).ok())
    }

    pub(super) fn name(&mut self, text: &MacroString, domain: &str) -> Result<String, Halt> {
        let validated = self.validated(text, domain)?;
        Ok(Values {
            query: self.query,
            domain,
            validated: &validated,
        }
        .name(text))
    }

    /// The client's name for `%{p}`: the domain itself before one below it, before any other (section 7.3).
    pub(super) fn validated(&mut self, text: &MacroString, domain: &str) -> Result<String, Halt> {
        if !text.wants_validated() {
            return Ok(String::new());
        }
        let names = self.validated_names(Void::Free)?;
        let near = Name::new(domain).ok();
        let best = names
            .iter()
            .find(|name| near.as_ref() == Some(*name))
            .or_else(|| {
                names
                    .iter()
                    .find(|name| near.as_ref().is_some_and(|it| name.is_within(it)))
            })
            .or_else(|| names.first());
        Ok(best.map_or_else(|| "unknown".to_owned(), ToString::to_string))
    }

    /// Names of the client that lead back to it: ten are looked at, what cannot be looked up is passed over (section 5.5).
    fn validated_names(&mut self, void: Void) -> Result<Vec<Name>, Halt> {
        let client = self.query.client();
        let Some(lookup) = Lookup::reverse(client) else {
            return Ok(Vec::new());
        };
        let Some(Answered::Here(answer)) = self.ask_in_order(&[lookup])?.pop() else {
            return Ok(Vec::new());
        };
        if void == Void::Counts {
            self.count_void([answer])?;
        }
        let names: Vec<Name> = answer
            .records()
            .iter()
            .filter_map(|record| match record {
                Record::Ptr(name) => Some(name),
                _ => None,
            })
            .take(MAX_NAMES)
            .filter_map(|name| Name::new(name).ok())
            .collect();
        let lookups: Vec<Lookup> = names
            .iter()
            .map(|name| Lookup::new(name.clone(), address_kind(client)))
            .collect();
        let found = self.ask_in_order(&lookups)?;
        let leads_back = |it: &Answered<'_>| match it {
            Answered::Here(answer) => answer.addresses().any(|ip| ip == client),
            Answered::Error(_) => false,
        };
        Ok(names
            .into_iter()
            .zip(found)
            .filter(|(_, it)| leads_back(it))
            .map(|(name, _)| name)
            .collect())
    }
}

/// Whether a reverse name that is missing counts: it does for `ptr`, which is a term.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Void {
    Counts,
    Free,
}

const fn address_kind(client: IpAddr) -> Kind {
    match client {
        IpAddr::V4(_) => Kind::A,
        IpAddr::V6(_) => Kind::Aaaa,
    }
}

fn bits(client: IpAddr, cidr: DualCidr) -> u8 {
    match client {
        IpAddr::V4(_) => cidr.ip4.unwrap_or(32),
        IpAddr::V6(_) => cidr.ip6.unwrap_or(128),
    }
}

/// Whether both are of one family and alike in the first bits.
fn is_in(client: IpAddr, net: IpAddr, bits: u8) -> bool {
    match (client, net) {
        (IpAddr::V4(client), IpAddr::V4(net)) => {
            let shift = 32_u32.saturating_sub(u32::from(bits));
            let cut = |ip: u32| ip.checked_shr(shift).unwrap_or(0);
            cut(client.into()) == cut(net.into())
        }
        (IpAddr::V6(client), IpAddr::V6(net)) => {
            let shift = 128_u32.saturating_sub(u32::from(bits));
            let cut = |ip: u128| ip.checked_shr(shift).unwrap_or(0);
            cut(client.into()) == cut(net.into())
        }
        _ => false,
    }
}
