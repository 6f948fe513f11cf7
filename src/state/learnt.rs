//! What an analysis tells the advice, by a link: added to what was said, where any other link takes its place.

use portolan_advice::Answers;

use super::action::Action;
use super::link::Read;

/// What of a link an analysis or a check can have learnt, to be added to what was said.
pub fn learnt(read: Read) -> Vec<Action> {
    let Answers {
        provider,
        recognize,
        client,
        observed,
        posture,
        ..
    } = read.answers;
    let mut all = Vec::new();
    if provider.is_some() {
        all.push(Action::Provider(provider, recognize));
    }
    if client.is_some() {
        all.push(Action::Client(client));
    }
    for seen in observed {
        all.push(Action::Observed(seen, true));
    }
    for (item, said) in posture.iter() {
        all.push(Action::Posture(*item, Some(*said)));
    }
    all
}
