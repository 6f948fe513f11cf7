//! The session, drawn as a line of stages.

use portolan_explain::{Call, Passage};
use portolan_report::sheet::Element;

use super::words;
use super::{Writes, list, of};

/// The stages in order: the failing one marked, what was never reached pale.
pub(super) fn course(calls: &[Call]) -> Option<Element> {
    if calls.is_empty() {
        return None;
    }
    let stages = calls.iter().map(|call| {
        let (passage, said) = match call.passage {
            Passage::Failed => ("failed", "it ended here"),
            Passage::Implied => ("implied", "must have been passed, and is not shown"),
            Passage::Passed => ("passed", "passed"),
            Passage::Unreached => ("unreached", "not reached, or not there"),
        };
        of("li", "stages__stage")
            .attr("data-passage", passage)
            .child(of("span", "stages__name").text(words::stage(call.stage)))
            .child(of("span", "visually-hidden").text(&format!(": {said}")))
            .maybe(
                call.reply
                    .as_ref()
                    .map(|it| of("samp", "stages__reply").text(it)),
            )
            .maybe(
                call.time
                    .as_ref()
                    .map(|it| of("span", "stages__time").text(it)),
            )
    });
    let title = of("h3", "visually-hidden").text("The session, stage by stage");
    Some(
        of("section", "finding__part")
            .child(title)
            .child(list("ol", "stages").all(stages)),
    )
}
