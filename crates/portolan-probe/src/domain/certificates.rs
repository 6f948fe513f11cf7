//! What mail hosts with TLSA records show on port 25 (RFC 7672, section 2.2).

use std::net::IpAddr;

use portolan_check::domain::assess;
use portolan_dns::survey::Exchanger;
use portolan_report::domain::{DomainReport, HostCertificates, limits};

use super::lookups::Lookups;
use super::{Asking, side_by_side};
use crate::probe::{Shown, shown_at};

/// Addresses of a host that are tried, one after another.
const MAX_ADDRESSES: usize = 2;

/// Visits each host that has such records, side by side.
pub(super) fn of(
    report: &DomainReport,
    asking: &Asking,
    lookups: &Lookups,
) -> Vec<HostCertificates> {
    let exchangers: Vec<Exchanger> = assess(report)
        .posture
        .exchangers
        .into_iter()
        .filter(|it| !it.tlsa.is_empty() && !it.addresses.is_empty())
        .take(limits::HOSTS)
        .collect();
    let found = side_by_side(&exchangers, |it| visit(it, asking, lookups));
    found.into_iter().flatten().collect()
}

/// `None`: there was no time for it.
fn visit(exchanger: &Exchanger, asking: &Asking, lookups: &Lookups) -> Option<HostCertificates> {
    let host = exchanger.host.trim_end_matches('.').to_owned();
    let mut last = None;
    for address in exchanger.addresses.iter().take(MAX_ADDRESSES) {
        if lookups.timing.is_over() {
            break;
        }
        let found = one(&host, *address, asking, lookups);
        let is_good = found.failed.is_none();
        last = Some(found);
        if is_good {
            break;
        }
    }
    last
}

fn one(host: &str, address: IpAddr, asking: &Asking, lookups: &Lookups) -> HostCertificates {
    let timing = lookups.timing;
    let to = Shown {
        host,
        address,
        port: asking.ports.smtp,
        ehlo: &asking.ehlo,
        step: timing.step,
        deadline: timing.deadline,
    };
    let (chain, failed) = match shown_at(to) {
        Ok(chain) => (chain, None),
        Err(why) => (Vec::new(), Some(why)),
    };
    HostCertificates {
        host: host.to_owned(),
        address,
        chain,
        failed,
    }
}
