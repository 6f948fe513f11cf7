//! Whether a candidate keeps to a constraint: shared by the rule that forbids and the rule that only prefers.

use portolan_report::{RouteKind, Security};

use crate::answers::Constraint;
use crate::candidate::Candidate;

pub(crate) fn keeps(candidate: &Candidate<'_>, constraint: Constraint) -> bool {
    let route = &candidate.route;
    if route.kind == RouteKind::None {
        return true;
    }
    match constraint {
        // HTTPS is encrypted from the first byte as well.
        Constraint::TlsFromFirstByte => {
            route.kind == RouteKind::HttpApi || route.security == Some(Security::ImplicitTls)
        }
        Constraint::NoAuth => match route.kind {
            // An API always wants a key.
            RouteKind::HttpApi => false,
            RouteKind::HostRelay | RouteKind::Submission => route.sign_in.is_none(),
            RouteKind::Mx | RouteKind::None | RouteKind::Receive | RouteKind::Relay => true,
        },
        Constraint::IpAllowList => {
            matches!(
                route.kind,
                RouteKind::Relay | RouteKind::Mx | RouteKind::HostRelay
            )
        }
        Constraint::NoHttp => route.kind != RouteKind::HttpApi,
    }
}
