//! Which findings are one, and which comes first.

use crate::assessment::Finding;

/// Findings of one rule, cause, port and sentence are one, at several addresses.
pub(crate) fn merged(found: Vec<Finding>) -> Vec<Finding> {
    let mut all: Vec<Finding> = Vec::new();
    for finding in found {
        let twin = all.iter_mut().find(|it| {
            it.rule == finding.rule
                && it.scope.host == finding.scope.host
                && it.scope.port == finding.scope.port
                && it.sentence == finding.sentence
                && it.weight == finding.weight
                && it.cause.map(|it| it.id) == finding.cause.map(|it| it.id)
        });
        let Some(twin) = twin else {
            all.push(finding);
            continue;
        };
        twin.confidence = twin.confidence.max(finding.confidence);
        twin.rests_on.extend(finding.rests_on);
        for address in finding.scope.addresses {
            if !twin.scope.addresses.contains(&address) {
                twin.scope.addresses.push(address);
            }
        }
    }
    all
}

/// What matters most first; of those alike, what happens first in a session, and what has a cause; else the report's order.
pub(crate) fn sort(findings: &mut [Finding]) {
    findings.sort_by_key(|it| {
        (
            it.weight,
            it.stage,
            it.cause.is_none(),
            u8::MAX - it.confidence,
        )
    });
}
