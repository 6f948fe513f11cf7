//! What a server that delivers by itself has to have in order.

use portolan_facts::Sourced;
use portolan_report::{Step, Who};

use crate::answers::PostureItem;
use crate::situation::Situation;
use crate::steps::step;

/// What is missing, or not known to be there: what has to be there with the first message comes first.
pub(crate) fn deliver(situation: &Situation<'_>, steps: &mut Vec<Step>) {
    let posture = &situation.answers.posture;
    for (item, action, who, points) in POSTURE_STEPS {
        if posture.get(item) != Some(&true) {
            let action = if posture.contains_key(item) {
                (*action).to_owned()
            } else {
                format!("Unless that is done: {action}")
            };
            steps.push(Step {
                first: WITH_THE_FIRST.contains(item),
                ..step(*who, action, situation.cite(points))
            });
        }
    }
    for layer in &situation.layers {
        if let (Some(ptr), true) = (&layer.ptr, posture.get(&PostureItem::Ptr) != Some(&true)) {
            steps.push(step(
                Who::Network,
                format!("Reverse DNS at {}: {}", layer.name, ptr.text),
                layer.sources(&ptr.sources),
            ));
        }
    }
}

/// What has to be there with the first message: who it comes from. The rest shows over time and many messages.
const WITH_THE_FIRST: [PostureItem; 4] = [
    PostureItem::Ptr,
    PostureItem::Helo,
    PostureItem::Spf,
    PostureItem::Dkim,
];

type PostureStep = (
    PostureItem,
    &'static str,
    Who,
    &'static [(&'static str, &'static str)],
);

const POSTURE_STEPS: &[PostureStep] = &[
    (
        PostureItem::Ptr,
        "Have the reverse DNS of the sending address lead to a name, and that name back to the address.",
        Who::Network,
        &[("rfc5321", "7.9")],
    ),
    (
        PostureItem::Helo,
        "Let the server greet with that name, and the name resolve.",
        Who::Client,
        &[("rfc5321", "4.1.1.1")],
    ),
    (
        PostureItem::Spf,
        "Name the sending address in the domain's SPF record.",
        Who::Sender,
        &[("rfc7208", "2.4")],
    ),
    (
        PostureItem::Dkim,
        "Sign every message with DKIM.",
        Who::Sender,
        &[("rfc6376", "3.5")],
    ),
    (
        PostureItem::Dmarc,
        "Publish a DMARC record for the From domain.",
        Who::Sender,
        &[("rfc9989", "4.7")],
    ),
    (
        PostureItem::BounceHandling,
        "Read the bounces, and write no more to addresses that are dead.",
        Who::Sender,
        &[("rfc5321", "4.5.4.1")],
    ),
    (
        PostureItem::RelayOwner,
        "Give the relay, its queue and its abuse mailbox an owner.",
        Who::Sender,
        &[("rfc5321", "7.9")],
    ),
    (
        PostureItem::Segmentation,
        "Let tests and newsletters leave by other addresses than the mail that must arrive.",
        Who::Sender,
        &[],
    ),
    (
        PostureItem::WarmIp,
        "Start with little mail from a new address, and let it grow slowly.",
        Who::Sender,
        &[],
    ),
];
