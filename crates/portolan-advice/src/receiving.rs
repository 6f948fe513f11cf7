//! What a server needs that receives mail from others.

use portolan_report::{Step, Who};

use crate::situation::Situation;
use crate::steps::step;

/// The steps of a server that receives.
pub(crate) fn receive(situation: &Situation<'_>, steps: &mut Vec<Step>) {
    steps.push(step(
        Who::Sender,
        "Publish an MX record that names this server; a name, never an address.".to_owned(),
        situation.cite(&[("rfc5321", "5.1")]),
    ));
    if let Some(line) = situation.access_line() {
        steps.push(step(
            Who::Network,
            format!(
                "Ask {} for an address of your own that stays (an address shared by carrier-grade NAT cannot be reached) and whether 25 is open inwards; forward it in the router. Otherwise let a relay with a fixed address, or a mailbox provider, receive for you.",
                line.name
            ),
            situation.cite(&[("rfc5321", "5.1")]),
        ));
    }
    steps.push(step(
        Who::Network,
        "Open 25 inwards in the host's firewall. Whether it is open outwards is another matter."
            .to_owned(),
        situation.cite(&[("rfc5321", "5.1")]),
    ));
    steps.push(step(
        Who::Server,
        "Accept mail for your own domains only, offer STARTTLS, and refuse to relay for strangers. People of your own submit on 587 or 465.".to_owned(),
        situation.cite(&[("rfc3207", "4"), ("rfc6409", "3.1")]),
    ));
}
